"""Staff keep away from cases in which they have an interest: declared, asked for, or known by their identity number."""

from datetime import date, timedelta

import pytest

from gongjian.accounts.administering import appoint, register_identity
from gongjian.accounts.errors import NotToAppoint
from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_member,
    a_reviewer,
    a_supervisor,
    a_worker_user,
    an_administrator,
    an_applicant,
    an_employer_user,
    an_office,
    an_outsider,
    the_signer,
)
from gongjian.appraisal.states import State
from gongjian.cases.actions.duties import take_duty
from gongjian.cases.actions.move import allowed_moves, join_case, move
from gongjian.cases.actions.obligations import owe
from gongjian.cases.actions.recusals import ask_staff_recusal, decide_staff_recusal, declare_interest, settle_for
from gongjian.cases.errors import (
    CaseNotFound,
    KeepsAway,
    NotYours,
    OwnRecusal,
    ReasonMissing,
    RecusalDecided,
    RecusalTooLate,
    RecusalWaits,
    WhoIsMeant,
)
from gongjian.cases.models import Case, CaseDuty, StaffRecusal
from gongjian.cases.owes import DECIDE_STAFF_RECUSAL, FIND_COLLEAGUE
from gongjian.cases.queries import case_for, keeps_away, open_obligations, search, visible_to, worklist
from gongjian.cases.queries.recusals import recusals_waiting
from gongjian.cases.states import Ground
from gongjian.cases.tests.builders import RECEIVED, a_case
from gongjian.kernel import moment
from gongjian.kernel.ledger.queries import entries_of
from gongjian.kernel.outbox.models import Message
from gongjian.law.errors import NotAllowed
from gongjian.parties.tests.builders import a_person

pytestmark = pytest.mark.django_db
KIN = "我与被鉴定人是堂兄弟"


@pytest.fixture(autouse=True)
def monday():
    with moment.fixed(RECEIVED + timedelta(hours=1)):
        yield


def a_second_clerk() -> User:
    return a_member(Role.WINDOW_CLERK, "陈二窗")


def declared(case: Case, by: User | None = None) -> StaffRecusal:
    return declare_interest(case, ground=Ground.KIN, facts=KIN, by=by or a_clerk())


def asked(case: Case, *, duty: str = "", by: User | None = None) -> StaffRecusal:
    return ask_staff_recusal(
        case, ground=Ground.TIED, facts="审查的人是单位老板的亲戚", duty=duty, by=by or a_worker_user()
    )


def owed_kinds(case: Case) -> list[tuple[str, str]]:
    return [(row.kind, row.role) for row in open_obligations(case)]


def test_art_28_who_declares_an_interest_neither_sees_nor_acts_from_then_on():
    case, clerk = a_case(), a_clerk()
    a_second_clerk()
    declared(case)
    assert not visible_to(clerk).exists()
    assert search(clerk, "林知远") == []
    assert worklist(clerk).rows == []
    assert allowed_moves(case, by=clerk) == []
    with pytest.raises(CaseNotFound):
        case_for(case.number, by=clerk)
    with pytest.raises(KeepsAway):
        move(case, "accept", by=clerk)
    with pytest.raises(KeepsAway):
        take_duty(case, CaseDuty.Duty.ACCEPTOR, by=clerk)


def test_what_they_owed_stays_with_the_others_of_the_role():
    case, other = a_case(), a_second_clerk()
    declared(case)
    assert [row.case_id for row in worklist(other).rows] == [case.pk]
    assert owed_kinds(case) == [("check_papers", "window_clerk")]
    assert move(case, "accept", by=other).state == "accepted"


def test_where_nobody_of_the_role_is_left_the_administrator_owes_to_find_somebody():
    case, clerk = a_case(), a_clerk()
    declared(case)
    assert keeps_away(clerk, case)
    assert (FIND_COLLEAGUE, "administrator") in owed_kinds(case)
    newcomer = a_second_clerk()
    assert settle_for(Role.WINDOW_CLERK, an_office().pk) == 1
    assert owed_kinds(case) == [("check_papers", "window_clerk")]
    assert move(case, "accept", by=newcomer).state == "accepted"


