"""A case whose person another city's committee examines: it leaves the list of our sittings when it is entrusted, and is on it again in the same transaction when that ends.

The table of states keeps it from being in both: a place is given from `accepted`, an entrusted case is in `entrusted`.
"""

from typing import Any

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.appraisal.states import State
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.move import move
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.law.modes import Mode
from gongjian.sittings.errors import NotToBeEntrusted, WishOpen
from gongjian.sittings.messages import tell
from gongjian.sittings.owes import CHOOSE_ENTRUSTED
from gongjian.sittings.queries import mode_in_force, open_wish
from gongjian.sittings.states import WishState

ARTICLE = "令55 第十二条"


def owe_choice(case: Case) -> None:
    """Once the mode is granted, choosing the committee is the scheduler's task, by the day of the case. The caller is in a transaction."""
    due = max(case.due_on or moment.today(), moment.today())
    owe(case, CHOOSE_ENTRUSTED, due=due, article=ARTICLE, role=Role.SCHEDULER)


def end_choice(case: Case) -> None:
    """Nobody has to be chosen any more."""
    fulfil(case, CHOOSE_ENTRUSTED)


@transaction.atomic
def entrust(case: Case, *, to: str, about: str, by: User) -> Case:
    """Take a case off the list of our sittings, because another committee is entrusted, and tell the person which one. The limit of the decision runs on.

    to: the committee's name; about: the key of the matter. The mode must be in force, and no wish for another may wait.
    Law: 令55 art. 10, 12; 个保法 art. 23 (who is told of the recipient). Raises: MoveNotAllowed, NotYours, NotToBeEntrusted, WishOpen.
    """
    case = locked(case)
    wish = mode_in_force(case)
    if wish is None or wish.meant != Mode.ENTRUSTED:
        raise NotToBeEntrusted
    if other := open_wish(case):
        raise WishOpen(title=other.meant.label)
    move(case, "entrust", by=by, matter=about)
    end_choice(case)
    tell(case, "entrusted", key=f"entrusted/{about}", committee=to)
    return case


@transaction.atomic
def bring_back(case: Case, *, why: str, key: str) -> bool:
    """Let an entrusted case be examined here again: the mode ends, the case is on the ordinary list, the person is told. Whether it was entrusted.

    why: in a sentence, kept with the wish and told to the person. Law: 令55 art. 10, 12.
    """
    case = locked(case)
    if case.state != State.ENTRUSTED:
        return False
    back_from_elsewhere(case)
    end_mode(case, by=None, why=why)
    tell(case, "entrusting_ended", key=f"entrusted/{key}/ended", why=why)
    return True


def back_from_elsewhere(case: Case, **facts: Any) -> bool:
    """Move an entrusted case to the list again; whether it was entrusted. The caller ends the mode and is in a transaction."""
    if case.state != State.ENTRUSTED:
        return False
    move(case, "bring_back", by=None, **facts)
    return True


def end_mode(case: Case, *, by: User | None, why: str = "") -> None:
    """End the mode in force, if there is one, and keep who ended it, when and why. by: None where what happened elsewhere ends it."""
    former = mode_in_force(case)
    if former is None:
        return
    former.state, former.ended_by, former.ended_at, former.ended_why = WishState.ENDED, by, moment.now(), why.strip()
    former.save(update_fields=["state", "ended_by", "ended_at", "ended_why"])
    end_choice(case)
    record(case.chain, "mode.ended", by=by, mode=former.meant.value)
