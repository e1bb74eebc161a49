"""The JSON document: canonical, lossless, with faults by line and column."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import given

import timeline
from timeline import DocumentError, Timeline
from timeline.cli import main
from timeline.formats import ImportContext
from timeline.testing import NOW, SAMPLES, ExporterContract, ImporterContract, RoundTripContract
from timeline.testing.strategies import timelines
from timeline_json import JsonExporter, JsonImporter, JsonOptions, schema
from timeline_json._schema import render

SEED = Path(__file__).parents[3] / "seeds" / "kursk.yaml"
SHIPPED = Path(__file__).parents[1] / "src" / "timeline_json" / "timeline.schema.json"


class TestContract(ExporterContract, ImporterContract, RoundTripContract):
    """What every format must keep, and that nothing is lost."""

    exporter = JsonExporter()
    importer = JsonImporter()


@given(timelines())
def test_load_of_export_is_the_same_timeline(sample: Timeline) -> None:
    data = timeline.export(sample, "json", now=NOW).read()

    assert timeline.load(data, "json") == sample
    assert timeline.export(timeline.load(data), "json", now="2031-01-01").read() == data


@given(timelines())
def test_the_document_is_valid_by_its_schema(sample: Timeline) -> None:
    jsonschema.validate(json.loads(timeline.export(sample, "json", now=NOW).read()), schema())


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.title[:20])
def test_samples_are_valid_by_the_schema(sample: Timeline) -> None:
    jsonschema.validate(json.loads(timeline.export(sample, "json", now=NOW).read()), schema())


def test_the_seed_is_valid_by_the_schema_and_a_wrong_one_is_not() -> None:
    data = json.loads(timeline.convert(SEED, "json", now=NOW).read())
    jsonschema.validate(data, schema())

    for change in ({"titel": "x"}, {"timeline": 2}, {"id": "a b"}, {"title": None}, {"events": [{"id": "e"}]}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**data, **change}, schema())


def test_the_shipped_schema_is_the_one_the_model_gives() -> None:
    assert SHIPPED.read_text("utf-8") == render(), "write timeline_json._schema.render() to this file"
    jsonschema.Draft202012Validator.check_schema(schema())


def test_every_key_of_the_schema_is_described() -> None:
    definitions: Any = schema()
    for mapping in (definitions, *definitions["$defs"].values()):
        for name, value in mapping.get("properties", {}).items():
            assert value["description"], name


def test_the_command_prints_the_schema() -> None:
    run = CliRunner().invoke(main, ["schema"])

    assert run.exit_code == 0
    assert json.loads(run.stdout) == schema()


def test_the_canonical_text_has_one_event_a_line() -> None:
    sample = Timeline(
        id="t",
        title="Ü",
        sources=[timeline.Source(id="s", url="https://example.org/"), timeline.Source(id="r")],
        events=[timeline.Event(id="a", title="A", when="2024-08"), timeline.Event(id="b", title="B")],
    )

    assert (
        timeline.export(sample, "json", now=NOW).read().decode()
        == """{
  "timeline": 1,
  "id": "t",
  "title": "Ü",
  "language": "en",
  "sources": {
    "s": {"url": "https://example.org/"},
    "r": {}
  },
  "events": [
    {"id": "a", "title": "A", "when": "2024-08"},
    {"id": "b", "title": "B"}
  ]
}
"""
    )


def _faults(text: str | bytes) -> list[str]:
    data = text.encode() if isinstance(text, str) else text
    ctx = ImportContext(options=JsonOptions(), file="t.json")
    with pytest.raises(DocumentError) as caught:
        JsonImporter().decode([data], ctx)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "t.json: found an empty file"),
        ("{", "t.json:1:2: found text that is not JSON (Expecting property name"),
        ('{"timeline": 1,\n "id": "t"\n "title": "T"}', "t.json:3:2: found text that is not JSON (Expecting ','"),
        ('{"timeline": 1} x', "t.json:1:17: found text that is not JSON (Extra data)"),
        ('{"timeline": NaN, "id": "t", "title": "T"}', "t.json:1:14: timeline: found the number nan, expected 1"),
        ('{"timeline": 1, "id": "NaN", "title": NaN}', "t.json:1:39: title: found the number nan, expected text"),
        ('{"timeline": 1, "id": "t", "title": ' + "9" * 5000 + "}", "t.json:1:37: title: found the number inf"),
        ('{"timeline": -Infinity, "id": "t", "title": "T"}', "t.json:1:14: timeline: found the number -inf"),
        ("[" * 100_000, "t.json: found lists and objects nested too deep"),
        ("[]", "t.json:1:1: found a list, expected a mapping that begins"),
        ('"text"', "t.json:1:1: found the text 'text', expected a mapping"),
        ('{"timeline": 1,\n "id": "t", "title": 3}', "t.json:2:22: title: found the number 3, expected text"),
        ('{"timeline": 1,\n\n "id": "t", "titel": "T", "title": "x"}', "t.json:3:13: titel: found unknown key"),
        ('{"timeline": 1, "id": "t", "title": "T", "events": [\n{"id": "e", "title": "E", "when": "x\\"y"}]}',
         "t.json:2:35: events[0].when: found 'x\"y'"),
        ('{"timeline": 1, "id": "t", "title": "T",\n "title": "U"}', "t.json:2:2: title: found the key 'title' a second"),
        ('{"timeline": 1, "id": "t", "title": "\\ud800"}', "t.json:1:37: title: found half a surrogate pair"),
    ],
)  # fmt: skip
def test_a_fault_has_its_line_and_column(text: str, fault: str) -> None:
    assert _faults(text)[0].startswith(fault)


def test_a_repeated_key_is_told_apart_from_the_same_key_elsewhere() -> None:
    text = '{"timeline": 1, "id": "t", "title": "T", "events": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]}'
    assert len(timeline.load(text.encode()).events) == 2

    faults = _faults(text.replace('"title": "B"', '"title": "B", "title": "C"'))

    assert len(faults) == 1
    assert "events[1].title: found the key 'title' a second time" in faults[0]


def test_a_repeated_object_is_one_fault_and_not_one_for_each_of_its_keys() -> None:
    text = '{"timeline": 1, "id": "t", "title": "T", "sources": {"a": {"title": "A"}, "a": {"title": "B"}}}'

    assert len(_faults(text)) == 1


def test_an_object_where_a_list_is_due_is_located() -> None:
    faults = _faults('{"timeline": 1, "id": "t", "title": "T", "events": [[], {}, "a", 1, null, true]}')

    assert [fault.split(":")[2] for fault in faults if "expected a mapping" in fault] == ["53", "61", "66", "69", "75"]


def test_a_large_document_is_refused_by_its_limit() -> None:
    ctx = ImportContext(options=JsonOptions(max_bytes=10), file="t.json")

    with pytest.raises(DocumentError, match=r"more than 10 bytes, expected at most 10 \(-O json.max_bytes=N raises"):
        JsonImporter().decode([b"{" * 20], ctx)
