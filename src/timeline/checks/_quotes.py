"""TL201: a quote that is not in the stored text of its source."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from timeline.checks._seam import CheckContext, Finding, Severity
from timeline.checks._text_values import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from timeline.model import Event, Timeline

_MARKS = {
    **dict.fromkeys(
        map(
            ord,
            "\"'`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2032\u2033\u2035\u2036\u00ab\u00bb\u2039\u203a\u02bc\u02b9\uff02\uff07",
        ),
        "'",
    ),
    **dict.fromkeys(map(ord, "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), "-"),
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff")),
}
_DASH = re.compile(r" ?-[- ]*")
_QUOTES = re.compile(r"''+")
_GAP = re.compile(r"\[ ?\.\.\. ?\]|\.\.\.+|\( ?\.\.\. ?\)|\. \. \.")
_INSERTED = re.compile(r"\[[^\[\]]{0,200}\]")
_WORD = re.compile(r"\w+")

_KEY = 12  # letters by which a quote is looked up in a text that is searched often
_SEARCHED = 1000  # times a text is searched from end to end, after which an index has cost less
_AHEAD = 2000  # characters behind the last quote that are searched first
_SAME = 32  # places with the same letters, at most, that are tried one by one
_CLOSEST = 100  # quotes of which the closest passage is looked for: the rest of a wrong source needs none
_LONGEST = 300  # characters of a quote that are compared with a passage
_NEAR = 0.6  # how like the passage must be, as difflib counts


def plain(text: str) -> str:
    """A text with its quotation marks, dashes, apostrophes and blanks made equal."""
    # Marks first: of some, NFKC makes a blank and an accent.
    text = unicodedata.normalize("NFKC", text.translate(_MARKS)) if not text.isascii() else text.replace('"', "'")
    # A text that can be printed has no blanks but spaces.
    if "  " in text or not text.isprintable() or text[:1] == " " or text[-1:] == " ":
        text = " ".join(text.split())
    if "-" in text:
        text = _DASH.sub("-", text)
    return _QUOTES.sub("'", text.replace("`", "'")) if "''" in text or "`" in text else text


class _Text:
    """The stored text of a source, made plain."""

    def __init__(self, text: str) -> None:
        self.text = plain(text)
        self._searched = 0
        self._last = 0
        self._starts: dict[str, list[int]] | None = None
        self._words: defaultdict[str, list[int]] | None = None

    def find(self, piece: str) -> int:
        """One of the places where a piece begins; -1 if it is not there."""
        # Who takes an article apart quotes it from top to bottom.
        found = self.text.find(piece, self._last, self._last + len(piece) + _AHEAD)
        if found < 0:
            found = self._find_anywhere(piece)
        self._last = max(found, 0)
        return found

    def _find_anywhere(self, piece: str) -> int:
        if len(piece) >= _KEY and self._searched > _SEARCHED * len(self.text):
            if self._starts is None:
                self._starts = self._index()
            places = self._starts.get(piece[:_KEY], [])
            for place in places if len(places) <= _SAME else ():
                if self.text.startswith(piece, place):
                    return place
        found = self.text.find(piece)
        self._searched += len(self.text) if found < 0 else found
        return found

    def _index(self) -> dict[str, list[int]]:
        """Where words begin, by the letters from there on: quotes begin with a word."""
        starts: defaultdict[str, list[int]] = defaultdict(list)
        for match in _WORD.finditer(self.text):
            starts[self.text[match.start() : match.start() + _KEY]].append(match.start())
        return dict(starts)

    def holds(self, quote: str) -> bool:
        """Whether the pieces of a quote follow each other in the text."""
        if "[" not in quote and ".." not in quote and ". ." not in quote:
            return self.find(quote.strip(" '")) >= 0
        return self._in_order(_GAP.split(quote)) or (
            # "[T]he minister" and "[Putin] said": what an editor put in brackets is not of the source.
            "[" in quote and self._in_order([part for piece in _GAP.split(quote) for part in _INSERTED.split(piece)])
        )

    def _in_order(self, pieces: list[str]) -> bool:
        at = 0
        for piece in pieces:
            bare = piece.strip(" '")
            found = self.text.find(bare, at) if bare else at
            if found < 0:
                return False
            at = found + len(bare)
        return True

    def closest(self, quote: str) -> str | None:
        """The passage most like a quote; None if none is near."""
        if self._words is None:
            self._words = defaultdict(list)
            for match in _WORD.finditer(self.text):
                self._words[match[0].casefold()].append(match.start())
        quote = quote[:_LONGEST]
        votes: Counter[int] = Counter()
        size = max(16, len(quote) // 2)
        for match in _WORD.finditer(quote):
            places = self._words.get(match[0].casefold(), ())
            # A word that is everywhere says nothing of where.
            for place in places if len(places) <= 200 else ():
                votes[(place - match.start()) // size] += 1
        if not votes:
            return None
        best = max(votes, key=lambda bucket: (votes[bucket] + votes.get(bucket + 1, 0), -bucket))
        start = max(0, best * size - 10)
        window = self.text[start : start + len(quote) + 2 * size + 20]
        blocks = [
            block
            for block in difflib.SequenceMatcher(None, quote, window, autojunk=False).get_matching_blocks()
            if block.size > 2
        ]
        if not blocks:
            return None
        first, last = blocks[0], blocks[-1]
        begin = max(0, first.b - first.a)
        end = min(len(window), last.b + len(quote) - last.a)
        # Whole words are easier to read.
        begin = window.rfind(" ", 0, begin + 1) + 1
        end = len(window) if window.find(" ", end) < 0 else window.find(" ", end)
        passage = window[begin:end]
        like = difflib.SequenceMatcher(None, quote, passage, autojunk=False).ratio()
        return passage if like >= _NEAR else None


class _Texts:
    """The stored texts of a timeline's sources, and which of them are missing."""

    def __init__(self, timeline: Timeline, stored: Mapping[str, str]) -> None:
        self._stored = stored
        self.texts = {source.id: _Text(stored[source.id]) for source in timeline.sources if source.id in stored}
        self.missing: set[str] = set()
        self._folded: dict[str, _Text] = {}
        self._known: dict[tuple[str, str], bool] = {}
        self._closest_left = _CLOSEST

    def has(self, source: str, text: str) -> bool:
        """Whether a source has a quote."""
        stored = self.texts.get(source)
        if stored is None:
            self.missing.add(source)
            return True
        return stored.holds(plain(text))

    def has_words(self, source: str, text: str) -> bool:
        """Whether a source has words of time or of a condition: they may begin a sentence here and not there."""
        known = self._known.get((source, text))
        if known is None:
            known = self.has(source, text)
            if not known:
                if source not in self._folded:
                    self._folded[source] = _Text(self._stored[source].casefold())
                known = self._folded[source].holds(plain(text.casefold()))
            self._known[source, text] = known
        return known

    def closest(self, source: str, text: str) -> str:
        """The passage of a source that is most like a text, in words of a message; empty if none is near."""
        self._closest_left -= 1
        near = self.texts[source].closest(plain(text)) if self._closest_left >= 0 else None
        return f"; the closest passage is {shown(near, _LONGEST)}" if near else ""


