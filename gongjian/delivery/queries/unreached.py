"""Recipients of a case whom a message by some channel did not reach: one mark for each channel and recipient, which tells nobody who it is."""

from dataclasses import dataclass

from django.db.models import QuerySet

from gongjian.cases.models import Case, Obligation
from gongjian.delivery.owes import REACH
from gongjian.kernel.fields import blind_index
from gongjian.kernel.outbox.models import Message
from gongjian.kernel.outbox.states import Channel, State

CASE_CHAIN = "case:"
ARRIVED = (State.DELIVERED, State.OPENED)
MARK = 24
"""Signs of the index that tell one recipient from another within a case."""


@dataclass(frozen=True)
class Unreached:
    """What the clerk sees of such a task. tail: the last signs of the number or address; "" where none is kept."""

    owed: Obligation
    channel: str
    tail: str


def recipient_of(message: Message) -> str:
    """What the task about this message is about: its channel and its recipient."""
    whom = f"user:{message.user_id}" if message.user_id else message.to
    return f"{message.channel}:{blind_index(whom, 'outbox.recipient')[:MARK]}"


def channel_of(about: str) -> str:
    """The channel of such a mark; "" of another one."""
    channel = about.partition(":")[0]
    return channel if channel in set(Channel) else ""


def arrived_after(owed: Obligation) -> bool:
    """Whether something has arrived at this recipient by this channel since the task was opened. Sent is not arrived."""
    arrived = _of(owed).filter(state__in=ARRIVED, delivered_at__gt=owed.opened_at)
    return any(recipient_of(message) == owed.about for message in arrived)


def unreached(case: Case) -> list[Unreached]:
    """The open tasks of a case, the earliest first."""
    rows = case.obligations.filter(kind=REACH, fulfilled_at=None).select_related("case").order_by("due_on", "pk")
    return [Unreached(row, _label(row.about), _tail(row)) for row in rows]


def _label(about: str) -> str:
    channel = channel_of(about)
    return Channel(channel).label if channel else "消息"


def _tail(owed: Obligation) -> str:
    failed = _of(owed).filter(state=State.FAILED).order_by("-pk")
    return next((message.to[-4:] for message in failed if recipient_of(message) == owed.about), "")


def _of(owed: Obligation) -> QuerySet[Message]:
    return Message.objects.filter(chain=owed.case.chain, channel=channel_of(owed.about))
