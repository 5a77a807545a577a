"""Small pools, words and receipts from no arguments, for tests of this room."""

from collections.abc import Sequence

from gongjian.draws.lot.commitment import Commitment, commit
from gongjian.draws.lot.door import Door, DoorCommitment, DoorGroup, Visitor, commit_door, open_door
from gongjian.draws.lot.plan import ANY, Excluded, Expert, Group, Plan, Recusal
from gongjian.draws.lot.receipt import Receipt, draw
from gongjian.draws.lot.words import Word, seal_word

SECRET = bytes(range(32))
DOOR_SECRET = bytes(range(32, 64))
SALT = bytes(range(16))
RECORD = "5a" * 32
"""Stands for the hash of the office's own record of a reason."""
BONE, HAND, NERVE, EYE, CHEST = "骨科", "手足外科", "神经科", "眼科", "胸外科"


def recused(group: str, reason: str = "依法回避") -> Recusal:
    """A recusal with its record, as it is committed."""
    return Recusal(group, reason, RECORD)


def an_expert(id: str = "E01", *specialties: str, hospital: str = "", not_in: Sequence[str] = ()) -> Expert:
    """An expert of 骨科 without hospital or recusals, unless told otherwise."""
    return Expert(id, specialties or (BONE,), hospital, tuple(recused(group) for group in not_in))


def experts_of(*specialties: str) -> tuple[Expert, ...]:
    """E01, E02 … with one specialty each; "骨科+眼科" gives two."""
    return tuple(an_expert(f"E{number:02d}", *text.split("+")) for number, text in enumerate(specialties, start=1))


def groups_of(*wants: Sequence[str]) -> tuple[Group, ...]:
    """G1, G2 … with these seats."""
    return tuple(Group(f"G{number}", tuple(seats)) for number, seats in enumerate(wants, start=1))


def a_plan(
    experts: Sequence[Expert] | None = None,
    groups: Sequence[Group] | None = None,
    *,
    reserves: Sequence[str] = (),
    excluded: Sequence[Excluded] = (),
    one_per_hospital: bool = True,
) -> Plan:
    """Nine of 骨科 for one group of three, unless told otherwise."""
    return Plan(
        draw="YX-2026-0001",
        office="YX-JD",
        experts=tuple(experts or experts_of(*[BONE] * 9)),
        groups=tuple(groups or groups_of([BONE] * 3)),
        reserves=tuple(reserves),
        excluded=tuple(excluded),
        one_per_hospital=one_per_hospital,
    )


def the_city_plan() -> Plan:
    """Two groups of three, overlapping specialties, hospitals, one recusal, one excluded, two reserves: a bit of everything."""
    people = (
        an_expert("E01", BONE, hospital="H1"),
        an_expert("E02", BONE, hospital="H1"),
        an_expert("E03", BONE, HAND, hospital="H1"),
        an_expert("E04", BONE, hospital="H2", not_in=["G1"]),
        an_expert("E05", BONE, NERVE, hospital="H2"),
        an_expert("E06", NERVE, hospital="H3"),
        an_expert("E07", NERVE, hospital="H3"),
        an_expert("E08", EYE, hospital="H3"),
        an_expert("E09", EYE, hospital="H4"),
        an_expert("E10", CHEST, hospital="H4"),
        an_expert("E11", HAND, EYE, hospital="H5"),
    )
    return a_plan(
        people,
        groups_of([BONE, NERVE, ANY], [EYE, EYE, BONE]),
        reserves=(BONE, ANY),
        excluded=[Excluded("E90", "不符合本次条件", (EYE,), RECORD)],
    )


def a_commitment(plan: Plan | None = None, *, secret: bytes = SECRET, prior: Sequence[str] = ()) -> Commitment:
    return commit(plan or the_city_plan(), secret=secret, prior=prior)


def words_for(commitment_hash: str, *words: str) -> list[Word]:
    """Sealed words of the supervisor, the workers' side, and others."""
    parts = ("监督员", "职工代表", "旁听人员")
    return [
        seal_word(commitment_hash, position=position, who=parts[(position - 1) % 3], word=word, salt=SALT)
        for position, word in enumerate(words or ("秋水", "长天"), start=1)
    ]


def a_receipt(plan: Plan | None = None, *words: str) -> Receipt:
    commitment = a_commitment(plan)
    return draw(commitment, secret=SECRET, words=words_for(commitment.hash, *words))


def a_door_commitment(
    groups: Sequence[DoorGroup] | None = None, visitors: Sequence[Visitor] | None = None
) -> DoorCommitment:
    """Three groups that all cover 骨科, and nine people who need it, unless told otherwise."""
    return commit_door(
        "S-2026-01",
        receipt="ab" * 32,
        groups=groups or [DoorGroup(f"G{n}", (BONE, NERVE)) for n in (1, 2, 3)],
        visitors=visitors or [Visitor(f"K{n:02d}", (BONE,)) for n in range(1, 10)],
        secret=DOOR_SECRET,
    )


def an_open_door(groups: Sequence[DoorGroup] | None = None, visitors: Sequence[Visitor] | None = None) -> Door:
    commitment = a_door_commitment(groups, visitors)
    return open_door(commitment, secret=DOOR_SECRET, words=words_for(commitment.hash))
