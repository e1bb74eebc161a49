"""The languages that dates are said in: English of our own, others from CLDR and a catalogue."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any, Literal, Protocol

from timeline import _catalogues
from timeline.when._phrases import GENITIVE, PLACES, Counted, Phrase

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.resources.abc import Traversable

    Distance = Literal["day", "month", "year"]

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
# Years before this one are told with their era: their number alone may be taken for a day.
_EARLY = 100
_GENITIVE, _NOMINATIVE = str.maketrans("L", "M"), str.maketrans("M", "L")
# What CLDR's patterns lack: Spanish has "de" between the parts of a date, before Christ too.
_MENDED = {("es", "GyMMM"): "MMM 'de' y G", ("es", "GyMMMd"): "d 'de' MMM 'de' y G"}
# The first of a month is an ordinal in French, which CLDR's patterns cannot say.
_FIRST = {"fr": "1er"}


class Language(Protocol):
    """What it takes to say dates in a language."""

    def text(self, phrase: Phrase, *, of: bool) -> str:
        """A phrase, or its genitive if the language has one."""

    def counted(self, phrase: Counted, count: int) -> str:
        """A phrase with a number in it."""

    def date(self, year: int, month: int | None, day: int | None, *, short: bool, of: bool) -> str:
        """A year, a month or a day."""

    def day_of_year(self, month: int, day: int | None, *, short: bool, of: bool) -> str:
        """A month, or a day of it, of no year in particular."""

    def join(self, items: Sequence[str], conjunction: str) -> str:
        """A list with "and" or "or" before its last item."""

    def distance(self, count: int, unit: Distance) -> str:
        """So many days, months or years ahead, or ago if negative."""


class English:
    """English, in the order of day, month and year, without need of CLDR."""

    def text(self, phrase: Phrase, *, of: bool) -> str:  # noqa: ARG002 - English has one form
        """The phrase itself."""
        return phrase.value

    def counted(self, phrase: Counted, count: int) -> str:
        """The phrase with a number in it."""
        return _catalogues.in_english(phrase.value, count)

    def date(self, year: int, month: int | None, day: int | None, *, short: bool, of: bool) -> str:
        """Such as "6 August 2024", "Aug 2024" or "44 BC"."""
        # "June 12" would be a day.
        text = f"{1 - year} BC" if year < 1 else f"AD {year}" if year < _EARLY else str(year)
        return text if month is None else f"{self.day_of_year(month, day, short=short, of=of)} {text}"

    def day_of_year(self, month: int, day: int | None, *, short: bool, of: bool) -> str:  # noqa: ARG002 - the same
        """Such as "6 August" or "Aug"."""
        name = _MONTHS[month - 1]
        if short:
            name = name[:3]
        return name if day is None else f"{day} {name}"

    def join(self, items: Sequence[str], conjunction: str) -> str:
        """Such as "2024, 2025 or 2027"."""
        return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {conjunction} {items[-1]}"

    def distance(self, count: int, unit: Distance) -> str:
        """Such as "in 3 days" or "1 month ago"."""
        text = f"{abs(count):,} {unit}{'' if abs(count) == 1 else 's'}"
        return f"in {text}" if count > 0 else f"{text} ago"


class CldrLanguage:
    """A language by CLDR's names and patterns and a catalogue of our phrases."""

    def __init__(self, locale: Any, catalogue: Any) -> None:
        self._locale = locale
        self._catalogue = catalogue

    def text(self, phrase: Phrase, *, of: bool) -> str:
        """The translation of a phrase."""
        if self._catalogue is None:
            return phrase.value
        if of:
            found: str = self._catalogue.pgettext(GENITIVE, phrase.value)
            if found != phrase.value:
                return found
        text: str = self._catalogue.gettext(phrase.value)
        return text

    def counted(self, phrase: Counted, count: int) -> str:
        """The translation of a phrase with a number, in the plural that the number takes."""
        if self._catalogue is None:
            return English().counted(phrase, count)
        return _catalogues.translated(phrase.value, count, self._catalogue, self._locale)

    def date(self, year: int, month: int | None, day: int | None, *, short: bool, of: bool) -> str:
        """A date by CLDR's pattern for it."""
        has_month, has_day = month is not None, day is not None
        pattern = self._pattern(with_era=year < _EARLY, has_month=has_month, has_day=has_day, short=short)
        if self._has_cases and day is None:
            pattern = pattern.translate(_GENITIVE if of else _NOMINATIVE)
        return self._fill(pattern, year, month, day)

    def day_of_year(self, month: int, day: int | None, *, short: bool, of: bool) -> str:
        """A month, or a day of it, by CLDR's pattern for it."""
        if day is None:
            # Where dates have months in figures, the wide name is not that of this calendar alone.
            width = 3 if short or not re.search("[LM]{4}", self._skeleton("yMMMM")) else 4
            return self._month_name(month, ("M" if of else "L") * width)
        return self._fill(self._skeleton("MMMd" if short else "MMMMd"), 1, month, day)

    @property
    def _has_cases(self) -> bool:
        """Whether a month has another name beside a day than alone: CLDR's fields M and L."""
        return "L" in self._skeleton("yMMMM")

    def _skeleton(self, name: str) -> str:
        """CLDR's pattern of the fields named."""
        pattern: str = self._locale.datetime_skeletons[name].pattern
        return _MENDED.get((self._locale.language, name), pattern)

    def join(self, items: Sequence[str], conjunction: str) -> str:
        """A list by CLDR's pattern."""
        from babel.lists import format_list  # noqa: PLC0415 - only wanted here

        text = format_list(items, "or" if conjunction == "or" else "standard", self._locale)
        # As ICU does and Babel does not: a Hebrew "and" has a hyphen before figures.
        return re.sub(" \N{HEBREW LETTER VAV}(?=[0-9])", r"\g<0>-", text) if self._locale.language == "he" else text

    def distance(self, count: int, unit: Distance) -> str:
        """How far away something is, by CLDR's patterns."""
        from datetime import timedelta  # noqa: PLC0415 - only wanted here

        from babel.dates import format_timedelta  # noqa: PLC0415 - the same

        days = {"day": 1, "month": 30, "year": 365}[unit] * count
        words: str = format_timedelta(
            timedelta(days=days), granularity=unit, threshold=1e9, add_direction=True, locale=self._locale
        )
        return words

    def _pattern(self, *, with_era: bool, has_month: bool, has_day: bool, short: bool) -> str:
        if has_day and not short and not with_era:
            long: str = self._locale.date_formats["long"].pattern
            return long
        if has_month and not has_day and not short and not with_era:
            return self._skeleton("yMMMM")
        pattern = self._skeleton(f"{'G' if with_era else ''}y{'MMM' if has_month else ''}{'d' if has_day else ''}")
        return pattern if short or not with_era else re.sub("([LM])\\1\\1", "\\1\\1\\1\\1", pattern)

    def _fill(self, pattern: str, year: int, month: int | None, day: int | None) -> str:
        """A pattern of CLDR with its fields filled, for any year."""
        from babel.dates import tokenize_pattern  # noqa: PLC0415 - only wanted here

        texts: list[str] = []
        for _, value in tokenize_pattern(pattern):
            if isinstance(value, str):
                texts.append(value)
                continue
            letter, width = value
            if letter == "y":
                texts.append(str(year if year > 0 else 1 - year))
            elif letter == "G":
                texts.append(self._locale.eras["abbreviated"][0 if year < 1 else 1])
            elif letter in "LM":
                assert month is not None
                texts.append(f"{month:0{width}}" if width < 3 else self._month_name(month, letter * width))
            else:
                assert letter == "d"
                texts.append(_FIRST.get(self._locale.language, "1") if day == 1 else f"{day:0{width}}")
        return "".join(texts)

    def _month_name(self, month: int, field: str) -> str:
        width = "abbreviated" if len(field) == 3 else "wide"
        # Babel 2.18 gives a language without stand-alone names those of another one.
        context = "stand-alone" if field[0] == "L" and self._has_cases else "format"
        names = self._locale.months[context][width]
        name: str = names[month]
        return name


