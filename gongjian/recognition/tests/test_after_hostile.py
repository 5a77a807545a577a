"""What a lawyer, a stranger and a clerk in a hurry try after a decision: what fell must not come back, what was ordered must not get lost."""

from datetime import date, timedelta

import pytest
from django.test import Client

from gongjian.accounts.models import Office
from gongjian.accounts.tests.builders import a_worker_user
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case, CaseLimit
from gongjian.delivery.actions import correct, record_served, take_effect_due
from gongjian.delivery.methods import Method
from gongjian.delivery.models import CopySent, Delivery
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.materials.tests.builders import a_picture
from gongjian.parties.tests.builders import an_id_number
from gongjian.recognition.actions import deciding, proposing, review, revising, suspension
from gongjian.recognition.errors import (
    NoDecisionStands,
    OrderedAnew,
    RemedyEnded,
    RemedyNotTheGround,
    RemedyRegistered,
    TransferTargetWrong,
)
from gongjian.recognition.models import Application, Decision, Remedy, Revision
from gongjian.recognition.queries.remedies import runs
from gongjian.recognition.revising import check_rests_on, same_matter
from gongjian.recognition.states import State
from gongjian.recognition.tests.builders import (
    a_bureau,
    a_decided_case,
    a_draft,
    a_suspended_case,
    an_entered_case,
    an_investigator,
    another_bureau,
    the_clerk,
    the_reviewer,
    the_signer,
)
from gongjian.recognition.tests.served import (
    LATER,
    LINES,
    SERVED,
    a_fall,
    a_remedy,
    a_served_decision,
    fallen,
    proposed,
    serve,
    the_deliverer,
)
from gongjian.recognition.tests.test_remedies import ended, replied, state_of
from gongjian.recognition.tests.test_walk import owed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
DAY = LATER.date()
ORDER = {"order": "（2026）云0101行初12号行政判决书", "ordered_on": DAY}
BACKEND = "django.contrib.auth.backends.ModelBackend"


def decided_anew(case: Case, *, on: date) -> Decision:
    """The case whose decision fell, decided a second time."""
    case.refresh_from_db()
    with moment.fixed(moment.at(on)):
        draft = proposing.draft(case, a_draft(case, outcome="refused"), by=an_investigator())
        proposing.propose(case, seen=draft.digest, by=an_investigator())
        deciding.review(case, seen=draft.digest, by=the_reviewer())
        return deciding.decide(case, seen=draft.digest, by=the_signer())


def served_on_one(decision: Decision, side: str) -> Case:
    with moment.fixed(SERVED):
        row = Delivery.objects.get(paper=decision.paper, recipient=side)
        facts = {"received_by": "收件人", "relation": "self" if side == "worker" else "mail_room"}
        record_served(row, Method.POST, on=SERVED.date(), facts=facts, by=the_deliverer())
    decision.case.refresh_from_db()
    return decision.case


# What a revocation rests on.


@pytest.mark.parametrize(
    ("kind", "outcome", "ground"),
    [
        ("court", "revoked", "own"),
        ("court", "revoked", "reconsideration"),
        ("court", "", "court"),
        ("reconsideration", "upheld", "reconsideration"),
        ("court", "withdrawn", "court"),
    ],
)
def test_a_revocation_rests_on_no_remedy_of_another_kind_nor_on_one_that_let_the_decision_stand(kind, outcome, ground):
    with pytest.raises(RemedyNotTheGround):
        check_rests_on(kind, outcome, ground=ground, anew=True)


def test_procedure_law_art_70_what_a_court_ordered_to_be_decided_anew_is_not_only_revoked():
    row = ended(a_remedy(a_served_decision().case), "ordered", DAY)
    with pytest.raises(OrderedAnew):
        proposed(row.case, a_fall(ground="court", anew=False, remedy=row, **ORDER))
    assert not Revision.objects.exists()
    fallen(row.case, a_fall(ground="court", remedy=row, **ORDER))
    assert state_of(row.case) == State.INVESTIGATING


