"""Two at once about one entrusted case: one matter, one end, one opinion, and never a ring in which both wait."""

import pytest

from gongjian.accounts.tests.builders import a_reviewer
from gongjian.appraisal.states import State
from gongjian.cases.errors import MoveNotAllowed
from gongjian.cases.models import Case
from gongjian.exchange.actions import entrusting, examining
from gongjian.exchange.errors import NotNow
from gongjian.exchange.models import Matter, Posted
from gongjian.exchange.tests.entrusting import (
    DUE,
    SCOPE,
    a_scheduler_there,
    an_entrustable_case,
    an_opined_matter,
    delivered,
    two_committees,
)
from gongjian.kernel import moment
from gongjian.opinions.models import Entrusted
from gongjian.sittings.actions import leave_mode
from gongjian.sittings.errors import ModeUnderWay, NoModeInForce, NotToBeEntrusted
from gongjian.sittings.queries import mode_in_force
from gongjian.sittings.tests.builders import AFTER, PLANNED
from gongjian.sittings.tests.test_at_once import all_at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]


def test_a_case_is_entrusted_once_however_often_the_form_is_sent_and_though_consent_is_withdrawn_meanwhile():
    case, (peer, _) = an_entrustable_case(), two_committees()
    by, person = a_scheduler_there(), case.parties.get().user

    def act(number: int) -> object:
        with moment.fixed(PLANNED):
            row = Case.objects.get(pk=case.pk)
            if number == 3:
                return leave_mode(row, reason="", by=person)
            return entrusting.entrust(row, peer, scope=SCOPE, due_on=DUE, by=by)

    answers = all_at_once(act, range(6))
    case.refresh_from_db()
    matters = set(Matter.objects.values_list("pk", flat=True))
    assert len(matters) <= 1
    assert {each.pk for each in answers if isinstance(each, Matter)} == matters
    assert all(
        isinstance(each, Matter | Case | NotToBeEntrusted | NoModeInForce | ModeUnderWay | MoveNotAllowed)
        for each in answers
    ), answers
    assert (case.state == State.ENTRUSTED) == (mode_in_force(case) is not None), "entrusted with consent, or neither"


def test_an_answer_and_a_withdrawal_that_meet_leave_one_of_both():
    matter = an_opined_matter()
    here = Matter.objects.get(key=matter.key, direction="out")
    by = a_scheduler_there()
    with moment.fixed(AFTER):
        examining.send_opinion(matter.done_as, by=a_reviewer())

    def act(number: int) -> object:
        if number % 2:
            return delivered(AFTER)
        with moment.fixed(AFTER):
            return entrusting.withdraw(Matter.objects.get(pk=here.pk), why="等不及了", by=by)

    answers = all_at_once(act, range(4))
    here.refresh_from_db()
    case = Case.objects.get(pk=here.case_id)
    opinions = Entrusted.objects.filter(case=case).count()
    assert (here.state, case.state, opinions) in {("answered", State.OPINED, 1), ("withdrawn", State.ACCEPTED, 0)}
    assert not [each for each in answers if isinstance(each, Exception) and not isinstance(each, NotNow)], answers


def test_an_opinion_sent_twice_at_once_is_one_letter():
    matter = an_opined_matter()
    by = a_reviewer()

    def send(_: int) -> object:
        with moment.fixed(AFTER):
            return examining.send_opinion(Case.objects.get(pk=matter.done_as_id), by=by)

    answers = all_at_once(send, range(4))
    assert sum(isinstance(each, Matter) for each in answers) == 1
    assert sum(isinstance(each, MoveNotAllowed) for each in answers) == 3
    assert Posted.objects.filter(matter=matter, kind="answered").count() == 1
