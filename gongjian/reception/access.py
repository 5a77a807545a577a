"""Who may do what on the day: the permissions of `sittings`, and keys for those who have no account."""

from hashlib import sha256
from hmac import compare_digest

from gongjian.kernel.fields import blind_index
from gongjian.reception.errors import DayNotFound
from gongjian.sittings.models import Sitting

SEE, RECEIVE, CALL = "sittings.see", "sittings.check_in", "sittings.call"
KEY_SIGNS = 24


def hashed(secret: str) -> str:
    """How a kiosk's secret is kept."""
    return sha256(secret.encode()).hexdigest()


def screen_key(sitting: Sitting) -> str:
    """What opens a sitting's call screens: only who was given the address sees who is called, in the hall and nowhere else."""
    return blind_index(sitting.number, "screen")[:KEY_SIGNS]


def require_key(sitting: Sitting, key: str) -> None:
    """Refuse who does not hold the key of a sitting's screens. Raises: DayNotFound."""
    if not compare_digest(screen_key(sitting).encode(), key.encode()):
        raise DayNotFound
