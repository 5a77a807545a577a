"""The desk's pages: who sees them, what stands on them, and that every act goes through the room's action."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_reviewer,
    a_scheduler,
    a_supervisor,
    a_worker_user,
    an_administrator,
    an_expert_user,
    an_office,
    an_outsider,
)
from gongjian.appraisal.models import SupplementNotice
from gongjian.appraisal.states import State
from gongjian.appraisal.tests.builders import (
    MONDAY,
    a_case_to_supplement,
    a_submitted_case,
    a_supplementing_page,
    an_accepted_case,
)
from gongjian.cases.models import Case
from gongjian.cases.queries import open_obligations
from gongjian.cases.tests.builders import a_case
from gongjian.desk.queries.case import case_view
from gongjian.desk.queries.worklist import page
from gongjian.desk.steps import page_of
from gongjian.kernel import moment
from gongjian.kernel.ledger.queries import readings_of
from gongjian.kernel.tests.searching import searched
from gongjian.papers.models import Paper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with moment.fixed(MONDAY + timedelta(hours=2)):
        yield


def a_browser(user: User | None = None) -> Client:
    client = Client()
    if user:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_the_worklist_shows_what_my_desk_owes_with_its_day_and_a_link_to_do_it():
    case = a_case()
    answer = text_of(a_browser(a_clerk()).get(reverse("desk:worklist")))
    assert "审查材料" in answer
    assert "2026-03-09" in answer
    assert reverse("desk:check", args=[case.number]) in answer


def test_an_empty_worklist_says_what_to_do():
    assert "没有待办事项" in text_of(a_browser(a_scheduler()).get(reverse("desk:worklist")))


def test_the_worklist_can_be_narrowed_to_one_kind_of_work():
    a_case()
    browser = a_browser(a_clerk())
    assert "没有待办事项" in text_of(browser.get(reverse("desk:worklist"), {"kind": "book"}))
    assert "林知远" in text_of(browser.get(reverse("desk:worklist"), {"kind": "check_papers"}))


def test_the_worklist_goes_on_page_by_page_without_losing_a_row():
    cases = [a_case() for _ in range(52)]
    first = page(a_clerk())
    second = page(a_clerk(), after=first.older)
    seen = [row.obligation.case_id for row in (*first.rows, *second.rows)]
    assert (seen, second.older) == ([case.pk for case in cases], "")


@pytest.mark.parametrize("after", ["nonsense", "2026-13-01.1", ".", "2026-03-01.x"])
def test_a_place_that_makes_no_sense_starts_the_list_anew(after):
    a_case()
    assert len(page(a_clerk(), after=after).rows) == 1


def test_the_worklist_takes_the_same_number_of_queries_for_one_case_and_for_thirty(django_assert_max_num_queries):
    browser, address = a_browser(a_clerk()), reverse("desk:worklist")
    for _ in range(30):
        a_case()
    browser.get(address)
    with django_assert_max_num_queries(8):
        browser.get(address)


@pytest.mark.parametrize("name", ["desk:worklist", "desk:search"])
def test_who_is_not_signed_in_is_led_to_the_sign_in_page(name):
    answer = a_browser().get(reverse(name))
    assert (answer.status_code, "account" in answer["Location"]) == (302, True)


@pytest.mark.parametrize("person", [a_worker_user, an_expert_user, an_administrator, an_outsider])
def test_the_worklist_is_for_staff_of_cases_only(person):
    assert a_browser(person()).get(reverse("desk:worklist")).status_code == 403


@pytest.mark.parametrize("name", ["case", "check", "supplement", "give_up", "extend", "later"])
@pytest.mark.parametrize("person", [an_outsider, an_expert_user, an_administrator])
def test_l08_a_stranger_cannot_tell_a_hidden_case_from_one_that_does_not_exist(name, person):
    case, browser = a_case(), a_browser(person())
    hidden = browser.get(reverse(f"desk:{name}", args=[case.number]))
    missing = browser.get(reverse(f"desk:{name}", args=["YXJD-2026-999999"]))
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert "林知远" not in text_of(hidden)


def test_the_worker_has_no_business_on_the_staff_page_of_the_own_case():
    assert a_browser(a_worker_user()).get(reverse("desk:case", args=[a_case().number])).status_code == 403


def test_a_clerk_of_another_office_does_not_see_the_case():
    case = a_case(office=an_office("OTHER", "别市劳动能力鉴定委员会"))
    assert a_browser(a_clerk()).get(reverse("desk:case", args=[case.number])).status_code == 404


def test_the_case_page_shows_facts_papers_clock_obligations_and_buttons():
    case = a_submitted_case()
    answer = text_of(a_browser(a_clerk()).get(reverse("desk:case", args=[case.number])))
    for told in (
        "林知远",
        "云溪人社工认〔2025〕31号",
        "云溪市人民医院",
        "审查材料",
        "2026-05-01",
        "一次性告知补正",
        "诊断证明",
    ):
        assert told in answer


def test_every_date_of_the_clock_opens_its_working():
    case = a_submitted_case()
    answer = text_of(a_browser(a_clerk()).get(reverse("desk:case", args=[case.number])))
    assert answer.count('<details class="gj-deadline') >= 3
    assert "令55 第十条" in answer


def test_a_limit_that_was_met_in_time_is_not_shown_as_overdue_later():
    case = an_accepted_case()
    with moment.fixed(MONDAY + timedelta(days=30)):
        answer = text_of(a_browser(a_clerk()).get(reverse("desk:case", args=[case.number])))
    assert "已按期办结" in answer
    assert "已超期" not in answer


def test_looking_at_a_case_is_recorded_and_shown():
    case, browser = a_submitted_case(), a_browser(a_clerk())
    browser.get(reverse("desk:case", args=[case.number]))
    assert [str(reading.by) for reading in readings_of(case.chain)] == ["陈晓窗"]
    assert "陈晓窗：案件页" in text_of(browser.get(reverse("desk:case", args=[case.number])))


def test_the_case_page_takes_a_fixed_number_of_queries_however_long_the_case(django_assert_max_num_queries):
    case = a_submitted_case()
    with django_assert_max_num_queries(40):
        case_view(Case.objects.select_related("office", "person", "employer").get(pk=case.pk), by=a_clerk())


def test_a_reviewer_sees_no_button_of_the_window():
    case = a_submitted_case()
    assert case_view(case, by=a_reviewer()).buttons == []


@pytest.mark.parametrize("asked", ["林知", "lzy", "YXJD-2026-0"])
def test_the_only_hit_of_a_search_opens_at_once(asked):
    case = a_submitted_case()
    answer = searched(a_browser(a_clerk()), reverse("desk:search"), asked)
    assert answer["Location"] == reverse("desk:case", args=[case.number])


def test_several_hits_are_listed_and_none_says_how_to_search():
    a_case()
    a_case()
    browser = a_browser(a_clerk())
    assert text_of(searched(browser, reverse("desk:search"), "林知远")).count("YXJD-2026-") >= 2
    assert "没有找到" in text_of(searched(browser, reverse("desk:search"), "无此人"))


def test_a_search_finds_nothing_for_a_stranger():
    a_case()
    assert "没有找到" in text_of(searched(a_browser(an_outsider()), reverse("desk:search"), "林知远"))


def test_art_10_a_complete_application_is_accepted_from_the_check_page():
    case, browser = a_submitted_case(), a_browser(a_clerk())
    assert "受理后向申请人发受理通知书" in text_of(browser.get(reverse("desk:check", args=[case.number])))
    browser.post(reverse("desk:accept", args=[case.number]))
    case.refresh_from_db()
    assert case.state == State.ACCEPTED


def test_acceptance_is_a_button_never_an_address():
    case = a_submitted_case()
    a_browser(a_clerk()).get(reverse("desk:accept", args=[case.number]))
    case.refresh_from_db()
    assert case.state == State.SUBMITTED


def test_a_reviewer_who_posts_the_window_form_is_refused_in_a_sentence():
    case = a_submitted_case()
    answer = a_browser(a_reviewer()).post(reverse("desk:accept", args=[case.number]))
    assert (answer.status_code, "没有在本案办理" in text_of(answer)) == (403, True)


def test_art_10_the_check_page_asks_once_for_everything_missing():
    case = a_submitted_case(papers=("identity",))
    browser, address = a_browser(a_clerk()), reverse("desk:check", args=[case.number])
    assert "请提交有效的诊断证明。" in text_of(browser.get(address))
    browser.post(address, {"diagnosis": "请提交盖章的诊断证明", "medical_records": "请提交住院病历"})
    notice = SupplementNotice.objects.get(case=case)
    assert [item["kind"] for item in notice.items] == ["diagnosis", "medical_records"]
    assert Paper.objects.filter(case=case, kind="supplement_notice").exists()


def test_art_10_a_notice_that_asks_for_nothing_is_refused():
    case = a_submitted_case()
    answer = a_browser(a_clerk()).post(reverse("desk:check", args=[case.number]), {})
    assert (answer.status_code, SupplementNotice.objects.count()) == (422, 0)


def test_art_10_after_the_supplement_the_page_offers_no_second_notice():
    case, _ = a_case_to_supplement()
    a_supplementing_page(case, by=a_clerk(), at=moment.now())
    browser = a_browser(a_clerk())
    browser.post(reverse("desk:supplement", args=[case.number]), {"handed_in_on": "2026-03-02"})
    answer = text_of(browser.get(reverse("desk:check", args=[case.number])))
    assert "已经告知过一次" in answer
    assert "发出补正告知书" not in answer


def test_the_window_takes_a_supplement_in():
    case, _ = a_case_to_supplement()
    a_supplementing_page(case, by=a_clerk(), at=moment.now())
    a_browser(a_clerk()).post(reverse("desk:supplement", args=[case.number]), {"handed_in_on": "2026-03-02"})
    case.refresh_from_db()
    assert (case.state, open_obligations(case).get().kind) == (State.SUBMITTED, "check_papers")


def test_a_later_day_for_the_supplement_is_granted_with_a_reason():
    case, notice = a_case_to_supplement()
    later = notice.due_on + timedelta(days=7)
    form = {"until": later.isoformat(), "reason": "医院复印病历需要时间"}
    a_browser(a_clerk()).post(reverse("desk:later", args=[case.number]), form)
    notice.refresh_from_db()
    assert notice.granted_until == later


def test_an_application_is_not_given_up_before_it_could_be_supplemented():
    case = a_submitted_case(papers=("identity",))
    answer = a_browser(a_clerk()).post(reverse("desk:give_up", args=[case.number]), {"reason": "材料不齐"})
    case.refresh_from_db()
    assert (answer.status_code, case.state) == (422, State.SUBMITTED)


def test_art_10_the_decision_is_extended_once_with_a_reason_and_a_paper():
    case, browser = an_accepted_case(), a_browser(a_reviewer())
    address = reverse("desk:extend", args=[case.number])
    browser.post(address, {"reason": "涉及骨科、神经科、眼科", "version": case.version})
    case.refresh_from_db()
    assert case.due_on == (MONDAY + timedelta(days=90)).date()
    assert Paper.objects.filter(case=case, kind="extension_notice").count() == 1
    again = browser.post(address, {"reason": "再延长", "version": case.version})
    assert (again.status_code, "只能延长一次" in text_of(again)) == (422, True)


def test_l07_an_extension_on_an_older_sight_of_the_case_is_refused():
    case = an_accepted_case()
    form = {"reason": "涉及多个科别", "version": case.version - 1}
    answer = a_browser(a_reviewer()).post(reverse("desk:extend", args=[case.number]), form)
    assert (answer.status_code, Paper.objects.filter(kind="extension_notice").count()) == (422, 0)


def test_the_window_does_not_extend():
    case = an_accepted_case()
    form = {"reason": "涉及多个科别", "version": case.version}
    assert a_browser(a_clerk()).post(reverse("desk:extend", args=[case.number]), form).status_code == 403


def test_a_supervisor_reads_and_has_no_button():
    view = case_view(a_submitted_case(), by=a_supervisor())
    assert (view.person[0], view.buttons) == (("姓名", "林知远"), [])


@pytest.mark.parametrize(("kind", "name"), [("check_papers", "desk:check"), ("nothing-known", "desk:case")])
def test_each_kind_of_work_leads_to_its_page_or_to_the_case(kind, name):
    case = a_case()
    assert page_of(kind, case) == reverse(name, args=[case.number])


def test_no_identity_number_or_name_stands_in_an_address():
    case = a_submitted_case()
    view = case_view(case, by=a_clerk())
    addresses = [button.url for button in view.buttons] + [one.url for one in view.owed] + view.parts
    assert [url for url in addresses if case.person.id_number in url or "林知远" in url] == []
