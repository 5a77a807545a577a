"""Employer and worker file on the same injury: found, compared by a clerk, and joined without losing either voice."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_member, an_applicant
from gongjian.cases.actions.move import join_case, move
from gongjian.cases.errors import NotYours, ReasonMissing
from gongjian.cases.models import Case, Obligation
from gongjian.cases.queries import open_obligations, speaks_for
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.outbox.models import Message
from gongjian.materials.access import may_see
from gongjian.parties.tests.builders import an_id_number
from gongjian.recognition.actions import deciding, entry, investigation, joining, proposing, review, withdrawal
from gongjian.recognition.actions.proposing import Fact, Rests
from gongjian.recognition.errors import (
    JoiningDecided,
    JoiningTooLate,
    JoiningUndecided,
    NotTheSameInjury,
    TwoVoices,
)
from gongjian.recognition.models import Application, Joining
from gongjian.recognition.queries import missing_papers
from gongjian.recognition.queries.joining import about_joining, alike, goes_on_as, to_compare, voices_of, voices_seen_by
from gongjian.recognition.states import State
from gongjian.recognition.tests.builders import (
    MONDAY,
    PAPERS,
    a_bureau,
    a_colleague,
    a_decided_case,
    a_draft,
    a_proposed_case,
    an_accepted_case,
    an_entered_case,
    an_investigator,
    another_bureau,
    the_clerk,
    told,
)
from gongjian.recognition.tests.test_at_once import another, at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
LATER = MONDAY + timedelta(days=1)
SAME = "工作证、时间和地点一致，系同一次伤害。"


def the_employers(**changes: Any) -> Case:
    """The employer's application about the same injury, a day later, with its own account of it."""
    values = {
        "capacity": "employer", "applicant_name": "周若岚", "cause": "未停机即更换刀具",
        "place": "公司二车间，3号车床旁", "at": LATER, "papers": PAPERS[:1],
    }  # fmt: skip
    return an_entered_case(**{**values, **changes})


def a_pair() -> tuple[Case, Case]:
    """The worker's application of MONDAY, accepted, and the employer's of the day after."""
    first = an_accepted_case()
    return first, the_employers()


def joined() -> tuple[Case, Case]:
    first, second = a_pair()
    with moment.fixed(LATER):
        joining.join(second, first, reason=SAME, by=the_clerk())
    for case in (first, second):
        case.refresh_from_db()
    return first, second


# Finding.


def test_regulation_art_17_the_second_application_about_one_injury_is_found_on_both_cases():
    first, second = a_pair()
    assert [like.case for like in alike(second)] == [first]
    assert [like.case for like in alike(first)] == [second]
    assert alike(first)[0].place_alike


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"injured_on": "2026-02-09"}, True),
        ({"injured_on": "2026-02-11"}, True),
        ({"injured_on": "2026-02-12"}, False),
        ({"id_number": an_id_number(2), "name": "何青"}, False),
        ({"name": "林知元"}, True),
        ({"place": "柳桥路与工业大道路口"}, True),
    ],
    ids=["a day before", "a day after", "two days after", "another person", "another name typed", "another place"],
)
def test_who_is_found_is_the_same_person_a_day_apart_at_most(change, found):
    first = an_accepted_case()
    second = the_employers(**change)
    assert bool(alike(second)) is found
    assert bool(alike(first)) is found


def test_another_place_is_shown_and_said_to_be_another():
    an_accepted_case()
    assert [like.place_alike for like in alike(the_employers(place="柳桥路与工业大道路口"))] == [False]


def test_finding_takes_three_queries_however_many_cases_there_are(django_assert_num_queries):
    first = an_accepted_case()
    the_employers()
    the_employers(applicant_name="工会", capacity="union")
    with django_assert_num_queries(3):
        assert len(alike(first)) == 2


def test_the_window_owes_the_comparison_until_a_clerk_has_spoken():
    first, second = a_pair()
    owed = Obligation.objects.filter(kind="decide_joining", fulfilled_at=None)
    assert [row.case for row in owed] == [second]
    with moment.fixed(LATER):
        joining.keep_apart(first, second, reason="右手与左手，两次事故。", by=the_clerk())
    assert not owed.all().exists()


