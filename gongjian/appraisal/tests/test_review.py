"""Checking the papers: acceptance, the one notice, the supplement, its lapse, giving up and withdrawing."""

import threading
from datetime import date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from gongjian.accounts.tests.builders import (
    a_clerk,
    a_reviewer,
    a_scheduler,
    a_worker_user,
    an_expert_user,
    an_outsider,
    the_signer,
)
from gongjian.applications.actions.supplement import Item
from gongjian.applications.errors import NothingToAsk, NoticeIncomplete, PapersMissing, SecondNoticeRefused
from gongjian.appraisal import notices
from gongjian.appraisal.actions import (
    accept,
    ask_supplement,
    give_up,
    supplement,
)
from gongjian.appraisal.models import SupplementNotice
from gongjian.appraisal.queries import application_of, missing_papers
from gongjian.appraisal.states import State
from gongjian.appraisal.tests.builders import (
    a_case_to_supplement,
    a_submitted_case,
    a_supplementing_page,
    an_accepted_case,
)
from gongjian.cases.actions.duties import take_duty
from gongjian.cases.errors import DutyConflict, MoveNotAllowed, NotYours
from gongjian.cases.models import Case, CaseDuty
from gongjian.cases.queries import open_obligations
from gongjian.kernel import moment
from gongjian.kernel.outbox.models import Message
from gongjian.materials.catalog import KINDS
from gongjian.papers.models import Paper

pytestmark = pytest.mark.django_db
RECORDS = Item("medical_records", "请补交住院病历")


def on(month: int, day: int, hour: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=moment.ZONE)


def test_art_10_complete_papers_are_accepted_and_the_scheduler_owes_a_place():
    case = an_accepted_case()
    assert case.state == State.ACCEPTED
    assert [owed.kind for owed in open_obligations(case)] == ["book"]
    assert application_of(case).complete_on == date(2026, 3, 2)
    assert case.limits.get(limit="LA-REVIEW").met_on == date(2026, 3, 2)


def test_art_10_the_acceptance_notice_goes_out_with_number_and_message():
    case = an_accepted_case()
    paper = Paper.objects.get(case=case, kind="acceptance_notice")
    assert paper.number == "云溪劳鉴受〔2026〕1号"
    assert (
        Message.objects.get(key=f"{case.chain}/acceptance_notice/worker/inbox/{a_worker_user().pk}").evidence
        == paper.evidence
    )


def test_who_accepts_may_not_review_later():
    case = an_accepted_case()
    with pytest.raises(DutyConflict):
        take_duty(case, CaseDuty.Duty.REVIEWER, by=a_clerk())


def test_art_10_an_application_without_its_papers_is_not_accepted():
    case = a_submitted_case(papers=("diagnosis",))
    with pytest.raises(PapersMissing, match="完整的病历资料、被鉴定人的身份证件"):
        accept(case, by=a_clerk())
    assert [kind.code for kind in missing_papers(case)] == ["medical_records", "identity"]


STRANGERS = [a_reviewer, a_scheduler, the_signer, a_worker_user, an_expert_user, an_outsider]


@pytest.mark.parametrize("person", STRANGERS)
def test_nobody_but_the_window_accepts_asks_or_gives_up(person):
    case = a_submitted_case()
    with pytest.raises(NotYours):
        accept(case, by=person())
    with pytest.raises(NotYours):
        ask_supplement(case, [RECORDS], by=person())
    with pytest.raises(NotYours):
        give_up(case, by=person(), reason="仍缺病历")


def test_an_accepted_case_is_neither_accepted_again_nor_asked_nor_given_up():
    case = an_accepted_case()
    with pytest.raises(MoveNotAllowed):
        accept(case, by=a_clerk())
    with pytest.raises(MoveNotAllowed):
        ask_supplement(case, [RECORDS], by=a_clerk())
    with pytest.raises(MoveNotAllowed):
        give_up(case, by=a_clerk(), reason="仍缺病历")
    with pytest.raises(MoveNotAllowed):
        supplement(case, by=a_worker_user())


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (on(3, 2), date(2026, 3, 9)),  # a Monday: Tuesday to next Monday
        (on(3, 6, 23), date(2026, 3, 13)),  # a Friday evening
        (on(3, 7), date(2026, 3, 13)),  # a Saturday: begins on Monday
        (on(2, 12), date(2026, 2, 26)),  # 13, 14 (working Saturday), then the Spring Festival, 24, 25, 26
        (on(9, 18), date(2026, 9, 24)),  # 20 September is a working Sunday
    ],
)
def test_art_10_five_working_days_to_check_the_papers(received, due):
    case = a_submitted_case(at=received)
    assert case.limits.get(limit="LA-REVIEW").due_on == due
    [owed] = open_obligations(case)
    assert owed.due_on == due


