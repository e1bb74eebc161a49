"""The loader: bad plugins are listed with the reason, good ones go on working."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import pytest

from timeline.checks import Check, CheckContext, Finding
from timeline.errors import AmbiguousFormatError, UnknownFormatError
from timeline.formats import ExportContext, FormatInfo
from timeline.hookspecs import hookimpl
from timeline.plugins import Plugins
from timeline.testing import NOW, PLAIN, fresh_plugins

BROKEN = Path(__file__).parent / "broken_plugins"


class _Format:
    """Both ways of a format of any name."""

    def __init__(self, name: str, *suffixes: str, starts: tuple[bytes, ...] = ()) -> None:
        self.info = FormatInfo(
            name=name,
            title=name,
            media_type="text/plain",
            suffixes=suffixes or (f".{name}",),
            carries=(),
            starts=starts,
        )

    def encode(self, timeline: Any, ctx: ExportContext) -> Any:
        yield b""

    def decode(self, chunks: Any, ctx: Any) -> Any:
        raise AssertionError


class _Rude:
    """Raises whatever is asked of it."""

    @property
    def info(self) -> FormatInfo:
        raise ZeroDivisionError

    def encode(self) -> None:
        pass

    def __repr__(self) -> str:
        raise ZeroDivisionError


def _hook(things: Any) -> Any:
    """Make a hook that returns the things, or raises them."""

    def hook() -> Any:
        if isinstance(things, BaseException):
            raise things
        return things

    return hook


def _module(monkeypatch: pytest.MonkeyPatch, name: str, **hooks: Any) -> str:
    """Make a plugin module whose hooks return the things given."""
    module = ModuleType(name)
    for kind, things in hooks.items():
        setattr(module, f"timeline_register_{kind}", hookimpl(_hook(things)))
    monkeypatch.setitem(sys.modules, name, module)
    return name


def test_what_plugins_provide_is_found_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    check = Check(code="XX101", name="rule", title="a rule", run=lambda *_: [Finding(message="odd", event_id="e")])
    command = click.Command("extra")
    name = _module(
        monkeypatch, "plug_a", exporters=[_Format("a")], importers=[_Format("a")], checks=[check], commands=[command]
    )

    with fresh_plugins(a=name) as plugins:
        assert plugins.exporter("a") is plugins.exporters["a"]
        assert plugins.importer("?:a") is plugins.importers["a"]
        assert plugins.checks == {"XX101": check}
        assert plugins.commands == {"extra": command}
        assert [str(finding) for finding in check.run(PLAIN, CheckContext(now=NOW))] == ["event e: odd"]
        (info,) = plugins.infos
        assert (info.key, info.faults, info.exporters, info.commands) == ("?:a", (), ("a",), ("extra",))
        assert info.checks == ("XX101",)


def test_a_code_of_a_rule_that_two_plugins_claim_belongs_to_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    def rule(code: str, name: str) -> Check:
        return Check(code=code, name=name, title="a rule", run=lambda *_: [])

    one = _module(monkeypatch, "plug_one", checks=[rule("XX101", "mine"), rule("XX102", "mine-too")])
    two = _module(monkeypatch, "plug_two", checks=[rule("XX101", "other")])

    with fresh_plugins(one=one, two=two) as plugins:
        assert list(plugins.checks) == ["XX102"]
        faults = {info.name: info.faults for info in plugins.infos}
        assert faults["two"] == (
            "check 'XX101' is also claimed by ?:one: name a plugin to leave out in TIMELINE_DISABLE_PLUGINS",
        )
        assert len(faults["one"]) == 1


def test_the_rules_that_are_built_in_come_as_those_of_a_plugin() -> None:
    with fresh_plugins() as plugins:
        info = next(info for info in plugins.infos if info.distribution == "timeline-core")

        assert (info.name, info.module, info.faults) == ("checks", "timeline._core_plugin", ())
        assert set(info.checks) == {code for code in plugins.checks if code.startswith("TL")}
        assert {"TL001", "TL101", "TL204", "TL304"} <= set(info.checks)


@pytest.mark.parametrize(
    ("hooks", "fault"),
    [
        ({}, "implements no hook"),
        ({"exporters": ZeroDivisionError("oops")}, "fails in timeline_register_exporters: ZeroDivisionError: oops"),
        ({"importers": SystemExit(3)}, "fails in timeline_register_importers: SystemExit: 3"),
        ({"exporters": [_Rude()]}, "returns a _Rude from timeline_register_exporters"),
        ({"exporters": 3}, "fails in timeline_register_exporters: TypeError: 'int' object is not iterable"),
        ({"exporters": ["x"]}, "returns 'x' from timeline_register_exporters, expected an exporter"),
        ({"importers": [object()]}, "expected an importer"),
        ({"checks": [_Format("a")]}, "expected a timeline.checks.Check"),
        ({"commands": [print]}, "expected a click command with a name"),
    ],
)
def test_a_plugin_that_provides_nonsense_is_listed(
    monkeypatch: pytest.MonkeyPatch, hooks: dict[str, Any], fault: str
) -> None:
    good = _module(monkeypatch, "plug_good", exporters=[_Format("good")])
    bad = _module(monkeypatch, "plug_bad", **hooks)

    with fresh_plugins(bad=bad, good=good) as plugins:
        assert list(plugins.exporters) == ["good"]
        faulty = [info for info in plugins.infos if info.faults]
        assert [info.name for info in faulty] == ["bad"]
        assert fault in faulty[0].faults[0]


def test_the_good_part_of_a_plugin_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    things = ["x", _Format("a"), _Format("a"), _Format("b")]
    name = _module(monkeypatch, "plug_half", exporters=things, importers=ValueError("no"))

    with fresh_plugins(half=name) as plugins:
        assert list(plugins.exporters) == ["a", "b"]
        assert plugins.exporter("a") is things[1]
        faults = plugins.infos[0].faults
        assert len(faults) == 3
        assert faults[1] == "returns 'a' twice from timeline_register_exporters; the first is used"


def test_the_longest_ending_tells_the_format(monkeypatch: pytest.MonkeyPatch) -> None:
    name = _module(monkeypatch, "plug", importers=[_Format("j", ".json"), _Format("t", ".tl.json", ".y")])

    with fresh_plugins(plug=name) as plugins:
        assert plugins.importer_for("a.json").info.name == "j"
        assert plugins.importer_for("A.TL.JSON").info.name == "t"
        with pytest.raises(UnknownFormatError, match=r"a\.txt: .*expected one of: \.json, \.tl\.json, \.y"):
            plugins.importer_for("a.txt")
        with pytest.raises(UnknownFormatError, match="python -m pip install timeline-yaml"):
            plugins.importer_for("a.yaml")


def test_two_formats_with_one_ending_belong_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    name = _module(monkeypatch, "plug", importers=[_Format("j", ".x"), _Format("k", ".x")])

    with fresh_plugins(plug=name) as plugins, pytest.raises(AmbiguousFormatError, match="j, k"):
        plugins.importer_for("a.x")


def test_the_beginning_of_a_text_tells_the_format(monkeypatch: pytest.MonkeyPatch) -> None:
    name = _module(monkeypatch, "plug", importers=[_Format("j", starts=(b"{",)), _Format("k")])

    rest = _module(monkeypatch, "rest", importers=[_Format("rest", starts=(b"", b"[["))])

    with fresh_plugins(plug=name, rest=rest) as plugins:
        for head, format_name in ((b"{", "j"), (b"[", "rest"), (b"[[", "rest"), (b"", "rest")):
            assert plugins.importer_for_text(head).info.name == format_name
    with fresh_plugins(plug=name) as plugins:
        assert plugins.importer_for_text(b"\xef\xbb\xbf \n{").info.name == "j"
        for head in (b"", b"x", b"\0"):
            with pytest.raises(UnknownFormatError, match="one of: j, k"):
                plugins.importer_for_text(head)


def test_a_missing_format_says_what_to_install() -> None:
    plugins = Plugins([])

    with pytest.raises(
        UnknownFormatError,
        match="no plugin writes the format 'ical'; installed: none; to add it: python -m pip install timeline-ical",
    ):
        plugins.exporter("ical")
    with pytest.raises(UnknownFormatError, match="no plugin reads the format 'gpx'"):
        plugins.importer("gpx")
    with pytest.raises(UnknownFormatError, match="none, for no plugin that reads is installed"):
        plugins.importer_for("a.gpx")


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a good plugin and five broken ones, installed by pip."""
    sources = tmp_path_factory.mktemp("sources")
    target = tmp_path_factory.mktemp("installed")
    projects = [shutil.copytree(project, sources / project.name) for project in sorted(BROKEN.iterdir())]
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "--target", target, *projects], check=True)
    return target


