"""Which agency or department stands beside a case: where the worker is insured first, for a province decides upon workers who are insured in its cities."""

from collections.abc import Sequence

from gongjian.accounts.models import Office
from gongjian.cases.models import Case
from gongjian.jurisdiction.businesses import near_its_office
from gongjian.jurisdiction.queries import business_of
from gongjian.jurisdiction.rules import places_of


def offices_beside(case: Case, kinds: Sequence[str]) -> list[Office]:
    """One office of each kind, in the order of the kinds: in the first of the case's places that has one; a kind that nobody registered is left out.

    Law: 条例 art. 5, 17, 46; 令8 art. 22; 令55 art. 17.
    """
    business = business_of(case)
    near = business.near if business else near_its_office
    places = {kind: places_of(*near(case, kind)) for kind in kinds}
    regions = {region for each in places.values() for region in each}
    rows = Office.objects.filter(kind__in=kinds, region__in=regions).order_by("-code")
    found = {(office.kind, office.region): office for office in rows}
    first = (next((found[kind, region] for region in places[kind] if (kind, region) in found), None) for kind in kinds)
    return [office for office in first if office]
