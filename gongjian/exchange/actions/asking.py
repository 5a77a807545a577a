"""Another city is asked to investigate; what comes of it is somebody's task until it is settled. Law: 令8 art. 14."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import uuid4

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.models import Case
from gongjian.exchange.actions.writing import Attached, write
from gongjian.exchange.business import BUSINESSES, Business, live_case
from gongjian.exchange.errors import MatterUnknown, NotLeast, NotNow, ReasonNeeded, TooMuch
from gongjian.exchange.models import Matter, Peer
from gongjian.exchange.owes import ASKED_LATE, ASKED_REFUSED, NOT_DELIVERED, TAKE_ANSWER
from gongjian.exchange.queries import files_of, trusted_peers
from gongjian.exchange.rules import ABOUT, LONGEST_FACT, MOST_FILES, check_asked, is_fact
from gongjian.exchange.states import LABELS, OPEN, Direction, Name, State
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.materials.actions import add_stored, material_of
from gongjian.materials.catalog import INVESTIGATION
from gongjian.materials.models import MaterialPage
from gongjian.materials.queries import name_of, page_for
from gongjian.recognition.queries import application_of, must_gather, must_investigate

ARTICLE = BUSINESSES[Name.RECOGNITION].article


@transaction.atomic
def ask(
    case: Case, peer: Peer, *, scope: str, due_on: date, told: Sequence[str], pages: Sequence[int] = (), by: User
) -> Matter:
    """Ask another city to investigate. told: which of the few facts about the case go with it; pages: which pages of materials. Sent twice is once.

    Law: 令8 art. 14; 个保法 art. 6 (the least that is needed).
    Raises: NotTheInvestigator, MoveNotAllowed, NothingAsked, TooMuch, MatterUnknown for who is not trusted, NotLeast.
    """
    case = locked(case)
    must_gather(case, by=by)
    check_asked(scope, due_on, today=moment.today())
    if not trusted_peers(case.office).filter(pk=peer.pk).exists():
        raise MatterUnknown
    about: Any = {name: value for name, value in facts_of(case).items() if name in told and value}
    if not all(is_fact(value) for value in about.values()):
        raise TooMuch(limit=f"{LONGEST_FACT}字")
    chosen = _chosen(case, pages, by)
    if same := _asked_before(case, peer, (scope.strip(), due_on, about), {page.evidence_id for page in chosen}):
        return same
    files = [Attached(page.evidence, _plain_name(page, place, by)) for place, page in enumerate(chosen, 1)]
    asked = Asked(scope.strip(), due_on, about, files)
    return open_matter(BUSINESSES[Name.RECOGNITION], case, peer, asked, by=by)


class Asked(NamedTuple):
    """What goes with the letter that opens a matter."""

    scope: str
    due_on: date
    about: Any  # as the encrypted field takes it
    files: Sequence[Attached]


def open_matter(business: Business, case: Case, peer: Peer, asked: Asked, *, by: User) -> Matter:
    """Open a matter with its letter. The caller has checked everything, holds the case and is in a transaction."""
    matter = Matter.objects.create(
        direction=Direction.OUT,
        business=business.name,
        office=case.office,
        peer=peer,
        key=str(uuid4()),
        case=case,
        state=State.SENT,
        scope=asked.scope,
        about=asked.about,
        due_on=asked.due_on,
        opened_at=moment.now(),
        by=by,
    )
    letter = write(matter, business.opens, text=matter.scope, due_on=asked.due_on, files=asked.files)
    hashes = [each.evidence.sha256 for each in asked.files]
    record(case.chain, "exchange.asked", by=by, matter=matter.key, peer=peer.code, digest=letter.digest, files=hashes)
    return matter


def _asked_before(case: Case, peer: Peer, told: tuple[str, date, Any], files: set[int]) -> Matter | None:
    """The open question that this very form has made: the same city, words, day, facts and papers."""
    rows = Matter.objects.filter(case=case, peer=peer, state__in=OPEN).prefetch_related("letters__enclosures")
    return next((row for row in rows if (row.scope, row.due_on, row.about) == told and _files(row) == files), None)


def _files(matter: Matter) -> set[int]:
    letters = (letter for letter in matter.letters.all() if letter.is_ours)
    return {each.evidence_id for letter in letters for each in letter.enclosures.all() if each.evidence_id}


def facts_of(case: Case) -> dict[str, str]:
    """The few facts about a case that may go with a question. Nothing about health, no number of any kind."""
    application = application_of(case)
    values = (
        case.person.name,
        case.employer.name if case.employer else "",
        f"{application.injured_on:%Y-%m-%d} {application.happened_at}".strip(),
        application.place,
    )
    return dict(zip(ABOUT, values, strict=True))


@transaction.atomic
def take(matter: Matter, *, by: User) -> Matter:
    """Put the answer's papers on the case's file, each named with where it came from. Twice is once.

    Law: 令8 art. 9, 14. Raises: NotTheInvestigator, MoveNotAllowed, NotNow before there is an answer, and what `materials` refuses.
    """
    row = _locked_matter(matter, by)
    if row.state != State.ANSWERED or row.case is None:
        raise NotNow(state=LABELS[State(row.state)], kind="查收答复")
    if row.taken_on:
        return row
    must_gather(row.case, by=by)
    material = material_of(INVESTIGATION, case=row.case)
    origin = f"{row.peer.name}答复"
    theirs = [each.enclosure for each in files_of(row) if not each.is_ours]
    for each in theirs:
        if each.evidence:
            add_stored(material, each.evidence, name=f"{origin} {each.name}", by=by)
    row.taken_on = moment.today()
    row.save(update_fields=["taken_on"])
    for kind in (TAKE_ANSWER, ASKED_LATE, NOT_DELIVERED):
        fulfil(row.case, kind, about=row.key)
    record(row.chain, "exchange.answer_taken", by=by, matter=row.key, files=[each.sha256 for each in theirs])
    return row


@transaction.atomic
def note(matter: Matter, *, how: str, by: User) -> Matter:
    """The investigator knows that nothing, or a refusal, came, and says what is done instead; each further word is kept, the same once.

    Law: 令8 art. 14. Raises: NotTheInvestigator, ReasonNeeded, NotNow where an answer came.
    """
    row = _locked_matter(matter, by)
    if not how.strip():
        raise ReasonNeeded
    kinds = (ASKED_LATE, ASKED_REFUSED, NOT_DELIVERED)
    closed = sum(fulfil(row.case, kind, about=row.key) for kind in kinds) if row.case else 0
    if row.state == State.ANSWERED and not closed:
        raise NotNow(state=LABELS[State(row.state)], kind="记录如何处理")
    if closed or not f"\n{row.dealt_with}".endswith(f"\n{how.strip()}"):
        row.dealt_with = "\n".join(filter(None, [row.dealt_with, how.strip()]))
        row.taken_on = moment.today() if row.state == State.REFUSED else None
        row.save(update_fields=["dealt_with", "taken_on"])
        record(row.chain, "exchange.noted", by=by, matter=row.key, state=row.state)
    return row


def note_late() -> int:
    """Make the silence of the asked city the investigators' task, from the day after the one it was to answer by; how many. Law: 令8 art. 14."""
    late = Matter.objects.filter(
        direction=Direction.OUT, business=Name.RECOGNITION, state__in=OPEN, late_on=None, due_on__lt=moment.today()
    )
    return sum(_late(pk) for pk in list(late.order_by("due_on", "pk").values_list("pk", flat=True)[:500]))