def _timeline(broken: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "timeline", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(broken), *filter(None, [os.environ.get("PYTHONPATH")])]),
            **environment,
        },
    )


def test_five_broken_plugins_are_listed_and_a_good_one_works(broken: Path, tmp_path: Path) -> None:
    run = _timeline(broken, "plugins", "--json")

    assert run.returncode == 1
    assert run.stderr == ""
    found = {info["distribution"]: info for info in json.loads(run.stdout)}
    good = found["timeline-good"]
    assert good["exporters"] == ["good", "shared"]
    faults = {distribution: " ".join(info["faults"]) for distribution, info in found.items()}
    assert "does not load: RuntimeError: this plugin raises on import" in faults["broken-import"]
    assert "has a wrong hook" in faults["broken-hook-name"]
    assert "timeline_register_exporterz" in faults["broken-hook-name"]
    assert "does not load: PluginValidationError" in faults["broken-arguments"]
    # The same name of an entry point is no conflict: both plugins work.
    assert found["broken-same-name"]["name"] == good["name"] == "good"
    assert found["broken-same-name"]["exporters"] == ["other"]
    assert faults["broken-same-name"] == ""
    assert "exporter 'shared' is also claimed by timeline-good:good" in faults["broken-taken-format"]
    assert "exporter 'shared' is also claimed by broken-taken-format:taken" in faults["timeline-good"]

    plain = _timeline(broken, "plugins")
    assert plain.returncode == 1
    for distribution in ("broken-import", "broken-hook-name", "broken-arguments", "broken-taken-format"):
        assert f"({distribution} 1.0): " in plain.stdout


