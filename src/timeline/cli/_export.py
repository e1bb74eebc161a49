"""``timeline export``: a timeline in other formats."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from timeline.cli._input import (
    STDIN,
    export_view_options,
    file_argument,
    from_option,
    options_option,
    read,
    split_options,
)
from timeline.cli._progress import progress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from timeline.cli._input import View
    from timeline.formats import Exporter, ExportStream, Loss
    from timeline.formats import Staged as StagedFile
    from timeline.model import Timeline
    from timeline.plugins import Plugins

STDOUT = "-"


@click.command()
@file_argument
@click.option("--to", "formats", multiple=True, metavar="FORMAT", help="Format to write; may be given again. [all]")
@click.option("--out", "directory", type=click.Path(file_okay=False), help="Folder for the files <id>.<suffix>. [.]")
@click.option(
    "-o",
    "output",
    type=click.Path(dir_okay=False, allow_dash=True),
    help="One file to write; - is standard output. Its ending tells the format if --to does not.",
)
@click.option(
    "--previous",
    type=click.Path(dir_okay=False),
    help="What was written the last time, for formats that count revisions (ical); it need not be there yet.",
)
@export_view_options
@from_option
@options_option
@click.option("--losses", "list_losses", is_flag=True, help="List what a format could not carry, not only how much.")
@click.option("--strict", is_flag=True, help="Write nothing and exit with 1 if a format cannot carry everything.")
def export(  # noqa: PLR0917 - click calls it with keywords
    file: str,
    formats: tuple[str, ...],
    directory: str | None,
    output: str | None,
    input_format: str | None,
    options: tuple[str, ...],
    previous: str | None,
    *,
    view: View,
    list_losses: bool,
    strict: bool,
) -> None:
    """Write a timeline in other formats.

    Without --to, in every format that is installed. Each file is written whole, and
    none if one of them cannot be made.
    """
    from timeline.formats import Staged  # noqa: PLC0415 - loads plugins: not before a command runs
    from timeline.plugins import installed  # noqa: PLC0415 - the same

    if output is not None and directory is not None:
        message = "-o names one file and --out a folder: give one of them"
        raise click.UsageError(message)
    plugins = installed()
    by_format = split_options(options)
    exporters = _chosen(plugins, formats, output)
    _check_previous(previous, view, exporters)
    _check_options(by_format, plugins, exporters)
    with progress(f"reading {file}") as on_progress:
        timeline = view.of(read(file, input_format, by_format, on_progress))
    jobs = _Jobs(timeline, view, by_format, previous)
    if output == STDOUT:
        name, exporter = exporters[0]
        data, stream = jobs.to_memory(name, exporter)
        if not strict or not stream.losses:
            sys.stdout.buffer.write(data)
        _report(timeline, [(name, "standard output", stream)], list_losses=list_losses, strict=strict, err=True)
        return
    targets = _targets(timeline, exporters, directory, output, file)
    with ExitStack() as leftovers:
        for path in targets:
            leftovers.callback(Staged.discard_unfinished, Path(os.path.realpath(path)).parent)
        staged = []
        rows = []
        for (name, exporter), path in zip(exporters, targets, strict=True):
            file_staged, stream = jobs.to_file(name, exporter, path)
            leftovers.callback(file_staged.discard)
            staged.append(file_staged)
            rows.append((name, os.fspath(path), stream))
        if not (strict and any(stream.losses for _, _, stream in rows)):
            for file_staged in staged:
                file_staged.commit()
    _report(timeline, rows, list_losses=list_losses, strict=strict, err=False)


def _chosen(plugins: Plugins, formats: Sequence[str], output: str | None) -> list[tuple[str, Exporter]]:
    """The exporters to run, with the names they were asked for by."""
    if formats:
        chosen = [(name, plugins.exporter(name)) for name in dict.fromkeys(formats)]
    elif output is None:
        chosen = list(plugins.exporters.items())
        if not chosen:
            message = "no plugin that writes is installed: python -m pip install 'timeline-core[all]'"
            raise click.UsageError(message)
    elif output == STDOUT:
        message = "-o - needs --to: standard output has no name that tells the format"
        raise click.UsageError(message)
    else:
        ending = {
            suffix: name
            for name, exporter in plugins.exporters.items()
            for suffix in exporter.info.suffixes
            if output.lower().endswith(suffix)
        }
        if not ending:
            message = f"the name {output} does not tell the format: say --to {' or --to '.join(plugins.exporters)}"
            raise click.UsageError(message)
        name = ending[max(ending, key=len)]
        chosen = [(name, plugins.exporter(name))]
    if output is not None and len(chosen) > 1:
        message = "-o takes one format: give --to once, or --out FOLDER"
        raise click.UsageError(message)
    return chosen


def _check_previous(previous: str | None, view: View, exporters: Sequence[tuple[str, Exporter]]) -> None:
    """Refuse a last export that nothing can be made of."""
    if previous is None:
        return
    message = None
    if view.ledger is not None:
        message = "--previous and --ledger both tell revisions: give one of them"
    elif previous == STDIN:
        message = "--previous names a file: standard input is FILE"
    elif len(exporters) > 1:
        message = "--previous is of one format: say which with --to"
    if message is not None:
        raise click.UsageError(message)


def _check_options(
    by_format: dict[str, dict[str, str]], plugins: Plugins, exporters: Sequence[tuple[str, Exporter]]
) -> None:
    """Refuse an option that has no effect here, before any work is done."""
    written = dict(exporters) | {exporter.info.name: exporter for _, exporter in exporters}
    for name, values in by_format.items():
        exporter, importer = written.get(name), plugins.importers.get(name.rpartition(":")[2])
        if exporter is None and importer is None:
            message = f"-O {name}: this format is neither written nor read here"
            raise click.UsageError(message)
        if exporter and importer:
            exporter.info.make_options(
                {key: values[key] for key in values if key not in importer.info.known_options(values)}
            )
            importer.info.make_options(importer.info.known_options(values))
        else:
            (exporter or importer).info.make_options(values)  # type: ignore[union-attr] # one of them is there


def _targets(
    timeline: Timeline, exporters: Sequence[tuple[str, Exporter]], directory: str | None, output: str | None, file: str
) -> list[Path]:
    """Where each format goes."""
    if output is not None:
        targets = [Path(output)]
    else:
        folder = Path(directory or ".")
        folder.mkdir(parents=True, exist_ok=True)
        targets = [folder / f"{timeline.id}{exporter.info.suffixes[0]}" for _, exporter in exporters]
    for number, target in enumerate(targets):
        if target in targets[:number]:
            message = f"two formats would both write {target}: name one with --to"
            raise click.UsageError(message)
        if file != STDIN and target.exists() and target.samefile(file):
            message = f"{target} is the file to read: name another place with --out or -o"
            raise click.UsageError(message)
    return targets


class _Jobs:
    """Runs one export after another."""

    def __init__(
        self, timeline: Timeline, view: View, options: dict[str, dict[str, str]], previous: str | None
    ) -> None:
        self._timeline, self._now, self._options = timeline, view.now, options
        path = None if previous is None else Path(previous)
        self._previous = None if path is None else _bytes_of(path)
        self._ledger = view.read_ledger()

    def _stream(self, name: str, exporter: Exporter, on_progress: Callable[[int], None] | None) -> ExportStream:
        from timeline import api  # noqa: PLC0415 - loads plugins: not before a command runs

        options = exporter.info.known_options(self._options.get(name) or self._options.get(exporter.info.name) or {})
        return api.export(
            self._timeline,
            name,
            options,
            now=self._now,
            previous=self._previous,
            ledger=self._ledger,
            on_progress=on_progress,
        )

    def to_memory(self, name: str, exporter: Exporter) -> tuple[bytes, ExportStream]:
        with progress(f"writing {name}", len(self._timeline.events)) as on_progress:
            stream = self._stream(name, exporter, on_progress)
            return stream.read(), stream

    def to_file(self, name: str, exporter: Exporter, path: Path) -> tuple[StagedFile, ExportStream]:
        with progress(f"writing {name}", len(self._timeline.events)) as on_progress:
            stream = self._stream(name, exporter, on_progress)
            return stream.stage(path), stream


def _bytes_of(previous: Path) -> bytes:
    """What was written the last time; nothing, and a word of it, before the first."""
    data = previous.read_bytes() if previous.exists() else b""
    if not data:
        from timeline._terminal import printable  # noqa: PLC0415 - `--help` prints no file

        click.echo(f"--previous {printable(str(previous))}: nothing is there yet, so every event is new", err=True)
    return data


def _report(
    timeline: Timeline, rows: Sequence[tuple[str, str, ExportStream]], *, list_losses: bool, strict: bool, err: bool
) -> None:
    """Print what was written and what was lost; exit with 1 if that is too much."""
    from timeline._terminal import printable  # noqa: PLC0415 - `--help` prints no table
    from timeline.cli._table import table  # noqa: PLC0415 - the same

    refused = strict and any(stream.losses for _, _, stream in rows)
    cells = []
    for name, path, stream in rows:
        left_out = {loss.event_id for loss in stream.losses if loss.drops_event and loss.event_id is not None}
        events = len(timeline.events) - len(left_out | stream.left_out)
        cells.append((name, path, f"{events:,}", f"{stream.size:,}", _count(stream.losses)))
    click.echo(
        table(("format", "file", "events", "bytes", "losses"), cells, right=frozenset({2, 3})), err=err or refused
    )
    if list_losses or refused:
        for name, _, stream in rows:
            for loss in stream.losses:
                click.echo(printable(f"{name}: {loss}"), err=err or refused)
    elif any(stream.losses for _, _, stream in rows):
        click.echo("\n--losses lists what could not be carried.", err=err)
    for name, _, stream in rows:
        for warning in stream.warnings:
            click.echo(printable(f"{name}: {warning}"), err=True)
    if refused:
        click.echo("nothing was written: --strict allows no losses", err=True)
        raise click.exceptions.Exit(1)


def _count(losses: Sequence[Loss]) -> str:
    """How many losses there are of each kind, in words."""
    kinds = [loss.kind for loss in losses]
    counts = ((kind, kinds.count(kind)) for kind in dict.fromkeys(sorted(kinds, reverse=True)))
    return ", ".join(f"{count} {kind}" for kind, count in counts) or "none"
