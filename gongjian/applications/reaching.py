"""Reaching a side of a case: the boxes of those who speak for it, and its telephone. A message to the other side reaches nobody here."""

from collections.abc import Iterator, Mapping
from typing import Any

from gongjian.applications.kept import application_of, first_telephone
from gongjian.cases.models import Case
from gongjian.cases.queries.sides import Side, parties_of
from gongjian.kernel.outbox.actions import send
from gongjian.kernel.outbox.states import Channel
from gongjian.law.errors import RuleError
from gongjian.law.identity import check_mobile
from gongjian.papers.models import Paper
from gongjian.papers.queries import visible_papers


def tell_side(
    case: Case, side: Side, *, key: str, template: str, context: Mapping[str, Any], paper: Paper | None = None
) -> bool:
    """Write a message to every box of a side and to its telephone; whether the side is reached.

    A telephone reaches it, and a box where the side has agreed to electronic delivery. key: says which message this is. The paper goes with
    the message to those who may read it.
    Law: 令55 art. 12 (the appraisee is told); 民诉法 art. 90 (electronically only with consent).
    """
    about: dict[str, Any] = {
        "template": template,
        "context": context,
        "chain": case.chain,
        "by_office": case.office.code,
    }
    at = f"{case.chain}/{key}/{side.value}"
    parties = parties_of(case, side)
    for user in {party.user_id: party.user for party in parties}.values():
        theirs = paper.evidence if paper and visible_papers(case, by=user).filter(pk=paper.pk).exists() else None
        send(key=f"{at}/inbox/{user.pk}", channel=Channel.INBOX, user=user, evidence=theirs, **about)
    telephone = telephone_of(case, side)
    if telephone:
        send(key=f"{at}/sms", channel=Channel.SMS, to=telephone, **about)
    return bool(telephone) or (bool(parties) and agreed(case, side))


def telephone_of(case: Case, side: Side) -> str:
    """The mobile telephone of a side, "" where none is known. A number of the employer's is never the worker's."""
    theirs = set(_employers(case))
    numbers = iter(_employers(case)) if side is Side.EMPLOYER else (n for n in _workers(case) if n not in theirs)
    return next(numbers, "")


def applicant_side(case: Case) -> Side:
    """On whose side the application was made; a case without one is the worker's."""
    told = application_of(case)
    return told.side if told else Side.WORKER


def agreed(case: Case, side: Side) -> bool:
    """Whether a side agreed to electronic delivery when it applied; an agent's word counts only with the power to receive."""
    told = application_of(case)
    return told is not None and told.side is side and told.electronic_consent and told.may_receive


def _workers(case: Case) -> Iterator[str]:
    told, first = application_of(case), first_telephone(case)
    if first:
        yield from _mobile(first)
    if told and told.side is Side.WORKER and told.may_receive:
        yield from _mobile(told.delivery_telephone)
    if told:
        yield from _mobile(told.telephone)
    yield from _mobile(case.person.telephone)
    for party in parties_of(case, Side.WORKER):
        yield from _mobile(party.user.telephone)


def _employers(case: Case) -> Iterator[str]:
    told = application_of(case)
    if told and told.side is Side.EMPLOYER:
        yield from _mobile(told.delivery_telephone)
    if told:
        yield from _mobile(told.employer_telephone)
    if case.employer:
        yield from _mobile(case.employer.telephone)
    for party in parties_of(case, Side.EMPLOYER):
        yield from _mobile(party.user.telephone)


def _mobile(text: str) -> Iterator[str]:
    """The number where text messages reach it: nothing for a fixed line, or for what is no number."""
    try:
        yield check_mobile(text)
    except RuleError:
        return
