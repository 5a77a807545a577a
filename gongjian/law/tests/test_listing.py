"""The limits as plain values for other programs."""

import json

import pytest

from gongjian.law.errors import DayWrong, LimitUnknown, NotInForce, RegionWrong
from gongjian.law.limits import all_limits
from gongjian.law.listing import limits


def test_all_of_them_are_listed_and_can_be_written_as_json() -> None:
    found = json.loads(json.dumps(limits()))
    assert [one["limit"] for one in found] == list(all_limits())


def test_one_is_told_with_everything_that_may_happen_to_it() -> None:
    [found] = limits("LA-DECIDE")
    assert (found["length"], found["unit"], found["length_text"]) == (60, "calendar day", "60日（自然日）")
    assert (found["who"], found["bearer"], found["start_event"]) == (
        "own",
        "劳动能力鉴定委员会",
        "application_received",
    )
    assert (found["extension_by"], found["extension_most"], found["extension_times"]) == ("劳动能力鉴定委员会", 30, 1)
    assert [(one["name"], one["role"]) for one in found["events"]] == [
        ("application_received", "start"),
        ("rescheduled", "pause"),
        ("decision_extended", "extend"),
        ("materials_completed", "restart"),
        ("conclusion_made", "meet"),
        ("appraisal_terminated", "end"),
        ("application_withdrawn", "end"),
        ("application_lapsed", "end"),
    ]


@pytest.mark.parametrize(
    ("limit", "event", "role", "article", "confidence"),
    [
        ("WI-SUIT", "force_majeure", "pause", "行诉法 第四十八条", "memory"),
        ("WI-SUIT", "force_majeure_ended", "resume", "行诉法 第四十八条", "memory"),
        ("WI-SUIT", "not_informed_of_remedy", "replace", "法释〔2018〕1号 第六十四条", "seen"),
        ("LA-DECIDE", "materials_completed", "restart", "令55 第十条", "inference"),
        ("WI-DECIDE", "labour_dispute", "pause", "人社部发〔2013〕34号 第五条", "seen-2"),
    ],
)
def test_each_event_has_its_role_article_and_mark(
    limit: str, event: str, role: str, article: str, confidence: str
) -> None:
    [found] = [one for one in limits(limit)[0]["events"] if one["name"] == event]
    assert (found["role"], found["article"], found["confidence"]) == (role, article, confidence)


@pytest.mark.parametrize(
    ("limit", "on", "region", "length", "unit", "place"),
    [
        ("LA-DELIVER", "2025-06-30", None, 20, "calendar day", "national"),
        ("LA-DELIVER", "2025-07-01", None, 15, "calendar day", "national"),
        ("LA-SUPPLEMENT", None, "990121", 10, "calendar day", "990100"),
        ("WI-REVIEW", None, "330100", 5, "working day", "330000"),
        ("WI-REVIEW", "2020-09-23", "330100", 15, "calendar day", "national"),
        ("WI-EVIDENCE", None, "410100", 20, "calendar day", "410000"),
    ],
)
def test_the_day_and_the_region_decide(
    limit: str, on: str | None, region: str | None, length: int, unit: str, place: str
) -> None:
    [found] = limits(limit, on=on, region=region)
    assert (found["length"], found["unit"], found["region"]) == (length, unit, place)


def test_where_the_law_sets_no_number_for_an_extension_none_is_told() -> None:
    assert limits("WI-EMP-APPLY")[0]["extension_most"] is None
    assert limits("WI-EMP-APPLY", region="410000")[0]["extension_most"] == 90


def test_what_was_not_yet_law_is_not_listed_and_refused_when_asked_for() -> None:
    then = {one["limit"] for one in limits(on="2015-01-01")}
    assert {"LA-DECIDE", "WI-DECIDE"} <= then
    assert not {"AD-DECIDE", "WI-SUIT", "LA-SUPPLEMENT", "LOG-KEEP"} & then
    with pytest.raises(NotInForce):
        limits("AD-DECIDE", on="2015-01-01")


@pytest.mark.parametrize(
    ("limit", "on", "region", "refusal"),
    [
        ("LA-LUNCH", None, None, LimitUnknown),
        (None, "2026-02-30", None, DayWrong),
        (None, None, "99", RegionWrong),
        ("LA-DECIDE", None, "x", RegionWrong),
    ],
)
def test_a_bad_question_is_refused(
    limit: str | None, on: str | None, region: str | None, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        limits(limit, on=on, region=region)
