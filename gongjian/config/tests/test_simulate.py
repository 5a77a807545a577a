"""A year played with invented people: who comes when, what happens in which order, and what is reported of it."""

import random
from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from click.testing import CliRunner

from gongjian.cases.models import Case
from gongjian.conclusions.models import Conclusion
from gongjian.config.demo.cast import worker
from gongjian.config.simulate import command, figures
from gongjian.config.simulate.agenda import Agenda
from gongjian.config.simulate.command import BEGIN, play, simulate
from gongjian.config.simulate.figures import Figures
from gongjian.config.simulate.play import Play
from gongjian.config.simulate.town import LEAD, applicants, doctors, sitting_days, working_days
from gongjian.config.simulate.years import YEARS, Year
from gongjian.delivery.models import Attempt, Delivery, PostBatch
from gongjian.draws.lot.verify import verify_text
from gongjian.draws.models import Draw
from gongjian.experts.models import Expert
from gongjian.experts.specialties import SPECIALTIES
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.law.calendar import is_working_day, known
from gongjian.law.identity import check_id_number
from gongjian.law.modes import Mode
from gongjian.opinions.models import Opinion
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.states import SittingState

FIRST = BEGIN.date()
DAYS = working_days(FIRST)
SMALL = Year(people=8, halls=2, videos=1, beside=1, homes=1, experts=30, hospitals=5, by_post=2)


# How much happens.


def test_the_two_years_are_those_that_cities_have_made_known():
    first, second = YEARS["2024"], YEARS["2025"]
    assert (first.halls, first.people, first.experts, first.hospitals) == (12, 2_358, 80, 10)
    assert (second.halls + second.videos, second.videos, second.homes, 4 * second.by_post) == (11, 2, 6, 500)


def test_a_year_with_fewer_people_keeps_its_sittings_and_the_share_of_envelopes():
    half = YEARS["2025"].with_people(300)
    assert (half.people, half.halls, half.homes) == (300, 9, 6)
    assert half.by_post == 62


@pytest.mark.parametrize("people", [0, 13, 14])
def test_a_year_needs_more_people_than_are_examined_elsewhere(people):
    with pytest.raises(ValueError, match="more than 14"):
        YEARS["2025"].with_people(people)


# The town.


def test_the_twelve_months_have_a_published_calendar_and_only_working_days():
    assert all(is_working_day(day) and known(day.year) for day in DAYS)
    assert (DAYS[0] >= FIRST, DAYS[-1] < FIRST.replace(year=FIRST.year + 1)) == (True, True)
    assert 240 <= len(DAYS) <= 255


@pytest.mark.parametrize("count", [1, 2, 9, 12])
def test_sittings_lie_evenly_over_the_year_and_the_last_on_its_last_working_day(count):
    days = sitting_days(DAYS, count)
    places = [DAYS.index(day) for day in days]
    assert (len(set(days)), days[-1]) == (count, DAYS[-1])
    steps = [after - before for before, after in pairwise(places)]
    assert not steps or max(steps) - min(steps) <= 1


def test_a_year_without_videos_has_no_day_for_one():
    assert sitting_days(DAYS, 0) == []


@pytest.mark.parametrize("year", YEARS.values(), ids=YEARS)
def test_the_pool_has_as_many_experts_as_told_and_each_hospital_as_many_as_another(year):
    pool = doctors(year)
    assert (len(pool), len({one.username for one in pool})) == (year.experts, year.experts)
    spread = Counter(one.hospital for one in pool)
    assert set(spread) == set(range(year.hospitals))
    assert max(spread.values()) - min(spread.values()) <= 1
    assert {code for one in pool for code in one.specialties} <= set(SPECIALTIES)
    assert len({one.hospital for one in pool if "hand_foot" in one.specialties}) >= 3, "one of a hospital in a group"


@pytest.mark.parametrize("year", YEARS.values(), ids=YEARS)
def test_everybody_applies_once_early_enough_for_a_sitting(year):
    coming = list(applicants(year, len(DAYS), random.Random(1)))
    assert len({each.who.id_number for each in coming}) == len({each.who.telephone for each in coming}) == year.people
    assert max(each.day for each in coming) < len(DAYS) - LEAD
    assert Counter(each.mode for each in coming)[Mode.HOME] == year.homes
    assert Counter(each.mode for each in coming)[Mode.VIDEO] == year.videos * year.beside
    assert sum(not each.who.is_online for each in coming) == year.by_post


