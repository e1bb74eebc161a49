"""What commands print."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


def print_lines(lines: Iterable[str]) -> None:
    """Print lines, without blank ones at the end."""
    text = "\n".join(lines).rstrip("\n")
    # Not click.echo, which takes an ASCII terminal for one of UTF-8.
    sys.stdout.write(f"{text}\n")


def json_text(value: Any, *, indent: int | None = None) -> str:
    """A value as JSON that standard output can hold: where that is not UTF-8, in ASCII.

    Characters that it cannot encode would be replaced, and programs would get other texts.
    """
    encoding = (sys.stdout.encoding or "").lower().replace("-", "").replace("_", "")
    return json.dumps(value, ensure_ascii=encoding != "utf8", indent=indent)
