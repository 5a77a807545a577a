"""Running cases go to the office that has become competent: one transaction each, in order, resumed after the last one that was looked at.

Nothing is copied: the case with its number, papers, files, limits and ledger is the same one at another office. Decisions made before stay where they were made.
"""

from functools import partial

from django.db import transaction
from django.db.models import F

from gongjian.accounts.models import Office
from gongjian.cases.actions.locked import locked
from gongjian.cases.models import Case
from gongjian.jurisdiction.businesses import AFTER, KNOWN, Business
from gongjian.jurisdiction.models import Change, HandedOver
from gongjian.jurisdiction.queries import competent_for, running, scope_of
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.papers.actions import issue
from gongjian.papers.models import Paper

MOST_CASES = 200


def carry_out_due(limit: int = MOST_CASES) -> int:
    """Carry out what has begun; how many cases were looked at. May run twice at once, and be killed at any place."""
    due = Change.objects.filter(taken_back_at=None, done_at=None, since__lte=moment.today()).order_by("since", "pk")
    done = 0
    for pk in list(due.values_list("pk", flat=True)):
        while done < limit and look_at_next(pk):
            done += 1
    return done


@transaction.atomic
def look_at_next(pk: int) -> bool:
    """Hand the next case of a change over, or note that it stays; whether there was one. After the last the change is done."""
    change = Change.objects.select_for_update(of=("self",)).select_related("from_office", "to_office").get(pk=pk)
    if change.done_at or change.taken_back_at:
        return False
    case = running(change, after=change.upto).first()
    if case is None:
        Change.objects.filter(pk=pk).update(done_at=moment.now())
        return False
    _decide(change, locked(case))
    Change.objects.filter(pk=pk).update(upto=case.pk)
    return True


def _decide(change: Change, case: Case) -> None:
    """What becomes of one case: it may have been decided, or handed over, while we waited for it."""
    business = KNOWN[change.business]
    concerned = scope_of(change).fits(business.code, business.region_of(case), case.employer_id)
    if not concerned or case.office_id == change.to_office_id or competent_for(case) != change.to_office:
        return
    if case.state in business.moves:
        hand_over(change, case, business)
    elif case.state in business.stays:
        told = {"state": case.state, "from_office": case.office, "at": moment.now()}
        HandedOver.objects.create(change=change, case=case, stays=True, **told)
        record(case.chain, "case.stays", by=None, change=change.pk, state=case.state, ground=change.ground)


def hand_over(change: Change, case: Case, business: Business) -> HandedOver:
    """One case with all it owes goes to the new office, and the parties are told. No limit moves. The caller has locked the case.

    Law: 条例 art. 5, 17, 20; 令8 art. 4, 18; 令55 art. 5, 10 (the days run on: no text lets a change of office stop them).
    """
    old, new = case.office, change.to_office
    duties = _release_duties(case, new)
    window = case.window if case.window and case.window.serves.filter(pk=new.pk).exists() else None
    Case.objects.filter(pk=case.pk).update(office=new, window=window, version=F("version") + 1)
    case.obligations.filter(fulfilled_at=None).update(office=new)
    case.obligations.filter(fulfilled_at=None, window__isnull=False).update(window=window)
    case.refresh_from_db()
    told = {"from_office": old.code, "to_office": new.code, "change": change.pk, "ground": change.ground}
    record(case.chain, "case.handed_over", by=None, state=case.state, **told)
    for follower in AFTER:
        follower(case)
    business.after(case)
    row = {"state": case.state, "from_office": old, "duties": duties, "paper": _tell(change, case, old, business)}
    return HandedOver.objects.create(change=change, case=case, stays=False, at=moment.now(), **row)


def _release_duties(case: Case, new: Office) -> list[list[object]]:
    """Who held a duty and does not work for the new office holds it no more; kept in the handover. Law: 令8 art. 9, 18 (the deciding department acts)."""
    here = set(new.posts.filter(ended_on=None).values_list("user", flat=True))
    gone = [duty for duty in case.duties.all() if duty.user_id not in here]
    case.duties.filter(pk__in=[duty.pk for duty in gone]).delete()
    return [[duty.duty, duty.user_id] for duty in gone]


def _tell(change: Change, case: Case, old: Office, business: Business) -> Paper:
    form = partial(
        business.paper,
        recipient="、".join(filter(None, [case.person.name, case.employer.name if case.employer else ""])),
        case_number=case.number,
        from_office=old.name,
        to_office=change.to_office.name,
        since=change.since,
        ground=change.ground,
        due_on=case.due_on,
    )
    paper = issue(business.paper.kind, case=case, office=change.to_office, form=form, by=None)
    business.tell(case, paper)
    return paper
