"""Timelines as pages for websites: TimelineJS above, the same as a list that everybody can read beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.formats import Feature, FormatInfo
from timeline.hookspecs import hookimpl
from timeline_web._options import PageOptions

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    import click

    from timeline.formats import ExportContext, Exporter
    from timeline.history import Ledger
    from timeline.model import Timeline
    from timeline.when import Moment
    from timeline_web._site import Written

__all__ = ["HtmlExporter", "PageOptions", "embed", "write_page"]


class HtmlExporter:
    """Writes the page as one file that needs no other."""

    info = FormatInfo(
        name="html",
        title="a page in one file (HTML with TimelineJS)",
        media_type="text/html; charset=utf-8",
        suffixes=(".html",),
        carries=frozenset(Feature),
        options=PageOptions,
    )

    def encode(self, timeline: Timeline, ctx: ExportContext) -> Iterator[bytes]:
        """Write a timeline; see `timeline.formats.Exporter`."""
        from timeline_web._page import Builder  # noqa: PLC0415 - Jinja and TimelineJS load on first use

        return (piece.encode("utf-8", "replace") for piece in Builder(timeline, ctx).single())


def write_page(
    timeline: Timeline,
    folder: str | os.PathLike[str],
    options: Mapping[str, Any] | PageOptions | None = None,
    *,
    now: Moment,
    single_file: bool = False,
    format_options: Mapping[str, Mapping[str, Any]] | None = None,
    previous: bytes | None = None,
    ledger: Ledger | None = None,
) -> tuple[Written, ...]:
    """Write the page of a timeline into a folder, with the files that it offers: calendar and data.

    All files are made before the first is put in place, and the page itself comes last.

    Args:
        timeline: The timeline.
        folder: The folder; it is made if it is not there.
        options: `PageOptions`, or a mapping of them.
        now: The moment of the page; see `timeline.when.as_moment`.
        single_file: Whether to write one file that needs no other, ``<id>.html``, and nothing beside it.
        format_options: Options of the files that it offers, by format: ``{"ical": {"wide": "span"}}``.
        previous: The calendar as it was published the last time; see `timeline.export`.
        ledger: The record of the timeline, as the other way to know its revisions.

    Returns:
        What was written: each file with its size, and what was lost in it.

    Raises:
        OptionError: There is no such option, no TimelineJS where it says, or an ``index.html`` of something else.
        WhenError: ``now`` is not a moment.
        OSError: A file cannot be written.
    """
    from timeline_web._site import write  # noqa: PLC0415 - Jinja and TimelineJS load on first use

    return write(
        timeline,
        folder,
        options,
        now=now,
        single_file=single_file,
        format_options=format_options,
        previous=previous,
        ledger=ledger,
    )


def embed(url: str, *, title: str, form: str = "iframe", height: int = 900, data: str | None = None) -> str:
    """HTML to paste into a website, which shows a page that is published elsewhere.

    Args:
        url: Where the page is published.
        title: What it is, for those who hear it.
        form: ``iframe``, the page in a frame that keeps to itself; or ``script``, the drawing alone, with TimelineJS
            from a network, whose files are checked against their hashes.
        height: The height in pixels until the page tells its own.
        data: For ``script``, the address of the TimelineJS JSON; without it ``url`` names that.

    Raises:
        OptionError: An address is none of the web, or there is no such form.
    """
    from timeline_web._embed import snippet  # noqa: PLC0415 - most users write pages

    return snippet(url, title=title, form=form, height=height, data=data)


@hookimpl
def timeline_register_exporters() -> Iterable[Exporter]:
    """The exporter of pages in one file."""
    return [HtmlExporter()]


@hookimpl
def timeline_register_commands() -> Iterable[click.Command]:
    """The commands ``page`` and ``embed``."""
    from timeline_web._commands import embed_command, page_command  # noqa: PLC0415 - only where commands are wanted

    return [page_command, embed_command]
