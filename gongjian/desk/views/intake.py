"""One window: whoever comes is checked once, then what they came for is begun."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.models import Office
from gongjian.accounts.roles import VISITS
from gongjian.applications import visits
from gongjian.applications.errors import AnotherPerson, WindowOnly
from gongjian.applications.models import Draft, Visit
from gongjian.appraisal.queries import windows_of as appraisal_windows
from gongjian.appraisal.states import INITIAL
from gongjian.appraisal.takeover import begin_from, recognised_of
from gongjian.desk.forms_intake import IdentityForm
from gongjian.desk.intake import hall_of
from gongjian.kernel.views import form_page
from gongjian.law.errors import RuleError
from gongjian.recognition.queries import windows_of as recognition_windows
from gongjian.recognition.states import RECOGNITION

WINDOWS = {RECOGNITION: recognition_windows, INITIAL: appraisal_windows}


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def intake(request: SignedIn) -> HttpResponse:
    """One identity check for everything that follows."""
    if not request.user.holds(VISITS):
        raise WindowOnly
    form = IdentityForm(request.POST, request.FILES) if request.method == "POST" else IdentityForm()
    if form.is_valid():
        try:
            visit = visits.open_visit(**form.told(), by=request.user, scans=form.scans())
        except RuleError as error:
            form.add_error("id_number", str(error))
        else:
            request.session[visits.HERE] = visit.token
            return redirect("desk:visit", visit.token)
    return form_page(request, "desk/intake.html", form)


@never_cache
@require_GET
@signed_in
def visit(request: SignedIn, token: str) -> HttpResponse:
    """What this person can come for, and what is held already."""
    found = visits.visit_for(token, by=request.user)
    request.session[visits.HERE] = found.token
    return render(request, "desk/visit.html", {"hall": hall_of(found, by=request.user)})


@require_POST
@signed_in
def begin(request: SignedIn, token: str) -> HttpResponse:
    """Begin what they came for; it is typed in on the page that all paper applications have."""
    found = visits.visit_for(token, by=request.user)
    what = request.POST.get("what", "")
    offices = {office.code: office for office in WINDOWS[what](request.user)} if what in WINDOWS else {}
    office = offices.get(request.POST.get("office", ""))
    if office is None:
        raise WindowOnly
    number = request.POST.get("case", "")
    draft = (
        _founded(request, found, office, number)
        if number
        else visits.begin_anew(found, office=office, procedure=what, by=request.user)
    )
    return redirect("portal:window", draft.token)


def _founded(request: SignedIn, visit: Visit, office: Office, number: str) -> Draft:
    """Upon a recognition of the very person who stands there. Raises: AnotherPerson."""
    person = visits.person_of(visit)
    rows = recognised_of(person) if person else []
    case = next((one.case for one in rows if one.case.number == number), None)
    if case is None:
        raise AnotherPerson
    draft = begin_from(case, by=request.user, office=office, channel="window", visit=visit)
    return visits.with_document(draft, by=request.user)
