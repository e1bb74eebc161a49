"""Dates as sources state them: EDTF (ISO 8601-2:2019) in and out.

`When` is imported at once, all else when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline._lazy import on_first_use as _on_first_use
from timeline.when._value import When

if TYPE_CHECKING:
    from timeline.when._calendar import DAY_SECONDS, Day, from_ordinal
    from timeline.when._extent import Extent
    from timeline.when._languages import languages
    from timeline.when._moment import Moment, as_moment
    from timeline.when._parts import NO_MARKS, Bound, Clock, Grain, Kind, Part, Qualifier, Range, Unit
    from timeline.when._relations import Relation
    from timeline.when._seasons import SeasonTable
    from timeline.when._temporal import Temporal
    from timeline.when._widening import Margin, Widening
    from timeline.when._windows import Duration, numbers

_HOME = {
    "_calendar": ("DAY_SECONDS", "Day", "from_ordinal"),
    "_extent": ("Extent",),
    "_languages": ("languages",),
    "_moment": ("Moment", "as_moment"),
    "_parts": ("NO_MARKS", "Bound", "Clock", "Grain", "Kind", "Part", "Qualifier", "Range", "Unit"),
    "_relations": ("Relation",),
    "_seasons": ("SeasonTable",),
    "_temporal": ("Temporal",),
    "_widening": ("Margin", "Widening"),
    "_windows": ("Duration", "numbers"),
}

__all__ = [
    "DAY_SECONDS",
    "NO_MARKS",
    "Bound",
    "Clock",
    "Day",
    "Duration",
    "Extent",
    "Grain",
    "Kind",
    "Margin",
    "Moment",
    "Part",
    "Qualifier",
    "Range",
    "Relation",
    "SeasonTable",
    "Temporal",
    "Unit",
    "When",
    "Widening",
    "as_moment",
    "from_ordinal",
    "languages",
    "numbers",
]

__getattr__, __dir__ = _on_first_use(__name__, globals(), _HOME)
