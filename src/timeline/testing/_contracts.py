"""What every exporter and importer must keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from timeline.document import write
from timeline.errors import DocumentError, OptionError
from timeline.formats import ExportContext, Exporter, ExportStream, Feature, ImportContext, Importer
from timeline.testing._samples import FEATURE_SAMPLES, NOW, PLAIN, SAMPLES

if TYPE_CHECKING:
    from timeline.errors import Fault
    from timeline.formats import Loss
    from timeline.model import Timeline


def _export(exporter: Exporter, timeline: Timeline, **changes: Any) -> tuple[bytes, tuple[Loss, ...]]:
    ctx = ExportContext(**{"options": exporter.info.make_options(), "now": NOW, **changes})
    stream = ExportStream(exporter, timeline, ctx)
    return stream.read(), stream.losses


class ExporterContract:
    """Tests that every exporter must pass; set `exporter`."""

    exporter: Exporter

    def test_describes_itself(self) -> None:
        """The descriptor is complete and its options have defaults."""
        assert isinstance(self.exporter, Exporter)
        info = self.exporter.info
        assert info.title
        assert "/" in info.media_type
        assert all(suffix.startswith(".") for suffix in info.suffixes)
        assert info.suffixes
        assert isinstance(info.make_options(), info.options)

    def test_refuses_unknown_options(self) -> None:
        """An option that is not there is an error, not ignored."""
        try:
            self.exporter.info.make_options({"no_such_option": "1"})
        except OptionError:
            return
        raise AssertionError

    def test_same_input_same_bytes(self) -> None:
        """Two exports of equal timelines at one moment are the same."""
        for sample in SAMPLES:
            assert _export(self.exporter, sample) == _export(self.exporter, attrs.evolve(sample))

    def test_yields_bytes(self) -> None:
        """The pieces are bytes."""
        ctx = ExportContext(options=self.exporter.info.make_options(), now=NOW)
        assert all(type(piece) is bytes for piece in self.exporter.encode(PLAIN, ctx))

    def test_carries_what_it_says(self) -> None:
        """A feature is lost, and reported, if and only if it is not in `carries`."""
        for feature, sample in FEATURE_SAMPLES.items():
            _, losses = _export(self.exporter, sample)
            lost = {loss.feature for loss in losses}
            assert (feature in lost) == (feature not in self.exporter.info.carries), (feature, losses)
            assert lost <= {feature}, (feature, losses)

    def test_a_plain_event_loses_nothing(self) -> None:
        """One event on one day is carried whole."""
        assert _export(self.exporter, PLAIN)[1] == ()

    def test_losses_name_events_that_exist(self) -> None:
        """A loss names an event of the timeline, or none."""
        for sample in SAMPLES:
            ids = {event.id for event in sample.events} | {None}
            assert {loss.event_id for loss in _export(self.exporter, sample)[1]} <= ids

    def test_counts_events(self) -> None:
        """Progress is reported for each event once."""
        for sample in SAMPLES:
            done: list[int] = []
            _export(self.exporter, sample, on_progress=done.append)
            assert sum(done) == len(sample.events)


class ImporterContract:
    """Tests that every importer must pass; set `importer`."""

    importer: Importer

    def test_reports_rubbish(self) -> None:
        """What is no document of the format is a `DocumentError` that names the file."""
        for rubbish in (b"", b"\xff\xfe\x00", b"\x00", b"]", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3"):
            ctx = ImportContext(options=self.importer.info.make_options(), file="rubbish")
            faults = self._faults(rubbish, ctx)
            assert faults, rubbish
            assert all("rubbish" in str(fault) for fault in faults)

    def _faults(self, data: bytes, ctx: ImportContext) -> tuple[Fault, ...]:
        try:
            self.importer.decode([data], ctx)
        except DocumentError as error:
            return error.faults
        return ()


class RoundTripContract:
    """Tests of a pair that reads what it writes; set both.

    Samples of what the format carries must come back equal.
    """

    exporter: Exporter
    importer: Importer

    def test_comes_back(self) -> None:
        """What the format carries comes back as it was."""
        carried = [sample for feature, sample in FEATURE_SAMPLES.items() if feature in self.exporter.info.carries]
        samples = SAMPLES if set(Feature) <= self.exporter.info.carries else [PLAIN, *carried]
        for sample in samples:
            data, _ = _export(self.exporter, sample)
            ctx = ImportContext(options=self.importer.info.make_options(), file="sample")
            back = self.importer.decode([data], ctx)
            assert back == sample, (write(back), write(sample))
