"""The examination from declaration to vote: each act allowed, refused to the wrong person, refused in the wrong state."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import (
    PASSWORD,
    a_clerk,
    a_supervisor,
    a_worker_user,
    an_administrator,
    an_expert_user,
    an_outsider,
    the_signer,
)
from gongjian.appraisal.states import State
from gongjian.cases.models import Case, Passage
from gongjian.cases.tests.builders import put_in_state
from gongjian.draws.states import Ground
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.opinions.actions.declare import declare_conflict, declare_no_conflict
from gongjian.opinions.actions.deliberate import close_deliberation, say_view
from gongjian.opinions.actions.draft import save_draft
from gongjian.opinions.actions.panel import follow_panel
from gongjian.opinions.actions.seal import seal_opinion
from gongjian.opinions.content import Content
from gongjian.opinions.errors import (
    DeclaredAlready,
    DraftChangedMeanwhile,
    ExamNotFound,
    ExpertWithoutAccount,
    GroupIncomplete,
    GroupSizeWrong,
    NotCalledYet,
    NotChair,
    NotDeclared,
    NotOpenNow,
    NotReady,
    SaidAlready,
    SealedAlready,
    SignatureWrong,
    TextMissing,
    ViewsMissing,
)
from gongjian.opinions.models import Assignment, Deliberation, Opinion, OpinionDraft, Round, View, Vote
from gongjian.opinions.queries import GroupOpinion, result_of
from gongjian.opinions.queries.access import Stage, duty_for
from gongjian.opinions.queries.drafts import content_of, draft_of
from gongjian.opinions.queries.duties import service_of
from gongjian.opinions.queries.group import Panel
from gongjian.opinions.tests.builders import CAST, a_finding, an_examining_case, an_opinion_of, the_experts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("exam_day")]


@pytest.fixture
def code(seated):
    """The exam code of a case that a group of three examines, and one reserve waits."""
    case = an_examining_case()
    seated.reserves = [an_expert_user(*CAST[5])]
    return seated.seat(case).exam_code


def write(code: str, user: User, content: Content | None = None) -> OpinionDraft:
    draft = draft_of(duty_for(code, by=user))
    return save_draft(code, content or an_opinion_of(9), version=draft.version, by=user)


def seal(code: str, user: User, content: Content | None = None, password: str = PASSWORD) -> Opinion:
    if duty_for(code, by=user).stage == Stage.DECLARE:
        declare_no_conflict(code, by=user)
    return seal_opinion(code, version=write(code, user, content).version, password=password, by=user)


def seal_all(code: str, grades: Sequence[int | None], users: Sequence[User] | None = None) -> None:
    for user, grade in zip(users or the_experts(len(grades)), grades, strict=True):
        seal(code, user, an_opinion_of(grade, reason=f"{user.name}的理由"))


def the_case(code: str) -> Case:
    return duty_for(code, by=the_experts(1)[0]).case


def test_a_declaration_opens_the_case_to_its_expert(code):
    user = the_experts(1)[0]
    assert duty_for(code, by=user).stage == Stage.DECLARE
    declare_no_conflict(code, by=user)
    assert duty_for(code, by=user).stage == Stage.EXAMINE
    assert LedgerEntry.objects.filter(act="assignment.declared", by=user).count() == 1


def test_the_first_declaration_assigns_all_seats_and_opens_the_first_round(code):
    declare_no_conflict(code, by=the_experts(1)[0])
    assert list(Assignment.objects.order_by("seat").values_list("seat", "exam_code")) == [
        (1, code),
        (2, code),
        (3, code),
    ]
    assert list(Round.objects.values_list("number", "size")) == [(1, 3)]


def test_a_second_declaration_is_refused(code):
    declare_no_conflict(code, by=the_experts(1)[0])
    with pytest.raises(DeclaredAlready):
        declare_no_conflict(code, by=the_experts(1)[0])


STRANGERS = [
    lambda: an_expert_user("expert-other", "别组专家"),
    a_clerk,
    the_signer,
    a_supervisor,
    an_administrator,
    a_worker_user,
    an_outsider,
]


@pytest.mark.parametrize("stranger", STRANGERS)
def test_nobody_but_the_group_does_anything_in_an_examination(code, stranger):
    by = stranger()
    for act in (
        lambda: declare_no_conflict(code, by=by),
        lambda: declare_conflict(code, Ground.KINSHIP, by=by),
        lambda: save_draft(code, Content(), version=1, by=by),
        lambda: seal_opinion(code, version=1, password=PASSWORD, by=by),
        lambda: say_view(code, "意见", password=PASSWORD, by=by),
        lambda: close_deliberation(code, "记录", password=PASSWORD, by=by),
        lambda: duty_for(code, by=by),
    ):
        with pytest.raises(ExamNotFound):
            act()


def test_a_code_that_does_not_exist_answers_like_one_that_is_hidden(code):
    with pytest.raises(ExamNotFound):
        duty_for("NONE", by=the_experts(1)[0])


def test_an_expert_who_no_longer_works_here_finds_nothing(code):
    user = the_experts(1)[0]
    user.is_active = False
    with pytest.raises(ExamNotFound):
        duty_for(code, by=user)


def test_l24_nothing_is_written_before_the_declaration(code):
    with pytest.raises(NotDeclared):
        save_draft(code, Content(), version=1, by=the_experts(1)[0])
    with pytest.raises(NotDeclared):
        seal_opinion(code, version=1, password=PASSWORD, by=the_experts(1)[0])


def test_l24_art_28_a_declared_conflict_calls_the_reserve_before_anything_opens(code, seated):
    luo, reserve = the_experts(1)[0], an_expert_user(*CAST[5])
    declare_conflict(code, Ground.TREATED, by=luo)
    assert seated.replaced == [(1, "treated")]
    assert duty_for(code, by=reserve).stage == Stage.DECLARE
    with pytest.raises(ExamNotFound):
        duty_for(code, by=luo)
    closed = Assignment.objects.get(user=luo)
    assert (closed.conflict, closed.closed_reason, closed.declared_at) == ("treated", "诊治科室的医务人员", None)


def test_art_28_a_conflict_found_during_the_examination_leaves_sealed_opinions_in_place(code):
    luo, zhang, shen = the_experts(3)
    seal(code, zhang)
    declare_no_conflict(code, by=luo)
    write(code, luo)
    declare_conflict(code, Ground.INVOLVED, by=luo)
    assert not OpinionDraft.objects.exists()
    seal(code, shen)
    seal(code, an_expert_user(*CAST[5]))
    vote = Vote.objects.get()
    seats = Opinion.objects.filter(pk__in=vote.tally["opinions"]).order_by("assignment__seat")
    assert [each.assignment.user.name for each in seats] == ["陆备", "章手一", "沈神安"]
    assert the_case_of(code).state == State.OPINED


def the_case_of(code: str) -> Case:
    case = Assignment.objects.filter(exam_code=code)[0].case
    case.refresh_from_db()
    return case


def test_art_28_what_the_conflicted_expert_had_sealed_counts_no_more(code):
    luo, zhang, shen = the_experts(3)
    seal(code, luo, an_opinion_of(1))
    seal(code, zhang, an_opinion_of(9))
    declare_conflict(code, Ground.KINSHIP, by=luo)
    seal(code, shen, an_opinion_of(9))
    assert not Vote.objects.exists()
    seal(code, an_expert_user(*CAST[5]), an_opinion_of(9))
    assert Vote.objects.get().tally["grades"] == [[9, 3]]
    assert Opinion.objects.count() == 4


@pytest.mark.parametrize("explanation", ["", "已核对两项"])
def test_no_grade_beside_a_self_care_impairment_is_not_sealed(code, explanation):
    user = the_experts(1)[0]
    both = replace(an_opinion_of(None), selfcare=("eating",), selfcare_none=False, explanation=explanation)
    with pytest.raises(NotReady, match="1处"):
        seal(code, user, both)
    assert not Opinion.objects.exists()
    seal(code, user, replace(both, selfcare=(), selfcare_none=True))
    assert Opinion.objects.count() == 1


def test_without_a_reserve_the_conflict_stands_and_the_group_goes_no_further(code, seated):
    luo, zhang, _ = the_experts(3)
    seated.reserves = []
    declare_conflict(code, Ground.KINSHIP, by=luo)
    assert Assignment.objects.get(user=luo).conflict == Ground.KINSHIP
    with pytest.raises(GroupIncomplete, match="1个席位空缺"):
        declare_no_conflict(code, by=zhang)


def test_five_that_have_become_three_are_not_taken_for_a_group_of_three(seated):
    five = the_experts(5)
    code = seated.seat(an_examining_case(), five).exam_code
    declare_conflict(code, Ground.KINSHIP, by=five[0])
    with pytest.raises(GroupIncomplete):
        declare_conflict(code, Ground.KINSHIP, by=five[1])
    panel = next(iter(seated.panels.values()))
    seated.panels[next(iter(seated.panels))] = replace(panel, members=panel.members[:3], empty=2)
    with pytest.raises(GroupIncomplete, match="2个席位空缺"):
        declare_no_conflict(code, by=five[3])
    assert list(Round.objects.values_list("size", flat=True)) == [5]


def test_who_left_the_group_for_another_case_keeps_the_seat_once_sealed(code, seated):
    luo, zhang, shen = the_experts(3)
    seal(code, luo)
    change_seat(seated, luo, an_expert_user(*CAST[5]))
    seal(code, zhang)
    seal(code, shen)
    assert the_result(code).members[0].expert_name == "骆骨生"


def test_the_reserve_of_a_seat_whose_opinion_is_sealed_sees_nothing_of_the_case(code, seated):
    luo, lu = the_experts(1)[0], an_expert_user(*CAST[5])
    seal(code, luo)
    change_seat(seated, luo, lu)
    with pytest.raises(ExamNotFound):
        duty_for(code, by=lu)


def test_who_left_the_group_before_sealing_is_followed_by_the_reserve(code, seated):
    luo, lu = the_experts(1)[0], an_expert_user(*CAST[5])
    declare_no_conflict(code, by=luo)
    change_seat(seated, luo, lu)
    declare_no_conflict(code, by=lu)
    assert Assignment.objects.get(user=luo).closed_reason == "已由候补专家接替"
    with pytest.raises(ExamNotFound):
        duty_for(code, by=luo)


def change_seat(seated: Any, old: User, new: User) -> None:
    """The draw gives the seat of `old` to `new`, for whatever reason."""
    key, panel = next(iter(seated.panels.items()))
    members = [
        replace(m, number="ZJ-new", name=new.name, user_id=new.pk) if m.user_id == old.pk else m for m in panel.members
    ]
    seated.panels[key] = replace(panel, members=tuple(members))


def test_a_draft_is_kept_as_typed(code):
    user = the_experts(1)[0]
    declare_no_conflict(code, by=user)
    typed = Content(findings=(a_finding(condition="左膝"),))
    assert write(code, user, typed).version == 2
    assert content_of(draft_of(duty_for(code, by=user))) == typed


def test_saving_the_same_again_changes_nothing(code):
    user = the_experts(1)[0]
    declare_no_conflict(code, by=user)
    first = write(code, user)
    assert save_draft(code, an_opinion_of(9), version=first.version, by=user).version == first.version
    assert save_draft(code, an_opinion_of(9), version=1, by=user).version == first.version


def test_l07_the_second_device_is_told_and_overwrites_nothing(code):
    user = the_experts(1)[0]
    declare_no_conflict(code, by=user)
    save_draft(code, an_opinion_of(9), version=1, by=user)
    with pytest.raises(DraftChangedMeanwhile):
        save_draft(code, an_opinion_of(10), version=1, by=user)
    assert content_of(draft_of(duty_for(code, by=user))).grade == 9


def test_a_page_whose_own_save_was_last_goes_on_even_if_the_answer_was_lost(code):
    user = the_experts(1)[0]
    declare_no_conflict(code, by=user)
    save_draft(code, an_opinion_of(9), version=1, by=user, page="tablet")
    assert save_draft(code, an_opinion_of(8), version=1, by=user, page="tablet").version == 3
    with pytest.raises(DraftChangedMeanwhile):
        save_draft(code, an_opinion_of(7), version=1, by=user, page="telephone")


def test_a_page_that_comes_back_after_another_is_told(code):
    user = the_experts(1)[0]
    declare_no_conflict(code, by=user)
    save_draft(code, an_opinion_of(9), version=1, by=user, page="tablet")
    save_draft(code, an_opinion_of(8), version=2, by=user, page="telephone")
    with pytest.raises(DraftChangedMeanwhile):
        save_draft(code, an_opinion_of(7), version=2, by=user, page="tablet")


def test_a_draft_lies_encrypted(code):
    user = the_experts(1)[0]
    declare_no_conflict(code, by=user)
    write(code, user)
    raw = OpinionDraft.objects.extra(select={"raw": "content::text"}).values_list("raw", flat=True)[0]
    assert raw.startswith("gj1.")


def test_a_seal_wipes_the_draft(code):
    seal(code, the_experts(1)[0])
    assert not OpinionDraft.objects.exists()


def test_a_sealed_opinion_closes_the_case_to_its_author(code):
    user = the_experts(1)[0]
    seal(code, user)
    assert duty_for(code, by=user).stage == Stage.SEALED
    with pytest.raises(SealedAlready):
        save_draft(code, an_opinion_of(10), version=1, by=user)
    with pytest.raises(SealedAlready):
        seal_opinion(code, version=1, password=PASSWORD, by=user)


@pytest.mark.parametrize("content", [Content(), an_opinion_of(9, reason=""), replace(an_opinion_of(9), grade=7)])
def test_art_13_an_unfinished_opinion_is_not_sealed(code, content):
    with pytest.raises(NotReady):
        seal(code, the_experts(1)[0], content)
    assert not Opinion.objects.exists()


def test_art_15_without_the_own_password_nothing_is_sealed_and_nothing_lost(code):
    user = the_experts(1)[0]
    with pytest.raises(SignatureWrong):
        seal(code, user, password="guessed")
    assert not Opinion.objects.exists()
    assert content_of(draft_of(duty_for(code, by=user))) == an_opinion_of(9)


def test_what_was_changed_since_the_signing_page_is_not_sealed(code):
    user = the_experts(1)[0]
    declare_no_conflict(code, by=user)
    seen = write(code, user).version
    write(code, user, an_opinion_of(10))
    with pytest.raises(DraftChangedMeanwhile):
        seal_opinion(code, version=seen, password=PASSWORD, by=user)


def test_an_expert_may_prepare_but_not_seal_before_the_call(seated):
    case = an_examining_case(state=State.GROUPED)
    code = seated.seat(case).exam_code
    user = the_experts(1)[0]
    declare_no_conflict(code, by=user)
    draft = write(code, user)
    with pytest.raises(NotCalledYet):
        seal_opinion(code, version=draft.version, password=PASSWORD, by=user)


@pytest.mark.parametrize("state", [State.PRESENT, State.OPINED, State.TERMINATED, State.CONCLUDED])
def test_outside_its_states_a_case_takes_no_opinion(seated, state):
    case = an_examining_case()
    code = seated.seat(case).exam_code
    user = the_experts(1)[0]
    declare_no_conflict(code, by=user)
    put_in_state(case, state)
    for act in (
        lambda: save_draft(code, an_opinion_of(9), version=1, by=user),
        lambda: seal_opinion(code, version=1, password=PASSWORD, by=user),
        lambda: declare_no_conflict(code, by=user),
        lambda: declare_conflict(code, Ground.KINSHIP, by=user),
        lambda: say_view(code, "意见", password=PASSWORD, by=user),
    ):
        with pytest.raises(NotOpenNow):
            act()


@pytest.mark.parametrize("size", [1, 2, 4])
def test_art_11_a_group_of_another_size_does_not_examine(seated, size):
    case = an_examining_case()
    code = seated.seat(case, the_experts(size)).exam_code
    with pytest.raises(GroupSizeWrong):
        declare_no_conflict(code, by=the_experts(1)[0])


def test_an_expert_without_account_is_named_to_the_office_before_anybody_begins(seated):
    case = an_examining_case()
    panel = seated.seat(case)
    nameless = replace(panel.members[2], user_id=None)
    seated.panels[case.pk] = Panel(panel.exam_code, 1, panel.room, (*panel.members[:2], nameless))
    with pytest.raises(ExpertWithoutAccount):
        declare_no_conflict(panel.exam_code, by=the_experts(1)[0])
    assert not Assignment.objects.exists()


def test_following_the_group_twice_assigns_once(code):
    case = the_case(code)
    assert [follow_panel(case), follow_panel(case)][0] == follow_panel(case)
    assert (Assignment.objects.count(), Round.objects.count()) == (3, 1)


def test_art_15_the_majority_forms_the_opinion_of_the_group(code):
    seal_all(code, [9, 10, 9])
    case, result = the_case_of(code), the_result(code)
    assert case.state == State.OPINED
    assert (result.grade, result.round, result.clauses) == (9, 1, ("5.9.2(23)",))
    assert Passage.objects.filter(case=case, act="opine", by=None).count() == 1


def test_dissent_is_kept_with_its_reasons(code):
    seal_all(code, [9, 10, 9])
    dissent = the_result(code).dissent
    assert [(each.seat, each.content.grade, each.content.reason) for each in dissent] == [(2, 10, "章手一的理由")]


def test_clauses_are_those_of_most_who_carried_the_grade_and_findings_of_each(code):
    users = the_experts(3)
    seal(code, users[0], an_opinion_of(9))
    seal(
        code,
        users[1],
        replace(an_opinion_of(9), findings=(a_finding(), a_finding(injury="右手", part="132", clause="5.10.2(12)"))),
    )
    seal(code, users[2], an_opinion_of(8))
    result = the_result(code)
    assert result.clauses == ("5.9.2(23)",)
    assert [(each.clause, each.is_carried) for each in result.alone] == [("5.10.2(12)", False)]
    assert [each.injury for each in result.findings] == ["左胫腓骨骨折", "右手"]
    assert result.condition.splitlines()[0].startswith("左小腿：左胫腓骨骨折；骨折愈合")


def test_not_reaching_a_grade_may_carry(code):
    seal_all(code, [None, None, 10])
    result = the_result(code)
    assert (result.grade, result.outcome.label, result.clauses) == (None, "未达到伤残等级，未达到生活自理障碍等级", ())


def test_until_the_vote_there_is_no_result(code):
    seal_all(code, [9, 9], the_experts(2))
    assert result_of(the_case_of(code)) is None


def test_art_15_without_majority_the_group_deliberates(code):
    seal_all(code, [8, 9, 10])
    case = the_case_of(code)
    assert case.state == State.DELIBERATING
    assert result_of(case) is None
    assert Deliberation.objects.get().closed_at is None
    assert {duty_for(code, by=user).stage for user in the_experts(3)} == {Stage.DELIBERATE}


def the_result(code: str) -> GroupOpinion:
    result = result_of(the_case_of(code))
    assert result is not None
    return result


def deliberate(code: str, users: Sequence[User] | None = None) -> Round:
    users = users or the_experts(3)
    for user in users:
        say_view(code, f"{user.name}：按4.2重者定级", password=PASSWORD, by=user)
    return close_deliberation(code, "逐项核对条款后重新出具意见。", password=PASSWORD, by=users[0])


def test_after_the_deliberation_a_second_round_of_sealed_opinions_decides(code):
    seal_all(code, [8, 9, 10])
    assert deliberate(code).number == 2
    seal_all(code, [9, 9, 10])
    result = the_result(code)
    assert (the_case_of(code).state, result.round, result.grade) == (State.OPINED, 2, 9)
    assert Opinion.objects.count() == 6


def test_art_26_a_second_round_is_no_second_case(code):
    seal_all(code, [8, 9, 10])
    deliberate(code)
    seal_all(code, [9, 9, 10])
    assert [(one.days, one.cases) for one in service_of(the_experts(1)[0])] == [(1, 1)]


def test_the_second_round_begins_from_what_the_expert_said_before(code):
    seal_all(code, [8, 9, 10])
    deliberate(code)
    drafts = [content_of(draft_of(duty_for(code, by=user))).grade for user in the_experts(3)]
    assert drafts == [8, 9, 10]


def test_a_group_that_never_agrees_deliberates_again_and_no_machine_decides(code):
    seal_all(code, [8, 9, 10])
    deliberate(code)
    seal_all(code, [8, 9, 10])
    deliberate(code)
    seal_all(code, [8, 9, 10])
    assert the_case_of(code).state == State.DELIBERATING
    assert (Round.objects.count(), Deliberation.objects.filter(closed_at=None).count()) == (3, 1)
    assert Passage.objects.filter(act="deliberate").count() == 1


def test_a_reserve_who_comes_during_the_deliberation_declares_and_speaks(code):
    seal_all(code, [8, 9, 10])
    luo, zhang, shen = the_experts(3)
    declare_conflict(code, Ground.INTEREST, by=luo)
    lu = an_expert_user(*CAST[5])
    declare_no_conflict(code, by=lu)
    deliberate(code, [lu, zhang, shen])
    seal_all(code, [9, 9, 10], [lu, zhang, shen])
    assert [each.expert_name for each in the_result(code).members] == ["陆备", "章手一", "沈神安"]


def test_a_view_is_said_once_and_signed(code):
    seal_all(code, [8, 9, 10])
    user = the_experts(1)[0]
    say_view(code, "应按重者定级", password=PASSWORD, by=user)
    with pytest.raises(SaidAlready):
        say_view(code, "改口", password=PASSWORD, by=user)
    assert View.objects.get().signature


@pytest.mark.parametrize(
    ("text", "password", "refusal"), [(" ", PASSWORD, TextMissing), ("意见", "wrong", SignatureWrong)]
)
def test_a_view_needs_words_and_signature(code, text, password, refusal):
    seal_all(code, [8, 9, 10])
    with pytest.raises(refusal):
        say_view(code, text, password=password, by=the_experts(1)[0])
    assert not View.objects.exists()


def test_only_the_chair_signs_the_record(code):
    seal_all(code, [8, 9, 10])
    for user in the_experts(3):
        say_view(code, "意见", password=PASSWORD, by=user)
    with pytest.raises(NotChair):
        close_deliberation(code, "记录", password=PASSWORD, by=the_experts(3)[1])


def test_the_record_waits_for_every_member(code):
    seal_all(code, [8, 9, 10])
    say_view(code, "意见", password=PASSWORD, by=the_experts(1)[0])
    with pytest.raises(ViewsMissing):
        close_deliberation(code, "记录", password=PASSWORD, by=the_experts(1)[0])


@pytest.mark.parametrize(
    ("text", "password", "refusal"), [("", PASSWORD, TextMissing), ("记录", "wrong", SignatureWrong)]
)
def test_the_record_needs_words_and_signature(code, text, password, refusal):
    seal_all(code, [8, 9, 10])
    for user in the_experts(3):
        say_view(code, "意见", password=PASSWORD, by=user)
    with pytest.raises(refusal):
        close_deliberation(code, text, password=password, by=the_experts(1)[0])
    assert Round.objects.count() == 1


def test_a_deliberation_is_not_held_before_a_vote(code):
    declare_no_conflict(code, by=the_experts(1)[0])
    with pytest.raises(NotOpenNow):
        say_view(code, "意见", password=PASSWORD, by=the_experts(1)[0])


def test_nothing_personal_stands_in_the_ledger(code):
    seal_all(code, [8, 9, 10])
    deliberate(code)
    told = json.dumps(list(LedgerEntry.objects.values_list("facts", flat=True)), ensure_ascii=False)
    assert not [word for word in ("骨折", "理由", "按4.2", "核对", "林知远", "骆骨生") if word in told]
