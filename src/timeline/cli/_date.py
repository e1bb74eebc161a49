"""``timeline date``: what a date in EDTF says, for people and for programs."""

from __future__ import annotations

import math
import re
import sys
from typing import TYPE_CHECKING, Any, Literal

import attrs
import click

from timeline.cli._input import STDIN
from timeline.errors import LanguageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from timeline.when import Extent, When, Widening

_AMOUNT = re.compile(r"([a-z]+)=([+-]?[0-9]{1,12})")
_SEASONS = ("north", "south", "astronomical", "astronomical-south")


class _Amounts(click.ParamType[dict[str, int]]):
    """Whole numbers of units of time, such as ``months=3,days=-10``."""

    name = "AMOUNTS"

    def __init__(self, units: str) -> None:
        self.units = units.split()

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dict[str, int]:
        """Read the amounts, or fail as a wrong use of the option."""
        amounts = {}
        for text in str(value).split(","):
            match = _AMOUNT.fullmatch(text)
            if match is None or match[1] not in self.units or match[1] in amounts:
                expected = f"{self.units[0]}=3 and the like, each once, of: {', '.join(self.units)}"
                self.fail(f"found {text!r}, expected {expected}", param, ctx)
            amounts[match[1]] = int(match[2])
        return amounts


_margins = _Amounts("years seasons months days")


@click.command(short_help="Say what dates in EDTF mean.")
@click.argument("texts", nargs=-1, required=True, metavar="DATE...")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object a line.")
@click.option("--sort", is_flag=True, help="Sort the dates; those that are none come last.")
@click.option(
    "--lenient", is_flag=True, help="Take week dates, ordinal dates and English too, such as 27 December 2024."
)
@click.option("--day-first/--month-first", default=None, help="What 03/04/2024 is for --lenient. [refused]")
@click.option("--language", default="en", show_default=True, metavar="TAG", help="Language of the words: de, pt-BR …")
@click.option(
    "--style", type=click.Choice(["long", "short"]), default="long", show_default=True, help="Style of the words."
)
@click.option("--relative-to", metavar="DAY", help="Say also how far from this day it is.")
@click.option("--seasons", type=click.Choice(_SEASONS), default="north", show_default=True, help="Days of the seasons.")
@click.option("--about", type=_margins, help="How far ~ reaches, such as years=5,months=1,days=3. [not at all]")
@click.option("--uncertain", type=_margins, help="How far ? reaches. [not at all]")
@click.option(
    "--shift", type=_Amounts("years months weeks days hours minutes seconds"), help="Move it: months=3,days=-10."
)
@click.option("--against", metavar="DATE", help="Say also in which relations it may stand to another date.")
@click.option("--duration", is_flag=True, help="Say also how many days it lasts, at least and at most.")
def date(texts: tuple[str, ...], *, as_json: bool, sort: bool, **options: Any) -> None:
    """Say what dates in EDTF mean: canonical text, kind, level, bounds and words.

    AMOUNTS are such as years=1,months=-2. A DATE that begins with a minus sign stands behind --.

    DATE is one such as 2024-08, "2024-12-27/2025-21" or "[2025-01..]"; - reads one a line
    from standard input. A date that is none is an error; the others are still printed, and the
    exit code is 1.
    """
    reader = _reader(**options)
    inputs = (line for text in texts for line in (_lines() if text == STDIN else [text]))
    answers = _sorted(map(reader, inputs)) if sort else map(reader, inputs)
    failed = _print_json(answers) if as_json else _print_text(answers)
    if failed:
        raise click.exceptions.Exit(1)


@attrs.frozen
class _Answer:
    """What is said of one input."""

    input: str
    when: When | None
    fields: dict[str, Any]


