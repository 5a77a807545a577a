"""The estimate as a page: one question after another, nothing in the address, nothing kept, nothing asked that the case holds."""

import html
import json
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.tests.builders import a_clerk, a_worker_user, an_employer_user, an_outsider
from gongjian.appraisal.tests.builders import an_accepted_case
from gongjian.conclusions.tests.builders import a_concluded_case, no_grade
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.portal.tests.builders import signed_in_as, text_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 20)
WAGES = {"wages": "5000×12", "average_wage_at_injury": "8,000.00元", "minimum_wage": "2490"}


@pytest.fixture(autouse=True)
def may():
    with moment.fixed(moment.at(DAY)):
        yield


class Walk:
    """Somebody who answers the page."""

    def __init__(self, client: Client | None = None, address: str = "") -> None:
        self.client = client or Client()
        self.address = address or reverse("benefits:estimate")
        self.take(self.client.get(self.address))

    def take(self, answer: Any) -> "Walk":
        self.status, self.text = answer.status_code, html.unescape(text_of(answer))
        self.cache = answer.headers["Cache-Control"]
        found = re.search(r'name="question" value="([^"]+)">\s*(?!<button)', text_of(answer))
        self.question = found[1] if found and 'id="answer"' in self.text else ""
        return self

    def press(self, do: str, question: str = "", **typed: Any) -> "Walk":
        carried = re.search(r"name=\"sheet\" value=\"(\{.*?\})\"", self.text, re.DOTALL)
        data = {"do": do, "question": question or self.question, "sheet": carried[1] if carried else "", **typed}
        return self.take(self.client.post(self.address, data))

    def answer(self, value: Any) -> "Walk":
        return self.press("answer", value=value)

    def through(self, **answers: Any) -> "Walk":
        """Answer what is asked as long as it is in the answers, else skip it."""
        while self.question:
            known = self.question in answers
            self.answer(answers[self.question]) if known else self.press("skip")
        return self


def test_a_stranger_is_led_from_question_to_question_to_a_statement_in_plain_words():
    walk = Walk()
    assert "这是估算，不是决定" in walk.text
    assert walk.question == "matter"
    walk.through(matter="injury", injured_on="2026-03-02", grade="7", self_care="none", insured="yes", **WAGES)
    assert (walk.status, walk.question) == (200, "")
    for words in (
        "一次性伤残补助金",
        "65,000.00元",
        "本人工资5,000.00元×13个月＝65,000.00元",
        "由工伤保险基金支付",
        "条例 第三十七条",
        "已与原文核对",
        "必要的事实都问到了",
    ):
        assert words in walk.text


def test_one_off_and_monthly_amounts_stand_apart_and_are_never_added():
    walk = Walk().through(matter="injury", injured_on="2026-03-02", grade="3", self_care="none", insured="yes", **WAGES)
    parts = re.findall(r'<h2 id="part-\d">([^<]+)</h2>', walk.text)
    assert parts == ["一次性", "按月"]
    assert walk.text.count("一次性支付合计") == 1
    assert "119,000.00元" not in walk.text  # 115,000 once and 4,000 a month


def test_what_is_not_known_is_skipped_and_stays_on_the_list_by_name():
    walk = Walk().through(matter="injury", injured_on="2026-03-02", grade="7", self_care="none")
    assert "还缺这些事实" in walk.text
    assert "受伤前12个月逐月缴费工资" in walk.text
    assert walk.press("ask", "wages").question == "wages"


def test_an_impossible_fact_is_refused_with_a_sentence_and_what_was_told_before_stays():
    walk = Walk().answer("injury").answer("2026-03-02")
    walk.answer("11")
    assert (walk.status, walk.question) == (422, "grade")
    assert "伤残等级应为1至10级。" in walk.text
    walk.answer("3").through(self_care="none", insured="yes")
    walk.press("ask", "terminated_on").answer("2026-09-01")
    assert walk.status == 422
    assert "一级至四级伤残职工保留劳动关系" in walk.text
    assert "2026年3月2日" in walk.text


def test_a_fact_against_another_names_the_other_in_its_own_words():
    walk = Walk().through(matter="injury", injured_on="2026-03-02", grade="7", self_care="none", insured="yes")
    walk.press("ask", "terminated_on").answer("2026-09-01")
    walk.press("ask", "grade").answer("2")
    assert walk.status == 422
    assert "与已填的“解除或者终止劳动关系的日期”不能同时成立" in walk.text


@pytest.mark.parametrize("typed", ["", "x", "2026-02-30"])
def test_what_is_no_day_is_asked_again(typed: str):
    walk = Walk().answer("injury").answer(typed)
    assert (walk.status, walk.question) == (422, "injured_on")


def test_relatives_are_told_one_by_one_and_what_is_missing_of_one_is_asked_again():
    walk = Walk().through(
        matter="death", injured_on="2026-03-02", died_on="2026-03-03", death="direct", insured="yes", **WAGES
    )
    walk.press("ask", "dependants")
    walk.press("more", relation="spouse", sex="female", born="1990-01-01", lived_on_deceased="yes", incapacitated="yes")
    assert walk.question == "dependants[2]"
    walk.press("answer", relation="child", lived_on_deceased="yes")
    assert walk.question == "dependants[2]"
    walk.press("answer", relation="child", lived_on_deceased="yes", born="2015-01-01")
    walk.through(**WAGES)
    assert "配偶40%＝2,000.00元；子女30%＝1,500.00元；合计3,500.00元" in walk.text
    walk.press("drop", "dependants[2]")
    assert "合计2,000.00元" in walk.text


