"""Every field of an application against what may be typed into it: tables of answers, without a database."""

from datetime import date, timedelta

import pytest

from gongjian.applications.answers import MUST
from gongjian.applications.asking import all_faults
from gongjian.applications.errors import ReceivedDayWithoutReason
from gongjian.applications.forms import DeclareForm, ReceivedForm, part_choices, sides_of
from gongjian.applications.models import Draft
from gongjian.applications.rules import RELATIONS, check_received_day
from gongjian.appraisal.forms import FORMS, ClaimForm
from gongjian.appraisal.rules import CAPACITIES, GROUNDS, check_later_day, faults, is_lapsed, last_day
from gongjian.appraisal.states import INITIAL
from gongjian.appraisal.steps import LONGEST, STEPS
from gongjian.appraisal.tests.builders import answers
from gongjian.grading.parts import all_parts
from gongjian.law.calendar import is_working_day
from gongjian.law.clock import deadline
from gongjian.law.errors import DayOutOfBounds
from gongjian.law.identity import IdType
from gongjian.parties.tests.builders import an_id_number

ON = date(2026, 3, 2)
FIELDS = [(step.code, field) for step in STEPS.filled_in for field in step.fields]
REQUIRED = [(step.code, field) for step in STEPS.filled_in for field in step.required]
OPTIONAL = [(step.code, field) for step in STEPS.filled_in for field in step.optional]
TEXTS = [
    (step, field)
    for step, field in FIELDS
    if field not in ("capacity", "relation", "id_type", "ground", "parts", "electronic_consent")
]


def wrong(step: str, **changes: object) -> dict[str, str]:
    """What is said against a step's complete answers with some of them changed."""
    return faults(STEPS.of(step), {**answers()[step], **changes}, on=ON)


# What must be there.


@pytest.mark.parametrize(("step", "field"), REQUIRED)
@pytest.mark.parametrize("nothing", ["", None, False])
def test_what_is_required_and_missing_is_said_at_its_field_alone(step, field, nothing):
    assert wrong(step, **{field: nothing}) == {field: MUST}


@pytest.mark.parametrize(("step", "field"), REQUIRED)
def test_a_field_that_was_never_sent_is_a_missing_one(step, field):
    told = {name: answer for name, answer in answers()[step].items() if name != field}
    assert faults(STEPS.of(step), told, on=ON) == {field: MUST}


@pytest.mark.parametrize(("step", "field"), OPTIONAL)
def test_what_is_optional_may_be_left_out(step, field):
    assert wrong(step, **{field: ""}) == {}


@pytest.mark.parametrize(("step", "field"), FIELDS)
def test_a_fault_in_one_field_is_said_among_the_whole_application_once(step, field):
    told = answers(**{step: {field: ""}})
    assert [found[:2] for found in all_faults(Draft(procedure=INITIAL, told=told), on=ON)] == (
        [(step, field)] if (step, field) in REQUIRED else []
    )


# What can be kept. A step's page keeps what was typed, right or wrong; handing in does not.


@pytest.mark.parametrize(("step", "field"), TEXTS)
def test_what_is_longer_than_its_place_is_refused_before_it_is_handed_in(step, field):
    assert field in wrong(step, **{field: "长" * (LONGEST.get(field, 200) + 1)})


@pytest.mark.parametrize("field", sorted(set(LONGEST) - {"relation", "employer_telephone"}))
def test_what_just_fits_is_taken(field):
    step = next(code for code, name in FIELDS if name == field)
    assert wrong(step, **{field: "长" * LONGEST[field]}) == {}


@pytest.mark.parametrize(("step", "field"), TEXTS)
def test_a_sign_that_no_text_can_hold_is_refused(step, field):
    assert field in wrong(step, **{field: f"{answers()[step].get(field, '')}\x00"})


@pytest.mark.parametrize("code", sorted(FORMS))
def test_a_form_takes_no_longer_text_than_the_rules(code):
    limits = {name: most for name, field in FORMS[code]().fields.items() if (most := getattr(field, "max_length", 0))}
    assert {name for name, most in limits.items() if most > LONGEST.get(name, 200)} == set()


@pytest.mark.parametrize("relation", ["配偶" * 11, "x" * 21])
def test_a_relation_is_kept_short_whoever_applies(relation):
    assert wrong("applicant", relation=relation) != {}


# One by one.


@pytest.mark.parametrize("capacity", list(CAPACITIES))
def test_art_07_and_08_who_may_apply(capacity):
    behalf = {"relation": "配偶", "unable_reason": "住院治疗", "acts_for": "employer"}
    assert wrong("applicant", capacity=capacity.value, **behalf) == {}


