"""All writing of applications for appraisal that is not alike in every procedure, a file for each thought."""

from gongjian.appraisal.actions.review import accept, give_up
from gongjian.appraisal.actions.supplementing import (
    ask_supplement,
    grant_later_day,
    lapse_due,
    receive_supplement,
    supplement,
)
from gongjian.appraisal.actions.withdrawal import withdraw

__all__ = [
    "accept",
    "ask_supplement",
    "give_up",
    "grant_later_day",
    "lapse_due",
    "receive_supplement",
    "supplement",
    "withdraw",
]
