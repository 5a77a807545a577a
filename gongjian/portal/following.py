"""Where a case stands, in the words of the people it is about: what has happened, what comes next, who must act, until when."""

from dataclasses import dataclass, replace
from datetime import date

from django.urls import NoReverseMatch, reverse

from gongjian.accounts.models import User
from gongjian.accounts.roles import LABELS, Role
from gongjian.applications.queries import acts_for_applicant
from gongjian.appraisal.actions.mandates import revocable
from gongjian.cases.actions.move import allowed_moves
from gongjian.cases.labels import label_of
from gongjian.cases.models import Case, CaseLimit, Obligation
from gongjian.cases.owes import FIND_COLLEAGUE
from gongjian.cases.procedures import procedure_of
from gongjian.cases.queries import Side, deadline_of, limits_of, open_obligations, speaks_for
from gongjian.cases.working import owed_address
from gongjian.kernel import moment
from gongjian.law.clock import Deadline
from gongjian.portal.procedures import Face, face_of
from gongjian.portal.readers import SYSTEM, known_as
from gongjian.recognition.owes import EVIDENCE

PARTIES = {"applicant": "您（申请人）", "experts": "医疗卫生专家组", "employer": "用人单位"}
KINDS_OF_STATE = {
    "supplement": "warn",
    "refused": "bad",
    "abandoned": "bad",
    "terminated": "bad",
    "withdrawn": "neutral",
    "deceased": "neutral",
    "archived": "neutral",
    "effective": "good",
    "delivered": "good",
    "concluded": "good",
    "decided": "good",
    "rejected": "bad",
    "suspended": "warn",
    "transferred": "neutral",
    "joined": "neutral",
}
ENDS = ("refused", "abandoned", "withdrawn", "terminated", "joined", "deceased", "archived", "rejected", "transferred")
"""States after which nothing more of the walk is to come."""
AMONG_STAFF = (FIND_COLLEAGUE,)
"""What is owed inside the office and concerns no party."""
BLOCKS = ("reception:portal_block", "sittings:portal_block", "recordings:mine", "remote:mine", "delivery:mine")
"""Parts of the page that other rooms show about a case, loaded by address where the room offers one."""


@dataclass(frozen=True)
class Owed:
    """One thing that is owed now: what, by whom, until when with its working, on which article.

    address: the page that tells what the day rests on. sentence: told instead of the day, where the day is not this person's own.
    """

    what: str
    who: str
    due: date
    deadline: Deadline | None
    article: str
    mine: bool
    address: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class Event:
    """One line of what has happened or is to come. state: "done", "now" or "later"."""

    on: date | None
    title: str
    text: str = ""
    by: str = ""
    state: str = "done"


def is_quiet(case: Case, *, by: User | None = None) -> bool:
    """Whether `by` is told one thing only of where the case stands: everyone but the staff, from the examination to the signature."""
    inside = by is not None and by.kind == User.Kind.STAFF
    return not inside and case.state in procedure_of(case.procedure).quiet.states


def state_label(case: Case, *, by: User | None = None) -> str:
    """The state in words, as `by` may know it; None: as a party."""
    return procedure_of(case.procedure).label_for(case.state, inside=by is not None and by.kind == User.Kind.STAFF)


def state_kind(case: Case) -> str:
    """The colour of the state's badge."""
    return KINDS_OF_STATE.get(case.state, "info")


def promise(case: Case, *, by: User | None = None) -> str:
    """What happens next, in a sentence: as the last step says it, else as the state does. One query."""
    table = procedure_of(case.procedure)
    if is_quiet(case, by=by):
        return table.quiet.promise
    last = case.passages.order_by("-id").values_list("act", flat=True).first()
    return table.promises_after.get(last or "", table.promises.get(case.state, ""))


def owed_now(case: Case, *, by: User | None = None) -> list[Owed]:
    """What is owed in the case: three queries, however much it is. While it is deliberated, one thing by the office."""
    workings = {row.pk: deadline_of(row) for row in limits_of(case)}
    rows = [row for row in open_obligations(case) if row.kind not in AMONG_STAFF]
    if not is_quiet(case, by=by):
        return [_owed(case, each, workings) for each in rows]
    told = [_owed(case, each, workings) for each in rows if each.state not in procedure_of(case.procedure).quiet.states]
    return [*_forming(case, rows, workings), *told]


