"""Components: what each says, in words and to a screen reader, and what it does with nothing."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import pytest
from django.template import Context, Template, TemplateSyntaxError

from gongjian.kernel import moment
from gongjian.kernel.look import SampleLine
from gongjian.kernel.risk import Countdown
from gongjian.kernel.tests.pages import Page

TODAY = date(2026, 3, 2)


@dataclass(frozen=True)
class Limit:
    """A limit with its working."""

    title: str = "作出鉴定结论"
    due: date = date(2026, 3, 12)
    article: str = "令55 第十条"
    provisional: bool = False
    is_partys: bool = False
    lines: tuple[SampleLine, ...] = (
        SampleLine(date(2026, 1, 11), "收到申请，次日起算", "令55 第十条"),
        SampleLine(None, "60个自然日", ""),
    )

    def days_left(self, today: date) -> int:
        return (self.due - today).days


def drawn(markup: str, **context: Any) -> Page:
    return Page(text(markup, **context))


def text(markup: str, **context: Any) -> str:
    return Template("{% load frame %}" + markup).render(Context(context))


def included(component: str, /, **context: Any) -> Page:
    return drawn('{% include "kernel/components/' + component + '.html" %}', **context)


class TestCountdown:
    @pytest.mark.parametrize(
        ("days", "risk", "words"),
        [
            (-30, "late", "已超期30天"),
            (-1, "late", "已超期1天"),
            (0, "urgent", "今天到期"),
            (1, "urgent", "还剩1天"),
            (3, "urgent", "还剩3天"),
            (4, "soon", "还剩4天"),
            (10, "soon", "还剩10天"),
            (11, "calm", "还剩11天"),
            (60, "calm", "还剩60天"),
        ],
    )
    def test_the_colour_follows_the_days_and_the_words_say_it_too(self, days: int, risk: str, words: str):
        assert (Countdown(days).risk, Countdown(days).words) == (risk, words)


class TestDeadline:
    def test_it_shows_days_and_date(self):
        page = drawn("{% deadline limit today %}", limit=Limit(), today=TODAY)
        assert "还剩10天" in page.one("summary").text
        assert "3月12日" in page.one("summary").text
        assert "gj-risk-soon" in page.one("details").classes

    def test_without_a_day_it_counts_from_today(self):
        with moment.fixed(datetime(2026, 3, 11, 9, tzinfo=moment.ZONE)):
            assert "还剩1天" in text("{% deadline limit %}", limit=Limit())

    def test_it_opens_its_working_line_by_line_with_articles(self):
        page = drawn("{% deadline limit today %}", limit=Limit(), today=TODAY)
        assert [line.text for line in page.all("li")] == ["2026-01-11收到申请，次日起算令55 第十条", "60个自然日"]

    def test_the_summary_tells_a_screen_reader_what_it_opens(self):
        page = drawn("{% deadline limit today %}", limit=Limit(), today=TODAY)
        assert "看这个日期怎么算出来的" in page.one("summary").text

    def test_a_day_of_another_year_names_the_year(self):
        page = drawn("{% deadline limit today %}", limit=Limit(due=date(2027, 1, 4)), today=TODAY)
        assert "2027年1月4日" in page.one("summary").text

    def test_a_year_without_holiday_data_is_said(self):
        words = "还没有公布放假安排"
        assert words in text("{% deadline limit today %}", limit=Limit(provisional=True), today=TODAY)
        assert words not in text("{% deadline limit today %}", limit=Limit(), today=TODAY)

    def test_the_basis_is_named(self):
        assert "依据：令55 第十条" in text("{% deadline limit today %}", limit=Limit(), today=TODAY)
        assert "依据" not in text("{% deadline limit today %}", limit=replace(Limit(), article=""), today=TODAY)

    @pytest.mark.parametrize(
        ("late", "partys", "met", "is_over", "risk", "words"),
        [
            (1, True, None, False, "over", "已届满"),
            (0, True, None, False, "urgent", "今天到期"),
            (1, False, None, False, "late", "已超期1天"),
            (1, False, None, True, "over", "不再计算"),
            (1, True, None, True, "over", "已届满"),
            (1, False, date(2026, 3, 12), True, "calm", "已按期办结"),
        ],
    )
    def test_time_that_ran_out_for_a_party_or_with_its_case_makes_nobody_late(
        self, late: int, partys: bool, met: date | None, is_over: bool, risk: str, words: str
    ):
        told = {"limit": Limit(is_partys=partys), "today": date(2026, 3, 12 + late), "met": met, "is_over": is_over}
        page = drawn("{% deadline limit today met is_over %}", **told)
        assert words in page.one("summary").text
        assert f"gj-risk-{risk}" in page.one("details").classes

    def test_no_limit_is_said_plainly(self):
        assert "无期限" in text("{% deadline limit today %}", limit=None, today=TODAY)

    def test_a_bare_date_has_the_same_chip_without_a_working(self):
        page = drawn("{% days_left due today %}", due=date(2026, 3, 1), today=TODAY)
        assert "已超期1天" in page.with_class("gj-risk-late")[0].text
        assert not page.all("details")

    def test_a_bare_date_of_another_year_names_the_year(self):
        assert "2025年12月31日" in text("{% days_left due today %}", due=date(2025, 12, 31), today=TODAY)

    def test_no_date_is_said_plainly(self):
        assert "无期限" in text("{% days_left due %}", due=None)


class TestWords:
    @pytest.mark.parametrize("kind", ["info", "good", "warn", "bad", "neutral"])
    def test_a_badge_has_its_kind(self, kind: str):
        page = drawn("{% badge words kind %}", words="已受理", kind=kind)
        assert page.one("span").classes == {"gj-badge", f"gj-{kind}"}

    def test_what_a_badge_says_is_escaped(self):
        assert "<b>" not in text("{% badge words %}", words="<b>")

    @pytest.mark.parametrize("markup", ['{% badge "x" "loud" %}', '{% notice kind="loud" %}{% endnotice %}'])
    def test_an_unknown_kind_is_a_mistake_of_the_page(self, markup: str):
        with pytest.raises(TemplateSyntaxError, match="loud"):
            text(markup)

    def test_a_notice_has_a_title_and_a_body(self):
        page = drawn('{% notice kind="warn" title="还差一份" %}<p>请补交{{ what }}。</p>{% endnotice %}', what="<证明>")
        assert page.with_class("gj-notice-title")[0].text == "还差一份"
        assert page.with_class("gj-notice")[0].text == "还差一份请补交<证明>。"

    def test_a_notice_without_title_has_no_empty_heading(self):
        assert not drawn("{% notice %}<p>好。</p>{% endnotice %}").with_class("gj-notice-title")

    def test_a_dialog_is_named_by_its_title_and_can_be_closed(self):
        page = drawn('{% dialog id="why" title="为什么" %}<p>因为。</p>{% enddialog %}')
        assert page.one(id=page.one("dialog")["aria-labelledby"]).text == "为什么"
        assert "data-closes" in page.one("button").attributes


class TestStepper:
    STEPS = [("申请人", "done", "/a/"), ("单位", "now", "/b/"), ("伤情", "later", "")]

    def test_it_says_where_one_stands_in_words_and_as_a_bar(self):
        page = drawn("{% stepper steps %}", steps=self.STEPS)
        assert page.with_class("gj-stepper-where")[0].text == "第2步，共3步：单位"
        assert (page.one("progress")["value"], page.one("progress")["max"]) == ("2", "3")

    def test_only_other_steps_with_an_address_are_links(self):
        assert [a.text for a in drawn("{% stepper steps %}", steps=self.STEPS).all("a")] == ["申请人"]

    def test_the_present_step_is_marked_for_screen_readers(self):
        assert "单位" in drawn("{% stepper steps %}", steps=self.STEPS).one("li", aria_current="step").text

    def test_after_the_last_step_it_stands_at_the_end(self):
        page = drawn("{% stepper steps %}", steps=[("一", "done", "/"), ("二", "done", "/")])
        assert "第2步，共2步" in page.with_class("gj-stepper-where")[0].text

    def test_no_steps_show_nothing(self):
        assert not drawn("{% stepper steps %}", steps=[]).elements


class TestFacts:
    def test_names_and_values_stand_in_pairs(self):
        page = drawn("{% facts pairs %}", pairs=[("编号", "YX-1"), ("日期", TODAY)])
        assert [(n.text, v.text) for n, v in zip(page.all("dt"), page.all("dd"), strict=True)] == [
            ("编号", "YX-1"),
            ("日期", "2026年3月2日"),
        ]

    @pytest.mark.parametrize(("value", "shown"), [("", "—"), (None, "—"), (0, "0"), (False, "False")])
    def test_only_what_is_missing_shows_as_a_dash(self, value: object, shown: str):
        assert drawn("{% facts pairs %}", pairs=[("数", value)]).one("dd").text == shown

    def test_a_title_is_a_heading(self):
        assert drawn('{% facts pairs title="单位" %}', pairs=[]).one("h2").text == "单位"


class TestQr:
    def test_it_is_vector_graphics_with_words(self):
        page = drawn("{% qr address label %}", address="https://example.invalid/check/1", label="核验本文书")
        assert page.one(role="img")["aria-label"] == "二维码：核验本文书"
        assert page.one("figcaption").text == "核验本文书"
        assert page.one("svg")["viewbox"]

    def test_it_carries_no_styles_of_its_own(self):
        assert "style" not in text("{% qr address label %}", address="x", label="y")

    def test_what_it_holds_decides_what_it_draws(self):
        one, other = (text("{% qr address label %}", address=a, label="y") for a in ("a", "b"))
        assert one != other


class TestIncluded:
    def test_an_empty_list_says_what_to_do(self):
        page = included("empty", title="没有待办", text="新的会出现在这里。", url="/new/", action="登记申请")
        assert page.one("a", href="/new/").text == "登记申请"

    def test_an_empty_list_without_anything_to_do_has_no_button(self):
        assert not included("empty", title="没有待办").all("a")

    def test_a_row_of_buttons_submits_first_and_leads_back_second(self):
        page = included("buttons", submit="下一步", back="/before/")
        assert [page.one("button").text, page.one("a").text] == ["下一步", "返回"]

    def test_a_button_may_have_a_value(self):
        assert included("buttons", name="act", value="accept").one("button", name="act")["value"] == "accept"

    def test_an_obligation_says_what_who_when_and_offers_the_act(self):
        page = included(
            "owed", title="审核材料", who="陈晓窗", limit=Limit(), url="/c/1/", action="去办理", article="令55"
        )
        assert "由陈晓窗办理" in page.with_class("gj-owed-who")[0].text
        assert page.with_class("btn")[0].text == "去办理：审核材料"
        assert page.all("details")

    def test_an_obligation_with_a_bare_date_has_no_working(self):
        page = included("owed", title="补交证明", who="林知远", due=TODAY)
        assert not page.all("details")
        assert not page.with_class("btn")

    def test_events_say_what_is_past_present_and_to_come(self):
        events = [
            {"on": TODAY, "title": "受理", "by": "陈晓窗", "state": "done"},
            {"on": TODAY, "title": "现场鉴定", "text": "请带身份证。", "state": "now"},
            {"on": None, "title": "作出结论", "state": "later"},
        ]
        page = included("timeline", events=events)
        words = [item.text for item in page.all("li")]
        assert "经办：陈晓窗" in words[0]
        assert "正在进行" in words[1]
        assert "日期未定" in words[2]
        assert "还没到" in words[2]

    def test_a_file_shows_its_thumbnail_with_words(self):
        page = included("file", name="证明.jpg", url="/f/1/", thumbnail="/f/1/small/", pages=2, size=2048, sha256="ab")
        assert page.one("img")["alt"] == "证明.jpg的缩略图"
        assert "2页" in page.with_class("gj-file-facts")[0].text
        assert page.one("code").text == "ab"

    def test_a_file_without_thumbnail_has_no_empty_picture(self):
        assert not included("file", name="证明.jpg").all("img")

    def test_pages_lead_to_newer_and_older(self):
        page = included("pages", newer="?before=9", older="?after=1")
        assert [a.text for a in page.all("a")] == ["较新的", "较早的"]

    def test_a_single_page_has_no_paging(self):
        assert not included("pages").elements

    def test_a_code_is_shown_with_what_it_is_for(self):
        page = included("code", code="4827", label="签到码")
        assert page.one("figcaption").text == "签到码"

    def test_progress_of_unknown_length_has_no_value(self):
        assert included("progress").one("progress").get("value") is None

    def test_known_progress_has_one(self):
        bar = included("progress", value=0, total=9, label="正在签发").one("progress")
        assert (bar["value"], bar["max"], bar["aria-label"]) == ("0", "9", "正在签发")
