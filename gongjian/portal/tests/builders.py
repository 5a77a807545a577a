"""A browser that is signed in as somebody, and what a person types."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongjian.accounts.models import User
from gongjian.applications.models import Draft
from gongjian.materials.tests.builders import a_picture

BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in_as(user: User) -> Client:
    """A client that keeps CSRF checks off, signed in as `user`."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def typed(answers: dict[str, Any], *, seen: int = 0) -> dict[str, Any]:
    """A step's answers as a browser sends them."""
    sent = {name: value for name, value in answers.items() if value is not False and value != ""}
    return {**{name: "on" if value is True else value for name, value in sent.items()}, "seen": seen}


def an_upload(number: int = 0, name: str = "photo.png") -> SimpleUploadedFile:
    """A picture as a phone sends it."""
    return SimpleUploadedFile(name, a_picture(number).read(), content_type="image/png")


def text_of(answer: Any) -> str:
    """The page as text."""
    return str(answer.content.decode())


def latest_draft() -> Draft:
    """The draft begun last."""
    return Draft.objects.latest("pk")
