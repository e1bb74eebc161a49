"""Timelines that each hold one thing, and some that hold everything or the worst."""

from __future__ import annotations

from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from timeline.formats import Feature
from timeline.model import Claim, Event, Media, Modality, Outcome, Recurrence, Source, Speaker, Timeline

NOW = datetime(2024, 12, 28, 12, 0, 0, tzinfo=UTC)
"""The moment of every sample export."""

_DAY = "2024-08-06"
_SOURCE = Source(
    id="report",
    publisher="A Publisher",
    title="A report",
    author="An Author",
    url="https://example.org/report",
    published="2024-12-27",
    accessed="2024-12-28",
    archived="https://example.org/archived",
    reliability="B",
)
_CLAIM = Claim(
    source="report",
    speakers=[Speaker(name="officials", named=False, count="several")],
    via=["a newspaper"],
    said="2024-12-27",
    modality=Modality.PROJECTED,
    when="[2025-01..]",
    phrase="as early as January",
    quote="could begin as early as January",
    likelihood="could",
    credibility="2",
    condition="if nothing changes",
    condition_event="e1",
    recorded="2024-12-28",
)

_OUTCOME = Outcome(
    result="occurred", source="report", decided="2024-12-28", when=_DAY, by="e1", quote="it happened", note="As seen."
)


def _timeline(*events: Event, **fields: Any) -> Timeline:
    return Timeline(id="sample", title="A sample", events=events, **fields)


def _dated_after() -> Timeline:
    first = Event(id="e0", title="An event", when=_DAY)
    return _timeline(first, Event(id="e1", title="The next", when=_DAY, after=["e0"]))


def _timed() -> Timeline:
    times = _dated("2024-08-06T10:00:00", "2024-08-06T10:00:00Z", "2024-08-06T23:30:00-04:00").events
    return _timeline(*times, Event(id="e3", title="An hour", when="2024-08-06T10:00:00Z", duration="PT1H"))


def _dated(*dates: str) -> Timeline:
    events = [Event(id=f"e{number}", title=f"Event {number}", when=date) for number, date in enumerate(dates)]
    return _timeline(*events)


def _event(**fields: Any) -> Timeline:
    return _timeline(Event(id="e0", title="An event", **{"when": _DAY, **fields}))


PLAIN = _dated(_DAY)
"""One event on one day: every format carries it whole."""

FEATURE_SAMPLES = MappingProxyType(
    {
        Feature.PRECISION: _dated("2024-08", "2024"),
        Feature.SEASONS: _dated("2025-21", "2024-24", "2024-34"),
        Feature.TIMES: _timed(),
        Feature.RECURRENCE: _timeline(
            Event(
                id="e0",
                title="An event",
                when=_DAY,
                repeats=Recurrence(rrule=["FREQ=WEEKLY;COUNT=3"], rdate=["2024-08-09"], exdate=["2024-08-13"]),
            ),
        ),
        Feature.SIZE: _dated(*[_DAY] * 20),
        Feature.UNSPECIFIED: _dated("2024-08-XX", "2024-XX", "202X", "1950S2", "202X-08-06"),
        Feature.UNCERTAINTY: _dated("2024-08-06?", "2024-08-06~", "2024-08-06%", "2024-08?-06"),
        Feature.INTERVALS: _dated("2024-08-06/2024-08-20", "2024-06/2024-11", "1964/2008"),
        Feature.OPEN_ENDS: _dated("2024-08-06/..", "2024-08-06/", "../2024-08-06", "[2024-08-06..]", "[..2024-08-06]"),
        Feature.SETS: _dated("[2024-08-06..2024-08-20]", "[2024-08-06,2024-08-20]", "{2024-08-06,2024-08-20}"),
        Feature.DISTANT_YEARS: _dated("-0043-03-15", "0000-01-01"),
        Feature.UNDATED: _timeline(Event(id="e0", title="An undated event")),
        Feature.TEXT: _timeline(
            Event(id="e0", title="An event", when=_DAY, text="First paragraph.\n\nSecond."), text="About it."
        ),
        Feature.LANGUAGE: _timeline(Event(id="e0", title="Ein Ereignis", when=_DAY), language="de"),
        Feature.CLAIMS: _timeline(Event(id="e0", title="An event", when=_DAY, claims=[_CLAIM]), sources=[_SOURCE]),
        Feature.OUTCOMES: _timeline(
            Event(id="e0", title="An event", when=_DAY, claims=[Claim(source="report")], outcome=_OUTCOME),
            sources=[_SOURCE],
        ),
        Feature.RELATIONS: _dated_after(),
        Feature.SOURCES: _timeline(
            Event(id="e0", title="An event", when=_DAY, claims=[Claim(source="report")]), sources=[_SOURCE]
        ),
        Feature.PLACES: _event(places=["Kursk", "Sudzha, Kursk Oblast"]),
        Feature.ACTORS: _event(actors=["Ukraine", "Russia"]),
        Feature.TAGS: _event(tags=["incursion", "a tag, with a comma"]),
        Feature.GROUPS: _event(group="Front line"),
        Feature.MEDIA: _event(
            media=Media(url="https://example.org/map.png", credit="A Cartographer", caption="A map", alt="A map of it")
        ),
        Feature.LINKS: _timeline(
            Event(id="e0", title="An event", when=_DAY), url="https://example.org/timeline", updated="2024-12-28"
        ),
    }
)
"""For each feature a timeline that has it, and nothing else that a format may lose."""

