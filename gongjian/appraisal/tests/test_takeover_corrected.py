"""A correction of the recognition goes before what the application told, wherever it is taken over, with its source; and an employer of many finds each of its recognitions."""

from datetime import timedelta

import pytest
from django.urls import reverse

from gongjian.accounts.tests.builders import a_worker_user, an_employer_user, an_office, an_outsider
from gongjian.applications.asking import settled_of
from gongjian.applications.models import Draft
from gongjian.appraisal.takeover import Page, begin_from, corrections_told, recognised_among, recognised_for
from gongjian.appraisal.tests.test_takeover import a_recognised_case, begun
from gongjian.benefits.queries import held_by
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.portal.tests.builders import signed_in_as, text_of
from gongjian.recognition.actions import revising
from gongjian.recognition.models import Decision
from gongjian.recognition.tests.builders import MONDAY, a_decided_case, the_reviewer, the_signer
from gongjian.recognition.tests.test_walk import serve_all

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=2)


@pytest.fixture(autouse=True)
def monday(home):
    with moment.fixed(MONDAY):
        yield


def corrected(case: Case, *lines: tuple[str, str, str], sign: bool = True) -> str:
    """Proposed, and signed two days after the decision; the number of the paper."""
    told = [{"place": place, "wrong": wrong, "right": right} for place, wrong, right in lines]
    with moment.fixed(LATER):
        row = revising.propose_correction(case, told, reason="录入时打错。", by=the_reviewer())
        row = revising.sign_revision(case, row.pk, by=the_signer()) if sign else row
    return row.paper.number if row.paper else ""


def again(draft: Draft) -> Draft:
    return Draft.objects.get(pk=draft.pk)


def test_order_8_art_19_what_the_correction_says_is_taken_over_and_not_what_the_application_said():
    case, worker = a_recognised_case(), a_worker_user()
    draft, name = begun(case, worker), case.employer.name
    before = settled_of(draft)
    assert (before["employer"]["employer_name"], before["recognition"]["injured_on"]) == (name, "2026-02-10")
    number = corrected(
        case,
        ("employer", name, "云溪精工制造有限公司"),
        ("days", "2026年2月10日", "2026年2月9日"),
        ("parts", "右指", "左指"),
        ("treatment", "云溪市第一人民医院", "云溪市第二人民医院"),
    )
    with moment.fixed(LATER):
        after = settled_of(again(draft))
        assert after["employer"]["employer_name"] == "云溪精工制造有限公司"
        assert after["recognition"]["injured_on"] == "2026-02-09"
        assert after["hospital"]["hospital"] == "云溪市第二人民医院"
        assert after["injury"]["parts"] != before["injury"]["parts"]
        assert held_by(case, by=worker).facts["injured_on"] == "2026-02-09", "the benefits too"
        page = text_of(signed_in_as(worker).get(reverse("portal:step", args=[draft.token, "injury"])))
        assert number in page
        assert "受伤害部位：“右指”更正为“左指”" in page
        assert 'name="parts"' not in page
    assert corrections_told(again(draft), "address") == []


def test_what_is_proposed_and_not_signed_corrects_nothing():
    case = a_recognised_case()
    corrected(case, ("days", "2026年2月10日", "2026年2月9日"), sign=False)
    draft = begun(case, a_worker_user())
    assert settled_of(draft)["recognition"]["injured_on"] == "2026-02-10"
    assert corrections_told(draft, "recognition") == []


def test_art_13_what_a_correction_says_in_other_words_is_asked_beside_its_words_and_not_guessed():
    case, worker = a_recognised_case(), a_worker_user()
    corrected(case, ("parts", "右手示指", "左手示指"), ("days", "2026年2月10日", "2月31日"), ("id_number", "99", "98"))
    draft = begun(case, worker)
    assert "parts" not in settled_of(draft).get("injury", {})
    assert "injured_on" not in settled_of(draft)["recognition"]
    assert "injured_on" not in held_by(case, by=worker).facts
    with moment.fixed(LATER):
        page = text_of(signed_in_as(worker).get(reverse("portal:step", args=[draft.token, "injury"])))
    assert 'name="parts"' in page
    assert "“右手示指”更正为“左手示指”" in page
    [number] = corrections_told(draft, "person")
    assert (number.startswith("证件号码已更正"), "98" in number.split("（")[0]) == (True, False)


def two_recognitions() -> list[Case]:
    """Two injuries of the worker of the cast, the one that was recognised later first."""
    first = a_recognised_case()
    second = a_decided_case(injured_on="2026-01-20").case
    join_case(second, a_worker_user(), capacity="worker", is_applicant=True)
    join_case(second, an_employer_user(), capacity="employer")
    serve_all(second, at=MONDAY)
    return [Case.objects.get(pk=second.pk), first]


def numbers(page: Page) -> list[str]:
    return [row.case.number for row in page.rows]


def test_an_employer_of_many_finds_every_recognition_page_after_page_and_by_what_it_knows_of_it():
    second, first = two_recognitions()
    employer = an_employer_user()
    newest = recognised_for(employer, size=1)
    assert (numbers(newest), newest.after) == ([second.number], second.pk)
    rest = recognised_for(employer, size=1, after=newest.after)
    assert (numbers(rest), rest.after) == ([first.number], None)
    decided = Decision.objects.get(case=first).paper.number
    found = {asked: numbers(recognised_for(employer, asked=asked)) for asked in (first.number, decided, "林", "王")}
    assert found == {first.number: [first.number], decided: [first.number], "林": numbers(recognised_for(employer)), "王": []}  # fmt: skip
    assert recognised_for(an_outsider(), asked=first.number).rows == []
    assert [row.case for row in recognised_among([first], employer)] == [first]
    assert recognised_among([first, second], an_outsider()) == []


def test_the_page_searches_without_a_name_in_any_address_and_keeps_what_was_asked_for():
    case, client = a_recognised_case(), signed_in_as(an_employer_user())
    an_office()
    address = reverse("portal:begin", args=["appraisal"])
    assert "在您已有的工伤认定中查找" not in text_of(client.get(address)), "one needs no search for one"
    led = client.post(address, {"do": "search", "q": "王"})
    assert led.status_code == 302
    assert "王" not in led.headers["Location"]
    assert not Draft.objects.exists()
    page = text_of(client.get(led.headers["Location"]))
    assert ("没有找到" in page, case.number in page) == (True, False)
    assert case.number in text_of(client.get(client.post(address, {"do": "search", "q": "林"}).headers["Location"]))


def test_a_draft_begun_upon_an_earlier_recognition_stands_on_that_one():
    second, first = two_recognitions()
    draft = begin_from(first, by=a_worker_user(), office=first.office)
    assert (draft.founded_on, draft.founded_on == second) == (first, False)
