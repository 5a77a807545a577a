"""Many victims at once: each turn by itself, resumed where it was broken off, none twice, each decision its own number and signature."""

import pytest

from gongjian.accounts.models import Post
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_member
from gongjian.cases.errors import NotYours
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.ledger.queries import verify
from gongjian.kernel.sweeps import SWEEPS
from gongjian.kernel.turns import BROKEN
from gongjian.papers.models import Paper
from gongjian.recognition.actions import accident, deciding, investigation, proposing
from gongjian.recognition.actions.batch import advance, begin_batch, draft_for, go_on
from gongjian.recognition.errors import AccidentNotFound, BatchChanged, BatchUnderWay, NothingForBatch, StillPending
from gongjian.recognition.models import Batch, BatchItem, Decision
from gongjian.recognition.queries.accident import Operation, waiting_for
from gongjian.recognition.queries.batch import batch_of, drafts_shown, progress, progress_of, refusals_of
from gongjian.recognition.queries.proposal import lines_for, lines_of, proposal_of
from gongjian.recognition.states import State
from gongjian.recognition.tests.accidents import (
    a_begun_accident,
    a_decided_accident,
    a_proposed_accident,
    a_reviewed_accident,
    an_accident,
    an_opened_accident,
    done_for_all,
    in_common,
    seen_of,
)
from gongjian.recognition.tests.builders import (
    MONDAY,
    a_bureau,
    a_colleague,
    an_investigator,
    another_bureau,
    the_clerk,
    the_reviewer,
    the_signer,
)
from gongjian.recognition.tests.test_accidents import case_of, the_first
from gongjian.recognition.tests.test_at_once import PowerCut, at_once
from gongjian.recognition.tests.test_papers import says, the_paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture(autouse=True)
def on_monday():
    with moment.fixed(MONDAY):
        yield


def states(row) -> list[str]:
    """The states of the victims' cases in the order of the list."""
    return list(Case.objects.filter(victim__accident=row).order_by("victim__row").values_list("state", flat=True))


# The whole way.


def test_order_8_art_18_each_victim_has_a_decision_of_its_own_with_its_own_number():
    row = a_decided_accident(3)
    decisions = list(Decision.objects.filter(case__victim__accident=row).select_related("paper").order_by("pk"))
    numbers = [each.paper.number for each in decisions]
    assert states(row) == [State.DECIDED] * 3
    assert len(set(numbers)) == 3
    assert {each.signed_by for each in decisions} == {the_signer()}
    assert verify()[1] == []


def test_order_8_art_19_a_decision_says_that_the_office_began_and_what_this_person_suffered():
    row = a_decided_accident(2)
    text = the_paper(case_of(row, 2), "decision_recognised")
    says(text, "依职权启动工伤认定", "一号厂房屋面坍塌", case_of(row, 2).person.name, "右下肢")
    assert case_of(row).person.name not in text


def test_different_people_accept_investigate_review_and_sign_each_case_of_a_batch():
    row = a_decided_accident(1)
    duties = {duty.duty: duty.user for duty in case_of(row).duties.exclude(duty="investigator").select_related("user")}
    assert duties == {"acceptor": the_clerk(), "reviewer": the_reviewer(), "signer": the_signer()}


def test_the_draft_is_the_common_part_and_the_persons_own():
    row = a_begun_accident(1)
    told = draft_for(the_first(row), in_common(row))
    assert [fact.text for fact in told.facts] == [
        "2026年2月27日10时20分，一号厂房屋面坍塌。",
        "钱工1系车工，在该事故中受伤害：右下肢骨折。",
    ]
    assert (told.parts, told.treatment) == ("右下肢", "在云溪市第一人民医院救治，诊断为右胫骨骨折。")


# Who, and when.


@pytest.mark.parametrize(
    ("operation", "make", "by"),
    [
        ("open", an_accident, an_investigator),
        ("begin", an_opened_accident, the_clerk),
        ("propose", a_begun_accident, the_reviewer),
        ("review", a_proposed_accident, the_signer),
        ("decide", a_reviewed_accident, the_reviewer),
    ],
)
def test_nobody_begins_what_is_not_their_part(operation, make, by):
    row = make(1)
    for who in (by(), a_member(Role.SIGNER, office=another_bureau())):
        with pytest.raises(NotYours):
            begin_batch(row, operation, {}, by=who)
    assert not Batch.objects.filter(finished_at=None).exists()


