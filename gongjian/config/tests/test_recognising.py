"""The bureau's part of the story: recognitions in several states, told on working days, with everybody busy."""

from datetime import date

import pytest

from gongjian.accounts.roles import Role
from gongjian.cases.checks import limbo
from gongjian.cases.models import Case
from gongjian.cases.queries import worklist
from gongjian.config.demo import cast, recognising, story, together
from gongjian.kernel import moment
from gongjian.kernel.ledger.queries import verify
from gongjian.recognition.models import Accident, Decision, Remedy, Revision
from gongjian.recognition.queries.accident import how_many_stand
from gongjian.recognition.queries.joining import alike
from gongjian.recognition.states import RECOGNITION

TOLD_ON = date(2026, 3, 27)


@pytest.mark.django_db
def test_the_bureau_meets_a_recognition_in_each_of_the_usual_states(home):
    with moment.fixed(moment.at(TOLD_ON, 1)):
        cast.found_offices()
        cast.engage_staff()
        recognising.tell(story.numbered(), story.Days(TOLD_ON))
        states = set(Case.objects.filter(procedure=RECOGNITION).values_list("state", flat=True))
        busy = (Role.WINDOW_CLERK, Role.INVESTIGATOR, Role.REVIEWER, Role.SIGNER, Role.DELIVERY_CLERK)
        assert all(worklist(cast.staff(role, cast.BUREAU)).rows for role in busy)
        assert list(limbo()) == []
    assert [row.kind for row in Revision.objects.exclude(paper=None).order_by("pk")] == ["correction", "revocation"]
    assert Decision.objects.exclude(revoked_on=None).get().case.state == "investigating"
    assert (
        Remedy.objects.get(settled_on=None).case.obligations.filter(kind="reply_to_remedy", fulfilled_at=None).exists()
    )
    assert states == {"submitted", "supplement", "investigating", "suspended", "proposed", "reviewed", "delivered"}
    assert verify()[1] == []


@pytest.mark.django_db
def test_the_employer_has_applied_for_the_same_injury_and_an_accident_is_in_the_green_channel(home):
    with moment.fixed(moment.at(TOLD_ON, 1)):
        cast.found_offices()
        cast.engage_staff()
        together.tell_together(story.numbered(), story.Days(TOLD_ON))
        waiting = Case.objects.get(state="submitted")
        row = Accident.objects.get()
        (like,) = alike(waiting)
        assert (like.case.state, like.place_alike) == ("investigating", True)
        tasks = [row.kind for row in worklist(cast.staff(Role.WINDOW_CLERK, cast.BUREAU)).rows]
        first = worklist(cast.staff(Role.INVESTIGATOR, cast.BUREAU)).rows
    assert "decide_joining" in tasks
    assert how_many_stand(row) == [("尚未立案", 1), ("已受理，待调查", together.VICTIMS - 1)]
    assert [task.case.victim.accident for task in first[: together.VICTIMS - 1]] == [row] * (together.VICTIMS - 1)
