"""Finds where a BEGIN is missing, so that one lost line is one fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_ical.lint import _tables
from timeline_ical.lint._components import Child

if TYPE_CHECKING:
    from timeline_ical.lint._components import Component
    from timeline_ical.lint._content import Property

# What is longer than that is no component whose first line was lost.
_MOST = 500


def without_begin(owner: Component, name: str) -> int | None:
    """Where in a component another one may begin that has an END and no BEGIN.

    Args:
        owner: The component in which the END stands.
        name: What it ends.

    Returns:
        The number of the first item that is not of the owner, where all from there on are of the other; None
        if there is none.
    """
    if name not in _tables.CHILDREN.get(owner.name, ()):
        return None
    items = owner.items
    start = len(items)
    lowest = max(0, start - _MOST)
    while start > lowest and _may_be_in(items[start - 1], name):
        start -= 1
    at = next((at for at in range(start, len(items)) if _is_strange(owner, at)), None)
    if at is None:
        return None
    # What both may have is of the one that needs it.
    needed = _tables.REQUIRED.get(name, frozenset()) - {item.name for item in items[at:]}
    return min((before for before in range(start, at) if items[before].name in needed), default=at)


def _may_be_in(item: Property | Child, name: str) -> bool:
    if isinstance(item, Child):
        return item.name in _tables.CHILDREN[name]
    kind = _tables.PROPERTIES.get(item.name)
    return name in kind.owners if kind is not None else item.name.startswith("X-")


def _is_strange(owner: Component, at: int) -> bool:
    """Whether an item of a component looks as if it were of another."""
    item = owner.items[at]
    if isinstance(item, Child):
        return item.name not in _tables.CHILDREN[owner.name]
    if not _may_be_in(item, owner.name) or (at and isinstance(owner.items[at - 1], Child)):
        return True
    found = owner.properties[item.name]
    return item.name in _tables.ONCE[owner.name] and found[0] is not item
