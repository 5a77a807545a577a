"""Persons, employers and mandates: found again however they are written, kept unreadable, known once even at once."""

import threading
from datetime import date
from typing import Any

import pytest
from django.db import DataError, IntegrityError, connection, transaction

from gongjian.accounts.tests.builders import a_worker_user, an_applicant, an_employer_user, an_outsider
from gongjian.kernel.fields import blind_index
from gongjian.law.errors import DocumentNumberWrong, IdNumberWrong
from gongjian.law.identity import IdType
from gongjian.parties.actions import initials, keep_employer, keep_person, link_user
from gongjian.parties.models import Employer, Mandate, Person
from gongjian.parties.tests.builders import ON, a_person, an_employer, an_id_number

pytestmark = pytest.mark.django_db


def raw(table: str, column: str) -> str:
    """What really stands in a column."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM parties_{table}")
        return str(cursor.fetchone()[0])


def kept(**changes: object) -> Person:
    told: dict[str, Any] = {
        "name": "林知远",
        "id_number": an_id_number(),
        "telephone": "19900000001",
        "address": "云溪市东溪县柳桥路1号",
        "on": ON,
    }
    return keep_person(**{**told, **changes})


# Names.


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("林知远", "lzy"),
        ("阿依古丽·买买提", "aygl·mmt"),
        ("O'Neil", "o'neil"),
        ("林A", "la"),
        ("", ""),
        ("林" * 60, "l" * 30),
    ],
)
def test_initials_are_the_letters_somebody_would_type(name, letters):
    assert initials(name) == letters


def test_a_name_is_kept_without_the_spaces_around_it():
    person = kept(name="  林知远\n")
    assert (person.name, person.pinyin_initials) == ("林知远", "lzy")


def test_a_corrected_name_brings_its_initials_with_it():
    kept(name="林之远")
    assert kept(name="林素远").pinyin_initials == "lsy"
    assert Person.objects.count() == 1


# Numbers of documents.


@pytest.mark.parametrize(
    "spelling",
    [
        an_id_number(),
        an_id_number().lower(),
        f" {an_id_number()} ",
        an_id_number().translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    ],
)
def test_a_number_is_the_same_however_it_is_written(spelling):
    first = kept()
    assert kept(id_number=spelling).pk == first.pk
    assert Person.objects.get().id_number == an_id_number()


@pytest.mark.parametrize(
    ("born", "sex", "serial"),
    [("19850312", "male", 1), ("19850312", "female", 2), ("20000229", "male", 999), ("19491001", "female", 0)],
)
def test_birth_day_and_sex_are_read_from_the_number(born, sex, serial):
    person = kept(id_number=an_id_number(serial, born))
    assert (f"{person.born_on:%Y%m%d}", person.sex) == (born, sex)


@pytest.mark.parametrize(
    "number",
    [
        "",
        " ",
        "1",
        an_id_number()[:-1],
        an_id_number() + "1",
        "X" * 18,
        an_id_number(born="20250229"),
        an_id_number(born="20260303"),
    ],
)
def test_a_number_that_cannot_be_is_refused_and_keeps_nobody(number):
    with pytest.raises(IdNumberWrong):
        kept(id_number=number)
    assert not Person.objects.exists()


def test_a_number_that_cannot_be_leaves_who_is_known_as_they_were():
    kept()
    with pytest.raises(IdNumberWrong):
        kept(id_number=an_id_number()[:-1], address="别处")
    assert Person.objects.get().address == "云溪市东溪县柳桥路1号"


@pytest.mark.parametrize("kind", [kind for kind in IdType if kind not in (IdType.RESIDENT_ID, IdType.RESIDENCE_PERMIT)])
def test_another_document_is_checked_as_what_it_is(kind):
    with pytest.raises(DocumentNumberWrong):
        kept(id_type=kind, id_number="!")


def test_a_kind_of_document_that_does_not_exist_is_a_mistake_of_the_program():
    with pytest.raises(ValueError, match="library card"):
        kept(id_type="library card")


def test_a_passport_says_neither_birth_day_nor_sex_and_is_found_again():
    first = kept(name="Alex Doe", id_type=IdType.PASSPORT, id_number="X1234567")
    again = kept(name="Alex Doe", id_type=IdType.PASSPORT, id_number="x1234567")
    assert (first.pk, first.born_on, first.sex) == (again.pk, None, "")


def test_two_numbers_are_two_people_even_of_one_name():
    assert kept().pk != kept(id_number=an_id_number(3)).pk


def test_the_database_itself_knows_a_number_once():
    person = kept()
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(name="x", id_number="x", id_index=person.id_index)


# Bringing up to date.


@pytest.mark.parametrize(
    ("changes", "telephone", "address"),
    [
        ({}, "19900000001", "云溪市东溪县柳桥路1号"),
        ({"telephone": ""}, "19900000001", "云溪市东溪县柳桥路1号"),
        ({"address": ""}, "19900000001", "云溪市东溪县柳桥路1号"),
        ({"telephone": "19900000008"}, "19900000008", "云溪市东溪县柳桥路1号"),
        ({"address": "西溪县河口路2号"}, "19900000001", "西溪县河口路2号"),
    ],
)
def test_what_is_told_anew_replaces_and_what_is_not_told_stays(changes, telephone, address):
    kept()
    person = Person.objects.get(pk=kept(**changes).pk)
    assert (person.telephone, person.address) == (telephone, address)
    assert person.telephone_index == blind_index(telephone, "telephone")


def test_who_has_an_account_keeps_it_when_brought_up_to_date():
    person = kept()
    link_user(person, a_worker_user())
    assert Person.objects.get(pk=kept(address="别处").pk).user == a_worker_user()


# Unreadable in the database.


@pytest.mark.parametrize(
    ("column", "plain"),
    [("id_number", an_id_number()), ("telephone", "19900000001"), ("address", "柳桥路")],
)
def test_what_is_personal_stands_encrypted(column, plain):
    person = kept()
    assert plain not in raw("person", column)
    person.refresh_from_db()
    assert plain in getattr(person, column)


def test_the_same_number_twice_is_encrypted_differently_and_indexed_alike():
    kept()
    before = raw("person", "id_number")
    index = Person.objects.get().id_index
    kept()
    assert raw("person", "id_number") != before
    assert Person.objects.get().id_index == index


def test_an_employers_telephone_stands_encrypted():
    an_employer()
    assert "19900000002" not in raw("employer", "telephone")


def test_an_index_for_one_purpose_says_nothing_for_another():
    assert blind_index("19900000001", "telephone") != blind_index("19900000001", "id_number")


def test_a_person_is_called_by_a_number_where_programs_speak_of_them():
    person = kept()
    assert "林知远" not in str(person)
    assert str(person) == f"人员{person.pk}"


# Employers.


@pytest.mark.parametrize("code", ["91350100M000100Y43", "91350100m000100y43", " 91350100M000100Y43 "])
def test_an_employer_is_known_by_its_code_however_it_is_written(code):
    first = keep_employer(name="云溪恒信机械有限公司", credit_code="91350100M000100Y43")
    assert keep_employer(name="云溪恒信机械有限公司", credit_code=code).pk == first.pk


def test_an_employer_that_changed_its_name_is_the_same_by_its_code():
    first = keep_employer(name="云溪恒信机械厂", credit_code="91350100M000100Y43")
    assert keep_employer(name="云溪恒信机械有限公司", credit_code="91350100M000100Y43").pk == first.pk
    assert Employer.objects.get().name == "云溪恒信机械有限公司"


def test_a_name_without_a_code_does_not_take_over_the_employer_with_one():
    with_code = keep_employer(name="云溪恒信机械有限公司", credit_code="91350100M000100Y43", address="工业大道8号")
    without = keep_employer(name="云溪恒信机械有限公司", address="假地址")
    with_code.refresh_from_db()
    assert with_code.pk != without.pk
    assert with_code.address == "工业大道8号"


def test_two_codes_are_two_employers_of_one_name():
    one = keep_employer(name="恒信", credit_code="91350100M000100Y43")
    assert one.pk != keep_employer(name="恒信", credit_code="91350100M000100Y44").pk


@pytest.mark.parametrize("field", ["address", "contact_name", "telephone"])
def test_what_an_employer_does_not_tell_again_stays(field):
    an_employer()
    before = getattr(Employer.objects.get(), field)
    keep_employer(name="云溪恒信机械有限公司")
    assert before
    assert getattr(Employer.objects.get(), field) == before


def test_a_code_that_is_longer_than_a_code_is_not_cut_in_silence():
    with pytest.raises(DataError), transaction.atomic():
        keep_employer(name="恒信", credit_code="9" * 19)


def test_an_employer_is_called_by_its_name():
    assert str(an_employer()) == "云溪恒信机械有限公司"


# Accounts and mandates.


def test_linking_twice_changes_nothing_and_somebody_else_takes_nothing_over():
    person = kept()
    for user in (a_worker_user(), a_worker_user(), an_outsider()):
        link_user(person, user)
    assert Person.objects.get().user == a_worker_user()


def a_mandate(**fields: object) -> Mandate:
    told: dict[str, Any] = {
        "agent": an_applicant("19900000004", "何律"),
        "capacity": "agent",
        "valid_from": date(2026, 3, 1),
    }
    return Mandate.objects.create(**{**told, **fields})


def test_a_mandate_is_given_by_a_person_or_by_an_employer():
    assert str(a_mandate(person=kept())).startswith("委托代理人")
    assert str(a_mandate(employer=an_employer(), capacity="relative")).startswith("近亲属")


@pytest.mark.parametrize("givers", [0, 2])
def test_a_mandate_of_nobody_or_of_two_is_refused_by_the_database(givers):
    fields = {"person": kept(), "employer": an_employer()} if givers else {}
    with pytest.raises(IntegrityError, match="mandate_of_one_giver"), transaction.atomic():
        a_mandate(**fields)


def test_one_agent_acts_for_many_and_many_agents_for_one():
    person = kept()
    a_mandate(person=person)
    a_mandate(person=person, agent=an_employer_user())
    a_mandate(person=a_person("林素秋", 2))
    assert person.mandates.count() == 2
    assert an_applicant("19900000004").mandates_held.count() == 2


# At once.


def at_once(*acts) -> list[object]:
    gate, came = threading.Barrier(len(acts)), []

    def do(act) -> None:
        gate.wait()
        came.append(act())
        connection.close()

    threads = [threading.Thread(target=do, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


@pytest.mark.django_db(transaction=True)
def test_one_person_told_by_four_at_once_is_kept_once():
    came = at_once(*[lambda: kept().pk] * 4)
    assert (len(came), len(set(came)), Person.objects.count()) == (4, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_one_employer_with_a_code_told_by_four_at_once_is_kept_once():
    came = at_once(*[lambda: keep_employer(name="恒信", credit_code="91350100M000100Y43").pk] * 4)
    assert (len(came), len(set(came)), Employer.objects.count()) == (4, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_one_employer_without_a_code_told_by_four_at_once_is_kept_once_and_found_afterwards():
    came = at_once(*[lambda: keep_employer(name="恒信", address="工业大道8号").pk] * 4)
    assert (len(came), len(set(came)), Employer.objects.count()) == (4, 1, 1)
    assert keep_employer(name="恒信").pk == came[0]


@pytest.mark.django_db(transaction=True)
def test_two_accounts_that_claim_a_person_at_once_leave_one_owner():
    person, users = kept(), (a_worker_user(), an_outsider())
    at_once(*[lambda user=user: link_user(person, user) for user in users])
    assert Person.objects.get().user in users
