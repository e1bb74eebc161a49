"""Which claim of one version of an event is which of another.

Claims have no ids. Equal ones belong together; of the rest, those that are most alike in
source, origin, day and words. Each step looks every claim up once, so the whole is linear.
"""

from __future__ import annotations

from collections import defaultdict, deque
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from timeline.model import Claim

    Likeness = Callable[[Claim], Hashable | None]


@attrs.frozen(kw_only=True)
class Matched:
    """How the claims of two versions belong together, by their positions.

    Attributes:
        changed: Positions before and after of claims that were edited.
        added: Positions after.
        removed: Positions before.
        order: The positions before of the claims that stayed, in their new order; None if it
            is the old one.
    """

    changed: tuple[tuple[int, int], ...] = ()
    added: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()
    order: tuple[int, ...] | None = None


# The most alike first. A claim for which one of these is None takes no part in that step.
_LIKENESSES: tuple[Likeness, ...] = (
    lambda claim: (claim.source, claim.origin, claim.said, claim.quote) if claim.quote else None,
    lambda claim: (claim.source, claim.origin, claim.quote) if claim.quote else None,
    lambda claim: (claim.source, claim.quote) if claim.quote else None,
    lambda claim: claim.quote,
    lambda claim: (claim.source, claim.origin, claim.said, claim.modality, claim.when),
    lambda claim: (claim.source, claim.origin, claim.said, claim.modality),
    lambda claim: (claim.source, claim.origin, claim.said),
    lambda claim: (claim.source, claim.origin, claim.modality, claim.when),
    lambda claim: (claim.source, claim.said, claim.modality, claim.when),
    lambda claim: (claim.origin, claim.said, claim.modality, claim.when),
)


def match(before: Sequence[Claim], after: Sequence[Claim]) -> Matched:
    """Find which claims stayed, were edited, came and went."""
    old, new = list(range(len(before))), list(range(len(after)))
    equal, old, new = _pair(before, after, old, new, lambda claim: claim)
    edited: list[tuple[int, int]] = []
    for likeness in _LIKENESSES:
        if not old or not new:
            break
        pairs, old, new = _pair(before, after, old, new, likeness)
        edited += pairs
    if old and new:
        # One statement of an origin in a source gone and one come is an edit; of several, nobody can tell.
        pairs, old, new = _pair(before, after, old, new, lambda claim: (claim.source, claim.origin), alone=True)
        edited += pairs
    places = {position: earlier for earlier, position in (*equal, *edited)}
    kept = tuple(places[position] for position in sorted(places))
    moved = any(first > second for first, second in pairwise(kept))
    return Matched(
        changed=tuple(sorted(edited, key=lambda pair: pair[1])),
        added=tuple(new),
        removed=tuple(old),
        order=kept if moved else None,
    )


def _pair(
    before: Sequence[Claim],
    after: Sequence[Claim],
    old: list[int],
    new: list[int],
    likeness: Likeness,
    *,
    alone: bool = False,
) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Pair the claims of one likeness in their order.

    Args:
        before: The claims of the old version.
        after: Those of the new one.
        old: The positions in ``before`` that are not paired yet.
        new: Those in ``after``.
        likeness: What claims that belong together have in common.
        alone: Whether it must be the only one that is left, on both sides.

    Returns:
        The pairs, and what is left of ``old`` and ``new``.
    """
    waiting: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    for position in old:
        key = likeness(before[position])
        if key is not None:
            waiting[key].append(position)
    keys = [likeness(after[position]) for position in new]
    if alone:
        counts: defaultdict[Hashable, int] = defaultdict(int)
        for key in keys:
            counts[key] += 1
        waiting = defaultdict(
            deque, {key: queue for key, queue in waiting.items() if len(queue) == 1 == counts.get(key, 0)}
        )
    pairs = []
    left = []
    for position, key in zip(new, keys, strict=True):
        queue = waiting.get(key) if key is not None else None
        if queue:
            pairs.append((queue.popleft(), position))
        else:
            left.append(position)
    paired = {earlier for earlier, _ in pairs}
    return pairs, [position for position in old if position not in paired], left
