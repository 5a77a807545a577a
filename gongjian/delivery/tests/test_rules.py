"""Proof, days, notices, remedies and the order of ways, by tables."""

from datetime import date

import pytest

from gongjian.delivery.errors import MethodNotRecorded, NoticeTooSoon, ProofMissing, ReappealTooLate
from gongjian.delivery.methods import BY_HAND, FACTS, TABLE, Method
from gongjian.delivery.rules import (
    check_day,
    check_notice,
    check_proof,
    check_reappeal,
    have_lapsed,
    is_notice_complete,
    masked,
    names_in,
    next_method,
)
from gongjian.delivery.tests import builders as told
from gongjian.law.errors import DayOutOfBounds

ELECTRONIC, POST, IN_PERSON = Method.ELECTRONIC, Method.POST, Method.IN_PERSON


def test_every_method_stands_in_the_table_with_its_article():
    assert set(TABLE) == set(Method)
    assert all(way.article.startswith("民诉法") for way in TABLE.values())
    assert {name for way in TABLE.values() for name in way.needs} <= set(FACTS)


@pytest.mark.parametrize("method", BY_HAND)
def test_a_complete_proof_is_enough(method: Method):
    check_proof(method, told.FACTS[method], files=int(TABLE[method].proof))


WANTED = [(method, name) for method in BY_HAND for name in TABLE[method].needs]


@pytest.mark.parametrize(("method", "name"), WANTED, ids=[f"{method}-{name}" for method, name in WANTED])
def test_a_fact_that_is_missing_is_named(method: Method, name: str):
    with pytest.raises(ProofMissing, match=FACTS[name]):
        check_proof(method, told.FACTS[method] | {name: " "}, files=1)


@pytest.mark.parametrize("method", [method for method in BY_HAND if TABLE[method].proof])
def test_a_proof_that_wants_a_file_is_not_taken_without(method: Method):
    with pytest.raises(ProofMissing, match="送达回证扫描件"):
        check_proof(method, told.FACTS[method], files=0)


@pytest.mark.parametrize(("servers", "enough"), [("宋达", False), ("宋达、", False), ("宋达，陈晓窗", True)])
def test_two_servers_go_together(servers: str, enough: bool):
    facts = told.HANDED | {"servers": servers}
    if enough:
        check_proof(IN_PERSON, facts, files=1)
    else:
        with pytest.raises(ProofMissing, match="送达人（两名）"):
            check_proof(IN_PERSON, facts, files=1)


@pytest.mark.parametrize("method", [ELECTRONIC, Method.PUBLIC_NOTICE])
def test_what_the_system_does_is_not_recorded_by_hand(method: Method):
    with pytest.raises(MethodNotRecorded):
        check_proof(method, told.HANDED, files=1)


@pytest.mark.parametrize("text", ["宋达、陈晓窗", "宋达 陈晓窗", "宋达；陈晓窗", "宋达,陈晓窗", "宋达/陈晓窗"])
def test_names_are_read_however_they_are_parted(text: str):
    assert names_in(text) == ["宋达", "陈晓窗"]


@pytest.mark.parametrize(
    ("day", "possible"),
    [
        (date(2026, 4, 8), False),
        (date(2026, 4, 9), True),
        (date(2026, 4, 20), True),
        (date(2026, 4, 21), False),
    ],
)
def test_a_day_of_service_lies_between_the_paper_and_today(day: date, possible: bool):
    if possible:
        check_day(day, made_on=date(2026, 4, 9), today=date(2026, 4, 20))
    else:
        with pytest.raises(DayOutOfBounds, match=r"文书作出之日（2026-04-09）|今天（2026-04-20）"):
            check_day(day, made_on=date(2026, 4, 9), today=date(2026, 4, 20))


def test_no_envelope_arrives_before_it_was_posted():
    told = {"made_on": date(2026, 4, 9), "posted_on": date(2026, 4, 11), "today": date(2026, 4, 20)}
    check_day(date(2026, 4, 11), **told)
    with pytest.raises(DayOutOfBounds, match="不能早于交寄之日（2026-04-11）"):
        check_day(date(2026, 4, 10), **told)


@pytest.mark.parametrize(
    ("failed", "unknown", "allowed"),
    [
        ([], False, False),
        ([POST], False, False),
        ([IN_PERSON], False, False),
        ([POST, IN_PERSON], False, True),
        ([], True, True),
    ],
)
def test_public_notice_is_the_last_way(failed: list[Method], unknown: bool, allowed: bool):
    if allowed:
        check_notice(failed, whereabouts_unknown=unknown, reason="多次联系无果")
    else:
        with pytest.raises(NoticeTooSoon, match="还没有试过"):
            check_notice(failed, whereabouts_unknown=unknown, reason="多次联系无果")


def test_a_public_notice_tells_its_reason():
    with pytest.raises(ProofMissing, match="公告的原因和经过"):
        check_notice([], whereabouts_unknown=True, reason=" ")


@pytest.mark.parametrize(("today", "over"), [(date(2026, 5, 31), False), (date(2026, 6, 1), True)])
def test_a_notice_is_complete_when_its_last_day_is_over(today: date, over: bool):
    assert is_notice_complete(date(2026, 5, 31), today) is over


@pytest.mark.parametrize(
    ("ends", "today", "lapsed"),
    [
        ([], date(2026, 5, 6), False),
        ([date(2026, 5, 6)], date(2026, 5, 6), False),
        ([date(2026, 5, 6)], date(2026, 5, 7), True),
        ([date(2026, 4, 24), date(2026, 5, 6)], date(2026, 5, 6), False),
        ([date(2026, 4, 24), date(2026, 5, 6)], date(2026, 5, 7), True),
    ],
)
def test_article_19_all_times_must_have_lapsed(ends: list[date], today: date, lapsed: bool):
    assert have_lapsed(ends, today) is lapsed


def test_article_19_the_last_day_is_in_time_and_the_next_is_not():
    told = {"served_on": date(2026, 4, 21), "today": date(2026, 5, 20)}
    check_reappeal(date(2026, 5, 6), date(2026, 5, 6), **told)
    with pytest.raises(ReappealTooLate, match="2026-05-06"):
        check_reappeal(date(2026, 5, 7), date(2026, 5, 6), **told)


@pytest.mark.parametrize("day", [date(2026, 4, 20), date(2026, 4, 29)])
def test_article_19_nobody_applies_before_the_conclusion_came_or_tomorrow(day: date):
    with pytest.raises(DayOutOfBounds, match="申请再次鉴定的日期不能"):
        check_reappeal(day, date(2026, 5, 6), served_on=date(2026, 4, 21), today=date(2026, 4, 28))


@pytest.mark.parametrize(
    ("tried", "consents", "has_address", "way"),
    [
        ([], True, True, ELECTRONIC),
        ([], True, False, ELECTRONIC),
        ([], False, True, POST),
        ([], False, False, IN_PERSON),
        ([ELECTRONIC], True, True, POST),
        ([POST], False, True, IN_PERSON),
        ([POST, IN_PERSON], False, True, IN_PERSON),
    ],
)
def test_the_ways_follow_one_another(tried: list[Method], consents: bool, has_address: bool, way: Method):
    assert next_method(tried, consents=consents, has_address=has_address) is way


@pytest.mark.parametrize(
    ("name", "shown"), [("林知远", "林某某"), ("林远", "林某"), ("欧阳知远", "欧某某"), ("林", "林某")]
)
def test_a_name_on_the_public_list_is_hidden_but_for_its_first_sign(name: str, shown: str):
    assert masked(name) == shown
