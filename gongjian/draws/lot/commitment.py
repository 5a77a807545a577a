"""The commitment: the plan and the hash of the office's secret, fixed and shown before anyone gives a word."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from gongjian.draws.errors import PlanWrong, ReceiptUnreadable, SecretUsedBefore, SecretWrong
from gongjian.draws.lot.canonical import ALGORITHM, Document, canonical, digest
from gongjian.draws.lot.infeasible import check_possible
from gongjian.draws.lot.plan import Plan, read_plan
from gongjian.draws.lot.records import check_records, read_algorithm
from gongjian.draws.lot.words import secret_hash

KIND = "gongjian/draw-commitment"


@dataclass(frozen=True)
class Commitment:
    """A plan in canonical order, the hash of the secret, and the hashes of earlier commitments for the same sitting."""

    plan: Plan
    secret_hash: str
    prior: tuple[str, ...] = ()
    algorithm: str = ALGORITHM

    def document(self) -> Document:
        return {
            "kind": KIND,
            "algorithm": self.algorithm,
            "plan": self.plan.document(),
            "prior": list(self.prior),
            "secret_hash": self.secret_hash,
        }

    @cached_property
    def text(self) -> bytes:
        """The document as it is hashed."""
        return canonical(self.document())

    @cached_property
    def hash(self) -> str:
        """What is written to the ledger and shown to all: 64 hex digits."""
        return digest("commitment", self.text)

    def check_secret(self, secret: bytes) -> None:
        """Raises: SecretWrong."""
        if secret_hash(secret) != self.secret_hash:
            raise SecretWrong


def commit(plan: Plan, *, secret: bytes, prior: Sequence[str] = (), used: Collection[str] = ()) -> Commitment:
    """Fix a plan that can be drawn.

    secret: 32 random bytes, kept by the office until the draw. prior: hashes of earlier commitments for this sitting, so that
    a draw that was tried before shows it. used: secret hashes of all earlier draws of the office.
    Raises: PlanWrong, QuotaImpossible, HospitalsTooFew, SecretWrong, SecretUsedBefore.
    """
    ordered = plan.ordered()
    check_records(ordered.records, ALGORITHM)
    check_possible(ordered)
    hidden = secret_hash(secret)
    if hidden in used:
        raise SecretUsedBefore
    return Commitment(ordered, hidden, tuple(prior))


def read_commitment(document: Document) -> Commitment:
    """The commitment a document states, if it is exactly in canonical order. Raises: ReceiptUnreadable."""
    try:
        commitment = Commitment(
            read_plan(document["plan"]), _hex(document["secret_hash"]), tuple(map(_hex, document["prior"])),
            read_algorithm(document),
        )  # fmt: skip
        check_records(commitment.plan.records, commitment.algorithm)
    except (KeyError, TypeError, AttributeError, ValueError, PlanWrong) as error:
        raise ReceiptUnreadable(what="承诺书内容不完整或自相矛盾") from error
    if commitment.text != canonical(document):
        raise ReceiptUnreadable(what="承诺书不是规范写法，或算法版本不同")
    return commitment


def _hex(text: str) -> str:
    if bytes.fromhex(text).hex() != text or len(text) != 64:
        raise ValueError(text)
    return text
