"""TL203: "now" in words that are old."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline.checks._seam import CheckContext, Finding
from timeline.checks._text_values import first_day, is_english, last_day
from timeline.when import Bound, from_ordinal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.model import Claim, Timeline
    from timeline.when import When

_NOW = re.compile(
    r"(?<![\w'\u2019-])"
    r"(?:(?:now(?!\s+(?:and\s+(?:then|again)|or\s+never|that)\b)|currently|nowadays|today|these\ days|at\ present)"
    r"|at\ the\ moment(?!\s+(?:of|when|that|he|she|it|they|we|I|the|an?)\b)"
    r"|at\ this\ (?:time|point|moment|stage|juncture))"
    r"(?![\w-])",
    re.IGNORECASE,
)
# "until now" ends a stretch and "a year from now" counts from it: neither says how things are. "Just now" is past.
_BEFORE = re.compile(r"(?:\b(?:until|till|by|to|before|from|every|just|than)|['\u2019]til)\s+$", re.IGNORECASE)
# USA Today and Apocalypse Now are names.
_NAME = re.compile(r"\b[A-Z]\w*\s+$")


def now_word(text: str | None) -> str | None:
    """The first word for "now" in an English text; None if there is none."""
    # Cheap first: most texts have none of these letters in a row.
    if text is None or not (
        "now" in text
        or "Now" in text
        or "oday" in text
        or "urrently" in text
        or "t present" in text
        or "t the moment" in text
        or "hese days" in text
        or "t this " in text
        or "NOW" in text
        or "ODAY" in text
    ):
        return None
    for match in _NOW.finditer(text):
        before = text[max(0, match.start() - 20) : match.start()]
        if _BEFORE.search(before) or (match[0] in ("Now", "Today") and _NAME.search(before)):
            continue
        return match[0]
    return None


def stale_now(timeline: Timeline, ctx: CheckContext) -> Iterator[Finding]:
    """Find words for "now" that are older than they may be."""
    if not is_english(timeline):
        return
    limit = 7 * ctx.stale_weeks
    today = ctx.now.date().toordinal()
    published = {source.id: source.published for source in timeline.sources}
    updated = None if timeline.updated is None else last_day(timeline.updated)
    is_old = updated is not None and today - updated >= limit
    for position, event in enumerate(timeline.events):
        if is_old:
            for name, text in (("title", event.title), ("text", event.text)):
                word = now_word(text)
                if word is not None:
                    yield Finding(
                        message=f'the {name} says "{word}", and the timeline was last changed on {timeline.updated}, '
                        f"at least {ctx.stale_weeks} weeks ago; expected a date in the place of the word",
                        event_id=event.id,
                        path=("events", position, name),
                    )
        for number, claim in enumerate(event.claims):
            name, word = "quote", now_word(claim.quote)
            if word is None:
                name, word = "phrase", now_word(claim.phrase)
            if word is None:
                continue
            why = _why(claim, published[claim.source], today, limit)
            if why is not None:
                yield Finding(
                    message=f'the {name} says "{word}", but {why}',
                    event_id=event.id,
                    path=("events", position, "claims", number, name),
                )


def _why(claim: Claim, published: When | None, today: int, limit: int) -> str | None:
    """Why the "now" of a claim is old; None if it may not be."""
    weeks = limit // 7
    said = claim.said or published
    latest = None if said is None else last_day(said)
    if latest is None:
        return None  # nobody knows when it was said
    spoken = f"it was said on {from_ordinal(latest).isoformat()} at the latest"
    appeared = None if published is None else first_day(published)
    # Of a speaker who is quoted with a date, everybody can tell when "now" was.
    is_speech = bool(claim.speakers) and _is_anchored(claim.when)
    if claim.said is not None and appeared is not None and appeared - latest >= limit and not is_speech:
        return (
            f"{spoken}, at least {weeks} weeks before its source was published ({published}): a stale restatement; "
            f"expected words that say which day is meant"
        )
    if today - latest >= limit and not _is_anchored(claim.when):
        found = "no date" if claim.when is None else f"the date {claim.when}, which runs on"
        return f"{spoken}, at least {weeks} weeks ago; found {found}, expected a date that says when it was so"
    return None


def _is_anchored(when: When | None) -> bool:
    """Whether a date says when "now" was: it has an end."""
    return when is not None and not isinstance(when.window[1], Bound)
