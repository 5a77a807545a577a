"""The chain, what may come into it, how long it is kept, and which bytes a browser asks for; without a database."""

from dataclasses import asdict, replace
from datetime import date
from hashlib import sha256
from io import BytesIO
from json import dumps

import pytest

from gongjian.law.errors import FileUnreadable
from gongjian.recordings.chain import Fault, Piece, beginning, clock, first_fault, link
from gongjian.recordings.copies import FORM, fault_in_copy
from gongjian.recordings.errors import (
    GroundMissing,
    NoRoomLeft,
    NotAllArrived,
    PieceCountMissing,
    PieceMissing,
    PieceWrong,
    RateTooHigh,
    ReasonMissing,
    RecordingTooLong,
)
from gongjian.recordings.film import range_of
from gongjian.recordings.notice import notice
from gongjian.recordings.rules import (
    ALLOWANCE,
    LARGEST_PIECE,
    Coming,
    Limits,
    SoFar,
    answer_due,
    check_all_arrived,
    check_piece,
    check_reason,
    check_refusal,
    check_room,
    kept_until,
    may_record,
    span_of,
)
from gongjian.recordings.states import Answer
from gongjian.recordings.tests.builders import content

KEY = "ab" * 16
LIMITS = Limits(video_kbps=400, audio_kbps=32, minutes=60)
LONG_AFTER = 10_000_000


def a_chain(length: int = 5) -> list[Piece]:
    pieces, head = [], beginning(KEY)
    for position in range(length):
        data = content(position)
        told = {
            "position": position,
            "starts_ms": position * 4000,
            "ends_ms": position * 4000 + 4000,
            "size": len(data),
        }
        head = link(head, **told, content=sha256(data).hexdigest())
        pieces.append(Piece(**told, sha256=sha256(data).hexdigest(), link=head))
    return pieces


def held(piece: Piece) -> bytes | None:
    return content(piece.position)


def test_a_chain_as_it_was_made_holds():
    pieces = a_chain()
    assert first_fault(KEY, pieces, head=pieces[-1].link, contents=held) is None
    assert first_fault(KEY, pieces, head=pieces[-1].link) is None
    assert first_fault(KEY, [], head=beginning(KEY)) is None


