"""What a chronology is made of, and what follows from it.

Timelines, events, claims and sources; the date of an event from its claims, its
status at a moment, and the timeline as it was known on a day.

Everything is frozen; `attrs.evolve` makes a changed copy. Constructors accept
what people have: a date may be EDTF text, a `datetime.date` or a `When`; a list
serves for a tuple. Empty text counts as no text.

What a timeline is made of is imported at once, what follows from it when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline._lazy import on_first_use as _on_first_use
from timeline.model._agreement import compatible, contradicting_denial, standing
from timeline.model._claims import Claim, Media, Modality, Outcome, Result, Source, Speaker
from timeline.model._derivation import Derivation, derive
from timeline.model._duration import to_duration, to_timedelta
from timeline.model._event import Event, Origin
from timeline.model._fields import ID_EXPECTED, ID_PATTERN, LANGUAGE_EXPECTED, LANGUAGE_PATTERN
from timeline.model._recurrence import Recurrence
from timeline.model._timeline import Timeline

if TYPE_CHECKING:
    from timeline.model._knowledge import Basis
    from timeline.model._projections import Deviation, Projection, deviation
    from timeline.model._revision import Revision
    from timeline.model._scales import Estimate, Grade, read_credibility, read_likelihood, read_reliability
    from timeline.model._selection import Selection
    from timeline.model._status import Status
    from timeline.model._zone import zone_of

_HOME = {
    "_knowledge": ("Basis",),
    "_projections": ("Deviation", "Projection", "deviation"),
    "_revision": ("Revision",),
    "_scales": ("Estimate", "Grade", "read_credibility", "read_likelihood", "read_reliability"),
    "_selection": ("Selection",),
    "_status": ("Status",),
    "_zone": ("zone_of",),
}

__all__ = [
    "ID_EXPECTED",
    "ID_PATTERN",
    "LANGUAGE_EXPECTED",
    "LANGUAGE_PATTERN",
    "Basis",
    "Claim",
    "Derivation",
    "Deviation",
    "Estimate",
    "Event",
    "Grade",
    "Media",
    "Modality",
    "Origin",
    "Outcome",
    "Projection",
    "Recurrence",
    "Result",
    "Revision",
    "Selection",
    "Source",
    "Speaker",
    "Status",
    "Timeline",
    "compatible",
    "contradicting_denial",
    "derive",
    "deviation",
    "read_credibility",
    "read_likelihood",
    "read_reliability",
    "standing",
    "to_duration",
    "to_timedelta",
    "zone_of",
]

__getattr__, __dir__ = _on_first_use(__name__, globals(), _HOME)
