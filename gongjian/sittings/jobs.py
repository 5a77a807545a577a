"""The room's sweeps."""

from gongjian.kernel.sweeps import sweep
from gongjian.sittings import sweeping


@sweep("*/10 * * * *")
def find_not_received() -> int:
    """Nobody who did not come falls off the lists."""
    return sweeping.find_not_received()


@sweep("* * * * *")
def send_notices() -> int:
    """Send the notices of published sittings."""
    return sweeping.send_notices()


@sweep("*/15 * * * *")
def revalidate_coming() -> int:
    """Look again at bookings after a late change."""
    return sweeping.revalidate_coming()


@sweep("*/5 * * * *")
def find_unreached() -> int:
    """Whoever no message reached is told in person, before the day; within five minutes of the failure (L13)."""
    return sweeping.find_unreached()
