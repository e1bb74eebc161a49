"""Numbers with units, as texts write them, and how far rounding lets them differ.

Factors are exact by definition: the international yard and pound of 1959 (0.9144 m and
0.45359237 kg), the US gallon of 231 cubic inches, the imperial gallon of 4.54609 l, the nautical
mile of 1,852 m.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOOT = 0.3048
_MILE = 1609.344
_POUND = 0.45359237

TEMPERATURE = "temperature"


class Unit(NamedTuple):
    """A unit: its dimension, its size in the base unit of that (or its possible sizes), and whether it is metric."""

    dimension: str
    sizes: tuple[float, ...]
    is_metric: bool


def _unit(dimension: str, *sizes: float, metric: bool = False) -> Unit:
    return Unit(dimension, sizes, metric)


# The spellings of a unit in regular expressions, long ones before those that they begin with.
_SPELLINGS: tuple[tuple[str, Unit], ...] = (
    (r"km/h|kph|kmph|kilomet(?:re|er)s?\s+(?:per|an)\s+hour", _unit("speed", 1, metric=True)),
    (r"m/s|met(?:re|er)s?\s+per\s+second", _unit("speed", 3.6, metric=True)),
    (r"mph|mi/h|miles?\s+(?:per|an)\s+hour", _unit("speed", _MILE / 1000)),
    (r"knots?|kn", _unit("speed", 1.852)),
    (r"km[²2]|sq\.?\s?km|square[\s-]kilomet(?:re|er)s?", _unit("area", 1e6, metric=True)),
    (r"mi[²2]|sq\.?\s?mi(?:les?)?|square[\s-]miles?", _unit("area", _MILE**2)),
    (r"m[²2]|sq\.?\s?m|square[\s-]met(?:re|er)s?", _unit("area", 1, metric=True)),
    (r"ft[²2]|sq\.?\s?(?:ft|feet)|square[\s-](?:feet|foot)", _unit("area", _FOOT**2)),
    (r"ha|hectares?", _unit("area", 1e4, metric=True)),
    (r"acres?", _unit("area", 4046.8564224)),
    (r"m[³3]|cubic[\s-]met(?:re|er)s?", _unit("volume", 1000, metric=True)),
    (r"ft[³3]|cu\.?\s?ft|cubic[\s-](?:feet|foot)", _unit("volume", 1000 * _FOOT**3)),
    (r"(?:[Ll]it(?:re|er)s?|[Ll])", _unit("volume", 1, metric=True)),
    (r"(?:(?:US|U\.S\.|imperial)\s+)?(?:gallons?|gal)", _unit("volume", 3.785411784, 4.54609)),
    (r"nautical[\s-]miles?|nmi|nm", _unit("length", 1852)),
    (r"km|kilomet(?:re|er)s?", _unit("length", 1000, metric=True)),
    (r"miles?|mi", _unit("length", _MILE)),
    (r"cm|centimet(?:re|er)s?", _unit("length", 0.01, metric=True)),
    (r"mm|millimet(?:re|er)s?", _unit("length", 0.001, metric=True)),
    (r"met(?:re|er)s?|m", _unit("length", 1, metric=True)),
    (r"feet|foot|ft", _unit("length", _FOOT)),
    (r"yards?|yds?", _unit("length", 3 * _FOOT)),
    (r"inch(?:es)?|in", _unit("length", _FOOT / 12)),
    (r"kg|kilos?|kilograms?", _unit("mass", 1, metric=True)),
    (r"pounds?|lbs?", _unit("mass", _POUND)),
    (r"(?:metric\s+tons?|tonnes?|t)", _unit("mass", 1000, metric=True)),
    # A ton is short, long or metric.
    (r"(?:short\s+|long\s+)?tons?", _unit("mass", 2000 * _POUND, 2240 * _POUND, 1000)),
    (r"grams?|g", _unit("mass", 0.001, metric=True)),
    (r"ounces?|oz", _unit("mass", _POUND / 16)),
    (r"°\s?C|degrees?\s+(?:Celsius|centigrade)|C", _unit(TEMPERATURE, 1, metric=True)),
    (r"°\s?F|degrees?\s+Fahrenheit|F", _unit(TEMPERATURE, 5 / 9)),
)
# What one letter or a word of English stands for is a unit beside a conversion only.
_WEAK = re.compile(r"(?:C|F|in|t|g|m|l|L|kn|nm|°\s?C|°\s?F)$")

_MATCHERS = [(re.compile(pattern, re.IGNORECASE if len(pattern) > 12 else 0), unit) for pattern, unit in _SPELLINGS]
_UNIT = "|".join(f"(?:{pattern})" for pattern, _ in _SPELLINGS)
# The longest spelling must win: "m" begins "mph", and the end of the word sees to it.
UNIT = rf"(?:{_UNIT})(?![\w²³])"

SPACE = "[ \u00a0\u2009\u202f]"
DIGITS = (
    rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,5}}(?:\.[0-9]{{1,6}})?|[0-9]{{1,3}}(?:\.[0-9]{{3}}){{1,5}}(?:,[0-9]{{1,6}})?"
    rf"|[0-9]{{1,3}}(?:{SPACE}[0-9]{{3}}){{1,5}}|[0-9]{{1,15}}(?:[.,][0-9]{{1,6}})?)(?![0-9]|[.,][0-9])"
)
SCALE = r"(?:thousand|million|billion|trillion|mln|bn)\b"
HEDGE = (
    r"(?:about|approximately|approx\.?|around|roughly|some|circa|ca?\.|(?:an?\s+)?estimated|nearly|almost|just\s+over"
    r"|just\s+under|over|more\s+than|at\s+least|no\s+(?:less|fewer)\s+than|at\s+most|up\s+to|no\s+more\s+than"
    r"|(?:less|fewer)\s+than|under|below|above|exceeding|well\s+over|close\s+to|[~≈><≥≤])"
)
_HEDGED_BEFORE = re.compile(rf"(?:\b|(?=[~≈><≥≤])){HEDGE}\s{{0,3}}(?:[$€£]|US\$)?$", re.IGNORECASE)
_RUN = re.compile("[0-9]+")
_JOINS = frozenset(".,:/#_-\u2013\u2014\u2212")

_SCALES = {"thousand": 1e3, "million": 1e6, "mln": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
_LOWER = re.compile(r"over|more|at\s+least|no\s+(?:less|fewer)|above|exceeding|>|≥", re.IGNORECASE)
_UPPER = re.compile(
    r"nearly|almost|under|at\s+most|up\s+to|no\s+more|(?<!no )(?:less|fewer)|below|<|≤|close\s+to", re.IGNORECASE
)


class Number(NamedTuple):
    """A number as written.

    Attributes:
        values: What it may be: "1.376" is 1.376 or 1,376.
        step: The place of its last digit that is not a trailing nought, of the first value: 100 in 800.
        place: The place of its last digit: 1 in 800.
        hedge: Which way it is open: "<" up to, ">" at least, "~" about, or "".
        text: As it stands there.
    """

    values: tuple[float, ...]
    steps: tuple[float, ...]
    places: tuple[float, ...]
    hedge: str
    text: str


def starts(text: str, *, signed: bool = False) -> Iterator[int]:
    """Where numbers begin that do not go on to the left: no end of a range, a date, an id or a longer number.

    Args:
        text: The text.
        signed: Whether those with a minus before them count.
    """
    for match in _RUN.finditer(text):
        start = match.start()
        before = text[start - 1] if start else " "
        if before in _JOINS:
            if not (signed and before in "-\u2013\u2212" and (start == 1 or text[start - 2] in " ([/")):
                continue
        elif before.isalnum():
            continue
        yield start


def hedge_before(text: str, start: int) -> str:
    """The word before a number that says how exact it is, or nothing."""
    match = _HEDGED_BEFORE.search(text[max(0, start - 20) : start])
    return match[0] if match else ""


def read_hedge(words: str | None) -> str:
    """Which way a number is open, by the word before it."""
    if not words or not words.strip():
        return ""
    if _UPPER.search(words):
        return "<"
    return ">" if _LOWER.search(words) else "~"


@functools.lru_cache(maxsize=4096)
def read_number(digits: str, scale: str | None = None, hedge: str | None = None) -> Number:
    """A number of its digits, the word of its scale and the word before it."""
    plain = re.sub(SPACE, " ", digits)
    readings = []
    separators = [char for char in plain if not char.isdigit()]
    if not separators:
        readings = [plain]
    elif separators[0] == " ":
        readings = [plain.replace(" ", "")]
        # "in 24 500 soldiers" may be two numbers.
        if len(separators) == 1:
            readings.append(plain.split(" ")[1])
    elif len(separators) > 1:
        thousands, last = separators[0], separators[-1]
        whole, _, rest = plain.rpartition(last) if last != thousands else (plain, "", "")
        readings = [whole.replace(thousands, "") + (f".{rest}" if rest else "")]
    else:
        whole, _, rest = plain.partition(separators[0])
        readings = [f"{whole}.{rest}"]
        # Three digits behind one comma or full stop are a thousand in one country and a fraction in another.
        if len(rest) == 3 and len(whole) <= 3 and not whole.startswith("0") and scale is None:
            readings.insert(0, whole + rest)
    factor = scale_of(scale)
    values, steps, places = [], [], []
    for text in readings:
        whole, _, rest = text.partition(".")
        place = 10.0 ** -len(rest)
        noughts = 0 if rest else len(whole) - len(whole.rstrip("0"))
        values.append(float(text) * factor)
        places.append(place * factor)
        steps.append(place * 10.0 ** (noughts if noughts < len(whole) else 0) * factor)
    shown = " ".join(filter(None, (digits, scale)))
    return Number(tuple(values), tuple(steps), tuple(places), read_hedge(hedge), shown)


def scale_of(word: str | None) -> float:
    """What a word such as million stands for; 1 for none."""
    return _SCALES[word.casefold()] if word else 1.0


@functools.lru_cache(maxsize=512)
def read_unit(text: str) -> Unit | None:
    """The unit of its spelling."""
    for pattern, unit in _MATCHERS:
        if pattern.fullmatch(text):
            return unit
    return None


def is_weak(text: str) -> bool:
    """Whether a spelling is a unit only where a conversion stands beside it."""
    return _WEAK.match(text) is not None


def bounds(number: Number, *, cap: float, about: float = 0.1) -> list[tuple[float, float]]:
    """The least and the most that a number may stand for, of each reading.

    Args:
        number: The number.
        cap: How far rounding to noughts may reach, as a part of the value; the last digit always does.
        about: How far "about" may.
    """
    found = []
    for value, step, place in zip(number.values, number.steps, number.places, strict=True):
        half = max(place / 2, min(step / 2, cap * abs(value)))
        low, high = value - half, value + half
        if number.hedge:
            reach = about * abs(value)
            # "Over 100" is 100 and some more in a conversion, and may be anything more in a sum.
            low = low if number.hedge == ">" else low - reach
            high = high if number.hedge == "<" else high + reach
        found.append((low, high))
    return found


def meet(first: list[tuple[float, float]], second: list[tuple[float, float]]) -> bool:
    """Whether of two lists of ranges any two have something in common, to the last bit of a float."""
    return any(
        low <= other_high + 1e-9 * abs(other_high) and other_low <= high + 1e-9 * abs(high)
        for low, high in first
        for other_low, other_high in second
    )


def convert(ranges: list[tuple[float, float]], unit: Unit, to: Unit) -> list[tuple[float, float]]:
    """Ranges in another unit of the same dimension; of a temperature also as a difference of two."""
    found = []
    for size in unit.sizes:
        for other in to.sizes:
            factor = size / other
            found += [(low * factor, high * factor) for low, high in ranges]
    if unit.dimension == TEMPERATURE:
        if unit.is_metric:
            found += [(low * 1.8 + 32, high * 1.8 + 32) for low, high in ranges]
        else:
            found += [((low - 32) / 1.8, (high - 32) / 1.8) for low, high in ranges]
    return found
