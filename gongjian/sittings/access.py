"""Who may do what with sittings, in words for the refusal."""

from gongjian.accounts.models import Office, User
from gongjian.cases.models import Case
from gongjian.cases.queries.sides import Side, sides_of, speaks_for
from gongjian.sittings.errors import ForTheOtherSide, SittingNotYours

ACTS = {
    "sittings.see": "查看场次",
    "sittings.plan": "安排场次",
    "sittings.book": "安排人员",
    "sittings.reschedule": "答复改期",
    "sittings.check_in": "现场报到",
    "sittings.call": "叫号",
    "sittings.terminate": "认定未到场、终止当次鉴定",
}


def require(user: User, permission: str, office: Office | int) -> None:
    """Refuse who does not hold the permission at the office. Raises: SittingNotYours."""
    if not user.holds(permission, office):
        raise SittingNotYours(act=ACTS[permission])


def require_appraisee(user: User, case: Case, permission: str) -> None:
    """Refuse who neither speaks for the appraisee nor holds the permission at the case's office.

    Law: 令55 art. 12, 14 (the appraisee's cause and consent); 个保法 art. 28, 29 (what one needs is health data).
    Raises: ForTheOtherSide for the employer's side, SittingNotYours.
    """
    if speaks_for(user, case, Side.WORKER):
        return
    if sides_of(user, case):
        raise ForTheOtherSide
    require(user, permission, case.office_id)
