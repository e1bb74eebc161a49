"""``timeline check feed.ics``: the faults of the bytes, and what else there is to say of the document."""

from __future__ import annotations

import json
import sys
import types
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import timeline_yaml
from timeline import Event, Timeline
from timeline.checks import Check
from timeline.cli import main
from timeline.errors import DocumentError, Fault
from timeline.formats import Defect, FormatInfo, ImportContext
from timeline.hookspecs import hookimpl
from timeline.testing import fresh_plugins
from timeline_ical.lint import RULES, lint

NOW = ("--now", "2024-12-28")


class Feeds:
    """Stands in for the importer: it reads a title from each SUMMARY and nothing else."""

    info = FormatInfo(
        name="ical",
        title="a calendar",
        media_type="text/calendar",
        suffixes=(".ics",),
        starts=(b"BEGIN:VCALENDAR",),
        carries=frozenset(),
    )
    lint: Callable[[bytes], Iterable[Defect]] = staticmethod(lint)

    def decode(self, chunks: Iterable[bytes], ctx: ImportContext) -> Timeline:
        """Read a feed."""
        events: list[Event] = []
        for number, line in enumerate(b"".join(chunks).decode(errors="replace").split("\r\n"), start=1):
            name, _, value = line.partition(":")
            if name == "DTSTART" and not value[:1].isdigit():
                raise DocumentError([Fault(found=repr(value), expected="a date", file=ctx.file, line=number)])
            if name.startswith("X-LOST"):
                ctx.skip(repr(value), "what we know", line=number, source=line)
            if name == "SUMMARY":
                events.append(Event(id=f"e{len(events)}", title=value or "none"))
        if not events:
            raise DocumentError([Fault(found="nothing", expected="an event", file=ctx.file)])
        return Timeline(id="t", title="T", events=events)


@pytest.fixture(autouse=True)
def feeds(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Feeds]:
    """The plugins that there are in these tests."""
    importer = Feeds()
    plugin = types.ModuleType("feeds")

    @hookimpl
    def timeline_register_importers() -> list[Any]:
        return [importer]

    @hookimpl
    def timeline_register_checks() -> list[Check]:
        return list(RULES)

    plugin.timeline_register_importers = timeline_register_importers  # type: ignore[attr-defined] # a hook
    plugin.timeline_register_checks = timeline_register_checks  # type: ignore[attr-defined] # the same
    monkeypatch.setitem(sys.modules, "feeds", plugin)
    monkeypatch.chdir(tmp_path)
    with fresh_plugins(feeds="feeds", core="timeline._core_plugin", yaml=timeline_yaml.__name__):
        yield importer


def check(data: bytes, *arguments: str, code: int | None = None) -> Result:
    Path("feed.ics").write_bytes(data)
    run = CliRunner().invoke(main, ["check", "feed.ics", *NOW, *arguments])
    assert run.exception is None or isinstance(run.exception, SystemExit), run.exception
    if code is not None:
        assert run.exit_code == code, run.output
    return run


def codes(data: bytes, *arguments: str) -> list[tuple[str, int | None]]:
    return [(each["code"], each["line"]) for each in json.loads(check(data, *arguments, "--format", "json").output)]


def test_a_good_feed_has_no_faults(good: bytes) -> None:
    assert check(good, "--select", "ICAL", code=0).output == "feed.ics: 4 events, no claims, no sources: no faults\n"


def test_faults_of_the_bytes_come_first_and_count_in_the_sum(good: bytes) -> None:
    bad = good.replace(b"STATUS:FINAL", b"STATUS:LAST").replace(b"LOCATION:", b"X-LOST:")
    lines = check(bad, "--select", "ICAL,TL003,TL204", code=1).output.splitlines()

    assert lines[0].startswith("feed.ics:151:8: ICAL313 error: found STATUS:LAST, expected CANCELLED, DRAFT or FINAL")
    assert lines[1].startswith("feed.ics:50:1: TL003 note: found 'Harrow', expected what we know")
    assert lines[-1] == "feed.ics: 4 events, no claims, no sources: 1 error, 4 warnings, 1 note"


def test_codes_select_and_ignore(good: bytes) -> None:
    bad = (
        good.replace(b"STATUS:FINAL", b"STATUS:LAST")
        .replace(b"SEQUENCE:1\r\n", b"")
        .replace(b"SUMMARY:Repair", b"X-LOST:x")
    )

    assert codes(bad, "--select", "ICAL") == [("ICAL401", 38), ("ICAL313", 150)]
    assert codes(bad, "--select", "ICAL4") == [("ICAL401", 38)]
    assert codes(bad, "--select", "ICAL", "--ignore", "ICAL4") == [("ICAL313", 150)]
    assert codes(bad, "--ignore", "ICAL,TL2") == [("TL003", 129)]
    assert codes(bad, "--ignore", "ICAL,TL2,TL003") == []
    check(bad, "--select", "ICAL4", code=0)
    check(bad, "--select", "ICAL4", "--strict", code=1)


