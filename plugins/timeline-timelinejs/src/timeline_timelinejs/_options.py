"""Options of the TimelineJS format."""

import attrs

from timeline.formats import choice


@attrs.frozen(kw_only=True)
class TimelineJsOptions:
    """Options of the format.

    Attributes:
        group: What makes the rows under the slides: the group of an event, its
            first tag, its status alone ("Reported", "Projected"), or nothing. Where
            an event has no group or tag, its status serves.
    """

    group: str = choice("group", "tag", "status", "none", default="group")
