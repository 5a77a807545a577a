"""The green channel: an accident is registered, its victims listed, its evidence shared; each case is opened without an application."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, BinaryIO

from django.db import transaction

from gongjian.accounts.models import Office, User
from gongjian.applications.people import employer_told, join_parties, keep_worker
from gongjian.applications.rules import Capacity
from gongjian.cases.actions.move import open_case
from gongjian.cases.actions.obligations import put_first
from gongjian.cases.errors import ReasonMissing
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.fields import blind_index
from gongjian.kernel.ledger.actions import record
from gongjian.law.identity import IdType
from gongjian.materials.models import Material
from gongjian.parties.models import Employer
from gongjian.recognition.actions import review
from gongjian.recognition.actions.entry import explain
from gongjian.recognition.errors import (
    SharedEvidenceUnknown,
    TooManyVictims,
    VictimElsewhere,
    VictimHasCase,
    VictimListed,
    VictimOfAnotherAccident,
    VictimSetAside,
    WindowOnly,
)
from gongjian.recognition.models import Accident, Application, SharedEvidence, Victim
from gongjian.recognition.queries import must_gather, windows_of
from gongjian.recognition.queries.accident import KINDS, may_be_shared
from gongjian.recognition.queries.joining import standing_about
from gongjian.recognition.rules import ACCIDENT
from gongjian.recognition.states import RECOGNITION
from gongjian.recognition.victims import MOST_VICTIMS, Read, read_list

TOLD = ("title", "ground", "why", "happened_on", "happened_at", "place", "cause")


@transaction.atomic
def register(office: Office, told: Mapping[str, Any], *, by: User) -> Accident:
    """Take up an accident by the bureau itself. told: TOLD, and the employer as an application names it.

    Law: 人社厅发〔2018〕104号 二（四）. Raises: WindowOnly.
    """
    if office not in windows_of(by):
        raise WindowOnly
    values = {name: told[name] for name in TOLD}
    row = Accident.objects.create(
        office=office, employer=employer_told(dict(told), by=by), by=by, at=moment.now(), **values
    )
    record(row.chain, "accident.registered", by=by, ground=row.ground, happened=row.happened_on)
    return row


def list_victims(accident: Accident, file: BinaryIO, *, by: User) -> Read:
    """Keep the good rows of a table, all of them or none; the others come back with what is wrong. Who stands on the list is not kept twice.

    Law: 条例 art. 18; 令8 art. 19. Raises: WindowOnly, VictimListUnreadable, TooManyVictims.
    """
    read = read_list(file, on=moment.today(), since=accident.happened_on)
    return Read(read.good, read.faults, repeated=len(read.good) - _keep(accident, read.good, by=by))


def add_victim(accident: Accident, told: Mapping[str, str], *, by: User) -> None:
    """Keep one person, as `victims.checked` gave them. Raises: WindowOnly, VictimListed, TooManyVictims."""
    if not _keep(accident, [told], by=by):
        raise VictimListed


@transaction.atomic
def set_aside(victim: Victim, *, why: str, by: User) -> Victim:
    """Take a person off the list before there is a case: no victim, or another bureau's. The row stays, with its reason.

    Law: 条例 art. 17; 令8 art. 4. Raises: WindowOnly, ReasonMissing, VictimHasCase.
    """
    row = Victim.objects.select_for_update(of=("self",)).select_related("accident__office").get(pk=victim.pk)
    _must_be_window(row.accident, by)
    if not why.strip():
        raise ReasonMissing
    if row.case_id:
        raise VictimHasCase
    row.set_aside_why, row.set_aside_by, row.set_aside_at = why.strip(), by, moment.now()
    row.save(update_fields=["set_aside_why", "set_aside_by", "set_aside_at"])
    record(row.accident.chain, "accident.set_aside", by=by, row=row.row)
    return row


@transaction.atomic
def open_victim(victim: Victim, *, by: User) -> Case:
    """Open, accept and put first the case of a victim. What somebody applied for already is taken as it is, and put first.

    Whose name does not fit the number that is known waits at the window for the look at the document, and is accepted there.
    Law: 人社厅发〔2018〕104号 二（四）; 令8 art. 8. Raises: NotYours, DutyConflict, VictimSetAside, VictimElsewhere, VictimOfAnotherAccident,
    and what identity checks refuse.
    """
    if Victim.objects.select_for_update().get(pk=victim.pk).set_aside_at:
        raise VictimSetAside
    accident, told = victim.accident, victim.told
    found = _applied_for(accident, victim.id_index)
    case = found or _opened(accident, told, by)
    victim.case, victim.adopted = case, found is not None
    victim.save(update_fields=["case", "adopted"])
    put_first(case)
    record(case.chain, "case.put_first", by=by, accident=accident.pk, adopted=victim.adopted)
    if found is None and not case.person.provisional:
        review.accept(case, by=by)
        case.refresh_from_db()
    return case


@transaction.atomic
def share(accident: Accident, kind: str, pk: int, *, by: User) -> SharedEvidence:
    """Let one thing that was gathered in a victim's case stand in each victim's file. A second time is the first.

    kind: material, interview or site. Law: 令8 art. 9, 11, 15. Raises: SharedEvidenceUnknown, NotTheInvestigator, MoveNotAllowed.
    """
    if kind not in KINDS:
        raise SharedEvidenceUnknown
    Accident.objects.select_for_update().get(pk=accident.pk)
    if former := SharedEvidence.objects.filter(accident=accident, kind=kind, **{f"{kind}_id": pk}).first():
        return former
    found = next((each for each in may_be_shared(accident, by=by).get(kind, []) if each.pk == pk), None)
    if found is None:
        raise SharedEvidenceUnknown
    must_gather(found.case, by=by)
    row = SharedEvidence.objects.create(accident=accident, kind=kind, by=by, at=moment.now(), **{kind: found})
    what = found.kind if isinstance(found, Material) else kind
    record(accident.chain, "accident.shared", by=by, kind=what, of=found.case.number)
    return row


@transaction.atomic
def _keep(accident: Accident, people: Sequence[Mapping[str, str]], *, by: User) -> int:
    """Keep victims after those on the list; how many are new."""
    Accident.objects.select_for_update().get(pk=accident.pk)
    _must_be_window(accident, by)
    listed = Victim.objects.filter(accident=accident)
    held = set(listed.filter(set_aside_at=None).values_list("id_index", flat=True))
    new = {index: one for one in people if (index := blind_index(one["id_number"], "id_number")) not in held}
    if len(held) + len(new) > MOST_VICTIMS:
        raise TooManyVictims(most=MOST_VICTIMS, count=len(held) + len(new))
    last = listed.order_by("-row").values_list("row", flat=True).first() or 0
    rows = enumerate(new.items(), last + 1)
    told: list[dict[str, Any]] = [{"row": row, "id_index": index, "told": dict(one)} for row, (index, one) in rows]
    Victim.objects.bulk_create(Victim(accident=accident, **each) for each in told)
    if new:
        record(accident.chain, "accident.victims", by=by, count=len(new), total=len(held) + len(new))
    return len(new)


def _must_be_window(accident: Accident, by: User) -> None:
    if accident.office not in windows_of(by):
        raise WindowOnly


def _applied_for(accident: Accident, id_index: str) -> Case | None:
    """The case in which somebody applied for this accident already, here. Raises: VictimElsewhere, VictimOfAnotherAccident."""
    rows = [row.case for row in standing_about(id_index, ACCIDENT, (accident.happened_on,))]
    here = next((case for case in rows if case.office_id == accident.office_id), None)
    other = Victim.objects.select_related("accident").filter(case=here).first() if here else None
    if here and other:
        raise VictimOfAnotherAccident(number=here.number, title=other.accident.title)
    if here is None and rows:
        raise VictimElsewhere(office=rows[0].office.name, number=rows[0].number)
    return here


def _opened(accident: Accident, told: Mapping[str, str], by: User) -> Case:
    person = keep_worker({**told, "id_type": IdType.RESIDENT_ID}, by=by, capacity=Capacity.OFFICE)
    employer = employer_told({"employer_name": told["employer"]}, by=by) if told["employer"] else accident.employer
    case = open_case(
        procedure=RECOGNITION,
        office=accident.office,
        person=person,
        employer=employer,
        received_at=moment.now(),
        by=by,
        channel="window",
        accident=accident.pk,
    )
    application = _application(case, accident, told, employer)
    join_parties(case, application, stated_telephone=told["telephone"])
    explain(case, application)
    return case


def _application(case: Case, accident: Accident, told: Mapping[str, str], employer: Employer) -> Application:
    """What the office knows, in the form of an application that nobody made. Who has died is reached through the relative."""
    now, name = moment.now(), told["relative"] or told["name"]
    return Application.objects.create(
        case=case,
        applicant_kind=Capacity.OFFICE,
        applicant_name=name,
        telephone=told["telephone"],
        address=told["address"],
        delivery_name=name,
        delivery_telephone=told["telephone"],
        delivery_address=told["address"],
        employer_contact=employer.contact_name,
        employer_telephone=employer.telephone,
        employer_address=employer.address,
        truthful_at=now,
        channel="window",
        entered_at=now,
        kind=ACCIDENT,
        occupation=told["occupation"],
        injured_on=accident.happened_on,
        happened_at=accident.happened_at,
        place=accident.place,
        cause=accident.cause,
        harm=told["harm"],
        parts=[],
        hospital=told["hospital"],
        diagnosed_on=date.fromisoformat(told["diagnosed_on"]),
        diagnosis=told["diagnosis"],
        died_on=date.fromisoformat(told["died_on"]) if told["died_on"] else None,
        employment="ordinary",
    )