def test_a_province_without_recorded_standards_is_refused_in_a_sentence_not_guessed():
    walk = Walk().through(matter="injury", injured_on="2026-03-02", grade="8", self_care="none", insured="yes", **WAGES)
    walk.press("ask", "terminated_on").answer("2026-09-01")
    walk.through(region="650000", termination_by="worker", retirement_on="2060-01-01")
    assert "算不出来的" in walk.text
    assert "尚未录入，不能计算" in walk.text


def test_the_mark_of_what_was_not_compared_with_the_text_is_explained():
    walk = Walk().through(matter="injury", injured_on="2026-03-02", grade="8", self_care="none", insured="yes", **WAGES)
    walk.press("ask", "terminated_on").answer("2026-09-01")
    walk.through(region="440000", termination_by="worker", retirement_on="2060-01-01")
    assert "未与原文核对" in walk.text
    assert "可能有出入" in walk.text


def test_nothing_told_is_in_an_address_in_the_session_or_in_a_cache():
    client = Client()
    walk = Walk(client).answer("injury").answer("2026-03-02").answer("7")
    assert walk.address == "/benefits/"
    assert "2026-03-02" not in str(dict(client.session))
    assert "no-store" in walk.cache
    assert re.findall(r'method="(?!post)', walk.text) == []


@pytest.mark.parametrize(
    ("sheet", "do", "question"),
    [
        ("", "answer", "grade"),
        ("[]", "answer", "grade"),
        ('{"told": {"grade": 99}, "skipped": []}', "skip", "wages"),
        ('{"told": {"weather": 1}, "skipped": []}', "skip", "wages"),
        ('{"told": {"matter": "death", "dependants": 5}, "skipped": []}', "skip", "wages"),
        ('{"told": {}, "skipped": [1]}', "skip", "wages"),
        ('{"told": {}, "skipped": []}', "burn", "wages"),
        ('{"told": {}, "skipped": []}', "answer", "weather"),
        ('{"told": {}, "skipped": []}', "answer", "dependants[x]"),
        ("[" * 60_000, "answer", "grade"),
        ('{"told": {"matter": []}, "skipped": []}', "skip", "wages"),
        ('{"told": {"grade": "7"}, "skipped": []}', "skip", "wages"),
    ],
)
def test_a_sheet_that_no_page_of_ours_wrote_is_refused_not_a_fault(sheet: str, do: str, question: str):
    answer = Client().post(reverse("benefits:estimate"), {"sheet": sheet, "do": do, "question": question, "value": "1"})
    assert answer.status_code == 422


def a_served_case():
    """Served on the worker at once, who agreed to electronic delivery; not yet on the employer."""
    return a_concluded_case()


def test_a_case_holds_the_day_the_area_the_grade_and_the_self_care_and_none_of_it_is_asked():
    conclusion = a_served_case()
    walk = Walk(signed_in_as(a_worker_user()), reverse("benefits:case", args=[conclusion.case.number]))
    assert walk.question == "insured"
    assert walk.text.count("案件里已有") == 5
    walk.through(insured="yes", **WAGES)
    assert "九级：" in walk.text
    assert conclusion.case.number in walk.text


def test_what_the_case_holds_cannot_be_overruled_by_what_the_page_carries():
    conclusion = a_served_case()
    address = reverse("benefits:case", args=[conclusion.case.number])
    sheet = json.dumps({"told": {"grade": 1}, "skipped": ["insured"]})
    shown = text_of(signed_in_as(a_worker_user()).post(address, {"sheet": sheet, "do": "skip", "question": "wages"}))
    assert f"<strong>{conclusion.grade}</strong>" in shown
    assert "<strong>1</strong>" not in shown


def test_a_conclusion_that_was_not_served_on_a_side_is_not_told_there():
    conclusion = a_served_case()
    walk = Walk(signed_in_as(an_employer_user()), reverse("benefits:case", args=[conclusion.case.number]))
    assert walk.question == "grade"


def test_a_case_without_a_conclusion_still_gives_its_day_and_area():
    walk = Walk(signed_in_as(a_worker_user()), reverse("benefits:case", args=[an_accepted_case().number]))
    assert walk.question == "grade"
    assert walk.text.count("案件里已有") == 3


def test_a_conclusion_below_all_grades_says_so_and_asks_for_none():
    conclusion = a_concluded_case(no_grade())
    walk = Walk(signed_in_as(a_worker_user()), reverse("benefits:case", args=[conclusion.case.number]))
    assert walk.question == "insured"
    assert "未达到伤残等级" in walk.text


def test_an_outsider_finds_no_estimate_of_a_case_and_a_stranger_is_led_to_the_door():
    address = reverse("benefits:case", args=[an_accepted_case().number])
    assert signed_in_as(an_outsider()).get(address).status_code == 404
    assert signed_in_as(an_outsider()).post(address, {"do": "skip"}).status_code == 404
    assert Client().get(address).status_code == 302


def test_reading_a_case_for_an_estimate_is_noted_unless_it_is_ones_own():
    case = an_accepted_case()
    before = LedgerEntry.objects.filter(chain=case.chain).count()
    Walk(signed_in_as(a_worker_user()), reverse("benefits:case", args=[case.number]))
    own = LedgerEntry.objects.filter(chain=case.chain).count()
    Walk(signed_in_as(a_clerk()), reverse("benefits:case", args=[case.number]))
    assert LedgerEntry.objects.filter(chain=case.chain).count() == own + 1
    assert own - before in (0, 1)


def test_the_page_of_a_case_leads_to_its_estimate():
    case = an_accepted_case()
    shown = text_of(signed_in_as(a_worker_user()).get(reverse("portal:case", args=[case.number])))
    assert reverse("benefits:case", args=[case.number]) in shown
