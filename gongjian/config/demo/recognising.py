"""The bureau's part of the story: a recognition in each of the states that its staff meets most."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.applications.actions.supplement import Item
from gongjian.cases.models import Case
from gongjian.config.demo.cast import BUREAU, EMPLOYER, Worker, bureau, staff
from gongjian.config.demo.papers import TITLES, page_of
from gongjian.delivery.actions import record_served
from gongjian.delivery.methods import Method
from gongjian.delivery.models import WORKER, Delivery
from gongjian.kernel import moment
from gongjian.materials.actions import add_page, material_of
from gongjian.recognition.actions import (
    deciding,
    entry,
    evidence,
    investigation,
    proposing,
    records,
    remedies,
    review,
    revising,
    supplementing,
    suspension,
)
from gongjian.recognition.actions.proposing import Draft, Fact, Rests
from gongjian.recognition.actions.records import Handed, Talk
from gongjian.recognition.models import Interview, Proposal
from gongjian.recognition.queries import application_of

PAPERS = ("recognition_form", "labour_relation", "medical_diagnosis")
QUESTIONS = ("in_work_time", "in_workplace", "work_cause", "accident")


class Days(Protocol):
    """The days of the story."""

    def before(self, days: int) -> date: ...

    @property
    def coming(self) -> date: ...


def tell(people: Iterator[Worker], days: Days) -> None:
    """One to be checked, one to supplement, one under investigation, one suspended, one proposed, one reviewed, one served."""
    enter(next(people), at=at_hour(days.before(1), 10))
    asked = enter(next(people), at=at_hour(days.before(3), 10), without="labour_relation")
    with moment.fixed(at_hour(days.before(2), 9)):
        supplementing.ask_supplement(asked, [Item("labour_relation", "请提交劳动合同或者工资记录。")], by=_clerk())
    running = begun(next(people), days, before=12)
    with moment.fixed(at_hour(days.before(8), 9)):
        evidence.send_notice(running, by=investigator())
    stopped = begun(next(people), days, before=20)
    with moment.fixed(at_hour(days.before(15), 9)):
        awaited = "云溪市劳动人事争议仲裁委员会对劳动关系争议的裁决。"
        suspension.suspend(stopped, ground="labour_dispute", awaited=awaited, by=investigator())
    proposed(begun(next(people), days, before=15), at=at_hour(days.before(2), 15))
    passed_on(begun(next(people), days, before=16), at=at_hour(days.before(3), 15))
    served = begun(next(people), days, before=24)
    row = passed_on(served, at=at_hour(days.before(14), 15))
    with moment.fixed(at_hour(days.before(13), 10)):
        deciding.decide(served, seen=row.digest, by=staff(Role.SIGNER, BUREAU))
    deliver(served, at=at_hour(days.before(10), 15))
    tell_afterwards(people, days)


def tell_afterwards(people: Iterator[Worker], days: Days) -> None:
    """One decision corrected, one that fell and is decided anew, one against which a suit runs."""
    corrected, revoked, sued = (decided(next(people), days) for _ in range(3))
    lines = ({"place": "occupation", "wrong": "车丁", "right": "车工"},)
    with moment.fixed(at_hour(days.before(8), 9)):
        row = revising.propose_correction(corrected, lines, reason="录入时打错一个字。", by=_reviewer())
    with moment.fixed(at_hour(days.before(7), 9)):
        revising.sign_revision(corrected, row.pk, by=staff(Role.SIGNER, BUREAU))
    fall = revising.Fall("own", "用人单位提交了决定作出前没有提供的考勤记录，原认定的事实需要重新核实。", anew=True)
    with moment.fixed(at_hour(days.before(6), 9)):
        row = revising.propose_revocation(revoked, fall, by=_reviewer())
    with moment.fixed(at_hour(days.before(5), 9)):
        revising.sign_revision(revoked, row.pk, by=staff(Role.SIGNER, BUREAU))
    came = remedies.Came("court", "employer", "云溪市东溪县人民法院", "（2026）云0121行初8号", days.before(3))
    with moment.fixed(at_hour(days.before(3), 15)):
        file = page_of("complaint", sued.person.name, 1)
        remedies.register(sued, came, file=file, name="起诉状副本.jpg", by=staff(Role.DELIVERY_CLERK, BUREAU))


def decided(who: Worker, days: Days) -> Case:
    """Decided and served on both sides."""
    case = begun(who, days, before=30)
    row = passed_on(case, at=at_hour(days.before(18), 15))
    with moment.fixed(at_hour(days.before(17), 10)):
        deciding.decide(case, seen=row.digest, by=staff(Role.SIGNER, BUREAU))
    deliver(case, at=at_hour(days.before(12), 15))
    case.refresh_from_db()
    return case


def enter(who: Worker, *, at: datetime, without: str = "", **changes: Any) -> Case:
    """A paper application about a worker, the worker's own unless told otherwise, typed in and scanned at the bureau's window."""
    with moment.fixed(at):
        case = entry.enter(bureau(), {**told_by(who), **changes}, by=_clerk(), received_on=at.date())
        for kind in PAPERS:
            if kind != without:
                material = material_of(kind, case=case)
                add_page(material, page_of(kind, who.name, 1), name=f"{TITLES[kind]}.jpg", by=_clerk())
        entry.give_receipt(case, by=_clerk())
    return case


def told_by(who: Worker) -> dict[str, Any]:
    """What the application tells: an accident at the lathe, two weeks before."""
    injured = moment.today() - timedelta(days=14)
    address = f"云溪市东溪县柳桥路{who.serial}号"
    return {
        **EMPLOYER,
        "capacity": "worker",
        "applicant_name": who.name,
        "name": who.name,
        "id_type": "resident_id",
        "id_number": who.id_number,
        "telephone": who.telephone,
        "address": address,
        "kind": "accident",
        "occupation": "车工",
        "injured_on": injured,
        "happened_at": "10:20",
        "place": "二车间3号车床",
        "cause": "更换刀具时工件松脱，砸到手部。",
        "harm": "手部外伤，住院治疗",
        "parts": list(who.parts),
        "hospital": who.hospital,
        "diagnosed_on": injured,
        "diagnosis": "手部开放性损伤",
        "employment": "ordinary",
        "insured": True,
        "insured_region": "990100",
        "delivery_name": who.name,
        "delivery_telephone": who.telephone,
        "delivery_address": address,
    }


def begun(who: Worker, days: Days, *, before: int, **changes: Any) -> Case:
    """Accepted, and taken over by two investigators the next day."""
    case = enter(who, at=at_hour(days.before(before), 9), **changes)
    with moment.fixed(at_hour(days.before(before - 1), 9)):
        review.accept(case, by=_clerk())
        investigation.start(case, with_=[_colleague()], by=investigator())
    case.refresh_from_db()
    return case


def proposed(case: Case, *, at: datetime) -> Proposal:
    """An interview, the plan answered, and a draft whose every sentence rests on something."""
    with moment.fixed(at):
        talk = interview(case, at)
        for question in QUESTIONS:
            investigation.answer(case, question, said=True, basis="笔录第1问、劳动合同", by=investigator())
        contract = case.materials.get(kind="labour_relation")
        diagnosis = case.materials.get(kind="medical_diagnosis")
        facts = (
            Fact(f"{case.person.name}是该单位车工。", (Rests("material", contract.pk),)),
            Fact("在工作时间和工作场所内更换刀具时，工件松脱砸伤手部。", (Rests("interview", talk.pk, 1),)),
            Fact("当日经医院诊断为手部开放性损伤。", (Rests("material", diagnosis.pk),)),
        )
        codes = tuple(application_of(case).parts)
        treated = "住院手术治疗，诊断为手部开放性损伤。"
        told = Draft("recognised", ("14-1",), facts, "手部", treated, part_codes=codes)
        row = proposing.draft(case, told, by=investigator())
        return proposing.propose(case, seen=row.digest, by=investigator())


def interview(case: Case, at: datetime) -> Interview:
    """A witness is asked, the record read back, signed page by page and kept."""
    lines = ({"q": "当时看到了什么？", "a": "他换刀具时工件松了，砸到手上，我马上关了机床。"},)
    talk = Talk("工友甲", "witness", "二车间办公室", at - timedelta(hours=2), at - timedelta(hours=1), lines)
    row = records.keep_interview(case, talk, team=[_colleague()], by=investigator())
    pages = [
        Handed(page_of("signed_page", case.person.name, number), f"笔录第{number}页.jpg")
        for number in range(1, row.paper.evidence.page_count + 1)
    ]
    return records.sign_interview(row, pages, was_read=True, by=investigator())


def passed_on(case: Case, *, at: datetime) -> Proposal:
    """Drafted and reviewed."""
    row = proposed(case, at=at)
    with moment.fixed(at + timedelta(hours=1)):
        deciding.review(case, seen=row.digest, by=staff(Role.REVIEWER, BUREAU))
    return row


def deliver(case: Case, *, at: datetime) -> None:
    """Both sides receive the decision by post."""
    with moment.fixed(at):
        for row in Delivery.objects.filter(case=case, paper__kind__startswith="decision"):
            clerk = staff(Role.DELIVERY_CLERK, BUREAU)
            relation = "self" if row.recipient == WORKER else "mail_room"
            facts = {"received_by": row.name, "relation": relation}
            record_served(row, Method.POST, on=at.date(), facts=facts, by=clerk)


def at_hour(day: date, hour: int) -> datetime:
    """That hour of the day in the city."""
    return moment.at(day, hour)


def _clerk() -> User:
    return staff(Role.WINDOW_CLERK, BUREAU)


def _reviewer() -> User:
    return staff(Role.REVIEWER, BUREAU)


def investigator() -> User:
    """Who investigates in the story."""
    return staff(Role.INVESTIGATOR, BUREAU)


def _colleague() -> User:
    return staff(Role.INVESTIGATOR, BUREAU, number=1)
