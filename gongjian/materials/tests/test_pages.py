"""Pages come, move and go; what was handed in stays; who may look may look, and nobody else learns that there is anything."""

import threading
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

from gongjian.accounts.tests.builders import (
    a_clerk,
    a_reviewer,
    a_worker_user,
    an_employer_user,
    an_expert_user,
    an_outsider,
)
from gongjian.appraisal.tests.builders import (
    MONDAY,
    a_case_to_supplement,
    a_draft,
    a_submitted_case,
    a_supplementing_page,
    an_accepted_case,
)
from gongjian.kernel import moment
from gongjian.kernel.evidence.errors import KindNotAllowed
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.materials import access, actions
from gongjian.materials.access import Opening, allow, allow_change, may_see, opening
from gongjian.materials.actions import add_page, material_of, remove_page, reorder, shift_page
from gongjian.materials.errors import (
    MaterialClosed,
    MaterialNotFound,
    OrderIncomplete,
    TooManyPages,
)
from gongjian.materials.models import Material, MaterialPage
from gongjian.materials.queries import (
    held_kinds,
    live_pages,
    material_for,
    materials_of,
    materials_of_draft,
    page_for,
)
from gongjian.materials.tests.builders import a_picture
from gongjian.parties.models import Person

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def a_material(pages: int = 3) -> Material:
    """The medical records of a draft, with some pages."""
    draft = a_draft(papers=())
    material = material_of("medical_records", draft_id=draft.pk)
    for number in range(pages):
        add_page(material, a_picture(number), name=f"{number}.png", by=draft.user)
    return material


def names(material: Material) -> list[str]:
    return [page.name for page in live_pages(material)]


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


# Pages.


def test_l2_an_acknowledged_page_can_be_read_back_and_has_the_hash_it_says():
    page = live_pages(a_material(1))[0]
    with open_evidence(page.evidence) as file:
        assert file.read() == a_picture(0).read()


def test_pages_stand_in_the_order_they_came():
    assert names(a_material()) == ["0.png", "1.png", "2.png"]


def test_the_same_file_sent_twice_is_one_page():
    material = a_material(1)
    first = live_pages(material)[0]
    again = add_page(material, a_picture(0), name="again.png", by=a_worker_user())
    assert again == first
    assert len(live_pages(material)) == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_file_sent_twice_at_once_is_one_page():
    material, worker = a_material(0), a_worker_user()

    def send() -> None:
        add_page(material, a_picture(4), name="x.png", by=worker)
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(live_pages(material)) == 1


