"""Who may manage and who may see a pool."""

from gongjian.accounts.models import Office, User
from gongjian.experts.errors import PoolNotYours

MANAGE = "experts.manage"
SEE = "experts.see"


def require(user: User, permission: str, office: Office | int) -> None:
    """Refuse who does not hold the permission at the office. Raises: PoolNotYours."""
    if not user.holds(permission, office):
        raise PoolNotYours