def _forming(case: Case, rows: list[Obligation], workings: dict[int, Deadline]) -> list[Owed]:
    """What the states between examination and signature owe, as one thing: neither who has it now nor how often it went back."""
    quiet = procedure_of(case.procedure).quiet
    owed = [_owed(case, row, workings) for row in rows if row.state in quiet.states][:1]
    return [replace(each, what=quiet.owed, who=case.office.name, article=quiet.article) for each in owed]


def _owed(case: Case, owed: Obligation, workings: dict[int, Deadline]) -> Owed:
    parties = {**PARTIES, "worker": face_of(case).worker}
    who = parties.get(owed.party, owed.party) if owed.party else f"{owed.office.name}（{LABELS[Role(owed.role)]}）"
    working = workings.get(owed.limit_id or 0)
    return Owed(
        what=label_of(owed.kind),
        who=who,
        due=owed.due_on,
        deadline=working if working and working.due == owed.due_on else None,
        article=owed.article,
        mine=owed.party == "applicant",
        address=owed_address(number=case.number, kind=owed.kind, about=owed.about),
    )


def running_limits(case: Case) -> list[tuple[Deadline, CaseLimit]]:
    """The limits of the case with their workings, those already met too."""
    return [(deadline_of(row), row) for row in limits_of(case)]


def events(case: Case, *, by: User | None = None) -> list[Event]:
    """What has happened, then what is still to come on the usual way. How it was deliberated and sent back is for the staff alone."""
    table = procedure_of(case.procedure)
    labels = {(move.act, move.start): move.label for move in table.moves}
    passages = list(case.passages.select_related("by").order_by("id"))
    if by is None or by.kind != User.Kind.STAFF:
        passages = [each for each in passages if not {each.start, each.end} <= table.quiet.states]
    names = known_as(case, [each.by for each in passages if each.by])
    happened = [
        Event(
            on=each.at.astimezone(moment.ZONE).date(),
            title=labels.get((each.act, each.start), "提交申请" if each.act == "submit" else each.act),
            by=names.get(each.by_id or 0, SYSTEM),
        )
        for each in passages
    ]
    return [*happened, *_to_come(case, _done([each.act for each in passages], face_of(case)))]


def _done(acts: list[str], face: Face) -> set[str]:
    """The acts that have happened, and the steps of the usual way that those since the case last came back have stood for."""
    came_back = max((place + 1 for place, act in enumerate(acts) if act in face.back), default=0)
    return {*acts, *(face.stands_for[act] for act in acts[came_back:] if act in face.stands_for)}


def _to_come(case: Case, acts: set[str]) -> list[Event]:
    if case.state in ENDS:
        return []
    face = face_of(case)
    ahead = [(act, title) for act, title in face.way if act not in acts]
    decide = case.due_on if face.decided not in acts else None
    return [
        Event(
            on=decide if act == face.decided else None,
            title=title,
            text="最迟在这一天作出。" if act == face.decided and decide else "",
            state="now" if place == 0 else "later",
        )
        for place, (act, title) in enumerate(ahead)
    ]


def my_moves(case: Case, *, by: User) -> list[tuple[str, str]]:
    """(label, address) of what this person can do now."""
    acts = {move.act for move in allowed_moves(case, by=by)} if acts_for_applicant(by, case) else set()
    found: list[tuple[str, str]] = []
    if "supplement" in acts:
        found.append(("补交材料", reverse("portal:supplement", args=[case.number])))
    if "withdraw" in acts:
        found.append(("撤回申请", reverse("portal:withdraw", args=[case.number])))
    if _must_prove(case, by):
        found.append(("提交书面意见和举证材料", reverse("recognition:evidence", args=[case.number])))
    if revocable(case, by=by):
        found.append(("取消委托", reverse("portal:mandates", args=[case.number])))
    return found


def _must_prove(case: Case, by: User) -> bool:
    owed = case.obligations.filter(kind=EVIDENCE, fulfilled_at=None).exists()
    return owed and speaks_for(by, case, Side.EMPLOYER)


def blocks(case: Case) -> list[str]:
    """Addresses of the parts that other rooms add to the page."""
    found = []
    for name in BLOCKS:
        try:
            found.append(reverse(name, args=[case.number]))
        except NoReverseMatch:  # a room that shows nothing to parties
            continue
    return found
