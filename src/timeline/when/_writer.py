"""Canonical EDTF: dates that mean the same have the same text."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from timeline.when._calendar import from_ordinal
from timeline.when._parts import Bound, Grain, Kind, Part, Range, Unit
from timeline.when._units import Run, hull_of, merged, numbers_of, scale_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.when._units import Scale


def canonical(kind: Kind, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The parts as canonical text has them: sets in the order of time, each date once.

    Three or more consecutive dates of a set become a range, two stay two dates.
    """
    return parts if kind in (Kind.POINT, Kind.SPAN) else _members(parts)


def write(kind: Kind, parts: tuple[Part, ...]) -> str:
    """The text of canonical parts."""
    if kind is Kind.POINT:
        return str(parts[0])
    if kind is Kind.SPAN:
        return f"{parts[0]}/{parts[1]}"
    members = ",".join(map(str, parts))
    return f"[{members}]" if kind is Kind.ONE_OF else f"{{{members}}}"


def _members(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    if len(parts) == 1 and isinstance(parts[0], Unit):
        return parts
    counted: defaultdict[Scale, list[tuple[Part, Run]]] = defaultdict(list)
    members: set[Part] = set()
    for part in parts:
        run = _run(part)
        if run is None:
            members.add(part)
        else:
            counted[run.scale].append((part, run))
    for found in counted.values():
        runs = [*merged([run for _, run in found])]
        if any(run.first is None and run.last is None for run in runs):
            members.update(part for part, _ in found)  # all there are, which cannot be written as one range
            continue
        for run in runs:
            members.update(_units_of(run))
    return tuple(sorted(members, key=_place))


def _run(part: Part) -> Run | None:
    """A member as numbers of a scale, if nothing of it is in doubt.

    Seasons are not: which of them are next to each other is for a table to say.
    """
    ends = (part.first, part.last) if isinstance(part, Range) else (part, part)
    known = [unit for unit in ends if isinstance(unit, Unit)]
    if any(not unit.is_certain or unit.is_season for unit in known):
        return None
    first, last = (numbers_of(unit)[0] if isinstance(unit, Unit) else None for unit in ends)
    return Run(scale_of(known[0]), first, last)


def _units_of(run: Run) -> Iterable[Part]:
    """A run as members of a set: one date, two, or a range."""
    scale, first, last = run
    if first is not None and last is not None and last - first < 2:
        return [unit_of(scale.grain, number) for number in range(first, last + 1)]
    ends = (Bound.OPEN if number is None else unit_of(scale.grain, number) for number in (first, last))
    return [Range(*ends)]


def unit_of(grain: Grain, number: int) -> Unit:
    """The year, month or day that has a number on its scale."""
    if grain is Grain.YEAR:
        return Unit(number)
    if grain is Grain.MONTH:
        return Unit(number // 12, number % 12 + 1)
    day = from_ordinal(number)
    return Unit(day.year, day.month, day.day)


def _place(part: Part) -> tuple[int, float, float, str]:
    """Where a member stands in a set: one without beginning first, one without end last."""
    first, last = (part.first, part.last) if isinstance(part, Range) else (part, part)
    start = hull_of(first) if isinstance(first, Unit) else None
    end = hull_of(last) if isinstance(last, Unit) else None
    place = 1 if start and end else 0 if end else 2
    return place, start[0] if start else -math.inf, end[1] if end else math.inf, str(part)


_QUALIFIED_INSIDE = re.compile(r"(^|-)[?~%]|[?~%]-")
_LEVEL_1_X = re.compile(r"-?[0-9]{2}(?:[0-9]X|XX)|-?[0-9]{4}-XX(?:-XX)?|-?[0-9]{4}-[0-9]{2}-XX")
_SEASON = re.compile(r"-?[0-9X]{4}-(2[1-9]|3[0-9]|4[01])")


def level_of(text: str) -> int:
    """The level of EDTF (0, 1 or 2) that a text needs, which has to be EDTF."""
    if text[0] in "[{":
        return 2
    ends = text.split("/")
    level = max(map(_unit_level, ends))
    if len(ends) > 1:
        # An interval of level 1 has ends that are dates, qualified as wholes, open or unknown.
        level = 2 if "X" in text else max(level, int(".." in ends or "" in ends))
    return level


def _unit_level(text: str) -> int:
    bare = text.rstrip("?~%")
    if "E" in bare or "S" in bare or _QUALIFIED_INSIDE.search(text):
        return 2
    season = _SEASON.fullmatch(bare)
    if season is not None and (int(season[1]) > 24 or "X" in bare):
        return 2
    if "X" in bare and not _LEVEL_1_X.fullmatch(bare):
        return 2
    return int(season is not None or bare != text or "X" in bare or bare[:1] in ("-", "Y"))
