"""Posting: what goes out today, the batches, their labels, and what comes back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.models import Office
from gongjian.accounts.queries import offices_where
from gongjian.delivery import actions
from gongjian.delivery.forms import ResultsForm
from gongjian.delivery.labels import labels
from gongjian.delivery.postal import RowError, read_pasted, read_xlsx, write_xlsx
from gongjian.delivery.queries.lists import PERMISSION, batch_for, envelopes_of, post_batches
from gongjian.delivery.queries.lists import to_post as waiting_at
from gongjian.kernel.evidence.responses import harmless
from gongjian.kernel.ledger.actions import record_reading
from gongjian.law.errors import NotAllowed

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@signed_in
def to_post(request: SignedIn) -> HttpResponse:
    """What may go to the post, office by office, and the batches that went."""
    offices = list(Office.objects.filter(pk__in=offices_where(request.user, PERMISSION)).order_by("code"))
    if not offices:
        raise NotAllowed
    if request.method == "POST":
        office = get_object_or_404(Office, pk=request.POST.get("office"), pk__in=[each.pk for each in offices])
        chosen = [int(pk) for pk in request.POST.getlist("delivery") if pk.isdecimal()]
        batch = actions.post(office, chosen, by=request.user)
        messages.success(request, f"已生成邮寄清单{batch.paper.number}。")
        return redirect("delivery:batch", batch.pk)
    waiting = [(office, rows) for office in offices if (rows := waiting_at(request.user, office))]
    told = {"waiting": waiting, "batches": post_batches(request.user)[:30]}
    return render(request, "delivery/post.html", told)


@signed_in
def batch(request: SignedIn, pk: int) -> HttpResponse:
    """The envelopes of a batch; what came back is pasted or uploaded here."""
    found = batch_for(pk, by=request.user)
    form = ResultsForm(
        request.POST if request.method == "POST" else None, request.FILES if request.method == "POST" else None
    )
    errors: list[RowError] = []
    if request.method == "POST" and form.is_valid():
        table = form.cleaned_data["table"]
        results, errors = read_xlsx(table.read()) if table else read_pasted(form.cleaned_data["pasted"])
        taken, refused = actions.take_results(found, results, by=request.user)
        errors = [*errors, *refused]
        messages.success(request, f"已记入{taken}行。")
        if not errors:
            return redirect("delivery:batch", pk)
    record_reading(f"office:{found.office.code}", by=request.user, what="邮寄清单")
    return render(
        request,
        "delivery/batch.html",
        {"batch": found, "rows": envelopes_of(found), "form": form, "errors": errors},
        status=422 if errors else 200,
    )


@require_GET
@signed_in
def labels_sheet(request: SignedIn, pk: int) -> HttpResponse:
    """The labels of a batch, to be printed."""
    found = batch_for(pk, by=request.user)
    record_reading(f"office:{found.office.code}", by=request.user, what="邮寄地址签")
    return _file(labels(found), "application/pdf", f"labels-{found.pk}.pdf")


@require_GET
@signed_in
def table(request: SignedIn, pk: int) -> HttpResponse:
    """The table to be filled in with what comes back."""
    found = batch_for(pk, by=request.user)
    return _file(write_xlsx((row.line, row.tracking) for row in envelopes_of(found)), XLSX, f"batch-{found.pk}.xlsx")


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return harmless(response)
