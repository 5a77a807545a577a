"""The pages of a report: as the employer's clerk, the bureau's window and a stranger meet them."""

import pytest
from django.urls import reverse

from gongjian.accounts.tests.builders import an_employer_user, an_outsider
from gongjian.applications.models import Draft
from gongjian.deaths import queries
from gongjian.deaths.models import Report
from gongjian.deaths.rules import LATE
from gongjian.deaths.tests.builders import (
    DIED,
    NUMBER,
    REPORTED,
    a_report,
    an_entered_report,
    another_employers_user,
    at,
    the_employer,
    typed,
)
from gongjian.kernel import moment
from gongjian.kernel.ledger.queries import readings_of
from gongjian.parties.tests.builders import an_id_number
from gongjian.portal.tests.builders import an_upload, signed_in_as, text_of
from gongjian.recognition.tests.builders import a_bureau, an_entered_case, an_investigator, the_clerk, the_reviewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
NEW, ENTER, LIST, MINE = (reverse(f"deaths:{name}") for name in ("new", "enter", "list", "mine"))


@pytest.fixture(autouse=True)
def now():
    with moment.fixed(REPORTED):
        yield


def test_the_employer_finds_the_report_among_what_one_can_come_for_and_files_it():
    the_employer(), a_bureau()
    client = signed_in_as(an_employer_user())
    assert MINE in text_of(client.get(reverse("portal:start")))
    assert NEW in text_of(client.get(MINE))
    form = text_of(client.get(NEW))
    assert "周若岚" in form and "云溪恒信仓储有限公司" in form and "劳社部函〔2004〕256号" in form
    sent = client.post(NEW, {**typed(), "rescue_record": [an_upload(1, "a.png")], "other": [an_upload(2, "b.png")]})
    row = Report.objects.get()
    assert sent.status_code == 302 and sent["Location"] == reverse("deaths:report", args=[row.pk])
    assert set(row.papers.values_list("kind", flat=True)) == {"rescue_record", "other"}
    shown = text_of(client.get(sent["Location"]))
    for told in (row.number, "2026年3月5日 09:00", "31小时50分", "报告不是申请", "2026年4月1日", "打印回执"):
        assert told in shown
    assert row.number in text_of(client.get(MINE))


