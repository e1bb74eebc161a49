"""Dates in words, without saying more than they say."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import attrs

from timeline.errors import LanguageError
from timeline.when._calendar import from_ordinal, month_length
from timeline.when._parts import NO_MARKS, Bound, Grain, Kind, Marks, Part, Qualifier, Range, Unit
from timeline.when._phrases import SEASONS, Counted, Phrase
from timeline.when._units import DAYS, MONTHS, hull_of, matching, runs_of, years_of
from timeline.when._writer import unit_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from timeline.when._languages import Language

    Words = Callable[[bool], str]
    """Makes the words of a date; True asks for their genitive."""

_MAX_LISTED = 12  # more members of a set than this are counted, not listed

_LAST_SEASON = 32
_FAR_AWAY = 365_000_000  # days: from there on nobody counts from today

_NOTES = {
    (0, Qualifier.UNCERTAIN): Phrase.YEAR_UNCERTAIN,
    (0, Qualifier.APPROXIMATE): Phrase.YEAR_APPROXIMATE,
    (0, Qualifier.BOTH): Phrase.YEAR_BOTH,
    (1, Qualifier.UNCERTAIN): Phrase.MONTH_UNCERTAIN,
    (1, Qualifier.APPROXIMATE): Phrase.MONTH_APPROXIMATE,
    (1, Qualifier.BOTH): Phrase.MONTH_BOTH,
    (2, Qualifier.UNCERTAIN): Phrase.DAY_UNCERTAIN,
    (2, Qualifier.APPROXIMATE): Phrase.DAY_APPROXIMATE,
    (2, Qualifier.BOTH): Phrase.DAY_BOTH,
}
_SEASON_NOTES = {
    Qualifier.UNCERTAIN: Phrase.SEASON_UNCERTAIN,
    Qualifier.APPROXIMATE: Phrase.SEASON_APPROXIMATE,
    Qualifier.BOTH: Phrase.SEASON_BOTH,
}
_EVERY = {
    Grain.YEAR: (Phrase.EVERY_YEAR, Phrase.YEARS_TO, Phrase.YEARS_SINCE),
    Grain.SEASON: (Phrase.EVERY_SEASON, Phrase.SEASONS_TO, Phrase.SEASONS_SINCE),
    Grain.MONTH: (Phrase.EVERY_MONTH, Phrase.MONTHS_TO, Phrase.MONTHS_SINCE),
    Grain.DAY: (Phrase.EVERY_DAY, Phrase.DAYS_TO, Phrase.DAYS_SINCE),
}
_ONE_OF = {
    Grain.YEAR: Counted.ONE_OF_YEARS,
    Grain.SEASON: Counted.ONE_OF_SEASONS,
    Grain.MONTH: Counted.ONE_OF_MONTHS,
    Grain.DAY: Counted.ONE_OF_DAYS,
}
_ALL_OF = {
    Grain.YEAR: Counted.ALL_YEARS,
    Grain.SEASON: Counted.ALL_SEASONS,
    Grain.MONTH: Counted.ALL_MONTHS,
    Grain.DAY: Counted.ALL_DAYS,
}


class _Places(dict[str, "str | Words"]):
    """What stands in the places of a phrase: ``date_of`` is the genitive of ``date``."""

    def __missing__(self, key: str) -> str:
        name = key.removesuffix("_of")
        words = self.get(f"{name}_words")
        if words is None or isinstance(words, str):
            message = f"a translation has a place {{{key}}} that its phrase has not"
            raise LanguageError(message)
        return words(name != key)


@attrs.frozen(kw_only=True)
class Speaker:
    """Says dates in a language and a style."""

    language: Language
    short: bool = False

    def say(self, kind: Kind, parts: tuple[Part, ...]) -> str:
        """A date in words; see `When.humanize`."""
        if kind is Kind.POINT:
            return self.unit(parts[0], of=False)
        if kind is Kind.SPAN:
            return self.span(*parts)
        if kind is Kind.ALL_OF:
            return self.all_of(parts)
        return self.one_of(parts)

    def phrase(self, phrase: Phrase, *, of: bool = False, **places: str | Part | Words) -> str:
        """A phrase with its places filled: by text as it is, by dates in words."""
        texts = _Places()
        for name, value in places.items():
            if isinstance(value, str) and not isinstance(value, Bound):
                texts[name] = texts[f"{name}_of"] = value
            else:
                texts[f"{name}_words"] = value if callable(value) else functools.partial(self._unit_words, value)
        return self.language.text(phrase, of=of).format_map(texts)

    def span(self, start: Part, end: Part) -> str:
        """From when to when something lasts."""
        if isinstance(start, Bound):
            return self.phrase(Phrase.UNTIL if start is Bound.OPEN else Phrase.FROM_UNKNOWN, end=end)
        if isinstance(end, Bound):
            return self.phrase(Phrase.FROM_ON if end is Bound.OPEN else Phrase.TO_UNKNOWN, start=start)
        return self.phrase(Phrase.FROM_TO, start=start, end=end)

    def one_of(self, parts: tuple[Part, ...]) -> str:
        """Once, at one of the members."""
        if len(parts) == 1:
            part = parts[0]
            if not isinstance(part, Range):
                return self.unit(part, of=False)
            if isinstance(part.first, Bound):
                return self.phrase(Phrase.NO_LATER, date=part.last)
            if isinstance(part.last, Bound):
                return self.phrase(Phrase.NO_EARLIER, date=part.first)
            return self.phrase(Phrase.SHORT_BETWEEN if self.short else Phrase.BETWEEN, start=part.first, end=part.last)
        count = _count(parts)
        if count is None:
            return self.language.join([self.member(part) for part in parts], "or")
        return self.counted(parts, count, _counting(_ONE_OF, parts, Counted.ONE_OF_DATES), "or")

    def all_of(self, parts: tuple[Part, ...]) -> str:
        """At every member."""
        count = _count(parts)
        if len(parts) > _MAX_LISTED and count is not None:
            return self.counted(parts, count, _counting(_ALL_OF, parts, Counted.ALL_DATES), "and")
        return self.language.join([self.every(part) for part in parts], "and")

    def counted(self, parts: tuple[Part, ...], count: int, phrase: Counted, conjunction: str) -> str:
        """How many dates there are, and which: all of them, or the first and the last."""
        counted = self.language.counted(phrase, count)
        if len(parts) > _MAX_LISTED:
            first, last = _ends(parts)
            return self.phrase(Phrase.WITHIN, count=counted, start=first, end=last)
        listed = self.language.join([self.member(part) for part in parts], conjunction)
        return self.phrase(Phrase.LISTED, count=counted, dates=listed)

    def member(self, part: Part) -> str:
        """A member in a list of dates."""
        if not isinstance(part, Range):
            return self.unit(part, of=False)
        if isinstance(part.first, Bound):
            return self.phrase(Phrase.OR_EARLIER, date=part.last)
        if isinstance(part.last, Bound):
            return self.phrase(Phrase.OR_LATER, date=part.first)
        return self.phrase(Phrase.TO, start=part.first, end=part.last)

    def every(self, part: Part) -> str:
        """A member of an all-of set: a range stands for each of its units."""
        if not isinstance(part, Range):
            return self.unit(part, of=False)
        known = part.last if isinstance(part.first, Bound) else part.first
        assert isinstance(known, Unit)
        between, up_to, since = _EVERY[known.grain]
        if isinstance(part.first, Bound):
            return self.phrase(up_to, end=part.last)
        if isinstance(part.last, Bound):
            return self.phrase(since, start=part.first)
        return self.phrase(between, start=part.first, end=part.last)

    def _unit_words(self, unit: Part, of: bool) -> str:  # noqa: FBT001 - it is called with one value
        return self.unit(unit, of=of)

    def unit(self, part: Part, *, of: bool) -> str:
        """One unit, with what its qualifiers say: "about August 2024 (uncertain)"."""
        assert isinstance(part, Unit)
        if part.marks == NO_MARKS:
            return self.bare(part, of=of)
        bare = attrs.evolve(part, marks=NO_MARKS)
        marks: Marks | tuple[Qualifier, ...] = part.marks[: part.components]
        if len(set(marks)) == 1:
            return self.whole(marks[0], bare, of=of)
        notes = [
            self.phrase(_SEASON_NOTES[mark] if at == 1 and part.is_season else _NOTES[at, mark])
            for at, mark in enumerate(marks)
            if mark
        ]
        return self.phrase(Phrase.NOTED, of=of, date=bare, notes=functools.reduce(self._noted, notes))

    def _noted(self, notes: str, note: str) -> str:
        return self.phrase(Phrase.NOTES, notes=notes, note=note)

    def whole(self, mark: Qualifier, unit: Unit, *, of: bool) -> str:
        """A date that is qualified as a whole."""
        if self.short:
            words = (
                self.bare(unit, of=of)
                if mark is Qualifier.UNCERTAIN
                else self.phrase(Phrase.SHORT_ABOUT, of=of, date=unit)
            )
            return words if mark is Qualifier.APPROXIMATE else self.phrase(Phrase.SHORT_UNCERTAIN, date=words)
        phrases = {Qualifier.UNCERTAIN: Phrase.UNCERTAIN, Qualifier.APPROXIMATE: Phrase.ABOUT}
        return self.phrase(phrases.get(mark, Phrase.ABOUT_UNCERTAIN), of=of, date=unit)

    def bare(self, unit: Unit, *, of: bool) -> str:
        """One unit without its qualifiers."""
        year, month, day = unit.year, unit.month, unit.day
        if unit.significant is not None:
            return self.significant(unit, of=of)
        if not (isinstance(year, int) and not isinstance(month, str) and not isinstance(day, str)):
            return self.unspecified(unit, of=of)
        if unit.is_season:
            assert month is not None
            return self.phrase(
                SEASONS[month], of=of, year=self.language.date(year, None, None, short=self.short, of=of)
            )
        words = self.language.date(year, month, day, short=self.short, of=of)
        if unit.clock is None:
            return words if day is None else self.phrase(Phrase.DAY, of=of, day=words)
        clock, zone = unit.clock._replace(offset=None), unit.clock.zone
        time = f"{clock} UTC{zone.removeprefix('Z')}" if zone else str(clock)
        return self.phrase(Phrase.AT, of=of, date=words, time=time)

    def significant(self, unit: Unit, *, of: bool) -> str:
        """A year of which only some digits are significant."""
        ((first, last),) = years_of(unit)
        assert isinstance(unit.year, int)
        if first == last:
            return self.bare(Unit(unit.year), of=of)

        def words(of: bool) -> str:  # noqa: FBT001 - as `Words` are called
            return self.phrase(Phrase.SOME_YEAR, of=of, start=Unit(first), end=Unit(last))

        year = self.language.date(unit.year, None, None, short=self.short, of=False)
        return self.phrase(Phrase.ESTIMATED, of=of, date=words, year=year)

    def unspecified(self, unit: Unit, *, of: bool) -> str:
        """A unit of which some digits may be any."""
        year, month, day = unit.year, unit.month, unit.day
        if month is None:
            return self.some_year(unit, of=of)
        if day == "XX" and (month == "XX" or (isinstance(month, int) and (isinstance(year, int) or year == "XXXX"))):
            whole = Unit(year) if month == "XX" else Unit(year, month)
            return self.phrase(Phrase.SOME_DAY_OF, of=of, date=whole)
        if day is None and month == "XX":
            return self.phrase(Phrase.SOME_MONTH_OF, of=of, date=Unit(year))
        if year == "XXXX" and isinstance(month, int) and month <= 12 and not isinstance(day, str):
            words = functools.partial(self._day_of_year, month, day)
            return self.phrase(Phrase.ANY_YEAR, of=of, date=words)
        if isinstance(year, int) and (day is None or isinstance(month, int)):
            runs = [*runs_of(unit)]
            if len(runs) == 1:
                return self.some(unit, Phrase.SOME_DAY if unit.day else Phrase.SOME_MONTH, of=of)
        phrase = _counting(_ONE_OF, (unit,), Counted.ONE_OF_DATES)
        counted = self.language.counted(phrase, _how_many(unit))
        first, last = _first_and_last(unit)
        return self.phrase(Phrase.WITHIN, of=of, count=counted, start=first, end=last)

    def _day_of_year(self, month: int, day: int | None, of: bool) -> str:  # noqa: FBT001 - as `Words` are called
        return self.language.day_of_year(month, day, short=self.short, of=of)

    def some(self, unit: Unit, phrase: Phrase, *, of: bool) -> str:
        """One unit of a run of them."""
        first, last = _first_and_last(unit)
        return self.bare(first, of=of) if first == last else self.phrase(phrase, of=of, start=first, end=last)

    def some_year(self, unit: Unit, *, of: bool) -> str:
        """One year of some."""
        digits = str(unit.year)
        # "The 1900s" may be ten years or a hundred.
        if digits[0] not in "-0X" and digits[3] == "X" and "X" not in digits[:3] and digits[2] != "0":
            return self.phrase(Phrase.DECADE, of=of, year=f"{digits[:3]}0", last=f"{digits[:3]}9")
        if len([*years_of(unit)]) == 1:
            return self.some(unit, Phrase.SOME_YEAR, of=of)
        first, last = _first_and_last(unit)
        counted = self.language.counted(Counted.ONE_OF_YEARS, _how_many(unit))
        return self.phrase(Phrase.WITHIN, of=of, count=counted, start=first, end=last)

    def relative(self, words: str, window: tuple[int | Bound, int | Bound], today: int) -> str:
        """The words of a date, and how far it is from a day; nothing of what is a million years away."""
        near, far = (
            None if isinstance(edge, Bound) or abs(edge) > _FAR_AWAY else self.distance(edge - side, today)
            for side, edge in enumerate(window)
        )
        if near is None and far is None:
            return words
        if near is None or far is None:
            phrase = Phrase.LATER if far is None else Phrase.EARLIER
            found = near or far or ""
            shown = self.phrase(phrase, relative=found)
        else:
            shown = near if near == far else self.phrase(Phrase.REACH, near=near, far=far)
        return self.phrase(Phrase.RELATIVE, date=words, relative=shown)

    def distance(self, ordinal: int, today: int) -> str:
        """How far a day is from another, in whole days, months or years."""
        days = ordinal - today
        if -1 <= days <= 1:
            return self.phrase((Phrase.TODAY, Phrase.TOMORROW, Phrase.YESTERDAY)[days])
        if abs(days) < 45:
            return self.language.distance(days, "day")
        day, then, sign = from_ordinal(today), from_ordinal(ordinal), 1 if days > 0 else -1
        months = abs((then.year - day.year) * 12 + then.month - day.month)
        if (then.day - day.day) * sign < 0:
            months -= 1
        return (
            self.language.distance(sign * months, "month")
            if months < 24
            else self.language.distance(sign * (months // 12), "year")
        )


def _units(parts: Iterable[Part]) -> Iterable[Unit]:
    for part in parts:
        for unit in (part.first, part.last) if isinstance(part, Range) else (part,):
            if isinstance(unit, Unit):
                yield unit


def _counting(phrases: dict[Grain, Counted], parts: Iterable[Part], mixed: Counted) -> Counted:
    """The phrase that counts the members of a set, by their grain if they have one in common."""
    grains = {unit.grain for unit in _units(parts)}
    if any(isinstance(unit.month, int) and unit.month > _LAST_SEASON for unit in _units(parts)):
        return mixed  # a quarter is no season
    return phrases[grains.pop()] if len(grains) == 1 else mixed


def _count(parts: Iterable[Part]) -> int | None:
    """How many units a set names; None if that has no number."""
    total = 0
    for part in parts:
        ends = (part.first, part.last) if isinstance(part, Range) else (part,)
        if any(not isinstance(end, Unit) or not end.is_certain for end in ends):
            return None
        if isinstance(part, Range):
            assert isinstance(part.first, Unit)
            assert isinstance(part.last, Unit)
            (first,), (last,) = runs_of(part.first), runs_of(part.last)
            assert first.first is not None
            assert last.last is not None
            total += last.last - first.first + 1
        else:
            total += 1
    return total


def _ends(parts: Iterable[Part]) -> tuple[Unit, Unit]:
    """The first and the last unit of a set."""
    units = [*_units(parts)]
    return min(units, key=lambda unit: (hull_of(unit) or (0, 0))[0]), max(
        units, key=lambda unit: (hull_of(unit) or (0, 0))[1]
    )


def _how_many(unit: Unit) -> int:
    """How many units a unit may be."""
    years = sum(last - first + 1 for first, last in years_of(unit))
    if unit.is_season:
        return years
    months = matching(unit.month, 12)
    if unit.month is None or unit.day is None:
        return years * (1 if unit.month is None else len(months))
    days = matching(unit.day, 31)
    # Of a common year, and what leap years have besides.
    total = years * sum(day <= month_length(2001, month) for month in months for day in days)
    if 2 in months and 29 in days:
        total += sum(month_length(year, 2) == 29 for first, last in years_of(unit) for year in range(first, last + 1))
    return total


def _first_and_last(unit: Unit) -> tuple[Unit, Unit]:
    """The first and the last that a unit may be."""
    hull = hull_of(unit)
    assert hull is not None
    first, last = hull[0], hull[1] - 1
    if unit.grain is Grain.DAY:
        return unit_of(Grain.DAY, DAYS.at(first)), unit_of(Grain.DAY, DAYS.at(last))
    if unit.is_season:
        years = [*years_of(unit)]
        return Unit(years[0][0], unit.month), Unit(years[-1][1], unit.month)
    one, other = MONTHS.at(first), MONTHS.at(last)
    grain = unit.grain
    if grain is Grain.YEAR:
        one, other = one // 12, other // 12
    return unit_of(grain, one), unit_of(grain, other)
