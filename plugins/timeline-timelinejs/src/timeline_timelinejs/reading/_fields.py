"""Reads objects of JSON into fields of slides, whatever stands in them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from timeline.document import Place
from timeline_timelinejs.reading._dates import PARTS, Field, GivenDate
from timeline_timelinejs.reading._report import shown
from timeline_timelinejs.reading._tree import mended
from timeline_timelinejs.reading._typed import date_of_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from timeline.document import Path
    from timeline_timelinejs.reading._report import Report


class Fields:
    """Reads the objects of one file."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def text(self, holder: Mapping[str, Any], key: str, path: Path) -> Field | None:
        """A text; None if there is none in it."""
        value, spot = holder.get(key), Place((*path, key))
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            self._report.fault(spot, f"{key} {_described(value)}", "text; it is left out")
            return None
        text, was_broken = mended(value if isinstance(value, str) else str(value))
        if was_broken:
            self._report.fault(spot, f"half a character in {key}", "whole ones; U+FFFD is put in its place")
        return Field(text, spot, key) if text.strip() else None

    def texts(self, holder: Mapping[str, Any], names: Mapping[str, str], path: Path) -> dict[str, Field]:
        """Texts by our names for them, of the keys that the file has for them."""
        found = {name: self.text(holder, key, path) for key, name in names.items()}
        return {name: field for name, field in found.items() if field is not None}

    def object(self, holder: Mapping[str, Any], key: str, path: Path) -> dict[str, Any]:
        """An object; an empty one if there is none."""
        value = holder.get(key)
        if value is None or isinstance(value, dict):
            return value or {}
        self._report.fault(Place((*path, key)), f"{key} {_described(value)}", "an object; it is left out")
        return {}

    def others(self, holder: Mapping[str, Any], known: Collection[str], path: Path, what: str) -> None:
        """Report keys that are not known and hold something."""
        for key in holder:
            if key not in known and holder[key] not in (None, "", [], {}):
                self._report.unplaced(Place((*path, key), at_key=True), f"{shown(key)} of {what}")

    def unplaced(self, holder: Mapping[str, Any], keys: Iterable[str], path: Path, what: str) -> None:
        """Report what is known and has no place."""
        for key in keys:
            if holder.get(key) not in (None, "", [], {}):
                self._report.unplaced(Place((*path, key), at_key=True), f"the {key.replace('_', ' ')} of {what}")

    def date(self, holder: Mapping[str, Any], key: str, path: Path) -> GivenDate | None:
        """One of the two dates of a slide; None if it has none."""
        value, here = holder.get(key), (*path, key)
        spot = Place(here)
        if value is None:
            if key in holder:
                self._report.each(spot, f"null as {key}", "no such key: with this one, TimelineJS draws nothing")
            return None
        if isinstance(value, (str, int)) and not isinstance(value, bool):
            field = self.text(holder, key, path)
            if field is None:
                return None
            given = date_of_text(field)
            if given.parts["year"].text != field.text.strip() or isinstance(value, int):
                self._report.fault(spot, f"{key} {_described(value)}", "an object with a year; it is read as a date")
            return given
        if not isinstance(value, dict):
            self._report.fault(spot, f"{key} {_described(value)}", "an object with a year; it is left out")
            return None
        return self._of_parts(value, key, here)

    def _of_parts(self, value: dict[str, Any], key: str, here: Path) -> GivenDate | None:
        spot = Place(here)
        parts: dict[str, Field] = {}
        for name in PARTS:
            field = self._part(value, name, here)
            if field is not None:
                parts[name] = field
        self.unplaced(value, ("format",), here, "a date")
        self.others(value, {*PARTS, "format", "display_date"}, here, "a date")
        words = self.text(value, "display_date", here)
        if not parts and key.startswith("end"):
            # A script that many use writes one for each row.
            self._report.each(spot, "an end date of empty parts", "no such key: TimelineJS shows it as the year 0")
            return None
        return GivenDate(spot=spot, parts=parts, words="" if words is None else words.text)

    def _part(self, date: Mapping[str, Any], name: str, path: Path) -> Field | None:
        value, spot = date.get(name), Place((*path, name))
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        if isinstance(value, str):
            return Field(mended(value)[0], spot, name)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            self._report.fault(spot, f"{name} {_described(value)}", "a number; the date is kept without it")
            return Field("", spot, name)
        return Field(str(value), spot, name, is_zero=value == 0)


def _described(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, dict):
        return "that is an object"
    if isinstance(value, list):
        return "that is a list"
    if isinstance(value, bool):
        return "true" if value else "false"
    return shown(value)