def test_what_the_bytes_tell_is_not_told_again_by_what_was_read_past(good: bytes) -> None:
    bad = good.replace(b"LOCATION:Harrow", b"X-LOST;VALUE=INTEGER:none")

    assert codes(bad, "--select", "ICAL,TL003") == [("ICAL314", 50)]
    assert codes(bad, "--select", "TL003") == [("TL003", 50)]


def test_a_feed_that_cannot_be_read_is_judged_all_the_same(good: bytes) -> None:
    bad = good.replace(b"DTSTART:20250201T080000", b"DTSTART:soon").replace(b"STATUS:FINAL", b"STATUS:LAST")
    run = check(bad, code=1)

    # The fault of the importer is that of the bytes.
    assert [line.split(": ")[1] for line in run.output.splitlines()[:-1]] == ["ICAL303 error", "ICAL313 error"]
    assert run.output.splitlines()[-1] == "feed.ics: cannot be read: 2 errors"
    assert codes(bad, "--ignore", "ICAL303") == [("ICAL313", 151), ("TL001", 127)]
    assert codes(bad, "--select", "TL2") == [("TL001", 127)]
    assert check(bad, "--select", "TL2").output.splitlines()[-1] == "feed.ics: 1 fault"


def test_a_note_on_its_line_does_not_hide_that_a_document_cannot_be_read() -> None:
    data = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n"

    assert codes(data, "--select", "ICAL") == [("ICAL210", 1), ("ICAL405", 1), ("ICAL406", 1), ("TL001", None)]
    check(data, "--select", "ICAL405", code=1)


@pytest.mark.parametrize("data", [b"", b"\x00", b"\xff\xfe", b"<html>", b"BEGIN:VCALENDAR"])
def test_what_is_no_feed_at_all_is_told_without_a_traceback(data: bytes) -> None:
    run = check(data, code=1)

    assert "feed.ics:1:" in run.output
    assert "Traceback" not in run.output


def test_standard_input_is_judged_too(good: bytes) -> None:
    run = CliRunner().invoke(
        main, ["check", "-", *NOW, "--select", "ICAL"], input=good.replace(b"STATUS:FINAL", b"STATUS:X")
    )

    assert run.output.splitlines()[0].startswith("<stdin>:151:8: ICAL313 error: ")


def test_github_and_sarif_hold_them_like_any_other(good: bytes) -> None:
    bad = good.replace(b"SUMMARY:Repair", b"SUMMARY:100%, done")

    assert check(bad, "--select", "ICAL", "--format", "github").output == (
        "::error file=feed.ics,line=130,col=13,title=ICAL301 unescaped::found ',' in the text, expected '\\,'\n"
    )
    (run,) = json.loads(check(bad, "--select", "ICAL", "--format", "sarif").output)["runs"]
    (result,) = run["results"]
    rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
    assert result["ruleId"] == rule["id"] == "ICAL301"
    assert rule["help"]["text"] == "See docs/reference/checks/ICAL301.md."
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 130, "startColumn": 13}


def test_a_linter_that_fails_is_told_and_the_feed_is_read_all_the_same(good: bytes, feeds: Feeds) -> None:
    def fail(_data: bytes) -> Iterator[Defect]:
        yield Defect(code="ICAL101", message="odd", line=1)
        message = "too odd"
        raise ValueError(message)

    feeds.lint = fail
    lines = check(good, "--select", "ICAL", code=1).output.splitlines()
    assert lines == [
        "feed.ics:1:1: ICAL101 error: odd",
        f"feed.ics: TL001 error: importer ical of {Feeds.__module__} failed: ValueError: too odd",
        "feed.ics: 4 events, no claims, no sources: 2 errors",
    ]


def test_a_code_that_no_rule_has_is_the_fault_of_the_plugin(good: bytes, feeds: Feeds) -> None:
    feeds.lint = lambda _data: [Defect(code="ICAL999", message="odd", line=1)]

    assert "failed: KeyError: 'ICAL999'" in check(good, "--select", "ICAL", code=1).output


def test_several_files_are_judged_one_by_one(good: bytes) -> None:
    Path("other.ics").write_bytes(good.replace(b"STATUS:FINAL", b"STATUS:LAST"))
    Path("story.yaml").write_text("timeline: 1\nid: t\ntitle: T\nevents: []\n")
    run = check(good, "other.ics", "story.yaml", "--select", "ICAL", code=1)

    assert [line.partition(": ")[0] for line in run.output.splitlines()] == [
        "feed.ics", "other.ics:151:8", "other.ics", "story.yaml",
    ]  # fmt: skip
