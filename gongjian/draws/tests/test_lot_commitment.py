"""The commitment: fixed before the words, one hash for everything, never the same secret twice."""

from dataclasses import replace
from typing import Any

import pytest

from gongjian.draws.errors import PlanWrong, ReceiptUnreadable, SecretUsedBefore, SecretWrong
from gongjian.draws.lot.canonical import ALGORITHM, canonical, digest
from gongjian.draws.lot.commitment import commit, read_commitment
from gongjian.draws.lot.plan import ANY, Excluded, Group, Plan, Recusal
from gongjian.draws.lot.receipt import draw
from gongjian.draws.lot.records import record_hash
from gongjian.draws.lot.verify import sharing_a_seed
from gongjian.draws.lot.words import secret_hash
from gongjian.draws.tests.builders import (
    BONE,
    RECORD,
    SECRET,
    a_commitment,
    a_plan,
    a_receipt,
    recused,
    the_city_plan,
    words_for,
)

CITY = the_city_plan().ordered()


def test_the_hash_is_over_the_canonical_document() -> None:
    commitment = a_commitment()
    assert commitment.hash == digest("commitment", canonical(commitment.document()))
    assert len(commitment.hash) == 64


def test_the_document_names_everything_that_is_fixed() -> None:
    document = a_commitment(prior=["ef" * 32]).document()
    assert document["algorithm"] == ALGORITHM
    assert document["prior"] == ["ef" * 32]
    assert document["secret_hash"] == secret_hash(SECRET)
    excluded = {"id": "E90", "reason": "不符合本次条件", "specialties": ["眼科"], "record": RECORD}
    assert document["plan"]["excluded"] == [excluded]
    assert document["plan"]["reserves"] == [BONE, ANY]
    assert document["plan"]["groups"][0] == {"id": "G1", "wants": [BONE, "神经科", ANY]}
    assert document["plan"]["experts"][3]["recusals"] == [{"group": "G1", "reason": "依法回避", "record": RECORD}]


def test_the_secret_itself_is_nowhere_in_it() -> None:
    assert SECRET.hex().encode() not in canonical(a_commitment().document())


def test_the_order_in_which_the_pool_is_handed_in_does_not_matter() -> None:
    turned = replace(CITY, experts=tuple(reversed(CITY.experts)))
    assert a_commitment(turned).hash == a_commitment(CITY).hash


CHANGED: dict[str, Plan] = {
    "another draw": replace(CITY, draw="YX-2026-0002"),
    "another office": replace(CITY, office="YL-JD"),
    "one expert left out": replace(CITY, experts=CITY.experts[1:]),
    "a specialty added": replace(
        CITY, experts=(replace(CITY.experts[0], specialties=(BONE, "眼科")), *CITY.experts[1:])
    ),
    "a recusal added": replace(CITY, experts=(replace(CITY.experts[0], recusals=(recused("G1"),)), *CITY.experts[1:])),
    "another hospital": replace(CITY, experts=(replace(CITY.experts[0], hospital="H9"), *CITY.experts[1:])),
    "another reason of exclusion": replace(CITY, excluded=(Excluded("E90", "停用", ("眼科",), RECORD),)),
    "another record behind it": replace(CITY, excluded=(replace(CITY.excluded[0], record="ef" * 32),)),
    "no reserves": replace(CITY, reserves=()),
    "reserves the other way round": replace(CITY, reserves=(ANY, BONE)),
    "groups the other way round": replace(CITY, groups=CITY.groups[::-1]),
    "seats the other way round": replace(CITY, groups=(CITY.groups[0], Group("G2", CITY.groups[1].wants[::-1]))),
    "hospitals set free": replace(CITY, one_per_hospital=False),
}


@pytest.mark.parametrize("name", CHANGED)
def test_any_other_plan_has_another_hash(name: str) -> None:
    assert a_commitment(CHANGED[name]).hash != a_commitment(CITY).hash