def _reader(
    *,
    lenient: bool,
    day_first: bool | None,
    language: str,
    style: Literal["long", "short"],
    relative_to: str | None,
    seasons: str,
    about: dict[str, int] | None,
    uncertain: dict[str, int] | None,
    shift: dict[str, int] | None,
    against: str | None,
    duration: bool,
) -> Callable[[str], _Answer]:
    """Make what answers an input."""
    from timeline.when import Margin, SeasonTable, When, Widening  # noqa: PLC0415 - `--help` needs no dates

    table = (SeasonTable.astronomical if "astro" in seasons else SeasonTable.meteorological)(south="south" in seasons)
    policy = None
    if day_first is not None and not lenient:
        message = "--day-first and --month-first are for --lenient"
        raise click.UsageError(message)
    try:
        if about or uncertain:
            policy = Widening(approximate=Margin(**about or {}), uncertain=Margin(**uncertain or {}))
        other = None if against is None else _extent(When.parse(against), table, policy)
        When.parse("2024").humanize(language, relative_to=relative_to)
    except (LanguageError, ValueError) as error:
        raise click.UsageError(str(error)) from error
    is_usual = seasons == "north" and policy is None

    def read(text: str) -> _Answer:
        try:
            when = When.lenient(text, dayfirst=day_first) if lenient else When.parse(text)
            level = when.level if lenient or shift else When.level_of(text)
            if shift:
                when = when.shift(**shift, seasons=table)
                level = when.level
            extent = when if is_usual else _extent(when, table, policy)
        except (ValueError, OverflowError) as error:
            return _Answer(text, None, _fields(text, error=str(error)))
        fields = _fields(
            text,
            valid=True,
            canonical=str(when),
            level=level,
            kind=str(when.kind),
            earliest=_edge(extent.earliest, when.start_bound),
            latest=_edge(extent.latest, when.end_bound),
            words=when.humanize(language, style, relative_to),
        )
        if other is not None:
            mine = _extent(when, table, policy)
            fields["relations"] = [str(each.name).lower().replace("_", "-") for each in mine.relations(other)]
            fields |= {"overlaps": mine.overlaps(other), "contains": mine.contains(other)}
        if duration:
            days = _extent(when, table, policy).duration.days
            fields["duration"] = [None if each == math.inf else each for each in days]
        return _Answer(text, when, fields)

    return read


def _fields(text: str, *, valid: bool = False, error: str | None = None, **known: Any) -> dict[str, Any]:
    names = ("canonical", "level", "kind", "earliest", "latest", "words")
    return {"input": text, "valid": valid, **{name: known.get(name) for name in names}, "error": error}


def _extent(when: When, table: Any, policy: Widening | None) -> Extent:
    return when.extent(seasons=table) if policy is None else when.widen(policy, seasons=table)


def _edge(day: Any, bound: str | None) -> str:
    """A bound: ISO 8601, ``..`` if open, empty if unknown."""
    return bound or "" if day is None else day.isoformat().replace("+00:00", "Z")


def _lines() -> Iterator[str]:
    """The lines of standard input; bytes that are no UTF-8 are no date either."""
    for number, line in enumerate(sys.stdin.buffer):
        text = line.decode("utf-8", "replace").removesuffix("\n").removesuffix("\r")
        # Editors of Windows put a mark of the encoding before the first.
        yield text if number else text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")


def _sorted(answers: Iterable[_Answer]) -> Iterable[_Answer]:
    return sorted(answers, key=lambda answer: (answer.when is None, answer.when.sort_key if answer.when else 0))


# Some programs take these for the end of a line, which JSON does not.
_LINE_ENDS = {ord(char): f"\\u{ord(char):04x}" for char in "\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"}


def _print_json(answers: Iterable[_Answer]) -> bool:
    """Print an object a line; tell whether any is not a date."""
    import json  # noqa: PLC0415 - `--help` needs none of it

    encoder = json.JSONEncoder(ensure_ascii=False, check_circular=False)
    failed = False
    # JSON is UTF-8, whatever the terminal is.
    stream = sys.stdout.buffer
    for answer in answers:
        failed = failed or answer.when is None
        line = encoder.encode(answer.fields).translate(_LINE_ENDS)
        stream.write(f"{line}\n".encode())
    stream.flush()
    return failed


def _print_text(answers: Iterable[_Answer]) -> bool:
    """Print a block of lines for each date, and errors aside; tell whether there are any."""
    from timeline._terminal import printable  # noqa: PLC0415 - `--help` needs none of it

    failed, separator = False, ""
    for answer in answers:
        if answer.when is None:
            failed = True
            click.echo(f"timeline: {printable(answer.fields['error'])}", err=True)
            continue
        names = {"..": "open: no bound", "": "unknown"}
        fields = {
            key: names.get(value, value) if key in ("earliest", "latest") else value
            for key, value in answer.fields.items()
        }
        if "relations" in fields:
            fields["relations"] = " or ".join(fields["relations"])
            fields |= {key: "yes" if fields[key] else "no" for key in ("overlaps", "contains")}
        if "duration" in fields:
            shortest, longest = ("no end" if days is None else f"{days:,.10g} days" for days in fields["duration"])
            fields["duration"] = shortest if shortest == longest else f"{shortest} to {longest}"
        shown = [(key, fields[key]) for key in ("canonical", "kind", "level", "earliest", "latest", "words")]
        shown += [(key, fields[key]) for key in ("relations", "overlaps", "contains", "duration") if key in fields]
        if answer.input != fields["canonical"]:
            shown.insert(0, ("input", answer.input))
        click.echo(separator + "\n".join(f"{key:<11}{printable(str(value))}" for key, value in shown))
        separator = "\n"
    return failed
