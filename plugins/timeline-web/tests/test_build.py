"""The build hook: with npm the wheel has TimelineJS, without it the wheel is built all the same."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def built(folder: Path, path: str) -> tuple[set[str], str]:
    """The names in a wheel that is built of a copy, with a search path for programs; and what was printed."""
    copy = folder / "copy"
    ignored = shutil.ignore_patterns("timelinejs", "__pycache__", "*.egg-info")
    shutil.copytree(ROOT, copy, ignore=ignored)
    code = "from hatchling.build import build_wheel; print(build_wheel('wheels'))"
    done = subprocess.run(
        [sys.executable, "-c", f"import os; os.makedirs('wheels'); {code}"],
        cwd=copy,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    (wheel,) = (copy / "wheels").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist()), done.stdout + done.stderr


def test_without_npm_the_wheel_is_built_and_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    names, said = built(tmp_path, str(tmp_path / "empty"))
    assert "timeline_web/static/page.js" in names
    assert "timeline_web/templates/page.html" in names
    assert not any("timelinejs" in name for name in names)
    assert "built without TimelineJS" in said
    assert "npm is not installed" in said


def test_npm_that_fails_is_no_npm(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "npm").write_text("#!/bin/sh\necho no network >&2\nexit 1\n")
    (tmp_path / "bin" / "npm").chmod(0o755)
    names, said = built(tmp_path, f"{tmp_path / 'bin'}:/usr/bin:/bin")
    assert not any("timelinejs" in name for name in names)
    assert "no network" in said


def test_with_npm_the_wheel_has_timelinejs_and_its_licence(tmp_path: Path, timelinejs: Path) -> None:
    names, _ = built(tmp_path, os.environ["PATH"])
    folder = "timeline_web/timelinejs"
    wanted = {
        "LICENSE",
        "dist/js/timeline.js",
        "dist/css/timeline.css",
        "dist/css/icons/tl-icons.woff2",
        "dist/js/locale/de.json",
    }
    assert {f"{folder}/{name}" for name in wanted} <= names
    assert len([name for name in names if "/locale/" in name]) == len(list((timelinejs / "js" / "locale").iterdir()))
    if not names:
        pytest.fail("nothing was built")
