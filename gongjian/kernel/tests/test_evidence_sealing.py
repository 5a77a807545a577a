"""How a file lies on the disk: readable from any place under its own name, and under no other condition."""

import io

import pytest

from gongjian.kernel.evidence.sealing import HEADER, PIECE, TAG, Layout, SealBroken, SealedReader, Sealer
from gongjian.kernel.keyring import keyring

KEYS = keyring("an-evidence-secret-of-the-tests-00001")
NEXT_KEYS = keyring("an-evidence-secret-of-the-tests-00002,an-evidence-secret-of-the-tests-00001")
OTHER_KEYS = keyring("somebody-elses-evidence-secret-000001")
SIZES = [1, 2, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 17]


def some_bytes(size: int) -> bytes:
    return bytes((i * 7 + i // 251) % 256 for i in range(size))


def sealed(plain: bytes, *, name: str = "a-name", step: int = 10_000) -> bytes:
    target = io.BytesIO()
    sealer = Sealer(target, KEYS.newest)
    for start in range(0, len(plain), step):
        sealer.write(plain[start : start + step])
    sealer.finish(name)
    return target.getvalue()


def opened(content: bytes, *, name: str = "a-name", keys=KEYS) -> bytes:
    return io.BufferedReader(SealedReader(io.BytesIO(content), keys, name)).read()


@pytest.mark.parametrize("size", SIZES)
def test_what_goes_in_comes_out(size: int):
    assert opened(sealed(some_bytes(size))) == some_bytes(size)


@pytest.mark.parametrize("step", [1000, PIECE, PIECE + 1, 10 * PIECE])
def test_it_does_not_matter_in_which_pieces_it_was_written(step: int):
    plain = some_bytes(3 * PIECE + 17)
    assert opened(sealed(plain, step=step)) == plain


@pytest.mark.parametrize("size", SIZES)
def test_the_size_is_known_without_reading(size: int):
    assert Layout.of(len(sealed(some_bytes(size)))).plain_size == size


@pytest.mark.parametrize("at", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE + 5, 3 * PIECE + 16])
def test_it_is_read_from_any_place(at: int):
    plain = some_bytes(3 * PIECE + 17)
    file = SealedReader(io.BytesIO(sealed(plain)), KEYS, "a-name")
    assert file.seek(at) == file.tell() == at
    assert io.BufferedReader(file).read(100) == plain[at : at + 100]


def test_seeking_from_the_end_from_here_and_past_the_end():
    file = SealedReader(io.BytesIO(sealed(some_bytes(100))), KEYS, "a-name")
    assert file.seek(-10, io.SEEK_END) == 90
    assert file.seek(5, io.SEEK_CUR) == 95
    assert file.seek(-500, io.SEEK_CUR) == 0
    assert file.seek(500) == 500
    assert file.read() == b""


def test_the_plain_bytes_do_not_stand_in_the_file():
    assert b"right hand" not in sealed(b"the right hand " * 1000)


def test_the_same_bytes_are_sealed_differently_each_time():
    assert sealed(b"same") != sealed(b"same")


def test_a_file_put_in_anothers_place_is_not_read():
    with pytest.raises(SealBroken, match="another name"):
        opened(sealed(b"one", name="one"), name="two")


def test_a_wrong_key_reads_nothing():
    with pytest.raises(SealBroken, match="another key"):
        opened(sealed(b"one"), keys=OTHER_KEYS)


def test_a_new_key_in_front_still_reads_old_files():
    assert opened(sealed(b"one"), keys=NEXT_KEYS) == b"one"


@pytest.mark.parametrize(
    "left", [0, 10, HEADER - 1, HEADER, HEADER + TAG - 1, HEADER + PIECE, HEADER + PIECE + TAG, -1]
)
def test_a_cut_file_is_not_read(left: int):
    whole = sealed(some_bytes(2 * PIECE))
    with pytest.raises(SealBroken):
        opened(whole[:left])


def test_a_file_with_something_added_is_not_read():
    with pytest.raises(SealBroken):
        opened(sealed(some_bytes(PIECE)) + b"x")


@pytest.mark.parametrize("at", [0, 5, 13, 30, 71, HEADER, HEADER + 100, HEADER + PIECE + TAG, -1])
def test_one_changed_bit_is_noticed(at: int):
    whole = bytearray(sealed(some_bytes(2 * PIECE)))
    whole[at] ^= 1
    with pytest.raises(SealBroken):
        opened(bytes(whole))


def test_swapped_pieces_are_noticed():
    whole, one = sealed(some_bytes(3 * PIECE)), PIECE + TAG
    first, second, rest = (
        whole[HEADER : HEADER + one],
        whole[HEADER + one : HEADER + 2 * one],
        whole[HEADER + 2 * one :],
    )
    with pytest.raises(SealBroken, match="piece 0"):
        opened(whole[:HEADER] + second + first + rest)


def test_a_file_that_was_never_finished_is_not_read():
    target = io.BytesIO()
    Sealer(target, KEYS.newest).write(some_bytes(3 * PIECE))
    with pytest.raises(SealBroken, match="no header"):
        opened(target.getvalue())


def test_closing_the_reader_closes_the_file():
    source = io.BytesIO(sealed(b"x"))
    SealedReader(source, KEYS, "a-name").close()
    assert source.closed
