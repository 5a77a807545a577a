"""A running case goes to the office that has become competent.

Nothing is copied: the case with its number, papers, files, limits and ledger is the same one at another office. Decisions made before stay where they were made.
"""

from datetime import date
from functools import partial
from operator import itemgetter
from typing import NamedTuple

from django.db.models import F

from gongjian.accounts.models import Office
from gongjian.cases.models import Case
from gongjian.jurisdiction.businesses import AFTER, KNOWN, Business
from gongjian.jurisdiction.models import Change, HandedOver
from gongjian.jurisdiction.queries import rules_of, scope_of
from gongjian.jurisdiction.rules import competent
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.papers.actions import issue
from gongjian.papers.models import Paper


class Taker(NamedTuple):
    """Who is competent for a case now, since when, and by which document."""

    office: Office
    since: date
    ground: str


def decide(change: Change, case: Case) -> None:
    """What becomes of one case: it may have been decided, or handed over, while we waited for it. The caller has locked both.

    It goes to whom the table names today, which is another than the change named where later ones have come. Law: 条例 art. 5, 17; 令55 art. 5.
    """
    business = KNOWN[change.business]
    concerned = scope_of(change).fits(business.code, business.region_of(case), case.employer_id)
    new = _taker(change, case, business) if concerned else None
    if new is None or case.office_id == new.office.pk:
        return
    if case.state in business.moves:
        hand_over(change, case, business, new)
    elif case.state in business.stays:
        told = {"state": case.state, "from_office": case.office, "at": moment.now()}
        HandedOver.objects.create(change=change, case=case, stays=True, **told)
        record(case.chain, "case.stays", by=None, change=change.pk, state=case.state, ground=change.ground)


def _taker(change: Change, case: Case, business: Business) -> Taker | None:
    region, rules = business.region_of(case), rules_of(business.code)
    rule = competent(rules, business.code, region=region, employer=case.employer_id, on=moment.today())
    if rule is None:
        return None
    since, ground = max((change.since, change.ground), (rule.since, rule.ground), key=itemgetter(0))
    return Taker(Office.objects.get(pk=rule.office), since, ground)


def hand_over(change: Change, case: Case, business: Business, taker: Taker) -> HandedOver:
    """One case with all it owes goes to the new office, and the parties are told. No limit moves. The caller has locked the case.

    Law: 条例 art. 5, 17, 20; 令8 art. 4, 18; 令55 art. 5, 10 (the days run on: no text lets a change of office stop them).
    """
    old, new = case.office, taker.office
    duties = _release_duties(case, new)
    window = case.window if case.window and case.window.serves.filter(pk=new.pk).exists() else None
    Case.objects.filter(pk=case.pk).update(office=new, window=window, version=F("version") + 1)
    case.obligations.filter(fulfilled_at=None).update(office=new)
    case.obligations.filter(fulfilled_at=None, window__isnull=False).update(window=window)
    case.refresh_from_db()
    told = {"from_office": old.code, "to_office": new.code, "change": change.pk, "ground": taker.ground}
    record(case.chain, "case.handed_over", by=None, state=case.state, **told)
    for follower in AFTER:
        follower(case)
    business.after(case)
    row = {"state": case.state, "from_office": old, "duties": duties, "paper": _tell(taker, case, old, business)}
    return HandedOver.objects.create(change=change, case=case, stays=False, at=moment.now(), **row)


def _release_duties(case: Case, new: Office) -> list[list[object]]:
    """Who held a duty and does not work for the new office holds it no more; kept in the handover. Law: 令8 art. 9, 18 (the deciding department acts)."""
    here = set(new.posts.filter(ended_on=None).values_list("user", flat=True))
    gone = [duty for duty in case.duties.all() if duty.user_id not in here]
    case.duties.filter(pk__in=[duty.pk for duty in gone]).delete()
    return [[duty.duty, duty.user_id] for duty in gone]


def _tell(taker: Taker, case: Case, old: Office, business: Business) -> Paper:
    form = partial(
        business.paper,
        recipient="、".join(filter(None, [case.person.name, case.employer.name if case.employer else ""])),
        case_number=case.number,
        from_office=old.name,
        to_office=taker.office.name,
        since=taker.since,
        ground=taker.ground,
        due_on=case.due_on,
    )
    paper = issue(business.paper.kind, case=case, office=taker.office, form=form, by=None)
    business.tell(case, paper)
    return paper
