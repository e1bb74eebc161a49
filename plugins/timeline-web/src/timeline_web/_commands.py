"""The commands ``timeline page`` and ``timeline embed``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import click

from timeline.cli.shared import export_view_options, file_argument, from_option, options_option, read, split_options

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from timeline.cli.shared import View
    from timeline_web._site import Written


@click.command("page")
@file_argument
@click.option(
    "--out", "folder", type=click.Path(file_okay=False), default=".", show_default=True, help="Folder for the page."
)
@click.option(
    "--assets",
    metavar="DIR|cdn|bundled|none",
    help="Where TimelineJS comes from: a folder that has it, a network, or this installation. "
    "[bundled; none if it is not there]",
)
@click.option("--single-file", is_flag=True, help="Write one file that needs no other: <id>.html.")
@click.option("--url", help="Where the page will be published, for subscribing, previews and search engines.")
@click.option("--media", type=click.Choice(["link", "load"]), help="Link to pictures and films, or show them. [link]")
@click.option(
    "--chapters",
    type=click.Choice(["auto", "year", "month", "tag", "status", "none"]),
    help="What parts a long timeline. [auto: time, 150 events at most]",
)
@click.option(
    "--group",
    type=click.Choice(["status", "group", "tag", "place", "none"]),
    help="What makes the rows of the drawing. [status]",
)
@click.option("--language", help="The language of dates and labels. [that of the timeline]")
@click.option(
    "--previous",
    type=click.Path(dir_okay=False),
    help="The calendar as it was published the last time, so that it counts revisions; it need not be there yet.",
)
@export_view_options
@from_option
@options_option
@click.option("--losses", "list_losses", is_flag=True, help="List what a format could not carry, not only how much.")
def page_command(
    file: str,
    folder: str,
    input_format: str | None,
    options: tuple[str, ...],
    previous: str | None,
    *,
    view: View,
    single_file: bool,
    list_losses: bool,
    **chosen: str | None,
) -> None:
    """Write a page for a website, with the calendar and the data that it offers."""
    from timeline.cli.shared import progress  # noqa: PLC0415 - `timeline --help` lists the command only
    from timeline_web._site import write  # noqa: PLC0415 - Jinja and TimelineJS load on first use

    if previous is not None and view.ledger is not None:
        message = "--previous and --ledger both tell revisions: give one of them"
        raise click.UsageError(message)
    by_format = split_options(options)
    _check_formats(by_format, single_file=single_file)
    with progress(f"reading {file}") as on_progress:
        timeline = view.of(read(file, input_format, by_format, on_progress))
    last = Path(previous).read_bytes() if previous is not None and Path(previous).exists() else None
    with progress("writing the page", len(timeline.events)) as on_progress:
        written = write(
            timeline,
            folder,
            {**by_format.get("html", {}), **{name: value for name, value in chosen.items() if value is not None}},
            format_options={name: values for name, values in by_format.items() if name != "html"},
            now=view.now,
            single_file=single_file,
            previous=last,
            ledger=view.read_ledger(),
            on_progress=on_progress,
        )
    _report(written, list_losses=list_losses)


def _check_formats(by_format: Mapping[str, Mapping[str, str]], *, single_file: bool) -> None:
    """Refuse options of formats that are not written here."""
    from timeline_web._page import OFFERED  # noqa: PLC0415 - Jinja loads on first use

    known = {"html"} if single_file else {"html", *OFFERED}
    for name in by_format:
        if name not in known:
            message = f"-O {name}: this format is not written here, only {', '.join(sorted(known))}"
            raise click.UsageError(message)


def _report(written: Sequence[Written], *, list_losses: bool) -> None:
    """Print what was written: each file, but the many of chapters as one row, and what was lost."""
    from timeline._terminal import printable  # noqa: PLC0415 - `--help` prints no table
    from timeline.cli.shared import table  # noqa: PLC0415 - the same

    rows: dict[str, list[Written]] = {}
    for file in written:
        own = file.path.parent.name in ("chapters", "data") and file.format == "html"
        rows.setdefault(str(file.path.parent / f"*{file.path.suffix}") if own else str(file.path), []).append(file)
    cells = [
        (
            files[0].format,
            name,
            f"{len(files):,}",
            f"{sum(file.size for file in files):,}",
            str(sum(len(file.losses) for file in files) or "none"),
        )
        for name, files in rows.items()
    ]
    click.echo(table(("format", "file", "files", "bytes", "losses"), cells, right=frozenset({2, 3})))
    losses = [(file.format, loss) for file in written for loss in file.losses]
    if list_losses:
        for format, loss in losses:
            click.echo(printable(f"{format}: {loss}"))
    elif losses:
        click.echo("\n--losses lists what could not be carried.")
    for file in written:
        for warning in file.warnings:
            click.echo(printable(f"{file.format}: {warning}"), err=True)


@click.command("embed")
@file_argument
@click.option("--url", help="Where the page is published. [the address that FILE gives]")
@click.option(
    "--form",
    type=click.Choice(["iframe", "script"]),
    default="iframe",
    show_default=True,
    help="The page in a frame that keeps to itself, or the drawing alone with TimelineJS from a network.",
)
@click.option(
    "--data",
    metavar="URL",
    help="With --form script: where the TimelineJS JSON is. [<id>.timelinejs.json beside --url]",
)
@click.option(
    "--height",
    type=click.IntRange(min=200),
    default=900,
    show_default=True,
    help="Height in pixels until the page tells its own.",
)
@from_option
def embed_command(  # noqa: PLR0917 - click calls it with keywords
    file: str, url: str | None, form: str, data: str | None, height: int, input_format: str | None
) -> None:
    """Print the HTML that shows the published page of FILE on a website."""
    from timeline_web import embed  # noqa: PLC0415 - the module that lists this command

    if data is not None and form != "script":
        message = "--data is of --form script: a frame shows the page"
        raise click.UsageError(message)
    timeline = read(file, input_format)
    address = data or url or timeline.url
    if address is None:
        message = "found no address of the page, neither as `url` in FILE nor as --url: say where it is published"
        raise click.UsageError(message)
    if form == "script" and data is None:
        data = urljoin(address, f"{timeline.id}.timelinejs.json")
    click.echo(embed(address, title=timeline.title, form=form, height=height, data=data), nl=False)
