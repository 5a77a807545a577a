"""Counting a complete round. Called in the transaction of the last seal, which holds the case: exactly one count is made."""

from gongjian.appraisal.states import State
from gongjian.cases.actions.move import move
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.opinions import rules
from gongjian.opinions.content import Content, content_told
from gongjian.opinions.models import Deliberation, Round, Vote
from gongjian.opinions.queries import group
from gongjian.opinions.sealing import opened_statements


def count_round(opened: Round) -> Vote:
    """Count the opened opinions: a majority forms the group's opinion, anything else leads to deliberation; no machine decides.

    Law: 令55 art. 15. Raises: StillSealed, SealBroken.
    """
    statements = opened_statements(opened)
    ballots = [_ballot(told["seat"], content_told(told)) for _, told in statements]
    counted = rules.count(ballots, size=opened.size)
    vote = Vote.objects.create(
        round=opened,
        outcome=Vote.Outcome.MAJORITY if counted.is_majority else Vote.Outcome.NONE,
        grade=counted.grade,
        selfcare=counted.selfcare or "",
        tally={
            "opinions": [row.pk for row, _ in statements],
            "grades": [list(pair) for pair in counted.grades],
            "selfcares": [list(pair) for pair in counted.selfcares],
            "agreeing": sorted(counted.agreeing),
        },
        counted_at=moment.now(),
    )
    case, hashes = opened.case, [row.content_hash for row, _ in statements]
    record(case.chain, "opinion.counted", by=None, round=opened.number, outcome=vote.outcome, opinions=hashes)
    if case.state == State.EXAMINING:
        group.leave_room(case)
    if counted.is_majority:
        move(case, "opine", by=None, round=opened.number)
    else:
        _deliberate(opened)
    return vote


def _deliberate(opened: Round) -> None:
    Deliberation.objects.create(case=opened.case, round=opened, opened_at=moment.now())
    if opened.case.state == State.EXAMINING:
        move(opened.case, "deliberate", by=None, round=opened.number)


def _ballot(seat: int, content: Content) -> rules.Ballot:
    return rules.Ballot(seat, content.grade, content.selfcare_level)
