"""Same input, same bytes: in another run, zone, locale, and order of hashes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

SEED = Path(__file__).parents[2] / "seeds" / "kursk.yaml"


def _digests(folder: Path, **environment: str) -> dict[str, str]:
    subprocess.run(
        [sys.executable, "-m", "timeline", "export", SEED, "--out", folder, "--now", "2024-12-28T12:00:00Z"],
        check=True,
        capture_output=True,
        env={**os.environ, **environment},
    )
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_the_seed_is_exported_to_the_same_bytes_everywhere(tmp_path: Path) -> None:
    here = _digests(tmp_path / "a", PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C.UTF-8")
    there = _digests(tmp_path / "b", PYTHONHASHSEED="2", TZ="Asia/Kathmandu", LC_ALL="C")
    again = _digests(tmp_path / "c", PYTHONHASHSEED="3", TZ="America/St_Johns", LC_ALL="POSIX", PYTHONUTF8="0")

    assert set(here) == {"kursk.html", "kursk.ics", "kursk.json", "kursk.timelinejs.json"}
    assert here == there == again
