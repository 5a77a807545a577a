"""Verification repeats everything and names what does not hold."""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from gongjian.draws.lot.canonical import ALGORITHM, FIRST, Document, canonical, read
from gongjian.draws.lot.receipt import body_hash, late_conflict
from gongjian.draws.lot.sample import sample_commitment, sample_draw, sample_plan
from gongjian.draws.lot.verify import MESSAGES, UNREADABLE, verify, verify_text
from gongjian.draws.tests.builders import (
    BONE,
    EYE,
    RECORD,
    a_plan,
    a_receipt,
    an_expert,
    an_open_door,
    experts_of,
    groups_of,
)

Change = Callable[[Document], Any]
ISSUED = Path(__file__).with_name("receipts")


def a_document() -> Document:
    """A receipt with two late conflicts."""
    receipt = a_receipt()
    first = receipt.sitting[0]
    receipt = late_conflict(receipt, expert=first.expert, group=first.group, reason="kin", record=RECORD)
    return late_conflict(
        receipt, expert=receipt.outcome.reserves[-1].expert, group="*", reason="ill", record=RECORD
    ).document()


def codes(document: Document) -> set[str]:
    return {finding.code for finding in verify(document)}


def sealed(document: Document) -> Document:
    """The same document with a fitting hash of its own, as a forger would make it."""
    own = body_hash(document)
    return {**document, "hash": own, "last": document["last"] if document["late"] else own}


@pytest.mark.parametrize(
    "document",
    [
        a_receipt().document(),
        a_document(),
        a_receipt(None, "独").document(),
        a_receipt(a_plan(experts_of(*[BONE] * 5), groups_of([BONE] * 5))).document(),
        an_open_door().send("K03").send("K01", word="七").document(),
        an_open_door().document(),
    ],
)
def test_a_receipt_as_issued_holds(document: Document) -> None:
    assert verify(document) == []
    assert verify_text(canonical(document) + b"\n") == []


@pytest.mark.parametrize("file", sorted(ISSUED.iterdir()), ids=lambda file: file.stem)
def test_a_receipt_issued_under_an_earlier_algorithm_still_holds(file: Path) -> None:
    text = file.read_bytes()
    assert verify_text(text) == []
    assert read(text)["algorithm"] == FIRST
    assert '"record"' not in text.decode()


@pytest.mark.parametrize("file", sorted(ISSUED.iterdir()), ids=lambda file: file.stem)
def test_no_receipt_passes_under_another_algorithm(file: Path) -> None:
    document = read(file.read_bytes())
    assert {"algorithm", "receipt.hash"} <= codes({**document, "algorithm": ALGORITHM})
    assert codes({**document, "commitment": {**document["commitment"], "algorithm": ALGORITHM}})
    newer = a_receipt().document()
    assert codes({**newer, "commitment": {**newer["commitment"], "algorithm": FIRST}}) == {UNREADABLE}


def test_a_large_receipt_holds() -> None:
    assert verify_text(sample_draw(sample_commitment(sample_plan(experts=80, groups=12))).text) == []


