"""What a lawyer, a clerk in a hurry and a power cut do with two applications about one injury: no voice, no right and no day may get lost."""

import itertools
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_member, an_applicant
from gongjian.cases.actions.move import join_case
from gongjian.cases.actions.recusals import declare_interest
from gongjian.cases.errors import KeepsAway
from gongjian.cases.models import Case
from gongjian.cases.queries import open_obligations, speaks_for
from gongjian.cases.states import Ground
from gongjian.delivery.models import Delivery
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.ledger.queries import verify
from gongjian.materials.access import may_see
from gongjian.parties.tests.builders import an_id_number
from gongjian.recognition import notices
from gongjian.recognition.actions import entry, investigation, joining, proposing, review, suspension, withdrawal
from gongjian.recognition.actions.proposing import Fact, Rests
from gongjian.recognition.errors import OtherVoiceInTime, TimeBarNotWeighed
from gongjian.recognition.likeness import ALIKE, Turn, goes_on_first, is_near, is_place_alike
from gongjian.recognition.models import Joining, Transfer
from gongjian.recognition.queries.joining import alike, goes_on_as, to_compare, voices_of, voices_seen_by
from gongjian.recognition.states import DECIDING, State
from gongjian.recognition.tests.builders import (
    MONDAY,
    PAPERS,
    a_bureau,
    a_colleague,
    a_draft,
    an_entered_case,
    an_investigated_case,
    an_investigator,
    another_bureau,
    staff,
    the_clerk,
    the_signer,
    told,
)
from gongjian.recognition.tests.test_at_once import another, at_once
from gongjian.recognition.tests.test_joining import LATER, SAME, the_employers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
PLACES = st.text(alphabet="二三车间号床旁边仓库路口 ，3ＡaＢb·、", max_size=12)
TURNS = st.builds(
    Turn,
    st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)),
)


def put_together(one: Case, two: Case, *, at: datetime = LATER) -> Case:
    """Joined by the window; the case that goes on."""
    with moment.fixed(at):
        case = joining.join(one, two, reason=SAME, by=the_clerk()).case
    for each in (one, two, case):
        each.refresh_from_db()
    return case


def a_joined_pair() -> tuple[Case, Case]:
    """The worker's, which goes on, and the employer's; both came to be checked."""
    one, two = an_entered_case(), the_employers()
    assert put_together(one, two) == one
    return one, two


def at_the_window(user: User | None = None) -> Client:
    client = Client()
    client.force_login(user or the_clerk())
    return client


def the_next_clerk() -> User:
    return a_member(Role.WINDOW_CLERK, office=another_bureau())


# Rules.


@given(PLACES, PLACES)
def test_places_are_alike_whichever_is_read_first_and_each_is_like_itself(one, two):
    assert is_place_alike(one, two) is is_place_alike(two, one)
    assert is_place_alike(one, one)


@given(PLACES, PLACES)
def test_signs_width_and_case_of_letters_make_no_other_place(one, two):
    written = f"  {one}……".upper().replace("3", "３")
    assert is_place_alike(written, two) is is_place_alike(one, two)
    assert 0 < ALIKE < 1


@given(st.dates(date(2011, 1, 1), date(2099, 1, 1)), st.integers(-40, 40))
def test_regulation_art_17_near_is_a_day_at_most_in_both_directions_over_months_and_years(day, apart):
    other = day + timedelta(days=apart)
    assert is_near(day, other) is is_near(other, day) is (abs(apart) <= 1)


@given(st.lists(TURNS, min_size=2, max_size=5))
@settings(max_examples=60)
def test_order_8_art_18_of_any_number_one_goes_on_and_none_was_accepted_or_came_before_it(turns):
    """Joined two by two in whatever order, the same application is left."""

    def left(rest: list[Turn]) -> Turn:
        first, *others = rest
        for other in others:
            first = first if goes_on_first(first, other) else other
        return first

    goes_on = left(turns)
    assert all(left(list(order)) == goes_on for order in itertools.islice(itertools.permutations(turns), 24))
    accepted = [turn.accepted_on for turn in turns if turn.accepted_on]
    assert goes_on.accepted_on == min(accepted, default=None)
    if not accepted:
        assert goes_on.received_at == min(turn.received_at for turn in turns)


