"""What our exporter writes, the importer reads back."""

from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from timeline.formats import ExportContext, ExportStream, ImportContext
from timeline.model import Claim, Event, Media, Source, Timeline
from timeline.testing import NOW, ImporterContract, RoundTripContract, strategies
from timeline_timelinejs import TimelineJsCsvImporter, TimelineJsExporter, TimelineJsImporter


class TestImporter(ImporterContract):
    """The contract of importers."""

    importer = TimelineJsImporter()


class TestCsvImporter(ImporterContract):
    """The contract of importers."""

    importer = TimelineJsCsvImporter()


class TestRoundTrip(RoundTripContract):
    """The contract of pairs."""

    exporter = TimelineJsExporter()
    importer = TimelineJsImporter()


def _and_back(timeline: Timeline, **options: Any) -> tuple[Timeline, Timeline, list[str]]:
    """What is to come back of a timeline, what does, and what was read past."""
    exporter, importer = TimelineJsExporter(), TimelineJsImporter()
    stream = ExportStream(exporter, timeline, ExportContext(options=exporter.info.make_options(options), now=NOW))
    data = stream.read()
    dropped = {loss.event_id for loss in stream.losses if loss.drops_event}
    ctx = ImportContext(options=importer.info.make_options(), file="export.json")
    back = importer.decode([data], ctx)
    kept = [event for event in timeline.events if event.id not in dropped]
    return attrs.evolve(timeline, events=kept), back, list(map(str, ctx.faults))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    strategies.timelines(),
    st.fixed_dictionaries(
        {
            "group": st.sampled_from(["group", "tag", "place", "status", "none"]),
            "media": st.sampled_from(["load", "link"]),
            "language": st.sampled_from([None, "de", "ar"]),
        }
    ),
)
def test_every_event_that_has_a_slide_comes_back(timeline: Timeline, options: dict[str, Any]) -> None:
    wanted, back, faults = _and_back(timeline, **options)

    assert back == wanted
    assert faults == []


def test_without_a_record_what_slides_show_comes_back() -> None:
    events = [
        Event(
            id="a.b_c-marker",
            title="R&D < all",
            text="A *text*.\n\n- one\n- [two](https://example.org/a_b)",
            when="2024-08",
            group="Front",
            media=Media(url="https://example.org/a.png", caption="A & B", credit="C", alt="D"),
        ),
        Event(id="e2", title="Two", when="-0043-03-15/-0042-01-02"),
        Event(id="e3", title="Three", when="Y-12000"),
    ]
    timeline = Timeline(id="story", title="Story", text="About.", events=events)

    wanted, back, faults = _and_back(timeline, record="no")

    claimed = [
        attrs.evolve(event, when=None, claims=[Claim(source="story", when=event.when)]) for event in wanted.events
    ]
    assert back.events == tuple(claimed)
    assert back == attrs.evolve(wanted, sources=[Source(id="story", title="Story")], events=claimed)
    assert len(faults) == 1
    assert "a slide of one of our exports without its record, 3 times, first here" in faults[0]


@pytest.mark.parametrize("record", ["yes", "no"])
def test_the_era_of_what_was_yet_to_come_is_no_event(record: str) -> None:
    timeline = Timeline(id="t", title="T", events=[Event(id="e", title="x", when="2030")])
    exporter = TimelineJsExporter()
    for language in ("en", "de"):
        ctx = ExportContext(options=exporter.info.make_options({"record": record, "language": language}), now=NOW)
        data = ExportStream(exporter, timeline, ctx).read()
        assert b'"eras"' in data

        _, back, faults = _and_back(timeline, record=record, language=language)

        assert [event.title for event in back.events] == ["x"]
        assert len(faults) == (record == "no")
