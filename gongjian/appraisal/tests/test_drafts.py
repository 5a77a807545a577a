"""What is being written: saved step by step, from several devices, seen by nobody else."""

import threading

import pytest
from django.db import connection

from gongjian.accounts.tests.builders import a_clerk, a_reviewer, a_worker_user, an_office, an_outsider
from gongjian.applications.actions.drafts import drop_draft, save_step, start_draft
from gongjian.applications.actions.submission import submit
from gongjian.applications.errors import DraftChanged, DraftNotFound, DraftSubmitted, StepUnknown
from gongjian.applications.models import Draft
from gongjian.applications.queries import draft_for, drafts_of, held_about, owns, person_told
from gongjian.appraisal.queries import checklist_of, committees, windows_of
from gongjian.appraisal.states import INITIAL
from gongjian.appraisal.tests.builders import a_draft, a_submitted_case
from gongjian.materials.actions import add_page, material_of
from gongjian.materials.errors import MaterialNotFound
from gongjian.materials.tests.builders import a_picture
from gongjian.parties.tests.builders import a_person

pytestmark = pytest.mark.django_db


def a_fresh_draft() -> Draft:
    return start_draft(by=a_worker_user(), office=an_office(), procedure=INITIAL)


def test_a_step_is_kept_and_the_next_one_is_where_to_go_on():
    draft = save_step(a_fresh_draft(), "hospital", {"hospital": "云溪市人民医院"}, seen=0, by=a_worker_user())
    assert draft.told == {"hospital": {"hospital": "云溪市人民医院"}}
    assert (draft.step, draft.version, draft.versions) == ("address", 2, {"hospital": 1})


def test_only_fields_of_the_step_are_kept():
    draft = save_step(a_fresh_draft(), "hospital", {"hospital": "甲", "grade": "1"}, seen=0, by=a_worker_user())
    assert draft.told == {"hospital": {"hospital": "甲"}}


def test_l7_an_older_page_is_refused_and_covers_nothing():
    draft = a_fresh_draft()
    save_step(draft, "hospital", {"hospital": "甲"}, seen=0, by=a_worker_user())
    with pytest.raises(DraftChanged):
        save_step(draft, "hospital", {"hospital": "乙"}, seen=0, by=a_worker_user())
    draft.refresh_from_db()
    assert draft.told["hospital"] == {"hospital": "甲"}


@pytest.mark.django_db(transaction=True)
def test_l7_two_devices_at_once_one_is_kept_and_one_is_told():
    draft, worker = a_fresh_draft(), a_worker_user()
    told: list[bool] = []

    def save(hospital: str) -> None:
        try:
            save_step(draft, "hospital", {"hospital": hospital}, seen=0, by=worker)
            told.append(False)
        except DraftChanged:
            told.append(True)
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=[name]) for name in ("甲", "乙")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == [False, True]


def test_the_answers_lie_encrypted_in_the_table():
    draft = a_draft()
    with connection.cursor() as cursor:
        cursor.execute("SELECT told FROM applications_draft WHERE id = %s", [draft.pk])
        stored = cursor.fetchone()[0]
    assert "林知远" not in stored
    assert "19900000001" not in stored


def test_a_step_nobody_knows_is_not_kept():
    with pytest.raises(StepUnknown):
        save_step(a_fresh_draft(), "wish", {}, seen=0, by=a_worker_user())


def test_nobody_saves_into_the_draft_of_another():
    with pytest.raises(DraftNotFound):
        save_step(a_fresh_draft(), "hospital", {"hospital": "甲"}, seen=0, by=an_outsider())


def test_what_was_submitted_is_neither_saved_into_nor_dropped():
    draft = a_draft()
    submit(draft, by=draft.user, truthful=True)
    with pytest.raises(DraftSubmitted):
        save_step(draft, "hospital", {"hospital": "甲"}, seen=1, by=draft.user)
    with pytest.raises(DraftSubmitted):
        drop_draft(draft, by=draft.user)


def test_a_dropped_draft_is_gone_for_its_writer_too():
    draft = a_draft()
    drop_draft(draft, by=draft.user)
    assert not drafts_of(draft.user).exists()
    with pytest.raises(DraftNotFound):
        draft_for(draft.token, by=draft.user)
    with pytest.raises(DraftNotFound):
        submit(draft, by=draft.user, truthful=True)
    with pytest.raises(MaterialNotFound):
        add_page(material_of("identity", draft_id=draft.pk), a_picture(9), name="x.png", by=draft.user)


def test_a_submitted_draft_is_no_longer_listed():
    draft = a_draft()
    assert list(drafts_of(draft.user)) == [draft]
    submit(draft, by=draft.user, truthful=True)
    assert not drafts_of(draft.user).exists()


@pytest.mark.parametrize(
    ("channel", "person", "may"),
    [
        ("online", a_worker_user, True),
        ("online", a_clerk, False),
        ("online", an_outsider, False),
        ("window", a_clerk, True),
        ("window", a_reviewer, False),
        ("window", a_worker_user, False),
    ],
)
def test_who_goes_on_with_a_draft(channel, person, may):
    draft = a_draft(channel=channel, papers=())
    assert owns(person(), draft) is may


def test_who_left_goes_on_with_nothing():
    draft = a_draft(papers=())
    draft.user.is_active = False
    assert not owns(draft.user, draft)


def test_the_committee_of_this_region_is_offered():
    own = an_office()
    assert list(committees()) == [own]


def test_without_a_committee_of_this_region_every_committee_is(settings):
    settings.REGION = "110000"
    an_office()
    an_office("QT", "他市劳动能力鉴定委员会")
    assert [office.code for office in committees()] == ["QT", "YXJD"]


def test_a_clerk_enters_for_their_own_windows_only():
    an_office("QT", "他市劳动能力鉴定委员会")
    assert windows_of(a_clerk()) == [an_office()]
    assert windows_of(a_worker_user()) == []


def test_a_draft_finds_the_person_it_names():
    assert person_told(a_draft(papers=()).told) is None
    person = a_person()
    assert person_told(a_draft(papers=()).told) == person


def test_art_09_the_window_is_told_what_is_held_about_a_person():
    a_submitted_case()
    draft = a_draft(channel="window", papers=())
    assert held_about(draft) == {"identity"}
    assert "identity" not in [wanted.kind.code for wanted in checklist_of(draft)]
