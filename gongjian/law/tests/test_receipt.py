"""From what day the decision's limit runs after a supplement."""

from datetime import date
from pathlib import Path

import pytest

from gongjian.law import parameters
from gongjian.law.clock import deadline
from gongjian.law.errors import NotInForce, ReceiptOrderWrong, RegionWrong
from gongjian.law.parameters import ParameterBook
from gongjian.law.receipt import decision_start

FIRST = date(2026, 3, 2)
COMPLETE = date(2026, 3, 12)


def test_an_application_complete_at_once_starts_on_its_day() -> None:
    found = decision_start(FIRST)
    assert (found.day, found.complete_receipt, found.text) == (FIRST, FIRST, "首次收到的申请材料即已齐全，自该日起算。")


def test_an_application_completed_later_starts_when_it_was_complete() -> None:
    found = decision_start(FIRST, COMPLETE)
    assert (found.day, found.first_receipt, found.complete_receipt) == (COMPLETE, FIRST, COMPLETE)
    assert found.text == "申请材料经过补正，自收齐材料之日起算。"


def test_the_reading_that_was_chosen_is_marked_as_a_reading() -> None:
    assert decision_start(FIRST, COMPLETE).basis.confidence == "inference"


def test_a_region_may_count_from_the_first_receipt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "national.toml").write_text((parameters.DATA / "national.toml").read_text("utf-8"), "utf-8")
    (tmp_path / "990200.toml").write_text(
        "[[clock_start_after_supplement.values]]\nfrom = 2025-07-01\nvalue = 'first_receipt'\n"
        "source = '当地规定'\nchecked = 2026-11-22\nconfidence = 'local'\n",
        "utf-8",
    )
    monkeypatch.setattr(parameters, "book", lambda: ParameterBook(tmp_path))
    found = decision_start(FIRST, COMPLETE, region="990221")
    assert (found.day, found.text) == (FIRST, "申请材料经过补正，仍自首次收到申请之日起算。")
    assert decision_start(FIRST, COMPLETE, region="990100").day == COMPLETE


def test_both_due_days_can_be_shown() -> None:
    found = decision_start(FIRST, COMPLETE)
    assert deadline("LA-DECIDE", found.first_receipt).due == date(2026, 5, 1)
    assert deadline("LA-DECIDE", found.day).due == date(2026, 5, 11)


def test_papers_are_not_complete_before_the_first_of_them_came() -> None:
    with pytest.raises(ReceiptOrderWrong):
        decision_start(COMPLETE, FIRST)


def test_a_day_before_the_regulation_is_refused() -> None:
    with pytest.raises(NotInForce):
        decision_start(date(2010, 12, 31))


def test_a_region_of_the_wrong_form_is_refused() -> None:
    with pytest.raises(RegionWrong):
        decision_start(FIRST, region="99")
