"""The committee that is entrusted: it takes the matter on as a case with a sitting, a lot and seals of its own, sends the opinion, or gives the matter back.

Law: 令55 art. 11-13, 15; 个保法 art. 6, 23.
"""

from datetime import date
from io import BytesIO

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.applications.people import keep_worker
from gongjian.appraisal.entrusted import ENTRUSTED, UNDER_WAY
from gongjian.appraisal.models import Application
from gongjian.cases.actions.locked import locked, locked_row
from gongjian.cases.actions.move import allowed_move, move, open_case
from gongjian.cases.models import Case
from gongjian.draws.queries.groups import arrival_of
from gongjian.draws.states import State as DrawState
from gongjian.exchange.actions.answering import said, say
from gongjian.exchange.actions.writing import Attached
from gongjian.exchange.errors import MatterUnknown, NotNow
from gongjian.exchange.models import Matter
from gongjian.exchange.queries import files_of
from gongjian.exchange.states import KINDS, LABELS, Direction, Kind, Name, State
from gongjian.kernel import moment
from gongjian.kernel.evidence.actions import keep
from gongjian.kernel.evidence.kinds import Kind as EvidenceKind
from gongjian.kernel.ledger.actions import record
from gongjian.materials.actions import carry_in, material_of
from gongjian.materials.catalog import DIAGNOSIS, RECORDS, kind_of
from gongjian.opinions.actions.entrusting import packet_of
from gongjian.parties.actions import keep_employer
from gongjian.sittings.actions.needs import keep_assistance
from gongjian.sittings.actions.withdrawn import leave_sitting

FILE = "专家组意见.json"


@transaction.atomic
def take_on(matter: Matter, *, by: User) -> Case:
    """Take the matter on: it is a case of ours from now on, due by the day that was named, with the papers that came along.

    A person known here stays as known: the telephone of the letter is the matter's alone.
    Law: 令55 art. 12. Raises: MatterUnknown, NotNow, and what is wrong with the person's number or telephone.
    """
    row = say(matter, Kind.ACCEPTED, "", (), by)
    told = row.about
    person = keep_worker({**told, "name": told["person"], "address": ""}, by=by, capacity="worker", by_letter=True)
    employer = keep_employer(name=told["employer"]) if told.get("employer") else None
    case = open_case(
        procedure=ENTRUSTED, office=row.office, person=person, employer=employer, received_at=moment.now(), by=by,
        due_on=row.due_on, matter=row.key, peer=row.peer.code,
    )  # fmt: skip
    Application.objects.create(case=case, **_application(told))
    for sent in files_of(row):
        evidence = sent.enclosure.evidence
        if evidence and not sent.is_ours:
            carry_in(material_of(_kind(sent.enclosure.name), case=case), evidence, name=sent.enclosure.name, by=by)
    if needs := told.get("needs"):
        keep_assistance(case, needs.split(","), by=by)
    row.done_as = case
    row.save(update_fields=["done_as"])
    return case


def _application(told: dict[str, str]) -> dict[str, object]:
    now = moment.now()
    return {
        "applicant_kind": "worker",
        "applicant_name": told["person"],
        "ground": told["ground"],
        "telephone": told["telephone"],
        "recognition_number": told["recognition_number"],
        "recognition_on": date.fromisoformat(told["recognition_on"]),
        "injured_on": date.fromisoformat(told["injured_on"]),
        "recognised_parts": told["parts"].split(","),
        "hospital": told.get("hospital", ""),
        "department": told.get("department", ""),
        "truthful_at": now,
        "entered_at": now,
        "channel": "window",
    }


def _kind(name: str) -> str:
    """The kind of a paper by the title under which it was sent."""
    return DIAGNOSIS if kind_of(DIAGNOSIS).title in name else RECORDS


@transaction.atomic
def send_opinion(case: Case, *, by: User) -> Matter:
    """Send what the group has said, with the receipts of its draws; the matter is over here, and its papers are closed. Nobody changes a word of it.

    Law: 令55 art. 12, 15, 34(5). Raises: MoveNotAllowed, NotYours, MatterUnknown, NoMajorityYet, DrawNotClosed, SealBroken, PacketWrong.
    """
    case = locked(case)
    allowed_move(case, "send_opinion", by=by)
    row = matter_done_as(case)
    packet = packet_of(case)
    kept = Attached(keep(BytesIO(packet.content), kind=EvidenceKind.DATA, by=by), FILE)
    said_so = say(row, Kind.ANSWERED, "专家组意见和抽取凭证见附件。", [kept], by, asked=True)
    move(case, "send_opinion", by=by, matter=row.key, sha256=kept.evidence.sha256)
    return said_so


@transaction.atomic
def give_back(matter: Matter, *, reason: str, by: User) -> Matter:
    """Give the matter back with the reason: at once, or while the person has not been examined by everybody. A place at a sitting is given back with it.

    Law: 令55 art. 12, 14 (the asking committee decides what follows where the person has not come). Raises: MatterUnknown, NotNow, ReasonNeeded, MoveNotAllowed, NotYours.
    """
    told = said(reason)
    case = locked_row(matter.done_as_id) if matter.done_as_id else None
    if case:
        move(case, "give_back", by=by, matter=matter.key)
        leave_sitting(case, answer="委托已退回。")
    row = say(matter, Kind.REFUSED, told, (), by)
    if (
        row.done_as_id != matter.done_as_id
    ):  # taken on by somebody else meanwhile: its case would go on under a matter that is given back
        raise NotNow(state=LABELS[State.ACCEPTED], kind=KINDS[Kind.REFUSED])
    return row


def open_draws(case: Case) -> bool:
    """Whether a draw behind the case's group is not closed yet, so that its receipt cannot be given out."""
    sent = arrival_of(case)
    return sent is not None and any(draw.state != DrawState.CLOSED for draw in (sent.draw, sent.group.draw))


def call_off(matter: Matter) -> bool:
    """The committee that asked has taken the matter back: our case ends, its place is free. Whether there was one under way. The caller is in a transaction.

    Law: 令55 art. 12.
    """
    case = locked_row(matter.done_as_id) if matter.done_as_id else None
    if case is None or case.state not in UNDER_WAY:
        return False
    move(case, "call_off", by=None, matter=matter.key)
    leave_sitting(case, answer="委托机构已撤回委托。")
    record(case.chain, "exchange.called_off", by=None, matter=matter.key)
    return True


def matter_done_as(case: Case) -> Matter:
    """The matter behind an entrusted case. Raises: MatterUnknown."""
    rows = Matter.objects.filter(done_as=case, direction=Direction.IN, business=Name.APPRAISAL)
    found = rows.select_related("peer", "office").first()
    if found is None:
        raise MatterUnknown
    return found
