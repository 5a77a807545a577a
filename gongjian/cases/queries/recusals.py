"""Which of the staff keep away from a case. The one place that knows: visibility, moves, duties and worklists all ask here."""

from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from gongjian.accounts.models import User
from gongjian.accounts.queries import in_role, offices_where
from gongjian.accounts.roles import RECUSE, Role
from gongjian.cases.errors import CaseNotFound, KeepsAway, RecusalWaits, StaffRecusalNotFound
from gongjian.cases.models import Case, CaseParty, Obligation, StaffRecusal
from gongjian.cases.owes import DECIDE_STAFF_RECUSAL, FIND_COLLEAGUE
from gongjian.parties.models import Person

Row = TypeVar("Row", bound=Model)
ASKED, GRANTED = StaffRecusal.Decision.ASKED, StaffRecusal.Decision.GRANTED


def open_to(rows: QuerySet[Row], user: User, *, at: str = "") -> QuerySet[Row]:
    """Rows without those of cases from which `user` keeps away: recused, the person themself, or the account of a party of theirs.

    at: the way from a row to its case ("case"); "" for cases. Law: 令55 art. 28.
    """
    step = f"{at}__" if at else ""
    kept: list[dict[str, Any]] = [{"pk__in": StaffRecusal.objects.filter(user=user, decision=GRANTED).values("case")}]
    if user.id_index:
        own = Person.objects.filter(id_index=user.id_index)
        theirs = CaseParty.objects.filter(user__in=own.exclude(user=None).values("user"))
        kept += [{"person__in": own.values("pk")}, {"pk__in": theirs.values("case")}]
    for condition in kept:
        rows = rows.exclude(**{f"{step}{path}": found for path, found in condition.items()})
    return rows


def keeps_away(user: User, case: Case) -> bool:
    """Whether `user` neither sees nor acts in the case."""
    return not open_to(Case.objects.filter(pk=case.pk), user).exists()


def is_asked_about(user: User, case: Case) -> bool:
    """Whether a request that `user` keep away waits for its decision: until then they do nothing in the case."""
    return StaffRecusal.objects.filter(case=case, user=user, decision=ASKED).exists()


def require_no_bar(case: Case, *, by: User) -> None:
    """Refuse who keeps away from the case, or is asked to. Law: 令55 art. 28. Raises: KeepsAway, RecusalWaits."""
    if keeps_away(by, case):
        raise KeepsAway
    if is_asked_about(by, case):
        raise RecusalWaits


def request_waits(case: Case) -> bool:
    """Whether any request about the staff waits."""
    return StaffRecusal.objects.filter(case=case, decision=ASKED).exists()


def anybody_keeps_away(case: Case) -> bool:
    """Whether anybody at all of the staff keeps away from the case: two queries."""
    if StaffRecusal.objects.filter(case=case, decision=GRANTED).exists():
        return True
    people = Person.objects.filter(Q(cases=case) | Q(user__case_parties__case=case)).values("id_index")
    return User.objects.filter(kind=User.Kind.STAFF, id_index__in=people).exclude(id_index="").exists()


def left_in_role(case: Case, role: str) -> tuple[bool, bool]:
    """(somebody holds the role for this case, one of them does not keep away)."""
    users = list(in_role(role, case.office_id, case.window_id))
    return bool(users), any(not keeps_away(user, case) for user in users)


def recusals_of(case: Case) -> QuerySet[StaffRecusal]:
    """Everything about the staff of a case keeping away, newest first."""
    return case.staff_recusals.select_related("user", "told_by", "decided_by").order_by("-pk")


def recusals_waiting(user: User) -> QuerySet[StaffRecusal]:
    """Requests that `user` may decide, oldest first; none about or by themself."""
    rows = StaffRecusal.objects.filter(decision=ASKED, case__office__in=offices_where(user, RECUSE))
    return rows.exclude(user=user).select_related("case__office", "user", "told_by").order_by("pk")


def recusal_for(pk: int, *, by: User) -> StaffRecusal:
    """One request that waits for `by`. Hidden and missing answer alike. Raises: StaffRecusalNotFound."""
    found = recusals_waiting(by).filter(pk=pk).first()
    if found is None:
        raise StaffRecusalNotFound
    return found


def without_a_colleague(user: User) -> QuerySet[Obligation]:
    """Roles in which everybody keeps away from a case, at the offices of `user`, the most urgent first."""
    rows = Obligation.objects.filter(kind=FIND_COLLEAGUE, fulfilled_at=None, office__in=offices_where(user, RECUSE))
    return rows.select_related("case", "office").order_by("due_on", "pk")


def colleagues_for(case: Case) -> QuerySet[User]:
    """Staff of the case's office and of the window that received it: who can be meant by a request."""
    found = User.objects.none()
    for role in Role:
        found = found | in_role(role, case.office_id, case.window_id)
    return found.distinct().order_by("name", "pk")


def case_of_recusals(number: str, *, by: User) -> Case:
    """A case about whose staff something is asked or declared, for who decides there, unless it is about them alone.

    Hidden and missing answer alike. Raises: CaseNotFound.
    """
    cases = Case.objects.select_related("office").filter(office__in=offices_where(by, RECUSE), number=number)
    told = Exists(StaffRecusal.objects.filter(case=OuterRef("pk")))
    owed = Exists(Obligation.objects.filter(case=OuterRef("pk"), kind__in=(DECIDE_STAFF_RECUSAL, FIND_COLLEAGUE)))
    found = open_to(cases, by).filter(told | owed).first() if number.isprintable() else None
    if found is None:
        raise CaseNotFound(number=number)
    return found
