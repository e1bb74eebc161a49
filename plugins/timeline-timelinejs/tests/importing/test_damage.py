"""Whatever is done to a file, it is read and the damage said, or refused: nothing ends in a traceback."""

import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline import export
from timeline.errors import DocumentError
from timeline.formats import ExportContext, ExportStream, ImportContext
from timeline.model import Timeline
from timeline.testing import FEATURE_SAMPLES, NOW
from timeline_timelinejs import TimelineJsCsvImporter, TimelineJsExporter, TimelineJsImporter

_SHEET = """Year,Month,Day,Time,End Year,Display Date,Headline,Text,Media,Media Caption,Type,Group
,,,,,,Story,"<p class=""lead"">About <a href=""https://example.org"">it</a></p>",,,title,
2024,8,6,10:30 pm,,c. 2024,R&amp;D,"One
two",https://example.org/a.png,A map,,Front
-44,3,15,,14,,Two,,"<iframe src='https://example.org'>",,,
600,,,,650,,Then,,,,era,
"""
_OLD = json.dumps(
    {"timeline": {"headline": "S", "date": [{"startDate": "2011,12,10", "headline": "x", "asset": {"media": "y"}}]}}
)
_VALUES: list[Any] = [None, True, 0, -1, 1e300, float("nan"), "", "x", "2024", "1,999", "<b>x</b>", "<", "&#0;", "\ud800", "\0", [], {}, [[]], {"year": 1}, {"year": "x"}, "2024-01-01", "<![CDATA[x", "a" * 300, 10**30, -(10**30), "http://[x", "javascript:x"]  # fmt: skip


def _documents() -> list[tuple[Any, bytes]]:
    """Files to damage, each with what reads it."""
    exporter, read = TimelineJsExporter(), TimelineJsImporter()
    events = [event for sample in FEATURE_SAMPLES.values() for event in sample.events[:1]]
    sources = {source.id: source for sample in FEATURE_SAMPLES.values() for source in sample.sources}
    named = [type(event)(**{**_fields(event), "id": f"e{number}"}) for number, event in enumerate(events)]
    timeline = Timeline(id="t", title="T", text="About", sources=list(sources.values()), events=named)
    made = []
    for record in ("yes", "no"):
        ctx = ExportContext(options=exporter.info.make_options({"record": record}), now=NOW)
        made.append((read, ExportStream(exporter, timeline, ctx).read()))
    return [*made, (read, _OLD.encode()), (TimelineJsCsvImporter(), _SHEET.encode())]


def _fields(event: Any) -> dict[str, Any]:
    names = ["title", "text", "places", "actors", "tags", "group", "media", "claims", "outcome"]
    return {**{name: getattr(event, name) for name in names}, "when": event.own_when}


_DOCUMENTS = _documents()


def _try(importer: Any, data: bytes) -> Timeline | None:
    ctx = ImportContext(options=importer.info.make_options(), file="damaged")
    timeline: Timeline | None = None
    try:
        timeline, faults = importer.decode([data], ctx), ctx.faults
    except DocumentError as error:
        faults = list(error.faults)
    assert timeline is not None or faults
    for fault in faults:
        assert "damaged" in fault.render()
    return timeline


def _steps(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner: Any = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [path, *(step for key, value in inner for step in _steps(value, (*path, key)))]


def _with_other_values(data: bytes, rng: random.Random) -> bytes:
    tree = json.loads(data)
    for _ in range(rng.randint(1, 4)):
        path = rng.choice(_steps(tree)[1:])
        holder = tree
        for step in path[:-1]:
            holder = holder[step]
        if rng.random() < 0.7:
            holder[path[-1]] = rng.choice(_VALUES)
        else:
            del holder[path[-1]]
        if not tree:
            break
    return json.dumps(tree).encode()


def _with_other_bytes(data: bytes, rng: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(found) + 1)
        way = rng.random()
        if way < 0.3:
            found[at : at + 1] = bytes([rng.randrange(256)])
        elif way < 0.5:
            del found[at : at + rng.randint(1, 40)]
        elif way < 0.8:
            found[at:at] = rng.choice([b'"', b"'", b",", b"\n", b"{", b"}", b"<", b"&", b"<![", b"\\", b"0", b"-", b";", b"\r", b"\0"])  # fmt: skip
        else:
            found[at:at] = found[: rng.randint(1, 200)]
    return bytes(found)


@pytest.mark.parametrize("seed", range(4))
def test_nothing_ends_in_a_traceback(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - the same damage in every run
    read = 0
    for _ in range(60):
        importer, data = rng.choice(_DOCUMENTS)
        is_json = data.startswith(b"{")
        damaged = (_with_other_values if is_json and rng.random() < 0.7 else _with_other_bytes)(data, rng)
        timeline = _try(importer, damaged)
        if timeline is not None:
            read += 1
            export(timeline, "json", now=NOW).read()

    assert read > 10


@settings(max_examples=200)
@given(st.binary(max_size=60), st.sampled_from(["json", "csv"]))
def test_any_bytes_are_read_or_refused(data: bytes, kind: str) -> None:
    if kind == "csv":
        _try(TimelineJsCsvImporter(), b"Year,Month,Headline,Text\n" + data)
    else:
        _try(TimelineJsImporter(), b'{"events": [' + data)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["start_date", "end_date", "year", "month", "day", "hour", "text", "headline", "media", "url", "group", "timeline", "unique_id", "location", "name"]), inner, max_size=5)
    ),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=200)
@given(st.lists(_JSON, max_size=3), _JSON, _JSON)
def test_any_values_make_events_or_are_said(slides: list[Any], title: Any, eras: Any) -> None:
    importer = TimelineJsImporter()
    ctx = ImportContext(options=importer.info.make_options(), file="odd")

    timeline = importer.decode([json.dumps({"events": slides, "title": title, "eras": eras}).encode()], ctx)

    whole = sum(isinstance(slide, dict) for slide in slides)
    whole += sum(isinstance(era, dict) for era in eras) if isinstance(eras, list) else 0
    assert len(timeline.events) == whole
