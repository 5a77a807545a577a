"""What people are told: every notice with its paper, its message, and nothing that a stranger should not read."""

from datetime import datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from gongjian.accounts.tests.builders import a_clerk, a_worker_user, an_employer_user
from gongjian.appraisal.actions import accept, give_up, grant_later_day, lapse_due, supplement, withdraw
from gongjian.appraisal.tests.builders import (
    MONDAY,
    a_case_to_supplement,
    a_submitted_case,
    a_supplementing_page,
    an_accepted_case,
)
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.kernel.outbox.models import Message
from gongjian.materials.models import MaterialPage
from gongjian.papers.models import Paper
from gongjian.parties.tests.builders import an_employer

pytestmark = pytest.mark.django_db
PERSONAL = ("林知远", "19900000001", "990101", "右手", "食指", "柳桥路", "云溪市人民医院")


def on(day: int) -> datetime:
    return datetime(2026, 3, day, 10, tzinfo=moment.ZONE)


def lapsed() -> Case:
    case, _ = a_case_to_supplement()
    with moment.fixed(on(13)):
        lapse_due()
    return case


def supplemented() -> Case:
    case, _ = a_case_to_supplement()
    a_supplementing_page(case, by=a_worker_user(), at=on(5))
    with moment.fixed(on(5)):
        return supplement(case, by=a_worker_user())


def given_up() -> Case:
    case = supplemented()
    with moment.fixed(on(6)):
        give_up(case, by=a_clerk(), reason="仍缺住院病历")
    return case


def later() -> Case:
    case, _ = a_case_to_supplement()
    with moment.fixed(on(5)):
        grant_later_day(case, until=on(20).date(), reason="住院", by=a_clerk())
    return case


def withdrawn() -> Case:
    return withdraw(a_submitted_case(), by=a_worker_user())


TOLD = [
    (a_submitted_case, "application_receipt", "回执"),
    (an_accepted_case, "acceptance_notice", "2026年5月1日"),
    (lambda: a_case_to_supplement()[0], "supplement_notice", "2026年3月12日"),
    (lapsed, "lapse_notice", "视为放弃"),
    (given_up, "lapse_notice", "视为放弃"),
    (supplemented, "supplemented", "重新审查"),
    (later, "later_day", "2026年3月20日"),
    (withdrawn, "withdrawn", "重新申请"),
]


@pytest.mark.parametrize(("make", "template", "words"), TOLD)
def test_the_box_says_what_happened_with_number_and_day(make, template, words):
    case = make()
    [message] = Message.objects.filter(chain=case.chain, template=f"appraisal.{template}", channel="inbox")
    assert case.number in message.body
    assert words in message.body
    assert message.title


@pytest.mark.parametrize(("make", "template", "words"), TOLD)
def test_the_text_message_names_the_case_and_nothing_personal(make, template, words):
    case = make()
    [text] = Message.objects.filter(chain=case.chain, template=f"appraisal.{template}", channel="sms")
    assert case.number in text.body
    assert text.to == "19900000001"
    assert not [word for word in PERSONAL if word in text.body]
    assert len(text.body) < 140


def words_of(paper: Paper) -> str:
    with open_evidence(paper.evidence) as file:
        reader = PdfReader(BytesIO(file.read()))
    return "".join("".join(page.extract_text().split()) for page in reader.pages)


def test_art_09_the_receipt_prints_number_time_and_every_hash():
    case = a_submitted_case()
    printed = words_of(Paper.objects.get(case=case))
    assert case.number in printed
    assert "2026年3月2日9时30分" in printed
    for page in MaterialPage.objects.all():
        assert page.evidence.sha256 in printed


def test_art_10_the_acceptance_notice_prints_the_day_of_the_decision():
    printed = words_of(Paper.objects.get(case=an_accepted_case(), kind="acceptance_notice"))
    assert "2026年5月1日" in printed
    assert "60" in printed


def test_art_10_the_supplement_notice_prints_everything_missing_period_and_consequence():
    case, _ = a_case_to_supplement()
    printed = words_of(Paper.objects.get(case=case, kind="supplement_notice"))
    for words in ("完整的病历资料", "请补交住院病历", "2026年3月12日", "放弃"):
        assert words in printed


def test_art_10_the_lapse_notice_names_the_notice_that_was_not_followed():
    case = lapsed()
    notice = Paper.objects.get(case=case, kind="supplement_notice")
    assert "".join(notice.number.split()) in words_of(Paper.objects.get(case=case, kind="lapse_notice"))


@pytest.mark.parametrize("kind", ["acceptance_notice", "application_receipt"])
def test_no_letter_says_anything_about_the_injury(kind):
    printed = words_of(Paper.objects.get(case=an_accepted_case(), kind=kind))
    assert not [word for word in ("右手", "食指", "990101") if word in printed]


def test_every_party_is_told_in_the_own_box():
    an_employer().users.add(an_employer_user())
    case = a_submitted_case()
    with moment.fixed(MONDAY):
        accept(case, by=a_clerk())
    told = Message.objects.filter(template="appraisal.acceptance_notice", channel="inbox")
    assert {message.user for message in told} == {a_worker_user(), an_employer_user()}


def test_papers_of_a_kind_are_numbered_one_after_the_other():
    for _ in range(3):
        an_accepted_case()
    numbers = Paper.objects.filter(kind="acceptance_notice").order_by("id").values_list("number", flat=True)
    assert list(numbers) == [f"云溪劳鉴受〔2026〕{number}号" for number in (1, 2, 3)]
