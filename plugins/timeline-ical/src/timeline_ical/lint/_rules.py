"""The rules of the linter, for those who list or choose them; what finds them is in other rooms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.checks import Check, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

# What the standard says MUST be is an error, what it says SHOULD be and what is known to trouble
# readers is a warning, and advice is a note.
_TABLE = {
    Severity.ERROR: """
        101 line-ending          a line that does not end with CRLF
        105 not-utf-8            bytes that are not UTF-8
        106 byte-order-mark      a byte order mark before the calendar
        107 control-character    a control character
        108 empty-line           a line with nothing on it
        109 no-content-line      a line that is not name, ':' and value
        201 no-calendar          a file that does not begin with BEGIN:VCALENDAR
        202 unbalanced           BEGIN and END that do not match
        203 cut-off              a file that ends before its calendar does
        204 misplaced            a component or property where it may not be
        206 outside-calendar     lines before or after the calendar
        207 missing-property     a component without a property or a part that it must have
        208 property-twice       a property twice that may be there once
        209 property-clash       two properties that exclude each other
        212 no-organizer         METHOD:PUBLISH without ORGANIZER
        214 duplicate-uid        two components with the same UID
        215 zone-not-defined     a time zone that is used and not defined
        216 zone-twice           a time zone that is defined twice
        301 unescaped            a comma or semicolon in a text without a backslash before it
        302 unknown-escape       a backslash before what needs none
        303 bad-date             a date, time or period that is none
        304 bad-duration         a duration that is none
        305 bad-offset           an offset from UTC that is none
        306 bad-rrule            a recurrence rule that is none
        307 wrong-type           a value of another type than its property has
        308 end-before-start     an end that is not later than the start
        309 other-type           an end, or a RECURRENCE-ID, of another type than DTSTART
        310 until-type           an UNTIL of another type than DTSTART asks for
        312 not-utc              a time that must be in UTC, or must be local, and is not
        313 unknown-value        a word that the property does not know
        314 bad-number           a number that is none, or out of range
        315 bad-uri              an address that is no URI
        316 bad-color            a color that CSS3 has no name for
        317 missing-parameter    a property without a parameter that it must have
        318 zone-misused         TZID on a date, or on a time in UTC
        319 bad-parameter        a parameter twice, or without the quotation marks that it needs
    """,
    Severity.WARNING: """
        102 long-line            a line of more than 75 octets
        103 split-character      a line folded inside a character
        104 split-escape         a line folded between a backslash and what it escapes
        205 unknown-name         a component or property that no standard names
        210 empty-calendar       a calendar with nothing in it
        211 method               METHOD in a feed
        213 calendar-uid         a UID for the calendar as a whole
        217 several-rrules       more than one RRULE
        311 exception-type       an EXDATE or RDATE of another type than DTSTART
        401 no-sequence          events without SEQUENCE
        403 large-feed           a feed of more than 1 MB
        404 long-uid             a UID of more than 255 octets
        407 related-to-type      RELATED-TO with VALUE=UID
    """,
    Severity.NOTE: """
        402 no-last-modified     events without LAST-MODIFIED
        405 no-name              a calendar without a name
        406 no-refresh-interval  a feed that does not say how often to ask for it
    """,
}


def _rules() -> Iterator[Check]:
    for severity, table in _TABLE.items():
        for row in table.strip().splitlines():
            number, name, title = row.split(maxsplit=2)
            yield Check(code=f"ICAL{number}", name=name, title=title, severity=severity)


RULES: tuple[Check, ...] = tuple(sorted(_rules(), key=lambda rule: rule.code))
"""All rules, by code."""
