"""Puts the page together: the files of a folder, or one."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urljoin, urlsplit

from markupsafe import Markup

from timeline import plugins
from timeline.labels import Label, Plural
from timeline.model import Status
from timeline_web import _assets
from timeline_web._content import Content, Item
from timeline_web._embedded import data, file_data, policy
from timeline_web._overview import Overview, overview
from timeline_web._resources import joined, kept, said, templates
from timeline_web._search_engines import item_list, shortened
from timeline_web._view import Link, PageView
from timeline_web._words import certainty, html, web_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from timeline.formats import ExportContext
    from timeline.model import Timeline
    from timeline_web._chapters import Chapter
    from timeline_web._view import EventView

_INDEX, _WHOLE = "index.html", "all.html"
# In the order in which they stand in the page.
_SCRIPTS = ("kit.js", "list.js", "drawing.js", "filter.js", "overview.js", "controls.js", "page.js")
_STYLES = ("page.css", "list.css", "drawing.css", "print.css")
_OF_THE_DRAWING = ("drawing.css", "drawing.js")
# The formats whose files a page offers beside it, if they are installed.
OFFERED = ("ical", "json", "timelinejs")
_NO_LINKS: dict[str, Any] = {"css": None, "js": None}
# From some thousand events on, a browser takes a second or more to read one file.
_MANY_IN_ONE_FILE = 1_000


def generator(id: str) -> str:
    """What a page says of how it was made, and of what: so that a later one knows it for its own."""
    return f'<meta name="generator" content="timeline-web ({id})">'


class Builder:
    """Makes the page of a timeline."""

    def __init__(self, timeline: Timeline, ctx: ExportContext) -> None:
        """Prepare what all its files share.

        Args:
            timeline: The timeline.
            ctx: The options, the moment, and where to report.

        Raises:
            OptionError: There is no TimelineJS where the options say.
        """
        self._timeline, self._ctx = timeline, ctx
        self._drawing = _assets.drawing(ctx.options.assets)
        if self._drawing is None and ctx.options.assets == _assets.AUTO:
            ctx.warn(
                "the page has no drawing: this installation of timeline-web was built without npm, and so without "
                "TimelineJS; the list, its filters and the overview are there"
            )
        self._content = Content(timeline, ctx, draw=self._drawing is not None)
        self._templates = templates()
        language = self._content.labels.language
        self._texts = {"text_language": None if timeline.language == language else timeline.language}
        generated = Markup(generator(timeline.id))  # noqa: S704 - an id has no character that means anything
        self._globals = {"labels": self._content.labels, "plurals": Plural, "generator": generated}

    def single(self) -> Iterator[str]:
        """The page as one file, piece by piece."""
        if len(self._timeline.events) > _MANY_IN_ONE_FILE:
            self._ctx.warn(
                f"{len(self._timeline.events):,} events in one file are slow to open; `timeline page` without "
                "--single-file makes chapters of them that load when they are wanted"
            )
        made = [list(self._content.items(chapter, self._draw)) for chapter in self._content.chapters]
        blocks = {}
        if len(made) > 1:
            blocks = {
                chapter.id: data(_payload(items, with_html=False))
                for chapter, items in zip(self._content.chapters, made, strict=True)
            }
        strip = self._overview(lambda chapter: f"#chapter-{chapter.id}")
        all_items = [item for items in made for item in items]
        yield from self._render(
            "page.html",
            self._page(strip, made[0], items=[item.html for item in all_items], single=True, blocks=blocks),
        )

    def folder(self, offered: Iterable[Link]) -> Iterator[tuple[str, Iterable[str]]]:
        """The page as files of a folder: their names, and their text piece by piece, each to be read at once.

        Args:
            offered: The files that stand beside it: what they are called, and their names.
        """
        content = self._content
        beside = tuple(offered)
        if len(content.chapters) == 1:
            items = list(content.items(content.chapters[0], self._draw))
            page = self._page(
                self._overview(lambda _: _INDEX), items, items=[item.html for item in items], files=beside
            )
            yield _INDEX, self._render("page.html", page)
            return
        strip = self._overview(lambda chapter: f"chapters/{chapter.id}.html")
        whole: list[Markup] = []
        first: list[Item] = []
        for number, chapter in enumerate(content.chapters):
            items = list(content.items(chapter, self._draw))
            first = first or items
            whole += [item.html for item in items]
            yield f"chapters/{chapter.id}.html", self._chapter(number, strip, items)
            yield f"data/{chapter.id}.js", [file_data(chapter.id, _payload(items, with_html=True))]
        yield "data/index.js", [file_data("index", content.index())]
        yield _WHOLE, self._whole(strip, whole)
        page = self._page(strip, first, items=[item.html for item in first], files=beside, whole=_WHOLE)
        yield _INDEX, self._render("page.html", page)

    def offered(self) -> tuple[tuple[str, str, Link], ...]:
        """The formats that a page offers beside it: format, file name, and what the link says."""
        found = plugins.installed().exporters
        said = self._content.labels
        words = {"ical": said.text(Label.CALENDAR_FILE), "json": said.text(Label.JSON_DATA), "timelinejs": "TimelineJS"}
        return tuple(
            (name, file, Link(text=words[name], url=file))
            for name in OFFERED
            if name in found
            for file in [f"{self._timeline.id}{found[name].info.suffixes[0]}"]
        )

    def options_of(self, format: str) -> dict[str, Any]:
        """How a format that the page offers is written, to go with the page."""
        options: dict[str, Any] = {}
        if self._ctx.options.language is not None and format in ("ical", "timelinejs"):
            options["language"] = self._ctx.options.language
        if format == "timelinejs":
            options["group"] = self._ctx.options.group
        return options

    def _overview(self, href: Callable[[Chapter], str]) -> Overview:
        content = self._content
        return overview(
            content.chapters, content.statuses, now=content.now, href=href, language=content.labels.language
        )

    def _draw(self, event: EventView, *, opens_year: bool) -> Markup:
        # The macro itself: a template of its own would be set up anew for each event.
        made: Markup = self._event_macro(event, opens_year)
        return made.strip()

    @functools.cached_property
    def _event_macro(self) -> Any:
        template = self._templates.get_template("_event.html")
        return template.make_module({"page": self._texts, **self._globals}).item  # type: ignore[attr-defined]

    def _render(self, template: str, page: PageView, *, root: str = "") -> Iterator[str]:
        return self._templates.get_template(template).generate(page=page, root=root, **self._globals)

    def _chapter(self, number: int, strip: Overview, items: list[Item]) -> Iterator[str]:
        here = {item.view.anchor for item in items}
        list_items = [_with_links(item, here) for item in items]
        views = [item.view for item in items]
        place = f"chapters/{self._content.chapters[number].id}.html"
        page = self._static(strip, list_items, place=place, number=number, events=views, whole=_WHOLE)
        return self._render("chapter.html", page, root="../")

    def _whole(self, strip: Overview, items: list[Markup]) -> Iterator[str]:
        return self._render("whole.html", self._static(strip, items, place=_WHOLE, number=0, events=[], whole=None))

    def _static(
        self,
        strip: Overview,
        items: list[Markup],
        *,
        place: str,
        number: int,
        events: list[EventView],
        whole: str | None,
    ) -> PageView:
        """A page without script."""
        style = joined(*_STYLES, but=_OF_THE_DRAWING)
        return self._view(
            strip,
            events,
            place=place,
            items=items,
            chapter=number,
            csp=policy(scripts=(), styles=[style], own_files=False, load_media=self._loads_media),
            style=style,
            links=_NO_LINKS,
            data=Markup(),
            whole=whole,
            has_drawing=False,
        )

    @property
    def _loads_media(self) -> bool:
        return bool(self._ctx.options.media == "load")

    def _page(
        self,
        strip: Overview,
        current: list[Item],
        *,
        items: list[Markup],
        single: bool = False,
        blocks: dict[str, Markup] | None = None,
        files: tuple[Link, ...] = (),
        whole: str | None = None,
    ) -> PageView:
        """The page with its script."""
        drawing = self._drawing
        left_out = () if drawing else _OF_THE_DRAWING
        scripts = [*([drawing.script] if drawing and drawing.script else []), joined(*_SCRIPTS, but=left_out)]
        sheets = [*([drawing.style] if drawing and drawing.style else []), joined(*_STYLES, but=left_out)]
        style = "\n".join(sheets)
        links = drawing.links if drawing else {}
        own_files = len(strip.chapters) > 1 and not single
        return self._view(
            strip,
            [item.view for item in current],
            place="",
            items=items,
            chapter=0,
            csp=policy(
                scripts=scripts,
                styles=[style],
                links={name: url for name, (url, _) in links.items()} | _assets.fonts(links),
                own_files=own_files,
                load_media=self._loads_media,
            ),
            style=style,
            scripts=scripts,
            links={**_NO_LINKS, **links},
            data=data(self._data(strip, current, single=single)),
            blocks=blocks or {},
            files=files,
            whole=whole,
            has_drawing=drawing is not None,
        )

    def _view(
        self,
        strip: Overview,
        events: list[EventView],
        *,
        place: str,
        style: str,
        scripts: Iterable[str] = (),
        **rest: Any,
    ) -> PageView:
        """What all pages have; ``place`` is the file of a page that is not the first, else empty."""
        content, timeline, options = self._content, self._timeline, self._ctx.options
        text = html(timeline.text)
        statuses, tags, sources = content.choices
        summary = shortened(text.striptags() or content.labels.counted(Plural.EVENTS, len(timeline.events)))
        canonical = self._beside(place) if options.url else None if place else web_address(timeline.url)
        listed = item_list(
            timeline.title,
            summary,
            events,
            total=len(timeline.events),
            url=None if canonical is None else urldefrag(canonical).url,
            now=_day(content.now),
            language=timeline.language,
        )
        language = content.labels.language
        return PageView(
            id=timeline.id,
            title=timeline.title,
            html=text,
            summary=summary,
            language=language,
            text_language=self._texts["text_language"],
            direction=content.labels.direction,
            as_of=content.words.say(_day(content.now)),
            updated=content.words.say(timeline.updated) if timeline.updated else None,
            counts=tuple(choice for choice in statuses if choice.count),
            canonical=canonical,
            calendar=self._calendar(),
            total=len(timeline.events),
            chapters=strip.chapters,
            ticks=strip.ticks,
            now=strip.now,
            end=strip.end,
            statuses=statuses,
            tags=tags,
            sources=sources,
            json_ld=data(listed),
            style=Markup(style),  # noqa: S704 - our own and TimelineJS's
            scripts=tuple(map(Markup, scripts)),
            **rest,
        )

    def _beside(self, name: str) -> str | None:
        """Where a file beside the page will be, if it is known where the page will be; of no name, the page itself."""
        url: str | None = self._ctx.options.url
        if url and name:
            address, _, _ = url.partition("#")[0].partition("?")
            # A folder, though its slash is missing: a page has an ending.
            url = address if "." in urlsplit(address).path.rpartition("/")[2] else f"{address.rstrip('/')}/"
        return urljoin(url, name) if url else None

    def _calendar(self) -> str | None:
        """Where the calendar will be."""
        return self._beside(f"{self._timeline.id}.ics") if "ical" in plugins.installed().exporters else None

    def _data(self, strip: Overview, current: list[Item], *, single: bool) -> dict[str, Any]:
        """What the script of the page needs; see ``page.js``."""
        content = self._content
        has_chapters = len(strip.chapters) > 1
        return {
            "labels": {english: content.labels.text(Label(english), **kept(Label(english))) for english in said()},
            "language": content.labels.language,
            "rtl": content.labels.direction == "rtl",
            "drawing": self._drawing_data(),
            "asOf": {
                "stops": [[day, content.words.say(_day(day))] for day in content.stops],
                "now": content.now,
            },
            "chapters": [
                {"id": view.id, "label": view.label, "count": view.count, "href": view.href} for view in strip.chapters
            ],
            "current": 0,
            "single": single,
            "statuses": [status.value for status in Status],
            "certainty": {status.value: certainty(status) for status in Status},
            "tags": list(content.tags),
            "sources": list(content.sources),
            "index": content.index() if single or not has_chapters else None,
            "current_chapter": _payload(current, with_html=False),
        }

    def _drawing_data(self) -> dict[str, Any] | None:
        slides, drawing = self._content.slides, self._drawing
        if slides is None or drawing is None:
            return None
        return {
            "scale": slides.scale,
            "locale": drawing.locale(self._content.labels.language),
            "era": {"label": self._content.labels.text(Label.FUTURE_AS_OF, date="{date}")},
        }


def _payload(items: Iterable[Item], *, with_html: bool) -> dict[str, Any]:
    """The events of a chapter as the script takes them; without the elements that stand in the page."""
    return {
        "events": [
            {
                "id": item.event.id,
                **({"html": item.html} if with_html else {}),
                "slide": item.slide,
                **({"states": item.states} if item.states else {}),
            }
            for item in items
        ]
    }


def _with_links(item: Item, here: set[str]) -> Markup:
    """The element of an event, whose links to events of other chapters lead to the page that has all."""
    view = item.view
    links = [*view.after, *([view.outcome.by] if view.outcome is not None and view.outcome.by is not None else [])]
    text = str(item.html)
    for link in links:
        if link.url is not None and link.url.removeprefix("#") not in here:
            text = text.replace(f'href="{link.url}"', f'href="../{_WHOLE}{link.url}"')
    return Markup(text)  # noqa: S704 - it was safe before, and an id has no character that means anything


def _day(day: int) -> Any:
    from datetime import date  # noqa: PLC0415 - only wanted here

    from timeline.when import When  # noqa: PLC0415 - the same

    return When.of(date.fromordinal(day))