def quote_not_found(timeline: Timeline, ctx: CheckContext) -> Iterator[Finding]:
    """Find quotes, words of time and conditions that their source does not have."""
    if ctx.texts is None:
        return
    texts = _Texts(timeline, ctx.texts)
    for position, event in enumerate(timeline.events):
        for number, claim in enumerate(event.claims):
            source = claim.source
            if claim.quote is not None and not texts.has(source, claim.quote):
                yield _finding(event, source, ("events", position, "claims", number, "quote"), claim.quote, texts)
            if claim.phrase is not None and not texts.has_words(source, claim.phrase):
                yield _finding(event, source, ("events", position, "claims", number, "phrase"), claim.phrase, texts)
            if claim.condition is not None and not texts.has_words(source, claim.condition):
                yield _finding(
                    event, source, ("events", position, "claims", number, "condition"), claim.condition, texts
                )
        outcome = event.outcome
        if outcome is not None and outcome.quote is not None and not texts.has(outcome.source, outcome.quote):
            yield _finding(event, outcome.source, ("events", position, "outcome", "quote"), outcome.quote, texts)
    for owner in timeline.sources:
        if owner.id in texts.missing:
            yield Finding(
                message=f"source {owner.id} has no stored text: what is quoted from it was not compared",
                path=("sources", owner.id),
                severity=Severity.NOTE,
            )


def _finding(event: Event, source: str, path: tuple[str | int, ...], text: str, texts: _Texts) -> Finding:
    return Finding(
        message=f"found no {path[-1]} {shown(text)} in the stored text of {source}, expected the exact words"
        f"{texts.closest(source, text)}",
        event_id=event.id,
        path=path,
    )
