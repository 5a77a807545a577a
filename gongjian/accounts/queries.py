"""Reading offices and posts."""

from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Q

from gongjian.accounts.models import Office, User
from gongjian.accounts.roles import PERMISSIONS, Role

MOST_PARTIES, MOST_OTHERS = 12, 40


def office(code: str) -> Office:
    """One office by its code. Raises: Office.DoesNotExist."""
    return Office.objects.get(code=code)


def offices_where(user: User, permission: str) -> set[int]:
    """Ids of the offices at which `user` holds `permission`; a supervisor's reach the whole subtree."""
    reached: set[int] = set()
    for post in user.posts_held():
        if permission in PERMISSIONS[Role(post.role)]:
            reached |= post.office_ids()
            if post.role == Role.SUPERVISOR:
                reached |= _below(post.office)
    return reached


def desks_of(user: User) -> set[tuple[int, str]]:
    """(office id, role) pairs whose work is `user`'s."""
    return {(office_id, post.role) for post in user.posts_held() for office_id in post.office_ids()}


def holders(permission: str, office_id: int) -> list[User]:
    """Users with a live post that gives `permission` at the office."""
    roles = [role for role, held in PERMISSIONS.items() if permission in held]
    at = reduce(or_, [Q(posts__office_id=office_id), Q(posts__office__serves=office_id)])
    return list(User.objects.filter(at, posts__role__in=roles, posts__ended_on=None, is_active=True).distinct())


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
