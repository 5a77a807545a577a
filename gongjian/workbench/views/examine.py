"""The examination: papers on the left, findings on the right, each word kept as it is typed."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from gongjian.accounts.access import SignedIn
from gongjian.kernel.views import page_or_fragment
from gongjian.opinions.actions.draft import save_draft
from gongjian.opinions.content import Content
from gongjian.opinions.errors import DraftChangedMeanwhile, NotDeclared
from gongjian.opinions.models import OpinionDraft
from gongjian.opinions.queries.access import Duty, Stage, duty_for, require_writing
from gongjian.opinions.queries.drafts import content_of, draft_of
from gongjian.opinions.queries.papers import papers_of
from gongjian.opinions.queries.talk import reopening_of
from gongjian.workbench.access import expert_page
from gongjian.workbench.forms import Press, content_from, press_of, pressed, version_in
from gongjian.workbench.sheets_shown import KindPicker, kind_picker
from gongjian.workbench.shown import GROUNDS, Picker, about, differences, opinion_shown, picker_for

CONFLICT = 409
AT_FINDING = {"choose", "unchoose", "sheet", "unsheet"}
"""Buttons after which one stays at the finding."""
FORM = "_opinion"
"""What sends a save by itself. It names the button pressed last, too; that button has a request of its own."""


@require_http_methods(["GET", "POST"])
@expert_page
def opinion(request: SignedIn, exam_code: str) -> HttpResponse:
    """The examination page; each POST keeps the whole form, and its button decides what is answered."""
    duty = duty_for(exam_code, by=request.user)
    if duty.stage != Stage.EXAMINE and request.method == "GET":
        return redirect("workbench:exam", exam_code)
    return _kept(request, duty) if request.method == "POST" else _page(request, duty)


@require_GET
@expert_page
def paper(request: SignedIn, exam_code: str) -> HttpResponse:
    """One leaf of the papers: the fragment beside the form, or a page of its own."""
    duty = duty_for(exam_code, by=request.user)
    if not duty.may_read:
        raise NotDeclared
    return page_or_fragment(request, "workbench/paper.html", "workbench/_paper.html", _paper(request, duty))


@require_GET
@expert_page
def clauses(request: SignedIn, exam_code: str) -> HttpResponse:
    """The clauses that fit what was typed, for one finding."""
    duty = duty_for(exam_code, by=request.user)
    if not request.headers.get("HX-Request"):
        return redirect(f"{reverse('workbench:opinion', args=[exam_code])}?{request.GET.urlencode()}")
    return render(request, "workbench/_clauses.html", {"duty": duty, "picker": _picker(request)})


@require_GET
@expert_page
def kinds(request: SignedIn, exam_code: str) -> HttpResponse:
    """The kinds of findings that fit what was typed, for one finding; they tell of the injured part, so only who examines sees them."""
    duty = duty_for(exam_code, by=request.user)
    require_writing(duty)
    if not request.headers.get("HX-Request"):
        return redirect(f"{reverse('workbench:opinion', args=[exam_code])}?{request.GET.urlencode()}")
    picker = _kind_picker(request, content_of(draft_of(duty)))
    return render(request, "workbench/_kinds.html", {"duty": duty, "kinds": picker})


def _page(request: SignedIn, duty: Duty) -> HttpResponse:
    draft = draft_of(duty)
    content = content_of(draft)
    picker = _kind_picker(request, content) if "measure" in request.GET else _picker(request)
    context = _context(request, duty, content, draft, picker)
    return page_or_fragment(request, "workbench/opinion.html", "workbench/_opinion.html", context)


def _kept(request: SignedIn, duty: Duty) -> HttpResponse:
    press = Press("save") if request.headers.get("HX-Trigger") == FORM else press_of(request.POST)
    content = pressed(content_from(request.POST), press, about(duty).person)
    try:
        version = draft_of(duty).version if press.act == "mine" else version_in(request.POST)
        page = str(request.POST.get("page", ""))[:40]
        draft = save_draft(duty.exam_code, content, version=version, by=request.user, page=page)
    except DraftChangedMeanwhile as refusal:
        return _differing(request, duty, content, str(refusal))
    if request.headers.get("HX-Request"):
        return _fragment(request, duty, content, draft, press)
    return redirect(_next_page(duty, press))


def _fragment(request: SignedIn, duty: Duty, content: Content, draft: OpinionDraft, press: Press) -> HttpResponse:
    if press.act == "sign":
        return HttpResponseClientRedirect(_next_page(duty, press))
    if press.act == "save":
        shown = opinion_shown(content, about(duty).parts)
        return render(request, "workbench/_saved.html", {"duty": duty, "draft": draft, **shown})
    picker = _opened(content, press)
    return render(request, "workbench/_opinion.html", _context(request, duty, content, draft, picker))


def _opened(content: Content, press: Press) -> Picker | KindPicker | None:
    """What the button lets one choose from."""
    if press.act == "measure":
        return kind_picker(press.place, part=_part(content, press.place))
    return picker_for(press.place) if press.act == "pick" else None


def _part(content: Content, place: int) -> str:
    return content.findings[place].part if place < len(content.findings) else ""


def _next_page(duty: Duty, press: Press) -> str:
    if press.act == "sign":
        return reverse("workbench:sign", args=[duty.exam_code])
    page = reverse("workbench:opinion", args=[duty.exam_code])
    if press.act == "pick":
        return f"{page}?pick={press.place}#clauses"
    if press.act == "measure":
        return f"{page}?measure={press.place}#kinds"
    return f"{page}#finding-{press.place}" if press.act in AT_FINDING else f"{page}#opinion"


def _differing(request: SignedIn, duty: Duty, mine: Content, sentence: str) -> HttpResponse:
    """Both drafts side by side; nothing is overwritten until the author has chosen."""
    draft = draft_of(duty)
    told = {"sentence": sentence, "differences": differences(mine, content_of(draft)), "duty": duty, "draft": draft}
    if request.headers.get("HX-Request"):
        return render(request, "workbench/_differing.html", told, status=CONFLICT)
    context = _context(request, duty, mine, draft, None)
    return render(request, "workbench/opinion.html", {**context, **told}, status=CONFLICT)


def _context(
    request: SignedIn, duty: Duty, content: Content, draft: OpinionDraft, picker: Picker | KindPicker | None
) -> dict[str, Any]:
    told = about(duty)
    return {
        "about": told,
        "reopening": reopening_of(duty),
        "draft": draft,
        "grounds": GROUNDS,
        **_paper(request, duty),
        **opinion_shown(content, told.parts, picker),
    }


def _paper(request: SignedIn, duty: Duty) -> dict[str, Any]:
    number = request.GET.get("n", "1")
    papers = papers_of(duty, int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1)
    return {"duty": duty, "papers": papers, "zoom": "2" if request.GET.get("zoom") == "2" else "1"}


def _picker(request: SignedIn) -> Picker | None:
    place = _place(request, "pick")
    asked = {name: request.GET.get(name, "") for name in ("system", "grade")}
    return None if place is None else picker_for(place, query=request.GET.get("q", ""), **asked)


def _kind_picker(request: SignedIn, content: Content) -> KindPicker | None:
    place = _place(request, "measure")
    if place is None:
        return None
    asked = {"query": request.GET.get("q", ""), "region": request.GET.get("region", "")}
    return kind_picker(place, **asked, part=_part(content, place))


def _place(request: SignedIn, name: str) -> int | None:
    told = request.GET.get(name, "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 3 else None
