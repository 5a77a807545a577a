"""The investigation as it stands: who does it, what each head needs, what is on file, what nobody has asked."""

from dataclasses import dataclass

from gongjian.accounts.models import User
from gongjian.cases.errors import MoveNotAllowed
from gongjian.cases.models import Case, CaseDuty
from gongjian.cases.queries.recusals import keeps_away, require_no_bar
from gongjian.law.recognition.answers import Answers
from gongjian.law.recognition.heads import exclusions, heads, proofs, questions
from gongjian.law.recognition.weighing import raised, weigh
from gongjian.recognition.errors import NotTheInvestigator
from gongjian.recognition.models import Answer, Plan
from gongjian.recognition.queries.application import application_of, given_kinds
from gongjian.recognition.rules import DISEASE, TWO, proofs_held
from gongjian.recognition.states import GATHERING, HEALTH, LABELS, NEEDS_INVESTIGATORS, State

INVESTIGATE = "recognition.investigate"
STANDS = {"may_apply": "可能适用", "open": "事实尚不清楚", "does_not_apply": "按所答不符合"}


@dataclass(frozen=True)
class Asked:
    """One question of the plan: asked and answered, or never asked (answer None)."""

    name: str
    title: str
    answer: Answer | None


@dataclass(frozen=True)
class PlanLine:
    """One head of the plan: how it stands, its questions, and its proofs with whether each is on file.

    proof_wanted: whether a proof that is not on file is missed; of an exclusion that nobody raises none is.
    """

    code: str
    title: str
    article: str
    stands: str
    asked: list[Asked]
    proofs: list[tuple[str, bool]]
    guidance: list[str]
    proof_wanted: bool = True

    @property
    def never_asked(self) -> list[Asked]:
        """The questions that nobody has put yet."""
        return [each for each in self.asked if each.answer is None]


def heads_of(case: Case) -> list[str]:
    """The heads under investigation: as planned last, else the first that the application suggests."""
    plan = Plan.objects.filter(case=case).order_by("-id").first()
    if plan:
        return list(plan.heads)
    told = application_of(case)
    return ["14-4"] if told.kind == DISEASE else ["15-1"] if told.died_on else ["14-1"]


def answers_of(case: Case) -> dict[str, Answer]:
    """Question → its last answer: one query."""
    rows = Answer.objects.filter(case=case).select_related("by").order_by("question", "-id").distinct("question")
    return {row.question: row for row in rows}


def plain_answers(case: Case) -> Answers:
    """The answers with the proofs on file, as `law.recognition` takes them."""
    told: dict[str, object] = {name: row.said for name, row in answers_of(case).items()}
    return {**told, "proofs": tuple(proofs_held(given_kinds(case)))}


def plan_of(case: Case) -> list[PlanLine]:
    """What each planned head needs, with what is on file, and the exclusions of article 16. Law: 条例 art. 14, 15, 16, 18, 19."""
    answered, told = answers_of(case), plain_answers(case)
    held = set(told["proofs"])
    lines = [_head(code, answered, told, held) for code in heads_of(case) if code in heads()]
    return [*lines, *_exclusions(answered, told, held)]


def asked_lines(case: Case) -> list[str]:
    """The titles of the questions never asked, over all planned heads."""
    return list(dict.fromkeys(each.title for line in plan_of(case) for each in line.never_asked))


def investigators_of(case: Case) -> list[User]:
    """Who investigates the case."""
    rows = case.duties.filter(duty=CaseDuty.Duty.INVESTIGATOR).select_related("user").order_by("pk")
    return [row.user for row in rows]


def able_investigators(case: Case) -> list[User]:
    """Those of them who still work for the office of the case and do not keep away. Law: 令8 art. 10, 16."""
    team = investigators_of(case)
    return [each for each in team if each.holds(INVESTIGATE, case.office_id) and not keeps_away(each, case)]


def wants_investigators(case: Case) -> bool:
    """Whether fewer than two are left who may investigate, where two must stand behind what is known. Law: 令8 art. 10, 16."""
    return case.state in NEEDS_INVESTIGATORS and len(able_investigators(case)) < TWO


def must_investigate(case: Case, *, by: User) -> None:
    """Refuse who is not one of the case's investigators, or keeps away from it now. Law: 令8 art. 9, 16. Raises: NotTheInvestigator, KeepsAway, RecusalWaits."""
    if by not in investigators_of(case):
        raise NotTheInvestigator
    require_no_bar(case, by=by)


def checks_now(case: Case, *, by: User) -> bool:
    """Whether the draft of the case lies with `by` for review or signature. Law: 令8 art. 18."""
    return case.state in (State.PROPOSED, State.REVIEWED) and by.holds(HEALTH[State(case.state)], case.office_id)


def must_gather(case: Case, *, by: User) -> None:
    """Refuse who does not investigate the case, and everybody once its draft is handed on. Law: 令8 art. 9, 11, 16.

    Raises: NotTheInvestigator, KeepsAway, RecusalWaits, MoveNotAllowed.
    """
    must_investigate(case, by=by)
    if case.state not in GATHERING:
        raise MoveNotAllowed(state=LABELS[State(case.state)], act="调查核实")


def _head(code: str, answered: dict[str, Answer], told: Answers, held: set[str]) -> PlanLine:
    head = heads()[code]
    names = dict.fromkeys(name.removeprefix("!") for group in head.needs for name in group)
    return PlanLine(
        code,
        head.title,
        head.article,
        STANDS[weigh(head, told).stands],
        [Asked(name, questions()[name].title, answered.get(name)) for name in names],
        [(proofs()[name].title, name in held) for name in head.proofs],
        [f"{each.text}（{each.source}）" for each in head.guidance],
    )


def _exclusions(answered: dict[str, Answer], told: Answers, held: set[str]) -> list[PlanLine]:
    said = {None: "没有问过", True: "有人主张", False: "无人主张"}
    return [
        PlanLine(
            each.exclusion.code,
            each.exclusion.title,
            each.exclusion.article,
            said[each.raised],
            [
                Asked(
                    each.exclusion.question,
                    questions()[each.exclusion.question].title,
                    answered.get(each.exclusion.question),
                )
            ],
            [(proofs()[name].title, name in held) for name in each.exclusion.proofs],
            [f"{told.text}（{told.source}）" for told in exclusions()[each.exclusion.code].guidance],
            proof_wanted=each.raised is True,
        )
        for each in raised(told)
    ]
