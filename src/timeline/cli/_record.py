"""``timeline record`` and ``timeline log``: a record of what was known when."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from timeline.cli._diff import check_one, json_option, markdown_option
from timeline.cli._input import STDIN, file_argument, from_option, now_option, options_option, read, split_options
from timeline.cli._output import json_text, print_lines
from timeline.cli._progress import progress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from timeline.history import Entry


@click.command()
@file_argument
@click.option(
    "--ledger",
    required=True,
    type=click.Path(dir_okay=False),
    help="The record to append to, a file of JSON Lines; it is made if need be.",
)
@click.option("--note", metavar="TEXT", help='Why, in words, such as "correction: the day was wrong".')
@now_option
@from_option
@options_option
def record(
    file: str, *, ledger: str, note: str | None, now: datetime, input_format: str | None, options: tuple[str, ...]
) -> None:
    """Record what changed in a timeline.

    Appends what changed since the last entry to a ledger. If nothing changed and
    there is no note, nothing is written.
    """
    from timeline import history  # noqa: PLC0415 - `--help` needs none of it
    from timeline._terminal import printable  # noqa: PLC0415 - the same

    with progress(f"reading {file}") as on_progress:
        timeline = read(file, input_format, split_options(options), on_progress)
    if file != STDIN and Path(ledger).exists() and Path(ledger).samefile(file):
        message = f"{ledger} is the file to record: name another place with --ledger"
        raise click.UsageError(message)
    entry = history.record(timeline, ledger, now=now, note=note)
    if entry is None:
        print_lines([f"{printable(ledger)}: nothing changed, nothing was recorded"])
    else:
        print_lines([f"{printable(ledger)}: entry {entry.line:,}", *_plain(entry)])


@click.command()
@click.argument("ledger", type=click.Path(exists=True, dir_okay=False))
@json_option
@markdown_option
def log(ledger: str, *, as_json: bool, as_markdown: bool) -> None:
    """List what a ledger records.

    Prints the entries, the oldest first, with their notes and what changed.
    """
    from timeline import history  # noqa: PLC0415 - `--help` needs none of it

    check_one(as_json=as_json, as_markdown=as_markdown)
    entries = history.Ledger.read(ledger).entries
    if as_json:
        for entry in entries:
            print_lines([json_text(_object(entry))])
    elif as_markdown:
        lines = [line for entry in reversed(entries) for line in _markdown(entry)]
        print_lines(["# Changes", "", *(lines or ["Nothing is recorded."])])
    else:
        for number, entry in enumerate(entries):
            print_lines([*([""] if number else []), *_plain(entry)])


def _plain(entry: Entry) -> Iterator[str]:
    """An entry for people."""
    from timeline._terminal import printable  # noqa: PLC0415 - `--help` needs none of it
    from timeline.cli._changes import plain  # noqa: PLC0415 - the same

    yield f"{entry.recorded_text}  {entry.summary}"
    if entry.note is not None:
        yield from (f"  {printable(text)}" for text in entry.note.splitlines())
    if not entry.is_first:
        yield from plain(entry.diff)


def _markdown(entry: Entry) -> Iterator[str]:
    """An entry to be published."""
    from timeline.cli._changes import escaped, markdown  # noqa: PLC0415 - `--help` needs none of it

    yield from (f"## {entry.recorded_text}", "")
    if entry.note is not None:
        yield from (escaped(entry.note), "")
    if entry.is_first or not entry.diff:
        yield from (f"{entry.summary[0].upper()}{entry.summary[1:]}.", "")
    else:
        yield from markdown(entry.diff, 3)


def _object(entry: Entry) -> dict[str, Any]:
    """An entry for programs."""
    from timeline.cli._changes import as_object  # noqa: PLC0415 - `--help` needs none of it

    return {"id": entry.timeline, "recorded": entry.recorded_text, "note": entry.note, **as_object(entry.diff)}