@pytest.mark.django_db(transaction=True)
def test_several_files_at_once_all_find_a_place():
    material, worker = a_material(0), a_worker_user()

    def send(number: int) -> None:
        add_page(material, a_picture(number), name=f"{number}.png", by=worker)
        connection.close()

    threads = [threading.Thread(target=send, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [page.order for page in live_pages(material)] == [1, 2, 3, 4]


def test_a_file_of_no_kind_of_ours_leaves_nothing():
    material = a_material(0)
    with pytest.raises(KindNotAllowed):
        add_page(material, BytesIO(b"MZ not a pdf"), name="x.pdf", by=a_worker_user())
    assert not MaterialPage.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_dying_between_the_file_and_its_row_leaves_no_page_without_a_file(monkeypatch):
    material = a_material(0)

    def die(*args, **kwargs):
        raise RuntimeError("the power went out")

    monkeypatch.setattr(actions, "_append", die)
    with pytest.raises(RuntimeError):
        add_page(material, a_picture(5), name="x.png", by=a_worker_user())
    assert not MaterialPage.objects.exists()
    monkeypatch.undo()
    assert add_page(material, a_picture(5), name="x.png", by=a_worker_user()).order == 1


def test_there_is_an_end_to_the_number_of_pages(monkeypatch):
    material = a_material(2)
    monkeypatch.setattr(actions, "MOST_PAGES", 2)
    with pytest.raises(TooManyPages):
        add_page(material, a_picture(9), name="x.png", by=a_worker_user())


def test_a_page_taken_out_leaves_its_row_and_its_file():
    material = a_material()
    page = live_pages(material)[1]
    remove_page(page.pk, by=a_worker_user())
    remove_page(page.pk, by=a_worker_user())
    assert names(material) == ["0.png", "2.png"]
    page.refresh_from_db()
    assert page.removed_at is not None
    assert Evidence.objects.filter(pk=page.evidence_id).exists()


def test_the_database_lets_nobody_delete_a_page():
    page = live_pages(a_material(1))[0]
    with pytest.raises(DatabaseError), transaction.atomic():
        page.delete()


def test_the_database_lets_no_two_pages_stand_in_one_place():
    material = a_material(2)
    first, second = live_pages(material)
    with pytest.raises(IntegrityError), transaction.atomic():
        MaterialPage.objects.filter(pk=second.pk).update(order=first.order)


@pytest.mark.parametrize(
    ("which", "places", "order"),
    [
        (0, 1, ["1.png", "0.png", "2.png"]),
        (2, -1, ["0.png", "2.png", "1.png"]),
        (0, -1, ["0.png", "1.png", "2.png"]),
        (2, 1, ["0.png", "1.png", "2.png"]),
        (2, -2, ["2.png", "0.png", "1.png"]),
    ],
)
def test_pages_are_moved_up_and_down(which, places, order):
    material = a_material()
    shift_page(live_pages(material)[which].pk, by=a_worker_user(), places=places)
    assert names(material) == order


def test_an_order_that_forgets_a_page_or_names_one_twice_is_refused():
    material = a_material()
    first, second, third = (page.pk for page in live_pages(material))
    for order in ([first, second], [first, second, second], [first, second, third, third]):
        with pytest.raises(OrderIncomplete):
            reorder(material, order, by=a_worker_user())
    reorder(material, [third, first, second], by=a_worker_user())
    assert names(material) == ["2.png", "0.png", "1.png"]


def test_a_page_that_is_not_there_is_neither_moved_nor_removed():
    with pytest.raises(MaterialNotFound):
        shift_page(987654, by=a_worker_user(), places=1)
    with pytest.raises(MaterialNotFound):
        remove_page(987654, by=a_worker_user())


def test_a_material_without_pages_is_left_out_of_the_lists():
    material = a_material(1)
    draft_id = material.draft_id or 0
    assert [each.kind for each in materials_of_draft(draft_id)] == ["medical_records"]
    remove_page(live_pages(material)[0].pk, by=a_worker_user())
    assert not materials_of_draft(draft_id)


# Who may change.


def test_after_submission_nothing_is_taken_back_moved_or_added_by_the_applicant():
    case = a_submitted_case()
    material = case.materials.get(kind="diagnosis")
    [page] = live_pages(material)
    with pytest.raises(MaterialClosed):
        remove_page(page.pk, by=a_worker_user())
    with pytest.raises(MaterialClosed):
        add_page(material, a_picture(9), name="x.png", by=a_worker_user())
    with pytest.raises(MaterialClosed):
        reorder(material, [page.pk], by=a_worker_user())


def test_during_the_supplement_new_pages_come_and_go_and_the_old_ones_stay():
    case, _ = a_case_to_supplement()
    new = a_supplementing_page(case, by=a_worker_user(), at=MONDAY + timedelta(days=1))
    old = live_pages(case.materials.get(kind="diagnosis"))[0]
    with pytest.raises(MaterialClosed):
        remove_page(old.pk, by=a_worker_user())
    remove_page(new.pk, by=a_worker_user())
    assert not live_pages(new.material)
    acts = LedgerEntry.objects.filter(chain=case.chain, act__startswith="material.").values_list("act", flat=True)
    assert list(acts) == ["material.page_added", "material.page_removed"]


def test_the_window_scans_into_a_submitted_case_and_takes_back_its_own_scan_only():
    case = a_submitted_case()
    material = material_of("medical_records", case=case)
    with moment.fixed(MONDAY):
        scanned = add_page(material, a_picture(9), name="scan.png", by=a_clerk())
        old = live_pages(material)[0]
        with pytest.raises(MaterialClosed):
            remove_page(old.pk, by=a_clerk())
        remove_page(scanned.pk, by=a_clerk())


@pytest.mark.parametrize(("person", "refusal"), [(a_reviewer, MaterialNotFound), (a_worker_user, MaterialClosed)])
def test_nobody_scans_into_an_accepted_case(person, refusal):
    case = an_accepted_case()
    with pytest.raises(refusal):
        add_page(material_of("medical_records", case=case), a_picture(9), name="x.png", by=person())
    assert opening(a_clerk(), case.materials.get(kind="diagnosis")) is None


@pytest.mark.parametrize("person", [an_outsider, an_expert_user, an_employer_user])
def test_a_stranger_does_not_learn_that_there_is_a_page(person):
    page = live_pages(a_material(1))[0]
    with pytest.raises(MaterialNotFound):
        remove_page(page.pk, by=person())
    with pytest.raises(MaterialNotFound):
        page_for(page.pk, by=person())
    with pytest.raises(MaterialNotFound):
        material_for(page.material_id, by=person())


def test_who_left_sees_nothing():
    material = a_material(1)
    user = a_worker_user()
    user.is_active = False
    assert not may_see(user, material)
    assert opening(user, material) is None


def test_a_room_above_opens_materials_by_its_word(monkeypatch):
    monkeypatch.setattr(access, "_readers", list(access._readers))
    monkeypatch.setattr(access, "_openers", list(access._openers))
    material = a_submitted_case().materials.get(kind="diagnosis")
    expert = an_expert_user()
    assert not may_see(expert, material)
    for _ in range(2):
        allow(sees_everything)
        allow_change(opens_everything)
    assert may_see(expert, material)
    assert opening(expert, material) == Opening()
    assert access._readers.count(sees_everything) == access._openers.count(opens_everything) == 1


def sees_everything(user, material) -> bool:
    return True


def opens_everything(user, material) -> Opening:
    return Opening()


# What is held about a person.


def test_art_09_what_an_earlier_case_holds_of_a_person_is_known():
    case = a_submitted_case()
    person = Person.objects.get()
    assert held_kinds(person.pk) == {"identity"}
    assert held_kinds(person.pk, without=case) == set()
    assert held_kinds(None) == set()


def test_the_pages_of_a_case_take_two_queries(django_assert_num_queries):
    case = a_submitted_case()
    with django_assert_num_queries(2):
        for material in materials_of(case):
            assert [page.evidence.sha256 for page in material.pages.all()]
