"""Sealing an opinion that its author wrote down, hashed and signed away from the platform: by that hash, as it was made, or not at all."""

import json
from typing import Any

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.grading.clauses import ground, standard
from gongjian.kernel import moment
from gongjian.law.errors import RuleError
from gongjian.opinions.actions.seal import duty_to_seal, end_with, keep_sealed, require_ready
from gongjian.opinions.content import FORM_AWAY, Content, canonical, hash_of
from gongjian.opinions.errors import StatementUnsound
from gongjian.opinions.models import Opinion, SigningKey
from gongjian.opinions.queries.access import Duty
from gongjian.opinions.signing import Signed, verify

PARTS = frozenset({"form", "kit", "exam_code", "round", "seat", "expert", "standard", "sealed_at", "salt", "content"})


@transaction.atomic
def bring_opinion(exam_code: str, statement: bytes, signature: str, *, key: SigningKey, by: User) -> Opinion:
    """Seal a brought statement for good under the hash that was signed away. The same statement a second time answers the same opinion.

    Every rule of `seal_opinion` holds: who was not drawn, has not declared, or has sealed already does not seal.
    key: the expert's own, handed to what was taken along. Law: 令55 art. 15, art. 28, art. 34.
    Raises: StatementUnsound, and as `seal_opinion` but SignatureWrong and DraftChangedMeanwhile.
    """
    digest = hash_of(statement)
    if known := Opinion.objects.filter(content_hash=digest, assignment__user=by).first():
        return known
    duty = duty_to_seal(exam_code, by=by)
    if key.user_id != by.pk or not verify(key, digest, signature):
        raise StatementUnsound
    require_ready(duty, _content(_told(statement), duty))
    return end_with(duty, keep_sealed(duty, statement, Signed(key, signature)))


def content_brought(plain: Any) -> Content:
    """A sheet as a device wrote it down: an opinion whose parts, sides and clauses are the standard's. Raises: StatementUnsound."""
    try:
        content = Content.of(plain)
        for each in content.findings:
            _ = each.recognised, each.clause and ground(each.clause)
        canonical(content.plain())  # half a sign, which JSON can tell and nothing can keep, ends here
    except (KeyError, TypeError, ValueError, AttributeError, RuleError) as error:
        raise StatementUnsound from error
    return content


def _told(statement: bytes) -> dict[str, Any]:
    """What the statement says, if it is written down in the one way."""
    try:
        told = json.loads(statement)
        sound = isinstance(told, dict) and set(told) == PARTS and canonical(told) == statement
    except (ValueError, RecursionError) as error:
        raise StatementUnsound from error
    if not sound:
        raise StatementUnsound
    return dict(told)


def _content(told: dict[str, Any], duty: Duty) -> Content:
    """The opinion of a statement that is about this seat in this round, with nothing in it that an opinion does not hold."""
    assert duty.round is not None  # an assignment comes with a round
    about = {
        "form": FORM_AWAY,
        "exam_code": duty.exam_code,
        "round": duty.round.number,
        "seat": duty.member.seat,
        "expert": duty.member.number,
        "standard": standard(moment.today()).name,
    }
    if canonical({name: told[name] for name in about}) != canonical(about):
        raise StatementUnsound
    content = content_brought(told["content"])
    if canonical(content.plain()) != canonical(told["content"]) or content.unworked().worked() != content:
        raise StatementUnsound
    return content
