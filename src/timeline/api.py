"""The few functions that most people need: load, check, export, convert."""

from __future__ import annotations

import functools
import io
import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from timeline import plugins
from timeline.errors import DocumentWarning, OptionError, PluginError, TimelineError
from timeline.formats import ExportContext, ExportStream, ImportContext, Linter
from timeline.model import Timeline
from timeline.when import as_moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from timeline.checks import Finding
    from timeline.errors import Fault
    from timeline.formats import Defect, Importer
    from timeline.history import Ledger
    from timeline.when import Moment

_CHUNK = 1 << 16


def load(
    source: str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO,
    format: str | None = None,
    options: Mapping[str, Any] | object | None = None,
    *,
    name: str | None = None,
    on_progress: Callable[[int], None] | None = None,
    on_fault: Callable[[Fault], None] | None = None,
) -> Timeline:
    """Read a timeline.

    Args:
        source: Path of a file, a binary stream, or the document itself as bytes.
        format: Name of the format; None to tell by the ending of the file's name
            or, where there is no name, by what the document begins with.
        options: Options of the format: a mapping or an instance of its class.
        name: Name for messages; None for that of the file or stream.
        on_progress: Called with the number of events read since the last call.
        on_fault: Called with each thing that could not be taken, for formats of which the rest can.
            Without it there is one `DocumentWarning` that has them all.

    Returns:
        The timeline.

    Raises:
        DocumentError: The document has faults; the error has all of them.
        UnknownFormatError: No installed plugin reads it.
        AmbiguousFormatError: Several plugins read it.
        OptionError: The format does not take the options.
        PluginError: The plugin failed.
        OSError: The file cannot be read.
    """
    decode = functools.partial(
        _decode, format=format, options=options, name=name, on_progress=on_progress, on_fault=on_fault
    )
    if isinstance(source, (bytes, bytearray, memoryview)):
        return decode(io.BytesIO(source), file=None)
    if isinstance(source, (str, os.PathLike)):
        path = Path(source)
        with path.open("rb") as file:
            return decode(file, file=os.fspath(source))
    if not hasattr(source, "read"):
        message = f"expected a path, bytes or a binary stream, found {type(source).__name__}"
        raise TypeError(message)
    file_name = getattr(source, "name", None)
    if not isinstance(file_name, str) or file_name.startswith("<"):
        file_name = None
    return decode(source, file=file_name)


def _decode(
    stream: BinaryIO,
    *,
    file: str | None,
    format: str | None,
    options: Mapping[str, Any] | object | None,
    name: str | None,
    on_progress: Callable[[int], None] | None,
    on_fault: Callable[[Fault], None] | None,
) -> Timeline:
    found = plugins.installed()
    head: object = stream.read(_CHUNK)
    if not isinstance(head, bytes):
        message = "expected a stream of bytes, found one of text: open the file in mode 'rb'"
        raise TypeError(message)
    importer: Importer
    if format is not None:
        importer = found.importer(format)
    elif file is not None:
        importer = found.importer_for(file)
    else:
        importer = found.importer_for_text(head)
    context = ImportContext(options=importer.info.make_options(options), file=name or file, on_progress=on_progress)
    try:
        timeline: object = importer.decode(_chunks(head, stream), context)
        if not isinstance(timeline, Timeline):
            message = f"expected a Timeline, found {type(timeline).__name__}"
            raise TypeError(message)  # noqa: TRY301 - reported like any other failure of a plugin
    except (TimelineError, OSError):
        raise
    except Exception as error:
        message = (
            f"importer {importer.info.name} of {type(importer).__module__} failed: {type(error).__name__}: {error}"
        )
        raise PluginError(message) from error
    if on_fault is not None:
        for fault in context.faults:
            on_fault(fault)
    elif context.faults:
        warnings.warn(DocumentWarning(context.faults), stacklevel=3)
    return timeline


def _chunks(head: bytes, stream: BinaryIO) -> Iterator[bytes]:
    yield head
    while chunk := stream.read(_CHUNK):
        yield chunk


