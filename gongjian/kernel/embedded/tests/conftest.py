"""The servers of these tests keep their promises about crashes, unlike the fast one that other tests use."""

import pytest


@pytest.fixture(autouse=True)
def durable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GONGJIAN_POSTGRES_OPTIONS", raising=False)
