"""Many victims of one accident at once: each turn is one transaction, done or refused by itself, and never done twice."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.cases.errors import NotYours
from gongjian.cases.models import Case
from gongjian.kernel import moment, turns
from gongjian.kernel.ledger.actions import record
from gongjian.recognition.actions import accident as opening
from gongjian.recognition.actions import deciding, investigation, proposing
from gongjian.recognition.actions.proposing import Draft, Fact, Rests
from gongjian.recognition.errors import BatchChanged, BatchUnderWay, NothingForBatch
from gongjian.recognition.models import Accident, Batch, BatchItem, Victim
from gongjian.recognition.queries.accident import PERMISSIONS, turns_for
from gongjian.recognition.queries.batch import drafts_of, one_digest
from gongjian.recognition.sheet import codes_of

Operation = Batch.Operation
SEEN = (Operation.REVIEW, Operation.DECIDE)
"""What is done only to a draft that was on the page."""


@transaction.atomic
def begin_batch(accident: Accident, operation: str, told: Mapping[str, Any], *, by: User, seen: str = "") -> Batch:
    """Line up everybody whose turn it is and from whose case `by` does not keep away. told: what all have in common; seen: the digest of the drafts on the page.

    Law: 人社厅发〔2018〕104号 二（四）; 令8 art. 18; 令55 art. 28. Raises: NotYours, BatchUnderWay, NothingForBatch, BatchChanged.
    """
    act = Operation(operation)
    Accident.objects.select_for_update().get(pk=accident.pk)
    if not by.holds(PERMISSIONS[act], accident.office_id):
        raise NotYours(act=act.label)
    if Batch.objects.filter(accident=accident, operation=act, finished_at=None).exists():
        raise BatchUnderWay(what=act.label)
    waiting = list(turns_for(accident, act, by=by))
    if not waiting:
        raise NothingForBatch(what=act.label)
    drafts = drafts_of(accident, act, by=by) if act in SEEN else {}
    if act in SEEN and one_digest(drafts) != seen:
        raise BatchChanged
    values: dict[str, Any] = {"operation": act, "told": dict(told)}
    batch = Batch.objects.create(accident=accident, by=by, at=moment.now(), **values)
    items = [BatchItem(batch=batch, victim=one, seen=drafts.get(one.case_id or 0, "")) for one in waiting]
    BatchItem.objects.bulk_create(items)
    record(accident.chain, "batch.begun", by=by, operation=act, batch=batch.pk, count=len(items))
    return batch


def go_on() -> int:
    """Go on with every batch that is under way; how many turns were taken. Two at once share the turns."""
    return sum(advance(batch) for batch in Batch.objects.filter(finished_at=None).order_by("id"))


def advance(batch: Batch, *, most: int | None = None) -> int:
    """Take up to `most` turns, all that wait without it; how many."""
    taken = turns.take(batch.items.filter(turns.STILL_TO_TAKE), partial(_do, batch), most=most)
    _finish(batch)
    return taken


def _do(batch: Batch, item: BatchItem) -> None:
    rows = Victim.objects.select_related("accident__office__parent", "accident__employer", "case")
    turns.do(item, lambda one: ACTS[Operation(batch.operation)](rows.get(pk=one.victim_id), batch, one.seen))


@transaction.atomic
def _finish(batch: Batch) -> None:
    if turns.close(batch, batch.items.all()):
        done = batch.items.filter(done_at__isnull=False).count()
        record(batch.accident.chain, "batch.finished", by=None, operation=batch.operation, batch=batch.pk, done=done)


def _case(victim: Victim) -> Case:
    assert victim.case is not None, "whose turn it is has a case"
    return victim.case


def _open(victim: Victim, batch: Batch, seen: str) -> None:
    opening.open_victim(victim, by=batch.by)


def _begin(victim: Victim, batch: Batch, seen: str) -> None:
    team = list(User.objects.filter(pk__in=batch.told["team"]))
    investigation.start(_case(victim), with_=team, by=batch.by)


def _propose(victim: Victim, batch: Batch, seen: str) -> None:
    row = proposing.draft(_case(victim), draft_for(victim, batch.told), by=batch.by)
    proposing.propose(_case(victim), seen=row.digest, by=batch.by)


def draft_for(victim: Victim, told: Mapping[str, Any]) -> Draft:
    """The common sentences and the person's own, which rests on the person's papers.

    told: outcome, heads, facts (sentence and what it rests on), own_rests (what else the person's own rests on). Law: 令8 art. 18, 19.
    """
    one = victim.told
    mine = tuple(Rests("material", pk) for pk in _case(victim).materials.order_by("pk").values_list("pk", flat=True))
    sentence = f"{one['name']}系{one['occupation']}，在该事故中受伤害：{one['harm']}。"
    common = (Fact(text, tuple(Rests(*each) for each in rests)) for text, rests in told["facts"])
    return Draft(
        told["outcome"],
        tuple(told["heads"]),
        (*common, Fact(sentence, (*mine, *(Rests(*each) for each in told["own_rests"])))),
        parts=one["parts"],
        treatment=f"在{one['hospital']}救治，诊断为{one['diagnosis']}。",
        part_codes=codes_of(one["parts"]),
    )


def _review(victim: Victim, batch: Batch, seen: str) -> None:
    deciding.review(_case(victim), seen=seen, by=batch.by)


def _decide(victim: Victim, batch: Batch, seen: str) -> None:
    deciding.decide(_case(victim), seen=seen, by=batch.by)


ACTS: Mapping[Operation, Callable[[Victim, Batch, str], None]] = MappingProxyType(
    {
        Operation.OPEN: _open,
        Operation.BEGIN: _begin,
        Operation.PROPOSE: _propose,
        Operation.REVIEW: _review,
        Operation.DECIDE: _decide,
    }
)
