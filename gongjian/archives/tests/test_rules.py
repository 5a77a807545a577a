"""When a file is complete, how long it is kept, how long it is lent; and that no table about a case is forgotten."""

from datetime import date, datetime, timedelta

import pytest
from django.apps import apps

from gongjian.appraisal.states import MOVES
from gongjian.archives.records import KEPT, NOT_KEPT, plain_value
from gongjian.archives.rules import ENDINGS, Purpose, Served, Standing, is_lent, kept_until, lacks
from gongjian.kernel import moment

DAY = date(2026, 4, 13)
WHOLE = Standing("effective", frozenset({"conclusion"}), date(2026, 4, 29), (Served("结论书", "被鉴定人", DAY),))
AT = datetime(2026, 5, 6, 9, 0, tzinfo=moment.ZONE)


@pytest.mark.parametrize(
    ("standing", "missing"),
    [
        (WHOLE, ()),
        (Standing("withdrawn", frozenset()), ()),
        (Standing("abandoned", frozenset({"lapse_notice"})), ()),
        (Standing("abandoned", frozenset()), ("缺少视为放弃申请通知书",)),
        (Standing("terminated", frozenset({"termination_notice"})), ()),
        (Standing("terminated", frozenset({"lapse_notice"})), ("缺少当次鉴定终止通知书",)),
        (Standing("refused", frozenset({"refusal_notice"})), ()),
        (Standing("refused", frozenset()), ("缺少不予受理决定书",)),
        (Standing("deceased", frozenset({"death_notice"})), ()),
        (Standing("deceased", frozenset()), ("缺少劳动能力鉴定终结通知书",)),
        (Standing("examining", frozenset()), ("案件还没有办结",)),
        (Standing("withdrawn", frozenset(), owed=("催办",)), ("还有未办的事项“催办”",)),
        (
            Standing("effective", frozenset({"conclusion"}), None, WHOLE.served),
            ("没有登记结论生效的日期",),
        ),
        (Standing("effective", frozenset({"conclusion"}), DAY), ("没有结论书的送达记录",)),
        (
            Standing("effective", frozenset({"conclusion"}), DAY, (Served("结论书", "用人单位", None),)),
            ("结论书还没有送达用人单位",),
        ),
        (
            Standing("effective", frozenset({"conclusion"}), DAY, (Served("结论书", "用人单位", DAY, True),)),
            ("结论书送达用人单位的凭证没有上传",),
        ),
    ],
)
def test_art_23_a_file_is_complete_or_says_what_is_missing(standing, missing):
    assert lacks(standing) == missing


def test_every_way_a_case_ends_may_be_archived():
    assert {str(move.start) for move in MOVES if move.act == "archive"} == set(ENDINGS)


@pytest.mark.parametrize(
    ("closed", "until", "source"),
    [
        (date(2026, 5, 6), date(2076, 5, 6), "令55"),
        (date(2025, 6, 30), date(2075, 6, 30), "令21"),
        (date(2028, 2, 29), date(2078, 2, 28), "令55"),
    ],
)
def test_art_23_files_are_kept_fifty_years_under_the_law_of_the_day(closed, until, source):
    kept = kept_until(closed, region="990100")
    assert (kept.due, kept.length, source in kept.basis.source) == (until, 50, True)


@pytest.mark.parametrize(
    ("after", "lent"),
    [
        (timedelta(0), True),
        (timedelta(hours=23, minutes=59), True),
        (timedelta(hours=24), False),
        (-timedelta(1), False),
    ],
)
def test_a_borrowing_lasts_a_day(after, lent):
    assert is_lent(AT, now=AT + after) is lent


def test_every_purpose_has_words():
    assert all(purpose.label for purpose in Purpose)


def test_no_table_about_a_case_is_forgotten_in_the_package():
    about = {
        model._meta.label
        for model in apps.get_models()
        if any(
            getattr(field.remote_field, "model", None) is apps.get_model("cases.Case") for field in model._meta.fields
        )
    }
    assert about - set(KEPT) - set(NOT_KEPT) == set()
    assert all(apps.get_model(label) for label in (*KEPT, *NOT_KEPT))


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (AT, "2026-05-06T01:00:00.000000+00:00"),
        (DAY, "2026-04-13"),
        (None, None),
        (True, True),
        ({"a": [1]}, {"a": [1]}),
    ],
)
def test_values_are_written_plainly(value, plain):
    assert plain_value(value) == plain
