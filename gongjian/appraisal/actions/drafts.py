"""Writing what is being written: step by step, from several devices, without one covering the other."""

from typing import Any

from django.db import transaction

from gongjian.accounts.models import Office, User
from gongjian.appraisal.errors import DraftChanged, DraftNotFound, DraftSubmitted, WindowOnly
from gongjian.appraisal.models import Draft
from gongjian.appraisal.queries import ENTER, owns
from gongjian.appraisal.steps import step_after, step_of
from gongjian.kernel import moment


@transaction.atomic
def start_draft(*, by: User, office: Office, channel: str = "online") -> Draft:
    """Begin an application; at the window only who may enter paper applications there. Raises: WindowOnly."""
    if channel == "window" and not by.holds(ENTER, office):
        raise WindowOnly
    now = moment.now()
    return Draft.objects.create(user=by, office=office, channel=channel, created_at=now, updated_at=now)


@transaction.atomic
def save_step(draft: Draft, step: str, told: dict[str, Any], *, seen: int, by: User) -> Draft:
    """Keep the answers of one step, checked or not: nothing that was typed is lost.

    seen: the step's version that the page showed (0: nothing saved yet). Saving what is there already changes nothing.
    Raises: DraftNotFound, DraftSubmitted, StepUnknown, DraftChanged when the step was saved elsewhere meanwhile.
    """
    fields = step_of(step).fields
    locked = _locked(draft, by)
    kept = {name: value for name, value in told.items() if name in fields}
    if locked.told.get(step) == kept:
        return locked
    if locked.versions.get(step, 0) != seen:
        raise DraftChanged
    locked.told = {**locked.told, step: kept}
    locked.versions = {**locked.versions, step: seen + 1}
    locked.step, locked.version, locked.updated_at = step_after(step).code, locked.version + 1, moment.now()
    locked.save(update_fields=["told", "versions", "step", "version", "updated_at"])
    return locked


@transaction.atomic
def drop_draft(draft: Draft, *, by: User) -> None:
    """Put a draft away that will not be submitted. Raises: DraftNotFound, DraftSubmitted."""
    locked = _locked(draft, by)
    locked.dropped_at = moment.now()
    locked.save(update_fields=["dropped_at"])


def _locked(draft: Draft, by: User) -> Draft:
    locked = Draft.objects.select_for_update(of=("self",)).filter(pk=draft.pk, dropped_at=None).first()
    if locked is None or not owns(by, locked):
        raise DraftNotFound
    if locked.case_id:
        raise DraftSubmitted
    return locked
