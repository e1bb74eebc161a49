"""What is public is what `__all__` says, in every public module."""

from __future__ import annotations

import inspect
import subprocess
import sys
from importlib import import_module

import pytest

import timeline

MODULES = [
    "checks",
    "document",
    "errors",
    "formats",
    "history",
    "hookspecs",
    "labels",
    "model",
    "plugins",
    "scores",
    "testing",
    "when",
]


def test_all_is_sorted_and_every_name_is_there() -> None:
    assert timeline.__all__ == sorted(timeline.__all__)
    assert len(set(timeline.__all__)) == len(timeline.__all__)
    for name in timeline.__all__:
        assert getattr(timeline, name) is not None
    assert set(timeline.__all__) <= set(dir(timeline))


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = timeline.nonsense


@pytest.mark.parametrize("name", MODULES)
def test_public_modules_are_attributes(name: str) -> None:
    assert getattr(timeline, name) is import_module(f"timeline.{name}")


@pytest.mark.parametrize("name", ["checks", "document", "formats", "history", "labels", "model", "testing", "when"])
def test_all_of_a_package_is_complete(name: str) -> None:
    module = import_module(f"timeline.{name}")
    # Some are imported when they are first used, so `dir` is asked.
    public = {key for key in dir(module) if not key.startswith("_") and not inspect.ismodule(getattr(module, key))} - {
        "annotations",
        "TYPE_CHECKING",
        "import_module",
    }

    assert public == set(module.__all__)


@pytest.mark.parametrize("name", MODULES)
def test_everything_public_has_a_docstring(name: str) -> None:
    module = import_module(f"timeline.{name}")
    names = getattr(module, "__all__", None) or [key for key in vars(module) if not key.startswith("_")]
    for key in names:
        value = getattr(module, key)
        if not (inspect.isclass(value) or inspect.isfunction(value)):
            continue
        if not value.__module__.startswith("timeline"):
            continue
        assert inspect.getdoc(value), key
        for member, method in vars(value).items() if inspect.isclass(value) else ():
            if not member.startswith("_") and (inspect.isfunction(method) or isinstance(method, property)):
                assert inspect.getdoc(method), f"{key}.{member}"


def _modules_after(code: str) -> set[str]:
    listing = "import sys; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", f"{code}\n{listing}"], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_importing_timeline_imports_nothing_else() -> None:
    loaded = _modules_after("import timeline")

    assert not loaded & {"attrs", "pluggy", "click", "timeline.model"}


def test_a_plain_date_needs_little_of_what_dates_can_do() -> None:
    loaded = _modules_after("import timeline; timeline.When.parse('2024-08')")

    assert "timeline.when._value" in loaded
    assert not loaded & {f"timeline.when.{name}" for name in ("_reader", "_units", "_relations", "_words", "_shift")}
    assert not loaded & {"babel", "dateutil", "importlib.resources"}


def test_the_model_needs_neither_plugins_nor_the_command_line() -> None:
    loaded = _modules_after("import timeline; timeline.Event(id='e', title='E', when='2024-08')")

    assert "timeline.model" in loaded
    assert not loaded & {"pluggy", "click", "importlib.metadata", "timeline.plugins", "dateutil"}


def test_the_loader_imports_nothing_heavy() -> None:
    loaded = _modules_after(
        "from timeline.plugins import installed; installed().exporters; installed().importers; installed().checks"
    )

    assert not loaded & {"click", "yaml", "icalendar", "nh3", "dateutil", "timeline.document", "json.decoder"}


def test_help_reads_no_dates_and_no_documents() -> None:
    loaded = _modules_after(
        "import sys; sys.argv = ['timeline', '--help']\nfrom timeline.cli import main\nmain(standalone_mode=False)"
    )

    assert not loaded & {"timeline.document", "timeline.api", "yaml", "icalendar", "nh3", "dateutil"}
