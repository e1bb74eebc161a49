"""What the page is put together from: templates, scripts, style sheets, and the words that the script says."""

from __future__ import annotations

import functools
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment

    from timeline.labels import Label


def kept(label: Label) -> dict[str, str]:
    """The places of a label as they are: the script fills them."""
    return {name: f"{{{name}}}" for name in label.places}


@functools.cache
def said() -> tuple[str, ...]:
    """The labels that the script says."""
    text = resources.files("timeline_web").joinpath("templates", "script_labels.txt").read_text("utf-8")
    return tuple(line for line in text.splitlines() if line.strip() and not line.startswith("#"))


@functools.cache
def joined(*names: str, but: tuple[str, ...] = ()) -> str:
    """Scripts or style sheets of ours as one."""
    folder = resources.files("timeline_web").joinpath("static")
    return "\n".join(folder.joinpath(name).read_text("utf-8") for name in names if name not in but)


@functools.cache
def templates() -> Environment:
    """The templates, which escape all that is not known to be safe."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - loads on first use

    return Environment(
        loader=PackageLoader("timeline_web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
