"""The spreadsheet of TimelineJS, in the ways in which people and programs save it."""

from typing import Any

import pytest

from timeline.errors import DocumentError
from timeline.model import Claim, Media, Source

_HEADER = (
    "Year,Month,Day,Time,End Year,End Month,End Day,End Time,Display Date,Headline,Text,"
    "Media,Media Credit,Media Caption,Media Thumbnail,Alt Text,Type,Group,Background"
)
_COLUMNS = _HEADER.split(",")


@pytest.fixture
def read_row(read_csv: Any) -> Any:
    """Read a row of 2024 with a headline, if nothing else is said; its cells begin where those of line 2 do."""

    def reader(**cells: str) -> Any:
        cells = {"Year": "2024", "Headline": "x", **{name.replace("_", " "): cell for name, cell in cells.items()}}
        assert cells.keys() <= set(_COLUMNS)
        return read_csv(_HEADER + "\n" + ",".join(cells.get(name, "") for name in _COLUMNS) + "\n")

    return reader


def test_a_row_is_an_event_that_the_file_reports(read_csv: Any) -> None:
    text = "Year,Headline,Text,Media,Media Credit,Media Caption,Alt Text,Type,Group\n"
    text += ',Story,"<p>About ""it"".</p>",,,,,title,\n'
    text += '2024,R&amp;D,"One, <b>two</b>\n\nthree",https://example.org/a.png,Ada,A map,A map of it,,Front\n'

    found = read_csv(text)

    assert found.faults == []
    assert (found.timeline.id, found.timeline.title, found.timeline.text) == ("story", "Story", 'About "it".')
    assert found.timeline.sources == (Source(id="story", title="Story"),)
    event = found.event
    assert (event.id, event.title, event.text, event.group) == ("r-d", "R&D", "One, **two**\n\nthree", "Front")
    assert event.claims == (Claim(source="story", when="2024"),)
    assert event.media == Media(url="https://example.org/a.png", credit="Ada", caption="A map", alt="A map of it")


@pytest.mark.parametrize(
    ("cells", "when", "phrase", "faults"),
    [
        ({"Month": "8"}, "2024-08", None, []),
        ({"Month": " 08 ", "Day": "6"}, "2024-08-06", None, []),
        ({"Year": '"1,999"'}, "1999", None, []),
        ({"Year": "-44", "Month": "3"}, "-0043-03", None, []),
        ({"End_Year": "2025"}, "2024/2025", None, []),
        ({"End_Year": "2024", "End_Month": "12", "End_Day": "31"}, "2024/2024-12-31", None, []),
        ({"Display_Date": "c. 2024"}, "2024", "c. 2024", []),
        ({"Month": "8", "Day": "6", "Time": "10:30:05 pm"}, "2024-08-06T22:30:05", None, []),
        ({"Month": "8", "Day": "6", "Time": "12:00:00 a.m."}, "2024-08-06T00:00:00", None, []),
        ({"Month": "8", "Day": "6", "Time": "10:30 pm"}, "2024-08-06", "10:30 pm", ["2:10: the time of day '10:30 pm'"]),
        ({"Month": "8", "Day": "6", "Time": "930"}, "2024-08-06", "930", ["2:10: the time of day '930'"]),
        ({"Month": "8", "Day": "6", "Time": "25:00"}, "2024-08-06", "25:00", ["2:10: Time '25:00'"]),
        ({"Month": "8", "Day": "6", "Time": "13 pm"}, "2024-08-06", "13 pm", ["2:10: Time '13 pm'"]),
        ({"Month": "8", "Day": "6", "Time": "noon"}, "2024-08-06", "noon", ["2:10: Time 'noon'"]),
        ({"Month": "8", "Day": "6", "Time": "1:2:3.5"}, "2024-08-06T01:02:03", None, ["2:10: a fraction of a second"]),
        ({"Year": ""}, None, None, ["2:10: a slide without Year"]),
        ({"Year": "", "Month": "5"}, None, "5", ["2:2: a date without a year: Month '5'"]),
        ({"Year": "", "Month": "5", "Day": "3"}, None, None, ["2:2: a date without a year: Month '5', Day '3'"]),
        ({"Year": "", "Time": "10:30"}, None, "10:30", ["2:4: a date without a year: the time '10:30'"]),
        ({"Year": "", "Display_Date": "c. 1200"}, None, "c. 1200", ["2:9: a slide without Year"]),
        ({"Year": "soon"}, None, "soon", ["2:1: Year 'soon'"]),
        ({"Year": "0"}, None, "0", ["2:1: Year 0"]),
        ({"Month": "May"}, "2024-05", None, ["2:6: Month 'May'"]),
        ({"Month": "13"}, "2024", None, ["2:6: Month '13'"]),
        ({"Month": "2", "Day": "30"}, "2024-02", None, ["2:8: Day '30'"]),
        ({"Day": "30"}, "2024", None, ["2:7: Day '30' without a month"]),
        ({"End_Month": "5"}, "2024", None, ["2:10: a date without a year: End Month '5'"]),
        ({"Year": "soon", "Month": "5"}, None, "soon", ["2:1: Year 'soon'", "2:1: Month '5' beside a year that cannot be read"]),
        ({"Month": "8", "Day": "6", "Time": "10 pm", "End_Year": "2024", "End_Month": "8", "End_Day": "6", "End_Time": "11 pm"}, "2024-08-06", "10 pm", ["2:10: the time of day '10 pm'", "2:25: the time of day '11 pm'"]),
        ({"End_Year": "2020"}, "2024", None, ["2:9: the end 2020 before the start"]),
    ],
)  # fmt: skip
def test_a_date_is_as_precise_as_its_cells(
    read_row: Any, cells: dict[str, str], when: str | None, phrase: str | None, faults: list[str]
) -> None:
    found = read_row(**cells)

    assert (found.event.when and str(found.event.when)) == when
    assert found.claim.phrase == phrase
    assert [fault.partition(", expected")[0] for fault in found.faults] == faults