@transaction.atomic
def _late(pk: int) -> bool:
    row = Matter.objects.select_for_update(of=("self",)).select_related("case__office").get(pk=pk)
    if row.late_on or row.state not in OPEN or row.case is None:
        return False
    row.late_on = moment.today()
    row.save(update_fields=["late_on"])
    if case := live_case(row):
        owe(case, ASKED_LATE, due=due_of(case), article=ARTICLE, role=Role.INVESTIGATOR, about=row.key)
    record(row.chain, "exchange.late", by=None, matter=row.key)
    return True


def due_of(case: Case) -> date:
    """By when somebody owes what comes up about a matter: with the case itself, never late from the start."""
    return max(case.due_on or moment.today(), moment.today())


def _chosen(case: Case, pages: Sequence[int], by: User) -> list[MaterialPage]:
    found = [page_for(pk, by=by) for pk in dict.fromkeys(pages)]
    if len(found) > MOST_FILES or any(page.material.case_id != case.pk for page in found):
        raise NotLeast
    return list({page.evidence_id: page for page in found}.values())


def _plain_name(page: MaterialPage, place: int, by: User) -> str:
    ending = name_of(page, place, by=by).rpartition(".")[2][:5]
    return f"{place} {page.material.told.title}.{ending if ending.isalnum() else 'bin'}"


def _locked_matter(matter: Matter, by: User) -> Matter:
    rows = Matter.objects.select_for_update(of=("self",)).select_related("case__office", "peer", "office")
    row = rows.get(pk=matter.pk)
    if row.case is None:
        raise MatterUnknown
    must_investigate(row.case, by=by)
    return row