def test_the_same_form_sent_twice_from_the_page_is_one_report():
    client = signed_in_as(an_employer_user())
    first, second = client.post(NEW, typed()), client.post(NEW, typed())
    assert first["Location"] == second["Location"] and Report.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"died_at": "2026-03-06T09:00"}, "还在抢救的，先全力抢救"),
        ({"first_seen_at": "2026-03-01T09:00"}, "初次诊断的时间不能早于发病的时间"),
        ({"hospital": ""}, "请写明是哪家医院"),
        ({"id_number": "990101198503120000"}, "证件号码不正确"),
        ({"telephone": "123"}, "手机号"),
        ({"name": ""}, "name"),
        ({"died_at": "2013-03-06T09:00", "onset_at": "2013-03-05T09:00", "first_seen_at": "", "hospital": ""}, "2013-04-25"),
        ({"employer": "999999"}, "employer"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_on_the_page_and_what_was_written_stays(change, sentence):
    client = signed_in_as(an_employer_user())
    sent = client.post(NEW, typed(**change))
    assert sent.status_code == 422 and sentence in text_of(sent) and "三号仓库值班室" in text_of(sent)
    assert not Report.objects.exists()


def test_an_account_without_an_employer_is_told_whom_to_call():
    a_bureau()
    client = signed_in_as(an_outsider())
    shown = text_of(client.get(MINE))
    assert "还没有关联用人单位" in shown and a_bureau().telephone in shown and NEW not in shown
    assert client.post(NEW, typed())["Location"] == MINE and not Report.objects.exists()


def test_a_late_report_is_told_that_nothing_is_lost_by_it_and_one_in_time_is_not():
    client = signed_in_as(an_employer_user())
    in_time = a_report()
    late = a_report(when=at(20, 9), id_number=an_id_number(8))
    with moment.fixed(at(20, 9)):
        assert LATE in text_of(client.get(reverse("deaths:report", args=[late.pk])))
        assert LATE not in text_of(client.get(reverse("deaths:report", args=[in_time.pk])))


def test_who_died_before_any_doctor_came_is_shown_without_hours():
    row = a_report(first_seen_at=None, hospital="")
    shown = text_of(signed_in_as(an_employer_user()).get(reverse("deaths:report", args=[row.pk])))
    assert "没有初次诊断的时间" in shown and "没有送医" in shown


def test_the_employer_adds_papers_later_and_opens_them_and_each_look_is_on_record():
    row, client = a_report(), signed_in_as(an_employer_user())
    address = reverse("deaths:add", args=[row.pk])
    assert client.post(address, {"death_certificate": [an_upload(3)]}).status_code == 302
    assert client.post(address, {"death_certificate": [an_upload(3)]}).status_code == 302
    paper = row.papers.get()
    opened = client.get(reverse("deaths:paper", args=[row.pk, paper.pk]))
    assert opened.status_code == 200 and opened["X-Content-Type-Options"] == "nosniff"
    assert {each.facts["what"] for each in readings_of(row.chain)} == {"死亡证明"}
    assert client.get(reverse("deaths:paper", args=[row.pk, paper.pk + 1])).status_code == 404


def test_the_application_begins_where_something_is_missing_and_nothing_told_is_asked_again():
    row, client = a_report(papers=1), signed_in_as(an_employer_user())
    begun = client.post(reverse("deaths:begin", args=[row.pk]))
    draft = Draft.objects.get()
    assert begun["Location"] == reverse("portal:step", args=[draft.token, "person"])
    shown = text_of(client.get(begun["Location"]))
    assert NUMBER in shown and "夜班保管员" in shown
    papers = text_of(client.get(reverse("portal:materials", args=[draft.token])))
    assert "抢救记录" in papers
    assert client.post(reverse("deaths:begin", args=[row.pk]))["Location"] == begun["Location"]


def test_the_window_writes_down_a_telephone_call_and_begins_the_application_for_who_comes():
    client = signed_in_as(the_clerk())
    told = {
        **typed(), "channel": "telephone", "reporter": "relative", "reported_at": "2026-03-05T08:30",
        "employer_name": "云溪恒信仓储有限公司", "credit_code": the_employer().credit_code or "",
    }  # fmt: skip
    assert "登记报告" in text_of(client.get(ENTER))
    early = client.post(ENTER, {**told, "reported_at": "2026-03-03T08:30"})
    assert early.status_code == 422 and "不能早于死亡的时间" in text_of(early)
    sent = client.post(ENTER, told)
    row = Report.objects.get()
    assert sent.status_code == 302 and row.employer == the_employer() and row.reported_at == at(5, 8, 30)
    begun = client.post(reverse("deaths:begin", args=[row.pk]))
    assert begun["Location"] == reverse("portal:window", args=[Draft.objects.get().token])
    assert "三号仓库值班室" in text_of(client.get(begun["Location"]))


def test_the_list_of_the_bureau_stands_in_the_navigation_with_how_many_wait():
    a_report(), an_entered_report()
    client = signed_in_as(the_clerk())
    shown = text_of(client.get(LIST))
    assert shown.count("等待申请</span>") == 2 and "等待办理：</span>2<" in shown
    assert "等待办理" in text_of(client.get(reverse("desk:worklist")))
    assert "等待办理" not in text_of(signed_in_as(the_reviewer()).get(reverse("desk:worklist")))
    assert "没有等待办理的报告" in text_of(client.get(LIST, {"after": f"{at(9, 9).isoformat()}_9"}))
    assert client.get(LIST, {"after": "x_y", "before": "-1"}).status_code == 200


def test_a_long_list_is_paged(monkeypatch):
    monkeypatch.setattr(queries, "A_PAGE", 2)
    for serial in (41, 42, 43):
        a_report(id_number=an_id_number(serial))
    client = signed_in_as(the_clerk())
    first = text_of(client.get(LIST))
    assert "后面的报告" in first
    older = first.split('rel="next" href="?')[1].split('"')[0]
    assert "〕3号" in text_of(client.get(f"{LIST}?{older}"))


def test_the_bureau_notes_links_and_closes_on_the_page():
    row, other = a_report(), a_report(id_number=an_id_number(8))
    case = an_entered_case(name="钟守仓", id_number=NUMBER, at=REPORTED)
    client = signed_in_as(an_investigator())
    page = reverse("deaths:report", args=[row.pk])
    assert client.post(reverse("deaths:note", args=[row.pk]), {"words": ""}).status_code == 422
    client.post(reverse("deaths:note", args=[row.pk]), {"words": "监控已要求封存。"})
    shown = text_of(client.get(page))
    assert "监控已要求封存。" in shown and case.number in shown
    assert NUMBER not in shown and NUMBER[-4:] in shown
    client.post(reverse("deaths:link", args=[row.pk]), {"case": case.number})
    assert "已关联案件" in text_of(client.get(page))
    client.post(reverse("deaths:close", args=[other.pk]), {"words": "与编号1的报告重复。"})
    assert "与编号1的报告重复。" in text_of(client.get(reverse("deaths:report", args=[other.pk])))
    assert "没有等待办理的报告" in text_of(client.get(LIST))


def test_the_early_evidence_and_the_reason_are_not_the_employers_to_read():
    row = a_report()
    clerk = signed_in_as(the_clerk())
    clerk.post(reverse("deaths:note", args=[row.pk]), {"words": "同事说法不一。"})
    clerk.post(reverse("deaths:close", args=[row.pk]), {"words": "家属表示不申请。"})
    shown = text_of(signed_in_as(an_employer_user()).get(reverse("deaths:report", args=[row.pk])))
    assert "同事说法不一" not in shown and "家属表示不申请" not in shown and "已办结" in shown


def test_the_case_page_shows_the_report_to_who_may_read_it():
    row, case = a_report(), an_entered_case(name="钟守仓", id_number=NUMBER, at=REPORTED)
    part = reverse("deaths:case_part", args=[case.number])
    clerk = signed_in_as(the_clerk())
    assert part in text_of(clerk.get(reverse("desk:case", args=[case.number])))
    shown = text_of(clerk.get(part))
    assert row.number in shown and "还没有关联" in shown
    assert row.number not in text_of(signed_in_as(the_reviewer()).get(part))
    assert signed_in_as(an_outsider()).get(part).status_code == 404


@pytest.mark.parametrize("who", [an_outsider, another_employers_user, the_reviewer])
@pytest.mark.parametrize("name", ["report", "add", "begin", "note", "link", "close"])
def test_a_stranger_finds_no_page_of_a_report_and_changes_nothing(who, name):
    row = a_report()
    client, address = signed_in_as(who()), reverse(f"deaths:{name}", args=[row.pk])
    answer = client.get(address) if name == "report" else client.post(address, {"words": "x", "case": "x"})
    assert answer.status_code in (403, 404) and "钟守仓" not in text_of(answer)
    row.refresh_from_db()
    assert row.is_open and not Draft.objects.exists() and not row.notes.exists()


@pytest.mark.parametrize("address", [LIST, ENTER])
def test_the_pages_of_the_bureau_are_for_the_bureau(address):
    for stranger in (an_outsider(), an_employer_user(), the_reviewer()):
        assert signed_in_as(stranger).get(address).status_code == 403


def test_who_is_not_signed_in_is_asked_to_sign_in(client):
    row = a_report()
    for address in (MINE, NEW, LIST, ENTER, reverse("deaths:report", args=[row.pk])):
        assert client.get(address).status_code == 302
    assert DIED.year == 2026
