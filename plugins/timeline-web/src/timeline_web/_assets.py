"""TimelineJS for a page: the files of this installation, of a folder, or of a network."""

from __future__ import annotations

import base64
import json
import re
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from timeline.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

VERSION = "3.9.11"
"""The version of TimelineJS that this one was tried with, and that a network is asked for."""

BUNDLED, CDN, NONE, AUTO = "bundled", "cdn", "none", "auto"

CDN_HOST = "https://cdn.jsdelivr.net"
CDN_DIST = f"{CDN_HOST}/npm/@knight-lab/timelinejs@{VERSION}/dist"
# Of the files of that version as npm has them; a test compares.
INTEGRITY = {
    "js/timeline.js": "sha384-ebXaDxSzM81wf7NgGfgSQEGKiNdtpvKrnRBVNY2x7ezzLKnvkjGI6QHF2VmLwsG3",
    "css/timeline.css": "sha384-boDF6Nd/No9fGBo1BlF2eLCnex+ILqI/6O7gE0MoOioYo7gWdq9LbFxD94ebGlBB",
}
# The one icon font that every browser of today reads takes the place of all.
_ICONS = re.compile(r"src:\s*url\([^)]*tl-icons\.eot\);?\s*|src:\s*url\([^)]*tl-icons\.eot\?#iefix\)[^;}]*", re.DOTALL)
_SOURCE_MAP = re.compile(r"\n?(?://# sourceMappingURL=\S+|/\*# sourceMappingURL=[^*]*\*/)\s*$")
_TAG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
# What TimelineJS calls some languages otherwise than everybody else.
_LOCALES = {"nb": "no", "zh": "zh-cn", "zh-hans": "zh-cn", "zh-hant": "zh-tw", "cs": "cz"}


@attrs.frozen(kw_only=True)
class Drawing:
    """TimelineJS, ready to stand in a page.

    Attributes:
        script: The script; None if the page links to it.
        style: The style sheet with its icons; None if the page links to it.
        links: Addresses and integrity hashes of what the page links to, ``css`` and ``js``.
        folder: Where the files are; None on a network.
    """

    script: str | None = None
    style: str | None = None
    links: dict[str, tuple[str, str]] = attrs.field(factory=dict)
    folder: Traversable | None = None

    def locale(self, language: str) -> dict[str, Any] | None:
        """What TimelineJS says in a language; None for English, and for what it does not have."""
        if self.folder is None:
            return None
        tag = language.lower().replace("_", "-")
        if not _TAG.fullmatch(tag):
            return None
        for name in (tag, tag.partition("-")[0]):
            path = self.folder.joinpath("js", "locale", f"{_LOCALES.get(name, name)}.json")
            if path.is_file():
                found: dict[str, Any] = json.loads(path.read_text("utf-8"))
                return None if name == "en" else found
        return None


def drawing(assets: str) -> Drawing | None:
    """What a page needs to have TimelineJS draw; None for ``none``, and for ``auto`` if it is not installed.

    Args:
        assets: ``bundled``, ``cdn``, ``none``, ``auto``, or the path of a folder with the files of TimelineJS
            (that of the npm package, or its ``dist``).

    Raises:
        OptionError: There is no TimelineJS.
    """
    if assets == NONE:
        return None
    if assets == CDN:
        return Drawing(links={name.partition("/")[0]: (f"{CDN_DIST}/{name}", INTEGRITY[name]) for name in INTEGRITY})
    if assets in (BUNDLED, AUTO):
        folder = files("timeline_web").joinpath("timelinejs", "dist")
        if not folder.joinpath("js", "timeline.js").is_file():
            if assets == AUTO:
                return None
            message = (
                "found no TimelineJS in this installation of timeline-web, which was built without npm; expected it "
                "for assets=bundled: install npm, then timeline-web again, or choose cdn, none or a folder that has it"
            )
            raise OptionError(message)
        return _inline(folder)  # type: ignore[arg-type] # folders of packages are hashable, though nothing says so
    return _inline(_dist(Path(assets)))


def fonts(links: Mapping[str, object]) -> dict[str, str]:
    """Where the icons come from if the style sheet comes from a network."""
    return {"font": f"{CDN_DIST}/css/icons/"} if links else {}


def _dist(path: Path) -> Path:
    for folder in (path, path / "dist"):
        if (folder / "js" / "timeline.js").is_file() and (folder / "css" / "timeline.css").is_file():
            return folder
    message = (
        f"found no js/timeline.js and css/timeline.css in the folder {path}, expected those of TimelineJS 3 for "
        "assets, or one of the words bundled, cdn, none"
    )
    raise OptionError(message)


@lru_cache(maxsize=4)
def _inline(folder: Any) -> Drawing:
    """The files of a folder, as they stand in a page."""
    try:
        script = folder.joinpath("js", "timeline.js").read_text("utf-8")
        style = folder.joinpath("css", "timeline.css").read_text("utf-8")
        font = folder.joinpath("css", "icons", "tl-icons.woff2")
        source = ""
        if font.is_file():
            encoded = base64.b64encode(font.read_bytes()).decode("ascii")
            source = f'src:url("data:font/woff2;base64,{encoded}") format("woff2")'
    except (OSError, UnicodeDecodeError) as error:
        message = f"found assets that cannot be read: {error}, expected the files of TimelineJS 3"
        raise OptionError(message) from error
    style = _ICONS.sub("", style, count=1)
    style = _ICONS.sub(lambda _: source, style, count=1)
    return Drawing(
        script=_fit_for_script(_SOURCE_MAP.sub("", script)),
        style=_fit_for_style(_SOURCE_MAP.sub("", style)),
        folder=folder,
    )


def _fit_for_script(text: str) -> str:
    """A script that cannot end its element: what could is told by its number, which in a string is the same."""
    return re.sub(r"<(?=/script|!--)", r"\\x3c", text, flags=re.IGNORECASE)


def _fit_for_style(text: str) -> str:
    return re.sub(r"</(?=style)", r"<\\/", text, flags=re.IGNORECASE)
