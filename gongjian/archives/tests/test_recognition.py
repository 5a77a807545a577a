"""The file of a recognition: closed when its decision stands, kept fifty years, and complete or not to be closed."""

import io
import json
from datetime import date, timedelta
from zipfile import ZipFile

import pytest

from gongjian.accounts.roles import Role
from gongjian.archives.actions import archive
from gongjian.archives.errors import NotComplete
from gongjian.archives.models import Archive
from gongjian.archives.queries import lacks_of, waiting
from gongjian.archives.rules import DECISIONS, OF_RECOGNITION, Served, Standing, kept_until, lacks
from gongjian.cases.errors import MoveNotAllowed, NotYours
from gongjian.cases.models import Case
from gongjian.delivery.actions import take_effect_due
from gongjian.kernel import moment
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.materials.tests.builders import a_picture
from gongjian.recognition.actions import review, withdrawal
from gongjian.recognition.states import MOVES, RECOGNITION, State
from gongjian.recognition.tests.builders import (
    MONDAY,
    a_bureau,
    a_decided_case,
    an_entered_case,
    another_bureau,
    staff,
    the_clerk,
)
from gongjian.recognition.tests.test_walk import serve_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
DAY = date(2026, 3, 2)
LATER = MONDAY + timedelta(days=1)


def with_its_notices_sent(case: Case) -> Case:
    case.obligations.filter(kind="send_notice").update(fulfilled_at=MONDAY)
    case.refresh_from_db()
    return case


def a_transferred_case() -> Case:
    case = an_entered_case()
    with moment.fixed(MONDAY):
        review.transfer(case, to_office=another_bureau(), to_name="", reason="在东岭市参保", by=the_clerk())
    return with_its_notices_sent(case)


def a_withdrawn_case() -> Case:
    case = an_entered_case()
    with moment.fixed(MONDAY):
        withdrawal.receive_withdrawal(case, wish=a_picture(), name="wish.png", by=the_clerk())
    return with_its_notices_sent(case)


def opened(made: Archive) -> ZipFile:
    with open_evidence(made.package) as file:
        return ZipFile(io.BytesIO(file.read()))


def the_archivist():
    return staff(Role.ARCHIVIST)


def test_every_way_a_recognition_ends_may_be_archived():
    assert {str(step.start) for step in MOVES if step.act == "archive"} == set(OF_RECOGNITION)


@pytest.mark.parametrize("kind", DECISIONS)
def test_order_8_art_24_any_of_the_decisions_completes_a_file(kind):
    served = (Served("决定书", "工伤职工", DAY), Served("决定书", "用人单位", DAY))
    assert not lacks(Standing("effective", frozenset({kind}), DAY, served, procedure=RECOGNITION))


@pytest.mark.parametrize(
    ("standing", "missing"),
    [
        (Standing("decided", frozenset(), procedure=RECOGNITION), ("案件还没有办结",)),
        (
            Standing("effective", frozenset({"conclusion"}), procedure=RECOGNITION),
            ("缺少工伤认定决定书", "没有登记决定生效的日期", "没有决定书的送达记录"),
        ),
        (Standing("transferred", frozenset(), procedure=RECOGNITION), ("缺少移送告知书",)),
        (Standing("terminated", frozenset({"termination_notice"}), procedure=RECOGNITION), ("缺少终止通知书",)),
        (Standing("withdrawn", frozenset(), procedure=RECOGNITION), ()),
    ],
)
def test_order_8_art_24_a_file_is_complete_or_says_what_is_missing(standing, missing):
    assert lacks(standing) == missing


@pytest.mark.parametrize(
    ("closed", "until"),
    [(DAY, date(2076, 3, 2)), (date(2028, 2, 29), date(2078, 2, 28)), (date(2011, 1, 1), date(2061, 1, 1))],
)
def test_order_8_art_24_a_recognition_is_kept_fifty_years(closed, until):
    kept = kept_until(closed, region="990100", procedure=RECOGNITION)
    assert (kept.due, kept.length, "令8 第二十四条" in kept.basis.source) == (until, 50, True)


@pytest.mark.parametrize("make", [a_transferred_case, a_withdrawn_case])
def test_order_8_art_24_an_ended_case_waits_for_the_archivist_and_is_kept_fifty_years(make):
    case, archivist = make(), the_archivist()
    assert [row.case for row in waiting(archivist).rows] == [case]
    with moment.fixed(LATER):
        kept = archive(case, by=archivist)
        with pytest.raises(MoveNotAllowed):
            archive(case, by=archivist)
    case.refresh_from_db()
    assert (case.state, kept.retention_years, kept.retention_until) == (State.ARCHIVED, 50, date(2076, 3, 3))
    assert (kept.retention_basis, not waiting(archivist).rows) == ("令8 第二十四条", True)


def test_order_8_art_24_a_decided_file_is_closed_when_the_remedies_have_run_out_and_not_before():
    case = a_decided_case().case
    with moment.fixed(LATER), pytest.raises(MoveNotAllowed):
        archive(case, by=the_archivist())
    serve_all(case, at=MONDAY + timedelta(days=3))
    with moment.fixed(moment.at(date(2026, 10, 9))):
        take_effect_due()
        case.refresh_from_db()
        assert case.state == State.EFFECTIVE
        assert not any("结论" in lack for lack in lacks_of(case))


def test_order_8_art_24_nobody_but_the_offices_own_archivist_closes_a_file():
    case = a_transferred_case()
    with moment.fixed(LATER):
        for stranger in (the_clerk(), staff(Role.SIGNER)):
            with pytest.raises(NotYours):
                archive(case, by=stranger)


def test_a_file_that_lacks_its_paper_is_not_closed(monkeypatch):
    case = a_transferred_case()
    monkeypatch.setattr("gongjian.archives.actions.lacks_of", lambda case: ("缺少移送告知书",))
    with moment.fixed(LATER), pytest.raises(NotComplete, match="移送告知书"):
        archive(case, by=the_archivist())
    case.refresh_from_db()
    assert case.state == State.TRANSFERRED
    assert a_bureau() == case.office


def test_order_8_art_24_the_package_says_what_file_it_is_and_calls_the_person_a_worker():
    case = a_withdrawn_case()
    with moment.fixed(LATER):
        made = archive(case, by=the_archivist())
    package = opened(made)
    told = json.loads(package.read("metadata.json"))
    assert told["要素"]["职工"] == "林知远"
    assert "被鉴定人" not in told["要素"]
    assert told["过程"][0]["依据"] == "条例 第十七条"
    assert "本包是一件工伤认定案卷" in package.read("README.txt").decode()
