"""The pages: an administrator enters a change and sees what it will bring about; staff see what became of their cases; nobody else sees anything."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from gongjian.accounts.models import Office, User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import REACHED, a_member, an_outsider
from gongjian.appraisal.tests.builders import a_submitted_case
from gongjian.delivery.tests.test_in_browser import looked_at, sign_in
from gongjian.jurisdiction.models import Change
from gongjian.jurisdiction.rules import APPRAISAL, RECOGNITION
from gongjian.jurisdiction.tests.builders import (
    GROUND,
    SINCE,
    a_change,
    an_administrator,
    carried_out,
    the_county,
    there,
)
from gongjian.kernel import moment
from gongjian.recognition.tests.builders import (
    MONDAY,
    an_entered_case,
    an_investigated_case,
    another_bureau,
    staff,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home_of_the_file")]
WEEK = timedelta(days=7)


def go(user: User, name: str, *args: object, told: dict[str, Any] | None = None, after: timedelta = timedelta(0)):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    with moment.fixed(MONDAY + after):
        address = reverse(name, args=args)
        return client.get(address) if told is None else client.post(address, told)


def a_form(**changes: object) -> dict[str, Any]:
    told = {"business": RECOGNITION, "area": "9901", "employer": "", "office": the_county().pk, "since": str(SINCE)}
    return {**told, "ground": GROUND, **changes}


def test_an_administrator_enters_a_change_and_sees_the_cases_it_will_move():
    case = an_entered_case()
    assert "没有登记过变更" in go(an_administrator(), "jurisdiction:table").content.decode()
    assert go(an_administrator(), "jurisdiction:enter", told=a_form()).status_code == 302
    change = Change.objects.get()
    page = go(an_administrator(), "jurisdiction:change", change.pk).content.decode()
    assert case.number in page
    assert "撤回这项变更" in page
    listed = go(an_administrator(), "jurisdiction:table").content.decode()
    assert GROUND in listed
    assert "将要生效" in listed
    assert go(an_administrator(), "jurisdiction:take_back", change.pk, told={}).status_code == 302
    assert "未生效即撤回" in go(an_administrator(), "jurisdiction:table").content.decode()


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"since": "2026-03-02"}, 422), ({"ground": " "}, 422), ({"area": "990"}, 422), ({"area": "", "employer": ""}, 422),
        ({"employer": "91990100MA00000009"}, 422), ({"business": "benefits"}, 422), ({"office": ""}, 422), ({"since": "2026-02-30"}, 422),
    ],
    ids=["today", "no document", "area", "neither", "unknown employer", "business", "nobody", "no such day"],
)  # fmt: skip
def test_a_form_in_a_hurry_is_refused_and_nothing_is_entered(changes, status):
    assert go(an_administrator(), "jurisdiction:enter", told=a_form(**changes)).status_code == status
    assert not Change.objects.exists()


def test_both_offices_see_what_became_of_the_cases_and_nobody_else_does():
    case, change = an_entered_case(), a_change()
    carried_out()
    for user in (
        an_administrator(),
        an_administrator(the_county()),
        staff(Role.WINDOW_CLERK),
        there(Role.WINDOW_CLERK),
    ):
        page = go(user, "jurisdiction:change", change.pk, after=WEEK).content.decode()
        assert case.number in page
        assert case.person.name not in page
    assert go(an_administrator(another_bureau()), "jurisdiction:change", change.pk).status_code == 404
    for name, args in (("table", ()), ("enter", ()), ("change", (change.pk,))):
        assert go(an_outsider(), f"jurisdiction:{name}", *args).status_code in (403, 404)
    assert go(staff(Role.SIGNER), "jurisdiction:enter").status_code == 403
    assert go(staff(Role.SIGNER), "jurisdiction:take_back", change.pk, told={}).status_code == 404


def test_the_window_is_told_whom_the_table_names_and_the_transfer_offers_that_office():
    case = an_entered_case(insured_region="990103")
    a_change(area="990103")
    clerk = staff(Role.WINDOW_CLERK)
    before = go(clerk, "recognition:check", case.number).content.decode()
    assert "今天由云溪市人力资源和社会保障局管辖" in before
    after = go(clerk, "recognition:check", case.number, after=WEEK).content.decode()
    assert f"今天由{the_county().name}管辖" in after
    assert "可能不属于本机关管辖" in after
    offered = go(clerk, "recognition:transfer", case.number, after=WEEK).content.decode()
    assert f'<option value="{the_county().pk}" selected>' in offered


def test_a_refusal_of_an_appraisal_offers_the_committee_that_the_table_names():
    case = a_submitted_case()
    told = {"code": "XCJD", "name": "新城市劳动能力鉴定委员会", "short_name": "新城鉴定", "region": "990300", **REACHED}
    new = Office.objects.create(kind=case.office.kind, **told)
    clerk = a_member(Role.WINDOW_CLERK, office=case.office)
    chosen = f'<option value="{new.pk}" selected>'
    assert chosen not in go(clerk, "desk:refuse", case.number).content.decode()
    a_change(business=APPRAISAL, office=new, by=an_administrator(case.office))
    assert chosen in go(clerk, "desk:refuse", case.number, after=WEEK).content.decode()


def test_the_investigators_of_the_new_office_take_a_case_up_from_its_page():
    case = an_investigated_case()
    a_change()
    carried_out()
    first, second = there(Role.INVESTIGATOR, "县查甲"), there(Role.INVESTIGATOR, "县查乙")
    assert "接手移交的案件" in go(first, "desk:case", case.number, after=WEEK).content.decode()
    assert go(first, "recognition:take_up", case.number, told={"team": []}, after=WEEK).status_code == 422
    assert go(first, "recognition:take_up", case.number, told={"team": [second.pk]}, after=WEEK).status_code == 302
    assert go(first, "recognition:investigation", case.number, after=WEEK).status_code == 200
    assert go(first, "recognition:take_up", case.number, told={"team": [second.pk]}, after=WEEK).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_a_journey_from_the_administrators_change_to_the_clerks_list(page: Page, live_server, home):
    case, site = an_entered_case(), live_server.url
    clerk = there(Role.WINDOW_CLERK)
    with moment.fixed(MONDAY):
        sign_in(page, site, an_administrator())
        looked_at(page, f"{site}/jurisdiction/")
        looked_at(page, f"{site}/jurisdiction/new")
        page.get_by_label("工伤认定").check()
        page.get_by_label("地区").fill("9901")
        page.get_by_label("由哪个机构管辖").select_option(label=the_county().name)
        page.get_by_label("从哪一天起").fill(str(SINCE))
        page.get_by_label("依据的文件和文号").fill(GROUND)
        page.get_by_role("button", name="登记").click()
        expect(page.get_by_text("已登记，从2026-03-09起生效")).to_be_visible()
        expect(page.get_by_role("rowheader", name=case.number)).to_be_visible()
        looked_at(page, page.url)
        change = page.url
    carried_out()
    with moment.fixed(MONDAY + WEEK):
        looked_at(page, change)
        page.context.clear_cookies()
        sign_in(page, site, clerk)
        page.goto(f"{site}/desk/")
        expect(page.get_by_role("link", name=case.number, exact=True)).to_be_visible()
        page.goto(f"{site}/desk/cases/{case.number}/")
        expect(page.get_by_text("审查材料").first).to_be_visible()
