"""Knows the era of what was yet to come, which our exports have: it is drawn, and nothing that happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.errors import LanguageError
from timeline.labels import Label, labels
from timeline_timelinejs.reading._markup import to_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline_timelinejs.reading._slide import Slide

# A file does not say in which language its words are: it is looked for among those that outputs can have.
_LANGUAGES = ("en", "ar", "de", "es", "fr", "he", "it", "ja", "nl", "pl", "pt", "ru", "uk", "zh")
_TITLE_ID = "timeline-title"


def languages(first: str = "en") -> Iterator[str]:
    """The languages that the words of a file may be in.

    Args:
        first: The one that is likeliest.
    """
    for language in dict.fromkeys([first, *_LANGUAGES]):
        try:
            labels(language)
        except LanguageError:
            continue
        yield language


def is_ours(title: Slide | None) -> bool:
    """Whether a title slide is one that our exporter wrote."""
    return title is not None and title.text("unique_id") == _TITLE_ID


def is_future(era: Slide, among: Iterable[str]) -> bool:
    """Whether an era is the one of what was yet to come.

    Args:
        era: The era.
        among: The languages that its words may be in.
    """
    headline = to_text(era.text("headline"))
    for language in among:
        before, after = labels(language).text(Label.FUTURE_AS_OF, date="\0").split("\0")
        if headline.startswith(before.strip()) and headline.endswith(after.strip()):
            return True
    return False
