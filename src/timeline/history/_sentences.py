"""Changes in plain English.

Every change of a field has a sentence. What follows from the fields (the date, whether it is
disputed, the modality, the origins) comes first, for that is what readers care about.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

import attrs

from timeline.model import Claim, Media, Outcome
from timeline.when import Kind, Unit, When, numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.history._diff import EventChange, FieldChange
    from timeline.model import Event, Source

    Box = tuple[float, float]

_ROOM = 160
_CONTEXT = 40
_LINE_ENDS = re.compile(r"\s*[\r\n]\s*")

# What the fields of a claim are called; those of other records go by their own names.
_CLAIM_WORDS = {
    "said": "the time it was said",
    "recorded": "the time it was recorded",
    "when": "its date",
    "phrase": "its words of time",
    "via": "its relays",
    "condition_event": "the event that is its condition",
}
_OUTCOME_WORDS = {
    "decided": "the day it was decided",
    "when": "its date",
    "by": "the event in its place",
}
_ORDINALS = (
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
)


def of_fields(changes: Sequence[FieldChange]) -> tuple[str, ...]:
    """The sentences of plain fields."""
    return tuple(_field(change) for change in changes)


def of_event(change: EventChange) -> tuple[str, ...]:
    """The sentences of an event, first those of what follows for its date and the rest."""
    return tuple(_of_event(change))


def source_words(source: Source) -> str:
    """A source by its id and what else names it: ``article (Reuters, “Talks begin”)``."""
    known = [source.publisher or source.author, source.title and text_words(source.title)]
    words = ", ".join(filter(None, known)) or source.url
    return f"{source.id} ({words})" if words else source.id


def _of_event(change: EventChange) -> Iterator[str]:
    before, after = change.before, change.after
    yield from _date(before, after)
    if before.derivation.disputed != after.derivation.disputed:
        yield "the date is now disputed" if after.derivation.disputed else "the date is no longer disputed"
    if before.modality is not after.modality:
        was = "" if before.modality is None else f", was {before.modality.word}"
        is_ = "stated by the editor alone" if after.modality is None else after.modality.word
        yield f"now {is_}{was}"
    if before.stated is after.stated:
        # Of another modality the origins are others too, and nobody took anything back.
        yield from _origins(before, after)
    yield from _outcome(change.fields)
    for field in change.fields:
        if field.path[0] not in ("claims", "outcome", "when"):
            yield _field(field)
    yield from _claims(change)


def _outcome(fields: Sequence[FieldChange]) -> Iterator[str]:
    """The sentence of the outcome."""
    changes = [field for field in fields if field.path[0] == "outcome"]
    if len(changes) == 1 and len(changes[0].path) == 1:
        (whole,) = changes
        if whole.after is None:
            yield f"the outcome is withdrawn: {outcome_words(whole.before)}"
        else:
            yield f"outcome: {outcome_words(whole.after)}"
    elif changes:
        yield f"the outcome changed: {_their(changes, _OUTCOME_WORDS)}"


def _claims(change: EventChange) -> Iterator[str]:
    """The sentences of claims."""
    after = change.after.claims
    edited: defaultdict[int, list[FieldChange]] = defaultdict(list)
    for field in change.fields:
        if field.path[0] == "claims" and len(field.path) == 3:
            edited[int(field.path[1])].append(field)
    several = len(after) > 1
    for position in change.claims.added:
        yield f"a claim added: {claim_words(after[position])}"
    for position, fields in edited.items():
        which = f" ({_who(after[position])})" if several else ""
        yield f"a claim changed{which}: {_their(fields, _CLAIM_WORDS)}"
    for position in change.claims.removed:
        yield f"a claim removed: {claim_words(change.before.claims[position])}"
    if change.claims.order is not None:
        yield "the claims are in another order"


def _date(before: Event, after: Event) -> Iterator[str]:
    """What became of the date, and of who gives it."""
    was, is_ = before.when, after.when
    if was is None and is_ is not None:
        yield f"it now has a date: {is_}"
        return
    if was is not None and is_ is None:
        yield f"it has no date any more (was {was})"
        return
    if was is not None and is_ is not None and was != is_:
        yield f"the date {_way(was, is_)} from {was} to {is_}"
    if (before.own_when is None) != (after.own_when is None):
        if after.own_when is not None:
            yield "the date is now the editor's"
        elif after.derivation.claims:
            yield "the date is no longer the editor's: it follows from the claims"
        else:
            yield "the date is no longer the editor's: it is that of the outcome"


def _way(before: When, after: When) -> str:
    """How a date went: narrowed, widened, moved, or changed where it is none of these."""
    old, new = _boxes(before), _boxes(after)
    hull_in = _inside(numbers(after.seconds), numbers(before.seconds))
    hull_out = _inside(numbers(before.seconds), numbers(after.seconds))
    if not (hull_in or hull_out):
        return "moved"
    if len(old) != len(new) or old == new or Kind.ALL_OF in (before.kind, after.kind):
        # What lasts is not a narrower point, and a qualifier moves nothing.
        return "changed"
    if all(map(_inside, new, old)):
        return "narrowed"
    return "widened" if all(map(_inside, old, new)) else "changed"


def _inside(inner: Box, outer: Box) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _boxes(when: When) -> list[Box]:
    """The windows of what a date leaves open: of an interval the beginning and the end, else itself."""
    if when.kind is not Kind.SPAN:
        return [numbers(when.seconds)]
    return [
        numbers(When(Kind.POINT, (end,)).seconds) if isinstance(end, Unit) else (-math.inf, math.inf)
        for end in when.parts
    ]


def _origins(before: Event, after: Event) -> Iterator[str]:
    """Who newly states the event, and who does no longer."""
    old = {origin.name.casefold(): origin.name for origin in before.origins}
    new = {origin.name.casefold(): origin.name for origin in after.origins}
    count = sum(key in old for key in new)
    for key, name in new.items():
        if key not in old:
            count += 1
            yield f"a {_ordinal(count)} origin: {on_one_line(name)}"
    for key, name in old.items():
        if key not in new:
            yield f"no longer an origin: {on_one_line(name)}"


def _ordinal(number: int) -> str:
    """``second``, ``21st``; the first is new."""
    if number == 1:
        return "new"
    if number - 2 < len(_ORDINALS):
        return _ORDINALS[number - 2]
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"


def claim_words(claim: Claim) -> str:
    """A claim in a line: ``projected by US officials (several, unnamed) via Bloomberg in article, said 2024-12-27``."""
    parts = [f"{claim.modality.word} {_who(claim)}"]
    if claim.said is not None:
        parts.append(f"said {claim.said}")
    if claim.when is not None:
        parts.append(f"for {claim.when}")
    if claim.likelihood is not None:
        parts.append(text_words(claim.likelihood))
    words = ", ".join(parts)
    return f"{words}: {text_words(claim.quote)}" if claim.quote else words


def _who(claim: Claim) -> str:
    """``by US officials (several, unnamed) via Bloomberg in article``."""
    speakers = f"by {', '.join(on_one_line(str(speaker)) for speaker in claim.speakers)} " if claim.speakers else ""
    via = f"via {', '.join(map(on_one_line, claim.via))} " if claim.via else ""
    return f"{speakers}{via}in {claim.source}"


def outcome_words(outcome: Outcome) -> str:
    """An outcome in a line: ``occurred on 2025-03-14, decided 2025-03-15, by report``."""
    words = outcome.result.word
    if outcome.by is not None:
        words += f" by {outcome.by}"
    if outcome.when is not None:
        words += f" on {outcome.when}"
    words += f", decided {outcome.decided}, source {outcome.source}"
    more = "; ".join(text_words(text) for text in (outcome.quote, outcome.note) if text)
    return f"{words}: {more}" if more else words


def _field(change: FieldChange) -> str:
    """The sentence of a field: ``title: was “A”, is “B”``."""
    name = " ".join(str(step).replace("_", " ") for step in change.path)
    before, after = change.before, change.after
    if isinstance(before, tuple):
        return f"{name}: {_list(before, after)}"
    if before is None:
        return f"{name}: added {value_words(after)}"
    if after is None:
        return f"{name}: removed {value_words(before)}"
    was, is_ = _pair(before, after)
    return f"{name}: was {was}, is {is_}"


def _their(changes: Sequence[FieldChange], names: dict[str, str]) -> str:
    """What changed of a claim or an outcome: ``its likelihood was “may”, is “likely”``."""
    words = []
    for change in changes:
        field = str(change.path[-1])
        was, is_ = _pair(change.before, change.after)
        verbs = ("were", "are") if field in ("speakers", "via") else ("was", "is")
        words.append(f"{names.get(field, f'its {field}')} {verbs[0]} {was}, {verbs[1]} {is_}")
    return "; ".join(words)


def _list(before: tuple[Any, ...], after: tuple[Any, ...]) -> str:
    """What changed of a list: ``added x; removed y``."""
    old, new = Counter(before), Counter(after)
    added, removed = list((new - old).elements()), list((old - new).elements())
    parts = []
    if added:
        parts.append(f"added {_items(added)}")
    if removed:
        parts.append(f"removed {_items(removed)}")
    if _kept(before, old & new) != _kept(after, old & new):
        parts.append(f"in another order: {_items(after)}")
    return "; ".join(parts)


def _kept(items: Sequence[Any], kept: Counter[Any]) -> list[Any]:
    """The items that are in both lists, in the order of one."""
    left = Counter(kept)
    found = []
    for item in items:
        if left[item]:
            left[item] -= 1
            found.append(item)
    return found


def _items(items: Sequence[Any]) -> str:
    """Items of a list, in quotation marks only if they would run together."""
    texts = [str(item) for item in items]
    return ", ".join(
        f"“{on_one_line(text)}”" if "," in text or ";" in text or text != on_one_line(text).strip() else text
        for text in texts
    )


def value_words(value: Any) -> str:
    """A value of a field in words."""
    if value is None or value == ():
        return "not given"
    if isinstance(value, tuple):
        return _items(value)
    if isinstance(value, Media):
        rest = {name: text for name, text in attrs.asdict(value).items() if text and name != "url"}
        more = ", ".join(f"{name} {text_words(text)}" for name, text in rest.items())
        return f"{on_one_line(value.url)} ({more})" if more else on_one_line(value.url)
    if isinstance(value, When):
        return str(value)
    word = getattr(value, "word", None)
    return str(word) if word is not None else text_words(str(value))


def _pair(before: Any, after: Any) -> tuple[str, str]:
    """Two values in words; of long texts the part in which they differ."""
    if type(before) is str and type(after) is str and max(len(before), len(after)) > _ROOM:
        return _differing(before, after)
    return value_words(before), value_words(after)


def _differing(before: str, after: str) -> tuple[str, str]:
    """Two long texts from a little before the first difference on."""
    shorter = min(len(before), len(after))
    first = next((place for place in range(shorter) if before[place] != after[place]), shorter)
    start = max(0, first - _CONTEXT)
    was, is_ = (text_words(("…" if start else "") + text[start:]) for text in (before, after))
    return was, is_


def text_words(text: str) -> str:
    """A text in quotation marks and on one line, cut short if it is long."""
    return f"“{on_one_line(text if len(text) <= _ROOM else f'{text[: _ROOM - 1].rstrip()}…')}”"


def on_one_line(text: str) -> str:
    """A text on one line: where lines ended stands a sign."""
    return _LINE_ENDS.sub(" ¶ ", text) if "\n" in text or "\r" in text else text
