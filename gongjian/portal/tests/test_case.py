"""Following a case, supplementing, withdrawing, messages, and who may see what."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongjian.accounts.tests.builders import (
    a_clerk,
    a_worker_user,
    an_employer_user,
    an_expert_user,
    an_office,
    an_outsider,
)
from gongjian.appraisal.actions import accept, grant_later_day, lapse_due, supplement, withdraw
from gongjian.appraisal.states import NEXT, QUIET, State
from gongjian.appraisal.tests.builders import (
    MONDAY,
    a_case_to_supplement,
    a_draft,
    a_submitted_case,
    a_supplementing_page,
    an_accepted_case,
)
from gongjian.cases.tests.builders import put_in_state
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.outbox.models import Message
from gongjian.materials.models import Material, MaterialPage
from gongjian.papers.models import Paper
from gongjian.parties.tests.builders import an_employer, an_id_number
from gongjian.portal.tests.builders import an_upload, signed_in_as, text_of

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)


def page(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(f"portal:{name}", args=args))
    assert answer.status_code == 200
    return text_of(answer)


def test_the_case_page_says_what_happened_what_is_next_who_must_act_and_until_when():
    case = a_submitted_case()
    with moment.fixed(TUESDAY):
        shown = page(signed_in_as(a_worker_user()), "case", case.number)
    for words in (
        "待审查材料",
        NEXT[State.SUBMITTED],
        "审查材料",
        "云溪市劳动能力鉴定委员会（窗口受理）",
        "还剩6天",
        "令55 第十条",
        "提交申请",
        "安排鉴定时间和地点",
        "撤回申请",
        "劳动能力鉴定申请收件回执",
    ):
        assert words in shown


def test_every_date_opens_its_working():
    case = a_submitted_case()
    with moment.fixed(TUESDAY):
        shown = page(signed_in_as(a_worker_user()), "case", case.number)
    assert "5个工作日" in shown
    assert "60" in shown


@pytest.mark.parametrize("state", [state for state in State if state != State.ARCHIVED])
def test_the_page_of_every_state_can_be_read(state):
    case = a_submitted_case()
    if state != State.SUBMITTED:
        case = put_in_state(case, state)
    shown = page(signed_in_as(a_worker_user()), "case", case.number)
    assert (QUIET.promise if state in QUIET.states else NEXT[state]) in shown


def test_both_receipts_stand_on_the_page_after_a_supplement():
    case, _ = a_case_to_supplement()
    later = datetime(2026, 3, 5, 10, tzinfo=moment.ZONE)
    a_supplementing_page(case, by=a_worker_user(), at=later)
    with moment.fixed(later):
        supplement(case, by=a_worker_user())
        shown = page(signed_in_as(a_worker_user()), "case", case.number)
    assert "首次收到申请：2026年3月2日" in shown
    assert "收齐材料：2026年3月5日" in shown


STRANGERS = [an_outsider, an_expert_user, an_employer_user]
PROGRAM = {"Accept": "application/json"}
PAGES = ["case", "receipt", "readings", "supplement", "withdraw"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("person", STRANGERS)
def test_a_stranger_is_answered_as_if_there_were_no_case(name, person):
    case = a_submitted_case()
    client = signed_in_as(person())
    hidden = client.get(reverse(f"portal:{name}", args=[case.number]), headers=PROGRAM)
    absent = client.get(reverse(f"portal:{name}", args=["YXJD-2026-999999"]), headers=PROGRAM)
    assert hidden.status_code == absent.status_code == 404
    assert text_of(hidden).replace(case.number, "") == text_of(absent).replace("YXJD-2026-999999", "")


@pytest.mark.parametrize("name", PAGES)
def test_who_is_not_signed_in_is_led_to_the_sign_in_page(name):
    answer = Client().get(reverse(f"portal:{name}", args=["YXJD-2026-000001"]))
    assert answer["Location"].startswith(reverse("accounts:sign_in"))


def test_the_list_holds_ones_own_cases_and_nobody_elses():
    case = a_submitted_case()
    assert case.number in page(signed_in_as(a_worker_user()), "home")
    assert case.number not in page(signed_in_as(an_outsider()), "home")
    assert "您还没有案件" in page(signed_in_as(an_outsider()), "home")


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_the_list_takes_as_many_queries_for_five_cases_as_for_one():
    client = signed_in_as(a_worker_user())
    a_submitted_case()
    few = queries_of(client, reverse("portal:home"))
    for _ in range(4):
        a_submitted_case()
    assert queries_of(client, reverse("portal:home")) == few <= 10


def test_the_box_takes_as_many_queries_for_many_messages_as_for_one():
    client = signed_in_as(a_worker_user())
    a_submitted_case()
    few = queries_of(client, reverse("portal:inbox"))
    a_submitted_case()
    assert queries_of(client, reverse("portal:inbox")) == few <= 6


def test_the_case_page_takes_a_known_number_of_queries():
    case = a_submitted_case()
    assert queries_of(signed_in_as(a_worker_user()), reverse("portal:case", args=[case.number])) <= 40


# Who has seen my data.


def test_the_person_sees_who_has_looked_and_when():
    case = a_submitted_case()
    with moment.fixed(TUESDAY):
        signed_in_as(a_clerk()).get(reverse("portal:case", args=[case.number]))
    shown = page(signed_in_as(a_worker_user()), "readings", case.number)
    assert "云溪市劳动能力鉴定委员会（窗口受理）" in shown
    assert "2026-03-03 09:30" in shown


def test_reading_ones_own_case_is_nobodys_business():
    case = a_submitted_case()
    signed_in_as(a_worker_user()).get(reverse("portal:case", args=[case.number]))
    assert not LedgerEntry.objects.filter(chain=case.chain, act="data.read").exists()


# The supplement.


def test_the_supplement_page_lists_everything_missing_with_its_day():
    case, _ = a_case_to_supplement()
    with moment.fixed(TUESDAY):
        shown = page(signed_in_as(a_worker_user()), "supplement", case.number)
    for words in ("完整的病历资料", "请补交住院病历", "还剩9天", "未补交", "视为放弃"):
        assert words in shown


def test_the_worker_uploads_what_is_missing_and_hands_it_in():
    case, _ = a_case_to_supplement()
    client = signed_in_as(a_worker_user())
    with moment.fixed(TUESDAY):
        upload = reverse("portal:supplement_paper", args=[case.number, "medical_records"])
        assert client.post(upload, {"files": [an_upload(5)]}).status_code == 302
        assert "1个新文件" in page(client, "supplement", case.number)
        answer = client.post(reverse("portal:supplement", args=[case.number]))
    assert answer["Location"] == reverse("portal:case", args=[case.number])
    case.refresh_from_db()
    assert case.state == State.SUBMITTED


def test_handing_in_nothing_is_told_on_the_page():
    case, _ = a_case_to_supplement()
    with moment.fixed(TUESDAY):
        answer = signed_in_as(a_worker_user()).post(reverse("portal:supplement", args=[case.number]))
    assert answer.status_code == 422
    assert "还没有上传需要补正的材料" in text_of(answer)


def test_only_what_was_asked_for_can_be_supplemented():
    case, _ = a_case_to_supplement()
    answer = signed_in_as(a_worker_user()).get(reverse("portal:supplement_paper", args=[case.number, "identity"]))
    assert answer.status_code == 403


def test_the_later_day_stands_beside_the_first_one():
    case, _ = a_case_to_supplement()
    with moment.fixed(TUESDAY):
        grant_later_day(case, until=datetime(2026, 3, 20).date(), reason="住院", by=a_clerk())
        shown = page(signed_in_as(a_worker_user()), "supplement", case.number)
    assert "原为3月12日" in shown
    assert "3月20日" in shown


def test_after_the_lapse_there_is_nothing_to_supplement():
    case, _ = a_case_to_supplement()
    with moment.fixed(MONDAY + timedelta(days=11)):
        lapse_due()
        client = signed_in_as(a_worker_user())
        assert client.get(reverse("portal:supplement", args=[case.number])).status_code == 422
        assert "视为放弃" in page(client, "case", case.number)


# Withdrawing.


def test_the_applicant_withdraws_after_a_second_look():
    case = a_submitted_case()
    client = signed_in_as(a_worker_user())
    assert "确定撤回" in page(client, "withdraw", case.number)
    client.post(reverse("portal:withdraw", args=[case.number]), {"reason": "先治疗"})
    case.refresh_from_db()
    assert case.state == State.WITHDRAWN


def test_what_cannot_be_withdrawn_any_more_is_refused_with_a_sentence():
    case = withdraw(a_submitted_case(), by=a_worker_user())
    answer = signed_in_as(a_worker_user()).post(reverse("portal:withdraw", args=[case.number]), {"reason": ""})
    assert answer.status_code == 422
    assert "不能办理“撤回申请”" in text_of(answer)


def test_the_employer_who_did_not_apply_is_not_offered_to_withdraw():
    an_employer().users.add(an_employer_user())
    case = a_submitted_case()
    client = signed_in_as(an_employer_user())
    assert "撤回申请" not in page(client, "case", case.number)
    assert client.post(reverse("portal:withdraw", args=[case.number]), {"reason": ""}).status_code == 403


# Messages and papers.


def test_opening_a_message_is_noted_once():
    case = a_submitted_case()
    client = signed_in_as(a_worker_user())
    message = Message.objects.get(chain=case.chain, channel="inbox")
    assert "没看过" in page(client, "inbox")
    with moment.fixed(TUESDAY):
        assert case.number in page(client, "message", message.pk)
    page(client, "message", message.pk)
    message.refresh_from_db()
    assert message.opened_at == TUESDAY
    assert LedgerEntry.objects.filter(chain=case.chain, act="message.opened").count() == 1


def test_the_paper_that_came_with_a_message_is_the_issued_one():
    case = an_accepted_case()
    client = signed_in_as(a_worker_user())
    message = Message.objects.get(template="appraisal.acceptance_notice", channel="inbox")
    answer: Any = client.get(reverse("portal:message_file", args=[message.pk]))
    got = b"".join(answer.streaming_content)
    assert got.startswith(b"%PDF")
    assert len(got) == Paper.objects.get(case=case, kind="acceptance_notice").evidence.size


def test_a_message_of_another_is_not_there():
    a_submitted_case()
    message = Message.objects.get(channel="inbox")
    client = signed_in_as(an_outsider())
    assert client.get(reverse("portal:message", args=[message.pk])).status_code == 404
    assert client.get(reverse("portal:message_file", args=[message.pk])).status_code == 404


def test_a_party_downloads_the_papers_of_the_case_and_a_stranger_does_not():
    case = an_accepted_case()
    paper = Paper.objects.get(case=case, kind="acceptance_notice")
    assert signed_in_as(a_worker_user()).get(reverse("papers:file", args=[paper.pk])).status_code == 200
    assert signed_in_as(an_outsider()).get(reverse("papers:file", args=[paper.pk])).status_code == 404


# Medical papers are not the employer's.


def test_the_employer_sees_the_case_but_not_the_medical_papers():
    an_employer().users.add(an_employer_user())
    case = a_submitted_case()
    client = signed_in_as(an_employer_user())
    assert "没有您可以查看的材料" in page(client, "case", case.number)
    for material in Material.objects.all():
        assert client.get(reverse("materials:viewer", args=[material.pk])).status_code == 404


def test_the_employer_who_applied_sees_what_it_handed_in_itself():
    case = a_submitted_case(by=an_employer_user(), applicant={"capacity": "employer", "applicant_name": "周若岚"})
    assert "有效的诊断证明" in page(signed_in_as(an_employer_user()), "case", case.number)


# Finding what others opened.


def test_a_worker_finds_the_case_the_employer_opened_and_sees_it():
    case = a_submitted_case(by=an_employer_user(), applicant={"capacity": "employer", "applicant_name": "周若岚"})
    client = signed_in_as(a_worker_user())
    told = {"name": "林知远", "id_type": "resident_id", "id_number": an_id_number()}
    client.post(reverse("portal:claim"), told)
    assert case.number in page(client, "home")


@pytest.mark.parametrize(
    "told",
    [
        {"name": "林至远", "id_type": "resident_id", "id_number": an_id_number()},
        {"name": "林知远", "id_type": "resident_id", "id_number": an_id_number(2)},
    ],
)
def test_what_does_not_agree_finds_nothing_and_tells_nothing(told):
    a_submitted_case(by=an_employer_user(), applicant={"capacity": "employer", "applicant_name": "周若岚"})
    answer = signed_in_as(a_worker_user()).post(reverse("portal:claim"), told)
    assert answer.status_code == 422
    assert "没有找到" in text_of(answer)


# Large type and addresses.


def test_large_type_is_kept_for_the_session():
    an_office()
    client = signed_in_as(a_worker_user())
    client.post(reverse("kernel:large_type"), {"on": "1", "next": reverse("portal:home")})
    assert 'gj-large"' in page(client, "home")


def test_no_address_of_a_page_names_a_person():
    draft = a_draft()
    case = a_submitted_case()
    shown = page(signed_in_as(a_worker_user()), "home") + page(signed_in_as(a_worker_user()), "case", case.number)
    addresses = [part.split('"')[0] for part in shown.split('href="')[1:]]
    assert addresses
    assert not [each for each in addresses if "林" in each or "1990000" in each or "990101" in each]
    assert draft.token not in case.number


def test_a_clerk_accepts_and_the_worker_reads_it_in_the_list():
    case = a_submitted_case()
    accept(case, by=a_clerk())
    assert "已受理" in page(signed_in_as(a_worker_user()), "home")
    assert MaterialPage.objects.filter(material__case=case).count() == 3
