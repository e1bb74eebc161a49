"""A feed with one fault has one finding, with the code and on the line that one would look for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from timeline.checks import Severity
from timeline_ical.lint import RULES, lint

DOCS = Path(__file__).parents[4] / "docs" / "reference" / "checks"


class Case(NamedTuple):
    """A fault: what stands in the good feed, what in its place, and where the finding is, as bytes on its line."""

    code: int
    name: str
    old: bytes
    new: bytes
    at: bytes = b""


def lines(*texts: bytes) -> bytes:
    return b"".join(text + b"\r\n" for text in texts)


CLOSED = b"UID:closed@example.org\r\n"
CASES = [
    # Bytes and lines.
    Case(101, "LF alone", b"LOCATION:Harrow\r\n", b"LOCATION:Harrow\n"),
    Case(101, "CR alone", b"LOCATION:Harrow\r\n", b"LOCATION:Harrow\r"),
    Case(101, "CR twice", b"LOCATION:Harrow\r\n", b"LOCATION:Harrow\r\r\n"),
    Case(101, "no end", b"END:VCALENDAR\r\n", b"END:VCALENDAR"),
    Case(102, "76 octets", b"LOCATION:Harrow", b"LOCATION:" + b"x" * 67),
    Case(102, "76 octets that are fewer characters", b"LOCATION:Harrow", b"LOCATION:" + "ö".encode() * 33 + b"x"),
    Case(102, "76 octets with the blank of a fold", b"no more. Die", b"no more. Die" + b"x" * 24, b"no more"),
    Case(103, "fold in two bytes", "Brücke ist".encode(), b"Br\xc3\r\n \xbccke ist", b"\xbccke ist"),
    Case(103, "fold in four bytes", b"two piers", b"\xf0\x9f\r\n \x8c\x89 piers", b"\x89 piers"),
    Case(104, "fold in \\,", b"Saturday\\,", b"Saturday\\\r\n ,", b' , " it'),
    Case(104, "fold in \\n after \\\\", b"says \\n", b"says \\\\\\\r\n n", b" nno more"),
    Case(105, "Latin-1", "Brücke ist".encode(), b"Br\xfccke ist"),
    Case(105, "Latin-1 on one line", b"LOCATION:Harrow", b"LOCATION:Caf\xe9"),
    Case(105, "cut by a writer", b"LOCATION:Harrow", b"LOCATION:Harrow\xc3"),
    Case(105, "surrogates", b"LOCATION:Harrow", b"LOCATION:\xed\xa0\xbc"),
    Case(105, "half a character before a fold", b"Die Br\xc3\xbccke ist", b"Die Br\xc3\r\n cke ist"),
    Case(106, "byte order mark", b"BEGIN:VCALENDAR", b"\xef\xbb\xbfBEGIN:VCALENDAR"),
    Case(107, "NUL", b"LOCATION:Harrow", b"LOCATION:Har\x00row"),
    Case(107, "in a name", b"LOCATION:Harrow", b"LOC\x07ATION:Harrow"),
    Case(107, "where it is no text", b"SEQUENCE:1", b"SEQUENCE:\x0b1"),
    Case(107, "in a fold", b"no more.", b"no\x1bmore."),
    Case(107, "DEL", b"LOCATION:Harrow", b"LOCATION:Harrow\x7f"),
    Case(108, "between lines", b"LOCATION:Harrow\r\n", b"LOCATION:Harrow\r\n\r\n", b"\r\nGEO"),
    Case(108, "several", b"LOCATION:Harrow\r\n", b"LOCATION:Harrow\r\n\r\n\r\n", b"\r\n\r\nGEO"),
    Case(108, "in a folded line", b"hurt. C:", b"hurt.\r\n\r\n  C:", b"\r\n  C:"),
    Case(109, "no colon", b"LOCATION:Harrow", b"LOCATION Harrow"),
    Case(109, "a broken text", b"LOCATION:Harrow", b"LOCATION:Harrow\r\non the river", b"on the"),
    Case(109, "underscore", b"X-TIMELINE-EDTF", b"X_TIMELINE_EDTF"),
    Case(109, "no name", b"LOCATION:Harrow", b":Harrow"),
    Case(109, "a parameter without a value", b"DTSTART;VALUE=DATE:20240914", b"DTSTART;VALUE:20240914", b"VALUE:2024"),
    Case(109, "a quotation mark without another", b"LABEL=Report", b'LABEL="Report', b'LABEL="'),
    Case(109, "a first line that continues nothing", b"BEGIN:VCALENDAR", b" X\r\nBEGIN:VCALENDAR"),
    # Structure.
    Case(201, "no BEGIN", b"BEGIN:VCALENDAR\r\n", b"", b"VERSION"),
    Case(202, "no END", b"END:VEVENT\r\nBEGIN:VTODO\r\nUID:repair", b"BEGIN:VTODO\r\nUID:repair"),
    Case(202, "no END of the last", b"END:VFREEBUSY\r\n", b"", b"END:VCALENDAR"),
    Case(202, "no END of the inner", b"REPEAT:2\r\nACKNOWLEDGED:20240914T190000Z\r\nEND:VALARM", b"REPEAT:2", b"BEGIN:VALARM\r\nACTION:EMAIL"),
    Case(202, "another END", b"END:VJOURNAL", b"END:VJURNAL"),
    Case(202, "another END of what nobody knows", b"END:X-OWN", b"END:X-OWM"),
    Case(202, "a second END", b"END:VJOURNAL", b"END:VJOURNAL\r\nEND:VJOURNAL", b"END:VJOURNAL\r\nBEGIN"),
    Case(202, "another BEGIN", b"BEGIN:VEVENT\r\nUID:meeting@example.org\r\nREC", b"BEGIN:VTODO\r\nUID:meeting@example.org\r\nREC", b"END:VEVENT\r\nBEGIN:VTODO\r\nUID:repair"),
    Case(202, "no BEGIN", b"BEGIN:VEVENT\r\nUID:meeting@example.org\r\nDTSTAMP", b"UID:meeting@example.org\r\nDTSTAMP", b"END:VEVENT\r\nBEGIN:VEVENT\r\nUID:meeting@example.org\r\nREC"),
    Case(202, "no BEGIN of the first", b"BEGIN:VALARM\r\nACTION:DISPLAY", b"ACTION:DISPLAY", b"END:VALARM"),
    Case(202, "no BEGIN of a zone", b"BEGIN:VTIMEZONE\r\n", b"", b"END:VTIMEZONE"),
    Case(202, "another END of the calendar", b"END:VCALENDAR", b"END:VCALENDER"),
    Case(203, "no END of the calendar", b"END:VCALENDAR\r\n", b"", b"END:X-OWN"),
    Case(203, "cut in an event", b"END:VFREEBUSY\r\nBEGIN:X-OWN\r\nANYTHING:goes here; in, any \\way\r\nEND:X-OWN\r\nEND:VCALENDAR\r\n", b"", b"FREEBUSY;"),
    Case(204, "an alarm in the calendar", b"END:VEVENT\r\nBEGIN:VTODO\r\nUID:repair", lines(b"END:VEVENT", b"BEGIN:VALARM", b"ACTION:AUDIO", b"TRIGGER:PT0S", b"END:VALARM") + b"BEGIN:VTODO\r\nUID:repair", b"BEGIN:VALARM\r\nACTION:AUDIO"),
    Case(204, "an event in an event", b"BEGIN:PARTICIPANT", lines(b"BEGIN:VEVENT", b"UID:x", b"DTSTAMP:20240101T000000Z", b"DTSTART:20240101T000000Z", b"SEQUENCE:0", b"LAST-MODIFIED:20240101T000000Z", b"END:VEVENT") + b"BEGIN:PARTICIPANT", b"BEGIN:VEVENT\r\nUID:x"),
    Case(204, "DUE in an event", b"LOCATION:Harrow", b"DUE:20240916T000000Z"),
    Case(204, "DTEND in a to-do", b"DUE:20250301T080000", b"DTEND:20250301T080000"),
    Case(205, "a misspelt property", b"LOCATION:Harrow", b"LOCATOIN:Harrow"),
    Case(205, "an unknown component", b"BEGIN:X-OWN\r\nANYTHING:goes here; in, any \\way\r\nEND:X-OWN", b"BEGIN:VOWN\r\nANYTHING:x\r\nEND:VOWN"),
    Case(206, "before", b"BEGIN:VCALENDAR", b"X-FIRST:1\r\nX-SECOND:2\r\nBEGIN:VCALENDAR"),
    Case(206, "after", b"END:VCALENDAR\r\n", b"END:VCALENDAR\r\nX-CACHED:1\r\n", b"X-CACHED"),
    Case(206, "END before the end", b"BEGIN:VFREEBUSY", b"END:VCALENDAR\r\nBEGIN:VFREEBUSY", b"BEGIN:VFREEBUSY"),
    Case(207, "VERSION", b"VERSION:2.0\r\n", b"", b"BEGIN:VCALENDAR"),
    Case(207, "PRODID", b"PRODID:-//Harrow Gazette//Feed 1.0//EN\r\n", b"", b"BEGIN:VCALENDAR"),
    Case(207, "UID", CLOSED, b"", b"BEGIN:VEVENT\r\nDTSTAMP"),
    Case(207, "an empty UID", b"UID:closed@example.org", b"UID:", b"BEGIN:VEVENT\r\nUID:\r\n"),
    Case(207, "DTSTAMP", CLOSED + b"DTSTAMP:20240915T080000Z\r\n", CLOSED, b"BEGIN:VEVENT\r\nUID:closed"),
    Case(207, "DTSTART", b"DTSTART;VALUE=DATE:20240914\r\n", b"", b"BEGIN:VEVENT\r\nUID:closed"),
    Case(207, "DTSTART for RRULE", b"DTSTART:20250201T080000\r\n", b"", b"BEGIN:VTODO\r\nUID:repair"),
    Case(207, "DTSTART for DURATION", b"DTSTART;VALUE=DATE:20250601\r\n", b"", b"BEGIN:VTODO\r\nUID:paint"),
    Case(207, "TZID", b"TZID:Europe/Berlin\r\n", b"", b"BEGIN:VTIMEZONE"),
    Case(207, "TZOFFSETTO", b"TZOFFSETTO:+0200\r\n", b"", b"BEGIN:DAYLIGHT"),
    Case(207, "ACTION", b"ACTION:DISPLAY\r\n", b"", b"BEGIN:VALARM\r\nTRIGGER;REL"),
    Case(207, "TRIGGER", b"TRIGGER;RELATED=END:-PT15M\r\n", b"", b"BEGIN:VALARM\r\nACTION:DISPLAY"),
    Case(207, "DESCRIPTION of an alarm", b"DESCRIPTION:Soon\r\n", b"", b"BEGIN:VALARM\r\nACTION:DISPLAY"),
    Case(207, "SUMMARY of a mail", b"SUMMARY:Soon\r\n", b"", b"BEGIN:VALARM\r\nACTION:EMAIL"),
    Case(207, "REPEAT", b"REPEAT:2\r\n", b"", b"BEGIN:VALARM\r\nACTION:DISPLAY"),
    Case(207, "DURATION for REPEAT", b"DURATION:PT5M\r\n", b"", b"BEGIN:VALARM\r\nACTION:DISPLAY"),
    Case(207, "PARTICIPANT-TYPE", b"PARTICIPANT-TYPE:SPEAKER\r\n", b"", b"BEGIN:PARTICIPANT"),
    Case(207, "an end for an alarm", b"DTEND;VALUE=DATE:20240916\r\n", b"", b"TRIGGER;RELATED=END"),
    Case(207, "a start for an alarm", b"DTSTART;VALUE=DATE:20250601\r\nDURATION:P2W\r\n", lines(b"BEGIN:VALARM", b"ACTION:AUDIO", b"TRIGGER:PT0S", b"END:VALARM"), b"TRIGGER:PT0S"),
    Case(207, "a start for an alarm of what is due", b"DTSTART;VALUE=DATE:20250601\r\nDURATION:P2W\r\n", lines(b"DUE:20250601T080000", b"BEGIN:VALARM", b"ACTION:AUDIO", b"TRIGGER:PT0S", b"END:VALARM"), b"TRIGGER:PT0S"),
    Case(207, "rules of a zone", b"BEGIN:VEVENT\r\nUID:closed", b"BEGIN:VTIMEZONE\r\nTZID:Empty\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:closed", b"BEGIN:VTIMEZONE\r\nTZID:Empty"),
    Case(208, "SUMMARY", b"SUMMARY:Meeting\r\nEND", b"SUMMARY:Meeting\r\nSUMMARY:Meeting\r\nEND", b"SUMMARY:Meeting\r\nEND"),
    Case(208, "UID", CLOSED, CLOSED + CLOSED, CLOSED + b"DTSTAMP"),
    Case(208, "VERSION", b"VERSION:2.0\r\n", b"VERSION:2.0\r\nVERSION:2.0\r\n", b"VERSION:2.0\r\nPROD"),
    Case(208, "NAME in one language", b"NAME;LANGUAGE=de:Die", b"NAME:Die", b"NAME:Die"),
    Case(208, "TRIGGER", b"TRIGGER;RELATED=END:-PT15M", b"TRIGGER;RELATED=END:-PT15M\r\nTRIGGER:-PT5M", b"TRIGGER:-PT5M"),
    Case(209, "DTEND and DURATION", b"LOCATION:Harrow", b"DURATION:P1D"),
    Case(209, "DUE and DURATION", b"DUE:20250301T080000", b"DURATION:P1D\r\nDUE:20250301T080000", b"DUE:2025"),
    Case(211, "REQUEST", b"CALSCALE:GREGORIAN", b"METHOD:REQUEST"),
    Case(212, "PUBLISH", b"CALSCALE:GREGORIAN", b"METHOD:PUBLISH"),
    Case(213, "UID", b"CALSCALE:GREGORIAN", b"UID:feed@example.org"),
    Case(214, "of two events", b"UID:paint@example.org", b"UID:repair@example.org", b"UID:repair@example.org\r\nDTSTAMP:20240915T080000Z\r\nLAST-MODIFIED:20240915T080000Z\r\nSEQUENCE:0\r\nDTSTART;VALUE"),
    Case(214, "of two instances", b"BEGIN:VTODO\r\nUID:repair", lines(b"BEGIN:VEVENT", b"UID:meeting@example.org", b"RECURRENCE-ID;TZID=Europe/Berlin:20241011T180000", b"DTSTAMP:20240101T000000Z", b"DTSTART:20240101T000000Z", b"SEQUENCE:0", b"LAST-MODIFIED:20240101T000000Z", b"END:VEVENT") + b"BEGIN:VTODO\r\nUID:repair", b"UID:meeting@example.org\r\nRECURRENCE-ID;TZID=Europe/Berlin:20241011T180000\r\nDTSTAMP:20240101"),
    Case(215, "another zone", b"TZID:Europe/Berlin", b"TZID:Europe/Paris", b"DTSTART;TZID"),
    Case(215, "no zone for one", b"DTSTART:20250201T080000\r\nDUE:", b"DTSTART;TZID=Mars:20250201T080000\r\nDUE;TZID=Mars:"),
    Case(216, "a zone", b"BEGIN:VEVENT\r\nUID:closed", lines(b"BEGIN:VTIMEZONE", b"TZID:Europe/Berlin", b"BEGIN:STANDARD", b"DTSTART:19700101T000000", b"TZOFFSETFROM:+0100", b"TZOFFSETTO:+0100", b"END:STANDARD", b"END:VTIMEZONE") + b"BEGIN:VEVENT\r\nUID:closed", b"TZID:Europe/Berlin\r\nBEGIN:STANDARD\r\nDTSTART:19700101"),
    Case(217, "RRULE", b"RRULE:FREQ=YEARLY;COUNT=2", b"RRULE:FREQ=YEARLY;COUNT=2\r\nRRULE:FREQ=DAILY;COUNT=2", b"RRULE:FREQ=DAILY"),
    # Values.
    Case(301, "comma", b"SUMMARY:Repair", b"SUMMARY:Repair, at last"),
    Case(301, "semicolon", b"SUMMARY:Repair", b"SUMMARY:Repair; at last"),
    Case(301, "several", b"SUMMARY:Repair", b"SUMMARY:Repair, at last, they say"),
    Case(301, "semicolon in a list", b"RESOURCES:barriers,lamps", b"RESOURCES:barriers;lamps"),
    Case(301, "in a folded line", b"nobody was hurt", b"nobody,was hurt"),
    Case(301, "a name of the calendar", b"X-WR-CALNAME:The bridge", b"X-WR-CALNAME:The bridge, all"),
    Case(302, "colon", b"SUMMARY:Repair", b"SUMMARY:Repair\\: more"),
    Case(302, "letter", b"SUMMARY:Repair", b"SUMMARY:C:\\temp"),
    Case(302, "at the end", b"SUMMARY:Repair", b"SUMMARY:Repair\\"),
    Case(302, "quotation mark in a list", b"bridges,piers", b'bridges,\\"piers'),
    Case(303, "no such day", b"DTEND;VALUE=DATE:20240916", b"DTEND;VALUE=DATE:20240931"),
    Case(303, "no such hour", b"DUE:20250301T080000", b"DUE:20250301T240000"),
    Case(303, "with hyphens", b"DTEND;VALUE=DATE:20240916", b"DTEND;VALUE=DATE:2024-09-16"),
    Case(303, "no seconds", b"DUE:20250301T080000", b"DUE:20250301T0800"),
    Case(303, "empty", b"DUE:20250301T080000", b"DUE:"),
    Case(303, "one of a list", b"20240927T180000,20241004T180000", b"20240927T180000,20241032T180000"),
    Case(303, "digits that are not ASCII", b"DTEND;VALUE=DATE:20240916", "DTEND;VALUE=DATE:2024091٦".encode()),
    Case(303, "a month, which no calendar has", b"DTSTART;VALUE=DATE:20240915", b"DTSTART;VALUE=DATE:202409", b"DTSTART;VALUE=DATE:202409\r"),
    Case(303, "a period without an end", b"20240916T080000Z/PT1H", b"20240916T080000Z"),
    Case(303, "a period that ends first", b"20250101T170000Z/20250101T180000Z", b"20250101T170000Z/20250101T160000Z"),
    Case(303, "a period from UTC to local", b"20250101T170000Z/20250101T180000Z", b"20250101T170000Z/20250101T180000"),
    Case(303, "a time", b"X-AT;VALUE=TIME:180000", b"X-AT;VALUE=TIME:1800"),
    Case(304, "years", b"DURATION:P2W", b"DURATION:P1Y"),
    Case(304, "no T", b"DURATION:PT1H30M", b"DURATION:P1H30M"),
    Case(304, "seconds after hours", b"DURATION:PT1H30M", b"DURATION:PT1H30S"),
    Case(304, "negative", b"DURATION:PT1H30M", b"DURATION:-PT1H30M"),
    Case(304, "hours after a date", b"DURATION:P2W", b"DURATION:PT48H"),
    Case(304, "how often to ask", b"X-PUBLISHED-TTL:PT6H", b"X-PUBLISHED-TTL:6:00:00"),
    Case(304, "GAP", b"GAP=P1D", b"GAP=1D"),
    Case(304, "TRIGGER", b"TRIGGER;RELATED=END:-PT15M", b"TRIGGER;RELATED=END:PT-15M"),
    Case(305, "a colon", b"TZOFFSETTO:+0200", b"TZOFFSETTO:+02:00"),
    Case(305, "no sign", b"TZOFFSETTO:+0200", b"TZOFFSETTO:0200"),
    Case(305, "-0000", b"TZOFFSETTO:+0200", b"TZOFFSETTO:-0000"),
    Case(306, "no FREQ", b"RRULE:FREQ=YEARLY;COUNT=2", b"RRULE:COUNT=2"),
    Case(306, "an unknown FREQ", b"RRULE:FREQ=YEARLY;COUNT=2", b"RRULE:FREQ=FORTNIGHTLY;COUNT=2"),
    Case(306, "FREQ not first", b"RRULE:FREQ=YEARLY;COUNT=2", b"RRULE:COUNT=2;FREQ=YEARLY"),
    Case(306, "COUNT and UNTIL", b"RRULE:FREQ=YEARLY;COUNT=2", b"RRULE:FREQ=YEARLY;COUNT=2;UNTIL=20280201T080000"),
    Case(306, "an unknown part", b"RRULE:FREQ=YEARLY;COUNT=2", b"RRULE:FREQ=YEARLY;COUNT=2;BYMOON=1"),
    Case(306, "a part twice", b"RRULE:FREQ=YEARLY;COUNT=2", b"RRULE:FREQ=YEARLY;COUNT=2;COUNT=2"),
    Case(306, "an empty part", b"RRULE:FREQ=YEARLY;COUNT=2", b"RRULE:FREQ=YEARLY;COUNT=2;"),
    Case(306, "INTERVAL=0", b"RRULE:FREQ=YEARLY;COUNT=2", b"RRULE:FREQ=YEARLY;INTERVAL=0"),
    Case(306, "UNTIL", b"RRULE:FREQ=YEARLY;COUNT=2", b"RRULE:FREQ=YEARLY;UNTIL=2028"),
    Case(306, "BYMONTH=13", b"RRULE:FREQ=YEARLY;COUNT=2", b"RRULE:FREQ=YEARLY;COUNT=2;BYMONTH=13"),
    Case(306, "BYDAY", b"BYDAY=FR", b"BYDAY=FRI"),
    Case(306, "BYDAY with a number each week", b"BYDAY=FR", b"BYDAY=2FR"),
    Case(306, "BYDAY with a number and a week", b"RRULE:FREQ=YEARLY;COUNT=2", b"RRULE:FREQ=YEARLY;COUNT=2;BYDAY=2FR;BYWEEKNO=1"),
    Case(306, "BYMONTHDAY each week", b"BYDAY=FR", b"BYMONTHDAY=1"),
    Case(306, "BYSETPOS alone", b"RRULE:FREQ=YEARLY;COUNT=2", b"RRULE:FREQ=YEARLY;COUNT=2;BYSETPOS=1"),
    Case(306, "WKST", b"RRULE:FREQ=YEARLY;COUNT=2", b"RRULE:FREQ=YEARLY;COUNT=2;WKST=MON"),
    Case(306, "an hour of a date", b"DURATION:P2W", b"RRULE:FREQ=YEARLY;BYHOUR=8"),
    Case(307, "a date without VALUE", b"DTSTART;VALUE=DATE:20250601", b"DTSTART:20250601"),
    Case(307, "a time with VALUE=DATE", b"DTEND;VALUE=DATE:20240916", b"DTEND;VALUE=DATE:20240916T000000"),
    Case(307, "an unknown type", b"SUMMARY:Repair", b"SUMMARY;VALUE=STRING:Repair"),
    Case(307, "a type of others", b"DTEND;VALUE=DATE:20240916", b"DTEND;VALUE=PERIOD:20240916"),
    Case(307, "an unknown type of somebody's own", b"X-COUNT;VALUE=INTEGER", b"X-COUNT;VALUE=INT"),
    Case(307, "no base64", b"VALUE=BINARY:VGhlIGJyaWRnZQ==", b"VALUE=BINARY:VGhlIGJyaWRnZQ="),
    Case(307, "no boolean", b"X-OPEN;VALUE=BOOLEAN:FALSE", b"X-OPEN;VALUE=BOOLEAN:NO"),
    Case(308, "the same day", b"DTEND;VALUE=DATE:20240916", b"DTEND;VALUE=DATE:20240914"),
    Case(308, "a day before", b"DTEND;VALUE=DATE:20240916", b"DTEND;VALUE=DATE:20240913"),
    Case(308, "a time before", b"DTEND;TZID=Europe/Berlin:20240920T193000", b"DTEND;TZID=Europe/Berlin:20240920T173000"),
    Case(308, "DUE", b"DUE:20250301T080000", b"DUE:20250201T080000"),
    Case(308, "busy", b"DTEND:20240917T000000Z", b"DTEND:20240916T000000Z"),
    Case(309, "a time and a date", b"DTEND;VALUE=DATE:20240916", b"DTEND:20240916T000000Z"),
    Case(309, "one with a zone, one without", b"DTEND;TZID=Europe/Berlin:20240920T193000", b"DTEND:20240920T193000"),
    Case(309, "an instance of another type", b"RECURRENCE-ID;TZID=Europe/Berlin:20241011T180000", b"RECURRENCE-ID;VALUE=DATE:20241011"),
    Case(310, "a date for a time", b"UNTIL=20241220T170000Z", b"UNTIL=20241220"),
    Case(310, "local for a zone", b"UNTIL=20241220T170000Z", b"UNTIL=20241220T180000"),
    Case(310, "UTC for local", b"RRULE:FREQ=YEARLY;COUNT=2", b"RRULE:FREQ=YEARLY;UNTIL=20280201T080000Z"),
    Case(310, "local in a zone", b"UNTIL=20501030T010000Z", b"UNTIL=20501030T030000"),
    Case(311, "EXDATE", b"EXDATE;TZID=Europe/Berlin:20240927T180000,20241004T180000", b"EXDATE;VALUE=DATE:20240927,20241004"),
    Case(311, "RDATE", b"RRULE:FREQ=YEARLY;COUNT=2", b"RDATE:20250301T080000Z"),
    Case(312, "DTSTAMP", CLOSED + b"DTSTAMP:20240915T080000Z", CLOSED + b"DTSTAMP:20240915T080000", b"DTSTAMP:20240915T080000\r"),
    Case(312, "CREATED with a zone", b"CREATED:20240914T190000Z", b"CREATED;TZID=Europe/Berlin:20240914T190000"),
    Case(312, "COMPLETED", b"COMPLETED:20250620T120000Z", b"COMPLETED:20250620T120000"),
    Case(312, "FREEBUSY", b"20240916T080000Z/PT1H", b"20240916T080000/PT1H"),
    Case(312, "TRIGGER", b"20240914T060000Z", b"20240914T060000"),
    Case(312, "DTSTART of a zone", b"DTSTART:19700329T020000", b"DTSTART:19700329T020000Z"),
    Case(312, "DTSTART of busy time", b"DTSTART:20240916T000000Z\r\nDTEND:20240917T000000Z", b"DTSTART:20240916T000000Z\r\nDTEND:20240917T000000", b"DTEND:20240917T000000\r"),
    Case(313, "STATUS", b"STATUS:CONFIRMED", b"STATUS:REPORTED"),
    Case(313, "STATUS of another component", b"STATUS:IN-PROCESS", b"STATUS:CONFIRMED\r\nCOMMENT:x"),
    Case(313, "TRANSP", b"TRANSP:TRANSPARENT", b"TRANSP:FREE"),
    Case(313, "CLASS", b"CLASS:PUBLIC", b"CLASS:SECRET"),
    Case(313, "VERSION", b"VERSION:2.0", b"VERSION:1.0"),
    Case(313, "CALSCALE", b"CALSCALE:GREGORIAN", b"CALSCALE:JULIAN"),
    Case(313, "ACTION", b"ACTION:DISPLAY", b"ACTION:SHOW"),
    Case(313, "RELATED", b"RELATED=END", b"RELATED=ENDE"),
    Case(314, "SEQUENCE below 0", b"SEQUENCE:1", b"SEQUENCE:-1"),
    Case(314, "SEQUENCE with a point", b"SEQUENCE:1", b"SEQUENCE:1.0"),
    Case(314, "PRIORITY", b"PRIORITY:5", b"PRIORITY:10"),
    Case(314, "PERCENT-COMPLETE", b"PERCENT-COMPLETE:20", b"PERCENT-COMPLETE:120"),
    Case(314, "GEO with a comma", b"GEO:51.57;-0.34", b"GEO:51.57,-0.34"),
    Case(314, "GEO beyond the pole", b"GEO:51.57;-0.34", b"GEO:91.57;-0.34"),
    Case(314, "of somebody's own", b"X-COUNT;VALUE=INTEGER:2", b"X-COUNT;VALUE=INTEGER:two"),
    Case(314, "more than 32 bits", b"X-COUNT;VALUE=INTEGER:2", b"X-COUNT;VALUE=INTEGER:2147483648"),
    Case(314, "FLOAT", b"X-SHARE;VALUE=FLOAT:0.5", b"X-SHARE;VALUE=FLOAT:0,5"),
    Case(315, "no scheme", b"URL:https://example.org/report", b"URL:example.org/report"),
    Case(315, "blank", b"URL:https://example.org/report", b"URL:https://example.org/the report"),
    Case(315, "not ASCII", b"URL:https://example.org/report", "URL:https://example.org/brücke".encode()),
    Case(315, "ATTENDEE", b"PARTSTAT=ACCEPTED:mailto:mayor", b"PARTSTAT=ACCEPTED:mayor"),
    Case(315, "SOURCE", b"SOURCE:https://example.org/bridge.ics", b"SOURCE:bridge.ics"),
    Case(315, "CONCEPT", b"CONCEPT:https://example.org/concepts/bridge", b"CONCEPT:bridge"),
    Case(316, "hexadecimal", b"COLOR:tomato", b"COLOR:#ff6347"),
    Case(316, "no color", b"COLOR:SteelBlue", b"COLOR:steel"),
    Case(317, "REFRESH-INTERVAL", b"REFRESH-INTERVAL;VALUE=DURATION", b"REFRESH-INTERVAL"),
    Case(317, "IMAGE", b"IMAGE;VALUE=URI;", b"IMAGE;"),
    Case(317, "LINK without VALUE", b"LINK;VALUE=URI;", b"LINK;"),
    Case(317, "LINK without LINKREL", b"LINKREL=describedby;", b"", b"LINK;VALUE=URI;LABEL"),
    Case(317, "CONFERENCE", b"CONFERENCE;VALUE=URI", b"CONFERENCE"),
    Case(317, "STRUCTURED-DATA", b"VALUE=TEXT;FMTTYPE=application", b"FMTTYPE=application"),
    Case(317, "FMTTYPE", b"FMTTYPE=application/json;", b"", b"STRUCTURED-DATA"),
    Case(317, "STYLED-DESCRIPTION", b"STYLED-DESCRIPTION;VALUE=TEXT", b"STYLED-DESCRIPTION"),
    Case(317, "VALUE=BINARY", b"ENCODING=BASE64;VALUE=BINARY", b"ENCODING=BASE64"),
    Case(317, "ENCODING", b"ENCODING=BASE64;VALUE=BINARY", b"VALUE=BINARY"),
    Case(318, "on a date", b"DTSTART;VALUE=DATE:20250601", b"DTSTART;TZID=Europe/Berlin;VALUE=DATE:20250601"),
    Case(318, "on UTC", b"DTSTART:20250201T080000\r\nDUE:20250301T080000", b"DTSTART;TZID=Europe/Berlin:20250201T080000Z\r\nDUE:20250301T080000Z", b"DTSTART;TZID=Europe/Berlin:20250201"),
    Case(319, "twice", b"FEATURE=PHONE", b"FEATURE=PHONE;FEATURE=CHAT"),
    Case(319, "an address without quotation marks", b'SENT-BY="mailto:c@x.example"', b"SENT-BY=mailto:c@x.example"),
    Case(319, "a comma without them", b'CN="Doe, John"', b"CN=Doe, John"),
    Case(319, "a colon without them", b"DTSTART:20250201T080000\r\nDUE:20250301T080000", b"DTSTART:20250201T080000\r\nDUE;X-A=b:c:20250301T080000", b"DUE;X-A"),
    # Readers.
    Case(401, "an event", b"SEQUENCE:1\r\n", b"", b"BEGIN:VEVENT\r\nUID:closed"),
    Case(402, "an event", b"LAST-MODIFIED:20240915T080000Z\r\nSEQUENCE:1", b"SEQUENCE:1", b"BEGIN:VEVENT\r\nUID:closed"),
    Case(404, "UID", b"UID:closed@example.org", b"UID:" + b"\r\n ".join([b"c" * 64] * 4), b"UID:ccc"),
    Case(405, "a name", b"NAME:The bridge at Harrow\r\nNAME;LANGUAGE=de:Die Br\xc3\xbccke bei Harrow\r\nX-WR-CALNAME:The bridge at Harrow\r\n", b"", b"BEGIN:VCALENDAR"),
    Case(406, "how often", b"REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\nX-PUBLISHED-TTL:PT6H\r\n", b"", b"BEGIN:VCALENDAR"),
    Case(407, "RELATED-TO", b"RELATED-TO;", b"RELATED-TO;VALUE=UID;"),
]  # fmt: skip


def line_of(data: bytes, text: bytes) -> int:
    return len(re.findall(rb"\r\n|\r|\n", data[: data.index(text)])) + 1


def found(data: bytes) -> list[tuple[str, int]]:
    return [(defect.code, defect.line) for defect in lint(data)]


def test_the_good_feed_has_no_fault(good: bytes) -> None:
    assert list(lint(good)) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.name}")
def test_one_fault_is_found_once_and_where_it_is(case: Case, good: bytes) -> None:
    broken = good.replace(case.old, case.new, 1)
    assert broken != good

    assert found(broken) == [(f"ICAL{case.code}", line_of(broken, case.at or case.new.rstrip(b"\r\n")))]


EMPTY = lines(
    b"BEGIN:VCALENDAR", b"VERSION:2.0", b"PRODID:x", b"NAME:x", b"X-PUBLISHED-TTL:PT1H", b"END:VCALENDAR"
)  # fmt: skip


@pytest.mark.parametrize(
    ("code", "data"),
    [
        (201, b""),
        (201, b"\xef\xbb\xbf"),
        (201, b"<!DOCTYPE html>\n<title>Sign in</title>\n\n<p>BEGIN:VCALENDAR"),
        (201, lines(b"BEGIN:VCARD", b"VERSION:4.0", b"FN:x", b"END:VCARD")),
        (105, "\N{BOM}BEGIN:VCALENDAR\r\n".encode("utf-16-le")),
        (105, "BEGIN:VCALENDAR\r\n".encode("utf-16-be")),
        (210, EMPTY),
    ],
)
def test_what_is_no_calendar_or_an_empty_one_is_one_fault_on_the_first_line(code: int, data: bytes) -> None:
    assert found(data) == [(f"ICAL{code}", 1)]


def test_a_feed_that_is_too_large_is_told_once(good: bytes) -> None:
    large = good.replace(b"COMMENT", b"").replace(b"END:VJOURNAL", b"COMMENT:\r\n" * 100_000 + b"END:VJOURNAL")

    assert found(large) == [("ICAL403", 1)]


def test_jcal_is_none_of_our_business() -> None:
    assert found(b' ["vcalendar", [], []]\n') == []


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\r\n"])
def test_other_ends_of_lines_are_told_once_for_all_lines(good: bytes, end: bytes) -> None:
    assert found(good.replace(b"\r\n", end)) == [("ICAL101", 1)]


def test_an_empty_line_at_the_end_is_one_too_many(good: bytes) -> None:
    assert found(good + b"\r\n") == [("ICAL108", good.count(b"\n") + 1)]


def test_what_is_counted_is_counted_right(good: bytes) -> None:
    (defect,) = lint(good.replace(b"\r\n", b"\n"))
    assert f"and on {good.count(bytes([10])) - 1} lines below" in defect.message
    (defect,) = lint(good.replace(b"SEQUENCE:0\r\n", b""))
    assert "5 of 6 entries" in defect.message
    (defect,) = lint(good.replace(b"CALSCALE:GREGORIAN", b"METHOD:PUBLISH"))
    assert "6 components without ORGANIZER" in defect.message
    (defect,) = lint(good.replace(b"SUMMARY:Repair", b"SUMMARY:a,b,c"))
    assert ", and 1 time more" in defect.message


def test_two_faults_are_two_findings_in_the_order_of_the_lines(good: bytes) -> None:
    broken = good.replace(b"STATUS:FINAL", b"STATUS:LAST").replace(b"GEO:51.57;-0.34", b"GEO:1")
    broken = broken.replace(b"SUMMARY:Repair", b"SUMMARY:a,\\x")

    assert [code for code, _ in found(broken)] == ["ICAL314", "ICAL301", "ICAL302", "ICAL313"]


def test_names_and_words_may_be_in_small_letters(good: bytes) -> None:
    for text in (b"BEGIN:VEVENT", b"END:VEVENT", b"DTSTART;VALUE=DATE", b"STATUS:CONFIRMED", b"RRULE:FREQ=YEARLY"):
        assert found(good.replace(text, text.lower())) == []


def test_a_fault_in_a_folded_line_is_where_it_is_in_the_file(good: bytes) -> None:
    broken = good.replace(b"nobody was", b"nobody,was")
    (defect,) = lint(broken)
    line = broken.decode().splitlines()[defect.line - 1]

    assert line[defect.column - 1 :].startswith(",was")


def test_a_method_lets_an_event_have_no_start(good: bytes) -> None:
    reply = good.replace(b"CALSCALE:GREGORIAN", b"METHOD:REPLY").replace(b"DTSTART;VALUE=DATE:20240914\r\n", b"")

    assert [code for code, _ in found(reply)] == ["ICAL211"]


def test_several_calendars_in_a_file_are_judged_one_by_one(good: bytes) -> None:
    assert found(good + good) == []
    broken = good.replace(b"CLASS:PUBLIC", b"CLASS:SECRET")
    assert found(good + broken) == [("ICAL313", good.count(b"\n") + line_of(broken, b"CLASS:SECRET"))]


def test_every_rule_has_a_feed_that_breaks_it_and_a_page() -> None:
    broken = {f"ICAL{case.code}" for case in CASES} | {"ICAL210", "ICAL403"}

    assert broken == {rule.code for rule in RULES}
    assert [rule.code for rule in RULES] == sorted(broken)
    assert {path.stem for path in DOCS.glob("ICAL*.md")} == broken
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert {rule.severity for rule in RULES} == set(Severity)
