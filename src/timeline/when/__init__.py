"""Dates as sources state them: EDTF (ISO 8601-2:2019) in and out.

This version reads level 0 dates and intervals, and of levels 1 and 2 what the
first chronology needs: negative years, seasons, ``? ~ %`` on a whole date, open
and unknown ends, and the sets ``[...]`` and ``{...}`` with ``..``. Other EDTF is
refused with an error that names it.
"""

from timeline.when._calendar import Day
from timeline.when._moment import Moment, as_moment
from timeline.when._parts import Bound, Grain, Kind, Part, Qualifier, Range, Unit
from timeline.when._value import When

__all__ = ["Bound", "Day", "Grain", "Kind", "Moment", "Part", "Qualifier", "Range", "Unit", "When", "as_moment"]
