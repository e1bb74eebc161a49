"""What somebody changed on the slides of our exports is taken, and said; what they damaged is said and read past."""

import json
from typing import Any

import attrs
import pytest

from timeline.model import Claim, Event, Media, Modality, Source, Timeline
from timeline_timelinejs._record import DIGEST, digest

_EVENT = Event(
    id="fair",
    title="Trade fair",
    text="Three halls.",
    when="2024-09-10/2024-09-12",
    places=["Berlin"],
    actors=["Ada"],
    tags=["trade", "2024"],
    group="Trade",
    media=Media(url="https://example.org/fair.png", caption="The hall", credit="Ada", alt="A hall"),
)
_PLAN = Event(
    id="next",
    title="Next fair",
    group="Trade",
    claims=[Claim(source="paper", modality=Modality.PLANNED, when="[2026-01..]", quote="soon", said="2024-12-01")],
)
_STORY = Timeline(
    id="story",
    title="Story",
    text="About it.",
    url="https://example.org/story",
    updated="2024-12-20",
    sources=[Source(id="paper", title="Paper")],
    events=[_EVENT, _PLAN],
)


@pytest.fixture
def edited(exported: Any, read: Any) -> Any:
    """Change an export of the story and read it: what becomes of its events, and what is said."""

    def edit(change: Any, **options: Any) -> Any:
        made = exported(_STORY, **options)
        change(made)
        return read(json.dumps(made, indent=1, ensure_ascii=False))

    return edit


def _set(*path: Any, value: Any) -> Any:
    def change(made: Any) -> None:
        holder = made
        for step in path[:-1]:
            holder = holder[step]
        if value is None:
            del holder[path[-1]]
        else:
            holder[path[-1]] = value

    return change


def _replace(*path: Any, old: str, new: str) -> Any:
    def change(made: Any) -> None:
        holder = made
        for step in path[:-1]:
            holder = holder[step]
        assert old in holder[path[-1]]
        holder[path[-1]] = holder[path[-1]].replace(old, new)

    return change


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"group": "tag"},
        {"group": "place"},
        {"group": "status"},
        {"group": "none"},
        {"media": "link"},
        {"language": "de"},
    ],
)
def test_nothing_is_said_of_what_nobody_changed(edited: Any, options: dict[str, str]) -> None:
    found = edited(lambda made: made, **options)

    assert found.timeline == _STORY
    assert found.faults == []


@pytest.mark.parametrize(
    ("change", "changes", "fault"),
    [
        (_set("events", 0, "text", "headline", value="<em>A</em> &amp; B"), {"title": "A & B"}, "the headline 'A & B'"),
        (_set("events", 0, "start_date", value={"year": 2024, "month": "9"}), {"when": "2024-09/2024-09-12"}, "the date 2024-09/2024-09-12, which somebody changed"),
        (_set("events", 0, "end_date", value=None), {"when": "2024-09-10"}, "the date 2024-09-10, which somebody changed"),
        (_set("events", 0, "group", value="Fairs"), {"group": "Fairs"}, "the group 'Fairs'"),
        (_set("events", 0, "group", value=None), {"group": None}, "no group"),
        (_set("events", 0, "media", value=None), {"media": None}, "no medium"),
        (_set("events", 0, "media", "caption", value="A new <b>one</b>"), {"media": Media(url="https://example.org/fair.png", caption="A new one", credit="Ada", alt="A hall")}, "the medium 'https://example.org/fair.png', or words about it"),
        (_replace("events", 0, "text", "text", old="Three halls.", new="Four <b>halls</b>.</p><p>And a tent."), {"text": "Four **halls**.\n\nAnd a tent."}, "the text of a slide, which somebody changed"),
        (_replace("events", 0, "text", "text", old="<p>Three halls.</p>", new=""), {"text": None}, "the text of a slide, which somebody changed"),
        (_set("events", 0, "location", value={"name": "Hall 1"}), {"places": ["Berlin", "Hall 1"]}, "the location 'Hall 1'"),
    ],
)  # fmt: skip
def test_what_somebody_changed_is_taken(edited: Any, change: Any, changes: dict[str, Any], fault: str) -> None:
    found = edited(change)

    event = attrs.evolve(_EVENT, **changes)
    assert found.timeline == attrs.evolve(_STORY, events=[event, _PLAN])
    assert found.found == [fault]


def test_a_group_is_taken_without_what_the_row_says_of_plans(edited: Any) -> None:
    made = edited(_replace("events", 1, "group", old="Trade", new="Fairs"))

    assert made.timeline.events[1].group == "Fairs"
    assert made.found == ["the group 'Fairs'"]


@pytest.mark.parametrize(("group", "changes"), [("tag", {"tags": ["new", "2024"]}), ("place", {"places": ["new"]})])
def test_a_row_is_what_the_options_made_it(exported: Any, read: Any, group: str, changes: dict[str, Any]) -> None:
    other = attrs.evolve(_EVENT, id="other")
    made = exported(attrs.evolve(_STORY, events=[_EVENT, other]), group=group)
    made["events"][0]["group"] = "new"

    found = read(made)

    assert found.timeline.events == (attrs.evolve(_EVENT, **changes), other)


