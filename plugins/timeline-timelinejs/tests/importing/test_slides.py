"""What becomes of the fields of slides, of version 3 and of version 2."""

import json
from typing import Any

import pytest

from timeline import plugins
from timeline.errors import DocumentError, OptionError
from timeline.model import Claim, Media, Modality, Source

_SLIDE = {
    "start_date": {"year": 2024, "month": 8},
    "text": {
        "headline": "<strong>R&amp;D</strong> at\n5 &lt; 6",
        "text": "<p>One <b>two</b> <a href='https://example.org/a_b'>three</a>.</p><ul><li>4 * 5</li></ul>",
    },
    "media": {
        "url": "https://example.org/a.png",
        "caption": "<i>A</i> map",
        "credit": "<a href='https://example.org/ada'>Ada</a>",
        "alt": "A map of it",
    },
    "group": "Front",
    "location": {"name": "Kursk"},
    "unique_id": "event-a__b_pc",
}


def test_a_slide_is_an_event_that_the_file_reports(read: Any) -> None:
    found = read(
        {"title": {"text": {"headline": "Our <em>story</em>", "text": "About <b>it</b>."}}, "events": [_SLIDE]}
    )

    assert found.faults == []
    timeline = found.timeline
    assert (timeline.id, timeline.title, timeline.text, timeline.language) == (
        "our-story",
        "Our story",
        "About **it**.",
        "en",
    )
    assert timeline.sources == (Source(id="our-story", title="Our story"),)
    event = found.event
    assert (event.id, event.title, event.group, event.places) == ("event-a__b_pc", "R&D at 5 < 6", "Front", ("Kursk",))
    assert event.text == "One **two** [three](https://example.org/a_b).\n\n- 4 \\* 5"
    assert event.own_when is None
    assert event.claims == (Claim(source="our-story", modality=Modality.REPORTED, when="2024-08"),)
    assert event.media == Media(
        url="https://example.org/a.png", caption="A map", credit="Ada (https://example.org/ada)", alt="A map of it"
    )


def test_what_the_file_does_not_say_may_be_told(read: Any) -> None:
    found = read({"events": [_SLIDE]}, file="folder/our story.timelinejs.json", id="ours", text_language="uk")

    assert (found.timeline.id, found.timeline.title, found.timeline.language) == ("ours", "our story", "uk")


@pytest.mark.parametrize(
    ("headlines", "ids"),
    [
        (["One", "Two", "One"], ["one", "two", "one-2"]),
        (["Crème brûlée", "Ada's day"], ["creme-brulee", "adas-day"]),
        (["Привет 5", "Привет 6"], ["5-645aef7e", "6-e2187c2c"]),
        (["日本"], ["cf2abf0c"]),
        (["a" * 100], ["a" * 60]),
    ],
)
def test_ids_follow_from_headlines(read: Any, headlines: list[str], ids: list[str]) -> None:
    slides = [{"start_date": {"year": 2024}, "text": {"headline": headline}} for headline in headlines]

    found = read({"events": slides})

    assert [event.id for event in found.timeline.events] == ids
    assert found.faults == []


@pytest.mark.parametrize(
    ("keys", "faults", "id"),
    [
        ({"unique_id": "x.1"}, [], "x.1"),
        ({"unique_id": 5}, [], "5"),
        ({"unique_id": "event-a-_-marker"}, [], "event-a-_-marker"),
        ({"unique_id": "event-a_b"}, [], "event-a_b"),
        ({"unique_id": "a b"}, ["unique_id 'a b'"], "a-b"),
        ({"unique_id": "!"}, ["unique_id '!'"], "slide-7409e2bf"),
        ({"group": 5}, [], "a-slide"),
        ({"group": None, "display_date": None, "media": None}, [], "a-slide"),
        ({"group": {}}, ["group that is an object"], "a-slide"),
        ({"group": "a\ud800b"}, ["half a character in group"], "a-slide"),
        ({"media": [1]}, ["media that is a list"], "a-slide"),
        ({"media": {"url": "//example.org/a.png"}}, ["an address of a medium without https:"], "a-slide"),
        ({"media": {"url": "x", "thumbnail": "y", "link": "z"}}, ["the thumbnail of a medium", "the link of a medium"], "a-slide"),
        ({"background": {"color": "#fff"}}, ["the background of a slide"], "a-slide"),
        ({"background": {}}, [], "a-slide"),
        ({"type": "overview"}, ["'type' of a slide"], "a-slide"),
        ({"location": {"name": "x", "lat": 1}}, ["'lat' of a location"], "a-slide"),
        ({"autolink": False}, [], "a-slide"),
    ],
)  # fmt: skip
def test_what_has_no_place_is_said(read_slide: Any, keys: dict[str, Any], faults: list[str], id: str) -> None:
    found = read_slide(**keys)

    assert found.event.title == "A slide"
    assert sorted(found.found) == sorted(faults)
    assert found.event.id == id


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (None, "Untitled"),
        ({"headline": None, "text": ""}, "Untitled"),
        ({"headline": " ", "text": "<p>The words.</p>"}, "The words."),
        ({"text": "word " * 50}, f"{'word ' * 14}word…"),
    ],
)
def test_a_slide_without_a_headline_gets_a_title_of_its_text(read_slide: Any, text: Any, title: str) -> None:
    found = read_slide(text=text)

    assert found.event.title == title
    assert found.found == ["a slide without a headline"]


