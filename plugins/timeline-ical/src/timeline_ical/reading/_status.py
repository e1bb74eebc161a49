"""What STATUS says: a calendar that calls an entry tentative or cancelled makes a claim, and states no fact."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from timeline.model import Claim, Modality, Outcome, Result
from timeline.when import When
from timeline_ical.reading._dates import shown

if TYPE_CHECKING:
    from timeline_ical.reading._dates import Dates
    from timeline_ical.reading._report import Report
    from timeline_ical.reading._tree import Component

# RFC 5545, 3.8.1.11; the other spelling of the last is common.
_WORDS = {
    "VEVENT": frozenset({"TENTATIVE", "CONFIRMED", "CANCELLED"}),
    "VTODO": frozenset({"NEEDS-ACTION", "COMPLETED", "IN-PROCESS", "CANCELLED"}),
    "VJOURNAL": frozenset({"DRAFT", "FINAL", "CANCELLED"}),
}
_DAY = re.compile(r"\s*([0-9]{8})T[0-9]{6}Z?\s*")


class Stated(NamedTuple):
    """Who states an entry, and its date.

    Attributes:
        when: The date that is stated as such; None if it follows from the claims.
        claims: What the calendar says about it.
        outcome: How it ended, as the calendar says.
    """

    when: When | None
    claims: tuple[Claim, ...] = ()
    outcome: Outcome | None = None


def stated(
    component: Component, when: When | None, dates: Dates, report: Report, *, source: str, method: str
) -> Stated:
    """What the status of an entry makes of its date.

    Args:
        component: The entry.
        when: Its date.
        dates: Reads dates.
        report: Takes what is wrong.
        source: The id of the calendar as a source of claims.
        method: What the calendar is sent for (RFC 5546), in capital letters; empty if it is not sent.
    """
    status = _status(component, report, method)
    if component.name == "VTODO" and status != "CANCELLED":
        return _task(component, status, when, dates=dates, report=report, source=source)
    if status == "CANCELLED":
        for line in component.all("COMPLETED") if component.name == "VTODO" else ():
            report.fault(line.number, "COMPLETED beside STATUS:CANCELLED", "STATUS:COMPLETED; it is not taken as done")
        return _cancelled(component, when, source)
    if status in ("TENTATIVE", "DRAFT") or (method == "COUNTER" and component.name == "VEVENT"):
        return Stated(None, (_planned(component, when, source),))
    return Stated(when)


def _status(component: Component, report: Report, method: str) -> str:
    line = component.one("STATUS", report)
    if line is None:
        return "CANCELLED" if method == "CANCEL" else ""
    status = line.value.strip().upper()
    if status == "CANCELED":
        status = "CANCELLED"
    known = _WORDS[component.name]
    if status not in known:
        if status:
            report.fault(line.number, f"STATUS {shown(line.value)}", f"one of: {', '.join(sorted(known))}")
        return ""
    return status


def _task(component: Component, status: str, when: When | None, *, dates: Dates, report: Report, source: str) -> Stated:
    planned = _planned(component, when, source)
    line = component.one("COMPLETED", report)
    if status != "COMPLETED" and (line is None or status):
        if line is not None:
            report.fault(line.number, f"COMPLETED beside STATUS:{status}", "STATUS:COMPLETED; it is not taken as done")
        return Stated(None, (planned,))
    moment = None if line is None else dates.moment(line)
    done = None if line is None or moment is None else dates.when(moment, line)
    decided = done and When.parse(str(done)[:10])
    decided = decided or said(component)
    if decided is None:
        return Stated(None, (planned, Claim(source=source, modality=Modality.REPORTED, when=done)))
    return Stated(None, (planned,), Outcome(result=Result.OCCURRED, source=source, decided=decided, when=done))


def _cancelled(component: Component, when: When | None, source: str) -> Stated:
    decided = said(component)
    if decided is None:
        # Denials date nothing, so the date is kept as that of the entry.
        return Stated(when, (Claim(source=source, modality=Modality.DENIED, when=when),))
    outcome = Outcome(result=Result.DID_NOT_OCCUR, source=source, decided=decided)
    return Stated(None, (_planned(component, when, source),), outcome)


def _planned(component: Component, when: When | None, source: str) -> Claim:
    return Claim(source=source, said=said(component), modality=Modality.PLANNED, when=when)


def said(component: Component) -> When | None:
    """The day on which the calendar last said so: that of LAST-MODIFIED, or else of DTSTAMP."""
    for name in ("LAST-MODIFIED", "DTSTAMP"):
        line = component.first(name)
        match = None if line is None else _DAY.fullmatch(line.value)
        if match is not None:
            try:
                return When.parse(date.fromisoformat(match[1]).isoformat())
            except ValueError:
                continue
    return None
