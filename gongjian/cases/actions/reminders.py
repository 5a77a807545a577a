"""Reminding those who owe something: once when it is due soon, once when it is overdue."""

from datetime import date
from typing import Any

from django.db import transaction

from gongjian.cases.labels import label_of
from gongjian.cases.models import Obligation
from gongjian.cases.queries.reminders import Reached, owners_of, to_remind
from gongjian.cases.rules import Stage, is_reminded, stage_of
from gongjian.kernel import moment
from gongjian.kernel.outbox.actions import send
from gongjian.kernel.outbox.states import Channel


def remind_due() -> int:
    """Remind whoever has not been told yet; how many obligations. Twice, or twice at once, tells nobody twice."""
    return sum(remind(pk) for pk in to_remind(moment.today()))


@transaction.atomic
def remind(pk: int) -> bool:
    """Tell the owners of one obligation that it is due soon or overdue; False when that was done or is not needed."""
    rows = Obligation.objects.select_for_update(of=("self",), skip_locked=True)
    owed = rows.select_related("case__office", "case__person").filter(pk=pk, fulfilled_at=None).first()
    stage = stage_of(owed.due_on, today=moment.today()) if owed else None
    if owed is None or stage is None or is_reminded(stage, due=owed.due_on, reminded_on=_day(owed)):
        return False
    for reached in owners_of(owed):
        _tell(owed, stage, reached)
    Obligation.objects.filter(pk=pk).update(reminded_at=moment.now())
    return True


def _tell(owed: Obligation, stage: Stage, reached: Reached) -> None:
    case = owed.case
    about: dict[str, Any] = {
        "template": f"cases.reminder_{stage}",
        "context": {
            "number": case.number,
            "what": label_of(owed.kind),
            "due": f"{owed.due_on.year}年{owed.due_on.month}月{owed.due_on.day}日",
            "article": owed.article,
            "office": case.office.name,
        },
        "chain": case.chain,
        "by_office": case.office.code,
    }
    key = f"{case.chain}/reminder/{owed.pk}/{stage}/{owed.due_on}"
    if reached.user:
        send(key=f"{key}/inbox/{reached.user.pk}", channel=Channel.INBOX, user=reached.user, **about)
    if reached.telephone:
        whose = reached.user.pk if reached.user else "person"
        send(key=f"{key}/sms/{whose}", channel=Channel.SMS, to=reached.telephone, **about)


def _day(owed: Obligation) -> date | None:
    return moment.day_of(owed.reminded_at) if owed.reminded_at else None
