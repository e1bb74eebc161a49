"""Whole calendars: as their readers see them, and byte by byte."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import icalendar
import pytest
import vobject
from hypothesis import HealthCheck, given, settings
from ical.calendar_stream import IcsCalendarStream

import timeline
from timeline import Claim, Event, Feature, LossKind, Media, Modality, Outcome, Source, Speaker, Timeline
from timeline.testing import HOSTILE, NOW, PLAIN, SAMPLES
from timeline.testing.strategies import timelines

if TYPE_CHECKING:
    from timeline import Loss

KURSK = Path(__file__).parents[3] / "seeds" / "kursk.yaml"
SOURCE = Source(
    id="s",
    publisher="A Publisher",
    title="A report",
    author="An Author",
    url="https://example.org/report",
    published="2024-12-27",
    accessed="2024-12-28",
    archived="https://example.org/archived",
    reliability="B",
)


def write(
    sample: Timeline, now: datetime = NOW, previous: bytes | None = None, **options: Any
) -> tuple[bytes, tuple[Loss, ...]]:
    stream = timeline.export(sample, "ical", options, now=now, previous=previous)
    return stream.read(), stream.losses


def one(**fields: Any) -> Timeline:
    event = Event(**{"id": "e", "title": "An event", "when": "2024-08-06", **fields})
    return Timeline(id="t", title="A timeline", events=[event], sources=[SOURCE] if event.claims else [])


def properties(data: bytes) -> list[tuple[str, str]]:
    """Name and value of each property, read by the letter of RFC 5545; parameters are left out."""
    found = []
    for line in data.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n"):
        head, _, value = line.partition(":")
        text = re.sub(r"\\(.)", lambda pair: "\n" if pair[1] == "n" else pair[1], value)
        found.append((head.partition(";")[0], text))
    return found


def prop(data: bytes, name: str) -> str:
    """The value of a property that occurs once, of the calendar or of its only event."""
    (value,) = (value for found, value in properties(data) if found == name)
    return value


def described(**fields: Any) -> str:
    data, _ = write(one(**fields))
    return dict(properties(data.partition(b"BEGIN:VEVENT")[2]))["DESCRIPTION"]


def lint(data: bytes) -> int:
    """Check the bytes of a calendar against RFC 5545 and return the number of its events."""
    assert data.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert not data.count(b"\xef\xbb\xbf", 0, 3)
    assert data.endswith(b"END:VCALENDAR\r\n")
    for line in data.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75
        assert line
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]", line.decode())
    unfolded = data.replace(b"\r\n ", b"").decode()
    head_of_line = r'[A-Z-]+(;[A-Z]+=([A-Za-z0-9/_+-]+|"[^"]*"))*:'
    assert all(re.match(head_of_line, line) for line in unfolded.split("\r\n")[:-1])
    unfolded = re.sub(r"^BEGIN:(VTIMEZONE|VALARM)\r\n.*?^END:\1\r\n", "", unfolded, flags=re.MULTILINE | re.DOTALL)
    head, *events = re.split(r"^BEGIN:VEVENT\r\n", unfolded, flags=re.MULTILINE)
    for name in ("VERSION", "PRODID", "CALSCALE", "NAME", "X-WR-CALNAME", "X-TIMELINE-DOCUMENT", "X-PUBLISHED-TTL"):
        assert len(re.findall(rf"^{name}:", head, re.MULTILINE)) == 1
    assert not re.search(r"^(METHOD|UID)", head, re.MULTILINE)
    uids = set()
    for event in events:
        body, after = re.split(r"^END:VEVENT\r\n", event, flags=re.MULTILINE)
        assert after == ("END:VCALENDAR\r\n" if event is events[-1] else "")
        names = [re.split("[:;]", line)[0] for line in body.split("\r\n")[:-1]]
        once = [name for name in names if name not in ("LINK", "RELATED-TO", "RRULE", "RDATE", "EXDATE")]
        assert len(once) == len(set(once)), "a property twice"
        required = {
            "UID",
            "DTSTAMP",
            "LAST-MODIFIED",
            "SEQUENCE",
            "DTSTART",
            "SUMMARY",
            "DESCRIPTION",
            "X-TIMELINE-EDTF",
        }
        assert required <= set(names)
        assert re.search(r"^DTSTAMP:\d{8}T\d{6}Z\r$", body, re.MULTILINE)
        assert re.search(r"^TRANSP:TRANSPARENT\r$", body, re.MULTILINE)
        assert re.search(r"^STATUS:(TENTATIVE|CONFIRMED|CANCELLED)\r$", body, re.MULTILINE)
        start = re.search(r"^DTSTART(;VALUE=DATE:\d{8}|(?:;TZID=[\w/]+)?:\d{8}T\d{6}Z?)\r$", body, re.MULTILINE)
        assert start
        until = re.search(r"^DTEND(;VALUE=DATE:\d{8}|(?:;TZID=[\w/]+)?:\d{8}T\d{6}Z?)\r$", body, re.MULTILINE)
        assert until is None or (until[1] > start[1] and len(until[1]) == len(start[1]))
        assert ("DTEND" in names) == (until is not None)
        uids.add(re.findall(r"^UID:(.+)\r$", body, re.MULTILINE)[0])
    assert len(uids) == len(events)
    return len(events)


def kept(sample: Timeline, losses: tuple[Loss, ...]) -> int:
    return len(sample.events) - sum(loss.drops_event for loss in losses)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(timelines())
def test_any_timeline_is_a_calendar_that_readers_accept(sample: Timeline) -> None:
    data, losses = write(sample, cancelled="always")
    assert write(attrs.evolve(sample), cancelled="always") == (data, losses)
    count = kept(sample, losses)
    assert lint(data) == count
    # Three readers that share no code; the second and third are strict.
    events = icalendar.Calendar.from_ical(data).events
    assert len(events) == count
    assert not [event.errors for event in events if event.errors]
    component = vobject.readOne(data.decode())
    component.validate(raiseException=True)
    assert len(component.contents.get("vevent", [])) == count
    assert len(IcsCalendarStream.calendar_from_ics(data.decode()).events) == count


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.id)
@pytest.mark.parametrize("wide", ["marker", "span", "omit"])
def test_samples_are_calendars_with_every_option(sample: Timeline, wide: str) -> None:
    data, losses = write(sample, wide=wide)
    assert lint(data) == kept(sample, losses)


def test_no_text_becomes_a_property() -> None:
    data, losses = write(HOSTILE, cancelled="always")
    assert lint(data) == len(HOSTILE.events)
    assert "X-INJECTED" not in dict(properties(data))
    assert {(loss.feature, loss.event_id) for loss in losses if loss.feature is Feature.TEXT} == {
        (Feature.TEXT, None),
        (Feature.TEXT, "long"),
    }
    summary = next(value for name, value in properties(data) if name == "SUMMARY")
    assert summary == "CANCELLED: [superseded] " + re.sub("[\r\n]+", " ", HOSTILE.events[0].title)


def test_the_seed_is_a_calendar() -> None:
    sample = timeline.load(KURSK)
    data, losses = write(sample)
    assert lint(data) == kept(sample, losses) == len(sample.events) > 0
    tentative = data.count(b"\r\nSTATUS:TENTATIVE\r\n")
    assert tentative == sum(event.is_open for event in sample.events) > 0


def test_an_event_is_one_entry_with_the_id_of_event_and_timeline() -> None:
    data, losses = write(PLAIN)
    assert losses == ()
    assert data.partition(b"BEGIN:VEVENT")[2].decode().split("\r\n") == [
        "",
        "UID:e0@sample",
        "DTSTAMP:19700101T000000Z",
        "LAST-MODIFIED:19700101T000000Z",
        "SEQUENCE:0",
        "DTSTART;VALUE=DATE:20240806",
        "DTEND;VALUE=DATE:20240807",
        "SUMMARY;LANGUAGE=en:Event 0",
        "DESCRIPTION:When: 6 August 2024.",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "X-TIMELINE-EDTF:2024-08-06",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_pieces_come_an_event_at_a_time() -> None:
    done: list[int] = []
    sample = attrs.evolve(PLAIN, events=[attrs.evolve(PLAIN.events[0], id=f"e{number}") for number in range(3)])
    stream = iter(timeline.export(sample, "ical", now=NOW, on_progress=done.append))
    counts = [(piece.count(b"BEGIN:VEVENT"), len(done)) for piece in stream]
    assert counts == [(0, 0), (1, 0), (1, 1), (1, 2), (0, 3)]


def test_the_calendar_says_what_it_is() -> None:
    url = "https://example.org/a,b"
    data, losses = write(Timeline(id="t", title="A, b", text="c; d\ne", url=url, updated="2024-12-28"))
    assert losses == ()
    assert prop(data, "NAME") == prop(data, "X-WR-CALNAME") == "A, b"
    assert prop(data, "DESCRIPTION") == prop(data, "X-WR-CALDESC") == "c; d\ne"
    assert prop(data, "LAST-MODIFIED") == "20241228T000000Z"
    # A URI is not TEXT: nothing is escaped.
    assert b"\r\nURL:https://example.org/a,b\r\n" in data


@pytest.mark.parametrize("changes", [{"url": "ftp://example.org/"}, {"updated": "2024-12"}])
def test_what_the_calendar_cannot_say_of_the_timeline_is_reported(changes: dict[str, Any]) -> None:
    data, losses = write(attrs.evolve(PLAIN, **changes))
    assert [(loss.feature, loss.event_id) for loss in losses] == [(Feature.LINKS, None)]
    assert not {"URL", "LAST-MODIFIED"} & set(dict(properties(data.partition(b"BEGIN:VEVENT")[0])))


def test_a_source_that_no_claim_names_is_reported() -> None:
    _, losses = write(attrs.evolve(PLAIN, sources=[SOURCE]))
    assert [(loss.feature, loss.kind) for loss in losses] == [(Feature.SOURCES, LossKind.DROPPED)]


@pytest.mark.parametrize(
    ("modalities", "status", "prefix"),
    [
        ([], "CONFIRMED", ""),
        (["reported"], "CONFIRMED", ""),
        (["projected", "reported"], "CONFIRMED", ""),
        (["projected"], "TENTATIVE", "[projected] "),
        (["planned", "projected"], "TENTATIVE", "[planned] "),
        (["desired"], "TENTATIVE", "[hoped for] "),
        (["assessed"], "TENTATIVE", "[assessed] "),
        (["denied", "projected"], "TENTATIVE", "[projected, denied] "),
        (["denied"], "TENTATIVE", "[denied] "),
        (["reported", "denied"], "TENTATIVE", "[disputed] "),
    ],
)
def test_only_what_is_stated_as_a_fact_looks_like_one(modalities: list[str], status: str, prefix: str) -> None:
    claims = [Claim(source="s", modality=Modality(modality)) for modality in modalities]
    data, losses = write(one(claims=claims))
    assert losses == ()
    assert prop(data, "STATUS") == status
    assert prop(data, "SUMMARY") == f"{prefix}An event"


@pytest.mark.parametrize(
    ("result", "status", "prefix"),
    [
        ("occurred", "CONFIRMED", ""),
        ("did-not-occur", "CANCELLED", "CANCELLED: "),
        ("superseded", "CANCELLED", "CANCELLED: [superseded] "),
        ("disputed", "TENTATIVE", "[disputed] "),
    ],
)
@pytest.mark.parametrize("modality", ["projected", "reported"])
def test_an_outcome_decides_what_a_calendar_shows(modality: str, result: str, status: str, prefix: str) -> None:
    ended = Outcome(result=result, source="s", decided="2025-01-01")
    data, _ = write(one(claims=[Claim(source="s", modality=modality)], outcome=ended))
    assert prop(data, "STATUS") == status
    assert prop(data, "SUMMARY") == f"{prefix}An event"


def test_the_title_says_first_what_kind_of_claim_and_date_it_is() -> None:
    data, losses = write(one(when="[2025-01..]", claims=[Claim(source="s", modality=Modality.PROJECTED)]))
    assert prop(data, "SUMMARY") == "[projected, no earlier than Jan 2025] An event"
    assert prop(data, "X-TIMELINE-EDTF") == "[2025-01..]"
    assert [str(loss) for loss in losses] == [
        "event e: approximated open-ends: stated as no earlier than January 2025, shown on 2025-01-01"
    ]


def test_an_omitted_event_is_named() -> None:
    sample = attrs.evolve(one(when="-0043-03-15"), language="de")
    data, losses = write(sample)
    assert b"VEVENT" not in data
    assert [(loss.feature, loss.kind, loss.event_id) for loss in losses] == [
        (Feature.LANGUAGE, LossKind.APPROXIMATED, None),
        (Feature.DISTANT_YEARS, LossKind.DROPPED, "e"),
    ]


def test_the_description_holds_date_text_claims_and_sources() -> None:
    claim = Claim(
        source="s",
        speakers=[Speaker(name="officials", named=False, count="several")],
        via=["a newspaper"],
        said="2024-12-27",
        modality=Modality.PROJECTED,
        when="[2025-01..]",
        phrase="as early as January",
        quote="could begin as early as January",
        likelihood="likely",
        credibility="2",
        condition="if nothing changes",
        condition_event="e",
        recorded="2024-12-28",
    )
    media = Media(url="https://example.org/map.png", credit="A Cartographer", caption="A map", alt="Hills")
    text = described(
        when="2024-08",
        text="What it is.",
        claims=[claim, Claim(source="s")],
        actors=["A", "B"],
        media=media,
        after=["e"],
        outcome=Outcome(
            result="occurred", source="s", decided="2025-02-03", when="2025-02", by="x", quote="it has", note="Seen."
        ),
    )
    assert text.splitlines() == [
        "When: August 2024. Shown on all the days that this may mean.",
        "",
        "What it is.",
        "",
        "Projected by officials (several, unnamed), via a newspaper, in “A report”, A Publisher, said 27 December 2024:",
        "“could begin as early as January”",
        "Date given: no earlier than January 2025",
        "In the words: “as early as January”",
        "Likelihood: “likely”, likely: 55 to 80 % (ICD 203)",
        "Credibility: 2: probably true (Admiralty)",
        "Condition: if nothing changes (An event)",
        "Recorded: 28 December 2024",
        "",
        "Reported in “A report”, A Publisher.",
        "",
        "Actors: A; B",
        "",
        "Media: A map",
        "It shows: Hills",
        "Credit: A Cartographer",
        "https://example.org/map.png",
        "",
        "Outcome: occurred, by “A report”, A Publisher, decided 3 February 2025",
        "Date of the outcome: February 2025",
        "In its place: x",
        "“it has”",
        "Seen.",
        "",
        "After: An event",
        "",
        "Sources:",
        "“A report”, A Publisher, reliability B: usually reliable (Admiralty), by An Author, published 27 December 2024, read 28 December 2024",
        "https://example.org/report",
        "Archived: https://example.org/archived",
    ]


def test_a_source_without_a_name_is_named_by_its_address_once() -> None:
    source = Source(id="s", url="https://example.org/report")
    data, _ = write(attrs.evolve(one(claims=[Claim(source="s")]), sources=[source]))
    text = dict(properties(data.partition(b"BEGIN:VEVENT")[2]))["DESCRIPTION"]
    assert text.splitlines()[2:] == [
        "Reported in https://example.org/report.",
        "",
        "Sources:",
        "https://example.org/report",
    ]


def test_who_denied_an_event_is_told() -> None:
    claims = [Claim(source="s", speakers=["A minister"], modality=Modality.DENIED)]
    assert "Denied by A minister, in “A report”, A Publisher." in described(claims=claims)


def test_a_group_is_the_first_category_and_no_category_comes_twice() -> None:
    data, losses = write(one(group="b", tags=["a", "b", "c, d"]))
    assert b"\r\nCATEGORIES:b,a,c\\, d\r\n" in data
    assert [(loss.feature, loss.event_id) for loss in losses] == [(Feature.GROUPS, None)]


def test_places_are_told_apart_in_the_location() -> None:
    data, _ = write(one(places=["Kursk", "Sudzha, Kursk Oblast"]))
    assert prop(data, "LOCATION") == "Kursk; Sudzha, Kursk Oblast"


def test_registering_does_not_import_icalendar() -> None:
    code = "import sys, timeline_ical; sys.exit('icalendar' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
