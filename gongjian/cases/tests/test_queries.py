"""Who sees which case, in the list, on its page, in the search and in every count; and the worklist, page by page."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from gongjian.accounts.models import Post, User
from gongjian.accounts.queries import desks_of
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_delivery_clerk,
    a_member,
    a_province,
    a_scheduler,
    a_worker_user,
    an_administrator,
    an_employer_user,
    an_expert_user,
    an_office,
    an_outsider,
)
from gongjian.appraisal.states import INITIAL, State
from gongjian.cases.actions.move import join_case, move, open_case
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.errors import CaseNotFound, MovedMeanwhile
from gongjian.cases.models import Case, CaseParty, Obligation
from gongjian.cases.procedures import PROCEDURES, procedure_of, register
from gongjian.cases.queries import case_for, is_party, search, visible_to, worklist
from gongjian.cases.states import Procedure, Service
from gongjian.cases.tests.builders import RECEIVED, a_case
from gongjian.kernel import moment
from gongjian.parties.tests.builders import a_person, an_employer, an_id_number

pytestmark = pytest.mark.django_db


def elsewhere():
    return an_office("QT", "他市劳动能力鉴定委员会")


def named(name: str, serial: int, **fields) -> Case:
    return a_case(person=a_person(name, serial), **fields)


# L8: one authority for the list, the page, the search and the count.


def the_city() -> dict[str, Case]:
    """Three cases of three workers: two here, one elsewhere."""
    return {
        "lin": a_case(),
        "su": named("林素秋", 2, state=State.EFFECTIVE, party=an_outsider_who_is_a_party()),
        "far": named("林远方", 3, office=elsewhere(), party=an_outsider_who_is_a_party()),
    }


def an_outsider_who_is_a_party() -> User:
    return an_employer_user()


def seen_by(user: User, cases: dict[str, Case]) -> dict[str, set[str]]:
    """What somebody finds by each way there is, as names of the cases."""
    names = {case.pk: name for name, case in cases.items()}

    def opens(case: Case) -> bool:
        try:
            return case_for(case.number, by=user) == case
        except CaseNotFound:
            return False

    return {
        "list": {names[case.pk] for case in visible_to(user)},
        "page": {name for name, case in cases.items() if opens(case)},
        "by name": {names[case.pk] for case in search(user, "林")},
        "by initials": {names[case.pk] for case in search(user, "l" + "z") + search(user, "ls") + search(user, "ly")},
        "by number": {names[found.pk] for case in cases.values() for found in search(user, case.number)},
        "by identity": {
            names[found.pk] for case in cases.values() for found in search(user, case.person.id_number)
        },
    }  # fmt: skip


def everywhere(*names: str) -> dict[str, set[str]]:
    ways = ("list", "page", "by name", "by initials", "by number", "by identity")
    return {way: set(names) for way in ways}


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_l08_every_role_finds_the_cases_of_its_office_by_every_way_and_no_others(role):
    cases = the_city()
    assert seen_by(a_member(role), cases) == everywhere("lin", "su")
    assert seen_by(a_member(role, office=elsewhere()), cases) == everywhere("far")
    assert visible_to(a_member(role)).count() == 2


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_l08_who_left_a_post_or_the_house_finds_nothing(role):
    cases, left, closed = the_city(), a_member(role, "甲"), a_member(role, "乙")
    Post.objects.filter(user=left).update(ended_on=date(2026, 3, 1))
    closed.is_active = False
    assert seen_by(left, cases) == everywhere()
    assert seen_by(closed, cases) == everywhere()


def test_l08_parties_find_their_own_cases_by_every_way():
    cases = the_city()
    assert seen_by(a_worker_user(), cases) == everywhere("lin")
    assert seen_by(an_employer_user(), cases) == everywhere("su", "far")


@pytest.mark.parametrize("person", [an_outsider, an_expert_user, an_administrator])
def test_l08_strangers_experts_and_administrators_find_nothing_by_any_way(person):
    assert seen_by(person(), the_city()) == everywhere()


def test_l08_a_supervisor_of_the_province_finds_all_and_other_posts_of_the_province_none():
    cases = the_city()
    assert seen_by(a_member(Role.SUPERVISOR, office=a_province()), cases) == everywhere("lin", "su", "far")
    assert seen_by(a_member(Role.REVIEWER, office=a_province()), cases) == everywhere()


def test_l08_two_posts_find_the_cases_of_both_offices_once_each():
    cases, user = the_city(), a_clerk()
    Post.objects.create(user=user, office=elsewhere(), role=Role.ARCHIVIST)
    assert seen_by(user, cases) == everywhere("lin", "su", "far")
    assert visible_to(user).count() == 3


def test_somebody_who_takes_part_twice_sees_the_case_once():
    case, user = a_case(), a_worker_user()
    join_case(case, user, capacity="relative")
    assert list(visible_to(user)) == [case]


def test_a_hidden_case_and_no_case_are_answered_with_the_same_words():
    hidden = a_case().number
    with pytest.raises(CaseNotFound) as one:
        case_for(hidden, by=an_outsider())
    with pytest.raises(CaseNotFound) as other:
        case_for("YXJD-2026-999999", by=an_outsider())
    assert str(one.value).replace(hidden, "") == str(other.value).replace("YXJD-2026-999999", "")


@pytest.mark.parametrize(
    "number",
    [
        "",
        " ",
        "yxjd-2026-000001",
        "\x00",
        "YXJD-2026-000001\x00",
        "YXJD-2026-000001 ",
        "YXJD-2026-00000_",
        "%",
        "林知远",
    ],
)
def test_a_case_is_opened_by_its_whole_number_only(number):
    a_case()
    with pytest.raises(CaseNotFound):
        case_for(number, by=a_clerk())


def test_joining_twice_is_joining_once_and_another_capacity_is_another_part():
    case, user = a_case(), an_employer_user()
    first = join_case(case, user, capacity="employer")
    assert join_case(case, user, capacity="employer", is_applicant=True).pk == first.pk
    join_case(case, user, capacity="relative")
    assert CaseParty.objects.filter(case=case, user=user).count() == 2
    assert is_party(user, case)
    assert not is_party(an_outsider(), case)


# The search.


@pytest.mark.parametrize(
    "text",
    [
        "%",
        "_",
        "林%",
        "林_远",
        "%知远",
        "知远",
        "'",
        "林'知远",
        "' OR 1=1 --",
        '"',
        "\\",
        "林\\",
        "林知远; DROP TABLE cases_case",
        "{number}",
        "%s",
        "%(text)s",
        "林知远林知远",
        "*",
        ".*",
        "[林]",
        "林" * 10_000,
        "9" * 10_000,
        "-" * 5_000,
        "😀",
        "\u202e林",
        "99010119850312001",
        "l",
        "zy",
        "YXJD-2026-%",
        "YXJD-2026-______",
        "JD-2026",
        "OR-1",
    ],
    ids=lambda text: ascii(text[:16]),
)
def test_a_text_that_means_nothing_finds_nothing(text):
    a_case()
    assert search(a_clerk(), text) == []


@pytest.mark.parametrize("text", ["\x00", "林\x00", "YXJD-2\x00", "林知远\x00"])
def test_a_text_with_a_nul_in_it_finds_nothing(text):
    a_case()
    assert search(a_clerk(), text) == []


@pytest.mark.parametrize("text", ["", " ", "\t\n", "　"])
def test_no_text_finds_nothing(text):
    a_case()
    assert search(a_clerk(), text) == []


@pytest.mark.parametrize(
    "text",
    [
        "林",
        "林知远",
        "  林知远\n",
        "lz",
        "LZY",
        "yxjd-2026-000001",
        "YXJD-2026",
        "YXJD-2",
        an_id_number(),
        f" {an_id_number()} ",
    ],
)
def test_what_a_clerk_may_type_to_find_somebody(text):
    case = a_case()
    assert search(a_clerk(), text) == [case]


def test_signs_of_the_search_are_letters_in_a_name():
    percent, under = named("100%林", 4), named("林_远", 5)
    a_case()
    assert search(a_clerk(), "100%") == [percent]
    assert search(a_clerk(), "林_") == [under]


def test_an_identity_number_with_an_x_is_found_in_either_case():
    with_x = next(an_id_number(serial) for serial in range(1, 200) if an_id_number(serial).endswith("X"))
    case = a_case(person=a_person(serial=int(with_x[14:17])))
    assert search(a_clerk(), with_x.lower()) == search(a_clerk(), with_x) == [case]


def test_the_newest_case_comes_first_and_no_more_than_asked():
    cases = [a_case(received_at=RECEIVED + timedelta(hours=hour)) for hour in range(4)]
    assert search(a_clerk(), "林", limit=3) == cases[:0:-1]


def test_the_search_takes_two_queries_however_many_are_found(django_assert_num_queries):
    clerk = a_clerk()
    for _ in range(4):
        a_case()
    clerk.posts_held()
    with django_assert_num_queries(1):
        assert {case.person.name + case.office.code for case in search(clerk, "林")} == {"林知远YXJD"}


# The worklist.


def walk_through(user: User, size: int) -> list[int]:
    """Every row of a worklist, page by page."""
    rows, after = [], None
    for _ in range(50):
        page = worklist(user, size=size, after=after)
        rows += [row.pk for row in page.rows]
        after = page.after
        if after is None:
            break
    return rows


def two_desks() -> User:
    user = a_clerk()
    Post.objects.create(user=user, office=an_office(), role=Role.SCHEDULER)
    return user


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7, 8, 50])
def test_pages_of_any_size_hold_every_row_once_though_all_are_due_the_same_day(size):
    for _ in range(7):
        a_case()
    rows = walk_through(a_clerk(), size)
    assert rows == sorted(Obligation.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("size", [1, 2, 3, 4, 50])
def test_two_desks_are_one_list_by_day_whatever_the_size_of_a_page(size):
    user = two_desks()
    for number in range(6):
        state = State.ACCEPTED if number % 2 else State.SUBMITTED
        a_case(state=state, received_at=RECEIVED + timedelta(days=number // 2))
    owed = Obligation.objects.filter(fulfilled_at=None).order_by("due_on", "id")
    assert walk_through(user, size) == list(owed.values_list("pk", flat=True))


def test_a_full_last_page_leads_to_an_empty_one():
    for _ in range(2):
        a_case()
    first = worklist(a_clerk(), size=2)
    assert worklist(a_clerk(), size=2, after=first.after).rows == []
    assert worklist(a_clerk(), size=2, after=first.after).after is None


def test_what_is_done_or_comes_in_between_two_pages_moves_no_other_row():
    cases = [a_case() for _ in range(4)]
    first = worklist(a_clerk(), size=2)
    move(cases[0], "accept", by=a_clerk())
    late = a_case(received_at=RECEIVED + timedelta(days=1))
    rest = worklist(a_clerk(), size=5, after=first.after)
    assert [row.case_id for row in rest.rows] == [cases[2].pk, cases[3].pk, late.pk]


def test_one_kind_of_work_is_shown_alone_when_asked_for():
    case = a_case()
    owe(case, "chase", due=date(2026, 3, 5), article="令55 第十七条", role="window_clerk")
    assert [row.kind for row in worklist(a_clerk()).rows] == ["chase", "check_papers"]
    assert [row.kind for row in worklist(a_clerk(), kind="check_papers").rows] == ["check_papers"]
    assert worklist(a_clerk(), kind="nothing").rows == []


@pytest.mark.parametrize("role", list(Role))
def test_each_desk_sees_what_its_role_owes_and_nothing_else(role):
    for state in set(State) - {State.ARCHIVED}:
        a_case(state=state)
    kinds = {row.role for row in worklist(a_member(role)).rows}
    assert kinds <= {role.value}


@pytest.mark.parametrize("person", [a_worker_user, an_expert_user, an_outsider])
def test_who_has_no_desk_has_no_worklist(person):
    a_case()
    assert worklist(person()).rows == []


def test_another_office_has_its_own_worklist():
    there = a_case(office=elsewhere())
    here = a_case()
    assert [row.case_id for row in worklist(a_clerk()).rows] == [here.pk]
    assert [row.case_id for row in worklist(a_member(Role.WINDOW_CLERK, office=elsewhere())).rows] == [there.pk]


def test_a_window_that_serves_two_offices_works_on_the_cases_of_both():
    window = an_office("WIN", "政务大厅综合窗口")
    window.serves.add(an_office(), elsewhere())
    clerk = a_member(Role.WINDOW_CLERK, "陈综窗", office=window)
    cases = [a_case(), a_case(office=elsewhere())]
    assert [row.case_id for row in worklist(clerk).rows] == [case.pk for case in cases]
    assert len(desks_of(clerk)) == 3


# Opening, owing, numbering.


@pytest.mark.parametrize(
    ("received", "prefix"),
    [
        (datetime(2025, 12, 31, 15, 59, tzinfo=UTC), "YXJD-2025-"),
        (datetime(2025, 12, 31, 16, 0, tzinfo=UTC), "YXJD-2026-"),
    ],
)
def test_l21_the_year_of_a_number_is_the_year_in_shanghai(received, prefix):
    assert a_case(received_at=received).number == f"{prefix}000001"


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (datetime(2026, 3, 2, 15, 59, tzinfo=UTC), date(2026, 5, 1)),
        (datetime(2026, 3, 2, 16, 0, tzinfo=UTC), date(2026, 5, 2)),
    ],
)
def test_l21_the_limit_starts_on_the_day_of_receipt_in_shanghai(received, due):
    assert a_case(received_at=received).due_on == due


def test_l05_what_is_owed_about_two_things_is_owed_twice_and_fulfilled_apart():
    case = a_case()
    for about in ("worker", "employer"):
        owe(case, "chase", due=date(2026, 3, 5), article="x", role="delivery_clerk", about=about)
    assert fulfil(case, "chase", about="worker") == 1
    assert fulfil(case, "chase", about="worker") == 0
    assert [row.about for row in worklist(a_delivery_clerk()).rows] == ["employer"]


def test_what_was_fulfilled_can_be_owed_again():
    case = a_case()
    first = owe(case, "chase", due=date(2026, 3, 5), article="x", role="delivery_clerk")
    fulfil(case, "chase")
    again = owe(case, "chase", due=date(2026, 3, 9), article="x", role="delivery_clerk")
    assert first.pk != again.pk
    assert again.due_on == date(2026, 3, 9)


@pytest.mark.parametrize("who", [{}, {"role": "signer", "party": "worker"}])
def test_what_nobody_or_two_sides_owe_is_refused_by_the_database(who):
    case = a_case()
    with pytest.raises(IntegrityError, match="owed_by_a_role_or_a_party"), transaction.atomic():
        owe(case, "chase", due=date(2026, 3, 5), article="x", **who)


def together(*acts) -> list[object]:
    """Do several things at the same moment, each on its own connection; what came of each."""
    gate, came = threading.Barrier(len(acts)), []

    def do(act) -> None:
        gate.wait()
        try:
            came.append(act())
        except Exception as error:
            came.append(type(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


@pytest.mark.django_db(transaction=True)
def test_l05_the_same_thing_owed_by_four_hands_at_once_is_owed_once():
    case = a_case()
    told = {"due": date(2026, 3, 5), "article": "x", "role": "delivery_clerk"}
    came = together(*[lambda: owe(case, "chase", **told).pk] * 4)
    assert len(set(came)) == 1
    assert Obligation.objects.filter(kind="chase").count() == 1


@pytest.mark.django_db(transaction=True)
def test_four_clerks_who_accept_at_once_accept_once():
    case, clerk = a_case(), a_clerk()
    clerk.posts_held()
    seen = [Case.objects.get(pk=case.pk) for _ in range(4)]
    came = together(*[lambda one=one: move(one, "accept", by=clerk).state for one in seen])
    assert sorted(came, key=str) == sorted([MovedMeanwhile] * 3 + ["accepted"], key=str)
    assert case.passages.filter(act="accept").count() == 1


@pytest.mark.django_db(transaction=True)
def test_l10_cases_opened_at_once_are_numbered_without_a_gap():
    told = {"procedure": INITIAL, "office": an_office(), "person": a_person(), "employer": an_employer()}
    together(*[lambda: open_case(**told, received_at=RECEIVED, by=None).number] * 6)
    assert sorted(Case.objects.values_list("number", flat=True)) == [f"YXJD-2026-{n:06d}" for n in range(1, 7)]


def test_a_case_that_fails_to_open_gives_its_number_back():
    with pytest.raises(ValueError, match=r"Passage\.by"), transaction.atomic():
        open_case(
            procedure=INITIAL, office=an_office(), person=a_person(), employer=None, received_at=RECEIVED, by=object()
        )
    assert a_case().number == "YXJD-2026-000001"


# The procedures.


def test_a_procedure_registered_twice_is_known_once():
    register(procedure_of(INITIAL))
    assert list(PROCEDURES).count(INITIAL) == 1


def test_two_procedures_of_one_name_are_a_mistake_of_the_program():
    stranger = Procedure(
        name=INITIAL,
        title="",
        moves=(),
        labels={},
        owed={},
        closed=frozenset(),
        series="x",
        service=Service((), "", "", (), "", "", ()),
        begins=(),
        decision_limits=(),
    )
    with pytest.raises(ValueError, match="two procedures"):
        register(stranger)
    assert procedure_of(INITIAL) is not stranger


def test_a_procedure_nobody_knows_is_a_mistake_of_the_program():
    with pytest.raises(KeyError):
        procedure_of("appraisal.none")


def test_the_moves_from_a_state_are_those_that_start_there():
    table = procedure_of(INITIAL)
    assert {step.act for step in table.moves_from("reviewed")} == {"return", "conclude"}
    assert table.moves_from("archived") == ()
    assert table.move("accept", "accepted") is None


def test_a_scheduler_is_told_the_scheduler_s_work_when_a_case_is_accepted():
    move(a_case(), "accept", by=a_clerk())
    with moment.fixed(RECEIVED + timedelta(days=90)):
        assert [row.kind for row in worklist(a_scheduler()).rows] == ["book"]
