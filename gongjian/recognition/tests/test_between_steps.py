"""Who applies, for whom and when, seen over all steps: what contradicts itself is said at its field before anything is handed in."""

from datetime import date

import pytest

from gongjian.recognition.answers import applicant_of, as_kept, between, faults
from gongjian.recognition.choices import NOT_COUNTED
from gongjian.recognition.rules import is_in_time, standing_of
from gongjian.recognition.steps import STEPS
from gongjian.recognition.tests.online import answers

INJURED = date(2025, 2, 10)


def all_told(**changes: object) -> dict[str, object]:
    return {name: value for fields in answers().values() for name, value in fields.items()} | changes


def contradicted(**changes: object) -> list[tuple[str, str]]:
    return [(step, field) for step, field, _ in between(all_told(**changes))]


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ({}, []),
        ({"applicant_name": "林 知远"}, []),
        ({"applicant_name": ""}, []),
        ({"applicant_name": "周若岚"}, [("person", "name")]),
        ({"applicant_name": "周若岚", "capacity": "employer"}, []),
        ({"died_on": "2026-02-11"}, [("applicant", "capacity")]),
        ({"died_on": "2026-02-11", "capacity": "relative", "applicant_name": "林小满"}, []),
        ({"died_on": "2026-02-11", "capacity": "union", "applicant_name": "工会"}, []),
        ({"diagnosed_on": "2026-02-09"}, [("medical", "diagnosed_on")]),
        ({"diagnosed_on": "2026-02-10"}, []),
        ({"kind": "disease", "disease": "职业性尘肺病", "diagnosed_on": "2026-02-09"}, []),
        ({"kind": "disease"}, [("medical", "disease")]),
    ],
)
def test_what_two_steps_say_against_each_other_is_told_at_one_field(changes, at):
    assert contradicted(**changes) == at


@pytest.mark.parametrize(("kind", "fits"), [("accident", False), ("disease", True)])
def test_a_disease_may_be_diagnosed_after_death_an_accident_kills_nobody_before_it(kind, fits):
    told = {**answers()["injury"], "kind": kind, "died_on": "2026-02-09"}
    found = faults(STEPS.of("injury"), told, on=date(2026, 3, 2))
    assert (found == {}) is fits


def test_a_part_that_is_ticked_twice_is_one_part():
    assert as_kept(all_told(parts=["133:right", "133:left", "133:right"]))["parts"] == ["133:right", "133:left"]


def late(applied_on: date, *, applicant: str = "worker", **period: str | None) -> bool:
    told = [period] if period else []
    asked = {"applicant": applicant, "injured_on": INJURED, "applied_on": applied_on, "region": "990100"}
    return not is_in_time(standing_of(**asked, not_counted=told))


@pytest.mark.parametrize("ground", NOT_COUNTED)
def test_judicial_interpretation_9_art_7_each_of_the_five_grounds_stops_the_workers_year(ground):
    period = {"ground": ground, "from": "2025-03-01", "until": "2025-03-11"}
    assert late(date(2026, 2, 25))
    assert not late(date(2026, 2, 24), **period)
    assert late(date(2026, 2, 25), **period)


@pytest.mark.parametrize("ground", NOT_COUNTED)
def test_a_ground_that_lasts_makes_nobody_late(ground):
    assert not late(date(2028, 1, 3), ground=ground, **{"from": "2025-03-01", "until": None})


def test_a_ground_of_the_workers_gives_the_employer_no_day_more():
    period = {"ground": "force_majeure", "from": "2025-02-11", "until": "2025-03-20"}
    assert not late(date(2025, 3, 12), applicant="employer")
    assert late(date(2025, 3, 13), applicant="employer", **period)


@pytest.mark.parametrize("applicant", ["worker", "relative", "union"])
def test_order_8_art_5_an_employer_too_late_leaves_the_workers_side_its_year(applicant):
    assert late(date(2025, 6, 2), applicant="employer")
    assert not late(date(2025, 6, 2), applicant=applicant)


@pytest.mark.parametrize("acts_for", ["worker", "", "stranger", None])
def test_an_agent_of_nobody_named_counts_on_the_workers_side(acts_for):
    assert applicant_of({"capacity": "agent", "acts_for": acts_for}) == "worker"
