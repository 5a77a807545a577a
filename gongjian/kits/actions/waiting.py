"""Trying again what waits, kit by kit: what breaks in one keeps no other waiting."""

import logging
from traceback import extract_tb

from gongjian.kits.actions.merging import merge
from gongjian.kits.models import Kit
from gongjian.kits.queries import kits_waiting

log = logging.getLogger(__name__)


def merge_waiting() -> int:
    """Merge what can be merged of some of the kits with events that wait; how many were dealt with. What broke is in the log, kit by kit and as a number."""
    done = [_merged(kit) for kit in kits_waiting()]
    if broken := done.count(None):
        log.error("kits.not_merged", extra={"count": broken, "of": len(done)})
    return sum(each or 0 for each in done)


def _merged(kit: Kit) -> int | None:
    """How many were dealt with; None where it broke. An error's own words may be what somebody wrote at a bedside: its kind and place are told."""
    try:
        return merge(kit)
    except Exception as fault:  # it waits for the next run, and the other kits go on
        at = " ".join(f"{step.name}:{step.lineno}" for step in extract_tb(fault.__traceback__))
        log.error("kit.not_merged", extra={"kit": kit.number, "fault": type(fault).__name__, "at": at})
        return None
