"""Reviewing: by the right person, in the right state, with a note where something was found, and never touching the grade."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from gongjian.accounts.models import Post, User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_member,
    a_reviewer,
    a_worker_user,
    an_expert_user,
    an_office,
    an_outsider,
    the_signer,
)
from gongjian.appraisal.states import State
from gongjian.cases.errors import DutyConflict, MoveNotAllowed, NotYours
from gongjian.cases.models import CaseDuty
from gongjian.conclusions.actions import review
from gongjian.conclusions.errors import NoOpinion, OpinionNotFollowed, ReviewNoteMissing
from gongjian.conclusions.models import Review
from gongjian.conclusions.queries import seen_by
from gongjian.conclusions.queries.opinion import READ
from gongjian.conclusions.tests.builders import OPINIONS, an_opined_case, an_opinion, another_office
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.ledger.queries import readings_of, verify

pytestmark = pytest.mark.django_db
EYE = ["030:left"]


def also(user: User, role: Role) -> User:
    """The same person with a second post."""
    Post.objects.create(user=user, office=an_office(), role=role)
    return user


def test_the_reviewer_passes_the_opinion_on_as_it_is():
    case = an_opined_case()
    row = review(case, by=a_reviewer())
    case.refresh_from_db()
    assert case.state == State.REVIEWED
    assert row.result == replace(row.result, grade=9, clauses=("5.9.2(16)",), opinion_hash="a" * 64)
    assert case.duties.get(duty=CaseDuty.Duty.REVIEWER).user == a_reviewer()


def test_the_signer_owes_the_signature_after_the_review():
    case = an_opined_case()
    review(case, by=a_reviewer())
    owed = case.obligations.get(fulfilled_at=None)
    assert (owed.kind, owed.role) == ("sign", Role.SIGNER)


@pytest.mark.parametrize("stranger", [a_clerk, the_signer, a_worker_user, an_expert_user, an_outsider])
def test_nobody_but_a_reviewer_reviews(stranger: type[User]):
    case = an_opined_case()
    with pytest.raises(NotYours):
        review(case, by=stranger())
    assert not Review.objects.exists()


def test_a_reviewer_of_another_office_is_refused():
    with pytest.raises(NotYours):
        review(an_opined_case(), by=a_member(Role.REVIEWER, office=another_office()))


@pytest.mark.parametrize("state", [each for each in State if each not in (State.OPINED, State.ARCHIVED)])
def test_only_an_opinion_is_reviewed(state: State):
    with pytest.raises(MoveNotAllowed):
        review(an_opined_case(state=state), by=a_reviewer())


def test_the_acceptor_may_not_review():
    with pytest.raises(DutyConflict, match="已承担“受理”"):
        review(an_opined_case(), by=also(a_clerk(), Role.REVIEWER))


def test_without_an_opinion_there_is_nothing_to_review():
    case = an_opined_case()
    OPINIONS.clear()
    with pytest.raises(NoOpinion):
        review(case, by=a_reviewer())


def test_article_13_what_the_checks_find_wants_a_note():
    case = an_opined_case(recognised_parts=EYE)
    with pytest.raises(ReviewNoteMissing, match="发现1处"):
        review(case, by=a_reviewer(), note="  ")
    row = review(case, by=a_reviewer(), note="已核对，系笔误部位，专家组确认。")
    assert (row.doubts, row.note) == (1, "已核对，系笔误部位，专家组确认。")


def test_an_opinion_that_changed_under_the_page_is_not_passed_on():
    case = an_opined_case()
    with pytest.raises(OpinionNotFollowed, match="页面上看到的"):
        review(case, by=a_reviewer(), seen="b" * 64)


def test_a_second_press_of_the_button_is_refused():
    case = an_opined_case()
    review(case, by=a_reviewer())
    with pytest.raises(MoveNotAllowed):
        review(case, by=a_reviewer())
    assert Review.objects.count() == 1


def test_a_review_is_never_edited():
    row = review(an_opined_case(), by=a_reviewer())
    for change in (lambda: Review.objects.filter(pk=row.pk).update(grade=5), row.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_article_34_looking_at_the_members_opinions_is_on_record():
    case = an_opined_case()
    seen = seen_by(case, by=a_reviewer())
    assert [member.expert_name for member in seen.opinion.members] == ["骆骨生", "章手一", "沈神安"]
    assert [(entry.by, entry.facts["what"]) for entry in readings_of(case.chain)] == [(a_reviewer(), READ)]


def test_the_ledger_holds_the_hash_and_no_medical_word():
    case = an_opined_case(an_opinion(mark="c"), recognised_parts=EYE)
    review(case, by=a_reviewer(), note="右手示指离断")
    facts = str([entry.facts for entry in LedgerEntry.objects.filter(chain=case.chain)])
    assert "c" * 64 in facts
    assert "示指" not in facts
    assert verify()[1] == []
