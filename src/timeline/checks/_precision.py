"""TL105: an exact day where the words say only a month, a season or a year.

Of 9,125 events of Wikidata 21.8 % are dated 1 January, where 0.3 % are expected.
"""

from __future__ import annotations

import functools
import re
from datetime import date
from typing import TYPE_CHECKING

from timeline.checks._seam import CheckContext, Finding
from timeline.checks._text_values import is_english, shown
from timeline.model import Modality
from timeline.when import Qualifier, from_ordinal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.model import Claim, Event, Timeline
    from timeline.when import When

MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905 - a line
)
_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept?", "Oct", "Nov", "Dec")
_ANY = "|".join(sorted({*MONTHS, *_SHORT}, key=len, reverse=True))
_PART = r"(?:early|mid|late|beginning|middle|the\s+(?:start|beginning|middle|end)\s+of|the\s+month\s+of)"
_IN = (
    r"(?:in|by|since|until|till|during|before|after|from|through|throughout|around|about|last|next|this|of|between"
    rf"|as\s+early\s+as|{_PART})"
)
# Those that are surnames, given names or verbs too ("after May resigned", "the march") need more grammar.
_NAMES = {3, 4, 5, 6}
_BEHIND = (
    r"(?=\s*(?:$|[.,;:)!?]|(?:of\s+)?(?:1[0-9]|20)[0-9]{2}\b|(?:and|or|to|at|when|while|before|after|by|in|on)\b))"
)

_SEASON = (
    r"(?:(?:early|mid|late)[\s-]+(?:spring|summer|autumn|winter|fall)"
    r"|(?:in|by|until|till|since|during|before|after|through|throughout|this|last|next|from|of|as\s+early\s+as)\s+"
    r"(?:the\s+)?(?:(?:early|mid|late|following|previous|coming)[\s-]+)?(?:spring|summer|autumn|winter)"
    r"(?!\s*-?(?:water|camp|olympics|games|palace|school|break|offensive|onion|roll|of\s+discontent|war)\b)"
    r"|(?:in\s+the|this|last|next|(?:by|until|since)\s+the)\s+fall(?!\s+of\b(?!\s+[0-9]))"
    r"|(?:spring|summer|autumn|winter|fall)\s+(?:of\s+)?(?:1[0-9]|20)[0-9]{2})\b"
)
_SEASON_QUOTE = re.compile(rf"\b{_SEASON}", re.IGNORECASE)
_SEASON_PHRASE = re.compile(rf"\b{_SEASON}|^\s*(?:the\s+)?(?:spring|summer|autumn|winter)\s*$", re.IGNORECASE)
_RELATIVE = re.compile(
    r"\b(?:(?:early|mid|late|earlier|later|middle)[\s-]+(?:(?:in|of|this|last|next|that|the)\s+){0,3}(?:month|year|decade)"
    r"|(?:this|last|next|that)\s+(?:month|year|decade))\b",
    re.IGNORECASE,
)
_ANY_MONTH = re.compile(rf"\b(?:{_ANY})\b")

