"""What the standards say of components, properties and parameters, as tables.

Sources: RFC 5545 (3.6 to 3.8), RFC 7808 (7), RFC 7953 (3), RFC 7986 (4 and 5), RFC 9073 (6 and 7),
RFC 9074, RFC 9253.
"""

from __future__ import annotations

from typing import NamedTuple

_LETTERS = {
    "C": ("VCALENDAR",),
    "E": ("VEVENT",),
    "T": ("VTODO",),
    "J": ("VJOURNAL",),
    "F": ("VFREEBUSY",),
    "Z": ("VTIMEZONE",),
    "O": ("STANDARD", "DAYLIGHT"),
    "A": ("VALARM",),
    # Of these only what must be there is known well enough.
    "V": ("VAVAILABILITY",),
    "B": ("AVAILABLE",),
    "P": ("PARTICIPANT",),
    "L": ("VLOCATION",),
    "R": ("VRESOURCE",),
}
_LAX = frozenset("VBPLR")

# Name; types, the default first, "[]" after a list of values; and the components it may stand in:
# "!" must be there once, "1" may be there once, "*" any number of times.
_PROPERTIES = """
ACKNOWLEDGED      DATE-TIME                   A1
ACTION            TEXT                        A!
ATTACH            URI,BINARY                  E* T* J* A*
ATTENDEE          CAL-ADDRESS                 E* T* J* F* A*
BUSYTYPE          TEXT                        V1
CALENDAR-ADDRESS  CAL-ADDRESS                 P1
CALSCALE          TEXT                        C1
CATEGORIES        TEXT[]                      C* E* T* J*
CLASS             TEXT                        E1 T1 J1
COLOR             TEXT                        C1 E1 T1 J1
COMMENT           TEXT                        E* T* J* F* O*
COMPLETED         DATE-TIME                   T1
CONCEPT           URI                         C* E* T* J* F* Z* O* A*
CONFERENCE        URI                         E* T*
CONTACT           TEXT                        E* T* J* F1
CREATED           DATE-TIME                   E1 T1 J1
DESCRIPTION       TEXT                        C* E1 T1 J* A1
DTEND             DATE-TIME,DATE              E1 F1
DTSTAMP           DATE-TIME                   E! T! J! F! V! B!
DTSTART           DATE-TIME,DATE              E1 T1 J1 F1 O! B!
DUE               DATE-TIME,DATE              T1
DURATION          DURATION                    E1 T1 A1
EXDATE            DATE-TIME,DATE[]            E* T* J*
EXRULE            RECUR                       E* T* J*
FREEBUSY          PERIOD[]                    F*
GEO               GEO                         E1 T1
IMAGE             URI,BINARY                  C* E* T* J*
LAST-MODIFIED     DATE-TIME                   C1 E1 T1 J1 Z1
LINK              URI,UID,XML-REFERENCE       C* E* T* J* F* Z* O* A*
LOCATION          TEXT                        E1 T1
LOCATION-TYPE     TEXT[]                      L1
METHOD            TEXT                        C1
NAME              TEXT                        C* L1 R1
ORGANIZER         CAL-ADDRESS                 E1 T1 J1 F1
PARTICIPANT-TYPE  TEXT                        P!
PERCENT-COMPLETE  INTEGER                     T1
PRIORITY          INTEGER                     E1 T1
PRODID            TEXT                        C!
PROXIMITY         TEXT                        A1
RDATE             DATE-TIME,DATE,PERIOD[]     E* T* J* O*
RECURRENCE-ID     DATE-TIME,DATE              E1 T1 J1
REFID             TEXT                        C* E* T* J* F* Z* O* A*
REFRESH-INTERVAL  DURATION                    C1
RELATED-TO        TEXT,UID,URI                E* T* J* A*
REPEAT            INTEGER                     A1
REQUEST-STATUS    OTHER                       E* T* J* F*
RESOURCE-TYPE     TEXT                        R1
RESOURCES         TEXT[]                      E* T*
RRULE             RECUR                       E* T* J* O*
SEQUENCE          INTEGER                     E1 T1 J1
SOURCE            URI                         C1
STATUS            TEXT                        E1 T1 J1
STRUCTURED-DATA   TEXT,BINARY,URI             E* T* J* F*
STYLED-DESCRIPTION TEXT,URI                   E* T* J* F*
SUMMARY           TEXT                        E1 T1 J1 A1
TRANSP            TEXT                        E1
TRIGGER           DURATION,DATE-TIME          A!
TZID              TEXT                        Z!
TZID-ALIAS-OF     TEXT                        Z*
TZNAME            TEXT                        O*
TZOFFSETFROM      UTC-OFFSET                  O!
TZOFFSETTO        UTC-OFFSET                  O!
TZUNTIL           DATE-TIME                   Z1
TZURL             URI                         Z1
UID               TEXT                        C1 E! T! J! F! A1 V! B! P! L! R!
URL               URI                         C1 E1 T1 J1 F1
VERSION           TEXT                        C!
XML               OTHER                       C* E* T* J* F* Z* O* A*
X-PUBLISHED-TTL   DURATION                    C*
X-WR-CALDESC      TEXT                        C*
X-WR-CALNAME      TEXT                        C*
X-WR-TIMEZONE     TEXT                        C*
"""


class Kind(NamedTuple):
    """What a property is.

    Attributes:
        types: The types that its values may have, the default first.
        is_list: Whether it may have several.
        owners: The components that it may stand in.
    """

    types: tuple[str, ...]
    is_list: bool
    owners: frozenset[str]


