"""Reviews and suits: registered with their papers, answered in their own days side by side, ended with their outcome."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from gongjian.accounts.tests.builders import an_outsider
from gongjian.archives.queries import lacks_of
from gongjian.cases.actions.move import move
from gongjian.cases.errors import MoveNotAllowed, NotYours
from gongjian.cases.models import Case, CaseLimit
from gongjian.delivery.actions import note_second_appraisal, take_effect_due
from gongjian.delivery.errors import RegisteredElsewhere
from gongjian.delivery.models import Delivery
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.materials.tests.builders import a_picture
from gongjian.parties.tests.builders import an_id_number
from gongjian.recognition.actions import remedies
from gongjian.recognition.actions.remedies import Ended
from gongjian.recognition.errors import (
    GroundUnknown,
    NoDecisionStands,
    OutcomeDayWrong,
    PartyDayMissing,
    ReceiptDayWrong,
    RemedyEnded,
    RemedyNotFound,
    RemedyRegistered,
    RepliedAlready,
)
from gongjian.recognition.models import Remedy
from gongjian.recognition.queries.remedies import runs
from gongjian.recognition.revising import check_ended, check_known, check_received
from gongjian.recognition.states import State
from gongjian.recognition.tests.builders import a_decided_case, an_investigator, the_clerk, the_reviewer, the_signer
from gongjian.recognition.tests.served import LATER, a_fall, a_remedy, a_served_decision, fallen, the_deliverer
from gongjian.recognition.tests.test_walk import owed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
DAY = LATER.date()


def replied(row: Remedy, on: date) -> Remedy:
    with moment.fixed(moment.at(on)):
        return remedies.reply(row.case, row.pk, file=a_picture(71), name="答辩状.png", replied_on=on, by=the_reviewer())


def ended(row: Remedy, outcome: str, on: date, known: date | None = None) -> Remedy:
    with moment.fixed(moment.at(on)):
        file = a_picture(72)
        told = Ended(outcome, on, known or (on if row.kind == "reconsideration" else None))
        return remedies.end(row.case, row.pk, told, file=file, name="判决书.png", by=the_deliverer())


def state_of(case: Case) -> str:
    return Case.objects.get(pk=case.pk).state


def an_effective_decision() -> Case:
    case = a_served_decision().case
    with moment.fixed(moment.at(date(2026, 10, 9))):
        assert take_effect_due() == 1
    case.refresh_from_db()
    return case


# Days.


@pytest.mark.parametrize("on", [date(2026, 3, 1), date(2026, 3, 13)])
def test_papers_came_after_the_decision_and_not_in_the_future(on):
    with pytest.raises(ReceiptDayWrong):
        check_received(on, decided_on=date(2026, 3, 2), today=date(2026, 3, 12))
    with pytest.raises(OutcomeDayWrong):
        check_ended("upheld", on, received_on=date(2026, 3, 2), today=date(2026, 3, 12))


def test_an_unknown_outcome_is_none():
    with pytest.raises(GroundUnknown):
        check_ended("won", DAY, received_on=DAY, today=DAY)


def test_reconsideration_law_art_48_the_reply_is_due_in_ten_working_days_from_the_copy():
    row = a_remedy(a_served_decision().case, "reconsideration")
    limit = CaseLimit.objects.get(case=row.case, limit="WI-REPLY-RECONS", about=row.subject)
    assert limit.due_on == date(2026, 3, 26)
    duty = row.case.obligations.get(kind="reply_to_remedy", fulfilled_at=None)
    assert (duty.role, duty.due_on) == ("reviewer", date(2026, 3, 26))


def test_procedure_law_art_67_the_answer_is_due_in_fifteen_days_from_the_complaint():
    row = a_remedy(a_served_decision().case)
    assert CaseLimit.objects.get(case=row.case, limit="WI-REPLY-COURT", about=row.subject).due_on == date(2026, 3, 27)


def test_review_and_suit_run_side_by_side_each_with_its_own_day():
    case = a_served_decision().case
    review = a_remedy(case, "reconsideration", matter="云政复〔2026〕8号")
    suit = a_remedy(case, side="worker", on=DAY + timedelta(days=4))
    due = dict(case.obligations.filter(kind="reply_to_remedy").values_list("about", "due_on"))
    assert due == {review.subject: date(2026, 3, 26), suit.subject: date(2026, 3, 31)}
    replied(review, date(2026, 3, 20))
    open_ones = case.obligations.filter(kind="reply_to_remedy", fulfilled_at=None)
    assert [each.about for each in open_ones] == [suit.subject]


# What it stops.


def test_order_8_art_23_nothing_takes_effect_while_one_runs():
    case = a_served_decision().case
    row = a_remedy(case)
    replied(row, DAY)
    with moment.fixed(moment.at(date(2026, 10, 9))):
        assert take_effect_due() == 0
    ended(row, "upheld", date(2026, 10, 20))
    assert not runs(case)
    with moment.fixed(moment.at(date(2026, 10, 21))):
        assert take_effect_due() == 1


def test_a_decision_in_effect_is_taken_back_and_its_file_stays_open():
    case = an_effective_decision()
    row = a_remedy(case, on=date(2026, 10, 12))
    assert state_of(case) == State.DELIVERED
    assert "archive" not in owed(case)
    case.refresh_from_db()
    assert any("还没有办结" in each for each in lacks_of(case))
    with pytest.raises(MoveNotAllowed):
        move(case, "archive", by=the_signer())
    ended(row, "withdrawn", date(2026, 10, 20))
    with moment.fixed(moment.at(date(2026, 10, 21))):
        assert take_effect_due() == 1


def test_procedure_law_art_45_after_a_review_fifteen_days_for_a_suit_run_before_anything_takes_effect():
    case = a_served_decision().case
    row = ended(a_remedy(case, "reconsideration"), "upheld", date(2026, 9, 1))
    limit = CaseLimit.objects.get(case=case, limit="WI-SUIT-AFTER", about=row.subject)
    assert limit.due_on == date(2026, 9, 16)
    assert {"await_suit", "await_remedies"} <= owed(case)
    with moment.fixed(moment.at(date(2026, 9, 16))):
        assert take_effect_due() == 0
    with moment.fixed(moment.at(date(2026, 10, 20))):
        assert take_effect_due() == 1
    assert "await_suit" not in owed(case)


def test_a_suit_after_a_review_follows_it_and_meets_its_days():
    case = a_served_decision().case
    review = ended(a_remedy(case, "reconsideration"), "upheld", date(2026, 9, 1))
    suit = a_remedy(case, on=date(2026, 9, 14))
    assert suit.after == review
    assert CaseLimit.objects.get(case=case, limit="WI-SUIT-AFTER").met_on == date(2026, 9, 14)
    assert "await_suit" not in owed(case)


# How it ends.


@pytest.mark.parametrize("outcome", ["revoked", "changed", "ordered"])
def test_what_was_ordered_is_owed_until_the_revocation_is_signed(outcome):
    case = a_served_decision().case
    row = ended(a_remedy(case), outcome, date(2026, 4, 1))
    assert (row.settled_on, runs(case)) == (None, True)
    assert "carry_out_remedy" in owed(case)
    order = {"order": "（2026）云0101行初12号行政判决书", "ordered_on": date(2026, 3, 30)}
    fallen(case, a_fall(ground="court", remedy=row, **order), at=moment.at(date(2026, 4, 2)))
    row.refresh_from_db()
    assert row.settled_on == date(2026, 4, 2)
    assert "carry_out_remedy" not in owed(case)
    assert state_of(case) == State.INVESTIGATING


def test_what_the_office_had_set_right_itself_is_not_owed_a_second_time():
    case = a_served_decision().case
    row = a_remedy(case)
    fallen(case)
    ended(row, "revoked", date(2026, 4, 1))
    assert not runs(case)
    assert "carry_out_remedy" not in owed(case)


def test_an_outcome_before_the_reply_ends_what_was_owed():
    case = a_served_decision().case
    ended(a_remedy(case), "withdrawn", DAY + timedelta(days=2))
    assert not {"reply_to_remedy", "await_remedy"} & owed(case)
    assert CaseLimit.objects.get(case=case, limit="WI-REPLY-COURT").ended_on == DAY + timedelta(days=2)


# Twice, strangers, the database.


def test_the_same_matter_is_registered_once_replied_to_once_and_ended_once():
    case = a_served_decision().case
    row = a_remedy(case)
    with pytest.raises(RemedyRegistered):
        a_remedy(case)
    replied(row, DAY)
    with pytest.raises(RepliedAlready):
        replied(row, DAY)
    ended(row, "upheld", DAY)
    with pytest.raises(RemedyEnded):
        ended(row, "revoked", DAY)
    assert LedgerEntry.objects.filter(chain=case.chain, act__startswith="remedy.").count() == 3


@pytest.mark.parametrize("who", [the_clerk, an_investigator, the_reviewer, an_outsider])
def test_nobody_but_the_delivery_desk_registers_and_ends(who):
    case = a_served_decision().case
    row = a_remedy(case)
    came = remedies.Came("court", "worker", "云溪市中级人民法院", "12号", DAY)
    with moment.fixed(LATER):
        with pytest.raises(NotYours):
            remedies.register(case, came, file=a_picture(1), name="x.png", by=who())
        with pytest.raises(NotYours):
            remedies.end(case, row.pk, Ended("upheld", DAY), file=a_picture(1), name="x.png", by=who())
    assert Remedy.objects.count() == 1


@pytest.mark.parametrize("who", [the_clerk, an_investigator, the_deliverer, an_outsider])
def test_nobody_but_a_reviewer_replies(who):
    row = a_remedy(a_served_decision().case)
    with moment.fixed(LATER), pytest.raises(NotYours):
        remedies.reply(row.case, row.pk, file=a_picture(1), name="x.png", replied_on=DAY, by=who())


def test_a_remedy_of_another_case_is_not_found():
    row = a_remedy(a_served_decision().case)
    other = a_decided_case(id_number=an_id_number(7), name="何青").case
    with moment.fixed(LATER), pytest.raises(RemedyNotFound):
        remedies.reply(other, row.pk, file=a_picture(1), name="x.png", replied_on=DAY, by=the_reviewer())


def test_against_what_was_not_served_nothing_is_registered():
    with pytest.raises(NoDecisionStands):
        a_remedy(a_decided_case().case)


def test_there_is_one_place_to_register_a_review_or_suit():
    case = a_served_decision().case
    row = Delivery.objects.filter(case=case, recipient="worker", paper__kind="decision_recognised").get()
    with moment.fixed(LATER), pytest.raises(RegisteredElsewhere):
        note_second_appraisal(row, on=DAY, by=the_deliverer())


def test_the_database_keeps_what_came_and_how_it_ended():
    row = ended(a_remedy(a_served_decision().case), "upheld", DAY)
    for change in ({"received_on": DAY - timedelta(days=1)}, {"outcome": "revoked"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Remedy.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()


def an_upheld_review(case: Case, *, known: date | None, came: date = date(2026, 8, 20)) -> Remedy:
    """The employer's review that left the decision standing; the office heard of it on a day."""
    row = a_remedy(case, "reconsideration", on=date(2026, 4, 1), matter="云政复〔2026〕9号")
    replied(row, date(2026, 4, 8))
    return ended(row, "upheld", came, known)


