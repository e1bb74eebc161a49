"""The value type `When`: a date as a source states it."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Literal

import attrs

from timeline.errors import WhenError
from timeline.when._calendar import DAY_SECONDS, Day, from_ordinal
from timeline.when._key import key_of, start_in, window_in
from timeline.when._parts import Bound, Grain, Kind, Part, Qualifier, Range, Unit
from timeline.when._quick import canonical, plain
from timeline.when._temporal import Temporal
from timeline.when._windows import Duration, days_of_window, earliest_of, latest_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime, timedelta

    from dateutil.relativedelta import relativedelta

    from timeline.when._extent import Extent
    from timeline.when._seasons import SeasonTable
    from timeline.when._widening import Widening
    from timeline.when._windows import Window

    Style = Literal["long", "short"]

_MARKS = tuple(Qualifier)
_DAY = int(Grain.DAY)
_PLAIN_DAY = _DAY << 2
_PLAIN = (_PLAIN_DAY, int(Grain.MONTH) << 2)
_SAMPLE_YEAR = "2000"  # which has a 29 February


@attrs.frozen(eq=False, repr=False, init=False, weakref_slot=False)
class When(Temporal):
    """A date as EDTF (ISO 8601-2:2019) states it.

    Build one with `When.parse`, `When.of` or `When.lenient`; ``str(when)`` gives
    canonical EDTF back. Equality and hash go by meaning: two dates are equal if and only
    if their canonical texts are. There is no ``<``, because "before" may be unknowable:
    sort with `sort_key`, ask with `certainly_before` and the like.

    Attributes:
        kind: Which of the four kinds of date this is.
        sort_key: A number that sorts dates in one order, whatever they are mixed of: by first second,
            then by last second, then by kind, year before month before day, and last by a number
            made of the text. An open or unknown start sorts before all others, an open or unknown end
            after them. Dates with an offset sort by UTC, all others as if they were in it.

    Source: Library of Congress, Extended Date/Time Format Specification, 2019.
    """

    kind: Kind
    # A year, month or day of which every digit is known is only its grain and qualifier, for
    # the key holds its window. Any other date is its canonical text, and parts are read from it.
    _form: int | str
    sort_key: int

    def __init__(self, kind: Kind, parts: tuple[Part, ...]) -> None:
        """Make a date of its parts, for those that read other notations.

        Args:
            kind: The kind.
            parts: The unit of a point, the two ends of a span, the members of a set.

        Raises:
            WhenError: The parts are not those of a date; the message shows them as EDTF.
            ValueError: There are not as many parts as the kind has.
        """
        from timeline.when._writer import write  # noqa: PLC0415 - most dates come as text

        kind = Kind(kind)
        wanted = {Kind.POINT: 1, Kind.SPAN: 2}.get(kind, len(parts) or 1)
        if len(parts) != wanted:
            message = f"found {len(parts)} parts, expected {wanted} for a {kind} date"
            raise ValueError(message)
        for unit in _units(parts):
            if (unit.day and not unit.month) or any(unit.marks[unit.components :]):
                message = f"found {unit!r}, expected a day and qualifiers of parts that there are"
                raise ValueError(message)
        text = write(kind, parts)
        if any(unit.month and isinstance(unit.year, int) and abs(unit.year) > 9999 for unit in _units(parts)):
            raise WhenError(text, 0, "a year of four digits: EDTF writes no months and days of longer ones", 1)
        made = When.parse(text)
        for name in ("kind", "_form", "sort_key"):
            object.__setattr__(self, name, getattr(made, name))

    @classmethod
    def parse(cls, text: str) -> When:
        """Read EDTF.

        Args:
            text: EDTF without blanks, such as ``2024-08`` or ``[2025-01..]``.

        Returns:
            The date. ``str()`` of it is canonical and parses to an equal one.

        Raises:
            WhenError: ``text`` is not EDTF. The error says at which character, what may
                stand there and at which level.
        """
        if not isinstance(text, str):
            message = f"expected EDTF text, found {type(text).__name__}"  # type: ignore[unreachable] # callers without types
            raise TypeError(message)
        quick = _quick(text)
        if quick is not None:
            return quick
        from timeline.when._reader import read_whole  # noqa: PLC0415 - most dates are of those forms

        kind, written, window = read_whole(text)
        found = plain(written)
        return _make(kind, written, window) if found is None else _make(kind, found[0], found[1:])

    @classmethod
    def of(cls, value: When | date | str | int) -> When:
        """A `When` of what people have.

        Args:
            value: A `When`, a `datetime.date`, a `datetime.datetime` (to the second; its
                offset is kept), the number of a year (astronomical: 0 is 1 BC), EDTF text, or
                an ISO week or ordinal date such as ``2024-W52-6``, ``2024-W52`` or ``2024-363``.
                A week is a set of days: once within it.

        Raises:
            WhenError: Text that is none of these.
            TypeError: Any other type.
        """
        if isinstance(value, When):
            return value
        if isinstance(value, str) and (quick := _quick(value)) is not None:
            return quick
        from timeline.when._doors import of  # noqa: PLC0415 - most dates come as text of those forms

        return cls(*of(value))

    @classmethod
    def lenient(cls, text: str, *, dayfirst: bool | None = None) -> When:
        """Read a date as people type it in English, such as "27 December 2024" or "June 2024".

        What `of` takes is read so. The rest is read by python-dateutil, and as precise as the
        text is: "June 2024" is a month. Nothing is filled in: a text without a year is refused.

        Args:
            text: The text.
            dayfirst: Whether ``03/04/2024`` is 3 April; without it, such a text is refused.

        Raises:
            WhenError: The text is no date, says less than a year, may be read in two ways, or has
                a time of day without seconds or in a zone that only has a name.
        """
        from timeline.when._doors import lenient  # noqa: PLC0415 - most dates come as EDTF

        return cls(*lenient(text, dayfirst=dayfirst))

    @property
    def parts(self) -> tuple[Part, ...]:
        """The unit of a point, the two ends of a span, the members of a set."""
        form = self._form
        if isinstance(form, str):
            return _parts_of(form)
        day = from_ordinal(self.seconds[0] // DAY_SECONDS)  # type: ignore[operator] # of a plain date
        mark, grain = _MARKS[form & 3], form >> 2
        if grain == Grain.YEAR:
            return (Unit(day.year, None, None, (mark, Qualifier.NONE, Qualifier.NONE)),)
        if grain == Grain.MONTH:
            return (Unit(day.year, day.month, None, (mark, mark, Qualifier.NONE)),)
        return (Unit(day.year, day.month, day.day, (mark, mark, mark)),)

    @property
    def seconds(self) -> Window:
        """The half-open hull in seconds, 86,400 to the day of `datetime.date.toordinal`.

        It is in UTC if the date has an offset; an end without a date is a `Bound`.
        """
        return window_in(self.sort_key, self._form)

    @property
    def level(self) -> int:
        """The level of EDTF (0, 1 or 2) that its canonical text needs."""
        from timeline.when._writer import level_of  # noqa: PLC0415 - few ask for it

        return level_of(str(self))

    @staticmethod
    def level_of(text: str) -> int:
        """The level that a text needs; other text of the same date may need another.

        ``?2024`` needs level 2, and the same date as ``2024?`` level 1.

        Raises:
            WhenError: ``text`` is not EDTF.
        """
        from timeline.when._writer import level_of  # noqa: PLC0415 - few ask for it

        When.parse(text)
        return level_of(text)

    @property
    def window(self) -> tuple[int | Bound, int | Bound]:
        """The half-open hull ``[first day, day after the last)``.

        Days are ordinals as `datetime.date.toordinal` counts them, of any year, and the day that
        is stated if the date has a time and an offset; an end that is no day is a `Bound`. The
        window in seconds is that of `extent`.
        """
        start, end = self.seconds
        if _clock_of(self._form) and (offset := _offset_of(str(self._form))):
            assert not isinstance(start, Bound)
            assert not isinstance(end, Bound)
            return days_of_window((start + offset, end + offset))
        return days_of_window((start, end))

    @property
    def ordinal(self) -> int | None:
        """The ordinal of the day, qualified or not, if the date is one day that is known; else None.

        It is that of `datetime.date.toordinal`, of any year.
        """
        form = self._form
        return start_in(self.sort_key) // DAY_SECONDS if form.__class__ is int and form >> 2 == _DAY else None

    @property
    def earliest(self) -> date | datetime | Day | None:
        """The first day that the date may touch; None if open or unknown.

        A date with a time of day has a `datetime.datetime`: aware and in UTC if it has an
        offset, else naive. Beyond the years 1 to 9999 it is a `Day`.
        """
        return earliest_of(self.seconds[0], clock=_clock_of(self._form))

    @property
    def latest(self) -> date | datetime | Day | None:
        """The last day that the date may touch; None if open or unknown. See `earliest`."""
        return latest_of(self.seconds[1], clock=_clock_of(self._form))

    @property
    def start_bound(self) -> Bound | None:
        """Why there is no `earliest`: open or unknown. None if there is one."""
        start = self.seconds[0]
        return start if isinstance(start, Bound) else None

    @property
    def end_bound(self) -> Bound | None:
        """Why there is no `latest`: open or unknown. None if there is one."""
        end = self.seconds[1]
        return end if isinstance(end, Bound) else None

    @property
    def days(self) -> int | None:
        """The number of days in the window; None if an end is open or unknown."""
        start, end = self.window
        return None if isinstance(start, Bound) or isinstance(end, Bound) else end - start

    @property
    def duration(self) -> Duration:
        """How long it may last: a day, 28 to 31 days for ``XXXX-XX``, without end for ``2024/..``."""
        if self.kind is not Kind.SPAN and self.grains == {Grain.DAY}:
            return Duration(DAY_SECONDS, DAY_SECONDS)
        return self.extent().duration

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units that are written in the date, first to last."""
        return tuple(_units(self.parts))

    @property
    def qualifiers(self) -> frozenset[Qualifier]:
        """The qualifiers that occur in the date, without ``NONE``."""
        return frozenset(mark for unit in self.units for mark in unit.marks) - {Qualifier.NONE}

    @property
    def is_qualified(self) -> bool:
        """Whether any part of it bears a qualifier: ``?``, ``~`` or ``%``."""
        form = self._form
        return bool(form & 3) if form.__class__ is int else any(mark in form for mark in "?~%")  # type: ignore[operator] # a number, text

    @property
    def grains(self) -> frozenset[Grain]:
        """The grains of the units that occur in the date."""
        return frozenset(unit.grain for unit in self.units)

    def stretch(self) -> tuple[int, int] | None:
        """Start and end in seconds, if it is one stretch of time for certain, of whole days; else None."""
        return self.seconds if self._form.__class__ is int else None  # type: ignore[return-value] # it has two ends

    def extent(self, *, seasons: SeasonTable | None = None) -> Extent:
        """The time that it may take: the window in seconds and all that it may be.

        Args:
            seasons: The days of its seasons; without it they are meteorological and 21 to 24 northern.
        """
        form = self._form
        # What may be very many units takes much memory: it is not kept.
        make = _extent_of if form.__class__ is int or form.count("X") < 4 else _extent_of.__wrapped__  # type: ignore[union-attr] # text
        return make(self, seasons)

    def widen(self, policy: Widening, *, seasons: SeasonTable | None = None) -> Extent:
        """The time that it may take if ``~`` and ``?`` reach as far as a policy says.

        Without this they widen nothing: EDTF gives them no width.

        Args:
            policy: How far they reach.
            seasons: The days of its seasons.
        """
        from timeline.when._extent import make_extent  # noqa: PLC0415 - few dates are compared

        return make_extent(self.kind, self.parts, seasons, policy)

    def shift(
        self,
        *,
        years: int = 0,
        months: int = 0,
        weeks: int = 0,
        days: int = 0,
        hours: int = 0,
        minutes: int = 0,
        seconds: int = 0,
        seasons: SeasonTable | None = None,
    ) -> When:
        """The date moved, as uncertain as it is: ``when + relativedelta(...)`` does the same.

        What the amount is finer than becomes a window: ``2024-06`` and three months is
        ``2024-09``, and ten days is ``[2024-06-11..2024-07-10]``. Days of the month that do
        not exist become the last one (`dateutil.relativedelta`).

        Args:
            years: And so on: how much, forward or, if negative, back.
            months: The same.
            weeks: The same.
            days: The same.
            hours: The same.
            minutes: The same.
            seconds: The same.
            seasons: The days of its seasons; without it they are meteorological and 21 to 24 northern.

        Raises:
            WhenError: EDTF cannot write the result: the ends of an interval and the members of an
                all-of set cannot be windows.
        """
        from dateutil.relativedelta import relativedelta  # noqa: PLC0415 - most dates stay where they are

        delta = relativedelta(
            years=years, months=months, weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds
        )
        return self._shifted(delta, seasons)

    def _shifted(self, delta: relativedelta, seasons: SeasonTable | None) -> When:
        from timeline.when._shift import shift  # noqa: PLC0415 - most dates stay where they are

        return When(*shift(self.kind, self.parts, delta, seasons))

    def __add__(self, amount: relativedelta | timedelta) -> When:
        """The date moved by an amount; see `shift`."""
        from timeline.when._shift import as_delta  # noqa: PLC0415 - most dates stay where they are

        delta = as_delta(amount)
        return NotImplemented if delta is None else self._shifted(delta, None)

    __radd__ = __add__

    def __sub__(self, amount: relativedelta | timedelta) -> When:
        """The date moved back by an amount; see `shift`."""
        from timeline.when._shift import as_delta  # noqa: PLC0415 - most dates stay where they are

        delta = as_delta(amount)
        return NotImplemented if delta is None else self._shifted(-delta, None)

    def humanize(self, locale: str = "en", style: Style = "long", relative_to: When | date | str | None = None) -> str:
        """The date in words, and never more precise than it is.

        English is complete in itself. Other languages have month names and patterns from CLDR
        through Babel (``timeline-core[i18n]``) and phrases from a catalogue; `languages` lists them.

        Args:
            locale: A language tag (BCP 47) such as ``de`` or ``pt-BR``.
            style: ``long``, or ``short`` for titles: "Aug 2024", "c. 1850", "1850?".
            relative_to: A day to add the distance from: "28 December 2024 (in 4 days)", in
                whole days below 45, then in whole months, from 24 months on in whole years. What is
                approximate, and an all-of date, has no such number.

        Raises:
            LanguageError: There is no such language here: no other is put in its place.
            WhenError: ``relative_to`` is no day.
        """
        if style not in ("long", "short"):
            message = f"found style {style!r}, expected 'long' or 'short'"
            raise ValueError(message)
        form = self._form
        if relative_to is None and form in _PLAIN:
            day = from_ordinal(start_in(self.sort_key) // DAY_SECONDS)
            around = _words_around_year(locale, style, day.month, day.day if form == _PLAIN_DAY else 0)
            if around is not None and 1000 <= day.year <= 9999:
                return f"{around[0]}{day.year}{around[1]}"
        from timeline.when._languages import language  # noqa: PLC0415 - reading needs no words
        from timeline.when._words import Speaker  # noqa: PLC0415 - the same

        speaker = Speaker(language=language(locale), short=style == "short")
        words = speaker.say(self.kind, self.parts)
        if relative_to is None:
            return words
        relative = When.of(relative_to)
        start, _ = relative.window
        if relative.days != 1 or isinstance(start, Bound):
            raise WhenError(str(relative), 0, "one day to say the distance from")
        # How far "about" is, or each of several, has no number.
        if self.kind is Kind.ALL_OF or self.qualifiers & {Qualifier.APPROXIMATE, Qualifier.BOTH}:
            return words
        return speaker.relative(words, self.window, start)

    def __str__(self) -> str:
        """The date in canonical EDTF."""
        form = self._form
        if isinstance(form, str):
            return form
        text = from_ordinal(self.seconds[0] // DAY_SECONDS).isoformat()  # type: ignore[operator] # of a plain date
        grain = form >> 2
        if grain != Grain.DAY:
            text = text[: -6 if grain == Grain.YEAR else -3]
        return text + _MARKS[form & 3]

    def __repr__(self) -> str:
        """The date as code that makes it."""
        return f"When.parse({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        """Equality by meaning: that of canonical texts."""
        if not isinstance(other, When):
            return NotImplemented
        return self.sort_key == other.sort_key and self._form == other._form

    def __hash__(self) -> int:
        """A hash that agrees with equality."""
        return hash(self.sort_key)


_new = object.__new__
_slots: Any = When
_set_kind, _set_form, _set_key = (
    _slots.kind.__set__,
    _slots._form.__set__,  # noqa: SLF001 - of this module
    _slots.sort_key.__set__,
)


def _make(kind: Kind, form: int | str, window: Window) -> When:
    """A `When` of its fields; this is what reading is quick by."""
    when = _new(When)
    _set_kind(when, kind)
    _set_form(when, form)
    _set_key(when, key_of(form, window))
    return when


def _quick(text: str) -> When | None:
    """A date whose text is one of the common forms."""
    found = plain(text)
    if found is not None:
        return _make(Kind.POINT, found[0], found[1:])
    form = canonical(text)
    return None if form is None else _make(form[0], text, form[1])


@functools.lru_cache(maxsize=1024)
def _words_around_year(locale: str, style: Style, month: int, day: int) -> tuple[str, str] | None:
    """What a day of any year, or for day 0 a month, is called before and after the year.

    None if that is not so simple: in another script, the year has other digits.
    """
    from timeline.when._languages import language  # noqa: PLC0415 - reading needs no words
    from timeline.when._words import Speaker  # noqa: PLC0415 - the same

    unit = Unit(int(_SAMPLE_YEAR), month, day or None)
    words = Speaker(language=language(locale), short=style == "short").say(Kind.POINT, (unit,))
    before, year, after = words.partition(_SAMPLE_YEAR)
    return (before, after) if year and _SAMPLE_YEAR not in after else None


@functools.lru_cache(maxsize=1024)
def _parts_of(text: str) -> tuple[Part, ...]:
    """The parts of canonical text; kept for a while, for they are often wanted together."""
    from timeline.when._reader import read  # noqa: PLC0415 - most dates are plain

    return read(text)[1]


def _clock_of(form: int | str) -> bool | None:
    """Whether a date is told by the clock: True with an offset, False without, None if it is not."""
    if form.__class__ is int or "T" not in form:  # type: ignore[operator] # text, where it is no number
        return None
    clock = str(form).partition("T")[2]
    return clock[-1] == "Z" or "+" in clock or "-" in clock


def _offset_of(text: str) -> int:
    """By how many seconds a date is ahead of UTC, as far as it says."""
    (unit, *_) = _parts_of(text)
    clock = unit.clock if isinstance(unit, Unit) else None
    return clock.offset * 60 if clock is not None and clock.offset else 0


@functools.lru_cache(maxsize=256)
def _extent_of(when: When, seasons: SeasonTable | None) -> Extent:
    """The extent of a date; kept for a while, for it is often wanted again."""
    from timeline.when._extent import make_extent  # noqa: PLC0415 - few dates are compared

    return make_extent(when.kind, when.parts, seasons)


def _units(parts: tuple[Part, ...]) -> Iterator[Unit]:
    """Every unit written in the parts."""
    for part in parts:
        if isinstance(part, Unit):
            yield part
        elif isinstance(part, Range):
            yield from (end for end in (part.first, part.last) if isinstance(end, Unit))
