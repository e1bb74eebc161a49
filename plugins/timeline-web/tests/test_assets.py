"""Where TimelineJS comes from, and what of it stands in a page."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
from pathlib import Path

import pytest

from timeline import Event, OptionError, Timeline, export
from timeline_web import _assets

TIMELINE = Timeline(id="t", title="T", events=[Event(id="e", title="E", when="2024")])


def page(assets: str) -> str:
    return export(TIMELINE, "html", {"assets": assets}, now="2024-12-28").read().decode()


def test_the_hashes_are_those_of_the_files_that_npm_has(timelinejs: Path) -> None:
    for name, integrity in _assets.INTEGRITY.items():
        digest = base64.b64encode(hashlib.sha384((timelinejs / name).read_bytes()).digest()).decode()
        assert integrity == f"sha384-{digest}"
    package = json.loads((timelinejs.parent / "package.json").read_text("utf-8"))
    assert package["version"] == _assets.VERSION
    wanted = json.loads((Path(__file__).parents[1] / "package.json").read_text("utf-8"))
    assert wanted["dependencies"] == {"@knight-lab/timelinejs": _assets.VERSION}


def test_the_style_has_its_icons_and_asks_for_no_file(timelinejs: Path) -> None:
    drawing = _assets.drawing(str(timelinejs))
    assert drawing is not None
    assert drawing.style is not None
    assert drawing.script is not None
    assert drawing.style.count("url(") == drawing.style.count('url("data:font/woff2;base64,') == 1
    icons = base64.b64encode((timelinejs / "css" / "icons" / "tl-icons.woff2").read_bytes()).decode()
    assert icons in drawing.style
    assert "sourceMappingURL" not in drawing.style + drawing.script


@pytest.mark.parametrize("part", ["", "dist"])
def test_a_folder_of_ones_own_may_be_the_package_or_its_dist(part: str, timelinejs: Path) -> None:
    assert "tl-timenav-slider" in page(str(timelinejs.parent / part))


def test_a_folder_without_timelinejs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"found no js/timeline\.js and css/timeline\.css in the folder .* expected"):
        page(str(tmp_path))


def test_a_folder_with_files_that_are_no_text_is_refused(tmp_path: Path) -> None:
    for name in ("js/timeline.js", "css/timeline.css"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_bytes(b"\xff\xfe")
    with pytest.raises(OptionError, match="cannot be read"):
        page(str(tmp_path))


def test_a_script_cannot_end_its_element(tmp_path: Path) -> None:
    (tmp_path / "js").mkdir()
    (tmp_path / "css").mkdir()
    (tmp_path / "js" / "timeline.js").write_text('x = "</script><img src=x onerror=alert(1)>"')
    (tmp_path / "css" / "timeline.css").write_text('a::after { content: "</style><img>" }')
    text = page(str(tmp_path))
    assert "</script><img" not in text
    assert "</style><img" not in text


def test_from_a_network_the_page_links_to_files_with_their_hashes() -> None:
    text = page("cdn")
    for name, integrity in _assets.INTEGRITY.items():
        assert f'{_assets.VERSION}/dist/{name}" integrity="{integrity}" crossorigin="anonymous"' in text
    # The policy allows these files of that host, and no others.
    assert f"{_assets.CDN_DIST}/js/timeline.js;" in text
    assert f"{_assets.CDN_HOST};" not in text
    assert f"{_assets.CDN_HOST} " not in text


def test_without_the_drawing_the_page_has_no_trace_of_timelinejs() -> None:
    text = page("none")
    assert "tl-timenav-slider" not in text
    assert 'id="drawing"' not in text


def test_an_installation_without_npm_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(_assets, "files", lambda _: tmp_path)
    with pytest.raises(OptionError, match=r"built without npm.*install npm"):
        page("bundled")
    stream = export(TIMELINE, "html", now="2024-12-28")
    assert b"tl-timenav-slider" not in stream.read()
    assert "built without npm" in stream.warnings[0]


@pytest.mark.parametrize(
    ("language", "words"), [("de", "de"), ("pt-BR", "pt-br"), ("zh", "zh-cn"), ("he", "he"), ("nb", "no")]
)
def test_timelinejs_speaks_the_language_of_the_page(language: str, words: str, timelinejs: Path) -> None:
    drawing = _assets.drawing(str(timelinejs))
    assert drawing is not None
    expected = json.loads((timelinejs / "js" / "locale" / f"{words}.json").read_text("utf-8"))
    assert drawing.locale(language) == expected
    assert drawing.locale("en") is None
    assert drawing.locale("tlh") is None


def test_no_language_leads_out_of_the_folder(timelinejs: Path, tmp_path: Path) -> None:
    folder = tmp_path / "dist"
    shutil.copytree(timelinejs / "js" / "locale", folder / "js" / "locale")
    (tmp_path / "dist" / "secret.json").write_text("{}")
    assert _assets.Drawing(folder=folder).locale("../../secret") is None
