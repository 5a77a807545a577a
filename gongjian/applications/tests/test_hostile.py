"""A clerk who moved away, somebody who borrows a name, a machine that dies with the notice half written, two who act at once: nothing is lost, nobody gains."""

from datetime import date, timedelta
from typing import Any

import pytest

from gongjian.accounts.models import Office, Post, User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_member,
    a_worker_user,
    an_applicant,
    an_employer_user,
    an_office,
    an_outsider,
)
from gongjian.applications.access import writer_sees
from gongjian.applications.actions.drafts import drop_draft, save_step, start_draft
from gongjian.applications.actions.identity import change_account, settle_name
from gongjian.applications.actions.submission import enter_at_window, submit
from gongjian.applications.actions.supplement import Item
from gongjian.applications.errors import (
    DraftIncomplete,
    DraftNotFound,
    DraftSubmitted,
    NothingSupplemented,
    NothingToAsk,
    NoticeIncomplete,
    SecondNoticeRefused,
)
from gongjian.applications.models import Draft
from gongjian.applications.people import claim_cases, join_parties
from gongjian.applications.queries import draft_for, owns
from gongjian.appraisal.actions import accept, ask_supplement, supplement
from gongjian.appraisal.actions.supplementing import receive_supplement
from gongjian.appraisal.actions.withdrawal import receive_withdrawal, withdraw
from gongjian.appraisal.models import SupplementNotice
from gongjian.appraisal.queries import application_of, notice_of, recognised_parts
from gongjian.appraisal.states import INITIAL, State
from gongjian.appraisal.tests.builders import (
    MONDAY,
    a_case_to_supplement,
    a_draft,
    a_submitted_case,
    a_supplementing_page,
    answers,
)
from gongjian.cases.actions.move import join_case
from gongjian.cases.errors import MoveNotAllowed, NotYours
from gongjian.cases.models import Case
from gongjian.cases.queries import visible_to
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.outbox.models import Message
from gongjian.materials.actions import remove_page
from gongjian.materials.models import Material
from gongjian.materials.tests.builders import a_picture
from gongjian.papers.models import Paper
from gongjian.parties.actions import keep_person
from gongjian.parties.models import Person
from gongjian.parties.tests.builders import an_id_number

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=2)
RECORDS = Item("medical_records", "请补交住院病历")
ME: dict[str, Any] = {"name": "林知远", "id_type": "resident_id", "id_number": an_id_number()}


@pytest.fixture(autouse=True)
def monday(home):
    with moment.fixed(MONDAY):
        yield


# A clerk who moved away.


def moved_away(clerk: User, to: Office | None = None) -> User:
    """The post at the window has ended; at another office a new one began, perhaps."""
    Post.objects.filter(user=clerk).update(ended_on=date(2026, 3, 1))
    if to:
        Post.objects.create(user=clerk, office=to, role=Role.WINDOW_CLERK)
    return User.objects.get(pk=clerk.pk)


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_clerk_who_moved_away_neither_reads_nor_ends_what_they_typed_at_the_window_they_left(elsewhere):
    draft = a_draft(channel="window", papers=("diagnosis", "application_form"))
    paper = Material.objects.filter(draft_id=draft.pk).first()
    other = an_office("QT", "他市劳动能力鉴定委员会") if elsewhere else None
    former = moved_away(a_clerk(), other)
    assert not owns(former, draft)
    assert paper and not writer_sees(former, paper)
    for act in (
        lambda: draft_for(draft.token, by=former),
        lambda: save_step(draft, "hospital", {"hospital": "x"}, seen=1, by=former),
        lambda: submit(draft, by=former, truthful=True),
        lambda: drop_draft(draft, by=former),
    ):
        with pytest.raises(DraftNotFound):
            act()


