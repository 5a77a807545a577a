"""Writing what is being written: step by step, from several devices, without one covering the other."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from gongjian.accounts.models import Office, User
from gongjian.applications.asking import ASKINGS, asking_of, filed_as
from gongjian.applications.errors import DraftChanged, DraftNotFound, DraftSubmitted, TooManyDrafts, WindowOnly
from gongjian.applications.models import Draft, Visit
from gongjian.applications.queries import drafts_of, owns
from gongjian.cases.models import Case
from gongjian.kernel import moment

MOST_BEGUN = 30
"""So many applications may be begun and not handed in by one account; tables have a limit of their own."""


@transaction.atomic
def start_draft(*, by: User, office: Office, procedure: str, channel: str = "online") -> Draft:
    """Begin an application; at the window only who may enter paper applications there. Raises: WindowOnly, TooManyDrafts."""
    if channel == "online" and drafts_of(by).count() >= MOST_BEGUN:
        raise TooManyDrafts(most=MOST_BEGUN)
    return draft_from({}, by=by, office=office, procedure=procedure, channel=channel)


@transaction.atomic
def draft_from(
    told: Mapping[str, Mapping[str, Any]],
    *,
    by: User,
    office: Office,
    procedure: str,
    channel: str = "online",
    founded_on: Case | None = None,
    visit: Visit | None = None,
) -> Draft:
    """Begin an application of which answers are known already: step → field → answer, as its forms tell them, right or wrong.

    founded_on: the decided case that is taken over; whoever calls has seen that `by` may. visit: the one on which it is begun.
    What no step asks is left out. Whose answers they are goes on where one is missing, else with the papers. Raises: WindowOnly, StepUnknown.
    """
    if channel == "window" and not by.holds(ASKINGS[procedure].enter, office):
        raise WindowOnly
    draft = unsaved(told, by=by, office=office, procedure=procedure, channel=channel, founded_on=founded_on)
    draft.visit = visit
    draft.save(force_insert=True)
    return draft


def unsaved(
    told: Mapping[str, Mapping[str, Any]],
    *,
    by: User,
    office: Office,
    procedure: str,
    channel: str = "online",
    founded_on: Case | None = None,
) -> Draft:
    """The draft of what is told, not yet written down. Raises: StepUnknown."""
    asking = ASKINGS[procedure]
    kept: Any = {code: _asked(asking.steps.of(code).kept, answers) for code, answers in told.items()}
    here = next((step.code for step in asking.steps.filled_in if step.code not in kept), "materials")
    now = moment.now()
    return Draft(
        procedure=procedure,
        user=by,
        office=office,
        channel=channel,
        founded_on=founded_on,
        told=kept,
        versions=dict.fromkeys(kept, 1),
        step=here,
        created_at=now,
        updated_at=now,
    )


@transaction.atomic
def save_step(draft: Draft, step: str, told: Mapping[str, Any], *, seen: int, by: User) -> Draft:
    """Keep the answers of one step, checked or not: nothing that was typed is lost.

    seen: the step's version that the page showed (0: nothing saved yet). Saving what is there already changes nothing.
    Raises: DraftNotFound, DraftSubmitted, StepUnknown, DraftChanged when the step was saved elsewhere meanwhile.
    """
    steps = asking_of(draft).steps
    kept = _asked(steps.of(step).kept, told)
    locked = _locked(draft, by)
    if locked.told.get(step) == kept:
        return locked
    if locked.versions.get(step, 0) != seen:
        raise DraftChanged
    locked.told = {**locked.told, step: kept}
    locked.versions = {**locked.versions, step: seen + 1}
    locked.step, locked.version, locked.updated_at = steps.after(step).code, locked.version + 1, moment.now()
    locked.filed_as = _filed_now(locked)
    locked.save(update_fields=["told", "versions", "step", "version", "updated_at", "filed_as"])
    return locked


@transaction.atomic
def report_wrong(draft: Draft, words: str, *, by: User) -> Draft:
    """Keep what the applicant says is wrong with a fact that was taken over; the window reads it when it checks. Raises: DraftNotFound, DraftSubmitted."""
    locked = _locked(draft, by)
    locked.reported = words.strip()[:500]
    locked.save(update_fields=["reported"])
    return locked


@transaction.atomic
def drop_draft(draft: Draft, *, by: User) -> None:
    """Put a draft away that will not be submitted. Raises: DraftNotFound, DraftSubmitted."""
    locked = _locked(draft, by)
    locked.dropped_at = moment.now()
    locked.save(update_fields=["dropped_at"])


def _filed_now(draft: Draft) -> str:
    """As what a draft from a table is known again after its answers have changed; two that now say the same stay apart."""
    now = filed_as(draft) if draft.filed_as else ""
    others = Draft.objects.filter(user=draft.user_id, filed_as=now, dropped_at=None).exclude(pk=draft.pk)
    return draft.filed_as if not now or others.exists() else now


def _asked(fields: tuple[str, ...], told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name in fields}


def _locked(draft: Draft, by: User) -> Draft:
    locked = Draft.objects.select_for_update(of=("self",)).filter(pk=draft.pk, dropped_at=None).first()
    if locked is None or not owns(by, locked):
        raise DraftNotFound
    if locked.case_id or locked.declared_at:
        raise DraftSubmitted
    return locked
