"""The appraisee has died: what is still to be examined ends, what was examined goes on, and the near relatives receive in the person's place."""

from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.appraisal import notices
from gongjian.appraisal.actions.mandates import end_with_death
from gongjian.appraisal.after import tell_death
from gongjian.appraisal.errors import DeathNoted, DeathNotNotable
from gongjian.appraisal.models import Death
from gongjian.appraisal.queries import application_of, death_of
from gongjian.appraisal.rules import check_death, check_relative
from gongjian.appraisal.states import ENDED_BY_DEATH, GOES_ON_AFTER_DEATH, LABELS, State
from gongjian.cases.actions.clock import meet_limit
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.move import move
from gongjian.cases.errors import NotYours
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.evidence.actions import store
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.ledger.actions import record

PERMISSION = "appraisal.note_death"
RUNNING = ("LA-REVIEW", "LA-SUPPLEMENT", "LA-DECIDE")


@dataclass(frozen=True)
class Told:
    """What the window was shown: the day, by which paper, and who of the near relatives receives; "" where nobody is known yet."""

    died_on: date
    proof: str
    relative_name: str = ""
    relation: str = ""
    telephone: str = ""
    address: str = ""


def note_death(case: Case, told: Told, *, proof: BinaryIO, name: str, by: User) -> Death:
    """Note the death with its proof. Before the opinion is formed the appraisal ends; afterwards the case goes on, and is served on the relatives.

    The proof is stored before anything changes: dying between the two leaves a file nobody names, never a death without its proof.
    Every power the person gave ends, in whichever case, and its agent is told. Law: 令55 art. 12, 13, 17; 条例 art. 23; 民法典 art. 13, 173(4), 1045;
    docs/decisions/016-death-of-the-appraisee.md.
    Raises: NotYours, DeathNotNotable, DeathNoted, DayOutOfBounds, RelativeIncomplete, EvidenceTooLarge, KindNotAllowed, NotStored.
    """
    _must_be_notable(case, by)
    evidence = store(proof, name=name, by=by)
    with transaction.atomic():
        return _noted(case, told, evidence, by)


@transaction.atomic
def end_by_death(case: Case, *, by: User) -> Death:
    """End a case whose person's death is on record, after it came back to where an examination would be needed (another group).

    Law: 令55 art. 12, 13. Raises: NotYours, MoveNotAllowed, DeathNotNotable.
    """
    case = locked(case)
    death = death_of(case)
    if death is None or case.state not in ENDED_BY_DEATH:
        raise DeathNotNotable(state=LABELS[State(case.state)])
    return _ended(case, death, by)


def _noted(case: Case, told: Told, evidence: Evidence, by: User) -> Death:
    case = locked(case)
    _must_be_notable(case, by)
    application = application_of(case)
    check_death(told.died_on, injured_on=application.injured_on, today=moment.today())
    check_relative(told.relative_name, told.relation, told.address)
    kept = {name: text.strip() for name, text in vars(told).items() if name != "died_on"}
    death = Death.objects.create(
        case=case, died_on=told.died_on, evidence=evidence, noted_by=by, noted_at=moment.now(), **kept
    )
    record(case.chain, "death.noted", by=by, sha256=evidence.sha256, state=case.state)
    end_with_death(case.person, by=by)
    if case.state in ENDED_BY_DEATH:
        return _ended(case, death, by)
    tell_death(case, by=by)
    notices.tell(case, "death_noted")
    return death


def _ended(case: Case, death: Death, by: User) -> Death:
    for limit in RUNNING:
        meet_limit(case, limit, on=moment.today())
    move(case, "end_by_death", by=by)
    tell_death(case, by=by)
    death.paper = notices.tell_end_by_death(case, death, by=by)
    death.save(update_fields=["paper"])
    return death


def _must_be_notable(case: Case, by: User) -> None:
    if not by.holds(PERMISSION, case.office_id):
        raise NotYours(act="登记被鉴定人死亡")
    if former := death_of(case):
        raise DeathNoted(on=former.died_on)
    if case.state not in (*ENDED_BY_DEATH, *GOES_ON_AFTER_DEATH):
        raise DeathNotNotable(state=LABELS[State(case.state)])
