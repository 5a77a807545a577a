"""The appraisee dies: in every open state something true happens, nobody is left without an obligation, and the family is told what it may claim."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_clerk, a_delivery_clerk, a_reviewer, a_worker_user, an_outsider
from gongjian.appraisal.actions.death import Told, end_by_death, note_death
from gongjian.appraisal.errors import DeathNoted, DeathNotNotable, RelativeIncomplete
from gongjian.appraisal.models import Death
from gongjian.appraisal.states import ENDED_BY_DEATH, GOES_ON_AFTER_DEATH, OWED, State
from gongjian.cases.errors import NotYours
from gongjian.cases.models import Case
from gongjian.cases.queries import open_obligations
from gongjian.cases.tests.builders import a_case, put_in_state
from gongjian.conclusions.tests.builders import applied_for
from gongjian.kernel import moment
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.ledger.queries import verify
from gongjian.law.errors import DayOutOfBounds
from gongjian.materials.tests.builders import a_picture
from gongjian.papers.tests.reading import words

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 20)
KIN = {"relative_name": "林安", "relation": "儿子", "telephone": "19900000044", "address": "云溪市东溪县柳桥路1号"}


def a_case_in(state: State) -> Case:
    case = a_case()
    applied_for(case)
    with transaction.atomic():
        return put_in_state(case, state)


def noted(case: Case, *, by: User | None = None, died_on: date = date(2026, 4, 18), **told: Any) -> Death:
    facts = Told(died_on, "医疗机构出具的死亡证明", **(KIN | told))
    with moment.fixed(moment.at(TODAY)):
        return note_death(case, facts, proof=a_picture(3), name="证明.png", by=by or a_clerk())


@pytest.mark.parametrize("state", ENDED_BY_DEATH)
def test_article_13_without_the_person_nothing_is_examined_and_the_appraisal_ends(state: State):
    case = a_case_in(state)
    death = noted(case)
    case.refresh_from_db()
    assert (case.state, death.paper is not None) == (State.DECEASED, True)
    kinds = {owed.kind for owed in open_obligations(case)}
    assert "archive" in kinds
    assert kinds <= {"archive", "send_notice"}
    assert verify()[1] == []


@pytest.mark.parametrize("state", GOES_ON_AFTER_DEATH)
def test_what_was_examined_goes_on_and_owes_what_it_owed(state: State):
    case = a_case_in(state)
    death = noted(case)
    case.refresh_from_db()
    assert (case.state, death.paper) == (state, None)
    assert [owed.kind for owed in open_obligations(case)] == [owed.kind for owed in OWED[state]]


def test_every_state_is_either_ended_or_gone_on_with_or_over():
    over = {State.REFUSED, State.ABANDONED, State.WITHDRAWN, State.TERMINATED, State.DECEASED, State.ARCHIVED}
    assert {*ENDED_BY_DEATH, *GOES_ON_AFTER_DEATH, *over} == set(State)
    assert len({*ENDED_BY_DEATH, *GOES_ON_AFTER_DEATH}) + len(over) == len(State)


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.TERMINATED, State.ABANDONED])
def test_what_is_over_notes_no_death(state: State):
    with pytest.raises(DeathNotNotable):
        noted(a_case_in(state))
    assert not Evidence.objects.exists()


def test_the_paper_tells_the_family_what_it_may_claim_and_where():
    death = noted(a_case_in(State.ACCEPTED))
    assert death.paper is not None
    with open_evidence(death.paper.evidence) as file:
        told = words(file.read())
    for each in (
        "林安（儿子）",
        "丧葬补助金、供养亲属抚恤金和一次性工亡补助金",
        "第三十九条",
        "第十七条",
        "死亡以后不再发放",
    ):
        assert each in told
    assert "再次鉴定" not in told


@pytest.mark.parametrize("by", [a_clerk, a_delivery_clerk])
def test_the_window_and_the_delivery_clerk_note_it(by: type[User]):
    assert noted(a_case_in(State.ACCEPTED), by=by()).noted_by == by()


@pytest.mark.parametrize("stranger", [a_reviewer, a_worker_user, an_outsider])
def test_nobody_else_notes_a_death(stranger: type[User]):
    with pytest.raises(NotYours):
        noted(a_case_in(State.ACCEPTED), by=stranger())
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("died_on", "possible"),
    [(date(2025, 9, 7), False), (date(2025, 9, 8), True), (TODAY, True), (date(2026, 4, 21), False)],
)
def test_the_day_lies_between_injury_and_today(died_on: date, possible: bool):
    case = a_case_in(State.ACCEPTED)
    if possible:
        assert noted(case, died_on=died_on).died_on == died_on
    else:
        with pytest.raises(DayOutOfBounds, match="死亡日期"):
            noted(case, died_on=died_on)
        assert not Death.objects.exists()


@pytest.mark.parametrize("missing", ["relative_name", "relation", "address"])
def test_a_relative_is_named_whole_or_not_at_all(missing: str):
    with pytest.raises(RelativeIncomplete):
        noted(a_case_in(State.ACCEPTED), **{missing: ""})
    nobody = dict.fromkeys(KIN, "")
    assert noted(a_case_in(State.ACCEPTED), **nobody).relative_name == ""


def test_a_death_is_noted_once_never_edited_and_tells_the_ledger_no_name():
    case = a_case_in(State.OPINED)
    death = noted(case)
    with pytest.raises(DeathNoted):
        noted(case)
    for change in (lambda: Death.objects.filter(pk=death.pk).update(died_on=TODAY), death.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    facts = str([entry.facts for entry in LedgerEntry.objects.filter(chain=case.chain)])
    assert "林安" not in facts


def test_a_case_that_would_need_another_examination_is_ended_on_the_death_on_record():
    case = a_case_in(State.DELIBERATING)
    noted(case)
    with pytest.raises(DeathNotNotable), moment.fixed(moment.at(TODAY)):
        end_by_death(case, by=a_clerk())
    with transaction.atomic():
        put_in_state(case, State.PRESENT)
    with moment.fixed(moment.at(TODAY)):
        assert end_by_death(case, by=a_clerk()).paper is not None
    case.refresh_from_db()
    assert case.state == State.DECEASED
