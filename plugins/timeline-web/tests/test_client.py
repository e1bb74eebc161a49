"""What the page does in a browser: its filters, its slider, its chapters, and what it does without a script."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import timeline
from timeline import Claim, Event, Source, Timeline
from timeline.model import Modality
from timeline_web import write_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SEEDS = Path(__file__).parents[3] / "seeds"
NOW = "2024-12-28"
SEEN = "#events > section:not([hidden]) .event:not([hidden])"
MARKERS = ".tl-timemarker"
COUNT = "document.getElementById('count').textContent"
YEARS = range(2001, 2005)


@pytest.fixture(scope="module")
def kursk(tmp_path_factory: pytest.TempPathFactory, timelinejs: Path) -> Path:
    folder = tmp_path_factory.mktemp("kursk")
    options = {"assets": str(timelinejs), "url": "https://example.org/kursk/"}
    write_page(timeline.load(SEEDS / "kursk.yaml"), folder, options, now=NOW)
    return folder / "index.html"


def long_one(language: str = "en") -> Timeline:
    """Forty events in each of four years, each of which comes after the same one of the year before."""
    events = [
        Event(
            id=f"e{year}.{number}",
            title=f"Event {number} of {year}",
            tags=["even" if number % 2 == 0 else "odd", "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente"],
            after=[f"e{year - 1}.{number}"] if year > YEARS[0] else [],
            claims=[Claim(source="s", said=f"{year}-06", when=f"{year}-05", quote="It was so.")],
        )
        for year in YEARS
        for number in range(40)
    ]
    return Timeline(id="long", title="Long", language=language, sources=[Source(id="s", title="S")], events=events)


@pytest.fixture(scope="module")
def chapters(tmp_path_factory: pytest.TempPathFactory, timelinejs: Path) -> Path:
    folder = tmp_path_factory.mktemp("chapters")
    write_page(long_one(), folder, {"assets": str(timelinejs), "chapters": "year"}, now=NOW)
    return folder / "index.html"


@pytest.fixture(scope="module")
def single(tmp_path_factory: pytest.TempPathFactory, timelinejs: Path) -> Path:
    folder = tmp_path_factory.mktemp("single")
    options = {"assets": str(timelinejs), "chapters": "year"}
    write_page(long_one(), folder, options, now=NOW, single_file=True)
    return folder / "long.html"


@pytest.fixture
def plain(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens a file as a context of one's own does, such as one without scripts."""
    contexts: list[Any] = []

    def page(file: Path, **options: Any) -> Any:
        contexts.append(browser.new_context(**options))
        opened = contexts[-1].new_page()
        opened.goto(file.as_uri())
        return opened

    yield page
    for context in contexts:
        context.close()


def becomes(page: Any, expression: str, expected: object) -> None:
    """Wait until an expression has a value: the policy of the page forbids what Playwright would wait with."""
    for _ in range(200):
        found = page.evaluate(expression)
        if found == expected:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{expression} is {found!r}, expected {expected!r}")


def drawn(page: Any, count: int) -> None:
    """Wait until the drawing has that many markers."""
    becomes(page, f"document.querySelectorAll('{MARKERS}').length", count)


def ids(page: Any) -> list[str]:
    found: list[str] = page.eval_on_selector_all(SEEN, "all => all.map(event => event.dataset.event)")
    return found


def test_the_drawing_has_what_the_list_has(opened: Any, kursk: Path) -> None:
    watched = opened(kursk)
    drawn(watched.page, 16)
    listed = watched.page.eval_on_selector_all(SEEN, "all => all.map(event => event.dataset.certainty)")
    marked = watched.page.eval_on_selector_all(MARKERS, "all => all.map(marker => marker.dataset.certainty)")
    assert sorted(marked) == sorted(listed)
    assert set(marked) == {"reported", "open"}
    assert (watched.faults, watched.asked) == ([], [])


def test_filters_are_all_to_be_met(opened: Any, kursk: Path) -> None:
    watched = opened(kursk)
    page = watched.page
    drawn(page, 16)
    page.select_option("#filter-status", "due")
    drawn(page, 5)
    assert page.evaluate(COUNT) == "5 of 16 events"
    page.fill("#filter-text", "SPRING troops")
    drawn(page, 1)
    assert ids(page) == ["hold-until-spring"]
    page.fill("#filter-text", "no such word")
    page.wait_for_selector("#drawing", state="hidden")
    assert (ids(page), page.text_content("#count")) == ([], "No event matches.")
    page.click("#clear")
    drawn(page, 16)
    assert len(ids(page)) == 16
    assert page.input_value("#filter-text") == ""
    assert watched.faults == []


