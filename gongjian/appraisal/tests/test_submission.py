"""Handing an application in."""

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_member,
    a_reviewer,
    a_worker_user,
    an_applicant,
    an_employer_user,
    an_office,
    an_outsider,
)
from gongjian.applications.actions.drafts import start_draft
from gongjian.applications.actions.submission import enter_at_window, submit
from gongjian.applications.errors import DraftIncomplete, DraftNotFound, ReceivedDayWithoutReason, WindowOnly
from gongjian.applications.models import Draft
from gongjian.applications.people import claim_cases
from gongjian.appraisal import notices
from gongjian.appraisal.models import Application
from gongjian.appraisal.queries import application_of, checklist_of, recognised_parts, treating
from gongjian.appraisal.states import INITIAL, State
from gongjian.appraisal.tests.builders import MONDAY, a_draft, a_submitted_case
from gongjian.cases.errors import CaseNotFound
from gongjian.cases.models import Case
from gongjian.cases.queries import case_for, open_obligations
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.outbox.models import Message
from gongjian.law.errors import DayOutOfBounds
from gongjian.materials.models import MaterialPage
from gongjian.materials.queries import materials_of
from gongjian.papers.models import Paper
from gongjian.parties.models import Person
from gongjian.parties.tests.builders import a_person, an_employer, an_id_number

pytestmark = pytest.mark.django_db


def test_art_07_a_worker_applies_to_the_city_committee():
    case = a_submitted_case()
    assert (case.office, case.state, case.person.name) == (an_office(), State.SUBMITTED, "林知远")
    assert [owed.kind for owed in open_obligations(case)] == ["check_papers"]


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("person", {"name": "林\U0002a700远"}),
        ("person", {"address": "云溪市😀路1号"}),
        ("employer", {"employer_name": "云溪\U0002b740机械有限公司"}),
        ("recognition", {"recognition_number": "云溪人社工认〔2025〕\ue000号"}),
        ("injury", {"injury_state": "右手\U0001f9b4活动受限"}),
        ("hospital", {"hospital": "云溪\U00030000医院"}),
    ],
)
def test_l01_signs_that_no_font_has_keep_no_application_from_its_receipt(step: str, told: dict[str, str]):
    case = a_submitted_case(**{step: told})
    assert (case.state, Paper.objects.filter(case=case, kind="application_receipt").count()) == (State.SUBMITTED, 1)


def test_art_07_an_employer_applies_for_its_worker():
    case = a_submitted_case(by=an_employer_user(), applicant={"capacity": "employer", "applicant_name": "周若岚"})
    [party] = case.parties.all()
    assert (party.capacity, party.is_applicant) == ("employer", True)


def test_art_08_a_near_relative_applies_and_says_how_they_are_related():
    by = an_applicant("19900000003", "林素秋")
    applicant = {"capacity": "relative", "applicant_name": "林素秋", "relation": "女儿", "unable_reason": "住院治疗"}
    case = a_submitted_case(by=by, applicant=applicant)
    assert (application_of(case).applicant_kind, application_of(case).relation) == ("relative", "女儿")


def test_art_08_a_relative_without_a_relation_is_asked_for_it():
    draft = a_draft(applicant={"capacity": "relative", "applicant_name": "林素秋"})
    with pytest.raises(DraftIncomplete, match="申请人身份"):
        submit(draft, by=draft.user, truthful=True)


def test_art_09_the_application_keeps_what_was_told():
    case = a_submitted_case()
    application = application_of(case)
    assert (application.recognition_number, application.recognition_on) == (
        "云溪人社工认〔2025〕31号",
        date(2025, 11, 20),
    )
    assert treating(case) == ("云溪市人民医院", "手足外科")
    assert [part.label for part in recognised_parts(case)] == ["右指"]


def test_art_09_the_receipt_names_number_time_and_each_files_hash():
    case = a_submitted_case()
    receipt = application_of(case).receipt
    assert receipt
    assert (receipt.kind, receipt.issued_at, receipt.case) == ("application_receipt", MONDAY, case)
    entry = LedgerEntry.objects.get(chain=case.chain, act="materials.received")
    hashes = [page.evidence.sha256 for page in MaterialPage.objects.filter(material__case=case).order_by("material_id")]
    assert [sha256 for _, sha256 in entry.facts["pages"]] == hashes
    assert len(hashes) == 3


