"""Signing: what the group has found, word for word; by a fourth person; once; whole or not at all."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction

from gongjian.accounts.models import Office, User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_clerk, a_reviewer, a_worker_user, an_office, an_outsider, the_signer
from gongjian.appraisal.states import State
from gongjian.cases.errors import DutyConflict, MoveNotAllowed, NotYours, ReasonMissing
from gongjian.cases.models import Case, CaseLimit, NumberSeries
from gongjian.cases.tests.builders import put_in_state
from gongjian.conclusions.actions import conclude, review, send_back
from gongjian.conclusions.errors import NobodyToCopy, NoEmployer, NoProvince, NotReviewed, OpinionNotFollowed
from gongjian.conclusions.models import Conclusion, Review
from gongjian.conclusions.paper import standard_told
from gongjian.conclusions.tests.builders import (
    CONCLUDED,
    FINGER,
    OPINIONS,
    a_concluded_case,
    a_reviewed_case,
    an_opined_case,
    an_opinion,
    no_grade,
)
from gongjian.conclusions.tests.test_review import also
from gongjian.grading.outcomes import SelfCareLevel
from gongjian.kernel import moment
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.opinions.rules import Named
from gongjian.papers import actions as papers
from gongjian.papers import decided as after
from gongjian.papers.decided import put_in_effect
from gongjian.papers.errors import OfficeUnreachable
from gongjian.papers.models import Paper
from gongjian.papers.queries import roots_of
from gongjian.papers.tests.reading import words
from gongjian.papers.validate import validate

pytestmark = pytest.mark.django_db


def signed(case: Case, *, at: datetime = CONCLUDED, **told: Any) -> Conclusion:
    with moment.fixed(at):
        return conclude(case, by=the_signer(), **told)


def the_bytes(paper: Paper) -> bytes:
    with open_evidence(paper.evidence) as file:
        return file.read()


def said(conclusion: Conclusion) -> str:
    return words(the_bytes(conclusion.paper))


def test_article_34_the_conclusion_is_what_the_group_found():
    conclusion = signed(a_reviewed_case())
    opinion = OPINIONS[conclusion.case_id]
    assert (conclusion.grade, conclusion.selfcare) == (opinion.grade, opinion.selfcare)
    assert tuple(conclusion.clauses) == opinion.clauses
    assert conclusion.condition == opinion.condition
    assert conclusion.opinion_hash == opinion.hash


@pytest.mark.parametrize(
    "change",
    [
        {"grade": 8},
        {"selfcare": SelfCareLevel.PARTIAL},
        {"named": (Named("5.10.2(5)", (1, 2, 3), 3),)},
        {"hash": "b" * 64},
    ],
    ids=["grade", "self-care", "clauses", "opinions"],
)
def test_article_34_whoever_signs_anything_else_than_was_reviewed_is_refused(change: dict[str, Any]):
    case = a_reviewed_case()
    OPINIONS[case.pk] = replace(OPINIONS[case.pk], **change)
    with pytest.raises(OpinionNotFollowed, match="不得改变"):
        signed(case)
    case.refresh_from_db()
    assert (case.state, Paper.objects.filter(kind="conclusion").count()) == (State.REVIEWED, 0)


def test_article_34_the_signer_signs_what_the_page_showed():
    with pytest.raises(OpinionNotFollowed, match="页面上看到的"):
        signed(a_reviewed_case(), seen="b" * 64)


def test_article_34_a_conclusion_is_never_edited_and_takes_effect_once():
    conclusion = signed(a_reviewed_case())
    rows = Conclusion.objects.filter(pk=conclusion.pk)
    changes: list[dict[str, Any]] = [{"grade": 1}, {"clauses": []}, {"signed_by": a_clerk()}, {"paper": None}]
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
    rows.update(effective_on=date(2026, 5, 7))
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(effective_on=date(2026, 5, 8))
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()


def test_article_16_the_paper_has_all_five_contents():
    told = said(signed(a_reviewed_case()))
    contents = (
        "一、被鉴定人及用人单位基本信息姓名林知远",
        "公民身份号码990101",
        "用人单位云溪恒信机械有限公司",
        "二、伤残情况",
        "右指近侧指间关节以远缺失右手示指离断伤术后",
        "三、鉴定依据",
        "第5.9.2(16)条（九级）",
        "四、鉴定结论",
        "伤残等级为：九级",
        "无生活自理障碍",
        "五、权益告知",
    )
    assert [content for content in contents if content not in told] == []


def test_article_16_the_rights_notice_names_the_province_and_fifteen_days():
    told = said(signed(a_reviewed_case()))
    assert "可以自收到本结论书之日起15日内，向云岭省劳动能力鉴定委员会申请再次鉴定" in told
    assert "自本结论作出之日起1年后" in told


def test_article_16_no_grade_reached_has_its_own_words():
    conclusion = signed(a_reviewed_case(no_grade()))
    assert conclusion.grade is None
    assert "鉴定结论为：未达等级" in said(conclusion)
    assert conclusion.outcome.grade_code == "11"


def test_article_16_a_promotion_by_the_group_is_told():
    conclusion = signed(a_reviewed_case(an_opinion(8)))
    assert "专家组依据标准4.2综合评定，晋升一级，定为八级" in said(conclusion)


def test_article_16_where_the_group_wrote_nothing_the_paper_adds_no_medical_word():
    bare = replace(FINGER, condition="", diagnosis="", injury="")
    told = said(signed(a_reviewed_case(an_opinion(findings=(bare,)))))
    assert "右指专家组未另行记载专家组未另行记载" in told


def test_the_standard_is_cited_by_title_and_number():
    assert standard_told("GB/T 16180-2014") == "《劳动能力鉴定职工工伤与职业病致残等级》（GB/T 16180-2014）".replace(
        "鉴定职工", "鉴定 职工"
    )


def test_article_17_the_paper_names_whom_it_is_copied_to():
    assert "抄送：云溪市人力资源和社会保障局，云溪市社会保险经办中心。" in said(signed(a_reviewed_case()))


def test_the_paper_validates_and_bears_its_number():
    conclusion = signed(a_reviewed_case())
    found = validate(the_bytes(conclusion.paper), roots_of(an_office().code), moment=CONCLUDED)
    assert (found.valid, found.signer) == (True, an_office().name)
    assert conclusion.paper.number in said(conclusion)


def test_article_10_the_decision_is_met_and_article_17_delivery_runs_fifteen_days_from_the_conclusion():
    case = signed(a_reviewed_case()).case
    limits = {row.limit: row for row in case.limits.all()}
    assert limits["LA-DECIDE"].met_on == date(2026, 4, 9)
    assert limits["LA-DELIVER"].due_on == date(2026, 4, 24)
    assert case.obligations.get(fulfilled_at=None).kind == "deliver"


@pytest.mark.parametrize(("day", "late"), [(date(2026, 5, 1), False), (date(2026, 5, 2), True)])
def test_article_10_a_conclusion_after_its_day_is_flagged(day: date, late: bool):
    assert signed(a_reviewed_case(), at=moment.at(day)).was_late is late


@pytest.mark.parametrize("stranger", [a_clerk, a_reviewer, a_worker_user, an_outsider])
def test_nobody_but_a_signer_signs(stranger: type[User]):
    with pytest.raises(NotYours):
        conclude(a_reviewed_case(), by=stranger())


@pytest.mark.parametrize("role", [Role.WINDOW_CLERK, Role.REVIEWER, Role.DRAW_OFFICER])
def test_acceptor_reviewer_draw_officer_and_signer_are_four_people(role: Role):
    case = a_reviewed_case()
    holder = case.duties.get(duty={"window_clerk": "acceptor"}.get(role, role)).user
    with pytest.raises(DutyConflict):
        conclude(case, by=also(holder, Role.SIGNER))


def test_the_database_itself_keeps_reviewer_and_signer_apart():
    conclusion = signed(a_reviewed_case())
    fields = {f.name: getattr(conclusion, f.name) for f in Conclusion._meta.concrete_fields if f.name != "id"}
    with pytest.raises(DatabaseError, match="reviewer_and_signer"), transaction.atomic():
        Conclusion.objects.create(**(fields | {"case": an_opined_case(), "reviewed_by": conclusion.signed_by}))


@pytest.mark.parametrize("state", [each for each in State if each not in (State.REVIEWED, State.ARCHIVED)])
def test_only_a_reviewed_case_is_signed(state: State):
    case = a_reviewed_case()
    put_in_state(case, state)
    with pytest.raises(MoveNotAllowed):
        conclude(case, by=the_signer())


def test_a_case_put_there_without_a_review_is_not_signed():
    with pytest.raises(NotReviewed):
        signed(an_opined_case(state=State.REVIEWED))


def test_a_second_press_of_the_button_signs_nothing():
    case = a_reviewed_case()
    signed(case)
    with pytest.raises(MoveNotAllowed):
        signed(case)
    assert Paper.objects.filter(kind="conclusion").count() == 1


def test_dying_after_the_paper_was_issued_leaves_neither_paper_nor_number(monkeypatch: pytest.MonkeyPatch):
    def dies(_: Conclusion) -> None:
        raise KeyboardInterrupt

    case = a_reviewed_case()
    monkeypatch.setattr(after, "FOLLOWERS", [dies])
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        signed(case)
    case.refresh_from_db()
    assert (case.state, Paper.objects.count(), Conclusion.objects.count()) == (State.REVIEWED, 0, 0)
    assert not NumberSeries.objects.filter(series="paper.conclusion").exists()


def test_an_issue_that_fails_leaves_the_case_to_be_signed(monkeypatch: pytest.MonkeyPatch):
    def fails(*_: Any, **__: Any) -> Any:
        raise OfficeUnreachable(office="")

    case = a_reviewed_case()
    monkeypatch.setattr(papers, "imprint_of", fails)
    with pytest.raises(OfficeUnreachable):
        signed(case)
    case.refresh_from_db()
    assert case.state == State.REVIEWED
    assert not case.duties.filter(duty="signer").exists()


def test_followers_are_called_in_the_same_transaction():
    case = a_reviewed_case()
    followed: list[Conclusion] = []
    after.follow(followed.append)
    after.follow(followed.append)
    conclusion = signed(case)
    assert followed == [conclusion]


@pytest.mark.parametrize("kind", [Office.Kind.HRSS, Office.Kind.AGENCY])
def test_article_17_without_somebody_to_copy_to_nothing_is_signed(kind: Office.Kind):
    case = a_reviewed_case()
    Office.objects.filter(kind=kind).update(region="990200")
    with pytest.raises(NobodyToCopy, match=kind.label):
        signed(case)


def test_article_19_without_a_province_nothing_is_signed():
    case = a_reviewed_case()
    Office.objects.filter(pk=case.office_id).update(parent=None)
    with pytest.raises(NoProvince):
        signed(case)


def test_article_16_without_an_employer_nothing_is_signed():
    case = a_reviewed_case()
    Case.objects.filter(pk=case.pk).update(employer=None)
    with pytest.raises(NoEmployer):
        signed(case)


def test_the_signer_gives_a_case_back_with_a_reason():
    case = a_reviewed_case()
    row = send_back(case, by=the_signer(), reason="诊断名称请与病历核对")
    case.refresh_from_db()
    assert (case.state, row.kind, row.note) == (State.OPINED, Review.Kind.RETURNED, "诊断名称请与病历核对")
    assert case.obligations.get(fulfilled_at=None).kind == "review"


def test_a_return_without_a_reason_is_refused():
    with pytest.raises(ReasonMissing):
        send_back(a_reviewed_case(), by=the_signer(), reason=" ")


def test_a_returned_case_is_reviewed_and_signed_again():
    case = a_reviewed_case()
    send_back(case, by=the_signer(), reason="请核对")
    case.refresh_from_db()
    review(case, by=a_reviewer())
    case.refresh_from_db()
    assert signed(case).grade == 9


def test_only_the_signer_gives_a_case_back():
    with pytest.raises(NotYours):
        send_back(a_reviewed_case(), by=a_reviewer(), reason="请核对")


def test_article_19_a_conclusion_takes_effect_the_day_after_the_last_remedy_ended():
    conclusion = a_concluded_case()
    put_in_state(conclusion.case, State.DELIVERED)
    put_in_effect(conclusion.case, remedy_ends=[date(2026, 4, 24), date(2026, 5, 6)])
    conclusion.refresh_from_db()
    assert conclusion.effective_on == date(2026, 5, 7)
    assert Case.objects.get(pk=conclusion.case_id).state == State.EFFECTIVE


def test_nothing_takes_effect_before_it_is_delivered():
    conclusion = a_concluded_case()
    with pytest.raises(MoveNotAllowed):
        put_in_effect(conclusion.case, remedy_ends=[date(2026, 4, 24)])
    conclusion.refresh_from_db()
    assert conclusion.effective_on is None


def test_the_ledger_binds_paper_and_opinion():
    conclusion = a_concluded_case()
    entry = LedgerEntry.objects.get(chain=conclusion.case.chain, act="conclusion.made")
    assert entry.facts == {
        "opinion": conclusion.opinion_hash,
        "sha256": conclusion.paper.sha256,
        "paper": conclusion.paper.number,
    }


@pytest.mark.django_db(transaction=True)
def test_two_signers_at_once_make_one_conclusion():
    case, gate = a_reviewed_case(), threading.Barrier(2)
    by = the_signer()

    def sign(_: int) -> str:
        try:
            gate.wait()
            conclude(case, by=by)
        except MoveNotAllowed:
            return "refused"
        finally:
            connections.close_all()
        return "signed"

    with moment.fixed(CONCLUDED), ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(sign, range(2)))
    assert outcomes == ["refused", "signed"]
    assert (Paper.objects.count(), CaseLimit.objects.filter(limit="LA-DELIVER").count()) == (1, 1)
