"""Reading deliveries: whose, in which order, how many queries; and the forms by which they are recorded."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_delivery_clerk,
    a_member,
    a_supervisor,
    a_worker_user,
    an_employer_user,
    an_expert_user,
    an_office,
    an_outsider,
)
from gongjian.cases.errors import CaseNotFound
from gongjian.conclusions.tests.builders import a_concluded_case, another_office, another_person
from gongjian.delivery.errors import DeliveryNotFound, NotTheRecipient
from gongjian.delivery.forms import RecordForm
from gongjian.delivery.methods import BY_HAND, RELATIONS, SHORT, TABLE, Method
from gongjian.delivery.models import Delivery
from gongjian.delivery.queries.lists import deliveries_of as case_deliveries
from gongjian.delivery.queries.lists import delivery_for, to_deliver, to_post
from gongjian.delivery.queries.mine import mine, own_delivery
from gongjian.delivery.tests.builders import FACTS, a_scan, deliveries_of, served, two_deliveries

pytestmark = pytest.mark.django_db


def ids(user: User, **told: str) -> list[int]:
    return [row.pk for row in to_deliver(user, **told).rows]  # type: ignore[arg-type]


def test_the_list_holds_what_is_not_served_most_urgent_first():
    first, second = two_deliveries(), two_deliveries(person=another_person(2))
    Delivery.objects.filter(pk=second[0].pk).update(due_on=date(2026, 4, 20))
    served(first[0], date(2026, 4, 15))
    assert ids(a_delivery_clerk()) == [second[0].pk, first[1].pk, second[1].pk]


def test_the_list_is_cut_into_pages_without_a_gap():
    rows = [row.pk for serial in (1, 2) for row in two_deliveries(person=another_person(serial))]
    clerk, after, seen = a_delivery_clerk(), "", []
    for _ in range(3):
        page = to_deliver(clerk, after=after, size=2)
        seen += [row.pk for row in page.rows]
        after = page.after
    assert (sorted(seen), after) == (sorted(rows), "")


@pytest.mark.parametrize("after", ["nonsense", "2026-04-15", "..7", "1.2026-13-01.3", "2026-04-15.3", "x.2026-04-15.3"])
def test_a_place_that_is_none_shows_the_first_page(after: str):
    two_deliveries()
    assert len(ids(a_delivery_clerk(), after=after)) == 2


def test_the_list_shows_one_way_only_where_asked():
    _, employer = deliveries_of(a_concluded_case())
    assert ids(a_delivery_clerk(), method="post") == [employer.pk]
    assert ids(a_delivery_clerk(), method="in_person") == []


@pytest.mark.parametrize("other", [a_clerk, a_supervisor, a_worker_user, an_expert_user, an_outsider])
def test_nobody_else_has_deliveries_to_make(other: type[User]):
    two_deliveries()
    assert ids(other()) == []


def test_a_delivery_clerk_of_another_office_has_none_of_ours():
    two_deliveries()
    other = a_member(Role.DELIVERY_CLERK, office=another_office())
    assert (ids(other), to_post(other, an_office())) == ([], [])


@pytest.mark.parametrize("count", [1, 4])
def test_a_page_costs_the_same_however_long_it_is(count: int, django_assert_num_queries):
    for serial in range(count):
        two_deliveries(person=another_person(serial + 1))
    clerk = a_delivery_clerk()
    clerk.posts_held()
    with django_assert_num_queries(3):
        assert [row.last_attempt for row in to_deliver(clerk).rows if row.case.person.name]


def test_one_delivery_is_opened_by_staff_of_its_office():
    worker, _ = two_deliveries()
    assert delivery_for(worker.pk, by=a_clerk()) == worker
    for other in (a_worker_user(), an_outsider(), an_expert_user()):
        with pytest.raises(DeliveryNotFound):
            delivery_for(worker.pk, by=other)
    with pytest.raises(DeliveryNotFound):
        delivery_for(999_999, by=a_clerk())


def test_the_deliveries_of_a_case_are_for_its_staff():
    worker, employer = two_deliveries()
    assert case_deliveries(worker.case.number, by=a_clerk())[1] == [worker, employer]
    with pytest.raises(DeliveryNotFound):
        case_deliveries(worker.case.number, by=a_worker_user())
    with pytest.raises(CaseNotFound):
        case_deliveries(worker.case.number, by=an_outsider())


def test_a_party_sees_the_deliveries_to_its_own_side_only():
    worker, employer = two_deliveries()
    seen = {user: [each.delivery.pk for each in mine(worker.case.number, by=user)[1]] for user in parties()}
    assert list(seen.values()) == [[worker.pk], [employer.pk]]


def parties() -> list[User]:
    return [a_worker_user(), an_employer_user()]


def test_a_party_sees_its_own_remedy_only_when_it_runs():
    worker, _ = two_deliveries()
    assert mine(worker.case.number, by=a_worker_user())[1][0].remedy is None
    served(worker, date(2026, 4, 17))
    (shown,) = mine(worker.case.number, by=a_worker_user())[1]
    assert shown.remedy is not None
    assert shown.remedy.due == date(2026, 5, 6)


def test_staff_have_no_side_of_their_own():
    worker, _ = two_deliveries()
    with pytest.raises(NotTheRecipient):
        mine(worker.case.number, by=a_clerk())


def test_one_own_delivery_is_nobody_elses():
    worker, employer = two_deliveries()
    assert own_delivery(worker.pk, by=a_worker_user()) == worker
    for pk in (employer.pk, 999_999):
        with pytest.raises(DeliveryNotFound):
            own_delivery(pk, by=a_worker_user())


def a_form(method: Method, *, files: int = 1, **changes: str) -> RecordForm:
    scans = [SimpleUploadedFile(f"{n}.png", a_scan(n).stream.read(), "image/png") for n in range(files)]
    told = {"on": "2026-04-15", **FACTS[method], **changes}
    return RecordForm(told, MultiValueDict({"files": scans}), method=method)


@pytest.mark.parametrize("method", BY_HAND)
def test_each_form_takes_its_facts_and_several_files(method: Method):
    form = a_form(method, files=3)
    assert form.is_valid(), form.errors
    assert {name: fact for name, fact in form.facts.items() if fact} == FACTS[method]
    assert [handed.name for handed in form.handed()] == ["0.png", "1.png", "2.png"]


@pytest.mark.parametrize("method", BY_HAND)
def test_a_form_wants_a_file_where_the_law_wants_a_signed_record(method: Method):
    assert a_form(method, files=0).is_valid() is not TABLE[method].proof


NEEDED = [(method, name) for method in BY_HAND for name in TABLE[method].needs]


@pytest.mark.parametrize(("method", "name"), NEEDED, ids=[f"{method}-{name}" for method, name in NEEDED])
def test_a_form_wants_each_fact_of_its_proof(method: Method, name: str):
    form = a_form(method, **{name: ""})
    assert name in form.errors


@pytest.mark.parametrize(("is_body", "offered"), [(False, "family"), (True, "mail_room")])
def test_a_form_offers_only_who_may_sign_for_this_recipient(is_body: bool, offered: str):
    for method, field in ((Method.IN_PERSON, "relation"), (Method.LEFT, "refused_by")):
        choices = dict(RecordForm(method=method, is_body=is_body).fields[field].choices)  # type: ignore[attr-defined]
        assert {"family", "mail_room"} & set(choices) == {offered}


def test_witnesses_are_asked_for_where_a_paper_was_left_and_may_be_missing():
    assert "witnesses" not in a_form(Method.IN_PERSON).fields
    assert a_form(Method.LEFT, witnesses="").is_valid()


def test_who_signed_stands_in_one_of_the_relations_of_the_law():
    assert a_form(Method.IN_PERSON, relation="neighbour").errors["relation"]
    assert set(RELATIONS) == set(SHORT) == {"self", "family", "head", "mail_room", "agent", "designated"}


def test_each_form_names_its_article():
    assert {method: a_form(method).basis["on"] for method in BY_HAND} == {
        method: TABLE[method].article for method in BY_HAND
    }
