"""The pages of the archives: who sees them, what stands on them, borrowing with a reason, the package."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_member,
    a_reviewer,
    a_supervisor,
    a_worker_user,
    an_administrator,
    an_archivist,
    an_expert_user,
    an_office,
    an_outsider,
)
from gongjian.appraisal.states import State
from gongjian.archives.actions import borrow, hand_out
from gongjian.archives.errors import ArchiveNotFound, BorrowingEnded, BorrowingNotFound, ReasonMissing
from gongjian.archives.models import Borrowing
from gongjian.archives.queries import found, visible_to, waiting
from gongjian.archives.rules import Purpose
from gongjian.archives.tests.builders import ARCHIVING, an_archive, an_ended_case, package_of
from gongjian.kernel import moment
from gongjian.kernel.ledger.queries import readings_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def afternoon():
    with moment.fixed(ARCHIVING + timedelta(hours=6)):
        yield


def a_browser(user: User | None = None) -> Client:
    client = Client()
    if user:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_archivist_sees_what_waits_and_closes_it_by_one_press():
    case, browser = an_ended_case(), a_browser(an_archivist())
    assert case.number in text_of(browser.get(reverse("archives:waiting")))
    page = text_of(browser.get(reverse("archives:case", args=[case.number])))
    assert "案卷齐全" in page
    answer = browser.post(reverse("archives:archive", args=[case.number]), follow=True)
    assert "已归档，共" in text_of(answer)
    assert case.number not in text_of(browser.get(reverse("archives:waiting")))
    assert case.number in text_of(browser.get(reverse("archives:list")))


def test_the_page_says_everything_that_is_missing_and_has_no_button():
    case = an_ended_case(State.EFFECTIVE)
    page = text_of(a_browser(an_archivist()).get(reverse("archives:case", args=[case.number])))
    assert all(
        words in page for words in ("还不能归档", "缺少鉴定结论书", "没有登记结论生效的日期", "没有结论书的送达记录")
    )
    assert reverse("archives:archive", args=[case.number]) not in page


def test_pressing_the_button_of_an_old_page_is_refused_with_a_sentence():
    case = an_ended_case(State.EFFECTIVE)
    answer = a_browser(an_archivist()).post(reverse("archives:archive", args=[case.number]))
    assert (answer.status_code, "案卷还不齐全" in text_of(answer)) == (422, True)


def test_a_file_is_borrowed_with_a_purpose_and_a_reason_and_then_downloaded():
    made, browser = an_archive(an_ended_case()), a_browser(a_supervisor())
    page = reverse("archives:case", args=[made.case.number])
    assert "下载归档包" not in text_of(browser.get(page))
    browser.post(page, {"purpose": "supervision", "reason": "年度档案检查"})
    borrowing = Borrowing.objects.get()
    assert reverse("archives:package", args=[borrowing.pk]) in text_of(browser.get(page))
    answer = browser.get(reverse("archives:package", args=[borrowing.pk]))
    assert b"".join(answer.streaming_content) == package_of(made).getvalue()  # type: ignore[attr-defined]
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/zip", "nosniff")
    told = [entry.facts["what"] for entry in readings_of(made.case.chain)]
    assert told[:2] == ["下载归档案卷", "归档页"]
    assert "调阅归档案卷：监督检查、审计" in told


@pytest.mark.parametrize("given", [{}, {"purpose": "court"}, {"reason": "x"}, {"purpose": "curiosity", "reason": "x"}])
def test_borrowing_without_purpose_and_reason_is_refused(given):
    made = an_archive(an_ended_case())
    answer = a_browser(an_archivist()).post(reverse("archives:case", args=[made.case.number]), given)
    assert (answer.status_code, Borrowing.objects.count()) == (422, 0)


def test_the_reason_stays_out_of_the_ledger():
    made = an_archive(an_ended_case())
    borrow(made.case.number, purpose=Purpose.COURT, reason="林知远诉某某案", by=an_archivist())
    assert "林知远" not in str([entry.facts for entry in readings_of(made.case.chain)])
    with pytest.raises(ReasonMissing):
        borrow(made.case.number, purpose=Purpose.COURT, reason="  ", by=an_archivist())


def test_a_borrowing_ends_after_a_day_and_is_nobody_elses():
    made = an_archive(an_ended_case())
    borrowing = borrow(made.case.number, purpose=Purpose.PARTY, reason="当事人申请", by=an_archivist())
    with moment.fixed(borrowing.at + timedelta(hours=23, minutes=59)):
        assert hand_out(borrowing.pk, by=an_archivist()) == made
    with moment.fixed(borrowing.at + timedelta(hours=24)), pytest.raises(BorrowingEnded):
        hand_out(borrowing.pk, by=an_archivist())
    with pytest.raises(BorrowingNotFound):
        hand_out(borrowing.pk, by=a_supervisor())


@pytest.mark.parametrize("person", [a_worker_user, an_outsider, an_expert_user, an_administrator, a_clerk, a_reviewer])
def test_l08_who_does_not_keep_files_finds_none_by_list_detail_search_or_borrowing(person):
    made, user = an_archive(an_ended_case()), person()
    assert (list(visible_to(user)), found(user, "林知远"), waiting(user).rows) == ([], [], [])
    with pytest.raises(ArchiveNotFound):
        borrow(made.case.number, purpose=Purpose.PARTY, reason="x", by=user)
    browser = a_browser(user)
    codes = {browser.get(reverse(f"archives:{name}")).status_code for name in ("list", "waiting")}
    assert codes == {403}
    assert browser.get(reverse("archives:case", args=[made.case.number])).status_code in (403, 404)


def test_an_archivist_of_another_city_cannot_tell_a_hidden_file_from_one_that_does_not_exist():
    made = an_archive(an_ended_case())
    elsewhere = a_member(Role.ARCHIVIST, office=an_office("OTHER", "别市劳动能力鉴定委员会"))
    browser = a_browser(elsewhere)
    answers = [
        browser.get(reverse("archives:case", args=[number])) for number in (made.case.number, "YXJD-2026-999999")
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert not visible_to(elsewhere).exists()


@pytest.mark.parametrize("name", ["archives:list", "archives:waiting"])
def test_who_is_not_signed_in_is_led_to_the_sign_in_page(name):
    assert a_browser().get(reverse(name)).status_code == 302


@pytest.mark.parametrize("text", ["林知", "lzy", "YXJD-2026-0000", "99010119850312001"])
def test_a_closed_file_is_found_by_name_initials_number_or_identity_number(text):
    made = an_archive(an_ended_case())
    wanted = made.case.person.id_number if text.isdigit() else text
    assert found(an_archivist(), wanted) == [made]
    assert found(an_archivist(), "别人") == []


def test_lists_go_on_after_a_page_and_survive_a_place_that_makes_no_sense():
    cases = [an_ended_case() for _ in range(3)]
    first = waiting(an_archivist(), size=2)
    rest = waiting(an_archivist(), size=2, after=first.after)
    assert [row.case_id for row in (*first.rows, *rest.rows)] == [case.pk for case in cases]
    assert (rest.after, len(waiting(an_archivist(), after="x").rows), found(an_archivist(), "", before="x~y")) == (
        "",
        3,
        [],
    )


def test_lists_take_the_same_number_of_queries_for_one_row_and_for_many(django_assert_max_num_queries):
    browser = a_browser(an_archivist())
    for _ in range(12):
        an_ended_case()
    browser.get(reverse("archives:waiting"))
    with django_assert_max_num_queries(8):
        browser.get(reverse("archives:waiting"))
    with django_assert_max_num_queries(7):
        browser.get(reverse("archives:list"))
