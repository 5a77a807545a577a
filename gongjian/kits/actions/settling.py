"""A human decides what becomes of a conflict. Nothing is overwritten before that, and what was not followed stays on record."""

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.kits.access import kit_for
from gongjian.kits.actions.merging import body_of, content_in, page_of
from gongjian.kits.errors import NotAConflict, WayNotOpen
from gongjian.kits.models import KitEvent
from gongjian.kits.queries import events_of
from gongjian.kits.settled import close_when_settled
from gongjian.kits.states import WAYS, Kind, Stage, Way
from gongjian.opinions.actions.draft import save_draft
from gongjian.opinions.queries.access import duty_for
from gongjian.opinions.queries.drafts import draft_of


@transaction.atomic
def settle(number: str, n: int, way: Way, *, by: User) -> KitEvent:
    """Settle one conflict. What was written is chosen by who wrote it; that an opinion could not be sealed is noted by the expert or the staff.

    Law: 令55 art. 15, art. 34 (nobody alters an opinion). Raises: KitNotFound, NotAConflict, WayNotOpen, and what saving a draft refuses.
    """
    kit = kit_for(number, by=by)
    event = events_of(kit, by).select_for_update(of=("self",)).filter(n=n).first()
    if event is None or event.stage != Stage.CONFLICT:
        raise NotAConflict(stage=Stage(event.stage).label if event else "不存在")
    if way not in ways_for(event, by=by):
        raise WayNotOpen
    if way is Way.KIT:
        version = draft_of(duty_for(event.exam_code, by=by)).version
        save_draft(event.exam_code, content_in(body_of(event)), version=version, by=by, page=page_of(kit))
    KitEvent.objects.filter(pk=event.pk).update(stage=Stage.SETTLED, way=way, settled_by=by, done_at=moment.now())
    if event.about:
        record(event.about.case.chain, "kit.settled", by=by, kit=kit.number, n=n, way=way.value)
    close_when_settled(event)
    return event


def ways_for(event: KitEvent, *, by: User) -> tuple[Way, ...]:
    """How `by` may settle a conflict: between two texts of an expert only that expert chooses; where there is but one, the staff may note it."""
    if by.pk == event.kit.user_id:
        return WAYS.get(Kind(event.kind), (Way.NOTED,))
    return () if event.kind == Kind.DRAFTED and event.beside else (Way.NOTED,)
