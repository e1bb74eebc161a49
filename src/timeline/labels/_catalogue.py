"""The labels in a language: English of our own, others from a catalogue."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Literal

from timeline import _catalogues
from timeline.labels._labels import Label, Plural

if TYPE_CHECKING:
    from datetime import timedelta
    from importlib.resources.abc import Traversable

    from timeline.model import Estimate, Event, Grade, Modality, Result, Status


_BEGINNINGS = "\N{LEFT-TO-RIGHT ISOLATE}\N{RIGHT-TO-LEFT ISOLATE}\N{FIRST STRONG ISOLATE}"
_END = "\N{POP DIRECTIONAL ISOLATE}"


class Labels:
    """What outputs say in one language; `labels` makes it.

    Attributes:
        language: The tag of the language, with hyphens: ``pt-BR``.
        direction: Which way it is written, ``ltr`` or ``rtl``.
    """

    def __init__(
        self, language: str, direction: Literal["ltr", "rtl"], *, locale: Any = None, catalogue: Any = None
    ) -> None:
        self.language = language
        self.direction = direction
        self._locale = locale
        self._catalogue = catalogue

    def text(self, label: Label, /, **places: str) -> str:
        """A label with its places filled.

        Raises:
            ValueError: A place of the label is not given, or one that it does not have.
        """
        if places.keys() != label.places:
            message = f"found places {sorted(places)} for the label {label.value!r}, expected {sorted(label.places)}"
            raise ValueError(message)
        text: str = label.value if self._catalogue is None else self._catalogue.gettext(label.value)
        return text.format(**places)

    def counted(self, plural: Plural, count: int) -> str:
        """A label with a number in it, in the plural that the number takes."""
        if self._catalogue is None:
            return _catalogues.in_english(plural.value, count)
        return _catalogues.translated(plural.value, count, self._catalogue, self._locale)

    def status(self, status: Status) -> str:
        """A status as a word that stands alone: "Did not occur", "Hoped for"."""
        return self.translate(status.word.capitalize())

    def modality(self, modality: Modality) -> str:
        """A modality as a word that stands alone: "Reported", "Hoped for"."""
        return self.translate(modality.word.capitalize())

    def result(self, result: Result) -> str:
        """A result as a word that stands alone: "Superseded"."""
        return self.translate(result.word.capitalize())

    def note(self, event: Event, status: Status) -> str:
        """A sentence that tells what is no fact from what is; empty for a fact.

        Args:
            event: The event.
            status: What it is at the moment that is told of.
        """
        from timeline.model import Modality, Status  # noqa: PLC0415 - the words alone need no model

        if status is Status.DISPUTED:
            return self.text(Label.NOTE_DISPUTED)
        if event.outcome is not None or event.modality in (None, Modality.REPORTED):
            return ""
        return self.text(Label.NOTE_OVERDUE if status is Status.OVERDUE else Label[f"NOTE_{event.modality.name}"])

    def grade(self, grade: Grade) -> str:
        """A grade and what it stands for: "B: usually reliable (Admiralty)"."""
        meaning = self.translate(grade.meaning)
        return self.text(Label.GRADE, code=grade.code, meaning=meaning, scale=grade.scale)

    def estimate(self, estimate: Estimate) -> str:
        """How likely, in numbers: "55 to 80 % (ICD 203)"."""
        if self._catalogue is None:
            return str(estimate).removeprefix(f"{estimate.term}: ")
        bounds = _catalogues.percentage(estimate.low, estimate.high, self._locale)
        return bounds if estimate.is_number else self.text(Label.ESTIMATE, bounds=bounds, scale=estimate.scale)

    def duration(self, duration: timedelta) -> str:
        """How long something lasts: "1 day, 2 hours"."""
        hours, rest = divmod(duration.seconds, 3600)
        minutes, seconds = divmod(rest, 60)
        parts = ((duration.days, "day"), (hours, "hour"), (minutes, "minute"), (seconds, "second"))
        return ", ".join(self._so_many(count, unit) for count, unit in parts if count)

    def _so_many(self, count: int, unit: str) -> str:
        if self._catalogue is None:
            return f"{count:,} {unit}{'' if count == 1 else 's'}"
        from babel.units import format_unit  # noqa: PLC0415 - only wanted here

        return format_unit(count, f"duration-{unit}", locale=self._locale)

    def apart(self, text: str) -> str:
        """A text that is not ours, for a place of a label: `isolated`, unless it is ASCII among text like it."""
        return text if not text or (text.isascii() and self.direction == "ltr") else isolated(text)

    def translate(self, english: str, /, **places: str) -> str:
        """The label that is this English text, for templates.

        Raises:
            ValueError: There is no such label, or a place is not given, or one that it does not have.
        """
        return self.text(Label(english), **places)


def labels(tag: str) -> Labels:
    """The labels in the language of a BCP 47 tag, such as ``de`` or ``pt-BR``.

    English needs nothing, any other language needs Babel, from the extra ``i18n``.

    Raises:
        LanguageError: There is no such language, or no catalogue of it, or a catalogue that
            lacks labels, or Babel is not installed.
    """
    if not isinstance(tag, str):
        message = f"expected a language tag, found {type(tag).__name__}"  # type: ignore[unreachable] # callers without types
        raise TypeError(message)
    return Labels("en", "ltr") if tag == "en" else _from_cldr(tag)


@functools.lru_cache(maxsize=32)
def _from_cldr(tag: str) -> Labels:
    locale, name = _catalogues.resolve(tag, _catalogues.names_in(_folder()))
    catalogue = None if name == "en" else _catalogue(name)
    return Labels(tag.replace("_", "-"), locale.text_direction, locale=locale, catalogue=catalogue)


def _folder() -> Traversable:
    from importlib.resources import files  # noqa: PLC0415 - not wanted for English

    return files(__package__).joinpath("locale")


@functools.lru_cache(maxsize=32)
def _catalogue(name: str) -> Any:
    """The labels of a catalogue.

    Raises:
        LanguageError: Labels are missing, or a translation has other places than its label.
    """
    return _catalogues.read(_folder().joinpath(f"{name}.po"), name, Label, Plural, _has_its_places)


def isolated(text: str) -> str:
    """A text whose direction ends where it does, whatever is in it.

    Source: Unicode Standard Annex 9, 2.6 (isolates).
    """
    return f"\N{FIRST STRONG ISOLATE}{_balanced(text)}{_END}"


def _balanced(text: str) -> str:
    """A text without the ends of isolates that it does not begin: one would end ours."""
    if _END not in text:
        return text
    kept, depth = [], 0
    for char in text:
        depth += char in _BEGINNINGS
        if char == _END:
            if not depth:
                continue
            depth -= 1
        kept.append(char)
    return "".join(kept)


def _has_its_places(label: str, text: str) -> bool:
    """Whether a translation has the places of its label; the number of a plural may be a word of its own."""
    try:
        return _catalogues.places(label) - {"n"} <= _catalogues.places(text) <= _catalogues.places(label)
    except ValueError:
        return False
