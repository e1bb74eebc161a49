"""The command line: what it prints, writes and answers with."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner

from timeline.cli import _COMMANDS, main

SEED = Path(__file__).parents[2] / "seeds" / "kursk.yaml"
NOW = ("--now", "2024-12-28")
BAD = "timeline: 1\nid: t\ntitle: T\nevents:\n- id: e\n  title: E\n  when: 2024-13\n  tag: x\n"


def _run(*arguments: str | Path, text: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "timeline", *map(str, arguments)],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", **environment},
    )


def _outputs(run: subprocess.CompletedProcess[str]) -> str:
    assert run.returncode == 1
    return run.stdout + run.stderr


def _small(folder: Path, name: str = "t.yaml", **fields: str) -> Path:
    path = folder / name
    more = "".join(f"{key}: {value}\n" for key, value in fields.items())
    path.write_text(f"timeline: 1\nid: t\ntitle: T\n{more}events:\n- {{id: e, title: E, when: 2024-08-06}}\n")
    return path


def test_export_writes_every_format_and_ends_with_a_table(tmp_path: Path) -> None:
    run = _run("export", SEED, "--out", tmp_path / "build", *NOW)
    page = (tmp_path / "build" / "kursk.html").read_text("utf-8")

    assert run.returncode == 0, run.stderr
    # Where timeline-web was installed without npm, one line says what its page lacks.
    assert run.stderr.startswith("html: the page has no drawing") == ('id="drawing"' not in page)
    assert run.stderr.count("\n") == ('id="drawing"' not in page)
    lines = run.stdout.splitlines()
    assert lines[0].split() == ["format", "file", "events", "bytes", "losses"]
    suffixes = {"html": ".html", "ical": ".ics", "json": ".json", "timelinejs": ".timelinejs.json"}
    for line, (name, suffix) in zip(lines[1:5], suffixes.items(), strict=True):
        path = tmp_path / "build" / f"kursk{suffix}"
        cells = line.split()
        assert cells[:3] == [name, str(path), "16"]
        assert int(cells[3].replace(",", "")) == path.stat().st_size
    assert [line.endswith("none") for line in lines[1:5]] == [True, False, True, False]
    assert len([*(tmp_path / "build").iterdir()]) == 4


def test_losses_are_counted_and_listed_on_request(tmp_path: Path) -> None:
    counted = _run("export", SEED, "--to", "ical", "--out", tmp_path, *NOW)
    listed = _run("export", SEED, "--to", "ical", "--out", tmp_path, *NOW, "--losses")

    assert "approximated" in counted.stdout.splitlines()[1]
    assert counted.stdout.splitlines()[-1] == "--losses lists what could not be carried."
    assert "ical: event russian-operation: approximated open-ends: " in listed.stdout


def test_strict_writes_nothing_if_anything_is_lost(tmp_path: Path) -> None:
    strict = _run("export", SEED, "--out", tmp_path, *NOW, "--strict")
    to_stdout = _run("export", SEED, "--to", "ical", "-o", "-", *NOW, "--strict")
    lossless = _run("export", SEED, "--to", "json", "--out", tmp_path, *NOW, "--strict")

    assert strict.returncode == to_stdout.returncode == 1
    assert to_stdout.stdout == ""
    assert strict.stderr.splitlines()[-1] == "nothing was written: --strict allows no losses"
    assert "ical: event russian-operation: approximated" in strict.stderr
    assert lossless.returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["kursk.json"]


def test_a_pipe_goes_through(tmp_path: Path) -> None:
    run = _run("export", "-", "--to", "json", "-o", "-", *NOW, text=SEED.read_text("utf-8"))
    again = _run("export", "-", "--to", "json", "-o", "-", *NOW, text=run.stdout)

    assert json.loads(run.stdout)["id"] == "kursk"
    assert again.stdout == run.stdout
    assert "standard output" in run.stderr


def test_the_ending_of_the_output_tells_the_format(tmp_path: Path) -> None:
    for name, start in (("a.ics", b"BEGIN:VCALENDAR"), ("a.json", b"{\n"), ("a.timelinejs.json", b"{")):
        run = _run("export", SEED, "-o", tmp_path / name, *NOW)
        assert run.returncode == 0, run.stderr
        assert (tmp_path / name).read_bytes().startswith(start)
    assert (tmp_path / "a.json").read_bytes() != (tmp_path / "a.timelinejs.json").read_bytes()


def test_an_option_reaches_its_format(tmp_path: Path) -> None:
    year = tmp_path / "y.yaml"
    year.write_text("timeline: 1\nid: y\ntitle: Y\nevents:\n- {id: e, title: E, when: 2024}\n")

    marker = _run("export", year, "--to", "ical", "-o", "-", *NOW)
    span = _run("export", year, "--to", "ical", "-o", "-", *NOW, "-O", "ical.wide=span")

    assert "DTEND;VALUE=DATE:20240102" in marker.stdout
    assert "DTEND;VALUE=DATE:20250101" in span.stdout
    assert _run("check", year, "--from", "yaml").returncode == 0
    for command in (["check"], ["show"], ["export", "--to", "json", "-o", "-"]):
        assert "more than 10 bytes" in _outputs(_run(*command, year, "-O", "yaml.max_bytes=10"))
        assert "more than 10 bytes" in _outputs(_run(*command, "-", "-O", "yaml.max_bytes=10", text=year.read_text()))
    refused = _run("export", year, "-O", "yaml.max_bytes=10", "--out", tmp_path)
    assert refused.returncode == 1
    assert "more than 10 bytes" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--to", "gpx"], "no plugin writes the format 'gpx'"),
        (["-o", "-"], "-o - needs --to"),
        (["-o", "x.xyz"], "the name x.xyz does not tell the format"),
        (["-o", "x.ics", "--out", "y"], "give one of them"),
        (["-o", "x.ics", "--to", "ical", "--to", "json"], "-o takes one format"),
        (["-O", "ical"], "expected FORMAT.option=value"),
        (["-O", "ical.colour=red"], "found option ical.colour, expected one of: alarm, cancelled, color"),
        (["-O", "ical.wide=huge"], "expected one of: marker, span, omit"),
        (["-O", "gpx.a=b"], "-O gpx: this format is neither written nor read here"),
        (["-O", "html.media=load", "--to", "json"], "-O html: this format is neither written nor read here"),
        (["--now", "today"], "Invalid value for '--now'"),
        (["--from", "gpx"], "no plugin reads the format 'gpx'"),
    ],
)
def test_wrong_usage_is_said_and_answered_with_2(tmp_path: Path, arguments: list[str], message: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "timeline", "export", SEED, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )

    assert run.returncode == 2
    assert message in run.stderr
    assert "Traceback" not in run.stderr
    assert [*tmp_path.iterdir()] == []


def test_faults_in_the_input_are_printed_and_answered_with_1(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(BAD)

    for command in ("export", "show"):
        run = _run(command, bad)
        assert run.returncode == 1
        assert run.stdout == ""
        assert run.stderr.startswith(f"{bad}:7:9: events[0].when: found '13' at character 6 of '2024-13', expected")
        assert f"{bad}:8:3: events[0].tag: found unknown key 'tag', expected 'tags': did you mean that?" in run.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["bad.yaml"]


def test_check_reports_each_file_and_its_faults(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(BAD)

    good = _run("check", SEED, *NOW)
    both = _run("check", bad, SEED, *NOW)
    piped = _run("check", "-", text=BAD)

    assert (good.returncode, good.stdout) == (0, f"{SEED}: 16 events, 22 claims, 1 source: no faults\n")
    assert both.returncode == 1
    assert f"{bad}: 2 faults\n{SEED}: 16 events" in both.stdout
    assert piped.stdout.startswith("<stdin>:7:9: TL001 error: events[0].when: ")


def test_the_command_can_be_tested_by_those_who_extend_it() -> None:
    run = CliRunner().invoke(main, ["check", "-"], input="timeline: 1\nid: t\ntitle: T\n")

    assert run.output == "<stdin>: no events, no claims, no sources: no faults\n"
    assert run.exit_code == 0


def test_the_input_is_never_overwritten(tmp_path: Path) -> None:
    document = tmp_path / "t.json"
    _run("export", _small(tmp_path), "--to", "json", "--out", tmp_path)
    before = document.read_bytes()

    run = _run("export", document, "--out", tmp_path)

    assert run.returncode == 2
    assert "is the file to read" in run.stderr
    assert document.read_bytes() == before


def test_files_that_cannot_be_read_or_written_are_named(tmp_path: Path) -> None:
    small = _small(tmp_path)
    missing = _run("export", small, "--to", "json", "-o", tmp_path / "gone" / "x.json")
    unread = _run("export", tmp_path / "gone.yaml")

    assert missing.returncode == 1
    assert missing.stderr == f"timeline: {tmp_path / 'gone' / 'x.json'}: No such file or directory\n"
    assert unread.returncode == 2
    assert "does not exist" in unread.stderr


def test_all_files_or_none_are_written(tmp_path: Path) -> None:
    """The second format cannot be put in its place, so the first is not either."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "t.json").mkdir()

    run = _run("export", _small(tmp_path), "--to", "ical", "--to", "json", "--out", out)

    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    assert [path.name for path in out.iterdir()] == ["t.json"]