def test_art_10_one_notice_lists_everything_missing_with_a_reasonable_period():
    case, notice = a_case_to_supplement()
    assert case.state == State.SUPPLEMENT
    assert notice.due_on == date(2026, 3, 12)
    assert notice.items == [
        {
            "kind": "medical_records",
            "what": "请补交住院病历",
            "title": KINDS["medical_records"].title,
            "article": KINDS["medical_records"].basis,
        }
    ]
    [owed] = open_obligations(case)
    assert (owed.kind, owed.party, owed.due_on) == ("supplement", "applicant", date(2026, 3, 12))
    assert Paper.objects.get(case=case, kind="supplement_notice") == notice.paper


def test_art_10_a_second_notice_is_refused():
    case, _ = a_case_to_supplement()
    a_supplementing_page(case, by=a_worker_user(), at=on(3, 5))
    with moment.fixed(on(3, 5)):
        supplement(case, by=a_worker_user())
    with moment.fixed(on(3, 6)), pytest.raises(SecondNoticeRefused, match="2026-03-02"):
        ask_supplement(case, [RECORDS], by=a_clerk())
    assert SupplementNotice.objects.count() == 1


def test_art_10_the_database_itself_keeps_to_one_notice():
    case, notice = a_case_to_supplement()
    with pytest.raises(IntegrityError), transaction.atomic():
        SupplementNotice.objects.create(
            case=case, items=notice.items, sent_at=on(3, 3), sent_by=a_clerk(), due_on=date(2026, 4, 1)
        )


@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_once_send_one_notice():
    case = a_submitted_case()
    clerk = a_clerk()
    refused: list[type[Exception]] = []

    def ask() -> None:
        try:
            ask_supplement(Case.objects.get(pk=case.pk), [RECORDS], by=clerk)
        except MoveNotAllowed as error:
            refused.append(type(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == [MoveNotAllowed]
    assert SupplementNotice.objects.count() == 1


def test_a_notice_that_asks_for_nothing_is_refused():
    with pytest.raises(NothingToAsk):
        ask_supplement(a_submitted_case(), [Item("medical_records", "  ")], by=a_clerk())


def test_art_10_a_notice_that_forgets_a_missing_paper_is_refused_and_names_it():
    case = a_submitted_case(papers=("diagnosis",))
    with pytest.raises(NoticeIncomplete, match="身份证件"):
        ask_supplement(case, [Item("medical_records", "请补交住院病历")], by=a_clerk())
    case.refresh_from_db()
    assert (case.state, SupplementNotice.objects.count()) == (State.SUBMITTED, 0)
    everything = [Item("medical_records", "请补交住院病历"), Item("identity", "请补交身份证件")]
    assert len(ask_supplement(case, everything, by=a_clerk()).items) == 2


def test_a_notice_may_ask_for_more_than_the_checklist_lacks():
    case = a_submitted_case(papers=("diagnosis", "identity"))
    asked = [Item("medical_records", "请补交住院病历"), Item("diagnosis", "诊断证明未盖章，请重新提交")]
    assert [item["kind"] for item in ask_supplement(case, asked, by=a_clerk()).items] == [
        "medical_records",
        "diagnosis",
    ]


def test_a_notice_that_cannot_be_printed_leaves_the_case_as_it_was(monkeypatch):
    case = a_submitted_case()

    def die(*args, **kwargs):
        raise RuntimeError("no paper")

    monkeypatch.setattr(notices, "tell_supplement", die)
    with pytest.raises(RuntimeError):
        ask_supplement(case, [RECORDS], by=a_clerk())
    case.refresh_from_db()
    assert case.state == State.SUBMITTED
    assert not SupplementNotice.objects.exists()
