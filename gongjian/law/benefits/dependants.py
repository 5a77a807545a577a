"""Who of the near relatives has a right to the monthly pension, and why the others have none."""

from datetime import date
from typing import NamedTuple

from gongjian.law.benefits.facts import Dependant

ADULT = 18
OLD = {"male": 60, "female": 55}
NAMES = {
    "spouse": "配偶",
    "child": "子女",
    "parent": "父母",
    "grandparent": "祖父母、外祖父母",
    "grandchild": "孙子女、外孙子女",
    "sibling": "兄弟姐妹",
}
BY_AGE_WHEN_OLD = ("spouse", "parent", "grandparent")
NEED_SUPPORTERS_GONE = ("grandparent", "grandchild", "sibling")


class Standing(NamedTuple):
    """holds: yes, no, or None while a fact is missing. missing: names of the facts wanting. why: a sentence."""

    holds: bool | None
    why: str
    missing: tuple[str, ...] = ()


def standing(one: Dependant, on: date) -> Standing:
    """Whether a relative meets the conditions on the day of death. Law: 令18 art. 2, 3, 4."""
    name = NAMES[one.relation]
    if one.stopped:
        return Standing(False, f"{name}：有再婚、就业、参军、被收养、死亡或者服刑等情形，停止或者不享受抚恤金。")
    if one.lived_on_deceased is None:
        return Standing(None, "", ("lived_on_deceased",))
    if not one.lived_on_deceased:
        return Standing(False, f"{name}：没有依靠死者生前提供主要生活来源。")
    if one.incapacitated:
        return Standing(True, f"{name}：完全丧失劳动能力。")
    return _by_age(one, name, on)


def age(born: date, on: date) -> int:
    """Full years of age; below nought for a child not yet born."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _by_age(one: Dependant, name: str, on: date) -> Standing:
    is_old_age = one.relation in BY_AGE_WHEN_OLD
    wanted = [
        "born",
        *(["sex"] if is_old_age else []),
        *(["supporters_gone"] if one.relation in NEED_SUPPORTERS_GONE else []),
    ]
    missing = tuple(field for field in wanted if getattr(one, field) is None)
    if missing:
        return Standing(None, "", missing)
    assert one.born
    if one.relation in NEED_SUPPORTERS_GONE and not one.supporters_gone:
        return Standing(False, f"{name}：应当供养他的人仍在，不符合条件。")
    years = age(one.born, on)
    if not is_old_age:
        return Standing(years < ADULT, f"{name}：{'未满' if years < ADULT else '已满'}18周岁。")
    bound = OLD[one.sex or "male"]
    return Standing(years >= bound, f"{name}：{'已满' if years >= bound else '未满'}{bound}周岁。")
