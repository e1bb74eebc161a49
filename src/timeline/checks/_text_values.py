"""What the rules that read words share: days of dates, and the language they can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.when import Bound

if TYPE_CHECKING:
    from timeline.model import Event, Timeline
    from timeline.when import When

    Path = tuple[str | int, ...]


def is_english(timeline: Timeline) -> bool:
    """Whether the texts are English, as far as the timeline says."""
    language = timeline.language.casefold()
    return not language or language == "en" or language.startswith("en-")


def first_day(when: When) -> int | None:
    """The first day that a date may touch; None if it has none."""
    start = when.window[0]
    return None if isinstance(start, Bound) else start


def last_day(when: When) -> int | None:
    """The last day that a date may touch; None if it has none."""
    end = when.window[1]
    return None if isinstance(end, Bound) else end - 1


def date_path(event: Event, position: int) -> Path:
    """Where the date of an event is written: its own, that of its outcome, or that of the claim it follows from."""
    head: Path = ("events", position)
    if event.own_when is not None:
        return (*head, "when")
    used = event.derivation.claims
    if not used:
        return (*head, "outcome", "when")
    number = next(number for number, claim in enumerate(event.claims) if claim is used[0])
    return (*head, "claims", number, "when")


def shown(text: str, limit: int = 80) -> str:
    """A text in quotation marks, on one line and cut."""
    line = " ".join(text[: 4 * limit].split())
    return f'"{line}"' if len(line) <= limit else f'"{line[: limit - 1].rstrip()}…"'
