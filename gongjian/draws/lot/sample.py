"""Invented pools of any size, for benchmarks and trials: the same arguments always give the same pool."""

from collections.abc import Sequence
from hashlib import sha256

from gongjian.draws.lot.commitment import Commitment, commit
from gongjian.draws.lot.plan import ANY, Expert, Group, Plan
from gongjian.draws.lot.receipt import Receipt, draw
from gongjian.draws.lot.words import seal_word

SPECIALTIES = (
    "骨科", "手足外科", "神经内科", "神经外科", "眼科", "耳鼻喉科", "普外科", "胸外科", "泌尿外科", "心血管内科", "呼吸内科", "职业病科",
)  # fmt: skip
WEIGHTS = (46, 28, 14, 16, 16, 12, 18, 10, 8, 10, 14, 8)
SECRET = sha256(b"sample secret").digest()


def sample_plan(*, experts: int = 200, groups: int = 40, size: int = 3, hospitals: int = 18) -> Plan:
    """Experts of twelve specialties, half of them with more than one; quotas in proportion, every eighth seat open to any."""
    people = [_expert(number, hospitals) for number in range(experts)]
    return Plan(
        draw="SAMPLE-1", office="YX-JD", experts=tuple(people),
        groups=tuple(_group(number, size) for number in range(groups)),
        reserves=(*SPECIALTIES[:4], ANY),
    )  # fmt: skip


def sample_commitment(plan: Plan | None = None) -> Commitment:
    return commit(plan or sample_plan(), secret=SECRET)


def sample_draw(commitment: Commitment, words: Sequence[str] = ("秋水", "长天")) -> Receipt:
    """A draw with these words and fixed salts."""
    sealed = [
        seal_word(commitment.hash, position=position, who=f"在场人员{position}", word=word, salt=bytes(16))
        for position, word in enumerate(words, start=1)
    ]
    return draw(commitment, secret=SECRET, words=sealed)


def _expert(number: int, hospitals: int) -> Expert:
    first = _weighted(number * 7919)
    more = (0, 0, 1, 0, 1, 2)[number % 6]
    others = [SPECIALTIES[(SPECIALTIES.index(first) + step * (1 + number % 3)) % 12] for step in range(1, more + 1)]
    return Expert(f"E{number:04d}", (first, *others), f"H{number * 31 % hospitals:02d}")


def _group(number: int, size: int) -> Group:
    seats = range(number * size, (number + 1) * size)
    return Group(f"G{number + 1:02d}", tuple(ANY if seat % 8 == 7 else _weighted(seat * 7727) for seat in seats))


def _weighted(number: int) -> str:
    """A specialty, about as often as its weight."""
    point = number % sum(WEIGHTS)
    return next(name for n, name in enumerate(SPECIALTIES) if point < sum(WEIGHTS[: n + 1]))
