"""Which addresses TimelineJS can be given as media: those it recognizes for what they are.

TimelineJS tells the kind of a medium by the first pattern that its address matches,
many of them anywhere in it, and puts some addresses into the page as HTML. So an
address is passed on only if it is plainly a picture, film or recording, and nothing
that comes earlier in the list takes it.

Source: ``src/js/media/MediaType.js`` of @knight-lab/timelinejs 3.9.11.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from timeline.formats import Feature, LossKind
from timeline.labels import Label
from timeline_timelinejs.markup import clean, escape, is_link, link, visible

if TYPE_CHECKING:
    from timeline.formats import ExportContext
    from timeline.labels import Labels
    from timeline.model import Event, Media

_IMAGE = re.compile(r"\.(jpg|jpeg|png|gif|svg|webp)", re.IGNORECASE)
_PLAYED = re.compile(r"\.(mp4|webm|mp3|wav|m4a)", re.IGNORECASE)
_SITES = re.compile(
    r"https?://((www\.|m\.)?youtube\.com/(watch\?v=|embed/)|youtu\.be/)[\w-]{6,20}([?&][\w=&-]*)?"
    r"|https?://(vimeo\.com|player\.vimeo\.com/video)/[0-9]+(\?[\w=&-]*)?",
    re.ASCII,
)
# Its dots are any character, as in TimelineJS.
_TAKEN_BEFORE_IMAGES = re.compile(
    r"^https?:/*((www.|m.)?youtube|(player.)?(vimeo|soundcloud).com|(www.)?(dailymotion.com|dai.ly|vine.co|tiktok.com/@"
    r"|bsky.app/profile|twitter.com|x.com|flickr.com/photos|instagr)|flic.kr/|commons.wikimedia.org/wiki/)"
    r"|youtu.be|google.+/maps/|documentcloud.org/|wiki[mp]edia.org.+#|^https?:/.+wikipedia.org",
    re.IGNORECASE,
)
# The end of a query, too.
_TAKEN_FOR_IMAGE = re.compile(r"(jpg|jpeg|png|gif|svg|webp)(\?.*)?$", re.IGNORECASE)
_TAKEN_BEFORE_FILMS = re.compile(r"imgur.com/|google|.pdf|spotify|iframe|blockquote|wistia.com|wi.st/", re.IGNORECASE)


def slide_media(event: Event, ctx: ExportContext, labels: Labels) -> tuple[dict[str, str] | None, str]:
    """The ``media`` of a slide, or HTML for its text if TimelineJS cannot show it, or shall not."""
    media = event.media
    if media is None:
        return None, ""
    linked = is_link(media.url)
    kind = _kind(media.url) if linked else None
    if linked and ctx.options.media == "link":
        return None, _in_words(media, labels, linked=True)
    if kind is None:
        ctx.lose(
            Feature.MEDIA,
            "no picture, film or recording that TimelineJS shows safely: "
            + ("a link in the text" if linked else "its address is left out"),
            event_id=event.id,
            kind=LossKind.APPROXIMATED if linked else LossKind.DROPPED,
        )
        return None, _in_words(media, labels, linked=linked)
    if media.alt and kind != "image":
        ctx.lose(Feature.MEDIA, "TimelineJS has no place for the words for those who cannot see it", event_id=event.id)
    fields = {"url": media.url, "caption": _html(media.caption), "credit": _html(media.credit)}
    if kind == "image":
        fields["alt"] = visible(media.alt or "")
    return {key: value for key, value in fields.items() if value}, ""


def _kind(url: str) -> str | None:
    """How TimelineJS shows an address of the web: as an image, played, or by a site; None if not safely."""
    if _SITES.fullmatch(url):
        return "site"
    parts = urlsplit(url)
    ending = parts.path[parts.path.rfind(".") :]
    if parts.fragment or _TAKEN_BEFORE_IMAGES.search(url):
        return None
    if _IMAGE.fullmatch(ending):
        return "image"
    is_taken = _TAKEN_BEFORE_FILMS.search(url) or _TAKEN_FOR_IMAGE.search(url)
    return "played" if _PLAYED.fullmatch(ending) and not is_taken else None


def _html(text: str | None) -> str:
    return clean(escape(text)) if text else ""


def _in_words(media: Media, labels: Labels, *, linked: bool) -> str:
    """A paragraph about a medium that is not shown."""
    what = media.caption or media.alt or (media.url if linked else "")
    alt = _html(media.alt) if media.alt not in (None, what) else ""
    words = [link(media.url, what) if linked else escape(what), alt, _html(media.credit)]
    said = ", ".join(labels.apart(word) for word in words if word)
    if not said:
        return ""
    heading = f"<strong>{escape(labels.text(Label.MEDIA))}</strong>"
    return f"<p>{labels.text(Label.LABELLED, label=heading, text=said)}</p>"
