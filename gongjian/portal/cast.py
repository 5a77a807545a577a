"""Where the case of each party of the demo's cast stands, for the sign-in page of the demo city."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from gongjian.accounts.cast import STANDS
from gongjian.accounts.models import User
from gongjian.applications.models import Draft
from gongjian.cases.models import Case, CaseParty
from gongjian.cases.procedures import procedure_of


def stands(people: Sequence[User]) -> Mapping[int, str]:
    """User id → the state of their case, or how many they have, or that they are still writing: two queries."""
    cases: dict[int, dict[int, Case]] = defaultdict(dict)
    for row in CaseParty.objects.filter(user__in=people).select_related("case").order_by("case_id"):
        cases[row.user_id][row.case_id] = row.case
    writing = Draft.objects.filter(user__in=people).values_list("user_id", flat=True)
    return dict.fromkeys(writing, "申请还没写完") | {pk: _phrase(list(found.values())) for pk, found in cases.items()}


def begin() -> None:
    """Make it known to `accounts`."""
    if stands not in STANDS:
        STANDS.append(stands)


def _phrase(cases: list[Case]) -> str:
    """As the staff call the state: the demo is there to see each of them."""
    if len(cases) > 1:
        return f"{len(cases)}件案件"
    return procedure_of(cases[0].procedure).labels[cases[0].state]
