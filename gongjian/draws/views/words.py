"""Giving a word, on one's own telephone and without signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from gongjian.draws.actions.ceremony import give_word
from gongjian.draws.actions.device import hand_in_seal, open_word
from gongjian.draws.actions.tries import try_code
from gongjian.draws.errors import EntryCodeWrong
from gongjian.draws.forms import CodeForm, OpenForm, OwnSealForm, WordForm
from gongjian.draws.models import Witness
from gongjian.draws.queries.words import must_type, not_given, witness_by_code
from gongjian.draws.states import Sealed, State
from gongjian.kernel.views import page_or_fragment
from gongjian.law.errors import RuleError

CODE = "draws_entry_code"
"""Session key of the code that this browser has shown."""


@never_cache
@require_GET
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """What the QR on a slip leads to. Raises: EntryCodeWrong, TooManyTries."""
    return _remember(request, code)


@never_cache
@require_GET
def own_by_code(request: HttpRequest, code: str) -> HttpResponse:
    """What the QR for a telephone of one's own leads to. Raises: EntryCodeWrong, TooManyTries."""
    return _remember(request, code, "draws:own_word")


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


@never_cache
@sensitive_post_parameters("word", "salt")
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """The page for a telephone of one's own: the word is sealed there, only the seal is taken; when all seals are in, the word is."""
    witness = _remembered(request)
    if witness is None:
        return redirect("draws:word")
    stage = _stage(witness)
    form = _own_form(request, stage)
    if request.method == "POST" and form is not None and form.is_valid():
        by = request.user if request.user.is_authenticated else None
        try:
            if stage == "choose":
                hand_in_seal(witness.entry_code, form.cleaned_data["seal"], by=by)
            else:
                open_word(witness.entry_code, form.cleaned_data["word"], form.cleaned_data["salt"])
            return redirect("draws:own_word")
        except RuleError as refusal:
            form.add_error(None, str(refusal))
    status = 422 if form is not None and form.is_bound else 200
    context = {**_about(witness), "stage": stage, "form": form}
    return page_or_fragment(request, "draws/own_word.html", "draws/_own_word.html", context, status=status)


def _stage(witness: Witness) -> str:
    """What is to be done on a device of one's own: choose, wait, open, done; or closed."""
    if witness.sealed_on == Sealed.DEVICE and witness.opened_at:
        return "done"
    if witness.draw.state != State.COMMITTED or witness.opened_at or (not witness.given_at and must_type(witness)):
        return "closed"
    if not witness.given_at:
        return "choose"
    return "wait" if not_given(witness.draw) else "open"


def _own_form(request: HttpRequest, stage: str) -> OwnSealForm | OpenForm | None:
    data = request.POST if request.method == "POST" else None
    if stage == "choose":
        return OwnSealForm(data)
    return OpenForm(data) if stage == "open" else None


def _code(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            return _remember(request, form.cleaned_data["code"])
        except RuleError as refusal:
            form.add_error("code", str(refusal))
    return render(request, "draws/word_code.html", {"form": form}, status=422)


def _remember(request: HttpRequest, code: str, page: str = "draws:word") -> HttpResponse:
    """Remember a code that was typed or scanned. Raises: EntryCodeWrong, TooManyTries."""
    request.session[CODE] = try_code(code, address=request.META.get("REMOTE_ADDR", "")).entry_code
    return redirect(page)


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
    context = {
        **_about(witness),
        "form": form,
        "is_open": witness.draw.state == State.COMMITTED,
        "is_elsewhere": witness.sealed_on == Sealed.DEVICE and not witness.opened_at,
        "may_seal": not witness.given_at and not must_type(witness),
        "own_url": request.build_absolute_uri(reverse("draws:own_code", args=[witness.entry_code])),
    }
    return render(request, "draws/word.html", context, status=status)


def _about(witness: Witness) -> dict[str, object]:
    """What both pages show of the place: the draw, and where the hall sees it. Nothing of anybody else's word."""
    draw = witness.draw
    return {"witness": witness, "draw": draw, "live_url": reverse("draws:live", args=[draw.number, draw.view_key])}


def _remembered(request: HttpRequest) -> Witness | None:
    try:
        return witness_by_code(request.session.get(CODE, ""))
    except EntryCodeWrong:
        return None
