"""The group's opinion is handed in; deliveries follow a conclusion as they do in the running house."""

from collections.abc import Iterator

import pytest

from gongjian.cases.models import Case
from gongjian.conclusions.queries import opinion
from gongjian.conclusions.tests.builders import OPINIONS
from gongjian.opinions.queries.result import GroupOpinion


@pytest.fixture(autouse=True)
def handed_in_opinions(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def handed_in(case: Case) -> GroupOpinion | None:
        return OPINIONS.get(case.pk)

    monkeypatch.setattr(opinion, "result_of", handed_in)
    yield
    OPINIONS.clear()
