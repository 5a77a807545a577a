"""Who looks at which paper and who changes it, from tables; leaves counted through; files that are not what they are called."""

import io
import threading
from datetime import date, timedelta
from hashlib import sha256
from types import SimpleNamespace
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import Post, User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_member,
    a_reviewer,
    a_worker_user,
    an_applicant,
    an_employer_user,
    an_expert_user,
    an_office,
    an_outsider,
)
from gongjian.appraisal.models import SupplementNotice
from gongjian.appraisal.states import State
from gongjian.appraisal.tests.builders import a_draft
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case
from gongjian.cases.tests.builders import RECEIVED, a_case, put_in_state
from gongjian.kernel import moment
from gongjian.kernel.evidence.errors import EvidenceBroken, EvidenceTooLarge, KindNotAllowed
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.ledger.queries import readings_of
from gongjian.law.errors import RuleError
from gongjian.materials import actions
from gongjian.materials.access import may_see, opening
from gongjian.materials.actions import add_page, hand_over, material_of, remove_page, reorder, shift_page
from gongjian.materials.catalog import KINDS, OF_APPRAISAL, kind_of
from gongjian.materials.errors import (
    KindNotListed,
    MaterialClosed,
    MaterialNotFound,
    OrderIncomplete,
    PageNumberWrong,
    TooManyPages,
)
from gongjian.materials.models import Material, MaterialPage
from gongjian.materials.queries import (
    held_kinds,
    in_catalogue_order,
    leaf,
    leaf_count,
    live_pages,
    material_for,
    materials_of,
    page_for,
    visible_materials,
)
from gongjian.materials.tests.builders import a_pdf, a_picture
from gongjian.parties.models import Mandate

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
HEALTH = ("application_form", "diagnosis", "medical_records", "identity", "other")
OPEN_TO_ALL_PARTIES = ("relation_proof", "mandate", "recognition_decision")


@pytest.fixture(autouse=True)
def monday():
    with moment.fixed(RECEIVED + timedelta(hours=1)):
        yield


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def an_agent_user() -> User:
    return an_applicant("19900000004", "何律")


def a_relative_user() -> User:
    return an_applicant("19900000003", "林素秋")


def a_case_with_everybody() -> Case:
    """A case whose parties are of every capacity."""
    case = a_case()
    join_case(case, a_relative_user(), capacity="relative")
    mandate = Mandate.objects.create(
        person=case.person, agent=an_agent_user(), capacity="agent", valid_from=RECEIVED.date()
    )
    join_case(case, an_agent_user(), capacity="agent", mandate=mandate)
    join_case(case, an_employer_user(), capacity="employer")
    return case


def a_scan(kind: str = "medical_records", *, case: Case | None = None, number: int = 0) -> MaterialPage:
    """A page that the window has scanned into a submitted case."""
    return add_page(material_of(kind, case=case or a_case()), a_picture(number), name=f"scan{number}.png", by=a_clerk())


def a_bundle(pages: int = 3) -> Material:
    """The medical records of a case, with some pages scanned by the window."""
    case = a_case()
    return [a_scan(case=case, number=number).material for number in range(pages)][-1]


def names(material: Material) -> list[str]:
    return [page.name for page in live_pages(material)]


# Who looks at what: every person against every kind.


def readers(kind: str) -> dict[str, bool]:
    """Whether each kind of person sees a paper of this kind in a case."""
    material = a_scan(kind, case=a_case_with_everybody()).material
    elsewhere = an_office("QT", "他市劳动能力鉴定委员会")
    people = {
        **{role.value: a_member(role) for role in Role},
        **{f"{role.value} elsewhere": a_member(role, office=elsewhere) for role in Role},
        "worker": a_worker_user(),
        "relative": a_relative_user(),
        "agent": an_agent_user(),
        "employer": an_employer_user(),
        "expert": an_expert_user(),
        "outsider": an_outsider(),
    }
    return {name: may_see(user, material) for name, user in people.items()}


