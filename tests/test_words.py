"""Dates in words: every kind, every language, and never more than the date says."""

from __future__ import annotations

import calendar
import inspect
import re
import string
import subprocess
import sys
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from timeline.errors import LanguageError, WhenError
from timeline.testing.strategies import whens
from timeline.when import When, _phrases, languages
from timeline.when._phrases import GENITIVE, Counted, Phrase

OTHERS = [name for name in languages() if name != "en"]

# EDTF, in words, in few words.
WORDS = [
    ("2024-08-06", "6 August 2024", "6 Aug 2024"),
    ("2024-08", "August 2024", "Aug 2024"),
    ("2024", "2024", "2024"),
    ("0000", "1 BC", "1 BC"),
    ("-0043", "44 BC", "44 BC"),
    ("-0043-03-15", "15 March 44 BC", "15 Mar 44 BC"),
    ("Y170000002", "170000002", "170000002"),
    # Not a day of June.
    ("0012-06", "June AD 12", "Jun AD 12"),
    ("0031", "AD 31", "AD 31"),
    ("0100-06", "June 100", "Jun 100"),
    ("Y-17E7", "170000001 BC", "170000001 BC"),
    ("2025-21", "spring 2025", "spring 2025"),
    ("2024-24", "winter 2024", "winter 2024"),
    ("2024-26", "northern summer 2024", "northern summer 2024"),
    ("2024-31", "southern autumn 2024", "southern autumn 2024"),
    ("2024-34", "the second quarter of 2024", "the second quarter of 2024"),
    ("2024-39", "the last four months of 2024", "the last four months of 2024"),
    ("-0043-40", "the first half of 44 BC", "the first half of 44 BC"),
    ("1985-04-12T23:20:30", "12 April 1985, 23:20:30", "12 Apr 1985, 23:20:30"),
    ("1985-04-12T23:20:30Z", "12 April 1985, 23:20:30 UTC", "12 Apr 1985, 23:20:30 UTC"),
    ("1985-04-12T23:20:30+04:30", "12 April 1985, 23:20:30 UTC+04:30", "12 Apr 1985, 23:20:30 UTC+04:30"),
    ("2024?", "2024 (uncertain)", "2024?"),
    ("1850~", "about 1850", "c. 1850"),
    ("2024-08-06%", "about 6 August 2024 (uncertain)", "c. 6 Aug 2024?"),
    ("2004?-06-11", "11 June 2004 (year uncertain)", "11 Jun 2004 (year uncertain)"),
    ("2004-06-~11", "11 June 2004 (day approximate)", "11 Jun 2004 (day approximate)"),
    ("2004?-%06", "June 2004 (year uncertain, month approximate and uncertain)", None),
    ("2001-?21", "spring 2001 (season uncertain)", "spring 2001 (season uncertain)"),
    ("198X", "the 1980s", "the 1980s"),
    ("198X~", "about the 1980s", "c. the 1980s"),
    ("190X", "some year from 1900 to 1909", "some year from 1900 to 1909"),
    ("19XX", "some year from 1900 to 1999", "some year from 1900 to 1999"),
    ("-198X", "some year from 1990 BC to 1981 BC", "some year from 1990 BC to 1981 BC"),
    ("000X", "some year from 1 BC to AD 9", "some year from 1 BC to AD 9"),
    ("1XX3", "1 of 100 years from 1003 to 1993", "1 of 100 years from 1003 to 1993"),
    ("2004-XX", "some month of 2004", "some month of 2004"),
    ("2004-XX-XX", "some day of 2004", "some day of 2004"),
    ("198X-XX", "some month of the 1980s", "some month of the 1980s"),
    ("1985-04-XX", "some day of April 1985", "some day of Apr 1985"),
    ("1984-1X", "some month from October 1984 to December 1984", "some month from Oct 1984 to Dec 1984"),
    ("2016-02-2X", "some day from 20 February 2016 to 29 February 2016", "some day from 20 Feb 2016 to 29 Feb 2016"),
    ("2016-01-X1", "1 of 4 days from 1 January 2016 to 31 January 2016", "1 of 4 days from 1 Jan 2016 to 31 Jan 2016"),
    ("156X-12-25", "1 of 10 days from 25 December 1560 to 25 December 1569", None),
    ("198X-05-XX", "1 of 310 days from 1 May 1980 to 31 May 1989", None),
    ("XXXX-02-29", "29 February of some year", "29 Feb of some year"),
    ("XXXX-12", "December of some year", "Dec of some year"),
    ("XXXX-12-XX", "some day of December of some year", "some day of Dec of some year"),
    ("XXXX-XX-29", "1 of 112,425 days from 29 January 1 BC to 29 December 9999", None),
    ("201X-21", "1 of 10 seasons from spring 2010 to spring 2019", None),
    ("2016-X1", "1 of 2 months from January 2016 to November 2016", None),
    ("1950S2", "some year from 1900 to 1999 (estimated as 1950)", None),
    ("1950S4", "1950", "1950"),
    ("1964/2008", "from 1964 to 2008", "from 1964 to 2008"),
    ("2024-12-27/2025-21", "from 27 December 2024 to spring 2025", "from 27 Dec 2024 to spring 2025"),
    ("2024-11/..", "from November 2024 on", "from Nov 2024 on"),
    ("2024-11/", "from November 2024 to an unknown date", "from Nov 2024 to an unknown date"),
    ("../2024", "until 2024", "until 2024"),
    ("/2024", "from an unknown date to 2024", "from an unknown date to 2024"),
    ("1984~/2004-06?", "from about 1984 to June 2004 (uncertain)", "from c. 1984 to Jun 2004?"),
    ("[2025-01..]", "no earlier than January 2025", "no earlier than Jan 2025"),
    ("[..2024]", "no later than 2024", "no later than 2024"),
    ("[2024-12-27..2025-05-31]", "some time between 27 December 2024 and 31 May 2025", "between 27 Dec 2024 and 31 May 2025"),
    ("[1667]", "1667", "1667"),
    ("[2024,2026]", "1 of 2 years: 2024 or 2026", "1 of 2 years: 2024 or 2026"),
    ("[2024-12-27,2024-12-29,2025-01-03]", "1 of 3 days: 27 December 2024, 29 December 2024 or 3 January 2025", None),
    ("[1667,1668,1670..1672]", "1 of 5 years: 1667, 1668 or 1670 to 1672", None),
    ("[1667,1760-12]", "1 of 2 dates: 1667 or December 1760", None),
    ("[2024-21,2024-23]", "1 of 2 seasons: spring 2024 or autumn 2024", None),
    ("[1760-01,1760-12..]", "January 1760 or December 1760 or later", None),
    ("[..1960,1970..]", "1960 or earlier or 1970 or later", None),
    ("[2020..Y1E30,2024-05]", f"1 of {10**30 - 2018:,} dates: 2020 to {10**30} or May 2024", None),
    ("[198X,1985]", "the 1980s or 1985", "the 1980s or 1985"),
    ("[1985,1985?]", "1985 or 1985 (uncertain)", "1985 or 1985?"),
    ("201X-33", "1 of 10 dates from the first quarter of 2010 to the first quarter of 2019", None),
    # However many there are, none is left out.
    (
        "[" + ",".join(map(str, range(1951, 1980, 2))) + ",2000..]",
        ", ".join(map(str, range(1951, 1980, 2))) + " or 2000 or later",
        None,
    ),
    ("[" + ",".join(map(str, range(1900, 1940, 2))) + "]", "1 of 20 years from 1900 to 1938", None),
    ("{1960,1961-12}", "1960 and December 1961", "1960 and Dec 1961"),
    ("{1960..1962}", "every year from 1960 to 1962", "every year from 1960 to 1962"),
    ("{2024-21..2025-22}", "every season from spring 2024 to summer 2025", None),
    ("{..1960}", "every year up to 1960", "every year up to 1960"),
    ("{1960-02..}", "every month since February 1960", "every month since Feb 1960"),
    ("{" + ",".join(f"{year}-05" for year in range(1900, 1940, 2)) + "}", "each of 20 months from May 1900 to May 1938", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "long", "short"), WORDS)
