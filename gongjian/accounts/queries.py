"""Reading offices and posts."""

from typing import NamedTuple

from django.conf import settings
from django.db.models import Q, QuerySet

from gongjian.accounts.models import Office, User
from gongjian.accounts.roles import PERMISSIONS, Role

MOST_PARTIES, MOST_OTHERS = 12, 40


def office(code: str) -> Office:
    """One office by its code. Raises: Office.DoesNotExist."""
    return Office.objects.get(code=code)


class Desk(NamedTuple):
    """Work that is somebody's: of a role at an office; window: only what this county's window received, None: all of it."""

    office: int
    role: str
    window: int | None


def offices_where(user: User, permission: str) -> set[int]:
    """Ids of the offices at all of whose cases `user` holds `permission`; a supervisor's reach the whole subtree. County windows: `windows_where`."""
    reached: set[int] = set()
    for post in user.posts_held():
        if permission in PERMISSIONS[Role(post.role)]:
            reached |= post.whole_office_ids()
            if post.role == Role.SUPERVISOR:
                reached |= _below(post.office)
    return reached


def windows_where(user: User, permission: str) -> set[int]:
    """Ids of the counties whose windows received the cases at which `user` holds `permission`, whatever office decides them."""
    posts = [post for post in user.posts_held() if permission in PERMISSIONS[Role(post.role)]]
    return {post.office_id for post in posts if post.office.kind == Office.Kind.COUNTY}


def windows_at(user: User, permission: str, office_id: int) -> set[int | None]:
    """Where `user` sits when working for an office: at windows of counties (their ids), or at the office itself (None)."""
    posts = [post for post in user.posts_held() if permission in PERMISSIONS[Role(post.role)]]
    here = [post for post in posts if office_id in post.office_ids()]
    return {None if office_id in post.whole_office_ids() else post.office_id for post in here}


def desks_of(user: User) -> set[Desk]:
    """The desks whose work is `user`'s."""
    return {
        Desk(office_id, post.role, None if office_id in post.whole_office_ids() else post.office_id)
        for post in user.posts_held()
        for office_id in post.office_ids()
    }


def in_role(role: str, office_id: int, window_id: int | None = None) -> QuerySet[User]:
    """Users with a live post of a role at an office, or at a window that serves it; of the counties' windows only `window_id`."""
    serving = Q(posts__office__serves=office_id) & ~Q(posts__office__kind=Office.Kind.COUNTY)
    at = Q(posts__office_id=office_id) | serving | Q(posts__office_id=window_id)
    found = User.objects.filter(at, posts__role=role, posts__ended_on=None, is_active=True)
    return found.distinct().order_by("pk")


def is_demo_city() -> bool:
    """Whether this is the demo city: the setting says so, and the story was told in this very database. A real city's never becomes one."""
    return bool(settings.DEMO) and User.objects.filter(is_demo=True).exists()


def cast_of_the_demo() -> list[User]:
    """Who can be played in the demo city: all staff and experts, and the first applicants, those of the story; nobody anywhere else."""
    if not settings.DEMO:
        return []
    users = User.objects.filter(is_demo=True, is_active=True).prefetch_related("posts__office").order_by("id")
    parties = users.filter(kind=User.Kind.APPLICANT)[:MOST_PARTIES]
    return [
        *parties,
        *users.filter(kind=User.Kind.STAFF)[:MOST_OTHERS],
        *users.filter(kind=User.Kind.EXPERT)[:MOST_OTHERS],
    ]


def _below(top: Office) -> set[int]:
    found: set[int] = set()
    level = {top.pk}
    while level:
        level = set(Office.objects.filter(parent_id__in=level).values_list("pk", flat=True)) - found
        found |= level
    return found
