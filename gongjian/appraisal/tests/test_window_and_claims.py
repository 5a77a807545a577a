"""The window, drafts of many hands, and the counting of limits after a supplement, each in both readings of the law."""

from datetime import date, datetime, timedelta

import pytest

from gongjian.accounts.models import Post
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_member,
    a_reviewer,
    a_worker_user,
    an_applicant,
    an_employer_user,
    an_office,
    an_outsider,
    the_signer,
)
from gongjian.applications.actions.drafts import drop_draft, save_step, start_draft
from gongjian.applications.actions.submission import enter_at_window, submit
from gongjian.applications.actions.supplement import Item
from gongjian.applications.errors import (
    DraftChanged,
    DraftNotFound,
    NothingToAsk,
    ReceivedDayWithoutReason,
    StepUnknown,
    WindowOnly,
)
from gongjian.applications.models import Draft
from gongjian.applications.people import claim_cases, employer_told, keep_worker
from gongjian.applications.queries import draft_for, drafts_of, owns, person_told
from gongjian.appraisal.actions import ask_supplement, grant_later_day, lapse_due, supplement
from gongjian.appraisal.models import Application, SupplementNotice
from gongjian.appraisal.queries import checklist_of, parts_told, recognised_parts, treating, windows_of
from gongjian.appraisal.states import INITIAL
from gongjian.appraisal.steps import STEPS
from gongjian.appraisal.tests.builders import (
    MONDAY,
    a_case_to_supplement,
    a_draft,
    a_supplementing_page,
    answers,
)
from gongjian.cases.models import Case, CaseLimit
from gongjian.cases.queries import deadline_of, open_obligations
from gongjian.cases.tests.builders import a_case
from gongjian.kernel import moment
from gongjian.law import receipt
from gongjian.law.errors import DayOutOfBounds, RuleError
from gongjian.law.parameters import parameter
from gongjian.materials.errors import KindNotListed
from gongjian.parties.models import Employer, Person
from gongjian.parties.tests.builders import a_person, an_employer, an_id_number

pytestmark = pytest.mark.django_db
CODES = [step.code for step in STEPS.filled_in]


@pytest.fixture(autouse=True)
def monday():
    with moment.fixed(MONDAY):
        yield


# Drafts.


@pytest.mark.parametrize("step", CODES)
def test_every_step_has_its_own_version_and_the_draft_counts_all(step):
    draft = start_draft(by=a_worker_user(), office=an_office(), procedure=INITIAL)
    for seen, name in enumerate(("甲", "乙", "丙")):
        field = STEPS.filled_in[CODES.index(step)].required[0]
        draft = save_step(draft, step, {**answers()[step], field: name}, seen=seen, by=a_worker_user())
    assert (draft.versions, draft.version) == ({step: 3}, 4)


@pytest.mark.parametrize("seen", [-1, 0, 2, 99])
def test_l7_only_who_saw_the_last_version_changes_it(seen):
    draft = start_draft(by=a_worker_user(), office=an_office(), procedure=INITIAL)
    save_step(draft, "hospital", {"hospital": "第一医院"}, seen=0, by=a_worker_user())
    with pytest.raises(DraftChanged):
        save_step(draft, "hospital", {"hospital": "第二医院"}, seen=seen, by=a_worker_user())
    assert Draft.objects.get().told["hospital"] == {"hospital": "第一医院"}


def test_l7_saving_what_is_there_already_is_no_change_whatever_was_seen():
    draft = start_draft(by=a_worker_user(), office=an_office(), procedure=INITIAL)
    save_step(draft, "hospital", {"hospital": "第一医院"}, seen=0, by=a_worker_user())
    again = save_step(draft, "hospital", {"hospital": "第一医院"}, seen=0, by=a_worker_user())
    assert (again.versions, again.version) == ({"hospital": 1}, 2)


@pytest.mark.parametrize("step", ["materials", "check", "declare"])
def test_steps_without_fields_of_their_own_keep_nothing(step):
    draft = start_draft(by=a_worker_user(), office=an_office(), procedure=INITIAL)
    kept = save_step(draft, step, {"hospital": "x", "id_number": "y"}, seen=0, by=a_worker_user())
    assert kept.told.get(step, {}) == {}


@pytest.mark.parametrize("step", ["", "x", "Person", "person "])
def test_a_step_nobody_knows_keeps_nothing(step):
    draft = start_draft(by=a_worker_user(), office=an_office(), procedure=INITIAL)
    with pytest.raises(StepUnknown):
        save_step(draft, step, {}, seen=0, by=a_worker_user())


