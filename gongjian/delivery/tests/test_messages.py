"""The words of the messages: they tell what happened and where to look, and nothing about health."""

import pytest

from gongjian.kernel.outbox.states import Channel
from gongjian.kernel.outbox.words import words_of

FACTS = {
    "number": "YXJD-2026-000017",
    "office": "云溪市劳动能力鉴定委员会",
    "title": "劳动能力鉴定（初次）结论书",
    "paper": "云溪劳鉴初〔2026〕17号",
    "sha256": "ab" * 32,
}


def test_the_message_in_the_box_tells_from_when_the_time_runs():
    words = words_of("delivery.paper", Channel.INBOX, FACTS)
    assert words.title == "劳动能力鉴定（初次）结论书已送达"
    assert "到达本消息箱之日即为送达日期，有关期限自次日起算" in words.body
    assert "申请纸质文书" in words.body


def test_the_text_message_names_the_number_and_no_paper():
    words = words_of("delivery.paper", Channel.SMS, FACTS)
    assert FACTS["number"] in words.body
    assert "结论" not in words.body
    assert len(words.body) < 70


@pytest.mark.parametrize("channel", [Channel.INBOX, Channel.WEBHOOK])
def test_the_copy_tells_number_and_fingerprint(channel: Channel):
    words = words_of("delivery.copy", channel, FACTS)
    assert FACTS["paper"] in words.title
    assert FACTS["sha256"] in words.body
    assert "第十七条" in words.body


@pytest.mark.parametrize("fact", ["number", "office", "title", "paper"])
def test_a_missing_fact_is_an_error_and_never_a_gap(fact: str):
    told = {name: value for name, value in FACTS.items() if name != fact}
    with pytest.raises(KeyError):
        words_of("delivery.paper", Channel.INBOX, told)
