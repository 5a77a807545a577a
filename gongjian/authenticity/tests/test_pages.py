"""The pages: asked for from the paper, answered beside it, closed to everybody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_member, an_outsider
from gongjian.authenticity.models import Inquiry
from gongjian.authenticity.tests.builders import TOLD, a_hospital, an_inquiry, answers, asked
from gongjian.delivery.tests.test_in_browser import looked_at, sign_in
from gongjian.kernel import moment
from gongjian.kernel.ledger.queries import readings_of
from gongjian.recognition.tests.builders import (
    MONDAY,
    an_investigated_case,
    an_investigator,
    another_bureau,
    the_clerk,
    the_reviewer,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def body():
    with a_hospital() as found:
        yield found


def go(user: User, name: str, *args: object, told: dict[str, Any] | None = None):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    with moment.fixed(LATER):
        address = reverse(f"authenticity:{name}", args=args)
        return client.get(address) if told is None else client.post(address, told)


def test_an_investigator_asks_about_a_paper_and_reads_the_answer_beside_it(body):
    case, user = an_investigated_case(), an_investigator()
    paper = case.materials.get(kind="medical_diagnosis")
    assert "云溪市第一人民医院" in go(user, "inquire", case.number, paper.pk).content.decode()
    assert go(user, "inquire", case.number, paper.pk, told={"source": ""}).status_code == 422
    assert go(user, "inquire", case.number, paper.pk, told=TOLD).status_code == 302
    inquiry = Inquiry.objects.get()
    answers(body, inquiry.key, finding="differs")
    asked(timedelta(hours=1))
    page = go(user, "case_part", case.number).content.decode()
    assert page.index("受伤后的诊断证明书") < page.index("不一致") < page.index("手足外科")
    assert "材料协查" in {entry.facts["what"] for entry in readings_of(case.chain)}
    assert go(user, "seen", inquiry.pk, told={}).status_code == 302
    assert "已查看" in go(user, "case", case.number).content.decode()


def test_where_no_interface_is_set_up_the_page_says_so():
    case = an_investigated_case()
    page = go(
        an_investigator(), "inquire", case.number, case.materials.get(kind="medical_diagnosis").pk
    ).content.decode()
    assert "没有接通协查接口" in page


def test_nobody_else_reads_or_asks_anything(body):
    inquiry = an_inquiry()
    number, paper = inquiry.case.number, inquiry.material_id
    for somebody in (the_clerk(), the_reviewer()):
        page = go(somebody, "case", number).content.decode()
        assert "只对正在办理的调查人员开放" in page
        assert "核对" not in page
        assert go(somebody, "inquire", number, paper).status_code in (403, 422)
        assert go(somebody, "seen", inquiry.pk, told={}).status_code == 404
    for stranger in (a_member(Role.INVESTIGATOR, office=another_bureau()), an_outsider()):
        for name, *args in (("case", number), ("case_part", number), ("inquire", number, paper)):
            assert go(stranger, name, *args).status_code in (403, 404)
        assert go(stranger, "seen", inquiry.pk, told={}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_pages_in_a_browser(page: Page, live_server, body):
    inquiry = an_inquiry()
    answers(body, inquiry.key)
    asked()
    site, number = f"{live_server.url}/authenticity/cases", inquiry.case.number
    with moment.fixed(LATER):
        sign_in(page, live_server.url, an_investigator())
        looked_at(page, f"{site}/{number}/")
        looked_at(page, f"{site}/{number}/papers/{inquiry.material_id}")
