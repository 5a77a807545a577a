"""Two do it at once, it is done twice, or it dies in the middle: one case, one decision, all or nothing."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connections, transaction

from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_member
from gongjian.applications.actions.supplement import Item
from gongjian.cases.models import Case, CaseDuty, CaseLimit, NumberSeries, Obligation
from gongjian.cases.numbers import next_number
from gongjian.delivery.models import Delivery
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.ledger.queries import verify
from gongjian.kernel.outbox.models import Message
from gongjian.law.errors import RuleError
from gongjian.papers.kinds import KINDS
from gongjian.papers.models import Paper
from gongjian.parties.tests.builders import an_id_number
from gongjian.recognition import notices
from gongjian.recognition.actions import deciding, entry, evidence, investigation, review, supplementing, suspension
from gongjian.recognition.models import Application, Decision, EvidenceNotice, SupplementNotice, Suspension
from gongjian.recognition.rules import OUTCOMES
from gongjian.recognition.states import State
from gongjian.recognition.tests.builders import (
    MONDAY,
    PAPERS,
    a_bureau,
    a_colleague,
    a_reviewed_case,
    an_accepted_case,
    an_entered_case,
    an_investigated_case,
    an_investigator,
    staff,
    the_clerk,
    the_signer,
    told,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]
DAY = timedelta(days=1)


class PowerCut(BaseException):
    """The process dies here."""


@pytest.fixture
def dies(monkeypatch):
    """Let a place be where the process dies."""

    def die(*args, **kwargs):
        raise PowerCut

    return lambda where, what: monkeypatch.setattr(where, what, die)


def at_once(*acts: Callable[[], Any], at: datetime = MONDAY) -> list[str]:
    """Run acts in threads of their own, on MONDAY or when it is said, started together: "done" or the code of the refusal of each, sorted."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> str:
        try:
            gate.wait()
            with moment.fixed(at):
                act()
        except RuleError as refusal:
            return refusal.code
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def another(role: Role) -> Any:
    return a_member(role, "同岗", office=a_bureau())


def count(case: Case) -> tuple[int, ...]:
    """How much there is of everything that an act on a case writes."""
    rows = (case.passages, case.duties, case.obligations, CaseLimit.objects.filter(case=case), case.papers)
    return (*(each.count() for each in rows), LedgerEntry.objects.count(), Message.objects.count())


# Two at once.


def test_two_clerks_accept_one_case_at_once_and_one_of_them_has():
    case, clerks = an_entered_case(), (the_clerk(), another(Role.WINDOW_CLERK))
    answers = at_once(*[lambda by=by: review.accept(case, by=by) for by in clerks])
    assert answers.count("done") == 1
    assert Paper.objects.filter(case=case, kind="recognition_acceptance").count() == 1
    assert CaseDuty.objects.filter(case=case, duty="acceptor").count() == 1
    assert CaseLimit.objects.filter(case=case, limit="WI-DECIDE").count() == 1


def test_accepting_and_rejecting_at_once_does_one_of_them():
    case, clerks = an_entered_case(), (the_clerk(), another(Role.WINDOW_CLERK))
    answers = at_once(
        lambda: review.accept(case, by=clerks[0]),
        lambda: review.reject(case, ground="no_standing", explanation="系朋友。", by=clerks[1]),
    )
    case.refresh_from_db()
    assert answers.count("done") == 1
    assert Decision.objects.filter(case=case).exists() == (case.state == State.REJECTED)
    assert case.papers.filter(kind="recognition_acceptance").exists() == (case.state == State.ACCEPTED)


def test_order_8_art_8_two_clerks_at_once_send_one_notice_of_what_is_missing():
    case, clerks = an_entered_case(papers=PAPERS[:2]), (the_clerk(), another(Role.WINDOW_CLERK))
    asked = [Item("medical_diagnosis", "请补交诊断证明")]
    answers = at_once(*[lambda by=by: supplementing.ask_supplement(case, asked, by=by) for by in clerks])
    assert answers.count("done") == 1
    assert SupplementNotice.objects.filter(case=case).count() == 1


def test_two_investigators_begin_at_once_and_the_case_begins_once():
    case, team = an_accepted_case(), (an_investigator(), a_colleague())
    answers = at_once(
        lambda: investigation.start(case, with_=[team[1]], by=team[0]),
        lambda: investigation.start(case, with_=[team[0]], by=team[1]),
    )
    assert answers.count("done") == 1
    assert case.passages.filter(act="begin").count() == 1
    assert case.duties.filter(duty="investigator").count() == 2


