"""Puts TimelineJS from npm into the wheel; without npm the wheel is built without it."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_PACKAGE = "@knight-lab/timelinejs"
_FILES = (
    "LICENSE",
    "package.json",
    "dist/js/timeline.js",
    "dist/js/timeline.js.LICENSE.txt",
    "dist/css/timeline.css",
    "dist/css/icons/tl-icons.woff2",
)
_SECONDS = 300


class TimelineJsHook(BuildHookInterface[Any]):
    """Fetches the version that ``package.json`` names, once."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Fetch before the wheel is put together, an editable one too."""
        target = Path(self.root) / "src" / "timeline_web" / "timelinejs"
        wanted = Path(self.root) / "package.json"
        stamp = target / "wanted.json"
        if stamp.is_file() and stamp.read_bytes() == wanted.read_bytes():
            return
        npm = shutil.which("npm")
        if npm is None:
            self._leave_out(target, "npm is not installed")
            return
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(wanted, folder)
            command = [npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--omit=dev"]
            try:
                done = subprocess.run(
                    command, cwd=folder, capture_output=True, text=True, timeout=_SECONDS, check=False
                )
            except (OSError, subprocess.TimeoutExpired) as error:
                self._leave_out(target, str(error))
                return
            package = Path(folder) / "node_modules" / _PACKAGE
            if done.returncode or not package.is_dir():
                self._leave_out(target, done.stderr.strip()[-500:])
                return
            self._take(package, target)
        shutil.copy(wanted, stamp)

    def _take(self, package: Path, target: Path) -> None:
        """Put the files in place when all are there."""
        beside = target.with_name(f"{target.name}.part")
        shutil.rmtree(beside, ignore_errors=True)
        for name in _FILES:
            place = beside / name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(package / name, place)
        shutil.copytree(package / "dist" / "js" / "locale", beside / "dist" / "js" / "locale")
        shutil.rmtree(target, ignore_errors=True)
        beside.rename(target)

    def _leave_out(self, target: Path, reason: str) -> None:
        # What an earlier build fetched is not what is wanted now.
        shutil.rmtree(target, ignore_errors=True)
        message = f"timeline-web is built without TimelineJS, so `--assets bundled` is not there: {reason}"
        self.app.display_warning(message)
