"""Signing in by a telephone code, as Django asks for it."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from gongjian.accounts.actions import redeem_code
from gongjian.accounts.models import User
from gongjian.kernel.fields import blind_index


class TelephoneCodeBackend(ModelBackend):
    """Knows who has the telephone to which a code was sent."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:  # type: ignore[override]
        """The user of `telephone` and `code`; None for other credentials and for a wrong code."""
        telephone, code = credentials.get("telephone"), credentials.get("code")
        return redeem_code(telephone, code) if telephone and code else None


def opaque_name(telephone: str) -> str:
    """What a telephone is called where attempts are counted."""
    return f"p-{blind_index(telephone, 'telephone')[:24]}"
