"""The pages of reviewer and signer: what they show, that nothing of the outcome can be typed, and that a stranger sees nothing."""

import io
from dataclasses import replace

import pypdfium2
import pytest
from django.test import Client
from PIL import Image

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_reviewer,
    a_worker_user,
    an_expert_user,
    an_outsider,
    the_signer,
)
from gongjian.appraisal.states import State
from gongjian.cases.models import Case
from gongjian.conclusions.models import Conclusion, Review, SigningBatch
from gongjian.conclusions.queries.opinion import READ
from gongjian.conclusions.tests.builders import (
    OPINIONS,
    a_concluded_case,
    a_member_opinion,
    a_reviewed_case,
    an_opined_case,
    an_opinion,
    another_person,
)
from gongjian.kernel.ledger.queries import readings_of
from gongjian.kernel.tests.pages import Page
from gongjian.opinions.content import Content
from gongjian.opinions.tests.builders import a_finding, a_sheet
from gongjian.papers.tests.reading import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(client: Client) -> Client:
    client.force_login(a_reviewer())
    return client


@pytest.fixture
def signer(client: Client) -> Client:
    client.force_login(the_signer())
    return client


def state_of(case: Case) -> str:
    return Case.objects.get(pk=case.pk).state


def text_of(client: Client, address: str) -> str:
    return Page(client.get(address).content).one("main").text


def test_the_reviewer_sees_what_waits(reviewer: Client):
    case = an_opined_case()
    assert case.number in text_of(reviewer, "/conclusions/review/")


def test_an_empty_list_says_what_will_come(reviewer: Client):
    assert "没有等待复核的案件" in text_of(reviewer, "/conclusions/review/")


def test_the_review_page_shows_each_member_and_the_dissent(reviewer: Client):
    dissent = a_member_opinion(3, 10, agrees=False)
    opinion = an_opinion(members=(a_member_opinion(1), a_member_opinion(2), dissent), dissent=(dissent,))
    told = text_of(reviewer, f"/conclusions/review/{an_opined_case(opinion).number}/")
    for word in ("骆骨生", "章手一", "沈神安", "九级", "5.9.2(16)", "右指", "不同意见", "第3席的理由"):
        assert word in told


def test_the_review_page_shows_what_each_member_measured_and_how_it_was_computed(reviewer: Client):
    content = Content(findings=(a_finding(sheets=(a_sheet(),)),), is_decided=True, grade=9).worked()
    member = replace(a_member_opinion(1), content=content)
    told = text_of(reviewer, f"/conclusions/review/{an_opined_case(an_opinion(members=(member,))).number}/")
    assert told.count("第1席的测量和计算") == 1
    for word in ("关节功能", "伤侧活动度45度", "丧失66.7%", "A.2.5"):
        assert word in told


def test_article_34_opening_the_page_is_on_record(reviewer: Client):
    case = an_opined_case()
    reviewer.get(f"/conclusions/review/{case.number}/")
    assert [entry.facts["what"] for entry in readings_of(case.chain)] == [READ]


def test_article_13_the_page_warns_of_a_clause_outside_the_recognised_parts(reviewer: Client):
    case = an_opined_case(recognised_parts=["030:left"])
    address = f"/conclusions/review/{case.number}/"
    assert "不在工伤认定的受伤部位" in text_of(reviewer, address)
    answer = reviewer.post(address, {"note": ""})
    assert answer.status_code == 422
    assert "请逐条看过" in answer.content.decode()


def test_article_34_no_field_of_the_page_can_change_the_outcome(reviewer: Client):
    case = an_opined_case()
    address = f"/conclusions/review/{case.number}/"
    fields = {element["name"] for element in Page(reviewer.get(address).content).all() if element.get("name")}
    assert fields - {"csrfmiddlewaretoken", "next", "on", "q", "viewport", "theme-color"} <= {
        "seen",
        "note",
        "defect",
        "reason",
        "format-detection",
        "htmx-config",
    }
    reviewer.post(address, {"note": "", "seen": "a" * 64, "grade": "1", "selfcare": "complete", "clauses": "5.1.1"})
    assert (Review.objects.get().grade, state_of(case)) == (9, State.REVIEWED)


def test_the_page_carries_the_hash_of_what_it_shows(reviewer: Client):
    case = an_opined_case()
    address = f"/conclusions/review/{case.number}/"
    (seen,) = {field["value"] for field in Page(reviewer.get(address).content).all("input", name="seen")}
    OPINIONS[case.pk] = an_opinion(mark="b")
    assert reviewer.post(address, {"seen": seen}).status_code == 422
    assert state_of(case) == State.OPINED


def test_the_signer_sees_draft_opinion_and_note(signer: Client):
    case = a_reviewed_case(note="复核无误")
    page = Page(signer.get(f"/conclusions/sign/{case.number}/").content)
    assert "复核无误" in page.one("main").text
    assert "九级" in page.one("main").text
    assert len(page.all("img", class_="gj-sheet")) == 2


