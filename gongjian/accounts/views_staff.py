"""An administrator's pages about the people of the own office."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.administering import colleague, colleagues, register_identity, unbind_second_factor
from gongjian.accounts.forms import IdentityForm, UnbindForm
from gongjian.kernel.views import form_page


@require_GET
@signed_in
def staff_list(request: SignedIn) -> HttpResponse:
    """Everybody of the office, and whether their second factor is switched on."""
    return render(request, "accounts/colleagues.html", {"people": colleagues(request.user)})


@require_http_methods(["GET", "POST"])
@signed_in
def unbind(request: SignedIn, pk: int) -> HttpResponse:
    """Take off a lost second factor, with a reason."""
    person = colleague(pk, by=request.user)
    form = UnbindForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        unbind_second_factor(person, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"已解除{person.name}的第二重验证，其所有登录已退出，本人已收到通知。")
        return redirect("accounts:colleagues")
    return form_page(request, "accounts/unbind.html", form, {"person": person})


@require_http_methods(["GET", "POST"])
@signed_in
def identity(request: SignedIn, pk: int) -> HttpResponse:
    """Register a colleague's identity number, by which they are kept away from their own case."""
    person = colleague(pk, by=request.user)
    form = IdentityForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        register_identity(person, form.cleaned_data["id_number"], by=request.user)
        messages.success(request, f"已登记{person.name}的证件号码，只用于回避核对，平台不保存号码本身。")
        return redirect("accounts:colleagues")
    return form_page(request, "accounts/identity.html", form, {"person": person})
