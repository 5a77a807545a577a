"""The estimate as a page: for anybody with assumed facts, and for a case with what it holds. Everything is sent by POST and kept nowhere."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.benefits.errors import SheetWrong
from gongjian.benefits.estimate import Estimate, estimate_of
from gongjian.benefits.forms import QuestionForm, RelativeForm, form_for, initial_of
from gongjian.benefits.queries import held_by, side_claiming, stage_for
from gongjian.benefits.sheet import PEOPLE, Sheet, place_of, read_sheet
from gongjian.cases.models import Case
from gongjian.cases.queries import case_for
from gongjian.kernel.ledger.actions import record_reading
from gongjian.law.benefits.facts import asked, title
from gongjian.law.errors import DayWrong, ToldWrong


@never_cache
@require_http_methods(["GET", "POST"])
def estimate(request: HttpRequest) -> HttpResponse:
    """An estimate from facts that anybody tells or assumes."""
    return _answer(request, Sheet({}), {})


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def of_case(request: SignedIn, number: str) -> HttpResponse:
    """The estimate of a case: what the case holds is not asked for."""
    case = case_for(number, by=request.user)
    if request.method == "GET" and case.person.user_id != request.user.pk:
        record_reading(case.chain, by=request.user, what="待遇估算")
    held = held_by(case, by=request.user)
    begun = Sheet({}, ("grade",) if held.below_grades else (), held.facts)
    return _answer(
        request, begun, {"case": case, "below_grades": held.below_grades, "claim_url": _claim_url(request, case)}
    )


def _claim_url(request: SignedIn, case: Case) -> str:
    """Where these facts become a claim; "" where nothing can be claimed, or by somebody else."""
    side = side_claiming(case, by=request.user)
    return reverse("claims:new", args=[case.number]) if stage_for(case, side) else ""


def _answer(request: HttpRequest, begun: Sheet, context: dict[str, Any]) -> HttpResponse:
    """One round: what was pressed on the sheet that the page carried, then the next question."""
    if request.method == "GET":
        return _page(request, estimate_of(begun), None, context)
    sheet = read_sheet(request.POST.get("sheet", ""), begun.held)
    question = _question(request.POST.get("question", ""))
    form, problem, chosen = None, "", None
    match request.POST.get("do", ""):
        case "answer" | "more":
            form, sheet, problem = _answered(request.POST, question, sheet)
            chosen = question if form else PEOPLE if request.POST["do"] == "more" else None
        case "skip":
            sheet = sheet.skipping(question)
        case "drop":
            sheet = sheet.without(question)
        case "ask":
            chosen = question
        case _:
            raise SheetWrong
    return _page(request, _estimate(sheet, chosen), form, {**context, "problem": problem})


def _answered(
    data: Mapping[str, Any], question: str, sheet: Sheet
) -> tuple[QuestionForm | RelativeForm | None, Sheet, str]:
    """The form again where it cannot be taken, the sheet as it then is, and what is wrong with another fact."""
    form = form_for(question, data)
    if not form.is_valid():
        return form, sheet, ""
    further = sheet.answered(question, form.value())
    try:
        estimate_of(further)
    except (ToldWrong, DayWrong) as refusal:
        return form, sheet, _told_of(form, question, refusal)
    return None, further, ""


def _told_of(form: QuestionForm | RelativeForm, question: str, refusal: ToldWrong | DayWrong) -> str:
    """Put the fault at the question's own field; a fault of another fact is told as a sentence with that fact's words."""
    field, fault = str(refusal.facts["field"]), str(refusal.facts.get("fault", "不是可以采用的日期。"))
    inner = field.removeprefix(f"{question}.")
    if field.startswith(question):
        form.add_error(inner if inner in form.fields else next(iter(form.fields)), fault)
        return ""
    name = field.partition("[")[0]
    return f"与已填的“{title(name)}”不能同时成立：{fault}请先改正其中一项。"


def _estimate(sheet: Sheet, chosen: str | None) -> Estimate:
    try:
        return estimate_of(sheet, chosen)
    except (ToldWrong, DayWrong) as refusal:  # no page of ours carries on what was refused before
        raise SheetWrong from refusal


def _question(name: str) -> str:
    if place_of(name) is None and name not in asked():
        raise SheetWrong
    return name


def _page(
    request: HttpRequest, found: Estimate, form: QuestionForm | RelativeForm | None, context: dict[str, Any]
) -> HttpResponse:
    wrong = form is not None
    if form is None and found.asked:
        form = form_for(found.asked, initial=_initial(found))
    facts = {"estimate": found, "form": form, "is_relative": place_of(found.asked or "") is not None}
    return render(request, "benefits/estimate.html", {**facts, **context}, status=422 if wrong else 200)


def _initial(found: Estimate) -> dict[str, Any]:
    place = place_of(found.asked or "")
    people = found.sheet.people
    if place is not None:
        return initial_of(PEOPLE, people[place - 1]) if place <= len(people) else {}
    return initial_of(found.asked or "", found.sheet.told.get(found.asked or "", ""))
