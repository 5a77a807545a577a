"""What the law says, as tables: who needs which paper, until when, on which head, and what is refused."""

from datetime import date, datetime, timedelta

import pytest

from gongjian.kernel.moment import ZONE
from gongjian.law.recognition.heads import exclusions, heads
from gongjian.recognition.errors import (
    DayOfReceiptWrong,
    ExclusionUnproved,
    HeadUnknown,
    InterviewEmpty,
    InterviewTimesWrong,
    OutcomeWithoutHead,
    TwoInvestigators,
)
from gongjian.recognition.rules import (
    GROUND_ARTICLES,
    GROUNDS,
    OUTCOMES,
    REJECTIONS,
    SAME_LEVEL,
    age_on,
    basis_told,
    benefits_told,
    check_interview,
    check_investigators,
    check_outcome,
    check_resumption,
    government_of,
    grounds_told,
    is_in_time,
    norms_of,
    proofs_held,
    required_kinds,
    standing_of,
)

HURT = date(2026, 3, 2)
TEN = datetime(2026, 3, 2, 10, 0, tzinfo=ZONE)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
TALK = ({"q": "当时在哪里？", "a": "在车间。"},)
BASE = {"labour_relation", "medical_diagnosis"}


def in_time(applicant: str, applied_on: date, **told) -> bool:
    return is_in_time(standing_of(applicant=applicant, injured_on=HURT, applied_on=applied_on, region="990100", **told))


@pytest.mark.parametrize(
    ("applicant", "last"),
    [
        ("employer", date(2026, 4, 1)),
        ("worker", date(2027, 3, 2)),
        ("relative", date(2027, 3, 2)),
        ("union", date(2027, 3, 2)),
        ("agent", date(2027, 3, 2)),
    ],
)
def test_regulation_art_17_each_side_is_in_time_on_its_last_day_and_late_on_the_next(applicant, last):
    assert in_time(applicant, last)
    assert not in_time(applicant, last + timedelta(days=1))


def test_regulation_art_17_a_last_day_on_a_weekend_moves_to_the_next_working_day():
    told = {"applicant": "employer", "injured_on": date(2026, 3, 26), "region": "990100"}
    assert date(2026, 4, 25).weekday() == 5
    assert is_in_time(standing_of(**told, applied_on=date(2026, 4, 27)))
    assert not is_in_time(standing_of(**told, applied_on=date(2026, 4, 28)))


@pytest.mark.parametrize(("applied_on", "expected"), [(date(2026, 5, 1), True), (date(2026, 5, 7), False)])
def test_regulation_art_17_an_approved_extension_is_added_to_the_thirty_days(applied_on, expected):
    assert in_time("employer", applied_on, extension=(date(2026, 3, 20), 30)) is expected


def test_a_longer_time_for_the_employer_is_none_for_the_worker():
    extension = (date(2026, 3, 20), 30)
    assert in_time("worker", date(2027, 3, 2), extension=extension)
    assert not in_time("worker", date(2027, 3, 3), extension=extension)


@pytest.mark.parametrize(
    "ground", ["force_majeure", "liberty_restricted", "employer_cause", "registration_failed", "labour_dispute"]
)
def test_interpretation_9_art_7_each_of_the_five_grounds_is_added_to_the_year(ground):
    period = {"ground": ground, "from": "2026-06-01", "until": "2026-07-01"}
    assert in_time("worker", date(2027, 4, 1), not_counted=[period])
    assert not in_time("worker", date(2027, 4, 2), not_counted=[period])


@pytest.mark.parametrize(
    ("kind", "capacity", "channel", "wanted"),
    [
        ("accident", "worker", "window", {"recognition_form", *BASE}),
        ("accident", "worker", "online", BASE),
        ("accident", "employer", "online", BASE),
        ("accident", "relative", "online", {*BASE, "relation_proof"}),
        ("accident", "union", "online", {*BASE, "union_letter"}),
        ("accident", "agent", "window", {"recognition_form", *BASE, "mandate"}),
        ("disease", "worker", "online", {"labour_relation", "occupational_diagnosis"}),
        ("disease", "relative", "window", {"recognition_form", "labour_relation", "occupational_diagnosis", "relation_proof"}),
    ],
)  # fmt: skip
def test_regulation_art_18_the_papers_that_each_applicant_brings(kind, capacity, channel, wanted):
    assert set(required_kinds(kind=kind, capacity=capacity, channel=channel)) == wanted


