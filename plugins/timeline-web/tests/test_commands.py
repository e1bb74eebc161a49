"""The commands ``page`` and ``embed``."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from timeline.cli import main

SEED = str(Path(__file__).parents[3] / "seeds" / "kursk.yaml")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_page_writes_a_folder_and_says_what_is_in_it(tmp_path: Path) -> None:
    done = run("page", SEED, "--out", str(tmp_path), "--now", "2024-12-28", "--assets", "none")
    assert done.exit_code == 0, done.output
    names = ["kursk.ics", "kursk.json", "kursk.timelinejs.json", "index.html"]
    assert [Path(line.split()[1]).name for line in done.stdout.splitlines()[1:5]] == names
    assert {path.name for path in tmp_path.iterdir()} == set(names)
    assert "--losses lists what could not be carried." in done.stdout


def test_page_counts_the_files_of_chapters_in_a_row_each(tmp_path: Path) -> None:
    done = run("page", SEED, "--out", str(tmp_path), "--now", "2024-12-28", "--chapters", "status", "--assets", "none")
    assert done.exit_code == 0, done.output
    rows = {line.split()[1]: line.split()[2] for line in done.stdout.splitlines()[1:] if line.startswith("html")}
    assert rows[str(tmp_path / "chapters" / "*.html")] == "5"
    assert rows[str(tmp_path / "data" / "*.js")] == "6"


def test_page_writes_one_file(tmp_path: Path) -> None:
    done = run("page", SEED, "--out", str(tmp_path), "--now", "2024-12-28", "--single-file", "--assets", "none")
    assert done.exit_code == 0, done.output
    assert [path.name for path in tmp_path.iterdir()] == ["kursk.html"]


def test_page_as_of_a_day_knows_no_more(tmp_path: Path) -> None:
    run("page", SEED, "--out", str(tmp_path), "--as-of", "2024-07-01", "--assets", "none")
    text = (tmp_path / "index.html").read_text("utf-8")
    assert "Putin states terms" in text
    assert "incursion" not in text.replace("from the incursion to the projections", "").replace(
        "Ukrainian incursion", ""
    )


def test_the_last_calendar_tells_revisions(tmp_path: Path) -> None:
    arguments = ("page", SEED, "--out", str(tmp_path), "--assets", "none", "--previous", str(tmp_path / "kursk.ics"))
    assert run(*arguments, "--now", "2024-12-28").exit_code == 0
    first = (tmp_path / "kursk.ics").read_bytes()
    assert run(*arguments, "--now", "2024-12-28").exit_code == 0
    assert (tmp_path / "kursk.ics").read_bytes() == first


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--assets", "/nowhere"), "found no js/timeline.js and css/timeline.css in the folder /nowhere"),
        (("--url", "javascript:alert(1)"), "found url=javascript:alert(1), expected the address"),
        (("--language", "xx"), "found language=xx, expected a language"),
        (("--chapters", "week"), "'week' is not one of"),
        (("-O", "html.nothing=1"), "found option html.nothing, expected one of"),
    ],
)
def test_page_refuses_what_it_cannot_do_and_writes_nothing(
    arguments: tuple[str, ...], message: str, tmp_path: Path
) -> None:
    done = run("page", SEED, "--out", str(tmp_path / "out"), "--now", "2024-12-28", *arguments)
    assert done.exit_code == 2
    assert message in " ".join(done.output.split())
    assert not (tmp_path / "out").exists()


def test_page_of_a_broken_file_says_where(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("timeline: 1\nid: a\ntitle: A\nevents:\n  - id: e\n    when: 2024-13\n")
    done = run("page", str(tmp_path / "a.yaml"), "--out", str(tmp_path / "out"))
    assert done.exit_code == 1
    assert "a.yaml:6" in done.output
    assert not (tmp_path / "out").exists()


def test_embed_prints_a_snippet() -> None:
    done = run("embed", SEED, "--url", "https://example.org/kursk/")
    assert done.exit_code == 0
    assert 'src="https://example.org/kursk/"' in done.stdout
    done = run("embed", SEED, "--url", "https://example.org/kursk/", "--form", "script")
    assert 'fetch("https://example.org/kursk/kursk.timelinejs.json")' in done.stdout


def test_embed_needs_an_address() -> None:
    done = run("embed", SEED)
    assert done.exit_code == 2
    assert "found no address of the page" in done.output


def test_options_of_what_the_page_offers_are_taken(tmp_path: Path) -> None:
    done = run(
        "page", SEED, "--out", str(tmp_path), "--now", "2024-12-28", "--assets", "none", "-O", "timelinejs.record=no"
    )
    assert done.exit_code == 0, done.output
    assert '"timeline"' not in (tmp_path / "kursk.timelinejs.json").read_text("utf-8")
    done = run("page", SEED, "--out", str(tmp_path / "b"), "-O", "yaml.foo=1")
    assert done.exit_code == 2
    assert "-O yaml: this format is not written here, only html, ical, json, timelinejs" in " ".join(
        done.output.split()
    )


def test_what_the_page_offers_is_in_its_language(tmp_path: Path) -> None:
    done = run("page", SEED, "--out", str(tmp_path), "--now", "2024-12-28", "--assets", "none", "--language", "de")
    assert done.exit_code == 0, done.output
    assert "Berichtet" in (tmp_path / "kursk.timelinejs.json").read_text("utf-8")


def test_page_writes_over_no_page_but_its_own(tmp_path: Path) -> None:
    for name in ("data/app.js", "chapters/1.html", "all.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("mine")
    arguments = ("page", SEED, "--out", str(tmp_path), "--now", "2024-12-28", "--assets", "none")
    assert run(*arguments).exit_code == 0
    assert run(*arguments).exit_code == 0
    assert [(tmp_path / name).read_text() for name in ("data/app.js", "chapters/1.html", "all.html")] == ["mine"] * 3
    done = run(*arguments, "--chapters", "status")
    assert done.exit_code == 2
    assert (tmp_path / "all.html").read_text() == "mine"
    (tmp_path / "index.html").write_text("mine")
    done = run(*arguments)
    assert done.exit_code == 2
    assert "which no page of the timeline kursk is" in " ".join(done.output.split())
    assert (tmp_path / "index.html").read_text() == "mine"


def test_links_in_the_folder_are_written_through(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "data").symlink_to(tmp_path / "real")
    arguments = ("page", SEED, "--out", str(tmp_path / "out"), "--now", "2024-12-28", "--assets", "none")
    done = run(*arguments, "--chapters", "status")
    assert done.exit_code == 0, done.output
    assert len(list((tmp_path / "real").glob("*.js"))) == 6
    assert run(*arguments).exit_code == 0
    assert list((tmp_path / "real").iterdir()) == []


def test_what_a_killed_run_left_goes(tmp_path: Path) -> None:
    # No process has such a number; of one that runs, nothing is touched.
    left, other = tmp_path / ".timeline-4194305-0.part", tmp_path / f".timeline-{os.getppid()}-0.part"
    for path in (left, other):
        path.write_text("half")
    assert run("page", SEED, "--out", str(tmp_path), "--now", "2024-12-28", "--assets", "none").exit_code == 0
    assert (left.exists(), other.exists()) == (False, True)


def test_an_address_without_a_path_is_one_too() -> None:
    done = run("embed", SEED, "--url", "https://example.org", "--form", "script")
    assert 'fetch("https://example.org/kursk.timelinejs.json")' in done.stdout
    done = run("embed", SEED, "--form", "script", "--data", "https://example.org/x.json")
    assert 'fetch("https://example.org/x.json")' in done.stdout
    assert run("embed", SEED, "--url", "https://example.org/", "--data", "https://example.org/x.json").exit_code == 2
