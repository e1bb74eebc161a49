"""Data, scripts and styles as they may stand in a page, and the policy that lets nothing else run there."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_json = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"), sort_keys=False).encode
# No text of a timeline can end the element that it stands in, nor open another.
_IN_SCRIPT = {ord(char): f"\\u{ord(char):04x}" for char in "&<>\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"}


def data(value: object) -> Markup:
    """A value as JSON that may stand in a script of a page."""
    return Markup(_in_utf8(_json(value).translate(_IN_SCRIPT)))  # noqa: S704 - that is what it is for


FILE_START = "timelinePage.take("
"""How a file of data begins."""


def file_data(name: str, value: object) -> str:
    """A file that hands a value to the script of the page: a script, for a page may read no other from a disk."""
    return f"{FILE_START}{_json(name)}, {_in_utf8(_json(value))});\n"


def _in_utf8(text: str) -> str:
    """Half of a pair that stands alone has no bytes in UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")


def source_hash(text: str) -> str:
    """What a policy allows a script or style by that stands in the page (CSP 3, 2.3.1)."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def policy(
    *,
    scripts: Iterable[str],
    styles: Iterable[str],
    own_files: bool,
    load_media: bool,
    links: Mapping[str, str] | None = None,
) -> str:
    """The Content-Security-Policy of a page (CSP 3): what it has, and nothing else.

    Args:
        scripts: The scripts that stand in it.
        styles: The style sheets that stand in it.
        own_files: Whether the script loads data from files beside the page, which are scripts.
        load_media: Whether pictures, films and recordings of others are shown.
        links: What comes from a network: the addresses of a script ``js``, a style sheet ``css`` and fonts ``font``.
    """
    others = {name: [url] for name, url in (links or {}).items()}
    media = ["https:", "http:"] if load_media else []
    own = ["'self'"] if own_files else []
    directives = {
        "default-src": ["'none'"],
        "script-src": [*map(source_hash, scripts), *own, *others.get("js", [])] or ["'none'"],
        "style-src": [*map(source_hash, styles), *others.get("css", [])],
        "img-src": ["data:", *media],
        "media-src": media or ["'none'"],
        "font-src": ["data:", *others.get("font", [])],
        # TimelineJS reads its language from such an address.
        "connect-src": ["data:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in directives.items())
