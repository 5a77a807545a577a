"""Notices to those whom nothing reaches electronically: somebody owes the printed paper until it is served."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_delivery_clerk,
    a_scheduler,
    a_worker_user,
    an_employer_user,
)
from gongjian.applications.actions.supplement import Item
from gongjian.appraisal.actions import accept, ask_supplement
from gongjian.appraisal.actions.supplementing import lapse_due
from gongjian.appraisal.tests.builders import MONDAY, a_submitted_case
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case, Obligation
from gongjian.cases.queries import worklist
from gongjian.cases.tests.builders import a_case
from gongjian.delivery.actions import give_consent, note_second_appraisal, post, publish_notice, record_failed
from gongjian.delivery.actions.printed import print_for
from gongjian.delivery.errors import NoRemedyRunning
from gongjian.delivery.methods import Method
from gongjian.delivery.models import EMPLOYER, WORKER, Delivery
from gongjian.delivery.owes import AGAIN, SEND_NOTICE
from gongjian.delivery.queries.public import running_notices
from gongjian.delivery.rules import notified
from gongjian.delivery.tests.builders import served
from gongjian.kernel import moment
from gongjian.kernel.outbox.models import Message
from gongjian.papers.kinds import KINDS
from gongjian.papers.models import Paper
from gongjian.sittings.actions.booking import book
from gongjian.sittings.actions.notices import give_notice
from gongjian.sittings.tests.builders import PLANNED, a_sitting

pytestmark = pytest.mark.django_db
NO_CONSENT: dict[str, Any] = {"address": {"electronic_consent": False}}
NOTICES = (
    "acceptance_notice",
    "appearance_notice",
    "extension_notice",
    "lapse_notice",
    "reschedule_notice",
    "supplement_notice",
    "termination_notice",
    "refusal_notice",
    "death_notice",
    "recognition_supplement",
    "recognition_acceptance",
    "recognition_handover",
    "appraisal_handover",
    "recognition_transfer",
    "recognition_termination",
    "evidence_notice",
    "decision_correction",
    "revocation_anew",
    "suspension_notice",
    "resumption_notice",
)


@pytest.fixture(autouse=True)
def monday(home):
    with moment.fixed(MONDAY):
        yield


def accepted(**told: Any) -> Case:
    case = a_submitted_case(**told)
    accept(case, by=a_clerk())
    case.refresh_from_db()
    return case


def at_the_window(**told: Any) -> Case:
    """An application that the clerk entered for somebody who has no account."""
    papers = ("application_form", "diagnosis", "medical_records", "identity")
    return a_submitted_case(by=a_clerk(), channel="window", papers=papers, **told)


def owed(case: Case, kind: str = SEND_NOTICE) -> list[Obligation]:
    return list(case.obligations.filter(kind=kind, fulfilled_at=None).order_by("pk"))


def to_serve(case: Case) -> Delivery:
    return Delivery.objects.get(case=case)


# Who is owed a printed notice.


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("applicant", [WORKER, EMPLOYER])
def test_art_10_12_14_only_notices_are_served_each_on_somebody(kind, applicant):
    sides = notified(kind, applicant=applicant)
    assert bool(sides) is (kind in NOTICES)
    assert sides <= {WORKER, EMPLOYER}


@pytest.mark.parametrize("kind", ["appearance_notice", "reschedule_notice"])
def test_art_12_the_notice_to_appear_with_its_code_is_for_whoever_must_come(kind):
    assert notified(kind, applicant=EMPLOYER) == {WORKER}


def test_art_14_the_end_of_an_appraisal_is_told_to_who_applied_as_well():
    assert notified("termination_notice", applicant=EMPLOYER) == {WORKER, EMPLOYER}


@pytest.mark.parametrize("kind", ["supplement_notice", "acceptance_notice", "extension_notice", "lapse_notice"])
def test_art_10_what_concerns_the_application_goes_to_who_applied(kind):
    assert (notified(kind, applicant=EMPLOYER), notified(kind, applicant=WORKER)) == ({EMPLOYER}, {WORKER})


def test_who_has_an_account_and_has_consented_is_owed_no_paper():
    case = accepted()
    assert owed(case) == []
    assert not Delivery.objects.exists()
    assert Message.objects.filter(channel="inbox", user=a_worker_user()).exists()


def test_art_10_who_has_not_consented_is_owed_the_printed_notice():
    case = accepted(**NO_CONSENT)
    [line] = owed(case)
    row = to_serve(case)
    assert (line.role, line.article, line.about) == ("delivery_clerk", "令55 第十条", f"delivery:{row.pk}")
    assert (row.paper.kind, row.recipient, row.name, row.method) == (
        "acceptance_notice",
        WORKER,
        "林知远",
        Method.POST,
    )
    assert row.address == "云溪市东溪县柳桥路1号"


@pytest.mark.parametrize("consent", [True, False])
def test_art_10_who_applied_at_the_window_without_an_account_is_owed_it_whatever_they_ticked(consent):
    case = at_the_window(address={"electronic_consent": consent})
    assert not case.parties.exists()
    accept(case, by=a_clerk())
    assert len(owed(case)) == 1
    assert to_serve(case).account is None


def test_the_receipt_of_the_window_is_handed_over_there_and_owed_to_nobody():
    assert owed(at_the_window()) == []


def test_the_clerk_finds_it_in_the_worklist_and_nobody_else_does():
    case = accepted(**NO_CONSENT)
    assert [(row.case_id, row.kind) for row in worklist(a_delivery_clerk()).rows] == [(case.pk, SEND_NOTICE)]
    assert SEND_NOTICE not in [row.kind for row in worklist(a_clerk()).rows]


def test_art_10_a_notice_of_what_is_missing_is_owed_by_the_last_day_of_the_review():
    case = a_submitted_case(papers=("diagnosis", "identity"), **NO_CONSENT)
    with moment.fixed(MONDAY + timedelta(days=3)):
        ask_supplement(case, [Item("medical_records", "请补交住院病历")], by=a_clerk())
    assert [line.due_on for line in owed(case)] == [date(2026, 3, 9)]


def test_an_acceptance_is_owed_within_five_working_days():
    assert [line.due_on for line in owed(accepted(**NO_CONSENT))] == [date(2026, 3, 9)]


def test_art_10_a_lapse_is_told_on_paper_as_well():
    case = a_submitted_case(papers=("diagnosis", "identity"), **NO_CONSENT)
    notice = ask_supplement(case, [Item("medical_records", "请补交住院病历")], by=a_clerk())
    with moment.fixed(moment.at(notice.due_on + timedelta(days=1))):
        assert lapse_due() == 1
        assert [row.paper.kind for row in Delivery.objects.order_by("pk")] == ["supplement_notice", "lapse_notice"]
        assert len(owed(case)) == 2


def booked(case: Case) -> Paper:
    with moment.fixed(PLANNED):
        return give_notice(book(case, a_sitting(), by=a_scheduler()), by=a_scheduler())


def test_art_12_the_notice_to_appear_is_owed_before_the_day():
    case = accepted(**NO_CONSENT)
    paper = booked(case)
    row = Delivery.objects.get(paper=paper)
    [line] = [line for line in owed(case) if line.about == f"delivery:{row.pk}"]
    assert (line.due_on, line.article) == (date(2026, 3, 17), "令55 第十二条")


def test_art_12_of_two_sides_only_the_one_that_is_not_reached_is_owed_paper():
    case = accepted(by=an_employer_user(), applicant={"capacity": "employer", "applicant_name": "云溪恒信机械有限公司"})
    join_case(case, a_worker_user(), capacity="worker")
    paper = booked(case)
    assert [row.recipient for row in Delivery.objects.filter(paper=paper)] == [WORKER]
    assert [row.recipient for row in Delivery.objects.all()] == [WORKER]


# Once, and with the paper or not at all.


def test_a_second_time_changes_nothing():
    case = accepted(**NO_CONSENT)
    paper = Paper.objects.get(case=case, kind="acceptance_notice")
    print_for(paper)
    assert (Delivery.objects.count(), len(owed(case))) == (1, 1)


def test_what_was_served_is_not_owed_again():
    case = accepted(**NO_CONSENT)
    served(to_serve(case), date(2026, 3, 2))
    print_for(Paper.objects.get(case=case, kind="acceptance_notice"))
    assert owed(case) == []


def test_dying_after_the_notice_leaves_neither_paper_nor_task():
    case = a_submitted_case(**NO_CONSENT)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        accept(case, by=a_clerk())
        raise ZeroDivisionError
    assert not Paper.objects.filter(kind="acceptance_notice").exists()
    assert (Delivery.objects.count(), owed(case)) == (0, [])


def test_where_the_task_cannot_be_opened_no_notice_is_issued(monkeypatch):
    case = a_submitted_case(**NO_CONSENT)
    monkeypatch.setattr("gongjian.delivery.actions.printed.owe", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        accept(case, by=a_clerk())
    case.refresh_from_db()
    assert case.state == "submitted"


def test_a_paper_without_a_case_or_an_application_is_no_notice_to_anybody():
    paper = Paper.objects.get(case=accepted(**NO_CONSENT), kind="acceptance_notice")
    paper.case = a_case()
    assert print_for(paper) == []
    paper.case = None
    assert print_for(paper) == []


# How it ends.


def test_the_record_of_the_service_ends_the_task():
    case = accepted(**NO_CONSENT)
    row = served(to_serve(case), date(2026, 3, 2))
    assert (row.served_on, owed(case)) == (date(2026, 3, 2), [])
    assert not case.limits.filter(limit="LA-REAPPEAL").exists()


def test_it_goes_to_the_post_with_the_others_and_stays_owed_until_the_slip_is_back():
    case = accepted(**NO_CONSENT)
    batch = post(case.office, [to_serve(case).pk], by=a_delivery_clerk())
    assert batch.attempts.get().line == 1
    assert len(owed(case)) == 1
    served(to_serve(case), date(2026, 3, 5), method=Method.POST)
    assert owed(case) == []


def test_a_returned_envelope_opens_the_next_way():
    case = accepted(**NO_CONSENT)
    row = to_serve(case)
    post(case.office, [row.pk], by=a_delivery_clerk())
    record_failed(row, Method.POST, on=date(2026, 3, 2), reason="原址查无此人", by=a_delivery_clerk())
    row.refresh_from_db()
    assert (row.method, len(owed(case, AGAIN))) == (Method.IN_PERSON, 1)
    served(row, date(2026, 3, 2))
    assert (owed(case), owed(case, AGAIN)) == ([], [])


def test_a_consent_given_later_brings_the_notice_into_the_box_and_ends_the_task():
    case = accepted(**NO_CONSENT)
    give_consent(case, WORKER, given=True, by=a_worker_user())
    assert (to_serve(case).method, owed(case)) == (Method.ELECTRONIC, [])


def test_a_notice_may_be_published_without_touching_the_days_of_another():
    case = a_submitted_case(papers=("diagnosis", "identity"), **NO_CONSENT)
    notice = ask_supplement(case, [Item("medical_records", "请补交住院病历")], by=a_clerk())
    with moment.fixed(moment.at(notice.due_on + timedelta(days=1))):
        lapse_due()
        for row in Delivery.objects.order_by("pk"):
            publish_notice(row, reason="下落不明", whereabouts_unknown=True, by=a_delivery_clerk())
        assert len(running_notices()) == 2
    assert case.limits.filter(limit="SV-PUBLIC").count() == 2


def test_no_second_appraisal_hangs_on_a_notice():
    case = accepted(**NO_CONSENT)
    row = served(to_serve(case), date(2026, 3, 2))
    with pytest.raises(NoRemedyRunning):
        note_second_appraisal(row, on=date(2026, 3, 2), by=a_delivery_clerk())


# On the pages.


def shown(user: User, name: str, *args: object) -> str:
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return browser.get(reverse(name, args=args)).content.decode()


def test_the_page_of_deliveries_leads_to_the_notice_and_its_pdf():
    case = accepted(**NO_CONSENT)
    row = to_serve(case)
    page = shown(a_delivery_clerk(), "delivery:case", case.number)
    assert "受理通知书" in page
    assert reverse("delivery:delivery", args=[row.pk]) in page
    assert reverse("papers:file", args=[row.paper_id]) in shown(a_delivery_clerk(), "delivery:delivery", row.pk)
    assert "受理通知书" not in shown(a_delivery_clerk(), "delivery:list") or row.paper.number in shown(
        a_delivery_clerk(), "delivery:list"
    )


def test_a_served_notice_offers_no_second_appraisal():
    case = accepted(**NO_CONSENT)
    row = served(to_serve(case), date(2026, 3, 2))
    page = shown(a_delivery_clerk(), "delivery:delivery", row.pk)
    assert "更正送达日期" in page
    assert "登记再次鉴定申请" not in page


def test_the_person_sees_that_the_paper_is_under_way():
    case = accepted(**NO_CONSENT)
    page = shown(a_worker_user(), "delivery:mine", case.number)
    assert "受理通知书" in page
    assert "同意电子送达，现在就收" in page
