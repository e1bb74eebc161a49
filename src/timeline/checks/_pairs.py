"""TL202, across claims: two claims of one source with different numbers of the same thing."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from timeline.checks import _quantities as quantities
from timeline.checks._quantities import DIGITS, SCALE, SPACE, UNIT, Number
from timeline.checks._seam import Finding
from timeline.checks._text_values import shown
from timeline.model import Modality, compatible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.model import Claim, Event

_S = rf"{SPACE}{{0,3}}"
_QUANTITY = re.compile(
    rf"(?P<number>{DIGITS})(?:{_S}(?P<scale>{SCALE}))?"
    rf"(?:{_S}(?P<percent>%|per\s?cent\b|pct\b)|{_S}(?P<unit>{UNIT})|\s{{1,3}}(?P<noun>[^\W\d_][\w'\u2019-]{{0,30}}))?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s*(?:[-\u2013\u2014:/]\s*[0-9]|(?:to|or)\s+(?:\w+\s+)?[0-9])|-\w|(?:st|nd|rd|th|s)\b|[^\W\d]")
_MONTH = (
    "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    "|Nov(?:ember)?|Dec(?:ember)?)"
)
_MONTH_BEFORE = re.compile(rf"\b{_MONTH}\.?,?\s+$")
_MONTH_AFTER = re.compile(rf"\s*(?:of\s+)?{_MONTH}\b")
# "Resolution 2254", "No. 5", "Su-35": what has a name has no size.
_NAMED = re.compile(r"(?:\b[A-Z][\w.-]*|\bno\.?|\bnumber|#|\barticle|\bpage|\bday|\bphase|\bpoint)\s*$")
# A capital that only begins a sentence names nothing.
_NO_NAME = re.compile(
    r"\b(?:About|Approximately|Around|Roughly|Some|Nearly|Almost|Over|Than|Least|Most|To|Only|The|These|Those|All|And|But|By"
    r"|In|Of|Or|With|Killed|Another|We|They|He|She|It|US)\s*$",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\s*(?:[ap]\.?m\b|o'clock|hours?\s+(?:local|GMT|UTC|on)\b|GMT|UTC)", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[0-9]|20|21)[0-9]{2}")
_SMALL_WORDS = (
    "a an and are as at be been but by can could did do does for from had has have he her his if in into is it its may "
    "might more less of on or our said says she should since than that the their them then there they this to until us "
    "was we were which while who will with would you so not"
)
_NO_NOUN = frozenset(_SMALL_WORDS.split())
_DIGIT_BEFORE = re.compile(r"[0-9]\D{0,40}[(\[/]\s*\D{0,16}$")

# Words that say which of the numbers of a story it is: of two different ones both may be true.
_SIDES = {
    word: side
    for side, words in enumerate(
        (
            "killed kill kills dead died die deaths death fatalities fatality slain killing",
            "wounded wound injured injuries injuring hurt wounding casualties",
            "missing unaccounted",
            "captured capture captures seized seize prisoners taken took",
            "arrested arrest arrests detained detain",
            "displaced evacuated fled homeless evacuate",
            "rescued saved freed released liberated",
            "lost lose loses losing loss",
            "gained gain regained retook retaken recaptured recovered",
            "remaining remain remains left still",
            "downed shot intercepted destroyed",
            "launched fired",
            "initially originally first peak most",
            "planned expected projected wants hopes",
            "male men man boys",
            "female women woman girls",
            "children child minors",
            "soldiers troops servicemen",
            "civilians civilian",
            "north northern",
            "south southern",
            "east eastern",
            "west western",
            "total overall",
            "new additional another extra",
        )
    )
    for word in words.split()
}
_WORD = re.compile(r"[^\W\d_]{2,30}")
_LONGEST = 2000  # characters of a quote that are read
_REPRESENTATIVES = 8  # different numbers of one thing that a claim is compared with, at most


class _Quantity(NamedTuple):
    claim: int
    number: Number
    unit: str


def claims_apart(event: Event, position: int, numbered: Sequence[int]) -> Iterator[Finding]:
    """Find claims whose one number is not that of another claim of the same source.

    Args:
        event: The event.
        position: Its place in the timeline.
        numbered: The claims whose quotes have a digit.
    """
    sources = defaultdict(list)
    for number in numbered:
        sources[event.claims[number].source].append(number)
    for same in sources.values():
        if len(same) < 2:
            continue
        known: defaultdict[str, list[_Quantity]] = defaultdict(list)
        for number in same:
            claim = event.claims[number]
            found = None if claim.modality is Modality.DENIED else _only_quantity(claim.quote or "", number)
            if found is None:
                continue
            others = known[found.unit]
            other = next((other for other in others if _contradict(event, found, other)), None)
            if other is not None:
                yield _finding(event, position, found, other)
            elif len(others) < _REPRESENTATIVES and all(found.number.values != item.number.values for item in others):
                others.append(found)


def _only_quantity(quote: str, claim: int) -> _Quantity | None:
    """The one quantity of a quote; None if it has none or several."""
    found: tuple[re.Match[str], str] | None = None
    dimension = None
    quote = quote[:_LONGEST]
    end = 0
    for start in quantities.starts(quote):
        match = _QUANTITY.match(quote, start) if start >= end else None
        if match is None:
            continue
        end = match.end("number")
        unit, kind = _unit_of(match, quote)
        if unit is None:
            continue
        if found is not None and kind is not None and kind == dimension:
            if _DIGIT_BEFORE.search(quote[max(0, start - 64) : start]):
                continue  # the same in another unit
            return None
        if found is not None or not unit:
            return None
        dimension = kind
        found = match, unit
    if found is None:
        return None
    match, unit = found
    number = quantities.read_number(match["number"], match["scale"], quantities.hedge_before(quote, match.start()))
    return _Quantity(claim, number, unit)


def _unit_of(  # noqa: PLR0911 - one return for each kind of number
    match: re.Match[str], quote: str
) -> tuple[str | None, str | None]:
    """The unit or noun of a number and its dimension.

    None for what is no quantity, empty for one that cannot be compared.
    """
    end, start = match.end("number"), match.start("number")
    before = quote[max(0, start - 24) : start]
    money = before[-1:] if before[-1:] in ("$", "€", "£") else ""
    if (
        (_YEAR.fullmatch(match["number"]) and not (match["unit"] or match["percent"] or money))
        or _MONTH_BEFORE.search(before)
        or _MONTH_AFTER.match(quote, end)
        or _CLOCK.match(quote, end)
        or (_NAMED.search(before) and not _NO_NAME.search(before))
    ):
        return None, None
    if match["percent"]:
        return "%", None
    if match["unit"] and not quantities.is_weak(match["unit"]):
        unit = quantities.read_unit(match["unit"])
        return ("", None) if unit is None else (f"{unit.dimension} {unit.sizes[0]}", unit.dimension)
    if _RANGE.match(quote, end):
        return (None, None) if quote[end : end + 2] in ("st", "nd", "rd", "th") else ("", None)
    if money:
        return money, None
    noun = (match["noun"] or "").casefold()
    if not noun or noun in _NO_NOUN:
        return "", None
    return f"of {noun.removesuffix('s')}", None


def _contradict(event: Event, one: _Quantity, other: _Quantity) -> bool:
    """Whether two quantities of the same thing cannot both be right."""
    first, second = event.claims[one.claim], event.claims[other.claim]
    ranges = [_open(item.number) for item in (one, other)]
    if quantities.meet(*ranges) or not _are_of_one_day(event, first, second):
        return False
    if first.speakers and second.speakers and first.origin.casefold() != second.origin.casefold():
        return False  # two sides count differently
    words = [_words(claim) for claim in (first, second)]
    one_side, other_side = (frozenset(_SIDES[word] for word in own if word in _SIDES) for own in words)
    if transposed(one.number, other.number):
        return one_side <= other_side or other_side <= one_side
    return one_side == other_side and 2 * len(words[0] & words[1]) >= len(words[0] | words[1])


def _words(claim: Claim) -> frozenset[str]:
    return frozenset(_WORD.findall((claim.quote or "")[:_LONGEST].casefold())) - _NO_NOUN


def _open(number: Number) -> list[tuple[float, float]]:
    """The ranges of a number, with no end where "over" or "up to" stands before it."""
    ranges = quantities.bounds(number, cap=0.1)
    if number.hedge == ">":
        return [(low, float("inf")) for low, _ in ranges]
    if number.hedge == "<":
        return [(0.0, high) for _, high in ranges]
    return ranges


def _are_of_one_day(event: Event, first: Claim, second: Claim) -> bool:
    """Whether two claims may speak of the same time, and were made at the same."""
    if first.said is not None and second.said is not None and first.said != second.said:
        return False  # counts grow
    whens = [claim.when or event.when for claim in (first, second)]
    dates = [when for when in whens if when is not None]
    return len(dates) != 1 and (not dates or dates[0] == dates[1] or compatible(dates))


def transposed(one: Number, other: Number) -> bool:
    """Whether two numbers have the same digits, two neighbours of which have changed places."""
    a, b = (re.sub(r"\D", "", number.text) for number in (one, other))
    if len(a) != len(b) or a == b:
        return False
    places = [place for place in range(len(a)) if a[place] != b[place]]
    if len(places) != 2 or places[1] - places[0] != 1:
        return False
    left, right = places
    return a[left] == b[right] and a[right] == b[left]


def _finding(event: Event, position: int, one: _Quantity, other: _Quantity) -> Finding:
    first = event.claims[other.claim]
    why = "; two digits have changed places" if transposed(one.number, other.number) else ""
    return Finding(
        message=f"found {one.number.text} where claim {other.claim + 1} of the same source, {first.source}, says "
        f"{other.number.text}: {shown(first.quote or '')}{why}; expected the same number",
        event_id=event.id,
        path=("events", position, "claims", one.claim, "quote"),
    )
