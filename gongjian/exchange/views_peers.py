"""The administrators' pages: the own key with its fingerprint, and whom this installation believes."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.exchange.actions import peers as acts
from gongjian.exchange.forms import PeerForm, TrustForm
from gongjian.exchange.keys import fingerprint, spelled
from gongjian.exchange.queries import managed_bureaus, peer_for, peers_of
from gongjian.kernel.views import form_page
from gongjian.law.errors import NotAllowed
from gongjian.papers.actions import signature_of


@require_GET
@signed_in
def peers(request: SignedIn) -> HttpResponse:
    """The own keys to be given away, and every peer."""
    own = []
    for office in managed_bureaus(request.user):
        pem = signature_of(office).certificate
        own.append({"office": office, "pem": pem, "fingerprint": spelled(fingerprint(pem))})
    if not own:
        raise NotAllowed
    return render(request, "exchange/peers.html", {"own": own, "peers": peers_of(request.user)})


@signed_in
def enter(request: SignedIn) -> HttpResponse:
    """Write a peer down; its fingerprint is compared on the next page."""
    offices = managed_bureaus(request.user)
    if not offices:
        raise NotAllowed
    form = PeerForm(request.POST or None, offices=offices)
    if request.method == "POST" and form.is_valid():
        row = acts.enter(by=request.user, **form.cleaned_data)
        messages.success(request, "已登记。核对指纹以前，不收发任何函件。")
        return redirect("exchange:peer", row.pk)
    return form_page(request, "exchange/enter.html", form)


@signed_in
def peer(request: SignedIn, pk: int) -> HttpResponse:
    """One peer, with its fingerprint to be compared."""
    row = peer_for(pk, by=request.user)
    form = TrustForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.trust(row, seen=form.cleaned_data["seen"], by=request.user)
        messages.success(request, f"{row.name}已列为可信，可以互相发送函件。")
        return redirect("exchange:peers")
    context: dict[str, Any] = {"peer": row, "fingerprint": spelled(row.fingerprint)}
    return form_page(request, "exchange/peer.html", form, context)


@require_POST
@signed_in
def end(request: SignedIn, pk: int) -> HttpResponse:
    """Believe a peer no longer."""
    row = acts.end(peer_for(pk, by=request.user), by=request.user)
    messages.success(request, f"已停用{row.name}的登记，此后它的函件一律拒收。")
    return redirect("exchange:peers")
