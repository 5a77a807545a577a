"""The committee that asks: it entrusts another city's, takes the opinion in, or has the case on its own list again. Law: 令55 art. 10, 11, 12, 15; 个保法 art. 6, 23."""

from datetime import date

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.appraisal.queries import application_of
from gongjian.appraisal.states import State as Appraisal
from gongjian.cases.actions.locked import locked, locked_row
from gongjian.cases.actions.obligations import fulfil
from gongjian.cases.models import Case
from gongjian.exchange.actions.asking import Asked, open_matter
from gongjian.exchange.actions.examining import call_off
from gongjian.exchange.actions.writing import Attached, write
from gongjian.exchange.business import BUSINESSES
from gongjian.exchange.errors import MatterUnknown, NotNow, ReasonNeeded, TooLate, TooMuch
from gongjian.exchange.models import Enclosure, Matter, Peer
from gongjian.exchange.owes import NOT_DELIVERED
from gongjian.exchange.queries import trusted_peers
from gongjian.exchange.rules import LONGEST_FACT, LONGEST_TEXT, MOST_FILES, check_asked, is_fact
from gongjian.exchange.states import LABELS, OPEN, Direction, Kind, Name, State
from gongjian.kernel import moment
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.kernel.ledger.actions import record
from gongjian.materials.models import MaterialPage
from gongjian.opinions.actions.entrusting import take_in
from gongjian.opinions.errors import PacketWrong
from gongjian.opinions.packet import read_packet
from gongjian.opinions.queries.access import MEDICAL
from gongjian.sittings.actions import entrusting as sittings
from gongjian.sittings.needs import assistance_of

ENTRUSTING = BUSINESSES[Name.APPRAISAL]
LATE = "受托的鉴定委员会没有在约定的日期前发来专家组意见。"
LARGEST_PACKET = 8 * 1024 * 1024


@transaction.atomic
def entrust(case: Case, peer: Peer, *, scope: str, due_on: date, by: User) -> Matter:
    """Entrust another city's committee with the examination: what calls the person and what experts read goes with the letter, nothing else. Sent twice is once.

    The limit of the decision runs on, so the other committee is to answer before its day. Nobody picks the papers: they are those that our own experts would read.
    Law: 令55 art. 10, 12; 个保法 art. 6, 23.
    Raises: SittingNotYours, NothingAsked, TooMuch, TooLate, MatterUnknown for who is not trusted, NotToBeEntrusted, WishOpen, MoveNotAllowed.
    """
    case = locked(case)
    ENTRUSTING.must(case, by)
    check_asked(scope, due_on, today=moment.today())
    if case.due_on and due_on >= case.due_on:
        raise TooLate(day=case.due_on)
    if not trusted_peers(case.office).filter(pk=peer.pk).exists():
        raise MatterUnknown
    if same := open_matter_of(case):
        return same
    matter = open_matter(
        ENTRUSTING, case, peer, Asked(scope.strip(), due_on, person_told(case), papers_of(case)), by=by
    )
    sittings.entrust(case, to=peer.name, about=matter.key, by=by)
    return matter


def open_matter_of(case: Case) -> Matter | None:
    """The matter by which a case is entrusted now."""
    return Matter.objects.filter(case=case, business=Name.APPRAISAL, direction=Direction.OUT, state__in=OPEN).first()


def person_told(case: Case) -> dict[str, str]:
    """What the other committee needs to call the person, to see that it is they, and to draw who fits and has no tie. Raises: TooMuch."""
    told, person = application_of(case), case.person
    values = {
        "person": person.name,
        "id_type": person.id_type,
        "id_number": person.id_number,
        "telephone": told.telephone or person.telephone,
        "employer": case.employer.name if case.employer else "",
        "hospital": told.hospital,
        "department": told.department,
        "ground": told.ground,
        "recognition_number": told.recognition_number,
        "recognition_on": told.recognition_on.isoformat(),
        "injured_on": told.injured_on.isoformat(),
        "parts": ",".join(told.recognised_parts),
        "needs": ",".join(assistance_of([case])[case.pk]),
    }
    about = {name: value for name, value in values.items() if value}
    if not all(is_fact(value) for value in about.values()):
        raise TooMuch(limit=f"{LONGEST_FACT}字")
    return about


def papers_of(case: Case) -> list[Attached]:
    """The pages that experts read, each once, under their kind's title. Raises: TooMuch."""
    rows = MaterialPage.objects.filter(material__case=case, material__kind__in=MEDICAL, removed_at=None)
    pages = {
        page.evidence_id: page for page in rows.select_related("evidence", "material").order_by("material_id", "order")
    }
    if len(pages) > MOST_FILES:
        raise TooMuch(limit=f"{MOST_FILES}个附件")
    return [Attached(page.evidence, _titled(place, page)) for place, page in enumerate(pages.values(), 1)]