def test_the_suit_of_another_case_is_no_ground_and_is_not_settled_by_it():
    other = ended(a_remedy(a_served_decision().case), "revoked", DAY)
    mine = a_decided_case(id_number=an_id_number(7), name="何青")
    serve(mine, at=SERVED)
    with pytest.raises(RemedyNotTheGround):
        proposed(mine.case, a_fall(ground="court", remedy=other, **ORDER))
    other.refresh_from_db()
    assert other.settled_on is None


@pytest.mark.parametrize("named", [True, False])
def test_two_suits_won_against_one_decision_are_both_settled_by_its_fall(named):
    case = a_served_decision().case
    first = ended(a_remedy(case), "revoked", DAY)
    second = ended(a_remedy(case, side="worker", matter="（2026）云0101行初13号"), "changed", DAY)
    fallen(case, a_fall(ground="court", remedy=first if named else None, **ORDER))
    assert not runs(case)
    assert "carry_out_remedy" not in owed(case)
    second.refresh_from_db()
    assert second.settled_on == DAY


def test_a_suit_that_still_runs_is_not_settled_by_the_offices_own_revocation():
    row = a_remedy(a_served_decision().case)
    fallen(row.case)
    assert runs(row.case)
    assert {"reply_to_remedy", "investigate"} <= owed(row.case)
    replied(row, DAY + timedelta(days=5))
    assert "reply_to_remedy" not in owed(row.case)


def test_the_new_decision_does_not_take_effect_while_the_suit_against_the_old_one_runs():
    row = a_remedy(a_served_decision().case)
    fallen(row.case)
    serve(decided_anew(row.case, on=date(2026, 4, 1)), at=moment.at(date(2026, 4, 3)))
    with moment.fixed(moment.at(date(2026, 11, 20))):
        assert take_effect_due() == 0
    ended(row, "upheld", date(2026, 11, 20))
    with moment.fixed(moment.at(date(2026, 11, 21))):
        assert take_effect_due() == 1


# Suits after reviews.


def test_a_review_that_was_withdrawn_is_followed_by_no_suit_of_fifteen_days():
    case = a_served_decision().case
    ended(a_remedy(case, "reconsideration"), "withdrawn", DAY)
    assert a_remedy(case).after is None
    assert not CaseLimit.objects.filter(case=case, limit="WI-SUIT-AFTER").exists()


def test_a_suit_against_the_new_decision_does_not_follow_the_review_of_the_old_one():
    case = a_served_decision().case
    old = ended(a_remedy(case, "reconsideration"), "revoked", DAY)
    fallen(case, a_fall(ground="reconsideration", remedy=old, **ORDER))
    new = decided_anew(case, on=date(2026, 4, 1))
    serve(new, at=moment.at(date(2026, 4, 3)))
    suit = a_remedy(case, on=date(2026, 4, 10))
    assert (suit.decision, suit.after) == (new, None)


@pytest.mark.parametrize(
    ("today", "many"),
    [(date(2026, 9, 16), 0), (date(2026, 9, 30), 1)],
)
def test_procedure_law_art_45_the_fifteen_days_after_a_review_hold_the_effect_up_to_their_last_day(today, many):
    ended(a_remedy(a_served_decision().case, "reconsideration"), "upheld", date(2026, 9, 1))
    with moment.fixed(moment.at(today)):
        assert take_effect_due() == many


# One side is served, the other is not.


def test_regulation_art_55_who_was_served_may_sue_before_the_other_side_is_reached():
    case = served_on_one(a_decided_case(), "worker")
    row = a_remedy(case, "reconsideration", side="worker")
    assert state_of(case) == State.DECIDED
    assert {"reply_to_remedy", "deliver_decision"} <= owed(case)
    ended(row, "upheld", DAY)
    serve(row.decision, at=LATER + timedelta(days=1))
    assert state_of(case) == State.DELIVERED
    assert {"await_suit", "await_remedies"} <= owed(case)


