"""Who sees which case. The one authority for list, detail, search, export and count."""

import re

from django.db.models import Q, QuerySet

from gongjian.accounts.models import User
from gongjian.accounts.queries import offices_where, windows_where
from gongjian.accounts.roles import SEE
from gongjian.cases.errors import CaseNotFound, MandateEndedByDeath
from gongjian.cases.models import Case
from gongjian.cases.queries.recusals import open_to
from gongjian.cases.queries.sides import in_force
from gongjian.kernel import moment
from gongjian.kernel.fields import blind_index
from gongjian.parties.models import Mandate

NUL = "\x00"
"""The one sign that no text in the database can hold."""


def visible_to(user: User) -> QuerySet[Case]:
    """Cases `user` may see: staff those of their offices, a county's window those it received, parties their own, agents while their mandate lasts.

    Of the staff nobody sees a case from which they keep away. Experts see none here: they work by exam code.
    """
    cases = Case.objects.select_related("office", "person", "employer")
    if not user.is_authenticated or not user.is_active:
        return cases.none()
    if user.kind == User.Kind.STAFF:
        return open_to(cases.filter(_reach(user)), user)
    if user.kind == User.Kind.APPLICANT:
        return cases.filter(pk__in=user.case_parties.filter(in_force(moment.today())).values("case_id"))
    return cases.none()


def _reach(user: User) -> Q:
    reach = Q(office_id__in=offices_where(user, SEE))
    windows = windows_where(user, SEE)
    return reach | Q(window_id__in=windows) if windows else reach


def case_for(number: str, *, by: User) -> Case:
    """One case. A case hidden from `by` and a case that does not exist answer alike; only who was its agent until a death is told so.

    Law: 民法典 art. 173(4). Raises: CaseNotFound, MandateEndedByDeath.
    """
    case = visible_to(by).filter(number=number).first() if NUL not in number else None
    if case is None and NUL not in number and _ended_by_death(number, by):
        raise MandateEndedByDeath(number=number)
    if case is None:
        raise CaseNotFound(number=number)
    return case


def _ended_by_death(number: str, by: User) -> bool:
    if by.kind != User.Kind.APPLICANT or not by.is_active:
        return False
    return by.case_parties.filter(case__number=number, mandate__revoked_why=Mandate.End.DEATH).exists()


def is_party(user: User, case: Case) -> bool:
    """Whether `user` takes part in the case, an agent only while the mandate lasts. For whom: `sides.speaks_for`."""
    return case.parties.filter(in_force(moment.today()), user=user).exists()


def search(user: User, text: str, *, limit: int = 20) -> list[Case]:
    """Cases by number (start), identity number (whole), name (start) or pinyin initials, the green channel first, then the newest, among those visible to `user`."""
    text = text.strip()
    if not text or NUL in text:
        return []
    return list(visible_to(user).filter(meaning(text)).order_by("priority", "-received_at", "-id")[:limit])


def meaning(text: str) -> Q:
    """What a person who types `text` looks for, as a condition on cases; who may see them is asked elsewhere."""
    text = text.strip()
    if re.fullmatch(r"\d{17}[\dXx]", text):
        return Q(person__id_index=blind_index(text.upper(), "id_number"))
    if re.match(r"[A-Za-z0-9]+-\d", text):
        return Q(number__startswith=text.upper())
    if re.fullmatch(r"[A-Za-z]{2,}", text):
        return Q(person__pinyin_initials__startswith=text.lower())
    return Q(person__name__startswith=text)
