"""The list of victims by tables: which row may be kept, and what is wrong with the others."""

from datetime import date

import pytest

from gongjian.parties.tests.builders import an_id_number
from gongjian.recognition.errors import VictimListUnreadable
from gongjian.recognition.sheet import codes_of
from gongjian.recognition.tests.accidents import a_table, a_victim
from gongjian.recognition.victims import ASKED, checked, read_list

TODAY, SINCE = date(2026, 3, 2), date(2026, 2, 27)


def test_a_whole_row_is_kept_as_it_was_told():
    told, wrong = checked(a_victim(1), on=TODAY, since=SINCE)
    assert (told, wrong) == (a_victim(1), {})


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"name": ""}, "name"),
        ({"name": "长" * 61}, "name"),
        ({"id_number": "990101198503120015"}, "id_number"),
        ({"telephone": "0512"}, "telephone"),
        ({"harm": " "}, "harm"),
        ({"diagnosed_on": "2026-02-30"}, "diagnosed_on"),
        ({"diagnosed_on": "2026-03-03"}, "diagnosed_on"),
        ({"died_on": "2026-02-26", "relative": "赵敏"}, "died_on"),
        ({"diagnosed_on": "2026-02-26"}, "diagnosed_on"),
        ({"died_on": "2026-02-28"}, "relative"),
        ({"employer": "长" * 201}, "employer"),
    ],
)
def test_regulation_art_18_what_is_missing_or_wrong_is_told_at_its_column(change, column):
    told, wrong = checked(a_victim(1, **change), on=TODAY, since=SINCE)
    assert set(wrong) == {column}
    assert wrong[column].endswith("。")
    assert told["address"] == a_victim(1)["address"]


@pytest.mark.parametrize(
    "change",
    [{"diagnosed_on": "2026-03-02"}, {"died_on": "2026-02-27", "diagnosed_on": "2026-02-28", "relative": "赵敏"}],
)
def test_the_last_and_the_first_day_that_hold(change):
    assert checked(a_victim(1, **change), on=TODAY, since=SINCE)[1] == {}


def test_only_what_may_stay_empty_may_stay_empty():
    assert set(checked({}, on=TODAY, since=SINCE)[1]) == {asked.name for asked in ASKED if not asked.empty}


def test_a_person_who_stands_twice_in_one_table_is_told_with_the_first_row():
    twice = a_victim(2, id_number=an_id_number(1, born="19700312"))
    read = read_list(a_table(a_victim(1), a_victim(3), twice), on=TODAY, since=SINCE)
    assert len(read.good) == 2
    assert [(fault.row, fault.title, fault.why) for fault in read.faults] == [(4, "身份证号码", "和第2行是同一人。")]


def test_a_table_of_more_than_a_thousand_is_not_read(monkeypatch):
    monkeypatch.setattr("gongjian.recognition.victims.MOST_VICTIMS", 2)
    with pytest.raises(VictimListUnreadable, match="2行"):
        read_list(a_table(*(a_victim(serial) for serial in (1, 2, 3))), on=TODAY, since=SINCE)


def test_a_part_that_is_named_as_the_catalogue_names_it_has_its_code_for_the_appraisal():
    assert codes_of("右指、说不清的地方") == ("133:right",)
    assert codes_of("右下肢多处") == ()


@pytest.mark.parametrize("blank", [" ", "\u3000", "\t", "\u00a0", "  "])
def test_a_number_written_in_groups_is_the_number_and_not_too_long(blank):
    plain = a_victim(1)
    number, telephone = plain["id_number"], plain["telephone"]
    grouped = a_victim(
        1,
        id_number=blank.join((number[:6], number[6:14], number[14:])),
        telephone=blank.join((telephone[:3], telephone[3:7], telephone[7:])),
    )
    assert checked(grouped, on=TODAY, since=SINCE) == (plain, {})
    read = read_list(a_table(grouped, plain), on=TODAY, since=SINCE)
    assert [row["id_number"] for row in read.good] == [number], "and stands once on the list"