_ORDINAL = (
    "(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth"
    "|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|(?:twenty|thirty)[ -](?:first|second|third|fourth"
    "|fifth|sixth|seventh|eighth|ninth))"
)
# What tells a day, or may: where one of these is, the rule is silent.
_TELLS_DAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|today|yesterday|tomorrow|tonight|overnight|midnight|noon|midday"
    r"|dawn|dusk|sunrise|sunset|weekend|mornings?|afternoon|evening|night|hours?|eve|anniversary|ides|solstice|equinox"
    r"|christmas|xmas|easter|thanksgiving|hall?owe'?en|hanukkah|passover|purim|eid|diwali|nowruz|epiphany|pentecost"
    r"|ascension|assumption|advent|juneteenth|ramadan|carnival|new\s+year'?s?|yom\s+kippur|rosh\s+hashanah|lent)\b"
    r"|\bdays?\s+(?:after|before|later|earlier|ago|prior|following|of|into)\b"
    rf"|\b(?:that|same|next|following|previous|last|final|opening|closing|one|the|a|{_ORDINAL})\s+day\b"
    r"|\b[0-9]{1,2}(?:st|nd|rd|th)\b(?!\s+(?:century|anniversary|brigade))"
    r"|\b[0-9]{8}\b|\b[0-9]{1,4}[./-][0-9]{1,2}(?:[./-][0-9]{1,4})?\b|\b[0-9]{1,2}:[0-9]{2}\b|\b[0-9]{1,2}\s*[ap]\.?m\b"
    rf"|\b(?:[0-9]{{1,2}}|{_ORDINAL})(?:\s+of)?,?\s+(?:{_ANY})\b"
    rf"|\b(?:{_ANY})\b\.?,?\s+(?:the\s+)?(?:[0-9]{{1,2}}\b|{_ORDINAL}\b)"
    r"|(?-i:\b(?:Mon|Tues?|Wed|Thurs?|Fri)\b|\b[A-Z][\w'\u2019]{0,30}\s+Day\b|\b[DVJE]{1,2}-Day\b)",
    re.IGNORECASE,
)
_END = re.compile(r"\b(?:end|close)\s+of\b", re.IGNORECASE)
_START = re.compile(r"\b(?:start|beginning)\s+of\b", re.IGNORECASE)


