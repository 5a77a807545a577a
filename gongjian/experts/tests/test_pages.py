"""The pool's pages."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongjian.accounts.tests.builders import (
    a_clerk,
    a_draw_officer,
    a_scheduler,
    a_supervisor,
    an_administrator,
    an_expert_user,
    an_outsider,
)
from gongjian.experts.models import Expert, PoolImport
from gongjian.experts.tests.builders import an_expert
from gongjian.experts.tests.test_spreadsheet import a_sheet
from gongjian.kernel.ledger.queries import readings_of
from gongjian.sittings.tests.builders import PLANNED, at
from gongjian.sittings.tests.test_pages import as_

pytestmark = pytest.mark.django_db
TOLD = {
    "name": "章手一",
    "title": "副主任医师",
    "title_level": "associate",
    "hospital": "云溪市中医院",
    "department": "手外科",
    "specialties": ["hand_foot"],
    "term_from": "2026-01-01",
    "trained_on": "2025-12-20",
    "telephone": "19900000102",
}


@pytest.fixture(autouse=True)
def _on_the_day_of_planning():
    with at(PLANNED):
        yield


def url(name: str, *args: object) -> str:
    return reverse(f"experts:{name}", args=args)


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.mark.parametrize("person", [a_scheduler, an_administrator, a_draw_officer, a_supervisor])
def test_who_may_see_the_pool_opens_it(person):
    expert = an_expert()
    browser = as_(person())
    assert "骆骨生" in text(browser.get(url("list")))
    assert browser.get(url("expert", expert.number)).status_code == 200


@pytest.mark.parametrize("person", [a_clerk, an_outsider, an_expert_user])
def test_l08_nobody_else_finds_an_expert(person):
    expert = an_expert()
    browser = as_(person())
    assert expert.number not in text(browser.get(url("list")))
    assert browser.get(url("expert", expert.number)).status_code == 404


@pytest.mark.parametrize("name", ["new", "import", "template"])
@pytest.mark.parametrize("person", [a_draw_officer, a_clerk, an_outsider])
def test_only_the_keeper_of_the_pool_opens_its_forms(name, person):
    assert as_(person()).get(url(name)).status_code == 403


def test_art_25_no_page_shows_a_telephone_unasked():
    expert = an_expert()
    browser = as_(a_scheduler())
    assert "19900000101" not in text(browser.get(url("list"))) + text(browser.get(url("expert", expert.number)))


def test_art_25_the_telephone_is_shown_when_asked_for_and_the_look_is_noted():
    expert = an_expert()
    assert "19900000101" in text(as_(a_scheduler()).post(url("telephone", expert.number)))
    assert readings_of("office:YXJD").count() == 1
    assert as_(a_draw_officer()).post(url("telephone", expert.number)).status_code == 403


def test_an_expert_is_appointed_on_the_page():
    response = as_(a_scheduler()).post(url("new"), TOLD)
    expert = Expert.objects.get()
    assert (response["Location"], expert.term_until) == (url("expert", expert.number), date(2028, 12, 31))


def test_a_form_with_faults_is_shown_again():
    assert as_(a_scheduler()).post(url("new"), {**TOLD, "specialties": []}).status_code == 422
    assert as_(a_scheduler()).post(url("new"), {**TOLD, "term_until": "2035-01-01"}).status_code == 422
    assert not Expert.objects.exists()


def test_particulars_are_edited_and_an_old_page_is_refused():
    expert = an_expert()
    browser = as_(a_scheduler())
    assert 'value="1"' in text(browser.get(url("edit", expert.number)))
    browser.post(url("edit", expert.number), {**TOLD, "version": 1})
    assert browser.post(url("edit", expert.number), {**TOLD, "name": "别名", "version": 1}).status_code == 422
    expert.refresh_from_db()
    assert expert.name == "章手一"


def test_an_expert_is_suspended_reinstated_and_dismissed():
    expert = an_expert()
    browser = as_(a_scheduler())
    browser.post(url("suspend", expert.number), {"begins": "2026-03-01", "reason": "投诉调查"})
    assert "已暂停参加鉴定" in text(browser.get(url("list")))
    browser.post(url("turn", expert.number, "reinstate"))
    assert "今天可以参加抽取的1名" in text(browser.get(url("list")))
    browser.post(url("dismiss", expert.number), {"reason": "两次无故缺席"})
    expert.refresh_from_db()
    assert expert.dismissed_on == PLANNED.date()


@pytest.mark.parametrize("name", ["suspend", "dismiss"])
def test_neither_goes_without_a_reason(name):
    expert = an_expert()
    assert as_(a_scheduler()).post(url(name, expert.number), {"begins": "2026-03-01"}).status_code == 422


def test_training_health_and_term_are_noted_on_the_page():
    expert = an_expert(trained_on=None, in_good_health=False)
    browser = as_(a_scheduler())
    browser.post(url("day", expert.number, "trained"), {"on": "2026-03-01"})
    browser.post(url("turn", expert.number, "fit"))
    browser.post(url("day", expert.number, "renew"), {"on": "2026-04-01"})
    expert.refresh_from_db()
    assert (expert.trained_on, expert.in_good_health, expert.term_from) == (date(2026, 3, 1), True, date(2026, 4, 1))
    assert "请填写日期" in text(browser.post(url("day", expert.number, "renew"), {}, follow=True))


def test_the_list_is_narrowed_by_specialty_and_to_those_who_are_out():
    an_expert()
    an_expert("ent", name="耳专家", trained_on=None)
    browser = as_(a_scheduler())
    assert "骆骨生" not in text(browser.get(url("list") + "?specialty=ent"))
    assert "骆骨生" not in text(browser.get(url("list") + "?out=1"))
    assert "没有符合条件的专家" in text(browser.get(url("list") + "?specialty=thoracic"))


def test_terms_that_end_soon_are_told():
    an_expert(term_until=date(2026, 5, 1))
    assert "聘期三个月内届满" in text(as_(a_scheduler()).get(url("list")))


def test_a_sheet_is_checked_shown_and_taken_in():
    browser = as_(a_scheduler())
    shown = text(browser.post(url("import"), {"sheet": SimpleUploadedFile("名单.xlsx", a_sheet({}).getvalue())}))
    assert ("全部合格" in shown, Expert.objects.count()) == (True, 0)
    browser.post(url("take_in", PoolImport.objects.get().pk))
    assert Expert.objects.get().name == "骆骨生"


def test_a_sheet_with_faults_shows_them_line_by_line():
    sheet = SimpleUploadedFile("名单.xlsx", a_sheet({}, {"specialties": "占星科"}).getvalue())
    response = as_(a_scheduler()).post(url("import"), {"sheet": sheet})
    assert (response.status_code, "占星科" in text(response)) == (422, True)
    assert not PoolImport.objects.exists()


def test_the_sheets_come_as_files():
    an_expert()
    for name in ("template", "export"):
        response = as_(a_scheduler()).get(url(name))
        assert response["Content-Disposition"].startswith("attachment")


def test_nobody_comes_in_without_signing_in():
    assert Client().get(url("list")).status_code == 302


def test_the_pool_takes_the_same_queries_for_many(django_assert_max_num_queries):
    for _ in range(6):
        an_expert()
    browser = as_(a_scheduler())
    browser.get(url("list"))
    with django_assert_max_num_queries(20):
        browser.get(url("list"))
