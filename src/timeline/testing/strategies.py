"""Hypothesis strategies for the values of the model.

They draw from everything that the constructors accept. A new field of the model
belongs here too, or no law is tested with it.
"""

from __future__ import annotations

import functools
import string
from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from timeline.model import Claim, Event, Media, Modality, Outcome, Recurrence, Result, Source, Speaker, Timeline
from timeline.when import NO_MARKS, Bound, Clock, Kind, Qualifier, Range, Unit, When

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

__all__ = [
    "claims",
    "events",
    "ids",
    "outcomes",
    "recurrences",
    "sources",
    "speakers",
    "texts",
    "timelines",
    "units",
    "whens",
]

_ALNUM = string.ascii_letters + string.digits


@functools.cache
def ids() -> SearchStrategy[str]:
    """Ids of timelines, events and sources."""
    return st.builds(str.__add__, st.sampled_from(_ALNUM), st.text(_ALNUM + "._-", max_size=8))


@functools.cache
def texts() -> SearchStrategy[str]:
    """Text of any characters that UTF-8 has, not empty."""
    return st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


@functools.cache
def _titles() -> SearchStrategy[str]:
    return texts().filter(str.strip)


@st.composite
def units(draw: DrawFn, *, grains: str = "year season month day", qualified: bool = True, whole: bool = False) -> Unit:
    """Units of the grains named, among them such as have digits that are not known.

    Args:
        draw: Given by Hypothesis.
        grains: Any of year, season, month, day and second.
        qualified: Whether parts may have qualifiers.
        whole: Whether every digit is known.
    """
    grain = draw(st.sampled_from(grains.split()))
    if grain == "second":
        return _with_clock(draw)
    open_digits = not whole and draw(st.integers(0, 3)) == 0
    year, month, day = (_open_digits if open_digits else _digits)(draw, grain)
    marks = NO_MARKS
    if qualified and draw(st.booleans()):
        known = st.sampled_from(Qualifier)
        marks = (
            draw(known),
            draw(known) if month is not None else Qualifier.NONE,
            draw(known) if day is not None else Qualifier.NONE,
        )
    significant = None
    if grain == "year" and not whole and isinstance(year, int) and draw(st.integers(0, 5)) == 0:
        significant = draw(st.integers(1, max(4, len(str(abs(year))))))
    return Unit(year, month, day, marks, None, significant)


def _digits(draw: DrawFn, grain: str) -> tuple[int, int | None, int | None]:
    """Year, month and day, all known."""
    if grain == "year":
        return draw(st.integers(-9999, 9999) | st.integers(-(10**25), 10**25)), None, None
    year = draw(st.integers(-9999, 9999))
    if grain == "season":
        return year, draw(st.integers(21, 41)), None
    if grain == "month":
        return year, draw(st.integers(1, 12)), None
    # A day that exists: of a year that the calendar repeats every 400 years.
    day = draw(st.dates(date(2000, 1, 1), date(2399, 12, 31)))
    return draw(st.integers(-24, 18)) * 400 + day.year - 2000, day.month, day.day


def _open_digits(draw: DrawFn, grain: str) -> tuple[int | str, int | str | None, int | str | None]:
    """Year, month and day, of which some digits may be any."""
    year: int | str
    month: int | str | None
    year, month, day = _digits(draw, "season" if grain == "season" else "day")
    if draw(st.booleans()) or grain in ("year", "season"):
        digits = "".join("X" if draw(st.booleans()) else digit for digit in f"{abs(year):04}")
        year = f"{'-' if year < 0 else ''}{digits}" if "X" in digits else year
    if grain in ("year", "season"):
        return year, None if grain == "year" else month, None
    month = draw(st.sampled_from([month, "XX", "0X", "1X", "X1", "X2"]))
    if grain == "month":
        return year, month, None
    # Of any month there is such a day.
    days: list[int | str] = [min(day or 1, 28), "XX", "0X", "1X", "2X", "X1", "X8"]
    return year, month, draw(st.sampled_from(days))


def _with_clock(draw: DrawFn) -> Unit:
    year, month, day = _digits(draw, "day")
    offset = draw(st.none() | st.integers(-23 * 60 - 59, 23 * 60 + 59))
    clock = Clock(draw(st.integers(0, 23)), draw(st.integers(0, 59)), draw(st.integers(0, 59)), offset)
    return Unit(year, month, day, clock=clock)


def _window(*parts: Unit) -> tuple[int, int]:
    window = When(Kind.ONE_OF, parts).window
    assert isinstance(window[0], int)
    assert isinstance(window[1], int)
    return window[0], window[1]


@st.composite
def _ranges(draw: DrawFn) -> Range:
    grain = draw(st.sampled_from(["year", "month", "day"]))
    first, last = draw(units(grains=grain)), draw(units(grains=grain))
    return Range(first, last) if _window(first) <= _window(last) else Range(last, first)


@st.composite
def whens(draw: DrawFn) -> When:
    """Dates of every kind and grain."""
    kind = draw(st.sampled_from(Kind))
    if kind is Kind.POINT:
        return When(kind, (draw(units(grains="year season month day second")),))
    if kind is Kind.SPAN:
        first, last = draw(units()), draw(units())
        if _window(first)[0] >= _window(last)[1]:
            first, last = last, first
        open_end = draw(st.sampled_from(Bound))
        return When(kind, draw(st.sampled_from([(first, last), (first, open_end), (open_end, last)])))
    members: list[Any] = draw(st.lists(st.one_of(units(), _ranges()), min_size=1, max_size=4))
    if draw(st.booleans()):
        members.insert(0, Range(Bound.OPEN, draw(units())))
    if draw(st.booleans()):
        members.append(Range(draw(units()), Bound.OPEN))
    return When(kind, tuple(members))