def test_order_8_art_17_the_employer_is_asked_once_by_two_at_once():
    case = an_investigated_case()
    answers = at_once(*[lambda by=by: evidence.send_notice(case, by=by) for by in (an_investigator(), a_colleague())])
    assert answers == ["done", "recognition.evidence_notice_sent"]
    assert EvidenceNotice.objects.filter(case=case).count() == 1


def test_order_8_art_20_the_clock_is_stopped_once_by_two_at_once():
    case = an_investigated_case()
    why = {"ground": "labour_dispute", "awaited": "仲裁委的裁决"}
    answers = at_once(
        *[lambda by=by: suspension.suspend(case, **why, by=by) for by in (an_investigator(), a_colleague())]
    )
    assert answers.count("done") == 1
    assert Suspension.objects.filter(case=case).count() == case.papers.filter(kind="suspension_notice").count() == 1


def test_two_sign_at_once_and_there_is_one_decision_with_one_number():
    case, proposal = a_reviewed_case()
    signers = (the_signer(), another(Role.SIGNER))
    answers = at_once(*[lambda by=by: deciding.decide(case, seen=proposal.digest, by=by) for by in signers])
    decision = Decision.objects.get(case=case)
    assert answers.count("done") == 1
    assert case.duties.get(duty="signer").user == decision.signed_by
    assert NumberSeries.objects.get(series="paper.decision_recognised").last == 1
    assert sorted(Delivery.objects.filter(case=case, paper=decision.paper).values_list("recipient", flat=True)) == [
        "employer",
        "worker",
    ]


def test_signing_and_sending_back_at_once_does_one_of_them():
    case, proposal = a_reviewed_case()
    signers = (the_signer(), another(Role.SIGNER))
    answers = at_once(
        lambda: deciding.decide(case, seen=proposal.digest, by=signers[0]),
        lambda: deciding.send_back(case, reason="请核对", by=signers[1]),
    )
    case.refresh_from_db()
    assert answers.count("done") == 1
    assert Decision.objects.filter(case=case).exists() == (case.state == State.DECIDED)


def test_two_sweeps_at_once_give_back_once_what_was_not_supplemented():
    case = an_entered_case(papers=PAPERS[:2])
    with moment.fixed(MONDAY - 40 * DAY):
        supplementing.ask_supplement(case, [Item("medical_diagnosis", "请补交")], by=the_clerk())
    at_once(supplementing.close_overdue, supplementing.close_overdue)
    assert case.passages.filter(act="supplement_over").count() == 1


@pytest.mark.parametrize("outcome", ["recognised", "deemed", "refused", "rejected"])
def test_l10_two_hundred_parallel_decisions_with_failures_among_them_leave_no_gap(outcome):
    office, series = a_bureau(), f"paper.{OUTCOMES[outcome].paper}"

    def number_one(place: int) -> int | None:
        try:
            with transaction.atomic():
                number = next_number(office, series, 2026)
                if place % 10 == 0:
                    raise PowerCut
                return number
        except PowerCut:
            return None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(16) as pool:
        taken = [number for number in pool.map(number_one, range(200)) if number]
    assert sorted(taken) == list(range(1, 181))


def test_l10_real_decisions_signed_at_once_are_numbered_one_after_the_other():
    ready = [a_reviewed_case(id_number=an_id_number(serial), name=f"林知{serial}") for serial in range(1, 5)]
    signers = [a_member(Role.SIGNER, f"签{place}", office=a_bureau()) for place in range(4)]
    acts = [
        lambda case=case, seen=row.digest, by=by: deciding.decide(case, seen=seen, by=by)
        for (case, row), by in zip(ready, signers, strict=True)
    ]
    assert at_once(*acts) == ["done"] * 4
    numbers = Paper.objects.filter(kind="decision_recognised").order_by("sequence").values_list("number", flat=True)
    assert list(numbers) == [f"云溪人社工认〔2026〕{n}号" for n in range(1, 5)]
    assert verify()[1] == []


def test_each_decision_has_a_series_of_its_own_that_starts_at_one():
    assert len({KINDS[each.paper].series for each in OUTCOMES.values()}) >= 2
    with transaction.atomic():
        firsts = [next_number(a_bureau(), f"paper.{each.paper}", 2026) for each in OUTCOMES.values()]
    assert firsts == [1] * len(OUTCOMES)