def _titled(place: int, page: MaterialPage) -> str:
    ending = page.name.rpartition(".")[2][:5]
    return f"{place} {page.material.told.title}.{ending if ending.isalnum() else 'bin'}"


@transaction.atomic
def withdraw(matter: Matter, *, why: str, by: User) -> Matter:
    """Take the matter back before the opinion has come: the case is on our own list again in the same transaction, the other committee is told.

    Law: 令55 art. 10, 12. Raises: MatterUnknown, SittingNotYours, ReasonNeeded, TooMuch, NotNow.
    """
    row = _held(matter)
    case = row.case
    if case is None:
        raise MatterUnknown
    ENTRUSTING.must(case, by)
    if not why.strip():
        raise ReasonNeeded
    if len(why.strip()) > LONGEST_TEXT:
        raise TooMuch(limit=f"{LONGEST_TEXT}字")
    if row.state not in OPEN:
        raise NotNow(state=LABELS[State(row.state)], kind="撤回委托")
    _take_back(row, why.strip(), by)
    sittings.bring_back(case, why=f"{why.strip().rstrip('。')}。", key=row.key)
    return row


def end_idle() -> int:
    """Take back what is entrusted of cases that are entrusted no more: the consent or the application was withdrawn, the person has died; how many. Twice is once."""
    rows = Matter.objects.filter(business=Name.APPRAISAL, direction=Direction.OUT, state__in=OPEN)
    idle = rows.exclude(case__state=Appraisal.ENTRUSTED).order_by("pk").values_list("pk", flat=True)[:500]
    return sum(_end(pk, late=False) for pk in list(idle))


def end_late() -> int:
    """Take back what was not answered by the day that was named, so that the case is on our own list again at once; how many. Law: 令55 art. 10."""
    rows = Matter.objects.filter(business=Name.APPRAISAL, direction=Direction.OUT, state__in=OPEN)
    late = rows.filter(due_on__lt=moment.today()).order_by("due_on", "pk").values_list("pk", flat=True)[:500]
    return sum(_end(pk, late=True) for pk in list(late))


@transaction.atomic
def _end(pk: int, *, late: bool) -> bool:
    row = _held(Matter.objects.get(pk=pk))
    case = row.case
    if case is None or row.state not in OPEN or (case.state == Appraisal.ENTRUSTED) is not late:
        return False
    row.late_on = moment.today() if late else None
    _take_back(row, LATE if late else "本案不再委托鉴定。", None)
    if late:
        sittings.bring_back(case, why=LATE, key=row.key)
    return True


def _take_back(row: Matter, why: str, by: User | None) -> None:
    row.state, row.reply, row.settled_at = State.WITHDRAWN, why, moment.now()
    row.save(update_fields=["state", "reply", "settled_at", "late_on"])
    letter = write(row, Kind.WITHDRAWN, text=why)
    if row.case:
        fulfil(row.case, NOT_DELIVERED, about=row.key)
    record(row.chain, "exchange.withdrawn", by=by, matter=row.key, peer=row.peer.code, digest=letter.digest)


def _held(matter: Matter) -> Matter:
    """The case first, then its matter, as everywhere."""
    case = locked_row(matter.case_id) if matter.case_id else None
    row = Matter.objects.select_for_update(of=("self",)).select_related("peer", "office").get(pk=matter.pk)
    row.case = case
    return row


def follow_entrusted(matter: Matter) -> None:
    """What a letter leads to once it is here whole: a refusal brings the case back, an answer gives it its opinion, a withdrawal ends our part. The caller is in a transaction.

    Law: 令55 art. 12, 15. Raises: PacketWrong for an answer in which something does not hold; then nothing has changed.
    """
    case = matter.case
    if matter.state == State.WITHDRAWN and matter.direction == Direction.IN:
        call_off(matter)
    elif case is not None and matter.state == State.REFUSED:
        sittings.bring_back(case, why=f"受托的鉴定委员会退回了委托：{matter.reply.rstrip('。')}。", key=matter.key)
    elif case is not None and matter.state == State.ANSWERED and case.state == Appraisal.ENTRUSTED:
        take_in(case, read_packet(_packet(matter)), matter=matter.key, committee=matter.peer.name)
        fulfil(case, NOT_DELIVERED, about=matter.key)


def _packet(matter: Matter) -> bytes:
    theirs = Enclosure.objects.filter(letter__matter=matter, letter__is_ours=False, letter__kind=Kind.ANSWERED)
    files = list(theirs.filter(evidence__isnull=False).select_related("evidence"))
    if len(files) != 1 or files[0].evidence is None or files[0].size > LARGEST_PACKET:
        raise PacketWrong(fault="应当只有一份意见文件")
    with open_evidence(files[0].evidence) as file:
        return file.read()
