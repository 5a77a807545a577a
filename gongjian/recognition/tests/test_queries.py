"""Reading: who sees what, what each head still needs, what nobody has asked, how many days are used up."""

from datetime import timedelta

import pytest

from gongjian.accounts.tests.builders import a_worker_user, an_applicant, an_outsider
from gongjian.applications.errors import NotTheApplicant
from gongjian.applications.queries import acts_for_applicant, must_act_for_applicant
from gongjian.cases.actions.move import join_case
from gongjian.cases.queries import case_for, visible_to
from gongjian.kernel import moment
from gongjian.law.recognition.heads import exclusions, heads, proofs
from gongjian.recognition.actions import investigation, suspension
from gongjian.recognition.errors import NothingProposed, NotTheInvestigator
from gongjian.recognition.queries import (
    asked_lines,
    decision_of,
    heads_of,
    investigators_of,
    must_investigate,
    plan_of,
    proposal_of,
    windows_of,
)
from gongjian.recognition.rules import PROOF_OF_KIND
from gongjian.recognition.tests.builders import (
    MONDAY,
    a_bureau,
    a_colleague,
    a_decided_case,
    a_paper,
    a_suspended_case,
    an_accepted_case,
    an_entered_case,
    an_investigated_case,
    an_investigator,
    the_clerk,
)
from gongjian.recognition.tests.test_pages import a_scan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
DAY = timedelta(days=1)
NEVER = "没有问过"


@pytest.fixture(autouse=True)
def now():
    with moment.fixed(MONDAY):
        yield


def planned(*codes: str, **changes):
    case = an_investigated_case(**changes)
    investigation.plan(case, list(codes), by=an_investigator())
    return case


def the_line(case, code: str):
    return next(line for line in plan_of(case) if line.code == code)


def answered(case, **said: bool) -> None:
    for question, yes in said.items():
        investigation.answer(case, question, said=yes, basis="笔录第1问", by=an_investigator())


@pytest.mark.parametrize("code", list(heads()))
def test_each_head_lists_its_questions_and_proofs_and_what_nobody_has_asked(code):
    line = the_line(planned(code), code)
    head = heads()[code]
    assert line.article == head.article
    assert [each.name for each in line.asked] == [name.removeprefix("!") for group in head.needs for name in group]
    assert line.never_asked == line.asked
    assert [title for title, _ in line.proofs] == [proofs()[name].title for name in head.proofs]
    held = {title for title, on_file in line.proofs if on_file}
    assert held == {
        proofs()[n].title for n in ("application_form", "labour_relation", "medical_diagnosis") if n in head.proofs
    }


@pytest.mark.parametrize("code", list(exclusions()))
def test_regulation_art_16_each_exclusion_stands_in_every_plan_and_misses_its_proof_only_when_raised(code):
    case = planned("14-1")
    exclusion = exclusions()[code]
    line = the_line(case, code)
    assert (line.stands, line.proof_wanted, [one.name for one in line.never_asked]) == (
        NEVER,
        False,
        [exclusion.question],
    )
    answered(case, **{exclusion.question: True})
    line = the_line(case, code)
    assert (line.stands, line.proof_wanted, line.never_asked) == ("有人主张", True, [])
    assert not any(held for _, held in line.proofs)
    answered(case, **{exclusion.question: False})
    assert (the_line(case, code).stands, the_line(case, code).proof_wanted) == ("无人主张", False)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("traffic_liability", "14-6"), ("police_document", "14-3"), ("errand_proof", "14-5"), ("death_certificate", "15-1"),
        ("rescue_record", "15-1"), ("public_interest_proof", "15-2"), ("veteran_certificate", "15-3"),
        ("criminal_conclusion", "16-1"), ("drunk_or_drugs_finding", "16-2"), ("self_harm_finding", "16-3"),
    ],
)  # fmt: skip
def test_regulation_art_18_a_proof_is_on_file_once_its_paper_is(kind, code):
    case = planned(code) if code in heads() else planned("14-1")
    title = proofs()[PROOF_OF_KIND.get(kind, kind)].title
    assert dict(the_line(case, code).proofs)[title] is False
    a_paper(case, kind, by=an_investigator())
    assert dict(the_line(case, code).proofs)[title] is True


