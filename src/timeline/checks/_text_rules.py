"""The rules of the chronology linter that read words and numbers."""

from __future__ import annotations

from timeline.checks._drag_fill import drag_fill
from timeline.checks._numbers import number_contradiction
from timeline.checks._precision import false_precision
from timeline.checks._quotes import quote_not_found
from timeline.checks._seam import Check, Severity
from timeline.checks._stale import stale_now

RULES: tuple[Check, ...] = (
    Check(
        code="TL104",
        name="drag-fill",
        title="rows that a spreadsheet filled by dragging: dates that count up under one text",
        severity=Severity.WARNING,
        run=drag_fill,
    ),
    Check(
        code="TL105",
        name="false-precision",
        title="an exact day where the words say a month, a season or a year",
        severity=Severity.WARNING,
        run=false_precision,
    ),
    Check(
        code="TL201",
        name="quote-not-found",
        title="a quote that is not in the stored text of its source",
        severity=Severity.ERROR,
        run=quote_not_found,
    ),
    Check(
        code="TL202",
        name="number-contradiction",
        title="numbers that contradict themselves or each other",
        severity=Severity.WARNING,
        run=number_contradiction,
    ),
    Check(
        code="TL203",
        name="stale-now",
        title='"now" in words that are old',
        severity=Severity.WARNING,
        run=stale_now,
    ),
)
