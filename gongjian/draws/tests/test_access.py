"""Who sees which draw, and by which address."""

import pytest
from django.urls import reverse

from gongjian.accounts.models import Post
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_draw_officer,
    a_member,
    a_province,
    a_reviewer,
    a_scheduler,
    a_supervisor,
    a_worker_user,
    an_exam_staff,
    an_expert_user,
    an_office,
    an_outsider,
)
from gongjian.draws.actions import door
from gongjian.draws.errors import DrawNotFound
from gongjian.draws.queries import draw_by_key, draw_for, published_receipt, visible_to
from gongjian.draws.queries.access import published
from gongjian.draws.tests.house import DRAWN, a_committed, a_held, an_open_door
from gongjian.draws.tests.pages import as_
from gongjian.sittings.tests.builders import at

pytestmark = pytest.mark.django_db
SEEING = [a_draw_officer, an_exam_staff, a_supervisor]
BLIND = [a_clerk, a_reviewer, a_scheduler, a_worker_user, an_expert_user, an_outsider]


@pytest.mark.parametrize("who", SEEING)
def test_who_draws_stands_at_the_door_or_supervises_sees_the_offices_draws(who):
    draw = a_committed()
    assert list(visible_to(who())) == [draw]
    assert draw_for(draw.number, by=who()) == draw


@pytest.mark.parametrize("who", BLIND)
def test_l08_everybody_else_sees_none_in_any_way(who):
    draw = a_committed()
    user = who()
    assert not visible_to(user).exists()
    with pytest.raises(DrawNotFound):
        draw_for(draw.number, by=user)
    browser = as_(user)
    for name in ("conduct", "codes", "staff_receipt"):
        assert browser.get(reverse(f"draws:{name}", args=[draw.number])).status_code == 404
    for name in ("hold", "void", "close", "leaves"):
        assert browser.post(reverse(f"draws:{name}", args=[draw.number])).status_code == 404
    assert draw.number not in browser.get(reverse("draws:list")).content.decode()


def test_a_hidden_draw_and_one_that_does_not_exist_answer_alike():
    draw = a_committed()
    browser = as_(a_clerk())
    hidden = browser.get(reverse("draws:conduct", args=[draw.number]))
    missing = browser.get(reverse("draws:conduct", args=["YXJD-C2026-09999"]))
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert str(DrawNotFound()) in hidden.content.decode()
    assert str(DrawNotFound()) in missing.content.decode()


def test_an_officer_of_another_city_sees_none():
    draw = a_committed()
    other = a_member(Role.DRAW_OFFICER, office=an_office("BZJD", "邻州市劳动能力鉴定委员会"))
    assert not visible_to(other).exists()
    with pytest.raises(DrawNotFound):
        draw_for(draw.number, by=other)


def test_a_supervisor_of_the_province_sees_the_citys():
    draw = a_committed()
    supervisor = a_member(Role.SUPERVISOR, office=a_province())
    assert list(visible_to(supervisor)) == [draw]


def test_a_post_that_ended_shows_nothing():
    a_committed()
    officer = a_draw_officer()
    Post.objects.filter(user=officer).update(ended_on=DRAWN.date())
    assert not visible_to(type(officer).objects.get(pk=officer.pk)).exists()


def test_the_hall_sees_a_draw_by_its_key_and_by_no_other():
    draw = a_committed()
    assert draw_by_key(draw.number, draw.view_key) == draw
    for number, key in ((draw.number, "x"), (draw.number, "钥匙"), ("YXJD-C2026-09999", draw.view_key)):
        with pytest.raises(DrawNotFound):
            draw_by_key(number, key)


@pytest.mark.parametrize("name", ["list", "recusal_list"])
def test_pages_of_staff_lead_a_stranger_to_the_sign_in(name):
    answer = as_().get(reverse(f"draws:{name}"))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/")


def test_a_receipt_is_public_once_the_draw_is_closed_and_not_before():
    draw = a_held()
    with pytest.raises(DrawNotFound):
        published_receipt(draw.number)
    assert as_().get(reverse("draws:receipt", args=[draw.number])).status_code == 404
    with at(DRAWN):
        door.close(draw, by=a_draw_officer())
    answer = as_().get(reverse("draws:receipt", args=[draw.number]))
    assert answer.content.decode() == draw.receipt
    assert answer["Content-Type"] == "application/json"
    assert list(published()) == [draw]


def test_the_secret_of_an_open_door_is_given_to_nobody():
    row = an_open_door()
    addresses = [
        reverse("draws:receipt", args=[row.number]),
        reverse("draws:live_receipt", args=[row.number, row.view_key]),
        reverse("draws:staff_receipt", args=[row.number]),
    ]
    for who in (None, a_draw_officer(), an_exam_staff(), a_supervisor()):
        for address in addresses:
            answer = as_(who).get(address)
            assert answer.status_code in (302, 404)
            assert row.secret not in answer.content.decode()
    pages = [reverse("draws:conduct", args=[row.number]), reverse("draws:live", args=[row.number, row.view_key])]
    for page in pages:
        assert row.secret not in as_(an_exam_staff()).get(page).content.decode()
