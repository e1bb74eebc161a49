"""From bytes to lines as they were before folding, and what is wrong with the bytes."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from timeline_ical.lint._report import Place, counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline_ical.lint._report import Report

MAX_OCTETS = 75
_BOM = b"\xef\xbb\xbf"
_END = re.compile(rb"(\r\n|\r|\n)")
_ENDS = {b"\r": "CR alone", b"\n": "LF alone"}
# RFC 5545, 3.1: CONTROL, which no line may have; CR and LF end lines.
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Line(NamedTuple):
    """A line as it was before it was folded.

    Attributes:
        number: The line of the file on which it begins.
        text: The line.
        starts: The characters at which the lines of the file begin that continue it, counted from 0.
        whole: Whether its bytes are as they ought to be: what it says is not judged if not.
    """

    number: int
    text: str
    starts: Sequence[int] = ()
    whole: bool = True

    def place(self, at: int) -> Place:
        """Where in the file a character of the line is, counted from 0."""
        folds = bisect_right(self.starts, at)
        # The blank that continues a line is a character of the file.
        return Place(self.number + folds, at - self.starts[folds - 1] + 2 if folds else at + 1)


class Lines(NamedTuple):
    """What there is in a file.

    Attributes:
        lines: The lines.
        last: The number of the last line of the file.
        is_ended: Whether the last line has an end.
    """

    lines: list[Line]
    last: int
    is_ended: bool


class _Run:
    """Lines in a row that have the same fault, which is told once."""

    def __init__(self, rule: int, expected: str, report: Report) -> None:
        self._rule, self._expected, self._report = rule, expected, report
        self._found, self._first, self._last, self._count = "", 0, 0, 0

    def add(self, found: str, line: int, *, up_to: int | None = None) -> None:
        """Add a line, or a few of them."""
        if found != self._found or line != self._last + 1:
            self.close()
            self._found, self._first, self._count = found, line, 0
        self._last = up_to or line
        self._count += 1

    def close(self) -> None:
        """Tell of the run."""
        if self._found:
            more = f", here and on {counted(self._count - 1, 'line')} below" if self._count > 1 else ""
            self._report.add(self._rule, f"found {self._found}{more}; expected {self._expected}", Place(self._first))
        self._found = ""


def read(data: bytes, report: Report) -> Lines:
    """The lines of a file.

    Lines are counted as editors do: whatever ends one, ends one.

    Source: RFC 5545, 3.1.
    """
    if data.startswith(_BOM):
        report.add(106, "found a byte order mark, expected the file to begin with BEGIN:VCALENDAR", Place(1))
        data = data[len(_BOM) :]
    has_controls = _CONTROL.search(data) is not None
    empty = _Run(108, "a line of the calendar", report)
    lines: list[Line] = []
    pieces: list[bytes] = []
    first, last, is_ended, whole = 1, 0, True, True
    for last, (piece, is_ended) in enumerate(_pieces(data, report), start=1):  # noqa: B007 - wanted after the loop
        if piece is None:
            continue
        if not piece:
            empty.add("an empty line", last)
            continue
        if len(piece) > MAX_OCTETS:
            message = f"found {len(piece)} octets, expected a fold after at most {MAX_OCTETS}"
            report.add(102, message, Place(last, MAX_OCTETS + 1))
        clean = _without_controls(piece, last, report) if has_controls else piece
        if clean[:1] in (b" ", b"\t") and pieces:
            # An empty line within a folded one is a fault already.
            pieces.extend([b""] * (last - first - len(pieces)))
            pieces.append(clean[1:])
            whole &= clean is piece
            continue
        if pieces:
            lines.append(_joined(first, pieces, report, whole=whole))
        first, pieces, whole = last, [clean], clean is piece
    if pieces:
        if not is_ended:
            pieces[-1] = _without_half(pieces[-1])
        lines.append(_joined(first, pieces, report, whole=whole))
    empty.close()
    return Lines(lines, last, is_ended)


def _pieces(data: bytes, report: Report) -> Iterator[tuple[bytes | None, bool]]:
    """Each line of a file, and whether it has an end; None for what only an editor takes for a line."""
    pairs = data.count(b"\r\n")
    if data.count(b"\r") == data.count(b"\n") == pairs:
        *whole, rest = data.split(b"\r\n")
        for piece in whole:
            yield piece, True
        if rest:
            yield rest, False
        return
    parts = _END.split(data)
    ends = _Run(101, "CRLF", report)
    after_cr = False
    for number, at in enumerate(range(0, len(parts) - 1, 2), start=1):
        piece, end = parts[at], parts[at + 1]
        if after_cr:
            after_cr = False
            continue
        if end == b"\r" and not parts[at + 2] and parts[at + 3 : at + 4] == [b"\r\n"]:
            # A program for Windows made CRLF of each LF once more; an editor sees an empty line.
            ends.add("CR CR LF", number, up_to=number + 1)
            after_cr = True
            yield piece, True
            yield None, True
            continue
        if end != b"\r\n":
            ends.add(_ENDS[end], number)
        yield piece, True
    ends.close()
    if parts[-1]:
        yield parts[-1], False


def _without_controls(piece: bytes, number: int, report: Report) -> bytes:
    control = _CONTROL.search(piece)
    if control is None:
        return piece
    name = "NUL" if control[0] == b"\x00" else f"control character U+{control[0][0]:04X}"
    report.add(107, f"found {name}, expected text without it", Place(number, control.start() + 1))
    return _CONTROL.sub(b"", piece)


def _without_half(piece: bytes) -> bytes:
    """The end of a file that was cut off, without the character that was cut with it."""
    try:
        piece.decode()
    except UnicodeDecodeError as error:
        return piece[: error.start] if error.reason == "unexpected end of data" else piece
    return piece


def _joined(first: int, pieces: list[bytes], report: Report, *, whole: bool) -> Line:
    if len(pieces) == 1:
        try:
            return Line(first, pieces[0].decode(), (), whole)
        except UnicodeDecodeError as error:
            _not_utf_8(pieces[0][error.start], Place(first, error.start + 1), report)
            return Line(first, pieces[0].decode(errors="replace"), (), whole=False)
    data = b"".join(pieces)
    try:
        texts = [piece.decode() for piece in pieces]
    except UnicodeDecodeError:
        whole &= _check_characters(first, pieces, data, report)
        texts = [piece.decode(errors="replace") for piece in pieces]
    starts, length, backslashes = [], 0, 0
    for number, text in enumerate(texts[:-1], start=first + 1):
        length += len(text)
        starts.append(length)
        bare = text.rstrip("\\")
        backslashes = len(text) - len(bare) + (backslashes if not bare else 0)
        if text and backslashes % 2:
            report.add(
                104,
                "found the rest of an escape, whose backslash is on the line before; expected both on one line",
                Place(number, 2),
            )
    return Line(first, data.decode(errors="replace"), starts, whole)


def _check_characters(first: int, pieces: list[bytes], data: bytes, report: Report) -> bool:
    """Tell what is wrong with the bytes of a folded line; whether they are UTF-8 if it is unfolded."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        bad = [(number, at) for number, piece in enumerate(pieces) if (at := _bad_at(piece)) is not None]
        for number, at in bad or [_piece_of(pieces, error.start)]:
            _not_utf_8(pieces[number][at], Place(first + number, at + (2 if number else 1)), report)
        return False
    for number, piece in enumerate(pieces[1:], start=first + 1):
        if piece and piece[0] & 0xC0 == 0x80:
            report.add(
                103,
                "found the rest of a character, whose first byte is on the line before; expected all on one line",
                Place(number, 2),
            )
    return True


def _bad_at(piece: bytes) -> int | None:
    """The first byte that is wrong whatever stands on the lines before and after; None if there is none."""
    start = next((at for at, byte in enumerate(piece[:3]) if byte & 0xC0 != 0x80), min(3, len(piece)))
    try:
        piece[start:].decode()
    except UnicodeDecodeError as error:
        return None if error.reason == "unexpected end of data" else start + error.start
    return None


def _piece_of(pieces: list[bytes], at: int) -> tuple[int, int]:
    """In which piece a byte of them all is, and which one of it."""
    for number, piece in enumerate(pieces):
        if at < len(piece):
            return number, at
        at -= len(piece)
    raise AssertionError  # pragma: no cover - it is a byte of one of them


def _not_utf_8(byte: int, place: Place, report: Report) -> None:
    report.add(105, f"found byte 0x{byte:02x}, which is not UTF-8; expected UTF-8", place)
