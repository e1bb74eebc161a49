"""Events, and what follows from the claims about them."""

from __future__ import annotations

import functools
from collections import defaultdict
from typing import TYPE_CHECKING

import attrs

from timeline.model import _fields as fields
from timeline.model._agreement import contradicting_denial, standing
from timeline.model._claims import Claim, Media, Modality, Outcome, Result
from timeline.model._derivation import Derivation, derive
from timeline.model._duration import check_duration, to_timedelta
from timeline.model._recurrence import Recurrence, occurrences
from timeline.when import When  # noqa: TC001 - the document reads the types of fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, timedelta

    from timeline.model._status import Status
    from timeline.when import Moment

# Which claim says most about whether an event is a fact, first to last; a denial counts where nothing else does.
_WEIGHT = (
    Modality.REPORTED,
    Modality.PLANNED,
    Modality.PROJECTED,
    Modality.DESIRED,
    Modality.ASSESSED,
)
# What may date what occurred.
_OF_FACTS = (Modality.REPORTED, Modality.DENIED)


@attrs.frozen(kw_only=True)
class Origin:
    """Somebody whom claims about an event go back to.

    Attributes:
        name: A named speaker, who first relayed unnamed ones, or the id of the source.
        claims: The claims.
    """

    name: str
    claims: tuple[Claim, ...]


