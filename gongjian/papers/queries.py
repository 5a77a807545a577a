"""Reading issued papers."""

from django.db.models import Q, QuerySet

from gongjian.accounts.models import User
from gongjian.cases.models import Case
from gongjian.cases.queries import visible_to
from gongjian.papers.errors import PaperNotFound
from gongjian.papers.models import Paper


def visible_papers(case: Case, *, by: User) -> QuerySet[Paper]:
    """The papers of a case that `by` may read, oldest first: staff all of them, a party those meant for them or for everyone."""
    papers = Paper.objects.filter(case=case).select_related("evidence").order_by("issued_at", "id")
    if not visible_to(by).filter(pk=case.pk).exists():
        return papers.none()
    if by.kind == User.Kind.STAFF:
        return papers
    capacities = set(case.parties.filter(user=by).values_list("capacity", flat=True))
    if capacities & {"worker", "relative", "agent"}:
        return papers
    return papers.filter(Q(recipient="") | Q(recipient__in=capacities))


def paper_for(pk: int, *, by: User) -> Paper:
    """One paper; one that is hidden from `by` and one that does not exist answer alike. Raises: PaperNotFound."""
    paper = Paper.objects.select_related("case__person", "evidence").filter(pk=pk).first()
    if paper is None or paper.case is None or not visible_papers(paper.case, by=by).filter(pk=pk).exists():
        raise PaperNotFound
    return paper