def expected_readers(*, employer: bool, staff: bool) -> dict[str, bool]:
    """While papers are checked: the window reads about health, other staff do not; `staff`: all of them read this kind."""
    return {
        **{role.value: staff for role in Role},
        "window_clerk": True,
        "administrator": False,
        **{f"{role.value} elsewhere": False for role in Role},
        "worker": True,
        "relative": True,
        "agent": True,
        "employer": employer,
        "expert": False,
        "outsider": False,
    }


def test_the_two_lists_of_kinds_are_the_catalogue_of_the_appraisal():
    assert {*HEALTH, *OPEN_TO_ALL_PARTIES} == {kind.code for kind in OF_APPRAISAL}
    assert {kind.code for kind in OF_APPRAISAL if kind.sensitive} == set(HEALTH)


@pytest.mark.parametrize("kind", HEALTH)
def test_papers_about_health_are_for_the_window_that_checks_them_and_who_stands_for_the_person(kind):
    assert readers(kind) == expected_readers(employer=False, staff=False)


@pytest.mark.parametrize("kind", OPEN_TO_ALL_PARTIES)
def test_papers_not_about_health_are_for_all_staff_and_the_employer_too(kind):
    assert readers(kind) == expected_readers(employer=True, staff=True)


@pytest.mark.parametrize("state", sorted(set(State) - {State.ARCHIVED}))
def test_in_every_state_the_same_parties_see_the_same_papers_and_the_reviewer_only_when_reviewing(state):
    page = a_scan(case=a_case_with_everybody())
    put_in_state(page.material.case, state)
    people = (a_worker_user(), a_reviewer(), an_employer_user(), an_outsider(), an_expert_user())
    material = Material.objects.get(pk=page.material_id)
    assert [may_see(user, material) for user in people] == [True, state == State.OPINED, False, False, False]


def test_the_employer_sees_the_paper_about_health_that_it_handed_in_itself_and_no_other():
    case = a_case_with_everybody()
    own, other = a_scan("diagnosis", case=case), a_scan("medical_records", case=case, number=1)
    MaterialPage.objects.filter(pk=own.pk).update(added_by=an_employer_user())
    assert [each.kind for each in visible_materials(case, by=an_employer_user())] == ["diagnosis"]
    with pytest.raises(MaterialNotFound):
        page_for(other.pk, by=an_employer_user())


@pytest.mark.parametrize("name", ["viewer", "page_image", "small", "original"])
@pytest.mark.parametrize("person", [an_employer_user, an_outsider, an_expert_user])
def test_no_address_of_a_paper_opens_to_who_may_not_see_it(name, person):
    page = a_scan(case=a_case_with_everybody())
    args = {"viewer": [page.material_id], "page_image": [page.pk, 1]}.get(name, [page.pk])
    hidden = signed_in(person()).get(reverse(f"materials:{name}", args=args))
    missing = signed_in(person()).get(reverse(f"materials:{name}", args=[10**6, *args[1:]]))
    assert (hidden.status_code, missing.status_code) == (404, 404)


@pytest.mark.parametrize("name", ["viewer", "page_image", "small", "original"])
def test_who_is_not_signed_in_is_led_to_the_sign_in_page(name):
    page = a_scan()
    args = {"viewer": [page.material_id], "page_image": [page.pk, 1]}.get(name, [page.pk])
    answer = Client().get(reverse(f"materials:{name}", args=args))
    assert answer["Location"].startswith(reverse("accounts:sign_in"))


@pytest.mark.parametrize("pk", [0, 2**31, 2**63, 10**30])
def test_a_number_no_paper_has_is_not_found_however_large(pk):
    client = signed_in(a_clerk())
    assert client.get(reverse("materials:viewer", args=[pk])).status_code == 404
    assert client.get(reverse("materials:original", args=[pk])).status_code == 404


def test_a_page_that_was_taken_out_is_shown_to_nobody():
    page = a_scan()
    remove_page(page.pk, by=a_clerk())
    with pytest.raises(MaterialNotFound):
        page_for(page.pk, by=a_clerk())
    assert signed_in(a_clerk()).get(reverse("materials:original", args=[page.pk])).status_code == 404


