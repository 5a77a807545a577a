"""Every act of the pool before every role; terms, suspensions and shared pools to the day; the pool out and in again."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from gongjian.accounts.models import Office, User
from gongjian.accounts.roles import Role, roles_with
from gongjian.accounts.tests.builders import (
    a_member,
    a_province,
    a_scheduler,
    a_worker_user,
    an_expert_user,
    an_office,
    an_outsider,
)
from gongjian.experts import actions
from gongjian.experts.access import MANAGE, SEE
from gongjian.experts.errors import (
    ChangedMeanwhile,
    DismissedAlready,
    ExpertNotFound,
    ImportGone,
    NumberTaken,
    PeriodWrong,
    PoolNotYours,
    ReasonMissing,
    TermWrong,
    TrainingInFuture,
)
from gongjian.experts.export import pool_sheet
from gongjian.experts.models import Expert, PoolImport
from gongjian.experts.queries import (
    eligible,
    expert_for,
    import_for,
    ineligible_with_reasons,
    pool,
    standing_today,
    visible_to,
)
from gongjian.experts.rules import Barrier
from gongjian.experts.spreadsheet import COLUMNS, read_rows, write_rows
from gongjian.experts.tests.builders import an_expert, told
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.sittings.tests.builders import DAY, PLANNED, a_sitting, at

pytestmark = pytest.mark.django_db
TODAY = PLANNED.date()
LAST = date(2028, 8, 31)
KEEPERS = sorted(roles_with(MANAGE))
OTHERS = sorted(set(Role) - roles_with(MANAGE))
BLIND = sorted(set(Role) - roles_with(SEE))
PEOPLE = {"worker": a_worker_user, "expert": an_expert_user, "outsider": an_outsider}

ACTS: dict[str, Any] = {
    "appoint": lambda expert, by: actions.appoint(expert.office, told("ophthalmology"), by=by),
    "change": lambda expert, by: actions.change(expert, told(department="创伤骨科"), by=by),
    "renew": lambda expert, by: actions.renew(expert, begins=date(2028, 9, 1), by=by),
    "link_user": lambda expert, by: actions.link_user(expert, an_expert_user("expert-ke", "柯肢端"), by=by),
    "telephone_of": lambda expert, by: actions.telephone_of(expert, by=by),
    "pass_training": lambda expert, by: actions.pass_training(expert, on=TODAY, by=by),
    "suspend": lambda expert, by: actions.suspend(expert, begins=TODAY, reason="进修", by=by),
    "reinstate": lambda expert, by: actions.reinstate(expert, by=by),
    "set_health": lambda expert, by: actions.set_health(expert, is_good=False, by=by),
    "dismiss": lambda expert, by: actions.dismiss(expert, reason="辞聘", by=by),
    "read_sheet": lambda expert, by: actions.read_sheet(expert.office, a_sheet_of(1), by=by),
}
ON_ONE = [name for name in ACTS if name not in ("appoint", "read_sheet", "telephone_of")]


@pytest.fixture(autouse=True)
def _on_the_day_of_planning():
    with at(PLANNED):
        yield


def a_sheet_of(count: int) -> BytesIO:
    """A sheet of so many good rows."""
    rows = [
        [
            "",
            f"专家{serial}",
            "主任医师",
            "正高级",
            f"医院{serial}",
            "骨科",
            "骨科",
            "",
            "",
            None,
            date(2026, 1, 1),
            None,
        ]
        for serial in range(1, count + 1)
    ]
    return BytesIO(write_rows(rows))


def another_city(code: str = "NHJD", parent: Office | None = None) -> Office:
    """A committee of another city, by default of the same province."""
    given = {
        "name": f"{code}市劳动能力鉴定委员会",
        "short_name": code,
        "kind": Office.Kind.COMMITTEE,
        "region": "990200",
        "parent": parent or a_province(),
    }
    return Office.objects.get_or_create(code=code, defaults=given)[0]


def another_province() -> Office:
    given = {"name": "外省鉴定委", "short_name": "外省", "kind": Office.Kind.PROVINCE, "region": "980000"}
    return Office.objects.get_or_create(code="WSJD", defaults=given)[0]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", KEEPERS)
def test_a_keeper_of_the_pool_may_do_every_act(act, role):
    expert, before = an_expert(), LedgerEntry.objects.count()
    ACTS[act](expert, a_member(role))
    assert LedgerEntry.objects.count() == before + (act != "read_sheet")


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", OTHERS)
def test_no_other_role_does_any_act_and_nothing_is_left_behind(act, role):
    expert, member = an_expert(), a_member(role)
    before = (Expert.objects.values().get(), LedgerEntry.objects.count())
    with pytest.raises(PoolNotYours):
        ACTS[act](expert, member)
    assert (Expert.objects.values().get(), LedgerEntry.objects.count()) == before


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("person", PEOPLE)
def test_who_is_not_staff_does_no_act(act, person):
    with pytest.raises(PoolNotYours):
        ACTS[act](an_expert(), PEOPLE[person]())


@pytest.mark.parametrize("act", ACTS)
def test_a_keeper_of_another_city_does_no_act_here_not_even_with_a_shared_expert(act):
    stranger = a_member(Role.SCHEDULER, office=another_city())
    with pytest.raises(PoolNotYours):
        ACTS[act](an_expert(is_shared=True), stranger)


@pytest.mark.parametrize("act", ON_ONE)
def test_art_35_after_a_dismissal_no_act_is_left(act):
    expert = actions.dismiss(an_expert(), reason="辞聘", by=a_scheduler())
    with pytest.raises(DismissedAlready, match=expert.number):
        ACTS[act](expert, a_scheduler())


@pytest.mark.parametrize("act", sorted(set(ON_ONE) - {"change"}))
def test_every_act_counts_the_version_on_so_that_an_open_page_is_refused(act):
    expert = an_expert()
    ACTS[act](expert, a_scheduler())
    refusal = DismissedAlready if act == "dismiss" else ChangedMeanwhile
    with pytest.raises(refusal):
        actions.change(expert, told(department="创伤骨科"), by=a_scheduler(), version=1)


@pytest.mark.parametrize("act", ON_ONE)
def test_no_act_says_a_name_a_telephone_or_a_reason_in_the_ledger(act):
    ACTS[act](an_expert(), a_scheduler())
    facts = str(list(LedgerEntry.objects.values_list("facts", flat=True)))
    assert not [secret for secret in ("骆骨生", "19900000101", "进修", "辞聘", "创伤骨科") if secret in facts]


@pytest.mark.parametrize("role", sorted(roles_with(SEE)))
def test_who_may_see_the_pool_sees_an_expert_and_exports_the_list(role):
    expert = an_expert()
    assert expert_for(expert.number, by=a_member(role)) == expert
    assert pool_sheet(expert.office, by=a_member(role)).startswith(b"PK")


@pytest.mark.parametrize("role", BLIND)
def test_l08_no_other_role_sees_or_exports(role):
    expert = an_expert()
    assert not visible_to(a_member(role)).exists()
    with pytest.raises(ExpertNotFound):
        expert_for(expert.number, by=a_member(role))
    with pytest.raises(PoolNotYours):
        pool_sheet(expert.office, by=a_member(role))


def test_l08_a_hidden_expert_and_one_that_is_not_there_answer_alike():
    hidden, nobody = an_expert(), a_member(Role.WINDOW_CLERK)
    messages = [_refused(number, nobody) for number in (hidden.number, "YXJD-Z9999")]
    assert messages[0] == messages[1]


def test_who_no_longer_works_here_sees_nobody():
    keeper = a_scheduler()
    an_expert()
    User.objects.filter(pk=keeper.pk).update(is_active=False)
    keeper.refresh_from_db()
    assert not visible_to(keeper).exists()


@pytest.mark.parametrize(
    ("day", "is_eligible"), [(LAST - timedelta(days=1), True), (LAST, True), (LAST + timedelta(days=1), False)]
)
def test_art_24_on_the_last_day_of_the_term_an_expert_may_still_be_drawn(day, is_eligible):
    expert = an_expert()
    assert (eligible(on=day, office=expert.office) == [expert]) is is_eligible


@pytest.mark.parametrize("begins", [LAST, LAST + timedelta(days=1)])
def test_art_24_a_term_renewed_on_its_last_day_or_the_next_leaves_no_day_out(begins):
    renewed = actions.renew(an_expert(), begins=begins, by=a_scheduler())
    assert eligible(on=begins, office=renewed.office) == [renewed]
    assert renewed.term_until == date(2031, begins.month, begins.day) - timedelta(days=1)


def test_art_24_a_term_renewed_later_leaves_the_days_between_out():
    renewed = actions.renew(an_expert(), begins=date(2028, 9, 5), by=a_scheduler())
    [out] = ineligible_with_reasons(on=date(2028, 9, 4), office=renewed.office)
    assert out.reasons == (Barrier.TERM_NOT_BEGUN,)
    assert eligible(on=date(2028, 9, 5), office=renewed.office) == [renewed]


def test_art_24_a_term_is_renewed_again_and_again():
    expert = an_expert()
    for year in (2028, 2031, 2034):
        expert = actions.renew(expert, begins=date(year, 9, 1), by=a_scheduler())
    assert (expert.term_from, expert.term_until) == (date(2034, 9, 1), date(2037, 8, 31))
    assert LedgerEntry.objects.filter(act="expert.renewed").count() == 3


def test_a_renewal_beyond_the_calendar_is_refused_and_the_old_term_stands():
    expert = an_expert()
    with pytest.raises(TermWrong):
        actions.renew(expert, begins=date(9999, 1, 1), by=a_scheduler())
    expert.refresh_from_db()
    assert expert.term_until == LAST


@pytest.mark.parametrize(("days", "soon"), [(-1, False), (0, True), (1, True), (90, True), (91, False)])
def test_a_term_ends_soon_from_ninety_days_before_through_its_last_day(days, soon):
    [line] = standing_today([an_expert()], on=LAST - timedelta(days=days))
    assert line.ends_soon is soon


def test_the_end_of_a_dismissed_experts_term_is_nobodys_concern():
    expert = an_expert(dismissed_on=TODAY, dismissal_reason="辞聘")
    [line] = standing_today([expert], on=LAST)
    assert (line.ends_soon, line.reason) == (False, "已解聘")


@pytest.mark.parametrize(
    ("day", "is_eligible"),
    [
        (date(2026, 3, 19), True),
        (date(2026, 3, 20), False),
        (date(2026, 3, 25), False),
        (date(2026, 3, 26), True),
    ],
)
def test_a_suspension_keeps_out_from_its_first_day_through_its_last(day, is_eligible):
    expert = actions.suspend(
        an_expert(), begins=date(2026, 3, 20), ends=date(2026, 3, 25), reason="进修", by=a_scheduler()
    )
    assert (eligible(on=day, office=expert.office) == [expert]) is is_eligible


def test_a_suspension_may_last_one_day():
    expert = actions.suspend(an_expert(), begins=DAY, ends=DAY, reason="会议", by=a_scheduler())
    assert eligible(on=DAY, office=expert.office) == []
    assert eligible(on=DAY + timedelta(days=1), office=expert.office) == [expert]


def test_a_suspension_that_ends_before_it_begins_is_refused():
    with pytest.raises(PeriodWrong):
        actions.suspend(an_expert(), begins=DAY, ends=DAY - timedelta(days=1), reason="会议", by=a_scheduler())


@pytest.mark.parametrize("reason", ["", " ", "\n\t", "\u3000"])
@pytest.mark.parametrize("act", ["suspend", "dismiss"])
def test_blanks_are_no_reason(act, reason):
    told_to = {"begins": DAY} if act == "suspend" else {}
    with pytest.raises(ReasonMissing):
        getattr(actions, act)(an_expert(), reason=reason, by=a_scheduler(), **told_to)


def test_a_later_suspension_takes_the_place_of_the_earlier_one():
    expert = actions.suspend(an_expert(), begins=DAY, ends=DAY, reason="会议", by=a_scheduler())
    expert = actions.suspend(expert, begins=DAY + timedelta(days=7), reason="进修", by=a_scheduler())
    assert eligible(on=DAY, office=expert.office) == [expert]
    assert (expert.suspended_until, expert.suspension_reason) == (None, "进修")


def test_who_was_never_suspended_may_be_reinstated_without_harm():
    expert = actions.reinstate(an_expert(), by=a_scheduler())
    assert eligible(on=DAY, office=expert.office) == [expert]


@pytest.mark.parametrize("on", [TODAY + timedelta(days=1), date(2027, 1, 1)])
def test_art_24_a_training_to_come_is_not_noted_and_the_old_one_stands(on):
    expert = an_expert()
    with pytest.raises(TrainingInFuture):
        actions.pass_training(expert, on=on, by=a_scheduler())
    expert.refresh_from_db()
    assert expert.trained_on == date(2025, 8, 20)


SHARED = {
    "of the same city": (lambda: an_office(), False, True),
    "of a sister city, shared": (lambda: another_city(), True, True),
    "of a sister city, not shared": (lambda: another_city(), False, False),
    "of the province, shared": (lambda: a_province(), True, True),
    "of the province, not shared": (lambda: a_province(), False, False),
    "of another province, shared": (lambda: another_province(), True, False),
    "of a city of another province, shared": (lambda: another_city("WCJD", another_province()), True, False),
}


@pytest.mark.parametrize("where", SHARED)
def test_art_25_a_pool_holds_its_own_experts_and_those_shared_within_the_province(where):
    office, is_shared, belongs = SHARED[where]
    expert = an_expert(office=office(), is_shared=is_shared)
    assert (list(pool(an_office())) == [expert]) is belongs
    assert (eligible(on=DAY, office=an_office()) == [expert]) is belongs


def test_art_25_the_pool_of_the_province_holds_its_own_experts_only():
    own = an_expert(office=a_province())
    an_expert(is_shared=True)
    assert list(pool(a_province())) == [own]


def test_art_25_no_expert_stands_twice_in_a_pool():
    expert = an_expert(is_shared=True)
    assert list(pool(expert.office)) == [expert]


def test_art_25_sharing_lets_nobody_see_the_record_of_another_city():
    shared = an_expert(is_shared=True)
    stranger = a_member(Role.SCHEDULER, office=another_city())
    assert not visible_to(stranger).exists()
    with pytest.raises(PoolNotYours):
        actions.telephone_of(shared, by=stranger)


def test_art_24_an_expert_shared_by_another_city_meets_the_same_conditions():
    an_expert(office=another_city(), is_shared=True, trained_on=None)
    [out] = ineligible_with_reasons(on=DAY, office=an_office())
    assert out.reason == "未经培训合格"


def test_for_a_sitting_everything_that_speaks_against_an_expert_is_told_with_the_answer():
    an_expert(trained_on=None, in_good_health=False)
    [out] = ineligible_with_reasons(on=DAY, office=an_office(), sitting=a_sitting().pk)
    assert out.reason == "未经培训合格、身体状况不能胜任、未答复能否到场"


def test_an_answer_for_one_sitting_says_nothing_of_another():
    expert, one, other = an_expert(), a_sitting(), a_sitting()
    actions.answer(expert, one, True, by=a_scheduler())
    assert eligible(on=DAY, office=expert.office, sitting=one.pk) == [expert]
    assert eligible(on=DAY, office=expert.office, sitting=other.pk) == []


def test_two_experts_never_bear_one_number_not_even_in_two_cities():
    an_expert(number="Z7")
    with pytest.raises(NumberTaken, match="Z7"):
        actions.appoint(another_city(), told(), by=a_member(Role.SCHEDULER, office=another_city()), number=" Z7 ")


@pytest.mark.parametrize(
    ("known", "next_one"),
    [
        ([], "YXJD-Z0001"),
        (["YXJD-Z0007"], "YXJD-Z0008"),
        (["YXJD-Z0001", "YXJD-Z0003"], "YXJD-Z0004"),
        (["YXJD-Z9999"], "YXJD-Z10000"),
        (["YXJD-Zabc", "专家一号"], "YXJD-Z0001"),
        (["NHJD-Z0042"], "YXJD-Z0001"),
    ],
)
def test_the_next_number_follows_the_highest_of_the_office(known, next_one):
    for number in known:
        an_expert(number=number)
    assert actions.appoint(an_office(), told(), by=a_scheduler()).number == next_one


def test_the_number_of_a_dismissed_expert_is_not_given_again():
    first = actions.appoint(an_office(), told(), by=a_scheduler())
    actions.dismiss(first, reason="辞聘", by=a_scheduler())
    assert actions.appoint(an_office(), told(), by=a_scheduler()).number == "YXJD-Z0002"


def test_a_pool_goes_out_and_in_again_unchanged_but_for_its_numbers():
    given = [an_expert(code, number=f"Z{place}") for place, code in enumerate(("orthopaedics", "ent", "thoracic"))]
    [header, *lines] = _cells(pool_sheet(an_office(), by=a_scheduler()))
    assert header == [column.title for column in COLUMNS]
    Expert.objects.all().delete()
    rows, waiting = actions.read_sheet(an_office(), BytesIO(write_rows(lines)), by=a_scheduler())
    assert waiting is not None
    made = actions.take_in(waiting.pk, by=a_scheduler())
    kept = ("number", "name", "title_level", "hospital", "specialties", "telephone", "trained_on", "term_until")
    assert [[getattr(each, name) for name in kept] for each in made] == [
        [getattr(each, name) for name in kept] for each in given
    ]
    assert all(row.errors == [] for row in rows)


def test_what_goes_out_is_refused_as_known_when_it_comes_in_beside_itself():
    an_expert(number="Z1")
    exported = pool_sheet(an_office(), by=a_scheduler())
    rows, waiting = actions.read_sheet(an_office(), BytesIO(exported), by=a_scheduler())
    assert ([row.errors for row in rows], waiting) == ([["专家编号Z1已在专家库中"]], None)


def test_a_dismissed_expert_does_not_go_out():
    an_expert(dismissed_on=TODAY, dismissal_reason="辞聘")
    assert len(_cells(pool_sheet(an_office(), by=a_scheduler()))) == 1


def test_the_pool_of_another_city_does_not_go_out_with_ours():
    an_expert(office=another_city(), is_shared=True)
    assert len(_cells(pool_sheet(an_office(), by=a_scheduler()))) == 1


def test_a_sheet_that_waits_is_unreadable_in_the_database_and_forgotten_when_taken_in():
    _, waiting = actions.read_sheet(an_office(), a_sheet_of(2), by=a_scheduler())
    assert waiting is not None
    raw = PoolImport.objects.extra(select={"raw": "rows::text"}).values_list("raw", flat=True).get()
    assert "专家1" not in raw
    actions.take_in(waiting.pk, by=a_scheduler())
    assert PoolImport.objects.get().rows == []


@pytest.mark.parametrize("role", [*KEEPERS, *OTHERS])
def test_nobody_takes_in_what_somebody_else_has_read(role):
    _, waiting = actions.read_sheet(an_office(), a_sheet_of(1), by=a_scheduler())
    assert waiting is not None
    with pytest.raises(ImportGone):
        import_for(waiting.pk, by=a_member(role, "他人"))


def test_who_lost_the_post_meanwhile_does_not_take_in_what_they_read():
    keeper = a_member(Role.SCHEDULER, "前任")
    _, waiting = actions.read_sheet(an_office(), a_sheet_of(1), by=keeper)
    assert waiting is not None
    keeper.posts.all().delete()
    with pytest.raises(PoolNotYours):
        actions.take_in(waiting.pk, by=User.objects.get(pk=keeper.pk))
    assert not Expert.objects.exists()


def test_a_sheet_that_breaks_off_in_the_middle_leaves_nobody_and_can_be_taken_in_again(monkeypatch):
    _, waiting = actions.read_sheet(an_office(), a_sheet_of(3), by=a_scheduler())
    assert waiting is not None
    with monkeypatch.context() as broken, pytest.raises(OSError, match="gone"):
        broken.setattr("gongjian.experts.actions.imports.appoint", _fails_after(2))
        actions.take_in(waiting.pk, by=a_scheduler())
    assert (Expert.objects.count(), PoolImport.objects.get().taken_at) == (0, None)
    assert len(actions.take_in(waiting.pk, by=a_scheduler())) == 3


def test_an_import_is_one_line_in_the_ledger_beside_each_appointment():
    _, waiting = actions.read_sheet(an_office(), a_sheet_of(3), by=a_scheduler())
    assert waiting is not None
    actions.take_in(waiting.pk, by=a_scheduler())
    acts = list(LedgerEntry.objects.filter(chain="office:YXJD").order_by("sequence").values_list("act", flat=True))
    assert acts == ["expert.appointed"] * 3 + ["expert.imported"]


def test_rows_of_a_sheet_are_judged_on_the_day_on_which_it_is_read():
    sheet = write_rows([["", "甲", "主任医师", "正高", "医院", "骨科", "骨科", "", "", TODAY, date(2026, 1, 1), None]])
    assert read_rows(BytesIO(sheet), today=TODAY)[0].errors == []
    [fault] = read_rows(BytesIO(sheet), today=TODAY - timedelta(days=1))[0].errors
    assert "不能晚于今天" in fault


def _refused(number: str, by: User) -> str:
    with pytest.raises(ExpertNotFound) as caught:
        expert_for(number, by=by)
    return str(caught.value)


def _cells(sheet: bytes) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in load_workbook(BytesIO(sheet)).worksheets[0].iter_rows()]


def _fails_after(count: int) -> Any:
    """`appoint` for so many, then a disk that is gone."""
    left = iter(range(count))

    def appoint(*told_to: Any, **more: Any) -> Expert:
        if next(left, None) is None:
            raise OSError("gone")
        return actions.appoint(*told_to, **more)

    return appoint
