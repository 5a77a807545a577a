"""Encrypted fields: what the database holds, and who can read it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from django.conf import LazySettings
from django.core.exceptions import FieldError
from django.core.serializers import serialize
from django.db import connection, models
from django.test.utils import isolate_apps

from gongjian.kernel.fields import EncryptedJSONField, EncryptedTextField, blind_index, decrypt, encrypt
from gongjian.kernel.keyring import KeyUnusable, keyring

OLD = "an-old-secret-of-the-city-office-0001"
NEW = "a-newer-secret-of-the-city-office-002"
PHONE = "199 0000 0001"

with isolate_apps("gongjian.kernel"):

    class Letter(models.Model):
        """A table of the tests only."""

        sender = EncryptedTextField(default="")
        reader = EncryptedTextField(null=True)  # type: ignore[misc]
        answers = EncryptedJSONField(default=dict)
        objects: ClassVar[models.Manager[Letter]] = models.Manager()

        class Meta:
            app_label = "kernel"


@pytest.fixture
def _letters(db: None) -> Iterator[None]:
    with connection.schema_editor() as editor:
        editor.create_model(Letter)
    yield


@pytest.fixture
def _old_key(settings: LazySettings) -> None:
    settings.FIELD_KEY = OLD


pytestmark = pytest.mark.usefixtures("_old_key")


def raw(column: str) -> str:
    """What stands in the only row, as the database sees it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM kernel_letter")
        return str(cursor.fetchone()[0])


