"""Non-acceptance: on a ground of the table and nothing else, with a paper that says where to go and what can be done."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from gongjian.accounts.models import Office, User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_member,
    a_reviewer,
    a_worker_user,
    an_employer_user,
    an_office,
    an_outsider,
)
from gongjian.appraisal.actions.refusing import Why, agree_to_hand_over, note_handed_over, refuse
from gongjian.appraisal.errors import CompetentMissing, GroundNotMet
from gongjian.appraisal.grounds import TABLE, Ground
from gongjian.appraisal.models import Refusal
from gongjian.appraisal.queries import refusal_of, same_injury
from gongjian.appraisal.states import State
from gongjian.appraisal.tests.builders import MONDAY, a_case_to_supplement, a_submitted_case
from gongjian.cases.errors import MoveNotAllowed, NotYours, ReasonMissing
from gongjian.cases.models import Case, CaseLimit
from gongjian.cases.tests.builders import a_case
from gongjian.kernel import moment
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.kernel.ledger.queries import verify
from gongjian.kernel.outbox.models import Message
from gongjian.law.errors import DayOutOfBounds
from gongjian.papers.queries import visible_papers
from gongjian.papers.tests.reading import words

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=2)
FACTS = "申请书所附工伤认定决定书系临江市作出，参保地在临江市。"


def another_committee() -> Office:
    told = {"name": "临江市劳动能力鉴定委员会", "short_name": "临江鉴委", "kind": "committee", "region": "990200"}
    return Office.objects.create(code="LJJD", address="临江市滨河路1号", telephone="199 0000 0077", **told)


def refused(case: Case, ground: Ground = Ground.NOT_ENTITLED, *, by: User | None = None, **told: Any) -> Refusal:
    with moment.fixed(LATER):
        return refuse(case, Why(ground, told.pop("facts", FACTS), **told), by=by or a_clerk())


def said(refusal: Refusal) -> str:
    with open_evidence(refusal.paper.evidence) as file:
        return words(file.read())


def test_articles_5_and_7_the_wrong_committee_names_the_right_one_and_how_to_get_there():
    case = a_submitted_case()
    told = said(refused(case, Ground.NOT_COMPETENT, competent=another_committee()))
    assert "决定不予受理" in told
    assert "临江市劳动能力鉴定委员会，临江市滨河路1号，19900000077" in told
    assert "由本机关把您交来的申请材料移送该机关" in told


def test_the_paper_tells_of_remedies_only_what_is_sure_and_says_what_is_not():
    told = said(refused(a_submitted_case()))
    assert "法律、法规没有专门规定" in told
    assert "60日内" in told
    assert "六个月内" in told
    assert "可以重新申请" in told
    assert "再次鉴定" not in told


def test_the_case_ends_is_told_to_both_sides_and_waits_for_the_archive():
    case = a_submitted_case()
    refusal = refused(case)
    case.refresh_from_db()
    (owed,) = case.obligations.filter(fulfilled_at=None)
    assert (case.state, owed.kind, owed.role) == (State.REFUSED, "archive", Role.ARCHIVIST)
    assert CaseLimit.objects.get(case=case, limit="LA-REVIEW").met_on == LATER.date()
    assert visible_papers(case, by=a_worker_user()).filter(pk=refusal.paper.pk).exists()
    assert Message.objects.filter(chain=case.chain, template="appraisal.refusal_notice", user=a_worker_user()).exists()
    assert FACTS not in "".join(Message.objects.filter(chain=case.chain).values_list("body", flat=True))
    assert verify()[1] == []


def test_whoever_is_not_reached_electronically_is_served_the_paper():
    case = a_submitted_case(address={"electronic_consent": False})
    refusal = refused(case)
    assert case.deliveries.get(paper=refusal.paper).recipient == "worker"
    assert case.obligations.filter(kind="send_notice", fulfilled_at=None).exists()


@pytest.mark.parametrize(
    "ground", [each for each in Ground if each not in (Ground.NOT_COMPETENT, Ground.WITHIN_A_YEAR, Ground.IN_HAND)]
)
def test_every_ground_prints_its_article_and_what_to_do(ground: Ground):
    told = said(refused(a_submitted_case(), ground))
    assert TABLE[ground].article.replace(" ", "") in told.replace(" ", "")
    assert TABLE[ground].then[:12] in told


@pytest.mark.parametrize("stranger", [a_reviewer, a_worker_user, an_employer_user, an_outsider])
def test_nobody_but_the_window_refuses(stranger: type[User]):
    case = a_submitted_case()
    with pytest.raises(NotYours):
        refused(case, by=stranger())
    assert refusal_of(case) is None


def test_a_case_to_supplement_or_accepted_is_not_refused():
    case, _ = a_case_to_supplement()
    with pytest.raises(MoveNotAllowed):
        refused(case)
    with pytest.raises(MoveNotAllowed):
        refused(a_case(state=State.ACCEPTED))


def test_a_refusal_has_facts_and_the_wrong_committee_a_name():
    case = a_submitted_case()
    with pytest.raises(ReasonMissing):
        refused(case, facts=" ")
    with pytest.raises(CompetentMissing):
        refused(case, Ground.NOT_COMPETENT)
    assert refused(case, Ground.NOT_COMPETENT, competent_told="临江市劳动能力鉴定委员会").paper


@pytest.mark.parametrize(
    ("former_on", "wrong"),
    [
        (None, GroundNotMet),
        (date(2025, 3, 3), GroundNotMet),
        (date(2026, 3, 5), DayOutOfBounds),
        (date(1999, 1, 1), DayOutOfBounds),
        (date(2025, 3, 4), None),
    ],
)
def test_article_20_within_a_year_is_counted(former_on: date | None, wrong: type[Exception] | None):
    case = a_submitted_case()
    if wrong:
        with pytest.raises(wrong):
            refused(case, Ground.WITHIN_A_YEAR, former_on=former_on)
    else:
        assert "满一年以后" in said(refused(case, Ground.WITHIN_A_YEAR, former_on=former_on))


def test_in_hand_takes_an_earlier_case_and_ends_the_later_one():
    first = a_submitted_case()
    with pytest.raises(GroundNotMet, match="没有查到"):
        refused(first, Ground.IN_HAND)
    second = a_submitted_case(at=MONDAY + timedelta(hours=3))
    assert same_injury(second) == first
    refused(second, Ground.IN_HAND)
    second.refresh_from_db()
    assert second.state == State.REFUSED


def test_a_refused_application_stands_in_no_later_ones_way():
    refused(a_submitted_case())
    assert same_injury(a_submitted_case(at=MONDAY + timedelta(days=3))) is None


def test_the_hand_over_is_owed_once_the_applicant_agrees_and_told_when_done():
    case = a_submitted_case()
    refused(case, Ground.NOT_COMPETENT, competent=another_committee())
    with moment.fixed(LATER):
        assert [agree_to_hand_over(case, by=a_clerk()) for _ in range(2)] == [True, False]
        owed = case.obligations.get(kind="hand_over", fulfilled_at=None)
        assert (owed.role, owed.due_on) == (Role.WINDOW_CLERK, date(2026, 3, 11))
        assert [note_handed_over(case, by=a_clerk()) for _ in range(2)] == [True, False]
    assert Message.objects.filter(chain=case.chain, template="appraisal.handed_over").exists()


def test_no_hand_over_where_nobody_else_is_competent_and_by_no_stranger():
    case = a_submitted_case()
    refused(case)
    with pytest.raises(GroundNotMet):
        agree_to_hand_over(case, by=a_clerk())
    with pytest.raises(NotYours):
        note_handed_over(case, by=a_member(Role.SIGNER))


def test_a_refusal_is_never_edited_and_a_second_press_makes_none():
    case = a_submitted_case()
    refusal = refused(case)
    for change in (lambda: Refusal.objects.filter(pk=refusal.pk).update(ground="outside"), refusal.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(MoveNotAllowed):
        refused(case)
    assert an_office().papers.filter(kind="refusal_notice").count() == 1
