"""Drafts that were open before the upgrade are open after it, papers and all, and go on as what they were; the way back loses nothing either."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from gongjian.applications.actions.drafts import save_step
from gongjian.applications.models import Draft
from gongjian.applications.queries import draft_for
from gongjian.appraisal.states import INITIAL
from gongjian.appraisal.tests.builders import a_draft, answers
from gongjian.materials.queries import materials_of_draft

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE: list[tuple[str, str | None]] = [
    ("appraisal", "0002_refusals_deaths_and_employer_links"),
    ("materials", "0002_materials_of_recognition"),
    ("applications", None),
]


def migrate_to(targets: list[tuple[str, str | None]]) -> None:
    MigrationExecutor(connection).migrate(targets)


def tables() -> set[str]:
    return set(connection.introspection.table_names())


@pytest.fixture
def latest() -> Iterator[list[tuple[str, str | None]]]:
    """Where the tables are to be again, whatever happens."""
    leaves: list[tuple[str, str | None]] = list(MigrationExecutor(connection).loader.graph.leaf_nodes())
    yield leaves
    migrate_to(leaves)


def test_open_drafts_are_carried_to_the_room_of_all_procedures_and_back(latest):
    token = a_draft().token
    migrate_to(BEFORE)
    assert "appraisal_draft" in tables()
    assert "applications_draft" not in tables()
    migrate_to(latest)
    assert "appraisal_draft" not in tables()
    draft = Draft.objects.get(token=token)
    assert (draft.procedure, draft.told) == (INITIAL, answers())
    assert len(materials_of_draft(draft.pk)) == 3
    again = save_step(draft_for(token, by=draft.user), "hospital", {"hospital": "甲"}, seen=1, by=draft.user)
    assert again.told["hospital"] == {"hospital": "甲"}
