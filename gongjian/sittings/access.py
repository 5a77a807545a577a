"""Who may do what with sittings, in words for the refusal."""

from gongjian.accounts.models import Office, User
from gongjian.sittings.errors import SittingNotYours

ACTS = {
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
