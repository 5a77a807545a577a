"""Nothing in what another committee sends is believed: one thing changed, and it is refused with its reason."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gongjian.appraisal.states import State
from gongjian.exchange.models import Matter
from gongjian.exchange.tests.entrusting import an_opined_matter
from gongjian.kernel import moment
from gongjian.opinions.actions.entrusting import packet_of, take_in
from gongjian.opinions.content import canonical, hash_of
from gongjian.opinions.errors import PacketWrong
from gongjian.opinions.models import Entrusted
from gongjian.opinions.packet import Packet, Signed, checked, read_packet
from gongjian.sittings.tests.builders import AFTER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home_of_the_file")]


@pytest.fixture
def packet() -> Packet:
    case = an_opined_matter().done_as
    assert case
    with moment.fixed(AFTER):
        return packet_of(case)


def signed_anew(each: Signed, **told: object) -> Signed:
    """The statement says something else, and is signed with another key."""
    key = Ed25519PrivateKey.generate()
    statement = canonical({**json.loads(each.statement), **told}).decode()
    signature = key.sign(f"gj-signed-1:{hash_of(statement.encode())}".encode()).hex()
    return Signed(statement, each.name, signature, key.public_key().public_bytes_raw().hex())


def with_statement(packet: Packet, place: int, statement: Signed) -> Packet:
    statements = list(packet.statements)
    statements[place] = statement
    return replace(packet, statements=tuple(statements))


def regraded(packet: Packet) -> Packet:
    """A grade was raised in what the first expert has signed."""
    told = json.loads(packet.statements[0].statement)
    told["content"]["grade"] = 5
    return with_statement(packet, 0, replace(packet.statements[0], statement=canonical(told).decode()))


def of_a_stranger(packet: Packet) -> Packet:
    return with_statement(packet, 0, signed_anew(packet.statements[0], expert="ZJ-nobody"))


def of_another_person(packet: Packet) -> Packet:
    return with_statement(packet, 0, signed_anew(packet.statements[0], exam_code="XXXXXXXX"))


def of_another_round(packet: Packet) -> Packet:
    return with_statement(packet, 0, signed_anew(packet.statements[0], round=2))


def without_one(packet: Packet) -> Packet:
    return replace(packet, statements=packet.statements[1:])


def twice_one(packet: Packet) -> Packet:
    return replace(packet, statements=(*packet.statements[:2], packet.statements[1]))


def by_one_hand(packet: Packet) -> Packet:
    """Two seats signed with one key."""
    key = Ed25519PrivateKey.generate()
    signed = []
    for each in packet.statements:
        signature = key.sign(f"gj-signed-1:{hash_of(each.statement.encode())}".encode()).hex()
        signed.append(replace(each, signature=signature, public_key=key.public_key().public_bytes_raw().hex()))
    return replace(packet, statements=tuple(signed))


def with_a_seat_given_away(packet: Packet) -> Packet:
    experts = json.loads(packet.experts)
    taken = experts["sitting"][0]["expert"]
    experts["sitting"][0]["expert"] = experts["reserves"][0]["expert"] if experts["reserves"] else f"{taken}x"
    return replace(packet, experts=canonical(experts).decode())


def with_another_group(packet: Packet) -> Packet:
    door = json.loads(packet.door)
    door["arrivals"][0]["group"] = next(
        each["id"] for each in door["commitment"]["groups"] if each["id"] != door["arrivals"][0]["group"]
    )
    return replace(packet, door=canonical(door).decode())


def of_nobody_at_the_door(packet: Packet) -> Packet:
    statements = tuple(signed_anew(each, exam_code="YYYYYYYY") for each in packet.statements)
    return replace(packet, exam_code="YYYYYYYY", statements=statements)


def receipts_exchanged(packet: Packet) -> Packet:
    return replace(packet, experts=packet.door, door=packet.experts)


def of_no_form(packet: Packet) -> Packet:
    return with_statement(packet, 0, signed_anew(packet.statements[0], form="gj-opinion-99"))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (regraded, "签名与意见不符"),
        (of_a_stranger, "不是随机抽取的专家"),
        (of_another_person, "不是关于这名被鉴定人"),
        (of_another_round, "不是同一轮"),
        (without_one, "份数"),
        (twice_one, "份数"),
        (by_one_hand, "同一人签"),
        (with_a_seat_given_away, "入席名单"),
        (with_another_group, "凭证|分组"),
        (of_nobody_at_the_door, "没有这名被鉴定人"),
        (receipts_exchanged, "种类不符"),
        (of_no_form, "不完整或者不合规定"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_was_changed_is_refused_with_its_reason(packet: Packet, change: Callable[[Packet], Packet], says: str):
    assert checked(packet).count.grade == 9, "as it was sent everything holds"
    with pytest.raises(PacketWrong, match=says):
        checked(change(packet))


def test_the_file_is_written_in_one_way_and_read_back(packet: Packet):
    assert read_packet(packet.content) == packet
    for broken in (b"", b"[]", b"{}", packet.content + b" ", packet.content.replace(b'"form"', b'"from"')):
        with pytest.raises(PacketWrong):
            read_packet(broken)


def test_a_majority_is_counted_here_and_not_believed(packet: Packet):
    grades = iter((5, 7, 9))
    statements = []
    for each in packet.statements:
        told = json.loads(each.statement)
        told["content"]["grade"] = next(grades)
        statements.append(signed_anew(each, content=told["content"]))
    with pytest.raises(PacketWrong, match="没有形成多数意见"):
        checked(replace(packet, statements=tuple(statements)))


def test_what_does_not_hold_leaves_the_case_as_it_was(packet: Packet):
    matter = Matter.objects.select_related("case").get(direction="out")
    with pytest.raises(PacketWrong):
        take_in(matter.case, regraded(packet), matter=matter.key, committee="云溪")
    matter.case.refresh_from_db()
    assert matter.case.state == State.ENTRUSTED
    assert not Entrusted.objects.exists()
