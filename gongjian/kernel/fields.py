"""Fields whose content the database never sees in the clear, and the hash by which such content is looked up."""

import hmac
import json
import os
import unicodedata
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import FieldError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression

from gongjian.kernel.keyring import Keyring, KeyUnusable, keyring

NONCE = 12  # bytes, as AES-GCM wants it
FORM = "gj1"  # first word of every encrypted value: the form of what follows
INDEX_IGNORES = str.maketrans("", "", " \t\r\n\u3000-‐–—")

if TYPE_CHECKING:
    _Text = models.TextField[str, str]
    _Json = models.TextField[Any, Any]
else:
    _Text = _Json = models.TextField


def field_keys() -> Keyring:
    """The keys of FIELD_KEY."""
    return keyring(settings.FIELD_KEY)


def blind_index(value: str, purpose: str) -> str:
    """64 hex digits by which an encrypted value is found again; the same for ` 199 0000-0001` and `１９９00000001`.

    purpose: what is indexed ("person.telephone"): the same number under two purposes gives unrelated hashes.
    An empty value gives "", which must never be used to join two persons.
    """
    plain = unicodedata.normalize("NFKC", value).translate(INDEX_IGNORES).upper()
    if not plain:
        return ""
    return hmac.digest(field_keys().oldest.derive(f"index:{purpose}"), plain.encode(), "sha256").hex()


def encrypt(plain: str, place: str) -> str:
    """`plain` as text for the database, readable only at `place` ("table.column"). Empty stays empty."""
    if not plain:
        return ""
    key = field_keys().newest
    nonce = os.urandom(NONCE)
    sealed = AESGCM(key.derive("field")).encrypt(nonce, plain.encode(), place.encode())
    return f"{FORM}.{key.id}.{urlsafe_b64encode(nonce + sealed).decode()}"


def decrypt(stored: str, place: str) -> str:
    """What `encrypt` was given. Raises: KeyUnusable for a wrong key, a changed text or a text moved from another column."""
    if not stored:
        return ""
    form, _, rest = stored.partition(".")
    key_id, _, body = rest.partition(".")
    if form != FORM:
        raise KeyUnusable(f"{place} holds text that was never encrypted")
    try:
        sealed = urlsafe_b64decode(body)
        return (
            AESGCM(field_keys().key(key_id).derive("field"))
            .decrypt(sealed[:NONCE], sealed[NONCE:], place.encode())
            .decode()
        )
    except (InvalidTag, ValueError) as error:
        raise KeyUnusable(f"{place} was changed, moved or encrypted with another secret") from error


class _Encrypted:
    """What both fields share: text goes in encrypted, comes out decrypted, and cannot be searched."""

    model: type[models.Model]
    column: Any

    @property
    def place(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def get_lookup(self, lookup_name: str) -> Any:
        """Only `isnull`: an encrypted value never equals anything. Raises: FieldError for every other look-up."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.place} is encrypted and cannot be searched; keep a blind_index beside it")
        return super().get_lookup(lookup_name)  # type: ignore[misc]

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        """The encrypted value; an expression, as `bulk_update` builds one, is left to call this for each of its values."""
        return value if hasattr(value, "as_sql") else self.sealed(value)

    def sealed(self, value: Any) -> str | None:
        """What is written in the column."""
        raise NotImplementedError


class EncryptedTextField(_Encrypted, _Text):
    """Text, encrypted with AES-256-GCM and bound to its table and column: a value copied into another column is unreadable."""

    def sealed(self, value: Any) -> str | None:
        return None if value is None else encrypt(str(value), self.place)

    def from_db_value(self, value: str | None, expression: Expression, connection: BaseDatabaseWrapper) -> str | None:
        return None if value is None else decrypt(value, self.place)


class EncryptedJSONField(_Encrypted, _Json):
    """Anything JSON can say, encrypted like the text. `None` is kept as JSON's null, never as an absent value."""

    def sealed(self, value: Any) -> str | None:
        plain = json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
        return encrypt(plain, self.place)

    def from_db_value(self, value: str | None, expression: Expression, connection: BaseDatabaseWrapper) -> Any:
        return json.loads(decrypt(value, self.place)) if value else None

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        return json.dumps(self.value_from_object(obj), cls=DjangoJSONEncoder, ensure_ascii=False)