@pytest.mark.parametrize("person", [an_outsider, an_employer_user, a_clerk, a_reviewer])
def test_the_online_draft_of_a_person_is_nobody_elses(person):
    draft = start_draft(by=a_worker_user(), office=an_office(), procedure=INITIAL)
    user = person()
    assert not owns(user, draft)
    for act in (
        lambda: draft_for(draft.token, by=user),
        lambda: save_step(draft, "hospital", {"hospital": "x"}, seen=0, by=user),
        lambda: drop_draft(draft, by=user),
        lambda: submit(draft, by=user, truthful=True),
    ):
        with pytest.raises(DraftNotFound):
            act()
    assert list(drafts_of(user)) == []


def test_any_clerk_of_the_window_goes_on_with_what_another_began():
    draft = start_draft(by=a_clerk(), office=an_office(), procedure=INITIAL, channel="window")
    colleague = a_member(Role.WINDOW_CLERK, "陈二窗")
    assert save_step(draft, "hospital", {"hospital": "x"}, seen=0, by=colleague).versions == {"hospital": 1}
    elsewhere = a_member(Role.WINDOW_CLERK, "陈远窗", office=an_office("QT", "他市劳动能力鉴定委员会"))
    with pytest.raises(DraftNotFound):
        draft_for(draft.token, by=elsewhere)


def test_a_clerk_whose_post_ended_goes_on_with_nothing_that_others_began():
    draft = start_draft(by=a_clerk(), office=an_office(), procedure=INITIAL, channel="window")
    former = a_member(Role.WINDOW_CLERK, "陈二窗")
    Post.objects.filter(user=former).update(ended_on=date(2026, 3, 1))
    assert not owns(former, draft)
    assert windows_of(former) == []


@pytest.mark.parametrize("person", [a_worker_user, a_reviewer, the_signer, an_outsider])
def test_only_the_window_begins_at_the_window(person):
    with pytest.raises(WindowOnly):
        start_draft(by=person(), office=an_office(), procedure=INITIAL, channel="window")
    assert not Draft.objects.exists()


def test_two_drafts_have_tokens_that_nobody_guesses():
    tokens = {start_draft(by=a_worker_user(), office=an_office(), procedure=INITIAL).token for _ in range(20)}
    assert len(tokens) == 20
    assert min(len(token) for token in tokens) >= 16


@pytest.mark.parametrize("token", ["", "x", "\x00", "x" * 500])
def test_a_token_of_nobody_opens_nothing(token):
    start_draft(by=a_worker_user(), office=an_office(), procedure=INITIAL)
    with pytest.raises(DraftNotFound):
        draft_for(token, by=a_worker_user())


@pytest.mark.parametrize(
    ("capacity", "extra"),
    [("worker", set()), ("employer", set()), ("relative", {"relation_proof"}), ("agent", {"mandate"})],
)
def test_art_09_the_checklist_follows_who_applies(capacity, extra):
    draft = start_draft(by=a_worker_user(), office=an_office(), procedure=INITIAL)
    draft.told = {"applicant": {"capacity": capacity}}
    wanted = {each.kind.code for each in checklist_of(draft) if each.required}
    assert wanted == {"diagnosis", "medical_records", "identity"} | extra


def test_art_09_at_the_window_the_signed_form_is_asked_for_too():
    draft = start_draft(by=a_clerk(), office=an_office(), procedure=INITIAL, channel="window")
    assert "application_form" in {each.kind.code for each in checklist_of(draft) if each.required}


# The window's earlier day.


def a_paper_application() -> Draft:
    return a_draft(channel="window", papers=("diagnosis",))


@pytest.mark.parametrize(
    ("back", "reason", "refusal"),
    [(1, "", ReceivedDayWithoutReason), (61, "邮寄", DayOutOfBounds), (-1, "", DayOutOfBounds)],
)
def test_art_10_a_day_that_cannot_be_opens_no_case(back, reason, refusal):
    draft = a_paper_application()
    with pytest.raises(refusal):
        enter_at_window(draft, by=a_clerk(), received_on=MONDAY.date() - timedelta(days=back), reason=reason)
    assert not Case.objects.exists()
    assert Draft.objects.get().case_id is None


def test_art_10_an_earlier_day_with_its_reason_starts_every_limit_there_and_gives_its_years_number():
    with moment.fixed(moment.at(date(2026, 1, 5))):
        draft = a_paper_application()
        case = enter_at_window(draft, by=a_clerk(), received_on=date(2025, 12, 31), reason=" 元旦前邮寄 ")
    starts = dict(CaseLimit.objects.filter(case=case).values_list("limit", "start_on"))
    assert starts == {"LA-DECIDE": date(2025, 12, 31), "LA-REVIEW": date(2025, 12, 31)}
    assert case.number.startswith("YXJD-2025-")
    assert Application.objects.get(case=case).received_reason == "元旦前邮寄"


