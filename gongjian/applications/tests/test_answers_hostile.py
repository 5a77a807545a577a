"""Whatever somebody types into an application is answered with a sentence at its field, and what has no fault can be kept."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjian.applications.actions.submission import alike_told
from gongjian.applications.answers import MUST, UNKEEPABLE
from gongjian.applications.asking import ASKINGS, Asking
from gongjian.applications.rules import Capacity, day_of
from gongjian.applications.steps import Step, Steps
from gongjian.appraisal import rules as appraisal
from gongjian.appraisal.states import INITIAL
from gongjian.appraisal.tests.builders import answers as of_appraisal
from gongjian.grading.parts import all_parts
from gongjian.kernel import moment
from gongjian.law.identity import IdType, check_document
from gongjian.parties.tests.builders import an_id_number
from gongjian.recognition.answers import as_kept, between, not_counted
from gongjian.recognition.states import RECOGNITION
from gongjian.recognition.tests.builders import MONDAY
from gongjian.recognition.tests.online import answers as of_recognition

TODAY = MONDAY.date()
TRIED = settings(max_examples=60, deadline=None, derandomize=True)
RIGHT = {INITIAL: of_appraisal, RECOGNITION: of_recognition}
EVERY = st.sampled_from([(name, step) for name, each in ASKINGS.items() for step in each.steps.filled_in])
DAYS = st.dates(date(1940, 1, 1), date(2040, 1, 1)).map(date.isoformat)
ODD = st.sampled_from(
    ["0", "-1", "null", "林" * 3000, "１９９０００００００１", "2026-02-30", "0001-01-01", "9999-12-31", "worker", "<b>", "'; --", "%s{0}"]
)  # fmt: skip
TYPED = st.one_of(st.text(max_size=40), ODD, DAYS)
SAID_ACROSS = (
    "capacity",
    "name",
    "applicant_name",
    "died_on",
    "kind",
    "diagnosis",
    "disease",
    "diagnosed_on",
    "injured_on",
)
PARTS = st.lists(
    st.one_of(TYPED, st.sampled_from([f"{each.code}{side}" for each in all_parts() for side in ("", ":left", ":up")])),
    max_size=4,
)
INVISIBLE = st.text(
    st.sampled_from("\u200b\u200c\u200d\ufeff\u2060\u00ad\u180e \u3000\t\n\u00a0"), min_size=1, max_size=9
)


@st.composite
def a_step_somehow_told(draw: st.DrawFn) -> tuple[str, Step, dict[str, Any]]:
    """Right answers of one step, any of them replaced by what its input can send; and some left out."""
    name, step = draw(EVERY)
    told: dict[str, Any] = dict(RIGHT[name]()[step.code])
    for field in draw(st.lists(st.sampled_from(step.fields), unique=True)):
        right = told.get(field, "")
        typed = PARTS if isinstance(right, list) else st.booleans() if isinstance(right, bool) else TYPED
        told[field] = draw(typed)
    for field in draw(st.lists(st.sampled_from(step.fields), unique=True, max_size=2)):
        told.pop(field, None)
    return name, step, told


def wrong(name: str, step: str, /, **told: Any) -> dict[str, str]:
    asking = ASKINGS[name]
    return asking.faults(asking.steps.of(step), {**RIGHT[name]()[step], **told}, on=TODAY)


# Every answer has its sentence.


@TRIED
@given(a_step_somehow_told())
def test_every_answer_is_told_in_a_sentence_at_a_field_of_its_own_step(case):
    name, step, told = case
    found = ASKINGS[name].faults(step, told, on=TODAY)
    assert set(found) <= set(step.fields)
    assert all(sentence.endswith("。") for sentence in found.values())


@TRIED
@given(a_step_somehow_told())
def test_no_sentence_repeats_the_number_of_a_document_or_a_telephone(case):
    name, step, told = case
    said = "".join(ASKINGS[name].faults(step, told, on=TODAY).values())
    secret = [told.get(field) for field in ("id_number", "telephone", "delivery_telephone")]
    assert not any(isinstance(each, str) and len(each) > 5 and each in said for each in secret)


@TRIED
@given(a_step_somehow_told())
def test_asking_twice_answers_alike_and_changes_no_answer(case):
    name, step, told = case
    before = {**told}
    first = ASKINGS[name].faults(step, told, on=TODAY)
    assert ASKINGS[name].faults(step, told, on=TODAY) == first
    assert told == before


@TRIED
@given(st.fixed_dictionaries({}, optional=dict.fromkeys(SAID_ACROSS, TYPED)))
def test_what_two_steps_say_against_each_other_is_told_at_a_field_that_is_asked(told):
    steps: Steps = ASKINGS[RECOGNITION].steps
    found = list(between(told))
    assert all(field in steps.of(code).fields for code, field, _ in found)
    assert len({field for _, field, _ in found}) == len(found)


# What has no fault can be kept.


@TRIED
@given(a_step_somehow_told())
def test_what_has_no_fault_can_be_kept(case):
    name, step, told = case
    asking: Asking = ASKINGS[name]
    if asking.faults(step, told, on=TODAY):
        return
    steps = {**RIGHT[name](), step.code: told}
    flat = {field: answer for fields in steps.values() for field, answer in fields.items()}
    with moment.fixed(MONDAY):
        alike = alike_told(flat)
    assert check_document(IdType(flat["id_type"]), flat["id_number"], on=TODAY)
    assert alike["applicant_kind"] in set(Capacity)
    texts = [value for value in alike.values() if isinstance(value, str)]
    texts += [value for value in as_kept(flat).values() if isinstance(value, str)] if name == RECOGNITION else []
    assert UNKEEPABLE.isdisjoint("".join(texts))


@TRIED
@given(st.lists(TYPED, min_size=3, max_size=3))
def test_a_period_that_is_kept_is_one_of_the_calendar_and_of_the_law(typed):
    told = dict(zip(("not_counted", "not_counted_from", "not_counted_until"), typed, strict=True))
    for period in not_counted(told):
        assert day_of(period["from"])
        assert period["until"] is None or day_of(period["until"])


# What nobody can see, and what reads otherwise than it is written.


@TRIED
@given(EVERY, INVISIBLE)
def test_what_nobody_can_see_is_no_answer(asked, nothing):
    name, step = asked
    for field in step.required:
        if field != "parts":
            assert wrong(name, step.code, **{field: nothing})[field] == MUST


@pytest.mark.parametrize("sign", sorted(UNKEEPABLE - {"\x00"}))
@pytest.mark.parametrize("name", ASKINGS)
def test_a_sign_that_turns_the_order_of_reading_is_refused_wherever_it_stands(name, sign):
    for step, field in (("person", "name"), ("address", "delivery_address"), ("employer", "employer_name")):
        assert list(wrong(name, step, **{field: f"云溪{sign}远知林"})) == [field]


@pytest.mark.parametrize(
    "kept",
    [
        "\ue000知远",
        "葛\U000e0100知远",
        "阿卜杜拉·买买提",
        "林\u200d远",
        "Łukasz O’Neil",
        "تۇرسۇن",
        "ᠪᠠᠲᠤ\u180e",
        "林\U0002a700远",
    ],
)
@pytest.mark.parametrize("name", ASKINGS)
def test_a_rare_a_foreign_and_a_minority_name_is_a_name(name, kept):
    assert wrong(name, "person", name=kept) == {}


@pytest.mark.parametrize("field", ["injured_on"])
@pytest.mark.parametrize("days", [-1, 0, 1])
def test_art_23_a_decision_of_the_day_of_the_injury_is_odd_and_possible_and_an_earlier_one_is_not(field, days):
    told = {field: "2026-02-10", "recognition_on": (date(2026, 2, 10) + timedelta(days=days)).isoformat()}
    step = ASKINGS[INITIAL].steps.of("recognition")
    found = appraisal.faults(step, {"recognition_number": "云溪人社工认〔2026〕1号", **told}, on=TODAY)
    assert set(found) == ({"recognition_on"} if days < 0 else set())


@pytest.mark.parametrize("born", [TODAY, TODAY + timedelta(days=1)])
@pytest.mark.parametrize("name", ASKINGS)
def test_nobody_is_born_after_today(name, born):
    found = wrong(name, "person", id_number=an_id_number(born=f"{born:%Y%m%d}"))
    assert ("id_number" in found) is (born > TODAY)