def test_who_sits_at_the_window_now_goes_on_with_what_the_one_before_began():
    draft = a_draft(channel="window", papers=("diagnosis", "application_form"))
    moved_away(a_clerk())
    successor = a_member(Role.WINDOW_CLERK, "陈二窗")
    case = enter_at_window(draft_for(draft.token, by=successor), by=successor, received_on=moment.today())
    assert (case.state, application_of(case).channel) == (State.SUBMITTED, "window")


def test_two_clerks_who_enter_one_paper_application_with_different_days_make_one_case_and_the_first_day_stands():
    draft, colleague = a_draft(channel="window"), a_member(Role.WINDOW_CLERK, "陈二窗")
    first = enter_at_window(draft, by=a_clerk(), received_on=date(2026, 2, 26), reason="邮寄申请")
    again = enter_at_window(draft, by=colleague, received_on=moment.today())
    assert first == again == Case.objects.get()
    assert moment.day_of(Case.objects.get().received_at) == date(2026, 2, 26)
    assert application_of(first).received_reason == "邮寄申请"
    assert Paper.objects.filter(case=first, kind="application_receipt").count() == 1


@pytest.mark.parametrize(("until", "taken"), [("2026-02-26", True), ("2026-03-01", True), ("2026-02-25", False)])
def test_civil_code_art_165_a_power_that_was_in_force_when_the_paper_came_has_not_ended_before_it(until, taken):
    agent = {"capacity": "agent", "applicant_name": "安律言", "acts_for": "worker", "mandate_until": until}
    draft = a_draft(channel="window", applicant=agent)

    def enter() -> Case:
        return enter_at_window(draft, by=a_clerk(), received_on=date(2026, 2, 26), reason="邮寄申请")

    if taken:
        assert str(application_of(enter()).mandate.valid_until) == until
        return
    with pytest.raises(DraftIncomplete, match="申请人身份"):
        enter()


# Somebody who borrows a name.


def a_thief() -> User:
    return an_applicant("19900000099", "外人甲")


def a_known_worker() -> Person:
    """The window has seen this person's document; nobody signs in as them yet."""
    return keep_person(
        name="林知远", id_number=an_id_number(), telephone="19900000001", address="柳桥路1号", on=moment.today()
    )


def opened_by_a_thief() -> Case:
    """Who knows name and number applies as the employer and names a second telephone of their own as the worker's."""
    told = {"applicant": {"capacity": "employer", "applicant_name": "某甲"}, "person": {"telephone": "19900000099"}}
    return a_submitted_case(by=an_applicant("19900000077", "某甲"), **told)


def test_a_telephone_that_a_stranger_told_opens_the_strangers_case_and_does_not_make_anybody_the_worker():
    person = a_known_worker()
    earlier = a_submitted_case(by=an_employer_user(), applicant={"capacity": "employer", "applicant_name": "周若岚"})
    sham = opened_by_a_thief()
    assert claim_cases(**ME, by=a_thief()) == [sham]
    person.refresh_from_db()
    assert person.user is None
    assert not visible_to(a_thief()).filter(pk=earlier.pk).exists()
    assert claim_cases(**ME, by=a_worker_user()) == [earlier]
    person.refresh_from_db()
    assert (person.user_id, person.telephone) == (a_worker_user().pk, "19900000001")


def test_the_window_takes_the_case_from_a_thief_who_never_became_the_worker():
    a_known_worker()
    sham = opened_by_a_thief()
    claim_cases(**ME, by=a_thief())
    a_worker_user()
    change_account(sham, telephone="19900000001", reason="本人持证到窗口", by=a_clerk())
    assert not visible_to(a_thief()).exists()
    assert visible_to(a_worker_user()).get() == sham


def test_claiming_twice_joins_once_and_a_claim_of_the_employers_is_none():
    case = a_submitted_case(by=an_employer_user(), applicant={"capacity": "employer", "applicant_name": "周若岚"})
    worker = a_worker_user()
    assert claim_cases(**ME, by=worker) == claim_cases(**ME, by=worker) == [case]
    assert case.parties.filter(user=worker).count() == 1
    assert claim_cases(**ME, by=an_employer_user()) == []


