"""What our exporter writes, the importer reads back."""

from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from timeline.formats import ExportContext, ExportStream, ImportContext
from timeline.model import Event, Timeline
from timeline.testing import NOW, ImporterContract, RoundTripContract, strategies
from timeline_ical import IcalExporter, IcalImporter


class TestImporter(ImporterContract):
    """The contract of importers."""

    importer = IcalImporter()


class TestRoundTrip(RoundTripContract):
    """The contract of pairs."""

    exporter = IcalExporter()
    importer = IcalImporter()


def _and_back(timeline: Timeline, **options: Any) -> tuple[Timeline, Timeline, list[str]]:
    """What is to come back of a timeline, what does, and what was read past."""
    exporter, importer = IcalExporter(), IcalImporter()
    context = ExportContext(options=exporter.info.make_options({"cancelled": "always", **options}), now=NOW)
    stream = ExportStream(exporter, timeline, context)
    data = stream.read()
    dropped = {loss.event_id for loss in stream.losses if loss.drops_event}
    ctx = ImportContext(options=importer.info.make_options(), file="export.ics")
    back = importer.decode([data], ctx)
    kept = [event for event in timeline.events if event.id not in dropped]
    return attrs.evolve(timeline, events=kept), back, list(map(str, ctx.faults))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    strategies.timelines(),
    st.fixed_dictionaries(
        {
            "projections": st.sampled_from(["event", "todo", "journal"]),
            "wide": st.sampled_from(["marker", "span"]),
            "prefix": st.sampled_from(["both", "none"]),
            "language": st.sampled_from([None, "de"]),
            "alarm": st.sampled_from([None, "P1D"]),
            "timezone": st.sampled_from([None, "Europe/Kyiv", "America/New_York"]),
        }
    ),
)
def test_every_event_that_is_in_a_calendar_comes_back(timeline: Timeline, options: dict[str, Any]) -> None:
    wanted, back, faults = _and_back(timeline, **options)

    assert back == wanted
    assert faults == []


@pytest.mark.parametrize("date", ["2024-08", "2024", "2025-21", "198X", "2024-08-06~", "[2025-01..]", "[..2024-08-06]", "2024-11/..", "../2024-11-03", "{2024-08-06,2024-08-20}", "2024-08-06/2024-08-20", "2024-08-06T10:00:00", "2024-08-06T23:30:00-04:00", "1964/2008"])  # fmt: skip
def test_dates_come_back_as_they_were_stated(date: str) -> None:
    timeline = Timeline(id="t", title="T", events=[Event(id="e", title="x", when=date)])

    wanted, back, faults = _and_back(timeline)

    assert back == wanted
    assert str(back.events[0].when) == date
    assert faults == []
