"""What the agency must say and until when, what a claim needs, and how its forms read; without a database."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from gongjian.benefits.rules import Stage
from gongjian.claims.errors import AnswerIncomplete, DayToCompleteWrong, DayWrong
from gongjian.claims.forms import ApprovalForm, PaidForm, PaperForm, ReturnForm, WordsForm
from gongjian.claims.rules import (
    BILLS,
    DEATH,
    ENDED,
    IDENTITY,
    OTHER,
    RELATION,
    TITLES,
    WANTED,
    check_approval,
    check_complete_by,
    check_paid_on,
    check_words,
    due_on,
    remedies_told,
    settle_by,
    wanted_papers,
)
from gongjian.claims.states import CORRECT, MOVES, OPEN, OWED, WAITS_FOR_THE_AGENCY, State, step_of
from gongjian.claims.states import ENDED as ENDS
from gongjian.law.limits import limit
from gongjian.materials.catalog import KINDS

TODAY = date(2026, 3, 2)
REGION = "990100"
ITEMS = [("工伤医疗费", "120.00", "实际发生"), ("辅助器具费", "", "经确认的费用")]


@pytest.mark.parametrize(
    ("came", "due"),
    [
        (date(2026, 3, 2), date(2026, 3, 30)),
        (date(2026, 3, 6), date(2026, 4, 3)),
        (date(2026, 3, 7), date(2026, 4, 3)),
        (date(2026, 3, 8), date(2026, 4, 3)),
    ],
)
def test_order_765_art_22_twenty_working_days_begin_on_the_day_after_the_claim_came(came, due):
    found = settle_by(came, region=REGION)
    assert (found.due, found.article) == (due, "令765 第二十二条")


@pytest.mark.parametrize("state", sorted(State))
def test_each_open_state_has_its_day_and_each_end_has_none(state):
    before, told = date(2026, 3, 20), date(2026, 3, 10)
    found = due_on(state, today=TODAY, region=REGION, before=before, complete_by=told)
    days = {
        State.SUBMITTED: settle_by(TODAY, region=REGION).due,
        State.RETURNED: told,
        State.APPROVED: before,
    }
    assert found == days.get(state)
    assert (found is not None) == (state in OPEN)


def test_open_states_and_ends_part_all_states_between_them_and_an_end_is_left_by_a_correction_alone():
    assert set(State) == OPEN | ENDS and not OPEN & ENDS
    assert {move.act for move in MOVES if move.start in ENDS} == {CORRECT}
    assert State.WITHDRAWN not in {move.start for move in MOVES}
    assert {State.SUBMITTED, State.APPROVED} == WAITS_FOR_THE_AGENCY


def test_a_move_stands_in_the_table_once_and_only_from_where_it_begins():
    pairs = [(move.act, move.start) for move in MOVES]
    assert len(pairs) == len(set(pairs))
    for move in MOVES:
        assert step_of(move.act, move.start) == move
        assert move.label and move.article
    assert step_of("pay", State.SUBMITTED) is None
    assert step_of("approve", State.RETURNED) is None


def test_what_the_agency_owes_rests_on_a_limit_of_the_law():
    limits = {owed.limit for owed in OWED.values() if owed.role}
    assert {limit(each).bearer for each in limits} == {"社会保险经办机构"}


@pytest.mark.parametrize(
    ("stage", "held", "ended", "wanted"),
    [
        (Stage.TREATMENT, (), False, [IDENTITY, BILLS]),
        (Stage.TREATMENT, (IDENTITY,), False, [BILLS]),
        (Stage.TREATMENT, (IDENTITY, BILLS), False, []),
        (Stage.DISABILITY, (), False, [IDENTITY]),
        (Stage.DISABILITY, (IDENTITY,), False, []),
        (Stage.DISABILITY, (IDENTITY,), True, [ENDED]),
        (Stage.DEATH, (), False, [IDENTITY, RELATION, DEATH]),
        (Stage.DEATH, (RELATION, DEATH), False, [IDENTITY]),
        (Stage.DEATH, (IDENTITY, RELATION, DEATH), False, []),
    ],
)
def test_art_09_a_claim_is_asked_for_the_papers_that_nobody_holds(stage, held, ended, wanted):
    assert wanted_papers(stage, held, ended=ended) == wanted


def test_every_paper_that_a_claim_may_need_bears_a_title_and_those_of_cases_their_kind():
    assert {kind for kinds in WANTED.values() for kind in kinds} <= set(TITLES)
    assert {IDENTITY, RELATION, DEATH} <= set(KINDS)
    assert {BILLS, ENDED}.isdisjoint(KINDS)
    assert set(WANTED) == set(Stage)


@pytest.mark.parametrize(
    ("amounts", "fault"),
    [
        ({}, "工伤医疗费、辅助器具费"),
        ({"工伤医疗费": Decimal(1)}, "辅助器具费"),
        ({"工伤医疗费": Decimal(1), "辅助器具费": None}, "辅助器具费"),
        ({"工伤医疗费": Decimal(0), "辅助器具费": Decimal(0)}, "没有一项有应付的金额"),
    ],
)
def test_an_approval_names_what_it_leaves_open(amounts, fault):
    with pytest.raises(AnswerIncomplete, match=fault):
        check_approval(["工伤医疗费", "辅助器具费"], amounts)


def test_an_approval_may_fix_one_item_at_nothing_where_another_is_paid():
    check_approval(["工伤医疗费", "辅助器具费"], {"工伤医疗费": Decimal("0.01"), "辅助器具费": Decimal(0)})


def test_a_statement_without_an_item_of_the_fund_is_no_approval():
    with pytest.raises(AnswerIncomplete):
        check_approval([], {})


@pytest.mark.parametrize("words", ["", " ", "\n\t"])
def test_a_return_and_a_refusal_need_words(words):
    with pytest.raises(AnswerIncomplete, match="不予支付的理由"):
        check_words(words, of="不予支付的理由")
    check_words("票据不在目录内。", of="不予支付的理由")


@pytest.mark.parametrize(
    ("days", "allowed"),
    [(-1, False), (0, False), (1, True), (30, True), (365, True), (366, False), (365_000, False)],
)
def test_a_return_leaves_the_claimant_one_day_at_least_and_a_year_at_most(days, allowed):
    if allowed:
        check_complete_by(TODAY + timedelta(days=days), TODAY)
    else:
        with pytest.raises(DayToCompleteWrong, match="最晚到2027-03-02"):
            check_complete_by(TODAY + timedelta(days=days), TODAY)


@pytest.mark.parametrize(
    ("paid", "allowed"),
    [(date(2026, 2, 26), False), (date(2026, 2, 27), True), (TODAY, True), (date(2026, 3, 3), False)],
)
def test_money_goes_out_between_the_day_it_was_fixed_and_today(paid, allowed):
    fixed = date(2026, 2, 27)
    if allowed:
        check_paid_on(paid, approved_on=fixed, today=TODAY)
    else:
        with pytest.raises(DayWrong, match="2026-02-27"):
            check_paid_on(paid, approved_on=fixed, today=TODAY)


def test_regulation_art_55_whoever_does_not_agree_is_told_both_ways_and_their_periods():
    told = remedies_told(TODAY, region=REGION)
    assert "60日内申请行政复议" in told and "6个月内向人民法院提起行政诉讼" in told and "第五十五条" in told


def a_file(name: str = "票据.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"x", content_type="image/png")


def test_the_papers_of_a_claim_stand_each_in_its_place_and_none_is_demanded():
    form = PaperForm({}, MultiValueDict(), wanted=[IDENTITY, BILLS])
    assert list(form.fields) == [IDENTITY, BILLS, OTHER]
    assert form.is_valid() and form.handed() == []
    assert set(form.fields) <= set(form.basis)


def test_what_was_chosen_is_handed_in_under_its_kind_with_the_name_of_the_file():
    files = MultiValueDict({BILLS: [a_file()], OTHER: [a_file("说明.png")]})
    form = PaperForm({}, files, wanted=[BILLS])
    assert form.is_valid()
    assert [(each.kind, each.name) for each in form.handed()] == [(BILLS, "票据.png"), (OTHER, "说明.png")]


def test_a_paper_that_is_not_wanted_has_no_place():
    form = PaperForm({}, MultiValueDict({IDENTITY: [a_file()]}), wanted=[])
    assert form.is_valid() and form.handed() == []


def test_the_approval_shows_what_was_computed_with_its_formula_and_leaves_open_what_was_not():
    form = ApprovalForm(items=ITEMS)
    assert [form[name].initial for name in ("item_0", "item_1")] == ["120.00", None]
    assert "估算：实际发生" in str(form["item_0"].help_text)
    assert [name for name in form.fields if not name.startswith("more_")] == ["item_0", "item_1", "words"]


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"item_0": "120.00", "item_1": "0"}, set()),
        ({"item_0": "-1", "item_1": "0"}, {"item_0"}),
        ({"item_0": "1.234", "item_1": "0"}, {"item_0"}),
        ({"item_0": "很多", "item_1": ""}, {"item_0", "item_1"}),
        ({"item_0": "99999999999.00", "item_1": "0"}, {"item_0"}),
    ],
)
def test_an_amount_is_money_and_not_less_than_nothing(sent, wrong):
    assert set(ApprovalForm(sent, items=ITEMS).errors) == wrong


def test_the_amounts_are_read_by_the_titles_of_their_items():
    form = ApprovalForm({"item_0": "119.50", "item_1": "0"}, items=ITEMS)
    assert form.is_valid()
    assert form.amounts() == {"工伤医疗费": Decimal("119.50"), "辅助器具费": Decimal(0)}


@pytest.mark.parametrize(
    ("form", "sent", "wrong"),
    [
        (WordsForm, {"words": ""}, {"words"}),
        (ReturnForm, {"words": "缺票据。"}, {"complete_by"}),
        (ReturnForm, {"words": "缺票据。", "complete_by": "2026-03-10"}, set()),
        (ReturnForm, {"words": "", "complete_by": "三月十日"}, {"words", "complete_by"}),
        (PaidForm, {"paid_on": ""}, {"paid_on"}),
        (PaidForm, {"paid_on": "2026-03-02"}, set()),
        (PaidForm, {"paid_on": "2026-03-02", "words": "字" * 601}, {"words"}),
    ],
)
def test_the_words_of_the_agency_are_asked_at_their_fields(form, sent, wrong):
    assert set(form(sent).errors) == wrong