@pytest.mark.parametrize(
    "plan",
    [
        replace(CITY, excluded=(replace(CITY.excluded[0], record=""),)),
        replace(CITY, excluded=(replace(CITY.excluded[0], record="AB" * 32),)),
        replace(CITY, experts=(replace(CITY.experts[0], recusals=(Recusal("G1", "依法回避"),)), *CITY.experts[1:])),
    ],
)
def test_no_reason_is_committed_without_its_record(plan: Plan) -> None:
    with pytest.raises(PlanWrong, match="理由记录"):
        a_commitment(plan)


def test_the_hash_of_a_record_cannot_be_guessed_without_its_salt() -> None:
    exact = {"expert": "E90", "reasons": ["身体状况不能胜任"]}
    assert record_hash(exact, bytes(16)) == record_hash(dict(reversed(exact.items())), bytes(16))
    assert record_hash(exact, bytes(16)) != record_hash(exact, bytes(15) + b"1")
    assert record_hash({**exact, "reasons": ["已解聘"]}, bytes(16)) != record_hash(exact, bytes(16))


def test_earlier_commitments_for_the_sitting_are_part_of_the_hash() -> None:
    assert a_commitment(prior=["ef" * 32]).hash != a_commitment().hash


def test_only_the_committed_secret_opens_it() -> None:
    a_commitment().check_secret(SECRET)
    with pytest.raises(SecretWrong):
        a_commitment().check_secret(bytes(32))


def test_a_plan_that_contradicts_itself_is_not_committed() -> None:
    with pytest.raises(PlanWrong):
        a_commitment(a_plan(groups=[Group("G1", (BONE,) * 2)]))


def test_l20_a_secret_serves_one_draw_only() -> None:
    first = a_commitment()
    with pytest.raises(SecretUsedBefore):
        commit(CITY, secret=SECRET, used=[first.secret_hash])


def test_l20_two_draws_never_share_a_seed_even_with_the_same_words() -> None:
    one = a_receipt(CITY, "秋水", "长天").document()
    other = a_receipt(CHANGED["another draw"], "秋水", "长天").document()
    assert one["seed"] != other["seed"]


def test_l20_the_same_plan_committed_again_after_a_void_draw_has_another_seed() -> None:
    first = a_commitment()
    second = a_commitment(prior=[first.hash])
    receipts = [draw(one, secret=SECRET, words=words_for(one.hash)).document() for one in (first, second)]
    assert receipts[0]["seed"] != receipts[1]["seed"]


def test_l20_a_receipt_that_reuses_a_secret_or_seed_is_detected() -> None:
    first, second, third = (a_receipt(replace(CITY, draw=f"YX-{n}")).document() for n in range(3))
    third |= {"secret": "77" * 32}
    hashes = [document["commitment_hash"] for document in (first, second)]
    assert sharing_a_seed([first, second, third]) == [(hashes[0], hashes[1])]
    assert sharing_a_seed([first, third]) == []
    assert sharing_a_seed([first, first]) == []


def test_a_commitment_is_read_back_from_its_document() -> None:
    commitment = a_commitment(prior=["ef" * 32])
    assert read_commitment(commitment.document()) == commitment


@pytest.mark.parametrize(
    "change",
    [
        {"algorithm": "gongjian-lot-9"},
        {"algorithm": "gongjian-lot-1"},
        {"kind": "another"},
        {"secret_hash": "xy"},
        {"secret_hash": "AB" * 32},
        {"secret_hash": 7},
        {"prior": ["xy"]},
        {"prior": "ef"},
        {"prior": None},
        {"plan": {}},
        {"plan": None},
        {"more": "1"},
    ],
)
def test_a_document_not_written_by_the_platform_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ReceiptUnreadable):
        read_commitment({**a_commitment().document(), **change})


def test_a_list_out_of_order_is_refused() -> None:
    document = a_commitment().document()
    document["plan"]["experts"].reverse()
    with pytest.raises(ReceiptUnreadable):
        read_commitment(document)
