"""The one way a package is written as a ZIP file, and that not a bit of it can be changed unseen."""

import io
import subprocess
import sys
from zipfile import BadZipFile, ZipFile

import pytest

from gongjian.archives.offline.container import (
    Entry,
    Member,
    content_of,
    directory,
    examined,
    in_memory,
    is_plain,
    local_header,
    measured,
    written,
)

FILES = {"README.txt": "说明".encode(), "papers/01.pdf": b"%PDF" * 40, "empty.json": b"", "z/ledger.json": b"{}\n"}


def members() -> list[Member]:
    return [in_memory(name, content) for name, content in FILES.items()]


def a_zip() -> bytes:
    return b"".join(written(members()))


def test_any_zip_program_reads_it():
    with ZipFile(io.BytesIO(a_zip())) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == FILES


def test_the_standard_tool_unpacks_it(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(a_zip())
    done = subprocess.run([sys.executable, "-m", "zipfile", "-e", str(path), str(tmp_path)], check=False)
    assert done.returncode == 0
    assert (tmp_path / "papers" / "01.pdf").read_bytes() == FILES["papers/01.pdf"]


def test_the_same_members_give_the_same_bytes():
    assert a_zip() == a_zip()


def test_what_was_written_is_found_whole():
    file = io.BytesIO(a_zip())
    contents = examined(file)
    assert contents.is_whole
    assert {one.name: content_of(file, one) for one in contents.files} == FILES


@pytest.mark.parametrize("bit", range(8))
def test_every_changed_bit_is_found(bit):
    whole = a_zip()
    before = examined(io.BytesIO(whole)).files
    unseen = []
    for place in range(len(whole)):
        changed = whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :]
        try:
            contents = examined(io.BytesIO(changed))
        except BadZipFile:
            continue
        if contents.is_whole and contents.files == before:
            unseen.append(place)
    assert unseen == []


@pytest.mark.parametrize(
    "changed",
    [b"x" + a_zip(), a_zip() + b"x", a_zip()[:-1], a_zip() + a_zip(), a_zip()[:30] + b"\0" + a_zip()[30:]],
    ids=["before", "after", "cut", "twice", "between"],
)
def test_what_is_added_or_cut_off_is_found(changed):
    try:
        whole = examined(io.BytesIO(changed)).is_whole
    except BadZipFile:
        whole = False
    assert not whole


@pytest.mark.parametrize("text", [b"", b"no zip at all", b"PK\x05\x06" + b"\0" * 10, a_zip()[:50]])
def test_what_is_no_package_is_refused(text):
    with pytest.raises(BadZipFile):
        examined(io.BytesIO(text))


def test_a_package_packed_by_another_program_is_not_ours():
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        for name, content in FILES.items():
            archive.writestr(name, content)
    assert not examined(file).is_whole


@pytest.mark.parametrize("name", ["../up", "/root", "a//b", "a\\b", "中文.pdf", "a\nb", "", ".", "a/.."])
def test_a_name_that_leads_elsewhere_is_refused(name):
    assert not is_plain(name)
    with pytest.raises(ValueError, match="no name"):
        in_memory(name, b"")


def test_a_name_that_leads_elsewhere_is_refused_when_reading_too():
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("../evil", b"x")
    with pytest.raises(BadZipFile):
        examined(file)


@pytest.mark.parametrize(("size", "offset"), [(2**32 + 7, 0), (9, 2**33), (2**32 + 7, 2**33)])
def test_a_package_beyond_the_old_limits_says_so_in_the_form_that_everybody_reads(size, offset):
    entry = Entry("a.pdf", size, 7, offset)
    listed = directory([entry], 2**33)
    assert (entry.is_wide, entry.version) == (True, 45)
    assert max(size, offset).to_bytes(8, "little") in listed
    assert listed[-42:-38] == b"PK\x06\x07"
    assert (size.to_bytes(8, "little") in local_header(entry)) == (size > 2**32)


def test_a_package_within_the_old_limits_has_the_old_form():
    assert b"PK\x06\x06" not in directory([Entry("a.pdf", 9, 7, 0)], 50)


def test_a_member_is_read_piece_by_piece():
    read = []

    def pieces():
        for number in range(3):
            read.append(number)
            yield b"x" * 10

    member = measured("a.txt", pieces)
    assert (member.size, read) == (30, [0, 1, 2])
    flow = written([member])
    next(flow), next(flow)
    assert read == [0, 1, 2, 0]
