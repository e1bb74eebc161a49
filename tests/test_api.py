"""Load, export and convert, with whatever plugins are there."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

import timeline
from timeline import Timeline
from timeline.errors import DocumentError, OptionError, PluginError, UnknownFormatError, WhenError
from timeline.formats import ExportContext, FormatInfo, ImportContext
from timeline.testing import PLAIN, fresh_plugins

_INFO = FormatInfo(
    name="title", title="the title", media_type="text/plain", suffixes=(".title",), carries=(), starts=(b"#",)
)


class _TitleFormat:
    """A file that holds ``#`` and the title, and remembers what it was given."""

    info = _INFO

    def decode(self, chunks: Iterable[bytes], ctx: ImportContext) -> Timeline:
        data = b"".join(chunks)
        if data == b"#fail":
            raise ZeroDivisionError
        return Timeline(id="t", title=f"{data[1:].decode()} from {ctx.file}")

    def encode(self, timeline: Timeline, ctx: ExportContext) -> Iterator[bytes]:
        yield f"#{timeline.title} at {ctx.now.isoformat()}".encode()


@pytest.fixture(autouse=True)
def _plugin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    import sys
    from types import ModuleType

    from timeline.hookspecs import hookimpl

    module: Any = ModuleType("title_plugin")

    @hookimpl
    def timeline_register_importers() -> list[Any]:
        return [_TitleFormat()]

    module.timeline_register_importers = timeline_register_importers

    @hookimpl
    def timeline_register_exporters() -> list[Any]:
        return [_TitleFormat()]

    module.timeline_register_exporters = timeline_register_exporters
    monkeypatch.setitem(sys.modules, "title_plugin", module)
    with fresh_plugins(title="title_plugin"):
        yield


def test_a_path_tells_its_format_and_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.title"
    path.write_text("#x")

    assert timeline.load(path).title == f"x from {path}"
    assert timeline.load(str(path)).title == f"x from {path}"


def test_a_name_is_for_messages_only(tmp_path: Path) -> None:
    path = tmp_path / "a.title"
    path.write_text("#x")

    assert timeline.load(path, name="the upload").title == "x from the upload"


def test_an_importer_that_returns_no_timeline_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_TitleFormat, "decode", lambda *_: None)

    with pytest.raises(
        PluginError, match=r"importer title of .* failed: TypeError: expected a Timeline, found NoneType"
    ):
        timeline.load(b"#x")


def test_bytes_and_streams_tell_their_format_by_how_they_begin(tmp_path: Path) -> None:
    path = tmp_path / "a.title"
    path.write_text("#x")

    assert timeline.load(b"#x").title == timeline.load(bytearray(b"#x")).title == "x from None"
    assert timeline.load(io.BytesIO(b"#x"), name="here").title == "x from here"
    with path.open("rb") as file:
        assert timeline.load(file).title == f"x from {path}"
    assert timeline.load(b"x", "title").title == " from None"


def test_a_long_stream_is_read_to_its_end() -> None:
    assert len(timeline.load(b"#" + b"x" * 200_000).title) > 200_000


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormatError, match="cannot tell the format"):
        timeline.load(b"x")
    (tmp_path / "a.xyz").write_text("")
    with pytest.raises(UnknownFormatError, match=r"a\.xyz"):
        timeline.load(tmp_path / "a.xyz")
    with pytest.raises(UnknownFormatError, match="gpx"):
        timeline.load(b"", "gpx")
    with pytest.raises(FileNotFoundError):
        timeline.load(tmp_path / "gone.title")
    with pytest.raises(TypeError, match="mode 'rb'"):
        timeline.load(io.StringIO("#x"))  # type: ignore[arg-type]
    with pytest.raises(OptionError):
        timeline.load(b"#x", options={"x": 1})
    with pytest.raises(TypeError, match="a path, bytes or a binary stream, found int"):
        timeline.load(3)  # type: ignore[arg-type]


def test_an_importer_that_fails_is_named() -> None:
    with pytest.raises(PluginError, match=r"importer title of .*test_api failed: ZeroDivisionError"):
        timeline.load(b"#fail")


def test_an_export_is_for_the_moment_that_is_given() -> None:
    stream = timeline.export(PLAIN, "title", now="2024-12-28")

    assert stream.read() == b"#A sample at 2024-12-28T00:00:00+00:00"
    assert stream.losses == ()


def test_there_is_no_export_without_a_moment() -> None:
    with pytest.raises(TypeError, match="now"):
        timeline.export(PLAIN, "title")  # type: ignore[call-arg]
    with pytest.raises(WhenError):
        timeline.export(PLAIN, "title", now="today")


def test_convert_is_load_and_export() -> None:
    assert timeline.convert(b"#x", "title", now="2024-12-28").read() == b"#x from None at 2024-12-28T00:00:00+00:00"


def test_errors_of_a_document_pass_through_unchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    error = DocumentError([])

    def decode(*_: object) -> None:
        raise error

    monkeypatch.setattr(_TitleFormat, "decode", decode)
    with pytest.raises(DocumentError) as caught:
        timeline.load(b"#x")
    assert caught.value is error