@pytest.mark.parametrize(
    ("media", "url", "text"),
    [
        ({"url": "<blockquote>So she said</blockquote>"}, None, "> So she said"),
        ({"url": "<iframe width='5' src='https://example.org/v'></iframe>"}, "https://example.org/v", None),
        ({"url": "<blockquote class=\"twitter-tweet\">x <a href='https://twitter.com/a/status/1'>y</a></blockquote>"}, "https://twitter.com/a/status/1", None),
        ({"url": "", "caption": "A map"}, None, "A map"),
        ("https://example.org/a.png", "https://example.org/a.png", None),
    ],
)  # fmt: skip
def test_what_stands_in_the_place_of_a_picture_is_kept(
    read_slide: Any, media: Any, url: str | None, text: str | None
) -> None:
    event = read_slide(media=media).event

    assert (event.media and event.media.url) == url
    assert event.text == text


def test_an_era_is_an_event_with_a_tag_or_left_out(read: Any) -> None:
    era = {"start_date": {"year": 600}, "end_date": {"year": 650}, "text": {"headline": "A time", "text": "Words"}}

    found = read({"events": [], "eras": [era]})

    assert (found.event.id, found.event.title, found.event.text) == ("era-a-time", "A time", "Words")
    assert (found.event.tags, str(found.event.when)) == (("era",), "0600/0650")
    assert found.faults == []
    left = read({"events": [], "eras": [era]}, eras="none")
    assert left.timeline.events == ()
    assert left.found == ["an era"]


_OLD = {
    "headline": "Old <br/> story",
    "type": "default",
    "startDate": "1900",
    "text": "<p>About it.</p>",
    "asset": {"media": "", "credit": "", "caption": ""},
    "date": [
        {
            "startDate": "2011,12,10,14,30,05",
            "headline": "One",
            "text": "<p>Words.</p>",
            "tag": "People",
            "asset": {"media": "https://example.org/a.png", "credit": "Ada", "caption": "A map", "thumbnail": "t.png"},
        },
        {"startDate": "2011,12", "endDate": "1/5/2012", "headline": "Two", "asset": {}},
        {"startDate": "2011-12-10", "headline": "Three", "classname": "x"},
        {"startDate": "196002152034", "headline": "Four", "tags": "Work"},
        {"startDate": "1963,0,0", "headline": "Five"},
    ],
    "era": [{"startDate": "1900", "endDate": "1950", "headline": "Then"}],
}


@pytest.mark.parametrize("wrapper", ['{{"timeline": {}}}', "{}", 'storyjs_jsonp_data = {{"timeline": {}}};\n', 'callback({{"timeline": {}}})'])  # fmt: skip
def test_version_2_is_read(read: Any, wrapper: str) -> None:
    found = read(wrapper.format(json.dumps(_OLD)))

    timeline = found.timeline
    assert (timeline.title, timeline.text) == ("Old story", "About it.")
    assert [event.title for event in timeline.events] == ["One", "Two", "Three", "Four", "Five", "Then"]
    dates = ["2011-12-10T14:30:05", "2011-12/2012-01-05", "2011-12-10", "1960-02-15", "1963", "1900/1950"]
    assert [str(event.when) for event in timeline.events] == dates
    assert timeline.events[0].tags == ("People",)
    assert timeline.events[3].tags == ("Work",)
    assert timeline.events[0].media == Media(url="https://example.org/a.png", credit="Ada", caption="A map")
    assert found.found == ["the thumbnail of a medium", "the time of day '20:34'", "month '0'"]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ("", "an empty file"),
        ("[]", "a list"),
        ('"x"', "no object"),
        ("{}", "an object without slides"),
        ('{"events": {}}', "events that are no list"),
        ('{"timeline": 1, "id": "t", "events": []}', "the canonical document of a timeline, which --from json reads"),
        ('{"events": [}', "text that is not JSON (Expecting value)"),
        ('{"events": [],}', "text that is not JSON (Expecting property name enclosed in double quotes)"),
        ('{"events": [{"a": "\x01"}]}', "text that is not JSON (Invalid control character at)"),
        (b'{"events": ["\xe9"]}', "byte 0xe9, which is not UTF-8"),
        (b"\xff\xfe{\x00", "byte 0xff, which is not UTF-8"),
        ('{"events": ' + "[" * 100_000, "lists and objects nested too deep to be read"),
        ("<html>", "text that is not JSON (Expecting value)"),
    ],
)
def test_what_is_no_json_of_timelinejs_is_refused(read: Any, data: str | bytes, fault: str) -> None:
    with pytest.raises(DocumentError) as raised:
        read(data)

    (found,) = raised.value.faults
    assert found.found == fault
    assert found.file == "story"


