"""On the day of a change running cases go to the office that is competent now: whole, once, with every day running on."""

from datetime import timedelta

import pytest
from django.db import transaction

from gongjian.accounts.models import Office
from gongjian.accounts.roles import Role
from gongjian.appraisal.states import State as Appraising
from gongjian.appraisal.tests.builders import a_submitted_case
from gongjian.cases.actions.move import allowed_moves
from gongjian.cases.checks import limbo
from gongjian.cases.models import Case, Obligation
from gongjian.cases.queries import visible_to, worklist
from gongjian.cases.tests.builders import put_in_state
from gongjian.delivery.models import Delivery
from gongjian.jurisdiction.actions import changing, handover
from gongjian.jurisdiction.errors import ChangeBegun, ChangeWaits, NotOfThisBusiness, NotYourChange
from gongjian.jurisdiction.models import Change, Competence, HandedOver
from gongjian.jurisdiction.queries import competent_for, competent_office, deciding_in, rules_of, running
from gongjian.jurisdiction.rules import APPRAISAL, RECOGNITION, gaps, overlaps
from gongjian.jurisdiction.tests.builders import (
    GROUND,
    SINCE,
    a_change,
    an_administrator,
    carried_out,
    the_county,
    there,
)
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.ledger.queries import verify
from gongjian.kernel.outbox.models import Message
from gongjian.materials.models import MaterialPage
from gongjian.papers.models import Paper
from gongjian.recognition.actions import investigation
from gongjian.recognition.errors import NotTheInvestigator
from gongjian.recognition.queries import bureaus_here, investigators_of, must_investigate
from gongjian.recognition.states import State
from gongjian.recognition.tests.builders import (
    MONDAY,
    a_bureau,
    a_decided_case,
    a_proposed_case,
    an_entered_case,
    an_investigated_case,
    an_investigator,
    another_bureau,
    staff,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home_of_the_file")]
DAY = SINCE - timedelta(days=1)


def offices_of(case: Case) -> set[str]:
    """Where what is open in a case is owed."""
    return set(case.obligations.filter(fulfilled_at=None).values_list("office__code", flat=True))


def whole(case: Case) -> tuple[object, ...]:
    """What may not change on the way."""
    limits = list(case.limits.order_by("pk").values_list("limit", "start_on", "due_on", "met_on"))
    pages = list(
        MaterialPage.objects.filter(material__case=case).order_by("pk").values_list("evidence__sha256", "name")
    )
    owed = list(case.obligations.filter(fulfilled_at=None, state=case.state).values_list("kind", "due_on"))
    return case.number, case.state, case.due_on, limits, pages, owed


def killed(*told: object) -> None:
    """The process ends here."""
    raise SystemExit


def reread(case: Case) -> Case:
    return Case.objects.select_related("office").get(pk=case.pk)


def test_every_running_case_goes_over_whole_with_its_days_its_papers_and_its_tasks():
    cases = [an_entered_case(place="一"), an_investigated_case(place="二"), a_proposed_case(place="三")[0]]
    before = [whole(reread(case)) for case in cases]
    change = a_change()
    assert carried_out(days=6) == 0, "not before its day"
    assert carried_out() == 3
    for case, was in zip(cases, before, strict=True):
        now = reread(case)
        assert (now.office.code, offices_of(now), whole(now)) == ("DXRS", {"DXRS"}, was)
        entry = LedgerEntry.objects.get(chain=case.chain, act="case.handed_over")
        assert (entry.facts["from_office"], entry.facts["to_office"], entry.facts["ground"]) == ("YXRS", "DXRS", GROUND)
    assert not Obligation.objects.filter(office__code="YXRS", fulfilled_at=None, case__in=cases).exists()
    change.refresh_from_db()
    assert (HandedOver.objects.filter(stays=False).count(), change.done_at is not None) == (3, True)
    assert list(limbo()) == []
    assert verify()[1] == []


def test_the_worklist_of_the_old_office_is_empty_and_the_new_one_has_them():
    case = an_entered_case()
    a_change()
    old, new = staff(Role.WINDOW_CLERK), there(Role.WINDOW_CLERK)
    with moment.fixed(MONDAY):
        assert (len(worklist(old).rows), len(worklist(new).rows)) == (1, 0)
    carried_out()
    with moment.fixed(MONDAY + timedelta(days=7)):
        assert (len(worklist(old).rows), len(worklist(new).rows)) == (0, 1)
    assert not visible_to(old).filter(pk=case.pk).exists()
    assert "accept" in {step.act for step in allowed_moves(reread(case), by=new)}
    assert allowed_moves(reread(case), by=old) == []


def test_killed_in_the_middle_and_run_twice_none_is_lost_and_none_doubled(monkeypatch):
    cases = [an_entered_case(place=place) for place in "一二三"]
    change = a_change()
    assert carried_out(limit=1) == 1
    with monkeypatch.context() as patch:
        patch.setattr(handover, "_tell", killed)
        with pytest.raises(SystemExit), transaction.atomic():
            carried_out()
    assert [reread(case).office.code for case in cases] == ["DXRS", "YXRS", "YXRS"], "half a handover leaves nothing"
    assert offices_of(cases[1]) == {"YXRS"}
    assert (carried_out(), carried_out()) == (2, 0)
    assert [reread(case).office.code for case in cases] == ["DXRS"] * 3
    assert HandedOver.objects.filter(change=change).count() == 3
    assert Paper.objects.filter(kind="recognition_handover").count() == 3
    assert LedgerEntry.objects.filter(act="case.handed_over").count() == 3


def test_what_was_decided_before_stays_with_who_decided_it():
    decided, open_case = a_decided_case().case, an_entered_case(place="二")
    a_change()
    carried_out()
    assert (reread(decided).office.code, reread(open_case).office.code) == ("YXRS", "DXRS")
    assert "YXRS" in offices_of(decided)
    assert not HandedOver.objects.filter(case=decided).exists()


def test_a_case_that_belongs_elsewhere_is_looked_at_and_stays():
    here, county = an_entered_case(), an_entered_case(insured_region="990103", place="二")
    a_change(area="990107")
    assert carried_out() == 2
    assert {reread(here).office.code, reread(county).office.code} == {"YXRS"}
    assert not HandedOver.objects.exists()


def test_only_the_cases_of_the_county_go_when_only_the_county_changes():
    city, county = an_entered_case(), an_entered_case(insured_region="990105", place="二")
    a_change(area="990105")
    carried_out()
    assert (reread(city).office.code, reread(county).office.code) == ("YXRS", "DXRS")


def test_the_cases_of_a_named_employer_go_wherever_they_are():
    case, other = an_entered_case(), an_entered_case(place="二")
    Case.objects.filter(pk=other.pk).update(employer=None)
    a_change(area="", employer=case.employer, by=an_administrator(the_county()))
    with moment.fixed(MONDAY):
        assert competent_for(reread(case)) == a_bureau()
    assert carried_out() == 1
    assert (reread(case).office.code, reread(other).office.code) == ("DXRS", "YXRS")


def test_both_sides_are_told_by_a_paper_of_the_new_office_and_who_is_not_reached_gets_it_by_post():
    case = an_entered_case()
    a_change()
    carried_out()
    paper = Paper.objects.get(case=case, kind="recognition_handover")
    assert paper.office == the_county()
    told = set(Delivery.objects.filter(paper=paper).values_list("recipient", "office__code"))
    assert told == {("worker", "DXRS"), ("employer", "DXRS")}
    assert Message.objects.filter(chain=case.chain, template="recognition.notice").exists()
    tasks = case.obligations.filter(kind="send_notice", fulfilled_at=None)
    assert {(task.role, task.office.code) for task in tasks} == {(Role.DELIVERY_CLERK, "DXRS")}


def test_notices_that_were_not_served_yet_are_served_by_the_new_office_and_served_ones_stay():
    case = an_investigated_case()
    waiting = list(Delivery.objects.filter(case=case, served_on=None).values_list("pk", flat=True))
    assert waiting
    a_change()
    carried_out()
    assert set(Delivery.objects.filter(pk__in=waiting).values_list("office__code", flat=True)) == {"DXRS"}


def test_who_investigated_does_so_no_more_and_two_of_the_new_office_take_it_up():
    case = an_investigated_case()
    former = investigators_of(case)
    a_change()
    carried_out()
    assert investigators_of(case) == []
    held = HandedOver.objects.get(case=case).duties
    assert {(duty, user) for duty, user in held} >= {("investigator", user.pk) for user in former}
    first, second = there(Role.INVESTIGATOR, "县查甲"), there(Role.INVESTIGATOR, "县查乙")
    with moment.fixed(MONDAY + timedelta(days=7)):
        with pytest.raises(NotTheInvestigator):
            must_investigate(case, by=an_investigator())
        investigation.take_up(case, with_=[second], by=first)
    assert investigators_of(case) == [first, second]
    assert not case.obligations.filter(kind="take_up_handed_over", fulfilled_at=None).exists()
    assert case.obligations.filter(kind="investigate", fulfilled_at=None).get().office == the_county()


def test_an_appraisal_goes_before_its_sitting_is_arranged_and_is_finished_where_its_experts_are_drawn():
    moving, staying = a_submitted_case(), a_submitted_case()
    put_in_state(staying, Appraising.GROUPED)
    office = moving.office
    new = Office.objects.create(
        code="XCJD", name="新城市劳动能力鉴定委员会", short_name="新城鉴定", kind=office.kind, region="990300",
        address="新城路1号", telephone="0000-0000000",
    )  # fmt: skip
    a_change(business=APPRAISAL, office=new, by=an_administrator(office))
    carried_out()
    assert (reread(moving).office, reread(staying).office) == (new, office)
    assert HandedOver.objects.get(case=staying).stays
    assert Paper.objects.filter(kind="appraisal_handover").values_list("case", flat=True).get() == moving.pk
    assert LedgerEntry.objects.filter(chain=staying.chain, act="case.stays").exists()


def test_the_table_is_written_down_with_the_first_change_and_has_neither_gap_nor_overlap():
    assert not Competence.objects.exists()
    a_change()
    rules = rules_of(RECOGNITION)
    assert (gaps(rules), overlaps(rules)) == ([], [])
    assert competent_office(RECOGNITION, region="990101", on=DAY) == a_bureau()
    assert competent_office(RECOGNITION, region="990101", on=SINCE) == the_county()


def test_from_its_day_on_one_applies_to_the_new_office():
    a_change()
    with moment.fixed(moment.at(DAY)):
        assert a_bureau() in deciding_in(RECOGNITION, "990100")
        assert a_bureau() in bureaus_here()
    with moment.fixed(moment.at(SINCE)):
        assert list(bureaus_here()) == [the_county()]


def test_a_change_taken_back_in_time_leaves_everything_as_it_was_and_can_be_entered_again():
    case, change = an_entered_case(), a_change()
    with moment.fixed(MONDAY):
        assert (
            changing.take_back(change, by=an_administrator()),
            changing.take_back(change, by=an_administrator()),
        ) == (True, False)
    assert competent_office(RECOGNITION, region="990101", on=SINCE) == a_bureau()
    assert (carried_out(), reread(case).office) == (0, a_bureau())
    assert (gaps(rules_of(RECOGNITION)), overlaps(rules_of(RECOGNITION))) == ([], [])
    a_change()
    assert carried_out() == 1


def test_what_has_begun_is_not_taken_back_and_two_changes_of_one_scope_do_not_wait_at_once():
    change = a_change()
    with pytest.raises(ChangeWaits):
        a_change(since=SINCE + timedelta(days=5))
    with moment.fixed(moment.at(SINCE)), pytest.raises(ChangeBegun):
        changing.take_back(change, by=an_administrator())
    assert Change.objects.count() == 1


def test_only_who_administers_one_of_the_two_offices_enters_or_takes_back():
    stranger = an_administrator(another_bureau())
    for somebody in (stranger, staff(Role.SIGNER), staff(Role.WINDOW_CLERK)):
        with pytest.raises(NotYourChange):
            a_change(by=somebody)
    change = a_change()
    with pytest.raises(NotYourChange), moment.fixed(MONDAY):
        changing.take_back(change, by=stranger)
    assert not Change.objects.exclude(taken_back_at=None).exists()


def test_an_office_that_does_not_have_the_business_is_given_none():
    with pytest.raises(NotOfThisBusiness):
        a_change(office=Office.objects.get(code="YXSB") if a_bureau() else None)
    assert not Competence.objects.exists()


def test_a_handover_asks_the_database_for_the_next_case_and_not_for_all():
    an_entered_case()
    change = a_change()
    plan = running(change, after=0)[:1].explain()
    assert "Limit" in plan


def test_a_case_decided_or_withdrawn_while_the_job_waits_is_left_alone():
    case, change = an_entered_case(), a_change()
    put_in_state(case, State.WITHDRAWN)
    carried_out()
    assert reread(case).office == a_bureau()
    assert not HandedOver.objects.filter(change=change).exists()