def test_art_09_what_the_platform_holds_already_is_not_asked_for_again():
    a_submitted_case()
    again = a_draft(papers=())
    assert "identity" not in [wanted.kind.code for wanted in checklist_of(again)]


def test_art_09_a_stranger_is_not_told_what_is_held_about_somebody_else():
    a_submitted_case()
    by = an_outsider()
    assert "identity" in [wanted.kind.code for wanted in checklist_of(a_draft(by=by, papers=()))]


def test_art_10_an_incomplete_application_is_still_received():
    case = a_submitted_case(papers=("diagnosis",))
    assert case.state == State.SUBMITTED


def test_art_10_the_limits_run_from_the_day_of_receipt():
    case = a_submitted_case()
    limits = {limit.limit: limit.due_on for limit in case.limits.all()}
    assert limits == {"LA-REVIEW": date(2026, 3, 9), "LA-DECIDE": date(2026, 5, 1)}


@pytest.mark.parametrize(
    ("step", "field", "title"),
    [
        ("person", "id_number", "被鉴定人"),
        ("employer", "employer_name", "用人单位"),
        ("recognition", "recognition_number", "工伤认定决定"),
        ("injury", "parts", "受伤部位与伤情"),
        ("hospital", "hospital", "医院和科室"),
        ("address", "delivery_address", "送达地址"),
    ],
)
def test_a_draft_with_a_gap_is_refused_and_the_step_named(step, field, title):
    changes: dict[str, Any] = {step: {field: ""}}
    draft = a_draft(**changes)
    with pytest.raises(DraftIncomplete, match=title):
        submit(draft, by=draft.user, truthful=True)
    assert not Case.objects.exists()


def test_a_draft_without_any_paper_is_refused():
    draft = a_draft(papers=())
    with pytest.raises(DraftIncomplete, match="上传材料"):
        submit(draft, by=draft.user, truthful=True)


def test_art_14_without_the_declaration_of_truth_nothing_is_submitted():
    draft = a_draft()
    with pytest.raises(DraftIncomplete, match="承诺"):
        submit(draft, by=draft.user, truthful=False)