def test_the_date_of_claims_gives_way_to_one_that_somebody_set(edited: Any) -> None:
    found = edited(_set("events", 1, "start_date", value={"year": 2027}))

    assert found.timeline.events[1] == attrs.evolve(_PLAN, when="2027")
    assert "2026-01" in found.faults[0]


def test_changes_are_found_in_any_language(edited: Any) -> None:
    found = edited(_replace("events", 1, "group", old="Trade", new="Messe"), language="de")

    assert found.timeline.events[1] == attrs.evolve(_PLAN, group="Messe")
    assert found.found == ["the group 'Messe'"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (_set("events", 0, "display_date", value="soon"), "the words 'soon' for a date"),
        (_set("events", 0, "text", "headline", value=""), "a slide without a headline"),
        (_set("title", "text", "headline", value=" "), "a title slide without a headline"),
        (_set("events", 1, "text", "text", value="<p>All new.</p>"), "claims or facts in the text of a slide that somebody changed"),
        (_replace("events", 1, "text", "text", old="soon", new="later"), "claims or facts in the text of a slide that somebody changed"),
        (_replace("title", "text", "text", old="Updated", new="Edited"), "facts in the text of the title slide that somebody changed"),
        (_set("events", 0, "start_date", value=None), "an end without a start"),
        (_set("events", 0, "start_date", "year", value="soon"), "the date /2024-09-12, which somebody changed"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_said(edited: Any, change: Any, fault: str) -> None:
    found = edited(change)

    assert fault in found.found
    assert [event.title for event in found.timeline.events] == ["Trade fair", "Next fair"]
    assert found.timeline.events[1] == _PLAN


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize(("before", "behind"), [("<p>Now <b>new</b>.</p>", ""), ("", "<p>Now <b>new</b>.</p>")])
def test_a_text_before_or_behind_ours_is_taken(edited: Any, number: int, before: str, behind: str) -> None:
    def change(made: Any) -> None:
        text = made["events"][number]["text"]
        text["text"] = before + text["text"] + behind

    found = edited(change)

    old, new = [_EVENT, _PLAN][number], "Now **new**."
    wanted = (new, old.text) if before else (old.text, new)
    assert found.timeline.events[number] == attrs.evolve(old, text="\n\n".join(filter(None, wanted)))
    assert found.found == ["the text of a slide, which somebody changed"]


def test_a_text_before_the_facts_of_a_title_slide_is_taken(exported: Any, read: Any) -> None:
    story = attrs.evolve(_STORY, text=None)
    made = exported(story)
    made["title"]["text"]["text"] = "<p>New.</p>" + made["title"]["text"]["text"]

    assert read(made).timeline == attrs.evolve(story, text="New.")


def test_words_that_say_more_than_a_new_date_are_said(edited: Any) -> None:
    def change(made: Any) -> None:
        made["events"][0] |= {"start_date": {"year": 2025}, "display_date": "around 2025"}
        del made["events"][0]["end_date"]

    found = edited(change)

    assert str(found.timeline.events[0].when) == "2025"
    assert "the words 'around 2025' for a date" in found.found


def test_the_title_slide_may_be_changed(edited: Any) -> None:
    def change(made: Any) -> None:
        made["title"]["text"]["headline"] = "Our story"
        made["title"]["text"]["text"] = made["title"]["text"]["text"].replace("About it.", "More about it.")

    found = edited(change)

    assert found.timeline == attrs.evolve(_STORY, title="Our story", text="More about it.")
    assert found.found == ["the headline 'Our story'", "the text of the title slide, which somebody changed"]


def test_slides_that_were_deleted_stay_deleted(edited: Any) -> None:
    found = edited(lambda made: made["events"].pop(0))

    assert found.timeline == attrs.evolve(_STORY, events=[_PLAN])
    assert found.faults == []


def test_slides_that_were_added_are_claims_of_the_file(edited: Any) -> None:
    found = edited(lambda made: made["events"].insert(1, {"start_date": {"year": 2025}, "text": {"headline": "New"}}))

    assert [event.id for event in found.timeline.events] == ["fair", "new", "next"]
    assert found.timeline.sources == (*_STORY.sources, Source(id="story", title="Story"))
    assert found.timeline.events[1].claims == (Claim(source="story", when="2025"),)
    assert found.faults == []


def test_a_slide_that_was_copied_is_an_event_of_its_own(edited: Any) -> None:
    found = edited(lambda made: made["events"].append({**made["events"][0]}))

    assert [event.id for event in found.timeline.events] == ["fair", "next", "fair-2"]
    assert found.found == ["a second slide of the event 'fair'"]


def test_an_id_that_was_changed_is_taken(edited: Any) -> None:
    found = edited(_set("events", 0, "unique_id", value="event-expo"))

    assert found.timeline.events[0] == attrs.evolve(_EVENT, id="expo")
    assert found.found == ["unique_id 'event-expo'"]


def test_eras_that_were_added_are_events(edited: Any) -> None:
    era = {"start_date": {"year": 2020}, "end_date": {"year": 2029}, "text": {"headline": "Our time"}}

    found = edited(lambda made: made["eras"].append(era))

    assert [event.title for event in found.timeline.events] == ["Trade fair", "Next fair", "Our time"]
    assert found.timeline.events[2].tags == ("era",)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (_set("events", 0, "timeline", value="x"), "the key 'timeline' with 'x'"),
        (_set("events", 0, "timeline", "when", value="2024-13"), "when: '13' at character 6 of '2024-13'"),
        (_set("events", 0, "timeline", "titel", value="x"), "titel: unknown key 'titel'"),
        (_set("events", 0, "timeline", "title", value=None), "timeline: no key 'title'"),
        (_set("events", 0, "timeline", "claims", value=[{"source": "nobody"}]), "claims.0.source: 'nobody'"),
        (_set("events", 0, "timeline", value=None), "a slide of one of our exports without its record"),
    ],
)  # fmt: skip
def test_a_slide_whose_record_is_damaged_is_read_as_it_is_seen(edited: Any, change: Any, fault: str) -> None:
    found = edited(change)

    event = found.timeline.events[0]
    assert (event.id, event.title, str(event.when)) == ("fair", "Trade fair", "2024-09-10/2024-09-12")
    assert (event.group, event.media) == (_EVENT.group, _EVENT.media)
    assert event.text is not None
    assert event.text.startswith("Three halls.")
    assert found.timeline.events[1] == _PLAN
    assert found.found == [fault]
    assert all(line.split(":")[0].isdigit() for line in found.faults)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (_set("timeline", "timeline", value=2), "timeline: the number 2"),
        (_set("timeline", "sources", value=["paper"]), "sources: a list"),
        (_set("timeline", value={}), "timeline: no key 'timeline'"),
        (_set("timeline", value="x"), "the key 'timeline' with 'x'"),
        (_set("timeline", value=None), "the key 'timeline' in slides, 2 times, first here"),
    ],
)
def test_slides_are_read_as_they_are_seen_if_the_timeline_is_damaged(edited: Any, change: Any, fault: str) -> None:
    found = edited(change)

    assert fault in found.found
    assert [event.title for event in found.timeline.events] == ["Trade fair", "Next fair"]
    assert found.timeline.events[0].claims[0].source == "story"
    assert found.timeline.title == "Story"