# Twice.


def enter(**changes: Any) -> Case:
    return entry.enter(a_bureau(), told(**changes), by=the_clerk(), received_on=MONDAY.date())


def test_the_same_entry_form_sent_twice_is_one_case():
    with moment.fixed(MONDAY):
        first = enter()
        before = count(first)
        assert enter() == first
    assert (Case.objects.count(), Application.objects.count()) == (1, 1)
    assert count(first) == before


def test_the_same_entry_form_sent_twice_at_once_is_one_case():
    assert at_once(enter, enter) == ["done", "done"]
    assert (Case.objects.count(), Application.objects.count()) == (1, 1)
    assert NumberSeries.objects.get(series="recognition").last == 1


@pytest.mark.parametrize(
    "change",
    [
        {"injured_on": "2026-02-11"},
        {"capacity": "union", "applicant_name": "工会"},
        {"id_number": an_id_number(2), "name": "何青"},
        {"cause": "搬运时被砸"},
    ],
    ids=["another injury", "another applicant", "another worker", "told otherwise"],
)
def test_an_application_that_differs_in_anything_is_a_case_of_its_own(change):
    with moment.fixed(MONDAY):
        assert enter() != enter(**change)


def test_the_same_application_after_it_was_taken_up_is_a_case_of_its_own():
    accepted = an_accepted_case()
    with moment.fixed(MONDAY):
        assert enter() != accepted


# It dies in the middle.


def test_an_entry_that_dies_leaves_no_case_and_gives_its_number_back(dies, monkeypatch):
    with moment.fixed(MONDAY):
        with monkeypatch.context() as patch:
            patch.setattr(entry, "explain", lambda *told: (_ for _ in ()).throw(PowerCut()))
            with pytest.raises(PowerCut):
                enter()
        assert (Case.objects.count(), Application.objects.count(), Obligation.objects.count()) == (0, 0, 0)
        assert enter().number == "YXRS-2026-000001"


@pytest.mark.parametrize(
    ("make", "where", "what", "act"),
    [
        (an_entered_case, notices, "tell_acceptance", lambda case: review.accept(case, by=the_clerk())),
        (
            an_entered_case, review, "tell",
            lambda case: review.reject(case, ground="no_standing", explanation="系朋友。", by=the_clerk()),
        ),
        (
            an_investigated_case, suspension, "_look_again",
            lambda case: suspension.suspend(case, ground="labour_dispute", awaited="裁决", by=an_investigator()),
        ),
        (
            an_investigated_case, notices, "tell_termination",
            lambda case: suspension.terminate(case, reason="不存在劳动关系。", by=staff(Role.SIGNER)),
        ),
        (an_investigated_case, evidence, "_served_at_once", lambda case: evidence.send_notice(case, by=an_investigator())),
        (an_accepted_case, investigation, "move", lambda case: investigation.start(case, with_=[a_colleague()], by=an_investigator())),
    ],
    ids=["accept", "reject", "suspend", "terminate", "ask the employer", "begin"],
)  # fmt: skip
def test_an_act_that_dies_before_its_end_leaves_nothing_of_itself(dies, make, where, what, act):
    case = make()
    the_clerk(), an_investigator(), a_colleague(), staff(Role.SIGNER)
    before, state, due = count(case), case.state, case.due_on
    dies(where, what)
    with moment.fixed(MONDAY), pytest.raises(PowerCut):
        act(case)
    case.refresh_from_db()
    assert (count(case), case.state, case.due_on) == (before, state, due)
    assert verify()[1] == []


def test_a_signature_that_dies_leaves_the_case_to_be_signed_and_the_number_to_be_given(monkeypatch):
    case, proposal = a_reviewed_case()
    before = count(case)
    with moment.fixed(MONDAY):
        with monkeypatch.context() as patch:
            patch.setattr(deciding, "tell", lambda decision: (_ for _ in ()).throw(PowerCut()))
            with pytest.raises(PowerCut):
                deciding.decide(case, seen=proposal.digest, by=the_signer())
        case.refresh_from_db()
        assert (count(case), case.state) == (before, State.REVIEWED)
        assert not Decision.objects.filter(case=case).exists()
        assert deciding.decide(case, seen=proposal.digest, by=the_signer()).paper.sequence == 1
