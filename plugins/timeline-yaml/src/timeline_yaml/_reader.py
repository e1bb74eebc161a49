"""Reads YAML by the event stream of libyaml: no implicit types, no tags, no bombs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from timeline import document
from timeline.document import Lines, Place, Position
from timeline.errors import DocumentError, Fault

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from timeline.formats import ImportContext
    from timeline.model import Timeline

# The parser written in C where PyYAML was built with libyaml, else its own.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_UNFOLDED = 1_000_000
"""How many characters and values aliases may stand for in one document."""
MAX_DEPTH = 100
"""How deep lists and mappings may be nested; the document itself needs 6."""

_TEXT_TAGS = (None, "!", "tag:yaml.org,2002:str")


def decode(chunks: Iterable[bytes], ctx: ImportContext) -> Timeline:
    """The timeline in a YAML document."""
    data = document.gather(chunks, file=ctx.file, max_bytes=ctx.options.max_bytes, option="-O yaml.max_bytes=N")
    text = document.decode(data, file=ctx.file)
    tree, faults = _Builder(text, ctx).build()
    return document.read(
        tree,
        file=ctx.file,
        text=text,
        locate=lambda places: _locate(text, places),
        earlier=faults,
    )


_YAML = (
    "YAML: blanks indent and tabs do not; a text stands in quotation marks if it has ': ' or ' #' in it, "
    "or begins with one of % @ ` & * ! | > [ {"
)


class _Stop(Exception):  # noqa: N818 - not an error: it ends the reading, whose faults are collected
    """Nothing after this point can be read."""


class _Builder:
    """Builds dicts, lists and texts of the events of one document."""

    def __init__(self, text: str, ctx: ImportContext) -> None:
        self._text, self._lines = text, Lines(text)
        self._file, self._on_progress = ctx.file, ctx.on_progress
        self._events = yaml.parse(text, Loader=LOADER)
        self._faults: list[Fault] = []
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._unfolded = 0
        self._weight = 0

    def build(self) -> tuple[Any, list[Fault]]:
        """The tree of the document, and the faults that could be read past.

        Raises:
            DocumentError: The text is not YAML, or not one document.
        """
        try:
            next(self._events)  # the stream starts
            event = next(self._events)
            if isinstance(event, yaml.StreamEndEvent):
                self._fail(event, "a file with nothing but comments", "a timeline document")
            tree = self._node(next(self._events), 0)
            next(self._events)  # the document ends
            event = next(self._events)
            if not isinstance(event, yaml.StreamEndEvent):
                self._fail(event, "a second document", "one document a file")
        except _Stop:
            raise DocumentError(self._faults) from None
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            problem = " ".join(filter(None, (error.context, error.problem)))
            fault = self._at(mark, f"text that is not YAML ({problem})", _YAML)
            raise DocumentError([*self._faults, fault]) from None
        except yaml.reader.ReaderError as error:
            raise DocumentError([self._unreadable(error)]) from None
        return tree, self._faults

    def _node(self, event: Any, depth: int) -> Any:
        """The value that begins with an event."""
        self._weight += 1
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if event.tag not in _TEXT_TAGS:
            self._fault(event, f"the tag {event.tag!r}", "no tags: a timeline document is plain text")
        if isinstance(event, yaml.ScalarEvent):
            # `key:` with nothing after it is a key without a value.
            value: Any = None if event.value == "" and not event.style else event.value
            if event.style in ("|", ">"):
                # The line end after a block is the end of the block, not of its text.
                value = event.value.rstrip("\n")
            if event.anchor:
                self._anchors[event.anchor] = (value, len(event.value) + 1)
            self._weight += len(event.value)
            return value
        if depth >= MAX_DEPTH:
            self._fail(event, f"lists and mappings nested more than {MAX_DEPTH} deep", "fewer")
        before = self._weight + self._unfolded
        if event.anchor:
            self._anchors.pop(event.anchor, None)
        value = self._list(depth) if isinstance(event, yaml.SequenceStartEvent) else self._mapping(depth)
        if event.anchor:
            self._anchors[event.anchor] = (value, self._weight + self._unfolded - before + 1)
        return value

    def _alias(self, event: Any) -> Any:
        if event.anchor not in self._anchors:
            self._fail(event, f"the alias *{event.anchor}", f"an anchor &{event.anchor} that is complete before it")
        value, size = self._anchors[event.anchor]
        self._unfolded += size
        if self._unfolded > MAX_UNFOLDED:
            self._fail(event, "aliases that stand for too much", f"at most {MAX_UNFOLDED:,} characters")
        return value

    def _list(self, depth: int) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            values.append(self._node(event, depth + 1))
            if depth == 1 and self._on_progress is not None:
                # An item of a list in the root is an event; parsing is the slow part.
                self._on_progress(1)
        return values

    def _mapping(self, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(next(self._events), depth + 1)
            if key == "<<":
                self._fault(event, "a merge key <<", "the keys themselves, written out")
            elif not isinstance(key, str):
                self._fault(event, "a key that is not text", "text")
            elif key in values:
                self._fault(event, f"the key {key!r} a second time", "each key once in a mapping")
            else:
                values[key] = value
        return values

    def _at(self, mark: Any, found: str, expected: str, length: int = 1) -> Fault:
        position = self._lines.position(mark.index, length) if mark else None
        return document.fault((), found, expected, file=self._file, lines=self._lines, position=position)

    def _fault(self, event: Any, found: str, expected: str) -> None:
        """Report a fault and go on."""
        self._faults.append(self._at(event.start_mark, found, expected, _length(event)))

    def _fail(self, event: Any, found: str, expected: str) -> None:
        """Report a fault that ends the reading."""
        self._fault(event, found, expected)
        raise _Stop

    def _unreadable(self, error: yaml.reader.ReaderError) -> Fault:
        """The fault of a character that YAML does not allow."""
        for offset, char in enumerate(self._text):
            if not _allowed(char):
                found = f"the character U+{ord(char):04X}"
                expected = "printable text: YAML allows no control characters"
                position = self._lines.position(offset)
                return document.fault((), found, expected, file=self._file, lines=self._lines, position=position)
        return Fault(found=f"text that is not YAML ({error.reason})", expected="a YAML document", file=self._file)


def _allowed(char: str) -> bool:
    """Whether YAML allows a character (YAML 1.1, 5.1)."""
    code = ord(char)
    return (
        char in "\t\n\r\x85"
        or 0x20 <= code <= 0x7E
        or 0xA0 <= code <= 0xD7FF
        or (0xE000 <= code <= 0xFFFD and code != 0xFEFF)
        or code >= 0x10000
    )


def _length(event: Any) -> int:
    """How many characters of its first line an event takes."""
    same_line = event.start_mark.line == event.end_mark.line
    return max(1, event.end_mark.index - event.start_mark.index) if same_line else 1


def locate(data: bytes, places: Collection[Place]) -> Mapping[Place, Position]:
    """Find places in a document that was read without a fault."""
    return _locate(document.decode(data, file=None), places)


class _Node:
    """A value as it stands in the text: where, and what is in it."""

    def __init__(self, event: Any) -> None:
        self.event = event
        self.items: dict[str | int, tuple[_Node, _Node]] = {}
        """By key or index: the key (of a list, the item) and the value."""


def _locate(text: str, places: Collection[Place]) -> Mapping[Place, Position]:
    """Find places by parsing the document again, now with the position of every value."""
    events = yaml.parse(text, Loader=LOADER)
    next(events)  # the stream starts
    next(events)  # the document starts
    root = _mark(next(events), events, {})
    lines = Lines(text)
    found = {}
    for place in places:
        event = _follow(root, place).event
        found[place] = lines.position(event.start_mark.index, _length(event))
    return found


def _mark(event: Any, events: Iterator[Any], anchors: dict[str, _Node]) -> _Node:
    """The node that begins with an event; the document is known to be YAML."""
    if isinstance(event, yaml.AliasEvent):
        return anchors[str(event.anchor)]
    node = _Node(event)
    if event.anchor:
        anchors[event.anchor] = node
    if isinstance(event, yaml.SequenceStartEvent):
        while not isinstance(item := next(events), yaml.SequenceEndEvent):
            marked = _mark(item, events, anchors)
            node.items[len(node.items)] = (marked, marked)
    elif isinstance(event, yaml.MappingStartEvent):
        while not isinstance(item := next(events), yaml.MappingEndEvent):
            key, value = _mark(item, events, anchors), _mark(next(events), events, anchors)
            node.items.setdefault(getattr(key.event, "value", ""), (key, value))
    return node


def _follow(node: _Node, place: Place) -> _Node:
    """The node at a place, or the last one on the way to it."""
    for depth, step in enumerate(place.path, 1):
        if step not in node.items:
            return node
        key, value = node.items[step]
        node = key if place.at_key and depth == len(place.path) else value
    return node