# Which goes on, and what is near.


def test_two_forms_of_one_day_are_joined_the_same_way_from_whichever_page_the_clerk_asks():
    with moment.fixed(LATER):
        forms = (told(), told(capacity="employer", applicant_name="周若岚"))
        one, two = [entry.enter(a_bureau(), form, by=the_clerk(), received_on=MONDAY.date()) for form in forms]
    assert one.received_at == two.received_at
    assert put_together(two, one) == one


@pytest.mark.parametrize(
    "days", [("2026-02-09", "2026-02-10", "2026-02-11"), ("2026-02-11", "2026-02-10", "2026-02-09")]
)
def test_regulation_art_17_an_application_is_found_by_the_day_that_any_voice_in_the_file_tells(days):
    first, second, third = days
    case = put_together(an_entered_case(injured_on=first), the_employers(injured_on=second))
    of_union = the_employers(injured_on=third, capacity="union", applicant_name="工会", at=LATER + timedelta(hours=1))
    assert ([like.case for like in alike(of_union)], [like.case for like in alike(case)]) == ([case], [of_union])
    assert put_together(of_union, case) == case
    assert len(voices_of(case)) == 2


def test_who_was_kept_apart_from_one_voice_is_still_compared_with_the_case_it_was_joined_to():
    one, two = an_entered_case(), the_employers()
    third = the_employers(capacity="union", applicant_name="工会")
    with moment.fixed(LATER):
        joining.keep_apart(two, third, reason="两次事故。", by=the_clerk())
    put_together(one, two)
    assert [like.case for like in to_compare(third)] == [one]


def ended_by_rejection(case: Case) -> None:
    review.reject(case, ground="no_standing", explanation="申请人是邻居。", by=the_clerk())


def ended_by_transfer(case: Case) -> None:
    review.transfer(
        case, to_office=None, to_name="北海市人力资源和社会保障局", reason="参保地在北海市。", by=the_clerk()
    )


def ended_by_withdrawal(case: Case) -> None:
    worker = an_applicant("19900000001", "林知远")
    join_case(case, worker, capacity="worker", is_applicant=True)
    withdrawal.withdraw(case, by=worker)


@pytest.mark.parametrize("end", [ended_by_rejection, ended_by_transfer, ended_by_withdrawal])
def test_nobody_is_asked_to_compare_with_what_has_ended(end: Callable[[Case], None]):
    one, two = an_entered_case(), the_employers()
    assert "decide_joining" in {row.kind for row in open_obligations(two)}
    with moment.fixed(LATER):
        end(one)
    assert {row.kind for row in open_obligations(two)} == {"check_papers"}


def test_who_is_like_another_one_too_is_still_asked():
    one, two = an_entered_case(), the_employers()
    third = the_employers(capacity="union", applicant_name="工会")
    with moment.fixed(LATER):
        ended_by_rejection(one)
    assert "decide_joining" in {row.kind for row in open_obligations(third)}
    assert [like.case for like in to_compare(third)] == [two]


# The rights of the other voice.


def test_order_8_art_8_a_file_with_two_applicants_that_is_not_accepted_is_answered_to_both():
    case, _ = a_joined_pair()
    with moment.fixed(LATER):
        row = review.reject(case, ground="other_procedure", explanation="按公务员管理。", by=the_clerk())
    assert row.sides == ("worker", "employer")
    assert set(Delivery.objects.filter(paper=row.paper).values_list("recipient", flat=True)) == {"worker", "employer"}


def test_a_single_application_that_is_not_accepted_is_answered_to_its_side_alone():
    with moment.fixed(LATER):
        row = review.reject(the_employers(), ground="other_procedure", explanation="按公务员管理。", by=the_clerk())
    assert row.sides == ("employer",)


LATE_OF_EMPLOYER = {"injured_on": "2026-01-20", "late_reason": "经办人离职。"}
"""Forty days after the injury: too late for the employer, in time for the worker."""


