"""What commands have in common: the FILE they read, and the moment."""

from __future__ import annotations

import functools
import io
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from timeline.errors import Fault
    from timeline.formats import Importer
    from timeline.history import Ledger
    from timeline.model import Timeline

STDIN = "-"
_MOST_WARNINGS = 20

file_argument = click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
from_option = click.option(
    "--from",
    "input_format",
    metavar="FORMAT",
    help="Format of FILE; without it, the ending of its name tells, or what it begins with.",
)


class MomentType(click.ParamType[datetime]):
    """A day or a time, as `timeline.when.as_moment` takes it."""

    name = "TIME"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read the moment, or fail as a wrong use of the option."""
        from timeline.when import as_moment  # noqa: PLC0415 - `--help` needs no dates

        try:
            return as_moment(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


now_option = click.option(
    "--now",
    type=MomentType(),
    default=lambda: datetime.now(UTC),
    show_default="this moment",
    help="The moment to write for, such as 2024-12-28 or 2024-12-28T10:00:00Z. The same moment gives the same bytes.",
)


def view_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say of which moment a command tells, and what was known then; it is given a `View`."""
    return _with_view(command, ledger_alone=False)


def export_view_options(command: Callable[..., None]) -> Callable[..., None]:
    """The same for a command that a ledger tells something without ``--as-of``: how often events were revised."""
    return _with_view(command, ledger_alone=True)


def _with_view(command: Callable[..., None], *, ledger_alone: bool) -> Callable[..., None]:
    @functools.wraps(command)
    def with_view(
        *args: Any,
        now: datetime | None,
        as_of: datetime | None,
        possibly: bool,
        by: str,
        ledger: str | None,
        **rest: Any,
    ) -> None:
        if as_of is None and (possibly or by != "known" or (ledger and not ledger_alone)):
            message = f"{'--possibly' if possibly else '--by' if by != 'known' else '--ledger'} needs --as-of"
            raise click.UsageError(message)
        view = View(now=now or as_of or datetime.now(UTC), as_of=as_of, possibly=possibly, by=by, ledger=ledger)
        command(*args, view=view, **rest)

    for option in reversed((*_VIEW_OPTIONS, _EXPORT_LEDGER if ledger_alone else _LEDGER)):
        with_view = option(with_view)
    return with_view


class View(NamedTuple):
    """The moment that a command is for, and what was known then."""

    now: datetime
    as_of: datetime | None
    possibly: bool
    by: str
    ledger: str | None

    def of(self, timeline: Timeline) -> Timeline:
        """A timeline as it was known then."""
        if self.as_of is None:
            return timeline
        if self.ledger is not None:
            timeline = self._recorded(timeline.id, self.ledger, self.as_of)
        known: Timeline = timeline.as_of(self.as_of, possibly=self.possibly, by=self.by)
        return known

    def read_ledger(self) -> Ledger | None:
        """The ledger that tells how often events were revised; that of a day in the past tells what was known."""
        if self.ledger is None or self.as_of is not None:
            return None
        from timeline.history import Ledger  # noqa: PLC0415 - few commands are given a ledger

        return Ledger.read(self.ledger)

    def _recorded(self, id: str, path: str, day: datetime) -> Timeline:
        from timeline.errors import HistoryError  # noqa: PLC0415 - few commands are given a ledger
        from timeline.history import Ledger  # noqa: PLC0415 - the same

        ledger = Ledger.read(path)
        recorded = ledger.at(day.date())
        if recorded is None:
            message = f"{path}: nothing was recorded by {day.date()}, expected an entry of that day or before"
            raise HistoryError(message)
        if recorded.id != id:
            message = f"{path}: found the record of timeline {recorded.id!r}, expected that of {id!r}"
            raise HistoryError(message)
        return recorded