def test_a_format_claimed_twice_is_nobodys_until_its_plugin_is_named(broken: Path, tmp_path: Path) -> None:
    document = tmp_path / "t.good"
    document.write_text("a title")
    arguments = ("export", str(document), "-o", "-", "--to")

    both = _timeline(broken, *arguments, "shared")
    named = _timeline(broken, *arguments, "timeline-good:shared")
    alone = _timeline(broken, *arguments, "shared", TIMELINE_DISABLE_PLUGINS="taken, unknown")
    good = _timeline(broken, *arguments, "good")

    assert both.returncode == 2
    assert "say one of broken-taken-format:shared, timeline-good:shared" in both.stderr
    assert (named.returncode, named.stdout) == (0, "shared: a title")
    assert (alone.returncode, alone.stdout) == (0, "shared: a title")
    assert (good.returncode, good.stdout) == (0, "good: a title")


def test_importing_a_broken_plugin_by_name_says_why_it_is_missing(broken: Path, tmp_path: Path) -> None:
    document = tmp_path / "t.good"
    document.write_text("a title")

    run = _timeline(broken, "export", str(document), "-o", "-", "--to", "raises")

    assert run.returncode == 2
    assert "broken-import:raises does not load: RuntimeError: this plugin raises on import" in run.stderr
