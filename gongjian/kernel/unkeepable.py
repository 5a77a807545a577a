"""Signs that no column of the database can hold are refused at the door: in the path, the query, the fields and the names of files."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse

from gongjian.kernel.answers import problem
from gongjian.kernel.expired import submitted

UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL, and halves of a sign that stand alone: PostgreSQL's text has no place for them."""
SENTENCE = "地址或者填写的内容里有无法保存的字符（空字符或者残缺的字符）。请删去这些字符后重新提交；从别处复制来的文字，请改为手工输入。"


class UnkeepableMiddleware:
    """Answers 400 in words, instead of an error of the database in the middle of the work."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Refuse before any view has begun; the texts that were written come back for copying."""
        if not any(UNKEEPABLE.search(text) for text in _texts(request)):
            return None
        return problem(
            request,
            status=400,
            code="kernel.unkeepable",
            title="有无法保存的字符",
            sentence=SENTENCE,
            submitted=submitted(request),
        )


def _texts(request: HttpRequest) -> Iterator[str]:
    """Everything of a request that a view may hand to the database as text."""
    yield request.path_info
    for given in (request.GET, request.POST):
        for name, values in given.lists():
            yield name
            yield from map(str, values)
    for name, files in request.FILES.lists():
        yield name
        yield from (str(file.name) for file in files)
