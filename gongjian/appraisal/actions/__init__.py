"""All writing of applications, a file for each thought."""

from gongjian.appraisal.actions.drafts import drop_draft, save_step, start_draft
from gongjian.appraisal.actions.review import accept, ask_supplement, give_up
from gongjian.appraisal.actions.submission import enter_at_window, submit
from gongjian.appraisal.actions.supplementing import grant_later_day, lapse_due, receive_supplement, supplement
from gongjian.appraisal.actions.withdrawal import withdraw

__all__ = [
    "accept",
    "ask_supplement",
    "drop_draft",
    "enter_at_window",
    "give_up",
    "grant_later_day",
    "lapse_due",
    "receive_supplement",
    "save_step",
    "start_draft",
    "submit",
    "supplement",
    "withdraw",
]
