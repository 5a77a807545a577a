"""Maximum flow and least cut on small networks."""

from itertools import combinations

import pytest

from gongjian.draws.lot.flow import Network
from gongjian.draws.lot.stream import Stream

Arcs = list[tuple[int, int, int]]
NODES = 7


def network(arcs: Arcs, nodes: int = NODES) -> Network:
    net = Network(nodes)
    for tail, head, room in arcs:
        net.add(tail, head, room)
    return net


def some_arcs(number: int) -> Arcs:
    """Twelve arcs among seven nodes, the same for the same number."""
    source = Stream(bytes(32), f"arcs/{number}")
    return [(source.below(NODES), source.below(NODES), source.below(9)) for _ in range(12)]


def cut(arcs: Arcs, inside: set[int]) -> int:
    return sum(room for tail, head, room in arcs if tail in inside and head not in inside)


def least_cut(arcs: Arcs) -> int:
    """Over all sets that hold node 0 and not the last."""
    between = range(1, NODES - 1)
    return min(cut(arcs, {0, *some}) for size in range(NODES - 1) for some in combinations(between, size))


@pytest.mark.parametrize(
    ("arcs", "expected"),
    [
        ([], 0),
        ([(0, 6, 5)], 5),
        ([(0, 1, 5), (1, 6, 3)], 3),
        ([(0, 1, 2), (0, 2, 2), (1, 6, 2), (2, 6, 2)], 4),
        ([(0, 1, 1), (0, 2, 1), (1, 3, 1), (2, 3, 1), (3, 6, 1)], 1),
        ([(0, 1, 1), (0, 2, 1), (1, 3, 1), (1, 4, 1), (2, 3, 1), (3, 6, 1), (4, 6, 1)], 2),
        ([(1, 0, 9), (6, 1, 9)], 0),
        ([(0, 1, 10**30), (1, 6, 10**29)], 10**29),
        ([(0, 1, 3), (1, 2, 3), (2, 1, 3), (2, 6, 3)], 3),
    ],
)
def test_as_much_flows_as_can(arcs: Arcs, expected: int) -> None:
    assert network(arcs).fill(0, 6) == expected


@pytest.mark.parametrize("number", range(40))
def test_the_flow_equals_the_least_cut(number: int) -> None:
    arcs = some_arcs(number)
    assert network(arcs).fill(0, NODES - 1) == least_cut(arcs)


@pytest.mark.parametrize("number", range(20))
def test_what_is_reached_and_what_reaches_are_both_least_cuts(number: int) -> None:
    arcs = some_arcs(number)
    net = network(arcs)
    flow = net.fill(0, NODES - 1)
    assert cut(arcs, net.reached(0)) == flow
    assert cut(arcs, set(range(NODES)) - net.reaching(NODES - 1)) == flow


@pytest.mark.parametrize("number", range(20))
def test_the_cut_near_the_source_does_not_depend_on_the_order_of_arcs(number: int) -> None:
    arcs = some_arcs(number)
    one, other = network(arcs), network(arcs[::-1])
    assert one.fill(0, 6) == other.fill(0, 6)
    assert one.reached(0) == other.reached(0)
    assert one.reaching(6) == other.reaching(6)


@pytest.mark.parametrize("number", range(20))
def test_what_flows_into_a_node_flows_out_of_it(number: int) -> None:
    arcs = some_arcs(number)
    net = network(arcs)
    net.fill(0, 6)
    flows = [(tail, head, net.flow(2 * arc)) for arc, (tail, head, _) in enumerate(arcs)]
    balance = [
        sum(flow for tail, _, flow in flows if tail == node) - sum(flow for _, head, flow in flows if head == node)
        for node in range(1, 6)
    ]
    assert balance == [0] * 5
    assert all(0 <= flow <= arc[2] for (_, _, flow), arc in zip(flows, arcs, strict=True))


def test_more_can_be_poured_in_after_a_new_arc() -> None:
    net = network([(0, 1, 2), (1, 6, 9)])
    assert net.fill(0, 6) == 2
    net.add(0, 1, 3)
    assert net.fill(0, 6) == 3
    assert net.fill(0, 6) == 0


def test_arcs_are_tried_in_the_order_they_were_added() -> None:
    net = network([(0, 1, 1), (1, 2, 1), (1, 3, 1), (2, 6, 1), (3, 6, 1)])
    net.fill(0, 6)
    assert [net.flow(2 * arc) for arc in range(5)] == [1, 1, 0, 1, 0]
