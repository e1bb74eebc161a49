"""Changes of a timeline as text, Markdown and JSON."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from timeline._terminal import printable
from timeline.history import on_one_line, source_words, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.history import Diff, FieldChange
    from timeline.model import Event

_SIGNS = {"added": "+", "changed": "~", "removed": "-"}
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~&!$])")
# What would begin a list or a line under a heading where a text begins.
_BLOCK = re.compile(r"^(\s*\d*)([-+=.)])")
# What some readers would make a link of by itself: a text is none.
_LINK = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp|www)([:.])|(@)")


def plain(changes: Diff) -> Iterator[str]:
    """Lines for people: a sign and a name for each record, and its sentences under it."""
    if changes.header_sentences:
        yield "~ the timeline"
        yield from (f"    {printable(text)}" for text in changes.header_sentences)
    for kind, name, sentences in _records(changes):
        yield f"{_SIGNS[kind]} {printable(on_one_line(name))}"
        yield from (f"    {printable(text)}" for text in sentences)


def _records(changes: Diff) -> Iterator[tuple[str, str, Sequence[str]]]:
    """What happened to each record, what it is called, and the sentences of it."""
    for source in changes.sources_added:
        yield "added", f"source {source_words(source)}", ()
    for source_change in changes.sources_changed:
        yield "changed", f"source {source_words(source_change.after)}", source_change.sentences
    for source in changes.sources_removed:
        yield "removed", f"source {source_words(source)}", ()
    for event in changes.added:
        yield "added", f"event {event.id}: {event.title}", _facts(event)
    for change in changes.changed:
        yield "changed", f"event {change.id}: {change.after.title}", change.sentences
    for event in changes.removed:
        yield "removed", f"event {event.id}: {event.title}", _facts(event)


def _facts(event: Event) -> tuple[str, ...]:
    """An event in a line: what it is and its date."""
    words = ", ".join(filter(None, (event.word, None if event.when is None else str(event.when))))
    return (words,) if words else ()


def markdown(changes: Diff, level: int) -> Iterator[str]:
    """Lines of Markdown, fit to be published.

    Args:
        changes: What changed.
        level: Of the headings.
    """
    heading = "#" * level
    if changes.header_sentences:
        yield from (f"{heading} The timeline", "")
        yield from (f"- {escaped(text)}" for text in changes.header_sentences)
        yield ""
    records = [*_records(changes)]
    titles = _titles(changes)
    for kind in _SIGNS:
        those = [(name, sentences) for found, name, sentences in records if found == kind]
        if not those:
            continue
        yield from (f"{heading} {kind.capitalize()}", "")
        for name, sentences in those:
            shown = titles.get(name) or escaped(f"{name[0].upper()}{name[1:]}")
            if kind == "changed":
                yield from (f"- {shown}", *(f"  - {escaped(text)}" for text in sentences))
            else:
                yield f"- {shown}{''.join(f': {escaped(text)}' for text in sentences)}"
        yield ""


def _titles(changes: Diff) -> dict[str, str]:
    """What events are called in Markdown, by what they are called in text."""
    events = (*changes.added, *(change.after for change in changes.changed), *changes.removed)
    return {f"event {event.id}: {event.title}": f"**{escaped(event.title)}** ({escaped(event.id)})" for event in events}


def escaped(text: str) -> str:
    """A text on one line in Markdown that reads as it stands, whatever it holds."""
    safe = printable(on_one_line(text)).replace("\N{REPLACEMENT CHARACTER}", " ").strip()
    safe = _LINK.sub(lambda found: f"{found[1] or ''}\\{found[2] or found[3]}", _MARKUP.sub(r"\\\1", safe))
    return _BLOCK.sub(r"\1\\\2", safe)


def as_object(changes: Diff) -> dict[str, Any]:
    """The changes as an object: ids, sentences, and the fields with their values in the document."""
    return {
        "timeline": {
            "sentences": list(changes.header_sentences),
            "fields": _fields(changes.header),
        },
        "sources": {
            "added": value_of(changes.sources_added),
            "changed": [
                {"id": change.id, "sentences": list(change.sentences), "fields": _fields(change.fields)}
                for change in changes.sources_changed
            ],
            "removed": value_of(changes.sources_removed),
            "order": None if changes.sources_order is None else list(changes.sources_order),
        },
        "events": {
            "added": value_of(changes.added),
            "changed": [
                {
                    "id": change.id,
                    "title": change.after.title,
                    "sentences": list(change.sentences),
                    "fields": _fields(change.fields),
                }
                for change in changes.changed
            ],
            "removed": value_of(changes.removed),
            "order": None if changes.order is None else list(changes.order),
        },
    }


def _fields(changes: Sequence[FieldChange]) -> list[dict[str, Any]]:
    return [
        {"path": list(change.path), "before": value_of(change.before), "after": value_of(change.after)}
        for change in changes
    ]
