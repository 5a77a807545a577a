"""One act for many: each turn is a transaction of its own, done or refused by itself, and never done twice.

What has been done is in rows. A line that was cut off is gone on with by whoever takes the next turn, two at once share what
is left, and a process that dies loses the one turn it was at, which is taken again.
"""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.db import models, transaction
from django.db.models import Q, QuerySet

from gongjian.kernel import moment
from gongjian.law.errors import RuleError

BROKEN = "办理时出现系统错误，这一件没有办成，已记入日志。其他各件不受影响；排除后可以再次批量办理。"
STILL_TO_TAKE = Q(done_at=None, refusal="")
"""Of turns: those that are neither done nor refused."""
log = logging.getLogger(__name__)
AnyTurn = TypeVar("AnyTurn", bound=models.Model)
OwnTurn = TypeVar("OwnTurn", bound="Turn")


class Line(models.Model):
    """An act for many, and when its last turn was taken."""

    finished_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Turn(models.Model):
    """One turn of a line: still to take, done, or refused with the reason in words."""

    done_at = models.DateTimeField(null=True)
    refusal = models.TextField(blank=True)

    class Meta:
        abstract = True


def take(waiting: QuerySet[AnyTurn], settle: Callable[[AnyTurn], None], *, most: int | None = None) -> int:
    """Settle up to `most` of the turns that wait, all of them without it, in their order; how many. settle: leaves a turn that waits no longer."""
    turns = 0
    while turns != most and _take_one(waiting, settle):
        turns += 1
    return turns


@transaction.atomic
def _take_one(waiting: QuerySet[AnyTurn], settle: Callable[[AnyTurn], None]) -> bool:
    turn = waiting.select_for_update(skip_locked=True, of=("self",)).order_by("pk").first()
    if turn is None:
        return False
    settle(turn)
    return True


def do(turn: OwnTurn, act: Callable[[OwnTurn], object]) -> None:
    """Do one turn and mark it done, or refused in the words of the refusal. What breaks is logged, and holds nobody else up."""
    turn.refusal = _refusal(turn, act)
    turn.done_at = None if turn.refusal else moment.now()
    turn.save(update_fields=["done_at", "refusal"])


def _refusal(turn: OwnTurn, act: Callable[[OwnTurn], object]) -> str:
    try:
        with transaction.atomic():
            act(turn)
    except RuleError as refusal:
        return str(refusal)
    except Exception:  # one broken row must not keep the others waiting
        log.exception("turn.broken", extra={"turn": turn._meta.label, "pk": turn.pk})
        return BROKEN
    return ""


@transaction.atomic
def close(line: Line, turns: QuerySet[OwnTurn]) -> bool:
    """Finish a line of which every turn is taken; whether it was this call that did."""
    row = type(line)._base_manager.select_for_update(of=("self",)).get(pk=line.pk)
    if row.finished_at or turns.filter(STILL_TO_TAKE).exists():
        return False
    row.finished_at = moment.now()
    row.save(update_fields=["finished_at"])
    return True
