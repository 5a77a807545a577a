"""令8 articles 4 to 15 and 条例 articles 17 to 19: applying, checking, investigating, with the last day and the day after of each limit."""

from datetime import date, timedelta

import pytest

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import an_applicant, an_outsider
from gongjian.applications.errors import PapersMissing
from gongjian.cases.actions.move import join_case
from gongjian.cases.errors import MoveNotAllowed, NotYours, ReasonMissing
from gongjian.cases.models import Case, CaseLimit
from gongjian.cases.queries import open_obligations
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.law.clock import deadline
from gongjian.materials.access import may_see
from gongjian.materials.actions import add_page, material_of
from gongjian.materials.queries import visible_materials
from gongjian.materials.tests.builders import a_picture
from gongjian.papers.queries import visible_papers
from gongjian.parties.tests.builders import an_employer
from gongjian.recognition.actions import (
    deciding,
    evidence,
    extension,
    investigation,
    proposing,
    records,
    review,
)
from gongjian.recognition.errors import ExtensionPeriodWrong, LateWithoutReason, NotTheInvestigator, TransferTargetWrong
from gongjian.recognition.queries import heads_of, missing_papers, plan_of, standing
from gongjian.recognition.rules import REJECTIONS, is_in_time, required_kinds, standing_of
from gongjian.recognition.states import State
from gongjian.recognition.tests.builders import (
    MONDAY,
    PAPERS,
    a_bureau,
    a_colleague,
    a_decided_case,
    a_draft,
    a_paper,
    a_proposed_case,
    a_reviewed_case,
    an_accepted_case,
    an_entered_case,
    an_investigated_case,
    an_investigator,
    staff,
    the_clerk,
    the_reviewer,
    the_signer,
)
from gongjian.recognition.tests.test_investigating import a_talk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
DAY = timedelta(days=1)
DISEASED = {"kind": "disease", "disease": "职业性噪声聋", "papers": (*PAPERS[:2], "occupational_diagnosis")}


def the_worker(case: Case) -> User:
    worker = an_applicant()
    join_case(case, worker, capacity="worker", is_applicant=True)
    return worker


def the_employer(case: Case) -> User:
    boss = an_applicant("19900000002", "周若岚")
    join_case(case, boss, capacity="employer")
    return boss


def due(case: Case, limit: str, about: str = "") -> date:
    return CaseLimit.objects.get(case=case, limit=limit, about=about).due_on


# Who applies, and until when.


@pytest.mark.parametrize(
    ("applicant", "injured", "last"),
    [
        ("employer", date(2026, 3, 3), date(2026, 4, 2)),  # thirty days
        ("employer", date(2026, 3, 6), date(2026, 4, 7)),  # ends in the Qingming holiday: the next working day
        ("worker", date(2025, 3, 3), date(2026, 3, 3)),  # a year
        ("relative", date(2025, 3, 3), date(2026, 3, 3)),
        ("union", date(2025, 3, 7), date(2026, 3, 9)),  # ends on a Saturday: the Monday after
        ("worker", date(2024, 2, 29), date(2025, 2, 28)),  # no such day a year on: the last of the month
    ],
)
def test_order_8_art_04_and_05_regulation_art_17_the_last_day_is_in_time_and_the_day_after_is_not(
    applicant, injured, last
):
    told = {"applicant": applicant, "injured_on": injured, "region": "990100"}
    assert is_in_time(standing_of(**told, applied_on=last))
    assert not is_in_time(standing_of(**told, applied_on=last + DAY))


@pytest.mark.parametrize(("days", "in_time"), [(1, False), (30, True)])
def test_order_8_art_04_an_extension_lasts_as_many_days_as_were_approved(days, in_time):
    told = {"applicant": "employer", "injured_on": date(2026, 1, 22), "applied_on": date(2026, 3, 10)}
    assert is_in_time(standing_of(**told, region="990100", extension=(date(2026, 2, 20), days))) is in_time


