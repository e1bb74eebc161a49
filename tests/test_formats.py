"""The seam: descriptors, options, contexts and export streams."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import attrs
import pytest

from timeline.errors import ModelError, OptionError, PluginError, StreamError
from timeline.formats import (
    DATE_FEATURES,
    Context,
    ExportContext,
    ExportStream,
    Feature,
    FormatInfo,
    Loss,
    LossError,
    LossKind,
    NoOptions,
    choice,
    whole_number,
)
from timeline.model import Timeline
from timeline.testing import PLAIN


@attrs.frozen(kw_only=True)
class _Options:
    size: str = choice("small", "large", default="small")
    limit: int = whole_number(default=3, at_least=1)


_INFO = FormatInfo(
    name="plain", title="plain text", media_type="text/plain", suffixes=(".txt",), carries=(), options=_Options
)


class _Exporter:
    """Writes the title twice; loses the text; fails on demand."""

    info = _INFO

    def __init__(self, error: Exception | None = None) -> None:
        self._error = error

    def encode(self, timeline: Timeline, ctx: ExportContext) -> Iterator[bytes]:
        yield timeline.title.encode()
        if self._error is not None:
            raise self._error
        ctx.lose(Feature.TEXT, "no room", event_id="e0")
        yield b"."


def _stream(error: Exception | None = None, *, strict: bool = False) -> ExportStream:
    ctx = ExportContext(options=_Options(), now=datetime(2024, 12, 28, tzinfo=UTC))
    return ExportStream(_Exporter(error), PLAIN, ctx, strict=strict)


@pytest.mark.parametrize("name", ["", "iCal", "a b", "1a", "a:b", "a_b"])
def test_names_of_formats_are_plain_words(name: str) -> None:
    with pytest.raises(ModelError, match="small letters"):
        attrs.evolve(_INFO, name=name)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (None, _Options()),
        ({}, _Options()),
        ({"size": "large", "limit": "12"}, _Options(size="large", limit=12)),
        ({"limit": 5}, _Options(limit=5)),
        (_Options(limit=7), _Options(limit=7)),
    ],
)
def test_options_are_made_of_what_people_give(values: Any, expected: _Options) -> None:
    assert _INFO.make_options(values) == expected


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"colour": "red"}, "found option plain.colour, expected one of: limit, size"),
        ({"size": "huge"}, "size=huge, expected one of: small, large"),
        ({"limit": "0"}, "found limit=0, expected a whole number, 1 or more"),
        ({"limit": "-1"}, "whole number"),
        ({"limit": "\u0663"}, "whole number"),
        ({"limit": True}, "whole number"),
        ({"limit": 1.5}, "whole number"),
        (NoOptions(), "expected a mapping or _Options, found NoOptions"),
    ],
)
def test_options_that_are_not_there_or_wrong_are_refused(values: Any, message: str) -> None:
    with pytest.raises(OptionError) as caught:
        _INFO.make_options(values)
    assert message in str(caught.value)


def test_a_dash_in_an_option_is_an_underscore() -> None:
    @attrs.frozen(kw_only=True)
    class Options:
        max_bytes: int = whole_number(default=1)

    info = attrs.evolve(_INFO, options=Options)

    assert info.make_options({"max-bytes": "2"}) == Options(max_bytes=2)


def test_a_loss_of_a_date_takes_its_event_with_it() -> None:
    for feature in Feature:
        for kind in LossKind:
            loss = Loss(feature=feature, kind=kind, event_id="e", message="m")
            assert loss.drops_event == (kind is LossKind.DROPPED and feature in {*DATE_FEATURES, Feature.SIZE})
    assert str(Loss(feature=Feature.TEXT, kind=LossKind.DROPPED, event_id=None, message="m")) == (
        "timeline: dropped text: m"
    )


def test_tracked_items_are_counted_when_done() -> None:
    done: list[int] = []
    items = Context(options=None, on_progress=done.append).track("abc")

    assert next(iter(items)) == "a"
    assert done == []
    assert [*items] == ["b", "c"]
    assert done == [1, 1, 1]
    assert [*Context(options=None).track("ab")] == ["a", "b"]


def test_a_stream_is_read_once_and_then_knows_its_losses() -> None:
    stream = _stream()
    with pytest.raises(StreamError, match="read"):
        _ = stream.losses

    assert stream.read() == b"A sample."

    assert stream.size == 9
    assert [loss.event_id for loss in stream.losses] == ["e0"]
    with pytest.raises(StreamError, match="read already"):
        stream.read()


def test_iteration_makes_one_piece_at_a_time() -> None:
    stream = _stream(RuntimeError("late"))

    assert next(iter(stream)) == b"A sample"


def test_a_strict_stream_raises_with_every_loss() -> None:
    with pytest.raises(LossError, match="plain cannot carry all of this timeline:\n  event e0: dropped text") as caught:
        _stream(strict=True).read()

    assert len(caught.value.losses) == 1


def test_an_exporter_that_fails_is_named() -> None:
    with pytest.raises(PluginError, match=r"exporter plain of .*test_formats failed: ZeroDivisionError: oops"):
        _stream(ZeroDivisionError("oops")).read()


def test_a_plugin_that_yields_text_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Exporter, "encode", lambda *_: iter(["text"]))

    with pytest.raises(
        PluginError, match=r"exporter plain of .* failed: TypeError: expected pieces of bytes, found str"
    ):
        _stream().read()


@pytest.mark.parametrize("suffixes", [(), ("txt",)])
def test_endings_have_their_dot_and_no_case(suffixes: tuple[str, ...]) -> None:
    with pytest.raises(ModelError, match="with its dot"):
        attrs.evolve(_INFO, suffixes=suffixes)
    assert attrs.evolve(_INFO, suffixes=(".TxT",)).suffixes == (".txt",)


def test_a_file_is_written_whole_with_the_rights_of_a_new_file(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        path = _stream().write_to(tmp_path / "out.txt")
    finally:
        os.umask(before)

    assert path.read_bytes() == b"A sample."
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [*tmp_path.iterdir()] == [path]


@pytest.mark.parametrize("strict", [False, True])
def test_a_failed_export_leaves_the_old_file_and_no_other(tmp_path: Path, *, strict: bool) -> None:
    path = tmp_path / "out.txt"
    path.write_text("old")

    with pytest.raises((PluginError, LossError)):
        _stream(None if strict else ZeroDivisionError(), strict=strict).write_to(path)

    assert path.read_text() == "old"
    assert [*tmp_path.iterdir()] == [path]


def test_a_file_that_is_replaced_keeps_its_rights_and_links_to_it_stay(tmp_path: Path) -> None:
    path, link = tmp_path / "out.txt", tmp_path / "link.txt"
    path.write_text("old")
    path.chmod(0o604)
    link.symlink_to(path)

    _stream().write_to(link)

    assert link.is_symlink()
    assert path.read_bytes() == b"A sample."
    assert stat.S_IMODE(path.stat().st_mode) == 0o604


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    _stream().write_to(pipe)

    assert os.read(reader, 100) == b"A sample."
    os.close(reader)
    assert pipe.is_fifo()
    assert [*tmp_path.iterdir()] == [pipe]


def test_a_device_that_is_full_is_an_error_and_stays_a_device() -> None:
    with pytest.raises(OSError, match="No space left"):
        _stream().write_to("/dev/full")
    assert Path("/dev/full").is_char_device()


def test_what_is_staged_can_be_discarded(tmp_path: Path) -> None:
    staged = _stream().stage(tmp_path / "out.txt")
    assert len([*tmp_path.iterdir()]) == 1

    staged.discard()

    assert [*tmp_path.iterdir()] == []


def test_a_folder_that_is_not_there_is_named_by_the_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        _stream().write_to(tmp_path / "gone" / "out.txt")

    assert caught.value.filename == str(tmp_path / "gone" / "out.txt")
