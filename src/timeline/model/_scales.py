"""Words of likelihood and grades of reliability, read on the scales that define them.

A word on a scale is an interval, never a point. A word on none ("might", "could")
has no number, and none is made up for it.

The likelihoods are those of Intelligence Community Directive 203 (2 January 2015), D.6.e(2)(a);
the grades are those of the Admiralty code (NATO AJP-2.1). Both are also the CC0 vocabularies
"estimative-language" and "admiralty-scale" of the MISP taxonomies.
"""

from __future__ import annotations

import re

import attrs

ICD_203 = "ICD 203"
PERCENT = "percent"
ADMIRALTY = "Admiralty"


@attrs.frozen(kw_only=True)
class Estimate:
    """How likely, as a word or number of a scale says.

    Attributes:
        word: What the source said.
        term: The first of the scale's own words for it; for a percentage, the number.
        scale: ``ICD 203``, or ``percent`` if the source gave a number.
        low: The lowest probability that it means, 0 to 1.
        high: The highest.
    """

    word: str
    term: str
    scale: str
    low: float
    high: float

    @property
    def is_number(self) -> bool:
        """Whether the source gave the number itself."""
        return self.scale == PERCENT

    def __str__(self) -> str:
        """``likely: 55 to 80 % (ICD 203)``."""
        low, high = (f"{value * 100:.10g}" for value in (self.low, self.high))
        bounds = f"{low} %" if self.low == self.high else f"{low} to {high} %"
        return bounds if self.is_number else f"{self.term}: {bounds} ({self.scale})"


@attrs.frozen(kw_only=True)
class Grade:
    """How far a source is reliable, or a claim credible, on the Admiralty scale.

    Attributes:
        code: A to G for a source, 1 to 6 for what it says.
        meaning: What the code stands for.
        scale: ``Admiralty``.
    """

    code: str
    meaning: str
    scale: str = ADMIRALTY

    def __str__(self) -> str:
        """``B: usually reliable (Admiralty)``."""
        return f"{self.code}: {self.meaning} ({self.scale})"


# Lowest and highest probability in percent, and the words, the scale's first first.
_LIKELIHOODS = (
    (1, 5, ("almost no chance", "remote", "remote chance")),
    (5, 20, ("very unlikely", "highly improbable", "highly improbably")),
    (20, 45, ("unlikely", "improbable", "improbably")),
    (45, 55, ("roughly even chance", "roughly even odds", "even chance", "even odds")),
    (55, 80, ("likely", "probable", "probably")),
    (80, 95, ("very likely", "highly probable", "very probable", "very probably")),
    (95, 99, ("almost certain", "almost certainly", "nearly certain", "nearly certainly")),
)
_BANDS = {word: (words[0], low, high) for low, high, words in _LIKELIHOODS for word in words}
_NUMBER = r"(\d{1,3}(?:[.,]\d+)?)"
_PERCENT = re.compile(
    rf"{_NUMBER}(?:\s*(?:%|per ?cent)?\s*(?:-|\u2013|to)\s*{_NUMBER})?\s*(?:%|per ?cent)"
    r"(?:\s+(?:chance|likelihood|probability|likely|probable))?",
    re.IGNORECASE,
)

_RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
    "G": "deliberately deceptive",
}
_CREDIBILITY = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}


def read_likelihood(text: str) -> Estimate | None:
    """What a word of likelihood means on a scale; None if it is on none.

    Args:
        text: The source's own word, and nothing else: "likely", "70 %", "60 to 70 percent".
    """
    plain = " ".join(text.casefold().split())
    if plain in _BANDS:
        term, low, high = _BANDS[plain]
        return Estimate(word=text, term=term, scale=ICD_203, low=low / 100, high=high / 100)
    match = _PERCENT.fullmatch(plain)
    if match is None:
        return None
    first, last = (float(number.replace(",", ".")) for number in (match[1], match[2] or match[1]))
    if not first <= last <= 100:
        return None
    term = f"{first:.10g}" if first == last else f"{first:.10g}-{last:.10g}"
    return Estimate(word=text, term=term, scale=PERCENT, low=first / 100, high=last / 100)


def read_reliability(text: str) -> Grade | None:
    """The grade of a source, of a code A to G or its meaning; None if it is neither."""
    return _grade(text, _RELIABILITY)


def read_credibility(text: str) -> Grade | None:
    """The grade of a claim, of a code 1 to 6 or its meaning; None if it is neither."""
    return _grade(text, _CREDIBILITY)


def _grade(text: str, grades: dict[str, str]) -> Grade | None:
    plain = " ".join(text.split())
    for code, meaning in grades.items():
        if plain.upper() == code or plain.casefold() == meaning:
            return Grade(code=code, meaning=meaning)
    return None