@pytest.mark.parametrize(("on", "granted"), [(date(2026, 2, 24), True), (date(2026, 2, 25), False)])
def test_order_8_art_04_an_extension_is_approved_on_the_last_day_and_not_on_the_day_after(on, granted):
    told = {"worker_name": "林知远", "injured_on": date(2026, 1, 22), "days": 30, "reason": "失踪", "by": the_signer()}
    last = deadline("WI-EMP-APPLY", date(2026, 1, 22), region="990100").due
    with moment.fixed(moment.at(on if granted else last + DAY)):
        if granted:
            assert extension.grant_extension(a_bureau(), an_employer(), **told).days == 30
        else:
            with pytest.raises(ExtensionPeriodWrong):
                extension.grant_extension(a_bureau(), an_employer(), **told)


def test_order_8_art_04_only_who_signs_approves_an_extension_and_for_a_reason():
    told = {"worker_name": "林知远", "injured_on": date(2026, 2, 20), "days": 30}
    with moment.fixed(MONDAY):
        for by in (the_clerk(), the_reviewer(), an_investigator()):
            with pytest.raises(NotYours):
                extension.grant_extension(a_bureau(), an_employer(), **told, reason="失踪", by=by)
        with pytest.raises(ReasonMissing):
            extension.grant_extension(a_bureau(), an_employer(), **told, reason=" ", by=the_signer())


@pytest.mark.parametrize(
    "ground", ["force_majeure", "liberty_restricted", "employer_cause", "registration_failed", "labour_dispute"]
)
def test_regulation_art_17_each_of_the_five_grounds_lengthens_the_year_by_its_own_days(ground):
    period = {"ground": ground, "from": "2025-06-02", "until": "2025-06-12"}
    told = {"applicant": "worker", "injured_on": date(2025, 2, 24), "region": "990100"}
    last = date(2026, 3, 6)
    assert is_in_time(standing_of(**told, applied_on=last, not_counted=[period]))
    assert not is_in_time(standing_of(**told, applied_on=last + 5 * DAY, not_counted=[period]))
    assert not is_in_time(standing_of(**told, applied_on=last))


def test_regulation_art_17_a_disease_counts_from_its_diagnosis():
    case = an_entered_case(**DISEASED, injured_on="2025-03-03")
    assert is_in_time(standing(case))
    with pytest.raises(LateWithoutReason):
        an_entered_case(**DISEASED, injured_on="2025-02-27")


# The application and its check.


@pytest.mark.parametrize(
    ("kind", "capacity", "channel", "wanted"),
    [
        ("accident", "worker", "window", ("recognition_form", "labour_relation", "medical_diagnosis")),
        ("accident", "worker", "online", ("labour_relation", "medical_diagnosis")),
        ("accident", "employer", "window", ("recognition_form", "labour_relation", "medical_diagnosis")),
        ("accident", "relative", "online", ("labour_relation", "medical_diagnosis", "relation_proof")),
        ("accident", "union", "online", ("labour_relation", "medical_diagnosis", "union_letter")),
        ("accident", "agent", "online", ("labour_relation", "medical_diagnosis", "mandate")),
        ("disease", "worker", "online", ("labour_relation", "occupational_diagnosis")),
    ],
)
def test_order_8_art_06_regulation_art_18_what_is_asked_for_and_nothing_more(kind, capacity, channel, wanted):
    assert required_kinds(kind=kind, capacity=capacity, channel=channel) == wanted


@pytest.mark.parametrize("missing", PAPERS)
def test_order_8_art_07_accepted_when_complete_and_not_while_any_paper_is_missing(missing):
    case = an_entered_case(papers=tuple(kind for kind in PAPERS if kind != missing))
    with moment.fixed(MONDAY):
        with pytest.raises(PapersMissing):
            review.accept(case, by=the_clerk())
        a_paper(case, missing, by=the_clerk())
        assert review.accept(case, by=the_clerk()).kind == "recognition_acceptance"


