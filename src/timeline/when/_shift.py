"""Moves dates by days, months and years; what is uncertain stays so."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import attrs
from dateutil.relativedelta import relativedelta

from timeline.errors import WhenError
from timeline.when._calendar import DAY_SECONDS, from_ordinal
from timeline.when._parts import NO_MARKS, Bound, Clock, Grain, Kind, Marks, Part, Range, Unit
from timeline.when._seasons import DEFAULT_SEASONS, SeasonTable
from timeline.when._units import MONTHS, Run, hull_of, numbers_of, runs_of
from timeline.when._units import seasons as scale_of_seasons
from timeline.when._writer import unit_of, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MAX_UNITS = 10_000  # as many as a set may get by moving a date with X
_CYCLE_YEARS, _CYCLE_DAYS = 400, 146_097


@attrs.frozen
class _Shift:
    """An amount to move by, and the days of seasons."""

    amount: relativedelta
    table: SeasonTable

    @property
    def by_days(self) -> relativedelta:
        """The amount without hours and less."""
        return relativedelta(years=self.amount.years, months=self.amount.months, days=self.amount.days)


def as_delta(value: object) -> relativedelta | None:
    """A relativedelta of what may be added to a date; None of anything else.

    Raises:
        ValueError: A relativedelta that sets something (``month=1``, a weekday) besides adding,
            or a fraction.
    """
    if isinstance(value, timedelta):
        value = relativedelta(days=value.days, seconds=value.seconds, microseconds=value.microseconds)
    if not isinstance(value, relativedelta):
        return None
    delta = value.normalized()
    fixed = [
        getattr(delta, name) for name in ("year", "month", "day", "weekday", "hour", "minute", "second", "microsecond")
    ]
    if any(each is not None for each in fixed) or delta.leapdays:
        message = f"found {value!r}, expected a relativedelta that only adds, such as relativedelta(months=3)"
        raise ValueError(message)
    if delta.microseconds:
        message = f"found {value!r}, expected whole seconds"
        raise ValueError(message)
    return delta


def shift(
    kind: Kind, parts: tuple[Part, ...], delta: relativedelta, seasons: SeasonTable | None
) -> tuple[Kind, tuple[Part, ...]]:
    """Kind and parts of a date that is moved; see `When.shift`."""
    if not delta:
        return kind, parts
    text, table = write(kind, parts), seasons or DEFAULT_SEASONS
    moved = _moved_parts(text, kind, parts, _Shift(delta, table))
    for unit in (end for part in moved[1] for end in ((part.first, part.last) if isinstance(part, Range) else (part,))):
        if isinstance(unit, Unit) and unit.month and isinstance(unit.year, int) and abs(unit.year) > 9999:
            raise WhenError(text, 0, "a shift within the years -9999 to 9999: EDTF writes no months of longer ones")
    return moved


def _moved_parts(text: str, kind: Kind, parts: tuple[Part, ...], delta: _Shift) -> tuple[Kind, tuple[Part, ...]]:
    if kind is Kind.POINT:
        (unit,) = parts
        assert isinstance(unit, Unit)
        exact = _exact(unit, delta)
        return (kind, (exact,)) if exact is not None else (Kind.ONE_OF, tuple(_window(text, unit, delta)))
    if kind is Kind.ONE_OF:
        return kind, tuple(moved for part in parts for moved in _member(text, part, delta))
    return kind, tuple(moved for part in parts for moved in _certain(text, kind, part, delta))


def _member(text: str, part: Part, delta: _Shift) -> Iterator[Part]:
    """The members of a one-of set that one of them becomes."""
    if isinstance(part, Unit):
        exact = _exact(part, delta)
        yield from _window(text, part, delta) if exact is None else [exact]
        return
    assert isinstance(part, Range)
    yield from _days_one_by_one(text, part, delta) or [_range(part, delta)]


def _days_one_by_one(text: str, part: Range, delta: _Shift) -> list[Part]:
    """The days of a range moved by months: 28 February and 1 March do not keep what lies between them."""
    first, last = part.first, part.last
    if isinstance(first, Bound) or isinstance(last, Bound) or not (first.is_certain and last.is_certain):
        return []
    if first.grain is not Grain.DAY or not (delta.amount.years or delta.amount.months):
        return []
    (start, _), (end, _) = numbers_of(first), numbers_of(last)
    if end - start >= _MAX_UNITS:
        raise WhenError(text, 0, f"a range of at most {_MAX_UNITS:,} days, to move it by months")
    moved = (_exact(unit_of(Grain.DAY, number), delta) for number in range(start, end + 1))
    return [unit for unit in moved if unit is not None]


def _range(part: Range, delta: _Shift) -> Range:
    """A range of a one-of set: from where its first unit may be moved to where its last may be."""
    ends: list[Unit | Bound] = []
    for side, end in enumerate((part.first, part.last)):
        if isinstance(end, Bound):
            ends.append(end)
            continue
        if not end.is_certain and end.marks == NO_MARKS and not end.is_season:
            # Of one that may be several, the first or the last.
            end = unit_of(end.grain, numbers_of(end)[side])  # noqa: PLW2901 - the same end
        exact = _exact(end, delta) if end.is_specified else None
        ends.append(_edge(end, side, delta) if exact is None else exact)
    return Range(*ends)


def _certain(text: str, kind: Kind, part: Part, delta: _Shift) -> Iterable[Part]:
    """An end of a span or a member of an all-of set, which cannot become a window."""
    if isinstance(part, Bound):
        return [part]
    if isinstance(part, Range) and (days := _days_one_by_one(text, part, delta)):
        return days
    units = [part] if isinstance(part, Unit) else [part.first, part.last]
    moved = [unit if isinstance(unit, Bound) else _exact(unit, delta) for unit in units]
    if None in moved:
        what = "an interval that begins or ends within" if kind is Kind.SPAN else "a set of all of several"
        coarsest = min(unit.grain for unit in units if isinstance(unit, Unit)).name.lower()
        raise WhenError(
            text,
            0,
            f"a shift by whole {coarsest}s: EDTF has no way to write {what} windows that are no {coarsest}s",
        )
    if isinstance(part, Unit):
        assert moved[0] is not None
        return [moved[0]]
    return [Range(*moved)]  # type: ignore[arg-type] # none of them is None


def _exact(unit: Unit, delta: _Shift) -> Unit | None:  # noqa: PLR0911 - one for each grain
    """The unit of the same grain that a unit becomes, if it becomes one."""
    months = delta.amount.years * 12 + delta.amount.months
    is_days = bool(delta.amount.days)
    is_time = bool(delta.amount.hours or delta.amount.minutes or delta.amount.seconds)
    if unit.clock is not None:
        return _second(unit, delta)
    if not unit.is_specified or unit.significant is not None:
        return None if is_days or is_time else _masked(unit, delta)
    assert isinstance(unit.year, int)
    if is_time or (is_days and unit.grain is not Grain.DAY):
        return None
    if unit.grain is Grain.DAY:
        assert isinstance(unit.month, int)
        assert isinstance(unit.day, int)
        return attrs.evolve(
            unit_of(Grain.DAY, _moved((unit.year, unit.month, unit.day), delta.by_days)), marks=unit.marks
        )
    if unit.is_season:
        assert isinstance(unit.month, int)
        scale = scale_of_seasons(delta.table, unit.month)
        step = 12 // (scale.number(1, unit.month) - scale.number(0, unit.month))
        if months % step:
            return None
        year, code = scale.season(scale.number(unit.year, unit.month) + months // step)
        return attrs.evolve(unit, year=year, month=code)
    if unit.month is None:
        return None if months % 12 else attrs.evolve(unit, year=unit.year + months // 12)
    assert isinstance(unit.month, int)
    year, month = divmod(unit.year * 12 + unit.month - 1 + months, 12)
    return attrs.evolve(unit, year=year, month=month + 1)


def _masked(unit: Unit, delta: _Shift) -> Unit | None:
    """A unit with X moved by months or years, where the X can stay."""
    months = delta.amount.years * 12 + delta.amount.months
    if isinstance(unit.year, int) and unit.significant is None:
        if isinstance(unit.month, int) and unit.day is not None:
            year, month = divmod(unit.year * 12 + unit.month - 1 + months, 12)
            return attrs.evolve(unit, year=year, month=month + 1) if unit.day == "XX" else None
        return (
            None if months % 12 or unit.day not in (None, "XX") else attrs.evolve(unit, year=unit.year + months // 12)
        )
    head = str(unit.year).rstrip("X")
    free = 4 - len(head)
    if unit.significant is not None or unit.month is not None or not head.isdigit() or months % (12 * 10**free):
        return None
    moved = int(head) + months // (12 * 10**free)
    return attrs.evolve(unit, year=f"{moved:0{len(head)}}{'X' * free}") if 0 <= moved < 10 ** len(head) else None


def _second(unit: Unit, delta: _Shift) -> Unit:
    """A second of some day, moved on the clock that it is told by."""
    assert unit.clock is not None
    assert isinstance(unit.year, int)
    assert isinstance(unit.month, int)
    assert isinstance(unit.day, int)
    day = _moved((unit.year, unit.month, unit.day), delta.by_days)
    clock = unit.clock
    seconds = clock.hour * 3600 + clock.minute * 60 + clock.second
    seconds += delta.amount.hours * 3600 + delta.amount.minutes * 60 + delta.amount.seconds
    days, seconds = divmod(seconds, DAY_SECONDS)
    moved = Clock(seconds // 3600, seconds // 60 % 60, seconds % 60, clock.offset)
    return attrs.evolve(unit_of(Grain.DAY, day + days), clock=moved)


def _moved(day: tuple[int, int, int], delta: relativedelta) -> int:
    """The ordinal of a day moved by years, months and days, of any year."""
    year, month, number = day
    # dateutil moves days of the years 1 to 9999; the calendar repeats every 400 years.
    cycles, year = divmod(year, _CYCLE_YEARS)
    more, years = divmod(delta.years, _CYCLE_YEARS)
    by_days, days = divmod(delta.days, _CYCLE_DAYS)
    moved = date(2000 + year, month, number) + relativedelta(years=years, months=delta.months, days=days)
    if isinstance(moved, datetime):
        moved = moved.date()
    return moved.toordinal() + (cycles + more + by_days - 5) * _CYCLE_DAYS


def _window(text: str, unit: Unit, delta: _Shift) -> Iterator[Part]:
    """The dates of which a unit becomes one, as members of a set."""
    if unit.is_specified and unit.significant is None:
        yield _between(unit, delta)
        return
    count = 0
    for run in runs_of(unit, delta.table):
        for piece in _pieces(run, unit.grain, delta):
            count += 1
            if count > _MAX_UNITS:
                raise WhenError(text, 0, f"a date that is one of at most {_MAX_UNITS:,}, to move it so")
            moved = [_exact(each, delta) for each in piece]
            if None in moved:
                first, last = _edge(piece[0], 0, delta), _edge(piece[1], 1, delta)
                yield _marked(Range(first, last), unit.marks)
            elif moved[0] == moved[1]:
                yield _marked(moved[0], unit.marks)  # type: ignore[arg-type] # not None
            else:
                yield _marked(Range(*moved), unit.marks)  # type: ignore[arg-type] # none of them is None


def _pieces(run: Run, grain: Grain, delta: _Shift) -> Iterator[tuple[Unit, Unit]]:
    """First and last units of what of a run stays together when it is moved."""
    assert run.first is not None
    assert run.last is not None
    months = delta.amount.years * 12 + delta.amount.months
    together = grain is not Grain.SEASON and (grain is not Grain.DAY or not months)
    if together:
        yield unit_of(grain, run.first), unit_of(grain, run.last)
        return
    for number in range(run.first, run.last + 1):
        if grain is Grain.SEASON:
            year, code = run.scale.season(number)  # type: ignore[attr-defined] # of a scale of seasons
            yield Unit(year, code), Unit(year, code)
        else:
            yield unit_of(grain, number), unit_of(grain, number)


def _between(unit: Unit, delta: _Shift) -> Part:
    """The range of months or days within which a unit comes to be."""
    first, last = _edge(unit, 0, delta), _edge(unit, 1, delta)
    return _marked(first if first == last else Range(first, last), unit.marks)


def _edge(unit: Unit, side: int, delta: _Shift) -> Unit:
    """The first (side 0) or last (side 1) month or day that a unit comes to touch."""
    hull = hull_of(unit, delta.table)
    assert hull is not None
    second = hull[0] if side == 0 else hull[1] - 1
    is_days = delta.amount.days or delta.amount.hours or delta.amount.minutes or delta.amount.seconds
    if not is_days and unit.grain in (Grain.YEAR, Grain.MONTH, Grain.SEASON):
        return unit_of(Grain.MONTH, MONTHS.at(second) + delta.amount.years * 12 + delta.amount.months)
    day = from_ordinal(second // DAY_SECONDS)
    moved = _moved((day.year, day.month, day.day), delta.by_days)
    rest = second % DAY_SECONDS + delta.amount.hours * 3600 + delta.amount.minutes * 60 + delta.amount.seconds
    return unit_of(Grain.DAY, moved + rest // DAY_SECONDS)


def _marked(part: Unit | Range, marks: Marks) -> Part:
    """A part with what a unit was qualified by, on all of it."""
    if marks == NO_MARKS:
        return part
    mark = marks[0] | marks[1] | marks[2]

    def qualified(unit: Unit | Bound) -> Unit | Bound:
        if isinstance(unit, Bound):
            return unit
        all_marks: Marks = (
            mark,
            mark if unit.components > 1 else NO_MARKS[0],
            mark if unit.components > 2 else NO_MARKS[0],
        )
        return attrs.evolve(unit, marks=all_marks)

    if isinstance(part, Unit):
        return attrs.evolve(part, marks=qualified(part).marks)  # type: ignore[union-attr] # a unit
    return Range(qualified(part.first), qualified(part.last))
