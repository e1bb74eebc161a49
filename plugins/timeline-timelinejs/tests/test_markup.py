"""Text becomes HTML that is safe, and says what it said."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from timeline.testing.strategies import texts
from timeline_timelinejs import markup
from timeline_timelinejs._markdown import render

TAGS = {"a", "blockquote", "br", "cite", "code", "em", "h4", "h5", "h6", "li", "ol", "p", "pre", "strong", "ul"}
# Enough of what Markdown and HTML take for signs that any two of them meet.
SIGNS = st.text(st.sampled_from("ab1 \n\t\r\x00\x85\xa0\u2028\\`*_[]()<>!#&;:/.~-+=|'\"{}^$%@"), max_size=40)


class Found(HTMLParser):
    """The tags and attributes of HTML, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.text += data


def addresses(html: str) -> list[str | None]:
    return [attributes["href"] for tag, attributes in Found(html).tags if tag == "a"]


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("plain", "<p>plain</p>\n"),
        ("one\ntwo\n\nthree", "<p>one<br>\ntwo</p>\n<p>three</p>\n"),
        ("*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>\n"),
        ("```py\na < b\n```", "<pre><code>a &lt; b\n</code></pre>\n"),
        ("# a\n## b\n### c\n#### d", "<h4>a</h4>\n<h5>b</h5>\n<h6>c</h6>\n<h6>d</h6>\n"),
        ("a\n===", "<h4>a</h4>\n"),
        (
            '[a](https://example.org/ "t")',
            '<p><a href="https://example.org/" title="t" rel="noopener noreferrer">a</a></p>\n',
        ),
        (
            "[a][1]\n\n[1]: https://example.org/",
            '<p><a href="https://example.org/" rel="noopener noreferrer">a</a></p>\n',
        ),
        ("<b@example.org>", '<p><a href="mailto:b@example.org" rel="noopener noreferrer">b@example.org</a></p>\n'),
        # A picture is not loaded.
        (
            "![a *map*](https://example.org/a.png)",
            '<p><a href="https://example.org/a.png" rel="noopener noreferrer">a map</a></p>\n',
        ),
        (
            "[![a map](https://example.org/a.png)](https://example.org/)",
            '<p><a href="https://example.org/" rel="noopener noreferrer">a map</a></p>\n',
        ),
        ("", ""),
        (" \n\n", ""),
    ],
)
def test_markdown_becomes_html(markdown: str, html: str) -> None:
    assert markup.to_html(markdown) == html


@pytest.mark.parametrize(
    "text",
    [
        "<b>bold</b> <script>alert(1)</script> <img src=x onerror=alert(1)>",
        "<!-- comment --> <a href='javascript:alert(1)'>x</a>",
        "&lt;img src=x&gt; &amp; &nbsp; &#60;",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1)) [x](data:text/html,x) [x](vbscript:x) [x](file:///etc/passwd)",
        "[x](/relative) [x](#part) [x](//example.org/) [x](mailto:nobody)",
        "[x](https://bank.example@evil.example/)",
        "![x](data:image/png,x)",
        "<javascript:alert(1)>",
        "[1]: Reuters",
        "---",
        "a | b\n--|--\n1 | 2",
        "~~struck~~",
        "www.example.org https://example.org/ www.x/'onfocus='alert(1)",
        "2 * 3 * 4 and snake_case_name",
    ],
)
def test_what_is_no_markdown_of_ours_is_shown_as_it_was_written(text: str) -> None:
    found = Found(markup.to_html(text))
    assert found.text.strip() == text
    assert {tag for tag, _ in found.tags} <= {"p", "br"}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1. September 1939: invasion\n3. September 1939: war", [(None, None), ("li", "3")]),
        ("6. August 1945", [("ol", "6")]),
        ("1914. War\n1918. Peace", [("ol", "1914"), ("li", "1918")]),
        ("3. a\n4. b\n   1. c\n   - d\n5. e", [("ol", "3")]),
    ],
)
def test_a_line_that_begins_with_a_number_keeps_it(text: str, numbers: list[tuple[str | None, str | None]]) -> None:
    tags = Found(markup.to_html(text)).tags
    given_numbers = [
        (tag, value) for tag, attributes in tags for key, value in attributes.items() if key in ("start", "value")
    ]
    assert given_numbers == [number for number in numbers if number[0]]


@given(SIGNS | texts())
@example("a\n\n\xa0b\n c")
@example("a  \nb")
@example("1) a")
@example("\ta\n\n    b")
def test_text_without_markup_is_the_same_without_the_parser(text: str) -> None:
    normal = markup.visible("\n".join(line.rstrip() for line in text.splitlines()))
    assert markup.to_html(text) == markup.clean(render(normal))


@given(SIGNS | texts())
def test_any_text_becomes_nothing_but_what_is_allowed(text: str) -> None:
    html = markup.to_html(text)
    for tag, attributes in Found(html).tags:
        assert tag in TAGS
        assert attributes.keys() <= {"a": {"href", "title", "rel"}, "ol": {"start"}, "li": {"value"}}.get(tag, set())
        if "href" in attributes:
            assert re.match("(?i)https?://|mailto:", attributes["href"] or "")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", html)
    html.encode()


def test_links_may_hold_what_ends_an_attribute() -> None:
    assert addresses(markup.to_html("[a](https://example.org/it's)")) == ["https://example.org/it%27s"]
    assert addresses(markup.to_html('[a](<https://example.org/"x y">)')) == ["https://example.org/%22x%20y%22"]


def test_control_characters_are_made_visible() -> None:
    assert markup.visible("a\x00b\x1b[31m\x7f\x9d") == "a␀b␛[31m␡\N{REPLACEMENT CHARACTER}"
    assert markup.escape("\x07 <b>") == "␇ &lt;b&gt;"
    assert markup.to_html("a\x00b *\x07*") == "<p>a␀b <em>␇</em></p>\n"
    assert markup.visible("a\tb\r\nc é漢\N{FAMILY}") == "a\tb\r\nc é漢\N{FAMILY}"


def test_plain_text_keeps_its_lines() -> None:
    assert markup.lines(" *one*\r\ntwo <b>\n") == "*one*<br>two &lt;b&gt;"


def test_cleaning_leaves_what_is_written_here_and_nothing_else() -> None:
    hostile = (
        '<p onclick="x">a<img src=x><svg onload=x></svg><a href="javascript:x">b</a><iframe src="//x"></iframe></p>'
    )
    assert markup.clean(hostile) == '<p>a<a rel="noopener noreferrer">b</a></p>'
