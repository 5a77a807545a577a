"""When the group's opinion has a formal defect: the same group seals anew. Nobody else touches what it said."""

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.cases.actions.move import move
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.opinions.actions.panel import hold_case, open_round
from gongjian.opinions.models import Reopening, Round
from gongjian.opinions.states import Defect


@transaction.atomic
def reopen(case: Case, defect: Defect, *, reason: str, by: User) -> Round:
    """Open one more round for the group that has come to an opinion. The round before stays as it was counted, and is followed no more.

    Each member begins from what they sealed before, reads what is defective, and seals anew; the vote is counted as always. No limit moves.
    Law: 令55 art. 15, 16, 34(5)(6). Raises: MoveNotAllowed, NotYours.
    """
    case = hold_case(case)
    former = Round.objects.filter(case=case).order_by("-number")[0]
    move(case, "reopen", by=by, round=former.number, defect=defect, offends=defect.article)
    told = {"defect": defect, "reason": reason.strip(), "by": by, "at": moment.now()}
    Reopening.objects.create(round=former, **told)
    return open_round(case, size=former.size, turn=former.turn)