@pytest.mark.parametrize("place", range(5))
@pytest.mark.parametrize("bit", [0, 4001, 7199])
def test_one_flipped_bit_is_located_to_its_piece(place, bit):
    def flipped(piece: Piece) -> bytes:
        data = bytearray(content(piece.position))
        if piece.position == place:
            data[bit // 8] ^= 1 << bit % 8
        return bytes(data)

    pieces = a_chain()
    found = first_fault(KEY, pieces, head=pieces[-1].link, contents=flipped)
    assert found is not None
    assert (found.position, found.fault) == (place, Fault.CONTENT_CHANGED)
    assert found.sentence.startswith(f"第{place + 1}段（{clock(place * 4000)}至")


@pytest.mark.parametrize(
    ("change", "where", "fault"),
    [
        (lambda rows: [*rows[:2], replace(rows[2], sha256="0" * 64), *rows[3:]], 2, Fault.LIST_CHANGED),
        (lambda rows: [*rows[:3], replace(rows[3], ends_ms=15999), *rows[4:]], 3, Fault.LIST_CHANGED),
        (lambda rows: [*rows[:1], replace(rows[1], link="f" * 64), *rows[2:]], 1, Fault.LIST_CHANGED),
        (lambda rows: rows[:2] + rows[3:], 3, Fault.OUT_OF_PLACE),
        (lambda rows: [rows[0], rows[2], rows[1], *rows[3:]], 2, Fault.OUT_OF_PLACE),
        (lambda rows: rows[:4], 3, Fault.CUT),
        (lambda rows: [], 0, Fault.CUT),
    ],
)
def test_a_list_that_was_edited_left_out_turned_or_cut_is_found_by_itself(change, where, fault):
    pieces = a_chain()
    found = first_fault(KEY, change(pieces), head=pieces[-1].link)
    assert found is not None
    assert (found.position, found.fault) == (where, fault)
    assert fault.label in found.sentence


def test_a_piece_whose_bytes_are_gone_is_named():
    pieces = a_chain()
    found = first_fault(KEY, pieces, head=pieces[-1].link, contents=lambda piece: None)
    assert found is not None
    assert found.fault is Fault.MISSING


def test_the_chain_of_another_recording_does_not_pass_for_this_one():
    pieces = a_chain()
    found = first_fault("cd" * 16, pieces, head=pieces[-1].link)
    assert found is not None
    assert found.position == 0


def a_list(pieces: list[Piece]) -> dict[str, object]:
    return {"form": FORM, "key": KEY, "pieces": [asdict(piece) for piece in pieces], "head": pieces[-1].link}


def test_a_copy_is_checked_with_its_list_alone():
    pieces = a_chain()
    film = bytearray(b"".join(content(piece.position) for piece in pieces))
    assert fault_in_copy(dumps(a_list(pieces)), BytesIO(film)) is None
    film[2 * 900 + 17] ^= 4
    changed = fault_in_copy(dumps(a_list(pieces)), BytesIO(film))
    cut = fault_in_copy(dumps(a_list(pieces)), BytesIO(film[:1000]))
    assert changed is not None
    assert (changed.position, changed.fault) == (2, Fault.CONTENT_CHANGED)
    assert cut is not None
    assert (cut.position, cut.fault) == (1, Fault.MISSING)


@pytest.mark.parametrize(
    "told",
    [
        "",
        "[]",
        "{}",
        '{"form": "gongjian recording 1"}',
        '{"form": "gongjian recording 1", "key": "", "pieces": [{}], "head": ""}',
    ],
)
def test_what_is_no_list_of_pieces_is_said_to_be_none(told):
    with pytest.raises(FileUnreadable):
        fault_in_copy(told, BytesIO(b""))


def coming(position: int = 2, **changes: object) -> Coming:
    told: dict[str, object] = {
        "position": position,
        "starts_ms": position * 4000,
        "ends_ms": position * 4000 + 4000,
        "data": content(position),
        "elapsed_ms": LONG_AFTER,
    }
    return Coming(**{**told, **changes})  # type: ignore[arg-type]


SO_FAR = SoFar(pieces=2, size=1800, length_ms=8000)


def test_the_next_piece_may_come():
    check_piece(coming(), SO_FAR, LIMITS)
    check_piece(coming(0), SoFar(0, 0, 0), LIMITS)


@pytest.mark.parametrize(
    ("piece", "refusal", "says"),
    [
        (coming(3), PieceMissing, "应当先传第3段"),
        (coming(data=b""), PieceWrong, "空的"),
        (coming(data=b"x" * (LARGEST_PIECE + 1)), PieceWrong, "超过4兆字节"),
        (coming(starts_ms=7999), PieceWrong, "不相接"),
        (coming(ends_ms=8000), PieceWrong, "不相接"),
        (coming(ends_ms=8000 + 60_001), PieceWrong, "不相接"),
        (coming(elapsed_ms=12_000 - 60_001), PieceWrong, "比实际经过的还长"),
        (coming(data=b"x" * 3_600_000), RateTooHigh, "每秒432千比特"),
    ],
)
def test_a_piece_that_may_not_come_is_refused_in_words(piece, refusal, says):
    with pytest.raises(refusal, match=says):
        check_piece(piece, SO_FAR, LIMITS)


def test_the_first_piece_must_be_the_beginning_of_such_a_film():
    with pytest.raises(PieceWrong, match="不是浏览器录制的影音"):
        check_piece(coming(0, data=b"%PDF-1.7"), SoFar(0, 0, 0), LIMITS)


def test_a_recording_ends_at_its_longest_time_and_at_its_largest_size():
    at_the_end = SoFar(pieces=2, size=1800, length_ms=60 * 60_000 - 4000)
    last = coming(starts_ms=at_the_end.length_ms, ends_ms=60 * 60_000)
    check_piece(last, at_the_end, LIMITS)
    with pytest.raises(RecordingTooLong, match="60分钟"):
        check_piece(replace(last, ends_ms=60 * 60_000 + 1), at_the_end, LIMITS)
    with pytest.raises(RecordingTooLong):
        check_piece(last, replace(at_the_end, size=LIMITS.most_bytes), LIMITS)


def test_what_is_said_before_the_start_is_what_is_enforced():
    assert LIMITS.most_bytes == 432 * 125 * 3600 + ALLOWANCE
    told = dict(notice("云溪市劳动能力鉴定委员会", on=date(2026, 3, 24), region="990100", limits=LIMITS).lines)
    assert f"最长60分钟，最多约{LIMITS.megabytes}兆字节" in told["录多久、多大"]
    assert "24个月" in told["保存多久"]
    assert "15日内答复" in told["您的权利"]
    assert "检查照常进行" in told["不同意会怎样"]


def test_nothing_is_begun_that_the_disk_might_not_hold():
    check_room(LIMITS, left=LIMITS.most_bytes + 10, spare=10)
    check_room(LIMITS, left=None, spare=10)
    with pytest.raises(NoRoomLeft, match="只剩0兆字节"):
        check_room(LIMITS, left=9, spare=10)


def test_only_the_newest_yes_lets_anybody_record():
    assert may_record(Answer.YES)
    assert not any(may_record(said) for said in (None, Answer.NO, Answer.WITHDRAWN))


def test_an_end_waits_for_what_the_device_still_has():
    check_all_arrived(told=3, here=3)
    with pytest.raises(NotAllArrived, match="还有2段"):
        check_all_arrived(told=5, here=3)


@pytest.mark.parametrize("here", [0, 1, 3])
def test_without_a_count_from_the_device_nothing_counts_as_finished(here):
    with pytest.raises(PieceCountMissing, match="没有说明一共录了多少段"):
        check_all_arrived(told=-1, here=here)


@pytest.mark.parametrize(
    ("purpose", "reason"), [("", "核查三月的投诉"), ("own", "核查三月的投诉"), ("complaint", " 看看 ")]
)
def test_nothing_is_played_without_a_purpose_of_the_list_and_words(purpose, reason):
    check_reason("complaint", "核查三月的投诉")
    with pytest.raises(ReasonMissing):
        check_reason(purpose, reason)


@pytest.mark.parametrize(("ground", "words"), [("", "写得很清楚"), ("busy", "现在太忙了"), ("others", "有人")])
def test_a_request_is_refused_only_on_a_ground_of_the_list_in_words(ground, words):
    check_refusal("others", "画面里有另一位伤者")
    with pytest.raises(GroundMissing):
        check_refusal(ground, words)


def test_how_long_it_is_kept_and_when_an_answer_is_due():
    assert kept_until(date(2026, 3, 24), region="990100") == date(2028, 3, 24)
    assert answer_due(date(2026, 3, 24), region="990100") == date(2026, 4, 8)


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("", (0, 99)),
        ("bytes=0-", (0, 99)),
        ("bytes=10-19", (10, 19)),
        ("bytes=90-500", (90, 99)),
        ("bytes=-5", (95, 99)),
        ("bytes=100-", None),
        ("bytes=9-3", None),
        ("bytes=-", None),
        ("bytes=0-1,5-6", None),
        ("lines=1-2", None),
    ],
)
def test_which_bytes_a_browser_asks_for(asked, given):
    assert range_of(asked, 100) == given


def test_a_part_of_the_film_is_cut_out_of_its_pieces():
    assert span_of([10, 10, 10], 5, 24) == [(0, 5, 10), (1, 0, 10), (2, 0, 5)]
    assert span_of([10, 10, 10], 10, 19) == [(1, 0, 10)]
    assert span_of([10, 10, 10], 29, 29) == [(2, 9, 10)]
    assert range_of("", 0) is None


@pytest.mark.parametrize(("place", "written"), [(0, "00:00"), (61_999, "01:01"), (3_723_000, "1:02:03")])
def test_a_place_in_a_film_is_written_as_players_do(place, written):
    assert clock(place) == written
