"""One injury from the determination to the benefits: what was told once goes on, at one window and in one story."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.applications.actions.drafts import save_step
from gongjian.applications.actions.submission import submit
from gongjian.applications.people import claim_cases
from gongjian.appraisal.states import INITIAL, State
from gongjian.appraisal.takeover import begin_from
from gongjian.cases.models import Case
from gongjian.claims import actions, queries
from gongjian.claims.models import Claim
from gongjian.config.demo.cast import AGENCY, Worker, committee, party, staff
from gongjian.config.demo.papers import TITLES, page_of
from gongjian.config.demo.recognising import Days, decided
from gongjian.kernel import moment
from gongjian.materials.actions import add_page, material_of

WAGES: dict[str, Any] = {"wages": ["6200"] * 12, "average_wage_at_injury": "7400.00", "insured": True}


def tell(people: Iterator[Worker], days: Days) -> None:
    """One who was recognised, was paid his treatment and has applied for the appraisal; two who claim upon a conclusion."""
    whole_story(next(people), days)
    effective = Case.objects.filter(procedure=INITIAL, state=State.EFFECTIVE).order_by("pk")
    graded = effective.filter(conclusion__grade__isnull=False).first()
    ungraded = effective.filter(conclusion__grade=None).first()
    if graded:
        claimed(graded, WAGES, on=days.before(4))
    if ungraded:
        returned(claimed(ungraded, {"medical_cost": "2310.00", "insured": True}, on=days.before(5)), days)


def whole_story(who: Worker, days: Days) -> None:
    """Recognised at the bureau, found by the worker in the portal; treatment claimed, fixed and paid; the appraisal begun upon it."""
    case = decided(who, days)
    worker = party(who.name, who.telephone)
    with moment.fixed(moment.at(days.before(11), 9)):
        claim_cases(name=who.name, id_type="resident_id", id_number=who.id_number, by=worker)
    claim = claimed(case, {"medical_cost": "4860.30"}, on=days.before(10))
    amounts = {title: Decimal(amount or "0") for title, amount, _ in queries.fund_items(claim)}
    with moment.fixed(moment.at(days.before(7), 10)):
        actions.approve(claim, amounts, by=_agent())
    with moment.fixed(moment.at(days.before(6), 15)):
        actions.pay(claim, days.before(6), by=_agent())
    appraisal_of(case, who, worker, on=days.before(3))


def appraisal_of(case: Case, who: Worker, worker: User, *, on: date) -> Case:
    """What the recognition does not hold is told, and the two papers that are new are handed in."""
    told: dict[str, dict[str, Any]] = {
        "applicant": {"capacity": "worker", "applicant_name": who.name},
        "injury": {"ground": "stable", "injury_state": who.state},
        "hospital": {"department": who.department},
        "address": {
            "delivery_name": who.name,
            "delivery_telephone": who.telephone,
            "delivery_address": f"云溪市东溪县柳桥路{who.serial}号",
            "electronic_consent": True,
        },
    }
    with moment.fixed(moment.at(on, 9)):
        draft = begin_from(case, by=worker, office=committee())
        for step, answers in told.items():
            draft = save_step(draft, step, answers, seen=0, by=worker)
        for kind in ("diagnosis", "medical_records", "identity"):
            material = material_of(kind, draft_id=draft.pk)
            add_page(material, page_of(kind, who.name, 1), name=f"{TITLES[kind]}.jpg", by=worker)
        return submit(draft, by=worker, truthful=True)


def claimed(case: Case, told: dict[str, Any], *, on: date) -> Claim:
    """The worker claims in the portal."""
    worker = case.parties.get(capacity="worker").user
    with moment.fixed(moment.at(on, 11)):
        return actions.submit(case, told, by=worker)


def returned(claim: Claim, days: Days) -> None:
    """The agency says what is missing, and until when."""
    with moment.fixed(moment.at(days.before(2), 10)):
        words = "还缺医疗费票据和费用清单。没有原件的，请到医院补打。"
        actions.send_back(claim, words, complete_by=days.coming, by=_agent())


def _agent() -> User:
    return staff(Role.REVIEWER, AGENCY)