def test_litigation_law_art_45_the_days_for_a_suit_run_from_when_the_party_received_the_review():
    case = a_served_decision().case
    row = an_upheld_review(case, known=date(2026, 8, 28), came=date(2026, 8, 28))
    later = CaseLimit.objects.get(case=case, limit="WI-SUIT-AFTER", about=row.subject)
    assert later.due_on == date(2026, 9, 14)
    other = a_remedy(case, "reconsideration", on=date(2026, 4, 2), matter="云政复〔2026〕10号", side="worker")
    replied(other, date(2026, 4, 9))
    ended(other, "upheld", date(2026, 8, 28), date(2026, 8, 20))
    assert CaseLimit.objects.get(case=case, limit="WI-SUIT-AFTER", about=other.subject).due_on == date(2026, 9, 4)


@pytest.mark.parametrize(
    ("outcome", "known", "refusal"),
    [
        ("upheld", None, PartyDayMissing),
        ("upheld", date(2026, 3, 31), OutcomeDayWrong),
        ("upheld", date(2026, 8, 21), OutcomeDayWrong),
        ("annulled", date(2026, 3, 31), OutcomeDayWrong),
    ],
)
def test_the_partys_day_is_told_where_the_decision_stands_and_lies_between_the_copy_and_today(outcome, known, refusal):
    with pytest.raises(refusal):
        check_known("reconsideration", outcome, known, received_on=date(2026, 4, 1), today=date(2026, 8, 20))


@pytest.mark.parametrize(
    ("kind", "outcome"), [("court", "upheld"), ("reconsideration", "withdrawn"), ("reconsideration", "annulled")]
)
def test_where_no_days_run_from_it_the_partys_day_need_not_be_told(kind, outcome):
    check_known(kind, outcome, None, received_on=date(2026, 4, 1), today=date(2026, 8, 20))


def test_litigation_law_art_45_either_side_sues_after_the_others_review_and_ones_own_comes_first():
    case = a_served_decision().case
    employers = an_upheld_review(case, known=date(2026, 8, 20))
    suit = a_remedy(case, "court", side="worker", on=date(2026, 8, 25))
    assert suit.after == employers
    own = a_remedy(case, "reconsideration", on=date(2026, 4, 2), matter="云政复〔2026〕10号", side="worker")
    assert remedies.followed([employers, own], "worker") == own
    assert remedies.followed([own, employers], "employer") == employers
    assert remedies.followed([], "worker") is None
