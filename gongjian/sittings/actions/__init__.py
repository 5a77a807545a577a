"""All writing of sittings, a file for each thought."""

from gongjian.sittings.actions.absences import decide_absence, explain_absence, note_absence
from gongjian.sittings.actions.arriving import check_in, refuse_identity
from gongjian.sittings.actions.booking import book, book_oldest_first
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
    publish,
)
from gongjian.sittings.actions.queue import call_next, enter, finish, recall, skip
from gongjian.sittings.actions.rescheduling import ask_reschedule, decide_reschedule, release
from gongjian.sittings.actions.terminating import terminate

__all__ = [
    "Plan",
    "add_room",
    "add_specialties",
    "add_venue",
    "ask_reschedule",
    "book",
    "book_oldest_first",
    "call_next",
    "change_capacity",
    "check_in",
    "close_sitting",
    "decide_absence",
    "decide_reschedule",
    "enter",
    "explain_absence",
    "finish",
    "give_notice",
    "note_absence",
    "note_told",
    "open_sitting",
    "plan_sitting",
    "publish",
    "recall",
    "refuse_identity",
    "release",
    "revalidate",
    "set_assistance",
    "skip",
    "terminate",
]
