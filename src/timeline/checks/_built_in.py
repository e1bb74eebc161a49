"""All rules that are built in, by code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.checks import _date_rules, _day_rules, _projection_rules, _source_rules, _text_rules
from timeline.checks._run import DOCUMENT_RULES

if TYPE_CHECKING:
    from timeline.checks._seam import Check

RULES: tuple[Check, ...] = tuple(
    sorted(
        (
            *DOCUMENT_RULES,
            *_date_rules.RULES,
            *_day_rules.RULES,
            *_text_rules.RULES,
            *_source_rules.RULES,
            *_projection_rules.RULES,
        ),
        key=lambda rule: rule.code,
    )
)
