"""The second draw: each person to a group that fits, with better chances for the less loaded, and nobody can know before."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from gongjian.draws.errors import (
    DoorClosedTo,
    NoGroupFits,
    PlanWrong,
    ReceiptUnreadable,
    SecretUsedBefore,
    SecretWrong,
    WordsMissing,
    WordWrong,
)
from gongjian.draws.lot.canonical import FIRST, Document, canonical, digest, read
from gongjian.draws.lot.door import (
    Door,
    DoorGroup,
    Visitor,
    commit_door,
    fitting_groups,
    open_door,
    read_door,
    tickets,
)
from gongjian.draws.lot.stream import Stream
from gongjian.draws.lot.verify import verify
from gongjian.draws.tests.builders import (
    BONE,
    DOOR_SECRET,
    EYE,
    NERVE,
    a_door_commitment,
    an_open_door,
    recused,
    words_for,
)

KIN = (recused("G1", "kin"),)
GROUPS = [DoorGroup("G1", (BONE, EYE)), DoorGroup("G2", (BONE, NERVE)), DoorGroup("G3", (EYE, NERVE, BONE))]


def sent_to(door: Door) -> list[str]:
    return [arrival.group for arrival in door.arrivals]


def all_sent(door: Door, *, order: int = 1) -> Door:
    """The door after everyone on the list came, in the order of the list or backwards."""
    for visitor in door.commitment.visitors[::order]:
        door = door.send(visitor.id)
    return door


@pytest.mark.parametrize(
    ("visitor", "late", "expected"),
    [
        (Visitor("K1", (BONE,)), (), ["G1", "G2", "G3"]),
        (Visitor("K1", (EYE,)), (), ["G1", "G3"]),
        (Visitor("K1", (EYE, NERVE)), (), ["G3"]),
        (Visitor("K1", ()), (), ["G1", "G2", "G3"]),
        (Visitor("K1", ("胸外科",)), (), []),
        (Visitor("K1", (BONE,), KIN), (), ["G2", "G3"]),
        (Visitor("K1", (BONE,), KIN), (recused("G2", "treating_hospital"),), ["G3"]),
        (Visitor("K1", (EYE,), KIN), (recused("G3", "employer"),), []),
        (Visitor("K1", (EYE,)), (recused("G9", "kin"),), ["G1", "G3"]),
    ],
)
def test_a_group_fits_when_it_has_the_specialty_and_no_conflict(
    visitor: Visitor, late: tuple[Any, ...], expected: list[str]
) -> None:
    assert fitting_groups(GROUPS, visitor, late) == expected


@pytest.mark.parametrize(
    ("loads", "lots"),
    [
        ([0], [4]),
        ([7, 7], [4, 4]),
        ([7, 8], [4, 3]),
        ([9, 8, 7], [2, 3, 4]),
        ([0, 3], [4, 1]),
        ([0, 4], [4, 1]),
        ([60, 0], [1, 4]),
        ([0, 9, 5, 5], [4, 0, 1, 1]),
        ([0, 1, 9], [4, 3, 0]),
        ([0, 4, 4, 4], [4, 1, 1, 1]),
    ],
)
def test_a_group_with_more_people_has_fewer_lots_and_no_group_is_ever_alone(loads: list[int], lots: list[int]) -> None:
    assert tickets(loads) == lots


def test_art_11_as_long_as_two_groups_fit_nobody_can_know_which() -> None:
    all_loads = [list(loads) for groups in (2, 3) for loads in product(range(9), repeat=groups)]
    all_lots = [tickets(loads) for loads in all_loads]
    assert min(sum(lot > 0 for lot in lots) for lots in all_lots) == 2
    assert max(Fraction(max(lots), sum(lots)) for lots in all_lots) == Fraction(4, 5)
    assert all(lots[loads.index(min(loads))] == max(lots) for loads, lots in zip(all_loads, all_lots, strict=True))


def test_with_two_groups_one_of_which_is_ahead_the_next_person_may_still_go_to_either() -> None:
    """Under the first algorithm every second person knew the group beforehand."""
    groups = [DoorGroup("G1", (BONE,), 1), DoorGroup("G2", (BONE,))]
    door = an_open_door(groups)
    first = replace(door, commitment=replace(door.commitment, algorithm=FIRST))
    words = [f"{n}" for n in range(40)]
    assert {door.send("K01", word=word).arrivals[0].group for word in words} == {"G1", "G2"}
    assert {first.send("K01", word=word).arrivals[0].group for word in words} == {"G2"}


@pytest.mark.parametrize("order", [1, -1])
def test_groups_are_loaded_evenly(order: int) -> None:
    visitors = [Visitor(f"K{n:02d}", (BONE,)) for n in range(30)]
    loads = all_sent(an_open_door(visitors=visitors), order=order).loads().values()
    assert max(loads) - min(loads) <= 4


def test_six_hundred_people_and_forty_groups_come_out_even() -> None:
    groups = [DoorGroup(f"G{n:02d}", (BONE,)) for n in range(40)]
    visitors = [Visitor(f"K{n:03d}", (BONE,)) for n in range(600)]
    loads = all_sent(an_open_door(groups, visitors)).loads().values()
    assert (sum(loads), max(loads) - min(loads) <= 4) == (600, True)


def test_a_group_that_already_has_people_is_caught_up_with() -> None:
    groups = [DoorGroup("G1", (BONE,), 8), DoorGroup("G2", (BONE,)), DoorGroup("G3", (BONE,), 4)]
    visitors = [Visitor(f"K{n:02d}", (BONE,)) for n in range(60)]
    loads = all_sent(an_open_door(groups, visitors)).loads().values()
    assert max(loads) - min(loads) <= 4


def test_nobody_is_sent_into_a_conflict_or_to_a_group_without_the_specialty() -> None:
    visitors = [Visitor(f"K{n}", (EYE,) if n % 2 else (NERVE,), KIN if n % 3 else ()) for n in range(8)]
    door = all_sent(an_open_door(GROUPS, visitors))
    fits = {visitor.id: fitting_groups(GROUPS, visitor) for visitor in visitors}
    assert all(arrival.group in fits[arrival.person] for arrival in door.arrivals)


def test_a_conflict_declared_at_the_door_counts() -> None:
    barred = [recused("G1", "kin"), recused("G2", "kin")]
    assert sent_to(an_open_door().send("K01", late=barred)) == ["G3"]


def test_among_equally_loaded_groups_each_is_equally_likely() -> None:
    visitors = [Visitor(f"K{n:03d}", (BONE,)) for n in range(900)]
    door = an_open_door(visitors=visitors)
    counts = Counter(door.send(visitor.id).arrivals[0].group for visitor in visitors)
    assert all(250 <= counts[group] <= 350 for group in ("G1", "G2", "G3"))


def test_the_choice_is_drawn_from_a_stream_of_its_own() -> None:
    door = an_open_door().send("K04", word="七")
    facts = {"person": "K04", "word": "七", "late": []}
    link = digest("arrival", bytes.fromhex(door.commitment.hash), canonical(facts))
    stream = Stream(bytes.fromhex(door.document()["seed"]), f"door/{link}")
    assert door.arrivals[0].hash == door.last == link
    assert sent_to(door) == [stream.choose_weighted(["G1", "G2", "G3"], [4, 4, 4])]


def test_the_record_of_a_reason_does_not_decide_where_anybody_goes() -> None:
    """Whoever writes the record chooses its salt, and could try many."""
    door = an_open_door(visitors=[Visitor(f"K{n:02d}", (BONE,)) for n in range(60)])
    bars = [[replace(recused("G3"), record=f"{n:064x}")] for n in range(40)]
    assert len({door.send("K01", late=bar).arrivals[0].hash for bar in bars}) == 1
    assert len({door.send("K01", late=bar).arrivals[0].group for bar in bars}) == 1


def test_a_word_of_the_person_changes_where_they_go() -> None:
    door = an_open_door()
    assert len({door.send("K01", word=f"{n}").arrivals[0].group for n in range(12)}) == 3


def test_each_arrival_depends_on_all_before_it() -> None:
    door = an_open_door()
    after_one = {door.send(first).send("K09").arrivals[1].hash for first in ("K01", "K02", "K03")}
    assert len(after_one) == 3


def test_sending_a_person_leaves_the_earlier_door_as_it_was() -> None:
    door = an_open_door()
    door.send("K01")
    assert door.arrivals == ()
    assert door.last == door.commitment.hash


@pytest.mark.parametrize("person", ["K99", "", "K1"])
def test_a_person_not_on_the_list_is_not_sent_anywhere(person: str) -> None:
    with pytest.raises(DoorClosedTo, match="不在今日名单"):
        an_open_door().send(person)


def test_a_person_is_sent_once() -> None:
    with pytest.raises(DoorClosedTo):
        an_open_door().send("K01").send("K02").send("K01")


VACANT = "本组有席位空缺"


def test_a_person_whose_group_can_judge_them_no_more_is_sent_again_and_not_back() -> None:
    door = an_open_door().send("K01").send("K02")
    former = door.arrivals[0].group
    again = door.send("K01", late=[recused(former, VACANT)])
    assert (again.arrivals[2].person, again.arrivals[2].group != former) == ("K01", True)
    assert again.arrivals[:2] == door.arrivals
    assert verify(again.document()) == []


def test_a_third_time_every_former_group_must_be_barred() -> None:
    door = an_open_door().send("K01")
    first = door.arrivals[0].group
    door = door.send("K01", late=[recused(first, VACANT)])
    second = door.arrivals[1].group
    for late in ([], [recused(first, VACANT)], [recused(second, VACANT)]):
        with pytest.raises(DoorClosedTo):
            door.send("K01", late=late)
    (third,) = {"G1", "G2", "G3"} - {first, second}
    door = door.send("K01", late=[recused(first, VACANT), recused(second, VACANT)])
    assert sent_to(door) == [first, second, third]
    assert verify(door.document()) == []


def test_a_person_with_no_other_group_is_not_sent_again() -> None:
    door = an_open_door([DoorGroup("G1", (BONE, NERVE))], [Visitor("K01", (BONE,))]).send("K01")
    with pytest.raises(NoGroupFits):
        door.send("K01", late=[recused("G1", VACANT)])


def test_a_second_sending_depends_on_all_before_it_and_on_a_word() -> None:
    door = an_open_door(visitors=[Visitor(f"K{n:02d}", (BONE,)) for n in range(60)]).send("K01")
    late = [recused(door.arrivals[0].group, VACANT)]
    assert len({door.send("K01", word=f"{n}", late=late).arrivals[1].group for n in range(12)}) == 2
    after = {door.send(other).send("K01", late=late).arrivals[2].hash for other in ("K02", "K03", "K04")}
    assert len(after) == 3


def test_a_person_whom_conflicts_leave_no_group_is_told_so() -> None:
    with pytest.raises(NoGroupFits, match="K01"):
        an_open_door().send("K01", late=[recused(f"G{n}", "kin") for n in (1, 2, 3)])


def test_a_list_with_a_person_nobody_can_see_is_not_committed() -> None:
    with pytest.raises(NoGroupFits, match="K5"):
        a_door_commitment(GROUPS, [Visitor("K1", (BONE,)), Visitor("K5", ("胸外科",))])


def test_people_stand_in_the_order_of_their_codes() -> None:
    visitors = [Visitor("K2", (BONE,)), Visitor("K1", (EYE, BONE, EYE))]
    commitment = a_door_commitment(GROUPS, visitors)
    assert [visitor.id for visitor in commitment.visitors] == ["K1", "K2"]
    assert commitment.visitors[0].needs == tuple(sorted({EYE, BONE}))
    assert commitment.hash == a_door_commitment(GROUPS, visitors[::-1]).hash


@pytest.mark.parametrize(
    ("groups", "visitors"),
    [
        ([DoorGroup("G1", (BONE,)), DoorGroup("G1", (BONE,))], None),
        ([DoorGroup("", (BONE,))], None),
        ([DoorGroup("G1", (BONE,), -1)], None),
        ([DoorGroup("G1", (BONE,), True)], None),
        (None, [Visitor("K1", (BONE,)), Visitor("K1", (BONE,))]),
        (None, [Visitor("K\n", (BONE,))]),
    ],
)
def test_a_list_that_contradicts_itself_is_refused(
    groups: list[DoorGroup] | None, visitors: list[Visitor] | None
) -> None:
    with pytest.raises(PlanWrong):
        a_door_commitment(groups, visitors)


def test_the_door_opens_with_the_committed_secret_and_with_words_only() -> None:
    commitment = a_door_commitment()
    words = words_for(commitment.hash)
    with pytest.raises(SecretWrong):
        open_door(commitment, secret=bytes(32), words=words)
    with pytest.raises(WordsMissing):
        open_door(commitment, secret=DOOR_SECRET, words=[])
    with pytest.raises(WordWrong):
        open_door(commitment, secret=DOOR_SECRET, words=words[::-1])


def test_l20_a_secret_serves_one_door_only() -> None:
    used = [a_door_commitment().secret_hash]
    visitors = [Visitor("K1", (BONE,))]
    with pytest.raises(SecretUsedBefore):
        commit_door("S-2", receipt="ab" * 32, groups=GROUPS, visitors=visitors, secret=DOOR_SECRET, used=used)


def test_an_empty_list_is_refused() -> None:
    with pytest.raises(PlanWrong):
        commit_door("S-2", receipt="ab" * 32, groups=GROUPS, visitors=[], secret=DOOR_SECRET)


@pytest.mark.parametrize("field", ["sitting", "receipt", "prior"])
def test_the_hash_covers_everything(field: str) -> None:
    commitment = a_door_commitment()
    changed: dict[str, Any] = {"sitting": "S-9", "receipt": "cd" * 32, "prior": ("ef" * 32,)}
    assert replace(commitment, **{field: changed[field]}).hash != commitment.hash


def test_the_file_is_canonical_and_can_be_read_back() -> None:
    door = all_sent(an_open_door())
    assert read(door.text) == door.document()
    assert read_door(door.document()["commitment"]) == door.commitment


@pytest.mark.parametrize(
    "change",
    [{"kind": "x"}, {"groups": 7}, {"groups": [{}]}, {"visitors": None}, {"prior": 7}, {"more": "1"}, {"visitors": []}],
)
def test_a_document_not_written_by_the_platform_is_refused(change: Document) -> None:
    with pytest.raises(ReceiptUnreadable):
        read_door({**a_door_commitment().document(), **change})


def _again_barred_from_elsewhere(document: Document) -> None:
    """Somebody is sent once more although nothing is wrong with the group they have."""
    first = document["arrivals"][0]
    other = next(one for one in ("G1", "G2", "G3") if one != first["group"])
    document["arrivals"].append({**first, "late": [{"group": other, "reason": VACANT}]})


CHANGES: dict[str, tuple[Any, str]] = {
    "another group": (lambda d: d["arrivals"][1].update(group="G9"), "arrivals"),
    "another person": (lambda d: d["arrivals"][1].update(person="K08"), "arrivals"),
    "a stranger": (lambda d: d["arrivals"][1].update(person="K99"), "arrivals"),
    "a person twice": (lambda d: d["arrivals"].append(d["arrivals"][0]), "arrivals"),
    "a person again without a reason": (lambda d: d["arrivals"].append({**d["arrivals"][0], "late": []}), "arrivals"),
    "a person again, barred from elsewhere": (_again_barred_from_elsewhere, "arrivals"),
    "another word": (lambda d: d["arrivals"][1].update(word="八"), "arrivals"),
    "a conflict invented": (lambda d: d["arrivals"][1].update(late=[{"group": "G1", "reason": "kin"}]), "arrivals"),
    "conflicts everywhere": (
        lambda d: d["arrivals"][1].update(late=[{"group": f"G{n}", "reason": "kin"} for n in (1, 2, 3)]),
        "arrivals",
    ),
    "the order of arrival": (lambda d: d["arrivals"].reverse(), "arrivals"),
    "the last arrival left out": (lambda d: d["arrivals"].pop(), "last"),
    "a load": (lambda d: d["commitment"]["groups"][0].update(load=5), "commitment_hash"),
    "a visitor's needs": (lambda d: d["commitment"]["visitors"][0].update(needs=[NERVE]), "commitment_hash"),
    "the secret": (lambda d: d.update(secret="00" * 32), "secret"),
    "a word of those present": (lambda d: d["words"][0].update(word="春"), "word"),
    "the hash": (lambda d: d.update(hash="00" * 32), "receipt.hash"),
    "an unknown field": (lambda d: d.update(more="1"), "receipt.unreadable"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_in_the_file_is_found_and_named(name: str) -> None:
    document = an_open_door().send("K03").send("K05", word="七").send("K01").document()
    change, code = CHANGES[name]
    change(document)
    assert code in {finding.code for finding in verify(document)}
