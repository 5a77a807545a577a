"""Following a case, and what a party can do in it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.models import User
from gongjian.applications.forms import WithdrawForm
from gongjian.applications.kept import application_of
from gongjian.applications.queries import must_act_for_applicant
from gongjian.appraisal.errors import NoNoticeYet
from gongjian.appraisal.queries import recognised_parts
from gongjian.appraisal.states import DECIDING, INITIAL
from gongjian.cases.actions.move import allowed_move
from gongjian.cases.models import Case
from gongjian.cases.queries import case_for, deadline_of, reads_health
from gongjian.draws.actions.recusing import OPEN
from gongjian.kernel.ledger.actions import record_reading
from gongjian.law.errors import NotFound, RuleError
from gongjian.materials.queries import visible_materials
from gongjian.papers.queries import visible_papers
from gongjian.portal import following
from gongjian.portal.limits import shown_to, told_to
from gongjian.portal.offers import offered
from gongjian.portal.procedures import face_of, notice_of
from gongjian.portal.readers import readings_for
from gongjian.portal.views.papers import kinds_of


@require_GET
@signed_in
def case(request: SignedIn, number: str) -> HttpResponse:
    """Where is my case."""
    case = _read(request, number, "案件进度页")
    application = application_of(case)
    assert application is not None
    own = list(case.parties.filter(user=request.user))
    limits = shown_to(case, by=request.user)
    context = {
        "case": case,
        "application": application,
        "capacity": application.get_applicant_kind_display(),
        "worker": face_of(case).worker,
        "parts": _parts(case, request.user),
        "state": following.state_label(case, by=request.user),
        "state_kind": following.state_kind(case),
        "promise": following.promise(case, by=request.user),
        "owed": told_to(following.owed_now(case, by=request.user), limits),
        "limits": limits,
        "events": following.events(case, by=request.user),
        "moves": following.my_moves(case, by=request.user),
        "papers": visible_papers(case, by=request.user),
        "materials": visible_materials(case, by=request.user),
        "notice": notice_of(case),
        "blocks": following.blocks(case),
        "may_ask_recusal": bool(own) and case.procedure == INITIAL and case.state in OPEN,
        "may_ask_staff": bool(own) and case.procedure == INITIAL and case.state in DECIDING,
    }
    return render(request, "portal/case.html", context)


@require_GET
@signed_in
def receipt(request: SignedIn, number: str) -> HttpResponse:
    """The receipt as a page: number, time, each file with its hash."""
    case = _read(request, number, "收件回执")
    application = application_of(case)
    deadline = deadline_of(case.limits.select_related("case__office").get(limit=face_of(case).review, about=""))
    context = {
        "case": case,
        "application": application,
        "worker": face_of(case).worker,
        "deadline": deadline,
        "materials": visible_materials(case, by=request.user),
        "at_window": request.user.kind == User.Kind.STAFF,
        "entered": offered(case.procedure).entered,
    }
    return render(request, "portal/receipt.html", context)


@require_GET
@signed_in
def readings(request: SignedIn, number: str) -> HttpResponse:
    """Who has seen the data of this case."""
    case = case_for(number, by=request.user)
    return render(request, "portal/readings.html", {"case": case, "readings": readings_for(case, by=request.user)})


@require_http_methods(["GET", "POST"])
@signed_in
def supplement(request: SignedIn, number: str) -> HttpResponse:
    """Everything that is missing, item by item, and handing it in."""
    case = _read(request, number, "补正页")
    allowed_move(case, "supplement", by=request.user)
    must_act_for_applicant(case, by=request.user)
    notice = notice_of(case)
    if notice is None:
        raise NoNoticeYet
    problem = ""
    if request.method == "POST":
        try:
            face_of(case).supplement(case, by=request.user)
        except NotFound:
            raise
        except RuleError as error:
            problem = str(error)
        else:
            messages.success(request, "补正材料已提交，受理窗口会重新审查。")
            return redirect("portal:case", number)
    new = {
        material.kind: [page for page in material.pages.all() if page.added_at >= notice.sent_at]
        for material in visible_materials(case, by=request.user)
    }
    lines = [
        (kind, [item["what"] for item in notice.items if item["kind"] == kind.code], new.get(kind.code, []))
        for kind in kinds_of(notice.items)
    ]
    deadline = deadline_of(case.limits.select_related("case__office").get(limit=face_of(case).supplements, about=""))
    context = {"case": case, "notice": notice, "lines": lines, "deadline": deadline, "problem": problem}
    context["otherwise"] = face_of(case).otherwise
    return render(request, "portal/supplement.html", context, status=422 if problem else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def withdraw(request: SignedIn, number: str) -> HttpResponse:
    """Taking the application back, after a second look."""
    case = case_for(number, by=request.user)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        face_of(case).withdraw(case, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, "申请已撤回。需要时可以重新申请。")
        return redirect("portal:case", number)
    allowed_move(case, "withdraw", by=request.user)
    must_act_for_applicant(case, by=request.user)
    return render(request, "portal/withdraw.html", {"case": case, "form": form})


def _parts(case: Case, user: User) -> str:
    """The recognised parts, which the parties know from the decision; of the staff only who reads about health."""
    if user.kind == User.Kind.STAFF and not reads_health(user, case):
        return ""
    return "、".join(part.label for part in recognised_parts(case))


def _read(request: SignedIn, number: str, what: str) -> Case:
    """The case, with the reading noted unless one reads one's own."""
    case = case_for(number, by=request.user)
    if case.person.user_id != request.user.pk:
        record_reading(case.chain, by=request.user, what=what)
    return case
