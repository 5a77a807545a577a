"""Reading peers, matters and their letters."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from gongjian.accounts.models import Office, User
from gongjian.accounts.roles import PEERS
from gongjian.cases.models import Case
from gongjian.cases.queries import reads_health, visible_to
from gongjian.exchange.business import BUSINESSES, business_of
from gongjian.exchange.errors import FileNotAnnounced, MatterUnknown, PeerNotFound
from gongjian.exchange.models import Enclosure, Matter, Peer
from gongjian.exchange.owes import READ_MEANWHILE
from gongjian.exchange.states import OPEN, Direction, Name, State
from gongjian.kernel.frame import MOST_COUNTED


def my_offices(user: User, permission: str) -> list[Office]:
    """The offices at which `user` holds a permission, by name."""
    found = {
        office.pk: office for post in user.posts_held() for office in post.offices() if user.holds(permission, office)
    }
    return sorted(found.values(), key=lambda office: office.name)


def managed_bureaus(user: User) -> list[Office]:
    """The bureaus whose peers `user` administers."""
    return my_offices(user, PEERS)


def peers_of(user: User) -> QuerySet[Peer]:
    """Every peer that `user` administers, live ones first."""
    rows = Peer.objects.filter(office__in=managed_bureaus(user)).select_related("office", "trusted_by")
    return rows.order_by("ended_at", "code", "pk")


def peer_for(pk: int, *, by: User) -> Peer:
    """One peer. Hidden and missing answer alike. Raises: PeerNotFound."""
    found = peers_of(by).filter(pk=pk).first()
    if found is None:
        raise PeerNotFound
    return found


def trusted_peers(office: Office) -> QuerySet[Peer]:
    """Whom an office may ask."""
    return Peer.objects.filter(office=office, trusted_at__isnull=False, ended_at=None).order_by("name")


def matters_of(case: Case) -> QuerySet[Matter]:
    """What was asked of other cities in a case, newest first."""
    return case.matters.select_related("peer", "by").order_by("-id")


def unread_of(case: Case) -> set[str]:
    """The keys of its matters that were settled while the draft was checked and that nobody has read yet."""
    owed = case.obligations.filter(kind=READ_MEANWHILE, fulfilled_at=None)
    return set(owed.values_list("about", flat=True))


def incoming(user: User) -> QuerySet[Matter]:
    """What other cities have asked of the offices where `user` takes such matters on, newest first."""
    mine = [Q(business=each.name, office__in=my_offices(user, each.handle)) for each in BUSINESSES.values()]
    rows = Matter.objects.filter(reduce(or_, mine), direction=Direction.IN)
    return rows.exclude(state=State.ARRIVING).select_related("peer", "office", "done_as").order_by("-id")


def how_many_wait(user: User, business: Name) -> int:
    """How many matters of one business wait to be taken on by `user`, counted no further than a page says. One query."""
    rows = incoming(user).filter(business=business, state=State.RECEIVED)
    return rows[: MOST_COUNTED + 1].count()


def incoming_matter(pk: int, *, by: User) -> Matter:
    """One matter that another city has asked. Hidden and missing answer alike. Raises: MatterUnknown."""
    found = incoming(by).filter(pk=pk).first()
    if found is None:
        raise MatterUnknown
    return found


def asked_matter(pk: int, *, by: User) -> Matter:
    """One matter of a case that `by` sees. Raises: MatterUnknown."""
    rows = Matter.objects.select_related("case__office", "peer", "office").filter(direction=Direction.OUT)
    found = rows.filter(case__in=visible_to(by), pk=pk).first()
    if found is None:
        raise MatterUnknown
    return found


@dataclass(frozen=True)
class Sent:
    """A file of a matter with its origin."""

    enclosure: Enclosure
    is_ours: bool


def files_of(matter: Matter) -> list[Sent]:
    """The files of a matter that are here, ours and theirs, in the order in which they were sent."""
    rows = Enclosure.objects.filter(letter__matter=matter, evidence__isnull=False).select_related("evidence", "letter")
    return [Sent(row, row.letter.is_ours) for row in rows.order_by("letter_id", "order")]


def enclosure_for(pk: int, *, by: User) -> Enclosure:
    """One file of a matter, for who handles it. In a case: for who reads about health there. Raises: FileNotAnnounced."""
    rows = Enclosure.objects.select_related("evidence", "letter__matter__case__office", "letter__matter__office")
    row = rows.filter(pk=pk, evidence__isnull=False).first()
    if row is None or not _may_open(row.letter.matter, by):
        raise FileNotAnnounced
    return row


def is_read_here(matter: Matter) -> bool:
    """Whether a matter's papers are read with it. Once a case was opened for it, they are read there, by whoever's step needs them; nobody reads those of an entrusted matter that was given back or taken back.

    Law: 个保法 art. 6, 19.
    """
    is_over = matter.business == Name.APPRAISAL and matter.state not in OPEN
    return matter.done_as_id is None and not is_over


def _handles(matter: Matter, user: User) -> bool:
    """Whether `user` takes on what another city has asked here."""
    return is_read_here(matter) and user.holds(business_of(matter).handle, matter.office_id)


def _may_open(matter: Matter, user: User) -> bool:
    if matter.case is None:
        return _handles(matter, user)
    return visible_to(user).filter(pk=matter.case.pk).exists() and reads_health(user, matter.case)
