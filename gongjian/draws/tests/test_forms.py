"""What the pages of the draw ask, and what they make of it."""

import pytest

from gongjian.draws.forms import (
    MOST_GROUPS,
    ArrivalForm,
    AskRecusalForm,
    CodeForm,
    DecideRecusalForm,
    PlanForm,
    ProposalForm,
    WitnessForm,
    WordForm,
)
from gongjian.draws.lot.plan import ANY
from gongjian.draws.queries.plan import GroupWish
from gongjian.draws.states import Ground
from gongjian.experts.models import Expert
from gongjian.experts.tests.builders import an_expert

BONE, EYE = "orthopaedics", "ophthalmology"
THREE = {"seat-1-1": BONE, "seat-1-2": EYE, "seat-1-3": ANY}
ONE = {"room-1": "一号诊室", **THREE}


def plan(**changes: str) -> PlanForm:
    return PlanForm({**ONE, "witness-1": "监督员", **changes})


def test_the_form_shows_the_proposal():
    form = PlanForm(wishes=[GroupWish("一号诊室", (BONE, EYE, ANY))], reserves={BONE: 2, ANY: 1})
    ((number, room, seats),) = form.rows()
    assert (number, room.initial) == (1, "一号诊室")
    assert [seat.initial for seat in seats] == [BONE, EYE, ANY, "", ""]
    assert [(one.label, one.initial) for one in form.reserve_fields()] == [("骨科", 2), ("任意", 1)]
    assert [one.initial for one in form.witness_fields()] == ["监督员", "职工代表", "用人单位代表", "", ""]


def test_every_input_of_the_grid_has_a_name_for_the_ear():
    form = PlanForm(wishes=[GroupWish("一号诊室", (BONE, EYE, ANY))], reserves={BONE: 1})
    ((_, room, seats),) = form.rows()
    for bound in (room, *seats, *form.reserve_fields(), *form.witness_fields()):
        assert bound.field.widget.attrs["aria-label"]


def test_what_was_sent_becomes_wishes_reserves_and_witnesses():
    form = plan(**{f"reserve-{EYE}": "2", f"reserve-{BONE}": "1", "reserve-*": "1", "witness-3": " 家属 "})
    assert form.is_valid()
    assert form.wishes == [GroupWish("一号诊室", (BONE, EYE, ANY))]
    assert form.reserves == [BONE, EYE, EYE, ANY]
    assert form.witnesses == ["监督员", "家属"]
    assert form.cleaned_data["one_per_hospital"] is False


def test_a_seat_left_out_in_the_middle_closes_up():
    form = plan(**{"seat-1-2": "", "seat-1-4": EYE})
    assert form.is_valid()
    assert form.wishes == [GroupWish("一号诊室", (BONE, ANY, EYE))]


@pytest.mark.parametrize("size", [1, 2, 4])
def test_art_11_another_number_of_seats_is_refused(size):
    seats = {f"seat-1-{seat}": BONE if seat <= size else "" for seat in range(1, 6)}
    form = plan(**seats)
    assert not form.is_valid()
    assert f"不能是{size}人" in str(form.errors["room-1"])


@pytest.mark.parametrize("size", [3, 5])
def test_three_and_five_are_taken(size):
    seats = {f"seat-1-{seat}": BONE if seat <= size else "" for seat in range(1, 6)}
    form = plan(**seats)
    assert form.is_valid()
    assert [len(wish.wants) for wish in form.wishes] == [size]


def test_groups_of_three_and_of_five_stand_side_by_side():
    five = {f"seat-2-{seat}": EYE for seat in range(1, 6)}
    form = plan(**{"room-2": "二号诊室", **five})
    assert form.is_valid()
    assert [len(wish.wants) for wish in form.wishes] == [3, 5]


def test_a_group_needs_a_room():
    form = plan(**{"room-1": " "})
    assert not form.is_valid()
    assert "请填写第1组的诊室" in str(form.errors["room-1"])


def test_without_any_group_there_is_nothing_to_draw():
    form = PlanForm({"room-1": "一号诊室", "witness-1": "监督员"})
    assert not form.is_valid()
    assert "至少要有一个专家组" in str(form.non_field_errors())


def test_a_specialty_that_is_none_is_refused():
    form = plan(**{"seat-1-1": "alchemy"})
    assert not form.is_valid()
    assert "seat-1-1" in form.errors


