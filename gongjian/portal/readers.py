"""Who has acted in a case or looked at it, as its parties may know it: an office and a role, a seat in the group. Names stay in the ledger."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from gongjian.accounts.models import Post, User
from gongjian.accounts.roles import LABELS, Role
from gongjian.applications.rules import Capacity
from gongjian.cases.models import Case
from gongjian.cases.queries.sides import Side, speaks_for
from gongjian.kernel.ledger.queries import readings_of
from gongjian.materials.queries import visible_materials
from gongjian.papers.queries import visible_papers
from gongjian.portal.procedures import face_of

MOST = 200
EXPERT, STAFF, STRANGER, SYSTEM = "专家组成员", "工作人员", "当事人", "系统"
PAGES = ("案件页", "案件进度页", "收件回执", "审查材料", "送达记录")
"""Pages that show nothing about anybody's health or needs."""

QUIETLY = dict.fromkeys(("专家组意见和各位专家的意见", "结论书草稿"), "本案的鉴定情况")
"""Looks that would tell a party how far the deliberation has come."""


@dataclass(frozen=True)
class Reading:
    """One look at a case: when, who as a party may know it, at what."""

    at: datetime
    who: str
    what: str


def readings_for(case: Case, *, by: User) -> list[Reading]:
    """The newest looks at a case that `by` may know of. The side of the appraisee learns of all; the other of what it may see itself.

    Law: 令55 art. 25 (experts' personal information is protected); 个保法 art. 44 (to know who has used one's data).
    """
    entries = readings_of(case.chain).select_related("by")
    if not speaks_for(by, case, Side.WORKER) and by.kind != User.Kind.STAFF:
        entries = entries.filter(facts__what__in=_known_to(case, by))
    rows = list(entries[:MOST])
    names = known_as(case, [row.by for row in rows if row.by])
    inside = by.kind == User.Kind.STAFF
    told = [row.facts["what"] if inside else QUIETLY.get(row.facts["what"], row.facts["what"]) for row in rows]
    return [Reading(row.at, names.get(row.by_id or 0, SYSTEM), what) for row, what in zip(rows, told, strict=True)]


def known_as(case: Case, users: Collection[User]) -> dict[int, str]:
    """User id → as what the parties of a case know them: two queries, however many they are.

    Law: 令55 art. 25.
    """
    capacities = {
        row.user_id: face_of(case).worker if row.capacity == Capacity.WORKER else row.get_capacity_display()
        for row in case.parties.all()
    }
    duties = _duties(case, users)
    return {user.pk: _known_as(user, duties.get(user.pk, STAFF), capacities) for user in users}


def _known_as(user: User, duty: str, capacities: dict[int, str]) -> str:
    if user.kind == User.Kind.EXPERT:
        return EXPERT
    return duty if user.kind == User.Kind.STAFF else capacities.get(user.pk, STRANGER)


def _duties(case: Case, users: Collection[User]) -> dict[int, str]:
    """User id → office and roles, those at the case's office before any other, those held now before former ones."""
    posts = Post.objects.filter(user__in=users).select_related("office").order_by("pk")
    best: dict[int, list[Post]] = {}
    for post in posts:
        held = best.setdefault(post.user_id, [])
        if not held or _rank(post, case) < _rank(held[0], case):
            best[post.user_id] = [post]
        elif _rank(post, case) == _rank(held[0], case) and post.office_id == held[0].office_id:
            held.append(post)
    return {pk: f"{held[0].office.name}（{'、'.join(_roles(held))}）" for pk, held in best.items()}


def _rank(post: Post, case: Case) -> tuple[bool, bool]:
    return post.office_id != case.office_id, post.ended_on is not None


def _roles(posts: list[Post]) -> list[str]:
    return [LABELS[Role(post.role)] for post in posts]


def _known_to(case: Case, user: User) -> list[str]:
    """What the readings of everything that a user may see are called."""
    materials = [f"材料：{material.told.title}" for material in visible_materials(case, by=user)]
    papers = [f"文书：{paper.title}" for paper in visible_papers(case, by=user)]
    return [*PAGES, *materials, *papers]
