"""What a chronology is made of: timelines, events, claims and sources.

Everything is frozen; `attrs.evolve` makes a changed copy. Constructors accept
what people have: a date may be EDTF text, a `datetime.date` or a `When`; a list
serves for a tuple. Empty text counts as no text.
"""

from __future__ import annotations

import re
from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import attrs

from timeline.errors import ModelError, quoted
from timeline.when import When

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    Dated = When | date | str

# Two of them and an @ are the UID of a calendar entry, which may be cut at 255 octets (RFC 7986, 5.3).
ID_PATTERN = r"[A-Za-z0-9][A-Za-z0-9._-]{0,126}"
ID_EXPECTED = "1 to 127 of the letters A-Z a-z, digits, '.', '_' and '-', beginning with a letter or digit"
LANGUAGE_PATTERN = r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*"
LANGUAGE_EXPECTED = "a language tag such as en, uk or pt-BR (BCP 47)"

_ID = re.compile(ID_PATTERN)
_LANGUAGE = re.compile(LANGUAGE_PATTERN)
# Neither UTF-8 nor a terminal can hold a lone surrogate.
_SURROGATE = re.compile("[\ud800-\udfff]")


class Modality(StrEnum):
    """In what way a claim states its event."""

    REPORTED = "reported"
    """It happened, or is going on."""
    DENIED = "denied"
    """It did not happen, or will not."""
    PROJECTED = "projected"
    """It may or will happen, the source expects."""
    PLANNED = "planned"
    """Somebody intends it."""
    DESIRED = "desired"
    """Somebody wants it; nobody says that it will happen."""
    ASSESSED = "assessed"
    """A judgement about it, not news of it."""

    @property
    def word(self) -> str:
        """The modality in plain English: "hoped for" is what `DESIRED` is called in outputs."""
        return "hoped for" if self is Modality.DESIRED else self.value


# Which claim says most about whether an event is a fact, first to last.
_WEIGHT = (
    Modality.REPORTED,
    Modality.DENIED,
    Modality.PLANNED,
    Modality.PROJECTED,
    Modality.DESIRED,
    Modality.ASSESSED,
)


def _check_text(field: attrs.Attribute[Any], value: object) -> None:
    if not isinstance(value, str):
        raise ModelError((field.name,), type(value).__name__, "text")
    if not value.isascii() and (lone := _SURROGATE.search(value)):
        raise ModelError((field.name,), f"half a surrogate pair at character {lone.start() + 1}", "Unicode text")


def _text(_owner: object, field: attrs.Attribute[Any], value: object) -> None:
    """Validate a text that may be missing."""
    if value is not None:
        _check_text(field, value)


def _title(_owner: object, field: attrs.Attribute[Any], value: object) -> None:
    """Validate a text that may not be missing."""
    _check_text(field, value)
    if not str(value).strip():
        raise ModelError((field.name,), "no text", "a title")


def _id(_owner: object, field: attrs.Attribute[Any], value: object) -> None:
    _check_text(field, value)
    if not _ID.fullmatch(str(value)):
        raise ModelError((field.name,), quoted(value), ID_EXPECTED)


def _language(_owner: object, field: attrs.Attribute[Any], value: object) -> None:
    _check_text(field, value)
    if not _LANGUAGE.fullmatch(str(value)):
        raise ModelError((field.name,), quoted(value), LANGUAGE_EXPECTED)


def _texts(_owner: object, field: attrs.Attribute[Any], value: tuple[object, ...]) -> None:
    for item in value:
        _check_text(field, item)
        if not item:
            raise ModelError((field.name,), "empty text", "text in each place of the list")


def _media(_owner: object, field: attrs.Attribute[Any], value: object) -> None:
    if value is not None and not isinstance(value, Media):
        raise ModelError((field.name,), type(value).__name__, "a timeline.Media")


def _all_of(kind: type) -> Callable[[object, attrs.Attribute[Any], tuple[object, ...]], None]:
    """Make a validator: every item of the tuple is a ``kind``."""

    def check(_owner: object, field: attrs.Attribute[Any], value: tuple[object, ...]) -> None:
        for position, item in enumerate(value):
            if not isinstance(item, kind):
                raise ModelError((field.name, position), type(item).__name__, f"a timeline.{kind.__name__}")

    return check


