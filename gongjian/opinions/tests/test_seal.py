"""Signed, sealed, unreadable until the last one, unalterable for good."""

from base64 import b64decode, b64encode

import pytest
from django.db import DatabaseError, transaction
from django.db.models import ProtectedError

from gongjian.accounts.tests.builders import PASSWORD
from gongjian.appraisal.states import State
from gongjian.cases.models import Case
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.opinions.actions.seal import put_under_seal
from gongjian.opinions.actions.vote import count_round
from gongjian.opinions.content import Content
from gongjian.opinions.errors import SealBroken, SignatureWrong, StillSealed
from gongjian.opinions.models import Opinion, Round, RoundKey, SigningKey, Vote
from gongjian.opinions.queries import result_of
from gongjian.opinions.sealing import is_complete, opened_statements, sealed_seats
from gongjian.opinions.signing import sign, verify
from gongjian.opinions.tests.builders import (
    a_sealed_group,
    an_examining_case,
    an_open_round,
    an_opinion_of,
    the_experts,
    the_opinions,
)

pytestmark = pytest.mark.django_db
DIGEST = "ab" * 32


def sealed_by(count: int) -> Round:
    """A round of three in which so many have sealed."""
    duties = an_open_round(an_examining_case())
    for duty in duties[:count]:
        put_under_seal(duty, an_opinion_of(9, reason="绝密的评定理由"), password=PASSWORD)
    return duties[0].round or Round()


@pytest.mark.parametrize("count", [0, 1, 2])
def test_art_15_nothing_is_read_until_every_member_has_sealed(count):
    opened = sealed_by(count)
    assert len(sealed_seats(opened)) == count
    with pytest.raises(StillSealed):
        opened_statements(opened)
    with pytest.raises(StillSealed):
        count_round(opened)


def test_when_all_have_sealed_the_opinions_open_in_order_of_seat():
    told = opened_statements(sealed_by(3))
    assert [said["seat"] for _, said in told] == [1, 2, 3]
    assert Content.of(told[0][1]["content"]) == an_opinion_of(9, reason="绝密的评定理由")


def test_no_column_of_a_sealed_opinion_says_anything_of_it():
    sealed_by(1)
    row = Opinion.objects.values().get()
    assert "绝密" not in str(row)
    assert "绝密".encode() not in b64decode(row["sealed"])
    assert "5.9.2" not in str(LedgerEntry.objects.filter(act="opinion.sealed").values().get())


def test_two_equal_opinions_have_unlike_hashes_so_that_nobody_guesses_one_from_its_hash():
    sealed_by(2)
    assert Opinion.objects.values("content_hash").distinct().count() == 2


def test_each_seal_is_in_the_ledger_with_hash_and_signature():
    opened = sealed_by(1)
    row, entry = Opinion.objects.get(), LedgerEntry.objects.get(act="opinion.sealed")
    assert entry.chain == opened.case.chain
    assert (entry.facts["hash"], entry.facts["signature"]) == (row.content_hash, row.signature)


@pytest.mark.parametrize("column", ["sealed", "content_hash", "signature", "sealed_at", "key"])
def test_art_34_a_sealed_opinion_is_not_altered(column):
    a_sealed_group()
    row = the_opinions(Case.objects.get())[0]
    other = the_opinions(Case.objects.get())[1]
    setattr(row, column, getattr(other, column))
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        row.save(update_fields=[column])


@pytest.mark.parametrize("table", [Opinion, Vote, Round, RoundKey])
def test_art_34_what_was_sealed_and_counted_is_not_deleted(table):
    a_sealed_group()
    with pytest.raises((DatabaseError, ProtectedError)), transaction.atomic():
        table.objects.all().delete()


def test_art_34_a_vote_is_not_altered():
    a_sealed_group()
    with pytest.raises(DatabaseError), transaction.atomic():
        Vote.objects.update(grade=1)


def without_triggers(**changes: object) -> None:
    """What a person with the database in hand could do: change a row past its trigger."""
    first = Opinion.objects.order_by("assignment__seat")[0]
    with transaction.atomic():
        cursor = transaction.get_connection().cursor()
        cursor.execute("SET LOCAL session_replication_role = replica")
        Opinion.objects.filter(pk=first.pk).update(**changes)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def flipped(text: str) -> str:
    data = bytearray(b64decode(text))
    data[-1] ^= 1
    return b64encode(bytes(data)).decode()