def test_setting_a_name_right_while_the_thief_looks_on_tells_the_thief_nothing():
    a_known_worker()
    case = a_submitted_case(by=a_thief(), applicant={"applicant_name": "林之远"}, person={"name": "林之远"})
    assert case.person.provisional
    person = settle_name(case, name=" 林知远 ", reason="核对了身份证原件", by=a_clerk())
    assert (person.name, person.telephone, person.provisional) == ("林知远", "19900000001", False)
    said = [str(row.facts) for row in LedgerEntry.objects.filter(chain=case.chain)]
    said += [each.title + each.body for each in Message.objects.filter(user=a_thief())]
    assert not any(word in text for text in said for word in ("知远", an_id_number(), "19900000001"))


def test_a_part_that_a_machine_sends_twice_is_appraised_once():
    case = a_submitted_case(injury={"parts": ["133:right", "133:right", "133:left"]})
    assert len(recognised_parts(case)) == 2
    assert application_of(case).recognised_parts == ["133:right", "133:left"]


def test_joining_the_parties_again_joins_nobody_twice():
    case = a_submitted_case()
    before = list(case.parties.values_list("user_id", "capacity", "is_applicant"))
    join_parties(case, application_of(case), stated_telephone="19900000001")
    assert list(case.parties.values_list("user_id", "capacity", "is_applicant")) == before


# The one notice.


@pytest.mark.parametrize("what", ["", " ", "\n\t　"])
def test_order_55_art_10_a_hurried_clerk_who_sends_empty_lines_has_not_used_up_the_one_notice(what):
    case = a_submitted_case(papers=("diagnosis", "identity"))
    with pytest.raises(NothingToAsk):
        ask_supplement(case, [Item("medical_records", what)], by=a_clerk())
    with pytest.raises(NoticeIncomplete, match="病历"):
        ask_supplement(case, [Item("diagnosis", "请换一张清楚的")], by=a_clerk())
    case.refresh_from_db()
    assert (case.state, notice_of(case)) == (State.SUBMITTED, None)
    assert ask_supplement(case, [RECORDS], by=a_clerk()).due_on > moment.today()


