"""Reads the rules by which an entry happens again."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import attrs

from timeline.errors import ModelError, WhenError
from timeline.model import Recurrence
from timeline.when import When
from timeline_ical.reading._dates import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

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
        return Recurrence(rrule=[rule.rrule[0] for rule in rules], rdate=extra, exdate=but, tzid=zone)

    def added(self, component: Component, known: dict[str, Any]) -> dict[str, list[str]]:
        """The dates that somebody added to an entry of an export.

        Args:
            component: The entry.
            known: Its recurrence, as the document has it.
        """
        found: dict[str, list[str]] = {}
        for name in ("RDATE", "EXDATE"):
            lines = component.all(name)
            texts = known.get(name.lower()) or []
            if not lines or not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
                continue
            # A day stands for the time of that day, and a time may be told by another clock.
            written = {part for text in texts for part in (text, text[:10] if len(text) == 10 else text[:19])}
            seconds = {_seconds(text) for text in texts}
            for line in lines:
                for item in line.value.split(","):
                    moment = self._dates.moment_of(item, line)
                    when = None if moment is None else self._dates.when(moment, line)
                    if moment is None or when is None or moment.isoformat()[:10] in written:
                        continue
                    if moment.isoformat()[:19] not in written and _seconds(str(when)) not in seconds:
                        self._report.each(
                            line.number, f"{name} that somebody added", "what the export wrote; it is taken"
                        )
                        found.setdefault(name.lower(), []).append(str(when))
        return found

    def is_changed(self, component: Component, known: dict[str, Any]) -> bool:
        """Whether somebody gave an entry of an export another rule, which is reported."""
        line, rules = component.first("RRULE"), known.get("rrule")
        if line is None or (isinstance(rules, list) and rules and _is_alike(line.value, str(rules[0]))):
            return False
        self._report.fault(line.number, "RRULE that somebody changed", "that of the export; RRULE is taken")
        return True

    def _rule(self, line: ContentLine, zone: str | None) -> Recurrence | None:
        """One rule; None, and a report, if it is none that can be followed."""
        text = _cleaned(line.value)
        key = (text, zone)
        if key not in self._known:
            self._known[key] = self._read(text, zone, key)
        found = self._known[key]
        if found is None:
            self._report.fault(line.number, f"RRULE {shown(text)}", self._reasons[key])
        return found

    def _read(self, text: str, zone: str | None, key: tuple[str, str | None]) -> Recurrence | None:
        try:
            return Recurrence(rrule=[text], tzid=zone)
        except ModelError as error:
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


def _seconds(text: str) -> object:
    """The moment of a time, to compare; None if it is none."""
    try:
        when = When.parse(text)
    except WhenError:
        return None
    return None if when.ordinal is not None else when.seconds


def _is_alike(one: str, other: str) -> bool:
    """Whether two rules are the same, whatever the clock by which they tell their end."""
    parts, others = ({name: value for name, _, value in _split(rule)} for rule in (one, other))
    until, last = parts.pop("UNTIL", ""), others.pop("UNTIL", "")
    if parts != others:
        return False
    if until == last:
        return True
    try:
        return abs(date.fromisoformat(until[:8]) - date.fromisoformat(last[:8])) <= timedelta(days=1)
    except ValueError:
        return False


def _split(rule: str) -> list[tuple[str, str, str]]:
    return [part.partition("=") for part in _cleaned(rule).upper().split(";")]


def without(recurrence: Recurrence, instances: Iterable[When]) -> Recurrence:
    """A recurrence less some times, which entries of their own replace."""
    known = set(recurrence.exdate)
    more = [instance for instance in dict.fromkeys(instances) if instance not in known]
    return attrs.evolve(recurrence, exdate=[*recurrence.exdate, *more]) if more else recurrence


def _may_repeat(timing: Timing) -> bool:
    return timing.when is not None and not str(timing.when).startswith("[")
