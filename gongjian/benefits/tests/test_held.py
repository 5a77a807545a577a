"""What a case says of the facts of a claim, to whom, and what it lets claim on which side."""

import pytest

from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_clerk, a_member, a_reviewer, a_worker_user, an_employer_user, an_outsider
from gongjian.benefits.queries import held_by, side_claiming, stage_for
from gongjian.benefits.rules import Stage
from gongjian.cases.models import Case
from gongjian.cases.queries.sides import Side
from gongjian.claims.tests.builders import CLAIMED, a_case_in_effect
from gongjian.claims.tests.test_packing import an_appraisal_upon_a_recognition
from gongjian.claims.tests.test_without_a_grade import a_served_recognition, a_window_of_the_agency
from gongjian.conclusions.models import Conclusion
from gongjian.conclusions.tests.builders import a_concluded_case
from gongjian.kernel import moment
from gongjian.recognition.models import Application as Recognition
from gongjian.recognition.models import Decision
from gongjian.recognition.tests.builders import MONDAY, a_decided_case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def may(home):
    with moment.fixed(moment.at(CLAIMED)):
        yield


def facts(case: Case) -> dict[str, object]:
    return held_by(case, by=a_worker_user()).facts


def test_a_conclusion_says_grade_and_care_to_the_sides_on_which_it_was_served():
    case = a_case_in_effect()
    grade = Conclusion.objects.get(case=case).grade
    for user in (a_worker_user(), an_employer_user()):
        assert held_by(case, by=user).facts["grade"] == grade
        assert "self_care" in held_by(case, by=user).facts


def test_it_says_nothing_of_the_conclusion_to_a_stranger():
    case = a_case_in_effect()
    assert set(held_by(case, by=an_outsider()).facts) == {"matter", "region", "injured_on"}


def test_a_conclusion_on_its_way_says_nothing_to_the_side_it_has_not_reached_and_lets_nothing_be_claimed():
    case = a_concluded_case().case
    assert "grade" not in held_by(case, by=an_employer_user()).facts
    assert [stage_for(case, side) for side in Side] == [None, None]


def test_until_it_is_in_effect_nothing_is_claimed_upon_it():
    case = a_case_in_effect()
    Conclusion.objects.filter(case=case).update(effective_on=None)
    assert stage_for(case, Side.WORKER) is None


def test_what_the_recognition_tells_holds_for_the_appraisal_that_stands_on_it():
    appraised, recognised = an_appraisal_upon_a_recognition()
    told = Recognition.objects.get(case=recognised)
    found = facts(appraised)
    assert (found["injured_on"], found["insured"]) == (told.injured_on.isoformat(), True)
    assert "grade" in found


@pytest.mark.parametrize(("insured", "held"), [(True, True), (False, False), (None, "not told")])
def test_whether_the_employer_was_insured_is_held_only_where_it_was_told(insured, held):
    case = a_served_recognition()
    Recognition.objects.filter(case=case).update(insured=insured)
    assert facts(case).get("insured", "not told") == held


def test_an_occupational_disease_is_held_as_one():
    case = a_served_recognition()
    assert "occupational_disease" not in facts(case)
    Recognition.objects.filter(case=case).update(kind="disease")
    assert facts(case)["occupational_disease"] is True


def test_a_death_makes_it_another_matter_and_its_day_is_held():
    case = a_served_recognition(died=True)
    assert (facts(case)["matter"], facts(case)["died_on"]) == ("death", "2026-02-11")
    assert stage_for(case, Side.WORKER) == Stage.DEATH


def test_a_decision_on_its_way_lets_nothing_be_claimed():
    with moment.fixed(MONDAY):
        case = Case.objects.get(pk=a_decided_case().case_id)
    assert [stage_for(case, side) for side in (Side.WORKER, Side.EMPLOYER, None)] == [None, None, None]


@pytest.mark.parametrize("outcome", ["recognised", "deemed"])
def test_both_outcomes_in_favour_let_claim(outcome):
    assert stage_for(a_served_recognition(outcome=outcome), Side.EMPLOYER) == Stage.TREATMENT


def test_a_decision_that_fell_lets_nothing_be_claimed():
    case = a_served_recognition()
    Decision.objects.filter(case=case).update(revoked_on=MONDAY.date())
    assert stage_for(case, Side.WORKER) is None


def test_a_party_claims_on_its_own_side_the_window_on_that_of_the_worker_and_nobody_else_at_all():
    case = a_served_recognition()
    assert side_claiming(case, by=a_worker_user()) == Side.WORKER
    assert side_claiming(case, by=an_employer_user()) == Side.EMPLOYER
    assert side_claiming(case, by=a_window_of_the_agency()) == Side.WORKER
    for other in (an_outsider(), a_clerk(), a_reviewer(), a_member(Role.SUPERVISOR)):
        assert side_claiming(case, by=other) is None
