"""What comes with a message is read by who may read the paper, and while they may."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_worker_user, an_applicant, an_employer_user
from gongjian.appraisal.actions.mandates import revoke
from gongjian.appraisal.tests.builders import MONDAY, PAPERS, a_case_to_supplement, a_submitted_case
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.outbox.models import Message
from gongjian.kernel.outbox.states import Channel
from gongjian.papers.models import Paper
from gongjian.papers.queries import may_read_evidence
from gongjian.parties.models import Mandate

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def got(user: User, message: Message) -> int:
    client = Client()
    client.force_login(user, backend=BACKEND)
    with moment.fixed(MONDAY + timedelta(hours=1)):
        return client.get(reverse("portal:message_file", args=[message.pk])).status_code


def with_its_paper(case: Case, user: User, kind: str) -> Message:
    """A message to a user that carries a paper of the case, rightly or not."""
    paper = Paper.objects.get(case=case, kind=kind)
    return Message.objects.create(
        key=f"{case.chain}/test/{user.pk}",
        channel=Channel.INBOX,
        user=user,
        template=f"appraisal.{kind}",
        evidence=paper.evidence,
        chain=case.chain,
        office=case.office.code,
        next_attempt_at=MONDAY,
        created_at=MONDAY,
    )


def test_the_notice_of_what_is_missing_is_for_the_side_that_applied_whatever_is_in_a_box():
    case, _ = a_case_to_supplement()
    join_case(case, an_employer_user(), capacity="employer")
    assert got(a_worker_user(), with_its_paper(case, a_worker_user(), "supplement_notice")) == 200
    assert got(an_employer_user(), with_its_paper(case, an_employer_user(), "supplement_notice")) == 404


def test_an_agents_message_opens_no_paper_once_the_power_has_ended():
    agent = an_applicant("19900000004", "何律")
    told = {"capacity": "agent", "applicant_name": "何律", "acts_for": "worker"}
    case = a_submitted_case(by=agent, applicant=told, papers=(*PAPERS, "mandate"))
    join_case(case, a_worker_user(), capacity="worker")
    message = with_its_paper(case, agent, "application_receipt")
    assert got(agent, message) == 200
    with moment.fixed(MONDAY):
        revoke(case, Mandate.objects.get().pk, by=a_worker_user())
    assert got(agent, message) == 404


def test_what_is_no_paper_is_for_whom_it_was_sent_to():
    case = a_submitted_case()
    page = case.materials.get(kind="diagnosis").pages.get()
    assert may_read_evidence(page.evidence, by=an_employer_user())