def test_a_file_may_be_too_large(read: Any) -> None:
    with pytest.raises(DocumentError, match=r"more than 10 bytes.*timelinejs\.max_bytes"):
        read({"events": [_SLIDE]}, max_bytes=10)


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        ('{"events": [{"start_date": {"year": 1, "year": 2024}, "text": {"headline": "x"}}]}', ["1:40: the key 'year' a second time, expected each key once in an object; the last is read"]),
        ('{"events": [\n null,\n 5,\n{"start_date": {"year": 2024}, "text": {"headline": "x"}}]}', ["2:2: null among events, expected an object; it is left out", "3:2: 5 among events, expected an object; it is left out"]),
        ('{"scale": "geological", "events": [{"start_date": {"year": 2024}, "text": {"headline": "x"}}]}', ["1:11: scale 'geological', expected human or cosmological"]),
        ('{"more": 1, "events": [{"start_date": {"year": 2024}, "text": {"headline": "x"}}]}', ["1:2: 'more' of the timeline, expected what a timeline has a place for"]),
        ('{"title": "Story", "eras": {}, "events": [{"start_date": {"year": 2024}, "text": {"headline": "x"}}]}', ["1:28: eras that are no list, expected a list of objects; they are left out"]),
        ('{"title": {"text": {"headline": "T"}, "media": {"url": "x"}, "group": "g", "start_date": {"year": 1}},\n"events": [{"start_date": {"year": 2024}, "text": {"headline": "x"}}]}', ["1:56: the medium of the title slide, expected what a timeline has a place for", "1:71: the group of the title slide, expected what a timeline has a place for", "1:90: the date of the title slide, expected what a timeline has a place for"]),
    ],
)  # fmt: skip
def test_what_is_read_past_is_said_with_its_place(read: Any, data: str, faults: list[str]) -> None:
    found = read(data)

    assert [event.title for event in found.timeline.events] == ["x"]
    assert str(found.event.when) == "2024"
    assert found.faults == faults


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        ('{"title": {"text": {"headline": "T"}},\n"events": null}', ["2:11: null as events"]),
        ('{"title": {"text": {"headline": "T"}}}', ["1:1: no events"]),
        ('{"timeline": {"headline": "T",\n"date": null}}', ["2:9: null as date"]),
        ('{"timeline":\n{"headline": "T", "era": []}}', ["2:1: no date"]),
        ('{"timeline": {"headline": "T", "lang": "de",\n"date": [null]}}', ["1:32: the lang of a slide", "2:10: null in date"]),
    ],
)  # fmt: skip
def test_a_file_without_slides_is_said(read: Any, data: str, faults: list[str]) -> None:
    found = read(data)

    assert (found.timeline.title, found.timeline.events) == ("T", ())
    assert [fault.partition(", expected")[0] for fault in found.faults] == faults


def test_what_is_alike_is_counted(read: Any) -> None:
    slides = [{"start_date": {"year": 2024, "month": 13}, "text": {"headline": "x"}, "background": "#fff"}] * 60

    found = read({"events": slides})

    assert len(found.faults) == 52
    assert "the background of a slide, 60 times, first here" in found.found
    assert found.found[-1] == "10 more faults of this kind"


@pytest.mark.parametrize(
    ("option", "value"), [("id", "a b"), ("text_language", "x"), ("eras", "some"), ("max_bytes", 0)]
)
def test_options_are_checked(read: Any, option: str, value: Any) -> None:
    with pytest.raises(OptionError, match=option):
        read({"events": []}, **{option: value})


def test_files_are_known_by_their_names_and_beginnings() -> None:
    found = plugins.installed()

    assert found.importer_for("story.timelinejs.json").info.name == "timelinejs"
    assert found.importer_for("story.csv").info.name == "timelinejs-csv"
    for text in (
        '{"title": {',
        '{\n    "title": {',
        '{"scale": "human",\n',
        '{"timeline":{"headline"',
        "storyjs_jsonp_data = {",
    ):
        assert found.importer_for_text(text.encode()).info.name == "timelinejs"
    for text in ("Year,Month,Day,Time", "\ufeffYear;Month;Day", "Start Date,End Date,Headline"):
        assert found.importer_for_text(text.encode()).info.name == "timelinejs-csv"
    # The canonical document is told from them.
    for text in ('{"timeline": 1', '{\n  "timeline": 1', '{"title": "T"'):
        assert found.importer_for_text(text.encode()).info.name == "json"


def test_ids_that_slides_bring_along_go_before_others(read: Any) -> None:
    slides = [
        {"start_date": {"year": 2024}, "text": {"headline": "Intro"}},
        {"start_date": {"year": 2024}, "text": {"headline": "x"}, "unique_id": "intro"},
        {"start_date": {"year": 2024}, "text": {"headline": "y"}, "unique_id": "intro"},
    ]

    found = read({"events": slides})

    assert [event.id for event in found.timeline.events] == ["intro-3", "intro", "intro-2"]
    assert found.found == ["unique_id 'intro' a second time"]
