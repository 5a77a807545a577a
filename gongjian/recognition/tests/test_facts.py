"""The facts found: what each sentence rests on, what happens when that is taken away, and that nothing unproved is issued."""

from datetime import timedelta

import pytest

from gongjian.kernel import moment
from gongjian.materials.actions import remove_page
from gongjian.papers.errors import PaperFieldWrong
from gongjian.papers.forms.decision import PENDING
from gongjian.recognition.actions import deciding, proposing
from gongjian.recognition.actions.proposing import Fact, Rests
from gongjian.recognition.errors import ExclusionUnproved, StillPending, SupportUnknown
from gongjian.recognition.models import Decision, Sentence, Support
from gongjian.recognition.queries import lines_of, pending
from gongjian.recognition.states import State
from gongjian.recognition.tests.builders import (
    MONDAY,
    a_draft,
    a_kept_interview,
    a_kept_site,
    a_paper,
    a_reviewed_case,
    an_investigated_case,
    an_investigator,
    the_signer,
)
from gongjian.recognition.tests.test_pages import browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture(autouse=True)
def now():
    with moment.fixed(MONDAY + timedelta(hours=1)):
        yield


def drafted(case, *facts: Fact, **changes):
    told = {"facts": facts} if facts else {}
    return proposing.draft(case, a_draft(case, **told, **changes), by=an_investigator())


def taken_back(material) -> None:
    for page in material.pages.all():
        remove_page(page.pk, by=an_investigator())


def test_a_sentence_says_which_paper_which_line_and_which_visit_it_rests_on():
    case = an_investigated_case()
    talk, site, paper = a_kept_interview(case, signed=True), a_kept_site(case), case.materials.order_by("pk")[1]
    rests = (Rests("material", paper.pk), Rests("interview", talk.pk, 1), Rests("site", site.pk))
    [line] = lines_of(drafted(case, Fact("林知远在车间受伤。", rests)))
    assert line.supports == ["材料《劳动关系证明》", "2026-03-02对周若岚的笔录第1问", "2026-03-02的现场勘查记录"]
    assert line.text == "林知远在车间受伤。"


def test_a_sentence_that_rests_on_a_paper_taken_back_waits_for_proof_again():
    case = an_investigated_case()
    paper = a_paper(case, "police_document", by=an_investigator())
    row = drafted(case, Fact("派出所到场处置。", (Rests("material", paper.pk),)))
    assert pending(row) == 0
    taken_back(paper)
    assert [line.text for line in lines_of(row)] == [f"派出所到场处置。{PENDING}"]
    with pytest.raises(StillPending, match="1句"):
        proposing.propose(case, seen=row.digest, by=an_investigator())
    case.refresh_from_db()
    assert case.state == State.INVESTIGATING


def test_a_sentence_stands_on_what_is_left_when_one_of_two_papers_is_taken_back():
    case = an_investigated_case()
    paper, contract = a_paper(case, "police_document", by=an_investigator()), case.materials.order_by("pk")[1]
    row = drafted(case, Fact("他是车工。", (Rests("material", paper.pk), Rests("material", contract.pk))))
    taken_back(paper)
    assert (pending(row), lines_of(row)[0].supports) == (0, ["材料《劳动关系证明》"])


def test_nothing_new_rests_on_a_paper_that_was_taken_back_and_the_page_no_longer_offers_it():
    case = an_investigated_case()
    paper = a_paper(case, "police_document", by=an_investigator())
    taken_back(paper)
    with pytest.raises(SupportUnknown):
        drafted(case, Fact("派出所到场处置。", (Rests("material", paper.pk),)))
    page = browser(an_investigator()).get(f"/recognition/{case.number}/draft").content.decode()
    assert f"material-{paper.pk}" not in page


def test_regulation_art_16_an_exclusion_whose_proof_was_taken_back_is_not_handed_on():
    case = an_investigated_case()
    paper = a_paper(case, "drunk_or_drugs_finding", by=an_investigator())
    row = drafted(case, outcome="refused", heads=("16-2",), reason="醉酒导致受伤。")
    taken_back(paper)
    with pytest.raises(ExclusionUnproved, match="醉酒"):
        proposing.propose(case, seen=row.digest, by=an_investigator())


def test_a_sentence_that_says_itself_that_it_waits_for_proof_goes_no_further():
    case = an_investigated_case()
    paper = case.materials.order_by("pk")[1]
    row = drafted(case, Fact(f"受伤时间{PENDING}为10时。", (Rests("material", paper.pk),)))
    with pytest.raises(StillPending):
        proposing.propose(case, seen=row.digest, by=an_investigator())


def test_order_8_art_19_a_decision_with_the_mark_is_never_signed_even_if_it_came_so_far():
    case, row = a_reviewed_case()
    Sentence.objects.create(proposal=row, order=9, text="现场无人看见。")
    with pytest.raises(StillPending, match="1句"):
        deciding.decide(case, seen=row.digest, by=the_signer())
    case.refresh_from_db()
    assert (case.state, Decision.objects.filter(case=case).exists()) == (State.REVIEWED, False)


def test_order_8_art_19_the_paper_itself_refuses_the_mark(monkeypatch):
    case, row = a_reviewed_case()
    Sentence.objects.create(proposal=row, order=9, text="现场无人看见。")
    monkeypatch.setattr(deciding, "refuse_pending", lambda row: None)
    with pytest.raises(PaperFieldWrong, match=PENDING):
        deciding.decide(case, seen=row.digest, by=the_signer())
    assert not Decision.objects.filter(case=case).exists()


def test_the_facts_are_read_with_few_queries_however_many_they_are(django_assert_max_num_queries):
    case = an_investigated_case()
    paper = case.materials.order_by("pk")[1]
    row = drafted(case, *[Fact(f"第{n}句。", (Rests("material", paper.pk),)) for n in range(8)])
    with django_assert_max_num_queries(6):
        assert len(lines_of(row)) == Support.objects.filter(sentence__proposal=row).count() == 8


def test_the_page_of_a_pending_draft_says_how_many_sentences_are_missing_and_offers_no_handing_on():
    case = an_investigated_case()
    drafted(case, supported=False)
    page = browser(an_investigator()).get(f"/recognition/{case.number}/draft").content.decode()
    assert "还有2句没有依据" in page
    assert f"/recognition/{case.number}/propose" not in page
    drafted(case)
    page = browser(an_investigator()).get(f"/recognition/{case.number}/draft").content.decode()
    assert f"/recognition/{case.number}/propose" in page
