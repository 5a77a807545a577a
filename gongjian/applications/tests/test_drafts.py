"""One draft, one writer, one case: what two devices, a stranger, a dying machine and a hurried clerk can do to it."""

from datetime import timedelta

import pytest

from gongjian.accounts.tests.builders import a_worker_user, an_applicant, an_outsider
from gongjian.applications.access import open_to_writer, writer_sees
from gongjian.applications.actions.drafts import draft_from, drop_draft, save_step, start_draft
from gongjian.applications.actions.submission import enter_at_window, require_complete, submit
from gongjian.applications.errors import DraftIncomplete, DraftNotFound, DraftSubmitted, StepUnknown, WindowOnly
from gongjian.applications.models import Draft
from gongjian.applications.queries import draft_for, drafts_of
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.materials.models import Material
from gongjian.recognition.queries.joining import alike
from gongjian.recognition.states import RECOGNITION
from gongjian.recognition.tests.builders import MONDAY, a_bureau, the_clerk
from gongjian.recognition.tests.online import a_sent_case, a_written_draft

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(home):
    with moment.fixed(MONDAY):
        yield


def test_wrong_answers_are_kept_as_they_were_typed():
    draft = start_draft(by=a_worker_user(), office=a_bureau(), procedure=RECOGNITION)
    told = {"name": "林" * 5000, "id_number": "１２３\x00", "telephone": "🙂"}
    save_step(draft, "person", told, seen=0, by=draft.user)
    assert draft_for(draft.token, by=draft.user).told["person"] == told


def test_sending_a_step_twice_is_saving_it_once():
    draft = start_draft(by=a_worker_user(), office=a_bureau(), procedure=RECOGNITION)
    saved = [save_step(draft, "time", {"late_reason": "住院"}, seen=0, by=draft.user) for _ in range(2)]
    assert [each.versions for each in saved] == [{"time": 1}, {"time": 1}]


def test_a_step_that_is_not_there_keeps_nothing():
    draft = a_written_draft(papers=())
    with pytest.raises(StepUnknown):
        save_step(draft, "decision", {"outcome": "recognised"}, seen=0, by=draft.user)
    saved = save_step(draft, "time", {"late_reason": "", "grade": "1"}, seen=1, by=draft.user)
    assert "grade" not in saved.told["time"]


def test_what_was_put_away_is_gone_for_its_writer_too_with_its_papers():
    draft = a_written_draft()
    paper = Material.objects.filter(draft_id=draft.pk).first()
    assert paper
    assert writer_sees(draft.user, paper)
    drop_draft(draft, by=draft.user)
    assert not writer_sees(draft.user, paper)
    assert not drafts_of(draft.user).exists()
    for act in (
        lambda: draft_for(draft.token, by=draft.user),
        lambda: drop_draft(draft, by=draft.user),
        lambda: submit(draft, by=draft.user, truthful=True),
        lambda: save_step(draft, "time", {}, seen=1, by=draft.user),
    ):
        with pytest.raises(DraftNotFound):
            act()
    assert not Case.objects.exists()


def test_what_was_handed_in_is_changed_and_put_away_by_nobody():
    draft = a_written_draft()
    submit(draft, by=draft.user, truthful=True)
    paper = Material.objects.filter(case__isnull=False).first()
    assert paper
    assert open_to_writer(draft.user, paper) is None
    with pytest.raises(DraftSubmitted):
        save_step(draft, "time", {"late_reason": "改"}, seen=1, by=draft.user)
    with pytest.raises(DraftSubmitted):
        drop_draft(draft, by=draft.user)


@pytest.mark.parametrize("token", ["", "0", "不存在", "a\x00b", "' or 1=1", "x" * 5000])
def test_a_guessed_address_finds_nothing(token):
    a_written_draft(papers=())
    with pytest.raises(DraftNotFound):
        draft_for(token, by=a_worker_user())


def test_a_stranger_neither_sees_nor_opens_nor_drops_a_draft():
    draft = a_written_draft()
    paper = Material.objects.filter(draft_id=draft.pk).first()
    assert paper
    assert not writer_sees(an_outsider(), paper)
    assert open_to_writer(an_outsider(), paper) is None
    with pytest.raises(DraftNotFound):
        drop_draft(draft, by=an_outsider())


def test_who_was_locked_out_goes_on_with_nothing():
    draft = a_written_draft()
    draft.user.is_active = False
    with pytest.raises(DraftNotFound):
        submit(draft, by=draft.user, truthful=True)


def test_only_the_window_types_in_paper():
    with pytest.raises(WindowOnly):
        start_draft(by=a_worker_user(), office=a_bureau(), procedure=RECOGNITION, channel="window")
    online = a_written_draft(by=the_clerk())
    with pytest.raises(WindowOnly):
        enter_at_window(online, by=the_clerk(), received_on=moment.today())
    assert not Draft.objects.filter(channel="window").exists()


def test_a_draft_without_any_paper_is_told_so_and_all_steps_are_named_once():
    draft = draft_from({"person": {"name": ""}}, by=a_worker_user(), office=a_bureau(), procedure=RECOGNITION)
    with pytest.raises(DraftIncomplete) as refused:
        require_complete(draft, truthful=False)
    said = str(refused.value)
    assert "至少一份" in said
    assert "承诺并提交" in said
    assert said.count("“受伤职工”") == 1


def test_a_dead_workers_application_in_the_workers_own_name_makes_no_case():
    draft = a_written_draft(injury={"died_on": "2026-02-11"})
    with pytest.raises(DraftIncomplete, match="申请人身份"):
        submit(draft, by=draft.user, truthful=True)
    assert not Case.objects.exists()


def test_who_names_another_as_the_worker_is_not_joined_to_that_person():
    draft = a_written_draft(by=an_applicant("19900000002", "周若岚"), applicant={"applicant_name": "周若岚"})
    with pytest.raises(DraftIncomplete, match="受伤职工"):
        submit(draft, by=draft.user, truthful=True)
    assert not Case.objects.exists()


def test_art_17_worker_and_employer_who_both_apply_on_one_injury_are_seen_together():
    worker = a_sent_case()
    boss = an_applicant("19900000002", "周若岚")
    told = {"applicant": {"capacity": "employer", "applicant_name": "周若岚"}}
    employer = a_sent_case(at=MONDAY + timedelta(hours=1), by=boss, **told)
    assert [[like.case for like in alike(case)] for case in (employer, worker)] == [[worker], [employer]]


def test_another_injury_of_the_same_worker_is_another_matter():
    a_sent_case()
    again = {"injury": {"injured_on": "2026-02-20"}, "medical": {"diagnosed_on": "2026-02-20"}}
    assert alike(a_sent_case(**again)) == []
