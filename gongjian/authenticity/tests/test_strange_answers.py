"""A body that answers strangely, a case that ends meanwhile, a form in a hurry: nothing is believed, named or lost that should not be."""

import json
from datetime import timedelta

import pytest

from gongjian.authenticity import asking
from gongjian.authenticity.actions import inquire, note_finding, note_late, note_seen
from gongjian.authenticity.models import Inquiry
from gongjian.authenticity.rules import Finding
from gongjian.authenticity.tests.builders import DUE, TOLD, a_hospital, an_inquiry, answers, asked
from gongjian.authenticity.tests.test_pages import go
from gongjian.cases.tests.builders import put_in_state
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.recognition.errors import NotTheInvestigator
from gongjian.recognition.states import State
from gongjian.recognition.tests.builders import (
    MONDAY,
    an_investigated_case,
    an_investigator,
    the_clerk,
    the_reviewer,
    the_signer,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
ENDED = [State.WITHDRAWN, State.TRANSFERRED, State.PROPOSED]


@pytest.fixture
def body():
    with a_hospital() as found:
        yield found


def owed(inquiry: Inquiry) -> list[str]:
    return list(inquiry.case.obligations.filter(about=inquiry.key, fulfilled_at=None).values_list("kind", flat=True))


@pytest.mark.parametrize(
    "told",
    [
        {"finding": ["confirmed"]}, {"finding": {"a": 1}}, {"finding": None}, {"finding": "CONFIRMED"}, {"finding": True},
        {"facts": None}, {"facts": {"name": "a"}}, {"facts": ["a"]}, {"facts": [{"name": "a"}]}, {"facts": [{"name": "a", "value": 1}]},
        {"facts": [{"name": "a", "value": "b\n<script>"}]}, {"facts": [{"name": "", "value": "b"}]}, {"key": None}, {"key": ["x"]},
        {"facts": [{"name": "a", "value": "长" * 201}]}, {"facts": [{"name": "a", "value": "b"}] * 21}, {"facts": [{"name": "a", "value": "x" * 70_000}]},
    ],
    ids=lambda told: str(told)[:40],
)  # fmt: skip
def test_an_answer_of_another_form_ends_no_run_and_is_no_finding(body, told):
    first, second = an_inquiry(), an_inquiry()
    answers(body, first.key, **told)
    assert asked() == 2, "the next is asked all the same"
    rows = Inquiry.objects.filter(pk__in=(first.pk, second.pk)).values_list("finding", "last_error")
    assert set(rows) == {("", "authenticity.answer_wrong")}
    assert (owed(first), owed(second)) == ([], [])


@pytest.mark.parametrize("content", [b"[" * 60_000, b"9" * 9000, b"", b"\xff\xfe\x00", b"null", b"x" * 200_000])
def test_what_is_no_json_or_has_no_end_is_no_answer(body, content):
    inquiry = an_inquiry()
    body.always(200)
    body.answer = content
    assert asked() == 1
    inquiry.refresh_from_db()
    assert (inquiry.finding, inquiry.last_error) == ("", "authenticity.answer_wrong")


def test_an_answer_to_another_inquiry_is_kept_beside_neither(body):
    first, second = an_inquiry(), an_inquiry()
    answers(body, second.key, finding="differs")
    with moment.fixed(MONDAY):
        asking.attempt(first)
    rows = Inquiry.objects.filter(pk__in=(first.pk, second.pk)).values_list("finding", flat=True)
    assert list(rows) == ["", ""]


@pytest.mark.parametrize("state", ENDED)
def test_nobody_is_named_to_anybody_once_the_case_is_not_investigated_any_more(body, state):
    inquiry = an_inquiry()
    put_in_state(inquiry.case, state)
    assert (asked(), body.requests) == (0, [])
    put_in_state(inquiry.case, State.INVESTIGATING)
    assert asked() == 1


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.TRANSFERRED, State.DECIDED])
def test_an_answer_that_comes_once_the_case_is_over_is_kept_and_is_no_task(body, state):
    inquiry = an_inquiry()
    put_in_state(inquiry.case, state)
    with moment.fixed(MONDAY):
        assert note_finding(inquiry, Finding("differs", ())) is True
    assert owed(inquiry) == []


