"""The green channel: an accident without an application, its victims, what they share, and who stands first."""

from datetime import timedelta

import pytest
from django.db import transaction

from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_member, a_worker_user, an_applicant, an_outsider
from gongjian.applications.people import claim_cases
from gongjian.cases.actions.move import join_case
from gongjian.cases.actions.obligations import put_first
from gongjian.cases.errors import ReasonMissing
from gongjian.cases.models import URGENT, Case
from gongjian.cases.queries import open_obligations, worklist
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.materials.access import may_see
from gongjian.recognition.actions import accident, evidence, joining, suspension, withdrawal
from gongjian.recognition.errors import (
    AccidentNotFound,
    NobodyApplied,
    NotTheInvestigator,
    SharedEvidenceUnknown,
    TooManyVictims,
    VictimElsewhere,
    VictimHasCase,
    VictimListed,
    VictimListUnreadable,
    VictimNotFound,
    VictimOfAnotherAccident,
    WindowOnly,
)
from gongjian.recognition.models import Accident, SharedEvidence, Victim
from gongjian.recognition.queries import application_of, missing_papers
from gongjian.recognition.queries.accident import (
    Operation,
    accident_for,
    accident_of,
    accidents_page,
    accidents_seen_by,
    how_many_stand,
    how_many_wait,
    may_be_shared,
    shared_of,
    victim_for,
    victims_page,
    waiting_for,
)
from gongjian.recognition.queries.application import in_time
from gongjian.recognition.queries.joining import alike, papers_in_file, voices_of
from gongjian.recognition.queries.records import interviews_of, sites_of
from gongjian.recognition.states import State
from gongjian.recognition.tests.accidents import (
    a_begun_accident,
    a_table,
    a_victim,
    about,
    an_accident,
    an_opened_accident,
    done_for_all,
)
from gongjian.recognition.tests.builders import (
    MONDAY,
    a_bureau,
    a_kept_interview,
    a_paper,
    an_accepted_case,
    an_entered_case,
    an_investigator,
    another_bureau,
    the_clerk,
    the_signer,
)
from gongjian.recognition.tests.test_at_once import another
from gongjian.recognition.tests.test_papers import says, the_paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture(autouse=True)
def on_monday():
    with moment.fixed(MONDAY):
        yield


def the_first(row: Accident) -> Victim:
    """The first on the list, with the case."""
    return row.victims.select_related("accident__office__parent", "accident__employer", "case").order_by("row")[0]


def case_of(row: Accident, place: int = 1) -> Case:
    """The case of who stands at this place of the list."""
    return Case.objects.select_related("office", "person", "employer").get(victim__accident=row, victim__row=place)


# Registering, and the list.


def test_circular_104_an_accident_is_taken_up_by_the_bureau_itself_on_its_ground():
    row = an_accident(0)
    entry = LedgerEntry.objects.get(chain=row.chain, act="accident.registered")
    assert (row.ground, row.employer.name, str(row)) == ("major", "云溪恒信机械有限公司", row.title)
    assert "坍塌" not in str(entry.facts)


@pytest.mark.parametrize(
    "who", [an_investigator, the_signer, an_outsider, lambda: a_member(Role.WINDOW_CLERK, office=another_bureau())]
)
def test_only_the_window_of_this_bureau_registers_lists_and_sets_aside(who):
    row, by = an_accident(1), who()
    acts = (
        lambda: accident.register(a_bureau(), about(), by=by),
        lambda: accident.list_victims(row, a_table(a_victim(9)), by=by),
        lambda: accident.add_victim(row, a_victim(9), by=by),
        lambda: accident.set_aside(the_first(row), why="不是", by=by),
    )
    for act in acts:
        with pytest.raises(WindowOnly):
            act()
    assert (Accident.objects.count(), Victim.objects.count()) == (1, 1)


def test_good_rows_are_kept_and_bad_ones_told_by_row_and_column():
    row = an_accident(0)
    bad = a_victim(2, telephone="12", diagnosed_on="2026-02-31", died_on="")
    read = accident.list_victims(row, a_table(a_victim(1), bad, a_victim(3)), by=the_clerk())
    assert [(fault.row, fault.title) for fault in read.faults] == [(3, "手机号"), (3, "诊断日期")]
    assert [one.told["name"] for one in row.victims.order_by("row")] == [a_victim(1)["name"], a_victim(3)["name"]]


def test_the_same_table_again_after_mending_keeps_nobody_twice():
    row = an_accident(2)
    read = accident.list_victims(row, a_table(a_victim(1), a_victim(2), a_victim(3)), by=the_clerk())
    assert (len(read.good), read.repeated, row.victims.count()) == (3, 2, 3)
    with pytest.raises(VictimListed):
        accident.add_victim(row, a_victim(3), by=the_clerk())


