"""Slides of the JSON of TimelineJS 2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.document import Place
from timeline_timelinejs.reading._fields import Fields
from timeline_timelinejs.reading._report import shown
from timeline_timelinejs.reading._slide import Role, Slide
from timeline_timelinejs.reading._typed import date_of_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.document import Path
    from timeline_timelinejs.reading._dates import Field, GivenDate
    from timeline_timelinejs.reading._report import Report

_TEXTS = {"headline": "headline", "text": "text", "tag": "tag", "displayDate": "display_date"}
_MEDIA = {"media": "url", "caption": "caption", "credit": "credit"}
_KNOWN = {*_TEXTS, "tags", "asset", "startDate", "endDate", "date", "era", "type", "start_date", "classname", "lang"}


class Version2:
    """Reads the slides of one file.

    Args:
        root: The object with the headline and the dates.
        path: Where it stands.
        report: Takes what is read past.
    """

    def __init__(self, root: dict[str, Any], path: Path, report: Report) -> None:
        self._root, self._path, self._report, self._fields = root, path, report, Fields(report)

    def title(self) -> Slide:
        """The title slide."""
        # That the first slide has a date is no more than where the axis begins.
        return self._slide(self._root, self._path, Role.TITLE)

    def slides(self) -> Iterator[Slide]:
        """The slides of events, then the eras."""
        for key, role in (("date", Role.EVENT), ("era", Role.ERA)):
            found = self._root.get(key)
            if isinstance(found, dict):
                found = [found]
            if found is None and role is Role.EVENT:
                what = f"null as {key}" if key in self._root else f"no {key}"
                place = Place((*self._path, key) if key in self._root else self._path)
                self._report.fault(place, what, "a list of slides; there are none to be read")
            if found is not None and not isinstance(found, list):
                self._report.fault(Place((*self._path, key)), f"{key} that is no list", "a list; it is left out")
                continue
            for number, value in enumerate(found or []):
                here = (*self._path, key, number)
                if isinstance(value, dict):
                    yield self._slide(value, here, role)
                else:
                    found_here = "null" if value is None else shown(value)
                    self._report.fault(Place(here), f"{found_here} in {key}", "an object; it is left out")

    def _slide(self, value: dict[str, Any], path: Path, role: Role) -> Slide:
        fields: dict[str, Field] = self._fields.texts(value, _TEXTS, path)
        asset = self._fields.object(value, "asset", path)
        here = (*path, "asset")
        fields |= self._fields.texts(asset, _MEDIA, here)
        self._fields.unplaced(asset, ("thumbnail",), here, "a medium")
        self._fields.others(asset, {*_MEDIA, "thumbnail"}, here, "a medium")
        if "tag" not in fields and isinstance(value.get("tags"), str):
            fields |= self._fields.texts(value, {"tags": "tag"}, path)
        else:
            self._fields.unplaced(value, ("tags",), path, "a slide")
        self._fields.unplaced(value, ("lang",), path, "a slide")
        self._fields.others(value, _KNOWN, path, "a slide")
        is_title = role is Role.TITLE
        start = None if is_title else self._date(value, "startDate", path)
        end = None if is_title else self._date(value, "endDate", path)
        return Slide(spot=Place(path), role=role, fields=fields, start=start, end=end, dated_by="startDate")

    def _date(self, value: dict[str, Any], key: str, path: Path) -> GivenDate | None:
        field = self._fields.text(value, key, path)
        return None if field is None else date_of_text(field)
