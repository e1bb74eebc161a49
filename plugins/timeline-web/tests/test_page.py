"""The page as it is without script: what stands in the files."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import attrs
import pytest

from timeline import Claim, Event, Media, Source, Timeline, export, load
from timeline.testing import HOSTILE, SAMPLES
from timeline_web import write_page
from timeline_web._chapters import in_order

NOW = "2024-12-28"


class Read(HTMLParser):
    """The elements of a page, as a browser would have them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[tuple[dict[str, str | None], str]] = []
        self._open: dict[str, str | None] | None = None
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it."""
        self.elements.append((tag, dict(attrs)))
        self._open = {"tag": tag, **dict(attrs)} if tag in ("script", "style") else None

    def handle_endtag(self, tag: str) -> None:
        """Text belongs to no script any more."""
        self._open = None

    def handle_data(self, data: str) -> None:
        """Keep it."""
        if self._open is not None:
            self.raw.append((self._open, data))
        else:
            self.text += data

    def all(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        """The attributes of the elements of a name."""
        return [
            found
            for name, found in self.elements
            if name == tag and all(found.get(key.rstrip("_")) == value for key, value in attributes.items())
        ]

    def json(self, **attributes: str) -> Any:
        """The data in a script."""
        (text,) = [
            data for found, data in self.raw if all(found.get(key) == value for key, value in attributes.items())
        ]
        return json.loads(text)


def single(timeline: Timeline, **options: str) -> Read:
    return Read(export(timeline, "html", options, now=NOW).read().decode())


def made(*events: Event, **fields: Any) -> Timeline:
    return Timeline(**{"id": "t", "title": "T", "sources": [Source(id="s", title="S")], "events": events, **fields})


def kursk() -> Timeline:
    return load(Path(__file__).parents[3] / "seeds" / "kursk.yaml")


def many(count: int) -> Timeline:
    claim = Claim(source="s", quote="It was so")
    return made(*(Event(id=f"e{n}", title=f"Event {n}", when=str(1500 + n), claims=[claim]) for n in range(count)))


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("timeline", [kursk(), *SAMPLES], ids=lambda timeline: timeline.id)
def test_the_page_without_script_has_every_event_and_claim(timeline: Timeline) -> None:
    page = single(timeline)
    text = squeezed(page.text)
    assert [found["data-event"] for found in page.all("li", class_="event")] == [
        event.id for event in timeline.in_order
    ]
    for event in timeline.events:
        parts = [event.title, *event.places, *event.actors, *event.tags]
        if event.when is not None:
            parts.append(event.when.humanize(timeline.language))
        for claim in event.claims:
            parts += [claim.quote or "", claim.phrase or "", claim.likelihood or "", claim.condition or ""]
            parts += [speaker.name for speaker in claim.speakers] + list(claim.via)
        if event.outcome is not None:
            parts += [event.outcome.quote or "", event.outcome.note or ""]
        for part in parts:
            # A NUL has no place in HTML: the parser of a browser makes a sign for it.
            assert squeezed(part) in text, part
    for source in timeline.sources:
        if any(claim.source == source.id for event in timeline.events for claim in event.claims) and source.title:
            assert squeezed(source.title) in text


def test_dates_are_machine_readable_only_where_html_can_say_them() -> None:
    dates = ["2024", "2024-08", "2024-08-06", "2024-08-06T10:00:00Z", "2024-06/2024-11"]
    others = [
        "2024-08-06~",
        "[2025-01..]",
        "2025-21",
        "-0043-03-15",
        "0000",
        "202X",
        "2024/..",
        "{2024,2025}",
        "Y20000",
    ]
    events = [Event(id=f"e{number}", title="E", when=date) for number, date in enumerate(dates + others)]
    page = single(made(*events))
    times = [found["datetime"] for found in page.all("time")]
    assert sorted(filter(None, times)) == sorted([*dates[:4], "2024-06", "2024-11"])
    stated = {found.get("data-edtf") for _, found in page.elements}
    assert {str(event.when) for event in events} <= stated


def test_what_the_editor_alone_says_has_no_word_for_what_it_is() -> None:
    claim = Claim(source="s")
    events = [Event(id="a", title="A"), Event(id="b", title="B", claims=[claim]), Event(id="c", title="C", when="2050")]
    page = single(made(*events))
    words = [(found["data-key"], found["data-certainty"]) for found in page.all("span", class_="badge")]
    assert sorted(words[-2:]) == [("occurred", "reported"), ("planned", "open")]
    assert len(words) - len({event.id for event in events}) == 1  # of the three, besides the key of the page


def test_the_year_beside_the_list_is_no_finer_than_the_date() -> None:
    dates = {"2024": "2024", "189X": "1890 – 1899", "../2024": "2024", "[1667-12-31..]": "1667"}
    page = single(made(*(Event(id=f"e{number}", title="E", when=date) for number, date in enumerate(dates))))
    years = {found["data-event"]: found.get("data-year") for found in page.all("li", class_="event")}
    assert years == {f"e{number}": year for number, year in enumerate(dates.values())}


def test_search_engines_are_given_dates_of_facts_only_and_no_finer_than_known() -> None:
    claim = Claim(source="s", modality="projected", said="2024-12-27", when="2025-01-20")
    events = [
        Event(id="day", title="A day", when="2024-08-06", places=["Kursk"]),
        Event(id="month", title="A month", when="2024-08"),
        Event(id="span", title="A span", when="2024-06/2024-11"),
        Event(id="about", title="About", when="2024-08-06~"),
        Event(id="after", title="After", when="[2024-08..]"),
        Event(id="projected", title="Projected", claims=[claim]),
    ]
    listed = single(made(*events), url="https://example.org/t/").json(type="application/ld+json")
    assert (listed["@type"], listed["numberOfItems"], listed["url"]) == ("ItemList", 6, "https://example.org/t/")
    items = {item["item"]["name"]: item["item"] for item in listed["itemListElement"]}
    dates = {name: (item.get("startDate"), item.get("endDate")) for name, item in items.items()}
    assert dates == {
        "A day": ("2024-08-06", None),
        "A month": ("2024-08", None),
        "A span": ("2024-06", "2024-11"),
        "About": (None, None),
        "After": (None, None),
        "Projected": (None, None),
    }
    assert items["Projected"]["description"] == "Projected: 20 January 2025"
    assert {name: item["@type"] for name, item in items.items() if item["@type"] != "Event"} == {"Projected": "Claim"}
    assert items["A day"]["location"] == [{"@type": "Place", "name": "Kursk"}]
    assert items["A day"]["url"] == "https://example.org/t/#e-day"


def test_an_end_that_is_yet_to_come_is_no_end_for_search_engines() -> None:
    events = [Event(id="e", title="E", when="2022-02-24/2026-12", claims=[Claim(source="s")])]
    page = single(made(*events), url="https://example.org/t#frag")
    (item,) = page.json(type="application/ld+json")["itemListElement"]
    assert (item["item"]["startDate"], item["item"].get("endDate")) == ("2022-02-24", None)
    assert item["item"]["url"] == "https://example.org/t#e-e"


def test_what_was_said_after_the_day_of_the_page_is_warned_of() -> None:
    claims = [Claim(source="s", said="2024-06-01"), Claim(source="s", said="2025-02-01")]
    stream = export(made(Event(id="e", title="E", claims=claims)), "html", now=NOW)
    stream.read()
    assert "what was said after its day, 2024-12-28" in stream.warnings[0]


def test_previews_have_a_title_a_description_and_an_address() -> None:
    page = single(made(title="A & B", text="*About* it.\n\nMore."), url="https://example.org/t/")
    found = {
        meta.get("property") or meta.get("name"): meta["content"] for meta in page.all("meta") if "content" in meta
    }
    assert found["og:title"] == "A & B"
    assert found["description"] == found["og:description"] == "About it. More."
    assert found["og:url"] == "https://example.org/t/"
    assert page.all("link", rel="canonical")[0]["href"] == "https://example.org/t/"


def test_the_policy_allows_the_scripts_and_styles_of_the_page_and_no_others() -> None:
    page = single(kursk())
    (policy,) = [meta["content"] for meta in page.all("meta") if "http-equiv" in meta]
    assert policy is not None
    directives = {part.split()[0]: part.split()[1:] for part in policy.split("; ")}
    assert directives["default-src"] == ["'none'"]
    for name, tag in (("script-src", "script"), ("style-src", "style")):
        texts = [text for found, text in page.raw if found["tag"] == tag and found.get("type") in (None, "module")]
        hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts]
        assert directives[name] == [f"'sha256-{hash_}'" for hash_ in hashes]
    assert directives["img-src"] == ["data:"]
    assert not any("unsafe" in part for part in policy.split())


def test_nothing_in_the_page_is_a_handler_or_an_own_style() -> None:
    for timeline in (kursk(), HOSTILE):
        attributes = {name for _, found in single(timeline).elements for name in found}
        assert not {name for name in attributes if name.startswith("on") or name == "style"}


def test_media_are_linked_to_and_shown_only_if_that_is_asked_for() -> None:
    media = Media(url="https://example.org/a.png", alt="A map", caption="Map", credit="Me")
    timeline = made(Event(id="e", title="E", when="2024", media=media))
    linked, loaded = single(timeline), single(timeline, media="load")
    assert (len(linked.all("img")), len(loaded.all("img", src="https://example.org/a.png", alt="A map"))) == (0, 1)
    assert linked.all("a", href="https://example.org/a.png")
    assert "media" not in str(linked.json(id="page-data")["current_chapter"]["events"][0]["slide"].get("media", ""))
    assert loaded.json(id="page-data")["current_chapter"]["events"][0]["slide"]["media"]["url"] == media.url


def test_the_language_of_the_page_is_that_of_the_timeline() -> None:
    timeline = made(Event(id="e", title="حدث", when="2024-08"), language="ar", title="عنوان")
    page = single(timeline)
    assert page.all("html")[0]["dir"] == "rtl"
    assert page.all("html")[0]["lang"] == "ar"
    assert "أغسطس" in page.text
    assert page.json(id="page-data")["rtl"] is True


def test_a_language_without_catalogue_is_a_loss() -> None:
    stream = export(made(language="eo"), "html", now=NOW)
    stream.read()
    assert [loss.feature for loss in stream.losses] == ["language"]
    assert "in English" in stream.warnings[-1]


def test_a_long_timeline_is_chapters_that_together_hold_all_of_it(tmp_path: Path) -> None:
    timeline = many(400)
    write_page(timeline, tmp_path, now=NOW)
    index = Read((tmp_path / "index.html").read_text("utf-8"))
    chapters = index.json(id="page-data")["chapters"]
    assert sum(chapter["count"] for chapter in chapters) == 400
    ids: list[str | None] = []
    for chapter in chapters:
        page = Read((tmp_path / chapter["href"]).read_text("utf-8"))
        here = [found["data-event"] for found in page.all("li", class_="event")]
        assert len(here) == chapter["count"] <= 150
        assert not page.all("script")
        others = {found["href"] for found in page.all("a") if "data-chapter" in found}
        assert {f"../{other['href']}" for other in chapters} == others
        ids += here
        # What the script loads is the same.
        text = (tmp_path / "data" / f"{chapter['id']}.js").read_text("utf-8")
        name, _, rest = text.removeprefix("timelinePage.take(").partition(", ")
        assert json.loads(name) == chapter["id"]
        loaded = json.loads(rest.removesuffix(");\n"))["events"]
        assert [event["id"] for event in loaded] == here
        assert all(event["html"].startswith("<li ") and event["slide"] for event in loaded)
    assert ids == [event.id for event in in_order(timeline)]
    whole = Read((tmp_path / "all.html").read_text("utf-8"))
    assert [found["data-event"] for found in whole.all("li", class_="event")] == ids
    assert whole.text.count("It was so") == 400
    # The page itself leads to all of them without a script.
    links = {found.get("href") for found in index.all("a")}
    assert {chapter["href"] for chapter in chapters} | {"all.html"} <= links


def test_a_file_that_is_slow_to_open_is_warned_of() -> None:
    stream = export(many(1_001), "html", {"assets": "none"}, now=NOW)
    stream.read()
    assert "1,001 events in one file are slow to open" in stream.warnings[0]


def test_each_page_says_where_it_will_be(tmp_path: Path) -> None:
    write_page(many(400), tmp_path, {"url": "https://example.org/story/"}, now=NOW)
    found = {
        path.relative_to(tmp_path).as_posix(): Read(path.read_text("utf-8")).all("link", rel="canonical")[0]["href"]
        for path in tmp_path.rglob("*.html")
    }
    assert found.pop("index.html") == "https://example.org/story/"
    assert found == {name: f"https://example.org/story/{name}" for name in found}
    assert "all.html" in found


def test_no_two_elements_have_one_id() -> None:
    events = [Event(id="budget", title="B", when="2024"), Event(id="budget-title", title="T", when="2024")]
    ids = [found["id"] for _, found in single(made(*events)).elements if found.get("id")]
    assert len(set(ids)) == len(ids)


def test_a_long_timeline_in_one_file_has_all_of_it() -> None:
    page = single(many(400))
    assert len(page.all("li", class_="event")) == 400
    data = page.json(id="page-data")
    events = [page.json(id=f"data-{chapter['id']}")["events"] for chapter in data["chapters"]]
    assert sum(map(len, events)) == 400
    assert len(data["index"]) == 400


def test_chapters_of_an_earlier_page_go_and_other_files_stay(tmp_path: Path) -> None:
    write_page(many(400), tmp_path, now=NOW)
    (tmp_path / "chapters" / "notes.txt").write_text("mine")
    (tmp_path / "other.html").write_text("mine")
    write_page(many(3), tmp_path, now=NOW)
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()) == [
        "chapters/notes.txt",
        "index.html",
        "other.html",
        "t.ics",
        "t.json",
        "t.timelinejs.json",
    ]


def test_links_to_events_of_other_chapters_lead_to_the_whole_list(tmp_path: Path) -> None:
    timeline = many(400)
    events = [*timeline.events[:-1], attrs.evolve(timeline.events[-1], after=["e0", "e398"])]
    write_page(attrs.evolve(timeline, events=events), tmp_path, now=NOW)
    (last,) = [path for path in (tmp_path / "chapters").iterdir() if 'id="e-e399"' in path.read_text("utf-8")]
    links = {found.get("href") for found in Read(last.read_text("utf-8")).all("a")}
    assert {"../all.html#e-e0", "#e-e398"} <= links


def test_the_calendar_is_subscribed_to_where_the_page_will_be(tmp_path: Path) -> None:
    for url in ("https://example.org/news", "https://example.org/news/"):
        write_page(kursk(), tmp_path, {"url": url}, now=NOW)
        text = (tmp_path / "index.html").read_text("utf-8")
        assert 'data-calendar="https://example.org/news/kursk.ics"' in text
    write_page(kursk(), tmp_path, {"url": "https://example.org/news/kursk.html?x#y"}, now=NOW)
    text = (tmp_path / "index.html").read_text("utf-8")
    assert html.unescape(re.findall(r'data-calendar="([^"]*)"', text)[0]) == "https://example.org/news/kursk.ics"


def test_the_same_timeline_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_page(many(200), tmp_path / name, now=NOW)
    first = {path.relative_to(tmp_path / "a"): path.read_bytes() for path in (tmp_path / "a").rglob("*.*")}
    second = {path.relative_to(tmp_path / "b"): path.read_bytes() for path in (tmp_path / "b").rglob("*.*")}
    assert first == second


def test_nothing_is_written_if_a_file_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "index.html").mkdir()
    with pytest.raises(OSError, match=r"index\.html"):
        write_page(kursk(), tmp_path, now=NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


def test_what_was_known_before_comes_with_the_event() -> None:
    data = single(kursk()).json(id="page-data")
    by_id = {event["id"]: event for event in data["current_chapter"]["events"]}
    states = by_id["incursion"]["states"]
    assert states == sorted(states, key=lambda state: state["from"])
    assert all({"from", "status", "html", "slide"} == state.keys() for state in states)
    stops = [day for day, _ in data["asOf"]["stops"]]
    assert stops == sorted(set(stops))
    assert stops[-1] == data["asOf"]["now"]
    assert {state["from"] for event in by_id.values() for state in event.get("states", ())} <= set(stops)
