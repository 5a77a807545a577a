"""令8 articles 16 to 23 and 条例 articles 14 to 20: who decides, on what proof and heads, until which day."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.cases.errors import DutyConflict
from gongjian.cases.models import Case, CaseDuty
from gongjian.cases.queries import open_obligations
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.law.recognition.heads import exclusions, heads
from gongjian.materials.tests.builders import a_pdf
from gongjian.recognition.actions import (
    deciding,
    evidence,
    investigation,
    suspension,
    track,
)
from gongjian.recognition.errors import (
    DocumentMissing,
    ExclusionUnproved,
    OutcomeWithoutHead,
    SimpleTrackClosed,
)
from gongjian.recognition.models import Decision, EvidenceNotice
from gongjian.recognition.rules import check_outcome, grounds_told
from gongjian.recognition.states import State
from gongjian.recognition.tests.builders import (
    MONDAY,
    a_colleague,
    a_decided_case,
    a_proposed_case,
    a_reviewed_case,
    a_suspended_case,
    an_accepted_case,
    an_investigated_case,
    an_investigator,
    the_clerk,
    the_reviewer,
    the_signer,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
DAY = timedelta(days=1)


DUTIES = (
    (
        Role.INVESTIGATOR,
        lambda: an_accepted_case(),
        lambda case, by: investigation.start(case, with_=[a_colleague()], by=by),
    ),
    (Role.REVIEWER, lambda: a_proposed_case()[0], lambda case, by: deciding.review(case, seen=seen(case), by=by)),
    (Role.SIGNER, lambda: a_reviewed_case()[0], lambda case, by: deciding.decide(case, seen=seen(case), by=by)),
)
HOLDERS = {
    CaseDuty.Duty.ACCEPTOR: the_clerk,
    CaseDuty.Duty.INVESTIGATOR: an_investigator,
    CaseDuty.Duty.REVIEWER: the_reviewer,
}


def seen(case: Case) -> str:
    return case.proposals.latest("pk").digest


@pytest.mark.parametrize(
    ("held", "role", "make", "act"),
    [
        (held, *duty)
        for place, duty in enumerate(DUTIES)
        for held in list(HOLDERS)[: place + 1]
    ],
)  # fmt: skip
def test_order_8_art_16_and_18_who_has_had_a_hand_in_a_case_takes_no_later_duty_in_it(held, role, make, act):
    case, person = make(), HOLDERS[held]()
    person.posts.get_or_create(office=case.office, role=role)
    again, state = User.objects.get(pk=person.pk), case.state
    with moment.fixed(MONDAY), pytest.raises(DutyConflict):
        act(case, again)
    case.refresh_from_db()
    assert case.state == state
    assert list(case.duties.filter(user=person).values_list("duty", flat=True)) == [held]


def test_order_8_art_18_the_five_duties_are_held_by_five_people():
    case = a_decided_case().case
    held = list(case.duties.order_by("pk").values_list("duty", "user__name"))
    assert held == [
        ("acceptor", "陈晓窗"), ("investigator", "查实言"), ("investigator", "访青"),
        ("reviewer", "沈审言"), ("signer", "方签石"),
    ]  # fmt: skip


# Proof, heads, decision.


@pytest.mark.parametrize(("after", "silent"), [(15, 0), (16, 1)])
def test_order_8_art_17_regulation_art_19_the_employers_last_day_is_its_own(after, silent):
    case = an_investigated_case()
    with moment.fixed(MONDAY):
        evidence.note_notice_served(evidence.send_notice(case, by=an_investigator()).paper, on=MONDAY.date())
    assert EvidenceNotice.objects.get(case=case).due_on == date(2026, 3, 17)
    with moment.fixed(MONDAY + after * DAY):
        assert evidence.note_silence() == silent


@pytest.mark.parametrize("code", [code for code in heads() if code.startswith("14-")])
def test_regulation_art_14_each_head_recognises_and_never_deems(code):
    check_outcome("recognised", [code], "", held=())
    with pytest.raises(OutcomeWithoutHead):
        check_outcome("deemed", [code], "", held=())
    assert grounds_told([code])[0].startswith("《工伤保险条例》第十四条")


@pytest.mark.parametrize("code", [code for code in heads() if code.startswith("15-")])
def test_regulation_art_15_each_head_deems_and_never_recognises(code):
    check_outcome("deemed", [code], "", held=())
    with pytest.raises(OutcomeWithoutHead):
        check_outcome("recognised", [code], "", held=())
    assert grounds_told([code])[0].startswith("《工伤保险条例》第十五条")


@pytest.mark.parametrize("code", list(exclusions()))
def test_regulation_art_16_each_exclusion_refuses_with_its_proof_and_not_without(code):
    with pytest.raises(ExclusionUnproved):
        check_outcome("refused", [code], "经查属实。", held=())
    for proof in exclusions()[code].proofs:
        check_outcome("refused", [code], "经查属实。", held=[proof])
    with pytest.raises(OutcomeWithoutHead):
        check_outcome("recognised", [code], "", held=exclusions()[code].proofs)


@pytest.mark.parametrize(("on", "late"), [(date(2026, 5, 1), False), (date(2026, 5, 2), True)])
def test_order_8_art_18_regulation_art_20_the_sixtieth_day_is_in_time_and_the_day_after_is_on_record_as_late(on, late):
    case, row = a_reviewed_case()
    with moment.fixed(moment.at(on)):
        decision = deciding.decide(case, seen=row.digest, by=the_signer())
    assert (case.due_on or date(2026, 5, 1), decision.was_late) == (date(2026, 5, 1), late)
    [entry] = LedgerEntry.objects.filter(chain=case.chain, act="case.decide")
    assert entry.facts["late"] is late


@pytest.mark.parametrize("outcome", ["recognised", "deemed", "refused"])
def test_order_8_art_19_the_decision_names_who_heads_and_seal(outcome):
    row = a_decided_case(outcome)
    assert row.paper.kind == f"decision_{outcome}"
    assert (row.signed_by, row.reviewed_by, row.decided_on) == (the_signer(), the_reviewer(), MONDAY.date())
    assert row.paper.sha256 == row.paper.evidence.sha256


@pytest.mark.parametrize(("days", "left"), [(0, 59), (1, 59), (10, 50), (59, 1)])  # the day of the document counts
def test_order_8_art_20_regulation_art_20_as_many_days_are_left_after_the_document_as_were_before(days, left):
    case, row = a_suspended_case(days=days)
    came = MONDAY + (days + 100) * DAY
    with moment.fixed(came):
        suspension.resume(
            case, received_on=came.date(), document="裁决书", file=a_pdf(), name="a.pdf", by=an_investigator()
        )
    case.refresh_from_db()
    used, day_of_the_document = row.days_used, 1
    assert used == max(days - 1, 0)
    assert used + day_of_the_document + left == 60, "not one of the sixty days is lost or counted twice"
    assert case.due_on == came.date() + left * DAY
    assert suspension.days_used(case, came.date() + 2 * DAY) == used + 2


def test_order_8_art_20_a_suspended_case_goes_on_only_with_its_document():
    case, _ = a_suspended_case()
    with moment.fixed(MONDAY + 11 * DAY), pytest.raises(DocumentMissing):
        suspension.resume(
            case, received_on=date(2026, 3, 13), document=" ", file=a_pdf(), name="a", by=an_investigator()
        )
    case.refresh_from_db()
    assert (case.state, case.due_on) == (State.SUSPENDED, None)


@pytest.mark.parametrize(("after", "open_"), [(15, True), (16, False)])
def test_order_8_art_21_regulation_art_20_the_simple_track_is_open_on_the_fifteenth_day_and_not_after(after, open_):
    case = an_accepted_case()
    told = {"ground": "双方无争议", "with_": [a_colleague()], "by": an_investigator()}
    with moment.fixed(MONDAY + after * DAY):
        if open_:
            assert track.take_simple(case, **told).due_on == date(2026, 3, 17)
        else:
            with pytest.raises(SimpleTrackClosed):
                track.take_simple(case, **told)


def test_order_8_art_22_a_decision_is_served_within_twenty_days_and_owed_to_the_delivery_desk_until_then():
    case = a_decided_case().case
    [owed] = open_obligations(case).filter(kind="deliver_decision")
    assert (owed.role, owed.due_on, owed.article) == ("delivery_clerk", date(2026, 3, 22), "令8 第二十二条")


def test_order_8_art_23_a_decision_may_be_taken_neither_back_nor_edited():
    row = a_decided_case()
    with pytest.raises(DatabaseError, match="never edited"):
        Decision.objects.filter(pk=row.pk).update(outcome="refused")
