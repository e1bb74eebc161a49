"""What changed between two versions of a timeline."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import attrs

from timeline.errors import HistoryError, ModelError, path_text, quoted
from timeline.history._match import Matched, match
from timeline.model import Event, Media, Outcome, Recurrence, Source, Timeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HEADER = ("id", "title", "text", "language", "url", "updated")
"""The fields of a timeline that are neither its sources nor its events."""

# Records in a record, of which the fields are compared one by one.
_PARTS = (Media, Outcome, Recurrence)


@attrs.frozen(kw_only=True)
class FieldChange:
    """One field of a record that is not what it was.

    Attributes:
        path: Where: ``("title",)``, ``("outcome", "decided")``. Of a claim the number is its
            place in the new version, of one that is gone its place in the old one:
            ``("claims", 2, "likelihood")``. ``("claims", "order")`` has the places in the
            old version of the claims that stayed, as they stood and as they stand.
        before: What it was; None or ``()`` if it was not there.
        after: What it is; None or ``()`` if it is not there.
    """

    path: tuple[str | int, ...]
    before: Any
    after: Any

    @property
    def name(self) -> str:
        """The path as people write it: ``claims[2].likelihood``."""
        return path_text(self.path)


@attrs.frozen(kw_only=True)
class SourceChange:
    """A source that is not what it was.

    Attributes:
        before: The source as it was.
        after: The source as it is.
        fields: The fields that changed.
        sentences: The same in plain English.
    """

    before: Source
    after: Source

    @property
    def id(self) -> str:
        """The id, which never changes."""
        return self.after.id

    @functools.cached_property
    def fields(self) -> tuple[FieldChange, ...]:
        """The fields that changed."""
        return tuple(_fields(self.before, self.after, ()))

    @functools.cached_property
    def sentences(self) -> tuple[str, ...]:
        """What changed, in plain English."""
        from timeline.history._sentences import of_fields  # noqa: PLC0415 - stands on this module

        return of_fields(self.fields)


@attrs.frozen(kw_only=True)
class EventChange:
    """An event that is not what it was.

    Attributes:
        before: The event as it was.
        after: The event as it is.
        fields: The fields that changed.
        sentences: The same in plain English, and what follows for the date and the origins.
    """

    before: Event
    after: Event

    @property
    def id(self) -> str:
        """The id, which never changes."""
        return self.after.id

    @functools.cached_property
    def claims(self) -> Matched:
        """Which claims were edited, came and went."""
        return match(self.before.claims, self.after.claims)

    @functools.cached_property
    def fields(self) -> tuple[FieldChange, ...]:
        """The fields that changed."""
        changes = (change for change in _fields(self.before, self.after, ()) if change.path != ("claims",))
        return (*changes, *_claim_fields(self.before, self.after, self.claims))

    @functools.cached_property
    def sentences(self) -> tuple[str, ...]:
        """What changed, in plain English: what a reader cares about first."""
        from timeline.history._sentences import of_event  # noqa: PLC0415 - stands on this module

        return of_event(self)


@attrs.frozen(kw_only=True)
class Diff:
    """What changed between two versions of a timeline; false if nothing did.

    Attributes:
        header: The fields of the timeline itself that changed.
        sources_added: Sources that came.
        sources_removed: Sources that went.
        sources_changed: Sources that changed.
        sources_order: The ids of all sources in their new order; None if it follows by
            itself: what went is gone, what changed stays in its place, what came is at the end.
        added: Events that came.
        removed: Events that went.
        changed: Events that changed.
        order: The ids of all events in their new order; None if it follows by itself.
    """

    header: tuple[FieldChange, ...] = ()
    sources_added: tuple[Source, ...] = ()
    sources_removed: tuple[Source, ...] = ()
    sources_changed: tuple[SourceChange, ...] = ()
    sources_order: tuple[str, ...] | None = None
    added: tuple[Event, ...] = ()
    removed: tuple[Event, ...] = ()
    changed: tuple[EventChange, ...] = ()
    order: tuple[str, ...] | None = None

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return any(
            (
                self.header,
                self.sources_added,
                self.sources_removed,
                self.sources_changed,
                self.sources_order is not None,
                self.added,
                self.removed,
                self.changed,
                self.order is not None,
            )
        )

    @property
    def header_sentences(self) -> tuple[str, ...]:
        """What changed of the timeline itself and of the order of its parts, in plain English."""
        from timeline.history._sentences import of_fields  # noqa: PLC0415 - stands on this module

        orders = {"sources": self.sources_order, "events": self.order}
        moved = (f"the {name} are in another order" for name, order in orders.items() if order is not None)
        return (*of_fields(self.header), *moved)

    @property
    def sentences(self) -> tuple[str, ...]:
        """All that changed, in plain English, each with the source or event that it is about."""
        from timeline.history._sentences import source_words  # noqa: PLC0415 - stands on this module

        sentences = [f"the timeline: {text}" for text in self.header_sentences]
        sentences += [f"source {source_words(source)}: added" for source in self.sources_added]
        for source_change in self.sources_changed:
            sentences += [f"source {source_change.id}: {text}" for text in source_change.sentences]
        sentences += [f"source {source_words(source)}: removed" for source in self.sources_removed]
        sentences += [f"event {event.id} ({event.title}): added" for event in self.added]
        for change in self.changed:
            sentences += [f"event {change.id} ({change.after.title}): {text}" for text in change.sentences]
        sentences += [f"event {event.id} ({event.title}): removed" for event in self.removed]
        return tuple(sentences)

    @property
    def summary(self) -> str:
        """How much changed: ``1 event added, 2 changed; 1 source added``."""
        parts = [
            _counts("event", added=self.added, changed=self.changed, removed=self.removed),
            _counts("source", added=self.sources_added, changed=self.sources_changed, removed=self.sources_removed),
            ", ".join(f"{change.name} changed" for change in self.header),
            "events in another order" if self.order is not None else "",
            "sources in another order" if self.sources_order is not None else "",
        ]
        return "; ".join(filter(None, parts)) or "no difference"


def _counts(noun: str, **kinds: Sequence[object]) -> str:
    """``1 event added, 2 changed``."""
    words = [f"{len(items):,} {kind}" for kind, items in kinds.items() if items]
    if not words:
        return ""
    count, _, kind = words[0].partition(" ")
    return ", ".join((f"{count} {noun}{'' if count == '1' else 's'} {kind}", *words[1:]))


def diff(a: Timeline, b: Timeline) -> Diff:
    """What changed from one version of a timeline to another.

    ``apply(diff(a, b), a) == b`` holds for any two timelines. Events and sources are told
    apart by their ids. It takes one step an event; sentences are made when they are asked for.

    Args:
        a: The old version.
        b: The new one.
    """
    source_pairs, sources_added, sources_removed, sources_order = _compare(a.sources, b.sources)
    event_pairs, added, removed, order = _compare(a.events, b.events)
    return Diff(
        header=header_changes({name: getattr(a, name) for name in HEADER}, b),
        sources_added=sources_added,
        sources_removed=sources_removed,
        sources_changed=tuple(SourceChange(before=old, after=new) for old, new in source_pairs),
        sources_order=sources_order,
        added=added,
        removed=removed,
        changed=tuple(EventChange(before=old, after=new) for old, new in event_pairs),
        order=order,
    )


def header_changes(before: dict[str, Any], after: Timeline) -> tuple[FieldChange, ...]:
    """The fields of a timeline itself that are not what they were."""
    values = ((name, before.get(name), getattr(after, name)) for name in HEADER)
    return tuple(FieldChange(path=(name,), before=old, after=new) for name, old, new in values if old != new)


class _Record(Protocol):
    @property
    def id(self) -> str: ...


_Item = TypeVar("_Item", bound=_Record)


def _compare(
    before: Sequence[_Item], after: Sequence[_Item]
) -> tuple[list[tuple[_Item, _Item]], tuple[_Item, ...], tuple[_Item, ...], tuple[str, ...] | None]:
    """What changed, came, went, and the new order if it does not follow."""
    old = {item.id: item for item in before}
    new = {item.id: item for item in after}
    changed = [
        (known, item)
        for id, item in new.items()
        if (known := old.get(id)) is not None and known is not item and known != item
    ]
    added = tuple(item for id, item in new.items() if id not in old)
    removed = tuple(item for id, item in old.items() if id not in new)
    follows = [id for id in old if id in new] + [item.id for item in added]
    order = list(new)
    return changed, added, removed, None if follows == order else tuple(order)


def apply(diff: Diff, timeline: Timeline) -> Timeline:
    """The new version of a timeline, of the old one and the difference.

    Args:
        diff: The difference.
        timeline: The version that it was made from, or one that is the same in all that it touches.

    Raises:
        HistoryError: The timeline is another one in what the difference touches.
    """
    header = {}
    for change in diff.header:
        (name,) = change.path
        if getattr(timeline, str(name)) != change.before:
            message = f"{name}: found {quoted(getattr(timeline, str(name)))}, expected {quoted(change.before)}"
            raise HistoryError(message)
        header[str(name)] = change.after
    sources = _applied(
        "source",
        timeline.sources,
        diff.sources_added,
        diff.sources_removed,
        [(change.before, change.after) for change in diff.sources_changed],
        diff.sources_order,
    )
    events = _applied(
        "event",
        timeline.events,
        diff.added,
        diff.removed,
        [(change.before, change.after) for change in diff.changed],
        diff.order,
    )
    try:
        return attrs.evolve(timeline, **header, sources=sources, events=events)
    except ModelError as error:
        message = f"the difference does not fit this timeline: {error}"
        raise HistoryError(message) from error


def _applied(  # noqa: PLR0917 - what a difference says of one kind of record, in its order
    noun: str,
    items: Sequence[_Item],
    added: Sequence[_Item],
    removed: Sequence[_Item],
    changed: Sequence[tuple[_Item, _Item]],
    order: Sequence[str] | None,
) -> list[_Item]:
    """The records of a timeline with the changes, which must fit them."""
    found = {item.id: item for item in items}
    for before, after in [*((item, None) for item in removed), *changed]:
        if before.id not in found:
            message = f"{noun} {before.id}: found no such {noun}, expected the one that the difference "
            raise HistoryError(message + ("removes" if after is None else "changes"))
        if found[before.id] != before:
            message = f"{noun} {before.id}: found another version of it, expected the one that the difference is from"
            raise HistoryError(message)
        if after is None:
            del found[before.id]
        else:
            found[before.id] = after
    for item in added:
        if item.id in found:
            message = f"{noun} {item.id}: found it there, expected no {noun} of the id that the difference adds"
            raise HistoryError(message)
        found[item.id] = item
    return list((found if order is None else ordered(noun, found, order)).values())


def ordered(noun: str, items: dict[str, _Item], order: Sequence[str]) -> dict[str, _Item]:
    """Records in an order that must name each of them once.

    Raises:
        HistoryError: It does not.
    """
    named = set(order)
    if len(order) != len(items) or named != items.keys():
        wrong = next((id for id in order if id not in items), None) or next(
            (id for id in items if id not in named), None
        )
        found = f"{quoted(wrong)} in one of them only" if wrong else "an id twice"
        message = f"the order of the {noun}s: found {found}, expected each of the {noun}s once"
        raise HistoryError(message)
    return {id: items[id] for id in order}


def _fields(before: Any, after: Any, path: tuple[str | int, ...]) -> Iterator[FieldChange]:
    """The fields of a record that changed; those of a record in it one by one."""
    for field in attrs.fields(type(before)):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old == new:
            continue
        here = (*path, field.alias or field.name)
        if isinstance(old, _PARTS) and isinstance(new, _PARTS):
            yield from _fields(old, new, here)
        else:
            yield FieldChange(path=here, before=old, after=new)


def _claim_fields(before: Event, after: Event, claims: Matched) -> Iterator[FieldChange]:
    """The changes of claims, one by one."""
    for position in claims.added:
        yield FieldChange(path=("claims", position), before=None, after=after.claims[position])
    for earlier, position in claims.changed:
        yield from _fields(before.claims[earlier], after.claims[position], ("claims", position))
    for position in claims.removed:
        yield FieldChange(path=("claims", position), before=before.claims[position], after=None)
    if claims.order is not None:
        yield FieldChange(path=("claims", "order"), before=tuple(sorted(claims.order)), after=claims.order)
