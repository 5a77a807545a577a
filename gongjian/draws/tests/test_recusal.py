"""Requests that an expert be recused: asked by a party, decided by who draws, heard by the draw."""

from datetime import datetime, timedelta

import pytest

from gongjian.accounts.tests.builders import (
    a_draw_officer,
    a_supervisor,
    a_worker_user,
    an_employer_user,
    an_exam_staff,
    an_outsider,
)
from gongjian.appraisal.states import State as CaseState
from gongjian.cases.actions.move import join_case
from gongjian.cases.errors import NotYours
from gongjian.cases.models import Obligation
from gongjian.cases.tests.builders import a_case
from gongjian.draws.actions.changes import confirm
from gongjian.draws.actions.recusal import ask_recusal, decide_recusal
from gongjian.draws.actions.recusing import record_recusal
from gongjian.draws.errors import (
    NotTheExpert,
    ReasonMissing,
    RecusalDecided,
    RecusalTooLate,
    RecusedAlready,
)
from gongjian.draws.models import ChangeRequest, Recusal
from gongjian.draws.queries import conflicts_of, members
from gongjian.draws.states import Ground
from gongjian.draws.tests.house import a_held, a_prepared, an_open_door, comes, people_of, sent, treated
from gongjian.experts.tests.builders import an_expert
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.law.errors import NotAllowed
from gongjian.parties.tests.builders import an_employer
from gongjian.sittings.tests.builders import an_accepted_case, at, with_parts

pytestmark = pytest.mark.django_db
ASKED = datetime(2026, 3, 10, 9, 0, tzinfo=moment.ZONE)
FACTS = "主刀医生是我爱人的表兄"


def asks(case, *, ground=Ground.KINSHIP, facts=FACTS, by=None, on=ASKED) -> Recusal:
    with at(on):
        return ask_recusal(case, ground=ground, facts=facts, by=by or a_worker_user())


def answers(row: Recusal, expert=None, *, answer="已核实。", by=None) -> Recusal:
    with at(ASKED):
        return decide_recusal(row, expert=expert, answer=answer, by=by or a_draw_officer())


def test_art_28_a_party_asks_and_the_draw_officer_owes_an_answer_in_five_working_days():
    row = asks(a_case())
    owed = Obligation.objects.get(kind="decide_recusal", fulfilled_at=None)
    assert (owed.role, owed.about, str(owed.due_on)) == ("draw_officer", str(row.pk), "2026-03-17")
    assert owed.article == "令55 第二十八条"
    assert (row.decision, row.source, row.expert) == ("asked", "party", None)


def test_the_answer_is_owed_before_the_sitting():
    booking = people_of(a_held())[0]
    asks(booking.case, on=moment.at(booking.sitting.day - timedelta(days=1)))
    assert Obligation.objects.get(kind="decide_recusal").due_on == booking.sitting.day


def test_what_a_party_says_is_nowhere_in_the_ledger():
    row = asks(a_case())
    assert row.facts == FACTS
    told = LedgerEntry.objects.get(act="recusal.asked")
    assert told.facts == {"ground": "kinship", "recusal": row.pk}


def test_the_same_request_sent_twice_is_one():
    case = a_case()
    assert asks(case) == asks(case)
    assert asks(case, facts="另一名医生").pk != asks(case).pk
    assert Obligation.objects.filter(kind="decide_recusal").count() == 2


def test_every_party_may_ask_and_a_stranger_may_not():
    case = a_case()
    join_case(case, an_employer_user(), capacity="employer")
    assert asks(case, by=an_employer_user()).told_by == an_employer_user()
    for stranger in (an_outsider(), a_draw_officer()):
        with pytest.raises(NotYours):
            asks(case, by=stranger)


def test_a_request_says_why():
    with pytest.raises(ReasonMissing):
        asks(a_case(), facts="   ")


@pytest.mark.parametrize("state", [CaseState.OPINED, CaseState.CONCLUDED, CaseState.WITHDRAWN, CaseState.TERMINATED])
def test_once_the_opinion_is_formed_the_way_is_another(state):
    with pytest.raises(RecusalTooLate, match="再次鉴定"):
        asks(a_case(state=state))


@pytest.mark.parametrize("state", [CaseState.ACCEPTED, CaseState.SCHEDULED, CaseState.GROUPED, CaseState.EXAMINING])
def test_until_then_it_is_open(state):
    assert asks(a_case(state=state)).decision == "asked"