@pytest.mark.parametrize("ground", REJECTIONS)
def test_order_8_art_07_and_08_each_rejection_cites_its_article_and_bears_remedies(ground):
    case = an_entered_case()
    with moment.fixed(MONDAY):
        row = review.reject(case, ground=ground, explanation="经查属实。", by=the_clerk())
    assert (row.outcome, row.heads, row.case.state) == ("rejected", [ground], State.REJECTED)
    assert REJECTIONS[ground][1].startswith("《工伤保险条例》第")
    assert due(case, "WI-DELIVER") == date(2026, 3, 22)


@pytest.mark.parametrize(
    ("office", "name"), [(a_bureau, ""), (lambda: None, " "), (lambda: None, "云溪市人力资源和社会保障局")]
)
def test_order_8_art_04_and_07_nothing_is_transferred_to_nobody_or_to_oneself(office, name):
    case = an_entered_case()
    with moment.fixed(MONDAY), pytest.raises(TransferTargetWrong):
        review.transfer(case, to_office=office(), to_name=name, reason="参保地在外市", by=the_clerk())


def test_order_8_art_08_the_days_of_the_check_end_with_the_acceptance():
    case = an_accepted_case()
    limit = CaseLimit.objects.get(case=case, limit="WI-REVIEW")
    assert (limit.due_on, limit.met_on) == (date(2026, 3, 17), date(2026, 3, 2))
    assert {each.kind for each in open_obligations(case)} == {"send_notice", "start_investigation"}


# The investigation.


@pytest.mark.parametrize("act", ["answer", "plan", "interview", "employer"])
def test_order_8_art_09_only_the_cases_own_investigators_investigate(act):
    case, stranger = an_investigated_case(), staff(Role.INVESTIGATOR, "旁人")
    tries = {
        "answer": lambda: investigation.answer(case, "accident", said=True, basis="合同", by=stranger),
        "plan": lambda: investigation.plan(case, ["14-1"], by=stranger),
        "interview": lambda: records.keep_interview(case, a_talk(), team=[an_investigator()], by=stranger),
        "employer": lambda: evidence.send_notice(case, by=stranger),
    }
    with moment.fixed(MONDAY), pytest.raises(NotTheInvestigator):
        tries[act]()


@pytest.mark.parametrize(
    "make", [lambda: a_proposed_case()[0], lambda: a_reviewed_case()[0], lambda: a_decided_case().case]
)
def test_order_8_art_11_once_the_draft_is_handed_on_its_evidence_is_no_longer_changed(make):
    case, told = make(), {"by": an_investigator()}
    before = (plan_of(case), case.interviews.count(), case.site_records.count())
    tries = (
        lambda: investigation.answer(case, "accident", said=False, basis="事后想起", **told),
        lambda: investigation.plan(case, ["14-3"], **told),
        lambda: records.keep_interview(case, a_talk(), team=[a_colleague()], **told),
        lambda: records.keep_site(
            case, visited_at=MONDAY - DAY, place="车间", seen="无", team=[a_colleague()],
            photos=[records.Photo(a_picture(), "1.png", MONDAY - DAY, "查实言", "车床")], **told,
        ),
    )  # fmt: skip
    with moment.fixed(MONDAY):
        for late in tries:
            with pytest.raises(MoveNotAllowed):
                late()
    assert (plan_of(case), case.interviews.count(), case.site_records.count()) == before


def test_order_8_art_11_an_answer_is_never_edited_and_the_last_one_counts():
    case = an_investigated_case()
    with moment.fixed(MONDAY):
        for said in (True, False):
            investigation.answer(case, "accident", said=said, basis="笔录第1问", by=an_investigator())
    assert [row.said for row in case.recognition_answers.order_by("pk")] == [True, False]
    assert next(each.answer.said for each in plan_of(case)[0].asked if each.answer) is False


