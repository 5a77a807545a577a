"""One case with everything that hangs on it. Ids are reckoned from the number of the case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Model

from gongjian.accounts.models import Office
from gongjian.cases.models import Case, CaseLimit, Obligation, Passage
from gongjian.config.demo.many.kinds import ARCHIVED, CHECK_PAPERS, KINDS, Kind, kind_of
from gongjian.kernel import moment
from gongjian.kernel.fields import blind_index
from gongjian.kernel.ledger.hashing import entry_hash
from gongjian.kernel.ledger.models import LedgerEntry, LedgerHead
from gongjian.law.identity import id_check_digit
from gongjian.parties.actions import initials
from gongjian.parties.models import Employer, Person

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "一二三四五六七八九十子丑寅卯辰巳午未申酉戌亥甲乙丙丁戊己庚辛"
NEWEST_DAYS = 55
"""Open cases were received within so many days: most of them are not late."""


@dataclass(frozen=True)
class Setting:
    """What all the generated cases share. offices: by procedure."""

    offices: dict[str, Office]
    employer: Employer
    today: date

    @classmethod
    def of(cls, employer: Employer) -> "Setting":
        """The offices of the demo city, today."""
        return cls({kind.procedure.name: kind.office() for kind in KINDS}, employer, moment.today())


def case_of(number: int, setting: Setting) -> list[Model]:
    """One case with everything that hangs on it; the same number is always the same case."""
    kind, place = kind_of(number)
    state = kind.state(place)
    received = received_of(number, setting.today, open_=state != ARCHIVED)
    office = setting.offices[kind.procedure.name]
    case = Case(
        id=number,
        number=f"{office.code}-{received.year}-G{number:07d}",
        office=office,
        procedure=kind.procedure.name,
        state=state,
        person=_person(number),
        employer=setting.employer,
        received_at=received,
        due_on=(received + timedelta(days=60)).date(),
        closed_at=received + timedelta(days=120) if state == ARCHIVED else None,
        version=1,
    )
    return [case.person, case, kind.application(case), *_clock(case, kind), *_passages(case), *_ledger(case)]


def received_of(number: int, today: date, *, open_: bool) -> datetime:
    """Open cases lately, archived ones spread over ten years."""
    days = number // 1000 % NEWEST_DAYS if open_ else 150 + number * 7919 % 3500
    return moment.at(today - timedelta(days=days + 1), 8 + number % 9, number % 60)


def _person(number: int) -> Person:
    name = SURNAMES[number % 32] + GIVEN[number // 32 % 30] + GIVEN[number // 960 % 30]
    first = f"990101{1960 + number % 45}{1 + number % 12:02d}{1 + number % 28:02d}{number % 1000:03d}"
    return Person(
        id=number,
        name=name,
        pinyin_initials=initials(name),
        id_number=first + id_check_digit(first),
        id_index=blind_index(f"generated/{number}", "id_number"),
        born_on=date(1960 + number % 45, 1 + number % 12, 1 + number % 28),
        sex="male" if number % 2 else "female",
    )


def _clock(case: Case, kind: Kind) -> list[Model]:
    start = case.received_at.astimezone(moment.ZONE).date()
    due = case.due_on or start
    limit = CaseLimit(
        id=case.pk, case=case, limit=kind.limit, start_on=start, due_on=due, met_on=due if case.closed_at else None
    )
    first, role = CHECK_PAPERS
    now = [one for one in kind.procedure.owed.get(case.state, ()) if one.kind != first]
    checked = case.received_at + timedelta(days=3) if case.state != "submitted" else None
    return [
        limit,
        _obligation(case, 2 * case.pk - 1, (first, role, kind.article), limit, checked),
        *(_obligation(case, 2 * case.pk, (one.kind, one.role, one.article), limit) for one in now),
    ]


def _obligation(
    case: Case, pk: int, owed: Sequence[str], limit: CaseLimit, fulfilled: datetime | None = None
) -> Obligation:
    kind, role, article = owed
    return Obligation(
        id=pk,
        case=case,
        kind=kind,
        office=case.office,
        role=role,
        due_on=limit.due_on,
        article=article,
        limit=limit,
        state=case.state,
        opened_at=case.received_at,
        fulfilled_at=fulfilled,
    )


def _passages(case: Case) -> list[Model]:
    steps = [("submit", "", "submitted"), ("accept", "submitted", "accepted")]
    if case.closed_at:
        steps.append(("archive", "effective", ARCHIVED))
    at = case.received_at
    return [
        Passage(id=3 * case.pk + place, case=case, act=act, start=start, end=end, at=at + timedelta(days=3 * place))
        for place, (act, start, end) in enumerate(steps)
    ]


def _ledger(case: Case) -> list[Model]:
    facts = {"procedure": case.procedure, "received": case.received_at.date().isoformat()}
    told: dict[str, Any] = {
        "chain": case.chain,
        "sequence": 1,
        "act": "case.opened",
        "by": None,
        "at": case.received_at,
    }
    sealed = entry_hash(**told, facts=facts, previous="")
    entry = LedgerEntry(
        id=case.pk, chain=case.chain, sequence=1, act="case.opened", at=case.received_at, facts=facts, hash=sealed
    )
    return [entry, LedgerHead(chain=case.chain, sequence=1, hash=sealed)]
