"""The forms: each field that cannot be taken says in a sentence why, and what was typed comes back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import ChoiceField
from django.utils.datastructures import MultiValueDict

from gongjian.kernel import moment
from gongjian.materials.tests.builders import a_picture
from gongjian.recognition.forms import (
    AcceptForm,
    AnswerForm,
    EvidenceForm,
    ExtensionForm,
    InterviewForm,
    ProposalForm,
    ReasonForm,
    RecordingForm,
    RejectForm,
    ResumeForm,
    ScanForm,
    SignedForm,
    SiteForm,
    StartForm,
    SuspendForm,
    TransferForm,
    WishForm,
)
from gongjian.recognition.models import EvidenceNotice
from gongjian.recognition.queries import bureaus
from gongjian.recognition.tests.builders import (
    MONDAY,
    a_bureau,
    a_colleague,
    an_investigated_case,
    an_investigator,
    another_bureau,
)
from gongjian.recognition.tests.test_pages import a_scan, browser, go

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
DRAFT = {
    "outcome": "recognised", "heads": ["14-1"], "parts": "右手示指", "treatment": "手术治疗。", "fact_1": "林知远是车工。",
}  # fmt: skip
REQUIRED = "这一项要填写。"


@pytest.fixture(autouse=True)
def now():
    with moment.fixed(MONDAY):
        yield


def files(*names: str, field: str) -> MultiValueDict[str, SimpleUploadedFile]:
    return MultiValueDict({field: [SimpleUploadedFile(name, a_picture().getvalue(), "image/png") for name in names]})


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (lambda: ScanForm({"kind": "labour_relation"}, MultiValueDict()), "scans"),
        (lambda: SignedForm({"was_read": "on"}, MultiValueDict()), "pages"),
        (lambda: RecordingForm({}, MultiValueDict()), "recording"),
        (lambda: WishForm({}, MultiValueDict()), "wish"),
        (lambda: RejectForm({"ground": "late"}), "explanation"),
        (lambda: RejectForm({"ground": "mood", "explanation": "x"}), "ground"),
        (lambda: ReasonForm({"reason": "  "}), "reason"),
        (lambda: SuspendForm({"ground": "labour_dispute"}), "awaited"),
        (lambda: SuspendForm({"ground": "holiday", "awaited": "x"}), "ground"),
        (lambda: AnswerForm({"question": "accident", "said": "yes"}, planned={"accident"}), "basis_told"),
        (lambda: AnswerForm({"question": "weather", "said": "yes", "basis_told": "x"}), "question"),
        (lambda: EvidenceForm({"statement": "x"}, MultiValueDict()), "denies"),
        (lambda: EvidenceForm({"denies": "yes"}, MultiValueDict()), "statement"),
        (lambda: ResumeForm({"received_on": "2026-03-02", "document": "裁决书"}, MultiValueDict()), "file"),
        (lambda: ResumeForm({"received_on": "32日", "document": "x"}, files("a.png", field="file")), "received_on"),
        (lambda: StartForm({}, colleagues=[a_colleague()]), "team"),
        (lambda: StartForm({"team": ["0"]}, colleagues=[a_colleague()]), "team"),
        (lambda: TransferForm({"to_name": "某局"}, offices=bureaus()), "reason"),
    ],
)
def test_a_form_names_the_one_field_that_is_missing_or_wrong(form, field):
    bound = form()
    assert not bound.is_valid()
    assert set(bound.errors) == {field}
    assert bound.errors[field][0].endswith("。")


def test_regulation_art_17_an_extension_has_at_least_one_day():
    offices = bureaus().filter(pk=a_bureau().pk)
    told = {
        "office": a_bureau().pk, "employer_name": "恒信", "worker_name": "林知远", "injured_on": "2026-02-20",
        "reason": "失踪",
    }  # fmt: skip
    assert ExtensionForm({**told, "days": "1"}, offices=offices).is_valid()
    refused = ExtensionForm({**told, "days": "0", "office": another_bureau().pk}, offices=offices)
    assert set(refused.errors) == {"days", "office"}


def test_several_scans_are_taken_at_once_and_in_their_order():
    form = ScanForm({"kind": "labour_relation"}, files("1.png", "2.png", field="scans"))
    assert form.is_valid(), form.errors
    assert [each.name for each in form.cleaned_data["scans"]] == ["1.png", "2.png"]


def test_the_reason_why_an_application_is_not_late_may_be_left_out():
    assert AcceptForm({}).is_valid()


@pytest.mark.parametrize(
    ("record", "lines"),
    [
        ("问：在哪里？\n答：在车间。", [{"q": "在哪里？", "a": "在车间。"}]),
        ("问：在哪里？\n\n答：在车间，\n  二车间。", [{"q": "在哪里？", "a": "在车间， 二车间。"}]),
        ("问：几点？\n上午？\n答：十点。", [{"q": "几点？ 上午？", "a": "十点。"}]),
        ("问：一？\n答：甲。\n问：二？\n答：乙。", [{"q": "一？", "a": "甲。"}, {"q": "二？", "a": "乙。"}]),
        ("问：一？", [{"q": "一？", "a": ""}]),
        ("问: 一？\n答: 甲。", [{"q": "一？", "a": "甲。"}]),
        ("问：一？\n答：甲。\n答：补充：乙。", [{"q": "一？", "a": "甲。 补充：乙。"}]),
    ],
)
def test_order_8_art_10_a_record_is_read_question_by_question(record, lines):
    assert interview(record=record).lines() == lines


def interview(**changes) -> InterviewForm:
    told = {
        "asked": "周若岚", "role": "employer", "team": [str(a_colleague().pk)], "place": "会议室",
        "started_at": "2026-03-02T08:00", "ended_at": "2026-03-02T09:00", "record": "问：在哪里？\n答：在车间。",
    }  # fmt: skip
    form = InterviewForm({**told, **changes}, colleagues=[a_colleague()])
    form.is_valid()
    return form


@pytest.mark.parametrize("field", ["asked", "role", "team", "place", "started_at", "ended_at", "record"])
def test_order_8_art_11_a_record_tells_who_when_where_and_what(field):
    assert interview().is_valid()
    assert set(interview(**{field: ""}).errors) == {field}


def test_words_that_stand_before_the_first_question_are_not_thrown_away():
    form = interview(record="今天说明来意，出示证件。\n问：在哪里？\n答：在车间。")
    assert set(form.errors) == {"record"}
    assert "问：" in form.errors["record"][0]


@pytest.mark.parametrize("field", ["team", "visited_at", "place", "seen", "maker", "subject"])
def test_order_8_art_11_a_site_record_tells_time_place_maker_and_subject(field):
    told = {
        "team": [str(a_colleague().pk)], "visited_at": "2026-03-02T08:00", "place": "二车间", "seen": "无防护罩。",
        "maker": "访青", "subject": "车床",
    }  # fmt: skip
    whole = SiteForm(told, files("a.png", field="photos"), colleagues=[a_colleague()])
    assert whole.is_valid(), whole.errors
    assert set(SiteForm({**told, field: ""}, files("a.png", field="photos"), colleagues=[a_colleague()]).errors) == {
        field
    }
    assert set(SiteForm(told, MultiValueDict(), colleagues=[a_colleague()]).errors) == {"photos"}
    other = SiteForm(
        {**told, "taken_at": "2026-03-01T17:05"}, files("a.png", field="photos"), colleagues=[a_colleague()]
    )
    assert other.is_valid(), other.errors
    assert (whole.cleaned_data["taken_at"], other.cleaned_data["taken_at"].day) == (None, 1)


def test_a_draft_keeps_its_sentences_in_order_and_leaves_empty_rows_out():
    told = {**DRAFT, "fact_1": "甲。", "fact_3": "乙。", "rests_3": ["material-1"]}
    form = ProposalForm(told, supports=[("material-1", "材料")])
    assert form.is_valid(), form.errors
    assert form.facts() == [("甲。", []), ("乙。", ["material-1"])]
    assert set(ProposalForm(told, supports=[]).errors) == {"rests_3"}


def test_order_8_art_19_parts_are_named_by_their_codes_too_and_only_by_those_there_are():
    form = ProposalForm({**DRAFT, "part_codes": ["133:right", "08"]}, supports=[])
    assert set(form.errors) == {"part_codes"}
    assert ProposalForm({**DRAFT, "part_codes": ["133:right"]}, supports=[]).is_valid()


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"heads": []}, {"heads"}),
        ({"parts": " "}, {"parts"}),
        ({"treatment": ""}, {"treatment"}),
        ({"fact_1": ""}, {"fact_1"}),
        ({"outcome": "refused"}, {"reason"}),
        ({"outcome": "refused", "heads": [], "parts": "", "treatment": "", "reason": "私事受伤。"}, set()),
        ({"outcome": "deemed", "heads": ["15-2"], "parts": ""}, {"parts"}),
    ],
)
def test_order_8_art_19_a_draft_is_asked_at_its_field_for_what_its_outcome_must_state(changes, wrong):
    assert set(ProposalForm({**DRAFT, **changes}, supports=[]).errors) == wrong


def test_the_questions_of_the_plan_stand_first_and_no_answer_is_chosen_beforehand():
    form = AnswerForm(planned={"commuting"})
    field = form.fields["question"]
    assert isinstance(field, ChoiceField)
    (first, own), (other, rest) = field.choices
    assert (first, [name for name, _ in own], other) == ("本案调查的情形", ["commuting"], "其他情形")
    assert "commuting" not in dict(rest)
    assert "checked" not in str(form["said"])


def test_a_rejection_is_no_outcome_that_an_investigator_may_draft():
    assert set(ProposalForm({**DRAFT, "outcome": "rejected"}, supports=[]).errors) == {"outcome"}


@pytest.mark.parametrize(
    ("name", "told", "kept"),
    [
        ("suspend", {"ground": "labour_dispute", "awaited": ""}, "labour_dispute"),
        ("interview", {"asked": "周若岚", "record": "问：在哪里？"}, "问：在哪里？"),
        ("site", {"seen": "防护罩已拆除。"}, "防护罩已拆除。"),
        ("employers-word", {"statement": "系私事受伤。"}, "系私事受伤。"),
        ("draft", {"fact_1": "林知远是车工。", "outcome": ""}, "林知远是车工。"),
    ],
)
def test_a_page_of_the_investigation_comes_back_with_what_was_typed(name, told, kept):
    case = an_investigated_case()
    answer = browser(an_investigator()).post(f"/recognition/{case.number}/{name}", told)
    assert answer.status_code == 422
    assert kept in answer.content.decode()


def test_order_8_art_17_papers_that_the_employer_brought_are_kept_with_its_word():
    case = an_investigated_case()
    browser(an_investigator()).post(f"/recognition/{case.number}/ask-employer")
    told = {"denies": "yes", "statement": "系私事受伤。", "proofs": [a_scan(9), a_scan(10)]}
    go(an_investigator(), "employers_word", case, told)
    assert EvidenceNotice.objects.get().denies is True
    assert case.materials.get(kind="employer_evidence").pages.count() == 2