def test_the_slider_shows_what_was_known(opened: Any, kursk: Path) -> None:
    page = opened(kursk).page
    drawn(page, 16)
    before = page.inner_html("#events ol")
    current = re.compile(r' aria-current="true"')
    page.focus("#as-of-stop")
    page.keyboard.press("Home")
    drawn(page, len(ids(page)))
    assert page.text_content("#as-of-day").startswith("As known on ")
    assert page.get_attribute("#as-of-stop", "aria-valuetext") == page.text_content("#as-of-day")
    assert len(ids(page)) < 16
    known = {event.id for event in timeline.load(SEEDS / "kursk.yaml").as_of("2024-06-30").events}
    assert set(ids(page)) <= known
    page.keyboard.press("End")
    assert page.text_content("#as-of-day") == "Now"
    assert current.sub("", page.inner_html("#events ol")) == current.sub("", before)


def test_on_an_earlier_day_an_event_is_what_it_was_then(opened: Any, kursk: Path) -> None:
    page = opened(kursk).page
    event = page.locator('[data-event="incursion"]')
    assert event.get_attribute("data-key") == "occurred"
    back_to(page, "27 December")
    # What was said by then is a judgement of it alone: the report came a day later.
    assert event.get_attribute("data-key") == "assessed"
    page.select_option("#filter-status", "occurred")
    assert "incursion" not in ids(page)
    page.focus("#as-of-stop")
    page.keyboard.press("End")
    assert "incursion" in ids(page)


def back_to(page: Any, day: str) -> None:
    """Move the slider back to a day."""
    page.focus("#as-of-stop")
    for _ in range(40):
        if day in page.text_content("#as-of-day"):
            return
        page.keyboard.press("ArrowLeft")
    pytest.fail(f"the slider does not stop at {day}")


def test_on_an_earlier_day_all_of_the_page_is_of_that_day(opened: Any, kursk: Path) -> None:
    page = opened(kursk).page
    around = (".masthead .dates", ".key", "#events h2", "#filter-status", "#filter-tag", ".colophon")
    before = {part: page.inner_html(part) for part in around}
    page.focus("#as-of-stop")
    page.keyboard.press("Home")
    day = page.text_content("#as-of-day")
    assert page.inner_text(".masthead .dates") == page.inner_text(".colophon .dates") == day
    said = page.eval_on_selector_all(SEEN, "all => all.map(event => event.querySelector('.badge').textContent)")
    counted = page.eval_on_selector_all(".key li", "all => all.map(one => one.textContent)")
    assert sorted(counted) == sorted(f"{word} {said.count(word)}" for word in set(said))
    assert page.text_content("#events h2") == f"Events {len(said)} of 16 events"
    assert page.text_content("#count") == f"{len(said)} of 16 events"
    for select in ("#filter-status", "#filter-tag"):
        assert not re.search(r"\(\d", page.text_content(select)), select
    page.keyboard.press("End")
    assert {part: page.inner_html(part) for part in around} == before


def test_on_an_earlier_day_one_asks_for_the_statuses_of_that_day(opened: Any, kursk: Path) -> None:
    page = opened(kursk).page
    now = page.eval_on_selector_all("#filter-status option", "all => all.map(one => one.value)")
    assert "assessed" not in now
    back_to(page, "27 December")
    past = page.eval_on_selector_all("#filter-status option", "all => all.map(one => one.value)")
    assert {*now, "assessed"} <= {*past}
    page.select_option("#filter-status", label="Assessed")
    found = ids(page)
    assert "incursion" in found
    assert page.text_content("#events h2") == f"Events {len(found)} of 16 events"
    page.focus("#as-of-stop")
    page.keyboard.press("ArrowLeft")
    assert page.input_value("#filter-status") == "assessed"
    page.keyboard.press("End")
    assert (page.input_value("#filter-status"), len(ids(page))) == ("", 16)


