"""A city bureau and the bureau of a county to which it is about to leave the whole city, told on MONDAY."""

from datetime import date, timedelta

from gongjian.accounts.models import Office, User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import REACHED, a_member
from gongjian.cases.models import Case
from gongjian.jurisdiction.actions.carrying_out import carry_out_due
from gongjian.jurisdiction.actions.changing import enter_change
from gongjian.jurisdiction.models import Change, SetAside
from gongjian.jurisdiction.rules import RECOGNITION
from gongjian.kernel import moment
from gongjian.recognition.tests.builders import MONDAY, a_bureau, an_entered_case

SINCE = date(2026, 3, 9)
GROUND = "演示市政府〔2026〕7号"


def the_county() -> Office:
    """The bureau of a county of the city."""
    told = {"name": "云溪市东溪县人力资源和社会保障局", "short_name": "东溪人社", "kind": Office.Kind.HRSS, "region": "990103", **REACHED}  # fmt: skip
    return Office.objects.get_or_create(code="DXRS", defaults=told)[0]


def an_administrator(office: Office | None = None) -> User:
    return a_member(Role.ADMINISTRATOR, office=office or a_bureau())


def there(role: Role, name: str = "") -> User:
    """A member of the county's staff."""
    return a_member(role, name or f"县{role.value[:4]}", office=the_county())


def a_change(**changes: object) -> Change:
    """The city's recognitions are the county's from SINCE on."""
    told = {"area": "9901", "employer": None, "office": the_county(), "since": SINCE, "ground": GROUND}
    business = str(changes.pop("business", RECOGNITION))
    by = changes.pop("by", None) or an_administrator()
    with moment.fixed(MONDAY):
        return enter_change(business, **{**told, **changes}, by=by)


def a_case_set_aside() -> Case:
    """A case of the city's bureau that could not be handed over, set down without failing at it."""
    case = an_entered_case()
    SetAside.objects.create(change=a_change(), case=case, fault="ValueError", since=MONDAY, tried_at=MONDAY)
    return case


def carried_out(*, days: int = 7, limit: int = 200) -> int:
    """The sweep runs so many days after MONDAY."""
    with moment.fixed(MONDAY + timedelta(days=days)):
        return carry_out_due(limit)
