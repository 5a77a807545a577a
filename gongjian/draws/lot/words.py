"""Words of those present: sealed after the commitment, opened when all are in, and joined with the secret into the seed."""

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import normalize

from gongjian.draws.errors import SecretWrong, WordsMissing, WordWrong
from gongjian.draws.lot.canonical import Document, digest

LONGEST_WORD = 64
SECRET_BYTES = 32
SHORTEST_SALT = 16


@dataclass(frozen=True)
class Word:
    """An opened word. who: the part in which someone is present (监督员), not a name. salt: hex, at least 16 bytes. seal: hex."""

    who: str
    word: str
    salt: str
    seal: str

    def document(self) -> Document:
        return {"who": self.who, "word": self.word, "salt": self.salt, "seal": self.seal}


def seal_word(commitment_hash: str, *, position: int, who: str, word: str, salt: bytes) -> Word:
    """A word as it will be opened; only its `seal` is shown before all are in.

    The seal binds commitment, position and part, so that nobody can seal before the list is fixed, nor hand in another's seal.
    position: from 1. Raises: WordWrong.
    """
    clean = normalize("NFC", word.strip())
    if not 1 <= len(clean) <= LONGEST_WORD or not clean.isprintable():
        raise WordWrong(position=position, what=f"应为1至{LONGEST_WORD}个字")
    if len(salt) < SHORTEST_SALT:
        raise WordWrong(position=position, what="随机盐过短")
    return Word(who, clean, salt.hex(), _seal(commitment_hash, position, who, clean, salt))


def _seal(commitment_hash: str, position: int, who: str, word: str, salt: bytes) -> str:
    return digest("word", bytes.fromhex(commitment_hash), position.to_bytes(8), who.encode(), word.encode(), salt)


def check_words(commitment_hash: str, words: Sequence[Word]) -> None:
    """Raises: WordsMissing, WordWrong when a word is not the one that was sealed."""
    if not words:
        raise WordsMissing
    for position, word in enumerate(words, start=1):
        if not holds(commitment_hash, position, word):
            raise WordWrong(position=position, what="与先前封存的哈希不符")


def holds(commitment_hash: str, position: int, word: Word) -> bool:
    """Is the opened word exactly the one sealed at this position of this draw?"""
    try:
        salt = bytes.fromhex(word.salt)
        return seal_word(commitment_hash, position=position, who=word.who, word=word.word, salt=salt) == word
    except (ValueError, WordWrong):
        return False


def secret_hash(secret: bytes) -> str:
    """What is shown of the secret before the draw. Raises: SecretWrong."""
    if len(secret) != SECRET_BYTES:
        raise SecretWrong
    return digest("secret", secret)


def seed(commitment_hash: str, secret: bytes, words: Sequence[Word]) -> bytes:
    """The seed. Salts and parts are left out: who keeps the salts could try many of them."""
    parts = [word.word.encode() for word in words]
    return bytes.fromhex(digest("seed", secret, bytes.fromhex(commitment_hash), *parts))
