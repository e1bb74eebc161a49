"""The document: keys, faults, and the law that reading undoes writing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from timeline import document
from timeline.document import Place, Position, Shape
from timeline.errors import DocumentError
from timeline.model import Claim, Event, Media, Outcome, Source, Speaker, Timeline
from timeline.testing import SAMPLES
from timeline.testing.strategies import timelines


def _faults(tree: object) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        document.read(tree)
    return [str(fault).removeprefix("<text>: ") for fault in caught.value.faults]


def _tree(**changes: Any) -> dict[str, Any]:
    return {"timeline": "1", "id": "t", "title": "T", **changes}


@given(timelines())
def test_read_of_write_is_the_same_timeline(timeline: Timeline) -> None:
    assert document.read(document.write(timeline)) == timeline


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.title[:20])
def test_samples_come_back(sample: Timeline) -> None:
    assert document.read(document.write(sample)) == sample


def test_the_keys_are_those_that_are_promised() -> None:
    assert list(document.keys(Timeline)) == ["id", "title", "text", "language", "url", "updated", "sources", "events"]
    assert list(document.keys(Source)) == [
        "id",
        "publisher",
        "title",
        "author",
        "url",
        "published",
        "accessed",
        "archived",
        "reliability",
    ]
    assert list(document.keys(Event)) == [
        "id",
        "title",
        "text",
        "when",
        "duration",
        "repeats",
        "places",
        "actors",
        "tags",
        "group",
        "media",
        "after",
        "claims",
        "outcome",
    ]
    assert list(document.keys(Media)) == ["url", "credit", "caption", "alt"]
    assert list(document.keys(Claim)) == [
        "source",
        "speakers",
        "via",
        "said",
        "modality",
        "when",
        "phrase",
        "quote",
        "likelihood",
        "credibility",
        "condition",
        "condition_event",
        "recorded",
    ]
    assert list(document.keys(Outcome)) == ["result", "source", "decided", "when", "by", "quote", "note"]
    assert list(document.keys(Speaker)) == ["name", "named", "count"]
    assert document.keys(Timeline)["sources"].shape is Shape.RECORD_MAP


@pytest.mark.parametrize(
    ("tree", "faults"),
    [
        (None, ["found nothing, expected a mapping that begins with `timeline: 1`"]),
        ([], ["found a list, expected a mapping that begins with `timeline: 1`"]),
        ("hello", ["found the text 'hello', expected a mapping that begins with `timeline: 1`"]),
        ({"id": "t", "title": "T"}, ["found no key 'timeline', expected `timeline: 1`, the version of the document"]),
        (_tree(timeline="2"), ["timeline: found the text '2', expected 1, the version of the document"]),
        (_tree(timeline=True), ["timeline: found true, expected 1, the version of the document"]),
        (_tree(titel="x"), ["titel: found unknown key 'titel', expected 'title': did you mean that?"]),
        (_tree(title=None), ["found no key 'title', expected `title:`, which is required here"]),
        (_tree(title=12), ["title: found the number 12, expected text"]),
        (_tree(updated="soon"), ["updated: found 'soon' at character 1 of 'soon', expected a date such as 2024, "
         "2024-08 or 2024-08-06 (EDTF level 0)"]),
        (_tree(events={}), ["events: found a mapping, expected a list of mappings, each item begun with '-'"]),
        (_tree(sources=[]), ["sources: found a list, expected a mapping of ids to mappings"]),
        (_tree(sources={"a b": {}}), [
            "sources.a b: found 'a b', expected 1 to 127 of the letters A-Z a-z, digits, '.', '_' and '-', "
            "beginning with a letter or digit"]),
        (_tree(sources={"a": {"id": "a"}}), [
            "sources.a.id: found unknown key 'id', expected one of: publisher, title, author, url, published, "
            "accessed, archived, reliability"]),
        (_tree(events=["x"]), ["events[0]: found the text 'x', expected a mapping"]),
        (_tree(events=[{"id": "e", "title": "E", "tags": "war"}]), [
            "events[0].tags: found the text 'war', expected a list of texts, such as [one, another]"]),
        (_tree(events=[{"id": "e", "title": "E", "tags": ["a", None, 3]}]), [
            "events[0].tags[1]: found nothing, expected a text that is not empty",
            "events[0].tags[2]: found the number 3, expected a text that is not empty"]),
        (_tree(events=[{"id": "e", "title": "E", "media": {}}]), [
            "events[0].media: found no key 'url', expected `url:`, which is required here"]),
        (_tree(events=[{"id": "e", "title": "E"}, {"id": "e", "title": "E"}]), [
            "events[1].id: found 'e', which is the id of events[0] too, expected an id of its own"]),
        (_tree(sources={"post": None}, events=[{"id": "e", "title": "E", "claims": [{"source": "pots"}]}]), [
            "events[0].claims[0].source: found 'pots', expected the id of a source; did you mean 'post'?"]),
        (_tree(events=[{"id": "e", "title": "E", "claims": [{"source": "s"}]}]), [
            "events[0].claims[0].source: found 's', expected the id of a source; the document has no `sources:`"]),
        (_tree(sources={"s": None}, events=[{"id": "e", "title": "E", "claims": [{"source": "s", "modality": "x"}]}]), [
            "events[0].claims[0].modality: found 'x', expected one of: reported, denied, projected, planned, desired, "
            "assessed"]),
    ],
)  # fmt: skip
def test_a_fault_says_where_what_and_what_was_expected(tree: object, faults: list[str]) -> None:
    assert _faults(tree) == faults


def test_all_faults_come_at_once() -> None:
    tree = _tree(
        language="?",
        foo="",
        sources={"s": {"published": "x", "bar": "y"}},
        events=[{"when": "2024-13"}, {"id": "e", "title": "E", "claims": [{"said": "x", "source": "t"}, "claim"]}],
    )

    assert len(_faults(tree)) == 10


def test_faults_stand_in_the_order_of_the_text() -> None:
    positions = {Place(("titel",), at_key=True): Position(line=9, column=1), Place(("id",)): Position(line=2, column=5)}

    with pytest.raises(DocumentError) as caught:
        document.read(_tree(titel="x", id="?"), file="f.yaml", text="a\nb\n" * 6, locate=lambda _: positions)

    assert [fault.line for fault in caught.value.faults] == [2, 9]
    assert str(caught.value).startswith("f.yaml:2:5: id: found '?', expected 1 to 127")


def test_a_key_without_a_value_is_absent() -> None:
    assert document.read(_tree(text=None, events=None)) == Timeline(id="t", title="T")


def test_what_is_absent_is_not_written() -> None:
    written = document.write(Timeline(id="t", title="T", events=[Event(id="e", title="E")]))

    assert written == {"timeline": 1, "id": "t", "title": "T", "language": "en", "events": [{"id": "e", "title": "E"}]}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "f: found an empty file, expected a timeline document"),
        (b" \n\t\n", "f: found an empty file"),
        (b"\xef\xbb\xbf", "f: found an empty file"),
        (b"a: b\ncaf\xe9: x\n", "f:2:4: found byte 0xe9, which is not UTF-8, expected text in UTF-8"),
        (b"\xff\xfea\x00", "f:1:1: found byte 0xff"),
    ],
)
def test_bytes_that_are_no_text_are_a_fault(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError) as caught:
        document.decode(data, file="f")

    assert str(caught.value.faults[0]).startswith(message)


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert document.decode(b"\xef\xbb\xbfa", file=None) == "a"


def test_reading_stops_at_the_limit() -> None:
    pulled = []

    def chunks() -> Any:
        for _ in range(1000):
            pulled.append(1)
            yield b"x" * 10

    with pytest.raises(DocumentError, match=r"more than 25 bytes, expected at most 25 \(-O x raises the limit\)"):
        document.gather(chunks(), file=None, max_bytes=25, option="-O x")
    assert len(pulled) == 3


def test_lines_are_those_of_editors() -> None:
    lines = document.Lines("a\r\nb\rc\nd\x0be\u2028f")

    assert [lines.line(number) for number in (1, 2, 3, 4)] == ["a", "b", "c", "d\x0be\u2028f"]
    assert [lines.position(offset).line for offset in (0, 1, 3, 5, 7, 12)] == [1, 1, 2, 3, 4, 4]
    assert lines.position(9, 2) == Position(line=4, column=3, length=2)
