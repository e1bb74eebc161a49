"""Which days a season is: a table says, and it may be another."""

from __future__ import annotations

from typing import Any

import pytest

from timeline.errors import WhenError
from timeline.when import Relation, SeasonTable, When

NORTH, SOUTH = SeasonTable.meteorological(), SeasonTable.meteorological(south=True)
SUN = SeasonTable.astronomical()


@pytest.mark.parametrize(
    ("text", "table", "earliest", "latest"),
    [
        ("2024-21", NORTH, "2024-03-01", "2024-05-31"),
        ("2024-24", NORTH, "2024-12-01", "2025-02-28"),
        ("2023-24", NORTH, "2023-12-01", "2024-02-29"),
        ("2024-21", SOUTH, "2024-09-01", "2024-11-30"),
        ("2024-22", SOUTH, "2024-12-01", "2025-02-28"),
        ("2024-24", SOUTH, "2024-06-01", "2024-08-31"),
        ("2024-21", SUN, "2024-03-20", "2024-06-20"),
        ("2024-24", SUN, "2024-12-21", "2025-03-19"),
        ("2024-23", SUN, "2024-09-22", "2024-12-20"),
        ("2024-23", SeasonTable.astronomical(south=True), "2024-03-20", "2024-06-20"),
        # Seasons that say their hemisphere keep it, and parts of the year their months.
        ("2024-25", SOUTH, "2024-03-01", "2024-05-31"),
        ("2024-29", NORTH, "2024-09-01", "2024-11-30"),
        ("2024-29", SOUTH, "2024-09-01", "2024-11-30"),
        ("2024-30", SUN, "2024-12-21", "2025-03-19"),
        ("2024-34", SUN, "2024-04-01", "2024-06-30"),
        ("2024-38", SOUTH, "2024-05-01", "2024-08-31"),
        ("2024-41", SOUTH, "2024-07-01", "2024-12-31"),
        # In intervals and sets, and of years with X.
        ("2024-12-27/2025-21", SOUTH, "2024-12-27", "2025-11-30"),
        ("[2024-21..2024-22]", SOUTH, "2024-09-01", "2025-02-28"),
        ("201X-24", SOUTH, "2010-06-01", "2019-08-31"),
    ],
)
def test_a_table_says_which_days_a_season_is(text: str, table: SeasonTable, earliest: str, latest: str) -> None:
    extent = When.parse(text).extent(seasons=table)

    assert (str(extent.earliest), str(extent.latest)) == (earliest, latest)


def test_without_a_table_seasons_are_meteorological_and_northern() -> None:
    when = When.parse("2024-24")

    assert when.extent().window == when.extent(seasons=NORTH).window
    assert str(when.latest) == "2025-02-28"


def test_a_table_of_ones_own_may_leave_days_out_and_cross_the_year() -> None:
    monsoon = SeasonTable.of({22: ((6, 10), (9, 25)), 24: ((11, 15), (2, 29))})

    assert str(When.parse("2024-22").extent(seasons=monsoon).latest) == "2024-09-25"
    assert str(When.parse("2024-24").extent(seasons=monsoon).latest) == "2025-02-28"
    assert str(When.parse("2023-24").extent(seasons=monsoon).latest) == "2024-02-29"
    assert str(When.parse("2024-21").extent(seasons=monsoon).latest) == "2024-05-31"
    summer, autumn = (When.parse(text).extent(seasons=monsoon) for text in ("2024-22", "2024-23"))
    assert summer.relations(autumn) == Relation.OVERLAPS


@pytest.mark.parametrize(
    ("seasons", "message"),
    [
        ({33: ((1, 1), (3, 31))}, "season code 33, expected 21 to 32"),
        ({21: ((2, 30), (5, 31))}, "month 2, day 30"),
        ({21: ((13, 1), (5, 31))}, "month 13"),
        ({20: ((3, 1), (5, 31))}, "season code 20"),
        ({21: ((3, 1),)}, "a first and a last day"),
    ],
)
def test_a_table_with_what_does_not_exist_is_refused(seasons: dict[int, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        SeasonTable.of(seasons)


@pytest.mark.parametrize("text", ["2024-21/2024-23", "[2024-21..2024-23]", "{2024-21..2024-23}"])
def test_a_table_that_turns_a_date_round_is_told(text: str) -> None:
    with pytest.raises(WhenError, match="a table of seasons in which"):
        When.parse(text).extent(seasons=SOUTH)


def test_relations_go_by_the_table() -> None:
    spring, june = When.parse("2024-21"), When.parse("2024-06")

    assert spring.certainly_before(june)
    assert spring.extent(seasons=SOUTH).certainly_after(june)
    assert When.parse("2024-24").extent(seasons=SOUTH).relations(june) == Relation.STARTED_BY