def test_a_changed_byte_is_noticed():
    case = a_sealed_group()
    without_triggers(sealed=flipped(the_opinions(case)[0].sealed))
    with pytest.raises(SealBroken):
        result_of(case)


def test_an_opinion_put_in_another_seat_is_noticed():
    case = a_sealed_group()
    without_triggers(sealed=the_opinions(case)[2].sealed)
    with pytest.raises(SealBroken):
        result_of(case)


def test_a_changed_hash_is_noticed():
    case = a_sealed_group()
    without_triggers(content_hash="0" * 64)
    with pytest.raises(SealBroken):
        result_of(case)


def test_another_signature_is_noticed():
    case = a_sealed_group()
    without_triggers(signature=the_opinions(case)[1].signature)
    with pytest.raises(SealBroken):
        result_of(case)


def test_another_key_is_noticed():
    case = a_sealed_group()
    without_triggers(key=the_opinions(case)[1].key)
    with pytest.raises(SealBroken):
        result_of(case)


def test_the_right_password_signs_and_the_key_verifies():
    user = the_experts(1)[0]
    signed = sign(user, PASSWORD, DIGEST)
    assert verify(signed.key, DIGEST, signed.signature)


@pytest.mark.parametrize(
    ("digest", "signature"), [("cd" * 32, None), (DIGEST, "00" * 64), (DIGEST, "not hex"), (DIGEST, "")]
)
def test_a_signature_fits_one_digest_only(digest, signature):
    signed = sign(the_experts(1)[0], PASSWORD, DIGEST)
    assert not verify(signed.key, digest, signed.signature if signature is None else signature)


def test_nobody_signs_with_anothers_password():
    user = the_experts(1)[0]
    with pytest.raises(SignatureWrong):
        sign(user, "wrong", DIGEST)
    assert not SigningKey.objects.exists()


def test_who_is_no_longer_active_does_not_sign():
    user = the_experts(1)[0]
    user.is_active = False
    with pytest.raises(SignatureWrong):
        sign(user, PASSWORD, DIGEST)


def test_the_same_expert_keeps_the_same_key():
    user = the_experts(1)[0]
    assert sign(user, PASSWORD, DIGEST).key == sign(user, PASSWORD, DIGEST).key


def test_a_new_password_gets_a_new_key_and_old_signatures_stay_valid():
    user = the_experts(1)[0]
    old = sign(user, PASSWORD, DIGEST)
    user.set_password("Another-2026")
    user.save()
    new = sign(user, "Another-2026", DIGEST)
    old.key.refresh_from_db()
    assert new.key != old.key
    assert old.key.retired_at is not None
    assert verify(old.key, DIGEST, old.signature)


def test_the_secret_key_does_not_open_without_the_password():
    user = the_experts(1)[0]
    key = sign(user, PASSWORD, DIGEST).key
    user.password = the_experts(2)[1].password
    user.set_password("Another-2026")
    signed = sign(user, "Another-2026", DIGEST)
    assert signed.key.public_key != key.public_key


def test_a_public_key_is_not_exchanged():
    key = sign(the_experts(1)[0], PASSWORD, DIGEST).key
    with pytest.raises(DatabaseError), transaction.atomic():
        SigningKey.objects.filter(pk=key.pk).update(public_key="0" * 64)


def test_two_experts_have_two_keys():
    keys = {sign(user, PASSWORD, DIGEST).key.pk for user in the_experts(3)}
    assert len(keys) == 3


def test_a_round_is_complete_with_its_last_seat_only():
    assert [is_complete(sealed_by(3))] == [True]


@pytest.mark.parametrize(
    ("grades", "state"),
    [
        ((9, 9, 10), State.OPINED),
        ((8, 9, 10), State.DELIBERATING),
        ((None, None, None), State.OPINED),
        ((9,) * 5, State.OPINED),
    ],
)
def test_a_group_may_be_built_in_one_line(grades, state):
    assert a_sealed_group(grades=grades).state == state
