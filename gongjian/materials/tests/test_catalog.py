"""The checklist as a table."""

import pytest

from gongjian.materials.catalog import KINDS, Channel, checklist, kind_of, missing
from gongjian.materials.errors import KindNotListed

BASE = ["diagnosis", "medical_records", "identity"]


@pytest.mark.parametrize(
    ("capacity", "channel", "required"),
    [
        ("worker", Channel.ONLINE, BASE),
        ("employer", Channel.ONLINE, BASE),
        ("relative", Channel.ONLINE, [*BASE, "relation_proof"]),
        ("agent", Channel.ONLINE, [*BASE, "mandate"]),
        ("worker", Channel.WINDOW, ["application_form", *BASE]),
        ("relative", Channel.WINDOW, ["application_form", *BASE, "relation_proof"]),
    ],
)
def test_art_09_what_each_applicant_hands_in(capacity, channel, required):
    wanted = checklist(capacity=capacity, channel=channel)
    assert [each.kind.code for each in wanted if each.required] == required
    assert [each.kind.code for each in wanted if not each.required] == ["recognition_decision", "other"]


@pytest.mark.parametrize(
    ("held", "gone"),
    [
        ([], []),
        (["identity"], ["identity"]),
        (["recognition_decision"], ["recognition_decision"]),
        (["diagnosis"], []),
        (["identity", "medical_records"], ["identity"]),
    ],
)
def test_art_09_what_is_held_and_can_serve_again_is_not_asked_for(held, gone):
    everything = [each.kind.code for each in checklist(capacity="worker")]
    asked = [each.kind.code for each in checklist(capacity="worker", held=held)]
    assert [code for code in everything if code not in asked] == gone


def test_a_capacity_nobody_has_is_a_mistake_of_the_program():
    with pytest.raises(KeyError):
        checklist(capacity="neighbour")


@pytest.mark.parametrize(
    ("given", "titles"),
    [
        (BASE, []),
        (["diagnosis", "identity"], ["完整的病历资料"]),
        ([], ["有效的诊断证明", "完整的病历资料", "被鉴定人的身份证件"]),
        ([*BASE, "other"], []),
    ],
)
def test_art_10_everything_missing_is_said_at_once(given, titles):
    assert [kind.title for kind in missing(checklist(capacity="worker"), given)] == titles


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_every_kind_has_title_hint_and_legal_basis(kind):
    assert kind.title
    assert kind.hint
    assert kind.basis
    assert kind_of(kind.code) is kind


def test_a_kind_that_is_not_listed_is_refused():
    with pytest.raises(KindNotListed):
        kind_of("tax_return")


def test_channels_have_their_words():
    assert [channel.label for channel in Channel] == ["网上申请", "窗口受理"]
