"""Experts of other cities at one sitting: who is invited, on which letter; inviting, and taking back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.experts.access import MANAGE, SEE
from gongjian.experts.access import require as require_pool
from gongjian.experts.actions.inviting import invite_again, invite_guest, withdraw_invitation
from gongjian.experts.errors import InvitationGone
from gongjian.experts.forms import GuestAgainForm, GuestForm
from gongjian.experts.queries import answers_for, guests_of, invitations_of
from gongjian.kernel import moment
from gongjian.sittings.models import Sitting
from gongjian.sittings.queries import sitting_for


@signed_in
def guests(request: SignedIn, number: str) -> HttpResponse:
    """Who is invited to a sitting; whoever manages the pool invites."""
    sitting = sitting_for(number, by=request.user)
    may_invite = request.user.holds(MANAGE, sitting.office_id) and sitting.starts_at > moment.now()
    if not may_invite:
        require_pool(request.user, SEE, sitting.office)
    again = "again" in request.POST
    form = GuestForm(request.POST if request.method == "POST" and not again else None)
    known = GuestAgainForm(request.POST if again else None, guests=guests_of(sitting.office, besides=sitting.pk))
    sent = known if again else form
    if request.method == "POST" and sent.is_valid():
        _invite(request, sitting, sent)
        messages.success(request, "邀请已登记。答复能到场后，与本场其他专家一样参加随机抽取。")
        return redirect("sittings:guests", number)
    answers = answers_for(sitting.pk)
    context = {
        "sitting": sitting,
        "invited": [(one, answers.get(one.expert_id)) for one in invitations_of(sitting.pk)],
        "may_invite": may_invite,
        "form": form,
        "known": known if known.fields["expert"].queryset.exists() else None,  # type: ignore[attr-defined]
    }
    return render(request, "sittings/guests.html", context, status=422 if sent.is_bound else 200)


@require_POST
@signed_in
def withdraw(request: SignedIn, number: str, pk: int) -> HttpResponse:
    """Take an invitation back, with the reason."""
    sitting = sitting_for(number, by=request.user)
    invitation = invitations_of(sitting.pk).filter(pk=pk).first()
    if invitation is None:
        raise InvitationGone
    withdraw_invitation(invitation, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, "邀请已撤回，这名专家不再参加本场的抽取。")
    return redirect("sittings:guests", number)


def _invite(request: SignedIn, sitting: Sitting, form: GuestForm | GuestAgainForm) -> None:
    told = form.cleaned_data
    if isinstance(form, GuestAgainForm):
        invite_again(sitting, told["expert"], document=told["document"], by=request.user)
    else:
        invite_guest(sitting, form.told(), committee=told["committee"], document=told["document"], by=request.user)
