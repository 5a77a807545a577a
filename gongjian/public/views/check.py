"""The public check of a paper: by the code or QR code printed on it, or by handing in the file itself. Nothing personal is shown."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongjian.kernel.answers import problem
from gongjian.papers.check import read_check_code, spaced
from gongjian.papers.errors import CheckCodeWrong, CheckedTooLarge
from gongjian.papers.models import Paper
from gongjian.papers.queries import paper_of_bytes, paper_of_code, signature_in
from gongjian.papers.validate import Validation
from gongjian.public.allowance import FILES, UNKNOWN_CODES

LARGEST = 5 * 1024 * 1024
TOO_OFTEN = "查验过于频繁，请过几分钟再试。需要立即核对的，请拨打文书上的联系电话。"


@dataclass(frozen=True)
class Compared:
    """What came of a file. matches: its bytes are those of a paper of ours."""

    matches: bool
    signature: Validation


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Where to type the code or hand in the file. `?code=` leads to the paper."""
    typed = request.GET.get("code", "").strip()
    if not typed:
        return _page(request, {})
    try:
        return HttpResponseRedirect(reverse("public:checked", args=[read_check_code(typed)]))
    except CheckCodeWrong as wrong:
        return _page(request, {"typed": typed, "wrong": str(wrong)}, status=422)


@require_safe
def checked(request: HttpRequest, code: str) -> HttpResponse:
    """What is known of the paper with this code."""
    if UNKNOWN_CODES.is_spent(request):
        return _too_often(request)
    try:
        paper = paper_of_code(code)
    except CheckCodeWrong as wrong:
        return _page(request, {"typed": code, "wrong": str(wrong)}, status=422)
    if paper is None:
        UNKNOWN_CODES.spend(request)
        return _page(request, {"typed": spaced(read_check_code(code)), "unknown": True}, status=404)
    return _page(request, {"paper": paper, "code": spaced(paper.check_code)})


@require_POST
def compare(request: HttpRequest) -> HttpResponse:
    """Compare a file with what was issued: its hash, and what its signature is worth. The file is not kept. Raises: CheckedTooLarge."""
    file = request.FILES.get("file")
    if file is None:
        return _page(request, {"no_file": True, "typed": request.POST.get("code", "")}, status=422)
    if (file.size or 0) > LARGEST:
        raise CheckedTooLarge(limit_mb=LARGEST // 2**20)
    if not FILES.spend(request):
        return _too_often(request)
    pdf = file.read()
    own = paper_of_bytes(pdf)
    paper = own or _named(request.POST.get("code", ""))
    compared = Compared(own is not None, signature_in(pdf, paper))
    code = spaced(paper.check_code) if paper else ""
    return _page(request, {"paper": paper, "code": code, "compared": compared})


def _named(typed: str) -> Paper | None:
    try:
        return paper_of_code(typed)
    except CheckCodeWrong:
        return None


def _page(request: HttpRequest, context: dict[str, object], status: int = 200) -> HttpResponse:
    response = render(request, "public/check.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _too_often(request: HttpRequest) -> HttpResponse:
    return problem(request, status=429, code="public.too_often", title="请稍后再查验", sentence=TOO_OFTEN)
