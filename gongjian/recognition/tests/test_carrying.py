"""An application goes to the competent office of this installation: nothing is asked twice, nothing is lost on the way."""

from datetime import date, timedelta

import pytest

from gongjian.accounts.models import Office
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import REACHED, a_member, a_worker_user
from gongjian.cases.actions.move import join_case
from gongjian.cases.errors import MoveNotAllowed
from gongjian.cases.models import Case, CaseLimit
from gongjian.cases.queries import visible_to
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.outbox.models import Message
from gongjian.materials.queries import materials_of
from gongjian.recognition.actions import carrying, review
from gongjian.recognition.errors import TransferredBack
from gongjian.recognition.models import Transfer
from gongjian.recognition.queries import application_of, missing_papers
from gongjian.recognition.states import State
from gongjian.recognition.tests.builders import MONDAY, a_bureau, an_entered_case, another_bureau, the_clerk
from gongjian.recognition.tests.test_walk import owed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
FRIDAY = MONDAY + timedelta(days=4)


def transferred(case: Case, to: Office | None = None, *, name: str = "", by=None) -> Transfer:
    with moment.fixed(FRIDAY):
        return review.transfer(case, to_office=to, to_name=name, reason="在东岭市参保", by=by or the_clerk())


def the_other_clerk():
    return a_member(Role.WINDOW_CLERK, "东窗", office=another_bureau())


def test_regulation_art_17_the_competent_office_goes_on_with_a_case_of_its_own():
    case = an_entered_case()
    row = transferred(case, another_bureau())
    new = row.to_case
    assert (new.number, new.office.code, new.state) == ("DLRS-2026-000001", "DLRS", State.SUBMITTED)
    assert owed(new) == {"check_papers"}
    case.refresh_from_db()
    assert case.state == State.TRANSFERRED


def test_order_8_art_04_the_day_on_which_it_first_came_goes_along_and_our_days_run_anew():
    new = transferred(an_entered_case(), another_bureau()).to_case
    assert new.received_at == MONDAY.replace(hour=9, minute=30)
    assert CaseLimit.objects.get(case=new, limit="WI-REVIEW").due_on == FRIDAY.date() + timedelta(days=15)


def test_everything_told_and_handed_in_is_there_and_nothing_is_missing():
    case = an_entered_case()
    new = transferred(case, another_bureau()).to_case
    before, after = application_of(case), application_of(new)
    for name in ("applicant_name", "injured_on", "cause", "harm", "diagnosis", "delivery_address", "explained"):
        assert getattr(before, name) == getattr(after, name)
    assert missing_papers(new) == []
    assert (after.accepted_on, after.receipt) == (None, None)
    files = [[page.evidence.sha256 for row in materials_of(each) for page in row.pages.all()] for each in (case, new)]
    assert files[0] == files[1] != []


def test_the_new_office_accepts_without_a_question():
    new = transferred(an_entered_case(), another_bureau()).to_case
    with moment.fixed(FRIDAY):
        review.accept(new, by=the_other_clerk())
    new.refresh_from_db()
    assert new.state == State.ACCEPTED


def test_the_parties_come_along_and_the_applicant_is_told_once_with_the_new_number():
    case = an_entered_case()
    worker = a_worker_user()
    join_case(case, worker, capacity="worker", is_applicant=True)
    new = transferred(case, another_bureau()).to_case
    assert new in visible_to(worker)
    told = Message.objects.filter(user=worker)
    assert told.count() == 1
    assert told.get().chain == case.chain


def test_elsewhere_only_the_paper_goes():
    row = transferred(an_entered_case(), name="远山市人力资源和社会保障局")
    assert row.to_case is None
    assert Case.objects.count() == 1


def test_offices_that_disagree_do_not_send_a_person_back():
    new = transferred(an_entered_case(), another_bureau()).to_case
    with pytest.raises(TransferredBack):
        transferred(new, a_bureau(), by=the_other_clerk())
    third, _ = Office.objects.get_or_create(
        code="YSRS",
        defaults={
            "name": "远山市人力资源和社会保障局",
            "short_name": "远山",
            "kind": "hrss",
            "region": "990300",
            **REACHED,
        },
    )
    onward = transferred(new, third, by=the_other_clerk()).to_case
    with pytest.raises(TransferredBack):
        transferred(onward, a_bureau(), by=a_member(Role.WINDOW_CLERK, "山窗", office=third))


def test_a_transfer_twice_is_one():
    case = an_entered_case()
    transferred(case, another_bureau())
    with pytest.raises(MoveNotAllowed):
        transferred(case, another_bureau())
    assert Case.objects.count() == 2


def test_a_transfer_that_dies_on_the_way_has_not_begun(monkeypatch):
    case = an_entered_case()
    entries = LedgerEntry.objects.count()

    def dies(*_):
        raise RuntimeError

    with monkeypatch.context() as patched, pytest.raises(RuntimeError):
        patched.setattr(carrying, "_handed_over", dies)
        transferred(case, another_bureau())
    case.refresh_from_db()
    assert (case.state, Case.objects.count(), LedgerEntry.objects.count()) == (State.SUBMITTED, 1, entries)
    assert transferred(case, another_bureau()).to_case.number == "DLRS-2026-000001"


def test_both_ledgers_name_the_other_case():
    case = an_entered_case()
    new = transferred(case, another_bureau()).to_case
    there = LedgerEntry.objects.get(chain=new.chain, act="recognition.carried_over")
    here = LedgerEntry.objects.get(chain=case.chain, act="recognition.transferred")
    assert (there.facts["from_case"], here.facts["to_case"]) == (case.number, new.number)
    assert len(there.facts["pages"]) == 3
    assert (
        date.fromisoformat(str(LedgerEntry.objects.get(chain=new.chain, act="case.opened").facts["received"]))
        == MONDAY.date()
    )