def test_granting_names_the_expert_and_bars_them():
    case, expert = a_case(), an_expert()
    row = answers(asks(case), expert)
    assert (row.decision, row.expert, row.decided_by) == ("granted", expert, a_draw_officer())
    assert conflicts_of([case], [expert]) == {(case.pk, expert.pk): (Ground.KINSHIP,)}
    assert not Obligation.objects.filter(kind="decide_recusal", fulfilled_at=None).exists()


def test_refusing_bars_nobody_and_answers_the_party():
    case, expert = a_case(), an_expert()
    row = answers(asks(case), answer="经核实，没有亲属关系。")
    assert (row.decision, row.answer) == ("refused", "经核实，没有亲属关系。")
    assert conflicts_of([case], [expert]) == {}


def test_a_request_is_decided_once():
    row = asks(a_case())
    answers(row)
    with pytest.raises(RecusalDecided):
        answers(row, an_expert())


def test_a_decision_takes_an_answer_and_the_right_person():
    row = asks(a_case())
    with pytest.raises(ReasonMissing):
        answers(row, answer=" ")
    for stranger in (an_exam_staff(), a_worker_user()):
        with pytest.raises(NotAllowed):
            answers(row, by=stranger)
    row.refresh_from_db()
    assert row.decision == "asked"


def test_a_second_request_about_the_same_expert_is_granted_without_a_second_bar():
    case, expert = a_case(), an_expert()
    answers(asks(case), expert)
    row = answers(asks(case, facts="再说一次"), expert)
    assert (row.decision, row.expert) == ("granted", None)
    assert conflicts_of([case], [expert]) == {(case.pk, expert.pk): (Ground.KINSHIP,)}


def test_a_recusal_refused_may_be_asked_again():
    case, expert = a_case(), an_expert()
    answers(asks(case))
    assert answers(asks(case), expert).expert == expert


def test_granted_after_the_draw_the_next_reserve_takes_the_seat():
    draw = a_held()
    an_open_door(draw)
    booking = comes(people_of(draw)[0])
    group = sent(booking)
    expert = members(group)[0]
    row = asks(booking.case, on=moment.at(booking.sitting.day, 11))
    answers(row, expert)
    assert (expert in members(group), Recusal.objects.get().expert) == (True, None)
    confirm(ChangeRequest.objects.get(), by=a_supervisor())
    assert expert not in members(group)
    assert Recusal.objects.get().expert == expert


def test_a_bar_is_recorded_by_the_expert_or_who_draws_and_once_per_ground():
    case, expert = a_case(), an_expert()
    with pytest.raises(NotTheExpert):
        record_recusal(case, expert, Ground.INTEREST, source=Recusal.Source.OFFICE, by=an_exam_staff())
    record_recusal(case, expert, Ground.INTEREST, source=Recusal.Source.OFFICE, by=a_draw_officer())
    with pytest.raises(RecusedAlready):
        record_recusal(case, expert, Ground.INTEREST, source=Recusal.Source.OFFICE, by=a_draw_officer())
    record_recusal(case, expert, Ground.KINSHIP, source=Recusal.Source.OFFICE, by=a_draw_officer())
    assert conflicts_of([case], [expert]) == {(case.pk, expert.pk): (Ground.INTEREST, Ground.KINSHIP)}


def test_conflicts_are_gathered_from_papers_and_records_for_many_at_once(django_assert_num_queries):
    cases = [with_parts(an_accepted_case(serial, name=f"某{serial}"), "143:left") for serial in (1, 2)]
    treated(cases[0], "云溪市中医院", "骨科")
    doctor = an_expert(hospital="云溪市中医院", department="骨科")
    colleague = an_expert("ophthalmology", hospital="云溪市中医院", department="眼科")
    record_recusal(cases[1], colleague, Ground.INVOLVED, source=Recusal.Source.OFFICE, by=a_draw_officer())
    loaded = list(type(cases[0]).objects.select_related("employer"))
    with django_assert_num_queries(2):
        found = conflicts_of(loaded, [doctor, colleague])
    assert found == {
        (cases[0].pk, doctor.pk): (Ground.TREATED,),
        (cases[1].pk, colleague.pk): (Ground.INVOLVED,),
    }


def test_who_works_for_the_hospital_is_not_judged_by_it():
    case = an_accepted_case(1)
    hospital = an_expert(hospital=an_employer().name)
    assert conflicts_of([case], [hospital]) == {(case.pk, hospital.pk): (Ground.EMPLOYED,)}


def test_a_request_that_waits_bars_nobody_yet():
    sitting = a_prepared()
    booking = sitting.bookings.all()[0]
    asks(booking.case)
    assert conflicts_of([booking.case], [an_expert(hospital="云溪市中医院")]) == {}
