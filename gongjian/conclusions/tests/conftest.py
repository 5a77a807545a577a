"""The group's opinion is handed in; nobody follows a conclusion unless a test lets them."""

from collections.abc import Iterator

import pytest

from gongjian.cases.models import Case
from gongjian.conclusions.queries import opinion
from gongjian.conclusions.tests.builders import OPINIONS
from gongjian.opinions.queries.result import GroupOpinion
from gongjian.papers import decided as after


@pytest.fixture(autouse=True)
def handed_in_opinions(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def handed_in(case: Case) -> GroupOpinion | None:
        return OPINIONS.get(case.pk)

    monkeypatch.setattr(opinion, "result_of", handed_in)
    monkeypatch.setattr(after, "FOLLOWERS", [])
    yield
    OPINIONS.clear()