def test_an_administrator_appoints_a_colleague_and_nobody_is_in_limbo():
    case, boss, reviewer = a_case(), an_administrator(), a_reviewer()
    declared(case)
    post = appoint(reviewer, Role.WINDOW_CLERK, by=boss)
    assert appoint(reviewer, Role.WINDOW_CLERK, by=boss) == post
    assert settle_for(Role.WINDOW_CLERK, post.office_id) == 1
    fresh = User.objects.get(pk=reviewer.pk)
    assert [row.case_id for row in worklist(fresh).rows] == [case.pk]
    for role in (Role.SUPERVISOR, Role.ADMINISTRATOR):
        with pytest.raises(NotToAppoint):
            appoint(reviewer, role, by=boss)


def test_a_step_into_a_role_in_which_everybody_keeps_away_is_the_administrators_too():
    case = a_case(state=State.OPINED)
    declared(case, by=a_reviewer())
    the_signer()
    assert (FIND_COLLEAGUE, "administrator") in owed_kinds(case)


def test_an_obligation_that_comes_up_later_in_a_role_without_anybody_left_is_the_administrators():
    case = a_case(state=State.ACCEPTED)
    declared(case)
    assert FIND_COLLEAGUE not in {kind for kind, _ in owed_kinds(case)}
    owe(case, "reach_party", due=date(2026, 3, 20), article="令55 第十七条", role=Role.WINDOW_CLERK)
    assert (FIND_COLLEAGUE, "administrator") in owed_kinds(case)


@pytest.mark.parametrize("person", [a_worker_user, an_outsider, an_administrator])
def test_only_staff_of_the_case_declare(person):
    case = a_case()
    with pytest.raises(NotYours):
        declared(case, by=person())


def test_a_declaration_sent_twice_is_one():
    case = a_case()
    declared(case)
    with pytest.raises(NotYours):
        declared(case)
    assert StaffRecusal.objects.count() == 1


def test_a_declaration_without_words_is_refused():
    case = a_case()
    with pytest.raises(ReasonMissing):
        declare_interest(case, ground=Ground.KIN, facts="  ", by=a_clerk())


def test_while_a_request_waits_who_is_meant_does_nothing_and_sees_on():
    case, clerk = a_case(), a_clerk()
    take_duty(case, CaseDuty.Duty.ACCEPTOR, by=clerk)
    row = asked(case, duty="acceptor")
    assert row.user_id == clerk.pk
    assert allowed_moves(case, by=clerk) == []
    assert visible_to(clerk).filter(pk=case.pk).exists()
    with pytest.raises(RecusalWaits):
        move(case, "accept", by=clerk)


def test_while_any_request_waits_nothing_is_concluded():
    case, signer = a_case(state=State.REVIEWED), the_signer()
    assert "conclude" in {step.act for step in allowed_moves(case, by=signer)}
    row = asked(case)
    assert "conclude" not in {step.act for step in allowed_moves(case, by=signer)}
    with pytest.raises(RecusalWaits):
        move(case, "conclude", by=signer)
    decide_staff_recusal(row, user=None, answer="经核实没有亲属关系。", by=an_administrator())
    assert move(case, "conclude", by=signer).state == "concluded"


def test_the_administrator_owes_the_decision_within_the_limit_and_the_party_is_told():
    case, boss = a_case(), an_administrator()
    row = asked(case)
    owed = open_obligations(case).get(kind=DECIDE_STAFF_RECUSAL)
    assert (owed.role, owed.due_on) == ("administrator", date(2026, 3, 9))
    assert list(recusals_waiting(boss)) == [row]
    clerk = a_clerk()
    a_second_clerk()
    decided = decide_staff_recusal(row, user=clerk, answer="确有亲属关系。", by=boss)
    assert (decided.decision, decided.user_id, decided.decided_by_id) == ("granted", clerk.pk, boss.pk)
    assert keeps_away(clerk, case)
    assert not open_obligations(case).filter(kind=DECIDE_STAFF_RECUSAL).exists()
    assert Message.objects.filter(user=a_worker_user(), template="cases.staff_recusal_decided").count() == 1
    acts = [entry.act for entry in entries_of(case.chain)]
    assert acts[-2:] == ["staff.recusal_asked", "staff.recusal_decided"]
    assert "亲" not in str([entry.facts for entry in entries_of(case.chain)])


