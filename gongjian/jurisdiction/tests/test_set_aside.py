"""A case at which the handover always fails keeps no other at an office that decides no more; its administrator sees it, and it is tried again."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from playwright.sync_api import Page, expect

from gongjian.accounts.roles import Role
from gongjian.cases.models import Case
from gongjian.cases.queries import worklist
from gongjian.cases.tests.builders import put_in_state
from gongjian.delivery.tests.test_in_browser import looked_at, sign_in
from gongjian.desk.steps import page_of
from gongjian.jurisdiction import queries
from gongjian.jurisdiction.actions import carrying_out, handover
from gongjian.jurisdiction.actions.changing import enter_change
from gongjian.jurisdiction.errors import NotYourChange
from gongjian.jurisdiction.models import HandedOver, SetAside
from gongjian.jurisdiction.rules import RECOGNITION
from gongjian.jurisdiction.tests.builders import SINCE, a_change, an_administrator, carried_out, the_county
from gongjian.jurisdiction.tests.test_handover import offices_of, reread
from gongjian.jurisdiction.tests.test_pages import go
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.papers.models import Paper
from gongjian.portal.tests.builders import signed_in_as, text_of
from gongjian.recognition.states import State
from gongjian.recognition.tests.builders import MONDAY, a_bureau, an_entered_case, another_bureau, staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home_of_the_file")]
WEEK, HOUR = timedelta(days=7), timedelta(hours=1)
SECRET = "张三的诊断"


def broken_at(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is tried with this case fails after half of it was written."""
    whole = handover._tell

    def tells(taker, each, *told):
        if each.pk == case.pk:
            raise ValueError(SECRET)
        return whole(taker, each, *told)

    monkeypatch.setattr(handover, "_tell", tells)


def swept(after: timedelta) -> int:
    with moment.fixed(MONDAY + WEEK + after):
        return carrying_out.carry_out_due()


def test_the_others_go_on_the_administrator_is_told_and_the_case_is_tried_again_until_it_goes(monkeypatch):
    broken, *others = (an_entered_case(place=place) for place in "一二三")
    change = a_change()
    with monkeypatch.context() as patch:
        broken_at(broken, patch)
        assert carried_out() == 3
        assert [reread(case).office for case in others] == [the_county()] * 2
        assert (reread(broken).office, offices_of(broken)) == (a_bureau(), {"YXRS"}), "whole where it was"
        assert (swept(HOUR / 4), swept(HOUR)) == (0, 1), "not at once, and then again"
    row = SetAside.objects.get()
    assert (row.case, row.fault, row.tries, row.solved_at) == (broken, "ValueError", 2, None)
    with moment.fixed(MONDAY + WEEK):
        [task] = worklist(an_administrator()).rows
    assert (task.kind, page_of(task.kind, broken)) == ("handover_fails", reverse("jurisdiction:failing", args=[broken.number]))  # fmt: skip
    assert LedgerEntry.objects.filter(act="case.handover_failed").count() == 1
    assert not LedgerEntry.objects.filter(facts__icontains=SECRET).exists()
    assert swept(2 * HOUR) == 1
    assert (reread(broken).office, offices_of(broken)) == (the_county(), {"DXRS"})
    assert not broken.obligations.filter(kind="handover_fails", fulfilled_at=None).exists()
    assert swept(3 * HOUR) == 0
    assert HandedOver.objects.filter(change=change).count() == Paper.objects.filter(kind="recognition_handover").count() == 3  # fmt: skip


def test_the_page_lists_what_has_failed_and_an_administrator_tries_it_at_once(monkeypatch):
    case, change = an_entered_case(), a_change()
    with monkeypatch.context() as patch:
        broken_at(case, patch)
        carried_out()
        page = go(an_administrator(), "jurisdiction:change", change.pk, after=WEEK).content.decode()
        assert (case.number in page, "没有移交成的案件" in page, SECRET in page) == (True, True, False)
        assert "有案件没有移交成" in go(an_administrator(), "jurisdiction:table", after=WEEK).content.decode()
        go(an_administrator(), "jurisdiction:try_again", change.pk, told={}, after=WEEK)
        assert SetAside.objects.get().tries == 2
    led = go(an_administrator(), "jurisdiction:failing", case.number, after=WEEK)
    assert led.headers["Location"] == reverse("jurisdiction:change", args=[change.pk])
    assert go(an_administrator(another_bureau()), "jurisdiction:failing", case.number, after=WEEK).status_code == 404
    assert go(an_administrator(), "jurisdiction:failing", "没有", after=WEEK).status_code == 404
    assert go(staff(Role.WINDOW_CLERK), "jurisdiction:try_again", change.pk, told={}, after=WEEK).status_code == 404
    with pytest.raises(NotYourChange):
        carrying_out.try_again(change, by=staff(Role.SIGNER))
    assert reread(case).office == a_bureau()
    go(an_administrator(), "jurisdiction:try_again", change.pk, told={}, after=WEEK)
    assert reread(case).office == the_county()
    page = go(an_administrator(), "jurisdiction:change", change.pk, after=WEEK).content.decode()
    assert ("没有移交成的案件" in page, "移交东溪人社" in page) == (False, True)


