"""The agency's lists page after page, where a claim goes, and that a second claim for the same grant is hinted at and goes all the same."""

from datetime import timedelta

import pytest
from django.urls import reverse

from gongjian.accounts.models import Office
from gongjian.accounts.tests.builders import REACHED, a_province, a_worker_user, an_outsider
from gongjian.cases.models import Case
from gongjian.claims import actions, lists, queries
from gongjian.claims.errors import NoAgency
from gongjian.claims.models import Claim
from gongjian.claims.states import State
from gongjian.claims.tests.builders import (
    CLAIMED,
    TOLD,
    a_case_in_effect,
    a_claim_in_hand,
    an_agent_of_the_agency,
)
from gongjian.claims.tests.test_claims import acts_on
from gongjian.claims.tests.test_packing import an_appraisal_upon_a_recognition
from gongjian.claims.tests.test_pages import SHEET
from gongjian.kernel import moment
from gongjian.portal.tests.builders import signed_in_as, text_of
from gongjian.recognition.models import Application

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def may(home):
    with moment.fixed(moment.at(CLAIMED)):
        yield


def many_claims(count: int) -> list[Claim]:
    """As many claims as that, of one day or of days one after another; the first alone is a whole one."""
    first = a_claim_in_hand()
    told = {field.attname: getattr(first, field.attname) for field in Claim._meta.fields if field.attname != "id"}
    cases = [
        Case(
            number=f"多{place}", office=first.founded_on.office, procedure=first.founded_on.procedure, state="archived",
            person=first.founded_on.person, received_at=moment.now(), closed_at=moment.now(),
        )
        for place in range(count - 1)
    ]  # fmt: skip
    made = Case.objects.bulk_create(cases)
    rows, due = [], first.due_on
    assert due is not None
    for place, case in enumerate(made):
        later = {"due_on": due + DAY * (place // 2), "changed_at": first.changed_at + DAY * (place // 2)}
        rows.append(Claim(**{**told, "founded_on_id": case.pk, **later}))
    return [first, *Claim.objects.bulk_create(rows)]


def walked(pages, *, size: int) -> list[int]:
    """The claims of all pages in their order."""
    found, after = [], ""
    while True:
        page = pages(an_agent_of_the_agency(), after=after, size=size)
        found += [row.pk for row in page.rows]
        after = page.after
        if not after:
            return found


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
def test_every_claim_stands_on_one_page_and_on_no_other_though_several_are_due_on_one_day(size):
    claims = many_claims(7)
    by_risk = [row.pk for row in sorted(claims, key=lambda row: (row.due_on, row.pk))]
    assert walked(lists.waiting, size=size) == by_risk
    Claim.objects.update(state=State.REFUSED, due_on=None)
    last_first = [row.pk for row in sorted(claims, key=lambda row: (row.changed_at, row.pk), reverse=True)]
    assert walked(lists.others, size=size) == last_first


def test_a_page_asks_once_and_its_link_leads_to_the_rest(django_assert_num_queries, monkeypatch):
    many_claims(5)
    monkeypatch.setattr(lists, "A_PAGE", 3)
    user = an_agent_of_the_agency()
    user.posts_held()
    with django_assert_num_queries(1):
        page = lists.waiting(user, size=3)
    agency = signed_in_as(user)
    second = agency.get(reverse("claims:list"), {"after": page.after})
    shown = [row.pk for row, _ in second.context["waiting"]]
    assert len(shown) == 2
    assert not {row.pk for row in page.rows} & set(shown)
    assert [row.pk for row in lists.waiting(user, after="昨天_一").rows] == [row.pk for row in lists.waiting(user).rows]
    assert not lists.waiting(an_outsider(), after=page.after).rows


def at_the_province(case: Case) -> Case:
    """The same case as a province decides it."""
    told = {"name": "云省劳动能力鉴定委员会", "short_name": "云省鉴定", "kind": Office.Kind.PROVINCE, "region": "990000", **REACHED}  # fmt: skip
    office = Office.objects.get_or_create(code="YSJD", defaults=told)[0]
    Case.objects.filter(pk=case.pk).update(office=office)
    return Case.objects.get(pk=case.pk)


def an_agency_at(region: str) -> Office:
    told = {"name": "某地社会保险经办中心", "short_name": "某地社保", "kind": Office.Kind.AGENCY, "region": region}
    return Office.objects.create(code=f"SB{region}", parent=a_province(), **told, **REACHED)


def test_upon_a_conclusion_of_the_province_it_goes_to_the_agency_where_the_worker_is_insured():
    appraised, recognised = an_appraisal_upon_a_recognition()
    case = at_the_province(appraised)
    assert queries.agency_for(case).region == "990100"
    Application.objects.filter(case=recognised).update(insured=True, insured_region="990200")
    other = an_agency_at("990200")
    assert queries.agency_for(case) == other
    assert queries.agency_for(Case.objects.get(pk=recognised.pk)) == other
    Application.objects.filter(case=recognised).update(insured_region="990205")
    assert queries.agency_for(case) == other, "a county's claims are its city's where it has no agency of its own"
    assert queries.agency_for(case) != an_agency_at("990000"), "and never the province's beside it"


def test_where_the_recognition_was_made_elsewhere_the_window_tells_the_place_and_else_nobody_guesses():
    case = at_the_province(a_case_in_effect())
    with pytest.raises(NoAgency):
        queries.agency_for(case)
    county = Office.objects.create(code="DXCK", name="东溪窗口", short_name="东溪", kind=Office.Kind.COUNTY, region="990103", **REACHED)  # fmt: skip
    Case.objects.filter(pk=case.pk).update(window=county)
    assert queries.agency_for(Case.objects.get(pk=case.pk)).region == "990100"


def test_a_second_claim_for_the_same_grant_is_hinted_at_on_both_sides_and_goes_all_the_same():
    first, agent = a_claim_in_hand(), an_agent_of_the_agency()
    case, worker = first.founded_on, signed_in_as(a_worker_user())
    hint = "同一次伤害已有同一种申领"
    assert hint not in text_of(signed_in_as(agent).get(reverse("claims:claim", args=[first.pk])))
    acts_on(first)["approve"](agent)
    acts_on(first)["pay"](agent)
    page = text_of(worker.post(reverse("claims:new", args=[case.number]), {"sheet": SHEET}))
    assert hint in page
    assert reverse("claims:claim", args=[first.pk]) in page
    second = actions.submit(case, dict(TOLD), by=a_worker_user())
    assert queries.alike(case, second.stage, second.facts, by=agent, besides=second) == [first]
    assert hint in text_of(signed_in_as(agent).get(reverse("claims:claim", args=[second.pk])))
    assert queries.alike(case, "treatment", second.facts, by=agent) == []
    assert queries.alike(case, second.stage, {"injured_on": "2020-01-01"}, by=agent) == []
    assert queries.alike(case, second.stage, second.facts, by=an_outsider()) == []
    actions.withdraw(second, by=a_worker_user())
    assert queries.alike(case, first.stage, first.facts, by=agent) == [first], "what was taken back is no second one"