def test_of_other_chapters_no_numbers_of_now_are_told_of_then(opened: Any, chapters: Path) -> None:
    page = opened(chapters).page
    assert page.is_visible(".key")
    page.focus("#as-of-stop")
    page.keyboard.press("Home")
    assert page.text_content("#as-of-day") != "Now"
    becomes(page, "document.querySelector('#events h2').textContent", "2001 40 of 40 events")
    assert not page.is_visible(".key")
    page.click(".pager .next")
    becomes(page, "document.querySelector('#events h2').textContent", "2002 0 of 40 events")
    page.click("#clear")
    assert page.text_content("#events h2") == "2002 40 events"
    assert page.is_visible(".key")


def test_a_status_that_there_is_only_one_of_now_may_be_two_then(opened: Any, tmp_path: Path) -> None:
    reports = [
        Claim(source="s", said=said, when="2024-02", modality=Modality.REPORTED) for said in ("2024-03", "2024-04")
    ]
    plan = Claim(source="s", said="2024-01", when="2024-02", modality=Modality.PLANNED)
    events = [
        Event(id="a", title="A", claims=[plan, reports[1]]),
        Event(id="b", title="B", claims=[reports[0]]),
    ]
    told = Timeline(id="t", title="T", sources=[Source(id="s", title="S")], events=events)
    write_page(told, tmp_path, {"assets": "none"}, now=NOW)
    page = opened(tmp_path / "index.html").page
    assert not page.is_visible("#filter-status")
    back_to(page, "31 March")
    page.select_option("#filter-status", label="Occurred")
    assert ids(page) == ["b"]


def test_arrow_keys_move_one_slide_and_only_in_the_drawing(opened: Any, kursk: Path) -> None:
    page = opened(kursk).page
    drawn(page, 16)
    for status, count in [("due", 5), ("", 16), ("occurred", 8)]:
        page.select_option("#filter-status", status)
        drawn(page, count)
    where = "Array.from(document.querySelectorAll('.tl-timemarker')).findIndex(m => m.matches('.tl-timemarker-active'))"
    becomes(page, where, 0)
    page.focus("#filter-text")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "filter-text"
    assert page.evaluate(where) == 0
    page.focus("#drawing .tl-timeline")
    page.keyboard.press("ArrowRight")
    becomes(page, where, 1)
    page.wait_for_timeout(200)
    assert page.evaluate(where) == 1


def test_list_and_drawing_lead_to_each_other(opened: Any, kursk: Path) -> None:
    page = opened(kursk).page
    drawn(page, 16)
    page.focus('[data-event="russian-operation"] .to-drawing')
    page.keyboard.press("Enter")
    page.wait_for_selector('.event[data-event="russian-operation"][aria-current="true"]')
    assert page.locator("#events [aria-current]").count() == 1
    assert page.text_content(".tl-timemarker-active h2") == page.text_content('[data-event="russian-operation"] h3')


def test_subscribing_needs_the_address_of_the_page(opened: Any, kursk: Path, chapters: Path) -> None:
    page = opened(kursk).page
    page.click("#subscribe summary")
    address = "https://example.org/kursk/kursk.ics"
    assert page.get_attribute("#subscribe-webcal", "href") == address.replace("https", "webcal")
    assert "cid=webcal%3A%2F%2Fexample.org" in page.get_attribute("#subscribe-google", "href")
    assert page.input_value("#calendar-address") == address
    page.keyboard.press("Escape")
    assert not page.is_visible("#calendar-address")
    assert page.evaluate("document.activeElement.parentElement.id") == "subscribe"
    assert not opened(chapters).page.is_visible("#subscribe")


def test_colours_are_kept(opened: Any, kursk: Path) -> None:
    page = opened(kursk).page
    page.emulate_media(color_scheme="light")
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    assert page.evaluate(paper) == "rgb(255, 255, 255)"
    page.click("#theme")
    page.click("#theme")
    assert page.text_content("#theme b") == "Dark"
    assert page.evaluate(paper) != "rgb(255, 255, 255)"
    page.reload()
    assert page.text_content("#theme b") == "Dark"
    assert page.evaluate(paper) != "rgb(255, 255, 255)"


