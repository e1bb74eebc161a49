"""``timeline check``: what is wrong with a document."""

from __future__ import annotations

import click

from timeline.cli._input import from_option, read
from timeline.cli._progress import progress


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@from_option
def check(files: tuple[str, ...], input_format: str | None) -> None:
    """Find faults in timeline documents.

    Prints every fault with file, line and column, and exits with 1 if there is
    one. Rules that plugins add are run on documents without faults.
    """
    from timeline.errors import DocumentError, printable  # noqa: PLC0415 - `--help` needs none of it
    from timeline.plugins import installed  # noqa: PLC0415 - the same

    failed = False
    for file in files:
        name = "<stdin>" if file == "-" else file
        try:
            with progress(f"reading {file}") as on_progress:
                timeline = read(file, input_format, on_progress=on_progress)
        except DocumentError as error:
            click.echo(str(error))
            click.echo(f"{printable(name)}: {_number(len(error.faults), 'fault')}")
            failed = True
            continue
        findings = [finding for rule in installed().checks.values() for finding in rule.findings(timeline)]
        for finding in findings:
            click.echo(f"{printable(name)}: {printable(str(finding))}")
        failed = failed or bool(findings)
        claims = sum(len(event.claims) for event in timeline.events)
        click.echo(
            f"{printable(name)}: {_number(len(timeline.events), 'event')}, {_number(claims, 'claim')}, "
            f"{_number(len(timeline.sources), 'source')}: {_number(len(findings), 'fault')}"
        )
    if failed:
        raise click.exceptions.Exit(1)


def _number(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"
