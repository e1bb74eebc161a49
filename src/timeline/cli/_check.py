"""``timeline check``: what is wrong with a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from timeline.cli._input import from_option, now_option, options_option, read, split_options
from timeline.cli._progress import progress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from timeline.checks import Finding
    from timeline.model import Timeline


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@from_option
@options_option
@now_option
def check(files: tuple[str, ...], input_format: str | None, options: tuple[str, ...], now: datetime) -> None:
    """Find faults in timeline documents.

    Prints every fault with file, line and column, and exits with 1 if there is
    one. Rules that plugins add are run on documents without faults.
    """
    from timeline._terminal import printable  # noqa: PLC0415 - `--help` needs none of it
    from timeline.checks import Severity  # noqa: PLC0415 - the same
    from timeline.errors import DocumentError, PluginError  # noqa: PLC0415 - the same

    by_format = split_options(options)
    failed = False
    for file in files:
        name = "<stdin>" if file == "-" else file
        try:
            with progress(f"reading {file}") as on_progress:
                timeline = read(file, input_format, by_format, on_progress)
        except DocumentError as error:
            click.echo(str(error))
            click.echo(f"{printable(name)}: {_number(len(error.faults), 'fault')}")
            failed = True
            continue
        except PluginError as error:
            click.echo(f"{printable(name)}: {printable(str(error))}")
            failed = True
            continue
        findings = 0
        for rule, finding in _findings(timeline, now):
            click.echo(f"{printable(name)}: {printable(str(finding))} ({rule})")
            findings += 1
            failed = failed or finding.severity is Severity.ERROR
        claims = sum(len(event.claims) for event in timeline.events)
        click.echo(
            f"{printable(name)}: {_number(len(timeline.events), 'event')}, {_number(claims, 'claim')}, "
            f"{_number(len(timeline.sources), 'source')}: {_number(findings, 'fault')}"
        )
    if failed:
        raise click.exceptions.Exit(1)


def _findings(timeline: Timeline, now: datetime) -> Iterator[tuple[str, Finding]]:
    """What the rules of plugins find; a rule that fails is itself a finding."""
    from timeline.checks import CheckContext, Finding  # noqa: PLC0415 - `--help` needs none of it
    from timeline.plugins import installed  # noqa: PLC0415 - the same

    ctx = CheckContext(now=now)
    for name, rule in installed().checks.items():
        try:
            yield from ((name, finding) for finding in list(rule.run(timeline, ctx)))
        except Exception as error:  # noqa: BLE001 - anything may be raised by somebody's rule
            yield name, Finding(message=f"this rule failed: {type(error).__name__}: {error}")


def _number(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"