def test_a_file_that_is_no_table_and_one_without_our_titles_are_refused_whole():
    row = an_accident(0)
    for file in (a_table(a_victim(1), titles=False), type(a_table())(b"no table")):
        with pytest.raises(VictimListUnreadable):
            accident.list_victims(row, file, by=the_clerk())
    assert not row.victims.exists()


def test_an_accident_has_a_thousand_victims_at_most(monkeypatch):
    monkeypatch.setattr(accident, "MOST_VICTIMS", 2)
    row = an_accident(2)
    with pytest.raises(TooManyVictims):
        accident.add_victim(row, a_victim(3), by=the_clerk())
    assert row.victims.count() == 2


def test_who_is_no_victim_is_set_aside_with_a_reason_and_may_be_listed_again():
    row = an_accident(1)
    with pytest.raises(ReasonMissing):
        accident.set_aside(the_first(row), why=" ", by=the_clerk())
    accident.set_aside(the_first(row), why="不在事故现场。", by=the_clerk())
    assert not waiting_for(row, Operation.OPEN).exists()
    accident.add_victim(row, a_victim(1), by=the_clerk())
    assert [one.row for one in waiting_for(row, Operation.OPEN)] == [2]


def test_who_has_a_case_is_not_set_aside():
    with pytest.raises(VictimHasCase):
        accident.set_aside(the_first(an_opened_accident(1)), why="不是", by=the_clerk())


def test_the_database_keeps_the_list_as_it_was_told():
    row = an_accident(2)
    one, two = row.victims.order_by("row")
    for change in (
        lambda: Victim.objects.filter(pk=one.pk).update(told={}),
        lambda: Victim.objects.filter(pk=one.pk).delete(),
        lambda: Victim.objects.filter(pk=two.pk).update(row=1),
        lambda: Accident.objects.filter(pk=row.pk).update(title="另一事故"),
        lambda: Victim.objects.create(accident=row, row=9, id_index=one.id_index, told={}),
    ):
        with (
            pytest.raises(Exception, match=r"(?i)cannot|unedited|append|unique|changed|duplicate"),
            transaction.atomic(),
        ):
            change()
    assert row.victims.count() == 2


# Opening.


def test_circular_104_a_case_is_opened_and_accepted_without_an_application():
    row = an_opened_accident(1)
    case = case_of(row)
    told = application_of(case)
    assert (case.state, told.applicant_kind, told.accepted_on) == (State.ACCEPTED, "office", MONDAY.date())
    assert missing_papers(case) == []
    assert case.due_on == (MONDAY + timedelta(days=60)).date()


def test_order_8_art_8_worker_and_employer_are_told_that_the_office_has_started_by_itself():
    case = case_of(an_opened_accident(1))
    text = the_paper(case, "recognition_acceptance")
    says(text, "本机关依职权", "职工和用人单位不需要另行提出申请", case.person.name, case.number)
    with moment.fixed(MONDAY):
        assert {row.recipient for row in case.deliveries.all()} <= {"worker", "employer"}


def test_order_8_art_17_the_employer_is_asked_to_prove_though_nobody_applied():
    row = a_begun_accident(1)
    evidence.send_notice(case_of(row), by=an_investigator())
    text = the_paper(case_of(row), "evidence_notice")
    says(text, "本机关依职权对", "启动工伤认定")
    assert "提出工伤认定申请" not in text


def test_an_accident_of_long_ago_is_not_late_when_the_office_starts_by_itself():
    row = an_accident(1, happened_on=(MONDAY - timedelta(days=500)).date())
    case = accident.open_victim(the_first(row), by=the_clerk())
    assert (case.state, in_time(case)) == (State.ACCEPTED, True)


def test_who_works_for_another_employer_is_the_case_of_that_employer():
    row = an_accident(0)
    accident.add_victim(row, a_victim(1, employer="云溪安捷劳务有限公司"), by=the_clerk())
    assert accident.open_victim(the_first(row), by=the_clerk()).employer.name == "云溪安捷劳务有限公司"


def test_who_has_died_is_reached_through_the_relative():
    row = an_accident(0)
    dead = a_victim(1, died_on="2026-02-28", relative="赵敏", harm="死亡")
    accident.add_victim(row, dead, by=the_clerk())
    told = application_of(accident.open_victim(the_first(row), by=the_clerk()))
    assert (told.delivery_name, told.applicant_name, str(told.died_on)) == ("赵敏", "赵敏", "2026-02-28")