def language(tag: str) -> Language:
    """The language of a BCP 47 tag, such as ``de`` or ``pt-BR``.

    Raises:
        LanguageError: There is no such language, or no catalogue of it, or a catalogue that
            lacks phrases, or Babel is not installed.
    """
    if not isinstance(tag, str):
        message = f"expected a language tag, found {type(tag).__name__}"  # type: ignore[unreachable] # callers without types
        raise TypeError(message)
    return English() if tag == "en" else _from_cldr(tag)


def languages() -> list[str]:
    """The languages that dates can be said in, as tags: those that there is a catalogue of, and English."""
    return _catalogues.names_in(_folder())


def _folder() -> Traversable:
    from importlib.resources import files  # noqa: PLC0415 - not wanted for English

    return files(__package__).joinpath("locale")


@functools.lru_cache(maxsize=32)
def _from_cldr(tag: str) -> CldrLanguage:
    locale, name = _catalogues.resolve(tag, languages())
    return CldrLanguage(locale, None if name == "en" else _catalogue(name))


@functools.lru_cache(maxsize=32)
def _catalogue(name: str) -> Any:
    """The phrases of a catalogue.

    Raises:
        LanguageError: Phrases are missing, or a translation has other places than there are.
    """
    return _catalogues.read(_folder().joinpath(f"{name}.po"), name, Phrase, Counted, _has_known_places)


def _has_known_places(_: str, text: str) -> bool:
    """Whether the places of a translation are such as there are, and closed."""
    try:
        return {name.removesuffix("_of") for name in _catalogues.places(text)} <= PLACES
    except ValueError:
        return False
