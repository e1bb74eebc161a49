"""The options of the calendar that is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from timeline.formats import choice, output_language, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import timedelta

    from timeline.model import Selection
    from timeline.when import When

ALWAYS = "always"


def _fail(found: object, field: attrs.Attribute[Any], expected: str) -> None:
    message = f"found {field.name}={found}, expected {expected}"
    raise ValueError(message)


def _to_timedelta(text: str) -> timedelta | None:
    from timeline.model import to_timedelta  # noqa: PLC0415 - listing the formats needs no model

    return to_timedelta(text)


def _duration(_owner: object, field: attrs.Attribute[Any], value: str | None) -> None:
    if value is not None and value != field.metadata.get("word") and _to_timedelta(value) is None:
        word = f", or {field.metadata['word']}" if "word" in field.metadata else ""
        _fail(value, field, f"a duration such as P1D or PT6H{word}")


def _color(_owner: object, field: attrs.Attribute[Any], value: str | None) -> None:
    if value is None:
        return
    from webcolors import names  # noqa: PLC0415 - most calendars have no color

    if value.lower() not in names("css3"):
        _fail(value, field, "the name of a color in CSS3, such as tomato (RFC 7986, 5.9)")


def _address(_owner: object, field: attrs.Attribute[Any], value: str | None) -> None:
    from timeline_ical._lines import web_address  # noqa: PLC0415 - most calendars have no such option

    if value is not None and web_address(value) is None:
        _fail(value, field, "an address of the web without blanks, such as https://example.org/story.ics")


def _zone(_owner: object, field: attrs.Attribute[Any], value: str | None) -> None:
    if value is None:
        return
    from timeline.model import zone_of  # noqa: PLC0415 - most calendars are in UTC

    if zone_of(value) is None:
        _fail(value, field, "the name of a time zone, such as Europe/Kyiv")


def _tags(value: str | Iterable[str]) -> tuple[str, ...]:
    """A list of tags; as text they are separated by commas."""
    if isinstance(value, str):
        return tuple(tag.strip() for tag in value.split(",") if tag.strip())
    return tuple(value)


def _given(value: str | None) -> str | None:
    """An empty text is none."""
    return value or None


def _positive(_owner: object, field: attrs.Attribute[Any], value: str) -> None:
    if not _to_timedelta(value):
        _fail(value, field, "a duration such as P1D or PT6H, longer than nothing")


def _to_when(value: When | str | None, field: attrs.Attribute[Any]) -> When | None:
    from timeline.when import When  # noqa: PLC0415 - listing the formats reads no dates

    if value is None or value == "":
        return None
    try:
        return When.of(value)
    except ValueError as error:
        _fail(value, field, f"a date in EDTF, such as 2024 or 2024-08-06 ({error})")
        raise


def _date() -> Any:
    return attrs.field(default=None, converter=attrs.Converter(_to_when, takes_field=True))


@attrs.frozen(kw_only=True)
class IcalOptions:
    """Options of the calendar that is written.

    Attributes:
        wide: How to show a date of more than 92 days: "marker" on its first day,
            "span" over all of its days, or "omit" the event.
        prefix: What the title of an entry says first, if need be: "both" what kind of claim it is
            and the date as it was stated, only the "status" or the "date", or "none".
        projections: What becomes of a projection: an "event" (VEVENT), a "todo" (VTODO) or a "journal"
            entry (VJOURNAL).
        language: The language of dates in words; None for that of the timeline.
        since: Leave out events that were over before this date.
        until: Leave out events that begin after this date.
        only_tags: Leave out events without one of these tags.
        except_tags: Leave out events with one of these tags.
        cancelled: For how long to show what was called off, from the day of its outcome: a duration
            (RFC 5545, 3.3.6), or "always".
        alarm: How long before a projection or plan falls due its entry gives an alarm, a duration such as P1D.
        timezone: The time zone in which times that have an offset are written, such as Europe/Kyiv; None for UTC.
        color: The calendar's color, by a name of CSS3.
        refresh: How often subscribers should ask again, a duration.
        source: The address at which the calendar is published.
        max_size: How many bytes the calendar may have; each event for which there is no room left is
            left out and reported. 0 for any number.
    """

    wide: str = choice("marker", "span", "omit", default="marker")
    prefix: str = choice("both", "status", "date", "none", default="both")
    projections: str = choice("event", "todo", "journal", default="event")
    language: str | None = output_language()
    since: When | None = _date()  # noqa: RUF009 - it makes a field
    until: When | None = _date()  # noqa: RUF009 - the same
    only_tags: tuple[str, ...] = attrs.field(default=(), converter=_tags)
    except_tags: tuple[str, ...] = attrs.field(default=(), converter=_tags)
    cancelled: str = attrs.field(default="P90D", validator=_duration, metadata={"word": ALWAYS})
    alarm: str | None = attrs.field(default=None, converter=_given, validator=_duration)
    timezone: str | None = attrs.field(default=None, converter=_given, validator=_zone)
    color: str | None = attrs.field(default=None, converter=_given, validator=_color)
    refresh: str = attrs.field(default="PT6H", validator=_positive)
    source: str | None = attrs.field(default=None, converter=_given, validator=_address)
    max_size: int = whole_number(default=0)

    @property
    def selection(self) -> Selection:
        """Which events the calendar is to have."""
        from timeline.model import Selection  # noqa: PLC0415 - listing the formats needs no model

        return Selection(since=self.since, until=self.until, tags=self.only_tags, without_tags=self.except_tags)
