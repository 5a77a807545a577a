"""Opening pages in tests as somebody of the cast."""

from django.test import Client

from gongjian.accounts.models import User
from gongjian.kernel.tests.pages import Page

PASSWORD_BACKEND = "django.contrib.auth.backends.ModelBackend"
HTMX = {"HTTP_HX_REQUEST": "true"}


def as_(user: User | None = None) -> Client:
    """A browser of somebody, or of nobody."""
    client = Client()
    if user is not None:
        client.force_login(user, backend=PASSWORD_BACKEND)
    return client


def read(response: object) -> Page:
    """The page of an answer."""
    return Page(response.content)  # type: ignore[attr-defined]


def text_of(response: object) -> str:
    return str(response.content.decode())  # type: ignore[attr-defined]
