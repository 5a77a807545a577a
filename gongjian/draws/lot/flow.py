"""Whole-number maximum flow (Dinic). Nodes and arcs are tried in the order they were added: the flow found is always the same."""

from collections import deque


class Network:
    """A directed graph. Arc 2k runs forward, arc 2k+1 is its reverse; `room[arc]` is what can still be pushed along it."""

    def __init__(self, nodes: int) -> None:
        self.leaving: list[list[int]] = [[] for _ in range(nodes)]
        self.head: list[int] = []
        self.room: list[int] = []

    def add(self, tail: int, head: int, room: int) -> int:
        """A new arc and its empty reverse; gives the number of the arc."""
        arc = len(self.head)
        self.head += (head, tail)
        self.room += (room, 0)
        self.leaving[tail].append(arc)
        self.leaving[head].append(arc + 1)
        return arc

    def flow(self, arc: int) -> int:
        return self.room[arc ^ 1]

    def fill(self, source: int, sink: int) -> int:
        """Push all that still fits from source to sink; gives the amount added."""
        total = 0
        while (level := self._levels(source))[sink] >= 0:
            tried = [0] * len(self.leaving)
            while added := self._push(source, sink, level, tried):
                total += added
        return total

    def reached(self, source: int) -> set[int]:
        """Nodes the source can still push to: of all least cuts the one nearest the source, whatever flow was found."""
        return {node for node, level in enumerate(self._levels(source)) if level >= 0}

    def reaching(self, sink: int) -> set[int]:
        """Nodes that can still push to the sink: their complement is the least cut nearest the sink."""
        found, waiting = {sink}, [sink]
        while waiting:
            for arc in self.leaving[waiting.pop()]:
                if self.room[arc ^ 1] and self.head[arc] not in found:
                    found.add(self.head[arc])
                    waiting.append(self.head[arc])
        return found

    def _levels(self, source: int) -> list[int]:
        level = [-1] * len(self.leaving)
        level[source] = 0
        waiting = deque([source])
        while waiting:
            node = waiting.popleft()
            for arc in self.leaving[node]:
                if self.room[arc] and level[self.head[arc]] < 0:
                    level[self.head[arc]] = level[node] + 1
                    waiting.append(self.head[arc])
        return level

    def _push(self, source: int, sink: int, level: list[int], tried: list[int]) -> int:
        """One path of the level graph, filled; 0 when none is left."""
        path: list[int] = []
        node = source
        while node != sink:
            if tried[node] < len(self.leaving[node]):
                arc = self.leaving[node][tried[node]]
                if self.room[arc] and level[self.head[arc]] == level[node] + 1:
                    path.append(arc)
                    node = self.head[arc]
                else:
                    tried[node] += 1
            elif path:
                node = self.head[path.pop() ^ 1]
                tried[node] += 1
            else:
                return 0
        amount = min(self.room[arc] for arc in path)
        for arc in path:
            self.room[arc] -= amount
            self.room[arc ^ 1] += amount
        return amount
