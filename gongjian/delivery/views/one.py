"""One delivery: record it way by way, correct it, publish it."""

from django.contrib import messages
from django.forms import Form
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.delivery import actions
from gongjian.delivery.actions.serving import must_be_unserved, must_deliver
from gongjian.delivery.errors import DeliveryNotFound
from gongjian.delivery.forms import AddressForm, CorrectForm, FailedForm, NoticeForm, RecordForm, SecondAppraisalForm
from gongjian.delivery.methods import BY_HAND, TABLE, Method
from gongjian.delivery.models import Delivery, Proof
from gongjian.delivery.queries.lists import PERMISSION, RUNNING, delivery_for
from gongjian.delivery.queries.mine import messages_by_key
from gongjian.delivery.queries.sides import consents
from gongjian.kernel import moment
from gongjian.kernel.evidence.responses import evidence_response
from gongjian.kernel.ledger.actions import record_reading
from gongjian.kernel.masks import telephone_masked
from gongjian.kernel.views import form_page


@require_GET
@signed_in
def delivery(request: SignedIn, pk: int) -> HttpResponse:
    """Where a paper goes, what was tried, and what can be done next."""
    row = delivery_for(pk, by=request.user)
    record_reading(row.case.chain, by=request.user, what="送达记录")
    sent = messages_by_key([row])
    running = row.last_attempt if row.last_attempt and row.last_attempt.outcome == RUNNING else None
    only = Method(running.method) if running and running.method != Method.PUBLIC_NOTICE else None
    told = {
        "row": row,
        "running": running if only else None,
        "tries": [(attempt, sent.get(attempt.message_key)) for attempt in row.attempts.all()],
        "ways": [(method, TABLE[method]) for method in BY_HAND if only in (None, method)],
        "notice": None if running else TABLE[Method.PUBLIC_NOTICE],
        "consents": bool(row.account_id) and consents(row.case, row.recipient),
        "may": (may := request.user.holds(PERMISSION, row.office_id)),
        "telephone": row.telephone if may else telephone_masked(row.telephone),
    }
    return render(request, "delivery/delivery.html", told)


@signed_in
def record(request: SignedIn, pk: int, method: str) -> HttpResponse:
    """The record of a service in one way."""
    row, way = _unserved(request, pk), _method(method)
    form = RecordForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        method=way,
        is_body=row.is_to_body,
        initial={"on": moment.today()},
    )
    if request.method == "POST" and form.is_valid():
        told = {"on": form.cleaned_data["on"], "facts": form.facts, "by": request.user, "files": form.handed()}
        actions.record_served(row, way, **told)
        return _done(request, row, f"已记录{way.label}。")
    return form_page(request, "delivery/record.html", form, {"row": row, "method": way, "way": TABLE[way]})


@signed_in
def failed(request: SignedIn, pk: int, method: str) -> HttpResponse:
    """That a way did not succeed."""
    row, way = _unserved(request, pk), _method(method)
    form = FailedForm(request.POST if request.method == "POST" else None, initial={"on": moment.today()})
    if request.method == "POST" and form.is_valid():
        actions.record_failed(row, way, by=request.user, **form.cleaned_data)
        return _done(request, row, f"已记录{way.label}没有送到，请改用下一种方式。")
    return _form(request, row, form, f"{way.label}没有送到", "记录")


@signed_in
def notice(request: SignedIn, pk: int) -> HttpResponse:
    """Publish, with reason and course."""
    row, form = _unserved(request, pk), NoticeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.publish_notice(row, by=request.user, **form.cleaned_data)
        return _done(request, row, "公告已发出，满30日视为送达。")
    return _form(request, row, form, "公告送达", "发出公告", TABLE[Method.PUBLIC_NOTICE].help)


@signed_in
def correct(request: SignedIn, pk: int) -> HttpResponse:
    """Set a served day right."""
    row = _of(request, pk)
    form = CorrectForm(request.POST if request.method == "POST" else None, initial={"on": row.served_day})
    if request.method == "POST" and form.is_valid():
        actions.correct(row, by=request.user, **form.cleaned_data)
        return _done(request, row, "送达日期已更正，期限已重新计算。")
    return _form(request, row, form, "更正送达日期", "更正")


@signed_in
def address(request: SignedIn, pk: int) -> HttpResponse:
    """Set right where a paper goes."""
    row = _unserved(request, pk)
    initial = {"name": row.name, "telephone": row.telephone, "address": row.address}
    form = AddressForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.change_address(row, by=request.user, **form.cleaned_data)
        return _done(request, row, "送达地址已修改。")
    return _form(request, row, form, "修改送达地址", "保存")


@signed_in
def second_appraisal(request: SignedIn, pk: int) -> HttpResponse:
    """Note an application to the province."""
    row = _of(request, pk)
    form = SecondAppraisalForm(request.POST if request.method == "POST" else None, initial={"on": moment.today()})
    if request.method == "POST" and form.is_valid():
        actions.note_second_appraisal(row, by=request.user, **form.cleaned_data)
        return _done(request, row, f"已登记{row.appeal}申请，不会因期满而生效。")
    return _form(request, row, form, f"登记{row.appeal}申请", "登记")


@require_POST
@signed_in
def electronic(request: SignedIn, pk: int) -> HttpResponse:
    """Put the paper into the recipient's box."""
    row = _of(request, pk)
    actions.deliver_electronically(row, by=request.user)
    return _done(request, row, "文书已到达受送达人的消息箱，今天即为送达日期。")


@require_POST
@signed_in
def sheet(request: SignedIn, pk: int, method: str) -> HttpResponse:
    """Issue the sheet to be signed, and hand it out."""
    paper = actions.issue_record(_of(request, pk), _method(method), by=request.user)
    return redirect("papers:file", paper.pk)


@require_POST
@signed_in
def paper_sent(request: SignedIn, pk: int) -> HttpResponse:
    """The wished paper has gone out."""
    row = _of(request, pk)
    actions.note_paper_sent(row, by=request.user)
    return _done(request, row, "已记录寄出纸质文书。")


@require_GET
@signed_in
def proof(request: SignedIn, pk: int, proof: int) -> FileResponse:
    """A kept proof. Raises: DeliveryNotFound."""
    row = delivery_for(pk, by=request.user)
    found = Proof.objects.select_related("evidence").filter(pk=proof, attempt__delivery=row).first()
    if found is None:
        raise DeliveryNotFound
    record_reading(row.case.chain, by=request.user, what="送达凭证")
    return evidence_response(found.evidence, download_name=found.name)


def _of(request: SignedIn, pk: int) -> Delivery:
    row = delivery_for(pk, by=request.user)
    must_deliver(row, request.user)
    return row


def _unserved(request: SignedIn, pk: int) -> Delivery:
    """One that is still to be delivered: what has been served is said so instead of showing a form. Raises: ServedAlready."""
    row = _of(request, pk)
    must_be_unserved(row)
    return row


def _method(name: str) -> Method:
    if name not in BY_HAND:
        raise DeliveryNotFound
    return Method(name)


def _done(request: SignedIn, row: Delivery, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("delivery:delivery", row.pk)


def _form(request: SignedIn, row: Delivery, form: Form, title: str, submit: str, help_text: str = "") -> HttpResponse:
    told = {"row": row, "title": title, "submit": submit, "help": help_text}
    return form_page(request, "delivery/form.html", form, told)