def test_the_same_number_brings_the_same_people_on_the_same_days_and_another_number_others():
    year = YEARS["2025"]
    first, again, other = (list(applicants(year, len(DAYS), random.Random(seed))) for seed in (1, 1, 2))
    assert first == again
    assert [each.day for each in first] != [each.day for each in other]


@pytest.mark.parametrize("serial", [1, 24, 999, 1000, 1001, 2358, 9999])
def test_a_worker_of_any_number_has_a_well_formed_identity_number_of_nobody(serial):
    assert check_id_number(worker(serial).id_number, on=FIRST).text == worker(serial).id_number
    assert worker(serial).id_number.startswith("990101")


# The order of time.


def at(hour: int) -> datetime:
    return moment.at(FIRST, hour)


def test_things_happen_in_the_order_of_time_and_of_two_at_once_the_one_told_first():
    agenda, seen = Agenda(), []
    for hour, name in ((9, "c"), (8, "a"), (9, "d"), (8, "b")):
        agenda.add(at(hour), "x", lambda when, name=name: seen.append((when.hour, name)))
    agenda.run()
    assert seen == [(8, "a"), (8, "b"), (9, "c"), (9, "d")]


def test_what_happens_may_put_more_on_the_agenda():
    agenda, seen = Agenda(), []

    def again(when: datetime) -> None:
        seen.append(when)
        if len(seen) < 3:
            agenda.add(when + timedelta(days=1), "again", again)

    agenda.add(at(9), "again", again)
    agenda.run()
    assert [after - before for before, after in pairwise(seen)] == [timedelta(days=1)] * 2
    assert agenda.done == {"again": 3}
    assert agenda.spent["again"] >= 0


def test_an_act_that_fails_ends_the_year():
    agenda, seen = Agenda(), []

    def fails(_: datetime) -> None:
        raise LookupError

    agenda.add(at(9), "fails", fails)
    agenda.add(at(10), "after", seen.append)
    with pytest.raises(LookupError):
        agenda.run()
    assert seen == []


# A small year, played once.


@pytest.mark.django_db
def test_a_small_year_walks_from_every_application_to_its_paper_and_the_report_counts_it(monkeypatch):
    monkeypatch.setattr("gongjian.config.simulate.play.STAYS_AWAY", 0.0)
    said: list[str] = []
    told = Play(SMALL, begin=FIRST, seed=3, say=said.append)
    told.run()
    found = figures.read()
    assert (found.applied, found.concluded, found.ended_otherwise) == (8, 8, 0)
    assert set(Case.objects.values_list("state", flat=True)) <= {"concluded", "delivered"}
    assert found.sittings == {"上门鉴定": 1, "现场集中鉴定": 2, "远程视频鉴定": 1}
    assert not Sitting.objects.exclude(state=SittingState.CLOSED).exists()
    assert sum(found.load) == Opinion.objects.count() == 3 * found.concluded
    assert len(found.load) == Expert.objects.count() == SMALL.experts
    assert (found.homes, found.envelopes) == (1, told.postbag.envelopes)
    assert found.envelopes == Attempt.objects.filter(method="post").count() == 4 * SMALL.by_post
    assert PostBatch.objects.count() >= 1
    assert not Delivery.objects.filter(served_on=None).exists()
    assert len(found.days) == 8
    assert set(found.late) == set(Conclusion.objects.filter(was_late=True).values_list("case__number", flat=True))
    assert len(said) == 2
    assert told.agenda.done["鉴定"] == Booking.objects.count() == 8
    assert [problem for row in Draw.objects.all() for problem in verify_text(row.receipt.encode())] == []
    for number in Case.objects.values_list("number", flat=True):
        times = list(LedgerEntry.objects.filter(chain=f"case:{number}").order_by("pk").values_list("at", flat=True))
        assert times == sorted(times), "the steps of a case follow one another in time"


@pytest.mark.django_db
def test_who_stays_away_is_asked_to_explain_and_the_appraisal_ends(monkeypatch):
    monkeypatch.setattr("gongjian.config.simulate.play.STAYS_AWAY", 1.0)
    Play(Year(people=1, halls=1, experts=30, hospitals=5), begin=FIRST, seed=1).run()
    found = figures.read()
    assert (found.applied, found.concluded, found.ended_otherwise, found.days) == (1, 0, 1, ())
    assert found.late == ()


