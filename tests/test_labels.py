"""The words of outputs: all there, in every language of dates, and none of them English unnoticed."""

from __future__ import annotations

import inspect
import re
import string
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from timeline.errors import LanguageError
from timeline.labels import Label, Plural, _catalogue, _labels, labels
from timeline.model import Grade, Modality, Result, Status, read_credibility, read_likelihood, read_reliability
from timeline.when import When, languages

OTHERS = [name for name in languages() if name != "en"]


def test_english_is_the_value_of_a_label() -> None:
    english = labels("en")

    assert (english.language, english.direction) == ("en", "ltr")
    assert english.text(Label.SOURCES) == "Sources"
    assert english.text(Label.FUTURE_AS_OF, date="6 August 2024") == "Future (as of 6 August 2024)"
    assert english.translate("{shown} of {all} events", shown="2", all="12") == "2 of 12 events"


def test_english_counts() -> None:
    said = [labels("en").counted(Plural.EVENTS, count) for count in (0, 1, 2, 1234)]

    assert said == ["0 events", "1 event", "2 events", "1,234 events"]


@pytest.mark.parametrize("plural", Plural)
def test_a_plural_without_its_last_letter_is_the_singular(plural: Plural) -> None:
    assert plural.endswith("s")
    assert _places(plural) == {"n"}


def test_every_status_modality_and_result_has_a_word_that_stands_alone() -> None:
    english = labels("en")

    assert [english.status(status) for status in Status] == [status.word.capitalize() for status in Status]
    assert [english.modality(each) for each in Modality] == [each.word.capitalize() for each in Modality]
    assert [english.result(result) for result in Result] == [result.word.capitalize() for result in Result]


@pytest.mark.parametrize("language", OTHERS)
def test_statuses_modalities_and_results_are_not_merged(language: str) -> None:
    """What is projected is not called what occurred is called."""
    said = labels(language)

    for words in (
        [said.status(status) for status in Status],
        [said.modality(modality) for modality in Modality],
        [said.result(result) for result in Result],
    ):
        assert len(set(words)) == len(words)
    assert said.status(Status.PROJECTED) == said.modality(Modality.PROJECTED)
    assert said.status(Status.OCCURRED) == said.result(Result.OCCURRED) != said.modality(Modality.REPORTED)


def _grades() -> list[Grade]:
    grades = [*map(read_reliability, "ABCDEFG"), *map(read_credibility, "123456")]
    return [grade for grade in grades if grade is not None]


def test_every_grade_has_its_meaning() -> None:
    assert [labels("en").grade(grade) for grade in _grades()] == [str(grade) for grade in _grades()]
    assert len(_grades()) == 13


@pytest.mark.parametrize("language", OTHERS)
def test_every_grade_means_something_else(language: str) -> None:
    said = [labels(language).grade(grade) for grade in _grades()]

    assert len({words[1:] for words in said}) == 13
    assert all(words[0] == grade.code and "Admiralty" in words for words, grade in zip(said, _grades(), strict=True))


@pytest.mark.parametrize(
    ("likelihood", "language", "words"),
    [
        ("likely", "en", "55 to 80 % (ICD 203)"),
        ("likely", "en-GB", "55 to 80 % (ICD 203)"),
        ("likely", "de", "55\N{EN DASH}80\N{NO-BREAK SPACE}% (ICD 203)"),
        ("likely", "zh", "55\N{EN DASH}80%\N{FULLWIDTH LEFT PARENTHESIS}ICD 203\N{FULLWIDTH RIGHT PARENTHESIS}"),
        ("almost no chance", "nl", "1\N{EN DASH}5% (ICD 203)"),
        ("70 %", "en", "70 %"),
        ("70 %", "fr", "70\N{NARROW NO-BREAK SPACE}%"),
        ("7.25 to 29.0625 percent", "de", "7,25\N{EN DASH}29,0625\N{NO-BREAK SPACE}%"),
    ],
)
def test_an_estimate_is_told_in_numbers(likelihood: str, language: str, words: str) -> None:
    estimate = read_likelihood(likelihood)

    assert estimate is not None
    # CLDR has changed its mind about the width of the space.
    assert _plain(labels(language).estimate(estimate)) == _plain(words)


def _plain(words: str) -> str:
    return re.sub(r"\s+", " ", words)


def test_what_stands_in_a_place_is_not_read_again() -> None:
    assert (
        labels("de").text(Label.STATUS_AND_DATE, status="{date}", date="{0.__class__} %s") == "{date}: {0.__class__} %s"
    )


@pytest.mark.parametrize("given", [{}, {"day": "x"}, {"date": "x", "day": "y"}])
@pytest.mark.parametrize("language", ["en", "de"])
def test_a_label_takes_its_places_and_no_others(given: dict[str, str], language: str) -> None:
    with pytest.raises(ValueError, match=r"for the label 'Updated {date}', expected \['date'\]"):
        labels(language).text(Label.UPDATED, **given)


