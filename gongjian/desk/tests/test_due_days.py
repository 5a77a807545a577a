"""Every due day in a list or on a page opens how it came about, and no list asks the database more for it."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_delivery_clerk,
    a_reviewer,
    a_scheduler,
    a_worker_user,
    an_exam_staff,
    an_outsider,
    the_signer,
)
from gongjian.appraisal.tests.builders import a_case_to_supplement, a_submitted_case
from gongjian.cases.actions.obligations import owe
from gongjian.cases.models import Case
from gongjian.conclusions.queries import opinion
from gongjian.conclusions.tests.builders import OPINIONS, a_reviewed_case, an_opined_case, another_person
from gongjian.delivery.tests.builders import two_deliveries
from gongjian.kernel import moment
from gongjian.sittings.actions import note_absence
from gongjian.sittings.tests.builders import AFTER, DAY, a_booking, a_sitting, an_accepted_case, at

pytestmark = pytest.mark.django_db
CHIP = re.compile(r'<a class="gj-deadline[^"]*" href="([^"]+)">')
BARE = '<span class="gj-deadline'


@pytest.fixture(autouse=True)
def handed_in_opinions(monkeypatch):
    monkeypatch.setattr(opinion, "result_of", lambda case: OPINIONS.get(case.pk))
    yield
    OPINIONS.clear()


def a_browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(client: Client, address: str) -> str:
    answer = client.get(address.replace("&amp;", "&"))
    assert answer.status_code == 200, address
    return answer.content.decode()


def opened_from(user: User, address: str) -> list[str]:
    """What stands behind the chips of a page, none of which is bare."""
    client = a_browser(user)
    body = text(client, address)
    assert BARE not in body
    found = [text(client, link) for link in CHIP.findall(body)]
    assert found
    return found


def cost(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as made:
        client.get(address)
    return len(made)


def test_the_worklist_opens_the_limit_day_by_day():
    a_submitted_case()
    (page,) = opened_from(a_clerk(), reverse("desk:worklist"))
    assert "逐日计算" in page
    assert "怎么算出来的" in page


def test_whoever_is_expected_is_shown_with_the_sittings_day_and_the_limit_behind_it():
    a_booking()
    with at(moment.at(date(2026, 3, 18), 9)):
        (page,) = opened_from(an_exam_staff(), reverse("desk:worklist"))
    assert "约定在2026年3月24日办理" in page
    assert "期限到2026年5月1日" in page
    assert "逐日看这个期限怎么算" in page


def test_a_task_with_no_limit_tells_from_when_its_day_is_counted():
    case = a_submitted_case()
    with at(moment.at(date(2026, 3, 9), 9)):
        owe(case, "reach_party", due=date(2026, 3, 12), article="令55 第十七条", role="delivery_clerk")
        (page,) = opened_from(a_delivery_clerk(), reverse("desk:worklist"))
    assert "2026年3月9日，这项事项登记为待办" in page
    assert "其间有3日，其中3个工作日" in page
    assert "令55 第十七条" in page


def test_what_waits_for_review_opens_the_limit_of_the_decision():
    an_opined_case()
    pages = opened_from(a_reviewer(), reverse("conclusions:to_review"))
    assert all("60" in page and "令55 第十条" in page for page in pages)


def test_what_waits_for_the_signature_opens_the_limit_of_the_decision():
    a_reviewed_case()
    assert all("令55 第十条" in page for page in opened_from(the_signer(), reverse("conclusions:to_sign")))


def test_what_is_to_be_delivered_opens_the_limit_of_delivery():
    two_deliveries()
    pages = opened_from(a_delivery_clerk(), reverse("delivery:list"))
    assert ["令55 第十七条" in page for page in pages] == [True, True]


def test_the_page_of_booking_opens_the_limit_of_the_decision():
    case = an_accepted_case()
    assert "逐日计算" in opened_from(a_scheduler(), reverse("sittings:book", args=[case.number]))[0]


def test_the_page_of_an_absence_opens_how_long_there_is_to_explain_it():
    booking = a_booking()
    with at(AFTER):
        note_absence(booking, by=an_exam_staff())
        (page,) = opened_from(an_exam_staff(), reverse("sittings:absence", args=[booking.case.number]))
    assert "说明未到场的理由" in page
    assert "其中3个工作日" in page


def test_the_supplement_opens_its_limit_for_staff_and_applicant():
    case, _ = a_case_to_supplement()
    assert "最迟" in opened_from(a_clerk(), reverse("desk:supplement", args=[case.number]))[0]
    assert "逐日计算" in opened_from(a_worker_user(), reverse("portal:home"))[0]


def test_a_party_opens_the_day_on_which_they_are_expected():
    case = a_submitted_case()
    with at(moment.at(date(2026, 3, 9), 9)):
        owe(case, "explain_absence", due=date(2026, 3, 12), article="令55 第十四条", party="applicant")
        assert opened_from(a_worker_user(), reverse("portal:case", args=[case.number]))


@pytest.mark.parametrize("name", ["portal:due", "portal:clock"])
def test_a_stranger_learns_nothing_of_a_due_day(name):
    case = a_submitted_case()
    known = {"portal:due": "check_papers", "portal:clock": "LA-REVIEW"}[name]
    assert a_browser(an_outsider()).get(reverse(name, args=[case.number, known])).status_code == 404


@pytest.mark.parametrize(("name", "what"), [("portal:due", "sign"), ("portal:clock", "LA-XXX")])
def test_a_task_or_limit_that_the_case_never_had_is_not_found(name, what):
    case = a_submitted_case()
    assert a_browser(a_clerk()).get(reverse(name, args=[case.number, what])).status_code == 404


def test_what_is_owed_inside_the_office_is_not_told_to_a_party():
    case = a_submitted_case()
    owe(case, "find_colleague", due=DAY, article="令55 第二十八条", role="administrator", about="reviewer")
    address = f"{reverse('portal:due', args=[case.number, 'find_colleague'])}?about=reviewer"
    assert a_browser(a_worker_user()).get(address).status_code == 404
    assert a_browser(a_clerk()).get(address).status_code == 200


def many_expected() -> None:
    sitting = a_sitting(capacity=10)
    for serial in range(2, 8):
        a_booking(an_accepted_case(serial), sitting=sitting)


def many_to_deliver() -> None:
    for serial in range(2, 5):
        two_deliveries(person=another_person(serial))


def one_expected() -> Case:
    return a_booking().case


LISTS: list[tuple[Callable[[], User], str, Callable[[], object], Callable[[], None]]] = [
    (an_exam_staff, "desk:worklist", one_expected, many_expected),
    (a_delivery_clerk, "desk:worklist", two_deliveries, many_to_deliver),
    (a_delivery_clerk, "delivery:list", two_deliveries, many_to_deliver),
]


@pytest.mark.parametrize(("who", "name", "one", "many"), LISTS)
def test_a_long_list_costs_as_many_queries_as_a_short_one(who, name, one, many):
    one()
    client, address = a_browser(who()), reverse(name)
    few = cost(client, address)
    many()
    assert cost(client, address) == few
