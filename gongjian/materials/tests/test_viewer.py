"""Looking at papers: leaf by leaf, few requests, harmless answers, and a note of who has read."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.tests.builders import (
    a_clerk,
    a_worker_user,
    an_employer_user,
    an_expert_user,
    an_outsider,
)
from gongjian.appraisal.tests.builders import (
    MONDAY,
    a_draft,
    a_submitted_case,
)
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.materials.actions import add_page, material_of
from gongjian.materials.errors import (
    PageNumberWrong,
)
from gongjian.materials.models import Material
from gongjian.materials.queries import (
    leaf,
    leaf_count,
    live_pages,
)
from gongjian.materials.tests.builders import a_pdf, a_picture

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


# Leaves.


def test_leaves_are_counted_through_all_files():
    draft = a_draft(papers=())
    material = material_of("medical_records", draft_id=draft.pk)
    add_page(material, a_pdf(3), name="a.pdf", by=draft.user)
    add_page(material, a_picture(1), name="b.png", by=draft.user)
    pages = live_pages(material)
    assert leaf_count(pages) == 4
    assert [(leaf(pages, n).page.name, leaf(pages, n).within) for n in (1, 3, 4)] == [
        ("a.pdf", 1),
        ("a.pdf", 3),
        ("b.png", 1),
    ]
    for number in (0, 5):
        with pytest.raises(PageNumberWrong):
            leaf(pages, number)


# The viewer.


def a_thick_file() -> Material:
    draft = a_draft(papers=())
    material = material_of("medical_records", draft_id=draft.pk)
    add_page(material, a_pdf(300), name="records.pdf", by=draft.user)
    return material


def test_l12_three_hundred_pages_open_with_at_most_twelve_requests():
    material = a_thick_file()
    page = signed_in(a_worker_user()).get(reverse("materials:viewer", args=[material.pk])).content.decode()
    assert "共 300 页" in page
    fetched = page.count("<img") + page.count("<script src") + page.count('rel="stylesheet"') + page.count('rel="icon"')
    assert page.count("<img") == 1
    assert 1 + fetched <= 12


def test_leaves_are_turned_and_enlarged():
    material = a_thick_file()
    client = signed_in(a_worker_user())
    place = reverse("materials:viewer", args=[material.pk])
    page = client.get(place, {"n": "300", "zoom": "2"}).content.decode()
    assert "第 300 页" in page
    assert "缩小" in page
    assert "下一页" not in page
    assert client.get(place, {"n": "301"}).status_code == 404
    fragment = client.get(place, {"n": "2"}, headers={"HX-Request": "true"}).content.decode()
    assert fragment.startswith('<div id="_leaf">')


@pytest.mark.parametrize(("pages", "offered"), [(1, False), (2, True)])
def test_a_leaf_is_chosen_by_number_where_there_is_more_than_one(pages, offered):
    place = reverse("materials:viewer", args=[a_material(pages).pk])
    assert ("翻到" in signed_in(a_worker_user()).get(place).content.decode()) == offered


def test_the_viewer_leads_back_to_our_own_pages_only():
    material = a_material(1)
    client = signed_in(a_worker_user())
    place = reverse("materials:viewer", args=[material.pk])
    assert 'href="/portal/"' in client.get(place, {"back": "/portal/"}).content.decode()
    assert 'href="https://evil.example' not in client.get(place, {"back": "https://evil.example/"}).content.decode()


@pytest.mark.parametrize("name", ["page_image", "small", "original"])
def test_pictures_and_files_are_handed_out_harmlessly(name):
    page = live_pages(a_material(1))[0]
    args = [page.pk, 1] if name == "page_image" else [page.pk]
    answer = signed_in(a_worker_user()).get(reverse(f"materials:{name}", args=args))
    assert answer.status_code == 200
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("person", [an_outsider, an_expert_user, an_employer_user, a_clerk])
@pytest.mark.parametrize("name", ["viewer", "page_image", "small", "original"])
def test_nobody_else_opens_the_papers_of_a_draft(name, person):
    page = live_pages(a_material(1))[0]
    args = {"viewer": [page.material_id], "page_image": [page.pk, 1]}.get(name, [page.pk])
    assert signed_in(person()).get(reverse(f"materials:{name}", args=args)).status_code == 404


def test_a_page_of_a_file_that_has_none_such_is_not_found():
    page = live_pages(a_material(1))[0]
    assert signed_in(a_worker_user()).get(reverse("materials:page_image", args=[page.pk, 2])).status_code == 404


def test_the_window_reads_and_the_reading_is_noted_once_a_day():
    case = a_submitted_case()
    material = case.materials.get(kind="diagnosis")
    client = signed_in(a_clerk())
    place = reverse("materials:viewer", args=[material.pk])
    with moment.fixed(MONDAY):
        client.get(place)
        client.get(place)
    with moment.fixed(MONDAY + timedelta(days=1)):
        client.get(place)
    notes = LedgerEntry.objects.filter(chain=case.chain, act="data.read")
    assert [note.facts["what"] for note in notes] == ["材料：有效的诊断证明"] * 2


def test_buttons_move_and_remove_pages_without_script():
    material = a_material()
    client = signed_in(a_worker_user())
    first, second, _ = live_pages(material)
    client.post(reverse("materials:shift", args=[second.pk]), {"to": "up", "next": "/portal/"})
    assert names(material) == ["1.png", "0.png", "2.png"]
    answer = client.post(reverse("materials:remove", args=[first.pk]), {"next": "https://evil.example/"})
    assert answer["Location"] == "/"
    assert names(material) == ["1.png", "2.png"]
    client.post(reverse("materials:shift", args=[second.pk]), {"to": "down"})
    assert names(material) == ["2.png", "1.png"]


def test_looking_never_changes_anything():
    page = live_pages(a_material(1))[0]
    client = signed_in(a_worker_user())
    assert client.get(reverse("materials:remove", args=[page.pk])).status_code == 405
    assert client.get(reverse("materials:shift", args=[page.pk])).status_code == 405