def test_the_strip_goes_from_chapter_to_chapter(opened: Any, chapters: Path) -> None:
    watched = opened(chapters)
    page = watched.page
    drawn(page, 40)
    assert page.locator('.strip a[tabindex="0"]').count() == 1
    page.focus(".strip a[aria-current]")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "2003: 40 events"
    page.keyboard.press("Enter")
    page.wait_for_selector('[data-event="e2003.39"]')
    assert len(ids(page)) == 40
    assert page.text_content("#events h2") == "2003 40 events"
    assert page.evaluate("document.activeElement.tagName") == "H2"
    assert page.get_attribute('.strip a[data-chapter="2"]', "aria-current") == "true"
    drawn(page, 40)
    page.click(".pager .next")
    page.wait_for_selector('[data-event="e2004.0"]')
    assert not page.is_visible(".pager .next")
    page.go_back()
    page.wait_for_selector('[data-event="e2003.0"]')
    # The chapter that stood in the page is made of the same elements again.
    page.click(".contents summary")
    page.click('.contents a[data-chapter="0"]')
    page.wait_for_selector('[data-event="e2001.0"]')
    assert len(ids(page)) == 40
    assert (watched.faults, watched.asked) == ([], [])


@pytest.mark.parametrize("kind", ["chapters", "single"])
def test_a_filter_looks_into_all_chapters(opened: Any, kind: str, request: pytest.FixtureRequest) -> None:
    watched = opened(request.getfixturevalue(kind))
    page = watched.page
    page.fill("#filter-text", "of 2003")
    becomes(page, COUNT, "40 of 160 events")
    assert ids(page) == []
    labels = page.eval_on_selector_all(".strip a", "all => all.map(link => link.getAttribute('aria-label'))")
    assert labels == [f"{year}: {40 if year == 2003 else 0} of 40 events" for year in YEARS]
    page.click("#next-match")
    page.wait_for_selector('[data-event="e2003.0"]:visible')
    assert len(ids(page)) == 40
    page.select_option("#filter-tag", label="odd (80)")
    assert len(ids(page)) == 20
    assert page.text_content("#count") == "20 of 160 events"
    page.click("#clear")
    assert page.get_attribute('.strip a[data-chapter="0"]', "aria-label") == "2001: 40 events"
    assert watched.faults == []


@pytest.mark.parametrize("kind", ["chapters", "single"])
def test_an_event_of_another_chapter_is_found(opened: Any, kind: str, request: pytest.FixtureRequest) -> None:
    watched = opened(request.getfixturevalue(kind))
    page = watched.page
    page.click(".pager .next")
    page.click('[data-event="e2002.7"] .facts a:visible')
    page.wait_for_selector('[data-event="e2001.7"][aria-current]:visible')
    assert len(ids(page)) == 40
    page.goto(page.url.partition("#")[0] + "#e-e2004.3")
    page.reload()
    page.wait_for_selector('[data-event="e2004.3"]:visible')
    top = page.eval_on_selector('[data-event="e2004.3"]', "event => event.getBoundingClientRect().top")
    assert -2 <= top < page.viewport_size["height"]
    assert watched.faults == []


@pytest.mark.parametrize(
    ("kind", "event"), [("kursk", "russian-operation"), ("single", "e2003.7"), ("chapters", "e2003.7")]
)
def test_an_address_leads_the_drawing_too(
    plain: Callable[..., Any], kind: str, event: str, request: pytest.FixtureRequest
) -> None:
    file = request.getfixturevalue(kind)
    page = plain(file)
    page.goto(f"{file.as_uri()}#e-{event}")
    page.reload()
    title = page.text_content(f'[data-event="{event}"] h3')
    becomes(page, "document.querySelector('.tl-timemarker-active h2')?.textContent", title)
    page.wait_for_timeout(500)
    assert page.text_content(".tl-timemarker-active h2") == title
    assert page.get_attribute(f'[data-event="{event}"]', "aria-current") == "true"


def test_no_marker_hides_the_name_of_a_row(opened: Any, kursk: Path) -> None:
    page = opened(kursk).page
    drawn(page, 16)
    page.click('[data-event="russian-operation"] .to-drawing')
    page.wait_for_timeout(1200)
    under, over = page.eval_on_selector_all(
        ".tl-timegroup-message",
        """all => [['none', 0], ['auto', 0]].map(([events]) => all.map(name => {
            name.style.pointerEvents = events;
            const {left, right, top, bottom} = name.getBoundingClientRect();
            return document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        })).map((found, round) => round ? found.every((top, at) => top === all[at])
                                        : found.some(top => top.closest('.tl-timemarker')))""",
    )
    # There was a marker, or nothing would have been seen here.
    assert (under, over) == (True, True)


