"""``timeline show``: the timeline drawn in the terminal."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from timeline.cli._input import file_argument, from_option, options_option, read, split_options, view_options
from timeline.cli._progress import progress

if TYPE_CHECKING:
    from timeline.cli._chart import Glyphs
    from timeline.cli._input import View

_STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True},
    "faint": {"dim": True},
    "date": {"fg": "cyan"},
    "open": {"fg": "yellow"},
    "denied": {"fg": "red"},
    "reported": {},
    "": {},
}


@click.command()
@file_argument
@view_options
@from_option
@options_option
@click.option("--words", is_flag=True, help="Say the dates in words instead of EDTF.")
@click.option("--language", metavar="TAG", help="Words in this language: de, pt-BR … [that of the timeline]")
@click.option("--width", type=click.IntRange(40), help="Columns to draw on. [those of the terminal, or 80]")
def show(
    file: str,
    *,
    view: View,
    input_format: str | None,
    options: tuple[str, ...],
    words: bool,
    language: str | None,
    width: int | None,
) -> None:
    """Draw a timeline in the terminal.

    One row an event, its window as a bar on a common axis. What is not reported as
    a fact (projected, planned, hoped for, assessed, denied) has a broken line, and
    its title begins with what there is to know: due, overdue, disputed …
    """
    import shutil  # noqa: PLC0415 - `--help` draws nothing

    from timeline.cli._chart import ASCII, UNICODE, chart  # noqa: PLC0415 - the same

    with progress(f"reading {file}") as on_progress:
        timeline = view.of(read(file, input_format, split_options(options), on_progress))
    if words and language is None:
        language = timeline.language
    glyphs = UNICODE if _can_print(UNICODE) else ASCII
    styled = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    columns = width or max(40, shutil.get_terminal_size((80, 24)).columns)
    # Drawn before any of it is printed: a language may not be there.
    for line in [*chart(timeline, width=columns, view=view, glyphs=glyphs, language=language)]:
        text = "".join(click.style(piece, **_STYLES[style]) if styled else piece for piece, style in line)
        # Not click.echo, which takes an ASCII terminal for one of UTF-8.
        sys.stdout.write(f"{text.rstrip()}\n")


def _can_print(glyphs: Glyphs) -> bool:
    """Whether standard output can encode the characters of a chart."""
    import attrs  # noqa: PLC0415 - `--help` needs none of it

    try:
        "".join(attrs.astuple(glyphs)).encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True