@pytest.mark.parametrize(("state", "reader"), [(State.PROPOSED, the_reviewer), (State.REVIEWED, the_signer)])
def test_an_answer_that_comes_while_the_draft_is_checked_is_the_task_of_who_checks_it(body, state, reader):
    inquiry = an_inquiry()
    put_in_state(inquiry.case, state)
    with moment.fixed(MONDAY):
        note_finding(inquiry, Finding("differs", ()))
    assert owed(inquiry) == ["read_inquiry_finding"]
    with pytest.raises(NotTheInvestigator), moment.fixed(MONDAY):
        note_seen(inquiry, by=the_clerk())
    assert "已查看" in go(reader(), "case", inquiry.case.number).content.decode()
    assert go(reader(), "seen", inquiry.pk, told={}).status_code == 302
    assert owed(inquiry) == []


def test_an_answer_that_came_during_the_review_can_be_called_seen_by_the_investigators_when_the_case_is_theirs_again(
    body,
):
    inquiry = an_inquiry()
    put_in_state(inquiry.case, State.PROPOSED)
    with moment.fixed(MONDAY):
        note_finding(inquiry, Finding("differs", ()))
    put_in_state(inquiry.case, State.INVESTIGATING)
    with moment.fixed(MONDAY):
        assert note_seen(inquiry, by=an_investigator()).seen_on == MONDAY.date()
        note_seen(inquiry, by=an_investigator())
    assert owed(inquiry) == []
    assert LedgerEntry.objects.filter(chain=inquiry.case.chain, act="inquiry.seen").count() == 1


def test_silence_of_a_case_that_has_ended_is_nobodys_task_and_what_nobody_answered_is_not_seen(body):
    inquiry = an_inquiry()
    with moment.fixed(MONDAY):
        assert note_seen(inquiry, by=an_investigator()).seen_on is None
    put_in_state(inquiry.case, State.WITHDRAWN)
    with moment.fixed(moment.at(DUE + timedelta(days=1))):
        assert (note_late(), note_late()) == (1, 0)
    assert owed(inquiry) == []


def test_only_the_cases_investigators_ask(body):
    case = an_investigated_case()
    paper = case.materials.get(kind="medical_diagnosis")
    for somebody in (the_clerk(), the_reviewer(), the_signer()):
        with moment.fixed(MONDAY), pytest.raises(NotTheInvestigator):
            inquire(case, paper.pk, **TOLD, by=somebody)
    assert not Inquiry.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [{"source": "police"}, {"subject": "income"}, {"on": "2026-02-30"}, {"hospital": "医" * 101}, {"purpose": "\u3000 "}],
    ids=lambda changes: next(iter(changes)),
)  # fmt: skip
def test_a_form_in_a_hurry_is_refused_with_nothing_asked(body, changes):
    case = an_investigated_case()
    paper = case.materials.get(kind="medical_diagnosis")
    assert go(an_investigator(), "inquire", case.number, paper.pk, told={**TOLD, **changes}).status_code == 422
    assert (Inquiry.objects.count(), asked()) == (0, 0)


def test_a_sign_that_no_text_can_hold_is_refused_before_it_comes_here(body):
    case = an_investigated_case()
    paper = case.materials.get(kind="medical_diagnosis")
    assert go(an_investigator(), "inquire", case.number, paper.pk, told={**TOLD, "purpose": "a\x00"}).status_code == 400
    assert not Inquiry.objects.exists()


def test_a_form_sent_twice_asks_once_and_about_another_day_again(body):
    case = an_investigated_case()
    paper = case.materials.get(kind="medical_diagnosis")
    for told in (TOLD, TOLD, {**TOLD, "purpose": "同一事由，补充说明"}):
        assert go(an_investigator(), "inquire", case.number, paper.pk, told=told).status_code == 302
    assert Inquiry.objects.count() == 1
    assert LedgerEntry.objects.filter(chain=case.chain, act="inquiry.made").count() == 1
    go(an_investigator(), "inquire", case.number, paper.pk, told={**TOLD, "on": "2026-02-11"})
    assert Inquiry.objects.count() == 2
    inquiry = Inquiry.objects.order_by("pk").first()
    with moment.fixed(MONDAY):
        note_finding(inquiry, Finding("not_found", ()))
    go(an_investigator(), "inquire", case.number, paper.pk, told=TOLD)
    assert Inquiry.objects.count() == 3, "what was answered may be asked once more"


def test_the_purpose_and_the_paper_stay_here_and_no_name_stands_in_the_log(body, caplog):
    inquiry = an_inquiry()
    body.always(503)
    with caplog.at_level("INFO"):
        asked()
    sent = json.dumps(body.requests, ensure_ascii=False) + str(body.headers)
    assert not [word for word in (TOLD["purpose"], inquiry.case.number, "示指", "诊断证明") if word in sent]
    person = inquiry.case.person
    assert not [word for word in (person.name, person.id_number, TOLD["hospital"]) if word in caplog.text]