def test_order_8_art_12_the_employer_is_told_in_writing_to_help_and_what_it_hands_in_is_kept():
    case = an_investigated_case()
    with moment.fixed(MONDAY):
        paper = evidence.send_notice(case, by=an_investigator()).paper
        evidence.note_notice_served(paper, on=MONDAY.date())
        row = evidence.receive_evidence(case, denies=False, statement="情况属实，附考勤。", by=an_investigator())
        a_paper(case, "employer_evidence", by=an_investigator())
    assert (paper.recipient, row.denies, row.answered_on) == ("employer", False, MONDAY.date())
    assert case.materials.filter(kind="employer_evidence", pages__removed_at=None).count() == 1


def test_order_8_art_12_an_employer_that_does_not_help_holds_nothing_up():
    case = an_investigated_case()
    with moment.fixed(MONDAY):
        evidence.note_notice_served(evidence.send_notice(case, by=an_investigator()).paper, on=MONDAY.date())
    with moment.fixed(MONDAY + 16 * DAY):
        evidence.note_silence()
        assert investigation.go_on_without_employer(case, by=an_investigator()) == 1
        row = proposing.draft(case, a_draft(case), by=an_investigator())
        assert proposing.propose(case, seen=row.digest, by=an_investigator()) == row


def test_order_8_art_13_regulation_art_19_a_disease_with_its_document_is_decided_on_it_and_not_investigated_again():
    case = an_investigated_case(**DISEASED)
    line = plan_of(case)[0]
    assert heads_of(case) == ["14-4"]
    assert ("职业病诊断证明书或者职业病诊断鉴定书" in dict(line.proofs)) or all(held for _, held in line.proofs)
    with moment.fixed(MONDAY):
        row = proposing.draft(case, a_draft(case, heads=("14-4",)), by=an_investigator())
        proposing.propose(case, seen=row.digest, by=an_investigator())
        deciding.review(case, seen=row.digest, by=the_reviewer())
        decision = deciding.decide(case, seen=row.digest, by=the_signer())
    assert (decision.heads, case.interviews.count(), case.site_records.count()) == (["14-4"], 0, 0)
    assert any("不再" in told for told in line.guidance)


def test_order_8_art_13_without_the_document_a_disease_is_not_accepted():
    case = an_entered_case(kind="disease", disease="职业性噪声聋")
    assert [kind.code for kind in missing_papers(case)] == ["occupational_diagnosis"]


def test_order_8_art_14_an_investigation_elsewhere_is_kept_as_material_and_a_fact_may_rest_on_it():
    case = an_investigated_case()
    with moment.fixed(MONDAY):
        material = a_paper(case, "investigation", by=an_investigator())
        rests = (proposing.Rests("material", material.pk),)
        row = proposing.draft(
            case,
            a_draft(case, facts=(proposing.Fact("东岭市人社局受托调查：他在途中。", rests),)),
            by=an_investigator(),
        )
        assert proposing.propose(case, seen=row.digest, by=an_investigator()) == row


def test_order_8_art_15_the_worker_reads_nothing_of_what_the_employer_handed_in():
    case = an_investigated_case()
    worker, boss = the_worker(case), the_employer(case)
    with moment.fixed(MONDAY):
        evidence.note_notice_served(evidence.send_notice(case, by=an_investigator()).paper, on=MONDAY.date())
        material = material_of("employer_evidence", case=case)
        add_page(material, a_picture(8), name="工艺单.png", by=boss)
        for reader, sees in ((worker, False), (boss, True), (an_investigator(), True), (an_outsider(), False)):
            assert may_see(reader, material) is sees
            assert (material in visible_materials(case, by=reader)) is sees


def test_order_8_art_15_who_told_something_is_known_to_the_office_alone():
    case = an_investigated_case()
    sides = the_worker(case), the_employer(case)
    with moment.fixed(MONDAY):
        talk = records.keep_interview(
            case, a_talk(asked="何线人", role="witness"), team=[a_colleague()], by=an_investigator()
        )
        recording = a_paper(case, "investigation", by=an_investigator())
        for party in sides:
            assert talk.paper not in visible_papers(case, by=party)
            assert not may_see(party, recording)
        assert talk.paper in visible_papers(case, by=an_investigator())
    facts = str(list(LedgerEntry.objects.values_list("facts", flat=True)))
    assert "何线人" not in facts