def _month_patterns(number: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What says a month, in a phrase and in a quote."""
    name, short = MONTHS[number - 1], _SHORT[number - 1]
    head = rf"\b(?i:{_IN})[\s-]+(?i:the\s+)?(?i:{_PART}[\s-]+)?"
    with_year = r"(?:of\s+)?(?:1[0-9]|20)[0-9]{2}\b"
    if number in _NAMES:
        sure = r"(?i:in|during|throughout|early|mid|late|last|next|this|as\s+early\s+as|month\s+of)"
        follows = r"(?!['\u2019]s?|\s+(?!the\b)[A-Z])"
        any_case = "(?i:may)" if number == 5 else name
        forms = (
            rf"\b{sure}[\s-]+(?:(?i:early|mid|late)[\s-]+)?(?:{any_case}|{short}\.?)\b{follows}",
            rf"{head}{name}\b{_BEHIND}",
            rf"\b(?:{name}|{short}\.?),?\s+{with_year}",
        )
        strict = "|".join(forms)
        return re.compile(rf"{strict}|^\s*{name}\s*$"), re.compile(strict)
    strict = rf"{head}(?:{name}|{short}\b\.?)\b|\b(?:{name}|{short}\.?),?\s+{with_year}"
    return re.compile(rf"{strict}|\b{name}\b|^\s*{short}\.?\s*$"), re.compile(strict)


_PATTERNS = [_month_patterns(number) for number in range(1, 13)]
_NEEDLES = [name[:3] for name in MONTHS]


def false_precision(timeline: Timeline, _ctx: CheckContext) -> Iterator[Finding]:
    """Find exact days that the words of a claim do not bear out."""
    if not is_english(timeline):
        return
    for position, event in enumerate(timeline.events):
        for number, claim in enumerate(event.claims):
            when = claim.when
            if when is None or (claim.phrase is None and claim.quote is None):
                continue
            ordinal = when.ordinal
            found = None if ordinal is None else _vague(claim, ordinal)
            if found is not None and claim.modality is not Modality.DENIED and not _is_approximate(when):
                path = ("events", position, "claims", number, "when")
                yield Finding(message=_message(when, *found), event_id=event.id, path=path)
        if event.own_when is not None and event.claims:
            yield from _of_event(event, position, event.own_when)


def _of_event(event: Event, position: int, when: When) -> Iterator[Finding]:
    """The editor's own day, if no claim may give it."""
    ordinal = when.ordinal
    if ordinal is None or _is_approximate(when):
        return
    first = None
    for claim in event.claims:
        words = claim.phrase or claim.quote
        # A claim that has a day of its own, or no words at all, may be where the editor has it from.
        if words is None or (claim.when is not None and claim.when.ordinal is not None):
            return
        if _tells_day(claim):
            return
        first = first or _vague(claim, ordinal)
    if first is not None and event.outcome is None:
        yield Finding(message=_message(when, *first), event_id=event.id, path=("events", position, "when"))


def _tells_day(claim: Claim) -> bool:
    """Whether the phrase or quote of a claim may tell a day."""
    return any(text is not None and _TELLS_DAY.search(text) for text in (claim.phrase, claim.quote))


def _is_approximate(when: When) -> bool:
    """Whether a day only stands for the time around it, and says so."""
    return bool(when.qualifiers & {Qualifier.APPROXIMATE, Qualifier.BOTH})


def _message(when: When, name: str, words: str, expected: str) -> str:
    return f"found the day {when}, but the {name} says only {shown(words)}; expected {expected}"


@functools.lru_cache(maxsize=4096)
def _needles(ordinal: int) -> tuple[str, str]:
    """The first letters of the month of a day, and its year."""
    day = from_ordinal(ordinal)
    return _NEEDLES[day.month - 1], f"{day.year:04}"


def _vague(claim: Claim, ordinal: int) -> tuple[str, str, str] | None:
    """The field that says less than a day, its words, and the date that it gives; None if there is none."""
    name, text = ("phrase", claim.phrase) if claim.phrase is not None else ("quote", claim.quote)
    assert text is not None
    # Cheap first: the letters of its own month, its year, or of a season.
    needle, year = _needles(ordinal)
    has_month = needle in text or (needle == "May" and "may" in text)
    has_year = year in text
    has_season = "pring" in text or "ummer" in text or "utumn" in text or "inter" in text or "fall" in text
    has_span = name == "phrase" and ("month" in text or "year" in text or "decade" in text)
    if not (has_month or has_year or has_season or has_span):
        return None
    day = from_ordinal(ordinal)
    if not isinstance(day, date):
        return None
    if has_month or has_season or has_year:
        found = _said(text, day, is_phrase=name == "phrase", has_month=has_month, has_season=has_season)
    else:
        found = _relative(text)
    if found is None or _tells_day(claim):
        return None
    is_last = from_ordinal(ordinal + 1).day == 1
    if (is_last and _END.search(text)) or (day.day == 1 and _START.search(text)):
        return None
    return name, *found


def _relative(text: str) -> tuple[str, str] | None:
    """The words of a phrase that say a month or year by where it lies."""
    # Cheap first: a part of each word that it may begin with.
    if not any(part in text for part in ("arl", "id", "ate", "his", "ast", "ext", "hat")):
        return None
    match = _RELATIVE.search(text)
    return (
        None
        if match is None or _ANY_MONTH.search(text)
        else (match[0].strip(), "what it says: a month, a year or the like")
    )


def _said(text: str, day: date, *, is_phrase: bool, has_month: bool, has_season: bool) -> tuple[str, str] | None:
    """The words that say the month, season or year of a day, and these as EDTF."""
    match = _PATTERNS[day.month - 1][0 if is_phrase else 1].search(text) if has_month else None
    if match is not None:
        return match[0].strip(), f"the month, {day.year:04}-{day.month:02}"
    match = (_SEASON_PHRASE if is_phrase else _SEASON_QUOTE).search(text) if has_season else None
    if match is not None:
        return match[0].strip(), "the season, such as 2024-21 for spring 2024"
    if _ANY_MONTH.search(text):
        return None  # it speaks of another month
    year = f"{day.year:04}"
    if year in text:
        before = r"\b" if is_phrase else rf"\b{_IN}[\s-]+(?:the\s+year\s+)?(?:(?:early|mid|late)[\s-]+)?"
        match = re.search(rf"{before}{year}\b(?![-/.,]?[0-9])", text, re.IGNORECASE)
        if match is not None:
            return match[0].strip(), f"the year, {year}"
    return _relative(text) if is_phrase else None
