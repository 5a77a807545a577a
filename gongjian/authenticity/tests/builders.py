"""Inquiries from no arguments, and the body that answers them: a real server on this machine, which a test tells how."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.test import override_settings

from gongjian.authenticity.actions import inquire
from gongjian.authenticity.asking import ask_due
from gongjian.authenticity.models import Inquiry
from gongjian.kernel import moment
from gongjian.kernel.tests.provider import Provider, a_provider
from gongjian.recognition.tests.builders import MONDAY, an_investigated_case, an_investigator

DUE = date(2026, 3, 12)
TOLD: dict[str, Any] = {
    "source": "hospital",
    "subject": "visit",
    "purpose": "诊断日期与事故日期需要核对",
    "hospital": "云溪市第一人民医院",
    "on": date(2026, 2, 10),
    "due_on": DUE,
}


@contextmanager
def a_hospital() -> Iterator[Provider]:
    """It listens on loopback; answers 202 until it is told something else."""
    with a_provider() as body:
        body.always(202)
        found = {"hospital": {"url": body.url, "token": "T-1"}}
        with override_settings(INQUIRY_SOURCES=found):
            assert found == settings.INQUIRY_SOURCES
            yield body


def an_inquiry(case=None, **changes: Any) -> Inquiry:
    """About the diagnosis on file, written on MONDAY."""
    case = case or an_investigated_case()
    paper = case.materials.get(kind="medical_diagnosis")
    with moment.fixed(MONDAY):
        return inquire(case, paper.pk, **{**TOLD, **changes}, by=an_investigator())


def answers(body: Provider, key: str, /, *, finding: str = "confirmed", **changes: Any) -> None:
    """Let the body answer from now on."""
    told = {"key": key, "finding": finding, "facts": [{"name": "就诊科室", "value": "手足外科"}], **changes}
    body.always(200)
    body.answer = json.dumps(told, ensure_ascii=False).encode()


def asked(after: timedelta = timedelta(0)) -> int:
    with moment.fixed(MONDAY + after):
        return ask_due()