def test_who_left_the_office_no_longer_looks():
    page, clerk = a_scan(), a_clerk()
    Post.objects.filter(user=clerk).update(ended_on=date(2026, 3, 1))
    with pytest.raises(MaterialNotFound):
        material_for(page.material_id, by=User.objects.get(pk=clerk.pk))


# Who changes what.


def openings(state: State, *, noticed: bool = False) -> dict[str, Any]:
    """Since when each kind of person may add papers in a state; False: not at all."""
    case = a_case_with_everybody()
    if noticed:
        SupplementNotice.objects.create(
            case=case, items=[], sent_at=RECEIVED + timedelta(minutes=30), sent_by=a_clerk(), due_on=date(2026, 3, 12)
        )
    material = material_of("medical_records", case=case)
    put_in_state(case, state)
    material.refresh_from_db()
    people = {
        "clerk": a_clerk(),
        "reviewer": a_reviewer(),
        "worker": a_worker_user(),
        "employer": an_employer_user(),
        "outsider": an_outsider(),
        "expert": an_expert_user(),
    }
    return {name: (found.since if (found := opening(user, material)) else False) for name, user in people.items()}


NOBODY = dict.fromkeys(("clerk", "reviewer", "worker", "employer", "outsider", "expert"), False)


def test_before_acceptance_only_the_window_adds_papers_and_what_came_in_stays():
    assert openings(State.SUBMITTED) == {**NOBODY, "clerk": RECEIVED}


def test_during_the_supplement_who_applied_and_the_window_add_papers_and_what_came_before_the_notice_stays():
    sent = RECEIVED + timedelta(minutes=30)
    assert openings(State.SUPPLEMENT, noticed=True) == {**NOBODY, "clerk": sent, "worker": sent}


@pytest.mark.parametrize("state", sorted(set(State) - {State.SUBMITTED, State.SUPPLEMENT, State.ARCHIVED}))
def test_in_every_other_state_nobody_changes_papers(state):
    assert openings(state, noticed=True) == NOBODY


@pytest.mark.parametrize("act", ["add", "remove", "shift", "reorder"])
@pytest.mark.parametrize(
    ("person", "refusal"),
    [(a_reviewer, MaterialNotFound), (a_worker_user, MaterialClosed), (an_outsider, MaterialNotFound)],
)
def test_who_may_look_is_told_it_is_closed_and_who_may_not_is_told_nothing(act, person, refusal):
    page = a_scan()
    user = person()
    acts = {
        "add": lambda: add_page(page.material, a_picture(9), name="x.png", by=user),
        "remove": lambda: remove_page(page.pk, by=user),
        "shift": lambda: shift_page(page.pk, by=user, places=1),
        "reorder": lambda: reorder(page.material, [page.pk], by=user),
    }
    with pytest.raises(refusal):
        acts[act]()
    assert names(page.material) == ["scan0.png"]


def test_one_clerk_does_not_take_back_the_scan_of_another():
    page = a_scan()
    with pytest.raises(MaterialClosed):
        remove_page(page.pk, by=a_member(Role.WINDOW_CLERK, "陈二窗"))
    assert names(page.material) == ["scan0.png"]


@pytest.mark.parametrize("post", ["remove", "shift"])
def test_a_button_pressed_by_a_stranger_changes_nothing(post):
    material = a_bundle(2)
    page = live_pages(material)[1]
    answer = signed_in(an_outsider()).post(reverse(f"materials:{post}", args=[page.pk]), {"to": "up"})
    assert answer.status_code == 404
    assert names(material) == ["scan0.png", "scan1.png"]


def test_a_form_from_another_site_moves_no_page():
    page = live_pages(a_bundle(2))[1]
    client = Client(enforce_csrf_checks=True)
    client.force_login(a_clerk(), backend=BACKEND)
    assert client.post(reverse("materials:shift", args=[page.pk]), {"to": "up"}).status_code == 403


# Order.


