"""A case kept still for the transaction that changes it."""

from gongjian.cases.models import Case


def locked(case: Case) -> Case:
    """The case as it is now, with what its papers name."""
    rows = Case.objects.select_for_update(of=("self",)).select_related("office__parent", "person", "employer")
    return rows.get(pk=case.pk)