def test_an_application_is_not_accepted_before_it_was_compared():
    _, second = a_pair()
    with moment.fixed(LATER), pytest.raises(JoiningUndecided) as refused:
        review.accept(second, by=the_clerk())
    assert "YXRS-2026-000001" in str(refused.value)


# Joining.


def test_regulation_art_20_the_accepted_case_goes_on_with_its_own_clock():
    first, second = joined()
    assert (first.state, second.state) == (State.ACCEPTED, State.JOINED)
    assert first.due_on == an_accepted_day()
    assert goes_on_as(second) == first
    assert [row.kind for row in open_obligations(second)] == ["archive"]
    assert not second.limits.filter(met_on=None, ended_on=None).exists()


def an_accepted_day() -> Any:
    return (MONDAY + timedelta(days=60)).date()


def test_of_two_that_wait_for_their_check_the_earlier_goes_on():
    first, second = an_entered_case(), the_employers()
    with moment.fixed(LATER):
        row = joining.join(first, second, reason=SAME, by=the_clerk())
    assert (row.case, row.other) == (first, second)


def test_both_voices_are_kept_whole():
    first, second = joined()
    (voice,) = voices_of(first)
    assert (voice.case, voice.cause, voice.applicant_name) == (second, "未停机即更换刀具", "周若岚")
    with moment.fixed(LATER):
        investigation.start(first, with_=[a_colleague()], by=an_investigator())
        ((seen, papers),) = voices_seen_by(first, an_investigator())
    assert (seen, [paper.case for paper in papers]) == (voice, [second])


def test_what_the_other_side_handed_in_counts_and_a_sentence_may_rest_on_it():
    first, second = joined()
    paper = second.materials.get()
    with moment.fixed(LATER):
        investigation.start(first, with_=[a_colleague()], by=an_investigator())
        draft = a_draft(first, facts=(Fact("林知远是该单位车工。", (Rests("material", paper.pk),)),))
        row = proposing.draft(first, draft, by=an_investigator())
    assert [each.material for each in row.sentences.get().supports.all()] == [paper]


def test_a_paper_of_the_other_voice_is_not_asked_for_again():
    first, second = an_entered_case(papers=PAPERS[:2]), the_employers(papers=PAPERS[2:])
    assert [kind.code for kind in missing_papers(first)] == ["medical_diagnosis"]
    with moment.fixed(LATER):
        joining.join(first, second, reason=SAME, by=the_clerk())
    assert missing_papers(first) == []


def test_medical_papers_of_the_other_voice_are_read_by_who_reads_the_case():
    first, second = an_entered_case(), the_employers(papers=PAPERS)
    with moment.fixed(LATER):
        joining.join(first, second, reason=SAME, by=the_clerk())
    medical = second.materials.get(kind="medical_diagnosis")
    medical.refresh_from_db()
    assert may_see(the_clerk(), medical)
    assert not may_see(a_member(Role.WINDOW_CLERK, office=another_bureau()), medical)
    assert not may_see(a_member(Role.DELIVERY_CLERK, office=a_bureau()), medical)


def test_both_sides_take_part_in_the_case_that_goes_on_and_are_told():
    first, second = a_pair()
    employer = an_applicant("19900000041", "周若岚")
    join_case(second, employer, capacity="employer", is_applicant=True)
    with moment.fixed(LATER):
        joining.join(first, second, reason=SAME, by=the_clerk())
    assert speaks_for(employer, first, "employer")
    assert Message.objects.filter(user=employer, key__contains=first.number, channel="inbox").exists()


def test_the_decision_goes_on_and_is_one():
    first, second = joined()
    with moment.fixed(LATER):
        investigation.start(first, with_=[a_colleague()], by=an_investigator())
        row = proposing.draft(first, a_draft(first), by=an_investigator())
        proposing.propose(first, seen=row.digest, by=an_investigator())
        deciding.review(first, seen=row.digest, by=a_member(Role.REVIEWER, office=a_bureau()))
        deciding.decide(first, seen=row.digest, by=a_member(Role.SIGNER, office=a_bureau()))
    assert not second.papers.filter(kind="decision_recognised").exists()
    assert first.papers.filter(kind="decision_recognised").count() == 1


def test_joining_is_on_record_in_both_chains_without_a_word_of_the_injury():
    first, second = joined()
    for case in (first, second):
        entry_of = LedgerEntry.objects.get(chain=case.chain, act="injury.joined")
        assert "系同一次伤害" not in str(entry_of.facts)