@pytest.mark.parametrize("capacity", ["Worker", "worker ", "friend", "员工", "0", "None"])
def test_art_08_nobody_else_applies(capacity):
    assert set(wrong("applicant", capacity=capacity)) == {"capacity"}


@pytest.mark.parametrize("relation", RELATIONS)
def test_art_08_each_near_relative_applies(relation):
    assert wrong("applicant", capacity="relative", relation=relation, unable_reason="住院治疗") == {}


def test_art_08_a_relative_says_why_the_person_cannot_apply():
    assert set(wrong("applicant", capacity="relative", relation="配偶")) == {"unable_reason"}


def test_an_agent_says_who_gave_the_power():
    assert set(wrong("applicant", capacity="agent")) == {"acts_for"}


@pytest.mark.parametrize("relation", ["", "朋友", "同事", "配偶 ", "叔叔", "表兄"])
def test_art_08_who_is_none_is_asked_for_the_relation(relation):
    assert set(wrong("applicant", capacity="relative", relation=relation, unable_reason="住院")) == {"relation"}


@pytest.mark.parametrize(
    ("number", "good"),
    [
        (an_id_number(), True),
        (an_id_number().lower(), True),
        (f" {an_id_number()} ", True),
        (an_id_number()[:-1], False),
        (f"{an_id_number()}0", False),
        (an_id_number(born="20260303"), False),  # born tomorrow
        (an_id_number(born="20260302"), True),  # born today
        (an_id_number(born="20250229"), False),  # no such day
        ("11111111111111111X", False),
        ("abcdefghijklmnopqr", False),
        ("' OR 1=1 --", False),
    ],
)
def test_art_09_an_identity_number_is_checked_on_the_day_it_is_told(number, good):
    assert set(wrong("person", id_number=number)) == (set() if good else {"id_number"})


@pytest.mark.parametrize("place", range(17))
def test_art_09_one_wrong_digit_of_an_identity_number_is_found(place):
    number = an_id_number()
    digit = str((int(number[place]) + 1) % 10)
    assert "id_number" in wrong("person", id_number=number[:place] + digit + number[place + 1 :])


@pytest.mark.parametrize("id_type", ["", "passport ", "id_card", "驾驶证"])
def test_art_09_a_document_of_no_known_kind_is_said_at_its_kind(id_type):
    assert set(wrong("person", id_type=id_type)) == {"id_type"}


@pytest.mark.parametrize("id_type", [kind.value for kind in IdType if kind is not IdType.RESIDENT_ID])
def test_art_09_a_number_is_checked_by_the_kind_of_its_document(id_type):
    assert set(wrong("person", id_type=id_type, id_number="!")) == {"id_number"}


@pytest.mark.parametrize(
    ("telephone", "good"),
    [
        ("19900000001", True),
        ("199 0000 0001", True),
        ("+86 199-0000-0001", True),
        ("１９９００００００００１", False),
        ("1990000000", False),
        ("199000000012", False),
        ("0593-1234567", False),
        ("29900000001", False),
        ("电话", False),
    ],
)
@pytest.mark.parametrize(("step", "field"), [("person", "telephone"), ("address", "delivery_telephone")])
def test_art_12_and_17_a_telephone_is_one_that_takes_messages(step, field, telephone, good):
    assert set(wrong(step, **{field: telephone})) == (set() if good else {field})


@pytest.mark.parametrize(
    ("code", "good"),
    [
        ("", True),
        ("91350100M000100Y43", True),
        ("91350100m000100y43", True),
        ("91350100-M000100Y-43", True),
        ("91350100M000100Y44", True),  # odd: warned of, not refused
        ("12345", True),
        ("没有", True),
        ("91350100M000100Y43X", False),
        ("9" * 30, False),
    ],
)
def test_an_odd_credit_code_is_taken_and_one_that_cannot_be_kept_is_not(code, good):
    assert set(wrong("employer", credit_code=code)) == (set() if good else {"credit_code"})


