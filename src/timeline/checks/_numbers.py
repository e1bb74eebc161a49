"""TL202: numbers that contradict themselves.

The rule began with its seed: "1,376 km² (531 mi²)" and "over 40%" of 1,376 to 800 are right (41.86 %).
It has to be silent there.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from timeline.checks import _quantities as quantities
from timeline.checks._pairs import claims_apart
from timeline.checks._quantities import DIGITS, HEDGE, SCALE, SPACE, UNIT, Number, Unit
from timeline.checks._seam import CheckContext, Finding
from timeline.checks._text_values import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.model import Event, Timeline

    Ranges = list[tuple[float, float]]

_S = rf"{SPACE}{{0,3}}"
_HEDGED = rf"(?:{HEDGE}\s{{0,3}})"
_MINUS = r"[-\u2212\u2013]?"

# All patterns but those that begin with a word are matched where a number begins, and nowhere else.
_CONVERTED = re.compile(
    rf"(?P<number>{DIGITS}){_S}(?P<scale>{SCALE})?{_S}-?(?P<unit>{UNIT})"
    rf"{_S}(?P<open>[(\[/]|,?\sor\s){_S}(?P<hedge2>{_HEDGED})?(?P<minus2>{_MINUS})(?P<number2>{DIGITS})"
    rf"{_S}(?P<scale2>{SCALE})?{_S}-?(?P<unit2>{UNIT})(?P<close>{_S}[)\];,/])?",
    re.IGNORECASE,
)
# The number is the end of a longer one: "5 ft 10 in (178 cm)", "10 to 15 km (9 mi)", "3 x 5 m".
_GOES_ON = re.compile(
    r"(?:[0-9]\s*(?:ft|feet|foot|yards?|miles?|st|stone|lbs?|pounds?|'|\u2032|\u00b0)\s*(?:and\s+)?"
    r"|[0-9][^.;()]{0,12}\b(?:to|and|by|or|x)\s*|\bminus\s*|[0-9]\s*[-\u2013\u2014\u00d7]\s*)$",
    re.IGNORECASE,
)
_SMALLER = re.compile(
    r"\s*(?:and\s+)?[0-9]+(?:\.[0-9]+)?\s*(?:in|inch|inches|oz|ounces|lbs?|pounds|ft|feet|\"|\u2033)(?!\w)"
)
_CONVERSION_NEAR = re.compile(r"(?:[(\[/]|\bor\s)[^0-9]{0,24}[0-9]")

_P = rf"(?P<phedge>{_HEDGED})?(?<![\w.,])(?P<percent>[0-9]{{1,4}}(?:[.,][0-9]{{1,4}})?){_S}(?:%|per\s?cent\b|pct\b)"
_WORDS = r"(?:\s+(?!(?:from|to|of|and|or|in|on)\b)[^\W\d][\w²³'\u2019-]{0,25})"
_MONEY = r"(?:[$€£]|US\$|USD\s|EUR\s)?"


def _number(name: str) -> str:
    """A number that is no percentage."""
    return rf"(?P<{name}>{DIGITS})(?:{_S}(?P<{name}scale>{SCALE}))?(?!{_S}(?:%|per\s?cent|pct))"


def _hedged(name: str) -> str:
    """The same with the word before it."""
    return rf"(?P<{name}hedge>{_HEDGED})?{_MONEY}{_number(name)}"


_CHANGE = (
    r"(?:rise|increase|gain|growth|jump|fall|drop|decline|decrease|loss|reduction|cut|change|difference|surge|plunge)"
)
_CHANGED = (
    r"(?:by|of|down|up|rose|fell|grew|dropped|shrank|declined|increased|decreased|climbed|jumped|lost|gained|cut)"
)
_LINKS = (
    r"(?:(?:an?|or|by|down|up|which|is|was|that|i\.e\.|representing|equal|to|the|overall"
    rf"|{_CHANGE}|of)\s+)"
)
# The percentage must be tied to the change: in a bracket, by a word, or as "25 % more".
_LINK = (
    rf"(?:\s*[(\u2013\u2014]\s*{_LINKS}{{0,6}}|\s*[,;]?\s+{_LINKS}{{1,6}}"
    rf"|,?\s+(?=\S{{1,12}}\s?(?:%|per\s?cent|percent)\s+(?:more|less|fewer|higher|lower|{_CHANGE})\b))[+\u2212-]?"
)
_NO_POINTS = r"(?!\s*-?points?\b)"
_OF = r"\s+of\s+(?:(?:the|its|their|all|a\s+total\s+of|some)\s+){0,2}"
_CLOSE = r"\s*(?:[),.;]|$)"
_FROM_TO = re.compile(
    rf"\bfrom\s+{_hedged('a')}{_WORDS}{{0,3}}\s+to\s+{_hedged('b')}{_WORDS}{{0,3}}{_LINK}{_P}{_NO_POINTS}(?!\s+of\b)",
    re.IGNORECASE,
)
_BY_FROM_TO = re.compile(
    rf"\b{_CHANGED}\s+{_P}{_NO_POINTS}(?:\s*,)?{_WORDS}{{0,3}}\s+from\s+{_hedged('a')}{_WORDS}{{0,3}}\s+to\s+{_hedged('b')}",
    re.IGNORECASE,
)
_A_OF_B = re.compile(
    rf"{_number('a')}{_WORDS}{{0,3}}(?:\s+out)?{_OF}{_hedged('b')}{_WORDS}{{0,4}}\s*(?:\(|,\s*or\s+){_P}\s*[),.;]",
    re.IGNORECASE,
)
_P_OF_A = re.compile(
    rf"(?P<percent>[0-9]{{1,4}}(?:[.,][0-9]{{1,4}})?){_S}(?:%|per\s?cent\b|pct\b){_OF}{_hedged('a')}(?P<anoun>{_WORDS}{{0,3}})"
    rf"\s*(?:\(|,\s*or\s+|,\s*i\.e\.,?\s+|\s=\s){_hedged('b')}(?P<bnoun>{_WORDS}{{0,3}}){_CLOSE}",
    re.IGNORECASE,
)
_B_P_OF_A = re.compile(
    rf"{_number('b')}(?P<bnoun>{_WORDS}{{0,3}})\s*(?:\(|,\s*or\s+){_P}{_OF}{_hedged('a')}(?P<anoun>{_WORDS}{{0,3}}){_CLOSE}",
    re.IGNORECASE,
)
_PERCENT_OF = re.compile(r"(?:%|\b(?:per\s?cent|pct))\s+of\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_MONTH = re.compile(r"\s*(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")
_YEAR = re.compile(r"(?:1[5-9]|20|21)[0-9]{2}")
_DIGIT = re.compile("[0-9]")


def number_contradiction(timeline: Timeline, _ctx: CheckContext) -> Iterator[Finding]:
    """Find numbers that contradict themselves, or another claim of the same source."""
    has_digit = _DIGIT.search
    for position, event in enumerate(timeline.events):
        numbered = []
        head = ("events", position)
        for name, text in (("title", event.title), ("text", event.text)):
            if text is not None and has_digit(text):
                yield from _own(event, (*head, name), text)
        for number, claim in enumerate(event.claims):
            if claim.quote is not None and has_digit(claim.quote):
                numbered.append(number)
                yield from _own(event, (*head, "claims", number, "quote"), claim.quote)
        if len(numbered) > 1:
            yield from claims_apart(event, position, numbered)
        outcome = event.outcome
        if outcome is not None and outcome.quote is not None and has_digit(outcome.quote):
            yield from _own(event, (*head, "outcome", "quote"), outcome.quote)


def _own(event: Event, path: tuple[str | int, ...], text: str) -> Iterator[Finding]:
    """What is wrong in one text by its own arithmetic."""
    if ("(" in text or "/" in text or "[" in text or " or " in text) and _CONVERSION_NEAR.search(text):
        end = 0
        for start in quantities.starts(text, signed=True):
            match = _CONVERTED.match(text, start) if start >= end else None
            end = end if match is None else match.end("number")
            message = None if match is None else _conversion(match, text)
            if message is not None:
                yield Finding(message=message, event_id=event.id, path=path)
    if "%" in text or "cent" in text or "CENT" in text or " pct" in text:
        for message in _percentages(text):
            yield Finding(message=message, event_id=event.id, path=path)


def _conversion(match: re.Match[str], text: str) -> str | None:
    """What is wrong with "1,376 km² (531 mi²)"; None if nothing is."""
    unit, other = quantities.read_unit(match["unit"]), quantities.read_unit(match["unit2"])
    if unit is None or other is None or not _are_conversions(match, unit, other):
        return None
    start = match.start()
    is_minus = start > 0 and text[start - 1] in "-\u2212\u2013"
    if is_minus:
        start -= 1
    if _GOES_ON.search(text[max(0, start - 24) : start]) or _SMALLER.match(text, match.end("unit2")):
        return None
    first = quantities.read_number(match["number"], match["scale"], quantities.hedge_before(text, start))
    second = quantities.read_number(match["number2"], match["scale2"], match["hedge2"])
    # The first number is the source's and rounded little; the other was made of it and may have one digit.
    given = _signed(quantities.bounds(first, cap=0.03), is_minus=is_minus)
    made = _signed(quantities.bounds(second, cap=0.25), is_minus=bool(match["minus2"]))
    if quantities.meet(quantities.convert(given, unit, other), made):
        return None
    exact = quantities.convert(_signed([(first.values[0],) * 2], is_minus=is_minus), unit, other)
    value = exact[-1][0] if unit.dimension == quantities.TEMPERATURE else exact[0][0]
    right = f"{_round(value / quantities.scale_of(match['scale2']), second)} {match['unit2']}"
    return f"found {shown(match[0].strip())}; expected {right} for {match['number']} {match['unit']}"


def _signed(ranges: Ranges, *, is_minus: bool) -> Ranges:
    return [(-high, -low) for low, high in ranges] if is_minus else ranges


def _are_conversions(match: re.Match[str], unit: Unit, other: Unit) -> bool:
    """Whether two numbers with units are meant to be the same quantity."""
    if unit.dimension != other.dimension or unit == other:
        return False
    if unit.is_metric == other.is_metric and unit.dimension != "area":
        return False  # "a wall of 3 m (50 cm thick)"
    return match["open"] not in "([" or match["close"] is not None


def _round(value: float, like: Number) -> str:
    """A number to about as many digits as another."""
    place = like.places[0]
    digits = max(0, min(6, len(f"{place:.6f}".rstrip("0").partition(".")[2])))
    return f"{value:,.{digits}f}"


def _percentages(text: str) -> Iterator[str]:
    """What is wrong with the percentages of a text."""
    if "from" in text or "From" in text:
        for pattern in (_FROM_TO, _BY_FROM_TO):
            for change in pattern.finditer(text):
                yield from _change(change, text)
    if " of " not in text:
        return
    for start in quantities.starts(text):
        match = _A_OF_B.match(text, start)
        if match is not None and not _PERCENT_OF.search(text[max(0, start - 40) : start]):
            yield from _share(match, text, part="a", whole="b")
        for pattern in (_P_OF_A, _B_P_OF_A):
            match = pattern.match(text, start)
            if match is not None and (not match["bnoun"] or _last(match["anoun"]) == _last(match["bnoun"])):
                yield from _share(match, text, part="b", whole="a")


def _last(words: str) -> str:
    """The last of some words: the noun, as a rule."""
    return (words.casefold().split() or [""])[-1].removesuffix("s")


def _two(match: re.Match[str], text: str) -> tuple[Number, Number] | None:
    """The two numbers of a pattern; None if they may be years or days."""
    scale = match["bscale"]
    numbers = []
    for name in ("a", "b"):
        if _MONTH.match(text, match.end(name)) or _YEAR.fullmatch(match[name]):
            # A year that is a number of things is rare, and a wrong guess is a nuisance.
            return None
        own = match[f"{name}scale"]
        # "from 1.2 to 1.5 million"
        scaled = own or (scale if name == "a" else None)
        numbers.append(quantities.read_number(match[name], scaled, _hedge_of(match, name, text)))
    if not all(value > 0 for number in numbers for value in number.values):
        return None
    # Of "from 1,376 to 800" nobody means 1.376.
    pairs = ((one, other) for one in _readings(numbers[0]) for other in _readings(numbers[1]))
    return min(pairs, key=lambda pair: abs(math.log(pair[0].values[0] / pair[1].values[0])))


def _readings(number: Number) -> list[Number]:
    """A number for each of its readings."""
    parts = zip(number.values, number.steps, number.places, strict=True)
    return [number._replace(values=(value,), steps=(step,), places=(place,)) for value, step, place in parts]


def _hedge_of(match: re.Match[str], name: str, text: str) -> str:
    """The word before a number of a pattern, inside it or in front."""
    group = f"{name}hedge"
    return (match[group] or "") if group in match.re.groupindex else quantities.hedge_before(text, match.start())


def _change(match: re.Match[str], text: str) -> Iterator[str]:
    """From A to B is a change of P %."""
    two = _two(match, text)
    if two is None:
        return
    a, b = (quantities.bounds(number, cap=0.0) for number in two)
    ranges = []
    for low, high in a:
        for other_low, other_high in b:
            least, most = sorted((abs(other_low / high - 1), abs(other_high / low - 1)))
            ranges.append((0.0 if (other_low / high - 1) * (other_high / low - 1) < 0 else 100 * least, 100 * most))
    exact = 100 * abs(two[1].values[0] / two[0].values[0] - 1)
    yield from _compare(match, text, ranges, exact, f"from {match['a']} to {match['b']}")


def _share(match: re.Match[str], text: str, *, part: str, whole: str) -> Iterator[str]:
    """A of B is P %."""
    two = _two(match, text)
    if two is None:
        return
    numbers = dict(zip("ab", two, strict=True))
    parts, wholes = (quantities.bounds(numbers[name], cap=0.0 if part == "a" else 0.03) for name in (part, whole))
    if min(numbers[part].values) > max(numbers[whole].values):
        return
    ranges = [(100 * low / most, 100 * high / least) for low, high in parts for least, most in wholes]
    exact = 100 * numbers[part].values[0] / numbers[whole].values[0]
    yield from _compare(match, text, ranges, exact, f"{match[part]} of {match[whole]}")


def _compare(match: re.Match[str], text: str, ranges: Ranges, exact: float, what: str) -> Iterator[str]:
    """Whether a percentage may be one of ranges, as the word before it reads."""
    digits = match["percent"].replace(",", ".")
    value = float(digits)
    places = len(digits.partition(".")[2])
    # Multiples of ten are often round figures.
    half = 0.5 * 10.0**-places if places or value % 10 else 2.5
    words = _hedge_of(match, "p", text)
    hedge = quantities.read_hedge(words)
    low, high = value - half, value + half
    if hedge == ">":
        low, high = value - 0.5 * 10.0**-places, float("inf")
    elif hedge == "<":
        # "nearly 40 %" is not far below; "up to" and "less than" may be.
        is_near = re.search("nearly|almost|close|just", words, re.IGNORECASE)
        low, high = (0.85 * value if is_near else 0.0), value + 0.5 * 10.0**-places
    elif hedge == "~":
        low, high = min(low, 0.9 * value - 0.5), max(high, 1.1 * value + 0.5)
    if not any(start <= high + 1e-9 and low <= end + 1e-9 for start, end in ranges):
        yield f"found {shown(match[0].strip())}; expected {exact:.{max(1, places)}f} % for {what}"
