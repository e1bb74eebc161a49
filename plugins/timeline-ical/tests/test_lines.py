"""Folding and escaping (RFC 5545, 3.1 and 3.3.11)."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from timeline_ical._lines import clean, fold, has_controls, is_clean, parameter, text_line, web_address

_UNESCAPES = {"\\n": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}

# Many of what matters: escapes, breaks, characters of two to four octets.
texts = st.text(st.sampled_from("a ,;:\\\n\r\té漢\N{FAMILY}\u2028\x00\x7f\x85\x9b")) | st.text(
    st.characters(exclude_categories=["Cs"])
)


def _unfold(data: bytes) -> str:
    """What a reader makes of the physical lines of one property."""
    assert data.endswith(b"\r\n")
    return data.removesuffix(b"\r\n").replace(b"\r\n ", b"").decode()


def _unescape(value: str) -> str:
    assert re.fullmatch(r"(?:[^\\,;\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]|\\[\\,;n])*", value)
    return re.sub(r"\\.", lambda pair: _UNESCAPES[pair[0]], value)


def _harmless(text: str) -> str:
    """The text as it may be written, told character by character."""
    lines = text.replace("\r\n", "\n")
    return "".join(
        "\n" if char in "\n\r\x85\u2028\u2029" else "\ufffd" if char != "\t" and _is_control(char) else char
        for char in lines
    )


def _is_control(char: str) -> bool:
    return ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0


@given(texts.map(lambda text: text * 9))
@example("\\" * 200)
@example("x" * 61 + "," * 200)
@example("x" * 63 + "\N{GRINNING FACE}" * 60)
def test_text_comes_back_from_lines_that_keep_the_limits(text: str) -> None:
    data = text_line(b"DESCRIPTION", text)
    physical = data.removesuffix(b"\r\n").split(b"\r\n")
    for line in physical:
        assert len(line) <= 75
        line.decode()  # raises inside of a character
        ended = len(line) - len(line.rstrip(b"\\"))
        assert ended % 2 == 0, "a fold inside an escape pair"
    assert all(line.startswith(b" ") for line in physical[1:])
    assert _unescape(_unfold(data).removeprefix("DESCRIPTION:")) == _harmless(text)


@given(texts)
def test_only_control_characters_count_as_a_change(text: str) -> None:
    assert has_controls(text) == (_harmless(text).count("\ufffd") > text.count("\ufffd"))
    assert clean(text) == _harmless(text)
    assert is_clean(text.replace("\x00", "").encode()) == (
        _harmless(text.replace("\x00", "")) == text.replace("\x00", "")
    )


def test_a_backslash_before_a_letter_stays_one() -> None:
    assert text_line(b"SUMMARY", r"C:\News\new") == b"SUMMARY:C:\\\\News\\\\new\r\n"


def test_lines_are_filled_to_the_limit() -> None:
    assert [len(line) for line in fold(b"x" * 160).split(b"\r\n")] == [75, 75, 12, 0]
    assert fold(b"x" * 75) == b"x" * 75 + b"\r\n"


def test_items_of_a_list_are_told_apart() -> None:
    assert text_line(b"CATEGORIES", "a,b", "c;d") == b"CATEGORIES:a\\,b,c\\;d\r\n"


@pytest.mark.parametrize(
    ("url", "uri"),
    [
        ("https://example.org/a?b=c,d;e#f", "https://example.org/a?b=c,d;e#f"),
        ("HTTP://example.org/%20", "HTTP://example.org/%20"),
        ('https://example.org/é"<>\\', "https://example.org/%C3%A9%22%3C%3E%5C"),
        ("https://[::1]/", "https://[::1]/"),
        ("https://[::1", None),
        ("https://example.org/\r\nX-INJECTED:1", None),
        ("https://example.org/\x07", None),
        ("https://example.org/a b", None),
        ("https:///path", None),
        ("javascript:alert(1)", None),
        (" https://example.org/", None),
        (None, None),
    ],
)
def test_only_an_address_of_the_web_is_one(url: str | None, uri: str | None) -> None:
    assert web_address(url) == (uri.encode() if uri else None)


def test_half_a_surrogate_pair_is_made_harmless() -> None:
    # The model lets none in; somebody may go past its constructors.
    assert has_controls("\ud800")
    assert text_line(b"SUMMARY", "a\udc00b") == "SUMMARY:a\N{REPLACEMENT CHARACTER}b\r\n".encode()


def test_a_parameter_holds_any_text_in_quotation_marks() -> None:
    # RFC 6868: neither a quotation mark nor a line break may stand in one.
    assert parameter('A "b"; c: d^e\nf') == b"\"A ^'b^'; c: d^^e^nf\""