def test_a_third_application_finds_the_case_that_goes_on():
    first, second = joined()
    with moment.fixed(LATER):
        third = entry.enter(
            a_bureau(), told(capacity="union", applicant_name="工会"), by=the_clerk(), received_on=LATER.date()
        )
        joining.join(first, third, reason=SAME, by=the_clerk())
    assert [voice.case for voice in voices_of(first)] == [second, third]


def test_an_accident_that_was_told_a_day_apart_is_one_when_the_clerk_says_so():
    first, second = an_accepted_case(), the_employers(injured_on="2026-02-11")
    with moment.fixed(LATER):
        row = joining.join(second, first, reason=SAME, by=the_clerk())
    assert (row.case, row.other) == (first, second)


def test_order_8_art_24_a_joined_voice_is_closed_as_a_file_of_its_own_and_stays_readable_in_the_case():
    first, second = joined()
    with moment.fixed(LATER):
        move(second, "archive", by=a_member(Role.ARCHIVIST, office=a_bureau()))
        ((_, papers),) = voices_seen_by(first, the_investigators_boss())
    second.refresh_from_db()
    assert second.closed_at is not None
    assert [paper.case for paper in papers] == [second]


def the_investigators_boss() -> Any:
    return a_member(Role.INVESTIGATOR, office=a_bureau())


def test_what_was_decided_for_this_injury_stands_in_the_way_of_a_second_acceptance():
    first, second = a_decided_case().case, the_employers()
    assert [like.case for like in alike(second)] == [first]
    with moment.fixed(LATER), pytest.raises(JoiningUndecided):
        review.accept(second, by=the_clerk())


def test_what_was_taken_back_or_not_accepted_stands_in_nobodys_way():
    first, second = an_entered_case(), the_employers()
    with moment.fixed(LATER):
        review.reject(first, ground="no_standing", explanation="申请人是邻居。", by=the_clerk())
    assert alike(second) == []


def test_regulation_art_17_an_application_at_another_bureau_is_told_by_its_number_and_holds_nothing_up():
    first = the_employers(at=MONDAY, papers=PAPERS)
    Case.objects.filter(pk=first.pk).update(office=another_bureau())
    second = an_entered_case(at=LATER)
    with moment.fixed(LATER):
        told_of = about_joining(second, the_clerk())
        review.accept(second, by=the_clerk())
    assert ([like.case for like in told_of["elsewhere_alike"]], told_of["alike"]) == ([first], [])
    with moment.fixed(LATER), pytest.raises(NotYours):
        joining.join(first, second, reason=SAME, by=the_clerk())


def test_an_application_that_was_transferred_here_is_compared_with_what_is_here():
    mine, other = an_accepted_case(), the_employers()
    Case.objects.filter(pk=other.pk).update(office=another_bureau())
    other.refresh_from_db()
    with moment.fixed(LATER):
        new = review.transfer(
            other, to_office=a_bureau(), to_name="", reason="用人单位在云溪市参保。", by=the_next_clerk()
        ).to_case
    assert [like.case for like in to_compare(new)] == [mine]
    assert "decide_joining" in {row.kind for row in open_obligations(new)}


def the_next_clerk() -> Any:
    return a_member(Role.WINDOW_CLERK, office=another_bureau())


# Refusing.


def test_one_side_cannot_take_back_what_both_have_applied_for():
    first, _ = joined()
    worker = an_applicant("19900000001", "林知远")
    join_case(first, worker, capacity="worker", is_applicant=True)
    with moment.fixed(LATER), pytest.raises(TwoVoices):
        withdrawal.withdraw(first, by=worker)


def test_joining_wants_a_reason():
    first, second = a_pair()
    with pytest.raises(ReasonMissing):
        joining.join(first, second, reason=" ", by=the_clerk())
    assert not Joining.objects.exists()


@pytest.mark.parametrize(
    "make", [lambda: a_decided_case().case, lambda: a_proposed_case()[0]], ids=["decided", "proposed"]
)
def test_a_decided_or_proposed_case_is_not_joined_any_more(make):
    first, second = make(), the_employers()
    first.refresh_from_db()
    with moment.fixed(LATER), pytest.raises(JoiningTooLate) as refused:
        joining.join(first, second, reason=SAME, by=the_clerk())
    assert first.number in str(refused.value)
    second.refresh_from_db()
    assert second.state == State.SUBMITTED