CHANGES: dict[str, tuple[Change, str]] = {
    "another hash": (lambda d: d.update(hash="00" * 32), "receipt.hash"),
    "another algorithm": (lambda d: d.update(algorithm="gongjian-lot-0"), "algorithm"),
    "another commitment hash": (lambda d: d.update(commitment_hash="00" * 32), "commitment_hash"),
    "another secret": (lambda d: d.update(secret="00" * 32), "secret"),
    "a shorter secret": (lambda d: d.update(secret=d["secret"][2:]), "secret"),
    "a secret in capitals": (lambda d: d.update(secret=d["secret"].upper()), "secret"),
    "another seed": (lambda d: d.update(seed="00" * 32), "seed"),
    "another word": (lambda d: d["words"][0].update(word="春水"), "word"),
    "another part": (lambda d: d["words"][0].update(who="抽取人员"), "word"),
    "another seal": (lambda d: d["words"][0].update(seal="00" * 32), "word"),
    "a word left out": (lambda d: d["words"].pop(0), "word"),
    "no words": (lambda d: d["words"].clear(), "word"),
    "a better chance": (lambda d: d["chances"].__setitem__(0, ["E01", "2/3"]), "chances"),
    "a chance written as a decimal": (lambda d: d["chances"].__setitem__(0, ["E01", "0.5"]), "chances"),
    "a chance not reduced": (lambda d: d["chances"].__setitem__(0, ["E01", "2/4"]), "chances"),
    "a chance left out": (lambda d: d["chances"].pop(), "chances"),
    "another certificate": (lambda d: d["certificate"][0].update(places=5), "certificate"),
    "a certificate left out": (lambda d: d["certificate"].pop(), "certificate"),
    "fewer redraws": (lambda d: d.update(redraws=d["redraws"] - 1), "redraws"),
    "another expert in a seat": (lambda d: d["places"][0].update(expert="E10"), "places"),
    "two experts exchanged": (lambda d: d["places"].reverse(), "places"),
    "another reserve": (lambda d: d["reserves"][0].update(expert="E10"), "reserves"),
    "reserves exchanged": (lambda d: d["reserves"].reverse(), "reserves"),
    "another reason": (lambda d: d["late"][0].update(reason="ill", record=RECORD), "late"),
    "another reserve called": (lambda d: d["late"][0]["seats"][0].__setitem__(2, "E10"), "late"),
    "a late conflict left out": (lambda d: d["late"].pop(0), "late"),
    "late conflicts exchanged": (lambda d: d["late"].reverse(), "late"),
    "a late conflict of a stranger": (lambda d: d["late"][0].update(expert="E99"), "late"),
    "another expert sitting": (lambda d: d["sitting"][0].update(expert="E10"), "sitting"),
    "an expert left out of the list": (lambda d: d["commitment"]["plan"]["experts"].pop(), "commitment_hash"),
    "an expert's hospital": (lambda d: d["commitment"]["plan"]["experts"][0].update(hospital="H9"), "commitment_hash"),
    "a reason of exclusion": (lambda d: d["commitment"]["plan"]["excluded"][0].update(reason="x"), "commitment_hash"),
    "an impossible list": (lambda d: d["commitment"]["plan"]["groups"][0].update(wants=["x"] * 3), "impossible"),
    "an earlier commitment hidden": (lambda d: d["commitment"].update(prior=["00" * 32]), "commitment_hash"),
    "a field left out": (lambda d: d.pop("redraws"), UNREADABLE),
    "a field too many": (lambda d: d.update(more="1"), UNREADABLE),
    "no commitment": (lambda d: d.pop("commitment"), UNREADABLE),
    "another kind": (lambda d: d.update(kind="gongjian/another"), UNREADABLE),
    "the kind of a door": (lambda d: d.update(kind="gongjian/door-receipt"), UNREADABLE),
    "a list out of order": (lambda d: d["commitment"]["plan"]["experts"].reverse(), UNREADABLE),
    "a decimal": (lambda d: d.update(redraws=1.0), UNREADABLE),
    "nothing where something should be": (lambda d: d.update(seed=None), UNREADABLE),
    "a secret that is no hex": (lambda d: d.update(secret="xy"), UNREADABLE),
    "words that are no list": (lambda d: d.update(words="秋水"), UNREADABLE),
    "a word that is a number": (lambda d: d["words"][0].update(word=7), UNREADABLE),
    "experts that are a number": (lambda d: d["commitment"]["plan"].update(experts=7), UNREADABLE),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_found_and_named(name: str) -> None:
    document, (change, code) = a_document(), CHANGES[name]
    change(document)
    assert code in codes(document)


@pytest.mark.parametrize("name", [name for name in CHANGES if name != "another hash"])
def test_a_change_is_found_even_when_the_receipt_is_sealed_anew(name: str) -> None:
    document, (change, _) = a_document(), CHANGES[name]
    change(document)
    try:
        document = sealed(document)
    except Exception:
        document = dict(document)
    assert codes(document)


def test_everything_that_follows_from_a_forged_seed_is_named() -> None:
    document = a_document()
    document["words"][0]["word"] = "春水"
    assert {"word", "seed", "receipt.hash"} <= codes(document)


def test_one_changed_outcome_is_not_blamed_on_the_inputs() -> None:
    document = a_receipt().document()
    document["places"][0]["expert"] = "E10"
    assert codes(sealed(document)) == {"places"}


@pytest.mark.parametrize("late", range(2))
def test_a_late_conflict_is_bound_to_the_draw_it_belongs_to(late: int) -> None:
    document, other = a_document(), a_receipt(None, "别的").document()
    other["late"] = [deepcopy(document["late"][late])]
    assert "late" in codes(other)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{}",
        b"[]",
        b"not json",
        b'{"kind":"gongjian/draw-receipt"}',
        b'{"kind":["x"]}',
        b'{"kind":7}',
        b"\xff\xfe",
    ],
)
def test_a_file_that_is_no_receipt_is_called_unreadable(text: bytes) -> None:
    assert [finding.code for finding in verify_text(text)] == [UNREADABLE]


def test_a_receipt_that_was_formatted_anew_is_not_accepted() -> None:
    spaced = a_receipt().text.replace(b'","', b'", "')
    assert [finding.code for finding in verify_text(spaced)] == [UNREADABLE]


@pytest.mark.parametrize("code", MESSAGES)
def test_every_finding_is_a_whole_chinese_sentence(code: str) -> None:
    assert MESSAGES[code].endswith("。")
    assert MESSAGES[code][0] >= "\u4e00"


def test_a_list_that_can_never_be_seated_is_impossible() -> None:
    document = a_receipt().document()
    experts = document["commitment"]["plan"]["experts"]
    assert experts[4]["id"] == "E05"
    people = [an_expert("E1", EYE, hospital="A"), an_expert("E2", "神经科", hospital="A"), *experts_of(*[BONE] * 4)]
    plan = a_plan(people, groups_of([EYE, "神经科", BONE], [BONE] * 3)).ordered()
    document["commitment"]["plan"] = plan.document()
    assert "impossible" in codes(document)
