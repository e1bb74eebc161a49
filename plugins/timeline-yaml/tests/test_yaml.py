"""The YAML document: text is text, and every fault has its place."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given

import timeline
from timeline import DocumentError, Timeline, When
from timeline.document import write
from timeline.formats import ImportContext
from timeline.testing import ImporterContract
from timeline.testing.strategies import timelines
from timeline_yaml import YamlImporter, YamlOptions

SEED = Path(__file__).parents[3] / "seeds" / "kursk.yaml"
HEAD = "timeline: 1\nid: t\ntitle: T\n"


class TestContract(ImporterContract):
    """What every importer must keep."""

    importer = YamlImporter()


def _read(text: str | bytes, **options: int) -> Timeline:
    data = text.encode() if isinstance(text, str) else text
    return YamlImporter().decode([data], ImportContext(options=YamlOptions(**options), file="t.yaml"))


def _faults(text: str | bytes, **options: int) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        _read(text, **options)
    return [str(fault) for fault in caught.value.faults]


def test_scalars_are_text_whatever_they_look_like() -> None:
    event = _read(
        HEAD + "events:\n- {id: e, title: NO, group: 12:30, when: 2024-08-06, tags: [0123, 1_000, null, ~, 1e3, true]}"
    ).events[0]

    assert event.title == "NO"
    assert event.group == "12:30"
    assert event.when == When.parse("2024-08-06")
    assert event.tags == ("0123", "1_000", "null", "~", "1e3", "true")


@given(timelines())
def test_what_is_written_by_another_yaml_library_is_read(sample: Timeline) -> None:
    # Its own quoting keeps texts texts; the version is the one number of the document.
    text = yaml.safe_dump(write(sample), sort_keys=False)

    assert _read(text) == sample


def test_a_key_without_a_value_is_absent_and_a_quoted_empty_text_too() -> None:
    assert _read(HEAD + "text:\nurl: ''\nevents:\n") == Timeline(id="t", title="T")


def test_a_block_ends_without_a_line_end() -> None:
    read = _read("timeline: 1\nid: t\ntitle: >\n  A long\n  title\ntext: |\n  One.\n\n  Two.\n")

    assert read.title == "A long title"
    assert read.text == "One.\n\nTwo."


def test_what_yaml_reads_otherwise_than_people_do_is_said() -> None:
    event = HEAD + "events:\n- id: e\n  title: E\n"

    assert "one with brackets stands in quotation marks" in _faults(event + "  when: [2025-01..]\n")[0]
    assert "one with brackets stands in quotation marks" in _faults(event + "  when: {1960,1961-12}\n")[0]
    assert "stands in quotation marks if it has ': '" in _faults("timeline: 1\nid: t\ntitle: Kursk: a story\n")[0]


def test_aliases_and_a_text_tag_are_read() -> None:
    read = _read(HEAD + "events:\n- {id: a, title: A, tags: &tags [x, !!str 12]}\n- {id: b, title: B, tags: *tags}")

    assert read.events[0].tags == read.events[1].tags == ("x", "12")


def test_line_ends_and_a_byte_order_mark_make_no_difference() -> None:
    text = HEAD + "events:\n- id: a\n  title: A\n"

    assert _read(text) == _read(text.replace("\n", "\r\n")) == _read(b"\xef\xbb\xbf" + text.encode())


FAULTS = [
    ("", "t.yaml: found an empty file, expected a timeline document"),
    ("# only a comment\n", "t.yaml:2:1: found a file with nothing but comments"),
    (b"timeline: 1\ntitle: caf\xe9\n", "t.yaml:2:11: found byte 0xe9, which is not UTF-8, expected text in UTF-8"),
    ("timeline: 1\ntitle: \x07bell\n", "t.yaml:2:8: found the character U+0007, expected printable text"),
    ("just text", "t.yaml:1:1: found the text 'just text', expected a mapping"),
    ("- a list", "t.yaml:1:1: found a list, expected a mapping"),
    ("timeline: 1\nid: t\ntitle: [T\n", "t.yaml:4:1: found text that is not YAML"),
    ("timeline: 1\n\tid: t\n", "t.yaml:2:1: found text that is not YAML"),
    (HEAD + "---\ntimeline: 1\n", "t.yaml:4:1: found a second document, expected one document a file"),
    (HEAD + "title: U\n", "t.yaml:4:1: found the key 'title' a second time, expected each key once in a mapping"),
    (HEAD + "titel: U\n", "t.yaml:4:1: titel: found unknown key 'titel', expected 'title': did you mean that?"),
    (HEAD + "? [a]\n: b\n", "t.yaml:4:3: found a key that is not text"),
    (HEAD + "<<: {text: x}\n", "t.yaml:4:1: found a merge key <<"),
    (HEAD + "text: !!python/object/apply:os.system [ls]\n",
     "t.yaml:4:7: found the tag 'tag:yaml.org,2002:python/object/apply:os.system', expected no tags"),
    (HEAD + "text: !local x\n", "t.yaml:4:7: found the tag '!local'"),
    (HEAD + "text: *nowhere\n", "t.yaml:4:7: found the alias *nowhere, expected an anchor &nowhere"),
    (HEAD + "events: &a [*a]\n", "t.yaml:4:13: found the alias *a, expected an anchor &a that is complete before it"),
    (HEAD + "events:\n  - title: E\n", "t.yaml:5:5: events[0]: found no key 'id', expected `id:`"),
    (HEAD + "events:\n- {id: e, title: E}\n- {id: e, title: F}\n", "t.yaml:6:8: events[1].id: found 'e', which is the id"),
    (HEAD + "events:\n- id: e\n  title: E\n  when: 2024-13\n",
     "t.yaml:7:9: events[0].when: found '13' at character 6 of '2024-13', expected a month 01 to 12"),
    (HEAD + "events:\n- id: e\n  title: E\n  tags: war\n", "t.yaml:7:9: events[0].tags: found the text 'war', expected a list"),
    (HEAD + "sources: {s: }\nevents:\n- id: e\n  title: E\n  claims:\n  - source: z\n",
     "t.yaml:9:13: events[0].claims[0].source: found 'z', expected the id of one of `sources:`"),
    (HEAD + "x: " + "[" * 200 + "]" * 200, "t.yaml:4:103: found lists and mappings nested more than 100 deep"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "fault"), FAULTS, ids=[fault.split("found ")[1][:30] for _, fault in FAULTS])
def test_a_fault_has_its_line_and_column(text: str | bytes, fault: str) -> None:
    assert _faults(text)[0].startswith(fault)


def test_all_faults_come_at_once_in_the_order_of_the_file() -> None:
    faults = _faults(
        "timeline: 1\n"
        "title: T\n"
        "titel: T\n"
        "sources:\n"
        "  post: {publisher: !x P, published: soon}\n"
        "events:\n"
        "  - id: a b\n"
        "    title: E\n"
        "    when: 2024-02-30\n"
        "  - title: F\n"
        "    claims: [{source: pots, modality: reportd}]\n"
    )

    assert [fault.split(": ")[0] for fault in faults] == [
        "t.yaml:1:1",
        "t.yaml:3:1",
        "t.yaml:5:21",
        "t.yaml:5:38",
        "t.yaml:7:9",
        "t.yaml:9:11",
        "t.yaml:10:5",
        "t.yaml:11:23",
        "t.yaml:11:39",
    ]


def test_an_alias_bomb_is_refused_at_once() -> None:
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    started = time.process_time()

    faults = _faults(HEAD + "\n".join(lines))

    assert len(faults) == 1
    assert "found aliases that stand for too much, expected at most 1,000,000 characters" in faults[0]
    # Ten to the eleventh values would take days; this is no measure of speed.
    assert time.process_time() - started < 60


def test_aliases_of_a_long_text_are_weighed_by_its_length() -> None:
    events = "".join(f"- {{id: e{n}, title: *long}}\n" for n in range(30))

    faults = _faults(HEAD + f"text: &long {'x' * 50_000}\nevents:\n{events}")

    assert "found aliases that stand for too much" in faults[0]


def test_an_anchor_may_be_used_again() -> None:
    faults = _faults("timeline: 1\nid: &a t\ntitle: &a T\ntext: *a\nupdated: zzz\n")

    assert len(faults) == 1
    assert faults[0].startswith("t.yaml:5:10: updated: found 'zzz'")


def test_an_anchor_that_is_used_again_within_itself_is_no_anchor_yet() -> None:
    faults = _faults(HEAD + "text: &a x\nevents: &a [*a]\n")

    assert "found the alias *a, expected an anchor &a that is complete before it" in faults[0]


def test_empty_quoted_titles_are_told_from_missing_ones() -> None:
    assert "title: found no text, expected a title" in _faults("timeline: 1\nid: t\ntitle: ''\n")[0]
    assert "found no key 'title'" in _faults("timeline: 1\nid: t\ntitle:\n")[0]


def test_lines_are_counted_as_editors_count_them() -> None:
    faults = _faults('timeline: 1\nid: t\ntitle: "a\u2028b"\nupdated: zzz\n')

    assert faults[0].startswith("t.yaml:4:10: updated")


def test_a_file_over_the_limit_is_refused_before_it_is_read_whole() -> None:
    pulled = []

    def chunks() -> object:
        for _ in range(1600):
            pulled.append(1)
            yield b"x" * 65_536

    with pytest.raises(
        DocumentError, match=r"t.yaml: found more than 67,108,864 bytes, expected at most .*max_bytes=N"
    ):
        YamlImporter().decode(chunks(), ImportContext(options=YamlOptions(), file="t.yaml"))  # type: ignore[arg-type]
    assert len(pulled) == 1025


def test_the_limit_can_be_raised_by_whoever_reads() -> None:
    text = HEAD + "text: " + "x" * 100

    assert "more than 50 bytes" in _faults(text, max_bytes=50)[0]
    assert timeline.load(text.encode(), "yaml", {"max_bytes": "500"}).id == "t"


def test_the_rendered_fault_shows_the_line() -> None:
    with pytest.raises(DocumentError) as caught:
        _read(HEAD + "events:\n- id: e\n  title: E\n  when: 2024-13\n")

    assert str(caught.value).split("\n")[1:] == [" 7 |   when: 2024-13", "   |         ^^^^^^^"]


def test_events_are_counted_as_they_are_parsed() -> None:
    done: list[int] = []

    timeline.load(SEED, on_progress=done.append)

    assert sum(done) == 16
