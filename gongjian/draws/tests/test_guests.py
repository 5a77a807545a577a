"""Experts of other cities at our sitting: invited on record, in that sitting's pool alone, drawn by the same rules and receipt."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_clerk, a_member, a_scheduler, an_administrator, an_office, an_outsider
from gongjian.draws.lot.verify import verify_text
from gongjian.draws.queries.preparing import preparation
from gongjian.draws.tests.house import a_held, a_prepared, says
from gongjian.experts.actions import answer
from gongjian.experts.actions.inviting import invite_again, invite_guest, withdraw_invitation
from gongjian.experts.actions.pool import Told
from gongjian.experts.errors import (
    AnswerNotYours,
    ExpertCannotCome,
    InvitationGone,
    InvitationIncomplete,
    InvitedAlready,
    NoGuest,
    NotInvited,
    PoolNotYours,
    ReasonMissing,
    SittingOver,
    TitleTooLow,
)
from gongjian.experts.models import Expert, Invitation
from gongjian.experts.queries import eligible, pool
from gongjian.experts.tests.builders import an_expert, told
from gongjian.kernel.ledger.queries import entries_of
from gongjian.sittings.models import Sitting
from gongjian.sittings.queries import sittings_asking
from gongjian.sittings.tests.builders import AFTER, DAY, PLANNED, a_sitting, at

pytestmark = pytest.mark.django_db
COMMITTEE, DOCUMENT = "望海市劳动能力鉴定委员会", "望海劳鉴函〔2026〕3号"


@pytest.fixture(autouse=True)
def _on_the_day_of_planning():
    with at(PLANNED):
        yield


def a_guest(sitting: Sitting, *, by: User | None = None, **changes: object) -> Invitation:
    """An expert of another city's pool, invited to one sitting."""
    words: Told = told(**{"name": "齐望海", "hospital": "望海市中心医院", **changes})
    return invite_guest(sitting, words, committee=COMMITTEE, document=DOCUMENT, by=by or an_administrator())


def as_(user: User) -> Client:
    browser = Client()
    browser.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return browser


def test_a_guest_is_in_the_pool_of_the_sitting_alone():
    sitting, another = a_sitting(), a_sitting(day=DAY + timedelta(days=7))
    ours = an_expert()
    guest = a_guest(sitting).expert
    assert list(pool(an_office(), sitting.pk)) == [guest, ours]
    assert list(pool(an_office(), another.pk)) == list(pool(an_office())) == [ours]
    assert (guest.number, guest.home_committee, guest.is_shared) == ("YXJD-W0001", COMMITTEE, False)
    assert [row.pk for row in sittings_asking(guest, after=date(2026, 3, 1))] == [sitting.pk]


def test_who_invites_whom_on_which_letter_is_in_the_sittings_chain():
    sitting = a_sitting()
    invitation = a_guest(sitting)
    entry = entries_of(sitting.chain).last()
    assert (entry.act, entry.facts) == (
        "expert.invited",
        {"expert": invitation.expert.number, "committee": COMMITTEE, "document": DOCUMENT},
    )
    assert "齐望海" not in str(entry.facts)


def test_a_guest_comes_only_when_they_say_so_like_everybody():
    sitting = a_sitting()
    guest = a_guest(sitting).expert
    assert eligible(on=sitting.day, office=an_office(), sitting=sitting.pk) == []
    answer(guest, sitting, True, by=a_member(Role.SCHEDULER))
    assert eligible(on=sitting.day, office=an_office(), sitting=sitting.pk) == [guest]


def test_without_an_invitation_no_yes_is_kept():
    sitting, another = a_sitting(), a_sitting(day=DAY + timedelta(days=7))
    guest = a_guest(sitting).expert
    with pytest.raises(NotInvited):
        answer(guest, another, True, by=a_scheduler())
    assert answer(guest, another, False, by=a_scheduler()).can_come is False
    with pytest.raises(AnswerNotYours):
        answer(guest, sitting, True, by=an_outsider())


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"title_level": "attending"}, TitleTooLow),
        ({"trained_on": None}, ExpertCannotCome),
        ({"term_from": date(2026, 3, 25)}, ExpertCannotCome),
        ({"term_from": date(2025, 3, 1), "term_until": date(2026, 3, 23)}, ExpertCannotCome),
    ],
)
def test_art_24_a_guest_fulfils_the_same_conditions(changes, refusal):
    sitting = a_sitting()
    with pytest.raises(refusal):
        a_guest(sitting, **changes)
    assert not Expert.objects.exists()
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("words", [{"committee": " "}, {"document": " "}, {"committee": "云溪市劳动能力鉴定委员会"}])
def test_an_invitation_names_another_committee_and_a_letter(words):
    sitting = a_sitting()
    ours = {"committee": sitting.office.name} if words.get("committee", " ").strip() else words
    with pytest.raises(InvitationIncomplete):
        invite_guest(sitting, told(), **{"committee": COMMITTEE, "document": DOCUMENT, **ours}, by=an_administrator())
    assert not Expert.objects.exists()