# The report.


def a_year(**changes: object) -> Figures:
    told = {
        "applied": 4,
        "concluded": 3,
        "late": (),
        "days": (20, 30, 50),
        "ended_otherwise": 1,
        "load": (0, 2, 7),
        "sittings": {"现场集中鉴定": 2},
        "homes": 0,
        "envelopes": 2,
        "served": 6,
    }
    return Figures(**{**told, **changes})


def test_the_report_says_each_figure_in_a_sentence():
    lines = list(a_year().lines(8.0))
    assert lines[0] == "申请4件，作出结论3件，因缺席等原因终止1件，未办结0件。"
    assert "现场集中鉴定2场" in lines[1]
    assert lines[2] == "超过法定期限：0件。"
    assert "中位数30天，最短20天，最长50天" in lines[3]
    assert "中位数2件，最少0件，最多7件" in lines[4]
    assert lines[-1] == "用时8秒，平均每件2.00秒。"


def test_late_cases_are_named_but_never_more_than_ten():
    line = list(a_year(late=tuple(f"YXJD-2026-{number:06d}" for number in range(30))).lines(1.0))[2]
    assert line.startswith("超过法定期限：30件：YXJD-2026-000000")
    assert line.count("YXJD") == 10


def test_a_year_without_anybody_divides_by_nothing():
    lines = list(a_year(applied=0, concluded=0, ended_otherwise=0, days=(), load=()).lines(1.0))
    assert lines[0].startswith("申请0件")
    assert not any("平均每件" in line for line in lines)


@pytest.mark.django_db
def test_an_empty_database_has_the_figures_of_nothing(django_assert_max_num_queries):
    with django_assert_max_num_queries(11):
        found = figures.read()
    assert (found.applied, found.concluded, found.late, found.load) == (0, 0, (), ())


# The command.


def test_the_command_gives_itself_an_installation_of_its_own(monkeypatch):
    monkeypatch.setattr(command, "is_inside", lambda: False)
    monkeypatch.setattr(command, "again_in_its_own", lambda: 7)
    assert CliRunner().invoke(simulate, ["2024"]).exit_code == 7


@pytest.mark.parametrize("words", [[], ["2023"], ["2024", "--people", "0"], ["2024", "--people", "10000"]])
def test_the_command_refuses_a_year_or_a_number_it_does_not_have(words):
    assert CliRunner().invoke(simulate, words).exit_code == 2


def test_too_few_people_are_refused_in_a_sentence():
    with pytest.raises(Exception, match="这一年至少要有15人"):
        play("2025", 3, date(2025, 10, 1), 1)


def test_the_command_prints_the_report_and_where_the_time_went(monkeypatch, capsys):
    class Played:
        def __init__(self, year: Year, **told: object) -> None:
            self.agenda = Agenda()
            self.agenda.spent.update({"申请": 2.0, "鉴定": 5.0})
            assert (year.people, told["seed"]) == (40, 9)

        def run(self) -> None:
            """Nothing."""

    monkeypatch.setattr(command, "Play", Played)
    monkeypatch.setattr(figures, "read", a_year)
    lines = play("2024", 40, FIRST, 9)
    assert capsys.readouterr().out.splitlines() == lines
    assert lines[0].startswith("申请4件")
    assert lines[-1] == "各环节用时（秒）：鉴定5、申请2"


@pytest.mark.django_db
def test_a_report_takes_the_place_of_the_one_before_and_of_no_other_section(monkeypatch, tmp_path):
    page = tmp_path / "benchmarks.md"
    page.write_text("# Benchmarks\n\n## Planner\n\nfast\n", encoding="utf-8")
    monkeypatch.setattr(command, "PAGE", page)
    for line in ("申请4件。", "申请5件。"):
        command.write("2024", [line])
    command.write("2025", ["申请6件。"])
    text = page.read_text(encoding="utf-8")
    assert text.count("## The year 2024, replayed") == text.count("## Planner") == 1
    assert "- 申请5件。" in text
    assert "- 申请6件。" in text
    assert "申请4件" not in text
    assert text.index("## Planner") < text.index("申请5件") < text.index("申请6件")
