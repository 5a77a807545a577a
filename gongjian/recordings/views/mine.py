"""What the person sees of the recordings of their own case: which there are, who has played them, and asking for them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.cases.queries import Side, case_for, speaks_for
from gongjian.kernel import moment
from gongjian.kernel.views import page_or_fragment
from gongjian.recordings import actions, queries
from gongjian.recordings.forms import AskForm
from gongjian.recordings.notice import AFTER_WITHDRAWAL
from gongjian.recordings.rules import SEES_FOR, answer_due
from gongjian.recordings.states import RequestState


@require_GET
@signed_in
def mine(request: SignedIn, number: str) -> HttpResponse:
    """A block of the case's page in the portal; empty for the other side and where nothing was ever recorded or agreed to."""
    found = case_for(number, by=request.user)
    context: dict[str, object] = {"case": found}
    made = list(queries.of_case(found)) if speaks_for(request.user, found, Side.WORKER) else []
    if queries.speaker_for(found, by=request.user) and queries.agreed_bookings(found):
        context["after_withdrawal"] = AFTER_WITHDRAWAL
    if made:
        granted = {row.pk for row in queries.granted_of(found)}
        last = queries.requests_of(found).first()
        context |= {
            "made": made,
            "playbacks": queries.playbacks_of(found)[:20],
            "last": last,
            "granted": granted,
            "may_ask": (last is None or last.state != RequestState.ASKED)
            and not all(one.pk in granted for one in made),
        }
    return page_or_fragment(request, "recordings/mine.html", "recordings/_mine.html", context)


@signed_in
def ask(request: SignedIn, number: str) -> HttpResponse:
    """Ask for one's recordings."""
    found = case_for(number, by=request.user)
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        row = actions.ask(found, wish=form.cleaned_data["wish"], by=request.user)
        messages.success(request, f"申请已收到，最迟{row.due_on:%Y年%m月%d日}答复。")
        return redirect("portal:case", number)
    due = answer_due(moment.today(), region=found.office.region)
    context = {"case": found, "form": form, "due": due, "days": SEES_FOR.days}
    status = 422 if form.is_bound else 200
    return page_or_fragment(request, "recordings/ask.html", "recordings/ask.html", context, status)


@require_POST
@signed_in
def withdraw_own(request: SignedIn, number: str) -> HttpResponse:
    """Take back the consent to being recorded."""
    actions.withdraw_own(case_for(number, by=request.user), by=request.user)
    messages.success(request, "已撤回录音录像的同意。正在录的已经停止；已录下的将在次日内销毁，依法暂缓销毁的除外。")
    return redirect("portal:case", number)


@require_POST
@signed_in
def play_own(request: SignedIn, pk: int) -> HttpResponse:
    """Open one that was granted. Raises: RecordingNotFound."""
    row = queries.own_recording(pk, by=request.user)
    return redirect("recordings:player", actions.play_own(row, by=request.user).pk)
