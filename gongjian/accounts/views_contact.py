"""An administrator's pages about where the office can be reached."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.contact import change_contact, contact_mark, office_of, offices_of
from gongjian.accounts.forms_engaging import ContactForm
from gongjian.kernel.views import form_page


@require_GET
@signed_in
def offices(request: SignedIn) -> HttpResponse:
    """The offices whose address and telephone this person keeps."""
    return render(request, "accounts/offices.html", {"offices": offices_of(request.user)})


@require_http_methods(["GET", "POST"])
@signed_in
def contact(request: SignedIn, pk: int) -> HttpResponse:
    """Change the address and telephone of one office."""
    office = office_of(pk, by=request.user)
    now = {"address": office.address, "telephone": office.telephone, "seen": contact_mark(office)}
    form = ContactForm(request.POST) if request.method == "POST" else ContactForm(initial=now)
    if request.method == "POST" and form.is_valid():
        change_contact(office, **form.cleaned_data, by=request.user)
        messages.success(request, f"已保存{office.name}的地址和电话。此后制发的文书和通知使用新的地址和电话。")
        return redirect("accounts:offices")
    return form_page(request, "accounts/contact.html", form, {"office": office})
