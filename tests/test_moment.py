"""What people may write for "now"."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from timeline.errors import WhenError
from timeline.when import Moment, When, as_moment

_TEN = datetime(2024, 12, 28, 10, tzinfo=UTC)
_MIDNIGHT = datetime(2024, 12, 28, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-12-28", _MIDNIGHT),
        ("2024-12-28T10:00:00Z", _TEN),
        ("2024-12-28T13:00:00+03:00", _TEN),
        ("2024-12-28T10:00:00", _TEN),
        (date(2024, 12, 28), _MIDNIGHT),
        (datetime(2024, 12, 28, 10, 0, 0, 999_999), _TEN),  # noqa: DTZ001 - without a zone is UTC
        (datetime(2024, 12, 28, 7, tzinfo=timezone(timedelta(hours=-3))), _TEN),
        (When.parse("2024-12-28"), _MIDNIGHT),
    ],
)
def test_a_moment_is_in_utc_to_the_second(value: Moment, expected: datetime) -> None:
    moment = as_moment(value)

    assert moment == expected
    assert moment.tzinfo is UTC


@pytest.mark.parametrize(
    "value",
    ["yesterday", "20241228", "2024-W52-6", "2024-12-28x10:00", "2024-13-01", "2024", "", "0001-01-01T00:00:00+14:00"],
)
def test_text_that_is_no_moment_is_refused(value: str) -> None:
    with pytest.raises(WhenError):
        as_moment(value)


@pytest.mark.parametrize("value", ["2024-12", "2024-12-28/2024-12-29", "-0043-03-15", "2024-12-28?"])
def test_a_date_that_is_no_day_is_no_moment(value: str) -> None:
    with pytest.raises(WhenError, match="one day"):
        as_moment(When.parse(value))


def test_other_types_are_refused() -> None:
    with pytest.raises(TypeError, match="found int"):
        as_moment(0)  # type: ignore[arg-type]