@pytest.mark.parametrize(
    ("which", "places", "order"),
    [
        (0, -1, "0123"),
        (0, 1, "1023"),
        (0, 3, "1230"),
        (0, 99, "1230"),
        (3, 1, "0123"),
        (3, -1, "0132"),
        (3, -99, "3012"),
        (1, 0, "0123"),
        (2, -2, "2013"),
    ],
)
def test_a_page_moves_as_far_as_there_is_room(which, places, order):
    material = a_bundle(4)
    shift_page(live_pages(material)[which].pk, by=a_clerk(), places=places)
    assert "".join(name[4] for name in names(material)) == order
    assert [page.order for page in live_pages(material)] == [1, 2, 3, 4]


def test_a_single_page_stays_where_it_is():
    page = a_scan()
    assert shift_page(page.pk, by=a_clerk(), places=-1) == page.material
    assert shift_page(page.pk, by=a_clerk(), places=1) == page.material
    assert [each.order for each in live_pages(page.material)] == [1]


def test_a_page_that_was_taken_out_is_not_moved_and_not_named_in_an_order():
    material = a_bundle(3)
    first, second, third = live_pages(material)
    remove_page(second.pk, by=a_clerk())
    with pytest.raises(MaterialNotFound):
        shift_page(second.pk, by=a_clerk(), places=1)
    with pytest.raises(OrderIncomplete):
        reorder(material, [third.pk, second.pk, first.pk], by=a_clerk())
    reorder(material, [third.pk, first.pk], by=a_clerk())
    assert names(material) == ["scan2.png", "scan0.png"]


def test_pages_of_another_material_are_not_put_into_this_order():
    material, other = a_bundle(2), a_scan()
    first, second = live_pages(material)
    with pytest.raises(OrderIncomplete):
        reorder(material, [first.pk, other.pk], by=a_clerk())
    with pytest.raises(OrderIncomplete):
        reorder(material, [first.pk, second.pk, other.pk], by=a_clerk())


def test_after_a_page_was_taken_out_the_next_one_stands_last():
    material = a_bundle(3)
    remove_page(live_pages(material)[1].pk, by=a_clerk())
    a_scan(case=material.case, number=7)
    assert names(material) == ["scan0.png", "scan2.png", "scan7.png"]


def test_the_last_page_taken_out_and_sent_again_is_a_new_page():
    page = a_scan()
    remove_page(page.pk, by=a_clerk())
    again = a_scan(case=page.material.case)
    assert again.pk != page.pk
    assert again.evidence_id == page.evidence_id
    assert MaterialPage.objects.count() == 2


def test_every_change_of_a_cases_papers_stands_in_its_ledger_without_names_of_files():
    material = a_bundle(2)
    first, second = live_pages(material)
    shift_page(second.pk, by=a_clerk(), places=-1)
    remove_page(first.pk, by=a_clerk())
    entries = LedgerEntry.objects.filter(chain=material.case.chain, act__startswith="material.")
    assert [entry.act.removeprefix("material.") for entry in entries] == [
        "page_added",
        "page_added",
        "reordered",
        "page_removed",
    ]
    assert "scan" not in str([entry.facts for entry in entries])