def test_regulation_art_17_who_was_late_takes_nothing_from_who_was_in_time():
    late = the_employers(at=MONDAY, papers=PAPERS, **LATE_OF_EMPLOYER)
    with moment.fixed(LATER), pytest.raises(TimeBarNotWeighed):
        review.accept(late, by=the_clerk())
    case = put_together(late, an_entered_case(at=LATER, injured_on="2026-01-20"))
    assert case == late
    with moment.fixed(LATER):
        with pytest.raises(OtherVoiceInTime):
            review.reject(case, ground="late", explanation="已过三十日。", by=the_clerk())
        review.accept(case, by=the_clerk())
    case.refresh_from_db()
    assert (case.state, case.recognition_application.accepted_though_late) == (State.ACCEPTED, "")


def test_where_every_voice_was_late_the_file_may_be_refused_for_it():
    late = the_employers(at=MONDAY, papers=PAPERS, **LATE_OF_EMPLOYER)
    again = the_employers(applicant_name="周若岚", cause="另一份说明", **LATE_OF_EMPLOYER)
    case = put_together(late, again)
    with moment.fixed(LATER):
        row = review.reject(case, ground="late", explanation="已过三十日，没有不计入的情形。", by=the_clerk())
    assert row.sides == ("employer",)


def sent_on(case: Case) -> Case:
    with moment.fixed(LATER):
        row = review.transfer(case, to_office=another_bureau(), to_name="", reason="参保地在东岭市。", by=the_clerk())
    assert row.to_case
    return row.to_case


def test_order_8_art_4_a_joined_file_that_is_transferred_arrives_with_both_voices():
    case, second = a_joined_pair()
    employer = an_applicant("19900000041", "周若岚")
    join_case(second, employer, capacity="employer", is_applicant=True)
    new = sent_on(case)
    (voice,) = voices_of(new)
    assert (voice.cause, voice.applicant_name, voice.case.office) == ("未停机即更换刀具", "周若岚", another_bureau())
    assert (voice.case.state, goes_on_as(voice.case)) == (State.JOINED, new)
    assert speaks_for(employer, voice.case, "employer")
    assert [row.kind for row in open_obligations(new)] == ["check_papers"]
    assert to_compare(new) == []
    paper = voice.case.materials.get()
    assert may_see(the_next_clerk(), paper)
    assert not may_see(the_clerk(), paper)
    assert second.materials.get().pages.count() == paper.pages.count() == 1


def test_a_voice_of_a_voice_is_transferred_too_and_the_reasons_stay():
    one, two = an_entered_case(at=LATER + timedelta(hours=3)), the_employers()
    put_together(one, two, at=LATER + timedelta(hours=4))
    earliest = an_entered_case(at=MONDAY, capacity="union", applicant_name="工会")
    case = put_together(two, earliest, at=LATER + timedelta(hours=5))
    assert case == earliest
    new = sent_on(case)
    assert [voice.applicant_kind for voice in voices_of(new)] == ["employer", "worker"]
    assert set(Joining.objects.filter(case__office=another_bureau()).values_list("verdict", flat=True)) == {"joined"}
    assert all(row.reason == SAME for row in Joining.objects.all())


# Dying in the middle, two at once.


class PowerCut(Exception):
    """The process dies here."""


def die(*args: Any, **kwargs: Any) -> Any:
    raise PowerCut


def test_a_joining_that_dies_before_both_are_told_has_not_been(monkeypatch):
    one, two = an_entered_case(), the_employers()
    before = LedgerEntry.objects.count()
    monkeypatch.setattr(notices, "tell", die)
    with moment.fixed(LATER), pytest.raises(PowerCut):
        joining.join(one, two, reason=SAME, by=the_clerk())
    two.refresh_from_db()
    assert (two.state, Joining.objects.count(), LedgerEntry.objects.count()) == (State.SUBMITTED, 0, before)
    assert [like.case for like in to_compare(two)] == [one]
    monkeypatch.undo()
    assert put_together(one, two) == one


def test_a_transfer_that_dies_between_two_voices_has_carried_neither(monkeypatch):
    case, _ = a_joined_pair()
    monkeypatch.setattr("gongjian.recognition.actions.carrying.put_together", die)
    with pytest.raises(PowerCut):
        sent_on(case)
    case.refresh_from_db()
    assert (case.state, Transfer.objects.count()) == (State.SUBMITTED, 0)
    assert not Case.objects.filter(office=another_bureau()).exists()