def test_a_press_tries_a_few_the_longest_untried_first_and_says_how_many_are_left(monkeypatch):
    cases = [an_entered_case(place=place) for place in "一二三四五"]
    change = a_change()
    with monkeypatch.context() as patch:
        patch.setattr(handover, "_tell", lambda *told: 1 / 0)
        carried_out()
    monkeypatch.setattr(carrying_out, "MOST_AT_ONCE", 2)
    left = []
    for hour in range(3):
        with moment.fixed(MONDAY + WEEK + hour * HOUR):
            page = signed_in_as(an_administrator()).post(
                reverse("jurisdiction:try_again", args=[change.pk]), follow=True
            )
        left.append(SetAside.objects.filter(solved_at=None).count())
        assert (f"还有{left[-1]}件没有移交成" in text_of(page)) is bool(left[-1])
    assert left == [3, 1, 0]
    assert {reread(case).office for case in cases} == {the_county()}


def test_those_that_fail_again_make_room_for_the_others(monkeypatch):
    broken, *others = (an_entered_case(place=place) for place in "一二三")
    change = a_change()
    with monkeypatch.context() as patch:
        patch.setattr(handover, "_tell", lambda *told: 1 / 0)
        carried_out()
    monkeypatch.setattr(carrying_out, "MOST_AT_ONCE", 1)
    broken_at(broken, monkeypatch)
    for hour in range(4):
        with moment.fixed(MONDAY + WEEK + hour * HOUR):
            carrying_out.try_again(change, by=an_administrator())
    assert [reread(case).office for case in others] == [the_county()] * 2
    assert SetAside.objects.get(solved_at=None).case == broken


def test_a_case_that_was_decided_while_it_waited_to_be_tried_again_stays_and_is_asked_about_no_more(monkeypatch):
    case = an_entered_case()
    a_change()
    with monkeypatch.context() as patch:
        broken_at(case, patch)
        carried_out()
    put_in_state(case, State.WITHDRAWN)
    assert swept(HOUR) == 1
    assert reread(case).office == a_bureau()
    assert SetAside.objects.get().solved_at is not None
    assert swept(2 * HOUR) == 0


def test_a_case_that_fails_in_two_changes_is_one_task_for_each_and_both_are_solved(monkeypatch):
    case, first = an_entered_case(), a_change()
    with monkeypatch.context() as patch:
        broken_at(case, patch)
        carried_out()
        with moment.fixed(MONDAY + WEEK):
            told = {"area": "990101", "employer": None, "since": SINCE + WEEK, "ground": "又一文件"}
            second = enter_change(RECOGNITION, office=a_bureau(), by=an_administrator(), **told)
        carried_out(days=14)
    assert {row.change for row in SetAside.objects.all()} >= {first}
    assert swept(WEEK + HOUR) >= 1
    assert not SetAside.objects.filter(solved_at=None).exists()
    assert not case.obligations.filter(kind="handover_fails", fulfilled_at=None).exists()
    assert HandedOver.objects.filter(case=case, stays=False).count() == 1, "gone once, whichever tried first"
    second.refresh_from_db()
    assert second.done_at is not None


def test_the_task_leads_to_the_change_that_still_fails_and_not_to_one_that_is_solved(monkeypatch):
    case, change = an_entered_case(), a_change()
    with monkeypatch.context() as patch:
        broken_at(case, patch)
        carried_out()
    assert queries.failing_for(case.number, by=an_administrator()) == change
    swept(HOUR)
    assert queries.failing_for(case.number, by=an_administrator()) == change, (
        "a link that was kept still leads somewhere"
    )
    with pytest.raises(NotYourChange):
        queries.failing_for(case.number, by=an_administrator(another_bureau()))


def test_the_database_neither_forgets_nor_rewrites_what_was_set_aside(monkeypatch):
    case = an_entered_case()
    a_change()
    with monkeypatch.context() as patch:
        broken_at(case, patch)
        carried_out()
    for act in (SetAside.objects.all().delete, lambda: SetAside.objects.update(since=MONDAY)):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    with pytest.raises(IntegrityError), transaction.atomic():
        row = SetAside.objects.get()
        row.pk = None
        row.save(force_insert=True)


def test_a_change_whose_office_was_replaced_says_on_its_page_to_whom_the_cases_will_go():
    change = a_change(area="990103", since=SINCE + WEEK)
    page = go(an_administrator(), "jurisdiction:change", change.pk).content.decode()
    assert "后来的变更改了接手的机构" not in page
    with moment.fixed(MONDAY + WEEK + WEEK):
        told = {"area": "990103", "employer": None, "since": SINCE + 3 * WEEK, "ground": "又一文件"}
        enter_change(RECOGNITION, office=another_bureau(), by=an_administrator(the_county()), **told)
    page = go(an_administrator(), "jurisdiction:change", change.pk, after=4 * WEEK).content.decode()
    assert "后来的变更改了接手的机构" in page
    assert f"按现在的管辖表移交{another_bureau().name}" in page


@pytest.mark.django_db(transaction=True)
def test_the_administrator_sees_in_the_browser_what_has_failed_and_tries_it_again(page: Page, live_server, monkeypatch):
    case, change = an_entered_case(), a_change()
    with monkeypatch.context() as patch:
        broken_at(case, patch)
        carried_out()
    with moment.fixed(MONDAY + WEEK):
        sign_in(page, live_server.url, an_administrator())
        for address in ("/jurisdiction/", f"/jurisdiction/changes/{change.pk}"):
            looked_at(page, f"{live_server.url}{address}")
        page.get_by_role("button", name="现在再试一次").click()
        expect(page.get_by_text("已再次移交，办成1件。")).to_be_visible()
        expect(page.get_by_text("没有移交成的案件")).to_have_count(0)
    assert reread(case).office == the_county()
