"""Nobody reads a sealed opinion before all have sealed: every role, every query of this room, every page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import (
    PASSWORD,
    a_member,
    a_worker_user,
    an_employer_user,
    an_expert_user,
    an_outsider,
)
from gongjian.appraisal.states import State
from gongjian.cases.models import Case
from gongjian.kernel.fields import EncryptedJSONField, EncryptedTextField
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.law.errors import RuleError
from gongjian.materials.access import may_see
from gongjian.materials.actions import material_of
from gongjian.opinions import models
from gongjian.opinions.actions.declare import declare_no_conflict
from gongjian.opinions.actions.draft import save_draft
from gongjian.opinions.actions.seal import seal_opinion
from gongjian.opinions.content import Content
from gongjian.opinions.models import Opinion, OpinionDraft, Round, RoundKey
from gongjian.opinions.queries import result_of
from gongjian.opinions.queries.access import MEDICAL, Stage, duty_for
from gongjian.opinions.queries.drafts import content_of, draft_of
from gongjian.opinions.queries.duties import sealed_by, todays_lines
from gongjian.opinions.queries.papers import papers_of
from gongjian.opinions.queries.talk import talk_of
from gongjian.opinions.sealing import opened_statements
from gongjian.opinions.tests.builders import CAST, a_finding, an_examining_case, an_opinion_of, the_experts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("exam_day")]
SECRET_WORDS = ("绝密的评定理由", "绝密的膝关节活动度", "绝密的诊断")
SECRET = Content(
    findings=(a_finding(condition=SECRET_WORDS[1], diagnosis=SECRET_WORDS[2]),),
    selfcare_none=True,
    is_decided=True,
    grade=9,
    reason=SECRET_WORDS[0],
)
STAFF = [lambda role=role: a_member(role) for role in Role]
OTHERS: list[Callable[[], User]] = [
    a_worker_user,
    an_employer_user,
    an_outsider,
    lambda: an_expert_user("expert-other", "别组专家"),
    lambda: the_experts(2)[1],
    lambda: the_experts(3)[2],
]


@pytest.fixture
def code(seated):
    """The exam code of a case in which the first expert has sealed the secret, the second has declared, the third has done nothing."""
    case = an_examining_case()
    panel = seated.seat(case)
    first, second, _ = the_experts(3)
    for user in (first, second):
        declare_no_conflict(panel.exam_code, by=user)
    save_draft(panel.exam_code, SECRET, version=1, by=first)
    seal_opinion(panel.exam_code, version=2, password=PASSWORD, by=first)
    return panel.exam_code


def told_to(user: User, code: str) -> list[object]:
    """Everything the queries of this room answer `user` about the case; a refusal is an answer too."""
    case = Case.objects.get()
    questions: list[Callable[[], object]] = [
        lambda: duty_for(code, by=user),
        lambda: content_of(draft_of(duty_for(code, by=user))),
        lambda: talk_of(duty_for(code, by=user)),
        lambda: papers_of(duty_for(code, by=user)),
        lambda: todays_lines(user),
        lambda: list(sealed_by(user).exclude(assignment__user=the_experts(1)[0])),
        lambda: result_of(case),
        lambda: opened_statements(Round.objects.get()),
    ]
    return [_answer(question) for question in questions]


def _answer(question: Callable[[], object]) -> object:
    try:
        return question()
    except RuleError as refusal:
        return str(refusal)


@pytest.mark.parametrize("who", [*STAFF, *OTHERS, lambda: the_experts(1)[0]])
def test_art_15_no_query_tells_anybody_a_sealed_opinion(code, who):
    answers = repr(told_to(who(), code))
    assert [word for word in SECRET_WORDS if word in answers] == []


def addresses(resolver: URLResolver, prefix: str = "/") -> list[str]:
    """Every address of the house, its blanks filled with what could lead to this case."""
    found: list[str] = []
    for each in resolver.url_patterns:
        path = prefix + str(each.pattern)
        if isinstance(each, URLPattern):
            found.append(path)
        else:
            found += addresses(each, path)
    return found


def filled(path: str, case: Case, code: str) -> str:
    """An address with the blanks filled in."""
    values = {"exam_code": code, "number": case.number, "pk": str(case.pk), "within": "1", "check_code": "x"}
    while "<" in path:
        start, end = path.index("<"), path.index(">")
        kind, _, name = path[start + 1 : end].rpartition(":")
        path = path[:start] + values.get(name, str(case.pk) if kind == "int" else case.number) + path[end + 1 :]
    return path


@pytest.mark.parametrize("who", [*STAFF, *OTHERS, lambda: the_experts(1)[0]])
def test_art_15_no_page_shows_anybody_a_sealed_opinion(code, who):
    case, client = Case.objects.get(), Client(raise_request_exception=False)
    client.force_login(who(), backend="django.contrib.auth.backends.ModelBackend")
    paths = [
        filled(path, case, code) for path in addresses(get_resolver()) if "(?P" not in path and "sign-out" not in path
    ]
    shown = {path: body_of(client.get(path)) for path in paths}
    assert [path for path, body in shown.items() if any(word in body for word in SECRET_WORDS)] == []
    assert len(paths) > 20


def body_of(response: Any) -> str:
    """What came back, as text."""
    parts = response.streaming_content if response.streaming else [response.content]
    return b"".join(parts).decode(errors="replace") if not hasattr(parts, "__aiter__") else ""


def test_not_even_a_stranger_without_account_gets_a_page(code):
    client = Client()
    for page in ("", "declare/", "opinion/", "paper/", "sign/", "sealed/", "talk/", "clauses/"):
        response = client.get(f"/expert/{code}/{page}")
        assert (response.status_code, "/account/" in response["Location"]) == (302, True)


def test_no_table_of_the_house_holds_the_secret_in_the_clear(code):
    rows = [str(list(model._default_manager.values())) for model in apps.get_app_config("opinions").get_models()]
    assert [word for word in SECRET_WORDS if any(word in row for row in rows)] == []
    assert not [word for word in SECRET_WORDS if word in str(list(LedgerEntry.objects.values()))]


def test_every_text_of_an_opinion_lies_in_an_encrypted_field():
    kinds = [
        (OpinionDraft, "content", EncryptedJSONField),
        (RoundKey, "secret", EncryptedTextField),
        (models.Deliberation, "record", EncryptedTextField),
        (models.View, "text", EncryptedTextField),
        (models.SigningKey, "wrapped_secret", EncryptedTextField),
    ]
    assert [type(model._meta.get_field(name)) for model, name, _ in kinds] == [kind for *_, kind in kinds]


def test_the_key_of_a_round_is_of_no_use_in_another(code):
    first = Opinion.objects.get()
    other = Round.objects.create(case=first.round.case, number=2, size=3, opened_at=first.sealed_at)
    RoundKey.objects.create(round=other, secret=RoundKey.objects.get(round=first.round).secret)
    assert not opened_or_none(other)


def opened_or_none(opened: Round) -> object:
    return None if isinstance(_answer(lambda: opened_statements(opened)), str) else "opened"


def test_after_the_last_seal_the_result_is_there_for_those_above(code):
    for user in the_experts(3)[1:]:
        if duty_for(code, by=user).stage == Stage.DECLARE:
            declare_no_conflict(code, by=user)
        save_draft(code, an_opinion_of(9), version=1, by=user)
        seal_opinion(code, version=2, password=PASSWORD, by=user)
    case = Case.objects.get()
    result = result_of(case)
    assert result is not None
    assert case.state == State.OPINED
    assert SECRET_WORDS[0] in result.reasons


@pytest.mark.parametrize(
    "kind", ["diagnosis", "medical_records", "identity", "application_form", "recognition_decision", "mandate", "other"]
)
def test_l24_papers_open_with_the_declaration_and_only_the_medical_ones(seated, kind):
    case = an_examining_case()
    code = seated.seat(case).exam_code
    user = the_experts(1)[0]
    material = material_of(kind, case=case)
    before = may_see(user, material)
    declare_no_conflict(code, by=user)
    assert (before, may_see(user, material)) == (False, kind in MEDICAL)


def test_l24_papers_close_with_the_seal(code):
    material = material_of("medical_records", case=Case.objects.get())
    first, second, third = the_experts(3)
    assert [may_see(user, material) for user in (first, second, third)] == [False, True, False]


def test_l08_papers_are_closed_to_experts_of_other_groups_and_to_who_left(code, seated):
    material = material_of("medical_records", case=Case.objects.get())
    seated.reserves = [an_expert_user(*CAST[5])]
    second = the_experts(2)[1]
    assert not may_see(an_expert_user("expert-other", "别组专家"), material)
    assert may_see(second, material)
    panel = seated.panels[material.case_id]
    seated.replace_member(material.case, panel.members[1], ground="kinship", by=second)
    assert not may_see(second, material)


def test_a_draft_of_an_application_is_no_experts_business():
    assert not may_see(the_experts(1)[0], material_of("diagnosis", case=an_examining_case()))
