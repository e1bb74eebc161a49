"""What sources say: claims, who made them, and how what they project ended."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from timeline.errors import ModelError, quoted
from timeline.model import _fields as fields
from timeline.when import When

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.model._scales import Estimate, Grade


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


def _modality(value: Modality | str) -> Modality:
    return fields.word(Modality, "modality", value)


def _flag(value: bool | str) -> bool:  # noqa: FBT001 - a converter
    """True or false, of what people write."""
    if value in (True, "true", "yes"):
        return True
    if value in (False, "false", "no"):
        return False
    raise ModelError(("named",), quoted(value), "true or false")


@attrs.frozen(kw_only=True)
class Speaker:
    """Who said something; a name alone stands for a speaker that is named.

    Attributes:
        name: The name, or what is known of who it was: "US officials".
        named: Whether that is a name; false for those who stay unnamed.
        count: How many they are, in digits or words: "2", "several".
    """

    name: str = attrs.field(validator=fields.title)
    named: bool = attrs.field(default=True, converter=_flag)
    count: str | None = attrs.field(default=None, converter=fields.no_empty, validator=fields.text)

    def __str__(self) -> str:
        """``US officials (several, unnamed)``."""
        known = ", ".join(filter(None, (self.count, None if self.named else "unnamed")))
        return f"{self.name} ({known})" if known else self.name


def _speakers(value: Iterable[Speaker | str]) -> tuple[Speaker, ...]:
    """A tuple of speakers; a text is a name."""
    if isinstance(value, (str, set, frozenset)):
        fields.strings(value)  # says what is wrong with it
    return tuple(Speaker(name=item) if isinstance(item, str) else item for item in value)


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
        reliability: How far it is reliable, such as a grade A to G of the Admiralty scale.
    """

    id: str = attrs.field(validator=fields.identifier)
    publisher: str | None = attrs.field(default=None, converter=fields.no_empty, validator=fields.text)
    title: str | None = attrs.field(default=None, converter=fields.no_empty, validator=fields.text)
    author: str | None = attrs.field(default=None, converter=fields.no_empty, validator=fields.text)
    url: str | None = attrs.field(default=None, converter=fields.no_empty, validator=fields.text)
    published: When | None = attrs.field(default=None, converter=fields.to_when)
    accessed: When | None = attrs.field(default=None, converter=fields.to_when)
    archived: str | None = attrs.field(default=None, converter=fields.no_empty, validator=fields.text)
    reliability: str | None = attrs.field(default=None, converter=fields.no_empty, validator=fields.text)

    @property
    def grade(self) -> Grade | None:
        """The reliability as a grade of the Admiralty scale; None if it is none."""
        from timeline.model._scales import read_reliability  # noqa: PLC0415 - few ask for it

        return read_reliability(self.reliability) if self.reliability else None


