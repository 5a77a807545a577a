"""Recomputing chains and leading them to their anchors, without any database."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from gongjian.archives.offline.chains import check_anchors, check_chain, day_of, entry_of
from gongjian.archives.offline.findings import Report
from gongjian.archives.offline.manifest import Document
from gongjian.kernel import moment
from gongjian.kernel.ledger.hashing import entry_hash, merkle_root
from gongjian.kernel.ledger.proof import path_of

CHAIN = "case:YXJD-2026-000001"
START = datetime(2026, 3, 2, 9, 30, tzinfo=moment.ZONE)
OTHERS = [f"{number:064x}" for number in range(1, 5)]


def entries(count: int = 5, *, hours: int = 10) -> list[Document]:
    """A sound chain, an entry every ten hours."""
    made: list[Document] = []
    previous = ""
    for sequence in range(1, count + 1):
        at = START + timedelta(hours=hours * (sequence - 1))
        told: dict[str, Any] = {
            "sequence": sequence,
            "act": f"case.step{sequence}",
            "by": sequence % 3 or None,
            "facts": {"number": sequence},
            "previous": previous,
        }
        previous = entry_hash(chain=CHAIN, at=at, **told)
        made.append(entry_of(at=at, hash=previous, **told))
    return made


def told_of(chain: list[Document]) -> Document:
    return {"entries": len(chain), "last": chain[-1]["hash"] if chain else ""}


def checked(chain: list[Document], told: Document | None = None) -> list[tuple[str, str]]:
    report = Report()
    check_chain(CHAIN, chain, told or told_of(chain), report)
    return [(finding.code, finding.about) for finding in report.findings]


def anchors(chain: list[Document], days: int = 10) -> list[Document]:
    """The anchors of the first days of a chain; its leaf stands between those of other cases."""
    made, before = [], ""
    for day in list(dict.fromkeys(day_of(entry) for entry in chain))[:days]:
        last = [entry for entry in chain if day_of(entry) == day][-1]["hash"]
        leaves = [*([before] if before else []), *OTHERS[:2], last, *OTHERS[2:]]
        root = merkle_root(leaves)
        path = [list(step) for step in path_of(leaves, leaves.index(last))]
        made.append({"chain": CHAIN, "day": day, "root": root, "previous_root": before, "path": path})
        before = root
    return made


def anchored(chain: list[Document], told: list[Document]) -> Report:
    report = Report()
    check_anchors({CHAIN: chain}, told, report)
    return report


@pytest.mark.parametrize("count", [0, 1, 2, 5, 30])
def test_a_sound_chain_holds(count):
    assert checked(entries(count)) == []


@pytest.mark.parametrize("place", range(5))
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("act", "case.other"),
        ("by", 99),
        ("at", "2026-03-02T01:30:00.000001+00:00"),
        ("facts", {"number": 0}),
        ("hash", "0" * 64),
    ],
)
def test_a_changed_field_of_any_entry_is_found_at_its_place(place, field, value):
    chain = entries()
    chain[place][field] = value
    assert ("ledger.entry", f"{CHAIN} 第{place + 1}条") in checked(chain, told_of(entries()))


@pytest.mark.parametrize("place", range(4))
def test_an_entry_taken_out_leaves_a_gap_and_a_broken_link(place):
    chain = entries()
    del chain[place]
    found = checked(chain, told_of(entries()))
    assert found[0] == ("ledger.gap", f"{CHAIN} 第{place + 1}条")
    assert ("ledger.link", f"{CHAIN} 第{place + 1}条") in found


def test_a_cut_tail_shows_against_the_manifest():
    chain = entries()
    assert checked(chain[:-1], told_of(chain)) == [("ledger.length", CHAIN)]
    assert checked([], told_of(chain)) == [("ledger.length", CHAIN)]


def test_an_entry_of_another_case_does_not_fit():
    report = Report()
    chain = entries()
    check_chain("case:OTHER", chain, told_of(chain), report)
    assert {finding.code for finding in report.findings} == {"ledger.entry"}


@pytest.mark.parametrize(
    "at", ["2026-03-02T09:30:00.000000+08:00", "2026-03-02T01:30:00+00:00", "2026-03-02T01:30:00Z"]
)
def test_the_same_instant_written_otherwise_is_not_the_same_entry(at):
    chain = entries(1)
    assert chain[0]["at"] == "2026-03-02T01:30:00.000000+00:00"
    chain[0]["at"] = at
    assert checked(chain) == [("ledger.entry", f"{CHAIN} 第1条")]


@pytest.mark.parametrize("missing", ["sequence", "act", "by", "at", "facts", "previous", "hash"])
def test_an_entry_that_lacks_a_field_cannot_be_computed(missing):
    chain = entries(2)
    del chain[1][missing]
    with pytest.raises(KeyError):
        checked(chain, told_of(entries(2)))


@pytest.mark.parametrize("days", [0, 1, 2, 3])
def test_anchored_days_lead_to_their_roots_and_later_entries_are_counted(days):
    chain = entries(6)
    told = anchors(chain, days)
    report = anchored(chain, told)
    later = [entry for entry in chain if day_of(entry) > (told[-1]["day"] if told else "")]
    assert (report.findings, report.unanchored) == ([], len(later))
    assert report.roots == {anchor["day"]: anchor["root"] for anchor in told}


@pytest.mark.parametrize("place", [0, 1])
def test_a_day_left_out_before_a_later_anchor_is_missed(place):
    chain = entries(6)
    told = anchors(chain, 3)
    day = told.pop(place)["day"]
    assert [(one.code, one.about) for one in anchored(chain, told).findings] == [("anchor.missing", f"{CHAIN} {day}")]


def test_an_anchor_of_a_day_without_entries_is_strange():
    chain = entries(2)
    told = [*anchors(chain), {**anchors(chain)[0], "day": "2026-01-01"}]
    assert [one.about for one in anchored(chain, told).findings] == [f"{CHAIN} 2026-01-01"]


@pytest.mark.parametrize("step", [0, 1, 2])
def test_a_changed_step_of_the_path_leads_elsewhere(step):
    chain = entries(2)
    told = anchors(chain)
    told[0]["path"][step][1] = "f" * 64
    assert [one.code for one in anchored(chain, told).findings] == ["anchor.root"]


def test_two_chains_must_agree_on_the_root_of_a_day():
    chain = entries(1)
    other = [{**anchors(chain)[0], "chain": "draw:X", "root": "1" * 64}]
    report = Report()
    check_anchors({CHAIN: chain, "draw:X": chain}, anchors(chain) + other, report)
    assert [(one.code, one.about) for one in report.findings] == [("anchor.root", "draw:X 2026-03-02")]


def test_a_day_ends_at_midnight_in_china():
    late = entry_of(1, "a", None, datetime(2026, 3, 2, 23, 59, tzinfo=moment.ZONE), {}, "", "")
    early = entry_of(2, "a", None, datetime(2026, 3, 3, 0, 0, tzinfo=moment.ZONE), {}, "", "")
    assert (day_of(late), day_of(early)) == ("2026-03-02", "2026-03-03")
