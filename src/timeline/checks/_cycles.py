"""Finds what leads back to itself, however long the way is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def cycles(edges: Sequence[tuple[int, ...]]) -> Iterator[list[int]]:
    """The sets of nodes of a graph that lead back to themselves.

    Args:
        edges: The nodes that each node leads to.

    Source: R. Tarjan, Depth-first search and linear graph algorithms, 1972; without recursion,
        which Python ends at a thousand steps.
    """
    search = _Search(edges)
    for node in range(len(edges)):
        if node not in search.order and edges[node]:
            for found in search.from_(node):
                if len(found) > 1 or found[0] in edges[found[0]]:
                    yield found


@attrs.define
class _Search:
    """What is known of the nodes that were reached."""

    edges: Sequence[tuple[int, ...]]
    order: dict[int, int] = attrs.field(factory=dict)
    lowest: dict[int, int] = attrs.field(factory=dict)
    path: list[int] = attrs.field(factory=list)
    on_path: set[int] = attrs.field(factory=set)

    def from_(self, root: int) -> Iterator[list[int]]:
        """The strongly connected sets of nodes that are reached from a node for the first time."""
        stack = [self._reach(root)]
        while stack:
            node, rest = stack[-1]
            for target in rest:
                if target not in self.order:
                    stack.append(self._reach(target))
                    break
                if target in self.on_path:
                    self.lowest[node] = min(self.lowest[node], self.order[target])
            else:
                stack.pop()
                if stack:
                    parent = stack[-1][0]
                    self.lowest[parent] = min(self.lowest[parent], self.lowest[node])
                if self.lowest[node] == self.order[node]:
                    yield self._take(node)

    def _reach(self, node: int) -> tuple[int, Iterator[int]]:
        self.order[node] = self.lowest[node] = len(self.order)
        self.path.append(node)
        self.on_path.add(node)
        return node, iter(self.edges[node])

    def _take(self, node: int) -> list[int]:
        """Take the nodes off the path that were reached since a node, with it."""
        taken: list[int] = []
        while not taken or taken[-1] != node:
            taken.append(self.path.pop())
            self.on_path.discard(taken[-1])
        return taken
