"""This city is asked: it accepts, refuses with a reason, or answers with papers. Each word is a letter back. Law: 令8 art. 14."""

from collections.abc import Sequence
from typing import BinaryIO, NamedTuple

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.exchange.actions.writing import Attached, write
from gongjian.exchange.errors import ReasonNeeded, TooMuch
from gongjian.exchange.models import Matter
from gongjian.exchange.queries import incoming_matter
from gongjian.exchange.rules import LONGEST_TEXT, MOST_FILES
from gongjian.exchange.states import Kind, after
from gongjian.kernel import moment
from gongjian.kernel.evidence.actions import store
from gongjian.kernel.ledger.actions import record


class Handed(NamedTuple):
    """A file that goes with the answer, with its name."""

    stream: BinaryIO
    name: str


def accept(matter: Matter, *, by: User) -> Matter:
    """Say that the investigation is taken on. Law: 令8 art. 14. Raises: MatterUnknown, NotNow."""
    return say(matter, Kind.ACCEPTED, "", (), by)


def refuse(matter: Matter, *, reason: str, by: User) -> Matter:
    """Say that it is not, and why. Law: 令8 art. 14. Raises: MatterUnknown, NotNow, ReasonNeeded, TooMuch."""
    return say(matter, Kind.REFUSED, said(reason), (), by)


def answer(matter: Matter, *, text: str, files: Sequence[Handed] = (), by: User) -> Matter:
    """Answer with what was found and the papers that show it. Law: 令8 art. 9, 14.

    Raises: MatterUnknown, NotNow, ReasonNeeded, TooMuch, and the store's refusals.
    """
    told = said(text)
    if len(files) > MOST_FILES:
        raise TooMuch(limit=f"{MOST_FILES}个附件")
    after(incoming_matter(matter.pk, by=by).state, Kind.ANSWERED)
    kept = {evidence.pk: Attached(evidence, name) for evidence, name in (_kept(each, by) for each in files)}
    return say(matter, Kind.ANSWERED, told, list(kept.values()), by)


def _kept(file: Handed, by: User) -> Attached:
    name = "".join(sign for sign in file.name if sign.isprintable())[-120:] or "附件"
    return Attached(store(file.stream, name=name, by=by), name)


def said(text: str) -> str:
    """What goes over in words, whole. Raises: ReasonNeeded, TooMuch."""
    if not text.strip():
        raise ReasonNeeded
    if len(text.strip()) > LONGEST_TEXT:  # never cut: what was found is evidence
        raise TooMuch(limit=f"{LONGEST_TEXT}字")
    return text.strip()


@transaction.atomic
def say(matter: Matter, kind: Kind, text: str, files: Sequence[Attached], by: User, *, asked: bool = False) -> Matter:
    """Write a letter back and note where the matter stands. asked: whether `by` may was asked by who calls, as of a step of a case.

    Law: 令8 art. 14; 令55 art. 12. Raises: MatterUnknown, NotNow.
    """
    if not asked:
        incoming_matter(matter.pk, by=by)
    rows = Matter.objects.select_for_update(of=("self",)).select_related("peer", "office")
    row = rows.get(pk=matter.pk)
    row.state = after(row.state, kind)
    if kind is not Kind.ACCEPTED:
        row.reply, row.settled_at = text, moment.now()
    row.save(update_fields=["state", "reply", "settled_at"])
    letter = write(row, kind, text=text, files=files)
    record(row.chain, f"exchange.{kind.value}", by=by, matter=row.key, peer=row.peer.code, digest=letter.digest)
    return row
