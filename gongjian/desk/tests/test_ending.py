"""The window's pages of refusing, of a death, of the hand-over and of an employer's account."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongjian.accounts.models import Office, User
from gongjian.accounts.tests.builders import a_clerk, a_reviewer, an_applicant
from gongjian.appraisal.models import Death, EmployerLink, Refusal
from gongjian.appraisal.tests.builders import MONDAY, a_submitted_case
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.materials.tests.builders import a_picture

pytestmark = pytest.mark.django_db
CODE = "91990100MA0TEST018"


@pytest.fixture(autouse=True)
def monday():
    with moment.fixed(MONDAY):
        yield


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def a_file() -> SimpleUploadedFile:
    return SimpleUploadedFile("证明.png", a_picture(4).read(), "image/png")


def at(case: Case, page: str) -> str:
    return f"/desk/cases/{case.number}/{page}"


def test_the_window_refuses_and_hands_over():
    case, clerk = a_submitted_case(), browser(a_clerk())
    told = {"name": "临江市劳动能力鉴定委员会", "short_name": "临江鉴委", "kind": "committee", "region": "990200"}
    Office.objects.create(code="LJJD", **told)
    assert "不予受理" in clerk.get(at(case, "check")).content.decode()
    assert clerk.get(at(case, "refuse")).status_code == 200
    assert clerk.post(at(case, "refuse"), {"ground": "not_competent"}).status_code == 422
    sent: dict[str, Any] = {
        "ground": "not_competent",
        "facts": "参保地在临江市。",
        "competent_told": "临江市劳动能力鉴定委员会",
    }
    assert clerk.post(at(case, "refuse"), sent).status_code == 302
    assert Refusal.objects.get().competent_told == "临江市劳动能力鉴定委员会"
    assert at(case, "hand-over") in clerk.get(at(case, "")).content.decode()
    assert "申请人同意移送" in clerk.get(at(case, "hand-over")).content.decode()
    clerk.post(at(case, "hand-over"))
    assert "已移送" in clerk.get(at(case, "hand-over")).content.decode()
    clerk.post(at(case, "hand-over"), {"done": "1"})
    assert not case.obligations.filter(kind="hand_over", fulfilled_at=None).exists()


def test_the_window_notes_a_death_once():
    case, clerk = a_submitted_case(), browser(a_clerk())
    assert "被鉴定人死亡" in clerk.get(at(case, "")).content.decode()
    assert clerk.post(at(case, "death"), {"died_on": "2026-03-01"}).status_code == 422
    sent = {"died_on": "2026-03-01", "proof": "火化证明", "file": a_file()}
    assert clerk.post(at(case, "death"), sent).status_code == 302
    assert Death.objects.get().paper is not None
    page = clerk.get(at(case, "")).content.decode()
    assert "已登记被鉴定人死亡" in page
    assert at(case, "death") not in page


def test_the_window_links_an_employers_account():
    case, clerk = a_submitted_case(employer={"credit_code": CODE}), browser(a_clerk())
    an_applicant("199 0000 0066", "吴经办")
    sent = {"credit_code": CODE, "how": "own", "telephone": "199 0000 0066", "file": a_file()}
    assert clerk.get(at(case, "employer")).status_code == 200
    assert clerk.post(at(case, "employer"), sent).status_code == 302
    assert EmployerLink.objects.get().case == case


def test_strangers_are_kept_out():
    case, stranger = a_submitted_case(), browser(a_reviewer())
    assert stranger.get(at(case, "refuse")).status_code == 403
    assert stranger.post(at(case, "hand-over")).status_code == 403
    sent = {"died_on": "2026-03-01", "proof": "火化证明", "file": a_file()}
    assert stranger.post(at(case, "death"), sent).status_code == 403