def test_what_is_under_way_is_not_begun_again_and_what_nobody_waits_for_not_at_all():
    row = an_accident(2)
    begin_batch(row, Operation.OPEN, {}, by=the_clerk())
    with pytest.raises(BatchUnderWay):
        begin_batch(row, Operation.OPEN, {}, by=the_clerk())
    with pytest.raises(NothingForBatch):
        begin_batch(row, Operation.BEGIN, {"team": []}, by=an_investigator())


def test_who_has_left_the_post_meanwhile_signs_nothing_more():
    row = a_reviewed_accident(2)
    made = begin_batch(row, Operation.DECIDE, {}, by=the_signer(), seen=seen_of(row, Operation.DECIDE))
    advance(made, most=1)
    Post.objects.filter(user=the_signer()).update(ended_on=MONDAY.date().replace(day=1))
    go_on()
    assert states(row) == [State.DECIDED, State.REVIEWED]
    assert progress(made).refused == 1


# What was seen is what is done.


def test_a_draft_that_was_changed_after_the_page_was_opened_is_not_passed_on():
    row = a_proposed_accident(2)
    seen = seen_of(row, Operation.REVIEW)
    deciding.give_back(case_of(row), reason="补充事实。", by=the_reviewer())
    with pytest.raises(BatchChanged):
        begin_batch(row, Operation.REVIEW, {}, by=the_reviewer(), seen=seen)
    assert states(row) == [State.INVESTIGATING, State.PROPOSED]


def test_a_draft_that_is_changed_while_the_batch_runs_is_refused_alone():
    row = a_proposed_accident(2)
    made = begin_batch(row, Operation.REVIEW, {}, by=the_reviewer(), seen=seen_of(row, Operation.REVIEW))
    case = case_of(row)
    deciding.give_back(case, reason="补充事实。", by=the_reviewer())
    changed = draft_for(the_first(row), in_common(row, heads=["14-2"]))
    new = proposing.draft(case_of(row), changed, by=an_investigator())
    proposing.propose(case_of(row), seen=new.digest, by=an_investigator())
    advance(made)
    assert states(row) == [State.PROPOSED, State.REVIEWED]
    assert [item.victim.row for item in refusals_of(made, by=an_investigator())] == [1]


def test_the_page_shows_what_all_have_in_common_once_and_each_ones_own():
    row = a_proposed_accident(3)
    shown = drafts_shown(row, Operation.REVIEW, by=the_reviewer())
    assert [line.text for line in shown.common] == ["2026年2月27日10时20分，一号厂房屋面坍塌。"]
    assert [line.text for line in shown.rows[2].lines] == ["李工3系车工，在该事故中受伤害：右下肢骨折。"]
    assert all(line.supports for one in shown.rows for line in one.lines)
    assert drafts_shown(row, Operation.DECIDE, by=the_signer()).rows == []


@pytest.mark.parametrize("count", [1, 4])
def test_showing_many_drafts_asks_as_much_as_showing_one(count, django_assert_num_queries):
    row = a_proposed_accident(count)
    reviewer = the_reviewer()
    with django_assert_num_queries(4):
        assert len(drafts_shown(row, Operation.REVIEW, by=reviewer).rows) == count


def test_the_lines_of_many_drafts_are_those_of_each():
    row = a_proposed_accident(2)
    drafts = [proposal_of(case_of(row, place)) for place in (1, 2)]
    together = lines_for(drafts)
    assert {pk: [line.text for line in lines] for pk, lines in together.items()} == {
        each.pk: [line.text for line in lines_of(each)] for each in drafts
    }


# One by one.


def test_one_that_cannot_be_done_is_told_and_holds_nobody_up_and_is_done_later():
    row = a_begun_accident(3)
    without = done_for_all(row, Operation.PROPOSE, in_common(row, own_rests=[]), by=an_investigator())
    assert progress(without).refused == 3
    assert {item.refusal for item in refusals_of(without, by=an_investigator())} == {str(StillPending(count=1))}
    assert states(row) == [State.INVESTIGATING] * 3
    done_for_all(row, Operation.PROPOSE, in_common(row), by=an_investigator())
    assert states(row) == [State.PROPOSED] * 3


