"""Makes an event of a slide: what the slide states is a claim of the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from timeline.model import Claim, Event, Media
from timeline_timelinejs.reading._dates import timing
from timeline_timelinejs.reading._identity import hash_of, id_of_slide, slug
from timeline_timelinejs.reading._markup import has_links, to_text, words
from timeline_timelinejs.reading._slide import Role
from timeline_timelinejs.reading._texts import to_markdown
from timeline_timelinejs.reading._told import told

if TYPE_CHECKING:
    from timeline_timelinejs.reading._report import Report
    from timeline_timelinejs.reading._slide import Slide

_SOURCE_OF = re.compile(r"<(?:iframe|embed|video|audio|img)\b[^>]*?\bsrc\s*=\s*[\"']?([^\s\"'>]+)", re.IGNORECASE)
_TWEET = re.compile(r"<a\b[^>]*?\bhref\s*=\s*[\"']?(https?://[^\s\"'>]+/status(?:es)?/[^\s\"'>]+)", re.IGNORECASE)
_LONGEST_TITLE = 80
_LONGEST_EMBED = 10_000
ERA = "era"
"""The tag of events that were eras."""


def wanted_id(slide: Slide, report: Report) -> str:
    """The id that a slide would have, if it is free."""
    own = slide.text("unique_id")
    if own:
        found = id_of_slide(own, is_ours=slide.is_ours)
        if found is not None:
            return found
        expected = "letters, digits, '.', '_' and '-'; the id follows from it"
        report.fault(slide.spot_of("unique_id"), f"unique_id {own[:60]!r}", expected)
    headline = to_text(slide.text("headline"))
    name = slug(own or headline)
    if name is None:
        said = [slide.text(name) for name in ("text", "url", "caption", "display_date")]
        said += [
            f"{key}={field.text}" for given in (slide.start, slide.end) if given for key, field in given.parts.items()
        ]
        name = f"slide-{hash_of(chr(0).join(said))}"
    return f"era-{name}"[:127] if slide.role is Role.ERA else name


def event_of(slide: Slide, id: str, source: str, report: Report) -> Event:
    """The event of a slide.

    Args:
        slide: The slide.
        id: The id that the event gets.
        source: The id of the file as a source.
        report: Takes what has no place in an event.
    """
    if slide.is_ours and not slide.has_record:
        expected = "with it: statuses, claims and exact dates are in records alone; it is read as it is seen"
        report.each(slide.spot, "a slide of one of our exports without its record", expected)
    if slide.start is None and slide.end is None:
        expected = "a date; the event is kept without one, as TimelineJS would not show it"
        report.fault(slide.spot, f"a slide without {slide.dated_by}", expected)
    when, duration, unread = timing(slide.start, slide.end, report)
    said = [words(slide.text("display_date"))]
    of_ends = [given for given in (slide.start, slide.end) if given is not None and given.words]
    if not said[0]:
        said = [to_text(given.words) for given in of_ends]
    elif of_ends:
        expected = "them at one of the two; those of the slide are read, which TimelineJS shows"
        report.each(of_ends[0].spot, "words for a date at the date and at the slide", expected)
    # So TimelineJS shows words of both ends.
    modality, is_dated, phrase = told(" \N{EM DASH} ".join(filter(None, said)), when, slide, report)
    media, instead = media_of(slide, report)
    text = markdown_of(slide, report)
    if instead:
        quoted = to_markdown(instead, lambda what: report.unplaced(slide.spot_of("url"), what))
        text = "\n\n".join(filter(None, (text, quoted)))
    title = _title(slide, media, report)
    tag, place = to_text(slide.text("tag")), to_text(slide.text("place"))
    return Event(
        id=id,
        title=title,
        text=text,
        duration=duration if is_dated else None,
        places=[place] if place else [],
        tags=[*([ERA] if slide.role is Role.ERA else []), *([tag] if tag else [])],
        group=words(slide.text("group")),
        media=media,
        claims=[Claim(source=source, modality=modality, when=when if is_dated else None, phrase=phrase or unread)],
    )


def markdown_of(slide: Slide, report: Report) -> str:
    """The text of a slide as Markdown."""
    return to_markdown(slide.text("text"), lambda what: report.unplaced(slide.spot_of("text"), what))


def media_of(slide: Slide, report: Report) -> tuple[Media | None, str]:
    """The medium of a slide, and HTML for its text if there is something in its place."""
    facts: dict[str, Any] = {
        name: to_text(slide.text(name), with_links=True) for name in ("credit", "caption", "alt") if slide.text(name)
    }
    url, instead = slide.text("url").strip(), ""
    if url.startswith("<"):
        beginning = url[:_LONGEST_EMBED]
        found = _SOURCE_OF.search(beginning) or (_TWEET.search(beginning) if "twitter-tweet" in url else None)
        if found is None:
            # TimelineJS shows a quotation in the place of a picture.
            url, instead = "", url
        else:
            report.each(slide.spot_of("url"), "HTML as the address of a medium", "an address; the one in it is taken")
            url = found[1]
    if url.startswith("//"):
        report.each(slide.spot_of("url"), "an address of a medium without https:", "one with it, as which it is read")
        url = f"https:{url}"
    if url:
        return Media(url=url, **facts), ""
    if facts:
        expected = "an address; they are put into the text"
        report.each(slide.spot_of(next(iter(facts))), "words about a medium that has no address", expected)
    return None, instead + "".join(_of_medium(slide))


def _of_medium(slide: Slide) -> list[str]:
    return [f"<p>{slide.text(name)}</p>" for name in ("caption", "credit", "alt") if slide.text(name)]


def _title(slide: Slide, media: Media | None, report: Report) -> str:
    """The headline, or what says best what a slide without one is about."""
    headline = slide.text("headline")
    if has_links(headline):
        report.unplaced(slide.spot_of("headline"), "the address of a link in a headline")
    title = to_text(headline)
    if title.strip():
        return title
    first = to_text(slide.text("text")) or (media.caption or media.alt or "" if media else "")
    first = first or words(slide.text("display_date"))
    found = first if len(first) <= _LONGEST_TITLE else f"{first[: _LONGEST_TITLE - 1].rsplit(' ', 1)[0]}…"
    found = found.strip() or "Untitled"
    report.fault(slide.spot, "a slide without a headline", f"one; its title is {found[:40]!r}")
    return found
