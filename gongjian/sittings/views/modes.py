"""A wish for another mode: asked, answered, taken or given up; who waits for an answer; the table of modes; the stops of a visit."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.models import User
from gongjian.cases.models import Case
from gongjian.cases.queries import case_for, open_to
from gongjian.kernel import moment
from gongjian.kernel.evidence.actions import store
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.evidence.responses import evidence_response
from gongjian.kernel.ledger.actions import record_reading
from gongjian.law.modes import Mode, ModeRule, mode_rule, mode_rules
from gongjian.sittings import actions, collected, queries
from gongjian.sittings.access import require, require_appraisee
from gongjian.sittings.actions.wishing import modes_to_offer
from gongjian.sittings.errors import ModeNotAsked, WishNotFound
from gongjian.sittings.fitting import demands_of
from gongjian.sittings.forms import LeaveForm, ModeAnswerForm, ModeForm, OfferForm, TakenDownModeForm
from gongjian.sittings.modes import why_not
from gongjian.sittings.shown import lines
from gongjian.sittings.views.case import staff_case
from gongjian.sittings.views.party import home_of
from gongjian.sittings.wishes import ModeWish

PLAN = "sittings.book"


@require_GET
@signed_in
def choose(request: SignedIn, number: str) -> HttpResponse:
    """The modes one may ask for, each with who it is for, how long, what it cannot judge; staff choose for somebody who has called."""
    case = _theirs(request, number)
    demand = demands_of([case])[case.pk]
    rules = [rule for rule in _rules(case) if "worker" in rule.asked_by]
    context = {
        "case": case,
        "choices": [(rule, why_not(rule, demand.needs, demand.parts)) for rule in rules],
        "open": queries.open_wish(case),
        "granted": queries.mode_in_force(case),
        "back": home_of(case, request.user),
    }
    return render(request, "sittings/modes.html", context)


@signed_in
def ask(request: SignedIn, number: str, mode: str) -> HttpResponse:
    """Ask for one mode."""
    case = _theirs(request, number)
    rule = _rule(case, mode)
    is_staff = request.user.kind == User.Kind.STAFF
    kind = TakenDownModeForm if is_staff else ModeForm
    posted = request.method == "POST"
    form = kind(request.POST if posted else None, request.FILES if posted else None, rule=rule)
    if posted and form.is_valid():
        actions.ask_mode(case, _wish(form, rule, request.user), by=request.user)
        messages.success(request, f"已提交{rule.title}申请，答复会通知您。答复之前，已通知的鉴定时间不变。")
        return redirect(home_of(case, request.user))
    context = {"case": case, "rule": rule, "form": form, "is_staff": is_staff}
    return render(request, "sittings/ask_mode.html", context, status=422 if form.is_bound else 200)


@signed_in
def answer(request: SignedIn, number: str) -> HttpResponse:
    """Answer the open wish of a case; an offer that waits leads to the page where it is taken or not."""
    case = staff_case(number, request.user)
    require(request.user, PLAN, case.office_id)
    wish = queries.open_wish(case)
    if wish is None:
        raise WishNotFound
    if wish.offered:
        return redirect("sittings:offer", number)
    modes = modes_to_offer(wish)
    form = ModeAnswerForm(request.POST if request.method == "POST" else None, modes=modes)
    if request.method == "POST" and form.is_valid():
        messages.success(request, _answered(wish, form, request.user))
        return redirect("desk:case", number)
    record_reading(case.chain, by=request.user, what="鉴定方式申请")
    demand, rule = demands_of([case])[case.pk], _rule(case, wish.mode)
    context = {
        "case": case,
        "wish": wish,
        "rule": rule,
        "ground": rule.grounds.get(wish.ground, wish.ground),
        "cannot": why_not(rule, demand.needs, demand.parts),
        "form": form,
    }
    return render(request, "sittings/answer_mode.html", context, status=422 if form.is_bound else 200)


@signed_in
def offer(request: SignedIn, number: str) -> HttpResponse:
    """Take what the office offers, or not."""
    case = _theirs(request, number)
    wish = queries.open_wish(case)
    if wish is None or not wish.offered:
        raise WishNotFound
    if request.method == "POST" and "decline" in request.POST:
        actions.decline_offer(case, by=request.user)
        messages.success(request, "已记下：不接受这种方式。鉴定照常安排。")
        return redirect(home_of(case, request.user))
    rule, is_staff = _rule(case, wish.offered), request.user.kind == User.Kind.STAFF
    form = OfferForm(request.POST if request.method == "POST" else None, rule=rule, is_staff=is_staff)
    if request.method == "POST" and form.is_valid():
        actions.accept_offer(case, by=request.user, **form.told)
        messages.success(request, f"已改为{rule.title}，时间安排好后会通知您。")
        return redirect(home_of(case, request.user))
    context = {"case": case, "wish": wish, "rule": rule, "form": form, "back": home_of(case, request.user)}
    return render(request, "sittings/offer.html", context, status=422 if form.is_bound else 200)


@signed_in
def leave(request: SignedIn, number: str) -> HttpResponse:
    """Withdraw the consent to the mode in force."""
    case = _theirs(request, number)
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.leave_mode(case, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "已改回现场鉴定，正在重新安排时间。")
        return redirect(home_of(case, request.user))
    wish = queries.mode_in_force(case)
    if wish is None:
        return redirect(home_of(case, request.user))
    context = {"case": case, "title": wish.meant.label, "form": form, "back": home_of(case, request.user)}
    return render(request, "sittings/leave_mode.html", context)


@require_GET
@signed_in
def waiting(request: SignedIn) -> HttpResponse:
    """Wishes that wait for the office, and offers that wait for the person; the table of modes below."""
    rules = mode_rules(on=moment.today(), region=_region(request.user))
    collectives = collected.waiting(request.user)
    context = {"wishes": queries.wishes_waiting(request.user), "collectives": collectives, "rules": rules}
    return render(request, "sittings/wishes.html", context)


@require_GET
@signed_in
def proof(request: SignedIn, number: str) -> FileResponse:
    """The proof of the open wish, for who answers it and only until it is answered. Each reading is on record. 个保法 art. 28."""
    case = staff_case(number, request.user)
    require(request.user, PLAN, case.office_id)
    wish = queries.open_wish(case)
    if wish is None or wish.proof is None:
        raise WishNotFound
    record_reading(case.chain, by=request.user, what="鉴定方式申请的证明")
    return evidence_response(wish.proof, download_name="证明", inline=True)


@require_GET
@signed_in
def route(request: SignedIn, number: str) -> HttpResponse:
    """The stops of a visit in their order: when, where, whom to call, what is needed there. For the team alone; each reading is on record."""
    sitting = queries.sitting_for(number, by=request.user)
    if not request.user.holds("sittings.check_in", sitting.office_id):
        require(request.user, PLAN, sitting.office_id)
    if sitting.mode != Mode.HOME:
        return redirect("sittings:sitting", number)
    record_reading(sitting.chain, by=request.user, what="上门路线")
    stops = lines(open_to(queries.bookings_of(sitting), request.user, at="case"))
    return render(request, "sittings/route.html", {"sitting": sitting, "stops": stops})


def _answered(wish: ModeWish, form: ModeAnswerForm, user: User) -> str:
    """Do what was chosen; the sentence about it."""
    chosen, reason = form.cleaned_data["answer"], form.cleaned_data["reason"]
    if chosen == "grant":
        actions.grant_mode(wish, reason=reason, by=user)
        return f"已同意{wish.meant.label}，案件在待安排列表，请安排到该方式的场次。"
    if chosen == "refuse":
        actions.refuse_mode(wish, reason=reason, by=user)
        return "已答复不同意，理由已告知当事人。"
    actions.offer_mode(wish, mode=chosen, reason=reason, by=user)
    return "已提出另一种方式，等当事人选择；当事人来电的，在案件页代为登记。"


def _wish(form: ModeForm, rule: ModeRule, user: User) -> actions.Wish:
    told: dict[str, Any] = form.cleaned_data
    return actions.Wish(
        mode=rule.mode,
        ground=told["ground"],
        reason=told["reason"],
        address=told.get("address", ""),
        contact=told.get("contact", ""),
        consent=form.consent_given,
        proof=_stored(told.get("file"), user),
        proof_seen=told.get("proof_seen", ""),
        came_by=told.get("came_by", "online"),
    )


def _stored(file: Any, user: User) -> Evidence | None:
    return store(file, name=file.name, by=user) if file else None


def _theirs(request: SignedIn, number: str) -> Case:
    """A case whose appraisee the user speaks for, or whose wish staff take down."""
    case = case_for(number, by=request.user)
    require_appraisee(request.user, case, PLAN)
    return case


def _rule(case: Case, mode: str) -> ModeRule:
    if mode not in list(Mode):
        raise ModeNotAsked(title="这种方式", article="令55 第十二条")
    return mode_rule(mode, on=moment.today(), region=case.office.region)


def _rules(case: Case) -> list[ModeRule]:
    return mode_rules(on=moment.today(), region=case.office.region)


def _region(user: User) -> str | None:
    """The region of the office for which somebody works."""
    return next((post.office.region for post in user.posts_held()), None)
