"""How often an event was revised, and when last."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from datetime import datetime


@attrs.frozen(kw_only=True)
class Revision:
    """Which version of an event it is.

    Attributes:
        number: How often it was revised: 0 as it was first recorded.
        recorded: When it was revised last, in UTC.
    """

    number: int
    recorded: datetime
