"""Sound and film: known by their content, whole, and taken only where a recording is asked for."""

import io
import wave

import pytest

from gongjian.kernel.evidence.errors import EvidenceBroken, KindNotAllowed
from gongjian.kernel.evidence.inspection import inspect
from gongjian.kernel.evidence.kinds import MATERIALS, RECORDINGS, Kind


def a_sound(frames: int = 800) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\x00\x01" * frames)
    return file.getvalue()


def a_box(name: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4, "big") + name + content


FILM = a_box(b"ftyp", b"isom\x00\x00\x02\x00isom") + a_box(b"moov", bytes(40)) + a_box(b"mdat", bytes(200))


@pytest.mark.parametrize(("content", "kind"), [(a_sound(), Kind.WAV), (FILM, Kind.MP4)], ids=["sound", "film"])
def test_a_whole_recording_is_taken(content, kind):
    assert inspect(io.BytesIO(content), name="a.bin", allowed=RECORDINGS) == (kind, 1)


@pytest.mark.parametrize("content", [a_sound()[:-100], FILM[:-20], a_sound(0)], ids=["sound", "film", "silence"])
def test_a_recording_that_was_cut_is_refused(content):
    with pytest.raises(EvidenceBroken):
        inspect(io.BytesIO(content), name="a.bin", allowed=RECORDINGS)


@pytest.mark.parametrize("content", [a_sound(), FILM], ids=["sound", "film"])
def test_nobody_hands_a_recording_in_as_a_paper(content):
    with pytest.raises(KindNotAllowed):
        inspect(io.BytesIO(content), name="a.bin", allowed=MATERIALS)
