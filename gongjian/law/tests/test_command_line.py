"""`gongjian law …` and the questions behind it."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gongjian.law import asking
from gongjian.law.asking import Answer, Day, Step
from gongjian.law.clock import Extension, Postponement, deadline
from gongjian.law.command_line import law
from gongjian.law.errors import DayWrong, LimitUnknown, NotInForce, PauseWrong, RegionWrong
from gongjian.law.limits import all_limits
from gongjian.law.listing import EventAnswer, LimitAnswer


def ask(*arguments: str) -> Result:
    return CliRunner().invoke(law, list(arguments))


def ask_json(*arguments: str) -> dict[str, object]:
    answer = json.loads(ask("due", *arguments, "--json").stdout)
    assert isinstance(answer, dict)
    return answer


def test_the_answer_for_people_has_the_due_day_first_and_the_working_below() -> None:
    result = ask("due", "LA-REAPPEAL", "--from", "2026-02-03")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "LA-REAPPEAL 申请再次鉴定：2026-02-24",
        "  2026-02-03  2026年2月3日收到鉴定结论；当日不计入，自2026年2月4日起计算。［民法典 第二百零一条］",
        "  2026-02-18  申请再次鉴定的期限为15日（自然日），计至2026年2月18日。［令55 第十九条、条例 第二十六条］",
        "  2026-02-24  期限的最后一日2026年2月18日是休息日（春节），以其后的第一个工作日2026年2月24日（星期二）为最后一日。"
        "［民法典 第二百零三条］",
        "              法定休假日的范围（含周末和调休的放假日，不含调休上班的周末）：这一读法尚未与条文原文核对，请以原文为准。"
        "［民法典 第二百零三条、民诉法 第八十五条］",
    ]


def test_a_provisional_answer_says_so_in_its_first_line() -> None:
    assert ask("due", "LA-DECIDE", "--from", "2026-12-01").stdout.splitlines()[0].endswith("2027-01-30（暂定）")


def test_the_answer_for_programs_has_its_stable_names() -> None:
    answer = ask_json("LA-DECIDE", "--from", "2026-02-10")
    assert {name: answer[name] for name in ("limit", "from", "due", "unit", "basis", "provisional")} == {
        "limit": "LA-DECIDE",
        "from": "2026-02-10",
        "due": "2026-04-11",
        "unit": "calendar day",
        "basis": "令55 第十条、条例 第二十五条",
        "provisional": False,
    }


def test_the_working_for_programs_has_day_what_and_article() -> None:
    working = ask_json("LA-DECIDE", "--from", "2026-02-10")["working"]
    assert isinstance(working, list)
    assert working[0] == {
        "day": "2026-02-10",
        "what": "2026年2月10日收到鉴定申请；当日不计入，自2026年2月11日起计算。",
        "article": "民法典 第二百零一条",
    }


@pytest.mark.parametrize(
    ("pauses", "due"),
    [
        ([], "2026-05-01"),
        (["2026-03-20:2026-03-20"], "2026-05-02"),
        (["2026-03-20:2026-03-26"], "2026-05-08"),
        (["2026-03-20:2026-03-26", "2026-03-27:2026-04-02"], "2026-05-15"),
        (["2026-03-20:2026-03-26", "2026-03-24:2026-04-02"], "2026-05-15"),
        (["2026-03-24:2026-04-02", "2026-03-20:2026-03-26"], "2026-05-15"),
        (["2026-02-01:2026-03-02"], "2026-05-01"),
        (["2026-02-01:2026-03-03"], "2026-05-02"),
        (["2026-05-02:2026-05-09"], "2026-05-01"),
    ],
)
def test_the_days_of_a_pause_both_included_do_not_count(pauses: list[str], due: str) -> None:
    options = [part for pause in pauses for part in ("--pause", pause)]
    assert ask_json("LA-DECIDE", "--from", "2026-03-02", *options)["due"] == due


def test_a_pause_of_a_limit_the_law_does_not_postpone_is_computed_with_a_warning() -> None:
    answer = ask_json("LA-DELIVER", "--from", "2026-03-02", "--pause", "2026-03-03:2026-03-04")
    assert (answer["due"], answer["postponed_days"]) == ("2026-03-19", 2)
    assert asking.NOT_POSTPONABLE in str(answer["working"])


def test_a_pause_of_the_decision_needs_no_warning() -> None:
    answer = ask_json("LA-DECIDE", "--from", "2026-03-02", "--pause", "2026-03-03:2026-03-04")
    assert asking.NOT_POSTPONABLE not in str(answer["working"])


@pytest.mark.parametrize(("region", "due"), [("370100", "2026-03-17"), ("990121", "2026-03-12")])
def test_the_region_is_followed(region: str, due: str) -> None:
    assert ask_json("LA-SUPPLEMENT", "--from", "2026-03-02", "--region", region)["due"] == due


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["due", "LA-LUNCH", "--from", "2026-03-02"], "LA-LUNCH"),
        (["due", "LA-DECIDE"], "--from"),
        (["due", "--from", "2026-03-02"], "LIMIT"),
        (["due", "LA-DECIDE", "--from", "2026-02-30"], "from：“2026-02-30”"),
        (["due", "LA-DECIDE", "--from", "yesterday"], "from：“yesterday”"),
        (["due", "LA-DECIDE", "--from", "20260302"], "from：“20260302”"),
        (["due", "LA-DECIDE", "--from", "9999-12-31"], "from：“9999-12-31”"),
        (["due", "LA-DECIDE", "--from", "2026-03-02", "--pause", "2026-03-03"], "pause：“2026-03-03”"),
        (
            ["due", "LA-DECIDE", "--from", "2026-03-02", "--pause", "2026-03-04:2026-03-03"],
            "pause：“2026-03-04:2026-03-03”",
        ),
        (["due", "LA-DECIDE", "--from", "2026-03-02", "--pause", "2026-03-04:x"], "pause：“x”"),
        (["due", "LA-DECIDE", "--from", "2026-03-02", "--region", "99"], "行政区划代码"),
        (["due", "LA-DELIVER", "--from", "2014-03-31"], "2014-04-01"),
        (["due", "LA-DECIDE", "--from", "2026-03-02", "--colour", "red"], "--colour"),
        (["lunch"], "lunch"),
    ],
)
def test_bad_input_is_one_line_on_the_error_stream_and_exit_2(arguments: list[str], part: str) -> None:
    result = ask(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1
    assert part in result.stderr


def test_all_limits_are_listed() -> None:
    result = ask("limits")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 38
    assert result.stdout.splitlines()[2].split() == [
        "LA-DECIDE",
        "作出劳动能力鉴定结论；60日（自然日）；自收到鉴定申请起；令55",
        "第十条、条例",
        "第二十五条",
    ]


@pytest.mark.parametrize(
    ("limit", "start", "pauses", "region", "refusal"),
    [
        ("LA-LUNCH", "2026-03-02", [], None, LimitUnknown),
        ("LA-DECIDE", "2026-3-2", [], None, DayWrong),
        ("LA-DECIDE", "２０２６-03-02", [], None, DayWrong),
        ("LA-DECIDE", "2026-03-02", ["2026-03-04"], None, PauseWrong),
        ("LA-DECIDE", "2026-03-02", [":"], None, DayWrong),
        ("LA-DECIDE", "2026-03-02", [], "x", RegionWrong),
        ("LA-DECIDE", "2010-12-31", [], None, NotInForce),
    ],
)
def test_each_bad_question_has_its_refusal(
    limit: str, start: str, pauses: list[str], region: str | None, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        asking.due(limit, start, pauses=pauses, region=region)


def test_a_deadline_in_plain_values_can_be_written_as_json() -> None:
    found = deadline(
        "LA-DECIDE",
        date(2026, 3, 2),
        postponements=[Postponement(7, date(2026, 3, 20))],
        extensions=[Extension(30, date(2026, 4, 1), reason="涉及专业较多")],
    )
    answer = json.loads(json.dumps(asking.as_answer(found)))
    assert (answer["due"], answer["postponed_days"], answer["length"]) == ("2026-06-07", 7, 60)
    assert (answer["strict"], answer["rolled"], answer["act_by"]) == ("2026-06-07", "2026-06-08", "2026-06-05")
    assert (answer["region"], answer["confidence"], answer["kind"]) == ("national", "seen", "last_day")


@pytest.mark.parametrize(
    ("limit", "events", "due"),
    [
        ("LA-DECIDE", ["2026-03-20:rescheduled=7"], "2026-05-08"),
        ("LA-DECIDE", ["2026-04-20:decision_extended"], "2026-05-31"),
        ("LA-DECIDE", ["2026-04-20:decision_extended=10", "2026-03-20:rescheduled=7"], "2026-05-18"),
        ("LA-DECIDE", ["2026-03-12:materials_completed"], "2026-05-11"),
        ("LA-DECIDE", ["2026-03-12:收齐补正的鉴定申请材料"], "2026-05-11"),
        ("WI-DECIDE", ["2026-03-10:labour_dispute", "2026-03-20:labour_dispute_ended"], "2026-05-11"),
        ("WI-DECIDE", ["2026-03-20:labour_dispute_ended", "2026-03-10:labour_dispute"], "2026-05-11"),
        ("SV-PUBLIC", ["2026-03-02:recipient_abroad"], "2026-05-01"),
        ("LA-REAPPEAL", ["2026-03-09:conclusion_delivered"], "2026-03-24"),
        ("LA-DECIDE", ["2026-04-01:conclusion_made"], "2026-05-01"),
    ],
)
def test_events_move_the_due_day_in_any_order(limit: str, events: list[str], due: str) -> None:
    options = [part for event in events for part in ("--event", event)]
    answer = ask_json(limit, "--from", "2026-03-02", *options)
    assert (answer["due"], answer["from"], answer["state"], answer["today"]) == (due, "2026-03-02", None, None)


def test_the_day_handed_in_comes_back_even_if_an_earlier_start_was_told() -> None:
    answer = ask_json("LA-REAPPEAL", "--from", "2026-03-09", "--event", "2026-03-02:conclusion_delivered")
    assert (answer["from"], answer["due"]) == ("2026-03-09", "2026-03-24")


@pytest.mark.parametrize("pause", ["1900-01-01:2199-12-31", "2026-03-03:2199-12-31"])
@pytest.mark.parametrize("limit", ["LA-DECIDE", "SV-INFO", "WI-SUIT", "LA-ARCHIVE"])
def test_a_pause_of_centuries_is_answered(limit: str, pause: str) -> None:
    answer = ask_json(limit, "--from", "2026-03-02", "--pause", pause)
    assert str(answer["due"]) > "2200-01-01"
    assert answer["provisional"] is True


def test_with_a_day_of_today_the_answer_tells_how_the_limit_stands() -> None:
    answer = ask_json("LA-DECIDE", "--from", "2026-03-02", "--today", "2026-05-03")
    assert {name: answer[name] for name in ("today", "state", "days_left", "late_by", "finished_on")} == {
        "today": "2026-05-03",
        "state": "late",
        "days_left": 0,
        "late_by": 2,
        "finished_on": None,
    }
    working = answer["working"]
    assert isinstance(working, list)
    assert working[-1] == {"day": "2026-05-03", "what": "截至2026年5月3日：已逾期2日，尚未办结。", "article": ""}


def test_a_pause_still_open_needs_a_day_to_be_asked_about() -> None:
    words = ["due", "WI-DECIDE", "--from", "2026-03-02", "--event", "2026-03-10:labour_dispute"]
    refused = ask(*words)
    assert (refused.exit_code, refused.stdout, len(refused.stderr.strip().splitlines())) == (2, "", 1)
    assert "--today" in refused.stderr
    answered = json.loads(ask(*words, "--today", "2026-03-12", "--json").stdout)
    assert (answered["state"], answered["due"], answered["postponed_days"]) == ("paused", "2026-05-04", 3)


def test_a_pause_still_open_when_the_decision_was_made_needs_no_day() -> None:
    events = ["--event", "2026-03-10:labour_dispute", "--event", "2026-03-12:recognition_decided"]
    assert ask_json("WI-DECIDE", "--from", "2026-03-02", *events)["due"] == "2026-05-04"


@pytest.mark.parametrize(
    ("event", "part"),
    [
        ("2026-03-20", "event：“2026-03-20”"),
        ("2026-03-20:", "event：“2026-03-20:”"),
        ("2026-03-20:lunch", "rescheduled（经同意改期鉴定）"),
        ("2026-03-20:labour_dispute", "不能用于LA-DECIDE"),
        ("2026-03-20:rescheduled=", "event："),
        ("2026-03-20:rescheduled=x", "event："),
        ("2026-03-20:rescheduled=-1", "event："),
        ("2026-03-20:rescheduled=99999", "event："),
        ("2026-02-30:rescheduled=7", "event：“2026-02-30”"),
        ("2026-03-20:rescheduled", "天数"),
        ("2026-03-20:rescheduled=0", "至少为1"),
        ("2026-03-20:conclusion_made=1", "不带数字"),
        ("2026-04-20:decision_extended=31", "30"),
        ("2026-05-02:decision_extended", "2026-05-01"),
    ],
)
def test_a_wrong_event_is_one_line_and_exit_2(event: str, part: str) -> None:
    result = ask("due", "LA-DECIDE", "--from", "2026-03-02", "--event", event)
    assert (result.exit_code, result.stdout, len(result.stderr.strip().splitlines())) == (2, "", 1)
    assert part in result.stderr


@pytest.mark.parametrize("limit", all_limits())
def test_every_limit_is_answered_with_the_names_that_others_rely_on(limit: str) -> None:
    answer = ask_json(limit, "--from", "2026-03-02")
    assert {"limit", "from", "due", "unit", "basis", "working", "provisional"} <= set(answer)
    assert isinstance(answer["working"], list)
    assert all(set(step) == {"day", "what", "article"} for step in answer["working"])
    assert isinstance(answer["provisional"], bool)


def test_one_limit_is_shown_with_the_names_of_its_events() -> None:
    lines = ask("limits", "WI-DECIDE").stdout.splitlines()
    assert len(lines) == 8
    assert lines[2] == (
        "  中止  judicial_decision_pending  等待司法机关或者有关行政主管部门的结论［条例 第二十条、令8 第二十条］"
    )


def test_the_list_marks_what_is_not_sure() -> None:
    lines = {line.split()[0]: line for line in ask("limits").stdout.splitlines()}
    assert "6个月（未与原文核对）" in lines["LOG-KEEP"]
    assert "15日（自然日）（由当地规定）" in lines["LA-SUPPLEMENT"]
    assert "（" not in lines["LA-REVIEW"]


def test_the_list_can_be_asked_for_a_day_and_a_region_and_as_json() -> None:
    found = json.loads(ask("limits", "LA-DELIVER", "--on", "2025-06-30", "--json").stdout)
    assert [(one["limit"], one["length"]) for one in found] == [("LA-DELIVER", 20)]
    assert "5个工作日" in ask("limits", "WI-REVIEW", "--region", "330100").stdout


@pytest.mark.parametrize(
    "arguments", [["limits", "LA-LUNCH"], ["limits", "--on", "x"], ["limits", "--region", "9"], ["limits", "a", "b"]]
)
def test_a_bad_question_about_limits_is_one_line_and_exit_2(arguments: list[str]) -> None:
    result = ask(*arguments)
    assert (result.exit_code, result.stdout, len(result.stderr.strip().splitlines())) == (2, "", 1)


PAGE = (Path(__file__).parents[3] / "docs" / "guide" / "law-answers.md").read_text("utf-8")


def test_every_day_can_be_told() -> None:
    answer = ask_json("LA-REVIEW", "--from", "2026-03-05", "--days")
    assert answer["days"] == [
        {"day": "2026-03-06", "number": 1, "why": "", "remark": ""},
        {"day": "2026-03-07", "number": None, "why": "休息日（周末）", "remark": ""},
        {"day": "2026-03-08", "number": None, "why": "休息日（周末）", "remark": ""},
        {"day": "2026-03-09", "number": 2, "why": "", "remark": ""},
        {"day": "2026-03-10", "number": 3, "why": "", "remark": ""},
        {"day": "2026-03-11", "number": 4, "why": "", "remark": ""},
        {"day": "2026-03-12", "number": 5, "why": "", "remark": ""},
    ]
    assert ask_json("LA-REVIEW", "--from", "2026-03-05")["days"] is None
    told = ask("due", "LA-REVIEW", "--from", "2026-03-05", "--days").stdout.splitlines()
    assert told[-7:-4] == [
        "  2026-03-06     1",
        "  2026-03-07     —  休息日（周末）",
        "  2026-03-08     —  休息日（周末）",
    ]


def test_who_may_extend_is_told_with_the_limit() -> None:
    assert "  可由劳动能力鉴定委员会延长，1次，最多30" in ask("limits", "LA-DECIDE").stdout.splitlines()
    assert "  可由社会保险行政部门延长，没有统一的上限" in ask("limits", "WI-EMP-APPLY").stdout.splitlines()


@pytest.mark.parametrize("name", [*Answer.__annotations__, *Step.__annotations__, *Day.__annotations__])
def test_every_name_of_the_answer_is_documented(name: str) -> None:
    assert f"`{name}`" in PAGE.partition("## `gongjian law limits")[0]


@pytest.mark.parametrize("name", [*LimitAnswer.__annotations__, *EventAnswer.__annotations__])
def test_every_name_of_the_list_is_documented(name: str) -> None:
    assert f"`{name}`" in PAGE.partition("## `gongjian law limits")[2]


@pytest.mark.parametrize("words", ["due", "limits"])
def test_the_commands_help_is_there(words: str) -> None:
    assert ask(words, "--help").exit_code == 0
