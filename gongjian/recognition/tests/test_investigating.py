"""The investigation: two people, the plan, the employer's burden, records, suspension, the simple track."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import an_applicant, an_outsider
from gongjian.cases.actions.move import join_case
from gongjian.cases.errors import DutyConflict, ReasonMissing
from gongjian.cases.models import CaseLimit
from gongjian.delivery.actions import record_served
from gongjian.delivery.methods import Method
from gongjian.delivery.models import Delivery
from gongjian.kernel import moment
from gongjian.materials.tests.builders import a_pdf, a_picture
from gongjian.portal.tests.builders import signed_in_as, text_of
from gongjian.recognition.actions import evidence, investigation, records, suspension, track
from gongjian.recognition.actions.records import Handed, Photo, Talk
from gongjian.recognition.errors import (
    AnswerWithoutBasis,
    DayOfReceiptWrong,
    EmployerApplied,
    EvidenceNoticeSent,
    InterviewEmpty,
    InterviewNotRead,
    InterviewPagesMissing,
    InterviewSignedAlready,
    NotTheEmployer,
    NotTheInvestigator,
    SimpleTrackClosed,
    SiteRecordEmpty,
    TwoInvestigators,
)
from gongjian.recognition.models import EvidenceNotice
from gongjian.recognition.queries import plan_of
from gongjian.recognition.states import State
from gongjian.recognition.tests.builders import (
    MONDAY,
    a_colleague,
    a_suspended_case,
    an_accepted_case,
    an_investigated_case,
    an_investigator,
    staff,
    the_clerk,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
DAY = timedelta(days=1)


def owed(case):
    return set(case.obligations.filter(fulfilled_at=None).values_list("kind", flat=True))


def a_talk(**changes):
    values = {
        "asked": "周若岚", "role": "employer", "place": "会议室", "started_at": MONDAY - timedelta(hours=2),
        "ended_at": MONDAY - timedelta(hours=1), "lines": ({"q": "当时在哪里？", "a": "在车间。"},),
    }  # fmt: skip
    return Talk(**{**values, **changes})


def test_order_8_art_9_two_investigators_at_least():
    case = an_accepted_case()
    with moment.fixed(MONDAY):
        with pytest.raises(TwoInvestigators):
            investigation.start(case, with_=[], by=an_investigator())
        investigation.start(case, with_=[a_colleague()], by=an_investigator())
    assert case.duties.filter(duty="investigator").count() == 2


def test_order_8_art_10_an_investigator_without_a_card_does_not_count():
    colleague = a_colleague()
    type(colleague).objects.filter(pk=colleague.pk).update(card_number="")
    case = an_accepted_case()
    with moment.fixed(MONDAY), pytest.raises(TwoInvestigators):
        investigation.start(case, with_=[type(colleague).objects.get(pk=colleague.pk)], by=an_investigator())


def test_order_8_art_16_who_accepted_does_not_investigate():
    case, clerk = an_accepted_case(), the_clerk()
    clerk.posts.create(office=case.office, role=Role.INVESTIGATOR)
    with moment.fixed(MONDAY), pytest.raises(DutyConflict):
        investigation.start(case, with_=[an_investigator()], by=type(clerk).objects.get(pk=clerk.pk))


def test_regulation_art_14_the_plan_says_what_each_head_needs_and_what_nobody_has_asked():
    case = an_investigated_case()
    line = plan_of(case)[0]
    assert (line.code, line.stands) == ("14-1", "事实尚不清楚")
    assert len(line.never_asked) == 4
    assert all(held for _, held in line.proofs)
    with moment.fixed(MONDAY):
        for question in ("in_work_time", "in_workplace", "work_cause", "accident"):
            investigation.answer(case, question, said=True, basis="劳动合同、笔录第1问", by=an_investigator())
    line = plan_of(case)[0]
    assert (line.stands, line.never_asked) == ("可能适用", [])


def test_regulation_art_15_another_head_brings_other_questions():
    case = an_investigated_case()
    with moment.fixed(MONDAY):
        investigation.plan(case, ["15-1"], by=an_investigator())
    line = plan_of(case)[0]
    assert line.code == "15-1"
    assert "死亡证明" in dict(line.proofs) or any("死亡" in title for title, held in line.proofs if not held)


def test_regulation_art_16_each_exclusion_is_listed_as_never_asked():
    codes = {line.code: line.stands for line in plan_of(an_investigated_case())}
    assert {codes[code] for code in ("16-1", "16-2", "16-3")} == {"没有问过"}


def test_an_answer_names_what_it_rests_on_and_only_investigators_answer():
    case = an_investigated_case()
    with moment.fixed(MONDAY):
        with pytest.raises(AnswerWithoutBasis):
            investigation.answer(case, "accident", said=True, basis=" ", by=an_investigator())
        with pytest.raises(NotTheInvestigator):
            investigation.answer(case, "accident", said=True, basis="x", by=staff(Role.INVESTIGATOR, "旁人"))


def test_order_8_art_17_the_employers_days_run_from_the_day_the_notice_was_served():
    case = an_investigated_case()
    with moment.fixed(MONDAY):
        evidence.send_notice(case, by=an_investigator())
        with pytest.raises(EvidenceNoticeSent):
            evidence.send_notice(case, by=an_investigator())
    row = EvidenceNotice.objects.get(case=case)
    assert not row.served_on
    delivery = Delivery.objects.get(paper=row.paper)
    assert delivery.recipient == "employer"
    day = MONDAY + 3 * DAY
    with moment.fixed(day):
        record_served(
            delivery,
            Method.POST,
            on=day.date(),
            facts={"received_by": "周若岚", "relation": "mail_room"},
            by=staff(Role.DELIVERY_CLERK),
        )
    row.refresh_from_db()
    assert (row.served_on, row.due_on) == (date(2026, 3, 5), date(2026, 3, 20))
    assert "give_evidence" in owed(case)


def test_order_8_art_17_silence_becomes_the_investigators_task_and_a_late_answer_is_still_taken():
    case = an_investigated_case()
    boss = an_applicant("19900000002", "周若岚")
    join_case(case, boss, capacity="employer")
    with moment.fixed(MONDAY):
        evidence.send_notice(case, by=an_investigator())
        evidence.note_notice_served(EvidenceNotice.objects.get(case=case).paper, on=MONDAY.date())
    with moment.fixed(MONDAY + 15 * DAY):
        assert evidence.note_silence() == 0
    with moment.fixed(MONDAY + 16 * DAY):
        assert (evidence.note_silence(), evidence.note_silence()) == (1, 0)
        assert "employer_silent" in owed(case)
        with pytest.raises(NotTheEmployer):
            evidence.give_evidence(case, denies=True, statement="x", by=an_outsider())
        row = evidence.give_evidence(case, denies=True, statement="系私事受伤", by=boss)
    assert row.denies is True
    assert "employer_silent" not in owed(case)


def test_order_8_art_17_an_employer_that_applied_is_not_asked_to_prove():
    case = an_investigated_case(capacity="employer")
    with moment.fixed(MONDAY), pytest.raises(EmployerApplied):
        evidence.send_notice(case, by=an_investigator())


def test_order_8_art_10_a_record_names_two_investigators_with_their_cards_and_is_signed_page_by_page():
    case = an_investigated_case()
    with moment.fixed(MONDAY):
        with pytest.raises(TwoInvestigators):
            records.keep_interview(case, a_talk(), team=[], by=an_investigator())
        with pytest.raises(InterviewEmpty):
            records.keep_interview(case, a_talk(lines=()), team=[a_colleague()], by=an_investigator())
        row = records.keep_interview(case, a_talk(), team=[a_colleague()], by=an_investigator())
        assert [each["card"] for each in row.investigators] == ["执investigator", "执investigator"]
        with pytest.raises(InterviewNotRead):
            records.sign_interview(row, [Handed(a_pdf(), "1.pdf")], was_read=False, by=an_investigator())
        with pytest.raises(InterviewPagesMissing):
            records.sign_interview(row, [], was_read=True, by=an_investigator())
        signed = records.sign_interview(row, [Handed(a_pdf(), "1.pdf")], was_read=True, by=an_investigator())
        with pytest.raises(InterviewSignedAlready):
            records.sign_interview(row, [Handed(a_pdf(), "1.pdf")], was_read=True, by=an_investigator())
    assert (signed.pages.count(), signed.paper.kind) == (1, "interview_record")


def test_order_8_art_10_a_photo_of_the_scene_keeps_time_place_maker_and_subject():
    case = an_investigated_case()
    told = {
        "visited_at": MONDAY - DAY,
        "place": "二车间",
        "seen": "车床无防护罩",
        "team": [a_colleague()],
        "by": an_investigator(),
    }
    photo = Photo(a_picture(), "1.png", MONDAY - DAY, "查实言", "3号车床")
    with moment.fixed(MONDAY):
        with pytest.raises(SiteRecordEmpty):
            records.keep_site(case, photos=[], **told)
        with pytest.raises(SiteRecordEmpty):
            records.keep_site(case, photos=[Photo(a_picture(), "1.png", MONDAY + DAY, "查实言", "明天拍的")], **told)
        row = records.keep_site(case, photos=[photo], **told)
    kept = row.photos.get()
    assert (kept.taken_at, kept.maker, kept.subject) == (MONDAY - DAY, "查实言", "3号车床")


def test_order_8_art_20_the_clock_stands_still_and_runs_on_with_the_day_the_document_came():
    case, row = a_suspended_case(days=10)
    limit = CaseLimit.objects.get(case=case, limit="WI-DECIDE")
    assert (row.days_used, case.due_on, limit.paused_on) == (9, None, date(2026, 3, 12))
    assert owed(case) - {"send_notice"} == {"await_outcome"}
    with moment.fixed(MONDAY + 50 * DAY):
        told = {"document": "裁决书", "file": a_pdf(), "name": "a.pdf", "by": an_investigator()}
        with pytest.raises(DayOfReceiptWrong):
            suspension.resume(case, received_on=date(2026, 3, 11), **told)
        suspension.resume(case, received_on=date(2026, 4, 20), **{**told, "file": a_pdf()})
    case.refresh_from_db()
    assert (case.state, case.due_on) == (State.INVESTIGATING, date(2026, 5, 1) + 39 * DAY)
    assert suspension.days_used(case, date(2026, 4, 20)) == 9


def test_order_8_art_20_somebody_looks_after_what_is_awaited():
    case, _ = a_suspended_case(days=10)
    first = case.obligations.get(kind="await_outcome", fulfilled_at=None)
    assert first.due_on == date(2026, 3, 12) + 30 * DAY
    with moment.fixed(MONDAY + 40 * DAY):
        with pytest.raises(ReasonMissing):
            suspension.look(case, note="", by=an_investigator())
        suspension.look(case, note="仲裁已开庭", by=an_investigator())
    assert case.obligations.get(kind="await_outcome", fulfilled_at=None).due_on == (MONDAY + 70 * DAY).date()


def test_order_8_art_21_clear_facts_are_decided_within_fifteen_days_and_doubt_leads_back_to_sixty():
    case = an_accepted_case()
    with moment.fixed(MONDAY):
        with pytest.raises(ReasonMissing):
            track.take_simple(case, ground=" ", with_=[a_colleague()], by=an_investigator())
        track.take_simple(case, ground="双方无争议，监控完整", with_=[a_colleague()], by=an_investigator())
    case.refresh_from_db()
    assert (case.state, case.due_on) == (State.SIMPLE, date(2026, 3, 17))
    with moment.fixed(MONDAY + DAY):
        track.leave_simple(case, ground="用人单位否认", by=an_investigator())
        case.refresh_from_db()
        assert (case.state, case.due_on) == (State.INVESTIGATING, date(2026, 5, 1))
        with pytest.raises(SimpleTrackClosed):
            track.take_simple(case, ground="又清楚了", by=an_investigator())
    assert [each.track for each in case.track_choices.order_by("pk")] == ["simple", "ordinary"]


def test_order_8_art_21_an_employer_that_denies_is_shown_as_a_doubt_on_the_simple_track_and_nothing_moves_by_itself():
    case, doubt = an_accepted_case(), "简易程序只用于事实清楚"
    address = reverse("recognition:investigation", args=[case.number])
    with moment.fixed(MONDAY):
        track.take_simple(case, ground="双方无争议", with_=[a_colleague()], by=an_investigator())
        evidence.send_notice(case, by=an_investigator())
        browser = signed_in_as(an_investigator())
        assert doubt not in text_of(browser.get(address))
        evidence.receive_evidence(case, denies=True, statement="当日未排班。", by=an_investigator())
        assert doubt in text_of(browser.get(address))
        case.refresh_from_db()
        assert case.state == State.SIMPLE
        track.leave_simple(case, ground="单位否认当日排班", by=an_investigator())
        assert doubt not in text_of(browser.get(address))


def test_a_suspended_case_may_end_without_a_decision():
    case, _ = a_suspended_case()
    signer = staff(Role.SIGNER)
    with moment.fixed(MONDAY + 60 * DAY):
        suspension.terminate(case, reason="生效裁决确认不存在劳动关系。", by=signer)
    case.refresh_from_db()
    assert case.state == State.TERMINATED
    assert case.papers.filter(kind="recognition_termination").exists()
    assert owed(case) >= {"archive"}