def at_once(*acts) -> list[object]:
    gate, came = threading.Barrier(len(acts)), []

    def do(act) -> None:
        gate.wait()
        try:
            came.append(act())
        except RuleError as error:
            came.append(type(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


@pytest.mark.django_db(transaction=True)
def test_two_who_move_pages_at_once_leave_every_page_in_one_place():
    material, clerk = a_bundle(4), a_clerk()
    pages = live_pages(material)
    at_once(
        lambda: shift_page(pages[0].pk, by=clerk, places=3).pk,
        lambda: shift_page(pages[3].pk, by=clerk, places=-3).pk,
    )
    assert [page.order for page in live_pages(material)] == [1, 2, 3, 4]
    assert sorted(names(material)) == [f"scan{number}.png" for number in range(4)]


@pytest.mark.django_db(transaction=True)
def test_one_who_orders_and_one_who_takes_out_at_once_lose_no_page():
    material, clerk = a_bundle(3), a_clerk()
    first, second, third = (page.pk for page in live_pages(material))
    came = at_once(
        lambda: reorder(material, [third, second, first], by=clerk),
        lambda: remove_page(second, by=clerk).pk,
    )
    assert MaterialNotFound not in came
    assert {page.pk for page in live_pages(material)} == {first, third}
    assert MaterialPage.objects.filter(material=material).count() == 3


@pytest.mark.django_db(transaction=True)
def test_the_last_free_place_is_given_once_of_two_who_want_it_at_once(monkeypatch):
    material, clerk = a_bundle(2), a_clerk()
    monkeypatch.setattr(actions, "MOST_PAGES", 3)
    came = at_once(*[lambda n=n: add_page(material, a_picture(n), name="x.png", by=clerk).order for n in (5, 6)])
    assert sorted(came, key=str) == [3, TooManyPages]


@pytest.mark.django_db(transaction=True)
def test_a_material_asked_for_at_once_is_made_once():
    case = a_case()
    came = at_once(*[lambda: material_of("diagnosis", case=case).pk] * 4)
    assert len(set(came)) == 1


# Leaves.


def a_stack(*counts: int) -> list[Any]:
    """Files of so many pages each, as far as counting leaves is concerned."""
    return [
        SimpleNamespace(name=place, evidence=SimpleNamespace(page_count=count)) for place, count in enumerate(counts)
    ]


@pytest.mark.parametrize("counts", [(300,), (1,) * 300, (100, 100, 100), (299, 1), (1, 299), (7, 0, 293)])
def test_l12_three_hundred_leaves_are_turned_one_by_one_whatever_files_they_are_in(counts):
    stack = a_stack(*counts)
    turned = [leaf(stack, number) for number in range(1, 301)]
    assert [each.number for each in turned] == list(range(1, 301))
    places: list[tuple[Any, int]] = [(each.page.name, each.within) for each in turned]
    assert places == [(place, within) for place, count in enumerate(counts) for within in range(1, count + 1)]
    assert leaf_count(stack) == 300


@pytest.mark.parametrize("number", [0, -1, 301, 10**9])
def test_a_leaf_before_the_first_or_after_the_last_is_not_found_and_says_how_many_there_are(number):
    with pytest.raises(PageNumberWrong, match="300页"):
        leaf(a_stack(100, 200), number)


def test_of_nothing_there_is_no_leaf():
    assert leaf_count([]) == 0
    with pytest.raises(PageNumberWrong, match="0页"):
        leaf([], 1)


@pytest.mark.parametrize("told", ["", "x", "-1", "1.5", "１", "9999999", "1 OR 1=1", "²"])
def test_a_page_number_that_is_none_shows_the_first_page(told):
    page = a_scan()
    answer = signed_in(a_clerk()).get(reverse("materials:viewer", args=[page.material_id]), {"n": told})
    assert answer.status_code == 200
    assert "第 1 页" in answer.content.decode()


@pytest.mark.parametrize("zoom", ["0", "3", "x", "-1", "999999"])
def test_a_zoom_that_is_none_shows_the_page_at_its_size(zoom):
    page = a_scan()
    client = signed_in(a_clerk())
    plain = client.get(reverse("materials:page_image", args=[page.pk, 1]))
    odd = client.get(reverse("materials:page_image", args=[page.pk, 1]), {"zoom": zoom})
    assert plain.content == odd.content


def test_a_material_whose_pages_were_all_taken_out_shows_no_page():
    page = a_scan()
    remove_page(page.pk, by=a_clerk())
    assert signed_in(a_clerk()).get(reverse("materials:viewer", args=[page.material_id])).status_code == 404


# Files that are not what they are called.


def a_zip() -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("x.txt", "x")
    return file.getvalue()


NOT_OURS = {
    "page.png": b"<!doctype html><script>alert(1)</script>",
    "drawing.png": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "photo.jpg": b"MZ\x90\x00" + b"\x00" * 200,
    "records.pdf": b"%!PS-Adobe-3.0\n",
    "moving.png": b"GIF89a" + b"\x00" * 40,
    "archive.pdf": a_zip(),
    "script.pdf": b"#!/bin/sh\nrm -rf /\n",
    "letter.pdf": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    "text.jpg": "诊断证明".encode(),
}


@pytest.mark.parametrize("name", NOT_OURS)
def test_what_a_file_is_called_does_not_make_it_one_of_ours(name):
    case = a_case()
    with pytest.raises((KindNotAllowed, EvidenceBroken)):
        add_page(material_of("other", case=case), io.BytesIO(NOT_OURS[name]), name=name, by=a_clerk())
    assert not MaterialPage.objects.exists()
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("tail", [b"<script>alert(1)</script>", a_zip(), b"%PDF-1.7\n%%EOF"])
def test_a_picture_that_is_something_else_too_is_refused(tail):
    case = a_case()
    with pytest.raises((KindNotAllowed, EvidenceBroken)):
        add_page(material_of("other", case=case), io.BytesIO(a_picture().getvalue() + tail), name="x.png", by=a_clerk())
    assert not MaterialPage.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", a_picture().getvalue()[:-20], b"%PDF-1.7\n"])
def test_a_file_that_is_empty_or_cut_is_refused(content):
    case = a_case()
    with pytest.raises((EvidenceBroken, KindNotAllowed)):
        add_page(material_of("other", case=case), io.BytesIO(content), name="x.png", by=a_clerk())
    assert not MaterialPage.objects.exists()


def test_a_pdf_that_is_called_a_picture_is_kept_as_the_pdf_it_is():
    page = add_page(material_of("other", case=a_case()), a_pdf(2), name="photo.png", by=a_clerk())
    assert (page.evidence.kind, page.evidence.page_count, page.name) == ("pdf", 2, "photo.png")
    answer = signed_in(a_clerk()).get(reverse("materials:original", args=[page.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert "photo.pdf" in answer["Content-Disposition"]


def test_a_file_above_the_limit_leaves_nothing(settings):
    settings.EVIDENCE_MAX_BYTES = 50
    with pytest.raises(EvidenceTooLarge):
        add_page(material_of("other", case=a_case()), a_picture(200), name="x.png", by=a_clerk())
    assert not MaterialPage.objects.exists()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd.png"),
        ("..\\..\\boot.ini", "boot.ini.png"),
        ("/etc/shadow", "shadow.png"),
        ("C:\\Users\\a\\x.png", "x.png"),
        ("a\r\nSet-Cookie: b=c.png", "aSet-Cookie: b=c.png"),
        ("x.png.exe", "x.png.exe.png"),
        ("\u202egnp.exe", "gnp.exe.png"),
        ("...", None),
        (".png", None),
        ("x.html", "x.html.png"),
    ],
    ids=ascii,
)
def test_a_name_that_plays_tricks_is_harmless_when_the_file_is_handed_out(name, shown):
    page = add_page(material_of("other", case=a_case()), a_picture(), name=name, by=a_clerk())
    answer = signed_in(a_clerk()).get(reverse("materials:original", args=[page.pk]))
    told = answer["Content-Disposition"]
    assert told.startswith("attachment")
    assert (shown or ".png") in told
    assert not {"..", "/", "\\", "\r", "\n"} & {told[place : place + 2] for place in range(len(told))}
    assert "/etc" not in told
    assert answer["Content-Type"] == "image/png"


def test_a_name_that_is_too_long_keeps_its_end():
    page = add_page(material_of("other", case=a_case()), a_picture(), name="长" * 300 + "末页.png", by=a_clerk())
    assert len(page.name) == 120
    assert page.name.endswith("末页.png")


@pytest.mark.parametrize("content", [a_picture(3).getvalue(), a_pdf(2).getvalue()], ids=["png", "pdf"])
def test_l02_the_hash_told_is_the_hash_of_what_is_stored_and_of_what_is_handed_out(content):
    page = add_page(material_of("other", case=a_case()), io.BytesIO(content), name="x", by=a_clerk())
    with open_evidence(page.evidence) as stored:
        kept = stored.read()
    answer: Any = signed_in(a_clerk()).get(reverse("materials:original", args=[page.pk]))
    handed_out = b"".join(answer.streaming_content)
    hashes = {sha256(each).hexdigest() for each in (content, kept, handed_out)} | {page.evidence.sha256}
    assert hashes == {sha256(content).hexdigest()}
    entry = LedgerEntry.objects.get(act="material.page_added")
    assert entry.facts["sha256"] == page.evidence.sha256


# Belonging.


def test_a_kind_stands_once_in_a_case_and_once_in_a_draft():
    case = a_case()
    assert material_of("other", case=case).pk == material_of("other", case=case).pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Material.objects.create(case=case, kind="other", title="x")


def test_a_material_of_nobody_is_refused_by_the_database():
    with pytest.raises(IntegrityError, match="material_belongs_somewhere"), transaction.atomic():
        Material.objects.create(kind="other", title="x")


def test_a_page_is_not_taken_out_before_it_came():
    page = a_scan()
    with pytest.raises(IntegrityError, match="removed_after_it_was_added"), transaction.atomic():
        MaterialPage.objects.filter(pk=page.pk).update(removed_at=page.added_at - timedelta(seconds=1))


@pytest.mark.parametrize("code", ["", "x", "OTHER", "other ", "__class__"])
def test_a_kind_that_is_not_in_the_catalogue_makes_no_material(code):
    with pytest.raises(KindNotListed):
        kind_of(code)
    with pytest.raises(KindNotListed):
        material_of(code, case=a_case())
    assert not Material.objects.exists()


def test_a_draft_is_handed_over_once_with_its_pages_in_order():
    draft, case = a_draft(), a_case()
    first = [page.pk for page in hand_over(draft.pk, case, case.person)]
    again = [page.pk for page in hand_over(draft.pk, case, case.person)]
    assert first == again
    assert len(first) == 3
    assert {material.case_id for material in Material.objects.all()} == {case.pk}


def test_papers_are_listed_in_the_order_in_which_they_are_asked_for():
    case = a_case()
    for number, kind in enumerate(reversed(list(KINDS))):
        a_scan(kind, case=case, number=number)
    assert [each.kind for each in in_catalogue_order(materials_of(case))] == list(KINDS)


def test_what_was_taken_out_is_not_held_about_a_person():
    page = a_scan("identity")
    assert held_kinds(page.material.person_id) == {"identity"}
    remove_page(page.pk, by=a_clerk())
    assert held_kinds(page.material.person_id) == set()


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_only_what_stays_true_is_held_for_the_next_time(kind):
    page = a_scan(kind)
    assert held_kinds(page.material.person_id) == ({kind} & {"identity", "recognition_decision"})


# Reading.


def test_each_reader_is_noted_by_name_and_each_paper_by_its_title():
    case = a_case()
    diagnosis, records = a_scan("diagnosis", case=case), a_scan("medical_records", case=case, number=1)
    other = a_member(Role.WINDOW_CLERK, "陈二窗")
    for user in (a_clerk(), other):
        signed_in(user).get(reverse("materials:viewer", args=[diagnosis.material_id]))
    signed_in(a_clerk()).get(reverse("materials:original", args=[records.pk]))
    noted = {(entry.by, entry.facts["what"]) for entry in readings_of(case.chain)}
    assert noted == {
        (a_clerk(), "材料：有效的诊断证明"),
        (other, "材料：有效的诊断证明"),
        (a_clerk(), f"材料：{KINDS['medical_records'].title}"),
    }


def test_the_small_picture_in_a_list_is_no_reading():
    page = a_scan()
    signed_in(a_clerk()).get(reverse("materials:small", args=[page.pk]))
    assert not readings_of(page.material.case.chain).exists()


def test_reading_just_before_and_just_after_midnight_is_noted_twice():
    page = a_scan()
    client, place = signed_in(a_clerk()), reverse("materials:viewer", args=[page.material_id])
    for at in (moment.at(date(2026, 3, 3), 23, 59), moment.at(date(2026, 3, 4), 0, 0)):
        with moment.fixed(at):
            client.get(place)
    assert readings_of(page.material.case.chain).count() == 2
