"""Says where in a file something of its timeline stands, for what checks find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.document import Lines, Place, Position
from timeline_timelinejs._record import RECORD
from timeline_timelinejs.reading._slide import Role

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from timeline.document import Locate
    from timeline_timelinejs.reading._report import Spot
    from timeline_timelinejs.reading._slide import Slide

# What on a slide the fields of events and of their claims come from.
_FIELDS = {"title": "headline", "text": "text", "group": "group", "tags": "tag", "places": "place", "id": "unique_id"}
_OF_MEDIA = {"caption": "caption", "credit": "credit", "alt": "alt"}


def positions(
    places: Collection[Place], slides: Sequence[tuple[Slide, bool]], text: str, locate: Locate | None
) -> Mapping[Place, Position]:
    """Where places of a timeline are in the file that it was read from.

    Args:
        places: The places.
        slides: The slides, the title slide first if there is one; each with whether it has a record.
        text: The text of the file.
        locate: Finds places in it.
    """
    start = Lines(text).position(0)
    spots = {place: _spot(place, slides) for place in places}
    wanted = {spot for spot in spots.values() if isinstance(spot, Place)}
    found = locate(wanted) if locate is not None and wanted else {}
    return {
        place: found.get(spot, start) if isinstance(spot, Place) else spot or start for place, spot in spots.items()
    }


def _spot(place: Place, slides: Sequence[tuple[Slide, bool]]) -> Spot | None:
    """Where what a place of a timeline holds came from."""
    title = next((slide for slide, _ in slides if slide.role is Role.TITLE), None)
    events = [entry for entry in slides if entry[0].role is not Role.TITLE]
    path = place.path
    if len(path) < 2 or path[0] != "events" or not isinstance(path[1], int) or path[1] >= len(events):
        return None if title is None else title.spot_of(_FIELDS.get(str(path[0]) if path else "", ""))
    slide, has_record = events[path[1]]
    rest = path[2:]
    if has_record:
        assert isinstance(slide.spot, Place)
        return Place((*slide.spot.path, RECORD, *rest), place.at_key)
    return _spot_on(slide, [step for step in rest if isinstance(step, str)])


def _spot_on(slide: Slide, names: Sequence[str]) -> Spot:
    """Where on a slide the keys of an event come from."""
    if not names:
        return slide.spot
    if names[-1] in ("when", "duration") and slide.start is not None:
        return slide.start.spot
    if names[-1] == "phrase":
        return slide.spot_of("display_date")
    return slide.spot_of(_OF_MEDIA.get(names[-1], "url") if names[0] == "media" else _FIELDS.get(names[0], ""))
