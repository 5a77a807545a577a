"""Reading claims, and who may see which."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from gongjian.accounts.models import Office, User
from gongjian.accounts.queries import offices_where
from gongjian.benefits.queries import held_by, stage_for
from gongjian.benefits.rules import ENTER
from gongjian.benefits.sheet import Sheet
from gongjian.cases.models import Case
from gongjian.cases.queries import visible_to as visible_cases
from gongjian.cases.queries.sides import Side, in_force, side_of, side_of_party
from gongjian.claims.errors import ClaimNotFound, NoAgency
from gongjian.claims.models import Answer, Claim
from gongjian.claims.packing import held_kinds
from gongjian.claims.rules import settle_by, wanted_papers
from gongjian.claims.states import ANSWER, CLAIM, MOVES, OPEN, WAITS_FOR_THE_AGENCY, State
from gongjian.jurisdiction.nearest import offices_beside
from gongjian.kernel import moment
from gongjian.law.benefits.statement import Statement, statement
from gongjian.law.clock import Deadline
from gongjian.materials.catalog import Channel
from gongjian.recognition.queries import decision_of

A_SWEEP = 500


def visible_to(user: User) -> QuerySet[Claim]:
    """Claims `user` may see: the agency's reviewers those sent to it, the window those it handed in, a party those of its cases.

    What the worker's side told the employer does not read.
    """
    rows = Claim.objects.select_related("founded_on__person", "founded_on__office", "office", "claimant")
    if not user.is_authenticated or not user.is_active:
        return rows.none()
    if user.kind == User.Kind.STAFF:
        answers, enters = (offices_where(user, permission) for permission in (ANSWER, ENTER))
        mine = Q(office_id__in=answers) | Q(office_id__in=enters, channel=Channel.WINDOW)
        return rows.filter(mine, office__kind=Office.Kind.AGENCY)
    return rows.filter(Q(founded_on__in=visible_cases(user), side=Side.EMPLOYER) | Q(founded_on__in=_of_worker(user)))


def _of_worker(user: User) -> list[int]:
    """The claimed cases in which a party stands with the worker, and not on both sides: one query."""
    sides: dict[int, set[Side]] = defaultdict(set)
    rows = user.case_parties.filter(in_force(moment.today()), case__claims__isnull=False)
    for row in rows.select_related("mandate"):
        sides[row.case_id].add(side_of_party(row))
    return [case for case, held in sides.items() if held == {Side.WORKER}]


def claim_for(pk: int, *, by: User) -> Claim:
    """One claim. One that is hidden from `by` and one that does not exist answer alike. Raises: ClaimNotFound."""
    found = visible_to(by).filter(pk=pk).first()
    if found is None:
        raise ClaimNotFound
    return found


def overdue(today: date) -> list[Claim]:
    """Claims whose claimant let the day pass by which they were to be completed."""
    return list(Claim.objects.filter(state=State.RETURNED, due_on__lt=today).order_by("due_on", "id")[:A_SWEEP])


def claims_of(case: Case, *, by: User) -> list[Claim]:
    """The claims upon a case that `by` may see, newest first."""
    return list(visible_to(by).filter(founded_on=case).order_by("-id"))


def answers_of(claim: Claim) -> list[Answer]:
    """What the agency said, newest first."""
    return list(claim.answers.select_related("by", "correction__by").order_by("-id"))


def last_answer(claim: Claim) -> Answer | None:
    """What the agency said last and did not take back."""
    return claim.answers.filter(correction=None).order_by("id").last()


def alike(case: Case, stage: str, facts: Mapping[str, Any], *, by: User, besides: Claim | None = None) -> list[Claim]:
    """Other claims of the person for the same grant after the same injury that `by` may see: a hint, for bills may come twice and a grant may not.

    Law: 条例 art. 30, 34-37, 39.
    """
    rows = visible_to(by).filter(founded_on__person=case.person_id, stage=stage).exclude(state=State.WITHDRAWN)
    rows = rows.exclude(pk=besides.pk) if besides else rows
    return [each for each in rows.order_by("-id") if each.facts.get("injured_on") == facts.get("injured_on")]


def runs(case: Case) -> bool:
    """Whether a claim upon the case is open."""
    return Claim.objects.filter(founded_on=case, state__in=OPEN).exists()


def agency_for(case: Case) -> Office:
    """Where a claim goes: the agency of the place where the worker is insured, as the recognition holds it, else of the office's place.

    A province decides upon a worker who is insured in a city. Law: 条例 art. 5, 17, 46. Raises: NoAgency.
    """
    found = offices_beside(case, (Office.Kind.AGENCY,))
    if not found:
        raise NoAgency(office=case.office.name)
    return found[0]


def facts_with(case: Case, told: dict[str, Any], *, by: User) -> dict[str, Any]:
    """The facts of a claim: what the claimant told, and what the case holds, which stands. Nothing is typed that is held."""
    return Sheet(told, held=held_by(case, by=by).facts).all


def statement_of(claim: Claim) -> Statement:
    """What the law pays on the facts of a claim, item by item with its formula."""
    return statement(Sheet(claim.facts).read())


def fund_items(claim: Claim) -> list[tuple[str, str, str]]:
    """(title, amount computed or "", formula) of what the fund would pay: what the agency answers item by item."""
    return [
        (one.title, "" if one.amount is None else str(one.amount), one.formula)
        for one in statement_of(claim).items
        if one.payer == "fund"
    ]


def still_stands(claim: Claim) -> bool:
    """Whether the decision still stands that the claim was made upon, in favour and in effect as it was then.

    One that was made after the claim file was packed is another one, though it decides the same. Law: 条例 art. 46.
    """
    decision = decision_of(claim.founded_on)
    if decision and decision.paper.issued_at > claim.package.stored_at:
        return False
    return stage_for(claim.founded_on, Side(claim.side)) == claim.stage


def limit_of(claim: Claim) -> Deadline | None:
    """How the agency's day was worked out; None while it waits for somebody else, or has ended."""
    if claim.state not in WAITS_FOR_THE_AGENCY:
        return None
    return settle_by(moment.day_of(claim.came_at), region=claim.office.region)


def missing_of(case: Case, stage: str, facts: Mapping[str, Any]) -> list[str]:
    """The kinds of papers that a claim upon the case is asked for: those that no case holds."""
    return wanted_papers(stage, held_kinds(case, stage), ended="terminated_on" in facts)


def acts_for(claim: Claim, *, by: User) -> list[str]:
    """The acts that are open to `by` now."""
    return [move.act for move in MOVES if move.start == claim.state and may(claim, move.permission, by=by)]


def may(claim: Claim, permission: str, *, by: User) -> bool:
    """Whether `by` holds the permission of a move: at the agency by a post, for the claimant's side by standing on it today.

    The window that handed a claim in for somebody acts for them again when they stand there.
    """
    if permission != CLAIM:
        return by.holds(permission, claim.office_id)
    if by.kind == User.Kind.STAFF:
        return claim.channel == Channel.WINDOW and by.holds(ENTER, claim.office_id)
    return side_of(by, claim.founded_on) == claim.side
