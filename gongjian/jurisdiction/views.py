"""The administrator's pages: who decides what where, a change entered in advance, and what it brings about."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.models import Office, User
from gongjian.cases.procedures import procedure_of
from gongjian.jurisdiction import queries
from gongjian.jurisdiction.actions import carrying_out, changing
from gongjian.jurisdiction.businesses import KNOWN
from gongjian.jurisdiction.forms import ChangeForm
from gongjian.jurisdiction.models import Change
from gongjian.jurisdiction.rules import BUSINESSES, gaps, overlaps
from gongjian.kernel import moment
from gongjian.kernel.views import form_page
from gongjian.law.errors import NotAllowed

MOST_SHOWN = 200


@require_GET
@signed_in
def table(request: SignedIn) -> HttpResponse:
    """The rules of each business with their days and grounds, and the changes of one's own office."""
    if request.user.kind != User.Kind.STAFF:
        raise NotAllowed
    lines = [(title, *_rules(code)) for code, title in BUSINESSES.items()]
    told = {"lines": lines, "changes": queries.changes_of(request.user)[:MOST_SHOWN], "today": moment.today()}
    return render(request, "jurisdiction/table.html", {**told, "enters": bool(queries.managed(request.user))})


def _rules(business: str) -> tuple[Any, list[Any], bool]:
    """(rows as entered, what holds by place where none were, whether they leave a gap or an overlap)."""
    rows, rules = list(queries.entered(business)), queries.rules_of(business)
    return rows, [] if rows else rules, bool(rows) and bool(gaps(rules) or overlaps(rules))


@signed_in
def enter(request: SignedIn) -> HttpResponse:
    """Enter a change in advance."""
    if not queries.managed(request.user):
        raise NotAllowed
    kinds = frozenset().union(*(business.kinds for business in KNOWN.values()))
    form = ChangeForm(request.POST or None, offices=Office.objects.filter(kind__in=kinds).order_by("code"))
    if request.method == "POST" and form.is_valid():
        row = changing.enter_change(form.cleaned_data.pop("business"), by=request.user, **form.cleaned_data)
        messages.success(request, f"已登记，从{row.since:%Y-%m-%d}起生效。在办的案件到时自动移交，并告知当事人。")
        return redirect("jurisdiction:change", row.pk)
    return form_page(request, "jurisdiction/enter.html", form)


@require_GET
@signed_in
def change(request: SignedIn, pk: int) -> HttpResponse:
    """One change: what it is, which cases it concerns, and what became of each."""
    row = queries.change_for(pk, by=request.user)
    done = [(each, _label(each.case.procedure, each.state)) for each in queries.handed_over(row)[:MOST_SHOWN]]
    told = {
        "change": row,
        "done": done,
        "waiting": _waiting(row),
        "failing": queries.set_aside(row)[:MOST_SHOWN],
        "taker": None if row.taken_back_at else queries.taker_of(row),
        "handed": queries.handed_over(row).filter(stays=False).count(),
    }
    managed = {row.from_office_id, row.to_office_id} & queries.managed(request.user)
    may = bool(managed) and not row.taken_back_at and row.since > moment.today()
    return render(request, "jurisdiction/change.html", {**told, "may_take_back": may, "managed": bool(managed)})


@require_GET
@signed_in
def failing(request: SignedIn, number: str) -> HttpResponse:
    """The change whose handover of a case has failed: where the task of its office leads."""
    return redirect("jurisdiction:change", queries.failing_for(number, by=request.user).pk)


@require_POST
@signed_in
def try_again(request: SignedIn, pk: int) -> HttpResponse:
    """Try at once what was set aside."""
    row = queries.change_for(pk, by=request.user)
    gone = carrying_out.try_again(row, by=request.user)
    left = queries.set_aside(row).count()
    messages.info(
        request, f"已再次移交，办成{gone}件。" + (f"还有{left}件没有移交成，平台每半小时再试。" if left else "")
    )
    return redirect("jurisdiction:change", pk)


def _waiting(row: Change) -> list[tuple[str, str, bool]]:
    """(number, state, whether it goes along) of the cases at which nobody has looked yet."""
    if row.done_at or row.taken_back_at:
        return []
    moves = KNOWN[row.business].moves
    cases = queries.running(row, after=row.upto)[:MOST_SHOWN]
    return [(case.number, _label(case.procedure, case.state), case.state in moves) for case in cases]


def _label(procedure: str, state: str) -> str:
    return procedure_of(procedure).label_for(state, inside=True)


@require_POST
@signed_in
def take_back(request: SignedIn, pk: int) -> HttpResponse:
    """Take a change back before its day."""
    changing.take_back(queries.change_for(pk, by=request.user), by=request.user)
    messages.success(request, "已撤回，原来的管辖规定继续有效。")
    return redirect("jurisdiction:change", pk)
