"""Random numbers come from the seed alone, and each is equally likely."""

import ast
import hmac
import inspect
from collections import Counter
from hashlib import sha256
from types import ModuleType

import pytest

from gongjian.draws.lot import rounding, seating, stream
from gongjian.draws.lot.stream import Stream

SEED = bytes(range(32))


def test_block_n_is_the_hmac_of_the_label_and_n() -> None:
    expected = b"".join(hmac.digest(SEED, b"draw:" + n.to_bytes(8), sha256) for n in range(3))
    assert Stream(SEED, "draw").take(96) == expected


def test_a_known_seed_gives_known_numbers() -> None:
    source = Stream(SEED, "draw")
    assert [source.below(200) for _ in range(8)] == [20, 81, 162, 172, 25, 49, 68, 51]


def test_taking_in_pieces_gives_the_same_bytes() -> None:
    pieces = Stream(SEED, "draw")
    assert b"".join(pieces.take(size) for size in (1, 31, 0, 7, 40)) == Stream(SEED, "draw").take(79)


@pytest.mark.parametrize(("seed", "label"), [(bytes(32), "draw"), (SEED, "door"), (SEED, "draw:"), (SEED, "")])
def test_another_seed_or_label_gives_another_stream(seed: bytes, label: str) -> None:
    assert Stream(seed, label).take(32) != Stream(SEED, "draw").take(32)


@pytest.mark.parametrize("bound", [1, 2, 3, 7, 8, 200, 255, 256, 257, 65_537, 2**64 + 13, 10**40])
def test_a_number_is_below_its_bound(bound: int) -> None:
    source = Stream(SEED, "bounds")
    assert all(0 <= source.below(bound) < bound for _ in range(200))


def test_a_choice_among_one_uses_nothing_of_the_stream() -> None:
    source = Stream(SEED, "draw")
    assert source.below(1) == 0
    assert source.choose(["only"]) == "only"
    assert source.take(4) == Stream(SEED, "draw").take(4)


@pytest.mark.parametrize("bound", [3, 5, 6, 7, 10])
def test_every_number_comes_equally_often(bound: int) -> None:
    source, times = Stream(SEED, f"count {bound}"), 20_000
    counts = Counter(source.below(bound) for _ in range(times))
    chi_square = sum((counts[n] - times / bound) ** 2 / (times / bound) for n in range(bound))
    assert chi_square < 30


def test_a_number_too_large_is_drawn_anew_and_never_folded_back() -> None:
    class Given(Stream):
        """A stream of three bytes: 255, 200, 199."""

        def take(self, size: int) -> bytes:
            return bytes([given.pop(0)])

    given = [255, 200, 199]
    assert Given(SEED, "draw").below(200) == 199
    assert given == []


@pytest.mark.parametrize("method", ["below", "choose", "shuffle", "take"])
def test_no_remainder_is_taken_anywhere_in_the_stream(method: str) -> None:
    tree = ast.parse(inspect.getsource(stream))
    found = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == method]
    assert len(found) == 1
    assert not [node for node in ast.walk(found[0]) if isinstance(node, ast.Mod)]


@pytest.mark.parametrize("module", [stream, rounding, seating])
def test_no_other_source_of_chance_is_imported(module: ModuleType) -> None:
    tree = ast.parse(inspect.getsource(module))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert not {"random", "secrets", "os", "uuid", "time"} & imported


def test_a_shuffle_keeps_everyone_and_leaves_the_given_order_alone() -> None:
    given = list(range(50))
    shuffled = Stream(SEED, "draw").shuffle(given)
    assert sorted(shuffled) == given == list(range(50))
    assert shuffled != given


def test_every_order_of_three_comes_equally_often() -> None:
    source = Stream(SEED, "orders")
    counts = Counter(tuple(source.shuffle("abc")) for _ in range(12_000))
    assert len(counts) == 6
    assert all(1_840 <= count <= 2_160 for count in counts.values())


@pytest.mark.parametrize("items", [[], ["a"]])
def test_shuffling_nothing_or_one_changes_nothing(items: list[str]) -> None:
    assert Stream(SEED, "draw").shuffle(items) == items
