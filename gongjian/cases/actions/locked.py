"""A case kept still for the transaction that changes it: whoever comes at the same moment waits here, or passes by."""

from django.db.models import QuerySet

from gongjian.cases.models import Case


def locked(case: Case) -> Case:
    """The case as it is now, with what its papers name; others who want it wait until this transaction ends."""
    return locked_row(case.pk)


def locked_row(pk: int) -> Case:
    """The case with this key, as `locked` gives it. Raises: Case.DoesNotExist."""
    return _rows().select_for_update(of=("self",)).get(pk=pk)


def locked_if_free(pk: int, *, state: str) -> Case | None:
    """For a sweep: the case if it still stands in this state and nobody else has it now; a later sweep finds it again."""
    return _rows().select_for_update(of=("self",), skip_locked=True).filter(pk=pk, state=state).first()


def _rows() -> QuerySet[Case]:
    return Case.objects.select_related("office__parent", "person", "employer")
