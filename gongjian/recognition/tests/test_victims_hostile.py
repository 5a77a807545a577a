"""The green channel under those who hurry, who are tied to a victim, and who change the list while a batch runs."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.cases.actions.recusals import declare_interest
from gongjian.kernel import moment
from gongjian.papers.models import Paper
from gongjian.recognition.actions import accident, deciding
from gongjian.recognition.actions.batch import advance, begin_batch, go_on
from gongjian.recognition.errors import (
    BatchChanged,
    NothingForBatch,
    SharedEvidenceUnknown,
    VictimListUnreadable,
    VictimSetAside,
)
from gongjian.recognition.models import Accident, Batch, BatchItem, Decision, Victim
from gongjian.recognition.queries import application_of
from gongjian.recognition.queries.accident import (
    Operation,
    how_many_wait,
    may_be_shared,
    turns_for,
    victims_page,
    waiting_for,
)
from gongjian.recognition.queries.batch import drafts_shown, progress, refusals_of
from gongjian.recognition.states import State
from gongjian.recognition.tests.accidents import (
    a_begun_accident,
    a_proposed_accident,
    a_reviewed_accident,
    a_table,
    a_victim,
    an_accident,
    an_opened_accident,
    done_for_all,
    seen_of,
)
from gongjian.recognition.tests.builders import (
    MONDAY,
    a_kept_interview,
    an_investigator,
    the_clerk,
    the_reviewer,
    the_signer,
)
from gongjian.recognition.tests.test_accidents import case_of, the_first
from gongjian.recognition.tests.test_at_once import at_once
from gongjian.recognition.tests.test_batch import states

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture(autouse=True)
def on_monday():
    with moment.fixed(MONDAY):
        yield


def keeps_away(row: Accident, who: User, place: int = 1) -> None:
    """Somebody of the staff declares an interest in the case of who stands at this place."""
    declare_interest(case_of(row, place), ground="kin", facts="系近亲属。", by=who)


def page_for(who: User, name: str, row: Accident, *more: object) -> str:
    client = Client()
    client.force_login(who)
    return client.get(reverse(f"recognition:{name}", args=[row.pk, *more])).content.decode()


# The list changes while a batch runs.


def test_who_is_set_aside_before_their_turn_is_refused_in_words_and_no_case_is_opened():
    row = an_accident(3)
    made = begin_batch(row, Operation.OPEN, {}, by=the_clerk())
    second = row.victims.get(row=2)
    accident.set_aside(second, why="不在事故现场。", by=the_clerk())
    advance(made)
    second.refresh_from_db()
    assert (second.case, states(row)) == (None, [State.ACCEPTED] * 2)
    assert [item.refusal for item in refusals_of(made, by=the_clerk())] == [str(VictimSetAside())]


def test_who_was_set_aside_is_not_opened_by_hand_either():
    row = an_accident(1)
    stale = the_first(row)
    accident.set_aside(stale, why="不在事故现场。", by=the_clerk())
    with pytest.raises(VictimSetAside):
        accident.open_victim(stale, by=the_clerk())
    assert not row.victims.exclude(case=None).exists()


def test_who_is_listed_while_a_batch_runs_waits_for_the_next():
    row = an_accident(1)
    made = begin_batch(row, Operation.OPEN, {}, by=the_clerk())
    accident.add_victim(row, a_victim(2), by=the_clerk())
    assert (go_on(), progress(made).total) == (1, 1)
    assert [one.row for one in waiting_for(row, Operation.OPEN)] == [2]


@pytest.mark.django_db(transaction=True)
def test_setting_aside_and_opening_at_once_does_one_of_them():
    row, clerk = an_accident(1), the_clerk()
    victim = the_first(row)
    answers = at_once(
        lambda: accident.set_aside(victim, why="不在事故现场。", by=clerk),
        lambda: accident.open_victim(victim, by=clerk),
    )
    victim.refresh_from_db()
    assert answers in (["done", "recognition.victim_has_case"], ["done", "recognition.victim_set_aside"])
    assert (victim.case is None) == (victim.set_aside_at is not None)


def test_a_batch_over_is_over_and_its_turns_are_not_taken_again():
    row = an_accident(2)
    made = done_for_all(row, Operation.OPEN, {}, by=the_clerk())
    assert (advance(made), go_on()) == (0, 0)
    with pytest.raises(NothingForBatch):
        begin_batch(row, Operation.OPEN, {}, by=the_clerk())
    assert (BatchItem.objects.count(), Paper.objects.filter(kind="recognition_acceptance").count()) == (2, 2)


# No decision without an investigation, and none that nobody has read.


@pytest.mark.parametrize("operation", [Operation.PROPOSE, Operation.REVIEW, Operation.DECIDE])
def test_order_8_art_9_what_was_not_investigated_is_neither_proposed_nor_decided(operation: Operation):
    row = an_opened_accident(1)
    who = {Operation.PROPOSE: an_investigator, Operation.REVIEW: the_reviewer, Operation.DECIDE: the_signer}[operation]
    with pytest.raises(NothingForBatch):
        begin_batch(row, operation, {}, by=who())
    assert states(row) == [State.ACCEPTED]


def test_order_8_art_9_nobody_investigates_alone_in_a_batch_either():
    row = an_opened_accident(2)
    made = done_for_all(row, Operation.BEGIN, {"team": []}, by=an_investigator())
    assert (states(row), progress(made).refused) == ([State.ACCEPTED] * 2, 2)


def test_order_8_art_9_who_does_not_investigate_is_no_second_investigator():
    row = an_opened_accident(1)
    for team in ([the_clerk().pk], [an_investigator().pk], [0]):
        done_for_all(row, Operation.BEGIN, {"team": team}, by=an_investigator())
    assert states(row) == [State.ACCEPTED]


@pytest.mark.parametrize("seen", ["", "0" * 64, "林"])
def test_nothing_is_signed_that_was_not_on_the_page(seen: str):
    row = a_reviewed_accident(1)
    with pytest.raises(BatchChanged):
        begin_batch(row, Operation.DECIDE, {}, by=the_signer(), seen=seen)
    assert not Decision.objects.exists()


def test_what_the_reviewer_saw_is_not_yet_what_the_signer_saw():
    row = a_proposed_accident(2)
    seen = seen_of(row, Operation.REVIEW)
    done_for_all(row, Operation.REVIEW, {}, by=the_reviewer(), seen=seen)
    deciding.send_back(case_of(row), reason="请核对。", by=the_signer())
    with pytest.raises(BatchChanged):
        begin_batch(row, Operation.DECIDE, {}, by=the_signer(), seen=seen)


# Who keeps away.


@pytest.mark.parametrize(
    ("operation", "make", "who"),
    [(Operation.REVIEW, a_proposed_accident, the_reviewer), (Operation.DECIDE, a_reviewed_accident, the_signer)],
)
def test_order_55_art_28_who_keeps_away_neither_reads_nor_passes_on_that_one_draft(operation, make, who):
    row = make(2)
    keeps_away(row, who())
    shown = drafts_shown(row, operation, by=who())
    assert [one.proposal.case for one in shown.rows] == [case_of(row, 2)]
    page = page_for(who(), "batch_begin", row, operation)
    assert case_of(row, 2).number in page
    assert case_of(row).number not in page
    assert a_victim(1)["name"] not in page
    before = states(row)
    made = done_for_all(row, operation, {}, by=who(), seen=shown.digest)
    assert (states(row)[0], states(row)[1] != before[1]) == (before[0], True)
    assert (progress(made).total, progress(made).done) == (1, 1)


def test_order_55_art_28_who_keeps_away_after_the_batch_was_begun_does_not_sign_that_one():
    row = a_reviewed_accident(2)
    made = begin_batch(row, Operation.DECIDE, {}, by=the_signer(), seen=seen_of(row, Operation.DECIDE))
    keeps_away(row, the_signer())
    advance(made)
    assert states(row) == [State.REVIEWED, State.DECIDED]
    assert not refusals_of(made, by=the_signer()).exists()
    assert [item.victim.row for item in refusals_of(made, by=the_reviewer())] == [1]
    page = page_for(the_signer(), "batch", row, made.pk)
    assert "未办成1件" in page
    assert a_victim(1)["name"] not in page


def test_order_55_art_28_who_keeps_away_from_the_only_one_has_nothing_to_do():
    row = a_proposed_accident(1)
    keeps_away(row, the_reviewer())
    assert not turns_for(row, Operation.REVIEW, by=the_reviewer()).exists()
    with pytest.raises(NothingForBatch):
        begin_batch(row, Operation.REVIEW, {}, by=the_reviewer(), seen=seen_of(row, Operation.REVIEW))
    assert not Batch.objects.filter(operation=Operation.REVIEW).exists()


def test_order_55_art_28_what_a_victim_said_is_not_offered_to_who_keeps_away():
    row = a_begun_accident(2)
    talk = a_kept_interview(case_of(row), signed=True)
    assert may_be_shared(row, by=an_investigator())["interview"] == [talk]
    keeps_away(row, an_investigator())
    assert may_be_shared(row, by=an_investigator())["interview"] == []
    with pytest.raises(SharedEvidenceUnknown):
        accident.share(row, "interview", talk.pk, by=an_investigator())
    assert [line.victim.row for line in victims_page(row, by=an_investigator())] == [2]


def test_who_has_no_case_yet_is_anybodys_turn():
    row = an_accident(2)
    assert turns_for(row, Operation.OPEN, by=the_clerk()).count() == 2


# The list, as an employer in a hurry fills it in.


def test_who_died_at_once_may_be_diagnosed_the_day_after_and_nobody_before_the_accident():
    row = an_accident(0)
    dead = {"died_on": "2026-02-27", "diagnosed_on": "2026-02-28", "relative": "赵敏", "harm": "死亡"}
    early = a_victim(2, diagnosed_on="2026-02-26")
    read = accident.list_victims(row, a_table(a_victim(1, **dead), early), by=the_clerk())
    assert [(fault.row, fault.title, fault.why) for fault in read.faults] == [(3, "诊断日期", "不能早于事故日期。")]
    told = application_of(accident.open_victim(the_first(row), by=the_clerk()))
    assert (str(told.died_on), str(told.diagnosed_on)) == ("2026-02-27", "2026-02-28")


@pytest.mark.parametrize(
    ("change", "title"),
    [
        ({"id_number": "=B3"}, "身份证号码"),
        ({"name": '=HYPERLINK("http://x")'}, "姓名"),
        ({"id_number": "99010119700312\u202e0011"}, "身份证号码"),
        ({"diagnosed_on": "27/02/2026"}, "诊断日期"),
        ({"telephone": "１９９"}, "手机号"),
    ],
)
def test_a_cell_that_acts_or_hides_or_can_be_read_in_two_ways_is_told_and_the_others_are_kept(change, title):
    row = an_accident(0)
    read = accident.list_victims(row, a_table(a_victim(1, **change), a_victim(2)), by=the_clerk())
    assert [(fault.row, fault.title) for fault in read.faults] == [(2, title)]
    assert [one.told["name"] for one in row.victims.all()] == [a_victim(2)["name"]]


def test_the_same_person_written_wide_is_the_same_person():
    row = an_accident(1)
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in a_victim(1)["id_number"])
    read = accident.list_victims(row, a_table(a_victim(1, id_number=wide)), by=the_clerk())
    assert (read.repeated, Victim.objects.count()) == (1, 1)


def test_an_empty_list_keeps_nobody_and_the_table_of_another_purpose_is_refused():
    row = an_accident(0)
    assert accident.list_victims(row, a_table(), by=the_clerk()).good == ()
    with pytest.raises(VictimListUnreadable, match="应当是"):
        accident.list_victims(row, BytesIO(reordered()), by=the_clerk())
    assert not row.victims.exists()


def reordered() -> bytes:
    """A table whose first row is a person, not the titles."""
    return a_table(a_victim(1), titles=False).getvalue()


@pytest.mark.django_db(transaction=True)
def test_one_table_sent_by_two_clerks_at_once_lists_everybody_once():
    row, clerk = an_accident(0), the_clerk()
    tables = [a_table(*(a_victim(each) for each in range(1, 6))) for _ in range(2)]
    assert at_once(*[lambda file=file: accident.list_victims(row, file, by=clerk) for file in tables]) == ["done"] * 2
    assert list(row.victims.order_by("row").values_list("row", flat=True)) == [1, 2, 3, 4, 5]


def test_regulation_55_art_28_the_page_counts_for_nobody_the_cases_from_which_they_keep_away():
    row, first = an_opened_accident(3), an_investigator()
    assert how_many_wait(row, by=first)[Operation.BEGIN] == 3
    keeps_away(row, first)
    assert how_many_wait(row, by=first)[Operation.BEGIN] == len(turns_for(row, Operation.BEGIN, by=first)) == 2
    assert how_many_wait(row, by=the_clerk())[Operation.BEGIN] == 3, "others are as free as before"
    assert "（2名）" in page_for(first, "accident", row)
    for place in (2, 3):
        keeps_away(row, first, place)
    assert how_many_wait(row, by=first)[Operation.BEGIN] == 0, "nothing is offered that would be refused"