def test_a_closed_pipe_is_no_traceback(tmp_path: Path) -> None:
    big = tmp_path / "big.yaml"
    events = "".join(f"- {{id: e{n}, title: {'E' * 100}, when: 2024-08-06}}\n" for n in range(3000))
    big.write_text(f"timeline: 1\nid: t\ntitle: T\nevents:\n{events}")

    commands: list[list[str | Path]] = [["show", big], ["export", big, "--to", "json", "-o", "-"]]
    for command in commands:
        process = subprocess.Popen(
            [sys.executable, "-m", "timeline", *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
        process.stderr.close()
        process.wait()


def test_show_draws_one_row_an_event_within_80_columns() -> None:
    run = _run("show", SEED, *NOW, COLUMNS="80")

    assert run.returncode == 0
    assert all(len(line) <= 80 for line in run.stdout.splitlines())
    assert "\x1b" not in run.stdout
    rows = run.stdout.splitlines()[5:21]
    assert rows[0].startswith("2024-06                   ├┤        │           Putin states terms for a ceasef…")
    assert rows[-1].startswith("[2025-01..]                         ├┄┄┄┄┄┄┄┄▶  Russia begins a concentrated ef…")
    assert [row[:24].strip() for row in rows[:3]] == ["2024-06", "[2024-06..]", "2024-08"]


def test_show_without_unicode_draws_in_ascii() -> None:
    run = _run("show", SEED, *NOW, "--width", "80", PYTHONUTF8="0", PYTHONIOENCODING="ascii")

    assert run.returncode == 0
    assert run.stdout.isascii()
    assert "|........>" in run.stdout


def _on_terminal(command: list[str | Path], **environment: str) -> str:
    """What a command prints on a terminal."""
    parent, child = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, *map(str, command)],
        stdin=child,
        stdout=child,
        stderr=child,
        env={**environment, "PYTHONUTF8": "1", "TERM": "xterm-256color"},
    )
    os.close(child)
    printed = b""
    try:
        while piece := os.read(parent, 65_536):
            printed += piece
    except OSError:
        pass  # so Linux says that the other side is closed
    process.wait(timeout=60)
    os.close(parent)
    return printed.decode("utf-8", errors="replace")