def check(
    timeline: Timeline,
    *,
    now: Moment,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    texts: Mapping[str, str] | None = None,
    stale_weeks: int = 4,
) -> tuple[Finding, ...]:
    """Look for mistakes in a timeline: what no reader of a document can see at once.

    The same timeline and arguments give the same findings, always.

    Args:
        timeline: The timeline.
        now: The moment of the check; see `timeline.when.as_moment`.
        select: Codes of the rules to run, or the beginnings of some: ``TL1`` is all of TL1xx. Empty for
            all that are built in or that plugins add.
        ignore: The same: what to leave out of those.
        texts: The stored texts of sources by the ids of these, for the rules that read them.
        stale_weeks: After how many weeks "now" in a claim is no longer now.

    Returns:
        What was found, in the order of the document, then by code. A rule that fails is itself a finding.

    Raises:
        OptionError: One of ``select`` or ``ignore`` is the beginning of no code.
        WhenError: ``now`` is not a moment.
    """
    from timeline.checks import CheckContext  # noqa: PLC0415 - reading and writing check nothing
    from timeline.checks._run import choose, run  # noqa: PLC0415 - the same

    rules = choose(plugins.installed().checks, select=select, ignore=ignore)
    return run(timeline, rules, CheckContext(now=as_moment(now), texts=texts, stale_weeks=stale_weeks))


def lint(
    source: str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO, format: str | None = None
) -> tuple[Defect, ...]:
    """Find what is wrong with the bytes of a document, whatever they say, for formats that have rules for that.

    Args:
        source: Path of a file, a binary stream, or the document itself as bytes.
        format: Name of the format; None to tell by the ending of the file's name
            or, where there is no name, by what the document begins with.

    Returns:
        What is wrong, in the order of the lines; nothing for a format without such rules.

    Raises:
        UnknownFormatError: No installed plugin reads it.
        AmbiguousFormatError: Several plugins read it.
        PluginError: The plugin failed.
        OSError: The file cannot be read.
    """
    found = plugins.installed()
    name: str | None = None
    if isinstance(source, (bytes, bytearray, memoryview)):
        data = bytes(source)
    elif isinstance(source, (str, os.PathLike)):
        name, data = os.fspath(source), Path(source).read_bytes()
    else:
        data = source.read()
    if format is not None:
        importer = found.importer(format)
    else:
        importer = found.importer_for_text(data[:_CHUNK]) if name is None else found.importer_for(name)
    if not isinstance(importer, Linter):
        return ()
    try:
        return tuple(importer.lint(data))
    except Exception as error:
        message = f"linter {importer.info.name} of {type(importer).__module__} failed: {type(error).__name__}: {error}"
        raise PluginError(message) from error


def export(
    timeline: Timeline,
    format: str,
    options: Mapping[str, Any] | object | None = None,
    *,
    now: Moment,
    previous: bytes | None = None,
    ledger: Ledger | None = None,
    strict: bool = False,
    on_progress: Callable[[int], None] | None = None,
) -> ExportStream:
    """Write a timeline in a format.

    The same arguments give the same bytes, always.

    Args:
        timeline: The timeline.
        format: Name of the format, such as ``ical``.
        options: Options of the format: a mapping or an instance of its class.
        now: The moment of the export; see `timeline.when.as_moment`.
        previous: What was written the last time. A format that tells subscribers what changed
            (``ical``) counts revisions on from there; others have no use for it.
        ledger: The record of the timeline, as the other way to know its revisions.
        strict: Whether reading the stream raises `LossError` if anything was lost.
        on_progress: Called with the number of events written since the last call.

    Returns:
        A stream, not yet read; iterate it, or call its ``read`` or ``write_to``.

    Raises:
        UnknownFormatError: No installed plugin writes it.
        AmbiguousFormatError: Several plugins write it.
        OptionError: The format does not take the options, or both ``previous`` and ``ledger`` are given.
        HistoryError: The ledger is of another timeline.
        WhenError: ``now`` is not a moment.
    """
    if previous is not None and ledger is not None:
        message = "found both previous and ledger, expected one of them: revisions are counted once"
        raise OptionError(message)
    if previous is not None and not isinstance(previous, (bytes, bytearray, memoryview)):
        message = f"expected the last export as bytes, found {type(previous).__name__}"  # type: ignore[unreachable] # callers without types
        raise TypeError(message)
    exporter = plugins.installed().exporter(format)
    moment = as_moment(now)
    context = ExportContext(
        options=exporter.info.make_options(options),
        now=moment,
        previous=None if previous is None else bytes(previous),
        revisions=None if ledger is None else ledger.revisions(timeline, now=moment),
        on_progress=on_progress,
    )
    if ledger is not None and ledger.timeline != timeline:
        context.warn("the timeline has changes that the ledger has not: record them first, with `timeline record`")
    return ExportStream(exporter, timeline, context, strict=strict)


def convert(
    source: str | os.PathLike[str] | bytes | BinaryIO,
    to: str,
    *,
    now: Moment,
    format: str | None = None,
    strict: bool = False,
) -> ExportStream:
    """Read a timeline and write it in another format: `load`, then `export`.

    Arguments, result and errors are those of the two.
    """
    return export(load(source, format), to, now=now, strict=strict)
