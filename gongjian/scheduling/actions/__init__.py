"""All writing of the room, a file for each thought."""

from gongjian.scheduling.actions.accepting import Accepted, accept
from gongjian.scheduling.actions.inserting import insert_urgent
from gongjian.scheduling.actions.planning import ask_planning, plan_asked
from gongjian.scheduling.actions.proposing import lock, propose

__all__ = ["Accepted", "accept", "ask_planning", "insert_urgent", "lock", "plan_asked", "propose"]
