"""A list of experts that nobody has committed yet is the draw officer's task: one for each sitting."""

from django.db import transaction

from gongjian.accounts.roles import Role
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.models import Case
from gongjian.draws.owes import PREPARE_DRAW
from gongjian.draws.queries.waiting import expected_cases, out_of_step, tasks_of, waits_for_list
from gongjian.draws.rules import list_due
from gongjian.kernel import moment
from gongjian.sittings.models import Sitting

ARTICLE = "令55 第十一条"


def settle_tasks() -> int:
    """Bring the tasks in step with the sittings; how many sittings were not. Twice, or twice at once, does no harm."""
    return sum(settle_task(pk) for pk in out_of_step())


@transaction.atomic
def settle_task(sitting: int) -> bool:
    """Let a sitting (by id) have its one task while it waits for its list, on a case that is still expected there, and none otherwise.

    Whether anything changed. Law: 令55 art. 11.
    """
    here = Sitting.objects.select_for_update(of=("self",), no_key=True).get(pk=sitting)  # one at a time: one task
    held = [task.case for task in tasks_of(here)]
    wanted = _bearer(here, held)
    if held == wanted:
        return False
    for case in held:
        fulfil(case, PREPARE_DRAW, about=here.number)
    for case in wanted:
        due = max(list_due(here.day), moment.today())  # never late from the start
        owe(case, PREPARE_DRAW, due=due, article=ARTICLE, role=Role.DRAW_OFFICER, about=here.number)
    return True


def _bearer(sitting: Sitting, held: list[Case]) -> list[Case]:
    """The case that bears the task: the one that does, else the one booked first; none while no list is waited for."""
    if not waits_for_list(sitting):
        return []
    return list(expected_cases(sitting, among=held)[:1] or expected_cases(sitting)[:1])
