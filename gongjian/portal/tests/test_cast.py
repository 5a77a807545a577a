"""The sign-in page of the demo city says of each party where the case stands."""

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.cast import players
from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_clerk, a_worker_user, an_employer_user
from gongjian.appraisal.tests.builders import a_draft, a_submitted_case
from gongjian.cases.actions.move import join_case
from gongjian.cases.tests.builders import a_case, put_in_state
from gongjian.portal.cast import stands

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_the_demo(settings):
    settings.DEMO = True


def everybody_plays() -> None:
    User.objects.update(is_demo=True)


def test_each_worker_is_offered_with_the_state_of_the_case(in_the_demo):
    put_in_state(a_submitted_case(), "examining")
    a_clerk()
    everybody_plays()
    told = {player.user.name: player.stands for player in players()}
    assert (told["林知远"], told["陈晓窗"]) == ("专家组检查中", "")
    assert "专家组检查中" in Client().get(reverse("accounts:sign_in")).content.decode()


def test_who_follows_several_cases_is_told_how_many():
    employer = an_employer_user()
    first = a_submitted_case()
    second = a_case()
    for case in (first, second):
        join_case(case, employer, capacity="employer")
    assert stands([employer])[employer.pk] == "2件案件"


def test_who_is_still_writing_is_told_so_and_who_has_nothing_is_told_nothing():
    writer = a_worker_user()
    a_draft(by=writer)
    assert stands([writer, an_employer_user()]) == {writer.pk: "申请还没写完"}


def test_it_costs_two_queries_however_many_there_are(django_assert_num_queries):
    a_submitted_case()
    people = list(User.objects.all())
    with django_assert_num_queries(2):
        stands(people)


def test_a_real_city_offers_nobody_and_tells_nothing(settings):
    settings.DEMO = False
    a_submitted_case()
    assert players() == []
    assert "审查" not in Client().get(reverse("accounts:sign_in")).content.decode()
