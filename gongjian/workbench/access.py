"""The door of the workbench: experts, signed in. Signing asks for the password once more, and counts wrong ones as the sign-in does."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth import authenticate
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.models import User
from gongjian.opinions.errors import SignatureWrong
from gongjian.workbench.errors import ExpertsOnly

P = ParamSpec("P")
View = Callable[Concatenate[Any, P], HttpResponse]


def expert_page(view: View[P]) -> Callable[..., HttpResponseBase]:
    """Let only experts pass; nothing of these pages is kept by the browser. Raises: ExpertsOnly."""

    @wraps(view)
    def inner(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.user.kind != User.Kind.EXPERT:
            raise ExpertsOnly
        return view(request, *args, **kwargs)

    return never_cache(signed_in(inner))


def proven_password(request: SignedIn) -> str:
    """The password that was just typed to sign, when it is this person's. Raises: SignatureWrong, also while locked out."""
    password = str(request.POST.get("password", ""))
    if authenticate(request, username=request.user.username, password=password) != request.user:
        raise SignatureWrong
    return password