def test_order_55_art_10_dying_while_the_notice_is_written_leaves_the_one_notice_unused(monkeypatch):
    case = a_submitted_case(papers=("diagnosis", "identity"))
    told = Message.objects.count()
    with monkeypatch.context() as here:
        here.setattr("gongjian.appraisal.notices.tell_supplement", lambda *told, **more: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            ask_supplement(case, [RECORDS], by=a_clerk())
    case.refresh_from_db()
    assert (case.state, SupplementNotice.objects.count(), Message.objects.count()) == (State.SUBMITTED, 0, told)
    assert ask_supplement(case, [RECORDS], by=a_clerk()).paper


def test_order_55_art_10_no_second_notice_after_the_papers_came():
    case, _ = a_case_to_supplement()
    a_supplementing_page(case, by=a_worker_user(), at=LATER)
    with moment.fixed(LATER):
        supplement(case, by=a_worker_user())
        with pytest.raises(SecondNoticeRefused, match="2026-03-02"):
            ask_supplement(Case.objects.get(pk=case.pk), [RECORDS], by=a_clerk())


def test_a_page_that_was_taken_back_is_no_supplement_and_the_period_is_not_used_up():
    case, notice = a_case_to_supplement()
    page = a_supplementing_page(case, by=a_worker_user(), at=LATER)
    with moment.fixed(LATER):
        remove_page(page.pk, by=a_worker_user())
        with pytest.raises(NothingSupplemented):
            supplement(case, by=a_worker_user())
    notice.refresh_from_db()
    case.refresh_from_db()
    assert (notice.supplemented_on, case.state) == (None, State.SUPPLEMENT)


def test_handing_in_a_supplement_twice_and_by_two_hands_is_once():
    case, _ = a_case_to_supplement()
    a_supplementing_page(case, by=a_worker_user(), at=LATER)
    with moment.fixed(LATER):
        supplement(case, by=a_worker_user())
        for again in (lambda: supplement(case, by=a_worker_user()), lambda: receive_supplement(case, by=a_clerk())):
            with pytest.raises(MoveNotAllowed):
                again()
    acts = LedgerEntry.objects.filter(chain=case.chain, act__contains="supplement").values_list("act", flat=True)
    assert len(acts) == len(set(acts))


def test_an_agent_whose_power_ran_out_in_the_period_hands_in_nothing_and_the_worker_still_can():
    agent = an_applicant("19900000066", "安律言")
    told = {"capacity": "agent", "applicant_name": "安律言", "acts_for": "worker", "mandate_until": "2026-03-03"}
    case, _ = a_case_to_supplement(by=agent, papers=("diagnosis", "identity", "mandate"), applicant=told)
    join_case(case, a_worker_user(), capacity="worker")
    a_supplementing_page(case, by=agent, at=MONDAY)
    with moment.fixed(LATER):
        with pytest.raises(NotYours):
            supplement(case, by=agent)
        a_supplementing_page(case, by=a_worker_user(), at=LATER, number=9)
        assert supplement(case, by=a_worker_user()).state == State.SUBMITTED


# Taking back.


def test_taking_back_twice_and_after_the_window_accepted_changes_nothing():
    case = a_submitted_case()
    assert withdraw(case, by=a_worker_user(), reason=" 想好了\x00再申请 ").state == State.WITHDRAWN
    for act in (lambda: withdraw(case, by=a_worker_user()), lambda: accept(case, by=a_clerk())):
        with pytest.raises(MoveNotAllowed):
            act()
    assert application_of(case).end_reason == "想好了\x00再申请"


def test_dying_after_the_signed_wish_was_stored_leaves_the_application_as_it_was(monkeypatch):
    case = a_submitted_case()
    with monkeypatch.context() as here:
        here.setattr("gongjian.applications.actions.withdrawal.move", lambda *told, **more: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            receive_withdrawal(case, wish=a_picture(3), name="撤回.png", by=a_clerk(), reason="本人撤回")
    told = application_of(case)
    assert (told.end_reason, told.end_evidence) == ("", None)
    done = receive_withdrawal(case, wish=a_picture(3), name="撤回.png", by=a_clerk(), reason="本人撤回")
    assert (done.state, application_of(done).end_evidence is None) == (State.WITHDRAWN, False)


@pytest.mark.parametrize("who", [an_outsider, an_employer_user, a_clerk])
def test_nobody_takes_back_what_the_worker_applied_for(who):
    case = a_submitted_case()
    with pytest.raises(NotYours):
        withdraw(case, by=who())
    case.refresh_from_db()
    assert case.state == State.SUBMITTED


# Two devices.


def test_a_step_that_is_saved_while_the_other_device_hands_in_is_refused_and_the_case_keeps_what_was_declared():
    draft = a_draft()
    stale = Draft.objects.get(pk=draft.pk)
    case = submit(draft, by=draft.user, truthful=True)
    with pytest.raises(DraftSubmitted):
        save_step(stale, "hospital", {"hospital": "另一家医院"}, seen=1, by=draft.user)
    assert application_of(case).hospital == answers()["hospital"]["hospital"]


def test_one_account_with_two_drafts_of_one_injury_makes_two_cases_that_the_window_sees_together():
    first, second = (submit(a_draft(papers=("diagnosis",)), by=a_worker_user(), truthful=True) for _ in range(2))
    assert first != second and first.person == second.person
    assert first.application.recognition_number == second.application.recognition_number


def test_an_empty_draft_of_either_channel_has_no_person_and_names_nobody():
    draft = start_draft(by=a_worker_user(), office=an_office(), procedure=INITIAL)
    assert (draft.told, draft.versions, draft.step) == ({}, {}, "applicant")
    assert "林" not in str(draft) and draft.token not in str(draft)
