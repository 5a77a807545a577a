"""A change of jurisdiction is entered in advance: the rule that holds gets its last day, the next one begins on the day after."""

from datetime import date

from django.db import connection, transaction

from gongjian.accounts.models import Office, User
from gongjian.jurisdiction.errors import ChangeBegun, NotOfThisBusiness, NotYourChange
from gongjian.jurisdiction.models import Change, Competence
from gongjian.jurisdiction.queries import by_place, change_for, managed, offices_with, rules_of
from gongjian.jurisdiction.rules import (
    BUSINESSES,
    DAY,
    Scope,
    check_change,
    check_taking_back,
    competent,
    inside,
    taken_over_by,
)
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.parties.models import Employer

ONE_AT_A_TIME = 0x6A7572  # the number of the lock: whoever changes the table waits for who is changing it


@transaction.atomic
def enter_change(
    business: str,
    *,
    area: str,
    employer: Employer | None,
    office: Office | None,
    since: date,
    ground: str,
    by: User,
) -> Change:
    """Enter who decides within a scope from a coming day on. office: None where the scope's own rule ends and the wider one holds again.

    Law: 条例 art. 5, 17; 令8 art. 4; 令55 art. 5. Raises: NotYourChange for who administers neither office, NotOfThisBusiness, and what `check_change` refuses.
    """
    _lock()
    scope, today = Scope(business, area, employer.pk if employer else None), moment.today()
    if office and not offices_with(business).filter(pk=office.pk).exists():
        raise NotOfThisBusiness(office=office.name, business=BUSINESSES[business])
    rules = rules_of(business)
    ending = check_change(rules, scope, office=office.pk if office else None, since=since, ground=ground, today=today)
    now = ending or competent(rules, business, region=inside(scope), employer=scope.employer, on=since)
    after = taken_over_by(rules, scope, office=office.pk if office else None, since=since)
    before = now.office if now else None
    if not {after, before} & managed(by):
        raise NotYourChange
    _write_down_what_holds(business)
    told = {"business": business, "area": area, "employer": employer}
    entered = {"ground": ground.strip(), "entered_by": by, "entered_at": moment.now()}
    Competence.objects.filter(**told, until=None).update(until=since - DAY)
    if office:
        Competence.objects.create(**told, office=office, since=since, **entered)
    return _noted(Change(**told, from_office_id=before, to_office_id=after, since=since, **entered))


@transaction.atomic
def take_back(change: Change, *, by: User) -> bool:
    """Take back a change before its day: what held goes on. Whether it was still there; twice is once.

    Law: 条例 art. 5, 17. Raises: NotYourChange, ChangeBegun, AnotherRestsOnIt.
    """
    _lock()
    row = Change.objects.select_for_update(of=("self",)).get(pk=change_for(change.pk, by=by).pk)
    if not {row.from_office_id, row.to_office_id} & managed(by):
        raise NotYourChange
    if row.taken_back_at:
        return False
    if row.since <= moment.today():
        raise ChangeBegun
    before = rules_of(row.business)
    _let_go_on(row)
    check_taking_back(before, rules_of(row.business))
    row.taken_back_at = moment.now()
    row.save(update_fields=["taken_back_at"])
    _record(row, "jurisdiction.change_taken_back", by)
    return True


def _let_go_on(row: Change) -> None:
    """What held before a change holds as if it had not been entered."""
    told = {"business": row.business, "area": row.area, "employer": row.employer}
    # a row that never came into force ends before it began; the one before it goes on
    Competence.objects.filter(**told, since=row.since).update(until=row.since - DAY)
    former = Competence.objects.filter(**told, until=row.since - DAY).exclude(since=row.since)
    former.update(until=None)


def _write_down_what_holds(business: str) -> None:
    """The first change makes rows of what held by place until now."""
    if Competence.objects.filter(business=business).exists():
        return
    rows = [
        Competence(business=business, area=rule.scope.area, office_id=rule.office, since=rule.since, ground=rule.ground, entered_at=moment.now())
        for rule in by_place(business)
    ]  # fmt: skip
    Competence.objects.bulk_create(rows)


def _noted(change: Change) -> Change:
    change.save()
    _record(change, "jurisdiction.change_entered", change.entered_by)
    return change


def _record(change: Change, act: str, by: User) -> None:
    facts = {"change": change.pk, "business": change.business, "area": change.area, "since": change.since}
    for office in filter(None, (change.from_office, change.to_office)):
        record(f"office:{office.code}", act, by=by, to_office=change.to_office.code, ground=change.ground, **facts)


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