def test_who_was_not_served_does_not_sue_yet():
    case = served_on_one(a_decided_case(), "worker")
    with pytest.raises(NoDecisionStands):
        a_remedy(case, side="employer")
    assert not Remedy.objects.exists()


def test_what_one_side_has_not_received_is_still_not_revoked():
    case = served_on_one(a_decided_case(), "employer")
    with pytest.raises(NoDecisionStands):
        proposed(case)


# Clerks in a hurry.


@pytest.mark.parametrize("typed", ["(2026)云0101行初12号", " （2026）云0101 行初１２号", "〔2026〕云0101行初12号"])
def test_one_matter_typed_with_other_signs_is_the_same_matter(typed):
    assert same_matter(typed, "（2026）云0101行初12号")
    case = a_served_decision().case
    a_remedy(case)
    with pytest.raises(RemedyRegistered):
        a_remedy(case, matter=typed)
    assert case.obligations.filter(kind="reply_to_remedy", fulfilled_at=None).count() == 1


def test_matters_that_differ_in_a_figure_are_two():
    assert not same_matter("（2026）云0101行初12号", "（2026）云0101行初2号")
    assert not same_matter("（2026）云0101行初12号", "（2025）云0101行初12号")


@pytest.mark.parametrize("outcome", ["withdrawn", "revoked"])
def test_a_reply_to_what_has_ended_meanwhile_is_refused_in_words_and_nothing_is_noted(outcome):
    row = ended(a_remedy(a_served_decision().case), outcome, DAY)
    with pytest.raises(RemedyEnded):
        replied(row, DAY)
    assert not LedgerEntry.objects.filter(chain=row.case.chain, act="remedy.replied").exists()
    client = Client()
    client.force_login(the_reviewer(), backend=BACKEND)
    with moment.fixed(LATER):
        address = f"/recognition/{row.case.number}/remedy/{row.pk}/reply"
        answer = client.post(address, {"replied_on": str(DAY), "file": a_picture(3)})
    assert answer.status_code == 422 or "已经登记了结果" in answer.content.decode()


def test_while_one_revision_waits_the_page_offers_no_second_one():
    case = a_served_decision().case
    client = Client()
    client.force_login(the_reviewer(), backend=BACKEND)
    with moment.fixed(LATER):
        address = f"/recognition/{case.number}/after"
        before = client.get(address).content.decode()
        revising.propose_correction(case, LINES, reason="录入错误", by=the_reviewer())
        after = client.get(address).content.decode()
    assert f"/recognition/{case.number}/revocation" in before
    assert f"/recognition/{case.number}/revocation" not in after
    assert "有一件待签发" in after


# What a fallen decision still does.


def test_a_served_day_of_the_old_decision_set_right_moves_no_day_of_the_new_one():
    case = a_served_decision().case
    old = Delivery.objects.get(case=case, recipient="worker", paper__kind="decision_recognised")
    fallen(case)
    decided_anew(case, on=date(2026, 4, 1))
    before = list(CaseLimit.objects.filter(case=case).order_by("pk").values("limit", "due_on", "ended_on", "met_on"))
    with moment.fixed(moment.at(date(2026, 4, 20))):
        correct(old, on=date(2026, 3, 4), reason="签收日期录入有误", by=the_deliverer())
    after = list(CaseLimit.objects.filter(case=case).order_by("pk").values("limit", "due_on", "ended_on", "met_on"))
    assert after == before
    assert not case.limits.filter(limit="WI-SUIT", changes__from_on=date(2026, 3, 4)).exists()


def test_a_served_day_of_the_old_decision_set_right_does_not_take_the_new_one_out_of_effect():
    case = a_served_decision().case
    old = Delivery.objects.get(case=case, recipient="worker", paper__kind="decision_recognised")
    fallen(case)
    serve(decided_anew(case, on=date(2026, 4, 1)), at=moment.at(date(2026, 4, 3)))
    with moment.fixed(moment.at(date(2026, 12, 1))):
        assert take_effect_due() == 1
        correct(old, on=date(2026, 3, 4), reason="签收日期录入有误", by=the_deliverer())
    assert state_of(case) == State.EFFECTIVE


