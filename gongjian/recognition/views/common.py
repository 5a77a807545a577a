"""What the pages of the room share: a case of this procedure for its staff, and a page around one form."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect

from gongjian.accounts.access import SignedIn
from gongjian.accounts.models import User
from gongjian.accounts.queries import in_role
from gongjian.accounts.roles import SEE, Role
from gongjian.cases.errors import CaseNotFound
from gongjian.cases.models import Case
from gongjian.cases.queries import case_for, keeps_away
from gongjian.kernel.views import form_page
from gongjian.law.errors import NotAllowed
from gongjian.materials.actions import add_page, material_of
from gongjian.materials.catalog import EMPLOYER_EVIDENCE
from gongjian.recognition.states import RECOGNITION


def recognition_case(number: str, user: User) -> Case:
    """A recognition for the pages of staff. Raises: CaseNotFound, NotAllowed for who is no member of staff."""
    found = case_for(number, by=user)
    if not user.holds(SEE):
        raise NotAllowed
    if found.procedure != RECOGNITION:
        raise CaseNotFound(number=number)
    return found


def one_form(request: SignedIn, case: Case, form: BaseForm, title: str, basis: str, submit: str) -> HttpResponse:
    """A page around one form about a case."""
    context: dict[str, Any] = {"case": case, "title": title, "basis": basis, "submit": submit}
    return form_page(request, "recognition/form.html", form, context)


def done(request: SignedIn, case: Case, said: str, to: str = "desk:case") -> HttpResponse:
    """Back to a page of the case with a word of what was done."""
    messages.success(request, said)
    return redirect(to, case.number)


def keep_proofs(case: Case, files: Iterable[Any], *, by: User) -> None:
    """The papers that came with the employer's word, as evidence of the employer."""
    material = material_of(EMPLOYER_EVIDENCE, case=case)
    for file in files:
        if file:
            add_page(material, file, name=file.name, by=by)


def colleagues_of(case: Case, user: User) -> list[User]:
    """Who may investigate beside `user`, has no other duty in the case and does not keep away from it."""
    busy = set(case.duties.exclude(duty="investigator").values_list("user_id", flat=True)) | {user.pk}
    able = [each for each in in_role(Role.INVESTIGATOR, case.office_id) if each.pk not in busy]
    return [each for each in able if not keeps_away(each, case)]