@pytest.mark.parametrize(
    ("code", "said", "stands"),
    [
        ("14-2", {"around_work_time": True, "in_workplace": True, "preparatory_or_finishing": True, "accident": True}, "可能适用"),
        ("14-2", {"around_work_time": True, "in_workplace": False}, "按所答不符合"),
        ("14-5", {"away_for_work": True, "work_cause": False, "personal_activity": False}, "事实尚不清楚"),
        ("14-5", {"away_for_work": True, "missing_after_accident": True, "personal_activity": False}, "可能适用"),
        ("14-6", {"commuting": True, "traffic_accident": True, "mainly_own_responsibility": True}, "按所答不符合"),
        ("14-6", {"commuting": True, "rail_ferry_train_accident": True, "mainly_own_responsibility": False}, "可能适用"),
        ("15-3", {"disabled_veteran": True}, "事实尚不清楚"),
    ],
)  # fmt: skip
def test_regulation_art_14_15_how_a_head_stands_follows_from_the_answers(code, said, stands):
    case = planned(code)
    answered(case, **said)
    assert the_line(case, code).stands == stands


def test_the_last_answer_to_a_question_counts_and_a_question_of_two_heads_is_named_once():
    case = planned("14-1", "14-3")
    assert asked_lines(case).count("是否在工作时间内") == 1
    answered(case, in_work_time=True)
    answered(case, in_work_time=False)
    [asked] = [one for one in the_line(case, "14-1").asked if one.name == "in_work_time"]
    assert asked.answer.said is False
    assert "是否在工作时间内" not in asked_lines(case)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [({}, ["14-1"]), ({"died_on": MONDAY.date()}, ["15-1"])],
)
def test_the_application_suggests_the_first_head(changes, codes):
    assert heads_of(an_entered_case(**changes)) == codes


def test_a_disease_suggests_its_own_head():
    papers = ("recognition_form", "labour_relation", "occupational_diagnosis")
    assert heads_of(an_entered_case(kind="disease", disease="职业性噪声聋", papers=papers)) == ["14-4"]


def test_the_plan_is_read_with_few_queries(django_assert_max_num_queries):
    case = planned("14-1", "14-2", "14-3", "15-1")
    with django_assert_max_num_queries(12):
        plan_of(case)


def test_a_case_is_seen_by_its_office_and_its_parties_and_by_nobody_else():
    case = an_accepted_case()
    join_case(case, a_worker_user(), capacity="worker")
    for user in (the_clerk(), an_investigator(), a_worker_user()):
        assert case_for(case.number, by=user) == case
    assert not visible_to(an_outsider()).filter(pk=case.pk).exists()


def test_only_the_side_that_applied_acts_for_the_applicant():
    case = an_accepted_case()
    join_case(case, a_worker_user(), capacity="worker")
    assert acts_for_applicant(a_worker_user(), case)
    for stranger in (an_applicant("19900000002", "周若岚"), an_outsider()):
        assert not acts_for_applicant(stranger, case)
        with pytest.raises(NotTheApplicant):
            must_act_for_applicant(case, by=stranger)


def test_who_investigates_is_known_by_name_and_a_colleague_is_nobody_before():
    case = an_accepted_case()
    assert investigators_of(case) == []
    case = an_investigated_case()
    assert investigators_of(case) == [an_investigator(), a_colleague()]
    with pytest.raises(NotTheInvestigator):
        must_investigate(case, by=the_clerk())


def test_a_window_clerk_enters_for_the_own_bureau_alone():
    assert windows_of(the_clerk()) == [a_bureau()]
    assert windows_of(an_investigator()) == windows_of(an_outsider()) == []


def test_what_was_not_yet_proposed_or_decided_is_not_there():
    case = an_investigated_case()
    assert decision_of(case) is None
    with pytest.raises(NothingProposed):
        proposal_of(case)
    assert decision_of(a_decided_case().case).outcome == "recognised"


def test_regulation_art_20_the_days_used_stop_with_the_suspension_and_go_on_with_the_document():
    case, row = a_suspended_case(days=10)
    assert row.days_used == 9
    with moment.fixed(MONDAY + 40 * DAY):
        suspension.resume(
            case, received_on=(MONDAY + 30 * DAY).date(), document="裁决书", file=a_scan(3), name="裁决书.png",
            by=an_investigator(),
        )  # fmt: skip
        assert suspension.days_used(case, (MONDAY + 30 * DAY).date()) == 9
        assert suspension.days_used(case, (MONDAY + 40 * DAY).date()) == 19
        again = suspension.suspend(case, ground="judicial_decision_pending", awaited="刑事判决", by=an_investigator())
    assert again.days_used == 19
