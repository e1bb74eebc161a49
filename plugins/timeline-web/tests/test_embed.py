"""What is pasted into a website."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from timeline import OptionError
from timeline_web import _assets, embed

URL = "https://example.org/story/?a=1&b=2"


def elements(text: str) -> list[tuple[str, dict[str, str | None]]]:
    found: list[tuple[str, dict[str, str | None]]] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: found.append((tag, dict(attrs)))  # type: ignore[method-assign]
    parser.feed(text)
    return found


def test_a_frame_keeps_to_itself() -> None:
    (frame,) = [found for tag, found in elements(embed(URL, title='A "B" <c>')) if tag == "iframe"]
    assert (frame["src"], frame["title"], frame["height"]) == (URL, 'A "B" <c>', "900")
    assert "allow-scripts" in (frame["sandbox"] or "").split()
    assert "allow-same-origin" not in (frame["sandbox"] or "")


def test_the_drawing_alone_comes_from_a_network_with_hashes() -> None:
    text = embed(URL, title="T", form="script", data="https://example.org/t.timelinejs.json")
    found = elements(text)
    assert [element["integrity"] for _, element in found if "integrity" in element] == [
        _assets.INTEGRITY["css/timeline.css"],
        _assets.INTEGRITY["js/timeline.js"],
    ]
    assert 'fetch("https://example.org/t.timelinejs.json")' in text


def test_two_snippets_on_one_page_do_not_meet() -> None:
    ids = {
        found["id"]
        for text in (embed(URL, title="T", form="script"), embed(f"{URL}3", title="T", form="script"))
        for _, found in elements(text)
        if "id" in found
    }
    assert len(ids) == 2


@pytest.mark.parametrize("form", ["iframe", "script"])
@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "story.html",
        'https://x.example/"onload="alert(1)',
        "",
        "https://a@b.example/",
    ],
)
def test_an_address_that_is_none_of_the_web_is_refused(url: str, form: str) -> None:
    with pytest.raises(OptionError, match="expected one of the web"):
        embed(url, title="T", form=form)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(OptionError, match="found form object, expected one of: iframe, script"):
        embed(URL, title="T", form="object")
    with pytest.raises(OptionError, match="found height 0, expected 200 pixels or more"):
        embed(URL, title="T", height=0)
