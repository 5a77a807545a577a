"""Telling the parties of a case: a message in each box, a text message to the telephone. Never what the injury is."""

from datetime import date, datetime
from typing import Any

from gongjian.appraisal.models import Application
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.outbox.actions import send
from gongjian.kernel.outbox.states import Channel
from gongjian.papers.models import Paper


def tell(case: Case, template: str, *, key: str, paper: Paper | None = None, **facts: Any) -> int:
    """Write a message about the case to everyone who takes part in it; how many ways there were. key: says which message this is."""
    context = {"number": case.number, "office": case.office.name, **{name: said(fact) for name, fact in facts.items()}}
    about: dict[str, Any] = {
        "template": f"sittings.{template}",
        "context": context,
        "chain": case.chain,
        "by_office": case.office.code,
        "evidence": paper.evidence if paper else None,
    }
    ways = 0
    for party in case.parties.select_related("user"):
        send(key=f"{case.chain}/{key}/inbox/{party.user_id}", channel=Channel.INBOX, user=party.user, **about)
        ways += 1
    if telephone := telephone_of(case):
        send(key=f"{case.chain}/{key}/sms", channel=Channel.SMS, to=telephone, **about)
        ways += 1
    return ways


def telephone_of(case: Case) -> str:
    """The telephone given for delivery, else the person's own."""
    given = Application.objects.filter(case=case).values_list("delivery_telephone", flat=True).first()
    return given or case.person.telephone


def said(fact: Any) -> str:
    """A day or an instant as people say it."""
    if isinstance(fact, datetime):
        local = fact.astimezone(moment.ZONE)
        return f"{local.year}年{local.month}月{local.day}日{local.hour}时{local.minute:02d}分"
    return f"{fact.year}年{fact.month}月{fact.day}日" if isinstance(fact, date) else str(fact)
