"""Persons and employers are known once."""

import pytest

from gongjian.accounts.tests.builders import a_worker_user, an_outsider
from gongjian.law.errors import RuleError
from gongjian.law.identity import IdType
from gongjian.parties.actions import initials, keep_employer, keep_person, link_user
from gongjian.parties.models import Employer, Person
from gongjian.parties.tests.builders import ON, a_person, an_employer, an_id_number

pytestmark = pytest.mark.django_db


def test_a_person_is_known_once_by_the_identity_number():
    first = a_person()
    again = keep_person(name="林知远", id_number=an_id_number().lower(), on=ON)
    assert (first.pk, Person.objects.count()) == (again.pk, 1)


def test_a_later_form_without_a_telephone_does_not_wipe_the_one_known():
    a_person()
    keep_person(name="林知远", id_number=an_id_number(), on=ON)
    assert Person.objects.get().telephone == "19900000001"


def test_birth_day_and_sex_come_from_the_number():
    person = a_person()
    assert (str(person.born_on), person.sex) == ("1985-03-12", "male")


def test_a_wrong_number_keeps_nobody():
    with pytest.raises(RuleError):
        keep_person(name="林知远", id_number="990101198503120019", on=ON)
    assert not Person.objects.exists()


def test_a_passport_is_taken_without_a_birth_day():
    person = keep_person(name="Alex Doe", id_number="X1234567", id_type=IdType.PASSPORT, on=ON)
    assert person.born_on is None


def test_an_identity_number_is_not_readable_in_the_database():
    person = a_person()
    raw = Person.objects.filter(pk=person.pk).extra(select={"raw": "id_number"}).values_list("raw", flat=True).get()
    assert person.id_number not in str(raw)
    assert person.id_number == an_id_number()


@pytest.mark.parametrize(("name", "letters"), [("林知远", "lzy"), ("欧阳文", "oyw"), ("Alex", "alex")])
def test_initials_of_names(name, letters):
    assert initials(name) == letters


def test_an_employer_is_known_by_its_code_and_keeps_what_is_not_told_again():
    keep_employer(name="云溪恒信机械有限公司", credit_code="91350100m000100y43", address="工业大道8号")
    keep_employer(name="云溪恒信机械有限公司", credit_code="91350100M000100Y43")
    assert Employer.objects.get().address == "工业大道8号"


def test_an_employer_without_a_code_is_known_by_its_name():
    assert an_employer().pk == an_employer().pk


def test_a_person_linked_to_an_account_is_not_taken_over_by_another():
    person = a_person()
    link_user(person, a_worker_user())
    link_user(person, an_outsider())
    person.refresh_from_db()
    assert person.user == a_worker_user()
