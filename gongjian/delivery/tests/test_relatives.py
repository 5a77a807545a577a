"""When the appraisee has died: what is not served goes to the near relatives, what was served stays served, consent is asked anew."""

from datetime import date

import pytest

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_clerk, a_delivery_clerk, a_worker_user, an_applicant
from gongjian.appraisal.actions.death import Told, note_death
from gongjian.appraisal.states import State
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case
from gongjian.conclusions.tests.builders import a_concluded_case
from gongjian.delivery.actions import give_consent
from gongjian.delivery.models import Delivery
from gongjian.delivery.queries.sides import account_of, consents
from gongjian.delivery.tests.builders import deliveries_of, served, state_of, two_deliveries
from gongjian.kernel import moment
from gongjian.materials.tests.builders import a_picture

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 13)
KIN = {"relative_name": "林安", "relation": "儿子", "telephone": "19900000044", "address": "云溪市东溪县柳桥路2号"}


def died(case: Case, **told: str) -> None:
    with moment.fixed(moment.at(DAY)):
        facts = Told(date(2026, 4, 11), "医疗机构出具的死亡证明", **(KIN | told))
        note_death(case, facts, proof=a_picture(9), name="证明.png", by=a_clerk())


def a_son(case: Case) -> User:
    son = an_applicant("19900000044", "林安")
    join_case(case, son, capacity="relative")
    return son


def test_an_unserved_conclusion_goes_to_the_relative_and_the_employers_stays():
    worker, employer = two_deliveries()
    died(worker.case)
    worker.refresh_from_db()
    employer.refresh_from_db()
    assert (worker.name, worker.address, worker.account, worker.method) == (
        "林安（儿子）",
        KIN["address"],
        None,
        "post",
    )
    assert "林安" not in employer.name
    assert served(worker, date(2026, 4, 14)).served_on == date(2026, 4, 14)


def test_what_was_served_in_lifetime_stays_served():
    worker, _ = deliveries_of(a_concluded_case())
    assert worker.served_on is not None
    died(worker.case)
    worker.refresh_from_db()
    assert (worker.name, worker.account) == ("林知远", a_worker_user())


def test_the_consent_of_the_dead_binds_nobody_and_the_relatives_serves_at_once():
    conclusion = a_concluded_case(electronic_consent=False, consent_at=None)
    worker, _ = deliveries_of(conclusion)
    son = a_son(worker.case)
    died(worker.case)
    assert (account_of(worker.case, "worker"), consents(worker.case, "worker")) == (son, False)
    with moment.fixed(moment.at(DAY, 15)):
        give_consent(worker.case, "worker", given=True, by=son)
    worker.refresh_from_db()
    assert (worker.served_on, worker.account, worker.method) == (DAY, son, "electronic")


def test_without_a_known_relative_papers_are_addressed_to_the_near_relatives():
    worker, _ = two_deliveries()
    died(worker.case, **dict.fromkeys(KIN, ""))
    worker.refresh_from_db()
    assert worker.name == "林知远的近亲属"
    assert worker.address


def test_the_case_is_served_and_its_remedies_run_as_ever():
    worker, employer = two_deliveries()
    died(worker.case)
    for row in (worker, employer):
        served(Delivery.objects.get(pk=row.pk), date(2026, 4, 14), by=a_delivery_clerk())
    assert state_of(worker.case) == State.DELIVERED
