"""Errors: one tree, and messages that are safe to print."""

from __future__ import annotations

import inspect

import pytest

from timeline import errors
from timeline._terminal import printable
from timeline.errors import DocumentWarning, Fault, TimelineError


def _error_classes() -> list[type[Exception]]:
    return [
        value
        for value in vars(errors).values()
        if inspect.isclass(value) and issubclass(value, Exception) and value.__module__ == errors.__name__
    ]


def test_every_error_is_ours_and_of_the_nearest_builtin() -> None:
    for error in _error_classes():
        if error is DocumentWarning:
            assert issubclass(error, UserWarning)
            continue
        assert issubclass(error, TimelineError)
        if error is not TimelineError:
            assert issubclass(error, (ValueError, LookupError, RuntimeError)), error


def test_the_drawn_tree_names_every_error() -> None:
    for error in _error_classes():
        assert error.__name__ in (errors.__doc__ or "")


def test_a_fault_is_rendered_with_its_line_and_a_caret() -> None:
    fault = Fault(
        path=("events", 3, "when"),
        found="'2024-13'",
        expected="a month",
        file="k.yaml",
        line=31,
        column=11,
        source="    when: 2024-13",
        length=7,
    )

    assert fault.render() == (
        "k.yaml:31:11: events[3].when: found '2024-13', expected a month\n"
        " 31 |     when: 2024-13\n"
        "    |           ^^^^^^^"
    )


@pytest.mark.parametrize(
    ("source", "column", "shown", "carets"),
    [
        ("\tkey: x", 7, " key: x", "      ^"),
        ("漢字: x", 5, "漢字: x", "      ^"),
        ("e\N{COMBINING ACUTE ACCENT}: x", 5, "e\N{COMBINING ACUTE ACCENT}: x", "   ^"),
        ("\x1b[31m: x", 8, "\ufffd[31m: x", "       ^"),
        ("short", 9, "short", "        ^"),
    ],
)
def test_the_caret_stands_under_the_character(source: str, column: int, shown: str, carets: str) -> None:
    rendered = Fault(found="x", expected="y", line=1, column=column, source=source).render().split("\n")

    assert rendered[1] == f" 1 | {shown}"
    assert rendered[2] == f"   | {carets}"


def test_a_long_line_is_shown_around_the_fault() -> None:
    source = "a" * 500 + "B" + "c" * 500

    lines = Fault(found="x", expected="y", line=7, column=501, source=source).render().split("\n")

    assert len(lines[1]) < 120
    assert lines[1][lines[2].index("^")] == "B"


def test_a_fault_of_a_whole_file_has_no_line() -> None:
    assert Fault(found="an empty file", expected="a document", file="k.yaml").render() == (
        "k.yaml: found an empty file, expected a document"
    )


def test_what_could_trick_a_terminal_is_not_printed() -> None:
    assert printable("a\x1b[31m\u202eb\x00\nc\u2028") == "a\ufffd[31m\ufffdb\ufffd\ufffdc\ufffd"
    assert printable("naïve 漢字 👍") == "naïve 漢字 👍"
