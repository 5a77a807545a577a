"""Who is competent on a day, and whether a change leaves nobody or two: pure functions of plain values."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from gongjian.jurisdiction.errors import (
    AnotherRestsOnIt,
    AreaWrong,
    ChangeWaits,
    GroundMissing,
    NobodyWouldDecide,
    NothingChanges,
    NotInAdvance,
)

AREA = re.compile(r"([0-9]{2}){0,3}(?<!00)")
DAY = timedelta(days=1)
DIGITS = 6
"""Of the code of a region, whole."""
RECOGNITION, APPRAISAL = "recognition", "appraisal"
BUSINESSES = {RECOGNITION: "工伤认定", APPRAISAL: "劳动能力鉴定（初次）"}


@dataclass(frozen=True)
class Scope:
    """What a rule is about. area: the first 0, 2, 4 or 6 digits of a region; employer: one named employer (its id), whatever the area says."""

    business: str
    area: str = ""
    employer: int | None = None

    def fits(self, business: str, region: str, employer: int | None) -> bool:
        """Whether what belongs to a region (six digits) and an employer is within it. Law: 令8 art. 4; 令55 art. 5."""
        named = self.employer is None or self.employer == employer
        return self.business == business and named and region.startswith(self.area)


@dataclass(frozen=True)
class Competence:
    """That an office decides within a scope, from a day on; until: the last day, None while it goes on. ground: the document that says so."""

    scope: Scope
    office: int
    office_name: str
    since: date
    until: date | None
    ground: str

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day. Law: 令8 art. 4; 令55 art. 5."""
        return self.since <= on and (self.until is None or on <= self.until)


def competent(
    rules: Iterable[Competence], business: str, *, region: str, employer: int | None, on: date
) -> Competence | None:
    """Who decides on a day: a rule that names the employer, else the one of the narrowest area; None where nobody does.

    region: six digits. Of two rules that say the same, the first counts; `overlaps` finds such.
    Law: 条例 art. 5, 17; 令8 art. 4; 令55 art. 5.
    """
    fit = [rule for rule in rules if rule.holds(on) and rule.scope.fits(business, region, employer)]
    return max(fit, key=lambda rule: _narrowness(rule.scope), default=None)


def _narrowness(scope: Scope) -> tuple[bool, int]:
    return scope.employer is not None, len(scope.area)


def check_area(area: str) -> None:
    """Law: GB/T 2260 (two digits each for province, city, county). Raises: AreaWrong."""
    if not AREA.fullmatch(area):
        raise AreaWrong


def check_change(
    rules: Collection[Competence], scope: Scope, *, office: int | None, since: date, ground: str, today: date
) -> Competence | None:
    """The rule that ends where a change begins, None where the scope had none of its own. office: who takes over; None: the wider rule shall hold again.

    Law: 条例 art. 5, 17; 令55 art. 5; a change is entered in advance and on a document. No gap and no overlap can come of it.
    Raises: AreaWrong, GroundMissing, NotInAdvance, ChangeWaits, NothingChanges, NobodyWouldDecide.
    """
    check_area(scope.area)
    if not ground.strip():
        raise GroundMissing
    if since <= today:
        raise NotInAdvance
    own = [rule for rule in rules if rule.scope == scope and (rule.until is None or rule.until >= today)]
    if waiting := next((day for rule in own if (day := _waiting(rule, today))), None):
        raise ChangeWaits(since=waiting)
    ending = own[0] if own else None
    _check_effect(rules, scope, ending, office=office, since=since)
    return ending


def _waiting(rule: Competence, today: date) -> date | None:
    """The coming day on which a rule begins or another one takes its place."""
    if rule.since > today:
        return rule.since
    return rule.until + DAY if rule.until else None


def _check_effect(
    rules: Collection[Competence], scope: Scope, ending: Competence | None, *, office: int | None, since: date
) -> None:
    rest = [rule for rule in rules if rule != ending]
    wider = competent(rest, scope.business, region=inside(scope), employer=scope.employer, on=since)
    if office is None and wider is None:
        raise NobodyWouldDecide
    now = ending or wider
    after = office if office is not None else wider and wider.office
    if now and (now.office == after or (office is None and ending is None)):
        raise NothingChanges(office=now.office_name)


def inside(scope: Scope) -> str:
    """A region within an area: its own digits, filled up. Law: GB/T 2260."""
    return scope.area.ljust(6, "0")


def taken_over_by(rules: Collection[Competence], scope: Scope, *, office: int | None, since: date) -> int:
    """The office that decides within a scope after a change: who was named, or whom the wider rule names. Law: 条例 art. 17; 令55 art. 5.

    Raises: NobodyWouldDecide.
    """
    if office is not None:
        return office
    others = [rule for rule in rules if rule.scope != scope]
    wider = competent(others, scope.business, region=inside(scope), employer=scope.employer, on=since)
    if wider is None:
        raise NobodyWouldDecide
    return wider.office


def overlaps(rules: Collection[Competence]) -> list[tuple[Competence, Competence]]:
    """Pairs of rules of one scope that hold on the same day. Law: 条例 art. 17 (one department decides)."""
    ordered = sorted(rules, key=_key)
    pairs = pairwise(ordered)
    return [
        (one, two) for one, two in pairs if one.scope == two.scope and (one.until is None or two.since <= one.until)
    ]


def gaps(rules: Collection[Competence]) -> list[tuple[Competence, date]]:
    """Rules after whose last day nobody decides in their scope, with the first such day. Law: 条例 art. 17; 令55 art. 5."""
    ended = [(rule, rule.until + DAY) for rule in rules if rule.until]
    return [(rule, day) for rule, day in ended if not _somebody(rules, rule.scope, day)]


def check_taking_back(before: Collection[Competence], after: Collection[Competence]) -> None:
    """What holds after a change was taken back leaves nobody without an office who had one. before, after: the table without and with it taken back.

    A gap that was there before is no reason to keep a wrong change. Law: 条例 art. 5, 17; 令55 art. 5. Raises: AnotherRestsOnIt.
    """
    known = {(rule.scope, day) for rule, day in gaps(before)}
    for rule, day in gaps(after):
        if (rule.scope, day) not in known:
            raise AnotherRestsOnIt(since=day, scope=f"地区{rule.scope.area}" if rule.scope.area else "指定单位")


def _somebody(rules: Collection[Competence], scope: Scope, on: date) -> bool:
    return competent(rules, scope.business, region=inside(scope), employer=scope.employer, on=on) is not None


def _key(rule: Competence) -> tuple[str, str, int, date]:
    return rule.scope.business, rule.scope.area, rule.scope.employer or 0, rule.since


def area_of(region: str) -> str:
    """The area that an office of a region has by its place: 990100 → 9901, 990000 → 99, 990103 → 990103. Law: GB/T 2260."""
    return re.sub(r"(00)+$", "", region)


def places_of(*regions: str) -> list[str]:
    """Where an office beside a case is looked for, in this order: in each region, and for a county in its city. Law: 条例 art. 5, 46; GB/T 2260."""
    each = (place for region in regions for place in (region, f"{region[:4]}00"))
    return list(
        dict.fromkeys(place for place in each if len(place) == DIGITS and (place[2:4] != "00" or place in regions))
    )
