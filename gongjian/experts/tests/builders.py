"""A valid expert from no arguments: 骆骨生, 骨科, in term, trained."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from gongjian.accounts.models import Office, User
from gongjian.accounts.tests.builders import an_expert_user, an_office
from gongjian.experts.actions.pool import Told
from gongjian.experts.models import Expert
from gongjian.experts.rules import last_day_of_term
from gongjian.experts.specialties import in_order

TERM_FROM = date(2025, 9, 1)
CAST = {
    "orthopaedics": ("骆骨生", "expert-luo"),
    "hand_foot": ("章手一", "expert-zhang"),
    "neurology": ("沈神安", "expert-shen"),
    "ophthalmology": ("颜明", "expert-yan"),
    "thoracic": ("熊扩", "expert-xiong"),
}


def told(specialty: str | Sequence[str] = "orthopaedics", **changes: Any) -> Told:
    """What is told of an expert in term from 2025-09-01 to 2028-08-31."""
    codes = (specialty,) if isinstance(specialty, str) else tuple(specialty)
    values: dict[str, Any] = {
        "name": CAST.get(codes[0], ("甲专家", ""))[0],
        "title": "主任医师",
        "title_level": "senior",
        "hospital": "云溪市第一人民医院",
        "department": "骨科",
        "specialties": codes,
        "telephone": "19900000101",
        "trained_on": date(2025, 8, 20),
        "term_from": TERM_FROM,
    }
    return Told(**{**values, **changes})


def an_expert(
    specialty: str | Sequence[str] = "orthopaedics",
    *,
    number: str = "",
    office: Office | None = None,
    user: User | None = None,
    **changes: Any,
) -> Expert:
    """An expert of the city's pool who may be drawn; `changes` are fields of the row."""
    office = office or an_office()
    shown = asdict(told(specialty))
    values = {
        **shown,
        "specialties": in_order(shown["specialties"]),
        "term_until": last_day_of_term(TERM_FROM),
        **changes,
    }
    number = number or f"{office.code}-Z{Expert.objects.count() + 1:04d}"
    return Expert.objects.create(office=office, number=number, user=user, **values)


def the_expert(specialty: str = "orthopaedics") -> Expert:
    """The expert of the cast with this specialty, who signs in."""
    name, username = CAST[specialty]
    known = Expert.objects.filter(user__username=username).first()
    return known or an_expert(specialty, name=name, user=an_expert_user(username, name))