def test_only_who_manages_the_pool_invites_and_takes_back():
    sitting = a_sitting()
    for by in (a_clerk(), a_member(Role.DRAW_OFFICER), an_outsider()):
        with pytest.raises(PoolNotYours):
            a_guest(sitting, by=by)
    invitation = a_guest(sitting)
    with pytest.raises(PoolNotYours):
        withdraw_invitation(invitation, reason="x", by=a_clerk())


def test_nobody_is_invited_twice_and_a_known_guest_may_come_again():
    sitting, another = a_sitting(), a_sitting(day=DAY + timedelta(days=7))
    guest = a_guest(sitting).expert
    with pytest.raises(InvitedAlready):
        invite_again(sitting, guest, document=DOCUMENT, by=an_administrator())
    again = invite_again(another, guest, document="望海劳鉴函〔2026〕9号", by=an_administrator())
    assert (again.expert, Expert.objects.count()) == (guest, 1)
    with pytest.raises(NoGuest):
        invite_again(another, an_expert(), document=DOCUMENT, by=an_administrator())
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(
            expert=guest, sitting=another, document="x", invited_by=again.invited_by, invited_at=PLANNED
        )


def test_an_invitation_taken_back_counts_no_more_and_stays_on_record():
    sitting = a_sitting()
    invitation = a_guest(sitting)
    says(invitation.expert, sitting, can_come=True)
    with pytest.raises(ReasonMissing):
        withdraw_invitation(invitation, reason=" ", by=an_administrator())
    withdraw_invitation(invitation, reason="当天有手术", by=an_administrator())
    assert eligible(on=sitting.day, office=an_office(), sitting=sitting.pk) == []
    assert list(pool(an_office(), sitting.pk)) == []
    with pytest.raises(InvitationGone):
        withdraw_invitation(invitation, reason="x", by=an_administrator())
    assert Invitation.objects.get().withdrawn_why == "当天有手术"
    assert invite_again(sitting, invitation.expert, document=DOCUMENT, by=an_administrator()).pk != invitation.pk


def test_what_an_invitation_said_is_never_edited_or_lost():
    invitation = a_guest(a_sitting())
    for change in (lambda rows: rows.update(document="别的"), lambda rows: rows.delete()):
        with pytest.raises(Exception, match=r"pgtrigger|unedited|edited"), transaction.atomic():
            change(Invitation.objects.filter(pk=invitation.pk))


def test_once_the_sitting_has_begun_nobody_is_invited_or_taken_back():
    sitting = a_sitting()
    invitation = a_guest(sitting)
    with at(AFTER):
        with pytest.raises(SittingOver):
            a_guest(sitting)
        with pytest.raises(SittingOver):
            withdraw_invitation(invitation, reason="x", by=an_administrator())


def test_the_database_lets_no_guest_be_shared_on():
    guest = a_guest(a_sitting()).expert
    with pytest.raises(IntegrityError), transaction.atomic():
        Expert.objects.filter(pk=guest.pk).update(is_shared=True)


def test_a_guest_stands_in_the_list_of_the_draw_and_the_receipt_verifies(home):
    sitting = a_prepared()
    guest = a_guest(sitting).expert
    says(guest, sitting, can_come=True)
    assert guest in preparation(sitting).able
    draw = a_held(sitting)
    assert f'"{guest.number}"' in draw.receipt
    assert verify_text(draw.receipt.encode()) == []


def test_the_sittings_page_leads_to_the_guests_and_the_pool_marks_them():
    sitting = a_sitting()
    browser = as_(an_administrator())
    scheduler = as_(a_scheduler())
    url = reverse("sittings:guests", args=[sitting.number])
    assert url in scheduler.get(reverse("sittings:sitting", args=[sitting.number])).content.decode()
    assert "本场没有邀请外地专家" in scheduler.get(url).content.decode()
    a_guest(sitting)
    assert COMMITTEE in scheduler.get(url).content.decode()
    assert "外地受邀" in browser.get(reverse("experts:list")).content.decode()
    assert as_(an_outsider()).get(url).status_code == 404


def test_who_manages_the_pool_and_sees_sittings_invites_and_takes_back_on_the_page():
    sitting = a_sitting()
    browser = as_(a_scheduler())
    url = reverse("sittings:guests", args=[sitting.number])
    words = {
        "committee": COMMITTEE,
        "document": DOCUMENT,
        "name": "齐望海",
        "title": "主任医师",
        "title_level": "senior",
        "hospital": "望海市中心医院",
        "department": "骨科",
        "specialties": ["orthopaedics"],
        "trained_on": "2025-08-20",
        "term_from": "2025-09-01",
    }
    assert browser.post(url, {**words, "committee": ""}).status_code == 422
    assert browser.post(url, words).status_code == 302
    invitation = Invitation.objects.get()
    another = a_sitting(day=DAY + timedelta(days=7))
    again = reverse("sittings:guests", args=[another.number])
    assert browser.post(again, {"again": 1, "expert": invitation.expert_id, "document": "函9号"}).status_code == 302
    assert Invitation.objects.count() == 2
    assert "再次邀请" not in browser.get(again).content.decode()
    gone = reverse("sittings:withdraw_guest", args=[sitting.number, invitation.pk])
    assert browser.post(gone, {"reason": "当天有手术"}).status_code == 302
    assert "已撤回" in browser.get(url).content.decode()
    assert browser.post(gone, {"reason": "再撤"}).status_code == 404
