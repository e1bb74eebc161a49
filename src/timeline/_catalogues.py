"""Catalogues of translations: which one a language tag means, and one read and checked.

A room that says things in other languages than English has a folder of gettext files, one for a
language; English is in the code and needs neither files nor Babel.
"""

from __future__ import annotations

import functools
import io
from string import Formatter
from typing import TYPE_CHECKING, Any

from timeline.errors import LanguageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from importlib.resources.abc import Traversable

_MAX_GROUPED = 10**15
_INSTALL = "python -m pip install 'timeline-core[i18n]'"


def names_in(folder: Traversable) -> list[str]:
    """The languages that a folder has catalogues of, and English."""
    names = [entry.name.removesuffix(".po") for entry in folder.iterdir() if entry.name.endswith(".po")]
    return sorted(["en", *names])


def resolve(tag: str, known: Sequence[str]) -> tuple[Any, str]:
    """CLDR's locale of a BCP 47 tag, and the catalogue for it among those known.

    Raises:
        LanguageError: There is no such language, or no catalogue of it, or Babel is not installed.
    """
    try:
        from babel.core import Locale, UnknownLocaleError, get_global, parse_locale  # noqa: PLC0415 - an extra
    except ImportError:
        message = f"to say dates and labels in {tag!r}, Babel has to be installed: {_INSTALL}"
        raise LanguageError(message) from None
    try:
        code, _, script, _, *_ = parse_locale(tag.replace("_", "-"), sep="-")
        locale = Locale.parse(tag.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        message = f"found language {tag!r}, expected one of: {', '.join(known)}"
        raise LanguageError(message) from None
    # What Babel does not have of a tag it leaves out: another script is another language here.
    usual = get_global("likely_subtags").get(code, "").split("_")[1:2]
    scripts = {each for each in (script, locale.script) if each is not None}
    names = [f"{code}_{each}" for each in scripts]
    if scripts <= set(usual):
        names += [str(locale), code]
    name = next((name for name in names if name in known), None)
    if name is None or locale.language != code:
        message = f"no phrases in language {tag!r}, only in: {', '.join(known)}"
        raise LanguageError(message)
    return locale, name


def read(
    file: Traversable, name: str, phrases: Iterable[str], counted: Iterable[str], fits: Callable[[str, str], bool]
) -> Any:
    """The translations of a catalogue.

    Args:
        file: The catalogue.
        name: Its language.
        phrases: What it has to have.
        counted: What it has to have in every plural, in English plurals that end in "s".
        fits: Whether a phrase (the first) may be said as its translation (the second) does.

    Raises:
        LanguageError: Phrases are missing, for English must not stand in for them unnoticed;
            or a translation does not fit.
    """
    import gettext  # noqa: PLC0415 - not wanted for English

    from babel.messages.mofile import write_mo  # noqa: PLC0415 - an extra
    from babel.messages.pofile import read_po  # noqa: PLC0415 - the same

    catalogue = read_po(io.BytesIO(file.read_bytes()), locale=name)
    missing = [phrase for phrase in phrases if not _translated(catalogue, phrase)]
    missing += [phrase for phrase in counted if not _translated(catalogue, singular(phrase))]
    if missing:
        message = f"the catalogue of {name!r} has no translation of: {'; '.join(missing)}"
        raise LanguageError(message)
    pairs = (
        (_strings(message.id)[-1], text) for message in catalogue if message.id for text in _strings(message.string)
    )
    if wrong := [text for phrase, text in pairs if not fits(phrase, text)]:
        message = f"the catalogue of {name!r} has places in braces that are not those of a phrase: {'; '.join(wrong)}"
        raise LanguageError(message)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@functools.cache
def places(text: str) -> frozenset[str]:
    """The names of the places in braces of a text.

    Raises:
        ValueError: A brace is not closed, or not opened.
    """
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def singular(counted: str) -> str:
    """The English singular of a phrase with a number in it."""
    return counted.removesuffix("s")


def in_english(counted: str, count: int) -> str:
    """An English phrase with a number in it."""
    text = counted if count != 1 else singular(counted)
    return text.format(n=f"{count:,}")


def translated(counted: str, count: int, catalogue: Any, locale: Any) -> str:
    """The translation of a phrase with a number, in the plural that the number takes."""
    from babel.numbers import format_decimal  # noqa: PLC0415 - only wanted here

    text: str = catalogue.ngettext(singular(counted), counted, count)
    # Decimal numbers have a precision, which would cut longer ones short.
    return text.format(n=format_decimal(count, locale=locale) if count < _MAX_GROUPED else str(count))


def percentage(low: float, high: float, locale: Any) -> str:
    """A share of 0 to 1, or a range of them, such as "55\N{EN DASH}80 %"."""
    from babel.numbers import format_decimal, format_percent  # noqa: PLC0415 - only wanted here

    last: str = format_percent(high, locale=locale, decimal_quantization=False)
    if low == high:
        return last
    # What is multiplied is text, or 7 % would have a tail.
    return f"{format_decimal(f'{low * 100:.10g}', locale=locale, decimal_quantization=False)}\N{EN DASH}{last}"


def _strings(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, (tuple, list)) else (str(value or ""),)


def _translated(catalogue: Any, key: str) -> bool:
    """Whether a catalogue has a complete translation of a phrase."""
    message = catalogue.get(key)
    return message is not None and not message.fuzzy and all(_strings(message.string))