def test_whose_name_does_not_fit_the_number_waits_at_the_window_and_holds_nobody_up():
    an_entered_case(
        name="旧名",
        applicant_name="旧名",
        id_number=a_victim(1)["id_number"],
        injured_on="2025-01-02",
        late_reason="住院",
    )
    row = an_opened_accident(2)
    case, other = case_of(row), case_of(row, 2)
    assert (case.state, case.person.provisional) == (State.SUBMITTED, True)
    assert other.state == State.ACCEPTED


def test_what_a_victim_applied_for_before_is_taken_as_it_is_and_put_first():
    mine = an_accepted_case(id_number=a_victim(1)["id_number"], name=a_victim(1)["name"], injured_on="2026-02-27")
    row = an_opened_accident(2)
    victim = the_first(row)
    mine.refresh_from_db()
    assert (victim.case, victim.adopted, mine.priority) == (mine, True, URGENT)
    assert [one.row for one in waiting_for(row, Operation.BEGIN)] == [2]


def test_regulation_art_17_who_takes_the_own_application_back_is_still_opened_by_the_office():
    told = {"id_number": a_victim(1)["id_number"], "name": a_victim(1)["name"], "applicant_name": a_victim(1)["name"]}
    mine = an_accepted_case(injured_on="2026-02-27", **told)
    join_case(mine, a_worker_user(), capacity="worker", is_applicant=True)
    row = an_opened_accident(1)
    mine.refresh_from_db()
    withdrawal.withdraw(mine, by=a_worker_user())
    done_for_all(row, Operation.OPEN, {}, by=the_clerk())
    victim = the_first(row)
    assert (victim.adopted, victim.case.state) == (False, State.ACCEPTED)
    assert victim.case != mine


def test_what_another_bureau_has_is_not_opened_here_a_second_time():
    told = {"id_number": a_victim(1)["id_number"], "name": a_victim(1)["name"], "injured_on": "2026-02-27"}
    Case.objects.filter(pk=an_accepted_case(**told).pk).update(office=another_bureau())
    row = an_accident(1)
    with pytest.raises(VictimElsewhere, match="东岭"):
        accident.open_victim(the_first(row), by=the_clerk())


def test_regulation_art_17_a_victim_may_still_apply_in_the_own_name_and_is_joined():
    row = an_opened_accident(1)
    case = case_of(row)
    own = an_entered_case(
        name=case.person.name,
        applicant_name=case.person.name,
        id_number=a_victim(1)["id_number"],
        injured_on="2026-02-27",
        place="一号厂房",
    )
    assert [like.case for like in alike(own)] == [case]
    joined = joining.join(own, case, reason="同一次事故。", by=the_clerk())
    assert (joined.case, [voice.case for voice in voices_of(case)]) == (case, [own])


def test_a_victim_finds_the_case_that_the_office_has_opened():
    row, told = an_opened_accident(1), a_victim(1)
    user = an_applicant(told["telephone"], told["name"])
    found = claim_cases(name=told["name"], id_type="resident_id", id_number=told["id_number"], by=user)
    assert found == [case_of(row)]
    assert not case_of(row).parties.get(user=user).is_applicant


def test_nobody_takes_back_what_nobody_applied_for_and_the_signer_may_end_it():
    row = a_begun_accident(2)
    case = case_of(row)
    join_case(case, a_worker_user(), capacity="worker")
    with pytest.raises(NobodyApplied):
        withdrawal.withdraw(case, by=a_worker_user())
    suspension.terminate(case, reason="核实后不是本次事故的伤亡人员。", by=the_signer())
    case.refresh_from_db()
    assert case.state == State.TERMINATED
    assert [one.row for one in waiting_for(row, Operation.PROPOSE)] == [2]


# First on every list.


def test_circular_104_the_green_channel_stands_first_on_the_worklist_whenever_it_is_due():
    earlier = an_accepted_case(injured_on="2025-12-01", at=MONDAY - timedelta(days=3))
    row = an_opened_accident(1)
    found = worklist(an_investigator()).rows
    assert [task.case for task in found] == [case_of(row), earlier]
    rest = worklist(an_investigator(), size=1)
    assert [task.case for task in worklist(an_investigator(), size=1, after=rest.after).rows] == [earlier]


def test_what_is_owed_later_in_an_urgent_case_is_urgent_and_putting_first_twice_changes_nothing():
    case = an_accepted_case()
    put_first(case)
    put_first(case)
    review_row = open_obligations(case)
    assert {task.priority for task in review_row} == {URGENT}
    started = case_of(a_begun_accident(1))
    assert {task.priority for task in open_obligations(started)} == {URGENT}