def open_or_in_one_file(cases: list[Case]) -> bool:
    """Whether each application is either joined, once, or goes on by itself, and nothing hangs between."""
    for case in cases:
        case.refresh_from_db()
    gone = [case for case in cases if case.state == State.JOINED]
    return all(goes_on_as(case) for case in gone) and all(case.state in DECIDING for case in cases if case not in gone)


@pytest.mark.django_db(transaction=True)
def test_two_clerks_join_three_applications_crosswise_and_every_voice_is_in_one_file():
    cases = [
        an_entered_case(),
        the_employers(),
        the_employers(capacity="union", applicant_name="工会", at=LATER + timedelta(hours=1)),
    ]
    one, two, three = cases
    clerks = (the_clerk(), another(Role.WINDOW_CLERK))
    answers = at_once(
        lambda: joining.join(one, two, reason=SAME, by=clerks[0]),
        lambda: joining.join(two, three, reason=SAME, by=clerks[1]),
        at=LATER + timedelta(hours=2),
    )
    assert "done" in answers and set(answers) <= {"done", "recognition.joining_too_late"}
    assert open_or_in_one_file(cases)
    assert verify()[1] == []


@pytest.mark.django_db(transaction=True)
def test_joining_and_taking_back_at_once_leaves_nobody_without_a_case():
    one, two = an_entered_case(), the_employers()
    employer = an_applicant("19900000041", "周若岚")
    join_case(two, employer, capacity="employer", is_applicant=True)
    clerk = the_clerk()
    at_once(
        lambda: joining.join(one, two, reason=SAME, by=clerk),
        lambda: withdrawal.withdraw(two, by=employer),
        at=LATER,
    )
    one.refresh_from_db()
    two.refresh_from_db()
    assert one.state == State.SUBMITTED
    assert two.state in (State.JOINED, State.WITHDRAWN)
    assert (two.state == State.JOINED) == Joining.objects.exists() == speaks_for(employer, one, "employer")


# Strangers, and who keeps away.


def test_order_8_art_16_a_clerk_who_keeps_away_from_one_of_the_two_does_not_speak_of_them():
    one, two, clerk = an_entered_case(), the_employers(), the_clerk()
    another(Role.WINDOW_CLERK)
    with moment.fixed(LATER):
        declare_interest(two, ground=Ground.KIN, facts="用人单位负责人是我的表兄。", by=clerk)
        for act in (joining.join, joining.keep_apart):
            for pair in ((one, two), (two, one)):
                with pytest.raises(KeepsAway):
                    act(*pair, reason=SAME, by=clerk)
        page = at_the_window(clerk).get(reverse("recognition:compare", args=[one.number, two.number]))
    assert page.status_code == 404 and not Joining.objects.exists()


def test_a_party_of_one_application_reads_nothing_of_the_other_before_they_are_joined():
    one, two = an_entered_case(), the_employers(papers=PAPERS)
    worker = an_applicant("19900000001", "林知远")
    join_case(one, worker, capacity="worker", is_applicant=True)
    assert not any(may_see(worker, paper) for paper in two.materials.all())
    assert voices_seen_by(one, worker) == []
    client = at_the_window(worker)
    assert client.get(reverse("recognition:compare", args=[one.number, two.number])).status_code in (403, 404)
    put_together(one, two)
    assert voices_seen_by(one, worker) == []


def test_nobody_lays_two_files_side_by_side_that_have_nothing_in_common():
    one = an_entered_case()
    other = an_entered_case(id_number=an_id_number(2), name="何青", diagnosis="左足趾离断伤")
    with moment.fixed(LATER):
        page = at_the_window().get(reverse("recognition:compare", args=[one.number, other.number]))
    assert page.status_code >= 400
    assert "左足趾离断伤" not in page.content.decode()


@pytest.mark.parametrize(
    ("who", "reads"),
    [(an_investigator, True), (the_clerk, False), (the_signer, False), (lambda: staff(Role.ARCHIVIST), False)],
    ids=["investigator", "window", "signer", "archive"],
)
def test_protection_law_art_28_the_case_page_tells_of_health_to_whose_step_it_is(who: Callable[[], User], reads: bool):
    case = an_investigated_case()
    case.refresh_from_db()
    with moment.fixed(MONDAY):
        shown = at_the_window(who()).get(reverse("recognition:case_part", args=[case.number])).content.decode()
    assert "更换刀具时工件松脱" in shown
    assert ("右手示指离断伤" in shown) is reads