def test_a_paper_application_sent_twice_is_one_case():
    draft = a_paper_application()
    first = enter_at_window(draft, by=a_clerk(), received_on=MONDAY.date())
    again = enter_at_window(Draft.objects.get(), by=a_clerk(), received_on=MONDAY.date())
    assert first == again
    assert Case.objects.count() == 1


def test_an_online_draft_is_not_entered_at_the_window():
    draft = a_draft(papers=())
    with pytest.raises(WindowOnly):
        enter_at_window(draft, by=a_clerk(), received_on=MONDAY.date())


# Whom an application is about.


def person_answers(**changes: str) -> dict[str, str]:
    return {**answers()["person"], **changes}


def test_a_stranger_changes_nothing_about_a_known_person():
    known = a_person()
    kept = keep_worker(person_answers(address="假地址", telephone="19900000009"), by=an_outsider(), capacity="relative")
    known.refresh_from_db()
    assert (kept.pk, known.address, known.telephone) == (known.pk, "云溪市东溪县柳桥路1号", "19900000001")


def test_the_window_brings_a_known_person_up_to_date():
    a_person()
    assert keep_worker(person_answers(address="新地址"), by=a_clerk(), capacity="worker").address == "新地址"


def test_a_letter_changes_nothing_about_a_known_person_though_staff_take_it_in():
    known = a_person()
    told = person_answers(address="假地址", telephone="19900000009")
    kept = keep_worker(told, by=a_clerk(), capacity="worker", by_letter=True)
    known.refresh_from_db()
    assert (kept.pk, known.address, known.telephone) == (known.pk, "云溪市东溪县柳桥路1号", "19900000001")


def test_a_letter_about_somebody_unknown_makes_them_known():
    kept = keep_worker(person_answers(telephone="19900000009"), by=a_clerk(), capacity="worker", by_letter=True)
    assert (kept.telephone, kept.user, Person.objects.count()) == ("19900000009", None, 1)


@pytest.mark.parametrize("person", [an_outsider, a_clerk, a_worker_user])
def test_a_number_under_another_name_is_kept_apart_for_everybody(person):
    known = a_person()
    apart = keep_worker(person_answers(name="林素秋"), by=person(), capacity="worker")
    known.refresh_from_db()
    assert (known.name, known.user, apart.name, apart.provisional) == ("林知远", None, "林素秋", True)
    again = keep_worker(person_answers(name="林素秋"), by=person(), capacity="worker")
    assert (again.pk, Person.objects.count()) == (apart.pk, 2)


@pytest.mark.parametrize(
    ("capacity", "linked"), [("worker", True), ("relative", False), ("employer", False), ("agent", False)]
)
def test_only_who_applies_as_the_worker_is_joined_to_the_person(capacity, linked):
    person = keep_worker(person_answers(), by=a_worker_user(), capacity=capacity)
    assert (Person.objects.get(pk=person.pk).user == a_worker_user()) is linked


def test_a_clerk_is_never_joined_to_the_person_they_enter():
    assert Person.objects.get(pk=keep_worker(person_answers(), by=a_clerk(), capacity="worker").pk).user is None


@pytest.mark.parametrize(("person", "address"), [(an_outsider, "云溪市工业大道8号"), (a_clerk, "新地址9号")])
def test_a_known_employers_address_is_changed_by_the_window_only(person, address):
    an_employer()
    employer_told({"employer_name": "云溪恒信机械有限公司", "employer_address": "新地址9号"}, by=person())
    assert Employer.objects.get().address == address


def test_an_employers_own_account_brings_it_up_to_date():
    an_employer().users.add(an_employer_user())
    told = {"employer_name": "云溪恒信机械有限公司", "employer_address": "新地址9号"}
    assert employer_told(told, by=an_employer_user()).address == "新地址9号"


@pytest.mark.parametrize(
    ("name", "number", "telephone"),
    [
        ("林知远", an_id_number(), "19900000008"),
        ("林素秋", an_id_number(), "19900000001"),
        ("林知远", an_id_number(5), "19900000001"),
        ("林知远 林素秋", an_id_number(), "19900000001"),
    ],
)
def test_a_claim_in_which_something_does_not_agree_finds_nothing_and_joins_nobody(name, number, telephone):
    case = a_case(party=an_employer_user())
    user = an_applicant(telephone, "某人")
    assert claim_cases(name=name, id_type="resident_id", id_number=number, by=user) == []
    assert not case.parties.filter(user=user).exists()
    assert Person.objects.get(name="林知远").user is None