@attrs.frozen(kw_only=True)
class Claim:
    """That a source said, at some time, that an event took or will take place.

    Three times are kept apart: `when` of the event, `said` of the claim,
    `recorded` by us.

    Attributes:
        source: The id of a `Source` of the timeline.
        speakers: Who said it, as the source has it; nobody if it speaks for itself.
        via: Who relayed it to the source, nearest to the speakers first: names, or ids of sources.
        said: When the claim was made.
        modality: In what way it states the event.
        when: When the event took or will take place, as this claim has it.
        phrase: The words it used of time, such as "as early as January".
        quote: Its exact words.
        likelihood: How likely, in the source's own word: "likely", "may", "70 %".
        credibility: How far we believe it, such as a grade 1 to 6 of the Admiralty scale.
        condition: On what condition, in words.
        condition_event: The id of the event that is the condition.
        recorded: When we wrote the claim down.
    """

    source: str = attrs.field(validator=fields.identifier)
    speakers: tuple[Speaker, ...] = attrs.field(default=(), converter=_speakers, validator=fields.all_of(Speaker))
    via: tuple[str, ...] = attrs.field(default=(), converter=fields.strings, validator=fields.texts)
    said: When | None = attrs.field(default=None, converter=fields.to_when)
    modality: Modality = attrs.field(default=Modality.REPORTED, converter=_modality)
    when: When | None = attrs.field(default=None, converter=fields.to_when)
    phrase: str | None = attrs.field(default=None, converter=fields.no_empty, validator=fields.text)
    quote: str | None = attrs.field(default=None, converter=fields.no_empty, validator=fields.text)
    likelihood: str | None = attrs.field(default=None, converter=fields.no_empty, validator=fields.text)
    credibility: str | None = attrs.field(default=None, converter=fields.no_empty, validator=fields.text)
    condition: str | None = attrs.field(default=None, converter=fields.no_empty, validator=fields.text)
    condition_event: str | None = attrs.field(default=None, converter=fields.no_empty, validator=fields.optional_id)
    recorded: When | None = attrs.field(default=None, converter=fields.to_when)

    @property
    def estimate(self) -> Estimate | None:
        """The likelihood on a scale, as an interval; None if its word is on none."""
        from timeline.model._scales import read_likelihood  # noqa: PLC0415 - few ask for it

        return read_likelihood(self.likelihood) if self.likelihood else None

    @property
    def grade(self) -> Grade | None:
        """The credibility as a grade of the Admiralty scale; None if it is none."""
        from timeline.model._scales import read_credibility  # noqa: PLC0415 - few ask for it

        return read_credibility(self.credibility) if self.credibility else None

    @property
    def attribution(self) -> str:
        """Who said it and who relayed it: ``US officials (several, unnamed), via Bloomberg``; empty for the source."""
        speakers = ", ".join(map(str, self.speakers))
        return ", ".join(filter(None, (speakers, *(f"via {relay}" for relay in self.via))))

    @property
    def origin(self) -> str:
        """Whom it goes back to: claims of one origin do not confirm each other.

        The first speaker that is named; where all are unnamed, who first relayed them;
        where nobody did, the source.
        """
        for speaker in self.speakers:
            if speaker.named:
                return speaker.name
        return self.via[0] if self.via else self.source


class Result(StrEnum):
    """How what was projected or planned ended."""

    OCCURRED = "occurred"
    """It happened."""
    DID_NOT_OCCUR = "did-not-occur"
    """It did not happen, and will not as it was projected."""
    SUPERSEDED = "superseded"
    """Another event took its place."""
    DISPUTED = "disputed"
    """It cannot be decided: the sources disagree."""

    @property
    def word(self) -> str:
        """The result in plain English: "did not occur"."""
        return self.replace("-", " ")


def _result(value: Result | str) -> Result:
    return fields.word(Result, "result", value)


def _day(value: fields.Dated) -> When:
    return When.of(value)


@attrs.frozen(kw_only=True)
class Outcome:
    """How a projection or plan ended, as somebody decided it.

    Attributes:
        result: How it ended.
        source: The id of the `Source` that says so.
        decided: The day on which it was known.
        when: When it happened, if it did.
        by: The id of the event that took its place.
        quote: The exact words of the source.
        note: Why it was decided so.
    """

    result: Result = attrs.field(converter=_result)
    source: str = attrs.field(validator=fields.identifier)
    decided: When = attrs.field(converter=_day)
    when: When | None = attrs.field(default=None, converter=fields.to_when)
    by: str | None = attrs.field(default=None, converter=fields.no_empty, validator=fields.optional_id)
    quote: str | None = attrs.field(default=None, converter=fields.no_empty, validator=fields.text)
    note: str | None = attrs.field(default=None, converter=fields.no_empty, validator=fields.text)


@attrs.frozen(kw_only=True)
class Media:
    """A picture, film or recording that goes with an event.

    Attributes:
        url: Where it is.
        credit: Who made it.
        caption: What it shows.
        alt: What it shows, for those who cannot see it.
    """

    url: str = attrs.field(validator=fields.title)
    credit: str | None = attrs.field(default=None, converter=fields.no_empty, validator=fields.text)
    caption: str | None = attrs.field(default=None, converter=fields.no_empty, validator=fields.text)
    alt: str | None = attrs.field(default=None, converter=fields.no_empty, validator=fields.text)