def test_a_refused_request_keeps_nobody_away():
    case, clerk = a_case(), a_clerk()
    decide_staff_recusal(asked(case), user=None, answer="没有关系。", by=a_supervisor())
    assert not keeps_away(clerk, case)
    assert move(case, "accept", by=clerk).state == "accepted"


@pytest.mark.parametrize("person", [a_clerk, the_signer, an_outsider, a_worker_user])
def test_who_may_not_decide_does_not(person):
    row = asked(a_case())
    with pytest.raises(NotAllowed):
        decide_staff_recusal(row, user=None, answer="x", by=person())


def test_nobody_decides_about_oneself():
    case, boss = a_case(), a_supervisor()
    row = asked(case)
    with pytest.raises(OwnRecusal):
        decide_staff_recusal(row, user=boss, answer="x", by=boss)
    StaffRecusal.objects.filter(pk=row.pk).update(user=boss)
    assert not recusals_waiting(boss).exists()
    row.refresh_from_db()
    with pytest.raises(OwnRecusal):
        decide_staff_recusal(row, user=None, answer="x", by=boss)


def test_a_request_is_decided_once_with_reasons_and_about_staff_of_the_case():
    case, boss = a_case(), an_administrator()
    row = asked(case)
    with pytest.raises(ReasonMissing):
        decide_staff_recusal(row, user=None, answer=" ", by=boss)
    stranger = a_member(Role.WINDOW_CLERK, office=an_office("QT", "他市劳动能力鉴定委员会"))
    with pytest.raises(WhoIsMeant):
        decide_staff_recusal(row, user=stranger, answer="x", by=boss)
    decide_staff_recusal(row, user=None, answer="没有关系。", by=boss)
    with pytest.raises(RecusalDecided):
        decide_staff_recusal(row, user=None, answer="没有关系。", by=boss)


@pytest.mark.parametrize("state", [State.CONCLUDED, State.DELIVERED, State.EFFECTIVE, State.WITHDRAWN])
def test_once_it_is_decided_nobody_is_asked_to_keep_away_any_more(state):
    case = a_case(state=state)
    with pytest.raises(RecusalTooLate):
        asked(case)


def test_a_request_sent_twice_is_one_and_only_parties_ask():
    case = a_case()
    assert asked(case) == asked(case)
    for person in (an_outsider, a_clerk, an_employer_user):
        with pytest.raises(NotYours):
            asked(case, by=person())


def test_who_is_the_person_never_sees_or_acts_in_the_own_case():
    case, clerk = a_case(), a_clerk()
    register_identity(clerk, case.person.id_number, by=an_administrator())
    fresh = User.objects.get(pk=clerk.pk)
    assert not visible_to(fresh).exists()
    assert worklist(fresh).rows == []
    with pytest.raises(KeepsAway):
        move(case, "accept", by=fresh)
    assert case.person.id_number not in fresh.id_index


def test_who_is_a_party_under_an_account_of_their_own_keeps_away_too():
    case, clerk = a_case(), a_clerk()
    relative = an_applicant("19900000077", "林同")
    kin = a_person("林同", 77)
    kin.user = relative
    kin.save()
    join_case(case, relative, capacity="relative")
    register_identity(clerk, kin.id_number, by=an_administrator())
    assert keeps_away(User.objects.get(pk=clerk.pk), case)
    other = a_case(person=a_person("沙禾", 5), party=an_applicant("19900000005", "沙禾"))
    assert list(visible_to(User.objects.get(pk=clerk.pk))) == [other]


def test_the_case_of_the_only_clerk_is_the_administrators_to_hand_on():
    clerk, person = a_clerk(), a_person()
    register_identity(clerk, person.id_number, by=an_administrator())
    case = a_case(person=person)
    assert (FIND_COLLEAGUE, "administrator") in owed_kinds(case)