@pytest.mark.parametrize(
    ("command", "closed", "said"),
    [
        ("show", ">&-", "standard output is closed"),
        ("export --to json -o -", ">&-", "standard output is closed"),
        ("check", "<&-", "standard input is closed"),
    ],
)
def test_a_stream_that_is_closed_is_said(command: str, closed: str, said: str) -> None:
    line = f"exec {sys.executable} -m timeline {command} {SEED} {closed}"
    run = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False)

    assert run.returncode == 1
    assert said in run.stderr
    assert "Traceback" not in run.stderr


def test_nothing_is_said_where_nobody_can_hear_it(tmp_path: Path) -> None:
    line = f"exec {sys.executable} -m timeline export {SEED} --to json --out {tmp_path} 2>&-"

    assert subprocess.run(["sh", "-c", line], capture_output=True, check=False).returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["kursk.json"]


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "shift_jis", "koi8-r"])
def test_every_command_prints_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "t.yaml"
    path.write_text("timeline: 1\nid: b\ntitle: 日本 é\nevents:\n  - {id: a, title: 東京é, whe: 2024}\n", "utf-8")

    for arguments in (["check", path], ["show", SEED, *NOW], ["formats"]):
        run = subprocess.run(
            [sys.executable, "-m", "timeline", *arguments],
            capture_output=True,
            check=False,
            env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        )
        assert b"Traceback" not in run.stderr
        assert run.stdout


def test_an_export_that_is_ended_from_outside_leaves_nothing(tmp_path: Path) -> None:
    big = tmp_path / "big.yaml"
    events = "".join(f"- {{id: e{n}, title: E, when: 2024-08-06}}\n" for n in range(20_000))
    big.write_text(f"timeline: 1\nid: t\ntitle: T\nevents:\n{events}")
    out = tmp_path / "out"
    out.mkdir()
    process = subprocess.Popen([sys.executable, "-m", "timeline", "export", big, "--out", out])
    while process.poll() is None and not [*out.iterdir()]:
        time.sleep(0.01)
    process.terminate()

    # Ended while it wrote, or done before it heard of it: whole or nothing.
    assert process.wait(timeout=60) in (0, 128 + 15)
    assert len([*out.iterdir()]) in (0, 4)
    assert not [path for path in out.iterdir() if path.suffix == ".part"]


