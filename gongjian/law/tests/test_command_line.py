"""`gongjian law …` and the questions behind it."""

import json
from datetime import date

import pytest
from click.testing import CliRunner, Result

from gongjian.law import asking
from gongjian.law.clock import Extension, Postponement, deadline
from gongjian.law.command_line import law
from gongjian.law.errors import DayWrong, LimitUnknown, NotInForce, PauseWrong, RegionWrong


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
    assert len(result.stdout.splitlines()) == 37
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
