"""All writing of the pool, a file for each thought."""

from gongjian.experts.actions.answers import answer
from gongjian.experts.actions.imports import read_sheet, take_in
from gongjian.experts.actions.pool import Told, appoint, change, link_user, renew, telephone_of
from gongjian.experts.actions.standing import dismiss, pass_training, reinstate, set_health, suspend

__all__ = [
    "Told",
    "answer",
    "appoint",
    "change",
    "dismiss",
    "link_user",
    "pass_training",
    "read_sheet",
    "reinstate",
    "renew",
    "set_health",
    "suspend",
    "take_in",
    "telephone_of",
]
