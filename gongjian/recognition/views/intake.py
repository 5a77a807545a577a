"""The window: typing in, scanning, checking, and its word on an application."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.applications.actions.supplement import Item
from gongjian.cases.actions.move import allowed_move
from gongjian.cases.errors import NotYours
from gongjian.cases.queries import reads_health
from gongjian.jurisdiction.queries import competent_for
from gongjian.kernel.ledger.actions import record_reading
from gongjian.kernel.views import form_page
from gongjian.law.recognition.places import jurisdiction, liable_unit
from gongjian.materials.actions import add_page, material_of
from gongjian.materials.catalog import OF_RECOGNITION
from gongjian.materials.forms import MissingForm
from gongjian.materials.queries import visible_materials
from gongjian.parties.actions import keep_employer
from gongjian.recognition.actions import entry, extension, review, supplementing, withdrawal
from gongjian.recognition.forms import (
    AcceptForm,
    ExtensionForm,
    RejectForm,
    ScanForm,
    TransferForm,
    WishForm,
)
from gongjian.recognition.queries import (
    application_of,
    bureaus,
    missing_papers,
    notice_of,
    windows_of,
)
from gongjian.recognition.queries.application import in_time
from gongjian.recognition.queries.joining import about_joining, voices_seen_by
from gongjian.recognition.views.common import done, one_form, recognition_case


@signed_in
def scan(request: SignedIn, number: str) -> HttpResponse:
    """Take in papers of one kind."""
    case = recognition_case(number, request.user)
    posted, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    missing = missing_papers(case)
    form = ScanForm(posted, files, initial={"kind": missing[0].code} if missing else None)
    if request.method == "POST" and form.is_valid():
        material = material_of(form.cleaned_data["kind"], case=case)
        for file in form.cleaned_data["scans"]:
            add_page(material, file, name=file.name, by=request.user)
        return done(request, case, "材料已保存。", "recognition:scan")
    context = {"case": case, "materials": visible_materials(case, by=request.user), "missing": missing}
    context |= {"receipt": application_of(case).receipt, "may_receipt": case.office in windows_of(request.user)}
    return form_page(request, "recognition/scan.html", form, context)


@require_POST
@signed_in
def receipt(request: SignedIn, number: str) -> HttpResponse:
    """Issue the receipt of what was scanned."""
    paper = entry.give_receipt(recognition_case(number, request.user), by=request.user)
    return redirect("papers:file", paper.pk)


@signed_in
def check(request: SignedIn, number: str) -> HttpResponse:
    """The papers beside the list, standing and time explained; accept, or tell once everything that is missing."""
    case = recognition_case(number, request.user)
    allowed_move(case, "accept", by=request.user)
    missing, told = missing_papers(case), application_of(case)
    posted = request.POST if request.method == "POST" else None
    form = MissingForm(posted, missing=missing, kinds=OF_RECOGNITION)
    if request.method == "POST" and form.is_valid():
        items = [Item(kind, what) for kind, what in form.told()]
        notice = supplementing.ask_supplement(case, items, by=request.user)
        return done(request, case, f"已发出补正材料告知书，补正期限至{notice.due_on:%Y-%m-%d}。")
    record_reading(case.chain, by=request.user, what="审查材料")
    places = {"insured": told.insured, "insured_region": told.insured_region, "business_region": told.business_region}
    _, where = jurisdiction({name: value for name, value in places.items() if value not in (None, "")})
    competent = competent_for(case)
    context = {
        "case": case,
        "told": told,
        "missing": missing,
        "materials": visible_materials(case, by=request.user),
        "notice": notice_of(case),
        "in_time": in_time(case),
        "elsewhere": competent != case.office,
        "competent": competent,
        "where": where,
        "unit": liable_unit({"employment": told.employment}),
        "accept": AcceptForm(),
        **about_joining(case, request.user),
        "voices": voices_seen_by(case, request.user),
        "reads_health": reads_health(request.user, case),
    }
    return form_page(request, "recognition/check.html", form, context)


@require_POST
@signed_in
def accept(request: SignedIn, number: str) -> HttpResponse:
    """Accept a complete application."""
    case = recognition_case(number, request.user)
    review.accept(case, by=request.user, though_late=request.POST.get("though_late", ""))
    return done(request, case, "已受理，受理决定书已发给申请人和用人单位。")


@signed_in
def reject(request: SignedIn, number: str) -> HttpResponse:
    """Decide not to accept."""
    case = recognition_case(number, request.user)
    allowed_move(case, "reject", by=request.user)
    form = RejectForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        row = review.reject(case, by=request.user, **form.cleaned_data)
        return done(request, case, f"已决定不予受理，文号{row.paper.number}，转送达。")
    return one_form(request, case, form, "不予受理", REJECTING, "签发不予受理决定书")


@signed_in
def transfer(request: SignedIn, number: str) -> HttpResponse:
    """Send an application to the office that is competent."""
    case = recognition_case(number, request.user)
    allowed_move(case, "transfer", by=request.user)
    posted = request.POST if request.method == "POST" else None
    competent = competent_for(case)
    first = {"to_office": competent} if competent and competent != case.office else {}
    form = TransferForm(posted, offices=bureaus().exclude(pk=case.office_id), initial=first)
    if request.method == "POST" and form.is_valid():
        review.transfer(case, by=request.user, **form.cleaned_data)
        return done(request, case, "已移送，告知书已发给申请人。")
    return one_form(request, case, form, "移送有管辖权的机关", TRANSFERRING, "移送")


@signed_in
def supplement(request: SignedIn, number: str) -> HttpResponse:
    """Take in what was missing; it was scanned before."""
    case = recognition_case(number, request.user)
    allowed_move(case, "receive_supplement", by=request.user)
    if request.method == "POST":
        supplementing.receive_supplement(case, by=request.user)
        return done(request, case, "补正材料已收取，请在15日内决定是否受理。")
    context = {"case": case, "notice": notice_of(case), "materials": visible_materials(case, by=request.user)}
    return form_page(request, "recognition/supplement.html", ScanForm(), context)


@signed_in
def withdraw(request: SignedIn, number: str) -> HttpResponse:
    """Take in a signed wish to withdraw."""
    case = recognition_case(number, request.user)
    allowed_move(case, "receive_withdrawal", by=request.user)
    form = WishForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        wish = form.cleaned_data["wish"]
        withdrawal.receive_withdrawal(
            case, wish=wish, name=wish.name, by=request.user, reason=form.cleaned_data["reason"]
        )
        return done(request, case, "申请已撤回。")
    return one_form(request, case, form, "收取撤回申请", WITHDRAWING, "确认撤回")


@signed_in
def extend(request: SignedIn) -> HttpResponse:
    """Give an employer more time to apply."""
    offices = bureaus().filter(pk__in=[each.pk for each in bureaus() if request.user.holds(extension.EXTEND, each)])
    if not offices:
        raise NotYours(act="延长用人单位申请时限")
    form = ExtensionForm(request.POST if request.method == "POST" else None, offices=offices)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        employer = keep_employer(name=told.pop("employer_name"), credit_code=told.pop("credit_code"))
        row = extension.grant_extension(told.pop("office"), employer, by=request.user, **told)
        context = {"said": f"已同意延长{row.days}日。"}
        return form_page(request, "recognition/extension.html", ExtensionForm(offices=offices), context)
    return form_page(request, "recognition/extension.html", form)


REJECTING = (
    "令8 第七条、第八条：申请材料完整、属于管辖范围、在时限内的，应当受理。不予受理的，出具决定书并告知救济途径。"
)
TRANSFERRING = "条例 第十七条、令8 第四条：由统筹地区的社会保险行政部门认定。申请日期以向本机关提出的日期为准。"
WITHDRAWING = "条例 第十七条：凭申请人签名的撤回申请办理；在法定申请时限内可以重新申请。"