PROPERTIES: dict[str, Kind] = {}
"""What every property is that a standard or many calendars know, by name."""
REQUIRED: dict[str, frozenset[str]] = {}
"""The properties that a component must have."""
ONCE: dict[str, frozenset[str]] = {}
"""The properties that a component may have only once, those that it must have among them."""
STRICT: frozenset[str] = frozenset(name for letter, names in _LETTERS.items() if letter not in _LAX for name in names)
"""The components whose properties are all known."""


def _fill() -> None:
    required: dict[str, set[str]] = {}
    once: dict[str, set[str]] = {}
    for row in _PROPERTIES.strip().splitlines():
        name, types, *places = row.split()
        owners: list[str] = []
        for place in places:
            letter, count = place[0], place[1]
            owners += _LETTERS[letter]
            for owner in _LETTERS[letter]:
                if count == "!":
                    required.setdefault(owner, set()).add(name)
                if count in "!1":
                    once.setdefault(owner, set()).add(name)
        PROPERTIES[name] = Kind(tuple(types.removesuffix("[]").split(",")), types.endswith("[]"), frozenset(owners))
    REQUIRED.update({owner: frozenset(names) for owner, names in required.items()})
    ONCE.update({owner: frozenset(names) for owner, names in once.items()})


_fill()

_ANYWHERE = ("PARTICIPANT", "VLOCATION", "VRESOURCE")
CHILDREN: dict[str, frozenset[str]] = {
    "VCALENDAR": frozenset({"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE", "VAVAILABILITY"}),
    "VEVENT": frozenset({"VALARM", *_ANYWHERE}),
    "VTODO": frozenset({"VALARM", *_ANYWHERE}),
    "VJOURNAL": frozenset(_ANYWHERE),
    "VFREEBUSY": frozenset(_ANYWHERE),
    "VTIMEZONE": frozenset({"STANDARD", "DAYLIGHT"}),
    "VALARM": frozenset({"VLOCATION"}),
    "VAVAILABILITY": frozenset({"AVAILABLE"}),
    "PARTICIPANT": frozenset({"VLOCATION", "VRESOURCE"}),
    "STANDARD": frozenset(),
    "DAYLIGHT": frozenset(),
    "AVAILABLE": frozenset(),
    "VLOCATION": frozenset(),
    "VRESOURCE": frozenset(),
}
"""What each component may hold, besides what is not known."""

TYPES = frozenset(
    {
        "BINARY", "BOOLEAN", "CAL-ADDRESS", "DATE", "DATE-TIME", "DURATION", "FLOAT", "INTEGER", "PERIOD", "RECUR",
        "TEXT", "TIME", "URI", "UTC-OFFSET", "UID", "XML-REFERENCE",
    }
)  # fmt: skip
"""What VALUE may be, besides what begins with X-."""

IN_UTC = frozenset(
    {"ACKNOWLEDGED", "COMPLETED", "CREATED", "DTSTAMP", "FREEBUSY", "LAST-MODIFIED", "TRIGGER", "TZUNTIL"}
)
"""Properties whose times must be in UTC, wherever they stand."""

SINGLE_PARAMETERS = frozenset(
    {
        "ALTREP", "CN", "CUTYPE", "DERIVED", "DIR", "EMAIL", "ENCODING", "FBTYPE", "FMTTYPE", "GAP", "LABEL",
        "LANGUAGE", "LINKREL", "ORDER", "PARTSTAT", "RANGE", "RELATED", "RELTYPE", "ROLE", "RSVP", "SCHEMA",
        "SENT-BY", "TZID", "VALUE",
    }
)  # fmt: skip
"""Parameters that have one value: a comma in it needs quotation marks."""
QUOTED_PARAMETERS = frozenset({"ALTREP", "DELEGATED-FROM", "DELEGATED-TO", "DIR", "MEMBER", "SCHEMA", "SENT-BY"})
"""Parameters whose values stand in quotation marks, always."""

WORDS: dict[str, frozenset[str]] = {
    "ACTION": frozenset({"AUDIO", "DISPLAY", "EMAIL", "PROCEDURE"}),
    "BUSYTYPE": frozenset({"BUSY", "BUSY-TENTATIVE", "BUSY-UNAVAILABLE"}),
    "CALSCALE": frozenset({"GREGORIAN"}),
    "CLASS": frozenset({"PUBLIC", "PRIVATE", "CONFIDENTIAL"}),
    "PROXIMITY": frozenset({"ARRIVE", "CONNECT", "DEPART", "DISCONNECT"}),
    "TRANSP": frozenset({"OPAQUE", "TRANSPARENT"}),
    "VERSION": frozenset({"2.0"}),
}
"""Properties that know some words only."""
STATUS: dict[str, frozenset[str]] = {
    "VEVENT": frozenset({"TENTATIVE", "CONFIRMED", "CANCELLED"}),
    "VTODO": frozenset({"NEEDS-ACTION", "COMPLETED", "IN-PROCESS", "CANCELLED"}),
    "VJOURNAL": frozenset({"DRAFT", "FINAL", "CANCELLED"}),
}
"""The words of STATUS, by component."""
OWN_WORDS = frozenset({"ACTION", "BUSYTYPE", "CLASS", "PROXIMITY"})
"""Properties that may have words of somebody's own, which begin with X-."""
RANGES: dict[str, tuple[int, int]] = {
    "PERCENT-COMPLETE": (0, 100),
    "PRIORITY": (0, 9),
    "REPEAT": (0, 2**31 - 1),
    "SEQUENCE": (0, 2**31 - 1),
}
"""Properties whose numbers have a range of their own."""