def test_a_date_is_said_in_english(text: str, long: str, short: str | None) -> None:
    when = When.parse(text)

    assert when.humanize() == long
    if short is not None:
        assert when.humanize(style="short") == short


@given(whens())
def test_every_date_has_words_without_codes(when: When) -> None:
    for words in (when.humanize(), when.humanize(style="short", relative_to="2024-12-28")):
        assert words == words.strip()
        assert not set("[]{}/~%") & set(words)
        assert "  " not in words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024-12-28", "28 December 2024 (today)"),
        ("2024-12-29", "29 December 2024 (tomorrow)"),
        ("2024-12-27", "27 December 2024 (yesterday)"),
        ("2024-12-31", "31 December 2024 (in 3 days)"),
        ("2025-02-11", "11 February 2025 (in 1 month)"),
        ("2025-02-10", "10 February 2025 (in 44 days)"),
        ("2023-01-28", "28 January 2023 (23 months ago)"),
        ("2022-12-28", "28 December 2022 (2 years ago)"),
        ("-0043-03-15", "15 March 44 BC (2,067 years ago)"),
        ("2025-01", "January 2025 (in 4 days \N{EN DASH} in 34 days)"),
        ("2024", "2024 (11 months ago \N{EN DASH} in 3 days)"),
        ("[2025-01..]", "no earlier than January 2025 (in 4 days or later)"),
        ("[..2024-06]", "no later than June 2024 (5 months ago or earlier)"),
        ("[..1960,1970..]", "1960 or earlier or 1970 or later"),
        ("Y-170000002", "170000003 BC"),
        # What has no number of its own has no distance either.
        ("2024-12-31~", "about 31 December 2024"),
        ("{2020,2030}", "2020 and 2030"),
        ("2024-12-31?", "31 December 2024 (uncertain) (in 3 days)"),
    ],
)
def test_a_date_is_said_relative_to_a_day(text: str, words: str) -> None:
    assert When.parse(text).humanize(relative_to="2024-12-28") == words


