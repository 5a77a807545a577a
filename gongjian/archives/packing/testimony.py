"""What the experts said, opened after the vote, with hash and signature; and the receipts of the draws that sent the case to them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from gongjian.archives.offline.manifest import SIGNATURES, Document, text_of
from gongjian.archives.packing.items import Item, text
from gongjian.cases.models import Case
from gongjian.draws.models import Draw
from gongjian.draws.states import State
from gongjian.kernel import moment
from gongjian.opinions.content import canonical
from gongjian.opinions.models import Deliberation, Entrusted, Round, View
from gongjian.opinions.packet import packet_of_row
from gongjian.opinions.queries.talk import statement_of
from gongjian.opinions.sealing import opened_statements


@dataclass(frozen=True)
class Statement:
    """Something an expert signed: the very bytes whose hash was signed."""

    path: str
    title: str
    author: str
    at: datetime
    content: bytes
    signature: str
    public_key: str

    def item(self) -> Item:
        return Item("opinion", self.title, self.author, moment.day_of(self.at), text(self.path, self.content))

    def plain(self) -> Document:
        return {"path": self.path, "signature": self.signature, "public_key": self.public_key}


def statements(case: Case) -> Iterator[Statement]:
    """Opinions of every counted round, views and records of every closed deliberation. Raises: SealBroken of `opinions`."""
    for opened in Round.objects.filter(case=case, vote__isnull=False).order_by("number"):
        for row, told in opened_statements(opened):
            seat = told["seat"]
            yield Statement(
                path=f"opinions/round-{opened.number}-seat-{seat}.json",
                title=f"专家意见（第{opened.number}轮第{seat}席）",
                author=row.assignment.user.name,
                at=row.sealed_at,
                content=canonical(told),
                signature=row.signature,
                public_key=row.key.public_key,
            )
    closed = Deliberation.objects.filter(case=case, closed_at__isnull=False).order_by("round__number")
    for talk in closed.select_related("case", "round", "key", "chair__user"):
        yield from _talk(talk)
    for elsewhere in entrusted(case):
        yield from _elsewhere(elsewhere)


def entrusted(case: Case) -> QuerySet[Entrusted]:
    """The opinions of other committees' groups, those that were set aside too."""
    return Entrusted.objects.filter(case=case).order_by("pk")


def _elsewhere(row: Entrusted) -> Iterator[Statement]:
    for signed in packet_of_row(row).statements:
        told = json.loads(signed.statement)
        yield Statement(
            path=f"opinions/entrusted-{row.matter[:8]}-seat-{told['seat']}.json",
            title=f"受托专家意见（{row.committee}，第{told['seat']}席）",
            author=signed.name,
            at=datetime.fromisoformat(told["sealed_at"]),
            content=signed.statement.encode(),
            signature=signed.signature,
            public_key=signed.public_key,
        )


def receipts_elsewhere(case: Case) -> Iterator[Item]:
    """The receipts of the lots by which other committees' groups were drawn, as they were given out."""
    for row in entrusted(case):
        for name, title in (("experts", "抽取凭证：受托抽取专家"), ("door", "抽取凭证：受托现场分组")):
            member = text(f"opinions/entrusted-{row.matter[:8]}-{name}.json", row.receipts[name].encode())
            yield Item("draw", title, row.committee, moment.day_of(row.received_at), member)


def _talk(talk: Deliberation) -> Iterator[Statement]:
    views = list(talk.views.select_related("assignment__user", "key").order_by("assignment__seat"))
    yield from (_view(talk, view) for view in views)
    if talk.chair and talk.key and talk.closed_at:
        told = statement_of(talk, seat=talk.chair.seat, text=talk.record)
        yield Statement(
            path=f"opinions/round-{talk.round.number}-record.json",
            title=f"合议记录（第{talk.round.number}轮后）",
            author=talk.chair.user.name,
            at=talk.closed_at,
            content=canonical({**told, "views": [view.text_hash for view in views]}),
            signature=talk.signature,
            public_key=talk.key.public_key,
        )


def _view(talk: Deliberation, view: View) -> Statement:
    seat = view.assignment.seat
    return Statement(
        path=f"opinions/round-{talk.round.number}-view-{seat}.json",
        title=f"合议发言（第{talk.round.number}轮后第{seat}席）",
        author=view.assignment.user.name,
        at=view.signed_at,
        content=canonical(statement_of(talk, seat=seat, text=view.text)),
        signature=view.signature,
        public_key=view.key.public_key,
    )


def signatures(said: list[Statement], *, author: str) -> Item:
    """Signature and public key of everything said."""
    content = text_of([one.plain() for one in said])
    return Item("opinion", "专家电子签名", author, moment.today(), text(SIGNATURES, content))


def draws_of(case: Case) -> list[Draw]:
    """The closed draws of the sittings at which the case was given to a group: of experts, and at the door."""
    sent = Draw.objects.filter(state=State.CLOSED, sitting__bookings__in=case.bookings.filter(arrivals__isnull=False))
    return list(sent.select_related("office").distinct().order_by("pk"))


def receipt(draw: Draw) -> Item:
    """The public receipt of a draw."""
    title = f"抽取凭证：{draw.get_kind_display()}"
    member = text(f"draws/{draw.number}.json", draw.receipt.encode())
    at = moment.day_of(draw.closed_at or draw.committed_at)
    return Item("draw", title, draw.office.name, at, member, number=draw.number)
