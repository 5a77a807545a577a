"""Who owes what, until when, on which article, in every state of a recognition that was walked to and not set down."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from gongjian.accounts.roles import Role
from gongjian.applications.actions.supplement import Item
from gongjian.cases.labels import label_of
from gongjian.cases.models import Case
from gongjian.cases.queries import open_obligations, worklist
from gongjian.delivery.actions import take_effect_due
from gongjian.kernel import moment
from gongjian.materials.tests.builders import a_pdf, a_picture
from gongjian.recognition.actions import deciding, joining, review, supplementing, suspension, track, withdrawal
from gongjian.recognition.states import OWED, State
from gongjian.recognition.tests.builders import (
    MONDAY,
    PAPERS,
    a_colleague,
    a_decided_case,
    a_proposed_case,
    a_reviewed_case,
    a_suspended_case,
    an_accepted_case,
    an_entered_case,
    an_investigated_case,
    an_investigator,
    another_bureau,
    staff,
    the_clerk,
    the_reviewer,
    the_signer,
)
from gongjian.recognition.tests.test_walk import serve_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def on_monday(act: Callable[[Case], object], make: Callable[[], Case]) -> Callable[[], Case]:
    """A case on which something was done on MONDAY."""

    def made() -> Case:
        case = make()
        with moment.fixed(MONDAY):
            act(case)
        case.refresh_from_db()
        return case

    return made


def a_delivered_case() -> Case:
    case = a_decided_case().case
    serve_all(case, at=MONDAY + timedelta(days=3))
    case.refresh_from_db()
    return case


def an_effective_case() -> Case:
    case = a_delivered_case()
    with moment.fixed(moment.at(date(2026, 10, 9))):
        take_effect_due()
    case.refresh_from_db()
    return case


ASKED = [Item("medical_diagnosis", "请补交诊断证明")]
asked = on_monday(
    lambda case: supplementing.ask_supplement(case, ASKED, by=the_clerk()), lambda: an_entered_case(papers=PAPERS[:2])
)
simple = on_monday(
    lambda case: track.take_simple(case, ground="双方无争议", with_=[a_colleague()], by=an_investigator()),
    an_accepted_case,
)
rejected = on_monday(
    lambda case: review.reject(case, ground="no_standing", explanation="系朋友。", by=the_clerk()), an_entered_case
)
transferred = on_monday(
    lambda case: review.transfer(case, to_office=another_bureau(), to_name="", reason="在东岭市参保", by=the_clerk()),
    an_entered_case,
)
withdrawn = on_monday(
    lambda case: withdrawal.receive_withdrawal(case, wish=a_picture(), name="w.png", by=the_clerk()), an_entered_case
)
terminated = on_monday(
    lambda case: suspension.terminate(case, reason="不存在劳动关系。", by=the_signer()), an_investigated_case
)


def joined() -> Case:
    """The employer's application, joined to the worker's."""
    first, second = an_accepted_case(), an_entered_case(capacity="employer", applicant_name="周若岚")
    with moment.fixed(MONDAY):
        joining.join(second, first, reason="同一次伤害。", by=the_clerk())
    second.refresh_from_db()
    return second


OWES = (
    # state, how it was reached, kind, by whom, which day, article
    ("submitted", an_entered_case, "check_papers", "window_clerk", date(2026, 3, 17), "令8 第八条"),
    ("supplement", asked, "supplement", "applicant", date(2026, 3, 17), "令8 第八条"),
    ("accepted", an_accepted_case, "start_investigation", "investigator", date(2026, 5, 1), "令8 第九条"),
    ("investigating", an_investigated_case, "investigate", "investigator", date(2026, 5, 1), "令8 第九条、第十八条"),
    ("simple", simple, "investigate", "investigator", date(2026, 3, 17), "令8 第九条、第十八条"),
    ("suspended", lambda: a_suspended_case()[0], "await_outcome", "investigator", date(2026, 4, 11), "条例 第二十条、令8 第二十条"),
    ("proposed", lambda: a_proposed_case()[0], "review_proposal", "reviewer", date(2026, 5, 1), "令8 第十八条"),
    ("reviewed", lambda: a_reviewed_case()[0], "sign_decision", "signer", date(2026, 5, 1), "令8 第十八条"),
    ("decided", lambda: a_decided_case().case, "deliver_decision", "delivery_clerk", date(2026, 3, 22), "令8 第二十二条"),
    ("rejected", rejected, "deliver_decision", "delivery_clerk", date(2026, 3, 22), "令8 第二十二条"),
    ("delivered", a_delivered_case, "await_remedies", "delivery_clerk", date(2026, 9, 7), "条例 第五十五条、令8 第二十三条"),
    ("effective", an_effective_case, "archive", "archivist", date(2026, 10, 9), "令8 第二十四条"),
    ("transferred", transferred, "archive", "archivist", date(2026, 3, 2), "令8 第二十四条"),
    ("withdrawn", withdrawn, "archive", "archivist", date(2026, 3, 2), "令8 第二十四条"),
    ("joined", joined, "archive", "archivist", date(2026, 3, 2), "令8 第二十四条"),
    ("terminated", terminated, "archive", "archivist", date(2026, 5, 1), "令8 第二十四条"),
)  # fmt: skip


def test_every_state_but_the_closed_one_stands_in_the_table():
    assert {state for state, *_ in OWES} == {state.value for state in OWED} == {*State} - {State.ARCHIVED}


@pytest.mark.parametrize(("state", "make", "kind", "who", "due", "article"), OWES, ids=[row[0] for row in OWES])
def test_each_state_owes_one_thing_by_one_desk_or_party_until_its_day(state, make, kind, who, due, article):
    case = make()
    [owed] = [row for row in open_obligations(case) if row.state == state or row.kind == kind]
    assert case.state == state
    assert (owed.kind, owed.role or owed.party, owed.due_on, owed.article) == (kind, who, due, article)
    assert (owed.office, bool(label_of(kind))) == (case.office, True)


@pytest.mark.parametrize("role", ["window_clerk", "investigator", "reviewer", "signer", "delivery_clerk"])
def test_what_is_owed_stands_on_the_list_of_its_desk_and_of_no_other(role):
    made = {
        "window_clerk": an_entered_case,
        "investigator": an_investigated_case,
        "reviewer": lambda: a_proposed_case()[0],
        "signer": lambda: a_reviewed_case()[0],
        "delivery_clerk": lambda: a_decided_case().case,
    }
    case = made[role]()
    desks = {each: [row.case for row in worklist(staff(Role(each), "新人")).rows] for each in made}
    assert {each for each, rows in desks.items() if case in rows} >= {role}
    own = next(row for row in open_obligations(case) if row.state == case.state)
    assert own.role == role


def test_a_draft_that_is_given_back_is_owed_to_the_investigators_until_the_same_day():
    case, row = a_proposed_case()
    with moment.fixed(MONDAY + timedelta(days=50)):
        deciding.give_back(case, reason="请补充考勤", by=the_reviewer())
    [owed] = open_obligations(case).filter(state="investigating")
    assert (owed.role, owed.due_on) == ("investigator", date(2026, 5, 1))
    assert row.reviews.count() == 1


def test_a_clock_that_goes_on_moves_what_is_owed_to_the_new_last_day():
    case, _ = a_suspended_case(days=10)
    with moment.fixed(MONDAY + timedelta(days=30)):
        suspension.resume(
            case, received_on=date(2026, 4, 1), document="裁决书", file=a_pdf(), name="a.pdf", by=an_investigator()
        )
    [owed] = open_obligations(case).filter(kind="investigate")
    assert owed.due_on == date(2026, 5, 21)
    assert not open_obligations(case).filter(kind="await_outcome").exists()