def test_the_mark_of_now_lets_clicks_through(plain: Callable[..., Any], tmp_path: Path) -> None:
    options = {"assets": "none", "chapters": "month"}
    write_page(timeline.load(SEEDS / "kursk.yaml"), tmp_path, options, now=NOW)
    page = plain(tmp_path / "index.html")
    hit = """() => {
        const {left, width, top} = document.querySelector('.strip .now path').getBoundingClientRect();
        return document.elementFromPoint(left + width / 2, top + 60).closest('a')?.dataset.chapter ?? null;
    }"""
    assert page.evaluate(hit) is not None


@pytest.mark.parametrize("title", ["New port opens", None])
def test_where_there_is_nothing_to_choose_there_are_no_filters(
    plain: Callable[..., Any], tmp_path: Path, title: str | None
) -> None:
    events = [Event(id="a", title=title, when="2050")] if title else []
    write_page(Timeline(id="t", title="T", events=events), tmp_path, {"assets": "none"}, now=NOW)
    page = plain(tmp_path / "index.html")
    assert page.evaluate("document.documentElement.className") == "js"
    assert not page.is_visible("#filters")


@pytest.mark.parametrize("width", [390, 900, 1280])
def test_an_event_is_as_high_as_its_date(
    plain: Callable[..., Any], tmp_path: Path, timelinejs: Path, width: int
) -> None:
    whens = ["[2050..2060]", "19XX-XX-XX~", "1950~/1999?"]
    events = [Event(id=f"e{number}", title="New port", when=when) for number, when in enumerate(whens)]
    write_page(Timeline(id="t", title="T", events=events), tmp_path, {"assets": str(timelinejs)}, now=NOW)
    page = plain(tmp_path / "index.html", viewport={"width": width, "height": 900})
    drawn(page, len(whens))
    out = """all => all.map(event => [event.querySelector('.stamp'), event.querySelector('h3')].map(part => {
        const [own, around] = [part, event].map(element => element.getBoundingClientRect());
        return own.top >= around.top && own.bottom <= around.bottom
            && own.left >= around.left && own.right <= around.right;
    }))"""
    assert page.eval_on_selector_all(".event", out) == [[True, True]] * len(whens)
    if width > 700:
        right = "stamp => stamp.getBoundingClientRect().right"
        left = "heading => heading.getBoundingClientRect().left"
        assert page.eval_on_selector(".stamp", right) < page.eval_on_selector(".event h3", left)


def test_a_chapter_that_is_missing_is_said(plain: Callable[..., Any], tmp_path: Path) -> None:
    write_page(long_one(), tmp_path, {"assets": "none", "chapters": "year"}, now=NOW)
    (tmp_path / "data" / "2002.js").unlink()
    page = plain(tmp_path / "index.html")
    page.click(".pager .next")
    becomes(page, COUNT, "This could not be loaded.")
    assert page.is_visible("#count")
    assert ids(page)[0] == "e2001.0"


def test_without_timelinejs_there_is_the_list(opened: Any, tmp_path: Path) -> None:
    write_page(timeline.load(SEEDS / "kursk.yaml"), tmp_path, {"assets": "none"}, now=NOW)
    watched = opened(tmp_path / "index.html")
    watched.page.select_option("#filter-status", "due")
    assert len(ids(watched.page)) == 5
    assert not watched.page.locator(".to-drawing").first.is_visible()
    assert watched.page.locator("#drawing").count() == 0
    assert watched.faults == []


