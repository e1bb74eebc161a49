"""Puts a timeline together of slides."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from timeline.model import Source, Timeline
from timeline_timelinejs.reading._events import event_of, markdown_of, wanted_id
from timeline_timelinejs.reading._identity import Ids, slug
from timeline_timelinejs.reading._markup import has_links, to_text
from timeline_timelinejs.reading._slide import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.formats import ImportContext
    from timeline_timelinejs.reading._report import Report
    from timeline_timelinejs.reading._slide import Slide

_LOOKS = {"medium": ("url", "caption", "credit", "alt"), "group": ("group",), "tag": ("tag",), "location": ("place",)}
_FOLDERS = re.compile(r"[/\\]")


class Header(NamedTuple):
    """What a timeline has beside its events."""

    id: str
    title: str
    text: str
    language: str


def header_of(title: Slide | None, ctx: ImportContext, report: Report) -> Header:
    """What the title slide says of the timeline, or the name of its file."""
    words, text = "", ""
    if title is not None:
        words, text = to_text(title.text("headline")), markdown_of(title, report)
        if has_links(title.text("headline")):
            report.unplaced(title.spot_of("headline"), "the address of a link in a headline")
        report_looks(title, report)
    words = words.strip() or _stem(ctx.file) or "Untitled timeline"
    options = ctx.options
    return Header(options.id or slug(words) or "timeline", words, text, options.text_language or "en")


def report_looks(title: Slide, report: Report) -> None:
    """Report what of a title slide has no place in a timeline."""
    for what, names in _LOOKS.items():
        found = [name for name in names if name in title.fields]
        if found:
            report.unplaced(title.spot_of(found[0]), f"the {what} of the title slide")
    dates = [given.spot for given in (title.start, title.end) if given is not None]
    if "display_date" in title.fields or dates:
        report.unplaced(dates[0] if dates else title.spot_of("display_date"), "the date of the title slide")


def _stem(file: str | None) -> str:
    """The name of a file without folder and ending; empty if it is no file."""
    if not file or file.startswith("<"):
        return ""
    name = _FOLDERS.split(file)[-1]
    return (name.rpartition(".")[0] or name).removesuffix(".timelinejs").strip()


def wanted(slides: Iterable[Slide], ctx: ImportContext, report: Report) -> list[Slide]:
    """Those of the slides that become events; eras may be left out."""
    kept = []
    for slide in slides:
        if slide.role is Role.ERA and ctx.options.eras == "none":
            report.each(slide.spot, "an era", "events alone, for the option eras=none says so; it is left out")
        else:
            kept.append(slide)
    return kept


def names_of(slides: Sequence[Slide], ids: Ids, report: Report) -> list[str]:
    """The ids of the events of slides: those that slides bring along go before those that follow from headlines."""
    wanted_ids = [wanted_id(slide, report) for slide in slides]
    order = sorted(range(len(slides)), key=lambda number: "unique_id" not in slides[number].fields)
    given = [""] * len(slides)
    for number in order:
        slide, id = slides[number], wanted_ids[number]
        given[number] = ids.unique(id)
        if given[number] != id and (own := slide.fields.get("unique_id")) is not None:
            expected = f"one of its own; this event has the id {given[number]}"
            report.fault(own.spot, f"unique_id {own.text[:60]!r} a second time", expected)
    return given


def make(title: Slide | None, slides: Sequence[Slide], ctx: ImportContext, report: Report) -> Timeline:
    """The timeline of the slides of others."""
    header = header_of(title, ctx, report)
    source = slug(header.title) or "timelinejs"
    kept = wanted(slides, ctx, report)
    named = zip(kept, names_of(kept, Ids(), report), strict=True)
    events = [event_of(slide, id, source, report) for slide, id in ctx.track(named)]
    sources = [Source(id=source, title=header.title)] if events else []
    return Timeline(
        id=header.id, title=header.title, text=header.text, language=header.language, sources=sources, events=events
    )