@pytest.mark.parametrize(
    ("injured", "recognised", "fields"),
    [
        ("2025-09-08", "2025-11-20", set()),
        ("2025-09-08", "2025-09-08", set()),
        ("2025-09-08", "2025-09-07", {"recognition_on"}),
        ("2026-03-02", "2026-03-02", set()),
        ("2026-03-03", "2026-03-03", {"injured_on", "recognition_on"}),
        ("2025-09-08", "2026-03-03", {"recognition_on"}),
        ("2025-02-30", "2025-11-20", {"injured_on"}),
        ("昨天", "2025-11-20", {"injured_on"}),
        ("2025-09-08", "20/11/2025", {"recognition_on"}),
        ("2025-9-8", "2025-11-20", {"injured_on"}),
    ],
)
def test_art_13_injury_comes_first_then_the_recognition_and_neither_after_today(injured, recognised, fields):
    assert set(wrong("recognition", injured_on=injured, recognition_on=recognised)) == fields


@pytest.mark.parametrize("ground", list(GROUNDS))
def test_art_07_each_ground_is_taken(ground):
    assert wrong("injury", ground=ground) == {}


@pytest.mark.parametrize("ground", ["Stable", "other", "伤情稳定"])
def test_art_07_another_ground_is_not(ground):
    assert set(wrong("injury", ground=ground)) == {"ground"}


@pytest.mark.parametrize("choice", [value for value, _ in part_choices()])
def test_art_13_every_part_that_is_offered_is_taken(choice):
    assert wrong("injury", parts=[choice]) == {}


@pytest.mark.parametrize("parts", [["000"], ["133:middle"], ["133:right", "x"], [":"], [""], ["133:right:left"]])
def test_art_13_what_is_no_part_of_the_body_is_refused(parts):
    assert set(wrong("injury", parts=parts)) == {"parts"}


def test_art_13_several_parts_may_be_named():
    assert wrong("injury", parts=["133:left", "133:right"]) == {}


@pytest.mark.parametrize("part", [part for part in all_parts() if part.is_paired], ids=lambda part: part.code)
def test_a_part_with_two_sides_is_offered_left_and_right(part):
    assert [value for value, _ in sides_of(part)] == [f"{part.code}:left", f"{part.code}:right"]
    assert [label for _, label in sides_of(part)] == [f"左{part.name}", f"右{part.name}"]


# No sentence gives away what it is about.


@pytest.mark.parametrize(
    ("step", "field", "typed"),
    [
        ("person", "id_number", "990101198503120019"),
        ("person", "telephone", "1990000000"),
        ("address", "delivery_telephone", "29900000001"),
        ("employer", "credit_code", "91350100M000100Y43XX"),
        ("hospital", "hospital", "云溪市人民医院" * 40),
        ("injury", "injury_state", "右手" * 1001),
    ],
)
def test_no_sentence_repeats_what_was_typed(step, field, typed):
    [sentence] = wrong(step, **{field: typed}).values()
    assert typed[:12] not in sentence
    assert sentence.endswith("。")


# The forms say what the rules say.


@pytest.mark.parametrize("code", sorted(FORMS))
def test_a_form_with_complete_answers_is_valid_and_tells_them_as_they_are(code):
    told = {name: "on" if answer is True else answer for name, answer in answers()[code].items()}
    form = FORMS[code](told)
    assert form.is_valid(), form.errors
    assert {name: form.told()[name] for name in answers()[code]} == answers()[code]


@pytest.mark.parametrize("code", sorted(FORMS))
def test_an_empty_form_says_what_must_be_filled_in_and_nothing_else(code):
    form = FORMS[code]({})
    assert not form.is_valid()
    assert set(form.errors) == set(STEPS.of(code).required)
    assert {sentence for errors in form.errors.values() for sentence in errors} == {MUST}


@pytest.mark.parametrize("code", sorted(FORMS))
def test_every_field_of_a_form_is_one_of_its_step_with_label_and_basis(code):
    form = FORMS[code]()
    assert set(form.fields) == set(STEPS.of(code).fields)
    assert all(field.label for field in form.fields.values())
    assert set(form.basis) == set(form.fields)


def test_what_is_wrong_is_said_once_at_its_field():
    form = FORMS["person"]({**answers()["person"], "id_number": "1", "telephone": "2", "address": "住" * 201})
    assert {field: len(errors) for field, errors in form.errors.items()} == {
        "id_number": 1,
        "telephone": 1,
        "address": 1,
    }


@pytest.mark.parametrize(("sent", "good"), [({"truthful": "on"}, True), ({}, False), ({"truthful": ""}, False)])
def test_art_14_the_declaration_is_made_or_asked_for(sent, good):
    assert DeclareForm(sent, basis={}).is_valid() is good