def test_a_paper_stands_for_the_proof_that_the_law_lists_and_for_no_other():
    assert proofs_held({"recognition_form", "labour_relation", "id_document"}) == [
        "application_form",
        "labour_relation",
    ]
    assert proofs_held(set()) == []


@pytest.mark.parametrize("cards", [(), ("A1",), ("A1", ""), ("A1", "  ")])
def test_order_8_art_10_fewer_than_two_cards_are_no_investigation(cards):
    with pytest.raises(TwoInvestigators, match="两名以上"):
        check_investigators(cards)


@pytest.mark.parametrize("cards", [("A1", "A2"), ("A1", "A2", "A3")])
def test_order_8_art_10_two_cards_are_enough(cards):
    check_investigators(cards)


@pytest.mark.parametrize(
    "lines", [(), ({"q": "", "a": "在。"},), ({"q": "在哪里？", "a": " "},), ({"q": "在哪里？"},), (*TALK, {"a": "好"})]
)
def test_order_8_art_10_a_record_without_question_and_answer_is_none(lines):
    with pytest.raises(InterviewEmpty):
        check_interview(lines, TEN - HOUR, TEN, TEN)


@pytest.mark.parametrize(("started", "ended"), [(TEN, TEN), (TEN, TEN - SECOND), (TEN - HOUR, TEN + SECOND)])
def test_an_interview_does_not_end_before_it_began_nor_after_now(started, ended):
    with pytest.raises(InterviewTimesWrong):
        check_interview(TALK, started, ended, TEN)


def test_an_interview_may_have_ended_this_very_moment():
    check_interview(TALK, TEN - SECOND, TEN, TEN)


@pytest.mark.parametrize("on", [date(2026, 3, 9), date(2026, 3, 21)])
def test_a_document_did_not_come_before_the_suspension_nor_tomorrow(on):
    with pytest.raises(DayOfReceiptWrong, match="2026-03-10"):
        check_resumption(on, first=date(2026, 3, 10), today=date(2026, 3, 20))


@pytest.mark.parametrize("on", [date(2026, 3, 10), date(2026, 3, 20)])
def test_a_document_may_come_on_the_first_day_and_today(on):
    check_resumption(on, first=date(2026, 3, 10), today=date(2026, 3, 20))


@pytest.mark.parametrize("code", [code for code in heads() if code.startswith("14-")])
def test_regulation_art_14_each_head_carries_a_recognition_and_no_deemed_injury(code):
    check_outcome("recognised", [code], "", held=())
    with pytest.raises(OutcomeWithoutHead):
        check_outcome("deemed", [code], "", held=())


@pytest.mark.parametrize("code", [code for code in heads() if code.startswith("15-")])
def test_regulation_art_15_each_head_carries_a_deemed_injury_and_no_recognition(code):
    check_outcome("deemed", [code], "", held=())
    with pytest.raises(OutcomeWithoutHead):
        check_outcome("recognised", [code], "", held=())


@pytest.mark.parametrize("code", list(exclusions()))
def test_regulation_art_16_each_exclusion_refuses_with_its_proof_and_never_without(code):
    proof = exclusions()[code].proofs[0]
    check_outcome("refused", [code], "有生效文书。", held={proof})
    for held in ((), set(BASE)):
        with pytest.raises(ExclusionUnproved, match=exclusions()[code].title):
            check_outcome("refused", [code], "有生效文书。", held=held)


@pytest.mark.parametrize(
    ("outcome", "chosen", "reason", "refusal"),
    [
        ("recognised", [], "", OutcomeWithoutHead),
        ("recognised", ["14-1", "16-2"], "", OutcomeWithoutHead),
        ("deemed", ["15-1", "14-1"], "", OutcomeWithoutHead),
        ("refused", [], "", OutcomeWithoutHead),
        ("refused", [], "　", OutcomeWithoutHead),
        ("recognised", ["14-8"], "", HeadUnknown),
        ("rejected", [], "逾期", HeadUnknown),
        ("granted", ["14-1"], "", HeadUnknown),
    ],
)
def test_an_outcome_that_its_heads_do_not_carry_is_refused(outcome, chosen, reason, refusal):
    with pytest.raises(refusal):
        check_outcome(outcome, chosen, reason, held=set(BASE))


