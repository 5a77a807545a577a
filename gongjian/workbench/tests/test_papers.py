"""The papers beside the form: turned leaf by leaf, as fast for three hundred as for three."""

import re
from datetime import timedelta
from typing import Any

import pytest

from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.materials.models import MaterialPage
from gongjian.opinions.actions.declare import declare_no_conflict
from gongjian.opinions.queries.access import duty_for
from gongjian.opinions.queries.papers import papers_of
from gongjian.opinions.tests.builders import the_experts
from gongjian.workbench.tests.builders import a_case_on_the_table, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("exam_day")]
HX = {"HX-Request": "true"}


@pytest.fixture
def thick(seated: Any) -> Any:
    """A case with a diagnosis, a picture and a PDF of twelve leaves, declared by the first expert, and that expert's browser."""
    _, code = a_case_on_the_table(seated, leaves=12)
    user = the_experts(1)[0]
    declare_no_conflict(code, by=user)
    return code, user, signed_in(user)


def images(body: str) -> list[str]:
    return re.findall(r'<img src="([^"]+)"', body)


@pytest.mark.parametrize(
    ("asked", "number", "title", "within"),
    [
        (1, 1, "有效的诊断证明", 1),
        (2, 2, "完整的病历资料", 1),
        (3, 3, "完整的病历资料", 1),
        (14, 14, "完整的病历资料", 12),
        (99, 14, "完整的病历资料", 12),
        (0, 1, "有效的诊断证明", 1),
        (-5, 1, "有效的诊断证明", 1),
    ],
)
def test_leaves_are_counted_through_all_papers(thick, asked, number, title, within):
    code, user, _ = thick
    papers = papers_of(duty_for(code, by=user), asked)
    assert papers.leaf is not None
    assert papers.stack is not None
    assert (papers.total, papers.number, papers.stack.title, papers.leaf.within) == (14, number, title, within)


@pytest.mark.parametrize(("number", "before", "after"), [(1, None, 2), (7, 6, 8), (14, 13, None)])
def test_a_leaf_knows_its_neighbours(thick, number, before, after):
    code, user, _ = thick
    papers = papers_of(duty_for(code, by=user), number)
    assert (papers.before, papers.after) == (before, after)
    assert (papers.ahead is None) == (after is None)


def test_identity_papers_are_not_among_them(thick):
    code, user, _ = thick
    assert [stack.title for stack in papers_of(duty_for(code, by=user)).stacks] == ["有效的诊断证明", "完整的病历资料"]


def test_before_the_declaration_there_are_no_papers(thick):
    code, _, _ = thick
    papers = papers_of(duty_for(code, by=the_experts(2)[1]))
    assert (papers.total, papers.leaf, papers.stacks) == (0, None, ())


def test_a_case_without_papers_says_so(seated):
    _, code = a_case_on_the_table(seated)
    user = the_experts(1)[0]
    declare_no_conflict(code, by=user)
    MaterialPage.objects.update(removed_at=moment.now() + timedelta(days=400))
    assert "没有可看的诊断和病历" in str(signed_in(user).get(f"/expert/{code}/opinion/").content.decode())


def test_l12_a_page_shows_one_picture_however_thick_the_file(seated):
    _, code = a_case_on_the_table(seated, leaves=300)
    user = the_experts(1)[0]
    declare_no_conflict(code, by=user)
    body = signed_in(user).get(f"/expert/{code}/opinion/").content.decode()
    assert len(images(body)) == 1
    assert "/ 302" in body


def test_each_leaf_is_a_link_that_works_without_script(thick):
    code, _, client = thick
    body = client.get(f"/expert/{code}/opinion/?n=2").content.decode()
    assert f'href="/expert/{code}/opinion/?n=3&amp;zoom=1"' in body
    assert 'rel="next"' in body


@pytest.mark.parametrize("asked", ["x", "", "1e3", "９"])
def test_a_leaf_number_that_is_none_opens_the_first(thick, asked):
    code, _, client = thick
    assert 'name="n" value="1"' in client.get(f"/expert/{code}/opinion/?n={asked}").content.decode()


def test_turning_fetches_the_leaf_alone(thick):
    code, _, client = thick
    body = client.get(f"/expert/{code}/paper/?n=5", headers=HX).content.decode()
    assert body.lstrip().startswith('<div id="_paper"')
    assert 'name="n" value="5"' in body


def test_zoom_asks_for_the_larger_picture(thick):
    code, _, client = thick
    assert images(client.get(f"/expert/{code}/paper/?n=5&zoom=2").content.decode())[0].endswith("?zoom=2")


def test_the_picture_is_there_and_its_reading_is_noted(thick):
    code, user, client = thick
    address = images(client.get(f"/expert/{code}/opinion/?n=2").content.decode())[0]
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert LedgerEntry.objects.filter(act="data.read", by=user).count() == 1


def test_l24_the_picture_is_not_there_for_who_has_not_declared(thick):
    code, _, client = thick
    address = images(client.get(f"/expert/{code}/opinion/?n=2").content.decode())[0]
    assert signed_in(the_experts(2)[1]).get(address).status_code == 404