def _claims(value: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple(value)


@attrs.frozen(kw_only=True)
class Event:
    """Something that happened, is going on or may happen.

    Its date is `when`: the editor's, or else that of its outcome, or else the one that
    follows from its claims; `derivation` says why.

    Attributes:
        id: Unique in the timeline and never reused: calendars update by it.
        title: One line.
        text: What there is to say, in Markdown.
        own_when: The editor's date, given as ``when``; None if the editor gives none.
        duration: How long it lasts from the time of day at which it begins, such as ``PT1H30M`` (RFC 5545, 3.3.6).
        repeats: When it happens again.
        places: Where.
        actors: Who takes part.
        tags: Keywords.
        group: The row in which a picture of the timeline shows the event.
        media: A picture or the like.
        after: The ids of events that it comes after, as stated.
        claims: Who said what about it.
        outcome: How it ended, if it was projected or planned.
        derivation: Why it has the date that it has; no argument of the constructor.
    """

    id: str = attrs.field(validator=fields.identifier)
    title: str = attrs.field(validator=fields.title)
    text: str | None = attrs.field(default=None, converter=fields.no_empty, validator=fields.text)
    own_when: When | None = attrs.field(default=None, converter=fields.to_when, alias="when")
    duration: str | None = attrs.field(default=None, converter=fields.no_empty, validator=check_duration)
    repeats: Recurrence | None = attrs.field(default=None, validator=fields.optional(Recurrence))
    places: tuple[str, ...] = attrs.field(default=(), converter=fields.strings, validator=fields.texts)
    actors: tuple[str, ...] = attrs.field(default=(), converter=fields.strings, validator=fields.texts)
    tags: tuple[str, ...] = attrs.field(default=(), converter=fields.strings, validator=fields.texts)
    group: str | None = attrs.field(default=None, converter=fields.no_empty, validator=fields.text)
    media: Media | None = attrs.field(default=None, validator=fields.optional(Media))
    after: tuple[str, ...] = attrs.field(default=(), converter=fields.strings, validator=fields.ids)
    claims: tuple[Claim, ...] = attrs.field(default=(), converter=_claims, validator=fields.all_of(Claim))
    outcome: Outcome | None = attrs.field(default=None, validator=fields.optional(Outcome))

    @functools.cached_property
    def derivation(self) -> Derivation:
        """The date, and why it is that: the claims used and the rule that chose them."""
        if self.own_when is not None:
            return Derivation(when=self.own_when, reason="the editor's date")
        if self.outcome is not None and self.outcome.result is Result.OCCURRED:
            if self.outcome.when is not None:
                return Derivation(when=self.outcome.when, reason="the date of the outcome")
            # What was expected does not say when it happened.
            return derive([claim for claim in self.claims if claim.modality in _OF_FACTS])
        return derive(self.claims)

    @functools.cached_property
    def _standing(self) -> tuple[Claim, ...]:
        # attrs takes the type for that of a field, which the document reads: no name of typing may be in it.
        return tuple(standing(self.claims))

    @functools.cached_property
    def _is_contradicted(self) -> bool:
        return contradicting_denial(self.claims) is not None

    @property
    def when(self) -> When | None:
        """The date: the editor's, that of the outcome, or the one that follows from the claims."""
        return self.derivation.when if self.own_when is None else self.own_when

    @property
    def lasts(self) -> timedelta | None:
        """The `duration`, as Python has it."""
        return to_timedelta(self.duration) if self.duration else None

    def occurrences(self, since: date, until: date, *, limit: int = 10_000) -> Iterator[When]:
        """The dates at which it happens within a window, those that its rules make among them.

        An event that does not happen again has its own date, if that may touch the window.

        Args:
            since: The first day.
            until: The last day.
            limit: How many there may be.

        Raises:
            ModelError: There are more, or the rules lead on from no day or time.

        Source: RFC 5545, 3.8.5.3; the rules are those of `dateutil.rrule`.
        """
        return occurrences(self.when, self.repeats, since, until, limit)

    @property
    def origins(self) -> tuple[Origin, ...]:
        """The independent origins of the claims that state it as what it is (`stated`).

        Four sentences from one report are one origin; see `Claim.origin`.
        """
        by_name: defaultdict[str, list[Claim]] = defaultdict(list)
        modality = self.stated
        claims = self.claims if modality is Modality.DENIED else self._standing
        for claim in claims:
            if claim.modality is modality:
                by_name[claim.origin.casefold()].append(claim)
        return tuple(Origin(name=claims[0].origin, claims=tuple(claims)) for claims in by_name.values())

    def status(self, now: Moment) -> Status:
        """What it is at a moment, by what was said until then.

        An event does not know when its sources were published; `Timeline.statuses` does.

        Args:
            now: The moment; its day in UTC counts. Claims and outcomes that certainly came
                later do not.

        Raises:
            WhenError: ``now`` is not a moment.
        """
        from timeline.model._knowledge import day_of  # noqa: PLC0415 - stands on events
        from timeline.model._status import status_of  # noqa: PLC0415 - the same

        return status_of(self, day_of(now))

    @property
    def cited(self) -> tuple[str, ...]:
        """The ids of the sources that its claims and its outcome name, each once."""
        named = dict.fromkeys(claim.source for claim in self.claims)
        if self.outcome is not None:
            named[self.outcome.source] = None
        return tuple(named)

    @property
    def stated(self) -> Modality | None:
        """The modality of the claim that says most of whether it is a fact, whatever the outcome.

        A claim that its own origin denied later says nothing any more; what another origin
        denies is still stated. None if there are no claims.
        """
        stated = {claim.modality for claim in self._standing}
        denied = Modality.DENIED if self.claims else None
        return next((modality for modality in _WEIGHT if modality in stated), denied)

    @property
    def modality(self) -> Modality | None:
        """In what way it is stated: what the outcome made of it, or else its weightiest claim.

        One report makes an event reported, whatever else is projected, wanted or
        judged of it. None if there are no claims: the editor states the event.
        """
        if self.outcome is not None and self.outcome.result is Result.OCCURRED:
            return Modality.REPORTED
        if self.outcome is not None and self.outcome.result is Result.DID_NOT_OCCUR:
            return Modality.DENIED
        return self.stated

    @property
    def is_disputed(self) -> bool:
        """Whether sources contradict each other in whether it happened, or when, and nobody decided it.

        Reports do in the date if the editor gives none; a denial contradicts them unless it certainly
        came before all of them, is of another time, or was taken back.
        """
        if self.outcome is not None:
            return self.outcome.result is Result.DISPUTED
        if self.stated is not Modality.REPORTED:
            return False
        return (self.own_when is None and self.derivation.disputed) or self._is_contradicted

    @property
    def word(self) -> str | None:
        """What it is, in plain English: "did not occur", "disputed", "reported", "projected, denied".

        None if the editor alone states it.
        """
        if self.outcome is not None and self.outcome.result is not Result.OCCURRED:
            return self.outcome.result.word
        if self.is_disputed:
            return Result.DISPUTED.word
        modality = self.modality
        if modality is None:
            return None
        is_denied = self.is_open and any(claim.modality is Modality.DENIED for claim in self.claims)
        return f"{modality.word}, denied" if is_denied else modality.word

    @property
    def is_fact(self) -> bool:
        """Whether it is stated as a fact: a claim or outcome reports it, or the editor alone states it.

        What is disputed or superseded is none.
        """
        if self.outcome is not None and self.outcome.result is not Result.OCCURRED:
            return False
        return self.modality in (None, Modality.REPORTED) and not self.is_disputed

    @property
    def is_open(self) -> bool:
        """Whether all that is known of it is a plan, a projection or a wish."""
        return self.modality in (Modality.PLANNED, Modality.PROJECTED, Modality.DESIRED)