@pytest.mark.parametrize("count", ["-1", "10", "x"])
def test_reserves_are_counted_sensibly(count):
    assert not plan(**{f"reserve-{BONE}": count}).is_valid()


def test_a_form_that_claims_too_many_groups_is_cut():
    assert PlanForm({f"room-{MOST_GROUPS + 5}": "x"}).count == MOST_GROUPS
    assert PlanForm({"room-x": "x", "room-": "y"}).count == 0


@pytest.mark.parametrize(
    ("data", "valid"),
    [
        ({"groups": "1", "size": "3"}, True),
        ({"groups": str(MOST_GROUPS), "size": "5"}, True),
        ({"groups": "0", "size": "3"}, False),
        ({"groups": str(MOST_GROUPS + 1), "size": "3"}, False),
        ({"groups": "2", "size": "4"}, False),
        ({"groups": "", "size": ""}, False),
    ],
)
def test_what_may_be_proposed(data, valid):
    assert ProposalForm(data).is_valid() is valid


def test_witnesses_at_the_door_are_those_named():
    form = WitnessForm({"witness-2": "家属代表", "witness-4": " "})
    assert form.is_valid()
    assert form.witnesses == ["家属代表"]


@pytest.mark.parametrize(("code", "valid"), [("K7M4Q2XP", True), ("k7m4 q2xp", True), ("", False), ("x" * 21, False)])
def test_a_code_is_typed(code, valid):
    assert CodeForm({"code": code}).is_valid() is valid


@pytest.mark.parametrize(
    ("word", "valid"), [("一", True), ("字" * 64, True), ("字" * 65, False), ("", False), ("  ", False)]
)
def test_a_word_is_typed(word, valid):
    assert WordForm({"word": word}).is_valid() is valid


@pytest.mark.parametrize(("word", "valid"), [("", True), ("平安", True), ("字" * 65, False)])
def test_a_word_at_the_door_may_be_left_out(word, valid):
    assert ArrivalForm({"code": "K7M4Q2XP", "word": word}).is_valid() is valid


def test_words_and_codes_are_never_kept_by_the_browser():
    assert WordForm().fields["word"].widget.attrs["data-keep"] == "no"
    assert ArrivalForm().fields["code"].widget.attrs["data-keep"] == "no"
    assert CodeForm().fields["code"].widget.attrs["autocomplete"] == "off"


def test_a_request_names_its_ground_and_its_article():
    form = AskRecusalForm({"ground": "interest", "facts": "他是对方的合伙人"})
    assert form.is_valid()
    assert form.cleaned_data["ground"] is Ground.INTEREST
    assert "第二十八条" in form.basis["ground"]


@pytest.mark.parametrize("facts", ["", " ", "字" * 1001])
def test_a_request_tells_something(facts):
    assert not AskRecusalForm({"ground": "interest", "facts": facts}).is_valid()


@pytest.mark.django_db
def test_granting_names_an_expert_and_refusing_names_none():
    expert = an_expert()
    experts = Expert.objects.all()
    granted = DecideRecusalForm({"decision": "granted", "expert": expert.pk, "answer": "好"}, experts=experts)
    refused = DecideRecusalForm({"decision": "refused", "expert": expert.pk, "answer": "好"}, experts=experts)
    nobody = DecideRecusalForm({"decision": "granted", "answer": "好"}, experts=experts)
    assert granted.is_valid()
    assert granted.chosen == expert
    assert refused.is_valid()
    assert refused.chosen is None
    assert not nobody.is_valid()
    assert "请选择应当回避的专家" in str(nobody.errors["expert"])


@pytest.mark.django_db
def test_an_expert_of_another_pool_cannot_be_named():
    expert = an_expert()
    form = DecideRecusalForm(
        {"decision": "granted", "expert": expert.pk, "answer": "好"}, experts=Expert.objects.none()
    )
    assert not form.is_valid()


@pytest.mark.django_db
def test_experts_are_listed_with_where_they_work():
    expert = an_expert()
    form = DecideRecusalForm(experts=Expert.objects.all(), prefix="r1")
    assert f"{expert.name}（{expert.hospital}{expert.department}）" in str(form["expert"])
    assert form["answer"].html_name == "r1-answer"