@functools.cache
def _moments() -> SearchStrategy[When]:
    """Dates of when something was said: often near each other, so that some come before others."""
    near = [f"2024-0{number}" for number in range(1, 7)] + [
        "2024-03-05",
        "2024-03-06",
        "2024-03-06?",
        "2024",
        "[2024-03..]",
    ]
    return st.sampled_from(near).map(When.parse) | whens()


@functools.cache
def _names() -> SearchStrategy[str]:
    """Names of speakers and relays: often the same, so that some claims have one origin."""
    return st.sampled_from(["Anna", "anna", "Bo"]) | _titles()


@functools.cache
def sources() -> SearchStrategy[Source]:
    """Sources with any of their fields."""
    text, when = st.none() | texts(), st.none() | _moments()
    return st.builds(
        Source,
        id=ids(),
        publisher=text,
        title=text,
        author=text,
        url=text,
        published=when,
        accessed=when,
        archived=text,
        reliability=text | st.sampled_from("ABCDEFG"),
    )


@functools.cache
def speakers() -> SearchStrategy[Speaker]:
    """Speakers with any of their fields."""
    return st.builds(Speaker, name=_names(), named=st.booleans(), count=st.none() | texts())


def claims(source: SearchStrategy[str]) -> SearchStrategy[Claim]:
    """Claims of the sources given, with any of their fields."""
    text, when = st.none() | texts(), st.none() | _moments()
    return st.builds(
        Claim,
        source=source,
        speakers=st.lists(speakers(), max_size=3),
        via=st.lists(_names(), max_size=2),
        said=when,
        modality=st.sampled_from(Modality),
        when=when,
        phrase=text,
        quote=text,
        likelihood=text | st.sampled_from(["likely", "very unlikely", "70 %", "20-30 %", "might"]),
        credibility=text | st.sampled_from("123456"),
        condition=text,
        condition_event=st.none() | st.sampled_from(["a", "b"]) | ids(),
        recorded=when,
    )


def outcomes(source: SearchStrategy[str]) -> SearchStrategy[Outcome]:
    """Outcomes that the sources given tell of, with any of their fields."""
    text, when = st.none() | texts(), st.none() | _moments()
    return st.builds(
        Outcome,
        result=st.sampled_from(Result),
        source=source,
        decided=_moments(),
        when=when,
        by=st.none() | ids(),
        quote=text,
        note=text,
    )


@functools.cache
def recurrences() -> SearchStrategy[Recurrence]:
    """Recurrences with any of their fields."""
    rules = [
        "FREQ=WEEKLY;COUNT=3",
        "FREQ=YEARLY",
        "FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20301231T000000Z",
        "FREQ=DAILY;INTERVAL=2",
    ]
    dates = st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(When.of) | st.just(When.parse("2024-08-06T10:00:00Z"))
    return st.builds(
        Recurrence,
        rrule=st.lists(st.sampled_from(rules), max_size=2, unique=True),
        rdate=st.lists(dates, max_size=2),
        exdate=st.lists(dates, max_size=2),
        tzid=st.none() | st.sampled_from(["Europe/Kyiv", "America/New_York"]),
    )


def events(
    claim: SearchStrategy[Claim] | None = None, outcome: SearchStrategy[Outcome] | None = None
) -> SearchStrategy[Event]:
    """Events with any of their fields, and the claims and outcomes given."""
    text = st.none() | texts()
    return st.builds(
        Event,
        id=ids(),
        title=_titles(),
        text=text,
        when=st.none() | whens(),
        duration=st.none() | st.sampled_from(["PT1H", "PT90M", "P1DT2H", "P2W"]),
        repeats=st.none() | recurrences(),
        places=st.lists(texts(), max_size=3),
        actors=st.lists(texts(), max_size=3),
        tags=st.lists(texts(), max_size=3),
        group=text,
        media=st.none() | st.builds(Media, url=_titles(), credit=text, caption=text, alt=text),
        after=st.lists(ids(), max_size=2),
        claims=st.just(()) if claim is None else st.lists(claim, max_size=3),
        outcome=st.none() if outcome is None else st.none() | outcome,
    )


@st.composite
def timelines(draw: DrawFn) -> Timeline:
    """Timelines with any of their fields."""
    known = draw(st.lists(sources(), max_size=3, unique_by=lambda source: source.id))
    named = st.sampled_from([source.id for source in known]) if known else None
    claim, outcome = (None, None) if named is None else (claims(named), outcomes(named))
    return Timeline(
        id=draw(ids()),
        title=draw(_titles()),
        text=draw(st.none() | texts()),
        language=draw(st.sampled_from(["en", "de", "uk", "pt-BR", "zh-Hant-TW"])),
        url=draw(st.none() | texts()),
        updated=draw(st.none() | whens()),
        sources=known,
        events=draw(st.lists(events(claim, outcome), max_size=4, unique_by=lambda event: event.id)),
    )
