"""The measuring itself: that it takes every run, counts right, and writes what it found."""

from datetime import date

import pytest
from click.testing import CliRunner

from gongjian.config.bench import command, heavy, planning, report
from gongjian.config.bench.command import bench
from gongjian.config.bench.measure import Timing, once, peak_megabytes, quantile, timed
from gongjian.config.bench.sample import sample_conclusion, sample_imprint
from gongjian.planner.sample import Size


def a_timing(p95: float = 20.0) -> Timing:
    return Timing("劳动能力鉴定委员会：待办列表", 100, 10.0, p95, 30.0, 7)


def test_every_run_is_handed_its_number_and_the_warm_ones_do_not_count():
    seen: list[int] = []
    timing = timed("x", seen.append, runs=5, warm=2)
    assert (seen, timing.runs) == ([0, 1, 2, 3, 4, 5, 6], 5)


def test_times_are_in_order_and_not_negative():
    timing = timed("x", lambda _: None, runs=9)
    assert 0 <= timing.p50 <= timing.p95 <= timing.slowest


def test_once_counts_in_milliseconds():
    assert 0 <= once(lambda _: None, 0) < 1000


@pytest.mark.parametrize(("share", "found"), [(0.0, 1.0), (0.5, 3.0), (0.95, 5.0), (1.0, 5.0)])
def test_the_quantile_of_sorted_times(share, found):
    assert quantile([1.0, 2.0, 3.0, 4.0, 5.0], share) == found


def test_a_timing_is_a_row_of_a_table():
    assert a_timing().row == "| 劳动能力鉴定委员会：待办列表 | 100 | 10.0 | 20.0 | 30.0 | 7 |"


def test_growth_compares_each_size_with_the_one_before_and_names_the_aim():
    sizes = {1_000: [a_timing()], 100_000: [a_timing(22.0)], 1_000_000: [a_timing(26.4)]}
    few, many = report.growth(sizes).splitlines()
    assert "× 1.10" in few
    assert "aim" not in few
    assert "× 1.20, aim at most 1.3" in many


def test_one_size_alone_has_no_growth():
    assert "Only one size" in report.growth({1_000: [a_timing()]})


@pytest.mark.django_db
def test_the_page_says_what_was_measured_on_what():
    page = report.text({1_000: [a_timing()]}, [a_timing()], ["ready: 1.0 s"], date(2026, 3, 2))
    for told in ("With 1,000 cases", "Measured 2026-03-02", "PostgreSQL", "Cold start", "- ready: 1.0 s", "待办列表"):
        assert told in page


def test_memory_is_told_in_megabytes():
    assert 10 < peak_megabytes() < 100_000


def test_six_hundred_people_go_through_the_door_of_forty_groups():
    heavy.send_everybody()


def test_due_days_are_recomputed_by_the_number(monkeypatch):
    monkeypatch.setattr(heavy, "DUE_DAYS", 74)
    timing = heavy.clock_timing()
    assert (timing.name, timing.runs, timing.p50 > 0) == ("重算74个到期日（全部期限）", 1, True)


def test_conclusions_are_rendered_and_signed_one_by_one():
    timing = heavy.conclusion_timing(sample_conclusion, sample_imprint("云溪市劳动能力鉴定委员会"), 2)
    assert (timing.runs, timing.p50 > 0) == (2, True)


def test_a_benchmark_of_no_size_is_refused():
    assert CliRunner().invoke(bench, ["--papers", "many"]).exit_code == 2


PAGE = "# Benchmarks\n\nHead.\n\n## With 1,000 cases\n\nA.\n\n## Planner\n\nOld.\n\n## Cold start\n\n- B\n"


def test_one_part_of_the_page_is_written_again_where_it_stands():
    page = report.with_section(PAGE, "Planner", "New.\n\n| a |")
    assert page == PAGE.replace("Old.", "New.\n\n| a |")
    assert report.with_section(page, "Planner", "Old.") == PAGE


def test_a_part_that_is_new_stands_at_the_end_and_leaves_the_rest():
    page = report.with_section(PAGE, "Elsewhere", "C.")
    assert page == PAGE + "\n## Elsewhere\n\nC.\n"


def test_the_planners_part_tells_of_the_offices_the_growth_and_the_advice(monkeypatch):
    monkeypatch.setattr(planning, "OFFICES", 2)
    monkeypatch.setattr(planning, "OFFICE", Size(cases=40, sittings=4, experts=20, tight=100))
    monkeypatch.setattr(
        planning, "GROWTH", (Size(cases=20, sittings=3, experts=20), Size(cases=30, sittings=3, experts=20))
    )
    monkeypatch.setattr(planning, "ADVICE", Size(cases=30, sittings=3, experts=20, tight=40))
    monkeypatch.setattr(planning, "FURTHER", 8)
    said: list[str] = []
    text = planning.section(said.append)
    assert "2 invented offices (40 cases, 4 sittings, 20 experts" in text
    assert [line.split(" |")[0] for line in text.splitlines() if "×" in line and "|" in line][1:] == [
        "| 20 × 3 × 20",
        "| 30 × 3 × 20",
    ]
    assert "An urgent case into the plan" in text
    assert text.count("| an accident wave of 30 % |") == 1
    assert len(said) == 1 + 2 + 3


def test_the_planner_alone_is_measured_without_an_installation(tmp_path, monkeypatch):
    page = tmp_path / "benchmarks.md"
    page.write_text(PAGE, encoding="utf-8")
    monkeypatch.setattr(command, "PAGE", page)
    monkeypatch.setattr(planning, "section", lambda say: "Body.")
    done = CliRunner().invoke(bench, ["--planner"])
    assert (done.exit_code, "已写入" in done.output) == (0, True)
    assert "\n\nBody.\n\n## Cold start" in page.read_text(encoding="utf-8")
