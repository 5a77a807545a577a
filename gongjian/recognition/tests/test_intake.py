"""The window: who may apply and until when, what is missing, acceptance, rejection, transfer, withdrawal."""

from datetime import date, timedelta

import pytest

from gongjian.accounts.tests.builders import an_applicant, an_employer_user, an_outsider
from gongjian.applications.actions.supplement import Item
from gongjian.applications.errors import (
    NothingSupplemented,
    NoticeIncomplete,
    NotTheApplicant,
    PapersMissing,
    SecondNoticeRefused,
)
from gongjian.cases.actions.move import join_case
from gongjian.cases.errors import MoveNotAllowed, NotYours, ReasonMissing
from gongjian.cases.models import CaseLimit
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.outbox.models import Message
from gongjian.materials.tests.builders import a_picture
from gongjian.parties.actions import keep_employer
from gongjian.parties.tests.builders import an_employer
from gongjian.recognition.actions import entry, extension, review, supplementing, withdrawal
from gongjian.recognition.errors import (
    ExtensionPeriodWrong,
    LateWithoutReason,
    TimeBarNotWeighed,
    TransferTargetWrong,
    WindowOnly,
)
from gongjian.recognition.models import Application, SupplementNotice
from gongjian.recognition.queries import application_of, missing_papers, standing
from gongjian.recognition.queries.extension import extension_of
from gongjian.recognition.rules import is_in_time
from gongjian.recognition.states import State
from gongjian.recognition.tests.builders import (
    MONDAY,
    PAPERS,
    a_bureau,
    a_paper,
    an_entered_case,
    an_investigator,
    another_bureau,
    the_clerk,
    the_signer,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
DAY = timedelta(days=1)
ASKED = [Item("medical_diagnosis", "请补交诊断证明")]


def in_supplement(**changes):
    case = an_entered_case(papers=PAPERS[:2], **changes)
    with moment.fixed(MONDAY + timedelta(hours=1)):
        supplementing.ask_supplement(case, ASKED, by=the_clerk())
    case.refresh_from_db()
    return case


def test_order_8_art_4_the_employer_applies_within_thirty_days():
    case = an_entered_case(capacity="employer", applicant_name="周若岚")
    assert application_of(case).side == "employer"
    assert is_in_time(standing(case))


def test_order_8_art_4_an_employer_past_thirty_days_is_told_so_and_not_stopped():
    late = {"capacity": "employer", "injured_on": "2026-01-05"}
    with pytest.raises(LateWithoutReason):
        an_entered_case(**late)
    case = an_entered_case(**late, late_reason="单位不知道要申请")
    sides = {one["side"]: one["in_time"] for one in application_of(case).explained if "side" in one}
    assert (case.state, sides) == (State.SUBMITTED, {"employer": False, "worker": True})


def test_regulation_art_17_an_extension_by_approval_moves_the_employers_last_day():
    with moment.fixed(MONDAY - 10 * DAY):
        extension.grant_extension(
            a_bureau(), an_employer(), worker_name="林知远", injured_on=date(2026, 1, 22), days=30, reason="失踪", by=the_signer()
        )  # fmt: skip
    case = an_entered_case(capacity="employer", injured_on="2026-01-22")
    assert is_in_time(standing(case))


GRANTED = {"worker_name": "林知远", "injured_on": date(2026, 1, 22), "days": 30, "reason": "失踪"}
CODE = "91990100MA0000001X"


def test_regulation_art_17_an_extension_goes_along_to_the_office_that_is_competent():
    with moment.fixed(MONDAY - 10 * DAY):
        extension.grant_extension(a_bureau(), an_employer(), **GRANTED, by=the_signer())
    case = an_entered_case(capacity="employer", injured_on="2026-01-22")
    with moment.fixed(MONDAY):
        new = review.transfer(
            case, to_office=another_bureau(), to_name="", reason="在东岭市参保", by=the_clerk()
        ).to_case
    assert new and is_in_time(standing(new))


@pytest.mark.parametrize(
    ("granted", "applied", "found"),
    [("", CODE, True), (CODE, "", True), (CODE, CODE, True), ("91990100MA0000002Y", CODE, False)],
)
def test_regulation_art_17_an_employer_told_without_its_code_on_one_of_the_two_is_known_by_its_name(
    granted, applied, found
):
    name = "云溪无码机械厂"
    with moment.fixed(MONDAY - 10 * DAY):
        extension.grant_extension(a_bureau(), keep_employer(name=name, credit_code=granted), **GRANTED, by=the_signer())
    told = {"name": name, "worker": "林知远", "injured_on": date(2026, 1, 22)}
    assert (extension_of(code=applied, **told) is not None) is found
    assert extension_of(code=applied, **{**told, "worker": "林知遥"}) is None
    assert extension_of(code=applied, **{**told, "injured_on": date(2026, 1, 23)}) is None


def test_the_employers_account_is_told_of_more_time_without_anybodys_name():
    employer, boss = an_employer(), an_employer_user()
    employer.users.add(boss)
    with moment.fixed(MONDAY - 10 * DAY):
        extension.grant_extension(a_bureau(), employer, **GRANTED, by=the_signer())
    [message] = Message.objects.filter(user=boss)
    assert "延长30日" in message.title and "2026-01-22" in message.body and "云溪市人力资源和社会保障局" in message.body
    assert "林知远" not in message.title + message.body


def test_regulation_art_17_no_extension_after_the_time_has_run_out():
    with moment.fixed(MONDAY), pytest.raises(ExtensionPeriodWrong, match="2026-01-04"):
        extension.grant_extension(
            a_bureau(), an_employer(), worker_name="林知远", injured_on=date(2025, 12, 5), days=30, reason="失踪", by=the_signer()
        )  # fmt: skip


def test_order_8_art_5_the_union_and_a_relative_apply_within_a_year():
    for capacity in ("union", "relative", "worker"):
        case = an_entered_case(capacity=capacity, relation="配偶", injured_on="2025-03-03")
        assert application_of(case).side == "worker"
        assert is_in_time(standing(case))


def test_regulation_art_17_time_spent_in_arbitration_does_not_count():
    period = {"ground": "labour_dispute", "from": "2025-06-01", "until": "2025-12-01"}
    case = an_entered_case(injured_on="2025-01-06", not_counted=[period])
    assert is_in_time(standing(case))


def test_order_8_art_7_a_late_application_is_accepted_only_with_the_reason_why_it_is_not_late():
    case = an_entered_case(injured_on="2025-01-06", late_reason="一直在申请仲裁")
    with moment.fixed(MONDAY):
        with pytest.raises(TimeBarNotWeighed):
            review.accept(case, by=the_clerk())
        review.accept(case, by=the_clerk(), though_late="仲裁期间不计入")
    assert application_of(case).accepted_though_late == "仲裁期间不计入"


def test_regulation_art_18_the_application_tells_time_place_cause_and_degree_of_harm():
    row = application_of(an_entered_case())
    assert (row.happened_at, row.place, row.harm) == ("10:20", "二车间3号车床", "右手示指离断")
    assert "3号车床" not in str(list(LedgerEntry.objects.values_list("facts", flat=True)))


@pytest.mark.parametrize(
    ("capacity", "kind", "wanted"),
    [
        ("worker", "accident", {"labour_relation", "medical_diagnosis", "recognition_form"}),
        ("union", "accident", {"labour_relation", "medical_diagnosis", "recognition_form", "union_letter"}),
        ("worker", "disease", {"labour_relation", "occupational_diagnosis", "recognition_form"}),
    ],
)
def test_order_8_art_6_what_is_asked_for_depends_on_who_applies_and_what_for(capacity, kind, wanted):
    case = an_entered_case(papers=(), capacity=capacity, kind=kind, disease="职业性噪声聋")
    assert {each.code for each in missing_papers(case)} == wanted


def test_order_8_art_8_nothing_is_accepted_while_a_paper_is_missing():
    case = an_entered_case(papers=PAPERS[:2])
    with moment.fixed(MONDAY), pytest.raises(PapersMissing, match="诊断证明"):
        review.accept(case, by=the_clerk())


def test_order_8_art_8_everything_missing_is_told_once():
    case = an_entered_case(papers=())
    with moment.fixed(MONDAY), pytest.raises(NoticeIncomplete, match="劳动关系证明"):
        supplementing.ask_supplement(case, ASKED, by=the_clerk())
    case = in_supplement()
    with moment.fixed(MONDAY + DAY):
        a_paper(case, "medical_diagnosis", by=the_clerk())
        supplementing.receive_supplement(case, by=the_clerk())
        with pytest.raises(SecondNoticeRefused):
            supplementing.ask_supplement(case, ASKED, by=the_clerk())


def test_order_8_art_8_after_the_supplement_fifteen_days_run_anew():
    case = in_supplement()
    with moment.fixed(MONDAY + 5 * DAY):
        with pytest.raises(NothingSupplemented):
            supplementing.receive_supplement(case, by=the_clerk())
        a_paper(case, "medical_diagnosis", by=the_clerk())
        supplementing.receive_supplement(case, by=the_clerk())
    assert CaseLimit.objects.get(case=case, limit="WI-REVIEW-2").due_on == date(2026, 3, 22)
    owed = case.obligations.get(kind="check_papers", fulfilled_at=None)
    assert owed.due_on == date(2026, 3, 22)


def test_what_is_not_supplemented_goes_back_to_the_window_which_decides():
    case = in_supplement()
    with moment.fixed(MONDAY + 15 * DAY):
        assert supplementing.close_overdue() == 0
    with moment.fixed(MONDAY + 16 * DAY):
        assert (supplementing.close_overdue(), supplementing.close_overdue()) == (1, 0)
        case.refresh_from_db()
        row = review.reject(case, ground="not_supplemented", explanation="至今未提交诊断证明。", by=the_clerk())
    assert row.case.state == State.REJECTED
    assert SupplementNotice.objects.get(case=case).over_on == date(2026, 3, 18)


def test_order_8_art_8_only_the_side_that_applied_supplements():
    case = in_supplement()
    employer = an_applicant("19900000002", "周若岚")
    join_case(case, employer, capacity="employer")
    with moment.fixed(MONDAY + DAY):
        for stranger, refusal in ((employer, NotTheApplicant), (an_outsider(), NotYours)):
            with pytest.raises(refusal):
                supplementing.supplement(case, by=stranger)


def test_regulation_art_17_want_of_jurisdiction_leads_to_the_right_office():
    case = an_entered_case()
    with moment.fixed(MONDAY):
        with pytest.raises(TransferTargetWrong):
            review.transfer(case, to_office=a_bureau(), to_name="", reason="x", by=the_clerk())
        row = review.transfer(case, to_office=another_bureau(), to_name="", reason="在东岭市参保", by=the_clerk())
    assert (row.case.state, row.to_name) == (State.TRANSFERRED, "东岭市人力资源和社会保障局")
    assert row.paper.kind == "recognition_transfer"


def test_a_rejection_says_why():
    case = an_entered_case()
    with moment.fixed(MONDAY), pytest.raises(ReasonMissing):
        review.reject(case, ground="late", explanation=" ", by=the_clerk())


def test_strangers_and_other_posts_neither_enter_nor_accept():
    with moment.fixed(MONDAY), pytest.raises(WindowOnly):
        entry.enter(a_bureau(), told(), by=an_investigator(), received_on=MONDAY.date())
    case = an_entered_case()
    with moment.fixed(MONDAY), pytest.raises(NotYours):
        review.accept(case, by=an_investigator())


def test_the_receipt_is_given_once_and_names_each_file():
    case = an_entered_case()
    with moment.fixed(MONDAY):
        first = entry.give_receipt(case, by=the_clerk())
        assert entry.give_receipt(case, by=the_clerk()).pk == first.pk
    assert first.number == "云溪人社工收〔2026〕1号"


def test_an_application_is_taken_back_at_the_window_and_its_limits_fall_away():
    case = an_entered_case()
    with moment.fixed(MONDAY + DAY):
        withdrawal.receive_withdrawal(case, wish=a_picture(), name="wish.png", by=the_clerk(), reason="已和解")
        with pytest.raises(MoveNotAllowed):
            withdrawal.receive_withdrawal(case, wish=a_picture(), name="wish.png", by=the_clerk())
    row = Application.objects.get(case=case)
    assert (row.case.state, row.end_reason) == (State.WITHDRAWN, "已和解")
    assert CaseLimit.objects.get(case=case, limit="WI-REVIEW").ended_on == date(2026, 3, 3)
