"""Corrections and revocations: one proposes, another signs; what was decided stays and is shown as what it is."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client

from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_member, an_outsider
from gongjian.cases.errors import NotYours, ReasonMissing
from gongjian.cases.models import CaseLimit
from gongjian.delivery.actions import take_effect_due
from gongjian.delivery.models import CopySent, Delivery
from gongjian.kernel import moment
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.papers.decided import decided_of
from gongjian.papers.models import Paper
from gongjian.papers.tests.reading import words
from gongjian.recognition.actions import deciding, proposing, review, revising
from gongjian.recognition.errors import (
    GroundUnknown,
    NoDecisionStands,
    NothingCorrected,
    ProposerSigns,
    RejectionOnlyAnew,
    RevisionNotFound,
    RevisionWaits,
    RevocationNeedsOrder,
)
from gongjian.recognition.models import Decision, Revision
from gongjian.recognition.queries import decision_of
from gongjian.recognition.queries.remedies import decisions_of
from gongjian.recognition.revising import PLACES, check_ground, check_lines
from gongjian.recognition.states import State
from gongjian.recognition.tests.builders import (
    a_bureau,
    a_decided_case,
    a_draft,
    an_investigator,
    another_bureau,
    the_clerk,
    the_reviewer,
    the_signer,
)
from gongjian.recognition.tests.served import (
    LATER,
    LINES,
    a_fall,
    a_served_decision,
    a_served_rejection,
    fallen,
    proposed,
    serve,
)
from gongjian.recognition.tests.test_walk import owed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
JUDGMENT = "（2026）云0101行初12号行政判决书"
ORDER = {"order": JUDGMENT, "ordered_on": date(2026, 3, 11)}


def text_of(paper: Paper) -> str:
    with open_evidence(paper.evidence) as file:
        return words(file.read())


def a_corrected_decision() -> Revision:
    case = a_served_decision().case
    with moment.fixed(LATER):
        row = revising.propose_correction(case, LINES, reason="录入错误", by=the_reviewer())
        return revising.sign_revision(case, row.pk, by=the_signer())


# Rules.


@pytest.mark.parametrize(
    "line",
    [
        {"place": "outcome", "wrong": "认定", "right": "不予认定"},
        {"place": "occupation", "wrong": "车工", "right": "车工 "},
        {"place": "occupation", "wrong": "", "right": "车工"},
    ],
)
def test_order_8_art_19_a_correction_changes_a_text_and_never_what_was_decided(line):
    with pytest.raises(NothingCorrected):
        check_lines([line])


def test_a_correction_of_nothing_is_none_and_no_place_of_one_is_the_outcome():
    with pytest.raises(NothingCorrected):
        check_lines([])
    assert not {"outcome", "heads", "grounds", "remedies"} & set(PLACES)


@pytest.mark.parametrize(("order", "on"), [("", date(2026, 3, 1)), ("判决书", None), ("判决书", date(2026, 3, 13))])
@pytest.mark.parametrize("ground", ["reconsideration", "court"])
def test_a_revocation_that_was_ordered_names_the_order_and_its_day(ground, order, on):
    with pytest.raises(RevocationNeedsOrder):
        check_ground(ground, order=order, ordered_on=on, today=date(2026, 3, 12))


def test_the_offices_own_correction_needs_no_order_and_an_unknown_ground_is_none():
    check_ground("own", order="", ordered_on=None, today=date(2026, 3, 12))
    with pytest.raises(GroundUnknown):
        check_ground("mood", order="x", ordered_on=date(2026, 3, 1), today=date(2026, 3, 12))


# Correction.


def test_order_8_art_19_a_clerical_error_is_set_right_on_a_paper_of_its_own_and_the_decision_stands():
    row = a_corrected_decision()
    case = row.case
    case.refresh_from_db()
    assert (row.paper.number, case.state) == ("云溪人社工更〔2026〕1号", State.DELIVERED)
    assert decision_of(case).outcome == "recognised"
    assert decision_of(case).paper.superseded_by is None
    assert list(decision_of(case).paper.amendments.all()) == [row.paper]
    told = text_of(row.paper)
    assert "车丁" in told
    assert "认定结果不变" in told


def test_order_8_art_22_a_correction_is_served_on_both_sides_and_copied_to_the_agency():
    row = a_corrected_decision()
    assert {each.recipient for each in Delivery.objects.filter(paper=row.paper)} == {"worker", "employer"}
    assert [copy.office.code for copy in CopySent.objects.filter(paper=row.paper)] == ["YXSB"]
    assert {"send_notice", "await_remedies"} <= owed(row.case)


def test_the_public_check_of_a_corrected_decision_names_the_correction():
    row = a_corrected_decision()
    page = Client().get(f"/check/{row.decision.paper.check_code}").content.decode()
    assert row.paper.number in page
    assert "有效" in page
    assert "车丁" not in page


# Who.


def test_who_proposes_does_not_sign_even_as_a_signer():
    case = a_served_decision().case
    both = the_reviewer()
    both.posts.create(office=a_bureau(), role=Role.SIGNER)
    both = type(both).objects.get(pk=both.pk)
    with moment.fixed(LATER):
        row = revising.propose_correction(case, LINES, reason="录入错误", by=both)
        with pytest.raises(ProposerSigns):
            revising.sign_revision(case, row.pk, by=both)
        with pytest.raises(ProposerSigns):
            revising.refuse_revision(case, row.pk, reason="x", by=both)
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.filter(pk=row.pk).update(ended_by=both)


@pytest.mark.parametrize("who", [the_clerk, an_investigator, the_signer, an_outsider])
def test_nobody_but_a_reviewer_proposes(who):
    case = a_served_decision().case
    with moment.fixed(LATER), pytest.raises(NotYours):
        revising.propose_revocation(case, a_fall(), by=who())
    assert not Revision.objects.exists()


def test_a_signer_of_another_bureau_signs_nothing():
    row = proposed(a_served_decision().case)
    with moment.fixed(LATER), pytest.raises(NotYours):
        revising.sign_revision(row.case, row.pk, by=a_member(Role.SIGNER, office=another_bureau()))
    assert decision_of(row.case).outcome == "recognised"


def test_the_signature_is_owed_within_five_working_days_and_one_revision_waits_at_a_time():
    row = proposed(a_served_decision().case)
    duty = row.case.obligations.get(kind="sign_revision", fulfilled_at=None)
    assert (duty.role, duty.due_on) == ("signer", date(2026, 3, 19))
    with pytest.raises(RevisionWaits):
        proposed(row.case)


def test_what_is_refused_changes_nothing_and_another_may_be_proposed():
    row = proposed(a_served_decision().case)
    with moment.fixed(LATER):
        with pytest.raises(ReasonMissing):
            revising.refuse_revision(row.case, row.pk, reason=" ", by=the_signer())
        revising.refuse_revision(row.case, row.pk, reason="理由不充分", by=the_signer())
        with pytest.raises(RevisionNotFound):
            revising.sign_revision(row.case, row.pk, by=the_signer())
    assert "sign_revision" not in owed(row.case)
    assert proposed(row.case).pk != row.pk


def test_what_was_not_served_is_neither_corrected_nor_revoked():
    case = a_decided_case().case
    with moment.fixed(LATER), pytest.raises(NoDecisionStands):
        revising.propose_revocation(case, a_fall(), by=the_reviewer())


# Revocation.


def test_a_revoked_decision_is_kept_and_a_new_one_is_owed_in_sixty_days_in_the_same_case():
    old = a_served_decision()
    row = fallen(old.case)
    case = row.case
    case.refresh_from_db()
    old.refresh_from_db()
    assert (case.state, case.due_on) == (State.INVESTIGATING, date(2026, 5, 11))
    assert (old.outcome, old.revoked_on) == ("recognised", LATER.date())
    assert decision_of(case) is None
    assert decided_of(case) is None
    assert row.paper.number == "云溪人社工撤重〔2026〕1号"
    assert {"investigate", "send_notice"} <= owed(case)
    assert not CaseLimit.objects.filter(case=case, limit="WI-SUIT", ended_on=None).exists()


def test_the_new_decision_is_served_and_its_remedies_run_from_its_own_days():
    case = fallen(a_served_decision().case).case
    case.refresh_from_db()
    again = LATER + timedelta(days=20)
    with moment.fixed(again):
        draft = proposing.draft(case, a_draft(case, outcome="refused"), by=an_investigator())
        proposing.propose(case, seen=draft.digest, by=an_investigator())
        deciding.review(case, seen=draft.digest, by=the_reviewer())
        new = deciding.decide(case, seen=draft.digest, by=the_signer())
    assert CaseLimit.objects.get(case=case, limit="WI-DELIVER").due_on == again.date() + timedelta(days=20)
    serve(new, at=again + timedelta(days=2))
    case.refresh_from_db()
    assert case.state == State.DELIVERED
    assert CaseLimit.objects.get(case=case, limit="WI-SUIT", about="worker").due_on == date(2026, 10, 8)
    assert [each.outcome for each in decisions_of(case)] == ["recognised", "refused"]
    with moment.fixed(moment.at(date(2026, 9, 20))):
        assert take_effect_due() == 0
    with moment.fixed(moment.at(date(2026, 11, 20))):
        assert take_effect_due() == 1
    new.refresh_from_db()
    assert new.effective_on == date(2026, 10, 9)


def test_the_public_check_of_the_old_paper_says_that_it_was_revoked():
    old = a_served_decision()
    row = fallen(old.case)
    page = Client().get(f"/check/{old.paper.check_code}").content.decode()
    assert "已撤销" in page
    assert row.paper.number in page
    assert "林知远" not in page


def test_a_revocation_without_a_new_decision_is_served_like_one_and_has_remedies_of_its_own():
    old = a_served_decision()
    row = fallen(old.case, a_fall(ground="court", anew=False, **ORDER))
    new = decision_of(row.case)
    assert (new.outcome, new.paper, new.reviewed_by, new.signed_by) == (
        "revoked",
        row.paper,
        the_reviewer(),
        the_signer(),
    )
    assert row.paper.number == "云溪人社工撤〔2026〕1号"
    assert JUDGMENT in text_of(row.paper)
    row.case.refresh_from_db()
    assert row.case.state == State.DECIDED
    assert [copy.office.code for copy in CopySent.objects.filter(paper=row.paper)] == ["YXSB"]
    serve(new, at=LATER + timedelta(days=1))
    assert row.case.__class__.objects.get(pk=row.case.pk).state == State.DELIVERED
    assert CaseLimit.objects.get(case=row.case, limit="WI-SUIT", about="employer").due_on == date(2026, 9, 14)


def test_a_revoked_rejection_leads_back_to_the_window_with_fifteen_days():
    old = a_served_rejection()
    with moment.fixed(LATER), pytest.raises(RejectionOnlyAnew):
        revising.propose_revocation(old.case, a_fall(anew=False), by=the_reviewer())
    case = fallen(old.case).case
    case.refresh_from_db()
    assert case.state == State.SUBMITTED
    assert CaseLimit.objects.get(case=case, limit="WI-REVIEW").due_on == date(2026, 3, 27)
    with moment.fixed(LATER):
        review.accept(case, by=the_clerk())
    case.refresh_from_db()
    assert case.state == State.ACCEPTED


def test_a_revocation_signed_twice_is_one_and_its_numbers_have_no_gap():
    row = fallen(a_served_decision().case)
    with moment.fixed(LATER), pytest.raises(RevisionNotFound):
        revising.sign_revision(row.case, row.pk, by=the_signer())
    assert Decision.objects.filter(case=row.case).count() == 1
    assert list(row.case.papers.filter(kind="revocation_anew").values_list("sequence", flat=True)) == [1]
    assert LedgerEntry.objects.filter(chain=row.case.chain, act="revision.signed").count() == 1


def test_a_signature_that_dies_gives_its_number_back_and_the_decision_stands(monkeypatch):
    row = proposed(a_served_decision().case)

    def dies(*_, **__):
        raise RuntimeError

    with moment.fixed(LATER), monkeypatch.context() as patched, pytest.raises(RuntimeError):
        patched.setattr(revising, "_settle", dies)
        revising.sign_revision(row.case, row.pk, by=the_signer())
    assert decision_of(row.case).outcome == "recognised"
    with moment.fixed(LATER):
        assert revising.sign_revision(row.case, row.pk, by=the_signer()).paper.sequence == 1


def test_what_fell_has_fallen_for_good_and_no_two_decisions_stand():
    old = a_served_decision()
    fallen(old.case, a_fall(anew=False))
    with pytest.raises(DatabaseError), transaction.atomic():
        Decision.objects.filter(pk=old.pk).update(revoked_on=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        Revision.objects.filter(case=old.case).delete()
