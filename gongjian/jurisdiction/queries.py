"""Reading who is competent, and what was handed over."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from gongjian.accounts.administering import MANAGE
from gongjian.accounts.models import Office, User
from gongjian.accounts.queries import offices_where
from gongjian.cases.models import Case
from gongjian.jurisdiction.businesses import KNOWN, Business
from gongjian.jurisdiction.errors import NotYourChange
from gongjian.jurisdiction.models import Change, Competence, HandedOver, SetAside
from gongjian.jurisdiction.rules import DAY, Scope, area_of, competent, inside
from gongjian.jurisdiction.rules import Competence as Rule
from gongjian.kernel import moment

EVER = date(2011, 1, 1)
"""Since when what was never entered is taken to hold: 令8 and the 条例 as amended are in force from that day."""
COUNTY = 6
"""Digits of a county's area."""
BY_PLACE = "条例 第五条、第十七条；令55 第五条（按机构所在的统筹地区）"


def rules_of(business: str) -> list[Rule]:
    """The rules of a business: as entered and not taken back; while nothing was, each office decides in the area of its place."""
    rows = entered(business).exclude(until__lt=F("since")).order_by("area", "employer", "since")
    return [_rule(row) for row in rows] or by_place(business)


def by_place(business: str) -> list[Rule]:
    """What holds where nothing was entered: each office in the area of its place, a county's only where there is no city's or province's.

    Of two offices of one place the first by its code. Law: 条例 art. 5, 17 (the pooling area's department; a county's by commission); 令55 art. 5.
    """
    first: dict[str, Office] = {}
    for office in offices_with(business):
        first.setdefault(area_of(office.region), office)
    wide = {area: office for area, office in first.items() if len(area) < COUNTY}
    first = wide or first
    return [Rule(Scope(business, area), each.pk, each.name, EVER, None, BY_PLACE) for area, each in first.items()]


def offices_with(business: str) -> QuerySet[Office]:
    """The offices that have a business at all."""
    return Office.objects.filter(kind__in=KNOWN[business].kinds).order_by("code")


def competent_office(
    business: str, *, region: str, employer: int | None = None, on: date | None = None
) -> Office | None:
    """Who decides on a day (today); None where nobody does on this platform. Law: 条例 art. 17; 令55 art. 5."""
    rule = competent(rules_of(business), business, region=region, employer=employer, on=on or moment.today())
    return Office.objects.get(pk=rule.office) if rule else None


def competent_for(case: Case) -> Office | None:
    """Who decides a case of this kind today, by where it belongs and its employer."""
    business = business_of(case)
    if business is None:
        return None
    region, code = business.region_of(case), business.code
    if not Competence.objects.filter(business=code).exists() and region == case.office.region:
        return case.office
    return competent_office(code, region=region, employer=case.employer_id)


def business_of(case: Case) -> Business | None:
    """The business to which a case belongs."""
    return next((each for each in KNOWN.values() if each.procedure == case.procedure), None)


def deciding_in(business: str, region: str) -> QuerySet[Office]:
    """Whom one may apply to in a region today, as far as anything was entered: those that decide anywhere in it, of its own area or of a part."""
    rows, inside = Competence.objects.filter(business=business, employer=None), area_of(region)
    held = [row for row in rows if _holds(row) and (row.area.startswith(inside) or inside.startswith(row.area))]
    widest = [row for row in held if row.area.startswith(inside)] or held
    return offices_with(business).filter(pk__in=[row.office_id for row in widest])


def _holds(row: Competence) -> bool:
    today = moment.today()
    return row.since <= today and (row.until is None or today <= row.until)


def _rule(row: Competence) -> Rule:
    return Rule(scope_of(row), row.office_id, row.office.name, row.since, row.until, row.ground)


def entered(business: str) -> QuerySet[Competence]:
    """Every row that was ever entered, the latest of each scope first."""
    rows = Competence.objects.filter(business=business).select_related("office", "employer", "entered_by")
    return rows.order_by("area", "employer", "-since", "-pk")


def managed(user: User) -> set[int]:
    """The offices at which `user` administers."""
    return offices_where(user, MANAGE)


def changes_of(user: User) -> QuerySet[Change]:
    """Changes that concern an office of `user`: as administrator, or as staff who see its cases; newest first."""
    mine = managed(user) | offices_where(user, "cases.see")
    came = HandedOver.objects.filter(change=OuterRef("pk"), paper__office__in=mine)
    stuck = SetAside.objects.filter(change=OuterRef("pk"), solved_at=None)
    rows = Change.objects.filter(Q(from_office__in=mine) | Q(to_office__in=mine) | Exists(came))
    rows = rows.annotate(stuck=Exists(stuck)).order_by("-since", "-pk")
    return rows.select_related("from_office", "to_office", "employer", "entered_by")


def change_for(pk: int, *, by: User) -> Change:
    """One of them. Hidden and missing answer alike. Raises: NotYourChange."""
    found = changes_of(by).filter(pk=pk).first()
    if found is None:
        raise NotYourChange
    return found


def scope_of(row: Change | Competence) -> Scope:
    """What a row is about."""
    return Scope(row.business, row.area, row.employer_id)


def taker_of(change: Change) -> Office | None:
    """Whom the table names within the scope from the change's day on; another than was entered, where later changes or one taken back have altered it."""
    return _named(change, on=max(change.since, moment.today()))


def _named(change: Change, *, on: date) -> Office | None:
    scope = scope_of(change)
    return competent_office(scope.business, region=inside(scope), employer=scope.employer, on=on)


def running(change: Change, *, after: int = 0) -> QuerySet[Case]:
    """The undecided cases at which a handover has to look, in order: of the old office, or of the employer wherever they are.

    Where another change has come between, also of the office that decided on the day before.
    """
    business = KNOWN[change.business]
    states = business.moves | business.stays
    rows = Case.objects.filter(procedure=business.procedure, state__in=states, closed_at=None, pk__gt=after)
    rows = rows.filter(employer=change.employer) if change.employer_id else rows
    rows = (
        rows.filter(office__in=[change.from_office, _named(change, on=change.since - DAY)])
        if change.from_office_id
        else rows
    )
    return rows.exclude(office=taker_of(change)).order_by("pk")


def handed_over(change: Change) -> QuerySet[HandedOver]:
    """What became of the running cases, in order."""
    return (
        HandedOver.objects.filter(change=change).select_related("case", "paper__office", "from_office").order_by("pk")
    )


def set_aside(change: Change) -> QuerySet[SetAside]:
    """The running cases at which a handover has failed and that wait to be tried again, the longest first."""
    return SetAside.objects.filter(change=change, solved_at=None).select_related("case").order_by("pk")


def failing_for(number: str, *, by: User) -> Change:
    """The change whose handover of a case has failed. Raises: NotYourChange."""
    row = SetAside.objects.filter(case__number=number).order_by(F("solved_at").asc(nulls_first=True), "-pk").first()
    if row is None:
        raise NotYourChange
    return change_for(row.change_id, by=by)
