"""The value type `When`: a date as a source states it."""

from __future__ import annotations

import math
from datetime import date, datetime
from typing import TYPE_CHECKING

import attrs

from timeline.when._calendar import Day, from_ordinal
from timeline.when._parts import Bound, Grain, Kind, Part, Qualifier, Range, Unit
from timeline.when._reader import read
from timeline.when._words import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    SortKey = tuple[float, float, int, int, str]


_KIND_ORDER = {kind: position for position, kind in enumerate(Kind)}


def _as_meaning(parts: tuple[Part, ...], kind: Kind) -> tuple[Part, ...] | frozenset[Part]:
    """Parts as equality sees them: the members of a set have no order."""
    return parts if kind in (Kind.POINT, Kind.SPAN) else frozenset(parts)


@attrs.frozen(eq=False, repr=False)
class When:
    """A date as EDTF (ISO 8601-2:2019) states it.

    Build one with `When.parse` or `When.of`; ``str(when)`` gives EDTF back. The
    constructor itself takes parts on trust: it is for those that read other notations.
    Equality and hash go by meaning; there is no ``<``, because "before" may be
    unknowable: sort with `sort_key`.

    Attributes:
        kind: Which of the four kinds of date this is.
        parts: The unit of a point, the two ends of a span, the members of a set.

    Source: Library of Congress, Extended Date/Time Format Specification, 2019.
    """

    kind: Kind
    parts: tuple[Part, ...]
    _window: tuple[int | Bound, int | Bound] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Work out the window once: every reader of a date needs it."""
        object.__setattr__(self, "_window", _window_of(self.parts, self.kind))

    @classmethod
    def parse(cls, text: str) -> When:
        """Read EDTF.

        Args:
            text: EDTF without blanks, such as ``2024-08`` or ``[2025-01..]``.

        Returns:
            The date. ``str()`` of it is canonical and parses to an equal one.

        Raises:
            WhenError: ``text`` is not EDTF, or is a form that this version does
                not read yet. The error says at which character.
        """
        if not isinstance(text, str):
            message = f"expected EDTF text, found {type(text).__name__}"  # type: ignore[unreachable] # callers without types
            raise TypeError(message)
        return cls(*read(text))

    @classmethod
    def of(cls, value: When | date | str) -> When:
        """A `When` of what people have: a `When`, EDTF text or a `datetime.date`.

        Raises:
            WhenError: Text that is not EDTF.
            TypeError: Any other type. A `datetime.datetime` too: its time of day
                would be lost.
        """
        if isinstance(value, cls):
            return value
        if isinstance(value, str):
            return cls.parse(value)
        if isinstance(value, date) and not isinstance(value, datetime):
            return cls(Kind.POINT, (Unit(value.year, value.month, value.day),))
        message = f"expected EDTF text, a date or a When, found {type(value).__name__}"
        if isinstance(value, datetime):
            message += "; time of day is not kept by this version: pass value.date()"
        raise TypeError(message)

    @property
    def window(self) -> tuple[int | Bound, int | Bound]:
        """The half-open hull ``[first day, day after the last)``.

        Days are ordinals as `datetime.date.toordinal` counts them, of any year;
        an end that is no day is a `Bound`.
        """
        return self._window

    @property
    def earliest(self) -> date | Day | None:
        """The first day that the date may touch; None if open or unknown."""
        start = self._window[0]
        return None if isinstance(start, Bound) else from_ordinal(start)

    @property
    def latest(self) -> date | Day | None:
        """The last day that the date may touch; None if open or unknown."""
        end = self._window[1]
        return None if isinstance(end, Bound) else from_ordinal(end - 1)

    @property
    def start_bound(self) -> Bound | None:
        """Why there is no `earliest`: open or unknown. None if there is one."""
        return self._window[0] if isinstance(self._window[0], Bound) else None

    @property
    def end_bound(self) -> Bound | None:
        """Why there is no `latest`: open or unknown. None if there is one."""
        return self._window[1] if isinstance(self._window[1], Bound) else None

    @property
    def days(self) -> int | None:
        """The number of days in the window; None if an end is open or unknown."""
        start, end = self._window
        return None if isinstance(start, Bound) or isinstance(end, Bound) else end - start

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units that are written in the date, first to last."""
        return tuple(_units(self.parts))

    @property
    def qualifiers(self) -> frozenset[Qualifier]:
        """The qualifiers that occur in the date, without ``NONE``."""
        return frozenset(unit.qualifier for unit in self.units) - {Qualifier.NONE}

    @property
    def grains(self) -> frozenset[Grain]:
        """The grains of the units that occur in the date."""
        return frozenset(unit.grain for unit in self.units)

    @property
    def sort_key(self) -> SortKey:
        """A total order that never raises: first day, last day, kind, grain, text.

        An open or unknown start sorts first, an open or unknown end last.
        """
        start, end = self._window
        return (
            -math.inf if isinstance(start, Bound) else start,
            math.inf if isinstance(end, Bound) else end,
            _KIND_ORDER[self.kind],
            max((int(grain) for grain in self.grains), default=0),
            str(self),
        )

    def humanize(self) -> str:
        """The date in plain English: "no earlier than January 2025"."""
        return say(self.kind, self.parts)

    def __str__(self) -> str:
        """The date in canonical EDTF."""
        if self.kind is Kind.POINT:
            return str(self.parts[0])
        if self.kind is Kind.SPAN:
            return f"{self.parts[0]}/{self.parts[1]}"
        members = ",".join(map(str, self.parts))
        return f"[{members}]" if self.kind is Kind.ONE_OF else f"{{{members}}}"

    def __repr__(self) -> str:
        """The date as code that makes it."""
        return f"When.parse({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        """Equality by meaning: the members of a set have no order."""
        if not isinstance(other, When):
            return NotImplemented
        return self.kind is other.kind and _as_meaning(self.parts, self.kind) == _as_meaning(other.parts, other.kind)

    def __hash__(self) -> int:
        """A hash that agrees with equality."""
        return hash((self.kind, _as_meaning(self.parts, self.kind)))


def _units(parts: tuple[Part, ...]) -> Iterator[Unit]:
    """Every unit written in the parts."""
    for part in parts:
        if isinstance(part, Unit):
            yield part
        elif isinstance(part, Range):
            yield from (end for end in (part.first, part.last) if isinstance(end, Unit))


def _window_of(parts: tuple[Part, ...], kind: Kind) -> tuple[int | Bound, int | Bound]:
    """The hull of the parts; an end that one part leaves open or unknown is so."""
    if kind is Kind.SPAN:
        return _edge(parts[0], 0), _edge(parts[1], 1)
    starts = [_edge(part, 0) for part in parts]
    ends = [_edge(part, 1) for part in parts]
    start = next((edge for edge in starts if isinstance(edge, Bound)), None)
    end = next((edge for edge in ends if isinstance(edge, Bound)), None)
    return (
        start if start is not None else min(edge for edge in starts if not isinstance(edge, Bound)),
        end if end is not None else max(edge for edge in ends if not isinstance(edge, Bound)),
    )


def _edge(part: Part, side: int) -> int | Bound:
    """The start (side 0) or end (side 1) of a part, in ordinals."""
    return part if isinstance(part, Bound) else part.window[side]
