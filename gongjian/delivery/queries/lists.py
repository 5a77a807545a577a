"""What is to be delivered, what is to be posted, and one of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from gongjian.accounts.models import Office, User
from gongjian.accounts.queries import offices_where
from gongjian.cases.models import Case
from gongjian.cases.queries import case_for, open_to, visible_to
from gongjian.cases.queries.places import ORDER, beyond, in_address, place_of, read_place
from gongjian.delivery.errors import BatchNotFound, DeliveryNotFound
from gongjian.delivery.methods import Method
from gongjian.delivery.models import Attempt, Delivery, PostBatch

PERMISSION = "delivery.deliver"
PAGE = 50
RUNNING = Attempt.Outcome.RUNNING


@dataclass(frozen=True)
class Page:
    """One page of a list, and the place after its last row (None at the end)."""

    rows: list[Delivery]
    after: str


def to_deliver(user: User, *, method: str = "", after: str = "", size: int = PAGE) -> Page:
    """What is not served yet at the offices where `user` delivers, the green channel first, then the earliest day; optionally one way of delivery."""
    rows = open_to(_unserved(offices_where(user, PERMISSION)), user, at="case")
    if method:
        rows = rows.filter(method=method)
    if place := read_place(after):
        rows = rows.filter(beyond(place))
    found = list(rows[:size])
    return Page(found, in_address(place_of(found[-1])) if len(found) == size else "")


def to_post(user: User, office: Office) -> list[Delivery]:
    """What may go to the post today at an office: chosen for the post, with an address, and not under way."""
    if not user.holds(PERMISSION, office):
        return []
    rows = (
        open_to(_unserved([office.pk]), user, at="case").filter(method=Method.POST).exclude(attempts__outcome=RUNNING)
    )
    return [row for row in rows if row.address.strip()]


def delivery_for(pk: int, *, by: User) -> Delivery:
    """One delivery for the staff of its case. Raises: DeliveryNotFound, also for who may not see the case."""
    row = _with_attempts(Delivery.objects.filter(pk=pk)).first()
    if row is None or by.kind != User.Kind.STAFF or not visible_to(by).filter(pk=row.case_id).exists():
        raise DeliveryNotFound
    return row


def deliveries_of(number: str, *, by: User) -> tuple[Case, list[Delivery]]:
    """A case and all its deliveries, for its staff. Raises: CaseNotFound, DeliveryNotFound for who is no member of staff."""
    case = case_for(number, by=by)
    if by.kind != User.Kind.STAFF:
        raise DeliveryNotFound
    return case, list(_with_attempts(Delivery.objects.filter(case=case)).order_by("id"))


def post_batches(user: User) -> QuerySet[PostBatch]:
    """Batches of the offices where `user` delivers, newest first."""
    rows = PostBatch.objects.filter(office_id__in=offices_where(user, PERMISSION))
    return rows.select_related("office", "paper", "by").order_by("-made_at", "-id")


def batch_for(pk: int, *, by: User) -> PostBatch:
    """One batch. Raises: BatchNotFound, also for who does not deliver there."""
    batch = post_batches(by).filter(pk=pk).first()
    if batch is None:
        raise BatchNotFound
    return batch


def envelopes_of(batch: PostBatch) -> list[Attempt]:
    """The envelopes of a batch by line."""
    rows = batch.attempts.select_related("delivery__case", "delivery__paper").order_by("line")
    return list(rows)


def _unserved(offices: "set[int] | Sequence[int]") -> QuerySet[Delivery]:
    rows = Delivery.objects.filter(office_id__in=offices, served_on=None)
    return _with_attempts(rows).order_by(*ORDER)


def _with_attempts(rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
    attempts = Attempt.objects.select_related("begun_by", "ended_by", "batch__paper", "notice").order_by("id")
    loaded = rows.select_related("case__person", "case__office", "paper", "office", "account")
    return loaded.prefetch_related("corrections__by", Prefetch("attempts", attempts), "attempts__proofs__evidence")
