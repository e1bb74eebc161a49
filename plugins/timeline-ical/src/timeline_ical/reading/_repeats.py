"""Reads the rules by which an entry happens again."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import attrs

from timeline.errors import ModelError
from timeline.model import Recurrence
from timeline_ical.reading._dates import shown

if TYPE_CHECKING:
    from timeline.when import When
    from timeline_ical._contentlines import ContentLine
    from timeline_ical.reading._dates import Dates, Moment, Timing
    from timeline_ical.reading._report import Report
    from timeline_ical.reading._tree import Component

_NAMES = ("RRULE", "RDATE", "EXDATE")


class Repeats:
    """Reads the rules of one calendar.

    Args:
        dates: Reads its dates.
        report: Takes what is wrong.
    """

    def __init__(self, dates: Dates, report: Report) -> None:
        self._dates, self._report = dates, report
        # Many entries have one of a few rules, and to check one takes as long as to read an entry.
        self._known: dict[tuple[str, str | None], Recurrence | None] = {}
        self._reasons: dict[tuple[str, str | None], str] = {}

    def of(self, component: Component, timing: Timing) -> Recurrence | None:
        """When an entry happens again; None if it does not.

        Source: RFC 5545, 3.8.5.
        """
        for line in component.all("EXRULE"):
            self._report.fault(line.number, "EXRULE", "no rules for exceptions (RFC 5545 has none); they are not taken")
        properties = component.properties
        if not any(name in properties for name in _NAMES):
            return None
        first = next(component.all(name)[0] for name in _NAMES if name in properties)
        if "RECURRENCE-ID" in properties:
            self._report.fault(first.number, f"{first.name} in an entry for one time of another", "it in the other")
            return None
        if timing.start is None or timing.when is None or not _may_repeat(timing):
            self._report.fault(first.number, first.name, "it only where DTSTART, and no later DUE, says from when on")
            return None
        zone = timing.zone
        rules = [rule for line in component.all("RRULE") if (rule := self._rule(line, zone)) is not None]
        if timing.is_custom and rules:
            expected = "a zone of the database, whose clock rules can follow; the offset of the first time is kept"
            self._report.each(component.all("RRULE")[0].number, "rules in a time zone of the file only", expected)
        extra = self._list(component.all("RDATE"), timing.start)
        but = self._list(component.all("EXDATE"), timing.start)
        if not rules and not extra:
            # What does not happen again has no exceptions, unless it is of the first time.
            for line in component.all("EXDATE") if "RRULE" not in properties else ():
                self._report.fault(line.number, "EXDATE without a rule", "RRULE or RDATE beside it")
            return None
        if len(rules) == 1 and not extra and not but:
            return rules[0]
        return Recurrence(
            rrule=[rule.rrule[0] for rule in rules], rdate=extra, exdate=but, tzid=self._tzid(rules, zone)
        )

    def _tzid(self, rules: list[Recurrence], zone: str | None) -> str | None:
        if rules or zone is None:
            return rules[0].tzid if rules else None
        return zone if _takes(zone) else None

    def _rule(self, line: ContentLine, zone: str | None) -> Recurrence | None:
        """One rule; None, and a report, if it is none that can be followed."""
        text = _cleaned(line.value)
        key = (text, zone)
        if key not in self._known:
            self._known[key] = self._read(text, zone, key)
        found = self._known[key]
        if found is None:
            self._report.fault(line.number, f"RRULE {shown(text)}", self._reasons[key])
        elif found.tzid != zone:
            expected = "one whose clock rules can follow; the offset of the first time is kept"
            self._report.each(line.number, f"the time zone {shown(str(zone))}", expected)
        return found

    def _read(self, text: str, zone: str | None, key: tuple[str, str | None]) -> Recurrence | None:
        try:
            return Recurrence(rrule=[text], tzid=zone)
        except ModelError as error:
            if error.path[0] == "tzid":
                return self._read(text, None, key)
            self._reasons[key] = error.expected
            return None

    def _list(self, lines: list[ContentLine], start: Moment) -> list[When]:
        """The dates of RDATE or EXDATE."""
        found = []
        for line in lines:
            for item in line.value.split(","):
                text = item.strip()
                if not text:
                    continue
                if "/" in text:
                    self._report.each(line.number, f"periods in {line.name}", "when they begin, which is taken")
                    text = text.partition("/")[0]
                moment = self._dates.moment_of(text, line)
                if moment is None:
                    continue
                if isinstance(moment, datetime) and not isinstance(start, datetime):
                    moment = moment.date()  # of what begins on a day, only the day counts
                when = self._dates.when(moment, line)
                if when is not None:
                    found.append(when)
        return found


def _cleaned(rule: str) -> str:
    """A rule without blanks, empty parts and parts that say what holds anyway.

    Source: RFC 7529, 4.1 and 4.2 for RSCALE and SKIP.
    """
    parts = "".join(rule.split()).split(";")
    return ";".join(part for part in parts if part and part.upper() not in ("RSCALE=GREGORIAN", "SKIP=OMIT"))


def without(recurrence: Recurrence, instance: When) -> Recurrence:
    """A recurrence less one time, which an entry of its own replaces."""
    if instance in recurrence.exdate:
        return recurrence
    return attrs.evolve(recurrence, exdate=[*recurrence.exdate, instance])


def _may_repeat(timing: Timing) -> bool:
    return timing.when is not None and not str(timing.when).startswith("[")


def _takes(zone: str) -> bool:
    try:
        Recurrence(tzid=zone)
    except ModelError:
        return False
    return True
