"""Which heads may apply, what is open, and what speaks against them: each head on both sides of each of its needs."""

import pytest

from gongjian.law.recognition.answers import read_answers
from gongjian.law.recognition.heads import exclusions, heads, proofs, questions
from gongjian.law.recognition.weighing import raised, weigh, weigh_all

# head: the answers that make it complete, written out from the article
COMPLETE = {
    "14-1": {"in_work_time": True, "in_workplace": True, "work_cause": True, "accident": True},
    "14-2": {"around_work_time": True, "in_workplace": True, "preparatory_or_finishing": True, "accident": True},
    "14-3": {"in_work_time": True, "in_workplace": True, "violence_on_duty": True},
    "14-4": {"occupational_disease": True},
    "14-5": {"away_for_work": True, "work_cause": True, "personal_activity": False},
    "14-6": {"commuting": True, "traffic_accident": True, "mainly_own_responsibility": False},
    "14-7": {"other_statute": True},
    "15-1": {"in_work_time": True, "at_post": True, "sudden_illness": True, "died_at_once_or_within_48_hours": True},
    "15-2": {"public_interest": True},
    "15-3": {"disabled_veteran": True, "old_wound_relapse": True},
}
ALTERNATIVES = {
    ("14-5", "work_cause"): "missing_after_accident",
    ("14-6", "traffic_accident"): "rail_ferry_train_accident",
}
NEEDS = [(code, name) for code, answers in COMPLETE.items() for name in answers]


def weighed(code, answers):
    return weigh(heads()[code], answers)


def test_all_heads_of_both_articles_are_here():
    assert list(heads()) == list(COMPLETE)
    assert list(exclusions()) == ["16-1", "16-2", "16-3"]


@pytest.mark.parametrize("code", COMPLETE)
def test_a_head_whose_needs_are_all_answered_may_apply(code):
    found = weighed(code, COMPLETE[code])
    assert (found.stands, found.missing, found.against) == ("may_apply", (), ())


@pytest.mark.parametrize(("code", "name"), NEEDS)
def test_a_need_that_is_not_answered_leaves_the_head_open(code, name):
    answers = {key: value for key, value in COMPLETE[code].items() if key != name}
    found = weighed(code, answers)
    assert found.stands == "open"
    assert set(found.missing) == {name, ALTERNATIVES.get((code, name), name)}


@pytest.mark.parametrize(("code", "name"), NEEDS)
def test_a_need_that_is_answered_the_other_way_speaks_against_the_head(code, name):
    other = ALTERNATIVES.get((code, name))
    answers = {**COMPLETE[code], name: not COMPLETE[code][name], **({other: False} if other else {})}
    found = weighed(code, answers)
    assert (found.stands, found.missing) == ("does_not_apply", ())
    assert name in found.against


@pytest.mark.parametrize(("code", "name"), ALTERNATIVES)
def test_one_of_two_ways_is_enough(code, name):
    answers = {**COMPLETE[code], name: False, ALTERNATIVES[code, name]: True}
    assert weighed(code, answers).stands == "may_apply"


@pytest.mark.parametrize(("code", "name"), ALTERNATIVES)
def test_one_of_two_ways_denied_leaves_the_other_to_be_asked(code, name):
    found = weighed(code, {**COMPLETE[code], name: False})
    assert (found.stands, found.missing) == ("open", (ALTERNATIVES[code, name],))


def test_nothing_answered_leaves_everything_open():
    assert {one.stands for one in weigh_all({})} == {"open"}


def test_several_heads_may_apply_at_once():
    found = weigh_all({**COMPLETE["14-1"], **COMPLETE["15-2"]})
    assert [one.head.code for one in found if one.stands == "may_apply"] == ["14-1", "15-2"]


@pytest.mark.parametrize(
    ("code", "proof"),
    [
        ("14-3", "police_document"),
        ("14-4", "occupational_diagnosis"),
        ("14-5", "errand_proof"),
        ("14-6", "traffic_liability"),
        ("15-1", "rescue_record"),
        ("15-1", "death_certificate"),
        ("15-2", "public_interest_proof"),
        ("15-3", "veteran_certificate"),
    ],
)
def test_a_head_asks_for_its_own_proof_until_it_is_there(code, proof):
    assert proof in weighed(code, COMPLETE[code]).proofs_missing
    assert proof not in weighed(code, {**COMPLETE[code], "proofs": (proof,)}).proofs_missing


@pytest.mark.parametrize("code", COMPLETE)
def test_every_head_asks_for_the_form_and_the_labour_relation(code):
    assert {"application_form", "labour_relation"} <= set(heads()[code].proofs)


@pytest.mark.parametrize(
    ("code", "question", "proof"),
    [
        ("16-1", "intentional_crime", "criminal_conclusion"),
        ("16-2", "drunk_or_drugs", "drunk_or_drugs_finding"),
        ("16-3", "self_harm", "self_harm_finding"),
    ],
)
@pytest.mark.parametrize("answer", [True, False, None])
def test_an_exclusion_that_is_raised_needs_its_proof_and_takes_no_head_away(code, question, proof, answer):
    answers = {**COMPLETE["14-1"], **({} if answer is None else {question: answer})}
    found = {one.exclusion.code: one for one in raised(answers)}[code]
    assert (found.raised, found.proofs_missing) == (answer, (proof,))
    assert weighed("14-1", answers).stands == "may_apply"


def test_every_proof_is_asked_for_by_somebody_and_can_be_named():
    of_heads = {name for one in heads().values() for name in one.proofs}
    asked = of_heads | {name for one in exclusions().values() for name in one.proofs}
    assert asked == set(proofs()) == set(questions()["proofs"].words)


def test_every_guidance_has_a_source():
    told = [one for head in heads().values() for one in head.guidance]
    assert len(told) > 10
    assert [one.text for one in told if not one.source] == []


def test_every_question_of_a_head_is_a_flag():
    names = {name.removeprefix("!") for head in heads().values() for group in head.needs for name in group}
    assert {questions()[name].kind for name in names} == {"flag"}


def test_answers_come_through_reading_unchanged():
    assert weighed("14-5", read_answers(COMPLETE["14-5"])).stands == "may_apply"


@pytest.mark.parametrize("code", ["14-3", "14-5", "14-6"])
def test_a_claim_against_a_third_party_is_no_reason_to_refuse_and_stands_beside_the_head(code):
    assert any("第三人" in one.text and one.source == "法释9 第八条" for one in heads()[code].guidance)


def test_drunkenness_without_a_document_is_weighed_with_other_evidence():
    assert any("其他证据" in one.text for one in exclusions()["16-2"].guidance)
