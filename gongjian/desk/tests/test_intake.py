"""One window: who comes is checked once, then picks determination, appraisal or benefits."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import Office, Post, User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_clerk, a_member, a_reviewer, an_office, an_outsider
from gongjian.applications.models import Draft, Visit
from gongjian.appraisal.states import INITIAL
from gongjian.cases.models import Case
from gongjian.claims.models import Claim, ClaimPaper
from gongjian.claims.tests.test_without_a_grade import a_served_recognition
from gongjian.desk.intake import Hall, hall_of
from gongjian.kernel import moment
from gongjian.kernel.ledger.queries import readings_of
from gongjian.materials.catalog import IDENTITY
from gongjian.parties.tests.builders import an_id_number
from gongjian.portal.tests.builders import an_upload, signed_in_as, text_of
from gongjian.recognition.models import Decision
from gongjian.recognition.states import RECOGNITION
from gongjian.recognition.tests.builders import MONDAY, a_bureau, an_entered_case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(home):
    with moment.fixed(MONDAY):
        yield


def the_hall() -> User:
    """A clerk who takes in for the bureau, the committee and the agency."""
    clerk = a_member(Role.WINDOW_CLERK, "万窗", office=a_bureau())
    for office in (an_office(), Office.objects.get(code="YXSB")):
        Post.objects.get_or_create(user=clerk, office=office, role=Role.WINDOW_CLERK)
    return User.objects.get(pk=clerk.pk)


def told(*, scanned: bool = False, **changes: object) -> dict[str, object]:
    answers: dict[str, object] = {
        "name": "林知远", "id_type": "resident_id", "id_number": an_id_number(), "seen": "on",
    }  # fmt: skip
    return {**answers, **({"front": an_upload(61)} if scanned else {}), **changes}


def arrived(client: Client, **changes: object) -> Visit:
    answer = client.post(reverse("desk:intake"), told(**changes))
    assert answer.status_code == 302, text_of(answer)
    return Visit.objects.latest("pk")


def shown(client: Client, visit: Visit) -> str:
    return text_of(client.get(reverse("desk:visit", args=[visit.token])))


def ways(hall: Hall) -> dict[str, list[str]]:
    return {each.title: [way.label for way in each.ways] for each in hall.businesses}


def test_somebody_who_was_never_here_can_begin_a_determination_and_reads_why_the_others_wait():
    client = signed_in_as(the_hall())
    page = shown(client, arrived(client))
    assert "林知远今天来办什么" in page and "录入工伤认定申请" in page
    assert "还没有可以申领的决定" in page and "平台上没有这个证件的案件" in page
    assert an_id_number() not in page


def test_who_was_recognised_goes_on_to_the_appraisal_and_to_the_benefits_of_treatment():
    case, clerk = a_served_recognition(), the_hall()
    client = signed_in_as(clerk)
    visit = arrived(client)
    number = Decision.objects.get(case=case).paper.number
    found = ways(hall_of(visit, by=clerk))
    assert found["工伤认定"] == ["录入工伤认定申请"]
    assert found["劳动能力鉴定"] == [f"依据{number}申请鉴定", "认定不是在本平台作出的，照决定书录入"]
    assert found["工伤待遇"] == ["估算并申领治疗期间的待遇"]


def test_that_the_cases_were_looked_up_at_the_window_is_on_their_record():
    case, client = a_served_recognition(), signed_in_as(the_hall())
    shown(client, arrived(client))
    assert "窗口一窗受理，查看可以沿用的案件" in {row.facts["what"] for row in readings_of(case.chain)}


def test_an_appraisal_is_begun_upon_the_recognition_with_the_document_of_the_visit():
    case, client = a_served_recognition(), signed_in_as(the_hall())
    visit = arrived(client, scanned=True)
    sent = {"what": INITIAL, "office": "YXJD", "case": case.number}
    answer = client.post(reverse("desk:intake_begin", args=[visit.token]), sent)
    draft = Draft.objects.get()
    assert answer["Location"] == reverse("portal:window", args=[draft.token])
    assert (draft.founded_on, draft.visit) == (case, visit)
    assert draft.materials.get(kind=IDENTITY).pages.count() == 1
    page = text_of(client.get(answer["Location"]))
    assert "已有的，不用再填" in page and case.number in page
    assert 'name="id_number"' not in page and 'name="employer_name"' not in page


def test_a_determination_is_begun_upon_the_document_alone_and_says_where_its_facts_come_from():
    client = signed_in_as(the_hall())
    visit = arrived(client)
    answer = client.post(reverse("desk:intake_begin", args=[visit.token]), {"what": RECOGNITION, "office": "YXRS"})
    page = text_of(client.get(answer["Location"]))
    assert "来自今天核对的证件原件" in page and 'name="id_number"' not in page and 'name="telephone"' in page


def test_the_claim_of_who_stands_there_takes_the_document_of_the_visit():
    case, client = a_served_recognition(), signed_in_as(the_hall())
    arrived(client, scanned=True)
    address = reverse("claims:new", args=[case.number])
    assert address in text_of(client.get(reverse("benefits:case", args=[case.number])))
    sheet = '{"told": {"medical_cost": "120"}, "skipped": []}'
    page = text_of(client.post(address, {"sheet": sheet}))
    assert "、身份证件" in page and 'name="identity"' not in page and 'name="bills"' in page
    client.post(address, {"sheet": sheet, "do": "submit"})
    claim = Claim.objects.get()
    assert (claim.channel, claim.side) == ("window", "worker")
    assert ClaimPaper.objects.get(claim=claim).title == "身份证件"


def test_the_document_of_the_last_visitor_is_not_taken_for_another_person():
    case, client = a_served_recognition(), signed_in_as(the_hall())
    arrived(client, scanned=True, name="易青岩", id_number=an_id_number(4))
    page = text_of(client.post(reverse("claims:new", args=[case.number]), {"sheet": '{"told": {}, "skipped": []}'}))
    assert 'name="identity"' in page


def test_a_running_claim_is_shown_with_its_state_and_not_begun_again():
    case, clerk = a_served_recognition(), the_hall()
    client = signed_in_as(clerk)
    visit = arrived(client)
    sheet = '{"told": {}, "skipped": []}'
    client.post(reverse("claims:new", args=[case.number]), {"sheet": sheet, "do": "submit"})
    page = shown(client, visit)
    assert "已有一件申领正在办理" in page and "等待经办机构核定" in page and "估算并申领" not in page


def test_a_window_of_one_office_says_where_the_other_businesses_are():
    a_served_recognition()
    client = signed_in_as(a_clerk())
    page = shown(client, arrived(client))
    assert "本窗口不代收工伤认定申请" in page and "本窗口不代办" in page and "申请鉴定" in page


def test_a_case_that_runs_is_shown_without_how_it_is_deliberated():
    case, client = an_entered_case(), signed_in_as(the_hall())
    page = shown(client, arrived(client))
    assert case.number in page and "工伤认定" in page


def test_the_case_of_another_person_is_not_taken_over():
    case, client = a_served_recognition(), signed_in_as(the_hall())
    visit = arrived(client, name="易青岩", id_number=an_id_number(4))
    sent = {"what": INITIAL, "office": "YXJD", "case": case.number}
    assert client.post(reverse("desk:intake_begin", args=[visit.token]), sent).status_code == 422
    assert not Draft.objects.exists()
    assert case.number not in shown(client, visit)


@pytest.mark.parametrize("sent", [{}, {"what": "benefits"}, {"what": INITIAL, "office": "NONE"}])
def test_nothing_else_is_begun(sent):
    client = signed_in_as(the_hall())
    visit = arrived(client)
    assert client.post(reverse("desk:intake_begin", args=[visit.token]), sent).status_code == 403


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"seen": ""}, "请先核对证件原件"),
        ({"id_number": "990101198503120000"}, "校验"),
        ({"name": ""}, "这个字段是必填项"),
    ],
)
def test_without_the_check_nobody_goes_on(changes, sentence):
    answer = signed_in_as(the_hall()).post(reverse("desk:intake"), told(**changes))
    assert answer.status_code == 422 and not Visit.objects.exists()
    assert "gj-error" in text_of(answer), sentence


@pytest.mark.parametrize("who", [a_reviewer, an_outsider])
def test_a_stranger_checks_nobody(who):
    assert signed_in_as(who()).get(reverse("desk:intake")).status_code == 403
    assert signed_in_as(who()).post(reverse("desk:intake"), told()).status_code == 403


def test_tomorrow_the_document_is_looked_at_again():
    client = signed_in_as(the_hall())
    visit = arrived(client)
    with moment.fixed(MONDAY + timedelta(days=1)):
        assert client.get(reverse("desk:visit", args=[visit.token])).status_code == 404


def test_the_page_takes_the_same_queries_however_often_it_is_opened(django_assert_max_num_queries):
    clerk = the_hall()
    client = signed_in_as(clerk)
    a_served_recognition()
    visit = arrived(client)
    with django_assert_max_num_queries(70):
        hall_of(visit, by=clerk)
    assert Case.objects.count() == 1
