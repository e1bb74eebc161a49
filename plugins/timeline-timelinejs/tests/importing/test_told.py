"""What our exports say in words of dates and statuses is heeded where their records are gone."""

import json
from typing import Any

import pytest

from timeline.formats import ExportContext
from timeline.model import Claim, Event, Modality, Source, Status, Timeline
from timeline.testing import NOW
from timeline_timelinejs import Slides, TimelineJsExporter

_LOST = "a slide of one of our exports without its record"
_LANGUAGES = ["en", "ar", "de", "es", "fr", "he", "it", "ja", "nl", "pl", "pt", "ru", "uk", "zh"]


def _story(when: str, modality: Modality = Modality.REPORTED) -> Timeline:
    claim = Claim(source="paper", modality=modality, when=when)
    return Timeline(
        id="t", title="T", sources=[Source(id="paper", title="P")], events=[Event(id="e", title="x", claims=[claim])]
    )


@pytest.mark.parametrize("damage", ["no record", "of the slide", "of the timeline"])
@pytest.mark.parametrize("language", ["en", "de", "ja", "ar"])
@pytest.mark.parametrize("modality", [Modality.PROJECTED, Modality.PLANNED, Modality.DESIRED, Modality.ASSESSED])
def test_no_claim_becomes_a_fact(exported: Any, read: Any, modality: Modality, language: str, damage: str) -> None:
    record = "no" if damage == "no record" else "yes"
    made = exported(_story("[2030-05-01..]", modality), language=language, record=record)
    if damage != "no record":
        (made["events"][0] if damage == "of the slide" else made)["timeline"] = "x"

    found = read(json.dumps(made, ensure_ascii=False, indent=1))

    shown = made["events"][0]["display_date"]
    assert found.claim.modality is modality
    assert found.event.when is None
    assert found.claim.phrase
    assert shown.endswith(found.claim.phrase)
    assert any(f"the words {found.claim.phrase!r} at the date 2030-05-01" in fault for fault in found.faults)
    assert all(fault.split(":")[0].isdigit() for fault in found.faults)


@pytest.mark.parametrize("language", _LANGUAGES)
@pytest.mark.parametrize("status", [status for status in Status if status not in (Status.OCCURRED, Status.ONGOING)])
def test_each_status_is_known_in_each_language(read: Any, language: str, status: Status) -> None:
    exporter = TimelineJsExporter()
    story = _story("2030-05")
    slides = Slides(story, ExportContext(options=exporter.info.make_options({"language": language}), now=NOW))

    found = read({"events": [slides.slide(story.events[0], status)]})

    expected = {
        Status.PLANNED: Modality.PLANNED,
        Status.DESIRED: Modality.DESIRED,
        Status.DID_NOT_OCCUR: Modality.DENIED,
        Status.SUPERSEDED: Modality.DENIED,
        Status.ASSESSED: Modality.ASSESSED,
        Status.DISPUTED: Modality.ASSESSED,
        Status.UNKNOWN: Modality.ASSESSED,
    }
    assert found.claim.modality is expected.get(status, Modality.PROJECTED)
    assert (str(found.claim.when), found.claim.phrase) == ("2030-05", None)
    is_said = any(each.startswith("the status ") for each in found.found)
    assert is_said == (status.value in ("due", "overdue", "superseded", "disputed", "unknown"))


@pytest.mark.parametrize("language", ["en", "de", "he"])
@pytest.mark.parametrize("when", ["2024-05-01~", "[2024-05..]", "[2024-05..2024-07]", "2024-05/..", "2024-21", "2024-05-01T10:00:00"])  # fmt: skip
def test_no_date_of_a_fact_is_made_exact(exported: Any, read: Any, when: str, language: str) -> None:
    made = exported(_story(when), record="no", language=language)

    found = read(made)

    assert found.event.when is None
    assert found.claim == Claim(source="t", phrase=made["events"][0]["display_date"])
    assert found.found[0] == _LOST
    assert found.found[1].startswith(f"the words {found.claim.phrase!r} at the date 2024-0")


@pytest.mark.parametrize("language", _LANGUAGES)
@pytest.mark.parametrize("when", ["2024", "2024-05", "2024-05-01", "2024-05/2024-07", "-0043", "Y-12000"])
def test_a_date_that_the_words_name_is_taken(exported: Any, read: Any, when: str, language: str) -> None:
    for modality in (Modality.REPORTED, Modality.ASSESSED):
        found = read(exported(_story(when, modality), record="no", language=language))

        assert found.claim == Claim(source="t", modality=modality, when=when)
        assert found.found == [_LOST]


def test_what_is_lost_is_said_once(exported: Any, read: Any) -> None:
    events = [Event(id=f"e{number}", title="x", when="2024") for number in range(3)]

    found = read(exported(Timeline(id="t", title="T", events=events), record="no"))

    assert found.found == [f"{_LOST}, 3 times, first here"]


@pytest.mark.parametrize(
    ("keys", "modality", "when", "phrase"),
    [
        ({"display_date": "About 2024"}, Modality.REPORTED, "2024", "About 2024"),
        ({"display_date": "Spring 2024", "unique_id": "event-1"}, Modality.REPORTED, "2024", "Spring 2024"),
        ({"display_date": "10:30", "autolink": False}, Modality.REPORTED, "2024", "10:30"),
        ({"display_date": "Note: early"}, Modality.REPORTED, "2024", "Note: early"),
        ({"display_date": "Projected: 2024"}, Modality.PROJECTED, "2024", None),
        ({"display_date": "Geplant: um 2024"}, Modality.PLANNED, None, "um 2024"),
    ],
)
def test_slides_of_others_are_dated_as_before(
    read_slide: Any, keys: dict[str, Any], modality: Modality, when: str | None, phrase: str | None
) -> None:
    found = read_slide(**keys)

    assert (found.claim.modality, found.claim.phrase) == (modality, phrase)
    assert (found.claim.when and str(found.claim.when)) == when
    assert len(found.faults) == (when is None)
