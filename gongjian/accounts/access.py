"""The door of every page that is not for everyone."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase

from gongjian.accounts.models import User

P = ParamSpec("P")
Answer = TypeVar("Answer", bound=HttpResponseBase)


class SignedIn(HttpRequest):
    """A request whose user is somebody: what views behind `signed_in` are handed."""

    user: User


def signed_in(
    view: Callable[Concatenate[SignedIn, P], Answer],
) -> Callable[Concatenate[HttpRequest, P], Answer | HttpResponseRedirect]:
    """Let only who is signed in pass; anyone else is led to the sign-in page and back."""

    @wraps(view)
    def door(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> Answer | HttpResponseRedirect:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return door
