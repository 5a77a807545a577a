"""What the database itself refuses, and what lies in it unreadable."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from gongjian.accounts.tests.builders import a_clerk, the_signer
from gongjian.conclusions.actions import start_batch
from gongjian.conclusions.models import Conclusion, Review, SigningItem
from gongjian.conclusions.tests.builders import a_concluded_case, a_reviewed_case, an_opined_case, another_person

pytestmark = pytest.mark.django_db


def fields_of(conclusion: Conclusion) -> dict[str, Any]:
    return {f.name: getattr(conclusion, f.name) for f in Conclusion._meta.concrete_fields if f.name != "id"}


EDITS: list[dict[str, Any]] = [
    {"grade": 1},
    {"grade": None},
    {"selfcare": "complete"},
    {"clauses": ["5.1.1"]},
    {"condition": "别的"},
    {"standard": "别的"},
    {"opinion_hash": "b" * 64},
    {"concluded_on": date(2026, 1, 1)},
    {"was_late": True},
]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: next(iter(edit)))
def test_article_34_not_one_column_of_a_conclusion_can_be_edited(edit: dict[str, Any]):
    conclusion = a_concluded_case()
    with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
        Conclusion.objects.filter(pk=conclusion.pk).update(**edit)


def test_article_34_not_even_together_with_the_day_of_effect():
    conclusion = a_concluded_case()
    with pytest.raises(DatabaseError), transaction.atomic():
        Conclusion.objects.filter(pk=conclusion.pk).update(effective_on=date(2026, 5, 7), grade=1)


def test_a_case_has_one_conclusion_and_a_paper_states_one():
    conclusion = a_concluded_case()
    other = an_opined_case(person=another_person(2))
    for changes in ({}, {"case": other}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Conclusion.objects.create(**(fields_of(conclusion) | changes))


@pytest.mark.parametrize("grade", [0, 11, -1])
def test_there_are_ten_grades(grade: int):
    conclusion = a_concluded_case()
    with pytest.raises(DatabaseError, match="grade_is_one_of_ten"), transaction.atomic():
        Conclusion.objects.create(**(fields_of(conclusion) | {"grade": grade}))


def test_condition_and_notes_lie_encrypted():
    a_concluded_case(note="已核对诊断证明")
    for table, column in (("conclusions_conclusion", "condition"), ("conclusions_review", "note")):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {column} FROM {table}")
            assert {str(stored)[:4] for (stored,) in cursor.fetchall()} == {"gj1."}


def test_a_batch_holds_a_case_once():
    case = a_reviewed_case()
    batch = start_batch([case.pk, case.pk], by=the_signer())
    with pytest.raises(DatabaseError, match="case_once_per_batch"), transaction.atomic():
        SigningItem.objects.create(batch=batch, case=case, seen="a" * 64)


def test_rows_say_what_they_are_without_saying_whom():
    conclusion = a_concluded_case()
    batch_case = a_reviewed_case(person=another_person(2))
    batch = start_batch([batch_case.pk], by=the_signer())
    rows = [conclusion, Review.objects.earliest("id"), batch, batch.items.get()]
    assert not any(word in str(row) for row in rows for word in ("林", "指", a_clerk().name))