def test_a_row_without_a_year_is_kept(read_csv: Any) -> None:
    found = read_csv("Year,Headline\n2024,one\n,two\n2025,three\n")

    assert [(event.title, str(event.when)) for event in found.timeline.events] == [
        ("one", "2024"),
        ("two", "None"),
        ("three", "2025"),
    ]
    assert found.faults == [
        "3:2: a slide without Year, expected a date; the event is kept without one, as TimelineJS would not show it"
    ]


@pytest.mark.parametrize(
    ("cells", "titles", "faults"),
    [
        ({"Type": "title"}, [], ["the date of the title slide"]),
        ({"Type": "Title"}, [], ["the date of the title slide", "Type 'Title'"]),
        ({"Type": "era"}, ["x"], []),
        ({"Type": "Era"}, ["x"], ["Type 'Era'"]),
        ({"Type": "overview"}, ["x"], ["Type 'overview'"]),
        ({"Background": "#fff"}, ["x"], ["a background"]),
        ({"Media": "y", "Media_Thumbnail": "z"}, ["x"], ["a thumbnail"]),
        ({"Headline": '"x"y'}, ["xy"], ["'y' behind a quotation mark"]),
        ({"Background": "#fff,more"}, ["x"], ["a background", "'more' beyond the last column"]),
    ],
)
def test_what_is_odd_in_a_row_is_said(
    read_row: Any, cells: dict[str, str], titles: list[str], faults: list[str]
) -> None:
    found = read_row(**cells)

    assert [event.title for event in found.timeline.events] == titles
    assert found.found == faults
    if cells.get("Type", "").lower() == "era":
        assert found.event.tags == ("era",)


def test_a_second_title_is_an_event(read_csv: Any) -> None:
    found = read_csv("Year,Headline,Type\n,A,title\n,B,title\n2024,C,\n")

    assert found.timeline.title == "A"
    assert [event.title for event in found.timeline.events] == ["B", "C"]
    assert found.found == ["a slide without Year", "a second title slide"]


@pytest.mark.parametrize(
    ("date", "when", "faults"),
    [
        ("2014", "2014", []),
        ("-44", "-0043", []),
        ("1/5/2014", "2014-01-05", []),
        ("5/2014", "2014-05", []),
        ("2014-01-05", "2014-01-05", []),
        ("2014-01-05T10:00:00", "2014-01-05T10:00:00", []),
        ("1/5/2014 10:00:05", "2014-01-05T10:00:05", []),
        ("1/5/2014 10:30", "2014-01-05", ["the time of day '10:30'"]),
        ("13/5/2014", "2014", ["month '13'"]),
        ("1/2/11", "0011-01-02", ["the year '11' behind a slash"]),
        ("1/2/111", "0111-01-02", ["the year '111' behind a slash"]),
        ("5/9", "0009-05", ["the year '9' behind a slash"]),
        ("1/2/0011", "0011-01-02", []),
        ("", "None", ["a slide without Start Date"]),
        ("soon", "None", ["Start Date 'soon'"]),
    ],
)
def test_the_old_template_is_read(read_csv: Any, date: str, when: str, faults: list[str]) -> None:
    found = read_csv(f"Start Date,End Date,Headline,Tag\n{date},,x,People\n")

    assert (found.event.title, found.event.tags, found.event.group) == ("x", ("People",), None)
    assert str(found.event.when) == when
    assert found.found == faults


