"""What a form that waited too long still holds, so that it can be sent again and nothing is lost."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest

SECRET = re.compile(r"password|passwd|secret|token|otp|csrf|^code$", re.IGNORECASE)
"""Names of fields that are never written back into a page."""
INTERNAL = {"csrfmiddlewaretoken", "_draft"}
LONG_ENOUGH_TO_MISS = 12
"""Characters from which on a text is worth showing again for copying."""


@dataclass(frozen=True)
class Submitted:
    """The fields of a submission: what can be sent again, the names of files that must be chosen again, and whether a secret was held back."""

    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    secret_held_back: bool

    @property
    def can_be_sent_again(self) -> bool:
        """Whether the fields alone make the same submission (files can be chosen on the form's own page)."""
        return bool(self.fields) and not self.secret_held_back

    @property
    def long_texts(self) -> list[str]:
        """Texts long enough that writing them again would hurt."""
        return [value for _, value in self.fields if len(value.strip()) >= LONG_ENOUGH_TO_MISS]


NOTHING = Submitted((), (), False)


def submitted(request: HttpRequest) -> Submitted:
    """What this request submitted; nothing when another site sent it, whose words must never stand in our page as the person's own."""
    if request.method != "POST" or not sent_by_our_own_page(request):
        return NOTHING
    pairs = [(name, str(value)) for name, values in request.POST.lists() for value in values if name not in INTERNAL]
    open_pairs = tuple((name, value) for name, value in pairs if not SECRET.search(name))
    files = tuple(str(file.name) for _, several in request.FILES.lists() for file in several)
    return Submitted(open_pairs, files, any(value and SECRET.search(name) for name, value in pairs))


def sent_by_our_own_page(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this very site sent the request (Origin, else Referer)."""
    source = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(source).netloc == request.get_host()
