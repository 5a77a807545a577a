"""The receipt of a draw, and what a late conflict does to it (L24)."""

from collections import Counter

import pytest

from gongjian.draws.errors import NotTaking, SecretWrong, WordsMissing, WordWrong
from gongjian.draws.lot.canonical import read
from gongjian.draws.lot.commitment import commit
from gongjian.draws.lot.plan import ANY, Plan
from gongjian.draws.lot.receipt import EVERYWHERE, Receipt, draw, late_conflict
from gongjian.draws.tests.builders import (
    BONE,
    EYE,
    SECRET,
    a_commitment,
    a_plan,
    a_receipt,
    an_expert,
    experts_of,
    groups_of,
    the_city_plan,
    words_for,
)

FIELDS = {
    "kind", "algorithm", "commitment", "commitment_hash", "words", "secret", "seed", "chances", "certificate",
    "redraws", "places", "reserves", "hash", "late", "sitting", "last",
}  # fmt: skip


def test_the_draw_fills_every_seat_with_an_expert_who_fits() -> None:
    receipt = a_receipt()
    plan = receipt.commitment.plan
    of = {expert.id: expert for expert in plan.experts}
    assert [(place.group, place.seat, place.wants) for place in receipt.outcome.places] == [
        (slot.group, slot.seat, slot.wants) for slot in plan.slots
    ]
    assert all(of[place.expert].has(place.wants) for place in receipt.outcome.places)
    assert all(of[place.expert].may_sit_in(place.group) for place in receipt.outcome.places)
    assert len({place.expert for place in receipt.outcome.places}) == len(plan.slots)


@pytest.mark.parametrize("number", range(30))
def test_no_group_has_two_of_one_hospital(number: int) -> None:
    receipt = a_receipt(None, f"词{number}")
    hospital = {expert.id: expert.hospital for expert in receipt.commitment.plan.experts}
    counts = Counter((place.group, hospital[place.expert]) for place in receipt.outcome.places)
    assert max(counts.values()) == 1


def test_redraws_are_counted_when_hospitals_cannot_be_kept_apart() -> None:
    redraws = {a_receipt(None, f"词{number}").outcome.redraws for number in range(30)}
    assert 0 in redraws
    assert max(redraws) > 0


def test_the_same_commitment_secret_and_words_give_the_same_bytes() -> None:
    assert a_receipt().text == a_receipt().text


@pytest.mark.parametrize("words", [("秋水",), ("长天", "秋水"), ("秋水", "长天", "一色")])
def test_other_words_give_another_draw(words: tuple[str, ...]) -> None:
    assert a_receipt(None, *words).outcome.places != a_receipt().outcome.places


def test_the_file_is_canonical_and_complete() -> None:
    receipt = a_receipt()
    assert read(receipt.text) == receipt.document()
    assert set(receipt.document()) == FIELDS


def test_the_receipt_opens_secret_and_words_and_shows_chances_as_fractions() -> None:
    document = a_receipt().document()
    assert document["secret"] == SECRET.hex()
    assert [word["word"] for word in document["words"]] == ["秋水", "长天"]
    assert document["chances"][0] == ["E01", "1/2"]
    assert document["chances"][7] == ["E08", "2/3"]
    assert [level["chance"] for level in document["certificate"]] == ["1/2", "2/3"]


def test_another_secret_than_the_committed_one_cannot_draw() -> None:
    commitment = a_commitment()
    with pytest.raises(SecretWrong):
        draw(commitment, secret=bytes(32), words=words_for(commitment.hash))


def test_nobody_draws_without_words() -> None:
    with pytest.raises(WordsMissing):
        draw(a_commitment(), secret=SECRET, words=[])


def test_words_sealed_for_another_commitment_cannot_be_used() -> None:
    with pytest.raises(WordWrong):
        draw(a_commitment(), secret=SECRET, words=words_for("ab" * 32))


def waiting_room() -> Plan:
    """One of 骨科 and two of 眼科 sit; reserves of both, of two hospitals."""
    people = [
        *(an_expert(f"B{n}", BONE, hospital=f"H{n}") for n in range(1, 7)),
        *(an_expert(f"E{n}", EYE, hospital=f"H{n}") for n in range(1, 7)),
    ]
    return a_plan(people, groups_of([BONE, EYE, EYE], [BONE, EYE, ANY]), reserves=[BONE, EYE, EYE])


def seat(receipt: Receipt, group: str, number: int) -> str:
    return next(place.expert for place in receipt.sitting if (place.group, place.seat) == (group, number))


def hospital_of(id: str) -> str:
    return f"H{id[1:]}"


def expected_successor(receipt: Receipt, group: str, number: int, *, skip: frozenset[str] = frozenset()) -> str:
    """The first reserve of the seat's specialty who is no colleague of those who stay."""
    wants = {(place.group, place.seat): place.wants for place in receipt.sitting}[group, number]
    mates = {hospital_of(p.expert) for p in receipt.sitting if p.group == group and p.seat != number}
    letter = {BONE: "B", EYE: "E", ANY: ""}[wants]
    fitting = (
        reserve.expert
        for reserve in receipt.outcome.reserves
        if reserve.expert.startswith(letter) and hospital_of(reserve.expert) not in mates | skip
    )
    return next((id for id in fitting if id not in skip), "")