@given(st.dates(), st.dates())
def test_a_distance_never_says_more_than_has_passed(day: date, today: date) -> None:
    words = When.of(day).humanize(relative_to=today)
    days = abs(day.toordinal() - today.toordinal())

    if (found := re.search(r"([\d,]+) (day|month|year)", words)) and days > 1:
        count, unit = int(found[1].replace(",", "")), found[2]
        assert count * {"day": 1, "month": 28, "year": 365}[unit] <= days
        assert (count + 1) * {"day": 1, "month": 31, "year": 366}[unit] > days


@pytest.mark.parametrize("language", OTHERS)
def test_a_distance_is_the_same_in_every_language(language: str) -> None:
    for text in ("0000", "2022-06-16", "2023-01-28", "2024-01-30", "2026-11", "1850", "2500"):
        english = When.parse(text).humanize(relative_to="2024-06-15")
        words = When.parse(text).humanize(language, relative_to="2024-06-15")
        # Some languages have a word for "last year" and for two of a thing.
        assert _numbers(words) - _numbers(english) <= {1, 6, 11}, (english, words)
        assert {n for n in _numbers(english) if n > 2} - _numbers(words) <= {6, 11}, (english, words)


def test_a_distance_is_from_a_day() -> None:
    with pytest.raises(WhenError, match="one day to say the distance from"):
        When.parse("2024").humanize(relative_to="2024-06")


def test_a_style_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="expected 'long' or 'short'"):
        When.parse("2024").humanize(style="tiny")  # type: ignore[arg-type] # what is refused


def test_these_languages_are_there() -> None:
    assert {"ar", "de", "en", "es", "fr", "he", "it", "ja", "nl", "pl", "pt", "ru", "uk", "zh"} <= set(languages())


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("style", ["long", "short"])
def test_no_language_says_more_than_the_date_does(language: str, style: str) -> None:
    """Every number in the words is one that the English has, or that of a month it names."""
    for text, *_ in WORDS:
        when = When.parse(text)
        english = when.humanize()
        words = when.humanize(language, style)  # type: ignore[arg-type] # one of two words
        allowed = _numbers(english) | {
            number for name, numbers in IN_FIGURES.items() if re.search(name, english) for number in numbers
        }
        assert _numbers(words) <= allowed, (text, words)
        assert not set("[]{}~%") & set(words), words


# What may be written in figures: months, the parts of a year, and decades by their first and last year.
IN_FIGURES: dict[str, list[int]] = {
    **{f"{name}": [number] for number, name in enumerate(calendar.month_name) if name},
    "first|second|last": [1, 2, 3, 4, 5, 8, 9, 12],
    "1980s": [1989],
    "1990s": [1999],
    "each of": [1],
}


def _numbers(words: str) -> set[int]:
    return {int(number) for number in re.findall(r"\d+", re.sub(r"(?<=\d)[.,\s\u066c](?=\d{3}(?!\d))", "", words))}


@pytest.mark.parametrize("language", OTHERS)
def test_what_differs_in_english_differs_in_every_language(language: str) -> None:
    """Nothing is merged: "no earlier than" does not become "in"."""
    dates = {When.parse(text).humanize(): text for text, *_ in WORDS}
    said: dict[str, str] = {}
    for text in dates.values():
        words = When.parse(text).humanize(language)
        assert words not in said, (text, said[words], words)
        said[words] = text


@given(whens(), st.sampled_from(OTHERS))
def test_every_date_has_words_in_every_language(when: When, language: str) -> None:
    words = when.humanize(language, relative_to="2024-12-28")

    assert words
    assert "{" not in words


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_has_every_phrase_with_its_places_and_no_other(language: str) -> None:
    catalogue = _catalogue(language)
    keys = {message.id for message in catalogue if message.id and message.context is None}
    assert keys == {phrase.value for phrase in Phrase} | {_pair(phrase) for phrase in Counted}
    for message in catalogue:
        if not message.id:
            continue
        assert not message.fuzzy, message.id
        assert message.context in (None, GENITIVE)
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in map(str, strings):
            assert text, message.id
            assert text == text.strip()
            wanted, places = _places(str(ids[-1])), {place.removesuffix("_of") for place in _places(text)}
            assert places - {"last"} <= wanted, text
            # The dual of a language may hold the number in itself.
            assert wanted - places <= ({"n"} if len(strings) > 2 else {"year"} if "last" in places else set()), text


