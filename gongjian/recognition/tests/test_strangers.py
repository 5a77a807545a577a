"""Who has no part in a recognition: in lists, searches, files and pages there is nothing of it (L8)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import (
    a_member,
    an_applicant,
    an_expert_user,
    an_office,
    an_outsider,
)
from gongjian.cases.actions.move import join_case
from gongjian.cases.errors import CaseNotFound
from gongjian.cases.models import Case
from gongjian.cases.queries import case_for, search, visible_to, worklist
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.materials.access import may_see, opening
from gongjian.materials.queries import visible_materials
from gongjian.papers.queries import visible_papers
from gongjian.parties.tests.builders import an_id_number
from gongjian.recognition import urls
from gongjian.recognition.actions import records
from gongjian.recognition.queries import windows_of
from gongjian.recognition.tests.builders import (
    MONDAY,
    a_colleague,
    a_decided_case,
    a_proposed_case,
    an_entered_case,
    an_investigated_case,
    an_investigator,
    another_bureau,
    the_clerk,
)
from gongjian.recognition.tests.test_investigating import a_talk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
PAGES = [path.name for path in urls.urlpatterns if "<str:number>" in str(path.pattern)]
SECRETS = ("林知远", "云溪恒信机械", "工件松脱", "二车间", "示指", an_id_number(), "19900000001", "柳桥路1号")
OF_ONE = ("signed", "recording", "revision", "revision_sign", "reply", "outcome")
"""Pages of one record of a case."""
OF_TWO = ("compare", "join", "keep_apart", "reconsider")
"""Pages of a case and another one."""
HIDDEN = {403, 404, 405}
"""A page that is hidden or does not exist, or one that is only posted to."""


def a_party_of_another_case() -> User:
    other, party = an_entered_case(id_number=an_id_number(7), name="何青"), an_applicant("19900000077", "何青")
    join_case(other, party, capacity="worker", is_applicant=True)
    return party


def of_the_next_bureau(role: Role) -> Callable[[], User]:
    return lambda: a_member(role, office=another_bureau())


def of_the_committee(role: Role) -> Callable[[], User]:
    return lambda: a_member(role, office=an_office())


STRANGERS = {
    "a party of another case": a_party_of_another_case,
    "somebody without any case": an_outsider,
    "an expert": an_expert_user,
    "the next bureau's clerk": of_the_next_bureau(Role.WINDOW_CLERK),
    "the next bureau's investigator": of_the_next_bureau(Role.INVESTIGATOR),
    "the next bureau's signer": of_the_next_bureau(Role.SIGNER),
    "the next bureau's archivist": of_the_next_bureau(Role.ARCHIVIST),
    "the committee's clerk": of_the_committee(Role.WINDOW_CLERK),
    "the committee's reviewer": of_the_committee(Role.REVIEWER),
    "the committee's signer": of_the_committee(Role.SIGNER),
    "the committee's supervisor": of_the_committee(Role.SUPERVISOR),
    "the committee's administrator": of_the_committee(Role.ADMINISTRATOR),
}
everybody = pytest.mark.parametrize("who", STRANGERS.values(), ids=STRANGERS)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@everybody
def test_l08_no_list_detail_or_search_shows_a_stranger_the_case(who):
    case, stranger = a_proposed_case()[0], who()
    assert case not in visible_to(stranger)
    assert case not in [row.case for row in worklist(stranger).rows]
    for text in (case.number, case.number[:6], "林知远", "林", "lzy", an_id_number()):
        assert case not in search(stranger, text)
    with pytest.raises(CaseNotFound) as hidden:
        case_for(case.number, by=stranger)
    with pytest.raises(CaseNotFound) as missing:
        case_for("YXRS-2026-999999", by=stranger)
    assert str(hidden.value).replace(case.number, "") == str(missing.value).replace("YXRS-2026-999999", "")


@everybody
def test_l08_no_paper_and_no_file_of_the_case_opens_for_a_stranger(who):
    case, stranger = a_decided_case().case, who()
    assert case.papers.exists()
    assert case.materials.exists()
    assert not visible_papers(case, by=stranger).exists()
    assert not visible_materials(case, by=stranger)
    assert not any(may_see(stranger, material) or opening(stranger, material) for material in case.materials.all())
    client = browser(stranger)
    for paper in case.papers.all():
        assert client.get(reverse("papers:file", args=[paper.pk])).status_code in HIDDEN
    for material in case.materials.all():
        assert client.get(reverse("materials:viewer", args=[material.pk])).status_code in HIDDEN
        page = material.pages.get()
        assert client.get(reverse("materials:original", args=[page.pk])).status_code in HIDDEN
        assert client.get(reverse("materials:small", args=[page.pk])).status_code in HIDDEN


def addresses(case: Case, talk_pk: int) -> list[str]:
    """Every address of this room that names a case, and the case pages that stand above it."""
    more = {name: [talk_pk] for name in OF_ONE} | {"kept": ["photo", 1], "kept_page": ["page", 1, 1]}
    more |= {name: [case.number] for name in OF_TWO}
    own = [reverse(f"recognition:{name}", args=[case.number, *more.get(name, [])]) for name in PAGES]
    return [*own, reverse("desk:case", args=[case.number]), reverse("portal:case", args=[case.number])]


@everybody
def test_l08_every_page_of_the_case_is_closed_to_a_stranger_and_nothing_changes(who):
    case = an_investigated_case()
    with moment.fixed(MONDAY):
        talk = records.keep_interview(case, a_talk(), team=[a_colleague()], by=an_investigator())
        client = browser(who())
        version, entries = case.version, LedgerEntry.objects.filter(chain=case.chain).count()
        for address in addresses(case, talk.pk):
            for answer in (client.get(address), client.post(address, {"reason": "x", "note": "x", "seen": "x"})):
                assert answer.status_code in HIDDEN, address
                page = answer.content.decode()
                assert not [secret for secret in SECRETS if secret in page], address
    case.refresh_from_db()
    assert (case.version, LedgerEntry.objects.filter(chain=case.chain).count()) == (version, entries)


def test_every_page_of_the_room_that_names_a_case_is_tried():
    rows = get_resolver("gongjian.recognition.urls").url_patterns
    assert {row.name for row in rows if "number>" in str(row.pattern)} == set(PAGES)


@pytest.mark.parametrize("name", ["portal:window_recognition", "recognition:extension"])
@pytest.mark.parametrize("role", [Role.REVIEWER, Role.DELIVERY_CLERK, Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_nobody_but_the_bureaus_own_desks_opens_the_forms_that_begin_something(name, role):
    for office in (an_office(), another_bureau()):
        assert browser(a_member(role, office=office)).get(reverse(name)).status_code in HIDDEN


@pytest.mark.parametrize("role", list(Role))
def test_regulation_art_05_a_committee_has_no_window_for_recognitions(role):
    an_entered_case()
    assert windows_of(a_member(role, office=an_office())) == []


def test_a_party_whose_side_the_case_is_reads_no_page_of_the_staff():
    case = an_investigated_case()
    worker = an_applicant()
    join_case(case, worker, capacity="worker", is_applicant=True)
    client = browser(worker)
    staff_only = [name for name in PAGES if name not in ("evidence", "kept", "kept_page", *OF_ONE, *OF_TWO)]
    with moment.fixed(MONDAY):
        for name in staff_only:
            answer = client.get(reverse(f"recognition:{name}", args=[case.number]))
            assert answer.status_code in HIDDEN, name
        assert client.get(reverse("portal:case", args=[case.number])).status_code == 200


def test_the_worker_does_not_answer_in_the_employers_place():
    case = an_investigated_case()
    worker = an_applicant()
    join_case(case, worker, capacity="worker", is_applicant=True)
    with moment.fixed(MONDAY):
        answer = browser(worker).post(
            reverse("recognition:evidence", args=[case.number]), {"denies": "no", "statement": "认可。"}
        )
    assert answer.status_code == 403
    assert not case.materials.filter(kind="employer_evidence").exists()


def test_the_search_page_finds_a_stranger_nothing_and_its_own_clerk_the_case():
    case = an_entered_case()
    for user, found in ((the_clerk(), True), (a_member(Role.WINDOW_CLERK, office=another_bureau()), False)):
        with moment.fixed(MONDAY + timedelta(hours=1)):
            page = browser(user).post(reverse("desk:search"), {"q": "林知远"}, follow=True).content.decode()
        assert (case.number in page) is found
