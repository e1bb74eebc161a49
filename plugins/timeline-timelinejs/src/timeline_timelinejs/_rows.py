"""The rows under the slides, and how each says what is no fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.labels import Label
from timeline.model import Modality, Status

if TYPE_CHECKING:
    from timeline.labels import Labels
    from timeline.model import Event

_FACTS = (Status.OCCURRED, Status.ONGOING)


class Rows:
    """Names the row of an event, and what it is; facts never share a row with what is none."""

    def __init__(self, labels: Labels, by: str) -> None:
        """Prepare the words.

        Args:
            labels: The words.
            by: ``group``, ``tag``, ``place``, ``status`` or ``none``.
        """
        self._by, self._labels = by, labels
        self._words = {status: labels.status(status) for status in Status}
        self._reported = labels.modality(Modality.REPORTED)
        self._of_no_fact = {self._words[status] for status in Status if status not in _FACTS}
        # What stands before and after the group in the names of such rows.
        self._around = [tuple(self._joined("\0", word).split("\0")) for word in self._of_no_fact]

    def word(self, status: Status) -> str | None:
        """What an event is, if that is no fact."""
        return None if status in _FACTS else self._words[status]

    def row(self, event: Event, status: Status) -> str | None:
        """The name of the row, plain; None for the row without a name, of what the editor states and nothing else."""
        if self._by == "none":
            return None
        own = self._own(event)
        word = self.word(status)
        if word is not None:
            return self._joined(own, word) if own else word
        if not own:
            return self._reported if event.claims or event.outcome else None
        return self._joined(own, self._reported) if self._looks_like_no_fact(own) else own

    def _looks_like_no_fact(self, own: str) -> bool:
        """Whether a group is called like a row of what is no fact."""
        around = (own.startswith(before) and own.endswith(after) for before, after in self._around)
        return own in self._of_no_fact or any(around)

    def _own(self, event: Event) -> str:
        if self._by == "status":
            return ""
        if self._by == "group":
            own = event.group or ""
        else:
            own = next(iter(event.tags if self._by == "tag" else event.places), "")
        # TimelineJS takes blanks away at both ends, and a name of blanks for none; JavaScript has one more of them.
        return " ".join(own.replace("\ufeff", " ").split())

    def _joined(self, own: str, word: str) -> str:
        return self._labels.text(Label.GROUP_AND_STATUS, group=self._labels.apart(own), status=word)
