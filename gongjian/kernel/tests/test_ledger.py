"""The ledger: chains, heads, anchors, and every way to tamper with them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, connections, transaction

from gongjian.accounts.tests.builders import a_clerk
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import anchor_days, record, record_reading
from gongjian.kernel.ledger.hashing import canonical, entry_hash, merkle_root
from gongjian.kernel.ledger.models import Anchor, LedgerEntry, LedgerHead
from gongjian.kernel.ledger.queries import days_without_anchor, entries_of, readings_of, verify

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=moment.ZONE)


def tamper(sql: str) -> None:
    """Change rows as somebody with the database's own keys could: past the triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql)
        cursor.execute("SET session_replication_role = DEFAULT")


@pytest.fixture
def three_entries(db):
    with moment.fixed(MONDAY):
        for number in range(3):
            record("case:A", "case.step", by=None, number=number)
        record("case:B", "case.step", by=None)


def test_canonical_form_does_not_depend_on_the_order_of_keys():
    assert canonical({"b": 1, "a": "伤"}) == canonical({"a": "伤", "b": 1}) == '{"a":"伤","b":1}'


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 3, 2), '"2026-03-02"'),
        (MONDAY, '"2026-03-02T02:00:00.000000+00:00"'),
        (Decimal("1.50"), '"1.50"'),
        ({"b", "a"}, '["a","b"]'),
    ],
)
def test_canonical_form_of_plain_values(value, text):
    assert canonical(value) == text


def test_what_has_no_canonical_form_is_refused():
    with pytest.raises(TypeError):
        canonical(object())


def test_no_number_that_is_not_one_enters_an_entry():
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical(float("nan"))


def test_an_entry_hash_changes_with_every_part_of_the_entry():
    told: dict[str, Any] = {
        "chain": "c",
        "sequence": 1,
        "act": "a",
        "by": None,
        "at": MONDAY,
        "facts": {"x": 1},
        "previous": "",
    }
    others: list[dict[str, Any]] = [
        {"chain": "d"},
        {"sequence": 2},
        {"act": "b"},
        {"by": 7},
        {"at": MONDAY + timedelta(seconds=1)},
        {"facts": {"x": 2}},
        {"previous": "0"},
    ]
    hashes = {entry_hash(**{**told, **other}) for other in [{}, *others]}
    assert len(hashes) == 8


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 8])
def test_a_merkle_root_changes_when_any_leaf_changes(count):
    leaves = [f"{number:064x}" for number in range(count)]
    roots = {merkle_root([*leaves[:place], "f" * 64, *leaves[place + 1 :]]) for place in range(count)}
    assert len(roots | {merkle_root(leaves)}) == count + 1


def test_a_leaf_cannot_be_passed_off_as_a_node():
    pair = merkle_root(["0" * 64, "1" * 64])
    assert merkle_root([pair]) != pair


def test_entries_of_a_chain_are_numbered_and_bound_to_the_one_before(three_entries):
    first, second, third = entries_of("case:A")
    assert [first.sequence, second.sequence, third.sequence] == [1, 2, 3]
    assert (first.previous_hash, second.previous_hash, third.previous_hash) == ("", first.hash, second.hash)


def test_an_untouched_ledger_verifies_with_its_count(three_entries):
    assert verify() == (4, [])


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_lets_nobody_edit_or_delete_an_entry(three_entries, act):
    rows = LedgerEntry.objects.filter(chain="case:A")
    with pytest.raises(Exception, match="Cannot update or delete"), transaction.atomic():
        rows.update(act="other") if act == "update" else rows.delete()


@pytest.mark.parametrize(
    ("sql", "chain", "word"),
    [
        (
            "UPDATE kernel_ledgerentry SET facts = '{\"number\": 9}' WHERE chain = 'case:A' AND sequence = 2",
            "case:A",
            "内容",
        ),
        (
            "UPDATE kernel_ledgerentry SET at = at + interval '1 day' WHERE chain = 'case:A' AND sequence = 1",
            "case:A",
            "内容",
        ),
        ("UPDATE kernel_ledgerentry SET previous_hash = 'x' WHERE chain = 'case:A' AND sequence = 2", "case:A", "衔接"),
        ("DELETE FROM kernel_ledgerentry WHERE chain = 'case:A' AND sequence = 2", "case:A", "序号"),
        ("DELETE FROM kernel_ledgerentry WHERE chain = 'case:A' AND sequence = 3", "case:A", "链尾"),
        ("DELETE FROM kernel_ledgerentry WHERE chain = 'case:B'", "case:B", "整条链"),
        ("DELETE FROM kernel_ledgerhead WHERE chain = 'case:A'", "case:A", "链尾"),
    ],
)
def test_every_way_of_tampering_is_found(three_entries, sql, chain, word):
    tamper(sql)
    _, faults = verify()
    assert (faults[0].chain, word in faults[0].sentence) == (chain, True)


def test_a_chain_rewritten_to_its_end_still_disagrees_with_the_anchor(three_entries):
    with moment.fixed(MONDAY + timedelta(days=1)):
        anchor_days(until=moment.today())
    tamper("DELETE FROM kernel_ledgerentry WHERE chain = 'case:B'")
    tamper("DELETE FROM kernel_ledgerhead WHERE chain = 'case:B'")
    assert [fault.sentence for fault in verify()[1]] == ["2026-03-02 的日锚与账目不符。"]


def test_a_day_is_anchored_when_it_is_over_and_only_once(three_entries):
    with moment.fixed(MONDAY):
        assert anchor_days(until=moment.today()) == 0
    with moment.fixed(MONDAY + timedelta(days=1)):
        assert (anchor_days(until=moment.today()), anchor_days(until=moment.today())) == (1, 0)
    anchor = Anchor.objects.get()
    assert (anchor.day, anchor.chains, anchor.entries) == (date(2026, 3, 2), 2, 4)


def test_each_anchor_binds_the_one_before(three_entries):
    with moment.fixed(MONDAY + timedelta(days=3)):
        record("case:A", "case.step", by=None)
    with moment.fixed(MONDAY + timedelta(days=4)):
        assert anchor_days(until=moment.today()) == 2
    first, second = Anchor.objects.order_by("day")
    assert (second.previous_root, verify()[1]) == (first.root, [])


def test_a_day_ends_at_midnight_in_shanghai(db):
    with moment.fixed(datetime(2026, 3, 2, 23, 59, tzinfo=moment.ZONE)):
        record("case:A", "late", by=None)
    with moment.fixed(datetime(2026, 3, 3, 0, 1, tzinfo=moment.ZONE)):
        record("case:A", "early", by=None)
        assert days_without_anchor(until=date(2026, 3, 3)) == [date(2026, 3, 2), date(2026, 3, 3)]


def test_a_reading_says_who_saw_what(db):
    clerk = a_clerk()
    record_reading("case:A", by=clerk, what="案件页")
    [reading] = readings_of("case:A")
    assert (reading.by, reading.facts) == (clerk, {"what": "案件页"})


def test_an_entry_dies_with_the_transaction_it_was_written_in(db):
    with pytest.raises(RuntimeError), transaction.atomic():
        record("case:A", "half", by=None)
        raise RuntimeError
    assert not LedgerHead.objects.filter(pk="case:A", sequence__gt=0).exists()
    assert verify() == (0, [])


@pytest.mark.django_db(transaction=True)
def test_forty_acts_at_once_make_one_unforked_chain():
    def act(number: int) -> None:
        record("case:A", "case.step", by=None, number=number)
        connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(act, range(40)))
    assert sorted(entry.facts["number"] for entry in entries_of("case:A")) == list(range(40))
    assert verify() == (40, [])
