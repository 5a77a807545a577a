"""Reading what an investigation has kept: of this case alone, oldest first, and nothing where nothing is."""

import pytest

from gongjian.accounts.tests.builders import an_outsider
from gongjian.kernel import moment
from gongjian.recognition.actions import evidence
from gongjian.recognition.errors import RecordNotFound
from gongjian.recognition.queries.records import (
    evidence_notice_of,
    interview_of,
    interviews_of,
    last_proposal,
    reviews_of,
    sites_of,
    suspension_now,
    suspensions_of,
    team_of,
)
from gongjian.recognition.tests.builders import (
    MONDAY,
    a_colleague,
    a_kept_interview,
    a_kept_site,
    a_reviewed_case,
    a_suspended_case,
    an_accepted_case,
    an_investigated_case,
    an_investigator,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def test_of_a_case_in_which_nothing_was_done_there_is_nothing():
    case = an_accepted_case()
    assert (last_proposal(case), suspension_now(case), evidence_notice_of(case)) == (None, None, None)
    for rows in (reviews_of(case), suspensions_of(case), interviews_of(case), sites_of(case)):
        assert not rows.exists()


def test_the_last_draft_and_each_look_at_it():
    case, row = a_reviewed_case()
    assert last_proposal(case) == row
    assert [each.kind for each in reviews_of(case)] == ["reviewed"]


def test_a_suspension_that_lasts_is_among_all_of_them():
    case, row = a_suspended_case()
    assert suspension_now(case) == row
    assert list(suspensions_of(case)) == [row]


def test_interviews_and_scenes_of_the_case():
    case = an_investigated_case()
    talk, scene = a_kept_interview(case), a_kept_site(case)
    assert list(interviews_of(case)) == [talk]
    assert list(sites_of(case)) == [scene]
    assert interview_of(case.number, talk.pk) == talk


def test_an_interview_is_found_under_its_own_case_alone():
    case = an_investigated_case()
    talk = a_kept_interview(case)
    for number, pk in (("YXRS-2026-999999", talk.pk), (case.number, talk.pk + 1)):
        with pytest.raises(RecordNotFound):
            interview_of(number, pk)


def test_the_one_notice_to_the_employer():
    case = an_investigated_case()
    with moment.fixed(MONDAY):
        row = evidence.send_notice(case, by=an_investigator())
    assert evidence_notice_of(case) == row


def test_who_is_chosen_to_investigate_is_of_the_staff():
    colleague, stranger = a_colleague(), an_outsider()
    assert team_of([str(colleague.pk), str(stranger.pk)]) == [colleague]
