"""Another body is asked about a paper, and answers: well, late, twice, wrongly, or not at all."""

from datetime import date, timedelta

import pytest

from gongjian.authenticity.actions import inquire, note_finding, note_late, note_seen
from gongjian.authenticity.errors import InquiryIncomplete, PaperNotOpen, SourceNotSet
from gongjian.authenticity.models import Inquiry
from gongjian.authenticity.rules import Finding
from gongjian.authenticity.tests.builders import DUE, TOLD, a_hospital, an_inquiry, answers, asked
from gongjian.cases.errors import MoveNotAllowed
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.recognition.errors import NotTheInvestigator
from gongjian.recognition.models import Decision, Proposal
from gongjian.recognition.tests.builders import (
    MONDAY,
    a_colleague,
    a_proposed_case,
    an_investigated_case,
    an_investigator,
    the_clerk,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def body():
    with a_hospital() as found:
        yield found


def owed(inquiry: Inquiry) -> list[str]:
    return list(inquiry.case.obligations.filter(about=inquiry.key, fulfilled_at=None).values_list("kind", flat=True))


def test_order_8_art_09_a_body_is_asked_with_the_least_and_its_answer_stands_beside_the_paper(body):
    inquiry = an_inquiry()
    answers(body, inquiry.key)
    assert asked() == 1
    inquiry.refresh_from_db()
    assert (inquiry.finding, inquiry.facts, inquiry.material.kind) == (
        "confirmed",
        [["就诊科室", "手足外科"]],
        "medical_diagnosis",
    )
    assert owed(inquiry) == ["read_inquiry_finding"]
    assert set(body.requests[0]) == {"key", "office", "subject", "person", "hospital", "on"}
    assert set(body.requests[0]["person"]) == {"name", "id_number"}
    assert (body.headers[0]["Authorization"], body.headers[0]["Idempotency-Key"]) == ("Bearer T-1", inquiry.key)


def test_an_answer_that_comes_later_is_asked_for_again_with_the_same_key(body):
    inquiry = an_inquiry()
    assert (asked(), asked()) == (1, 0)
    assert asked(MINUTE) == 1
    answers(body, inquiry.key, finding="differs")
    asked(3 * MINUTE)
    inquiry.refresh_from_db()
    assert (inquiry.finding, inquiry.last_error) == ("differs", "")
    assert body.delivered == {inquiry.key}
    assert asked(timedelta(days=1)) == 0, "what is answered is not asked again"


def test_a_second_answer_changes_nothing(body):
    inquiry = an_inquiry()
    assert note_finding(inquiry, Finding("not_found", ())) is True
    assert note_finding(inquiry, Finding("confirmed", (("科室", "骨科"),))) is False
    inquiry.refresh_from_db()
    assert (inquiry.finding, inquiry.facts) == ("not_found", [])
    assert LedgerEntry.objects.filter(chain=inquiry.case.chain, act="inquiry.answered").count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"key": "another"},
        {"finding": "forged"},
        {"facts": "骨折"},
        {"facts": [{"name": "科室"}]},
        {"facts": [{"name": "a\n", "value": "b"}]},
    ],
    ids=["another inquiry", "finding", "text", "half a fact", "a line break"],
)
def test_a_wrong_answer_is_never_read_as_a_finding(body, changes):
    inquiry = an_inquiry()
    answers(body, inquiry.key, **changes)
    asked()
    inquiry.refresh_from_db()
    assert (inquiry.finding, inquiry.last_error, owed(inquiry)) == ("", "authenticity.answer_wrong", [])
    answers(body, inquiry.key)
    asked(MINUTE)
    assert owed(inquiry) == ["read_inquiry_finding"]


@pytest.mark.parametrize(("status", "content"), [(200, b"<html>"), (500, b""), (404, b""), (302, b"")])
def test_a_body_in_trouble_is_asked_again(body, status, content):
    inquiry = an_inquiry()
    body.always(status)
    body.answer = content
    asked()
    inquiry.refresh_from_db()
    assert inquiry.last_error == ("authenticity.answer_wrong" if status == 200 else f"authenticity.http_{status}")
    assert inquiry.finding == ""


@pytest.mark.parametrize(("day", "late"), [(DUE, 0), (DUE + timedelta(days=1), 1)])
def test_no_answer_becomes_a_task_on_the_day_after_the_last_and_nothing_more_is_asked(body, day, late):
    inquiry = an_inquiry()
    body.always(503)
    with moment.fixed(moment.at(day)):
        assert (note_late(), note_late()) == (late, 0)
    assert owed(inquiry) == ["inquiry_unanswered"] * late
    assert asked(timedelta(days=20)) == 1 - late


def test_the_investigator_notes_the_answer_once_and_nothing_is_decided(body):
    inquiry = an_inquiry()
    answers(body, inquiry.key, finding="differs")
    asked()
    with moment.fixed(MONDAY + MINUTE):
        with pytest.raises(NotTheInvestigator):
            note_seen(inquiry, by=the_clerk())
        assert note_seen(inquiry, by=a_colleague()).seen_on == MONDAY.date()
        note_seen(inquiry, by=an_investigator())
    assert owed(inquiry) == []
    assert LedgerEntry.objects.filter(act="inquiry.seen").count() == 1
    inquiry.case.refresh_from_db()
    assert inquiry.case.state == "investigating"
    assert not Proposal.objects.exists()
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"purpose": " "},
        {"hospital": " "},
        {"on": date(2026, 3, 3)},
        {"due_on": MONDAY.date()},
        {"due_on": date(2026, 5, 2)},
    ],
    ids=["no purpose", "no hospital", "a day to come", "today", "too long"],
)
def test_an_inquiry_has_its_purpose_and_its_time(body, changes):
    with pytest.raises(InquiryIncomplete):
        an_inquiry(**changes)
    assert not Inquiry.objects.exists()


def test_only_bodies_that_are_set_up_are_asked(body):
    with pytest.raises(SourceNotSet):
        an_inquiry(source="insurance")


def test_only_about_a_paper_of_the_case_and_only_while_facts_are_gathered(body):
    case, other = an_investigated_case(), an_investigated_case()
    paper = other.materials.first()
    with moment.fixed(MONDAY), pytest.raises(PaperNotOpen):
        inquire(case, paper.pk, **TOLD, by=an_investigator())
    with pytest.raises(MoveNotAllowed):
        an_inquiry(a_proposed_case()[0])


def test_the_ledger_tells_that_it_was_asked_and_nothing_of_the_person(body):
    inquiry = an_inquiry()
    answers(body, inquiry.key)
    asked()
    facts = str(list(LedgerEntry.objects.filter(act__startswith="inquiry.").values_list("facts", flat=True)))
    assert inquiry.key in facts
    assert not [word for word in ("林知远", "手足外科", "第一人民医院", "核对") if word in facts]