def test_a_case_without_an_application_of_ours_is_not_claimed():
    a_case(party=an_employer_user())
    assert claim_cases(name="林知远", id_type="resident_id", id_number=an_id_number(), by=a_worker_user()) == []


def test_a_claim_with_a_number_that_cannot_be_is_told():
    with pytest.raises(RuleError, match="证件号码不正确"):
        claim_cases(name="林知远", id_type="resident_id", id_number="1", by=a_worker_user())


# What other rooms ask.


def test_a_case_of_another_kind_has_no_hospital_and_no_parts():
    case = a_case()
    assert treating(case) == ("", "")
    assert recognised_parts(case) == []


@pytest.mark.parametrize(("told", "labels"), [([], 0), (["133:right"], 1), (["133:left", "133:right"], 2)])
def test_parts_are_read_from_their_written_form(told, labels):
    assert len({part.label for part in parts_told(told)}) == labels


@pytest.mark.parametrize("told", [{}, {"person": {}}, {"person": {"id_type": "x", "id_number": "1"}}])
def test_a_draft_that_names_nobody_yet_finds_nobody(told):
    a_person()
    assert person_told(told) is None


# The one notice, and what follows. Each reading of the law about the decision's start.


@pytest.mark.parametrize(
    ("items", "refusal"),
    [
        ([], NothingToAsk),
        ([Item("diagnosis", "   ")], NothingToAsk),
        ([Item("none", "请补交")], KindNotListed),
        ([Item("diagnosis", "请补交"), Item("none", "请补交")], KindNotListed),
    ],
)
def test_art_10_a_notice_that_asks_for_nothing_or_for_what_is_not_listed_is_not_sent(items, refusal):
    case = a_case()
    with pytest.raises(refusal):
        ask_supplement(case, items, by=a_clerk())
    assert not SupplementNotice.objects.exists()
    assert Case.objects.get().state == "submitted"


READINGS = [
    ("complete_receipt", date(2026, 3, 6), date(2026, 5, 5)),
    ("first_receipt", date(2026, 3, 2), date(2026, 5, 1)),
]


@pytest.mark.parametrize(("reading", "start", "due"), READINGS)
def test_art_10_after_a_supplement_the_decision_counts_as_the_region_reads_the_law(reading, start, due, monkeypatch):
    real = parameter

    class Read:
        word = reading

    monkeypatch.setattr(
        receipt, "parameter", lambda name, **at: Read() if name == "clock_start_after_supplement" else real(name, **at)
    )
    case, _ = a_case_to_supplement()
    friday = datetime(2026, 3, 6, 15, tzinfo=moment.ZONE)
    a_supplementing_page(case, by=a_worker_user(), at=friday)
    with moment.fixed(friday):
        supplement(case, by=a_worker_user())
    row = CaseLimit.objects.get(case=case, limit="LA-DECIDE")
    assert (deadline_of(row).start, row.due_on, Case.objects.get().due_on) == (start, due, due)
    review = CaseLimit.objects.get(case=case, limit="LA-REVIEW")
    assert (review.due_on, review.met_on) == (date(2026, 3, 13), None)
    assert [owed.due_on for owed in open_obligations(case)] == [date(2026, 3, 13)]


def test_art_10_told_before_spring_festival_the_application_lapses_after_the_first_working_day_behind_it():
    told = datetime(2026, 2, 5, 10, tzinfo=moment.ZONE)
    case, notice = a_case_to_supplement(at=told)
    assert notice.due_on == date(2026, 2, 24)
    lapsed = []
    for day in (date(2026, 2, 15), date(2026, 2, 23), date(2026, 2, 24), date(2026, 2, 25), date(2026, 2, 26)):
        with moment.fixed(moment.at(day, 23, 59)):
            lapsed.append(lapse_due())
    assert lapsed == [0, 0, 0, 1, 0]
    assert Case.objects.get(pk=case.pk).state == "abandoned"


def test_art_10_a_later_day_over_a_holiday_is_kept_to_the_day():
    case, _ = a_case_to_supplement()
    grant_later_day(case, until=date(2026, 4, 5), reason="住院", by=a_clerk())  # 清明节
    lapsed = []
    for day in (date(2026, 3, 13), date(2026, 4, 5), date(2026, 4, 6)):
        with moment.fixed(moment.at(day)):
            lapsed.append(lapse_due())
    assert lapsed == [0, 0, 1]