def test_a_date_in_two_ways_is_said(read_csv: Any) -> None:
    found = read_csv("Start Date,Year,Month,Headline\n2024,2025,5,x\n")

    assert str(found.event.when) == "2024"
    assert found.found == ["Year '2025' beside Start Date", "Month '5' beside Start Date"]


def test_what_a_title_slide_has_no_place_for_is_said(read_csv: Any) -> None:
    found = read_csv("Year,Headline,Tag,Media Caption,End Year,Type\n,Story,People,A map,2024,title\n2024,x,,,,\n")

    assert found.found == ["the tag of the title slide", "the medium of the title slide", "the date of the title slide"]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("Year,Headline,Text\n2024,x,y\n", []),
        ("\ufeffYear,Headline,Text\r\n2024,x,y\r\n", []),
        ("Year,Headline,Text\r2024,x,y", []),
        ('\n\n"Year","Headline","Text"\n\n2024, "x" ,"y"\n,,\n \n', []),
        ("Year;Headline;Text\n2024;x;y\n", ["1:1: ';' between cells"]),
        ("Year\tHeadline\tText\n2024\tx\ty\n", ["1:1: tabs between cells"]),
        ("year,HEADLINE,Text\n2024,x,y\n", ["1:1: the column 'year'", "1:6: the column 'HEADLINE'"]),
        ("Year,Headline,Text,Notes\n2024,x,y,z\n", ["2:10: the column 'Notes'"]),
        ("Year,Headline,Text,Notes\n2024,x,y,\n", []),
        ("Year,Headline,Text,Text\n2024,x,y,z\n", ["1:20: the column 'Text' a second time"]),
    ],
)
def test_sheets_are_read_as_programs_save_them(read_csv: Any, text: str, faults: list[str]) -> None:
    found = read_csv(text)

    assert (str(found.event.when), found.event.title, found.event.text) == ("2024", "x", "y")
    assert [fault.partition(", expected")[0] for fault in found.faults] == faults


def test_lines_are_counted_through_quotation_marks(read_csv: Any) -> None:
    found = read_csv(
        'Year,Month,Text,Headline\r\n2024,5,"one\r\ntwo\r\n""three""",x\r\n2024,13,,"a\nb"\r\n2024,2,"not closed,y\r\n2025,,,z'
    )

    assert [(event.title, event.text) for event in found.timeline.events] == [
        ("x", 'one two "three"'),
        ("a b", None),
        ("y", '"not closed'),
        ("z", None),
    ]
    assert [fault.partition(", expected")[0] for fault in found.faults] == [
        "5:6: Month '13'",
        "7:8: a quotation mark that no other closes",
    ]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ("", "an empty file"),
        ("\n \n", "an empty file"),
        ("a,b\n1,2\n", "the first row 'a,b'"),
        ("2024,5,x\n", "the first row '2024,5,x'"),
        ("Year,Month,Price\n2024,5,1\n", "the first row 'Year,Month,Price'"),
        ("Headline,Text\nx,y\n", "the first row 'Headline,Text'"),
        ("Year,Headline\n2024,caf\xe9".encode("cp1252"), "byte 0xe9, which is not UTF-8"),
        ("Year,Headline\n2024,x".encode("utf-16"), "byte 0xff, which is not UTF-8"),
    ],
)
def test_what_is_no_such_sheet_is_refused(read_csv: Any, data: str | bytes, fault: str) -> None:
    with pytest.raises(DocumentError) as raised:
        read_csv(data)

    (found,) = raised.value.faults
    assert (found.found, found.file) == (fault, "story.csv")


def test_a_sheet_may_be_too_large(read_csv: Any) -> None:
    with pytest.raises(DocumentError, match=r"more than 10 bytes.*timelinejs-csv\.max_bytes"):
        read_csv("Year,Headline\n2024,x\n", max_bytes=10)
