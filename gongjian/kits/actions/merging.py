"""Putting events in their place by the very actions that the pages use. An event and what it does are one transaction: once, or not yet."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.db import transaction

from gongjian.accounts.roles import Role
from gongjian.cases.actions.obligations import owe
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.kits import chain
from gongjian.kits.errors import FileMissing, FileNeverCame, NeverReady, NotComeYet, NotInKit
from gongjian.kits.events import is_text
from gongjian.kits.models import Kit, KitCase, KitEvent, KitFile
from gongjian.kits.owes import SETTLE_KIT
from gongjian.kits.queries import standings_of
from gongjian.kits.settled import close_when_settled
from gongjian.kits.states import Kind, Stage
from gongjian.kits.visiting import has_not_come
from gongjian.law.errors import RuleError
from gongjian.materials.actions import carry_in, material_of
from gongjian.materials.catalog import EXAMINATION
from gongjian.opinions.actions.bring import bring_opinion, content_brought
from gongjian.opinions.actions.declare import declare_no_conflict
from gongjian.opinions.actions.draft import save_draft
from gongjian.opinions.content import Content
from gongjian.opinions.errors import DraftChangedMeanwhile
from gongjian.opinions.models import OpinionDraft
from gongjian.opinions.queries.access import Stage as Asked
from gongjian.opinions.queries.access import duty_for

Place = Callable[[KitEvent, KitCase, Mapping[str, Any]], None]


def merge(kit: Kit) -> int:
    """Try every event that may be tried, as long as any gets on; how many were dealt with. A refusal that passes leaves its event waiting."""
    done, tried = 0, set[int]()
    while ready := [n for n in chain.to_try(standings_of(kit)) if n not in tried]:
        tried.update(ready)
        done += sum(_dealt_with(kit, n) for n in ready)
    return done


@transaction.atomic
def _dealt_with(kit: Kit, n: int) -> bool:
    """Whether the event is waiting no more."""
    event = (
        KitEvent.objects.select_for_update(of=("self",)).select_related("about__case", "kit__user").get(kit=kit, n=n)
    )
    if event.stage != Stage.WAITING:
        return False
    try:
        with transaction.atomic():
            _put(event)
    except RuleError as refusal:
        return _refused(event, refusal)
    _end(event, Stage.MERGED)
    for late in chain.overtaken(standings_of(kit), n):
        _overtake(KitEvent.objects.get(kit=kit, n=late))
    return True


def _put(event: KitEvent) -> None:
    """Do what the event says. Raises: NotInKit, NotComeYet, and whatever the action refuses."""
    if event.about is None:
        raise NotInKit
    if has_not_come(event.exam_code):
        raise NotComeYet
    PLACES[Kind(event.kind)](event, event.about, body_of(event))


def body_of(event: KitEvent) -> Mapping[str, Any]:
    """What the event says."""
    told: dict[str, Any] = json.loads(event.told)["body"]
    return told


def _declare(event: KitEvent, about: KitCase, body: Mapping[str, Any]) -> None:
    """The declaration made at the visit; one that was made at the office as well is the same one."""
    if duty_for(event.exam_code, by=event.kit.user).stage == Asked.DECLARE:
        declare_no_conflict(event.exam_code, by=event.kit.user)


def _draft(event: KitEvent, about: KitCase, body: Mapping[str, Any]) -> None:
    content, page = content_in(body), page_of(event.kit)
    save_draft(event.exam_code, content, version=about.draft_version, by=event.kit.user, page=page)


def content_in(body: Mapping[str, Any]) -> Content:
    """The sheet as it was written away. Raises: StatementUnsound for what is no sheet."""
    return content_brought(body.get("content")).unworked()


def page_of(kit: Kit) -> str:
    """The mark under which a kit's own saves follow each other."""
    return f"kit:{kit.number}"


def _picture(event: KitEvent, about: KitCase, body: Mapping[str, Any]) -> None:
    file = KitFile.objects.filter(kit=event.kit, sha256=_text(body, "sha256")).select_related("evidence").first()
    if file is None:
        raise FileMissing
    name = f"{Kind(event.kind).label}-{event.kit.number}-{event.n}"
    carry_in(material_of(EXAMINATION, case=about.case), file.evidence, name=name, by=event.kit.user)


def _seal(event: KitEvent, about: KitCase, body: Mapping[str, Any]) -> None:
    statement = _text(body, "statement").encode()
    beside = OpinionDraft.objects.filter(assignment__user=event.kit.user, assignment__exam_code=event.exam_code).first()
    event.beside = beside.content if beside and beside.content.get("page") != page_of(event.kit) else None
    bring_opinion(event.exam_code, statement, _text(body, "signature"), key=event.kit.key, by=event.kit.user)


def _text(body: Mapping[str, Any], name: str) -> str:
    """A text of the event, if it is one that can be kept. Raises: NotInKit."""
    text = str(body.get(name, ""))
    if not is_text(text):
        raise NotInKit
    return text


PLACES: Final[dict[Kind, Place]] = {
    Kind.DECLARED: _declare,
    Kind.DRAFTED: _draft,
    Kind.PICTURED: _picture,
    Kind.SIGNED: _picture,
    Kind.SEALED: _seal,
}


def _refused(event: KitEvent, refusal: RuleError) -> bool:
    """What passes by itself waits on, for a time; everything else is shown to a human, who owes an answer."""
    if chain.passes(refusal.code):
        if chain.waits_on(moment.now(), ended=event.kit.ended_at, came=event.received_at):
            KitEvent.objects.filter(pk=event.pk).update(refusal=refusal.code)
            return False
        refusal = FileNeverCame() if isinstance(refusal, FileMissing) else NeverReady()
    if isinstance(refusal, DraftChangedMeanwhile):
        mine = {"assignment__user": event.kit.user, "assignment__exam_code": event.exam_code}
        event.beside = OpinionDraft.objects.get(**mine).content
    _end(event, Stage.CONFLICT, refusal=refusal.code)
    for late in chain.overtaken(standings_of(event.kit), event.n):
        _overtake(KitEvent.objects.get(kit=event.kit, n=late))
    if event.about:
        owe(
            event.about.case, SETTLE_KIT, due=moment.today(), article="令55 第十二条、第十五条", role=Role.EXAM_STAFF,
            about=event.kit.number,
        )  # fmt: skip
    return True


def _end(event: KitEvent, stage: Stage, *, refusal: str = "") -> None:
    KitEvent.objects.filter(pk=event.pk).update(stage=stage, refusal=refusal, beside=event.beside, done_at=moment.now())
    if event.about:
        told = {"kit": event.kit.number, "n": event.n, "hash": event.hash, "what": event.kind}
        record(event.about.case.chain, f"kit.{stage}", by=event.kit.user, **told, refusal=refusal)


def _overtake(event: KitEvent) -> None:
    KitEvent.objects.filter(pk=event.pk).update(stage=Stage.OVERTAKEN, done_at=moment.now())
    close_when_settled(event)
