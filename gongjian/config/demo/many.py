"""Many cases at once, for measuring: written by COPY, each complete enough for every list, search and page that is measured."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, Model

from gongjian.accounts.models import Office
from gongjian.appraisal.models import Application
from gongjian.appraisal.states import INITIAL, OWED, State
from gongjian.cases.models import Case, CaseLimit, Obligation, Passage
from gongjian.config.demo.cast import EMPLOYER, committee, engage_staff, found_offices
from gongjian.kernel import moment
from gongjian.kernel.fields import blind_index
from gongjian.kernel.ledger.hashing import entry_hash
from gongjian.kernel.ledger.models import LedgerEntry, LedgerHead
from gongjian.law.identity import id_check_digit
from gongjian.parties.actions import initials, keep_employer
from gongjian.parties.models import Employer, Person

CHUNK = 5_000
OPEN = (
    (State.SUBMITTED, 6),
    (State.ACCEPTED, 10),
    (State.OPINED, 2),
    (State.REVIEWED, 2),
    (State.CONCLUDED, 5),
    (State.DELIVERED, 5),
)
"""Of every thousand cases so many are open in these states; the rest is archived."""
OPEN_OF_THOUSAND = tuple(state for state, count in OPEN for _ in range(count))
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "一二三四五六七八九十子丑寅卯辰巳午未申酉戌亥甲乙丙丁戊己庚辛"
NUMBERED: tuple[type[Model], ...] = (Case, Person, Application, CaseLimit, Obligation, Passage, LedgerEntry)
"""What is written with ids of our own, reckoned from the number of the case. A run begins after the last of all of them."""
NEWEST_DAYS = 55
"""Open cases were received within so many days: most of them are not late."""


@dataclass(frozen=True)
class Setting:
    """What all the generated cases share. first: the id of the first case of the run."""

    office: Office
    employer: Employer
    today: date


def make(count: int, say: Callable[[str], None]) -> int:
    """Write `count` invented cases of the city committee, received over the last ten years; how many were written."""
    found_offices()
    engage_staff()
    employer = keep_employer(name=EMPLOYER["employer_name"], credit_code=EMPLOYER["credit_code"])
    setting = Setting(committee(), employer, moment.today())
    first = max(map(_last, NUMBERED)) + 1
    numbers = iter(range(first, first + count))
    written = 0
    while chunk := list(islice(numbers, CHUNK)):
        with transaction.atomic():
            _write([row for number in chunk for row in case_of(number, setting)])
        written += len(chunk)
        say(f"{written}/{count}")
    _settle()
    return written


def case_of(number: int, setting: Setting) -> list[Model]:
    """One case with everything that hangs on it; the same number is always the same case."""
    state = state_of(number)
    received = received_of(number, state, setting.today)
    person = _person(number)
    case = Case(
        id=number,
        number=f"{setting.office.code}-{received.year}-G{number:07d}",
        office=setting.office,
        procedure=INITIAL,
        state=state.value,
        person=person,
        employer=setting.employer,
        received_at=received,
        due_on=(received + timedelta(days=60)).date(),
        closed_at=received + timedelta(days=120) if state is State.ARCHIVED else None,
        version=1,
    )
    return [person, case, _application(case), *_clock(case), *_passages(case), *_ledger(case)]


def state_of(number: int) -> State:
    """Archived, but for thirty in every thousand."""
    place = number % 1000
    return OPEN_OF_THOUSAND[place] if place < len(OPEN_OF_THOUSAND) else State.ARCHIVED


def received_of(number: int, state: State, today: date) -> datetime:
    """Open cases lately, archived ones spread over ten years."""
    days = number // 1000 % NEWEST_DAYS if state is not State.ARCHIVED else 150 + number * 7919 % 3500
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


def _application(case: Case) -> Application:
    return Application(
        id=case.pk,
        case=case,
        applicant_kind="worker",
        applicant_name=case.person.name,
        ground="stable",
        recognition_number=f"云溪人社工认〔{case.received_at.year}〕{case.pk}号",
        recognition_on=case.received_at.date() - timedelta(days=90),
        injured_on=case.received_at.date() - timedelta(days=300),
        recognised_parts=["144:right"],
        hospital="云溪市人民医院",
        department="骨科",
        injury_state="右小腿骨折术后",
        delivery_name=case.person.name,
        truthful_at=case.received_at,
        channel="online",
        entered_at=case.received_at,
        complete_on=case.received_at.date(),
    )


def _clock(case: Case) -> list[Model]:
    start = case.received_at.astimezone(moment.ZONE).date()
    due = case.due_on or start
    limit = CaseLimit(
        id=case.pk, case=case, limit="LA-DECIDE", start_on=start, due_on=due, met_on=due if case.closed_at else None
    )
    owed = OWED.get(State(case.state), ())
    past = [
        _obligation(case, 2 * case.pk - 1, "check_papers", "window_clerk", limit, done=case.state != State.SUBMITTED)
    ]
    return [
        limit,
        *past,
        *(_obligation(case, 2 * case.pk, one.kind, one.role, limit) for one in owed if one.kind != "check_papers"),
    ]


def _obligation(case: Case, pk: int, kind: str, role: str, limit: CaseLimit, *, done: bool = False) -> Obligation:
    return Obligation(
        id=pk,
        case=case,
        kind=kind,
        office=case.office,
        role=role,
        due_on=limit.due_on,
        article="令55 第十条",
        limit=limit,
        state=case.state,
        opened_at=case.received_at,
        fulfilled_at=case.received_at + timedelta(days=3) if done else None,
    )


def _passages(case: Case) -> list[Model]:
    steps = [("submit", "", "submitted"), ("accept", "submitted", "accepted")]
    if case.closed_at:
        steps.append(("archive", "effective", "archived"))
    at = case.received_at
    return [
        Passage(id=3 * case.pk + place, case=case, act=act, start=start, end=end, at=at + timedelta(days=3 * place))
        for place, (act, start, end) in enumerate(steps)
    ]


def _ledger(case: Case) -> list[Model]:
    facts = {"procedure": INITIAL, "received": case.received_at.date().isoformat()}
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


def _write(rows: Sequence[Model]) -> None:
    kinds: dict[type[Model], list[Model]] = {}
    for row in rows:
        kinds.setdefault(type(row), []).append(row)
    for kind, found in kinds.items():
        _copy(kind, found)


def _copy(kind: type[Model], rows: Sequence[Model]) -> None:
    fields = kind._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{kind._meta.db_table}" ({columns}) FROM STDIN') as stream:
        for row in rows:
            stream.write_row([field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields])


def _settle() -> None:
    """Let the sequences go on after the rows that were given their ids, and tell the planner what there is."""
    with connection.cursor() as cursor:
        for model in NUMBERED:
            table, key = model._meta.db_table, model._meta.pk.column
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', '{key}'), (SELECT max({key}) FROM {table}))"  # noqa: S608
            )
        cursor.execute("ANALYZE")


def _last(model: type[Model]) -> int:
    return int(model._default_manager.aggregate(last=Max("pk"))["last"] or 0)
