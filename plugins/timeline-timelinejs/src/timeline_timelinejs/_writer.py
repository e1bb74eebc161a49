"""Writes the document, a slide at a time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from timeline import document
from timeline.formats import Feature, LossKind
from timeline_timelinejs._record import RECORD, recorded
from timeline_timelinejs._slides import Slides

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.formats import ExportContext
    from timeline.model import Timeline

# TimelineJS makes all of its slides at once: from here on that is felt.
_MANY = 300
_json = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
# So that the document may stand in a <script> of a page: it cannot close it, nor open another.
_IN_SCRIPT = [(char, f"\\u{ord(char):04x}") for char in "&<>\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"]


def encode(timeline: Timeline, ctx: ExportContext) -> Iterator[bytes]:
    """Yield the document: the title slide, then a slide a line for each dated event, then the era of the future."""
    _report_timeline(timeline, ctx)
    slides = Slides(timeline, ctx)
    horizon, statuses = slides.horizon(), timeline.statuses(ctx.now)
    with_record = ctx.options.record == "yes"
    title = slides.title()
    yield b'{"scale": "' + slides.scale.encode() + b'",\n"title": ' + _dump(title)
    if with_record:
        yield b',\n"' + RECORD.encode() + b'": ' + _dump(recorded(document.header(timeline), title))
    yield b',\n"events": ['
    drawn = 0
    for event in ctx.track(timeline.events):
        slide = slides.slide(event, statuses[event.id])
        if slide is None:
            continue
        horizon.add(slide)
        if with_record:
            slide[RECORD] = recorded(document.event(event), slide)
        yield (b",\n" if drawn else b"\n") + _dump(slide)
        drawn += 1
    era = horizon.era()
    if era is not None and with_record:
        era[RECORD] = recorded({}, era)
    yield b"\n]" + (b',\n"eras": [' + _dump(era) + b"]" if era else b"") + b"}\n"
    if drawn > _MANY:
        ctx.warn(
            f"{drawn:,} events are slow to draw: TimelineJS makes all of its slides at once, and from some {_MANY} on "
            "that is felt. `timeline page`, of the plugin timeline-web, makes chapters of them"
        )


def _dump(slide: dict[str, Any]) -> bytes:
    text = _json(slide)
    for char, escaped in _IN_SCRIPT:
        text = text.replace(char, escaped)
    return text.encode()


def _report_timeline(timeline: Timeline, ctx: ExportContext) -> None:
    """Report what is lost of the timeline as a whole."""
    dated = [event for event in timeline.events if event.when is not None]
    if not dated:
        message = "no event has a date: TimelineJS shows an error in place of the timeline"
        ctx.lose(Feature.UNDATED, message, kind=LossKind.APPROXIMATED)
    named = {id for event in dated for id in event.cited}
    for source in timeline.sources:
        if source.id not in named:
            ctx.lose(Feature.SOURCES, f"no slide names the source {source.id}: it is left out")
