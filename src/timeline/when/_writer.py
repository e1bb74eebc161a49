"""Canonical EDTF: dates that mean the same have the same text."""

from __future__ import annotations

import math
import re
from collections import defaultdict

from timeline.when._calendar import from_ordinal
from timeline.when._parts import NO_MARKS, Grain, Kind, Part, Range, Unit
from timeline.when._units import DAYS, MONTHS, YEARS, hull_of, joined

_SCALES = {Grain.YEAR: YEARS, Grain.MONTH: MONTHS, Grain.DAY: DAYS}


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
    counted: defaultdict[Grain, list[tuple[int, int]]] = defaultdict(list)
    others: set[Part] = set()
    for part in parts:
        run = _run(part)
        if run is None:
            others.add(part)
        else:
            counted[run[0]].append(run[1:])
    members: list[Part] = [*others]
    for grain, runs in counted.items():
        for joint in joined(_SCALES[grain], sorted(runs)):
            assert joint.first is not None
            assert joint.last is not None
            if joint.last - joint.first > 1:
                members.append(Range(unit_of(grain, joint.first), unit_of(grain, joint.last)))
            else:
                members += [unit_of(grain, number) for number in range(joint.first, joint.last + 1)]
    return tuple(sorted(members, key=_place))


def _run(part: Part) -> tuple[Grain, int, int] | None:
    """A member as numbers of a scale, if it is certain and has two ends."""
    first, last = (part.first, part.last) if isinstance(part, Range) else (part, part)
    numbers = []
    for unit in (first, last):
        if not isinstance(unit, Unit) or unit.marks != NO_MARKS or unit.significant or not unit.is_specified:
            return None
        scale = _SCALES.get(unit.grain)
        hull = hull_of(unit)
        if scale is None or hull is None:
            return None
        numbers.append(scale.at(hull[0]))
    assert isinstance(first, Unit)
    return first.grain, numbers[0], numbers[1]


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
