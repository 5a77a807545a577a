"""A matter that the other city has answered or refused is somebody's task: of who gathers facts, of who checks the draft, as the case stands.

Law: 令8 art. 14, 18.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.models import Case, Obligation
from gongjian.exchange.actions.asking import ARTICLE, due_of
from gongjian.exchange.errors import MatterUnknown
from gongjian.exchange.models import Matter
from gongjian.exchange.owes import ASKED_REFUSED, READ_MEANWHILE, TAKE_ANSWER
from gongjian.exchange.states import Direction, Name, State
from gongjian.kernel.ledger.actions import record
from gongjian.recognition.errors import NotTheInvestigator
from gongjian.recognition.queries import checks_now
from gongjian.recognition.states import GATHERING, reader_of

KINDS = {State.ANSWERED.value: TAKE_ANSWER, State.REFUSED.value: ASKED_REFUSED}
"""What the investigators owe, by how the matter was settled."""


def owe_reading(matter: Matter) -> bool:
    """Owe that somebody reads how the matter was settled; whether anybody does. The caller is in a transaction. Law: 令8 art. 14, 18."""
    case = matter.case
    role = reader_of(case.state) if case and matter.state in KINDS else None
    if case is None or role is None:
        return False
    due, about = due_of(case), matter.key
    if role is not Role.INVESTIGATOR:
        owe(case, READ_MEANWHILE, due=due, article=ARTICLE, role=role, about=about)
    elif matter.state == State.ANSWERED:
        owe(case, TAKE_ANSWER, due=due, article=ARTICLE, role=Role.INVESTIGATOR, about=about)
    else:
        owe(case, ASKED_REFUSED, due=due, article=ARTICLE, role=Role.INVESTIGATOR, about=about)
    return True


@transaction.atomic
def note_read(matter: Matter, *, by: User) -> bool:
    """Who reviews or signs has read what came in late; whether that was owed. The draft is given back by its own act, if at all. Twice is once.

    Law: 令8 art. 18. Raises: MatterUnknown, NotTheInvestigator.
    """
    if matter.case is None:
        raise MatterUnknown
    case = locked(matter.case)
    if not checks_now(case, by=by):
        raise NotTheInvestigator
    done = bool(fulfil(case, READ_MEANWHILE, about=matter.key))
    if done:
        record(case.chain, "exchange.read", by=by, matter=matter.key, state=matter.state)
    return done


def owe_again() -> int:
    """Cases that went back to their investigators with an answer that nobody has taken: that is their task now; how many. Twice is once."""
    owed = Obligation.objects.filter(
        case=OuterRef("case"), about=OuterRef("key"), kind__in=KINDS.values(), fulfilled_at=None
    )
    settled = Matter.objects.filter(
        direction=Direction.OUT, business=Name.RECOGNITION, state__in=KINDS, taken_on=None, case__state__in=GATHERING
    ).exclude(Exists(owed))
    return sum(_again(pk) for pk in list(settled.order_by("pk").values_list("pk", flat=True)[:500]))


@transaction.atomic
def _again(pk: int) -> bool:
    case = locked(Case.objects.get(matters=pk))
    matter = Matter.objects.select_for_update(of=("self",)).get(pk=pk)
    matter.case = case
    if matter.taken_on or case.state not in GATHERING:
        return False
    fulfil(case, READ_MEANWHILE, about=matter.key)
    return owe_reading(matter)
