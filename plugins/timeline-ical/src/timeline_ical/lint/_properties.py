"""What is wrong with a property by itself: where it stands, its parameters and its value."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from timeline_ical.lint import _tables
from timeline_ical.lint._content import check_parameters
from timeline_ical.lint._moments import EXPECTED, is_duration
from timeline_ical.lint._report import shown
from timeline_ical.lint._values import check_value

if TYPE_CHECKING:
    from timeline_ical.lint._content import Property
    from timeline_ical.lint._report import Report

_MAX_UID = 255
# Properties that must say of which type they are, and what else they must say.
_MUST_HAVE = {
    "CONFERENCE": ("VALUE",),
    "IMAGE": ("VALUE",),
    "LINK": ("VALUE", "LINKREL"),
    "REFRESH-INTERVAL": ("VALUE",),
    "STRUCTURED-DATA": ("VALUE",),
    "STYLED-DESCRIPTION": ("VALUE",),
}
# What nobody but their author knows.
_OF_OTHERS = _tables.Kind(("OTHER",), is_list=True, owners=frozenset())


def check_property(prop: Property, owner: str, report: Report) -> None:
    """Tell what is wrong with a property of a component that is known."""
    kind = _kind(prop, owner, report)
    if kind is None or not prop.line.whole:
        return
    type: str | None = kind.types[0]
    if prop.parameters:
        if not check_parameters(prop, report):
            return
        _check_parameter_values(prop, report)
        type = None if _lacks_parameter(prop, report) else _type(prop, kind, report)
    elif prop.name in _MUST_HAVE:
        type = None if _lacks_parameter(prop, report) else type
    if type is not None:
        check_value(prop, type, report, is_list=kind.is_list)
        if prop.moments:
            _check_clock(prop, report)
        _check_words(prop, owner, report)


def _kind(prop: Property, owner: str, report: Report) -> _tables.Kind | None:
    """What a property is; None if it is no property of its owner."""
    name = prop.name
    kind = _tables.PROPERTIES.get(name)
    if kind is None:
        if name.startswith("X-"):
            return _OF_OTHERS
        message = f"found {name}, expected a property of the standard, or a name that begins with X-"
        report.add(205, message, prop.start)
    elif owner in _tables.STRICT and owner not in kind.owners and not name.startswith("X-"):
        where = " or ".join(sorted(kind.owners & _tables.STRICT)) or "another component"
        report.add(204, f"found {name} in {owner}, expected it in {where}", prop.start)
        return None
    return kind


def _lacks_parameter(prop: Property, report: Report) -> bool:
    """Tell which parameters are missing; whether the value cannot be judged without them."""
    parameters = prop.parameters
    lacking = [name for name in _MUST_HAVE.get(prop.name, ()) if name not in parameters]
    if not lacking:
        value = (prop.parameter("VALUE") or "").upper()
        encoding = (prop.parameter("ENCODING") or "").upper()
        if value == "BINARY" and encoding != "BASE64":
            lacking = ["ENCODING=BASE64"]
        elif encoding == "BASE64" and value != "BINARY":
            lacking = ["VALUE=BINARY"]
        elif prop.name == "STRUCTURED-DATA" and value in ("TEXT", "BINARY"):
            lacking = [name for name in ("FMTTYPE", "SCHEMA") if name not in parameters]
    if lacking:
        report.add(317, f"found {prop.name} without {' and '.join(lacking)}, expected it with", prop.start)
    return bool(lacking)


def _type(prop: Property, kind: _tables.Kind, report: Report) -> str | None:
    """The type of the value of a property; None if it is not to be judged."""
    given = prop.parameter("VALUE")
    if given is None:
        return kind.types[0]
    given = given.upper()
    if given.startswith("X-"):
        return None
    if prop.name.startswith("X-"):
        # Of a text of somebody's own nobody knows whether it is a list.
        if given in _tables.TYPES:
            return given if given != "TEXT" else None
        expected = "a type of RFC 5545"
    else:
        if given in kind.types:
            if given == "UID" and prop.name == "RELATED-TO":
                report.add(407, "found VALUE=UID, expected no VALUE: some readers refuse the whole feed", prop.start)
            return given
        expected = " or ".join(kind.types)
    report.add(307, f"found VALUE={shown(given)[1:-1]} for {prop.name}, expected {expected}", prop.start)
    return None


def _check_parameter_values(prop: Property, report: Report) -> None:
    gap = prop.parameter("GAP")
    if gap is not None and not is_duration(gap):
        report.add(304, f"found GAP={shown(gap)[1:-1]}, expected {EXPECTED['DURATION']}", prop.start)
    related = prop.parameter("RELATED")
    if related is not None and related.upper() not in ("START", "END"):
        report.add(313, f"found RELATED={shown(related)[1:-1]}, expected START or END", prop.start)


def _check_clock(prop: Property, report: Report) -> None:
    """Check that times are in UTC where they must be, and TZID only where it may be."""
    if prop.name in _tables.IN_UTC and any(moment.clock != "UTC" for moment in prop.moments):
        report.add(312, f"found {shown(prop.value)}, expected a time in UTC, which ends with Z", prop.place())
        return
    if "TZID" in prop.parameters and prop.moments:
        first = prop.moments[0]
        if first.clock == "DATE" or any(moment.clock == "UTC" for moment in prop.moments):
            what = "a date, which has no time zone" if first.clock == "DATE" else "a time in UTC"
            report.add(318, f"found TZID on {what}; expected no TZID", prop.start)


def _check_words(prop: Property, owner: str, report: Report) -> None:
    """Check the values that are words of the standard, colors and identifiers."""
    name = prop.name
    words = _tables.STATUS.get(owner) if name == "STATUS" else _tables.WORDS.get(name)
    if words is not None:
        word = prop.value.upper()
        if word not in words and not (name in _tables.OWN_WORDS and word.startswith("X-")):
            report.add(313, f"found {name}:{shown(prop.value)[1:-1]}, expected {_either(words)}", prop.place())
    elif name == "COLOR":
        if prop.value.lower() not in _colors():
            report.add(316, f"found {shown(prop.value)}, expected a name of CSS3, such as steelblue", prop.place())
    elif name == "UID":
        octets = len(prop.value.encode())
        if octets > _MAX_UID:
            report.add(404, f"found {octets} octets, expected at most {_MAX_UID}", prop.place())


def _either(words: frozenset[str]) -> str:
    *most, last = sorted(words)
    return f"{', '.join(most)} or {last}" if most else last


@cache
def _colors() -> frozenset[str]:
    import webcolors  # noqa: PLC0415 - few feeds have a color

    return frozenset(webcolors.names("css3"))
