"""10,000 single-field changes of receipts, every one caught, whether or not the forger seals the receipt anew."""

from collections.abc import Iterator
from itertools import islice

import pytest

from gongjian.draws.errors import ReceiptUnreadable
from gongjian.draws.lot.canonical import Document
from gongjian.draws.lot.receipt import body_hash, late_conflict
from gongjian.draws.lot.verify import verify
from gongjian.draws.tests.builders import BONE, EYE, RECORD, a_plan, a_receipt, an_open_door, experts_of, groups_of
from gongjian.draws.tests.mutations import Path, mutations

MANY = 10_000


def a_small_receipt() -> Document:
    plan = a_plan(experts_of(BONE, BONE, BONE, f"{BONE}+{EYE}", EYE), groups_of([BONE, BONE, EYE]), reserves=[BONE])
    receipt = a_receipt(plan, "秋水")
    return late_conflict(receipt, expert=receipt.sitting[0].expert, group="G1", reason="kin", record=RECORD).document()


def a_door_receipt() -> Document:
    return an_open_door().send("K05", word="七").send("K01").send("K09", word="八").document()


RECEIPTS = {
    "the city's": lambda: a_receipt().document(),
    "one with a late conflict": a_small_receipt,
    "a door's": a_door_receipt,
}
PASSES = [  # receipt, sealed anew, every how many-th change
    ("the city's", False, 1),
    ("the city's", True, 2),
    ("one with a late conflict", False, 1),
    ("one with a late conflict", True, 1),
    ("a door's", False, 1),
    ("a door's", True, 1),
]


def uncaught(document: Document, *, sealed: bool, step: int) -> tuple[int, list[tuple[Path, str]]]:
    """How many changes were tried, and those that nobody noticed."""
    tried, missed = 0, []
    for path, what, changed in islice(mutations(document), 0, None, step):
        tried += 1
        if not verify(_sealed(changed) if sealed and path not in (("hash",), ("last",)) else changed):
            missed.append((path, what))
    return tried, missed


def _sealed(document: Document) -> Document:
    try:
        own = body_hash(document)
        return {**document, "hash": own, "last": own if document.get("late") == [] else document["last"]}
    except ReceiptUnreadable:
        return document


def test_ten_thousand_changes_are_all_caught() -> None:
    results = [uncaught(RECEIPTS[name](), sealed=sealed, step=step) for name, sealed, step in PASSES]
    assert [missed for _, missed in results] == [[]] * len(results)
    assert sum(tried for tried, _ in results) >= MANY


@pytest.mark.parametrize("name", RECEIPTS)
def test_no_change_leaves_a_receipt_as_it_was(name: str) -> None:
    document = RECEIPTS[name]()
    assert not [path for path, _, changed in islice(mutations(document), 2_000) if repr(changed) == repr(document)]


@pytest.mark.parametrize("name", RECEIPTS)
def test_every_leaf_is_changed(name: str) -> None:
    document = RECEIPTS[name]()
    touched = {path for path, _, _ in mutations(document)}
    assert set(_leaves(document, ())) <= touched


def _leaves(value: object, path: Path) -> Iterator[Path]:
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _leaves(child, (*path, key))
    elif isinstance(value, list):
        for number, child in enumerate(value):
            yield from _leaves(child, (*path, number))
    else:
        yield path
