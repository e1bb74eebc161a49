"""``timeline due``: what was projected, and whether it came true."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from timeline.cli._input import file_argument, from_option, options_option, read, split_options, view_options
from timeline.cli._output import json_text, print_lines
from timeline.cli._progress import progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from timeline.cli._input import View
    from timeline.model import Claim, Projection
    from timeline.scores import TrackRecord

_DAYS = {"d": 1, "w": 7}


class SpanType(click.ParamType[int]):
    """A number of days or weeks."""

    name = "DAYS"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read it, or fail as a wrong use of the option."""
        match = re.fullmatch(r"([0-9]{1,6})([dw]?)", str(value))
        if match is None:
            self.fail(f"found {value!r}, expected a number of days or weeks such as 30d or 4w", param, ctx)
        return int(match[1]) * _DAYS[match[2] or "d"]


@click.command()
@file_argument
@view_options
@click.option("--within", type=SpanType(), help="Also what falls due within this time, such as 30d or 4w.")
@click.option("--json", "as_json", is_flag=True, help="One object for programs.")
@from_option
@options_option
def due(
    file: str,
    *,
    view: View,
    within: int | None,
    as_json: bool,
    input_format: str | None,
    options: tuple[str, ...],
) -> None:
    """List what is projected: overdue, due, and how it ended.

    What is planned counts too. What is due has its window around --now; what is overdue has had it, and nothing is
    reported. The record says, for each origin, how much of what it projected came true inside its window, and
    the Brier score of the probabilities that it gave.
    """
    from timeline.scores import track_records  # noqa: PLC0415 - `--help` needs none of it

    with progress(f"reading {file}") as on_progress:
        timeline = view.of(read(file, input_format, split_options(options), on_progress))
    day = view.now.date()
    projections = timeline.projections(view.now)
    records = track_records(timeline, view.now)
    if as_json:
        listed = [{**_object(each), "falls_due": _starts(each, day)} for each in projections]
        found = {"id": timeline.id, "now": day.isoformat(), "projections": listed, "record": [*map(_record, records)]}
        print_lines([json_text(found, indent=2)])
        return
    print_lines(_report(projections, records, day, within))


def _starts(projection: Projection, day: date) -> int | None:
    """In how many days the window of an open projection begins; 0 if it has; None if that has no day."""
    from timeline.when import Bound  # noqa: PLC0415 - `--help` needs none of it

    if projection.before is None:
        return None
    start = projection.before.window[0]
    return None if isinstance(start, Bound) else max(0, start - day.toordinal())


def _report(
    projections: Sequence[Projection], records: Sequence[TrackRecord], day: date, within: int | None
) -> Iterator[str]:
    from timeline.model import Status  # noqa: PLC0415 - `--help` needs none of it

    def those(*statuses: Status) -> list[Projection]:
        return [each for each in projections if each.status in statuses]

    soon = [
        each
        for each in those(Status.PLANNED, Status.PROJECTED)
        if within is not None and (starts := _starts(each, day)) is not None and starts <= within
    ]
    resolved = [each for each in projections if not each.status.is_open]
    open_ = those(Status.PLANNED, Status.PROJECTED)
    yield (
        f"{day}: {len(those(Status.OVERDUE))} overdue, {len(those(Status.DUE))} due, {len(open_)} to come, "
        f"{len(resolved)} resolved"
    )
    last = min(day.toordinal() + (within or 0), date.max.toordinal())
    by = "" if within is None else f" by {date.fromordinal(last)}"
    for heading, found, cells in (
        ("Overdue", those(Status.OVERDUE), _open),
        ("Due", those(Status.DUE), _open),
        (f"Falls due{by}", soon, _open),
        ("Resolved", resolved, _resolved),
    ):
        yield from _section(heading, found, cells)
    if any(any(verdict not in ("open", "overdue") for _, verdict in record.verdicts) for record in records):
        yield from _records(records)


def _section(
    heading: str, projections: Sequence[Projection], cells: Callable[[Projection], tuple[str, ...]]
) -> Iterator[str]:
    from timeline.cli._table import table  # noqa: PLC0415 - `--help` draws no table

    if not projections:
        return
    head = ("", "window", "by", "likelihood and condition") if cells is _open else ("", "window", "outcome", "off")
    yield ""
    yield heading
    yield from (
        f"  {line}" for line in table(head, [(each.event.id, *cells(each)) for each in projections]).splitlines()
    )


def _open(projection: Projection) -> tuple[str, ...]:
    claims = projection.claims
    origins = dict.fromkeys(claim.origin for claim in claims)
    words = dict.fromkeys(claim.likelihood for claim in claims if claim.likelihood)
    conditions = dict.fromkeys(filter(None, map(_condition, claims)))
    return _window(projection), ", ".join(origins), ", ".join([*words, *conditions])


def _condition(claim: Claim) -> str | None:
    """On what condition, in few words."""
    if claim.condition_event:
        return f"if {claim.condition_event}"
    return "on a condition" if claim.condition else None


def _window(projection: Projection) -> str:
    return "no date" if projection.before is None else str(projection.before)


def _resolved(projection: Projection) -> tuple[str, ...]:
    after = "" if projection.after is None else f" {projection.after}"
    decided = "" if projection.decided is None else f", known {projection.decided}"
    off = "" if projection.deviation is None else str(projection.deviation)
    return _window(projection), f"{projection.status.word}{after}{decided}", off


def _records(records: Iterable[TrackRecord]) -> Iterator[str]:
    from timeline.cli._table import table  # noqa: PLC0415 - `--help` draws no table
    from timeline.scores import Verdict  # noqa: PLC0415 - the same

    columns = (
        (Verdict.INSIDE,),
        (Verdict.EARLY,),
        (Verdict.LATE,),
        (Verdict.FAILED,),
        (Verdict.VOID,),
        (Verdict.OPEN, Verdict.OVERDUE),
    )
    head = ("", "in its window", "early", "late", "not at all", "void", "open", "Brier score")
    rows = [(each.name, *(str(each.count(*column)) for column in columns), _brier(each)) for each in records]
    yield ""
    yield "Record of what was projected"
    yield from (f"  {line}" for line in table(head, rows, right=frozenset(range(1, 8))).splitlines())


def _brier(record: TrackRecord) -> str:
    if record.brier is None:
        return ""
    low, high = (f"{value:.3f}" for value in record.brier)
    return f"{low if low == high else f'{low}-{high}'} of {len(record.forecasts)}"


def _object(projection: Projection) -> dict[str, Any]:
    """A projection for programs."""
    off = projection.deviation
    return {
        "event": projection.event.id,
        "title": projection.event.title,
        "status": str(projection.status),
        "before": _text(projection.before),
        "after": _text(projection.after),
        "decided": _text(projection.decided),
        "days_off": None if off is None else [_finite(off.low), _finite(off.high)],
        "origins": [*dict.fromkeys(claim.origin for claim in projection.claims)],
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _finite(days: float) -> int | None:
    """Days, or null where there is no end to them: JSON has no infinity."""
    return None if days in (float("inf"), float("-inf")) else int(days)


def _record(record: TrackRecord) -> dict[str, Any]:
    return {
        "name": record.name,
        "verdicts": {event: str(verdict) for event, verdict in record.verdicts},
        "forecasts": len(record.forecasts),
        "brier": None if record.brier is None else [round(value, 6) for value in record.brier],
    }
