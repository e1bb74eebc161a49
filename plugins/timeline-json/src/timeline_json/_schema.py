"""The JSON Schema of the document, generated from the model."""

from __future__ import annotations

import inspect
import json
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from timeline import document
from timeline.document import Key, Shape
from timeline.model import ID_PATTERN, LANGUAGE_PATTERN, Source, Timeline

if TYPE_CHECKING:
    from collections.abc import Callable

_FILE = "timeline.schema.json"
_PATTERNS = {
    **dict.fromkeys(("id", "source", "condition_event", "by"), ID_PATTERN),
    "language": LANGUAGE_PATTERN,
}


def shipped() -> str:
    """The schema as it was generated when this distribution was built."""
    return files(__package__).joinpath(_FILE).read_text("utf-8")


def generate() -> dict[str, object]:
    """The schema of the document as the model has it now."""
    records = {record.__name__.lower(): record for record in document.RECORDS if record is not Timeline}
    version = {
        "description": "Version of the document.",
        "enum": [document.VERSION, str(document.VERSION)],
    }
    root = _object(Timeline)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Timeline document",
        "description": _summary(Timeline),
        "type": "object",
        "properties": {document.VERSION_KEY: version, **root["properties"]},
        "required": [document.VERSION_KEY, *root["required"]],
        "additionalProperties": False,
        "$defs": {
            "date": {
                "type": "string",
                "description": "A date in EDTF (ISO 8601-2:2019), such as 2024-08, 2024-11/.. or [2025-01..].",
                "pattern": r"^[\[{]?[^\s]+[\]}]?$",
            },
            **{name: _object(record, without=("id",) if record is Source else ()) for name, record in records.items()},
        },
    }


def render() -> str:
    """The schema as the file holds it."""
    return json.dumps(generate(), indent=2, ensure_ascii=False) + "\n"


def _object(record: type, without: tuple[str, ...] = ()) -> dict[str, Any]:
    docs = _attribute_docs(record)
    known = [key for key in document.keys(record).values() if key.name not in without]
    return {
        "type": "object",
        "description": _summary(record),
        "properties": {key.name: {"description": docs[key.field.name], **_value(key)} for key in known},
        "required": [key.name for key in known if key.required],
        "additionalProperties": False,
    }


def _value(key: Key) -> dict[str, Any]:
    """The schema of the value of a key; null stands for a key without a value."""
    schema = _SHAPES[key.shape](key)
    if not key.required:
        _allow_null(schema)
    return schema


def _text(key: Key) -> dict[str, Any]:
    if key.name in _PATTERNS:
        return {"type": "string", "pattern": f"^{_PATTERNS[key.name]}$"}
    return {"type": "string", "pattern": r"\S"} if key.required else {"type": "string"}


def _names(key: Key) -> dict[str, Any]:
    return {"type": "array", "items": {"anyOf": [{"type": "string", "pattern": r"\S"}, _ref(key)]}}


def _map(key: Key) -> dict[str, Any]:
    return {"type": "object", "propertyNames": {"pattern": f"^{ID_PATTERN}$"}, "additionalProperties": _ref(key)}


def _ref(key: Key) -> dict[str, str]:
    assert key.record is not None
    return {"$ref": f"#/$defs/{key.record.__name__.lower()}"}


_SHAPES: dict[Shape, Callable[[Key], dict[str, Any]]] = {
    Shape.TEXT: _text,
    Shape.DATE: lambda _: {"anyOf": [{"$ref": "#/$defs/date"}]},
    Shape.WORD: lambda key: {"enum": list(key.words)},
    Shape.FLAG: lambda _: {"enum": [True, False, "true", "false"]},
    Shape.DATES: lambda _: {"type": "array", "items": {"$ref": "#/$defs/date"}},
    Shape.TEXTS: lambda _: {"type": "array", "items": {"type": "string", "minLength": 1}},
    Shape.RECORD: lambda key: {"anyOf": [_ref(key)]},
    Shape.RECORDS: lambda key: {"type": "array", "items": _ref(key)},
    Shape.NAMED_RECORDS: _names,
    Shape.RECORD_MAP: _map,
}


def _allow_null(schema: dict[str, Any]) -> None:
    if "anyOf" in schema:
        schema["anyOf"].append({"type": "null"})
    elif "enum" in schema:
        schema["enum"].append(None)
    else:
        schema["type"] = [schema["type"], "null"]


def _summary(record: type) -> str:
    return inspect.getdoc(record).splitlines()[0]  # type: ignore[union-attr] # every class of the model has a docstring


def _attribute_docs(record: type) -> dict[str, str]:
    """What the docstring of a class says of each of its fields."""
    section = (inspect.getdoc(record) or "").partition("Attributes:\n")[2].partition("\n\n")[0]
    found = re.findall(r"^    (\w+): (.*(?:\n {8}.*)*)", section, re.MULTILINE)
    return {name: " ".join(text.split()) for name, text in found}
