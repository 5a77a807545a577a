"""Two at once, after the decision: one revision is signed, one matter registered, one case opened elsewhere."""

import pytest

from gongjian.accounts.roles import Role
from gongjian.cases.models import Case
from gongjian.materials.tests.builders import a_picture
from gongjian.recognition.actions import remedies, review, revising
from gongjian.recognition.actions.remedies import Came
from gongjian.recognition.models import Decision, Remedy, Revision
from gongjian.recognition.tests.builders import (
    an_entered_case,
    another_bureau,
    the_clerk,
    the_reviewer,
    the_signer,
)
from gongjian.recognition.tests.served import LATER, a_fall, a_served_decision, proposed, the_deliverer
from gongjian.recognition.tests.test_at_once import another, at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]


def test_two_signers_sign_one_revocation_at_once_and_it_is_signed_once():
    row = proposed(a_served_decision().case)
    signers = (the_signer(), another(Role.SIGNER))
    answers = at_once(*[lambda by=by: revising.sign_revision(row.case, row.pk, by=by) for by in signers], at=LATER)
    assert answers == ["done", "recognition.revision_not_found"]
    assert Decision.objects.exclude(revoked_on=None).count() == 1
    assert row.case.papers.filter(kind="revocation_anew").count() == 1


def test_two_reviewers_propose_at_once_and_one_of_them_has():
    case, reviewers = a_served_decision().case, (the_reviewer(), another(Role.REVIEWER))
    answers = at_once(*[lambda by=by: revising.propose_revocation(case, a_fall(), by=by) for by in reviewers], at=LATER)
    assert answers == ["done", "recognition.revision_waits"]
    assert Revision.objects.count() == 1


def test_one_matter_is_registered_once_by_two_at_once():
    case, clerks = a_served_decision().case, (the_deliverer(), another(Role.DELIVERY_CLERK))
    came = Came("court", "employer", "云溪市中级人民法院", "12号", LATER.date())
    answers = at_once(
        *[lambda by=by: remedies.register(case, came, file=a_picture(9), name="x.png", by=by) for by in clerks],
        at=LATER,
    )
    assert answers == ["done", "recognition.remedy_registered"]
    assert Remedy.objects.count() == 1


def test_a_case_is_transferred_once_by_two_at_once():
    case, clerks, there = an_entered_case(), (the_clerk(), another(Role.WINDOW_CLERK)), another_bureau()
    answers = at_once(
        *[lambda by=by: review.transfer(case, to_office=there, to_name="", reason="参保地", by=by) for by in clerks],
        at=LATER,
    )
    assert answers.count("done") == 1
    assert Case.objects.filter(office=there).count() == 1