def test_of_the_other_voice_too_only_whose_step_it_is_reads_about_health():
    case, second = a_joined_pair()
    with moment.fixed(LATER):
        review.accept(case, by=the_clerk())
        investigation.start(case, with_=[a_colleague()], by=an_investigator())
        address = reverse("recognition:investigation", args=[case.number])
        pages = [at_the_window(who).get(address).content.decode() for who in (an_investigator(), the_clerk())]
    assert all("未停机即更换刀具" in page and second.number in page for page in pages)
    assert [page.count("右手示指离断伤") > 0 for page in pages] == [True, False]


# Hurry.


@pytest.mark.parametrize("reason", ["", " \t\n", "　　"])
def test_a_clerk_in_a_hurry_gives_no_reason_and_nothing_happens(reason):
    one, two = an_entered_case(), the_employers()
    with moment.fixed(LATER):
        answer = at_the_window().post(reverse("recognition:join", args=[two.number, one.number]), {"reason": reason})
    assert answer.status_code >= 400 and not Joining.objects.exists()


def test_the_button_pressed_twice_joins_once_and_says_who_has_spoken():
    one, two = an_entered_case(), the_employers()
    client, address = at_the_window(), reverse("recognition:join", args=[two.number, one.number])
    with moment.fixed(LATER):
        answers = [client.post(address, {"reason": f"{SAME}𠮷👷\u200d♂️"}) for _ in range(2)]
        apart = client.post(reverse("recognition:keep_apart", args=[one.number, two.number]), {"reason": "两次。"})
    assert [answer.status_code >= 400 for answer in (*answers, apart)] == [False, True, True]
    assert "同一次伤害，合并办理" in answers[1].content.decode()
    assert Joining.objects.get().reason == f"{SAME}𠮷👷\u200d♂️"


def test_a_suspended_case_takes_the_other_voice_in_and_stays_suspended():
    case = an_investigated_case()
    with moment.fixed(MONDAY):
        suspension.suspend(
            case, ground="labour_dispute", awaited="云溪市劳动人事争议仲裁委员会的裁决", by=an_investigator()
        )
    second = the_employers(papers=PAPERS)
    assert put_together(second, case) == case
    assert case.state == State.SUSPENDED


def test_reading_the_other_voices_costs_the_same_however_many_papers_they_bring(django_assert_max_num_queries):
    case, few = a_joined_pair()
    more = the_employers(capacity="union", applicant_name="工会", papers=PAPERS)
    put_together(case, more)
    clerk = the_clerk()
    clerk.posts_held()
    with django_assert_max_num_queries(12):
        found = voices_seen_by(case, clerk)
    assert {voice.case_id: len(papers) for voice, papers in found} == {few.pk: 1, more.pk: 3}


def test_a_decision_rests_on_the_paper_of_a_voice_that_came_along_from_another_bureau():
    case, _ = a_joined_pair()
    new = sent_on(case)
    paper = voices_of(new)[0].case.materials.get()
    people = [a_member(Role.INVESTIGATOR, name, office=another_bureau()) for name in ("访甲", "访乙")]
    with moment.fixed(LATER):
        review.accept(new, by=the_next_clerk())
        investigation.start(new, with_=people[1:], by=people[0])
        draft = a_draft(new, facts=(Fact("林知远是该单位车工。", (Rests("material", paper.pk),)),))
        row = proposing.draft(new, draft, by=people[0])
    assert [each.material for each in row.sentences.get().supports.all()] == [paper]


def test_a_number_of_no_case_and_one_of_another_bureau_answer_alike():
    one, two = an_entered_case(), the_employers()
    Case.objects.filter(pk=two.pk).update(office=another_bureau())
    client = at_the_window()
    with moment.fixed(LATER):
        answers = [
            client.get(reverse("recognition:compare", args=[one.number, number]))
            for number in (two.number, "YXRS-2026-999999")
        ]
    assert [answer.status_code for answer in answers] == [404, 404]
