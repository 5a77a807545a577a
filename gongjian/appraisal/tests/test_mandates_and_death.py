"""With the death of who gave it a power ends in every case; the agent is told plainly, and told who may go on."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_clerk, a_worker_user, an_outsider
from gongjian.appraisal.actions.death import Told, note_death
from gongjian.appraisal.actions.mandates import end_with_death, revoke
from gongjian.appraisal.states import State
from gongjian.appraisal.tests.test_death import KIN, TODAY
from gongjian.appraisal.tests.test_mandates import BACKEND, LATER, a_case_by_an_agent, an_agent
from gongjian.cases.actions.move import join_case
from gongjian.cases.errors import CaseNotFound, MandateEndedByDeath
from gongjian.cases.models import Case
from gongjian.cases.queries import case_for, visible_to
from gongjian.cases.tests.builders import a_case, put_in_state
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.outbox.models import Message
from gongjian.materials.tests.builders import a_picture
from gongjian.parties.actions import give_mandate
from gongjian.parties.models import Mandate
from gongjian.recognition.models import Application as Recognition
from gongjian.recognition.tests.builders import an_entered_case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    with moment.fixed(moment.at(TODAY)):
        yield


def died(case: Case) -> None:
    note_death(case, Told(TODAY, "医院的死亡证明", **KIN), proof=a_picture(), name="死亡证明.png", by=a_clerk())


def opened(case: Case, by: User) -> tuple[int, str]:
    client = Client()
    client.force_login(by, backend=BACKEND)
    answer = client.get(reverse("portal:case", args=[case.number]))
    return answer.status_code, answer.content.decode()


def another_case_of(case: Case) -> Case:
    """Of the same person, in which the agent acts by another letter."""
    power = give_mandate(case.person, agent=an_agent(), name="何律", until=None, may_receive=False, evidence=None)
    other = a_case(person=case.person)
    join_case(other, an_agent(), capacity="agent", mandate=power)
    return other


def test_civil_code_art_173_174_the_agent_of_the_dead_reads_that_the_power_has_ended_and_who_may_go_on():
    case = a_case_by_an_agent()
    other = another_case_of(case)
    assert set(visible_to(an_agent())) == {case, other}
    died(case)
    assert not visible_to(an_agent()).exists()
    for each in (case, other):
        with pytest.raises(MandateEndedByDeath):
            case_for(each.number, by=an_agent())
        entry = LedgerEntry.objects.get(chain=each.chain, act="mandate.ended_by_death")
        assert set(entry.facts) == {"mandate"}
        told = Message.objects.get(chain=each.chain, template="appraisal.mandate_ended")
        assert told.user_id == an_agent().pk
        for words in ("第一百七十三条第四项", "第一百七十四条", "近亲属", "配偶、父母、子女"):
            assert words in told.body
    status, page = opened(case, an_agent())
    assert status == 403
    assert ("代理已经终止" in page, "到受理窗口办理" in page, case.person.name in page) == (True, True, False)
    assert set(Mandate.objects.values_list("revoked_why", flat=True)) == {"death"}


def test_a_power_of_the_employer_and_one_of_a_relative_of_the_dead_go_on():
    by_employer = a_case_by_an_agent("employer")
    died(by_employer)
    assert visible_to(an_agent()).filter(pk=by_employer.pk).exists()
    recognised = an_entered_case()
    power = give_mandate(recognised.person, agent=an_agent(), name="何律", until=None, may_receive=False, evidence=None)
    Recognition.objects.filter(case=recognised).update(mandate=power, giver_name="林小满")
    join_case(recognised, an_agent(), capacity="agent", mandate=power)
    assert end_with_death(recognised.person, by=a_clerk()) == 0
    assert visible_to(an_agent()).filter(pk=recognised.pk).exists()


def test_who_was_never_its_agent_or_whose_power_was_taken_back_learns_nothing_of_a_death():
    case = a_case_by_an_agent()
    with moment.fixed(LATER):
        revoke(case, Mandate.objects.get().pk, by=a_worker_user())
    died(case)
    assert Mandate.objects.get().revoked_why == "giver"
    for somebody in (an_agent(), an_outsider()):
        with pytest.raises(CaseNotFound):
            case_for(case.number, by=somebody)
        assert opened(case, somebody)[0] == 404
    assert not Message.objects.filter(template="appraisal.mandate_ended").exists()


def test_a_second_time_nobody_is_told_again_and_what_was_examined_goes_on_without_the_agent():
    case = a_case_by_an_agent()
    with transaction.atomic():
        put_in_state(case, State.DELIBERATING)
    died(case)
    assert end_with_death(case.person, by=a_clerk()) == 0
    assert Message.objects.filter(template="appraisal.mandate_ended").count() == 1
    case.refresh_from_db()
    assert case.state == State.DELIBERATING
    assert opened(case, an_agent())[0] == 403