def test_what_is_denied_or_assessed_is_not_drawn_like_a_fact(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    modalities = ["reported", "denied", "assessed", "projected"]
    events = "".join(
        f"- {{id: {m}, title: {m}, when: 2024-08, claims: [{{source: s, modality: {m}}}]}}\n" for m in modalities
    )
    path.write_text(f"timeline: 1\nid: t\ntitle: T\nsources: {{s: }}\nevents:\n{events}")

    run = _run("show", path, "--now", "2024-12-28", COLUMNS="80")

    bars = {line.split()[-1]: line.split()[1] for line in run.stdout.splitlines() if line.startswith("2024-08")}
    assert set(bars["reported"]) == set("├─┤")
    assert set(bars["assessed"]) == set(bars["projected"]) == set("├┄┤")
    assert set(bars["denied"]) == set("×┄")
    assert "3 of them not reported as facts" in run.stdout


@pytest.mark.parametrize("columns", ["20", "40", "60", "80", "100", "200"])
def test_a_picture_keeps_within_the_terminal(columns: str) -> None:
    run = _run("show", SEED, *NOW, COLUMNS=columns)

    assert max(map(len, run.stdout.splitlines())) <= max(40, int(columns))


def test_colour_is_for_terminals_whose_owner_wants_it() -> None:
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    command: list[str | Path] = ["-m", "timeline", "show", SEED, *NOW]

    assert "\x1b[" in _on_terminal(command, **environment)
    assert "\x1b[" not in _on_terminal(command, **environment, NO_COLOR="1")


def test_a_progress_bar_is_shown_on_a_terminal_and_nowhere_else(tmp_path: Path) -> None:
    impatient = tmp_path / "impatient.py"
    impatient.write_text(
        "import timeline.cli._progress as p\np.PATIENCE = -1\n"
        "from timeline.cli import main\nmain(prog_name='timeline')\n"
    )
    big = tmp_path / "big.yaml"
    events = "".join(f"- {{id: e{n}, title: E, when: 2024-08-06}}\n" for n in range(500))
    big.write_text(f"timeline: 1\nid: t\ntitle: T\nevents:\n{events}")
    command: list[str | Path] = [impatient, "export", big, "--to", "json", "--out", tmp_path]

    piped = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=True)
    shown = _on_terminal(command, **os.environ)

    assert piped.stderr == ""
    assert "reading" in shown
    assert "writing json" in shown
    assert "500/500" in shown


def test_formats_lists_what_is_installed() -> None:
    run = _run("formats")
    described = {each["name"]: each for each in json.loads(_run("formats", "--json").stdout)}

    names = ["html", "ical", "json", "timelinejs", "timelinejs-csv", "yaml"]
    assert [line.split()[0] for line in run.stdout.splitlines()[1:7]] == names
    assert described["html"]["loses"] == []
    assert not described["html"]["reads"]
    assert "wide=marker" in run.stdout
    assert described["json"]["reads"]
    assert described["json"]["writes"]
    assert described["json"]["loses"] == []
    assert not described["yaml"]["writes"]
    assert "undated" in described["ical"]["loses"]


def test_plugins_lists_what_is_installed() -> None:
    run = _run("plugins")
    infos = json.loads(_run("plugins", "--json").stdout)

    assert run.returncode == 0
    assert "faults" not in run.stdout
    assert [info["name"] for info in infos] == ["checks", "ical", "json", "timelinejs", "web", "yaml"]
    assert all(info["faults"] == [] for info in infos)


def test_without_plugins_the_command_says_what_to_install() -> None:
    names = "ical,json,timelinejs,web,yaml"

    listed = _run("plugins", TIMELINE_DISABLE_PLUGINS=names)
    export = _run("export", SEED, TIMELINE_DISABLE_PLUGINS=names)
    read = _run("check", SEED, TIMELINE_DISABLE_PLUGINS="yaml")

    assert "python -m pip install 'timeline-core[all]'" in listed.stdout
    assert export.returncode == read.returncode == 2
    assert "python -m pip install 'timeline-core[all]'" in export.stderr
    assert "python -m pip install timeline-yaml" in read.stderr


def test_help_names_every_command_and_the_version_is_that_of_the_core() -> None:
    run = _run("--help")

    for command in ("check", "export", "formats", "plugins", "schema", "show"):
        assert f"  {command} " in run.stdout
    assert _run("--version").stdout.startswith("timeline, version 0.1.0")
    assert _run("nonsense").returncode == 2


def test_what_a_stranger_wrote_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    path.write_text('{"timeline": 1, "id": "t", "title": "a\\u001b[2Jb\\u202ec", "events": [{"id": "e", '
                    '"title": "\\u001b]0;x\\u0007", "when": "\\u001b"}]}')  # fmt: skip

    for command in ("check", "show"):
        run = _run(command, path)
        assert "\x1b" not in run.stdout + run.stderr
        assert "\u202e" not in run.stdout + run.stderr


def test_the_list_of_commands_says_what_the_commands_say_of_themselves() -> None:
    listed = _run("--help").stdout

    for name, (module, text) in _COMMANDS.items():
        command = getattr(import_module(module), name)
        assert command.get_short_help_str(100) == text
        assert f"  {name:<8} {text}\n" in listed
    assert "  schema   Print the JSON Schema of the timeline document.\n" in listed
