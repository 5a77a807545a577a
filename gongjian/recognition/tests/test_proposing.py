"""The draft: every sentence rests on something, every outcome on its heads, and what is signed is what was reviewed."""

import pytest

from gongjian.kernel import moment
from gongjian.papers.forms.decision import PENDING
from gongjian.recognition.actions import deciding, proposing, records
from gongjian.recognition.actions.proposing import Fact, Rests
from gongjian.recognition.errors import (
    ExclusionUnproved,
    HeadUnknown,
    OutcomeWithoutHead,
    ProposalChanged,
    StillPending,
    SupportUnknown,
)
from gongjian.recognition.models import Decision
from gongjian.recognition.queries import lines_of
from gongjian.recognition.states import State
from gongjian.recognition.tests.builders import (
    MONDAY,
    a_colleague,
    a_draft,
    a_paper,
    a_proposed_case,
    a_reviewed_case,
    an_investigated_case,
    an_investigator,
    the_reviewer,
    the_signer,
)
from gongjian.recognition.tests.test_investigating import a_talk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def case():
    return an_investigated_case()


def drafted(case, **changes):
    with moment.fixed(MONDAY):
        return proposing.draft(case, a_draft(case, **changes), by=an_investigator())


def test_a_sentence_that_rests_on_nothing_is_marked_and_goes_no_further(case):
    row = drafted(case, supported=False)
    assert all(line.text.endswith(PENDING) for line in lines_of(row))
    with moment.fixed(MONDAY), pytest.raises(StillPending, match="2句"):
        proposing.propose(case, seen=row.digest, by=an_investigator())


def test_a_sentence_rests_on_a_line_of_a_signed_record_and_on_no_other(case):
    with moment.fixed(MONDAY):
        talk = records.keep_interview(case, a_talk(), team=[a_colleague()], by=an_investigator())
    for rests in (Rests("interview", talk.pk, 1), Rests("interview", talk.pk, 9), Rests("material", 10**9)):
        with pytest.raises(SupportUnknown):
            drafted(case, facts=(Fact("他在车间。", (rests,)),))


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"heads": ()}, OutcomeWithoutHead),
        ({"heads": ("15-1",)}, OutcomeWithoutHead),
        ({"heads": ("99-9",)}, HeadUnknown),
        ({"outcome": "refused", "reason": " "}, OutcomeWithoutHead),
        ({"treatment": ""}, OutcomeWithoutHead),
    ],
)
def test_order_8_art_18_an_outcome_names_its_head_or_its_reason(case, changes, refusal):
    with pytest.raises(refusal):
        drafted(case, **changes)


def test_regulation_art_16_an_exclusion_needs_its_proof_on_file(case):
    told = {"outcome": "refused", "heads": ("16-2",), "reason": "醉酒导致受伤。"}
    with pytest.raises(ExclusionUnproved, match="醉酒"):
        drafted(case, **told)
    with moment.fixed(MONDAY):
        a_paper(case, "drunk_or_drugs_finding", by=an_investigator())
    assert drafted(case, **told).outcome == "refused"


def test_what_was_redrafted_is_not_what_was_seen(case):
    first = drafted(case)
    drafted(case, treatment="保守治疗。")
    with moment.fixed(MONDAY), pytest.raises(ProposalChanged):
        proposing.propose(case, seen=first.digest, by=an_investigator())


def test_a_draft_given_back_is_investigated_again():
    case, row = a_proposed_case()
    with moment.fixed(MONDAY):
        deciding.give_back(case, reason="请补充考勤记录", by=the_reviewer())
    case.refresh_from_db()
    assert case.state == State.INVESTIGATING
    assert row.reviews.get().note == "请补充考勤记录"


def test_a_returned_draft_is_signed_only_after_another_review():
    case, row = a_reviewed_case()
    with moment.fixed(MONDAY):
        deciding.send_back(case, reason="请再核对诊断", by=the_signer())
        deciding.review(case, seen=row.digest, by=the_reviewer())
        assert deciding.decide(case, seen=row.digest, by=the_signer()).outcome == "recognised"
    assert Decision.objects.filter(case=case).count() == 1


def test_regulation_art_20_nobody_signs_what_the_page_did_not_show():
    case, _ = a_reviewed_case()
    with moment.fixed(MONDAY), pytest.raises(ProposalChanged):
        deciding.decide(case, seen="0" * 64, by=the_signer())
    assert not Decision.objects.filter(case=case).exists()
