"""What falls away with a case that is not decided any more: its limits, and the comparing that others waited for."""

from gongjian.cases.actions.clock import end_limit
from gongjian.cases.actions.obligations import fulfil
from gongjian.cases.models import Case, CaseLimit
from gongjian.kernel import moment
from gongjian.recognition.owes import JOINING
from gongjian.recognition.queries.joining import to_compare


def end_running(case: Case) -> None:
    """The limits that run for this case fall away: nothing is decided any more."""
    running = CaseLimit.objects.filter(case=case, about="", met_on=None, ended_on=None)
    for limit in running.values_list("limit", flat=True):
        end_limit(case, limit, on=moment.today())
    free_others(case)


def free_others(case: Case) -> None:
    """Nobody is asked any more to compare with this case what is like nothing else."""
    others = Case.objects.select_related("person").filter(person__id_index=case.person.id_index)
    waiting = others.filter(obligations__kind=JOINING, obligations__fulfilled_at=None).exclude(pk=case.pk)
    for other in waiting.distinct().order_by("pk"):
        if not to_compare(other):
            fulfil(other, JOINING)