def put(column: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE kernel_letter SET {column} = %s", [value])


@pytest.mark.usefixtures("_letters")
class TestInTheDatabase:
    def test_the_row_holds_no_plain_text(self):
        Letter.objects.create(sender="林知远", answers={"诊断": "右手食指缺失"})
        assert "林知远" not in raw("sender")
        assert "食指" not in raw("answers")
        assert raw("sender").startswith("gj1.")

    def test_what_goes_in_comes_out(self):
        Letter.objects.create(sender="林知远\n云溪市", reader=PHONE, answers=[1, {"是": None}])
        letter = Letter.objects.get()
        assert (letter.sender, letter.reader, letter.answers) == ("林知远\n云溪市", PHONE, [1, {"是": None}])

    def test_empty_text_stays_empty_and_absent_stays_absent(self):
        Letter.objects.create(sender="", reader=None)
        letter = Letter.objects.get()
        assert [letter.sender, letter.reader, letter.answers] == ["", None, {}]
        assert raw("sender") == ""

    def test_the_same_text_is_stored_differently_each_time(self):
        Letter.objects.create(sender=PHONE, reader=PHONE)
        assert raw("sender") != raw("reader")

    def test_update_and_bulk_update_encrypt_too(self):
        letter = Letter.objects.create()
        Letter.objects.update(sender="沈审言")
        letter.reader = "陈晓窗"
        Letter.objects.bulk_update([letter], ["reader"])
        found = Letter.objects.get()
        assert (found.sender, found.reader) == ("沈审言", "陈晓窗")
        assert "陈晓窗" not in raw("reader")

    def test_bulk_create_encrypts_too(self):
        Letter.objects.bulk_create([Letter(sender="方签石")])
        assert "方签石" not in raw("sender")
        assert Letter.objects.values_list("sender", flat=True).get() == "方签石"

    def test_a_value_moved_to_another_column_is_unreadable(self):
        Letter.objects.create(sender=PHONE)
        put("reader", raw("sender"))
        with pytest.raises(KeyUnusable, match=r"kernel_letter\.reader"):
            Letter.objects.get()

    def test_a_changed_value_is_unreadable(self):
        Letter.objects.create(sender=PHONE)
        put("sender", raw("sender")[:-8] + "AAAAAAA=")
        with pytest.raises(KeyUnusable, match="changed, moved"):
            Letter.objects.get()

    def test_text_that_was_never_encrypted_is_not_passed_off_as_such(self):
        Letter.objects.create()
        put("sender", PHONE)
        with pytest.raises(KeyUnusable, match="never encrypted"):
            Letter.objects.get()

    def test_a_wrong_key_fails_loudly_and_says_nothing_of_the_content(self, settings: LazySettings):
        Letter.objects.create(sender=PHONE)
        settings.FIELD_KEY = NEW
        with pytest.raises(KeyUnusable) as refused:
            Letter.objects.get()
        assert "199" not in str(refused.value)

    def test_after_a_new_key_is_put_first_old_rows_are_read_and_new_ones_use_it(self, settings: LazySettings):
        letter = Letter.objects.create(sender=PHONE)
        before = raw("sender").split(".")[1]
        settings.FIELD_KEY = f"{NEW},{OLD}"
        assert Letter.objects.get().sender == PHONE
        letter.save()
        assert raw("sender").split(".")[1] == keyring(NEW).newest.id != before

    def test_after_all_rows_are_saved_again_the_old_key_can_go(self, settings: LazySettings):
        letter = Letter.objects.create(sender=PHONE)
        settings.FIELD_KEY = f"{NEW},{OLD}"
        letter.save()
        settings.FIELD_KEY = NEW
        assert Letter.objects.get().sender == PHONE

    @pytest.mark.parametrize("lookup", ["sender", "sender__contains", "sender__in", "answers", "sender__gt"])
    def test_an_encrypted_column_cannot_be_searched(self, lookup: str):
        with pytest.raises(FieldError, match="blind_index"):
            Letter.objects.filter(**{lookup: PHONE}).exists()

    def test_whether_there_is_a_value_may_be_asked(self):
        Letter.objects.create(reader=PHONE)
        assert Letter.objects.filter(reader__isnull=False).count() == 1

    def test_an_export_of_the_row_says_what_it_holds(self):
        Letter.objects.create(sender="林知远", answers={"是": 1})
        exported = serialize("json", Letter.objects.all(), ensure_ascii=False)
        assert "林知远" in exported
        assert r"{\"是\": 1}" in exported


class TestText:
    def test_what_was_encrypted_for_one_place_is_not_read_at_another(self):
        sealed = encrypt(PHONE, "parties_person.telephone")
        assert decrypt(sealed, "parties_person.telephone") == PHONE
        with pytest.raises(KeyUnusable):
            decrypt(sealed, "parties_employer.telephone")

    @pytest.mark.parametrize("broken", ["gj1.", "gj1.x", "gj1.00000000.AAAA", "gj2.00000000.AAAA", "gj1..", "x"])
    def test_broken_text_is_a_loud_failure(self, broken: str):
        with pytest.raises(KeyUnusable):
            decrypt(broken, "a.b")

    def test_cut_text_is_a_loud_failure(self):
        with pytest.raises(KeyUnusable):
            decrypt(encrypt(PHONE, "a.b")[:30], "a.b")

    def test_a_long_text_survives(self):
        text = "出院记录。" * 20_000
        assert decrypt(encrypt(text, "a.b"), "a.b") == text


class TestBlindIndex:
    def test_it_is_64_hex_digits_and_does_not_show_the_number(self):
        index = blind_index(PHONE, "person.telephone")
        assert len(index) == 64
        assert int(index, 16) > 0
        assert "1990000" not in index

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("199 0000 0001", "19900000001"),
            ("１９９００００　０００１", "19900000001"),
            ("199-0000-0001", "19900000001"),
            ("99010119800101001x", "99010119800101001X"),
            (" 林知远 ", "林知远"),
        ],
    )
    def test_the_same_thing_written_differently_is_found(self, one: str, other: str):
        assert blind_index(one, "p") == blind_index(other, "p")

    def test_different_numbers_and_different_purposes_differ(self):
        indexes = {blind_index("1", "a"), blind_index("2", "a"), blind_index("1", "b")}
        assert len(indexes) == 3

    @pytest.mark.parametrize("nothing", ["", "  ", "\u3000", "-"])
    def test_nothing_has_no_index(self, nothing: str):
        assert blind_index(nothing, "p") == ""

    def test_a_new_key_in_front_leaves_the_index_as_it_is(self, settings: LazySettings):
        before = blind_index(PHONE, "p")
        settings.FIELD_KEY = f"{NEW},{OLD}"
        assert blind_index(PHONE, "p") == before

    def test_another_installation_has_another_index(self, settings: LazySettings):
        before = blind_index(PHONE, "p")
        settings.FIELD_KEY = NEW
        assert blind_index(PHONE, "p") != before


class TestKeyring:
    @pytest.mark.parametrize("setting", ["", " , ", "short", f"{OLD},short"])
    def test_a_missing_or_short_secret_is_refused(self, setting: str):
        with pytest.raises(KeyUnusable, match="at least 32"):
            keyring(setting)

    def test_the_first_is_newest_and_the_last_oldest(self):
        ring = keyring(f" {NEW} ,{OLD},")
        assert ring.newest.id == keyring(NEW).newest.id
        assert ring.oldest.id == keyring(OLD).newest.id

    def test_purposes_have_keys_of_their_own(self):
        key = keyring(OLD).newest
        assert len({key.derive("field"), key.derive("index:a"), key.derive("index:b")}) == 3

    def test_the_name_of_a_key_does_not_tell_the_key(self):
        key: Any = keyring(OLD).newest
        assert len(key.id) == 8
        assert key.id not in OLD