def test_what_was_joined_is_not_joined_again():
    first, second = joined()
    with moment.fixed(LATER), pytest.raises(JoiningDecided):
        joining.keep_apart(first, second, reason="不是。", by=the_clerk())


def test_two_injuries_are_not_joined():
    first, second = an_accepted_case(), the_employers(injured_on="2026-02-14")
    with pytest.raises(NotTheSameInjury):
        joining.join(first, second, reason=SAME, by=the_clerk())


def test_a_case_is_not_compared_with_itself():
    case = an_accepted_case()
    with pytest.raises(NotTheSameInjury):
        joining.join(case, case, reason=SAME, by=the_clerk())


@pytest.mark.parametrize("act", [joining.join, joining.keep_apart])
@pytest.mark.parametrize(
    "who",
    [an_investigator, lambda: a_member(Role.WINDOW_CLERK, office=another_bureau())],
    ids=["an investigator", "the next bureau's clerk"],
)
def test_nobody_but_the_window_says_whether_it_is_one_injury(act: Callable[..., Any], who: Callable[[], Any]):
    first, second = a_pair()
    with pytest.raises(NotYours):
        act(first, second, reason=SAME, by=who())


# The database.


def test_the_database_loses_neither_the_word_nor_a_voice():
    _, second = joined()
    for lose in (Joining.objects.all().delete, Application.objects.filter(case=second).delete):
        with pytest.raises(Exception, match=r"(?i)cannot delete|append_only|stays"), transaction.atomic():
            lose()


def test_the_database_keeps_one_word_for_two_cases_whichever_comes_first():
    first, second = joined()
    with pytest.raises(IntegrityError), transaction.atomic():
        Joining.objects.create(
            case=second, other=first, verdict="apart", reason="不是", by=the_clerk(), at=moment.now()
        )


@pytest.mark.django_db(transaction=True)
def test_two_clerks_join_at_once_and_one_of_them_has():
    first, second = an_entered_case(), the_employers()
    clerks = (the_clerk(), another(Role.WINDOW_CLERK))
    answers = at_once(
        lambda: joining.join(first, second, reason=SAME, by=clerks[0]),
        lambda: joining.join(second, first, reason=SAME, by=clerks[1]),
    )
    assert answers == ["done", "recognition.joining_decided"]
    assert (Joining.objects.count(), second.passages.filter(act="join").count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_joining_and_keeping_apart_at_once_does_one_of_them():
    first, second = an_entered_case(), the_employers()
    clerks = (the_clerk(), another(Role.WINDOW_CLERK))
    answers = at_once(
        lambda: joining.join(first, second, reason=SAME, by=clerks[0]),
        lambda: joining.keep_apart(first, second, reason="两次", by=clerks[1]),
    )
    second.refresh_from_db()
    assert answers == ["done", "recognition.joining_decided"]
    assert (second.state == State.JOINED) == (Joining.objects.get().verdict == "joined")


# Pages.


def test_the_clerk_compares_and_joins_on_the_page():
    first, second = a_pair()
    client = Client()
    client.force_login(the_clerk())
    with moment.fixed(LATER):
        shown = client.get(reverse("recognition:check", args=[second.number])).content.decode()
        compare = client.get(reverse("recognition:compare", args=[second.number, first.number])).content.decode()
        client.post(reverse("recognition:join", args=[second.number, first.number]), {"reason": SAME})
        part = client.get(reverse("recognition:case_part", args=[first.number])).content.decode()
    assert "可能是同一次伤害" in shown
    assert "未停机即更换刀具" in compare
    assert "更换刀具时工件松脱" in compare
    assert "另一方的申请已并入本案" in part


def test_a_stranger_finds_no_page_of_comparison():
    first, second = a_pair()
    client = Client()
    client.force_login(a_member(Role.WINDOW_CLERK, office=another_bureau()))
    address = reverse("recognition:compare", args=[second.number, first.number])
    assert client.get(address).status_code == 404
    assert client.post(f"{address}/join", {"reason": SAME}).status_code == 404
    assert not Joining.objects.exists()
