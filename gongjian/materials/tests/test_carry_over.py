"""Papers of one case that stand in another case of the same person too: the same files, by reference, once."""

import pytest

from gongjian.accounts.tests.builders import a_clerk
from gongjian.cases.models import Case
from gongjian.cases.tests.builders import a_case
from gongjian.kernel import moment
from gongjian.kernel.evidence.actions import store
from gongjian.kernel.evidence.models import Evidence
from gongjian.materials.actions import carry_over, material_of
from gongjian.materials.catalog import DIAGNOSIS, IDENTITY, RECORDS
from gongjian.materials.models import Material, MaterialPage
from gongjian.materials.tests.builders import a_picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def pages(case: Case, kind: str, *numbers: int) -> list[MaterialPage]:
    """Pages as they were handed in, in order."""
    material = material_of(kind, case=case)
    return [
        MaterialPage.objects.create(
            material=material,
            evidence=store(a_picture(number), name=f"{number}.png", by=a_clerk()),
            order=place,
            name=f"{number}.png",
            added_by=a_clerk(),
            added_at=moment.now(),
        )
        for place, number in enumerate(numbers, 1)
    ]


def files(case: Case, kind: str) -> list[int]:
    rows = MaterialPage.objects.filter(material__case=case, material__kind=kind, removed_at=None)
    return list(rows.order_by("order").values_list("evidence_id", flat=True))


def two_cases() -> tuple[Case, Case]:
    first = a_case()
    return first, a_case(person=first.person)


def test_the_files_stand_in_both_cases_and_are_stored_once():
    source, target = two_cases()
    pages(source, RECORDS, 1, 2, 3)
    before = Evidence.objects.count()
    assert carry_over(source, target, [RECORDS]) == [RECORDS]
    assert files(target, RECORDS) == files(source, RECORDS) and len(files(target, RECORDS)) == 3
    assert Evidence.objects.count() == before


def test_who_handed_a_page_in_and_when_stays_as_it_was():
    source, target = two_cases()
    [page] = pages(source, RECORDS, 1)
    carry_over(source, target, [RECORDS])
    copy = MaterialPage.objects.get(material__case=target)
    assert (copy.added_by, copy.added_at, copy.name) == (page.added_by, page.added_at, page.name)


def test_twice_changes_nothing():
    source, target = two_cases()
    pages(source, RECORDS, 1, 2)
    first, second = carry_over(source, target, [RECORDS]), carry_over(source, target, [RECORDS])
    assert first == second == [RECORDS]
    assert len(files(target, RECORDS)) == 2 and Material.objects.filter(case=target).count() == 1


def test_only_the_kinds_that_stay_good_are_carried():
    source, target = two_cases()
    pages(source, RECORDS, 1)
    pages(source, DIAGNOSIS, 2)
    pages(source, IDENTITY, 3)
    assert set(carry_over(source, target, [RECORDS, IDENTITY])) == {RECORDS, IDENTITY}
    assert files(target, DIAGNOSIS) == []


def test_what_was_taken_back_does_not_come_along():
    source, target = two_cases()
    kept, gone = pages(source, RECORDS, 1, 2)
    MaterialPage.objects.filter(pk=gone.pk).update(removed_at=moment.now(), removed_by=a_clerk())
    carry_over(source, target, [RECORDS])
    assert files(target, RECORDS) == [kept.evidence_id]


def test_a_paper_without_a_page_is_not_said_to_be_there():
    source, target = two_cases()
    material_of(RECORDS, case=source)
    assert carry_over(source, target, [RECORDS]) == []
    assert not Material.objects.filter(case=target).exists()


def test_what_is_newer_stays_first_and_the_earlier_pages_come_after_it():
    source, target = two_cases()
    [old] = pages(source, RECORDS, 1)
    [new] = pages(target, RECORDS, 2)
    carry_over(source, target, [RECORDS])
    assert files(target, RECORDS) == [new.evidence_id, old.evidence_id]


def test_the_case_it_came_from_is_left_as_it_was():
    source, target = two_cases()
    pages(source, RECORDS, 1, 2)
    before = files(source, RECORDS)
    carry_over(source, target, [RECORDS])
    MaterialPage.objects.filter(material__case=target).update(removed_at=moment.now(), removed_by=a_clerk())
    assert files(source, RECORDS) == before
