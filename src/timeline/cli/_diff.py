"""``timeline diff``: what changed between two versions of a timeline."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from timeline.cli._input import STDIN, from_option, how_to_read, options_option, read, split_options
from timeline.cli._output import json_text, print_lines
from timeline.cli._progress import progress

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.model import Timeline

_TROUBLE = 2

json_option = click.option("--json", "as_json", is_flag=True, help="For programs: fields and their values too.")
markdown_option = click.option("--markdown", "as_markdown", is_flag=True, help="As Markdown, to be published.")


@click.command()
@click.argument("old")
@click.argument("new")
@json_option
@markdown_option
@from_option
@options_option
def diff(
    old: str, new: str, *, as_json: bool, as_markdown: bool, input_format: str | None, options: tuple[str, ...]
) -> None:
    """Say what changed from OLD to NEW.

    Each is a file, - for standard input, or FILE@REV: the file as it is in a
    revision of its git repository, such as kursk.yaml@HEAD~1. Exits with 0 if
    nothing changed, 1 if something did, and 2 if there is trouble.
    """
    from timeline import history  # noqa: PLC0415 - `--help` needs none of it
    from timeline.cli._changes import as_object, escaped, markdown, plain  # noqa: PLC0415 - the same
    from timeline.errors import TimelineError  # noqa: PLC0415 - the same

    check_one(as_json=as_json, as_markdown=as_markdown)
    if old == new == STDIN:
        message = "OLD and NEW cannot both be standard input"
        raise click.UsageError(message)
    by_format = split_options(options)
    try:
        before, after = (_load(text, input_format, by_format) for text in (old, new))
    except TimelineError as error:
        click.echo(str(error), err=True)
        raise click.exceptions.Exit(_TROUBLE) from None
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        name = f"{error.filename}: " if error.filename else ""
        click.echo(f"timeline: {name}{error.strerror or error}", err=True)
        raise click.exceptions.Exit(_TROUBLE) from None
    changes = history.diff(before, after)
    if as_json:
        print_lines([json_text({"id": after.id, **as_object(changes)}, indent=2)])
    elif as_markdown:
        body = markdown(changes, 2) if changes else ["Nothing changed.", ""]
        print_lines([f"# Changes: {escaped(after.title)}", "", *body])
    elif changes:
        print_lines([*plain(changes), changes.summary])
    if changes:
        raise click.exceptions.Exit(1)


def check_one(*, as_json: bool, as_markdown: bool) -> None:
    """Refuse two forms of output at once."""
    if as_json and as_markdown:
        message = "--json and --markdown: give one of them"
        raise click.UsageError(message)


def _load(text: str, input_format: str | None, options: Mapping[str, Mapping[str, str]]) -> Timeline:
    """The timeline that an argument names."""
    split = _revision(text)
    with progress(f"reading {text}") as on_progress:
        if split is None:
            if text != STDIN and not Path(text).exists():
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), text)
            return read(text, input_format, options, on_progress)
        from timeline import api  # noqa: PLC0415 - loads plugins: not before a command runs

        file, revision = split
        _, format, chosen = how_to_read(file, input_format, options)
        data = _show(text, file, revision)
        return api.load(data, format, chosen, name=text, on_progress=on_progress)


def _revision(text: str) -> tuple[str, str] | None:
    """File and revision, if an argument names them; None if it is a file or standard input.

    Revisions may hold an @ too, as ``HEAD@{1}`` does: it is split where a file comes before it.
    """
    if text == STDIN or Path(text).exists():
        return None
    places = [place for place, char in enumerate(text) if char == "@" and text[place + 1 : place + 2] not in ("", "{")]
    splits = [(text[:place], text[place + 1 :]) for place in places if text[:place]]
    there = [split for split in splits if Path(split[0]).is_file()]
    # A file that is gone now may be in the revision.
    return next(iter([*there, *reversed(splits)]), None)


def _show(text: str, file: str, revision: str) -> bytes:
    """The file as it is in a revision.

    Raises:
        HistoryError: There is no git, no repository, no such revision, or no such file in it.
    """
    import subprocess  # noqa: PLC0415 - not cheap to import, and hardly ever wanted

    from timeline._terminal import printable  # noqa: PLC0415 - `--help` needs none of it
    from timeline.errors import HistoryError, quoted  # noqa: PLC0415 - the same

    folder, name = os.path.split(file)
    command = ["git", "-C", folder or ".", "show", f"{revision}:./{name}"]
    environment = {**os.environ, "LC_ALL": "C"}
    problem = ""
    # With one of *?[ git takes it for paths.
    if revision.startswith("-") or re.search(r"[*?\[](?![^{]*\})", revision):
        problem = f"found no revision {quoted(revision)}, expected one of git's, such as HEAD~1"
    elif not os.path.isdir(folder or "."):  # noqa: PTH112 - of an empty name too
        problem = f"found no folder {quoted(folder)}, expected one in a git repository"
    else:
        try:
            run = subprocess.run(command, capture_output=True, check=False, env=environment)  # noqa: S603 - no shell, no option
        except FileNotFoundError:
            problem = "found no command git, expected it to be installed"
        except (OSError, ValueError) as error:
            problem = f"git cannot be run: {error}"
        else:
            if run.returncode == 0:
                return run.stdout
            problem = _git_problem(run.stderr.decode(errors="replace"), name, revision)
    message = printable(f"{text}: {problem}")
    raise HistoryError(message)


def _git_problem(stderr: str, name: str, revision: str) -> str:
    """What git complains of, in our words where they are known."""
    from timeline.errors import quoted  # noqa: PLC0415 - `--help` needs none of it

    if "not a git repository" in stderr:
        return "found no git repository, expected the file to be in one"
    if "does not exist in" in stderr or "but not in" in stderr:
        return f"found no {quoted(name)} in the revision {quoted(revision)}, expected it there"
    if any(words in stderr for words in ("invalid object name", "unknown revision", "bad revision", "ambiguous")):
        return f"found no revision {quoted(revision)}, expected one of git's, such as HEAD~1"
    lines = [line for line in stderr.splitlines() if line.strip()]
    return f"git: {lines[0].removeprefix('fatal: ')}" if lines else "git failed"
