"""Appointing experts, keeping their particulars, renewing their terms."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from gongjian.accounts.models import Office, User
from gongjian.experts.access import MANAGE, require
from gongjian.experts.errors import ChangedMeanwhile, DismissedAlready, NumberTaken
from gongjian.experts.models import Expert
from gongjian.experts.rules import check_qualification, check_term, check_training, last_day_of_term
from gongjian.experts.specialties import in_order
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record, record_reading


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is told about an expert who is appointed or whose particulars change. specialties: codes; term_until None: a full term."""

    name: str
    title: str
    title_level: str
    hospital: str
    department: str
    specialties: tuple[str, ...]
    term_from: date
    term_until: date | None = None
    trained_on: date | None = None
    telephone: str = ""
    recommended_by: str = ""
    is_shared: bool = False


@transaction.atomic
def appoint(office: Office, told: Told, *, by: User, number: str = "", home_committee: str = "") -> Expert:
    """Take an expert into the pool of an office, under the given number or the next one; a guest, whose pool is another committee's, apart from it.

    Raises: PoolNotYours, TitleTooLow, SpecialtyUnknown, TermWrong, TrainingInFuture, NumberTaken.
    """
    require(by, MANAGE, office)
    Office.objects.select_for_update().get(pk=office.pk)
    number = number.strip() or _next_number(office, "W" if home_committee else "Z")
    if Expert.objects.filter(number=number).exists():
        raise NumberTaken(number=number)
    expert = Expert.objects.create(
        office=office, number=number, home_committee=home_committee, **_checked(told, office)
    )
    record(f"office:{office.code}", "expert.appointed", by=by, expert=number, until=expert.term_until)
    return expert


@transaction.atomic
def change(expert: Expert, told: Told, *, by: User, version: int | None = None) -> Expert:
    """Bring an expert's particulars up to date. version: the one that was seen, where somebody may have changed it since.

    Raises: PoolNotYours, DismissedAlready, ChangedMeanwhile, TitleTooLow, SpecialtyUnknown, TermWrong, TrainingInFuture.
    """
    locked = lock(expert, by=by)
    if version is not None and locked.version != version:
        raise ChangedMeanwhile(number=locked.number)
    before = {name: getattr(locked, name) for name in _checked(told, locked.office)}
    now = _checked(told, locked.office)
    changed = sorted(name for name, value in now.items() if before[name] != value)
    if changed:
        save(locked, **now)
        record(chain_of(locked), "expert.changed", by=by, expert=locked.number, fields=changed)
    return locked


@transaction.atomic
def renew(expert: Expert, *, begins: date, by: User) -> Expert:
    """Give an expert another full term. Law: 令55 art. 24 (renewable). Raises: PoolNotYours, DismissedAlready."""
    locked = lock(expert, by=by)
    ends = last_day_of_term(begins, region=locked.office.region)
    save(locked, term_from=begins, term_until=ends)
    record(chain_of(locked), "expert.renewed", by=by, expert=locked.number, start=begins, until=ends)
    return locked


@transaction.atomic
def link_user(expert: Expert, user: User, *, by: User) -> Expert:
    """Join an expert to the account they sign in with. Raises: PoolNotYours, DismissedAlready."""
    locked = lock(expert, by=by)
    save(locked, user=user)
    record(chain_of(locked), "expert.linked", by=by, expert=locked.number, user=user.pk)
    return locked


@transaction.atomic
def telephone_of(expert: Expert, *, by: User) -> str:
    """An expert's telephone, and a note of who looked. Law: 令55 art. 25 (experts' personal data are protected). Raises: PoolNotYours."""
    require(by, MANAGE, expert.office)
    record_reading(chain_of(expert), by=by, what=f"专家{expert.number}联系电话")
    return expert.telephone


def lock(expert: Expert, *, by: User) -> Expert:
    """The expert's row, locked, for who manages the pool. Raises: PoolNotYours, DismissedAlready."""
    require(by, MANAGE, expert.office)
    locked = Expert.objects.select_for_update(of=("self",)).select_related("office").get(pk=expert.pk)
    if locked.dismissed_on is not None:
        raise DismissedAlready(number=locked.number)
    return locked


def save(expert: Expert, **values: object) -> None:
    """Write these fields and count the version on."""
    for name, value in values.items():
        setattr(expert, name, value)
    expert.version = expert.version + 1
    expert.save(update_fields=[*values, "version"])


def chain_of(expert: Expert) -> str:
    """The ledger's chain for what happens to an expert: that of the office."""
    return f"office:{expert.office.code}"


def _checked(told: Told, office: Office) -> dict[str, object]:
    check_qualification(told.title_level, told.specialties)
    check_training(told.trained_on, today=moment.today())
    ends = told.term_until or last_day_of_term(told.term_from, region=office.region)
    check_term(told.term_from, ends, region=office.region)
    return {**asdict(told), "term_until": ends, "specialties": in_order(told.specialties)}


def _next_number(office: Office, letter: str) -> str:
    start = f"{office.code}-{letter}"
    used = Expert.objects.filter(number__startswith=start).values_list("number", flat=True)
    numbers = [int(number.removeprefix(start)) for number in used if number.removeprefix(start).isdigit()]
    return f"{start}{max(numbers, default=0) + 1:04d}"
