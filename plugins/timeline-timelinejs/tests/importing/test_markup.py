"""HTML becomes text and Markdown that say the same."""

import html
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from timeline_timelinejs.markup import to_html
from timeline_timelinejs.reading._markup import to_text
from timeline_timelinejs.reading._texts import to_markdown


def _told(text: str) -> tuple[str, list[str]]:
    told: list[str] = []
    return to_markdown(text, told.append), told


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("plain", "plain"),
        ("one\ntwo", "one two"),
        ("one\r\n\r\ntwo", "one\n\ntwo"),
        ("one <b>two</b>\n\nthree", "one **two**\n\nthree"),
        ("<p>one</p>\n<p>two<br>three<br><br>four</p>", "one\n\ntwo\nthree\n\nfour"),
        ("2 * 3 * 4", "2 \\* 3 \\* 4"),
        ("snake_case _x_ __y__", "snake_case \\_x\\_ \\_\\_y\\_\\_"),
        ("R&amp;D &lt;b&gt; < &copy;", "R&D \\<b> < ©"),
        ("<p>1. one</p># two<br>- three<br>+ four<br>&gt; five", "1\\. one\n\n\\# two\n\\- three\n\\+ four\n\\> five"),
        ("see [1](x)", "see [1\\](x)"),
        ("<h1>A</h1><h4>B</h4>", "# A\n\n#### B"),
        ("<ul><li>a</li><li>b <i>c</i></li></ul>", "- a\n- b *c*"),
        ("<ol start='3'><li>a</li></ol>", "3. a"),
        ("<blockquote>a</blockquote>", "> a"),
        ("a<hr>b", "a\n\nb"),
        ("<table><tr><th>a</th><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", "a | b\nc | d"),
        ("<table><tr><th>a<td>b<tr><td>c<td>d</table>", "a | b\nc | d"),
        ("<td>a<td>b", "a\n\nb"),
        ("<td>a</td><td>b</td>", "a\n\nb"),
        ("<ul><li>a<ul><li>x<li>y</ul><li>b</ul>", "- a\n  - x\n  - y\n- b"),
        ("<dl><dt>a<dd>b</dl>", "a\n\nb"),
        ("a<address>b</address>c<center>d</center>e", "a\n\nb\n\nc\n\nd\n\ne"),
        ("10<sup>6</sup> H<sub>2</sub>O 4<sup>th</sup>", "10⁶ H₂O 4th"),
        ("<a href='https://example.org/a_(b)'>x</a>", "[x](<https://example.org/a_(b)>)"),
        ("<a href='https://example.org/'>https://example.org/</a>", "<https://example.org/>"),
        ("<a href='//example.org/'>x [y]</a>", "[x \\[y\\]](https://example.org/)"),
        ("<a href='mailto:a@example.org'>x</a>", "[x](mailto:a@example.org)"),
        ("<span class='tl-note'>a</span> <!-- b -->", "a"),
        ("<a name='x'></a>y", "y"),
        ("<q>a</q> <code>b*c</code>", "\N{LEFT DOUBLE QUOTATION MARK}a\N{RIGHT DOUBLE QUOTATION MARK} `b*c`"),
        ("story.html", "story.html"),
        ("https://example.org/?a=1&b=2_3_", "https://example.org/?a=1&b=2_3\\_"),
        ("<?xml version='1.0'?><p>a</p>", "a"),
        (" ", ""),
    ],
)
def test_html_becomes_markdown(text: str, markdown: str) -> None:
    assert _told(text) == (markdown, [])


@pytest.mark.parametrize(
    ("text", "markdown", "told"),
    [
        ("a<script>alert(1)</script><style>b{}</style>", "a", ["<script> in a text", "<style> in a text"]),
        ("a<svg onload=x><script>y</script></svg>", "a", ["<svg> in a text"]),
        ("<iframe src='//example.org/v'></iframe>", "<https://example.org/v>", ["<iframe> in a text, of which the address is kept"]),
        ("a<iframe srcdoc='x'>y</iframe>", "a", ["<iframe> in a text"]),
        ("<video><source src='https://example.org/v.mp4'></video>", "<https://example.org/v.mp4>", ["<video> in a text, of which the address is kept"]),
        ("<a href='javascript:x'>a</a>", "a", ["a link that leads neither to the web nor to a mailbox, in a text"]),
        ("<a href='/page'>a</a>", "a", ["a link that leads neither to the web nor to a mailbox, in a text"]),
        ("<img src='data:x' alt='a'>", "a", ["a picture without an address in a text"]),
        ("<![foo", "\\<\\![foo", ["markup in a text that nobody can read; the words are kept"]),
        ("<b>" * 5000 + "a", "a", ["markup in a text that nobody can read; the words are kept"]),
    ],
)  # fmt: skip
def test_what_is_left_out_is_told(text: str, markdown: str, told: list[str]) -> None:
    assert _told(text) == (markdown, told)


def test_a_picture_stays_a_picture() -> None:
    assert _told("<img src='https://example.org/a b.png' alt='a [b]'>") == (
        "![a \\[b\\]](<https://example.org/a b.png>)",
        [],
    )


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<b>A</b>  &amp;\n B<br>C", "A & B C"),
        ("<script>x</script>y", "y"),
        ("5 < 6", "5 < 6"),
        ("<td>a<td>b<dd>c<section>d</section>e", "a b c d e"),
        ("10<sup>6</sup> H<sub>2</sub>O 4<sup>th</sup>", "10⁶ H₂O 4th"),
        ("<a href='https://example.org'>x</a>", "x (https://example.org)"),
        ("<a href='https://example.org'>https://example.org</a>", "https://example.org"),
        ("<a href='https://example.org'></a>", "https://example.org"),
        ("<a href='javascript:x'>y</a>", "y"),
        ("<![foo", "<![foo"),
    ],
)
def test_html_becomes_text(text: str, plain: str) -> None:
    assert to_text(text, with_links=True) == plain


_ODD = st.text(st.sampled_from("ab1 *_`[]()<>#+-=.!&;:|~\\/\"'\n"), max_size=30)


def _words(rendered: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", rendered)).split())


@given(_ODD)
@example("1)")
@example("a\n---")
@example("- - -")
@example("~~~\na")
def test_plain_text_says_the_same_in_markdown(text: str) -> None:
    written = html.escape(text)

    shown = _words(to_html(to_markdown(written, lambda _: None)))

    assert shown.replace(" ", "") == "".join(text.split())


@example([("b", "\\ ")])
@given(
    st.lists(st.tuples(st.sampled_from(["", "b", "i", "p", "span", "li", "ul", "blockquote", "h2"]), _ODD), max_size=4)
)
def test_text_with_markup_says_the_same_in_markdown(pieces: list[tuple[str, str]]) -> None:
    written = "".join(f"<{tag}>{html.escape(text)}</{tag}>" if tag else html.escape(text) for tag, text in pieces)

    shown = _words(to_html(to_markdown(written, lambda _: None)))

    # Emphasis that begins or ends within a word may stay visible as its stars.
    assert shown.replace(" ", "").replace("*", "") == "".join("".join(text for _, text in pieces).split()).replace(
        "*", ""
    )
