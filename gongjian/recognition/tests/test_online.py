"""Applying for recognition online: who may, until when, what is asked, and that one draft makes one case."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection

from gongjian.accounts.tests.builders import a_worker_user, an_applicant, an_outsider
from gongjian.applications.actions.drafts import draft_from, save_step
from gongjian.applications.actions.submission import submit
from gongjian.applications.asking import all_faults
from gongjian.applications.errors import DraftChanged, DraftIncomplete, DraftNotFound, StepUnknown
from gongjian.applications.models import Draft
from gongjian.applications.queries import draft_for
from gongjian.applications.reaching import applicant_side
from gongjian.cases.models import Case
from gongjian.cases.queries import Side, visible_to
from gongjian.kernel import moment
from gongjian.kernel.evidence.errors import EvidenceUnreadable
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.outbox.models import Message
from gongjian.papers.models import Paper
from gongjian.parties.actions import keep_employer
from gongjian.recognition import notices
from gongjian.recognition.actions.extension import grant_extension
from gongjian.recognition.answers import applicant_of, faults, not_counted
from gongjian.recognition.forms.online import FORMS
from gongjian.recognition.models import Application
from gongjian.recognition.queries import application_of, missing_papers
from gongjian.recognition.queries.drafts import checklist_of, standing_of_draft
from gongjian.recognition.rules import CAPACITIES, is_in_time
from gongjian.recognition.states import RECOGNITION, State
from gongjian.recognition.steps import LONGEST, STEPS
from gongjian.recognition.tests.builders import MONDAY, a_bureau, the_signer
from gongjian.recognition.tests.online import a_sent_case, a_written_draft, answers

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
LATE_FOR_THE_EMPLOYER = MONDAY + timedelta(days=40)


def wrong(step: str, **told: object) -> dict[str, str]:
    """What is wrong when a step is told so, everything else in it being right."""
    return faults(STEPS.of(step), {**answers()[step], **told}, on=TODAY)


def the_boss() -> object:
    return an_applicant("19900000002", "周若岚")


# What is asked.


@pytest.mark.parametrize("step", STEPS.filled_in, ids=lambda step: step.code)
def test_every_field_asked_stands_on_an_article_and_has_an_input(step):
    assert set(step.basis) == set(step.kept)
    assert set(step.fields) == set(FORMS[step.code]().fields)


def test_no_two_steps_ask_the_same():
    asked = [field for step in STEPS.filled_in for field in step.fields]
    assert len(asked) == len(set(asked))


def test_the_applicant_is_not_asked_under_which_head_the_injury_falls():
    assert not {"heads", "head", "article"} & {field for step in STEPS for field in step.fields}


@pytest.mark.parametrize("field", LONGEST)
def test_what_a_table_cannot_hold_is_told_at_its_field(field):
    step = next(step for step in STEPS.filled_in if field in step.fields)
    assert field in wrong(step.code, **{field: "字" * (LONGEST[field] + 1)})


@pytest.mark.parametrize(
    ("step", "told", "field"),
    [
        ("applicant", {"capacity": "friend"}, "capacity"),
        ("applicant", {"capacity": "relative"}, "relation"),
        ("applicant", {"capacity": "agent"}, "acts_for"),
        ("applicant", {"capacity": "agent", "acts_for": "worker", "mandate_until": "2026-02-01"}, "mandate_until"),
        ("person", {"id_number": "123"}, "id_number"),
        ("person", {"telephone": "12"}, "telephone"),
        ("person", {"occupation": ""}, "occupation"),
        ("employer", {"employment": "gig"}, "employment"),
        ("employer", {"insured": "perhaps"}, "insured"),
        ("injury", {"kind": "bad luck"}, "kind"),
        ("injury", {"place": ""}, "place"),
        ("injury", {"cause": ""}, "cause"),
        ("injury", {"injured_on": "2026-03-03"}, "injured_on"),
        ("injury", {"died_on": "2026-02-09"}, "died_on"),
        ("injury", {"parts": ["nothing"]}, "parts"),
        ("medical", {"diagnosed_on": "yesterday"}, "diagnosed_on"),
        ("time", {"not_counted": "labour_dispute"}, "not_counted_from"),
        ("time", {"not_counted_from": "2026-02-11"}, "not_counted"),
        ("time", {"not_counted": "hospital", "not_counted_from": "2026-02-11"}, "not_counted"),
        (
            "time",
            {"not_counted": "labour_dispute", "not_counted_from": "2026-02-11", "not_counted_until": "2026-02-11"},
            "not_counted_until",
        ),
        ("address", {"delivery_telephone": "1"}, "delivery_telephone"),
    ],
)
def test_a_wrong_answer_is_told_at_its_field_alone(step, told, field):
    assert list(wrong(step, **told)) == [field]


@pytest.mark.parametrize("step", STEPS.filled_in, ids=lambda step: step.code)
def test_right_answers_have_no_fault(step):
    assert wrong(step.code) == {}


def test_an_occupational_disease_has_no_place_and_no_course():
    assert wrong("injury", kind="disease", place="", cause="", happened_at="") == {}


@pytest.mark.parametrize("capacity", CAPACITIES)
def test_art_17_each_who_may_apply_can_say_so(capacity):
    told = {"capacity": capacity, "relation": "配偶", "acts_for": "worker"}
    assert wrong("applicant", **told) == {}


@pytest.mark.parametrize(
    ("told", "side"),
    [
        ({"capacity": "worker"}, "worker"),
        ({"capacity": "union"}, "union"),
        ({"capacity": "employer"}, "employer"),
        ({"capacity": "agent", "acts_for": "worker"}, "worker"),
        ({"capacity": "agent", "acts_for": "employer"}, "employer"),
    ],
)
def test_art_17_the_limit_of_an_agent_is_that_of_who_gave_the_power(told, side):
    assert applicant_of(told) == side


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({}, []),
        ({"not_counted": "labour_dispute"}, []),
        ({"not_counted": "nothing", "not_counted_from": "2026-01-01"}, []),
        (
            {"not_counted": "labour_dispute", "not_counted_from": "2026-01-01"},
            [{"ground": "labour_dispute", "from": "2026-01-01", "until": None}],
        ),
    ],
)
def test_time_that_does_not_count_is_kept_when_it_is_told_whole(told, kept):
    assert not_counted(told) == kept


# The papers.


@pytest.mark.parametrize(
    ("changes", "kinds"),
    [
        ({}, ["labour_relation", "medical_diagnosis"]),
        ({"injury": {"kind": "disease"}}, ["labour_relation", "occupational_diagnosis"]),
        ({"applicant": {"capacity": "union"}}, ["labour_relation", "medical_diagnosis", "union_letter"]),
        ({"applicant": {"capacity": "relative"}}, ["labour_relation", "medical_diagnosis", "relation_proof"]),
        ({"applicant": {"capacity": "agent"}}, ["labour_relation", "medical_diagnosis", "mandate"]),
        ({"applicant": {"capacity": "nobody"}, "injury": {"kind": "?"}}, ["labour_relation", "medical_diagnosis"]),
    ],
)
def test_art_18_the_checklist_of_a_draft_is_that_of_the_office(changes, kinds):
    draft = a_written_draft(papers=(), **changes)
    assert [each.kind.code for each in checklist_of(draft) if each.required] == kinds


def test_who_tells_of_a_death_is_shown_where_its_papers_go():
    draft = a_written_draft(papers=(), injury={"died_on": "2026-02-10"})
    assert {"death_certificate", "rescue_record"} <= {each.kind.code for each in checklist_of(draft)}


def test_a_paper_that_is_missing_keeps_nobody_from_handing_in():
    case = a_sent_case(papers=("medical_diagnosis",))
    assert [kind.code for kind in missing_papers(case)] == ["labour_relation"]


# The time.


def test_art_17_the_employer_has_thirty_days_and_the_worker_a_year():
    with moment.fixed(LATE_FOR_THE_EMPLOYER):
        on = moment.today()
        by_employer = standing_of_draft(a_written_draft(applicant={"capacity": "employer"}), on)
        by_worker = standing_of_draft(a_written_draft(), on)
    assert by_employer and not is_in_time(by_employer)
    assert by_worker and is_in_time(by_worker)


def test_art_17_a_late_employer_is_asked_why_and_then_goes_on():
    with moment.fixed(LATE_FOR_THE_EMPLOYER):
        draft = a_written_draft(by=the_boss(), applicant={"capacity": "employer"})
        assert [found[:2] for found in all_faults(draft)] == [("time", "late_reason")]
        with pytest.raises(DraftIncomplete):
            submit(draft, by=draft.user, truthful=True)
        save_step(draft, "time", {"late_reason": "职工一直在外地住院"}, seen=1, by=draft.user)
        told = application_of(submit(draft, by=draft.user, truthful=True))
    assert told.late_reason == "职工一直在外地住院"
    assert {one["side"]: one["in_time"] for one in told.explained if "side" in one} == {
        "employer": False,
        "worker": True,
    }


def test_art_17_an_employer_with_more_time_is_not_late():
    with moment.fixed(MONDAY):
        employer = keep_employer(name="云溪恒信机械有限公司")
        grant_extension(
            a_bureau(),
            employer,
            worker_name="林知远",
            injured_on=date(2026, 2, 10),
            days=30,
            reason="洪水",
            by=the_signer(),
        )
    with moment.fixed(LATE_FOR_THE_EMPLOYER):
        draft = a_written_draft(by=the_boss(), applicant={"capacity": "employer"})
        assert all_faults(draft) == []


@pytest.mark.parametrize(("told", "late"), [({}, True), ({"not_counted_until": "2026-01-05"}, False)])
def test_judicial_interpretation_9_art_7_a_dispute_before_the_arbitrators_does_not_count(told, late):
    ground = {"not_counted": "labour_dispute", "not_counted_from": "2025-12-05", **told} if told else {}
    draft = a_written_draft(injury={"injured_on": "2025-02-10"}, medical={"diagnosed_on": "2025-02-10"}, time=ground)
    assert bool(all_faults(draft, on=TODAY)) is late


def test_without_the_day_of_the_injury_nothing_is_said_of_the_time():
    assert standing_of_draft(a_written_draft(papers=(), injury={"injured_on": ""}), TODAY) is None


def test_days_that_cannot_be_are_told_at_their_fields_and_not_by_the_clock():
    assert standing_of_draft(a_written_draft(papers=(), injury={"injured_on": "2027-01-01"}), TODAY) is None


# Handing in.


def test_a_worker_hands_in_and_has_number_time_and_hashes():
    case = a_sent_case()
    told = application_of(case)
    assert (case.state, case.procedure, case.received_at) == (State.SUBMITTED, RECOGNITION, MONDAY)
    assert (told.channel, told.applicant, told.parts, told.insured) == ("online", a_worker_user(), ["133:right"], True)
    assert told.receipt and told.receipt.kind == "recognition_receipt"
    assert visible_to(a_worker_user()).get() == case
    assert applicant_side(case) is Side.WORKER


def test_the_office_owes_its_word_within_fifteen_days_of_an_online_application():
    case = a_sent_case()
    owed = case.obligations.get(fulfilled_at=None)
    assert (owed.kind, owed.due_on) == ("check_papers", TODAY + timedelta(days=15))


def test_handing_in_twice_is_one_case():
    draft = a_written_draft()
    with moment.fixed(MONDAY):
        first, again = (submit(draft, by=draft.user, truthful=True) for _ in range(2))
    assert first == again == Case.objects.get()
    assert Paper.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_devices_that_hand_in_at_once_have_one_case():
    draft = a_written_draft()

    def send() -> str:
        try:
            return submit(draft, by=draft.user, truthful=True).number
        finally:
            connection.close()

    with moment.fixed(MONDAY), ThreadPoolExecutor(2) as pool:
        numbers = {each.result() for each in [pool.submit(send), pool.submit(send)]}
    assert numbers == {Case.objects.get().number}


def test_dying_at_the_receipt_leaves_the_draft_as_it_was(monkeypatch):
    draft = a_written_draft()
    with moment.fixed(MONDAY), monkeypatch.context() as here:
        here.setattr(notices, "give_receipt", lambda *told, **more: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            submit(draft, by=draft.user, truthful=True)
    draft.refresh_from_db()
    assert draft.case is None
    assert not Case.objects.exists()
    assert draft.materials.filter(case=None).count() == 2


def test_a_file_that_cannot_be_read_again_is_not_receipted(monkeypatch):
    draft = a_written_draft()

    def unreadable(evidence: object) -> None:
        raise EvidenceUnreadable(sha256="0" * 64)

    monkeypatch.setattr("gongjian.applications.actions.submission.open_evidence", unreadable)
    with moment.fixed(MONDAY), pytest.raises(EvidenceUnreadable):
        submit(draft, by=draft.user, truthful=True)
    assert not Application.objects.exists()


def test_a_stranger_with_the_address_of_a_draft_finds_nothing_and_changes_nothing():
    draft = a_written_draft()
    with pytest.raises(DraftNotFound):
        draft_for(draft.token, by=an_outsider())
    with pytest.raises(DraftNotFound):
        save_step(draft, "time", {"late_reason": "改"}, seen=1, by=an_outsider())
    with moment.fixed(MONDAY), pytest.raises(DraftNotFound):
        submit(draft, by=an_outsider(), truthful=True)


def test_an_older_page_covers_nothing():
    draft = a_written_draft()
    save_step(draft, "medical", {"hospital": "甲"}, seen=1, by=draft.user)
    with pytest.raises(DraftChanged):
        save_step(draft, "medical", {"hospital": "乙"}, seen=1, by=draft.user)
    draft.refresh_from_db()
    assert draft.told["medical"] == {"hospital": "甲"}


def test_a_draft_without_the_promise_of_truth_is_not_taken():
    draft = a_written_draft()
    with moment.fixed(MONDAY), pytest.raises(DraftIncomplete):
        submit(draft, by=draft.user, truthful=False)


def test_neither_ledger_nor_messages_of_an_online_application_say_what_was_hurt():
    case = a_sent_case()
    said = [str(entry.facts) for entry in LedgerEntry.objects.filter(chain=case.chain)]
    said += [message.title + message.body for message in Message.objects.all()]
    assert said
    assert not any(word in text for text in said for word in ("示指", "车床", "刀具", "19900000001"))


# A draft from answers that are known already.


def test_a_draft_from_told_values_goes_on_where_an_answer_is_missing():
    told = {code: answers()[code] for code in ("applicant", "person", "employer")}
    draft = draft_from(told, by=a_worker_user(), office=a_bureau(), procedure=RECOGNITION)
    assert (draft.step, draft.versions) == ("injury", {"applicant": 1, "person": 1, "employer": 1})
    assert draft_from(answers(), by=a_worker_user(), office=a_bureau(), procedure=RECOGNITION).step == "materials"


def test_a_draft_from_told_values_keeps_only_what_is_asked():
    told = {"time": {"late_reason": "住院", "grade": "1"}}
    draft = draft_from(told, by=a_worker_user(), office=a_bureau(), procedure=RECOGNITION)
    assert draft.told == {"time": {"late_reason": "住院"}}
    with pytest.raises(StepUnknown):
        draft_from({"heads": {}}, by=a_worker_user(), office=a_bureau(), procedure=RECOGNITION)
    assert Draft.objects.count() == 1