def _pair(phrase: Counted) -> tuple[str, str]:
    return phrase.value.removesuffix("s"), phrase.value


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _catalogue(language: str) -> Catalog:
    with files(_phrases.__package__).joinpath("locale", f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def test_every_phrase_has_a_comment_for_translators() -> None:
    source = inspect.getsource(_phrases)
    explained = re.findall(r'^    ([A-Z_0-9]+) = "[^\n]*\n    """[^\n]+"""$', source, re.MULTILINE)

    assert explained == [*Phrase.__members__, *Counted.__members__]


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("de-AT", "6. Jänner 2024"),
        ("de_DE", "6. Januar 2024"),
        ("en-US", "January 6, 2024"),
        ("en-GB", "6 January 2024"),
        ("pt-BR", "6 de janeiro de 2024"),
        ("zh-CN", "2024年1月6日"),
        ("uk", "6 січня 2024 \N{CYRILLIC SMALL LETTER ER}."),
        ("ar", "6 يناير 2024"),
        ("ja", "2024年1月6日"),
        ("zh-Hans", "2024年1月6日"),
        ("ru-Cyrl", "6 января 2024 \N{CYRILLIC SMALL LETTER GHE}."),
    ],
)
def test_a_country_has_its_own_names_and_order(tag: str, words: str) -> None:
    said = When.parse("2024-01-06").humanize(tag)

    assert re.sub(r"\s", " ", said) == words


@pytest.mark.parametrize(
    "tag", ["sv", "zh-TW", "zh-Hant", "ru-Latn", "de-Cyrl", "und", "und-DE", "xx", "", "not a tag", "english", "../de"]
)
def test_a_language_without_phrases_is_refused_and_not_replaced(tag: str) -> None:
    with pytest.raises(LanguageError, match=r"no phrases in language|found language"):
        When.parse("2024").humanize(tag)


def test_a_catalogue_that_lacks_phrases_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from timeline.when import _languages

    text = files(_phrases.__package__).joinpath("locale", "de.po").read_text("utf-8")
    (tmp_path / "nl.po").write_text(re.sub(r'(msgid "until {end}"\nmsgstr ")[^\n]+', r'\1"', text), "utf-8")
    monkeypatch.setattr(_languages, "_folder", lambda: tmp_path)

    with pytest.raises(LanguageError, match=r"the catalogue of 'nl' has no translation of: until {end}"):
        _languages._catalogue.__wrapped__("nl")  # noqa: SLF001 - without what is kept of it


@pytest.mark.parametrize("text", ["bis {dat}", "bis {end", "bis {end}}"])
def test_a_catalogue_with_other_places_is_refused(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from timeline.when import _languages

    good = files(_phrases.__package__).joinpath("locale", "de.po").read_text("utf-8")
    (tmp_path / "nl.po").write_text(good.replace('msgstr "bis {end}"', f'msgstr "{text}"'), "utf-8")
    monkeypatch.setattr(_languages, "_folder", lambda: tmp_path)

    with pytest.raises(LanguageError, match="places in braces that are not those of a phrase"):
        _languages._catalogue.__wrapped__("nl")  # noqa: SLF001 - without what is kept of it


def test_without_babel_other_languages_say_what_to_install() -> None:
    code = (
        "import sys; sys.modules['babel'] = sys.modules['babel.core'] = None\n"
        "from timeline import When, LanguageError\n"
        "assert When.parse('2024').humanize() == '2024'\n"
        "try: When.parse('2024').humanize('de')\n"
        "except LanguageError as error: print(error)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "Babel has to be installed: python -m pip install 'timeline-core[i18n]'" in run.stdout


def test_names_of_one_language_do_not_show_in_another() -> None:
    """Babel 2.18 lends the stand-alone months of the language that was read first."""
    code = (
        "from timeline import When\n"
        "for tag in ('he', 'ja', 'zh', 'fr', 'de', 'ru'): print(When.parse('XXXX-06').humanize(tag))\n"
    )
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], capture_output=True, text=True, check=True, encoding="utf-8"
    )

    hebrew, *others = run.stdout.splitlines()
    assert "יוני" in hebrew
    assert not any("יוני" in words for words in others)
    assert "6月" in others[0]
    assert "6月" in others[1]