@pytest.mark.parametrize("anew", [True, False])
def test_order_8_art_22_the_agency_that_had_the_decision_has_its_revocation_too(anew):
    old = a_served_decision()
    row = fallen(old.case, a_fall(anew=anew))
    copies = CopySent.objects.filter(case=old.case).values_list("paper__number", "office__code")
    assert set(copies) == {(old.paper.number, "YXSB"), (row.paper.number, "YXSB")}


def corrected(case: Case) -> Revision:
    with moment.fixed(LATER):
        row = revising.propose_correction(case, LINES, reason="录入错误", by=the_reviewer())
        return revising.sign_revision(case, row.pk, by=the_signer())


@pytest.mark.parametrize(
    "after", [corrected, lambda case: fallen(case), lambda case: fallen(case, a_fall(anew=False))]
)  # fmt: skip
def test_order_8_art_22_who_had_the_decision_has_what_became_of_it_though_another_agency_is_nearer_now(after):
    case = a_served_decision().case
    told = {"kind": Office.Kind.AGENCY, "region": "990200", "address": "东岭市", "telephone": "0992"}
    Office.objects.create(code="DLSB", name="东岭市社会保险经办中心", short_name="东岭社保", **told)
    Application.objects.filter(case=case).update(insured=True, insured_region="990200")
    paper = after(case).paper
    assert {copy.office.code for copy in CopySent.objects.filter(paper=paper)} == {"YXSB", "DLSB"}


def test_the_worker_reads_on_the_portal_that_the_decision_fell_and_what_comes_now():
    old = a_served_decision()
    worker = a_worker_user()
    join_case(old.case, worker, capacity="worker", is_applicant=True)
    fallen(old.case)
    client = Client()
    client.force_login(worker, backend=BACKEND)
    with moment.fixed(LATER):
        page = client.get(f"/portal/case/{old.case.number}/").content.decode()
    assert "原决定已撤销，正在重新调查" in page
    assert "救济期限已届满" not in page


def test_regulation_art_20_days_suspended_before_the_old_decision_lengthen_no_new_limit():
    case, _ = a_suspended_case(days=10)
    award, fall = date(2026, 4, 10), date(2026, 5, 6)
    with moment.fixed(moment.at(award)):
        told = {"received_on": award, "document": "云溪劳人仲案〔2026〕3号裁决书"}
        suspension.resume(case, file=a_picture(81), name="裁决书.png", by=an_investigator(), **told)
    serve(decided_anew(case, on=date(2026, 4, 20)), at=moment.at(date(2026, 4, 22)))
    fallen(case, at=moment.at(fall))
    assert CaseLimit.objects.get(case=case, limit="WI-DECIDE").due_on == fall + timedelta(days=60)


# On the way between offices.


def test_the_name_of_a_bureau_of_this_installation_typed_by_hand_opens_its_case_there():
    case, there = an_entered_case(), another_bureau()
    with moment.fixed(LATER):
        row = review.transfer(case, to_office=None, to_name=f" {there.name} ", reason="参保地", by=the_clerk())
    assert (row.to_office, row.to_case.office) == (there, there)
    assert CaseLimit.objects.get(case=row.to_case, limit="WI-REVIEW").due_on == DAY + timedelta(days=15)


def test_an_application_does_not_go_to_an_office_that_decides_no_recognitions():
    case = an_entered_case()
    agency = Office.objects.get(code="YXSB")
    with moment.fixed(LATER), pytest.raises(TransferTargetWrong):
        review.transfer(case, to_office=agency, to_name="", reason="参保地", by=the_clerk())
    with moment.fixed(LATER), pytest.raises(TransferTargetWrong):
        review.transfer(case, to_office=None, to_name=a_bureau().name, reason="参保地", by=the_clerk())
    assert (Case.objects.count(), state_of(case)) == (1, State.SUBMITTED)
