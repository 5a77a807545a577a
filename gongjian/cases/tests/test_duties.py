"""Duties that check each other: never in one hand, kept by the program and, under it, by the database."""

import threading
from itertools import permutations

import pytest
from django.db import IntegrityError, connection, transaction

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_draw_officer,
    a_reviewer,
    a_scheduler,
    the_signer,
)
from gongjian.cases.actions.duties import take_duty
from gongjian.cases.errors import DutyConflict
from gongjian.cases.models import CaseDuty
from gongjian.cases.tests.builders import RECEIVED, a_case

Duty = CaseDuty.Duty
PAIRS = list(permutations(Duty, 2))


@pytest.mark.django_db
@pytest.mark.parametrize(("held", "wanted"), PAIRS, ids=lambda duty: duty.value)
def test_who_holds_one_duty_takes_no_other(held, wanted):
    case, person = a_case(), a_clerk()
    take_duty(case, held, by=person)
    with pytest.raises(DutyConflict, match=f"“{held.label}”.*“{wanted.label}”"):
        take_duty(case, wanted, by=person)
    assert [duty.duty for duty in case.duties.all()] == [held]


@pytest.mark.django_db
def test_five_people_hold_the_five_duties():
    case = a_case()
    team = (a_clerk(), a_scheduler(), a_reviewer(), a_draw_officer(), the_signer())
    people = dict(zip(Duty, team, strict=True))
    taken = {duty: take_duty(case, duty, by=person).user for duty, person in people.items()}
    assert taken == people


@pytest.mark.django_db
def test_article_9_of_investigators_there_are_two_on_one_case():
    case = a_case()
    for person in (a_scheduler(), a_draw_officer(), a_scheduler()):
        take_duty(case, Duty.INVESTIGATOR, by=person)
    assert case.duties.filter(duty=Duty.INVESTIGATOR).count() == 2


@pytest.mark.django_db
def test_taking_ones_own_duty_again_changes_nothing():
    case, clerk = a_case(), a_clerk()
    first = take_duty(case, Duty.ACCEPTOR, by=clerk)
    assert take_duty(case, Duty.ACCEPTOR, by=clerk).pk == first.pk
    assert case.duties.count() == 1


@pytest.mark.django_db
def test_a_duty_on_one_case_binds_nobody_on_another():
    one, other, clerk = a_case(), a_case(), a_clerk()
    take_duty(one, Duty.ACCEPTOR, by=clerk)
    assert take_duty(other, Duty.SIGNER, by=clerk).user == clerk


@pytest.mark.django_db
def test_the_database_itself_gives_no_two_duties_to_one_person():
    case, clerk = a_case(), a_clerk()
    take_duty(case, Duty.ACCEPTOR, by=clerk)
    with pytest.raises(IntegrityError, match="one_duty_per_holder"), transaction.atomic():
        CaseDuty.objects.create(case=case, duty=Duty.SIGNER, user=clerk, taken_at=RECEIVED)


@pytest.mark.django_db
def test_the_database_itself_gives_no_duty_to_two_people():
    case = a_case()
    take_duty(case, Duty.ACCEPTOR, by=a_clerk())
    with pytest.raises(IntegrityError, match="one_holder_per_duty"), transaction.atomic():
        CaseDuty.objects.create(case=case, duty=Duty.ACCEPTOR, user=a_scheduler(), taken_at=RECEIVED)


def at_once(*tries: tuple[int, Duty, User]) -> list[str]:
    """Let several take a duty of the case at the same moment; what each was answered."""
    case, answers, gate = a_case(), [], threading.Barrier(len(tries))

    def take(duty: Duty, person: User) -> None:
        gate.wait()
        try:
            take_duty(case, duty, by=person)
            answers.append("taken")
        except DutyConflict:
            answers.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=(duty, person)) for _, duty, person in tries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


@pytest.mark.django_db(transaction=True)
def test_two_duties_wanted_at_once_by_one_person_give_one():
    person = a_clerk()
    assert at_once((1, Duty.REVIEWER, person), (2, Duty.SIGNER, person)) == ["refused", "taken"]
    assert CaseDuty.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_five_people_at_once_take_five_duties():
    people = (a_clerk(), a_scheduler(), a_reviewer(), a_draw_officer(), the_signer())
    tries = [(place, duty, person) for place, (duty, person) in enumerate(zip(Duty, people, strict=True))]
    assert at_once(*tries) == ["taken"] * 5
    assert CaseDuty.objects.values("user").distinct().count() == 5


@pytest.mark.django_db(transaction=True)
def test_the_same_click_twice_at_once_is_one_duty():
    person = the_signer()
    assert at_once((1, Duty.SIGNER, person), (2, Duty.SIGNER, person)) == ["taken", "taken"]
    assert CaseDuty.objects.count() == 1