def test_the_draft_is_watermarked_and_complete(signer: Client):
    case = a_reviewed_case()
    told = words(signer.get(f"/conclusions/sign/{case.number}/draft.pdf").content)
    assert "草稿未签发" in told
    assert "伤残等级为：九级" in told
    assert "结论书草稿" in [entry.facts["what"] for entry in readings_of(case.chain)]


def test_the_draft_is_shown_page_by_page(signer: Client):
    case = a_reviewed_case()
    picture = Image.open(io.BytesIO(signer.get(f"/conclusions/sign/{case.number}/draft-1.png").content))
    assert picture.size == (953, 1348) or picture.size == (953, 1347)
    assert signer.get(f"/conclusions/sign/{case.number}/draft-9.png").status_code == 404
    assert pypdfium2.PdfDocument(signer.get(f"/conclusions/sign/{case.number}/draft.pdf").content)


def test_the_signature_concludes_and_leads_back_to_the_list(signer: Client):
    case = a_reviewed_case()
    answer = signer.post(f"/conclusions/sign/{case.number}/", {"seen": "a" * 64, "grade": "1"}, follow=True)
    assert "云溪劳鉴初〔2026〕1号" in answer.content.decode()
    assert (Conclusion.objects.get().grade, state_of(case)) == (9, State.CONCLUDED)


def test_a_second_press_is_refused_in_words(signer: Client):
    case = a_reviewed_case()
    signer.post(f"/conclusions/sign/{case.number}/", {})
    answer = signer.post(f"/conclusions/sign/{case.number}/", {})
    assert answer.status_code == 422
    assert "不能办理" in answer.content.decode()


def test_the_signer_gives_a_case_back_and_the_reviewer_reads_why(client: Client):
    case = a_reviewed_case()
    client.force_login(the_signer())
    client.post(f"/conclusions/sign/{case.number}/return", {"reason": "请核对诊断"})
    client.force_login(a_reviewer())
    assert "请核对诊断" in text_of(client, f"/conclusions/review/{case.number}/")


def test_a_return_without_a_reason_is_refused(signer: Client):
    case = a_reviewed_case()
    assert signer.post(f"/conclusions/sign/{case.number}/return", {"reason": ""}).status_code == 422
    assert state_of(case) == State.REVIEWED


def test_many_are_signed_step_by_step(signer: Client):
    cases = [a_reviewed_case(person=another_person(serial)) for serial in (1, 2)]
    answer = signer.post("/conclusions/sign/", {"case": [case.pk for case in cases]}, follow=True)
    assert "已办0件，共2件" in answer.content.decode()
    batch = SigningBatch.objects.get()
    told = signer.post(f"/conclusions/batch/{batch.pk}/go-on", follow=True).content.decode()
    assert "签发2件，未能签发0件" in told
    assert Conclusion.objects.count() == 2


def test_a_step_asked_for_by_the_page_answers_with_the_progress_alone(signer: Client):
    case = a_reviewed_case()
    signer.post("/conclusions/sign/", {"case": [case.pk]})
    batch = SigningBatch.objects.get()
    told = signer.post(f"/conclusions/batch/{batch.pk}/go-on", headers={"HX-Request": "true"}).content.decode()
    assert told.startswith('<div id="batch">')


def test_choosing_nothing_is_refused_in_words(signer: Client):
    a_reviewed_case()
    answer = signer.post("/conclusions/sign/", {})
    assert answer.status_code == 422
    assert "请先勾选" in answer.content.decode()


def test_the_part_of_the_case_page_tells_outcome_paper_and_hands(signer: Client):
    conclusion = a_concluded_case()
    told = signer.get(f"/conclusions/part/{conclusion.case.number}/").content.decode()
    for word in ("九级", conclusion.paper.number, "沈审言", "方签石", "再次鉴定期限届满后生效"):
        assert word in told
    assert "<html" not in told


def addresses(number: str) -> list[str]:
    sign = f"/conclusions/sign/{number}/"
    drafts = [f"{sign}draft.pdf", f"{sign}draft-1.png"]
    return [f"/conclusions/review/{number}/", sign, *drafts, f"/conclusions/part/{number}/"]


@pytest.mark.parametrize("stranger", [an_outsider, an_expert_user])
def test_a_stranger_is_told_that_there_is_nothing(client: Client, stranger: type[User]):
    case = a_reviewed_case()
    client.force_login(stranger())
    assert {client.get(address).status_code for address in addresses(case.number)} == {404}


def test_the_worker_does_not_see_the_draft_or_the_members_opinions(client: Client):
    case = a_reviewed_case()
    client.force_login(a_worker_user())
    assert {client.get(address).status_code for address in addresses(case.number)} <= {403, 422}


def test_other_staff_may_follow_but_not_review_or_sign(client: Client):
    case = a_reviewed_case()
    client.force_login(a_clerk())
    statuses = [client.get(address).status_code for address in addresses(case.number)]
    assert statuses == [422, 403, 403, 403, 200]
    assert client.get("/conclusions/review/").status_code == 403
    assert client.get("/conclusions/sign/").status_code == 403


def test_who_is_not_signed_in_is_led_to_the_door(client: Client):
    case = a_reviewed_case()
    assert {client.get(address).status_code for address in addresses(case.number)} == {302}
