"""The moment that a caller means by "now"."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

from timeline.errors import WhenError
from timeline.when._parts import Grain, Kind
from timeline.when._value import When

Moment = datetime | date | str | When

# Of what ISO 8601 has besides, week dates and bare digits are easily mistyped.
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?"
)


def as_moment(value: Moment) -> datetime:
    """A point in time, in UTC, of what people write for "now".

    Args:
        value: A `datetime.datetime` (UTC if it has no zone), a `datetime.date` or
            a `When` of one day (midnight UTC) or second, or ISO 8601 text of either.

    Returns:
        An aware `datetime.datetime` in UTC, to the second.

    Raises:
        WhenError: Text that is neither a day nor a day with a time, or a `When`
            that is coarser than a day.
        TypeError: Any other type.
    """
    if isinstance(value, str):
        text = value
        try:
            value = datetime.fromisoformat(text if _MOMENT.fullmatch(text) else "")
        except ValueError:
            raise WhenError(text, 0, "a day or a time such as 2024-12-28 or 2024-12-28T10:00:00Z") from None
    if isinstance(value, When):
        day = value.earliest
        is_exact = value.grains <= {Grain.DAY, Grain.SECOND} and day == value.latest and not value.qualifiers
        if value.kind is not Kind.POINT or not is_exact or not isinstance(day, date):
            raise WhenError(str(value), 0, "one day of the years 1 to 9999, without ? ~ or %")
        value = day
    if not isinstance(value, date):
        message = f"expected a datetime, a date, ISO 8601 text or a When, found {type(value).__name__}"  # type: ignore[unreachable] # callers without types
        raise TypeError(message)
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    try:
        value = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except OverflowError:
        raise WhenError(value.isoformat(), 0, "a time within the years 1 to 9999 in UTC") from None
    return value.replace(microsecond=0)