@pytest.mark.parametrize("count", [1, 4])
def test_the_worklist_asks_as_much_for_many_in_the_green_channel_as_for_one(count, django_assert_num_queries):
    an_opened_accident(count)
    who = an_investigator()
    with django_assert_num_queries(3):
        assert [task.priority for task in worklist(who).rows] == [URGENT] * count


def test_the_same_accident_registered_twice_makes_no_second_case():
    row, twice = an_opened_accident(1), an_accident(1, title="同一次事故，登记了两遍")
    with pytest.raises(VictimOfAnotherAccident, match=case_of(row).number):
        accident.open_victim(the_first(twice), by=the_clerk())
    assert Case.objects.count() == 1


# Shared evidence.


def test_what_is_gathered_once_stands_in_each_victims_file():
    row = a_begun_accident(3)
    third = case_of(row, 3)
    assert [site.case for site in sites_of(third)] == [case_of(row)]
    assert [each.site.case for each in shared_of(row)] == [case_of(row)]
    assert accident_of(third) == row


def test_a_signed_interview_and_an_open_paper_are_shared_and_health_and_unsigned_talk_are_not():
    row = a_begun_accident(2)
    first, second = case_of(row), case_of(row, 2)
    signed, unsigned = a_kept_interview(first, signed=True), a_kept_interview(first)
    paper, medical = (
        a_paper(first, "labour_relation", by=an_investigator()),
        a_paper(first, "medical_diagnosis", by=an_investigator()),
    )
    for kind, thing in (("interview", signed), ("material", paper)):
        assert accident.share(row, kind, thing.pk, by=an_investigator()).kind == kind
        assert accident.share(row, kind, thing.pk, by=an_investigator()).kind == kind
    for kind, pk in (("interview", unsigned.pk), ("material", medical.pk), ("material", 0), ("nonsense", 1)):
        with pytest.raises(SharedEvidenceUnknown):
            accident.share(row, kind, pk, by=an_investigator())
    assert (list(interviews_of(second)), [each.pk for each in papers_in_file(second)]) == ([signed], [paper.pk])
    assert may_see(an_investigator(), paper)
    assert may_be_shared(row, by=an_investigator()) == {"material": [], "interview": [], "site": []}
    assert SharedEvidence.objects.filter(accident=row).count() == 3


def test_a_shared_paper_is_read_by_the_staff_of_each_victims_case_and_by_no_stranger():
    row = a_begun_accident(2)
    paper = a_paper(case_of(row), "labour_relation", by=an_investigator())
    accident.share(row, "material", paper.pk, by=an_investigator())
    assert may_see(the_signer(), paper)
    assert not may_see(a_member(Role.SIGNER, office=another_bureau()), paper)
    assert not may_see(an_outsider(), paper)


def test_order_8_art_9_only_who_investigates_the_case_shares_what_is_in_it():
    row = a_begun_accident(2)
    talk = a_kept_interview(case_of(row), signed=True)
    for stranger in (another(Role.INVESTIGATOR), the_clerk(), the_signer()):
        with pytest.raises(NotTheInvestigator):
            accident.share(row, "interview", talk.pk, by=stranger)
    assert not SharedEvidence.objects.filter(kind="interview").exists()


# Reading.


def test_an_accident_is_seen_by_the_staff_of_its_bureau_alone():
    row = an_accident(1)
    for user in (the_clerk(), an_investigator(), the_signer()):
        assert accident_for(row.pk, by=user) == row
    for stranger in (a_member(Role.WINDOW_CLERK, office=another_bureau()), an_outsider(), a_worker_user()):
        assert not accidents_seen_by(stranger).exists()
        with pytest.raises(AccidentNotFound):
            accident_for(row.pk, by=stranger)
    with pytest.raises(VictimNotFound):
        victim_for(row, 0)


def test_the_list_of_accidents_and_of_victims_asks_as_much_for_many_as_for_one(django_assert_num_queries):
    row = an_opened_accident(3)
    clerk = the_clerk()
    list(clerk.posts_held())
    with django_assert_num_queries(1):
        assert [line.state for line in victims_page(row, by=clerk)] == ["已受理，待调查"] * 3
    assert accidents_page(clerk) == ([(row, 3)], 0)
    assert accidents_page(clerk, before=row.pk) == ([], 0)
    assert victims_page(row, by=clerk, after=2)[0].victim.row == 3


def test_how_many_stand_where_and_wait_for_what():
    row = an_opened_accident(2)
    accident.add_victim(row, a_victim(7), by=the_clerk())
    assert how_many_stand(row) == [("尚未立案", 1), ("已受理，待调查", 2)]
    assert {each.value: count for each, count in how_many_wait(row, by=the_clerk()).items() if count} == {
        "open": 1,
        "begin": 2,
    }
