"""What a page shows, in words and safe HTML: between the timeline and the templates.

Everything named ``html`` is safe to stand in a page as it is; all other text is plain, and the
templates escape it. Links are of the web or absent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markupsafe import Markup


@attrs.frozen(kw_only=True)
class Time:
    """A date.

    Attributes:
        words: The date in words.
        edtf: As it was stated.
        start: Its first or only date as ``<time datetime>`` takes it; None if that cannot say it.
        end: Its last date, the same way; None if it has one date only.
    """

    words: str
    edtf: str
    start: str | None = None
    end: str | None = None


@attrs.frozen(kw_only=True)
class Badge:
    """What an event or claim is, in a word.

    Attributes:
        key: One of the values of `Status` or `Modality`: for style sheets and filters.
        word: In words; empty where there is nothing to say.
        certainty: ``reported``, ``open`` (planned, projected, due, overdue, hoped for), ``judged`` (assessed, unknown),
            ``off`` (did not occur, superseded) or ``disputed``: how the look tells them apart.
    """

    key: str
    word: str
    certainty: str


@attrs.frozen(kw_only=True)
class Link:
    """Text that leads somewhere, if it may.

    Attributes:
        text: The text.
        url: Where to; None for text alone.
    """

    text: str
    url: str | None = None


@attrs.frozen(kw_only=True)
class SourceView:
    """A source.

    Attributes:
        link: Its title, or what else names it.
        details: Reliability, author, publisher, when published and read: each a few words.
        archived: The archived copy.
    """

    link: Link
    details: tuple[str, ...] = ()
    archived: Link | None = None


@attrs.frozen(kw_only=True)
class ClaimView:
    """What a source said.

    Attributes:
        badge: In what way it is stated.
        who: Who said it, through whom, in which source.
        time: When the event is or will be, as said.
        said: When it was said.
        quote: In which words.
        details: Words used of time, likelihood, credibility, condition, when recorded: each a few words.
    """

    badge: Badge
    who: str
    time: Time | None = None
    said: Time | None = None
    quote: str | None = None
    details: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class OutcomeView:
    """How it ended.

    Attributes:
        word: In a word.
        who: Who says so.
        time: When it happened.
        decided: When that was decided.
        by: The event in its place.
        quote: In which words.
        note: A note.
    """

    word: str
    who: str
    time: Time | None = None
    decided: Time | None = None
    by: Link | None = None
    quote: str | None = None
    note: str | None = None


@attrs.frozen(kw_only=True)
class MediaView:
    """A picture or the like.

    Attributes:
        kind: ``image``, ``video``, ``audio`` to be shown in place; ``link`` for what is only linked to.
        link: The address and what to call it; without an address if it may not be linked to.
        alt: What it shows, for those who cannot see it.
        caption: Its caption.
        credit: Whose it is.
    """

    kind: str
    link: Link
    alt: str | None = None
    caption: str | None = None
    credit: str | None = None


@attrs.frozen(kw_only=True)
class EventView:
    """An event.

    Attributes:
        id: Its id in the timeline.
        anchor: The id of its element in the page.
        title: Its title.
        html: Its text.
        time: Its date; None if it has none.
        year: The year, in words, under which it stands beside the list; None if that cannot be said.
        badge: What it is at the moment of the page.
        note: What tells it from a fact, in a sentence; None for a fact.
        lasts: How long, in words.
        repeats: By which rule it happens again.
        group: Its row.
        after: The events that it comes after.
        places: Where.
        actors: Who.
        tags: Keywords.
        claims: Who said what.
        outcome: How it ended.
        media: A picture or the like.
        sources: The sources that its claims and outcome name.
    """

    id: str
    anchor: str
    title: str
    badge: Badge
    html: Markup
    time: Time | None = None
    year: str | None = None
    note: str | None = None
    lasts: str | None = None
    repeats: str | None = None
    group: str | None = None
    after: tuple[Link, ...] = ()
    places: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    claims: tuple[ClaimView, ...] = ()
    outcome: OutcomeView | None = None
    media: MediaView | None = None
    sources: tuple[SourceView, ...] = ()


@attrs.frozen(kw_only=True)
class ChapterView:
    """A part of a long timeline.

    Attributes:
        id: Its name in addresses: ``1943``.
        label: Its name in words.
        count: How many events it has.
        href: Its page: ``chapters/1943.html``; ``#chapter-1943`` where all is one page.
        x: Where it begins in the overview, 0 to 1.
        width: How much of the overview it takes, 0 to 1.
        height: How full it is beside the fullest chapter, 0 to 1.
        open: How many of its events are planned or projected and not decided.
    """

    id: str
    label: str
    count: int
    href: str
    x: float
    width: float
    height: float
    open: int


@attrs.frozen(kw_only=True)
class Tick:
    """A mark on the overview: where (0 to 1), and what it says."""

    x: float
    label: str


@attrs.frozen(kw_only=True)
class Choice:
    """One of the values of a filter: its key in the data, its words, and how many events it has.

    A status has its certainty too; see `Badge`.
    """

    key: str
    word: str
    count: int
    certainty: str = "reported"


@attrs.frozen(kw_only=True)
class PageView:
    """A page.

    Attributes:
        id: The id of the timeline.
        title: Its title.
        html: What it is about.
        summary: That as one line of plain text, for search engines and previews.
        language: Its language (BCP 47): that of the labels.
        text_language: That of its texts, if another.
        direction: ``ltr`` or ``rtl``.
        as_of: The moment of the page, in words.
        updated: When the timeline was last changed, in words.
        counts: How many events of which status: "9 reported", in words.
        canonical: Where the page is published; None if that is not known.
        calendar: The address of the calendar to subscribe to, absolute; None if that is not known.
        files: The files beside the page: what they are called, and their names.
        items: The list items of the events that stand in the page, in order, each made beforehand by
            the macro ``item`` of ``_event.html`` (of an `EventView`, and whether it opens a year): an event is drawn
            once, in however many files it stands.
        total: How many events the timeline has.
        chapter: The number of the chapter whose events these are.
        chapters: All chapters; one for a short timeline.
        ticks: Marks on the overview.
        now: Where the moment of the page is on the overview; None outside it.
        end: Where time ends on the overview; chapters of what has no date stand after it.
        whole: The page with the whole list, for printing; None if this is it.
        statuses: What to filter by.
        tags: The same, in the order of their numbers in the data.
        sources: The same, in the order of their numbers in the data.
        json_ld: What search engines read, as JSON that may stand in a script.
        csp: The Content-Security-Policy of the page; None on the pages of chapters, which have no script.
        style: The style sheets, as they stand in the page.
        scripts: The scripts, as they stand in the page, in order.
        links: Style sheets and scripts of a network, each an address and its integrity hash, by ``css`` and ``js``.
        data: What the scripts need, as JSON that may stand in a script.
        blocks: More data, by the id of its element; for a single file with chapters.
        has_drawing: Whether TimelineJS draws it.
    """

    id: str
    title: str
    html: Markup
    summary: str
    language: str
    direction: str
    as_of: str
    text_language: str | None = None
    updated: str | None = None
    counts: tuple[Choice, ...] = ()
    canonical: str | None = None
    calendar: str | None = None
    files: tuple[Link, ...] = ()
    items: Sequence[Markup] = ()
    total: int = 0
    chapter: int = 0
    chapters: tuple[ChapterView, ...] = ()
    ticks: tuple[Tick, ...] = ()
    now: float | None = None
    end: float = 1.0
    whole: str | None = None
    statuses: tuple[Choice, ...] = ()
    tags: tuple[Choice, ...] = ()
    sources: tuple[Choice, ...] = ()
    json_ld: Markup
    csp: str | None = None
    style: Markup
    scripts: tuple[Markup, ...] = ()
    links: Mapping[str, Any] = attrs.field(factory=dict)
    data: Markup
    blocks: Mapping[str, Markup] = attrs.field(factory=dict)
    has_drawing: bool = True
