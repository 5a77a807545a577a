"""A valid case from no arguments."""

from datetime import datetime

from gongjian.accounts.models import Office, User
from gongjian.accounts.tests.builders import a_worker_user, an_office
from gongjian.appraisal.states import INITIAL, State
from gongjian.cases.actions.move import join_case, open_case
from gongjian.cases.actions.obligations import owe_for_state
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.parties.models import Person
from gongjian.parties.tests.builders import a_person, an_employer

RECEIVED = datetime(2026, 3, 2, 9, 30, tzinfo=moment.ZONE)


def a_case(
    *,
    state: State = State.SUBMITTED,
    office: Office | None = None,
    person: Person | None = None,
    party: User | None = None,
    received_at: datetime = RECEIVED,
) -> Case:
    """A first appraisal received on 2026-03-02 and put in `state` with the obligations of that state."""
    case = open_case(
        procedure=INITIAL,
        office=office or an_office(),
        person=person or a_person(),
        employer=an_employer(),
        received_at=received_at,
        by=None,
    )
    join_case(case, party or a_worker_user(), capacity="worker", is_applicant=True)
    return put_in_state(case, state) if state != State.SUBMITTED else case


def put_in_state(case: Case, state: State) -> Case:
    """Set a case down in a state, obligations and all, without walking there: for tests of what comes after."""
    left = case.state
    Case.objects.filter(pk=case.pk).update(state=state)
    case.refresh_from_db()
    owe_for_state(case, left)
    return case
