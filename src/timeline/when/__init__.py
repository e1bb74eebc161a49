"""Dates as sources state them: EDTF (ISO 8601-2:2019) in and out."""

from timeline.when._calendar import Day
from timeline.when._extent import Duration, Extent, Temporal
from timeline.when._languages import catalogues as languages
from timeline.when._moment import Moment, as_moment
from timeline.when._parts import NO_MARKS, Bound, Clock, Grain, Kind, Part, Qualifier, Range, Unit
from timeline.when._relations import Relation
from timeline.when._seasons import SeasonTable
from timeline.when._value import When
from timeline.when._widening import Margin, Widening

__all__ = [
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
    "languages",
]