def test_a_text_that_is_no_label_is_refused() -> None:
    with pytest.raises(ValueError, match="'Nonsense' is not a valid Label"):
        labels("de").translate("Nonsense")


def test_dates_and_labels_are_said_in_the_same_languages() -> None:
    folder = files(_labels.__package__).joinpath("locale")

    assert sorted(entry.name for entry in folder.iterdir()) == [f"{name}.po" for name in OTHERS]


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_has_every_label_with_its_places_and_no_other(language: str) -> None:
    catalogue = _read(language)
    assert {message.id for message in catalogue if message.id} == {label.value for label in Label} | {
        (plural.value.removesuffix("s"), plural.value) for plural in Plural
    }
    assert not catalogue.obsolete
    for message in catalogue:
        if not message.id:
            continue
        assert not message.fuzzy, message.id
        assert message.context is None
        if isinstance(message.id, str):
            assert isinstance(message.string, str)
            assert message.string, message.id
            assert message.string == message.string.strip()
            assert _places(message.string) == _places(message.id), message.string
            continue
        assert isinstance(message.string, (tuple, list))
        assert len(message.string) == catalogue.num_plurals
        for text in message.string:
            assert text, message.id
            assert text == text.strip()
        # Only none, one and two of a thing may be words without a number.
        assert _places(message.string[-1]) == {"n"}, message.string


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_is_left_in_english(language: str) -> None:
    said = labels(language)
    for label in Label:
        words = re.findall(r"[A-Za-z]{2,}", re.sub(r"{\w+}", "", label))
        if len(words) >= 3:
            assert said.text(label, **{place: f"{{{place}}}" for place in label.places}) != label.value


@pytest.mark.parametrize("language", languages())
def test_no_label_has_characters_of_markup(language: str) -> None:
    """Pages fill the places of a label with HTML; so the label itself must be such that it needs no escaping."""
    said = labels(language)
    for label in Label:
        assert not set(said.text(label, **dict.fromkeys(label.places, ""))) & set("<>&\"'\\`\n\N{LINE SEPARATOR}"), (
            label
        )


@pytest.mark.parametrize("language", OTHERS)
def test_a_number_is_never_lost(language: str) -> None:
    said = labels(language)
    for plural in Plural:
        for count in (3, 4, 5, 11, 12, 21, 22, 25, 100, 101, 103, 111):
            assert re.findall(r"\d+", said.counted(plural, count)) == [str(count)]


@pytest.mark.parametrize(
    ("language", "counts"),
    [
        ("de", {0: "0 Ereignisse", 1: "1 Ereignis", 1234: "1.234 Ereignisse"}),
        ("fr", {0: "0 événement", 1: "1 événement", 2: "2 événements"}),
        ("pl", {1: "1 wydarzenie", 2: "2 wydarzenia", 5: "5 wydarzeń", 12: "12 wydarzeń", 22: "22 wydarzenia"}),
        ("ru", {1: "1 событие", 3: "3 события", 11: "11 событий", 21: "21 событие"}),
        ("uk", {1: "1 подія", 3: "3 події", 11: "11 подій", 21: "21 подія"}),
        ("ar", {0: "لا أحداث", 1: "حدث واحد", 2: "حدثان", 3: "3 أحداث", 11: "11 حدثًا", 100: "100 حدث"}),
        ("he", {1: "אירוע אחד", 2: "2 אירועים"}),
        ("ja", {1: "出来事1件", 2: "出来事2件"}),
    ],
)
def test_a_number_takes_its_plural(language: str, counts: dict[int, str]) -> None:
    assert {count: labels(language).counted(Plural.EVENTS, count) for count in counts} == counts


@pytest.mark.parametrize("language", languages())
def test_arabic_and_hebrew_are_written_from_right_to_left(language: str) -> None:
    assert labels(language).direction == ("rtl" if language in ("ar", "he") else "ltr")


@pytest.mark.parametrize(
    ("tag", "language", "sources"),
    [
        ("pt-BR", "pt-BR", "Fontes"),
        ("de-AT", "de-AT", "Quellen"),
        ("de_CH", "de-CH", "Quellen"),
        ("zh-Hans", "zh-Hans", "来源"),
        ("ru-Cyrl", "ru-Cyrl", "Источники"),
        ("ar-EG", "ar-EG", "المصادر"),
        ("en-GB", "en-GB", "Sources"),
    ],
)
def test_a_country_has_the_words_of_its_language(tag: str, language: str, sources: str) -> None:
    said = labels(tag)

    assert When.parse("2024").humanize(tag)
    assert said.text(Label.SOURCES) == sources
    assert said.language == language
    assert said.direction == ("rtl" if tag.startswith("ar") else "ltr")