HOSTILE = Timeline(
    id="hostile",
    title='<script>alert(1)</script> & "quotes" \\ ; , : \x07\x1b[31m \N{RIGHT-TO-LEFT OVERRIDE}',
    text="&lt;img src=x onerror=alert(1)&gt; www.x/'onfocus='alert(1)",
    sources=[
        Source(
            id="s",
            title="javascript",
            url="javascript:alert(1)",
            publisher="</script><svg onload=alert(1)>",
            reliability="<i>E</i>\r\nX:1",
        ),
        Source(id="quoted", url="https://example.org/'onload='alert(1)\r\nX-INJECTED:1"),
    ],
    events=[
        Event(
            id="long",
            title="\N{FAMILY}é漢字\\,;" * 60 + "\r\nBEGIN:VEVENT\nEND:VEVENT",
            text="line\r\nline\rline\nline\N{LINE SEPARATOR}line\x00\x0b" + "\\" * 200,
            when=_DAY,
            places=["<b>here</b>", "a;b,c\\d\nE"],
            actors=["&lt;img src=x onerror=alert(1)&gt;"],
            tags=["&lt;img src=x onerror=alert(1)&gt;", "a,b;c\\d"],
            group="&lt;img src=x onerror=alert(1)&gt; <b>R&D</b>",
            media=Media(
                url="https://x.example/a.pdf' onload='alert(1)", credit="www.x/'onfocus='alert(1)", caption="<i>c</i>"
            ),
            claims=[
                Claim(
                    source="s",
                    quote="</script><script>alert(1)</script>",
                    speakers=["<b>x</b>", Speaker(name="<u>y</u>", named=False, count="<i>2</i>")],
                    via=["<img src=x onerror=alert(1)>", "a\r\nX-INJECTED:1"],
                    phrase="&lt;b&gt;",
                    likelihood="<i>may</i>",
                    credibility="<script>alert(1)</script>",
                    condition="if <b>\nEND:VEVENT",
                    condition_event="nobody",
                ),
                Claim(source="quoted", quote="\x1b]0;title\x07"),
            ],
            after=["nobody"],
            outcome=Outcome(
                result="superseded",
                source="quoted",
                decided="2024",
                by="media",
                quote="&lt;img src=x onerror=alert(1)&gt;",
                note="<script>alert(1)</script>\nEND:VEVENT",
            ),
        ),
        Event(id="media", title="x", when="2024", media=Media(url="javascript:alert(1)")),
        Event(id="a.b_c-D", title="id with every kind of character", when="2024-08-07"),
        Event(id="a.b.c", title="ids that could collide", when="2024-08-07"),
        Event(id="a_b_c", title="ids that could collide", when="2024-08-07"),
    ],
)
"""Text that breaks formats or runs script where it is not escaped."""

SAMPLES = (PLAIN, *FEATURE_SAMPLES.values(), HOSTILE, Timeline(id="empty", title="No events"))
"""All samples."""
