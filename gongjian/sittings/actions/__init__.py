"""All writing of sittings, a file for each thought."""

from gongjian.sittings.actions.absences import decide_absence, explain_absence, note_absence
from gongjian.sittings.actions.arriving import check_in, refuse_identity
from gongjian.sittings.actions.booking import book, book_oldest_first
from gongjian.sittings.actions.changing import leave_mode
from gongjian.sittings.actions.needs import revalidate, set_assistance
from gongjian.sittings.actions.notices import give_notice, note_told
from gongjian.sittings.actions.planning import (
    Plan,
    add_room,
    add_specialties,
    add_venue,
    change_capacity,
    close_sitting,
    open_sitting,
    plan_sitting,
    plan_weekly,
    publish,
)
from gongjian.sittings.actions.queue import call_next, enter, finish, recall, skip
from gongjian.sittings.actions.rescheduling import ask_reschedule, decide_reschedule, release
from gongjian.sittings.actions.terminating import terminate
from gongjian.sittings.actions.wishing import (
    Wish,
    accept_offer,
    ask_mode,
    decline_offer,
    grant_mode,
    offer_mode,
    refuse_mode,
)

__all__ = [
    "Plan",
    "Wish",
    "accept_offer",
    "add_room",
    "add_specialties",
    "add_venue",
    "ask_mode",
    "ask_reschedule",
    "book",
    "book_oldest_first",
    "call_next",
    "change_capacity",
    "check_in",
    "close_sitting",
    "decide_absence",
    "decide_reschedule",
    "decline_offer",
    "enter",
    "explain_absence",
    "finish",
    "give_notice",
    "grant_mode",
    "leave_mode",
    "note_absence",
    "note_told",
    "offer_mode",
    "open_sitting",
    "plan_sitting",
    "plan_weekly",
    "publish",
    "recall",
    "refuse_identity",
    "refuse_mode",
    "release",
    "revalidate",
    "set_assistance",
    "skip",
    "terminate",
]
