"""The one notice of everything that is missing, and the papers that come on it. Each procedure hands in what it does in its own way."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.applications.errors import NothingSupplemented, NothingToAsk, NoticeIncomplete, SecondNoticeRefused
from gongjian.applications.kept import application_of
from gongjian.applications.models import NoticeBase
from gongjian.applications.queries import must_act_for_applicant
from gongjian.cases.actions.clock import meet_limit
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.move import allowed_move, move
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.law.clock import deadline
from gongjian.materials.catalog import Kind, kind_of
from gongjian.materials.models import MaterialPage
from gongjian.papers.models import Paper

N = TypeVar("N", bound=NoticeBase)


@dataclass(frozen=True)
class Item:
    """One thing that is missing. kind: of the catalogue; what: in plain words, what to hand in or to correct."""

    kind: str
    what: str

    def said(self) -> dict[str, Any]:
        """As the notice keeps it. Raises: KindNotListed."""
        told = kind_of(self.kind)
        return {**asdict(self), "what": self.what.strip(), "title": told.title, "article": told.basis}


@dataclass(frozen=True)
class Way(Generic[N]):
    """What a procedure does in its own way.

    table: of its notices; review, period: its limits of the check and of the supplement; missing: the required papers not on file;
    issue: the paper that tells; in_time: refuses what came too late; anew: what begins again once the papers are here, from which day.
    """

    table: type[N]
    review: str
    period: str
    missing: Callable[[Case], list[Kind]]
    issue: Callable[[Case, N, User], Paper]
    in_time: Callable[[Case, N, date], object]
    anew: Callable[[Case, date, User], object]


@transaction.atomic
def ask(case: Case, items: list[Item], *, by: User, way: Way[N]) -> N:
    """Tell the applicant, once, everything that is missing, with a period to bring it. A second notice is refused.

    So what the checklist lacks must be among it: who was never asked for a paper cannot lose the application for it.
    Law: 令55 art. 10; 令8 art. 8. Raises: MoveNotAllowed, NotYours, SecondNoticeRefused, NothingToAsk, NoticeIncomplete, KindNotListed.
    """
    case = locked(case)
    allowed_move(case, "ask_supplement", by=by)
    if former := way.table._default_manager.filter(case=case).first():
        raise SecondNoticeRefused(sent=former.sent_at.astimezone(moment.ZONE))
    wanted = [item.said() for item in items if item.what.strip()]
    if not wanted:
        raise NothingToAsk
    listed = {item["kind"] for item in wanted}
    if forgotten := [kind for kind in way.missing(case) if kind.code not in listed]:
        raise NoticeIncomplete(what="、".join(kind.title for kind in forgotten))
    today = moment.today()
    due = deadline(way.period, today, region=case.office.region).due
    notice = way.table._default_manager.create(case=case, items=wanted, sent_at=moment.now(), sent_by=by, due_on=due)
    meet_limit(case, way.review, on=today)
    move(case, "ask_supplement", by=by, items=[item["kind"] for item in wanted], due=due)
    notice.paper = way.issue(case, notice, by)
    notice.save(update_fields=["paper"])
    return notice


@transaction.atomic
def supplement(case: Case, *, by: User, way: Way[N]) -> Case:
    """A party hands in what was missing; the papers were uploaded before.

    Only the side that applied may: to it the notice was given, and a page from the other side would use up its one period.
    Law: 令55 art. 10; 令8 art. 8. Raises: MoveNotAllowed, NotYours, NotTheApplicant, NothingSupplemented, and what `in_time` refuses.
    """
    case = locked(case)
    allowed_move(case, "supplement", by=by)
    must_act_for_applicant(case, by=by)
    return _handed_in(case, "supplement", by=by, on=moment.today(), way=way)


@transaction.atomic
def receive_supplement(case: Case, *, by: User, on: date, way: Way[N]) -> Case:
    """The window takes in what was missing, handed in or posted on an earlier day perhaps, and has scanned it before.

    Law: 令55 art. 10; 令8 art. 8. Raises: MoveNotAllowed, NotYours, NothingSupplemented, and what `in_time` refuses.
    """
    case = locked(case)
    allowed_move(case, "receive_supplement", by=by)
    return _handed_in(case, "receive_supplement", by=by, on=on, way=way)


def _handed_in(case: Case, act: str, *, by: User, on: date, way: Way[N]) -> Case:
    notice, told = way.table._default_manager.get(case=case), application_of(case)
    assert told is not None, "a notice is about an application"
    way.in_time(case, notice, on)
    new = MaterialPage.objects.filter(material__case=case, removed_at=None, added_at__gte=notice.sent_at)
    if not new.exists():
        raise NothingSupplemented
    notice.supplemented_on = told.complete_on = on
    notice.save(update_fields=["supplemented_on"])
    told.save(update_fields=["complete_on"])
    meet_limit(case, way.period, on=on)
    move(case, act, by=by, pages=sorted(new.values_list("pk", flat=True)), handed_in=on)
    way.anew(case, on, by)
    return case
