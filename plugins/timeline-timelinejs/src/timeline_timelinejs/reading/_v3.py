"""Slides of the JSON of TimelineJS 3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.document import Place
from timeline_timelinejs._record import RECORD
from timeline_timelinejs.reading._fields import Fields
from timeline_timelinejs.reading._report import shown
from timeline_timelinejs.reading._slide import Role, Slide

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from timeline.document import Path
    from timeline_timelinejs.reading._dates import Field
    from timeline_timelinejs.reading._report import Report

_TEXTS = {"display_date": "display_date", "group": "group", "unique_id": "unique_id"}
_MEDIA = {"url": "url", "caption": "caption", "credit": "credit", "alt": "alt"}
# How a slide looks is no matter of ours; that of its background may be a picture, which is.
_LOOKS = {"autolink", "scale"}
_SLIDE = {*_TEXTS, *_LOOKS, "start_date", "end_date", "text", "media", "background", "location", RECORD}
_ROOT = {"scale", "title", "events", "eras", RECORD}
_SCALES = (None, "", "human", "cosmological")


class Version3:
    """Reads the slides of one file.

    Args:
        root: What the file holds.
        report: Takes what is read past.
    """

    def __init__(self, root: dict[str, Any], report: Report) -> None:
        self._root, self._report, self._fields = root, report, Fields(report)

    def check_root(self) -> None:
        """Report what beside slides has no place."""
        scale = self._root.get("scale")
        if scale not in _SCALES:
            self._report.fault(Place(("scale",)), f"scale {shown(scale)}", "human or cosmological")
        self._fields.others(self._root, _ROOT, (), "the timeline")

    def title(self) -> Slide | None:
        """The title slide, if there is one."""
        value = self._root.get("title")
        if value is None:
            return None
        if not isinstance(value, dict):
            # So that the words are not lost.
            field = self._fields.text(self._root, "title", ())
            return None if field is None else Slide(spot=field.spot, role=Role.TITLE, fields={"headline": field})
        return self.slide(value, ("title",), Role.TITLE)

    def events(self) -> Iterator[tuple[Slide, Mapping[str, Any]]]:
        """The slides of events, each with its object."""
        yield from self._slides("events", Role.EVENT)

    def eras(self) -> Iterator[tuple[Slide, Mapping[str, Any]]]:
        """The eras, each with its object."""
        yield from self._slides("eras", Role.ERA)

    def _slides(self, key: str, role: Role) -> Iterator[tuple[Slide, Mapping[str, Any]]]:
        found = self._root.get(key)
        if found is None and key == "events":
            what = "null as events" if key in self._root else "no events"
            place = Place((key,) if key in self._root else ())
            self._report.fault(place, what, "a list of slides; there are none to be read")
        if found is not None and not isinstance(found, list):
            self._report.fault(Place((key,)), f"{key} that are no list", "a list of objects; they are left out")
            return
        for number, value in enumerate(found or []):
            if isinstance(value, dict):
                yield self.slide(value, (key, number), role), value
            else:
                found_here = "null" if value is None else shown(value)
                self._report.fault(Place((key, number)), f"{found_here} among {key}", "an object; it is left out")

    def slide(self, value: dict[str, Any], path: Path, role: Role = Role.EVENT) -> Slide:
        """A slide of an object."""
        fields = self._fields.texts(value, _TEXTS, path)
        fields |= self._text(value, path)
        fields |= self._media(value, path)
        location = self._fields.object(value, "location", path)
        fields |= self._fields.texts(location, {"name": "place"}, (*path, "location"))
        self._fields.others(location, {"name"}, (*path, "location"), "a location")
        self._fields.unplaced(value, ("background",), path, "a slide")
        self._fields.others(value, _SLIDE, path, "a slide")
        start = self._fields.date(value, "start_date", path)
        end = self._fields.date(value, "end_date", path)
        own = fields.get("unique_id")
        # Others may call their slides so too; but hardly with this key besides, which all slides of ours have.
        is_ours = own is not None and own.text.startswith("event-") and value.get("autolink") is False
        has_record = value.get(RECORD) is not None
        return Slide(
            spot=Place(path),
            role=role,
            fields=fields,
            start=start,
            end=end,
            is_ours=is_ours,
            has_record=has_record,
        )

    def _text(self, value: dict[str, Any], path: Path) -> dict[str, Field]:
        text = value.get("text")
        if isinstance(text, str):
            field = self._fields.text(value, "text", path)
            self._report.fault(Place((*path, "text")), "a text", "an object with headline and text; it is read as text")
            return {} if field is None else {"text": field}
        found = self._fields.object(value, "text", path)
        here = (*path, "text")
        self._fields.others(found, {"headline", "text"}, here, "a text")
        return self._fields.texts(found, {"headline": "headline", "text": "text"}, here)

    def _media(self, value: dict[str, Any], path: Path) -> dict[str, Field]:
        media = value.get("media")
        if isinstance(media, str):
            field = self._fields.text(value, "media", path)
            return {} if field is None else {"url": field}
        found = self._fields.object(value, "media", path)
        here = (*path, "media")
        self._fields.unplaced(found, ("thumbnail", "link"), here, "a medium")
        self._fields.others(found, {*_MEDIA, "thumbnail", "link", "link_target"}, here, "a medium")
        return self._fields.texts(found, _MEDIA, here)
