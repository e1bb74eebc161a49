"""Makes a timeline of a parsed document, and reports every fault in it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from timeline.document._keys import VERSION, VERSION_KEY, Key, Shape, keys
from timeline.document._text import Lines, Place, fault
from timeline.errors import DocumentError, ModelError, WhenError, quoted
from timeline.model import Event, Timeline
from timeline.when import When

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from timeline.document._text import Locate, Path
    from timeline.errors import Fault


def read(
    tree: object,
    *,
    file: str | None = None,
    text: str = "",
    locate: Locate | None = None,
    track: Callable[[Iterable[Any]], Iterable[Any]] = iter,
    earlier: Iterable[Fault] = (),
) -> Timeline:
    """Make a timeline of a parsed document.

    Args:
        tree: Dicts, lists and texts; None stands for a key without a value.
        file: Name of the file, for messages.
        text: The text that was parsed, for messages.
        locate: Finds places in the text.
        track: Counts the events as they are read; see `timeline.formats.Context.track`.
        earlier: Faults that the parser found and could read past.

    Raises:
        DocumentError: The document has faults; the error has all of them.
    """
    reader = _Reader(track)
    timeline = reader.document(tree)
    faults = [*earlier]
    if reader.faults:
        positions = locate({place for place, _, _ in reader.faults}) if locate else {}
        lines = Lines(text)
        faults += [
            fault(place.path, found, expected, file=file, lines=lines, position=positions.get(place))
            for place, found, expected in reader.faults
        ]
    if faults or timeline is None:
        raise DocumentError(sorted(faults, key=lambda fault: (fault.line or 0, fault.column)))
    return timeline


@attrs.define
class _Reader:
    """Reads one document; collects what is wrong with it."""

    track: Callable[[Iterable[Any]], Iterable[Any]]
    faults: list[tuple[Place, str, str]] = attrs.field(factory=list)
    suggestions: dict[str, str | None] = attrs.field(factory=dict)

    def fault(self, path: Path, found: str, expected: str, *, at_key: bool = False) -> None:
        self.faults.append((Place(path, at_key), found, expected))

    def document(self, tree: object) -> Timeline | None:
        if not isinstance(tree, dict):
            self.fault((), _describe(tree), f"a mapping that begins with `{VERSION_KEY}: {VERSION}`")
            return None
        rest = dict(tree)
        version = rest.pop(VERSION_KEY, None)
        if version is None:
            self.fault((), f"no key {VERSION_KEY!r}", f"`{VERSION_KEY}: {VERSION}`, the version of the document")
        elif isinstance(version, bool) or version not in (VERSION, str(VERSION)):
            self.fault((VERSION_KEY,), _describe(version), f"{VERSION}, the version of the document")
        values = self.record(rest, (), Timeline)
        if values is None:
            return None
        self.references(tree)
        return None if self.faults else Timeline(**values)

    def record(self, value: object, path: Path, record: type, *, without: str = "") -> dict[str, Any] | None:
        """The fields of a record, those that are right."""
        if not isinstance(value, dict):
            self.fault(path, _describe(value), "a mapping")
            return None
        known = keys(record)
        values: dict[str, Any] = {}
        for name, item in value.items():
            here = (*path, name)
            if name not in known or name == without:
                self.fault(here, f"unknown key {quoted(name)}", self.suggest(name, known, path, without), at_key=True)
            elif item is not None and (item != "" or known[name].required):
                read = self.value(item, here, known[name])
                if read is not None:
                    values[name] = read
        for key in known.values():
            if key.required and value.get(key.name) is None and key.name != without:
                self.fault(path, f"no key {key.name!r}", f"`{key.name}:`, which is required here")
        return values

    def suggest(self, name: object, known: Mapping[str, Key], path: Path, without: str) -> str:
        names = [*([] if path else [VERSION_KEY]), *(name for name in known if name != without)]
        close = self.closest(str(name), names)
        return f"{close!r}: did you mean that?" if close else f"one of: {', '.join(names)}"

    def closest(self, name: str, names: Collection[str]) -> str | None:
        """What was meant, probably; looked for a few times only, for it is slow among many names."""
        if name not in self.suggestions and len(self.suggestions) < _MAX_SUGGESTIONS:
            from difflib import get_close_matches  # noqa: PLC0415 - only wanted where there are faults

            self.suggestions[name] = next(iter(get_close_matches(name[:100], sorted(names), n=1)), None)
        return self.suggestions.get(name)

    def value(self, value: object, path: Path, key: Key) -> Any:
        """The value of a key as its field takes it, or None if it is wrong."""
        if key.shape in _TEXT_EXPECTED and not isinstance(value, str):
            self.fault(path, _describe(value), _TEXT_EXPECTED[key.shape])
            return None
        return getattr(self, _METHODS[key.shape])(value, path, key)

    def checked(self, value: Any, path: Path, key: Key) -> Any:
        """The value, if the model's own validator takes it."""
        if key.field.validator is not None:
            try:
                key.field.validator(None, key.field, value)
            except ModelError as error:
                self.fault(path, error.found, error.expected)
                return None
        return value

    def word(self, value: str, path: Path, key: Key) -> str | None:
        if value in key.words:
            return value
        self.fault(path, quoted(value), f"one of: {', '.join(key.words)}")
        return None

    def flag(self, value: object, path: Path, _key: Key) -> bool | None:
        if value in (True, False, "true", "false"):
            return value in (True, "true")
        self.fault(path, _describe(value), "true or false")
        return None

    def date(self, value: str, path: Path, _key: Key) -> When | None:
        try:
            return When.parse(value)
        except WhenError as error:
            self.fault(path, error.found, error.expected)
            return None

    def texts(self, value: object, path: Path, key: Key) -> tuple[str, ...] | None:
        if not isinstance(value, list):
            self.fault(path, _describe(value), "a list of texts, such as [one, another]")
            return None
        good = []
        for position, item in enumerate(value):
            if not isinstance(item, str) or not item:
                self.fault((*path, position), _describe(item), "a text that is not empty")
            elif self.checked((item,), (*path, position), key):
                good.append(item)
        return tuple(good)

    def dates(self, value: object, path: Path, key: Key) -> tuple[When, ...] | None:
        if not isinstance(value, list):
            self.fault(path, _describe(value), "a list of dates, such as [2024-08-06, 2024-08-13]")
            return None
        good = []
        for position, item in enumerate(value):
            here = (*path, position)
            if not isinstance(item, str):
                self.fault(here, _describe(item), _TEXT_EXPECTED[Shape.DATE])
            elif (when := self.date(item, here, key)) is not None and self.checked((when,), here, key):
                good.append(when)
        return tuple(good)

    def one_record(self, value: object, path: Path, key: Key) -> Any:
        assert key.record is not None
        return self.build(value, path, key.record)

    def records(self, value: object, path: Path, key: Key) -> tuple[Any, ...] | None:
        if not isinstance(value, list):
            self.fault(path, _describe(value), "a list of mappings, each item begun with '-'")
            return None
        assert key.record is not None
        items = self.track(value) if key.record is Event else value
        return tuple(self.build(item, (*path, position), key.record) for position, item in enumerate(items))

    def named_records(self, value: object, path: Path, key: Key) -> tuple[Any, ...] | None:
        if not isinstance(value, list):
            self.fault(path, _describe(value), "a list of names, or of mappings with a name, such as [one, another]")
            return None
        assert key.record is not None
        named = ({"name": item} if isinstance(item, str) else item for item in value)
        return tuple(self.build(item, (*path, position), key.record) for position, item in enumerate(named))

    def record_map(self, value: object, path: Path, key: Key) -> tuple[Any, ...] | None:
        if not isinstance(value, dict):
            self.fault(path, _describe(value), "a mapping of ids to mappings")
            return None
        assert key.record is not None
        id_key = keys(key.record)["id"]
        built = []
        for id, item in value.items():
            here = (*path, id)
            count = len(self.faults)
            self.checked(id, here, id_key)
            self.faults[count:] = [(Place(here, at_key=True), found, due) for _, found, due in self.faults[count:]]
            values = self.record({} if item is None else item, here, key.record, without="id")
            built.append(None if values is None else {"id": id, **values})
        return None if self.faults else tuple(key.record(**values) for values in built if values is not None)

    def build(self, value: object, path: Path, record: type) -> Any:
        """An object of the model; None while the document has faults."""
        values = self.record(value, path, record)
        return None if values is None or self.faults else record(**values)

    def references(self, tree: dict[str, Any]) -> None:
        """Report ids that occur twice, and claims and outcomes that name no source.

        This reads the tree, not the model: with a fault anywhere there is no model.
        """
        sources = tree.get("sources")
        known = set(sources) if isinstance(sources, dict) else set()
        first: dict[str, int] = {}
        for position, event in _mappings(tree.get("events")):
            id = event.get("id")
            if isinstance(id, str) and first.setdefault(id, position) != position:
                found = f"{quoted(id)}, which is the id of events[{first[id]}] too"
                self.fault(("events", position, "id"), found, "an id of its own")
            for number, claim in _mappings(event.get("claims")):
                self.named_source(claim, ("events", position, "claims", number), known)
            if isinstance(event.get("outcome"), dict):
                self.named_source(event["outcome"], ("events", position, "outcome"), known)

    def named_source(self, record: dict[str, Any], path: Path, known: set[str]) -> None:
        source = record.get("source")
        if isinstance(source, str) and source not in known:
            self.fault((*path, "source"), quoted(source), self.known_sources(source, known))

    def known_sources(self, source: str, known: set[str]) -> str:
        if not known:
            return "the id of a source; the document has no `sources:`"
        close = self.closest(source, known)
        return f"the id of a source; did you mean {close!r}?" if close else "the id of one of `sources:`"


_MAX_SUGGESTIONS = 20
_TEXT_EXPECTED = {
    Shape.TEXT: "text",
    Shape.DATE: 'a date in EDTF, as text: one with brackets stands in quotation marks, as "[2025-01..]" does',
    Shape.WORD: "text",
}
_METHODS = {
    Shape.TEXT: "checked",
    Shape.DATE: "date",
    Shape.WORD: "word",
    Shape.FLAG: "flag",
    Shape.DATES: "dates",
    Shape.TEXTS: "texts",
    Shape.RECORD: "one_record",
    Shape.RECORDS: "records",
    Shape.NAMED_RECORDS: "named_records",
    Shape.RECORD_MAP: "record_map",
}


def _mappings(value: object) -> Iterable[tuple[int, dict[str, Any]]]:
    """The mappings in what ought to be a list of them, with their positions."""
    items = enumerate(value) if isinstance(value, list) else ()
    return ((position, item) for position, item in items if isinstance(item, dict))


def _describe(value: object) -> str:
    """What a value of the wrong type is, in words."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return f"the number {value!r:.40}"
    if isinstance(value, str):
        return f"the text {value[:60]!r}" if value else "empty text"
    return "a list" if isinstance(value, list) else "a mapping"
