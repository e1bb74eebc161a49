"""The command ``timeline``.

Exit codes: 0 all is well, 1 the input or a plugin has faults, 2 wrong usage.
Commands load on first use; so do plugins, which may add commands.
"""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
from importlib import import_module
from typing import Any

import click

# Where each command is, and what it says of itself in the list of commands, so that `timeline --help`
# need not import them all.
_COMMANDS = {
    "check": ("timeline.cli._check", "Find faults in documents, and mistakes in what they say."),
    "date": ("timeline.cli._date", "Say what dates in EDTF mean."),
    "diff": ("timeline.cli._diff", "Say what changed from OLD to NEW."),
    "due": ("timeline.cli._due", "List what is projected: overdue, due, and how it ended."),
    "export": ("timeline.cli._export", "Write a timeline in other formats."),
    "formats": ("timeline.cli._lists", "List the formats that can be read and written."),
    "log": ("timeline.cli._record", "List what a ledger records."),
    "plugins": ("timeline.cli._lists", "List plugins and what is wrong with them."),
    "record": ("timeline.cli._record", "Record what changed in a timeline."),
    "show": ("timeline.cli._show", "Draw a timeline in the terminal."),
}


class _Group(click.Group):
    """Built-in commands by name, then those of plugins; errors as messages."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted({*_COMMANDS, *_from_plugins()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name in _COMMANDS:
            command: click.Command = getattr(import_module(_COMMANDS[cmd_name][0]), cmd_name)
            return command
        return _from_plugins().get(cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """List the commands; only those of plugins are there to be asked."""
        rows = {name: text for name, (_, text) in _COMMANDS.items()}
        others = {name: command for name, command in _from_plugins().items() if not command.hidden}
        rows = {**{name: command.get_short_help_str(70) for name, command in others.items()}, **rows}
        with formatter.section("Commands"):
            formatter.write_dl(sorted(rows.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error of ours is a message and an exit code."""
        _prepare_streams(ctx)
        from timeline import errors  # noqa: PLC0415 - `timeline --help` needs none of it

        usage = (errors.UnknownFormatError, errors.AmbiguousFormatError, errors.OptionError, errors.LanguageError)
        try:
            return super().invoke(ctx)
        except usage as error:
            raise click.UsageError(str(error)) from error
        except errors.TimelineError as error:
            click.echo(str(error), err=True)
            ctx.exit(1)
        except BrokenPipeError:
            raise  # click ends the command without a word
        except OSError as error:
            name = f"{error.filename}: " if error.filename else ""
            click.echo(f"timeline: {name}{error.strerror or error}", err=True)
            ctx.exit(1)


def _prepare_streams(ctx: click.Context) -> None:
    """Make standard streams that are closed, or that hold few characters, no surprise."""
    for name in ("stdin", "stdout"):
        if getattr(sys, name) is None:
            if sys.stderr is not None:
                sys.stderr.write(f"timeline: standard {'input' if name == 'stdin' else 'output'} is closed\n")
            ctx.exit(1)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - as long as the process
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    # An end from outside is an end like any other: what was begun is cleared away.
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
            signal.signal(number, lambda number, _: sys.exit(128 + number))


def _from_plugins() -> dict[str, click.Command]:
    from timeline.plugins import installed  # noqa: PLC0415 - wanted for help and for commands that are not built in

    return installed().commands


@click.command(
    cls=_Group,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    no_args_is_help=True,
)
@click.version_option(package_name="timeline-core", prog_name="timeline")
def main() -> None:
    """Event timelines that keep what sources state.

    FILE is a timeline document in YAML or JSON; - reads it from standard input.
    """
