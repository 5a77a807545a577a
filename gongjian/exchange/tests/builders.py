"""Two bureaus that trust each other in one installation, and a line between them that does what a test tells it to."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from http.client import RemoteDisconnected
from io import BytesIO
from urllib.parse import urlsplit

from django.test import Client

from gongjian.accounts.models import Office, User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_member
from gongjian.exchange.actions import answering, asking, peers
from gongjian.exchange.actions.answering import Handed
from gongjian.exchange.keys import fingerprint
from gongjian.exchange.line import Answer
from gongjian.exchange.models import Matter, Peer
from gongjian.exchange.sending import send_due
from gongjian.exchange.states import Direction
from gongjian.kernel import moment
from gongjian.materials.actions import add_page, material_of
from gongjian.materials.models import MaterialPage
from gongjian.materials.tests.builders import a_picture
from gongjian.papers.actions import signature_of
from gongjian.recognition.tests.builders import MONDAY, a_bureau, an_investigated_case, an_investigator, another_bureau

DUE = date(2026, 3, 20)
SCOPE = "请到东岭市站前路口核实2026年2月10日的交通管制情况，并询问当班人员。"


def an_administrator(office: Office | None = None) -> User:
    return a_member(Role.ADMINISTRATOR, office=office or a_bureau())


def an_investigator_there() -> User:
    """Who answers in the other city."""
    return a_member(Role.INVESTIGATOR, "岭实", office=another_bureau())


def an_entered_peer(here: Office, there: Office, **changes: object) -> Peer:
    told = {
        "code": there.code,
        "name": there.name,
        "address": "http://127.0.0.1:9",
        "key": signature_of(there).certificate,
    }
    return peers.enter(here, by=an_administrator(here), **{**told, **changes})


def a_peer(here: Office, there: Office, **changes: object) -> Peer:
    """Entered and trusted; once."""
    row = Peer.objects.filter(office=here, code=there.code, ended_at=None).first()
    row = row or an_entered_peer(here, there, **changes)
    return peers.trust(row, seen=fingerprint(row.key), by=an_administrator(here))


def two_cities(**changes: object) -> tuple[Peer, Peer]:
    """(the other city as we know it, ours as it knows us)."""
    return a_peer(a_bureau(), another_bureau(), **changes), a_peer(another_bureau(), a_bureau(), **changes)


def an_asked_matter(*, files: int = 0, paper: bytes = b"") -> Matter:
    """A question to the other city, written on MONDAY and not yet sent. files: so many papers of the case go with it, or this one."""
    there, _ = two_cities()
    case = an_investigated_case()
    pages = list(MaterialPage.objects.filter(material__case=case).order_by("pk").values_list("pk", flat=True)[:files])
    if paper:
        with moment.fixed(MONDAY):
            material = material_of("police_document", case=case)
            pages.append(add_page(material, BytesIO(paper), name="甲.pdf", by=an_investigator()).pk)
    with moment.fixed(MONDAY):
        return asking.ask(
            case, there, scope=SCOPE, due_on=DUE, told=["person", "happened_on"], pages=pages, by=an_investigator()
        )


class WireLine:
    """Carries requests to this very installation. broken: says of each request (counted from 1) whether the line breaks before or after it."""

    def __init__(self, broken: Callable[[int], str] = lambda number: "") -> None:
        self.requests: list[tuple[str, str, bytes, dict[str, str]]] = []
        self._broken = broken

    def carry(self, method: str, url: str, body: bytes, headers: dict[str, str]) -> Answer:
        self.requests.append((method, urlsplit(url).path, body, headers))
        cut = self._broken(len(self.requests))
        if cut == "before":
            raise ConnectionResetError
        answer = carried(method, urlsplit(url).path, body, headers)
        if cut == "after":
            raise RemoteDisconnected("cut")
        return answer

    @property
    def pieces(self) -> list[str]:
        """The spans of the pieces that were carried."""
        return [headers["Content-Range"] for method, _, _, headers in self.requests if method == "PUT"]


def carried(method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
    """One request, answered by the views of this installation; a token of forms is asked as of a browser."""
    told = {name: value for name, value in headers.items() if name != "Content-Type"}
    client = Client(enforce_csrf_checks=True)
    answer = client.generic(method, path, body, content_type=headers["Content-Type"], headers=told)
    return Answer(answer.status_code, answer.content)


def delivered(*, after: timedelta = timedelta(0), line: WireLine | None = None) -> WireLine:
    """Everything that is due is sent, and what it calls forth as well."""
    return carried_out(MONDAY + after, line)


def carried_out(at: datetime, line: WireLine | None = None) -> WireLine:
    """The same at any instant."""
    line = line or WireLine()
    with moment.fixed(at):
        while send_due(line):
            pass
    return line


def the_other_end(matter: Matter) -> Matter:
    """The same matter in the other city."""
    return Matter.objects.get(key=matter.key, direction=Direction.IN)


def an_answered_matter(*, files: int = 1) -> Matter:
    """Asked, accepted and answered with papers, all letters delivered."""
    matter = an_asked_matter()
    delivered()
    there = the_other_end(matter)
    with moment.fixed(MONDAY + timedelta(hours=1)):
        answering.accept(there, by=an_investigator_there())
        papers = [Handed(a_picture(70 + number), f"路口照片{number}.png") for number in range(files)]
        answering.answer(there, text="路口当日封闭，当班人员证实。", files=papers, by=an_investigator_there())
    delivered(after=timedelta(hours=2))
    matter.refresh_from_db()
    return matter