def _no_empty(value: str | None) -> str | None:
    """Empty text counts as no text."""
    return None if value == "" else value


def _or_english(value: str) -> str:
    return "en" if value == "" else value


def _when(value: Dated | None) -> When | None:
    return None if value is None or value == "" else When.of(value)


def _modality(value: Modality | str) -> Modality:
    try:
        return Modality(value)
    except ValueError:
        raise ModelError(("modality",), quoted(value), f"one of: {', '.join(Modality)}") from None


def _strings(value: Iterable[str]) -> tuple[str, ...]:
    """A tuple of a list of texts; one bare text is a mistake, not a list of letters."""
    if isinstance(value, (str, set, frozenset)):
        # A set has no order, and the same input would not give the same bytes.
        message = f"expected a list of texts, found {'a set' if not isinstance(value, str) else f'the text {value!r}'}"
        raise TypeError(message)
    return tuple(value)


def _check_unique(name: str, ids: list[str]) -> None:
    counts = Counter(ids)
    for position, id in enumerate(ids):
        if counts[id] > 1:
            raise ModelError((name, position, "id"), f"{quoted(id)} {counts[id]} times", "an id of its own")


def _claims(value: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple(value)


def _sources(value: Iterable[Source]) -> tuple[Source, ...]:
    return tuple(value)


def _events(value: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(value)


@attrs.frozen(kw_only=True)
class Source:
    """Where claims were read: an article, a report, a post.

    Attributes:
        id: Unique among the sources of a timeline.
        publisher: Who published it.
        title: Its title or headline.
        author: Who wrote it.
        url: Where it is.
        published: When it was published.
        accessed: When we read it.
        archived: Address of an archived copy.
    """

    id: str = attrs.field(validator=_id)
    publisher: str | None = attrs.field(default=None, converter=_no_empty, validator=_text)
    title: str | None = attrs.field(default=None, converter=_no_empty, validator=_text)
    author: str | None = attrs.field(default=None, converter=_no_empty, validator=_text)
    url: str | None = attrs.field(default=None, converter=_no_empty, validator=_text)
    published: When | None = attrs.field(default=None, converter=_when)
    accessed: When | None = attrs.field(default=None, converter=_when)
    archived: str | None = attrs.field(default=None, converter=_no_empty, validator=_text)


@attrs.frozen(kw_only=True)
class Claim:
    """That a source said, at some time, that an event took or will take place.

    Three times are kept apart: `when` of the event, `said` of the claim,
    `recorded` by us.

    Attributes:
        source: The id of a `Source` of the timeline.
        speakers: Whom the source relays, nearest to the fact first.
        said: When the claim was made.
        modality: In what way it states the event.
        when: When the event took or will take place, as this claim has it.
        phrase: The words it used of time, such as "as early as January".
        quote: Its exact words.
        likelihood: How likely, in the source's own word: "likely", "may".
        condition: On what condition, in words.
        recorded: When we wrote the claim down.
    """

    source: str = attrs.field(validator=_id)
    speakers: tuple[str, ...] = attrs.field(default=(), converter=_strings, validator=_texts)
    said: When | None = attrs.field(default=None, converter=_when)
    modality: Modality = attrs.field(default=Modality.REPORTED, converter=_modality)
    when: When | None = attrs.field(default=None, converter=_when)
    phrase: str | None = attrs.field(default=None, converter=_no_empty, validator=_text)
    quote: str | None = attrs.field(default=None, converter=_no_empty, validator=_text)
    likelihood: str | None = attrs.field(default=None, converter=_no_empty, validator=_text)
    condition: str | None = attrs.field(default=None, converter=_no_empty, validator=_text)
    recorded: When | None = attrs.field(default=None, converter=_when)


@attrs.frozen(kw_only=True)
class Media:
    """A picture, film or recording that goes with an event.

    Attributes:
        url: Where it is.
        credit: Who made it.
        caption: What it shows.
        alt: What it shows, for those who cannot see it.
    """

    url: str = attrs.field(validator=_title)
    credit: str | None = attrs.field(default=None, converter=_no_empty, validator=_text)
    caption: str | None = attrs.field(default=None, converter=_no_empty, validator=_text)
    alt: str | None = attrs.field(default=None, converter=_no_empty, validator=_text)


@attrs.frozen(kw_only=True)
class Event:
    """Something that happened, is going on or may happen.

    Attributes:
        id: Unique in the timeline and never reused: calendars update by it.
        title: One line.
        text: What there is to say, in paragraphs.
        when: The editor's date; None if the editor gives none.
        places: Where.
        actors: Who takes part.
        tags: Keywords.
        group: The row in which a picture of the timeline shows the event.
        media: A picture or the like.
        claims: Who said what about it.
    """

    id: str = attrs.field(validator=_id)
    title: str = attrs.field(validator=_title)
    text: str | None = attrs.field(default=None, converter=_no_empty, validator=_text)
    when: When | None = attrs.field(default=None, converter=_when)
    places: tuple[str, ...] = attrs.field(default=(), converter=_strings, validator=_texts)
    actors: tuple[str, ...] = attrs.field(default=(), converter=_strings, validator=_texts)
    tags: tuple[str, ...] = attrs.field(default=(), converter=_strings, validator=_texts)
    group: str | None = attrs.field(default=None, converter=_no_empty, validator=_text)
    media: Media | None = attrs.field(default=None, validator=_media)
    claims: tuple[Claim, ...] = attrs.field(default=(), converter=_claims, validator=_all_of(Claim))

    @property
    def modality(self) -> Modality | None:
        """The modality of the claim that says most of whether it is a fact.

        One report makes an event reported, whatever else is projected, wanted or
        judged of it. None if there are no claims: the editor states the event.
        """
        stated = {claim.modality for claim in self.claims}
        return next((modality for modality in _WEIGHT if modality in stated), None)

    @property
    def is_fact(self) -> bool:
        """Whether it is stated as a fact: a claim reports it, or the editor alone states it."""
        return self.modality in (None, Modality.REPORTED)

    @property
    def is_open(self) -> bool:
        """Whether all that is known of it is a plan, a projection or a wish."""
        return self.modality in (Modality.PLANNED, Modality.PROJECTED, Modality.DESIRED)


@attrs.frozen(kw_only=True)
class Timeline:
    """A chronology: events and the sources that state them.

    Attributes:
        id: Names the timeline in file names and calendar UIDs.
        title: Its title.
        text: What it is about.
        language: Language of its texts (BCP 47).
        url: Where it is published.
        updated: When it was last changed.
        sources: The sources that its claims name.
        events: The events, in the editor's order.

    Raises:
        ModelError: Two events or two sources have the same id, or a claim names a
            source that is not there.
    """

    id: str = attrs.field(validator=_id)
    title: str = attrs.field(validator=_title)
    text: str | None = attrs.field(default=None, converter=_no_empty, validator=_text)
    language: str = attrs.field(default="en", converter=_or_english, validator=_language)
    url: str | None = attrs.field(default=None, converter=_no_empty, validator=_text)
    updated: When | None = attrs.field(default=None, converter=_when)
    sources: tuple[Source, ...] = attrs.field(default=(), converter=_sources, validator=_all_of(Source))
    events: tuple[Event, ...] = attrs.field(default=(), converter=_events, validator=_all_of(Event))

    def __attrs_post_init__(self) -> None:
        """Check what no part can check alone."""
        _check_unique("sources", [source.id for source in self.sources])
        _check_unique("events", [event.id for event in self.events])
        known = {source.id for source in self.sources}
        for position, event in enumerate(self.events):
            for number, claim in enumerate(event.claims):
                if claim.source not in known:
                    path = ("events", position, "claims", number, "source")
                    raise ModelError(path, quoted(claim.source), "the id of a source of this timeline")

    def source(self, id: str) -> Source:
        """The source of an id.

        Raises:
            KeyError: There is none.
        """
        for source in self.sources:
            if source.id == id:
                return source
        raise KeyError(id)

    @property
    def in_order(self) -> tuple[Event, ...]:
        """The events by date (`When.sort_key`, then id); undated ones last."""
        dated = [event for event in self.events if event.when is not None]
        undated = [event for event in self.events if event.when is None]
        dated.sort(key=lambda event: (event.when.sort_key if event.when else (), event.id))
        return (*dated, *undated)
