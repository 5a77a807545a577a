"""Giving a word, on one's own telephone and without signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from gongjian.draws.actions.ceremony import give_word
from gongjian.draws.actions.tries import try_code
from gongjian.draws.errors import EntryCodeWrong
from gongjian.draws.forms import CodeForm, WordForm
from gongjian.draws.models import Witness
from gongjian.draws.queries.words import witness_by_code
from gongjian.draws.states import State
from gongjian.law.errors import RuleError

CODE = "draws_entry_code"
"""Session key of the code that this browser has shown."""


@never_cache
@require_GET
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """What the QR on a slip leads to. Raises: EntryCodeWrong, TooManyTries."""
    return _remember(request, code)


@never_cache
@sensitive_post_parameters("code", "word")
@require_http_methods(["GET", "POST"])
def word(request: HttpRequest) -> HttpResponse:
    """Ask for the code; then show what has been fixed and take a word; then show the seal."""
    if request.method == "POST" and "code" in request.POST:
        return _code(request)
    witness = _remembered(request)
    if witness is None or "other" in request.GET:
        return render(request, "draws/word_code.html", {"form": CodeForm()})
    if request.method == "POST":
        return _word(request, witness)
    return _page(request, witness, WordForm())


def _code(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            return _remember(request, form.cleaned_data["code"])
        except RuleError as refusal:
            form.add_error("code", str(refusal))
    return render(request, "draws/word_code.html", {"form": form}, status=422)


def _remember(request: HttpRequest, code: str) -> HttpResponse:
    """Remember a code that was typed or scanned. Raises: EntryCodeWrong, TooManyTries."""
    request.session[CODE] = try_code(code, address=request.META.get("REMOTE_ADDR", "")).entry_code
    return redirect("draws:word")


def _word(request: HttpRequest, witness: Witness) -> HttpResponse:
    form = WordForm(request.POST)
    if form.is_valid():
        by = request.user if request.user.is_authenticated else None
        try:
            give_word(witness.entry_code, form.cleaned_data["word"], by=by)
            return redirect("draws:word")
        except RuleError as refusal:
            form.add_error(None, str(refusal))
    return _page(request, witness, form, status=422)


def _page(request: HttpRequest, witness: Witness, form: WordForm, status: int = 200) -> HttpResponse:
    draw = witness.draw
    context = {
        "witness": witness,
        "draw": draw,
        "form": form,
        "is_open": draw.state == State.COMMITTED,
        "live_url": reverse("draws:live", args=[draw.number, draw.view_key]),
    }
    return render(request, "draws/word.html", context, status=status)


def _remembered(request: HttpRequest) -> Witness | None:
    try:
        return witness_by_code(request.session.get(CODE, ""))
    except EntryCodeWrong:
        return None
