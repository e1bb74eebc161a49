"""What our documents have beside what TimelineJS draws: the timeline, for importers, and what was drawn of it."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

RECORD = "timeline"
"""The key of the root and of slides. TimelineJS passes over keys that it does not know."""

DIGEST = "drawn"
"""The key in a record for the digest of the slide that it stands in."""

_canonical = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode


def recorded(record: dict[str, Any], slide: Mapping[str, Any]) -> dict[str, Any]:
    """A record with the digest of its slide.

    It tells a slide that somebody changed from one that a later version of ours would write otherwise.
    """
    return {**record, DIGEST: digest(slide)}


def digest(slide: Mapping[str, Any]) -> str:
    """A digest of what a slide shows."""
    shown = {key: value for key, value in slide.items() if key != RECORD}
    return hashlib.sha256(_canonical(shown).encode()).hexdigest()[:16]
