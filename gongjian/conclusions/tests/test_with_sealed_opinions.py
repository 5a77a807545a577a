"""From opinions that experts have really signed and sealed to the signed conclusion: nothing is handed in here."""

from dataclasses import replace
from datetime import date

import pgtrigger
import pytest

from gongjian.accounts.tests.builders import a_clerk, a_draw_officer, a_reviewer, the_signer
from gongjian.appraisal.states import State
from gongjian.cases.actions.duties import take_duty
from gongjian.cases.models import Case, CaseDuty
from gongjian.conclusions.actions import conclude, review
from gongjian.conclusions.errors import NoOpinion
from gongjian.conclusions.models import Conclusion
from gongjian.conclusions.queries import opinion, opinion_of, seen_by
from gongjian.conclusions.tests.builders import applied_for, the_agency, the_bureau
from gongjian.kernel import moment
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.kernel.ledger.queries import verify
from gongjian.opinions import signing
from gongjian.opinions.errors import SealBroken
from gongjian.opinions.models import Opinion
from gongjian.opinions.queries.result import result_of
from gongjian.opinions.tests.builders import a_finding, a_sealed_group, a_sheet, an_examining_case, an_opinion_of
from gongjian.papers.tests.reading import words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def truly_sealed(settings, monkeypatch: pytest.MonkeyPatch):
    """Read the sealed opinions themselves; sign quickly."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setattr(signing, "COST", 2**4)
    monkeypatch.setattr(opinion, "result_of", result_of)


def a_case_of_a_leg() -> Case:
    """A case of the left lower leg whose group examines it."""
    the_bureau(), the_agency()
    case = an_examining_case()
    applied_for(case, recognised_parts=["144:left"])
    take_duty(case, CaseDuty.Duty.ACCEPTOR, by=a_clerk())
    take_duty(case, CaseDuty.Duty.DRAW_OFFICER, by=a_draw_officer())
    return case


def concluded(case: Case, *, note: str = "") -> Conclusion:
    day = moment.at(date(2026, 4, 20))
    with moment.fixed(day):
        review(case, by=a_reviewer(), note=note)
        case.refresh_from_db()
        return conclude(case, by=the_signer())


def said(conclusion: Conclusion) -> str:
    with open_evidence(conclusion.paper.evidence) as file:
        return words(file.read())


def test_article_34_the_majority_of_the_sealed_opinions_is_concluded():
    case = a_sealed_group(a_case_of_a_leg(), (9, 9, 10))
    conclusion = concluded(case)
    assert (conclusion.grade, conclusion.clauses) == (9, ["5.9.2(23)"])
    told = said(conclusion)
    assert "伤残等级为：九级" in told
    assert "左小腿骨折愈合，左膝活动轻度受限；左膝屈曲110°，伸0°左胫腓骨骨折术后" in told


def test_article_16_the_paper_tells_what_was_measured():
    content = replace(an_opinion_of(9), findings=(a_finding(sheets=(a_sheet(),)),), explanation="已核对")
    told = said(concluded(a_sealed_group(a_case_of_a_leg(), contents=[content] * 3)))
    assert "伤侧活动度45度，健侧活动度135度" in told


def test_article_15_the_dissent_is_kept_and_shown_to_the_reviewer():
    case = a_sealed_group(a_case_of_a_leg(), (9, 9, 10))
    seen = seen_by(case, by=a_reviewer())
    assert [(member.seat, member.agrees) for member in seen.opinion.members] == [(1, True), (2, True), (3, False)]
    assert [member.content.reason for member in seen.opinion.dissent] == ["第3席理由"]


def test_article_16_a_sealed_majority_for_no_grade_is_concluded_as_such():
    conclusion = concluded(a_sealed_group(a_case_of_a_leg(), (None, None, 10)))
    assert conclusion.grade is None
    assert "鉴定结论为：未达等级" in said(conclusion)


def test_article_15_without_a_majority_there_is_nothing_to_conclude():
    case = a_sealed_group(a_case_of_a_leg(), (8, 9, 10))
    assert case.state == State.DELIBERATING
    with pytest.raises(NoOpinion):
        opinion_of(case)


def test_article_34_a_sealed_opinion_that_was_changed_stops_the_conclusion():
    case = a_sealed_group(a_case_of_a_leg(), (9, 9, 10))
    first = Opinion.objects.earliest("id")
    with pgtrigger.ignore("opinions.Opinion:append_only"):
        Opinion.objects.filter(pk=first.pk).update(content_hash="0" * 64)
    with pytest.raises(SealBroken):
        review(case, by=a_reviewer())
    case.refresh_from_db()
    assert case.state == State.OPINED


def test_the_ledger_of_the_whole_way_holds():
    conclusion = concluded(a_sealed_group(a_case_of_a_leg(), (9, 9, 9)))
    assert conclusion.case.state == State.CONCLUDED
    assert verify()[1] == []
