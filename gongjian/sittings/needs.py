"""What cases need of a sitting, read for many at once: specialties from the recognised parts, special needs of the person."""

from collections.abc import Collection

from gongjian.appraisal.models import Application
from gongjian.appraisal.queries import parts_told
from gongjian.cases.models import Case
from gongjian.grading.parts import RecognisedPart
from gongjian.law.modes import Mode
from gongjian.sittings.models import SpecialNeeds
from gongjian.sittings.rules import specialties_for
from gongjian.sittings.states import WishState
from gongjian.sittings.wishes import ModeWish


def specialties_of(cases: Collection[Case]) -> dict[int, list[str]]:
    """Case id → specialty codes that its recognised parts call for: one query. A case without recognised parts needs none."""
    told = recognised_of(cases)
    return {case.pk: specialties_for(told.get(case.pk, [])) for case in cases}


def assistance_of(cases: Collection[Case]) -> dict[int, list[str]]:
    """Case id → codes of what its person needs in order to come: one query."""
    told = dict(SpecialNeeds.objects.filter(person__cases__in=cases).values_list("person_id", "codes"))
    return {case.pk: told.get(case.person_id, []) for case in cases}


def recognised_of(cases: Collection[Case]) -> dict[int, list[RecognisedPart]]:
    """Case id → its recognised parts: one query."""
    told = Application.objects.filter(case__in=cases).values_list("case_id", "recognised_parts")
    return {case_id: parts_told(parts) for case_id, parts in told}


def wishes_of(cases: Collection[Case]) -> dict[int, ModeWish]:
    """Case id → what its mode rests on; nothing for a case examined in the hall: one query."""
    return {wish.case_id: wish for wish in ModeWish.objects.filter(case__in=cases, state=WishState.GRANTED)}


def modes_of(cases: Collection[Case]) -> dict[int, Mode]:
    """Case id → the mode in which it is examined, the hall where no other was granted: one query."""
    granted = wishes_of(cases)
    return {case.pk: granted[case.pk].meant if case.pk in granted else Mode.HALL for case in cases}