_VIEW_OPTIONS = (
    click.option(
        "--now",
        type=MomentType(),
        show_default="the day of --as-of, or this moment",
        help="The moment to write for, such as 2024-12-28 or 2024-12-28T10:00:00Z. The same moment gives the same "
        "bytes.",
    ),
    click.option(
        "--as-of", "as_of", type=MomentType(), metavar="DAY", help="Only what was known by the end of that day."
    ),
    click.option("--possibly", is_flag=True, help="With --as-of: also what may have been said by then."),
    click.option(
        "--by",
        type=click.Choice(["known", "said", "recorded"]),
        default="known",
        help="With --as-of: which of a claim's times counts. [known: said, and recorded where that is given]",
    ),
)
_LEDGER = click.option(
    "--ledger",
    type=click.Path(exists=True, dir_okay=False),
    help="With --as-of: what this ledger of FILE had recorded by then.",
)
_EXPORT_LEDGER = click.option(
    "--ledger",
    type=click.Path(exists=True, dir_okay=False),
    help="How often events were revised, by this ledger of FILE; with --as-of: what it had recorded by then.",
)

options_option = click.option(
    "-O", "options", multiple=True, metavar="FORMAT.option=value", help="Option of a format; may be given again."
)


def split_options(values: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """The options given as FORMAT.option=value, by format.

    Raises:
        click.UsageError: One is not of that form.
    """
    by_format: dict[str, dict[str, str]] = {}
    for text in values:
        name, equals, value = text.partition("=")
        format_name, dot, option = name.rpartition(".")
        if not (equals and dot and format_name and option):
            message = f"found -O {text}, expected FORMAT.option=value, such as ical.wide=span"
            raise click.UsageError(message)
        by_format.setdefault(format_name, {})[option] = value
    return by_format


def read(
    file: str,
    input_format: str | None,
    options: Mapping[str, Mapping[str, str]] | None = None,
    on_progress: Callable[[int], None] | None = None,
) -> Timeline:
    """The timeline in FILE; ``-`` is standard input. What could not be taken of it goes to standard error."""
    from timeline import api  # noqa: PLC0415 - loads plugins: not before a command runs

    source = stdin() if file == STDIN else file
    _, format, chosen = how_to_read(file, input_format, options or {}, source)
    label = "<stdin>" if file == STDIN else None
    faults: list[Fault] = []
    timeline = api.load(source, format, chosen, name=label, on_progress=on_progress, on_fault=faults.append)
    warn_of(faults, file)
    return timeline


def warn_of(faults: Sequence[Fault], file: str) -> None:
    """Print what could not be taken of a document, the first 20 of it."""
    from timeline._terminal import printable  # noqa: PLC0415 - most documents are taken whole

    for fault in faults[:_MOST_WARNINGS]:
        click.echo(f"warning: {printable(str(fault))}", err=True)
    more = len(faults) - _MOST_WARNINGS
    if more > 0:
        where = f"`timeline check {printable(file)}` lists them" if file != STDIN else "`timeline check` lists them"
        click.echo(f"warning: and {more:,} more: {where}", err=True)


def stdin() -> Any:
    """Standard input as a binary stream that can look ahead; what stands in for it in a test may not."""
    stream: Any = sys.stdin.buffer
    return stream if hasattr(stream, "peek") else io.BufferedReader(stream)


def how_to_read(
    file: str, input_format: str | None, options: Mapping[str, Mapping[str, str]], stream: Any = None
) -> tuple[Importer, str, dict[str, str]]:
    """What reads FILE, the name of the format, and its options.

    Of the options of a format that is both read and written, those for reading are taken.

    Args:
        file: The file; for ``-`` the stream tells by what it begins with.
        input_format: The format that the user gave.
        options: The options that the user gave, by format.
        stream: Standard input.
    """
    from timeline import plugins  # noqa: PLC0415 - loads plugins: not before a command runs

    found = plugins.installed()
    if input_format is not None:
        importer = found.importer(input_format)
    elif file == STDIN:
        importer = found.importer_for_text(stream.peek(1 << 12))
    else:
        importer = found.importer_for(file)
    name = importer.info.name
    chosen = dict(options.get(input_format or name) or options.get(name) or {})
    if name in found.exporters:
        chosen = importer.info.known_options(chosen)
    return importer, input_format or name, chosen
