"""What is checked before a change goes in; ``nox`` alone runs all of it.

It needs Python 3.11 or later and pip, no more: ``python -m pip install nox && nox``.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from pathlib import Path

import nox

nox.needs_version = ">=2025.2"
# uv makes the environments much faster, but nobody has to have it.
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.stop_on_first_error = True

ROOT = Path(__file__).parent
PYPROJECT = nox.project.load_toml(ROOT / "pyproject.toml")
BUILD = ["build", *PYPROJECT["build-system"]["requires"]]
DISTRIBUTIONS = [
    ".",
    *(
        f"./{path.relative_to(ROOT).as_posix()}"
        for pattern in PYPROJECT["tool"]["uv"]["workspace"]["members"]
        for path in sorted(ROOT.glob(pattern))
        if (path / "pyproject.toml").is_file()
    ),
]
SOURCES = [f"{distribution}/src" for distribution in DISTRIBUTIONS]


def _build(session: nox.Session, folder: Path) -> list[str]:
    """Build the wheels that users get, by way of source distributions."""
    session.install(*BUILD)
    for distribution in DISTRIBUTIONS:
        # Without isolation, or pip would fetch the build backend for each of them.
        session.run("python", "-m", "build", "--no-isolation", "--outdir", f"{folder}", distribution, silent=True)
    built = sorted(map(str, folder.glob("*.whl")))
    if len(built) != len(DISTRIBUTIONS):
        session.error(f"expected {len(DISTRIBUTIONS)} wheels, found {built}")
    return built


def _install(session: nox.Session, *groups: str) -> None:
    """Install dependency groups and our wheels: a file missing from one is missed."""
    with tempfile.TemporaryDirectory() as folder:
        built = _build(session, Path(folder))
        session.install(*built, *nox.project.dependency_groups(PYPROJECT, *groups))


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and formatting."""
    session.install(*nox.project.dependency_groups(PYPROJECT, "lint"))
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check types."""
    _install(session, "types", "test")
    session.run("mypy", *SOURCES, "tests", "noxfile.py", "conftest.py")
    folders = {
        path.parent for distribution in DISTRIBUTIONS[1:] for path in (ROOT / distribution / "tests").rglob("*.py")
    }
    for folder in sorted(folders):
        # One after another: their test modules have the same names.
        session.run("mypy", *(f"{path.relative_to(ROOT)}" for path in sorted(folder.glob("*.py"))))


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests; arguments after ``--`` go to pytest."""
    _install(session, "test")
    # Another order of sets every time, the same in all processes of one run.
    seed = os.environ.get("PYTHONHASHSEED") or str(secrets.randbelow(2**32))
    session.log(f"PYTHONHASHSEED={seed}")
    # By file, so that what a file sets up (a browser, an environment) is set up once.
    parallel = ["-n", "auto", "--dist", "loadfile"]
    session.run("pytest", *(session.posargs or parallel), env={"PYTHONHASHSEED": seed})


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation; every warning is an error."""
    _install(session, "docs")
    session.run("sphinx-build", "-n", "-W", "--keep-going", "-b", "html", "docs", "docs/_build/html")


@nox.session
def wheels(session: nox.Session) -> None:
    """Build what is published, install only that, and export from elsewhere."""
    # Outside the repository, so that nothing of it can stand in for a missing file.
    with tempfile.TemporaryDirectory() as folder:
        temporary = Path(folder).resolve()
        built = _build(session, temporary / "dist")
        session.run("python", "-m", "venv", f"{temporary / 'venv'}")
        commands = temporary / "venv" / ("Scripts" if os.name == "nt" else "bin")
        python, timeline = f"{commands / 'python'}", f"{commands / 'timeline'}"
        seed = f"{ROOT / 'seeds' / 'kursk.yaml'}"
        with session.chdir(temporary):
            session.run(python, "-m", "pip", "install", "--quiet", *built, external=True)
            session.run(timeline, "--help", external=True)
            session.run(timeline, "plugins", external=True)
            session.run(timeline, "export", seed, "--out", "out", external=True)
        wanted = {"kursk.html", "kursk.ics", "kursk.json", "kursk.timelinejs.json"}
        written = {path.name for path in (temporary / "out").iterdir() if path.stat().st_size}
        if not wanted <= written:
            session.error(f"expected the files {sorted(wanted)}, found {sorted(written)}")
        if shutil.which("npm") and "var TL;" not in (temporary / "out" / "kursk.html").read_text("utf-8"):
            session.error("expected TimelineJS in kursk.html, since npm is installed")
