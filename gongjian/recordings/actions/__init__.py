"""All writing of the room."""

from gongjian.recordings.actions.consenting import answer_notice, withdraw, withdraw_own
from gongjian.recordings.actions.keeping import erase_due, hold, lift
from gongjian.recordings.actions.playing import play, play_own
from gongjian.recordings.actions.recording import Sent, break_off, close_left, finish, mark, start, take_piece
from gongjian.recordings.actions.requesting import ask, grant, refuse

__all__ = [
    "Sent",
    "answer_notice",
    "ask",
    "break_off",
    "close_left",
    "erase_due",
    "finish",
    "grant",
    "hold",
    "lift",
    "mark",
    "play",
    "play_own",
    "refuse",
    "start",
    "take_piece",
    "withdraw",
    "withdraw_own",
]
