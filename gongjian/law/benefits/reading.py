"""Reading facts from plain values (JSON): every fault is one sentence that says where it stood and what is wrong."""

from gongjian.law.benefits.facts import Dependant, Facts, asked, asked_of_dependants
from gongjian.law.errors import ToldWrong
from gongjian.law.told import Asked, read_fields, read_list


def read_facts(told: object) -> Facts:
    """Facts from a mapping of plain values; money as "5000.00" or 5000. Contradictions are found by `statement`.

    Raises: ToldWrong, DayWrong.
    """
    return Facts(**read_fields(told, asked(), "facts", more={"people": _people}))


def _people(value: object, field: str, _asked: Asked) -> tuple[Dependant, ...]:
    return tuple(_dependant(one, place) for one, place in read_list(value, field, "亲属"))


def _dependant(one: object, place: str) -> Dependant:
    found = Dependant(**read_fields(one, asked_of_dependants(), place, whole=False))
    if not found.relation:
        raise ToldWrong(field=f"{place}.relation", fault="应说明与死者的关系。")
    return found