@pytest.mark.parametrize(
    ("chosen", "cited", "never"),
    [
        (["16-2"], "根据《工伤保险条例》第十六条第（二）项", "不符合"),
        (
            ["14-1", "16-2"],
            "根据《工伤保险条例》第十六条第（二）项",
            "第十四条",
        ),  # art. 16: 符合第十四条、第十五条的规定，但是……
        (["14-1", "14-3"], "不符合《工伤保险条例》第十四条第（一）项", "根据"),
        (["15-1"], "也不属于该条例第十四条、第十五条规定的其他情形", "根据"),
        ([], "不符合《工伤保险条例》第十四条、第十五条的规定", "根据"),
    ],
)
def test_regulation_art_16_a_refusal_rests_on_an_exclusion_or_says_that_no_head_is_met(chosen, cited, never):
    [clause] = basis_told("refused", chosen)
    assert cited in clause
    assert never not in clause


@pytest.mark.parametrize(
    ("office", "government"),
    [
        ("云溪市人力资源和社会保障局", "云溪市人民政府"),
        ("云溪市东溪县人力资源和社会保障局", "云溪市东溪县人民政府"),
        ("云岭省人力资源和社会保障厅", "云岭省人民政府"),
        ("云溪市江北新区人力资源和社会保障局", "云溪市江北新区人民政府"),
        ("云溪市人社局", "云溪市人民政府"),
        ("云溪市劳动和社会保障局", "云溪市人民政府"),
        ("云溪市经济技术开发区人力资源和社会保障局", SAME_LEVEL),
        ("云溪高新区组织人事部", SAME_LEVEL),
        ("人力资源和社会保障局", SAME_LEVEL),
    ],
)
def test_reconsideration_law_art_24_the_government_is_that_of_the_departments_place_and_none_is_made_up(
    office, government
):
    assert government_of(office) == government


@pytest.mark.parametrize(
    ("outcome", "chosen", "norms"),
    [
        ("recognised", ["14-1"], 1),
        ("refused", ["16-1"], 1),
        ("refused", ["14-1"], 2),
        ("refused", [], 1),
    ],
)
def test_procedure_law_art_67_no_decision_is_defended_without_a_norm(outcome, chosen, norms):
    told = norms_of(outcome, chosen)
    assert len(told) == norms
    assert all(one.startswith("《工伤保险条例》第十") for one in told)


@pytest.mark.parametrize("code", [*heads(), *exclusions()])
def test_order_8_art_19_a_head_is_cited_by_article_and_words(code):
    [told] = grounds_told([code])
    assert told.startswith("《工伤保险条例》第十")
    title = heads()[code].title if code in heads() else exclusions()[code].title
    assert title in told


def test_regulation_art_15_a_veterans_relapse_brings_no_lump_sum_and_a_rescue_brings_all():
    assert benefits_told(["15-2"]) == benefits_told(["15-1", "15-2"]) == "享受全部工伤保险待遇。"
    assert "除一次性伤残补助金以外" in benefits_told(["15-3"])
    assert benefits_told(["14-1"]) == ""


@pytest.mark.parametrize(
    ("born", "day", "years"),
    [
        (date(1988, 5, 20), date(2026, 5, 19), 37),
        (date(1988, 5, 20), date(2026, 5, 20), 38),
        (date(2004, 2, 29), date(2026, 2, 28), 21),
        (date(2004, 2, 29), date(2026, 3, 1), 22),
        (None, date(2026, 3, 1), None),
    ],
)
def test_order_8_art_19_the_age_in_whole_years_changes_on_the_birthday(born, day, years):
    assert age_on(born, day) == years


def test_every_ground_of_suspension_and_of_rejection_names_its_article():
    assert set(GROUND_ARTICLES) == set(GROUNDS)
    assert all("《工伤保险条例》" in article for _, article in REJECTIONS.values())
    assert len({outcome.paper for outcome in OUTCOMES.values()}) == len(OUTCOMES)
