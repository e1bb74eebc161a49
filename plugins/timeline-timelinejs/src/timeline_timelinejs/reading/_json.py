"""Reads JSON of TimelineJS: that of version 3, that of version 2, and our own exports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline import document
from timeline.document import Lines, Place
from timeline.errors import DocumentError
from timeline.formats import ImportContext
from timeline_timelinejs._record import RECORD
from timeline_timelinejs.reading._future import is_future, is_ours, languages
from timeline_timelinejs.reading._locate import positions
from timeline_timelinejs.reading._report import Report, shown
from timeline_timelinejs.reading._timeline import make
from timeline_timelinejs.reading._tree import Tree
from timeline_timelinejs.reading._v2 import Version2
from timeline_timelinejs.reading._v3 import Version3

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from timeline.document import Position
    from timeline.model import Timeline
    from timeline_timelinejs.reading._slide import Slide

_EXPECTED = 'the JSON of TimelineJS, an object with a list of slides: {"events": […]}'


def decode(chunks: Iterable[bytes], ctx: ImportContext) -> Timeline:
    """The timeline in a file.

    Raises:
        DocumentError: It is no JSON of TimelineJS, or too much of it.
    """
    data = document.gather(chunks, file=ctx.file, max_bytes=ctx.options.max_bytes, option="-O timelinejs.max_bytes=N")
    tree = Tree(data, file=ctx.file)
    report = Report(ctx, tree.text, tree.locate)
    for place in tree.repeated_keys():
        found = f"the key {place.path[-1]!r} a second time"
        report.fault(place, found, "each key once in an object; the last is read")
    timeline = _read(tree, ctx, report)
    report.close()
    return timeline


def _read(tree: Tree, ctx: ImportContext, report: Report) -> Timeline:
    root = tree.root
    if not isinstance(root, dict):
        raise _refusal((), "a list" if isinstance(root, list) else "no object", tree, ctx)
    inner = root.get(RECORD)
    if "events" not in root:
        old = _version_2(root)
        if old is not None:
            version_2 = Version2(*old, report)
            return make(version_2.title(), list(version_2.slides()), ctx, report)
        if root.get("title") is None and root.get("eras") is None:
            raise _refusal((), "an object without slides", tree, ctx)
    if inner in (document.VERSION, str(document.VERSION)):
        found = "the canonical document of a timeline, which --from json reads"
        raise _refusal((RECORD,), found, tree, ctx)
    if root.get("events") is not None and not isinstance(root["events"], list):
        raise _refusal(("events",), "events that are no list", tree, ctx)
    version_3 = Version3(root, report)
    version_3.check_root()
    title, slides = version_3.title(), list(version_3.events())
    eras = list(version_3.eras())
    if isinstance(inner, dict):
        from timeline_timelinejs.reading._own import Own  # noqa: PLC0415 - only our own exports need it

        entry = None if title is None else (title, root["title"])
        own = Own(inner, entry, slides, eras, ctx=ctx, report=report)
        if (timeline := own.timeline()) is not None:
            return timeline
    else:
        _report_records(slides, inner, report)
    kept = _kept(title, [slide for slide, _ in eras], inner)
    return make(title, [*(slide for slide, _ in slides), *kept], ctx, report)


def _kept(title: Slide | None, eras: Sequence[Slide], inner: object) -> list[Slide]:
    """The eras of a file, without the one of ours that is no event."""
    if not (isinstance(inner, dict) or is_ours(title)):
        return list(eras)
    language = inner.get("language") if isinstance(inner, dict) else None
    among = list(languages(language) if isinstance(language, str) else languages())
    return [era for era in eras if not is_future(era, among)]


def _report_records(slides: Sequence[tuple[Slide, Mapping[str, Any]]], inner: object, report: Report) -> None:
    """Report what our exports keep of events, if what they keep of the timeline is gone."""
    instead = "the slides are read as they are seen, without what is in records alone: claims, statuses, exact dates"
    if inner is not None:
        report.fault(Place((RECORD,)), f"the key {RECORD!r} with {shown(inner)}", f"an object; {instead}")
    for slide, value in slides:
        if value.get(RECORD) is not None:
            assert isinstance(slide.spot, Place)
            place = Place((*slide.spot.path, RECORD), at_key=True)
            report.each(place, f"the key {RECORD!r} in slides", f"it beside them too; {instead}")


def locate(data: bytes, places: Collection[Place]) -> Mapping[Place, Position]:
    """Find places of a timeline in the file that it was read from, if it was read with the options that nobody gave."""
    tree = Tree(data, file=None)
    root: dict[str, Any] = tree.root
    nobody = Report(ImportContext(options=None), "")
    slides: list[tuple[Slide, bool]]
    if "events" not in root and (old := _version_2(root)) is not None:
        version_2 = Version2(*old, nobody)
        slides = [(slide, False) for slide in (version_2.title(), *version_2.slides())]
    else:
        version_3 = Version3(root, nobody)
        title = version_3.title()
        slides = [] if title is None else [(title, False)]
        is_own = RECORD in root
        slides += [(slide, is_own and isinstance(value.get(RECORD), dict)) for slide, value in version_3.events()]
        slides += [(slide, False) for slide in _kept(title, [era for era, _ in version_3.eras()], root.get(RECORD))]
    return positions(places, slides, tree.text, tree.locate)


def _version_2(root: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]] | None:
    """The object with the slides of version 2, and where it stands; None if there is none."""
    inner = root.get(RECORD)
    if isinstance(inner, dict) and ("date" in inner or "era" in inner):
        return inner, (RECORD,)
    return (root, ()) if isinstance(root.get("date"), list) else None


def _refusal(path: tuple[str, ...], found: str, tree: Tree, ctx: ImportContext) -> DocumentError:
    place = Place(path)
    lines = Lines(tree.text)
    position = tree.locate([place]).get(place)
    return DocumentError([document.fault((), found, _EXPECTED, file=ctx.file, lines=lines, position=position)])
