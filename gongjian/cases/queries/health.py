"""Who reads the medical papers and the injury of a case: the person's side, and staff while their own step needs them."""

from datetime import datetime, time

from gongjian.accounts.models import User
from gongjian.accounts.queries import offices_where
from gongjian.accounts.roles import HEALTH, HEALTH_FOR_REASON
from gongjian.cases.models import Case, Consultation
from gongjian.cases.procedures import procedure_of
from gongjian.cases.queries.sides import Side, speaks_for
from gongjian.kernel import moment


def reads_health(user: User, case: Case) -> bool:
    """Whether `user`, who sees the case, may read about the person's health now.

    Law: 个保法 art. 28, 51 (specific purpose, sufficient necessity, limits by role).
    """
    if user.kind != User.Kind.STAFF:
        return speaks_for(user, case, Side.WORKER)
    return step_needs(user, case) or consults(user, case)


def step_needs(user: User, case: Case) -> bool:
    """Whether the step at which the case stands is `user`'s and needs the papers."""
    permission = procedure_of(case.procedure).health.get(case.state, "")
    return bool(permission) and user.holds(HEALTH, case.office_id) and user.holds(permission, case.office_id)


def may_consult(user: User, case: Case) -> bool:
    """Whether `user` may open the papers for a reason that is written down first."""
    return user.is_active and case.office_id in offices_where(user, HEALTH_FOR_REASON)


def consults(user: User, case: Case) -> bool:
    """Whether `user` has opened the papers today, with a reason."""
    midnight = datetime.combine(moment.today(), time.min, moment.ZONE)
    return may_consult(user, case) and Consultation.objects.filter(case=case, by=user, at__gte=midnight).exists()
