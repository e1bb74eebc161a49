"""Rules that find exact days that nobody stated: filled in, cut down to, or turned round."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import TYPE_CHECKING

from timeline.checks._seam import Check, Finding, Severity
from timeline.checks._swaps import day_month_swap
from timeline.when import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.checks._seam import CheckContext
    from timeline.document import Path
    from timeline.model import Event, Timeline
    from timeline.when import When

# What programs put in for no date at all. Days on which much really happened (1582-10-15, when the
# Gregorian calendar began, 1960-01-01, 1980-01-01, 2000-01-01) are not among them.
_PLACEHOLDERS = {
    "-4713-11-24": "day 0 of the Julian day count",
    "0001-01-01": "the first day of .NET, Go and Python",
    "0100-01-01": "the first day of Visual Basic",
    "1000-01-01": "the first day of MySQL",
    "1582-10-14": "day 0 of SPSS",
    "1601-01-01": "day 0 of Windows files",
    "1677-09-21": "the first day of pandas",
    "1753-01-01": "the first day of SQL Server",
    "1858-11-17": "day 0 of the modified Julian day count",
    "1899-12-30": "day 0 of spreadsheets",
    "1899-12-31": "day 0 of spreadsheets",
    "1900-01-01": "day 0 or 1 of spreadsheets and SQL Server",
    "1901-12-13": "the first second of 32-bit Unix time",
    "1904-01-01": "day 0 of spreadsheets of the Macintosh",
    "1969-12-31": "second 0 of Unix time, west of Greenwich",
    "1970-01-01": "second 0 of Unix time",
    "2038-01-19": "the last second of 32-bit Unix time",
    "2079-06-06": "the last day of SQL Server's smalldatetime",
    "2099-12-31": "a day that stands for no end",
    "2262-04-11": "the last day of pandas",
    "2999-12-31": "a day that stands for no end",
    "9999-12-31": "the last day of most programs",
}
# Nobody writes these as the round end of a century or decade either, so they stand out as ends too.
_NO_ENDS = frozenset({"1677-09-21", "1753-01-01", "1858-11-17", "1899-12-30", "2038-01-19", "2262-04-11"}) | {
    "2999-12-31",
    "9999-12-31",
}
_IN_TEXT = re.compile("|".join(rf"(?<![\dY-]){re.escape(text)}(?!\d)" for text in _PLACEHOLDERS))
_BY_DAY = {date.fromisoformat(text).toordinal(): text for text in _PLACEHOLDERS if text[0] != "-"}


def placeholder_date(timeline: Timeline, _ctx: CheckContext) -> Iterator[Finding]:
    """Exact days that programs put in where there is no date."""
    for path, when, event_id in _dates_of(timeline):
        day = when.ordinal
        if day is None:
            text = _placeholder_in(when)
        else:
            text = _BY_DAY.get(day) or ("-4713-11-24" if day == _JULIAN_DAY_0 else None)
        if text is not None:
            yield Finding(
                message=f"{text} looks like a placeholder: {_PLACEHOLDERS[text]}; expected a date that somebody "
                "stated, or none",
                event_id=event_id,
                path=path,
            )


_JULIAN_DAY_0 = -1_721_425  # 24 November of the astronomical year -4713


def _placeholder_in(when: When) -> str | None:
    """The placeholder in a date that is no plain day: a day with a time, an interval or a set."""
    found = _IN_TEXT.search(str(when))
    if found is None:
        return None
    return found[0] if when.kind is Kind.POINT or found[0] in _NO_ENDS else None


def _dates_of(timeline: Timeline) -> Iterator[tuple[Path, When, str | None]]:
    """Every date that the document states, with its path and the event it is of."""
    if timeline.updated is not None:
        yield ("updated",), timeline.updated, None
    for source in timeline.sources:
        for name, when in (("published", source.published), ("accessed", source.accessed)):
            if when is not None:
                yield ("sources", source.id, name), when, None
    for number, event in enumerate(timeline.events):
        for path, when in _dates_of_event(event, ("events", number)):
            yield path, when, event.id


def _dates_of_event(event: Event, path: Path) -> Iterator[tuple[Path, When]]:
    if event.own_when is not None:
        yield (*path, "when"), event.own_when
    for at, claim in enumerate(event.claims):
        for name, when in (("when", claim.when), ("said", claim.said), ("recorded", claim.recorded)):
            if when is not None:
                yield (*path, "claims", at, name), when
    if event.outcome is not None:
        yield (*path, "outcome", "decided"), event.outcome.decided
        if event.outcome.when is not None:
            yield (*path, "outcome", "when"), event.outcome.when


_YEAR_DAYS = 365.2425
_ENOUGH = 5
_CHANCE = 0.001


def first_of_month_cluster(timeline: Timeline, _ctx: CheckContext) -> Iterator[Finding]:
    """More days on the first of a month, or on 1 January, than chance gives."""
    # Many events of one day are one observation: days are counted, not events.
    days = {day for event in timeline.events if (day := _day_of(event)) is not None}
    starts = [date.fromordinal(day) for day in days if 1 <= day <= _LAST_ORDINAL]
    months = sum(1 for day in starts if day.day == 1)
    years = sum(1 for day in starts if day.day == day.month == 1)
    parts = []
    for count, share, name in (
        (months, 12 / _YEAR_DAYS, "are the first of a month"),
        (years, 1 / _YEAR_DAYS, "are 1 January"),
    ):
        if count >= _ENOUGH and binomial_tail(count, len(days), share) < _CHANCE:
            expected = f"{share * 100:.1f} %, {share * len(days):.1f} of them"
            parts.append(f"{count:,} ({count / len(days) * 100:.1f} %) {name}, where chance gives {expected}")
    if parts:
        yield Finding(
            message=f"of {len(days):,} different exact days {'; '.join(parts)}: expected months and years to be "
            "written as months (2024-06) and years (2024)",
            path=("events",),
        )


_LAST_ORDINAL = date.max.toordinal()


def _day_of(event: Event) -> int | None:
    when = event.when
    return None if when is None else when.ordinal


def binomial_tail(least: int, trials: int, chance: float) -> float:
    """How probable it is that at least so many of the trials succeed."""
    if least <= trials * chance:
        return 1.0
    log_term = (
        math.lgamma(trials + 1)
        - math.lgamma(least + 1)
        - math.lgamma(trials - least + 1)
        + least * math.log(chance)
        + (trials - least) * math.log1p(-chance)
    )
    term = math.exp(log_term)
    total = 0.0
    # Above the mean every term is smaller than the one before.
    for count in range(least, trials + 1):
        total += term
        term *= (trials - count) / (count + 1) * chance / (1 - chance)
        if term < total * 1e-12:
            break
    return total


RULES = (
    Check(
        code="TL103",
        name="placeholder-date",
        title="a day that programs put in where there is no date",
        run=placeholder_date,
        severity=Severity.WARNING,
    ),
    Check(
        code="TL106",
        name="first-of-month-cluster",
        title="more days on the first of a month, or on 1 January, than chance gives",
        run=first_of_month_cluster,
        severity=Severity.WARNING,
    ),
    Check(
        code="TL107",
        name="day-month-swap",
        title="a day that contradicts something, and would not with day and month exchanged",
        run=day_month_swap,
        severity=Severity.WARNING,
    ),
)
