"""The pages of delivery: they render, they record, they refuse, and a stranger sees nothing."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_delivery_clerk,
    a_worker_user,
    an_employer_user,
    an_expert_user,
    an_office,
    an_outsider,
)
from gongjian.appraisal.states import State
from gongjian.cases.queries.places import in_address, place_of
from gongjian.conclusions.tests.builders import a_concluded_case, another_person
from gongjian.delivery.actions import ask_for_paper
from gongjian.delivery.methods import BY_HAND, Method
from gongjian.delivery.models import Delivery, PostBatch, Proof
from gongjian.delivery.postal import write_xlsx
from gongjian.delivery.tests.builders import FACTS, a_scan, both_served, deliveries_of, served, state_of, two_deliveries
from gongjian.kernel import moment
from gongjian.kernel.ledger.queries import readings_of
from gongjian.kernel.tests.pages import Page
from gongjian.papers.models import Paper

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 15)


@pytest.fixture(autouse=True)
def today():
    with moment.fixed(moment.at(DAY)):
        yield


@pytest.fixture
def clerk(client: Client) -> Client:
    client.force_login(a_delivery_clerk())
    return client


def sent(client: Client, page: str, /, **fields: object) -> int:
    return client.post(page, fields).status_code  # type: ignore[arg-type]


def test_the_worklist_shows_what_is_to_be_delivered_by_way(clerk: Client):
    worker, employer = deliveries_of(a_concluded_case())
    page = clerk.get("/delivery/").content.decode()
    assert employer.name in page
    assert f"/delivery/{worker.pk}/" not in page
    assert "没有等待送达" in clerk.get("/delivery/?method=left").content.decode()


def test_the_worklist_goes_on_after_its_last_row(clerk: Client, monkeypatch: pytest.MonkeyPatch):
    worker, employer = two_deliveries()
    first = clerk.get(f"/delivery/?after={in_address(place_of(worker))}").content.decode()
    assert f"/delivery/{employer.pk}/" in first
    assert f"/delivery/{worker.pk}/" not in first


@pytest.mark.parametrize("count", [1, 3])
def test_the_worklist_costs_a_fixed_number_of_queries(clerk: Client, count: int, django_assert_max_num_queries):
    for serial in range(1, count + 1):
        two_deliveries(person=another_person(serial))
    with django_assert_max_num_queries(10):
        assert clerk.get("/delivery/").status_code == 200


@pytest.mark.parametrize("method", BY_HAND)
def test_each_way_has_its_form_and_records(clerk: Client, method: Method):
    worker, _ = two_deliveries()
    address = f"/delivery/{worker.pk}/record/{method}"
    fields = {element["name"] for element in Page(clerk.get(address).content).all() if element.get("name")}
    assert set(FACTS[method]) | {"on", "files"} <= fields
    scan = SimpleUploadedFile("回证.png", a_scan().stream.read(), "image/png")
    assert sent(clerk, address, on=DAY, files=scan, **FACTS[method]) == 302
    worker.refresh_from_db()
    assert (worker.served_on, Proof.objects.count()) == (DAY, 1)


def test_an_empty_record_is_answered_with_what_to_do(clerk: Client):
    worker, _ = two_deliveries()
    page = Page(clerk.post(f"/delivery/{worker.pk}/record/in_person", {"on": ""}).content)
    assert "处需要修改" in page.one("main").text


def test_a_record_without_its_proof_keeps_what_was_written(clerk: Client):
    worker, _ = two_deliveries()
    address = f"/delivery/{worker.pk}/record/in_person"
    page = Page(clerk.post(address, {"on": DAY, **FACTS[Method.IN_PERSON]}).content)
    assert "送达凭证：请选择文件。" in page.one("main").text
    assert page.one("input", name="received_by")["value"] == "林知远"
    assert not worker.attempts.exists()


def test_one_server_alone_is_refused_in_words(clerk: Client):
    worker, _ = two_deliveries()
    scan = SimpleUploadedFile("a.png", a_scan().stream.read(), "image/png")
    fields = FACTS[Method.IN_PERSON] | {"servers": "宋达"}
    answer = clerk.post(f"/delivery/{worker.pk}/record/in_person", {"on": DAY, "files": scan, **fields})
    assert answer.status_code == 422
    assert "送达人（两名）" in answer.content.decode()


def test_while_an_envelope_is_under_way_only_its_outcome_is_offered(clerk: Client):
    a_posted_batch(clerk)
    worker = Delivery.objects.get(recipient="worker")
    page = clerk.get(f"/delivery/{worker.pk}/").content.decode()
    assert "正在以“邮寄送达”送达" in page
    assert f"/delivery/{worker.pk}/record/post" in page
    assert f"/delivery/{worker.pk}/record/left" not in page
    assert f"/delivery/{worker.pk}/notice" not in page


def test_while_a_notice_runs_every_hand_is_still_offered(clerk: Client):
    worker, _ = two_deliveries()
    sent(clerk, f"/delivery/{worker.pk}/notice", reason="下落不明", whereabouts_unknown="on")
    page = clerk.get(f"/delivery/{worker.pk}/").content.decode()
    assert f"/delivery/{worker.pk}/record/in_person" in page
    assert f"/delivery/{worker.pk}/notice" not in page


def test_what_did_not_arrive_is_recorded(clerk: Client):
    worker, _ = two_deliveries()
    assert sent(clerk, f"/delivery/{worker.pk}/failed/post", on=DAY, reason="查无此人") == 302
    assert "查无此人" in clerk.get(f"/delivery/{worker.pk}/").content.decode()


def test_a_notice_is_published_from_its_form(clerk: Client):
    worker, _ = two_deliveries()
    assert sent(clerk, f"/delivery/{worker.pk}/notice", reason="下落不明", whereabouts_unknown="on") == 302
    assert Paper.objects.filter(kind="public_notice").count() == 1


def test_a_day_is_corrected_from_its_form(clerk: Client):
    case = both_served(date(2026, 4, 13), date(2026, 4, 14))
    worker = Delivery.objects.get(case=case, recipient="worker")
    assert sent(clerk, f"/delivery/{worker.pk}/correct", on="2026-04-12", reason="看错") == 302
    page = clerk.get(f"/delivery/{worker.pk}/").content.decode()
    assert "由 2026-04-13 更正为 2026-04-12" in page


def test_a_second_appraisal_is_noted_from_its_form(clerk: Client):
    worker, _ = two_deliveries()
    served(worker, date(2026, 4, 13))
    assert sent(clerk, f"/delivery/{worker.pk}/second-appraisal", on=DAY) == 302
    assert Delivery.objects.get(pk=worker.pk).second_appraisal.applied_on == DAY


def test_an_address_is_changed_from_its_form(clerk: Client):
    worker, _ = two_deliveries()
    address = f"/delivery/{worker.pk}/address"
    assert sent(clerk, address, name="林知远", telephone="19900000003", address="西溪县青石巷12号") == 302
    assert Delivery.objects.get(pk=worker.pk).address == "西溪县青石巷12号"


def test_a_sheet_is_issued_and_handed_out(clerk: Client):
    worker, _ = two_deliveries()
    answer = clerk.post(f"/delivery/{worker.pk}/sheet/in_person")
    assert answer["Location"] == f"/papers/{Paper.objects.get(kind='delivery_record').pk}/file"


def test_a_kept_proof_is_handed_out_and_the_reading_noted(clerk: Client):
    worker, _ = two_deliveries()
    served(worker, DAY)
    kept = Proof.objects.get()
    assert clerk.get(f"/delivery/{worker.pk}/proof/{kept.pk}").status_code == 200
    assert "送达凭证" in [entry.facts["what"] for entry in readings_of(worker.case.chain)]
    assert clerk.get(f"/delivery/{worker.pk}/proof/999").status_code == 404


def test_posting_makes_a_batch_with_labels_and_a_table(clerk: Client):
    worker, employer = two_deliveries()
    page = clerk.get("/delivery/post/").content.decode()
    assert worker.address in page
    assert sent(clerk, "/delivery/post/", office=an_office().pk, delivery=[worker.pk, employer.pk]) == 302
    batch = PostBatch.objects.get()
    for name, kind in (("labels.pdf", "application/pdf"), ("table.xlsx", "spreadsheetml")):
        answer = clerk.get(f"/delivery/post/{batch.pk}/{name}")
        assert kind in answer["Content-Type"]


def a_posted_batch(client: Client) -> PostBatch:
    rows = two_deliveries()
    sent(client, "/delivery/post/", office=an_office().pk, delivery=[row.pk for row in rows])
    return PostBatch.objects.get()


def test_results_are_pasted(clerk: Client):
    batch = a_posted_batch(clerk)
    answer = clerk.post(f"/delivery/post/{batch.pk}/", {"pasted": "1\tEX1\t2026-04-15\t林知远\n9\tEX9"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "已记入1行" in page
    assert "第9号邮件" in page


def test_results_are_uploaded(clerk: Client):
    batch = a_posted_batch(clerk)
    table = SimpleUploadedFile("a.xlsx", write_xlsx([(1, "EX1", "2026-04-15", "林知远")]))
    assert sent(clerk, f"/delivery/post/{batch.pk}/", table=table) == 302
    assert Delivery.objects.get(recipient="worker").served_on == DAY


def test_the_case_page_tells_deliveries_clocks_and_copies(clerk: Client):
    case = both_served(date(2026, 4, 13), date(2026, 4, 14))
    page = Page(clerk.get(f"/delivery/cases/{case.number}/").content).one("main").text
    for word in ("被鉴定人", "用人单位", "申请再次鉴定", "抄送", "云溪市社会保险经办中心", "直接送达"):
        assert word in page


def test_the_part_of_the_case_page_is_a_fragment(clerk: Client):
    case = both_served(date(2026, 4, 13), date(2026, 4, 14))
    page = clerk.get(f"/delivery/cases/{case.number}/part").content.decode()
    assert page.startswith('<section class="gj-panel" id="delivery-case"')
    assert "<html" not in page


def test_a_clerk_without_the_post_sees_but_does_not_act(client: Client):
    worker, _ = two_deliveries()
    client.force_login(a_clerk())
    page = client.get(f"/delivery/{worker.pk}/").content.decode()
    assert "办理送达" not in page
    assert sent(client, f"/delivery/{worker.pk}/failed/post", on=DAY, reason="无人") == 403
    assert client.get("/delivery/").status_code == 403
    assert client.get("/delivery/post/").status_code == 403


def test_a_copy_is_noted_as_sent_by_hand(clerk: Client):
    case = a_concluded_case().case
    address = f"/delivery/cases/{case.number}/done"
    assert "人工抄送" in clerk.get(f"/delivery/cases/{case.number}/").content.decode()
    for office in ("YXRS", "YXJB"):
        sent(clerk, address, kind="send_copy", about=office, way="paper")
    assert not case.obligations.filter(kind="send_copy", fulfilled_at=None).exists()


def test_the_wished_paper_is_noted_as_sent(clerk: Client):
    worker, _ = deliveries_of(a_concluded_case())
    ask_for_paper(worker, by=a_worker_user())
    assert "申请了纸质文书" in clerk.get(f"/delivery/{worker.pk}/").content.decode()
    assert sent(clerk, f"/delivery/{worker.pk}/paper-sent") == 302


def test_the_party_sees_its_own_delivery_and_its_remedy(client: Client):
    conclusion = a_concluded_case()
    client.force_login(a_worker_user())
    page = client.get(f"/delivery/cases/{conclusion.case.number}/mine").content.decode()
    assert "2026年4月9日已送达（电子送达）" in page
    assert "申请再次鉴定" in page
    assert "恒信" not in page


@pytest.mark.parametrize(("day", "told"), [(date(2026, 4, 24), False), (date(2026, 4, 25), True)])
def test_article_19_a_time_that_is_over_has_run_out_and_makes_nobody_late(client: Client, day: date, told: bool):
    conclusion = a_concluded_case()
    client.force_login(a_worker_user())
    with moment.fixed(moment.at(day, 9)):
        page = client.get(f"/delivery/cases/{conclusion.case.number}/mine").content.decode()
    assert ("申请再次鉴定的期限已于2026年4月24日届满" in page) == told
    assert "已超期" not in page


def test_the_employer_consents_on_its_page_and_is_served(client: Client):
    conclusion = a_concluded_case()
    client.force_login(an_employer_user())
    address = f"/delivery/cases/{conclusion.case.number}"
    assert "同意电子送达，现在就收" in client.get(f"{address}/mine").content.decode()
    assert sent(client, f"{address}/consent", recipient="employer", given="1") == 302
    assert state_of(conclusion.case) == State.DELIVERED


def test_a_party_asks_for_paper_on_its_page(client: Client):
    worker, _ = deliveries_of(a_concluded_case())
    client.force_login(a_worker_user())
    assert sent(client, f"/delivery/{worker.pk}/paper-wanted") == 302
    assert "申请了纸质文书" in client.get(f"/delivery/cases/{worker.case.number}/mine").content.decode()


def addresses(worker: Delivery) -> list[str]:
    own, case = f"/delivery/{worker.pk}", f"/delivery/cases/{worker.case.number}"
    forms = ["record/in_person", "failed/post", "notice", "correct", "address", "second-appraisal"]
    return [f"{own}/", *(f"{own}/{form}" for form in forms), f"{case}/", f"{case}/part"]


@pytest.mark.parametrize("stranger", [an_outsider, an_expert_user, a_worker_user])
def test_nobody_but_staff_opens_a_page_of_the_office(client: Client, stranger: type[User]):
    worker, _ = two_deliveries()
    client.force_login(stranger())
    statuses = {client.get(address).status_code for address in addresses(worker)}
    assert statuses == {404}


def test_a_stranger_sees_no_delivery_of_anybody(client: Client):
    worker, _ = two_deliveries()
    client.force_login(an_outsider())
    assert client.get(f"/delivery/cases/{worker.case.number}/mine").status_code == 404
    assert sent(client, f"/delivery/{worker.pk}/paper-wanted") == 404
    assert sent(client, f"/delivery/cases/{worker.case.number}/consent", recipient="worker", given="1") == 404


def test_who_is_not_signed_in_is_led_to_the_door(client: Client):
    worker, _ = two_deliveries()
    assert {client.get(address).status_code for address in addresses(worker)} == {302}


def test_an_unknown_way_is_not_found(clerk: Client):
    worker, _ = two_deliveries()
    for way in ("electronic", "public_notice", "pigeon"):
        assert clerk.get(f"/delivery/{worker.pk}/record/{way}").status_code == 404


@pytest.mark.parametrize(
    ("form", "sent"),
    [
        ("record/post", {"on": "", "received_by": "林知远"}),
        ("record/in_person", {"on": "2026-04-13"}),
        ("failed/post", {"on": "2026-04-13", "reason": ""}),
        ("notice", {"reason": ""}),
        ("correct", {"on": "2026-02-30", "reason": "笔误"}),
        ("address", {"name": "林知远", "address": ""}),
        ("second-appraisal", {"on": "明天"}),
    ],
)
def test_a_form_that_cannot_be_taken_answers_422_and_opening_it_200(clerk: Client, form: str, sent: dict[str, str]):
    worker, _ = two_deliveries()
    address = f"/delivery/{worker.pk}/{form}"
    assert clerk.get(address).status_code == 200
    answer = clerk.post(address, sent)
    assert (answer.status_code, bool(answer.context["form"].errors)) == (422, True)