@pytest.mark.parametrize("number", range(12))
@pytest.mark.parametrize(("group", "place"), [("G1", 1), ("G1", 2), ("G2", 2), ("G2", 3)])
def test_l24_a_late_conflict_calls_the_next_committed_reserve_who_fits(number: int, group: str, place: int) -> None:
    receipt = a_receipt(waiting_room(), f"词{number}")
    leaving = seat(receipt, group, place)
    later = late_conflict(receipt, expert=leaving, group=group, reason="kin")
    assert seat(later, group, place) == expected_successor(receipt, group, place)


def test_l24_nobody_else_moves() -> None:
    receipt = a_receipt(waiting_room())
    later = late_conflict(receipt, expert=seat(receipt, "G1", 2), group="G1", reason="kin")
    unmoved = [(before, after) for before, after in zip(receipt.sitting, later.sitting, strict=True) if before == after]
    assert len(unmoved) == len(receipt.sitting) - 1
    assert later.outcome == receipt.outcome


def test_l24_a_reserve_is_called_once_only() -> None:
    receipt = a_receipt(waiting_room())
    first = late_conflict(receipt, expert=seat(receipt, "G1", 2), group="G1", reason="kin")
    called = seat(first, "G1", 2)
    second = late_conflict(first, expert=called, group="G1", reason="kin")
    assert called not in {place.expert for place in second.sitting}


def test_l24_a_seat_for_which_no_reserve_is_left_stays_vacant() -> None:
    receipt = a_receipt(a_plan(experts_of(*[BONE] * 4), groups_of([BONE] * 3), reserves=[BONE]))
    first = late_conflict(receipt, expert=receipt.sitting[0].expert, group="G1", reason="ill")
    assert first.vacant == ()
    second = late_conflict(first, expert=first.sitting[0].expert, group=EVERYWHERE, reason="ill")
    assert [(place.group, place.seat) for place in second.vacant] == [("G1", 1)]


def test_l24_a_reserve_with_a_conflict_is_passed_over_in_that_group_only() -> None:
    receipt = a_receipt(a_plan(experts_of(*[BONE] * 9), groups_of([BONE] * 3, [BONE] * 3), reserves=[BONE, BONE]))
    first_reserve, second_reserve = (reserve.expert for reserve in receipt.outcome.reserves)
    told = late_conflict(receipt, expert=first_reserve, group="G1", reason="kin")
    assert told.sitting == receipt.sitting
    one = late_conflict(told, expert=seat(told, "G1", 1), group="G1", reason="kin")
    assert seat(one, "G1", 1) == second_reserve
    other = late_conflict(one, expert=seat(one, "G2", 1), group="G2", reason="kin")
    assert seat(other, "G2", 1) == first_reserve


def test_l24_a_reserve_who_cannot_come_is_passed_over_everywhere() -> None:
    receipt = a_receipt(a_plan(experts_of(*[BONE] * 6), groups_of([BONE] * 3), reserves=[BONE, BONE]))
    first_reserve, second_reserve = (reserve.expert for reserve in receipt.outcome.reserves)
    told = late_conflict(receipt, expert=first_reserve, group=EVERYWHERE, reason="ill")
    later = late_conflict(told, expert=seat(told, "G1", 3), group="G1", reason="kin")
    assert seat(later, "G1", 3) == second_reserve


def test_l24_a_conflict_with_another_group_leaves_an_expert_seated() -> None:
    receipt = a_receipt(waiting_room())
    later = late_conflict(receipt, expert=seat(receipt, "G1", 1), group="G2", reason="kin")
    assert later.sitting == receipt.sitting
    assert later.document()["late"][0]["seats"] == []


@pytest.mark.parametrize(
    ("expert", "group"), [("E99", "G1"), ("", "G1"), ("E99", EVERYWHERE), ("first", "G9"), ("first", "")]
)
def test_a_conflict_of_someone_who_has_no_part_is_refused(expert: str, group: str) -> None:
    receipt = a_receipt()
    with pytest.raises(NotTaking):
        late_conflict(receipt, expert=expert.replace("first", receipt.sitting[0].expert), group=group, reason="kin")


def test_the_hash_of_the_draw_does_not_change_with_late_conflicts_but_each_has_its_own() -> None:
    receipt = a_receipt(waiting_room())
    first = late_conflict(receipt, expert=seat(receipt, "G1", 2), group="G1", reason="kin")
    second = late_conflict(first, expert=seat(first, "G2", 1), group="G2", reason="ill")
    assert first.hash == second.hash == receipt.hash == receipt.document()["hash"]
    assert second.document()["late"][0] == first.document()["late"][0]
    assert len({entry["hash"] for entry in second.document()["late"]}) == 2


def test_colleagues_may_follow_each_other_when_hospitals_do_not_count() -> None:
    people = [an_expert(f"E{n}", BONE, hospital="H1") for n in range(4)]
    plan = a_plan(people, groups_of([BONE] * 3), reserves=[BONE], one_per_hospital=False)
    receipt = a_receipt(plan)
    later = late_conflict(receipt, expert=receipt.sitting[0].expert, group="G1", reason="kin")
    assert later.sitting[0].expert == receipt.outcome.reserves[0].expert


def test_a_commitment_can_be_made_and_drawn_from_keyword_arguments_alone() -> None:
    commitment = commit(the_city_plan(), secret=SECRET, prior=(), used=())
    assert draw(commitment, secret=SECRET, words=words_for(commitment.hash)).hash == a_receipt().hash
