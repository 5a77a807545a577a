"""What cases need of a sitting, read for many at once: specialties from the recognised parts, special needs of the person."""

from collections.abc import Collection

from gongjian.appraisal.models import Application
from gongjian.appraisal.queries import parts_told
from gongjian.cases.models import Case
from gongjian.sittings.models import SpecialNeeds
from gongjian.sittings.rules import specialties_for


def specialties_of(cases: Collection[Case]) -> dict[int, list[str]]:
    """Case id → specialty codes that its recognised parts call for: one query. A case without recognised parts needs none."""
    told = Application.objects.filter(case__in=cases).values_list("case_id", "recognised_parts")
    found = {case_id: specialties_for(parts_told(parts)) for case_id, parts in told}
    return {case.pk: found.get(case.pk, []) for case in cases}


def assistance_of(cases: Collection[Case]) -> dict[int, list[str]]:
    """Case id → codes of what its person needs in order to come: one query."""
    told = dict(SpecialNeeds.objects.filter(person__cases__in=cases).values_list("person_id", "codes"))
    return {case.pk: told.get(case.person_id, []) for case in cases}
