"""One injury as one story: recognition, appraisal, benefits; what each means, where it stands, what comes next, what to do, who has looked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.appraisal.models import Application
from gongjian.appraisal.rules import normal_number
from gongjian.appraisal.states import INITIAL
from gongjian.appraisal.takeover import recognised_among
from gongjian.cases.models import Case
from gongjian.cases.queries import visible_to
from gongjian.claims.queries import acts_for, claims_of
from gongjian.claims.states import OWED, State
from gongjian.portal import following
from gongjian.portal.money import claimable
from gongjian.portal.readers import Reading, readings_for
from gongjian.recognition.models import Decision
from gongjian.recognition.states import RECOGNITION

MOST = 50
MEANINGS = {
    RECOGNITION: ("工伤认定", "由人力资源和社会保障局决定：这次受伤（或者职业病）算不算工伤。"),
    INITIAL: ("劳动能力鉴定", "由劳动能力鉴定委员会组织专家检查：伤残几级，生活上要不要人照顾。"),
    "claims": ("工伤待遇", "由社会保险经办机构核定：依法应得多少、由谁支付。"),
}


@dataclass(frozen=True)
class Chapter:
    """One of the three matters. to_do: (words, address) of what this person can do now."""

    title: str
    meaning: str
    state: str
    next: str
    due: date | None = None
    address: str = ""
    number: str = ""
    to_do: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Story:
    """One injury of one person."""

    person: str
    chapters: list[Chapter]
    readings: list[tuple[str, Reading]]


def stories_of(user: User) -> list[list[Case]]:
    """The cases of a party by injury, newest injury first, each in the order of the law: four queries, however many."""
    cases = list(visible_to(user).order_by("-received_at", "-id")[:MOST])
    told = {row.case_id: row for row in Application.objects.filter(case__in=cases)}
    decided = {
        row.case_id: row for row in Decision.objects.filter(case__in=cases, revoked_on=None).select_related("paper")
    }
    by_number = {normal_number(row.paper.number): pk for pk, row in decided.items()}
    found: dict[object, list[Case]] = {}
    for case in cases:
        found.setdefault(_injury(case, told.get(case.pk), by_number), []).append(case)
    return [sorted(each, key=lambda case: (case.procedure != RECOGNITION, case.pk)) for each in found.values()]


def story(cases: Sequence[Case], *, by: User) -> Story:
    """The three chapters of one injury, and the last looks at it that `by` may know of."""
    chapters = [*_of(RECOGNITION, cases, by), *_of(INITIAL, cases, by), *_benefits(cases, by)]
    looks = [(case.number, reading) for case in cases for reading in readings_for(case, by=by)[:3]]
    return Story(cases[0].person.name, chapters, sorted(looks, key=lambda pair: pair[1].at, reverse=True)[:5])


def _injury(case: Case, told: Application | None, by_number: dict[str, int]) -> object:
    """What the cases of one injury have alike: the recognition here, else the number of the one elsewhere."""
    if told is None:
        return case.pk
    number = normal_number(told.recognition_number)
    return told.recognised_case_id or by_number.get(number) or (case.person_id, number)


def _of(procedure: str, cases: Sequence[Case], by: User) -> list[Chapter]:
    title, meaning = MEANINGS[procedure]
    rows = [case for case in cases if case.procedure == procedure]
    if not rows:
        return [_not_yet(procedure, cases, by)]
    return [
        Chapter(
            title,
            meaning,
            following.state_label(case, by=by),
            following.promise(case, by=by),
            min((owed.due for owed in following.owed_now(case, by=by) if owed.due), default=None),
            reverse("portal:case", args=[case.number]),
            case.number,
            following.my_moves(case, by=by),
        )
        for case in rows
    ]


def _not_yet(procedure: str, cases: Sequence[Case], by: User) -> Chapter:
    title, meaning = MEANINGS[procedure]
    if procedure == RECOGNITION:
        return Chapter(title, meaning, "不在本平台办理", "决定书的文号和日期已写在鉴定申请里。")
    ready = {case.pk for case, _ in recognised_among(cases, by)}
    to_do = [("申请劳动能力鉴定", reverse("portal:begin", args=["appraisal"]))] if ready else []
    return Chapter(title, meaning, "还没有申请", "认定为工伤，伤情相对稳定或者停工留薪期满后申请。", to_do=to_do)


def _benefits(cases: Sequence[Case], by: User) -> list[Chapter]:
    title, meaning = MEANINGS["claims"]
    claims = [claim for case in cases for claim in claims_of(case, by=by)]
    told = [
        Chapter(
            f"{title}：{claim.get_stage_display()}",
            meaning,
            State(claim.state).label,
            f"{OWED[State(claim.state)].label}。" if claim.state in OWED else "",
            due=claim.due_on,
            address=reverse("claims:claim", args=[claim.pk]),
            number=claim.founded_on.number,
            to_do=[("补齐材料", reverse("claims:claim", args=[claim.pk]))]
            if "resubmit" in acts_for(claim, by=by)
            else [],
        )
        for claim in claims
    ]
    to_do = [
        (f"估算并申领{stage.label}", reverse("benefits:case", args=[case.number]))
        for case, stage in claimable(cases, by=by)
    ]
    if told and not to_do:
        return told
    waiting = "认定决定书送达后可以申领治疗期间的待遇，鉴定结论生效后可以申领伤残待遇。"
    return [*told, Chapter(title, meaning, "可以申领" if to_do else "还不能申领", waiting, to_do=to_do)]
