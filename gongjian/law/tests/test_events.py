"""The names of events: each has words, and a faulty file stops the loading."""

from pathlib import Path

import pytest

from gongjian.law.errors import EventUnknown, LawDataWrong
from gongjian.law.events import read_vocabulary, vocabulary
from gongjian.law.limits import all_limits

FILE = """
[events]
lunch_eaten = "吃过午饭"
[grounds]
rain = "下雨"
visit = "来访"
[spans]
visit = true
"""


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("application_received", "收到鉴定申请"),
        ("labour_dispute", "劳动关系争议申请仲裁或者提起诉讼"),
        ("labour_dispute_ended", "收到确认劳动关系的生效法律文书（浙江：法律文书生效）"),
        ("force_majeure_ended", "不可抗力的情形消除"),
        ("rescheduled", "经同意改期鉴定"),
    ],
)
def test_an_event_has_words(name: str, words: str) -> None:
    assert vocabulary().title(name) == words


@pytest.mark.parametrize(
    "name", ["lunch", "lunch_ended", "", "_ended", "rescheduled_ended", "application_received_ended"]
)
def test_an_unknown_event_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(EventUnknown, match=f"“{name}”"):
        vocabulary().title(name)


def test_every_event_and_ground_is_used_by_some_limit() -> None:
    used = {event for one in all_limits().values() for event in one.events}
    assert set(vocabulary().events) | set(vocabulary().grounds) <= used | {"recognition_withdrawn"}


@pytest.mark.parametrize("name", [*vocabulary().events, *vocabulary().grounds])
def test_names_are_plain_words_that_fit_on_a_command_line(name: str) -> None:
    assert name.replace("_", "").isalpha()
    assert name.isascii()
    assert name == name.lower()


def written(folder: Path, text: str) -> Path:
    path = folder / "events.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_vocabulary_is_only_data(tmp_path: Path) -> None:
    words = read_vocabulary(written(tmp_path, FILE))
    assert words.title("lunch_eaten") == "吃过午饭"
    assert words.title("rain_ended") == "下雨的情形消除"
    with pytest.raises(EventUnknown):
        words.title("visit_ended")


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        ("[events]", "[happenings]", "unknown key happenings"),
        ('"吃过午饭"', "1", "lunch_eaten must be a text"),
        ('lunch_eaten = "吃过午饭"', 'rain = "雨"', "rain is an event, too"),
        ("visit = true", "snow = true", "snow is no ground"),
        ("[spans]", '[ended]\nsnow = "雪停"\n[spans]', "snow is no ground"),
        ("visit = true", 'visit = "yes"', "visit must be true or false"),
    ],
)
def test_a_faulty_vocabulary_stops_the_loading(tmp_path: Path, good: str, bad: str, fault: str) -> None:
    with pytest.raises(LawDataWrong, match=fault):
        read_vocabulary(written(tmp_path, FILE.replace(good, bad, 1)))
