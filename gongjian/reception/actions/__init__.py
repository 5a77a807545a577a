"""All writing of the day, a file for each thought."""

from gongjian.reception.actions.attending import attend, note_come
from gongjian.reception.actions.delays import announce_delay, end_delay
from gongjian.reception.actions.desks import call_to_desk, recall_to_desk
from gongjian.reception.actions.feedback import give_feedback
from gongjian.reception.actions.kiosks import close_kiosk, open_kiosk
from gongjian.reception.actions.late import tell_late
from gongjian.reception.actions.postponing import ask_on_the_spot
from gongjian.reception.actions.runs import advance, begin_run, go_on

__all__ = [
    "advance",
    "announce_delay",
    "ask_on_the_spot",
    "attend",
    "begin_run",
    "call_to_desk",
    "close_kiosk",
    "end_delay",
    "give_feedback",
    "go_on",
    "note_come",
    "open_kiosk",
    "recall_to_desk",
    "tell_late",
]
