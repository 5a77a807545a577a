"""Valid persons and employers from no arguments. All of them are invented; the region code 990101 does not exist."""

from datetime import date

from gongjian.law.identity import id_check_digit
from gongjian.parties.actions import keep_employer, keep_person
from gongjian.parties.models import Employer, Person

ON = date(2026, 3, 2)


def an_id_number(serial: int = 1, born: str = "19850312") -> str:
    """A well-formed number of nobody."""
    first = f"990101{born}{serial:03d}"
    return first + id_check_digit(first)


def a_person(name: str = "林知远", serial: int = 1) -> Person:
    return keep_person(
        name=name,
        id_number=an_id_number(serial),
        telephone="19900000001",
        address="云溪市东溪县柳桥路1号",
        on=ON,
    )


def an_employer(name: str = "云溪恒信机械有限公司") -> Employer:
    return keep_employer(name=name, address="云溪市工业大道8号", contact_name="周若岚", telephone="19900000002")