def test_the_same_draft_sent_twice_is_one_case():
    draft = a_draft()
    first = submit(draft, by=draft.user, truthful=True)
    assert submit(draft, by=draft.user, truthful=True) == first
    assert (Case.objects.count(), Paper.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_are_one_case():
    draft = a_draft()
    answers: list[str] = []

    def click() -> None:
        answers.append(submit(Draft.objects.get(pk=draft.pk), by=draft.user, truthful=True).number)
        connection.close()

    threads = [threading.Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 2
    assert len(set(answers)) == 1
    assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_dying_in_the_middle_leaves_the_draft_and_nothing_else(monkeypatch):
    draft = a_draft()

    def die(*args, **kwargs):
        raise RuntimeError("the power went out")

    monkeypatch.setattr(notices, "give_receipt", die)
    with pytest.raises(RuntimeError):
        submit(draft, by=draft.user, truthful=True)
    draft.refresh_from_db()
    assert draft.case is None
    assert draft.materials.filter(case=None).count() == 3
    assert (Case.objects.count(), Application.objects.count(), Paper.objects.count()) == (0, 0, 0)
    monkeypatch.undo()
    assert submit(draft, by=draft.user, truthful=True).number.endswith("000001")


def test_nobody_submits_the_draft_of_another():
    draft = a_draft()
    with pytest.raises(DraftNotFound):
        submit(draft, by=an_outsider(), truthful=True)


def test_the_pages_belong_to_the_case_afterwards_in_their_order():
    case = a_submitted_case()
    assert [material.kind for material in materials_of(case)] == ["diagnosis", "medical_records", "identity"]


def test_the_applicant_is_told_in_the_box_and_by_text_without_details():
    case = a_submitted_case()
    box, text = Message.objects.filter(chain=case.chain).order_by("channel")
    assert (box.channel, text.channel) == ("inbox", "sms")
    assert box.evidence == Paper.objects.get(case=case).evidence
    assert "林知远" not in text.body
    assert case.number in text.body


def test_a_stranger_finds_neither_the_case_nor_that_there_is_one():
    case = a_submitted_case()
    for number in (case.number, "YXJD-2026-999999"):
        with pytest.raises(CaseNotFound):
            case_for(number, by=an_outsider())


def test_a_known_person_is_not_rewritten_by_who_is_not_that_person():
    known = a_person()
    a_submitted_case(by=an_outsider(), person={"telephone": "19900008888", "address": "别处"})
    known.refresh_from_db()
    assert (known.telephone, known.user) == ("19900000001", None)


def test_another_name_than_the_known_one_is_taken_in_and_kept_apart():
    known = a_person()
    case = a_submitted_case(person={"name": "林至远"})
    assert (case.person.name, case.person.provisional) == ("林至远", True)
    assert case.person_id != known.pk


def test_a_known_employer_keeps_its_telephone_whatever_a_stranger_types():
    employer = an_employer()
    a_submitted_case(employer={"employer_telephone": "19900007777"})
    employer.refresh_from_db()
    assert employer.telephone == "19900000002"


def test_an_account_without_a_name_gets_the_applicants_and_a_named_one_keeps_its_own():
    nameless = an_applicant("19900000005", "")
    a_submitted_case(by=nameless)
    nameless.refresh_from_db()
    assert nameless.name == "林知远"
    a_submitted_case(by=an_outsider())
    assert an_outsider().name == "外人甲"


def test_the_employers_own_accounts_take_part():
    an_employer().users.add(an_employer_user())
    case = a_submitted_case()
    assert case.parties.filter(user=an_employer_user(), capacity="employer", is_applicant=False).exists()


def test_a_worker_finds_the_case_that_the_employer_opened():
    case = a_submitted_case(by=an_employer_user(), applicant={"capacity": "employer", "applicant_name": "周若岚"})
    found = claim_cases(name="林知远", id_type="resident_id", id_number=an_id_number(), by=a_worker_user())
    assert found == [case]
    assert case_for(case.number, by=a_worker_user()) == case


def test_who_knows_the_number_but_has_another_telephone_finds_nothing():
    case = a_submitted_case(by=an_employer_user(), applicant={"capacity": "employer", "applicant_name": "周若岚"})
    assert claim_cases(name="林知远", id_type="resident_id", id_number=an_id_number(), by=an_outsider()) == []
    assert not case.parties.filter(user=an_outsider()).exists()
    assert Person.objects.get().user is None


def a_paper_draft() -> Draft:
    return a_draft(channel="window", papers=("application_form", "diagnosis", "medical_records", "identity"))


def test_the_window_enters_a_paper_application_into_the_same_kind_of_case():
    draft = a_paper_draft()
    with moment.fixed(MONDAY):
        case = enter_at_window(draft, by=a_clerk(), received_on=MONDAY.date())
    assert (case.procedure, case.state, application_of(case).channel) == ("appraisal.initial", "submitted", "window")
    assert not case.parties.exists()


def test_art_10_a_paper_application_counts_from_the_day_it_came():
    draft = a_paper_draft()
    with moment.fixed(MONDAY):
        case = enter_at_window(draft, by=a_clerk(), received_on=date(2026, 2, 26), reason="邮寄申请，当日签收")
    assert case.due_on == date(2026, 4, 27)
    assert application_of(case).received_reason == "邮寄申请，当日签收"


@pytest.mark.parametrize(
    ("days", "reason", "refusal"),
    [(1, "", ReceivedDayWithoutReason), (-1, "预收", DayOutOfBounds), (61, "补录", DayOutOfBounds)],
)
def test_a_received_day_needs_a_reason_and_lies_in_reach(days, reason, refusal):
    draft = a_paper_draft()
    with moment.fixed(MONDAY), pytest.raises(refusal):
        enter_at_window(draft, by=a_clerk(), received_on=MONDAY.date() - timedelta(days=days), reason=reason)


@pytest.mark.parametrize(
    "person", [a_reviewer, a_worker_user, lambda: a_member(Role.WINDOW_CLERK, office=an_office("QT", "他市"))]
)
def test_only_the_window_of_the_office_enters_paper_applications(person):
    with pytest.raises(WindowOnly):
        start_draft(by=person(), office=an_office(), procedure=INITIAL, channel="window")
    draft = a_paper_draft()
    with pytest.raises(WindowOnly):
        enter_at_window(draft, by=person(), received_on=MONDAY.date())
