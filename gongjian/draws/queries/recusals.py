"""Reading recusals."""

from django.db.models import QuerySet

from gongjian.accounts.models import User
from gongjian.accounts.queries import offices_where
from gongjian.cases.models import Case
from gongjian.cases.queries import open_to
from gongjian.draws.errors import RecusalNotFound
from gongjian.draws.models import Recusal


def requests_of(case: Case) -> QuerySet[Recusal]:
    """Every recusal of a case, newest first."""
    return Recusal.objects.filter(case=case).select_related("expert", "told_by", "decided_by").order_by("-pk")


def requests_waiting(user: User) -> QuerySet[Recusal]:
    """Requests that wait for an answer of `user`, oldest first."""
    waiting = Recusal.objects.filter(
        decision=Recusal.Decision.ASKED, case__office__in=offices_where(user, "draws.draw")
    )
    return open_to(waiting, user, at="case").select_related("case").order_by("pk")


def recusal_for(text: str, *, case: Case) -> Recusal:
    """One recusal of a case by its id as the form sends it. Raises: RecusalNotFound."""
    found = Recusal.objects.filter(case=case, pk=int(text)).first() if text.isdecimal() else None
    if found is None:
        raise RecusalNotFound
    return found