@pytest.mark.parametrize(
    ("sent", "good"),
    [
        ({"received_on": "2026-03-02"}, True),
        ({"received_on": "2026-03-02", "reason": "邮寄"}, True),
        ({"received_on": ""}, False),
        ({"received_on": "2026-02-30"}, False),
        ({"received_on": "2026-03-02", "reason": "长" * 201}, False),
    ],
)
def test_the_day_a_paper_application_came_is_a_day(sent, good):
    assert ReceivedForm(sent).is_valid() is good


@pytest.mark.parametrize("missing", ["name", "id_type", "id_number"])
def test_finding_ones_case_takes_name_kind_and_number(missing):
    told = {"name": "林知远", "id_type": "resident_id", "id_number": an_id_number()}
    assert ClaimForm(told).is_valid()
    assert set(ClaimForm({**told, missing: ""}).errors) == {missing}


# The steps.


@pytest.mark.parametrize(("before", "after"), list(zip(STEPS, [*STEPS[1:], STEPS[-1]], strict=True)))
def test_each_step_leads_to_the_next(before, after):
    assert STEPS.after(before.code) == after


def test_no_field_is_asked_twice():
    assert len({field for _, field in FIELDS}) == len(FIELDS)


# Days: the window's earlier day, and the supplement over 春节 2026.


@pytest.mark.parametrize(
    ("back", "reason", "refusal"),
    [
        (0, "", None),
        (0, "今天收到", None),
        (1, "邮寄", None),
        (1, "", ReceivedDayWithoutReason),
        (1, "   ", ReceivedDayWithoutReason),
        (60, "邮寄", None),
        (61, "邮寄", DayOutOfBounds),
        (-1, "邮寄", DayOutOfBounds),
        (400, "", DayOutOfBounds),
    ],
)
def test_art_10_an_earlier_day_of_receipt_lies_in_reach_and_says_why(back, reason, refusal):
    day = ON - timedelta(days=back)
    if refusal is None:
        check_received_day(day, today=ON, reason=reason)
    else:
        with pytest.raises(refusal):
            check_received_day(day, today=ON, reason=reason)


@pytest.mark.parametrize(
    ("told", "due"),
    [
        ("2026-02-04", "2026-02-14"),  # a Saturday on which people work (调休)
        ("2026-02-05", "2026-02-24"),  # the tenth day is the first of 春节
        ("2026-02-10", "2026-02-24"),
        ("2026-02-13", "2026-02-24"),  # the tenth day is the last of 春节
        ("2026-02-14", "2026-02-24"),  # the tenth day is the first working day after it
        ("2026-02-15", "2026-02-25"),  # told within the holiday: the days run all the same
        ("2026-02-18", "2026-02-28"),  # a Saturday on which people work
        ("2026-02-19", "2026-03-02"),  # a Sunday
        ("2026-04-21", "2026-05-06"),  # into 劳动节
        ("2026-09-21", "2026-10-08"),  # into 国庆节
        ("2026-12-22", "2027-01-04"),  # New Year is a day off by law, in a year without data too
    ],
)
def test_art_10_ten_days_to_supplement_over_the_holidays_of_2026(told, due):
    start, end = date.fromisoformat(told), date.fromisoformat(due)
    computed = deadline("LA-SUPPLEMENT", start, region="990100")
    assert computed.due == end
    assert computed.provisional is (end.year == 2027)


@pytest.mark.parametrize("start", [date(2026, 1, 1) + timedelta(days=back) for back in range(0, 330, 11)])
def test_art_10_a_period_never_ends_on_a_rest_day_and_never_before_its_ten_days(start):
    due = deadline("LA-SUPPLEMENT", start, region="990100").due
    assert is_working_day(due)
    assert due >= start + timedelta(days=10)


@pytest.mark.parametrize(
    ("due", "granted", "lapsed_from"),
    [
        ("2026-02-24", None, "2026-02-25"),
        ("2026-02-24", "2026-03-06", "2026-03-07"),
        ("2026-02-24", "2026-02-24", "2026-02-25"),
        ("2026-02-24", "2026-02-01", "2026-02-25"),
    ],
)
def test_art_10_the_day_of_the_lapse_is_the_day_after_the_later_day(due, granted, lapsed_from):
    day, later = date.fromisoformat(due), date.fromisoformat(granted) if granted else None
    first = date.fromisoformat(lapsed_from)
    assert not is_lapsed(day, later, today=first - timedelta(days=1))
    assert is_lapsed(day, later, today=first)
    assert last_day(day, later) == first - timedelta(days=1)


def test_a_later_day_may_be_a_rest_day_when_the_window_says_so():
    check_later_day(date(2026, 3, 7), due=date(2026, 3, 6), today=date(2026, 3, 5))