def test_what_breaks_for_one_is_logged_and_holds_nobody_up(monkeypatch, caplog):
    row = an_opened_accident(3)
    real, broken = investigation.start, case_of(row, 2).pk

    def start(case, **told):
        if case.pk == broken:
            raise ZeroDivisionError
        return real(case, **told)

    monkeypatch.setattr(investigation, "start", start)
    made = done_for_all(row, Operation.BEGIN, {"team": [a_colleague().pk]}, by=an_investigator())
    assert states(row) == [State.INVESTIGATING, State.ACCEPTED, State.INVESTIGATING]
    assert [(item.victim.row, item.refusal) for item in refusals_of(made, by=an_investigator())] == [(2, BROKEN)]
    assert "turn.broken" in caplog.text


def test_a_batch_that_dies_in_a_turn_goes_on_with_that_turn_and_does_none_twice(monkeypatch):
    row = an_accident(3)
    made = begin_batch(row, Operation.OPEN, {}, by=the_clerk())
    advance(made, most=1)
    with monkeypatch.context() as patch:
        patch.setattr(accident, "put_first", dying)
        with pytest.raises(PowerCut):
            advance(made)
    assert len(states(row)) == 1
    assert (go_on(), go_on()) == (2, 0)
    assert states(row) == [State.ACCEPTED] * 3
    assert [case_of(row, place).number[-1] for place in (1, 2, 3)] == ["1", "2", "3"]


def dying(case: Case) -> None:
    """The process dies here: nothing that a program catches."""
    raise PowerCut


def test_the_sweep_goes_on_with_what_nobody_watches_and_twice_does_no_harm():
    row = an_accident(2)
    made = begin_batch(row, Operation.OPEN, {}, by=the_clerk())
    assert (SWEEPS["recognition.go_on_with_batches"](), SWEEPS["recognition.go_on_with_batches"]()) == (2, 0)
    made.refresh_from_db()
    assert made.finished_at == MONDAY
    acts = LedgerEntry.objects.filter(chain=row.chain, act__startswith="batch.").order_by("pk")
    assert list(acts.values_list("act", flat=True)) == ["batch.begun", "batch.finished"]


def test_how_a_batch_goes_is_one_query_and_belongs_to_its_accident(django_assert_num_queries):
    row, other = an_accident(2), an_accident(0, title="另一次事故")
    made = begin_batch(row, Operation.OPEN, {}, by=the_clerk())
    advance(made, most=1)
    with django_assert_num_queries(1):
        (found,) = progress_of(row)
    assert (found.total, found.done, found.tried, found.is_over) == (2, 1, 1, False)
    assert batch_of(row, made.pk) == made
    with pytest.raises(AccidentNotFound):
        batch_of(other, made.pk)


def test_the_database_takes_no_turn_back():
    made = done_for_all(an_accident(1), Operation.OPEN, {}, by=the_clerk())
    with pytest.raises(Exception, match=r"(?i)cannot update|done_once"):
        BatchItem.objects.filter(batch=made).update(done_at=None)


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_turns_of_a_batch_and_none_is_taken_twice():
    row = an_accident(6)
    made = begin_batch(row, Operation.OPEN, {}, by=the_clerk())
    assert at_once(lambda: advance(made), lambda: advance(made), go_on) == ["done"] * 3
    assert Case.objects.filter(victim__accident=row).count() == 6
    assert Paper.objects.filter(kind="recognition_acceptance").count() == 6
    assert (progress(made).done, waiting_for(row, Operation.OPEN).count()) == (6, 0)


@pytest.mark.django_db(transaction=True)
def test_two_clerks_begin_the_same_batch_at_once_and_one_of_them_has():
    row, clerks = an_accident(2), (the_clerk(), a_member(Role.WINDOW_CLERK, "同岗", office=a_bureau()))
    answers = at_once(*[lambda by=by: begin_batch(row, Operation.OPEN, {}, by=by) for by in clerks])
    assert answers == ["done", "recognition.batch_under_way"]
