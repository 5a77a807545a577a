"""What the database itself refuses, whatever the program does."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction

from gongjian.accounts.tests.builders import a_delivery_clerk, a_worker_user, an_employer_user, an_office
from gongjian.conclusions.tests.builders import a_concluded_case
from gongjian.delivery.actions import correct, give_consent, note_second_appraisal, post
from gongjian.delivery.methods import Method
from gongjian.delivery.models import (
    Attempt,
    Consent,
    CopySent,
    Correction,
    Delivery,
    PostBatch,
    Proof,
    SecondAppraisal,
)
from gongjian.delivery.tests.builders import served, two_deliveries
from gongjian.kernel import moment

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 15)


def a_row_of_each() -> Delivery:
    """A case in which every table of the room has a row."""
    worker, employer = two_deliveries()
    with moment.fixed(moment.at(DAY)):
        give_consent(worker.case, "employer", given=False, by=an_employer_user())
        post(an_office(), [employer.pk], by=a_delivery_clerk())
        served(worker, DAY)
        correct(worker, on=date(2026, 4, 14), reason="看错", by=a_delivery_clerk())
        note_second_appraisal(worker, on=DAY, by=a_delivery_clerk())
    return worker


KEPT: list[tuple[type[models.Model], dict[str, Any]]] = [
    (Proof, {"name": "别的"}),
    (PostBatch, {"carrier": "别的"}),
    (Correction, {"served_on": date(2026, 4, 10)}),
    (Consent, {"given": True}),
    (CopySent, {"sha256": "0" * 64}),
    (SecondAppraisal, {"applied_on": date(2026, 4, 10)}),
]


@pytest.mark.parametrize(("table", "change"), KEPT, ids=[table.__name__ for table, _ in KEPT])
def test_what_was_recorded_is_never_edited(table: type[models.Model], change: dict[str, Any]):
    a_row_of_each()
    rows = table._default_manager.all()
    assert rows.exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(**change)


@pytest.mark.parametrize("table", [Delivery, Attempt, *(table for table, _ in KEPT)], ids=lambda table: table.__name__)
def test_what_was_recorded_is_never_deleted(table: type[models.Model]):
    a_row_of_each()
    with pytest.raises(DatabaseError), transaction.atomic():
        table._default_manager.all()._raw_delete("default")


def test_a_served_day_is_neither_moved_nor_taken_back():
    worker = a_row_of_each()
    for day in (date(2026, 4, 16), None):
        with pytest.raises(DatabaseError), transaction.atomic():
            Delivery.objects.filter(pk=worker.pk).update(served_on=day)


def test_each_side_has_one_delivery_of_a_paper():
    worker, _ = two_deliveries()
    fields = {f.name: getattr(worker, f.name) for f in Delivery._meta.concrete_fields if f.name != "id"}
    with pytest.raises(DatabaseError, match="delivered_once_per_side"), transaction.atomic():
        Delivery.objects.create(**fields)


def test_an_account_receives_another_paper_once():
    worker, _ = two_deliveries()
    fields = {f.name: getattr(worker, f.name) for f in Delivery._meta.concrete_fields if f.name != "id"}
    other = fields | {"recipient": "other", "account": a_worker_user()}
    Delivery.objects.create(**other)
    with pytest.raises(DatabaseError, match="delivered_once_per_account"), transaction.atomic():
        Delivery.objects.create(**other)


def test_a_delivery_succeeds_by_one_attempt():
    worker, _ = two_deliveries()
    served(worker, DAY)
    told = {"outcome": "served", "begun_at": moment.now(), "ended_at": moment.now()}
    with pytest.raises(DatabaseError, match="served_by_one_attempt"), transaction.atomic():
        Attempt.objects.create(delivery=worker, method=Method.POST, **told)


@pytest.mark.parametrize("outcome", ["served", "failed"])
def test_an_outcome_has_a_time(outcome: str):
    worker, _ = two_deliveries()
    with pytest.raises(DatabaseError, match="an_outcome_has_a_time"), transaction.atomic():
        Attempt.objects.create(delivery=worker, method=Method.POST, outcome=outcome, begun_at=moment.now())


def test_a_line_of_a_list_is_one_envelope():
    rows = two_deliveries()
    batch = post(an_office(), [row.pk for row in rows], by=a_delivery_clerk())
    with pytest.raises(DatabaseError, match="one_envelope_per_line"), transaction.atomic():
        batch.attempts.update(line=1)


def test_names_addresses_and_facts_lie_encrypted():
    a_row_of_each()
    for table, column in (
        ("delivery_delivery", "name"),
        ("delivery_delivery", "address"),
        ("delivery_attempt", "facts"),
    ):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {column} FROM {table} WHERE {column} <> ''")
            assert {str(stored)[:4] for (stored,) in cursor.fetchall()} == {"gj1."}


def test_an_electronic_delivery_keeps_the_key_of_its_message():
    conclusion = a_concluded_case()
    attempt = Attempt.objects.get(delivery__paper=conclusion.paper, method=Method.ELECTRONIC)
    assert attempt.message_key.endswith(f"/{attempt.pk}")
