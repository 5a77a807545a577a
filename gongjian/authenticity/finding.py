"""Two cases with the same picture: a comparison in each, which is a person's task while facts bear on a decision. It is noted, and nothing follows by itself."""

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.authenticity.elsewhere import Match, is_common, matches_of
from gongjian.authenticity.errors import ComparisonUnclear, PairNotFound
from gongjian.authenticity.models import Comparison, Remark
from gongjian.authenticity.owes import COMPARE
from gongjian.authenticity.rules import WORDS
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.materials.models import MaterialPage
from gongjian.recognition.queries import checks_now, must_investigate
from gongjian.recognition.states import READERS, reader_of

ARTICLE = "令8 第九条"


def note_elsewhere(page: MaterialPage) -> int:
    """Note each telling pair of a page, in both cases; how many. A form that many hand in makes none. The caller is in a transaction."""
    case = page.material.case
    assert case is not None  # pages of cases are examined
    found = matches_of(case, [page])
    if is_common(found):
        return 0
    rows = [row for match in found if match.is_telling(case) for row in _both(case, match)]
    return len(Comparison.objects.bulk_create(rows, ignore_conflicts=True))


def _both(case: Case, match: Match) -> tuple[Comparison, Comparison]:
    now = moment.now()
    return (
        Comparison(case=case, page=match.page, elsewhere=match.other, found_at=now),
        Comparison(case=match.other_case, page=match.other, elsewhere=match.page, found_at=now),
    )


def owe_comparing() -> int:
    """Make what nobody has compared a task, once the case is with somebody who reads its papers; how many. Twice is once. Law: 令8 art. 9."""
    rows = Comparison.objects.filter(word="", owed_at=None, case__state__in=READERS)
    return sum(_owe(pk) for pk in list(rows.order_by("pk").values_list("pk", flat=True)[:500]))


@transaction.atomic
def _owe(pk: int) -> bool:
    case = locked(Case.objects.get(comparisons=pk))
    role = reader_of(case.state)
    if role is None or not Comparison.objects.filter(pk=pk, word="", owed_at=None).update(owed_at=moment.now()):
        return False
    due = max(case.due_on or moment.today(), moment.today())
    owe(case, COMPARE, due=due, article=ARTICLE, role=Role(role))
    record(case.chain, "picture.found_elsewhere", by=None, comparison=pk)
    return True


@transaction.atomic
def compare(case: Case, page: MaterialPage, other: MaterialPage, *, word: str, text: str, by: User) -> Remark:
    """Say what it means that two pages are the same picture. Each word is kept; what follows for the case is said in the draft, not here.

    Law: 令8 art. 9, 18. Raises: NotTheInvestigator, PairNotFound, ComparisonUnclear.
    """
    if not checks_now(case, by=by):
        must_investigate(case, by=by)
    if word not in WORDS or not text.strip():
        raise ComparisonUnclear
    case = locked(case)
    if not any(match.other.pk == other.pk for match in matches_of(case, [page])):
        raise PairNotFound
    row, _ = Comparison.objects.get_or_create(
        case=case, page=page, elsewhere=other, defaults={"found_at": moment.now(), "owed_at": moment.now()}
    )
    last = row.remarks.order_by("-pk").first()
    if last and (last.word, last.text, last.by_id) == (word, text.strip(), by.pk):
        return last
    remark = Remark.objects.create(comparison=row, word=word, text=text.strip(), by=by, at=moment.now())
    Comparison.objects.filter(pk=row.pk).update(word=word)
    if not case.comparisons.filter(word="").exists():
        fulfil(case, COMPARE)
    record(case.chain, "picture.compared", by=by, comparison=row.pk, word=word)
    return remark