def test_if_timelinejs_fails_there_is_the_list(browser: Any, kursk: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(kursk.as_uri())
    page.evaluate("() => { window.TL = { Timeline: function Broken() { throw new Error('broken'); } }; }")
    page.select_option("#filter-status", "due")
    page.wait_for_selector("#drawing", state="hidden")
    assert len(ids(page)) == 5
    context.close()


def test_a_frame_without_an_origin_is_enough(opened: Any, single: Path, tmp_path: Path) -> None:
    frame = tmp_path / "frame.html"
    text = single.read_text("utf-8").replace("&", "&amp;").replace('"', "&quot;")
    frame.write_text(
        "<!DOCTYPE html><title>Around</title><script>window.heights = [];"
        "addEventListener('message', ({ data }) => { if (data.type === 'timeline:height') heights.push(data.height); });"
        f'</script><iframe sandbox="allow-scripts" width="600" height="400" srcdoc="{text}"></iframe>',
        encoding="utf-8",
    )
    watched = opened(frame)
    inner = watched.page.frame_locator("iframe")
    inner.locator(MARKERS).nth(39).wait_for(state="attached", timeout=20_000)
    inner.locator("#theme").click()
    inner.locator(".pager .next").click()
    inner.locator('[data-event="e2002.0"]').wait_for()
    inner.locator("#filter-tag").select_option(label="odd (80)")
    inner.locator('[data-event="e2002.0"]').wait_for(state="hidden")
    becomes(watched.page, "window.heights.length > 1 ? 'told' : 'not yet'", "told")
    heights = watched.page.evaluate("window.heights")
    assert max(heights) > 4000
    # It settles: no height makes another one.
    watched.page.wait_for_timeout(1500)
    count = watched.page.evaluate("window.heights.length")
    watched.page.wait_for_timeout(700)
    assert watched.page.evaluate("window.heights.length") == count
    assert (watched.faults, watched.asked) == ([], [])


def test_without_a_script_all_is_there_and_nothing_is_dead(plain: Callable[..., Any], kursk: Path) -> None:
    page = plain(kursk, java_script_enabled=False)
    for control in ("#filters", "#drawing", "#theme", "#print", ".to-drawing >> nth=0"):
        assert not page.locator(control).is_visible(), control
    page.click("#subscribe summary")
    assert not page.is_visible("#copy-address")
    assert page.get_attribute("#subscribe-webcal", "href") == "webcal://example.org/kursk/kursk.ics"
    assert page.locator("#events .event").count() == 16
    told = page.text_content("#events")
    for event in timeline.load(SEEDS / "kursk.yaml").events:
        assert event.title in told
        for claim in event.claims:
            assert (claim.quote or "") in told


def test_without_a_script_chapters_are_links(plain: Callable[..., Any], chapters: Path) -> None:
    page = plain(chapters, java_script_enabled=False)
    page.focus('.strip a[data-chapter="1"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/chapters/2002.html")
    assert page.locator(".event").count() == 40
    page.click(".pager .next")
    page.wait_for_url("**/chapters/2003.html")
    page.click("h1 a")
    page.wait_for_url("**/index.html")
    page.click(".colophon a")
    page.wait_for_url("**/all.html")
    assert page.locator(".event").count() == 160


def test_on_paper_there_is_all_of_it(opened: Any, single: Path) -> None:
    page = opened(single).page
    assert len(page.query_selector_all(".event:visible")) == 40
    page.emulate_media(media="print")
    assert len(page.query_selector_all(".event:visible")) == 160
    for control in ("#filters", "#drawing", ".tools", ".pager", ".to-drawing >> nth=0", ".overview"):
        assert not page.locator(control).is_visible(), control


def test_paper_says_how_much_of_all_is_on_it(opened: Any, kursk: Path) -> None:
    page = opened(kursk).page
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.inner_text("#on-paper") == ""
    page.emulate_media(media="screen")
    assert not page.is_visible("#on-paper")
    back_to(page, "27 December")
    page.fill("#filter-text", "troops")
    becomes(page, COUNT, f"{len(ids(page))} of 16 events")
    page.wait_for_timeout(300)
    found = len(ids(page))
    assert 0 < found < 16
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert len(page.query_selector_all(".event:visible")) == found
    assert page.inner_text("#on-paper") == f"{found} of 16 events · Search: troops"
    assert page.inner_text(".masthead .dates") == page.text_content("#as-of-day")


def test_what_is_asked_for_is_on_paper_of_all_chapters(opened: Any, single: Path) -> None:
    page = opened(single).page
    page.fill("#filter-text", "of 2003")
    becomes(page, COUNT, "40 of 160 events")
    page.select_option("#filter-tag", label="odd (80)")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    events = page.eval_on_selector_all(".event", "all => all.filter(one => one.checkVisibility()).map(one => one.id)")
    assert sorted(events) == sorted(f"e-e2003.{number}" for number in range(1, 40, 2))
    assert page.inner_text("#on-paper") == "20 of 160 events · Search: of 2003 · Tags: odd"
    headings = page.eval_on_selector_all(
        "h2", "all => all.filter(one => one.checkVisibility()).map(one => one.textContent)"
    )
    assert headings == ["2003 20 of 40 events"]
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert page.text_content("#count") == "20 of 160 events"
    page.click("#clear")
    for _ in YEARS[1:]:
        page.click(".pager .next")
    assert len(ids(page)) == 40
    headings = page.eval_on_selector_all("#events h2", "all => all.map(one => one.textContent)")
    assert headings == [f"{year} 40 events" for year in YEARS]


def test_on_paper_what_is_folded_is_open(plain: Callable[..., Any], tmp_path: Path) -> None:
    claims = [Claim(source="s", said="2024", quote=f"Quote {number}.") for number in range(6)]
    folded = Timeline(
        id="t", title="T", sources=[Source(id="s", title="S")], events=[Event(id="e", title="E", claims=claims)]
    )
    write_page(folded, tmp_path, {"assets": "none"}, now=NOW)
    for scripts in (True, False):
        page = plain(tmp_path / "index.html", java_script_enabled=scripts)
        last = page.get_by_text("Quote 5.")
        assert not last.is_visible()
        page.emulate_media(media="print")
        if scripts:
            page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert last.is_visible(), f"with scripts: {scripts}"


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize(("kind", "width"), [("kursk", 390), ("kursk", 1280), ("chapters", 1280)])
def test_axe_finds_nothing(
    npm_package: Callable[[str, str], Path], request: pytest.FixtureRequest, kind: str, width: int, colours: str
) -> None:
    axe = (npm_package("axe-core", "4.14.1") / "axe.min.js").read_text("utf-8")
    # The policy of the page forbids axe, too.
    page = request.getfixturevalue("plain")(
        request.getfixturevalue(kind),
        bypass_csp=True,
        color_scheme=colours,
        viewport={"width": width, "height": 900},
    )
    drawn(page, 16 if kind == "kursk" else 40)
    page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
    page.evaluate(axe)
    found = page.evaluate("axe.run({ exclude: ['.tl-timeline'] }, { resultTypes: ['violations'] })")
    assert [(one["id"], one["nodes"][0]["target"]) for one in found["violations"]] == []


@pytest.mark.parametrize("language", ["en", "ar", "de"])
@pytest.mark.parametrize("width", [320, 390, 800, 1900])
def test_nothing_is_wider_than_the_screen(
    plain: Callable[..., Any], tmp_path: Path, timelinejs: Path, language: str, width: int
) -> None:
    write_page(long_one(language), tmp_path, {"assets": str(timelinejs), "chapters": "year"}, now=NOW)
    page = plain(tmp_path / "index.html", viewport={"width": width, "height": 800})
    drawn(page, 40)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")


def test_going_back_leads_to_the_first_chapter(opened: Any, chapters: Path) -> None:
    page = opened(chapters).page
    first = ids(page)
    page.locator(".pager .next").first.click()
    becomes(page, "location.hash !== ''", expected=True)
    assert ids(page) != first
    page.go_back()
    for _ in range(100):
        if ids(page) == first:
            break
        page.wait_for_timeout(50)
    assert ids(page) == first


def test_a_status_of_an_earlier_day_is_counted_in_all_chapters(opened: Any, chapters: Path) -> None:
    page = opened(chapters).page
    page.wait_for_selector(".tl-timemarker", state="attached")
    rows = page.evaluate(
        """async () => { const script = document.createElement('script'); script.src = 'data/index.js';
            const rows = await new Promise(done => { const take = timelinePage.take;
                timelinePage.take = (name, rows) => { take(name, rows); done(rows) }; document.head.append(script) });
            return rows; }"""
    )
    data = page.evaluate("JSON.parse(document.getElementById('page-data').textContent)")
    day = data["asOf"]["stops"][0][0]
    page.locator("#as-of-stop").fill("0")
    options = page.locator("#filter-status option").evaluate_all(
        "found => found.map(option => option.value).filter(Boolean)"
    )
    for key in options:
        page.evaluate(
            """key => { const field = document.getElementById('filter-status'); field.value = key;
                        field.dispatchEvent(new Event('input', {bubbles: true})) }""",
            key,
        )
        number = data["statuses"].index(key)

        def was(row: Any) -> int:
            of_old = [status for since, status in row[7] if since <= day]
            return int(of_old[-1] if of_old else row[2])

        expected = sum(1 for row in rows if (row[5] is None or row[5] <= day) and was(row) == number)
        words = f"{expected} of {len(rows)} events" if expected else "No event matches."
        becomes(page, "document.getElementById('count').textContent", expected=words)
