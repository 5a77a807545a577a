"""Whole walks: from the window to the archive's door, and what the database and the clock say on the way."""

from datetime import date, datetime, timedelta

import pytest

from gongjian.accounts.roles import Role
from gongjian.cases.errors import DutyConflict
from gongjian.cases.models import Case, CaseLimit
from gongjian.delivery.actions import record_served, take_effect_due
from gongjian.delivery.methods import Method
from gongjian.delivery.models import CopySent, Delivery
from gongjian.kernel import moment
from gongjian.papers.models import Paper
from gongjian.papers.queries import visible_papers
from gongjian.recognition.actions import deciding, review
from gongjian.recognition.models import Decision
from gongjian.recognition.states import State
from gongjian.recognition.tests.builders import (
    MONDAY,
    a_decided_case,
    a_reviewed_case,
    an_accepted_case,
    an_entered_case,
    staff,
    the_clerk,
    the_signer,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def serve_all(case: Case, *, at: datetime, kind: str = "decision") -> None:
    with moment.fixed(at):
        for row in Delivery.objects.filter(case=case, served_on=None, paper__kind__startswith=kind):
            relation = "self" if row.recipient == "worker" else "mail_room"
            facts = {"received_by": "收件人", "relation": relation}
            record_served(row, Method.POST, on=at.date(), facts=facts, by=staff(Role.DELIVERY_CLERK))


def limit(case: Case, name: str, about: str = "") -> CaseLimit:
    return CaseLimit.objects.get(case=case, limit=name, about=about)


def owed(case: Case) -> set[str]:
    return set(case.obligations.filter(fulfilled_at=None).values_list("kind", flat=True))


def test_order_8_art_8_the_papers_are_checked_within_fifteen_days():
    case = an_entered_case()
    assert limit(case, "WI-REVIEW").due_on == date(2026, 3, 17)
    assert owed(case) == {"check_papers"}
    assert case.number.startswith("YXRS-2026-")


def test_order_8_art_18_the_decision_is_due_sixty_days_after_acceptance():
    case = an_accepted_case()
    assert case.state == State.ACCEPTED
    assert limit(case, "WI-DECIDE").due_on == case.due_on == date(2026, 5, 1)
    assert limit(case, "WI-REVIEW").met_on == date(2026, 3, 2)


def test_order_8_art_22_a_decision_goes_to_both_sides_within_twenty_days_and_to_the_agency():
    row = a_decided_case()
    sides = set(Delivery.objects.filter(paper=row.paper).values_list("recipient", flat=True))
    assert sides == {"worker", "employer"}
    assert limit(row.case, "WI-DELIVER").due_on == date(2026, 3, 22)
    assert [copy.office.code for copy in CopySent.objects.filter(paper=row.paper)] == ["YXSB"]


def test_order_8_art_23_the_remedies_run_for_each_side_from_its_own_day():
    row = a_decided_case()
    case = row.case
    serve_all(case, at=MONDAY + timedelta(days=3))
    case.refresh_from_db()
    assert case.state == State.DELIVERED
    for side in ("worker", "employer"):
        assert limit(case, "WI-RECONS", side).due_on == date(2026, 5, 6)
        assert limit(case, "WI-SUIT", side).due_on == date(2026, 9, 7)
    assert owed(case) >= {"await_remedies"}


def test_when_the_remedies_have_run_out_the_decision_stands_and_the_file_is_owed_to_the_archive():
    row = a_decided_case()
    serve_all(row.case, at=MONDAY + timedelta(days=3))
    for day in (date(2026, 9, 8), date(2026, 10, 9)):
        with moment.fixed(moment.at(day)):
            take_effect_due()
    row.refresh_from_db()
    assert row.effective_on == date(2026, 9, 8)
    assert row.case.state == State.EFFECTIVE
    assert "archive" in owed(row.case)


def test_a_party_reads_the_decision_only_once_it_was_served_on_its_side():
    row = a_decided_case()
    clerk = the_clerk()
    assert row.paper in visible_papers(row.case, by=clerk)
    assert Paper.objects.get(pk=row.paper.pk).number == "云溪人社工认〔2026〕1号"


@pytest.mark.parametrize("outcome", ["recognised", "deemed", "refused"])
def test_order_8_art_19_each_outcome_has_its_own_paper_and_number(outcome):
    row = a_decided_case(outcome)
    assert row.paper.kind == f"decision_{outcome}"
    assert row.paper.sequence == 1


def test_order_8_art_18_acceptor_investigators_reviewer_and_signer_are_different_people():
    row = a_decided_case()
    holders = [duty.user_id for duty in row.case.duties.all()]
    assert len(holders) == len(set(holders)) == 5


def test_who_accepted_never_signs():
    case, proposal = a_reviewed_case()
    clerk = the_clerk()
    clerk.posts.create(office=case.office, role=Role.SIGNER)
    with moment.fixed(MONDAY), pytest.raises(DutyConflict):
        deciding.decide(case, seen=proposal.digest, by=type(clerk).objects.get(pk=clerk.pk))
    assert not Decision.objects.filter(case=case).exists()


def test_order_8_art_8_a_rejection_is_served_on_who_applied_alone_and_bears_remedies():
    case = an_entered_case()
    with moment.fixed(MONDAY):
        row = review.reject(case, ground="no_standing", explanation="申请人系职工的朋友。", by=the_clerk())
    assert row.paper.title == "工伤认定申请不予受理决定书"
    assert [each.recipient for each in Delivery.objects.filter(paper=row.paper)] == ["worker"]
    assert not CopySent.objects.filter(case=case).exists()
    assert owed(case) == {"deliver_decision"}


def test_a_decision_signed_twice_is_one_decision():
    case, proposal = a_reviewed_case()
    with moment.fixed(MONDAY):
        deciding.decide(case, seen=proposal.digest, by=the_signer())
        with pytest.raises(Exception, match="不能办理"):
            deciding.decide(case, seen=proposal.digest, by=the_signer())
    assert Decision.objects.filter(case=case).count() == 1