def test_the_id_and_the_language_may_be_told(exported: Any, read: Any) -> None:
    found = read(exported(_STORY), id="ours", text_language="de")

    assert found.timeline == attrs.evolve(_STORY, id="ours", language="de")


def test_what_was_added_and_has_no_place_is_said(edited: Any) -> None:
    def change(made: Any) -> None:
        made["title"]["media"] = {"url": "https://example.org/b.png"}
        made["events"][0]["background"] = {"color": "#123456"}

    found = edited(change)

    assert found.timeline == _STORY
    assert sorted(found.found) == ["the background of a slide", "the medium of the title slide"]


def test_a_neighbour_that_has_no_slide_is_no_change(exported: Any, read: Any) -> None:
    letter = Event(id="letter", title="A letter that nobody dated")
    talks = Event(id="talks", title="Talks", text="Here.", when="2024", after=["letter", "fair"])

    made = exported(attrs.evolve(_STORY, events=[letter, talks, _EVENT]))
    assert "A letter that nobody dated" in made["events"][0]["text"]["text"]
    del made["events"][1]

    assert read(made) == (attrs.evolve(_STORY, events=[talks]), [])
    made["events"][0]["text"]["text"] = made["events"][0]["text"]["text"].replace("Here.", "There.")
    found = read(made)
    assert found.timeline.events == (attrs.evolve(talks, text="There."),)
    assert found.found == ["the text of a slide, which somebody changed"]


def test_what_an_older_version_wrote_otherwise_is_no_edit(edited: Any) -> None:
    def as_of_old(made: Any) -> None:
        made["title"]["text"]["text"] = "<p>Worded otherwise.</p>"
        made["timeline"][DIGEST] = digest(made["title"])
        slide = made["events"][0]
        slide["start_date"], slide["text"]["text"] = {"year": 2024}, "<p>Otherwise, too.</p>"
        del slide["end_date"]
        slide["timeline"][DIGEST] = digest(slide)

    back, faults = edited(as_of_old)
    assert back == _STORY
    assert faults == []


def test_one_edit_among_many_slides_is_still_noticed(edited: Any) -> None:
    back, faults = edited(_set("events", 0, "text", "headline", value="Another fair"))
    assert [event.title for event in back.events] == ["Another fair", "Next fair"]
    assert len(faults) == 1