@pytest.mark.parametrize("tag", ["sv", "zh-TW", "zh-Hant", "ru-Latn", "ar-Latn", "und", "xx", "", "not a tag", "../de"])
def test_a_language_without_labels_is_refused_as_it_is_for_dates(tag: str) -> None:
    with pytest.raises(LanguageError) as of_dates:
        When.parse("2024").humanize(tag)
    with pytest.raises(LanguageError) as of_labels:
        labels(tag)

    assert str(of_labels.value) == str(of_dates.value)


def test_a_tag_that_is_no_text_is_refused() -> None:
    with pytest.raises(TypeError, match="expected a language tag, found NoneType"):
        labels(None)  # type: ignore[arg-type] # what is refused


@pytest.mark.parametrize(
    ("good", "bad", "message"),
    [
        ('msgstr "Quellen"', 'msgstr ""', "has no translation of: Sources"),
        ('msgid "Sources"', 'msgid "Sauces"', "has no translation of: Sources"),
        ("#. heading: some sources", "#, fuzzy", "has no translation of: Sources"),
        ('msgstr[1] "{n} Quellen"', 'msgstr[1] ""', "has no translation of: {n} sources"),
        (
            'msgstr[1] "{n} Quellen"',
            'msgstr[1] "{m} Quellen"',
            "has places in braces that are not those of a phrase: {m}",
        ),
        ('"Stand: {date}"', '"Stand"', "has places in braces that are not those of a phrase: Stand"),
        ('"Stand: {date}"', '"Stand: {day}"', "has places in braces that are not those of a phrase: Stand: {day}"),
        ('"Stand: {date}"', '"Stand: {date_of}"', "has places in braces that are not those of a phrase"),
        ('"Stand: {date}"', '"Stand: {date.year}"', "has places in braces that are not those of a phrase"),
        ('"Stand: {date}"', '"Stand: {date"', "has places in braces that are not those of a phrase"),
        ('"Stand: {date}"', '"Stand: {date} {n}"', "has places in braces that are not those of a phrase"),
        ('"Quellen"', '"Quellen {n}"', "has places in braces that are not those of a phrase: Quellen {n}"),
    ],
)
def test_a_catalogue_that_is_not_whole_is_refused(
    good: str, bad: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = files(_labels.__package__).joinpath("locale", "de.po").read_text("utf-8")
    assert text.count(good) == 1
    (tmp_path / "nl.po").write_text(text.replace(good, bad), "utf-8")
    monkeypatch.setattr(_catalogue, "_folder", lambda: tmp_path)

    with pytest.raises(LanguageError, match=f"the catalogue of 'nl' {re.escape(message)}"):
        _catalogue._catalogue.__wrapped__("nl")  # noqa: SLF001 - without what is kept of it


def test_every_label_has_a_comment_for_translators() -> None:
    source = inspect.getsource(_labels)
    explained = re.findall(r'^    ([A-Z_0-9]+) = "[^\n]*\n    """[^\n]+"""$', source, re.MULTILINE)

    assert explained == [*Label.__members__, *Plural.__members__]


def test_no_two_labels_have_the_same_text() -> None:
    assert len(Label.__members__) == len(list(Label))


def test_english_needs_no_babel_and_other_languages_say_what_to_install() -> None:
    code = (
        "import sys; sys.modules['babel'] = sys.modules['babel.core'] = None\n"
        "from timeline import LanguageError\n"
        "from timeline.labels import Label, Plural, labels\n"
        "assert labels('en').text(Label.SOURCES) == 'Sources'\n"
        "assert labels('en').counted(Plural.EVENTS, 2) == '2 events'\n"
        "assert 'importlib.resources' not in sys.modules\n"
        "try: labels('de')\n"
        "except LanguageError as error: print(error)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "'de', Babel has to be installed: python -m pip install 'timeline-core[i18n]'" in run.stdout


@pytest.mark.parametrize(
    "code",
    [
        "import timeline; timeline.Event(id='e', title='E', when='2024-08')",
        "sys.argv = ['timeline', '--help']\nfrom timeline.cli import main\nmain(standalone_mode=False)",
        "import timeline; timeline.When.parse('2024-08').humanize('en')",
    ],
)
def test_labels_are_not_imported_before_they_are_wanted(code: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint(*sys.modules)"], capture_output=True, text=True, check=True
    )
    loaded = set(run.stdout.split())

    assert "timeline" in loaded
    assert not {name for name in loaded if name.startswith("timeline.labels")}


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _read(language: str) -> Catalog:
    with files(_labels.__package__).joinpath("locale", f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)
