"""What the law says of an application for recognition, of its proofs and of its outcomes: plain values in and out."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from gongjian.applications.rules import Capacity
from gongjian.law.recognition import standing
from gongjian.law.recognition.answers import Answers, read_answers
from gongjian.law.recognition.heads import Exclusion, Head, exclusions, heads, proofs
from gongjian.recognition.errors import (
    DayOfReceiptWrong,
    ExclusionUnproved,
    HeadUnknown,
    InterviewEmpty,
    InterviewTimesWrong,
    OutcomeWithoutHead,
    TwoInvestigators,
)

CAPACITIES = MappingProxyType(
    {
        Capacity.EMPLOYER: "用人单位",
        Capacity.WORKER: "工伤职工本人",
        Capacity.RELATIVE: "工伤职工的近亲属",
        Capacity.UNION: "工会组织",
        Capacity.AGENT: "委托代理人",
    }
)
"""Who may apply. Law: 条例 art. 17; 令8 art. 4, 5."""
STARTED_BY = MappingProxyType({**CAPACITIES, Capacity.OFFICE: "本机关依职权启动"})
"""Who applied, or that nobody had to: the green channel of a major accident. Law: 人社厅发〔2018〕104号 二（四）."""
ACCIDENT, DISEASE = "accident", "disease"
HARMS = MappingProxyType({ACCIDENT: "事故伤害", DISEASE: "职业病"})
SIMPLE, ORDINARY = "simple", "ordinary"
TRACKS = MappingProxyType({SIMPLE: "简易程序", ORDINARY: "普通程序"})
GROUNDS = MappingProxyType(
    {
        "labour_dispute": "劳动关系有争议，需要劳动仲裁或者诉讼的结论",
        "judicial_decision_pending": "需要以司法机关或者有关行政主管部门的结论为依据",
    }
)
"""Why a recognition may be suspended. Law: 条例 art. 20; 令8 art. 20; 意见一 art. 5."""
GROUND_ARTICLES = MappingProxyType(
    {
        "labour_dispute": "《工伤保险条例》第二十条、人社部发〔2013〕34号第五条",
        "judicial_decision_pending": "《工伤保险条例》第二十条、《工伤认定办法》第二十条",
    }
)
ADVICE = MappingProxyType(
    {
        "labour_dispute": "对劳动关系有争议的，职工和用人单位都可以向劳动人事争议仲裁委员会申请仲裁；不服仲裁裁决的，可以依法向人民法院起诉。已经申请仲裁或者起诉的，请把受理机构和案号告知本机关。"
    }
)
"""What the sides are told to do about a ground of suspension. Law: 意见一 art. 5 (they are told to go to arbitration)."""
ROLES = MappingProxyType({"worker": "受伤职工", "relative": "近亲属", "employer": "用人单位人员", "witness": "证人"})
GREEN = MappingProxyType({"major": "重大安全事故", "attention": "社会高度关注"})
"""Why the bureau starts by itself and first. Law: 人社厅发〔2018〕104号 二（四）."""
SUPPORTS = MappingProxyType({"material": "材料", "interview": "笔录", "site": "现场记录"})
TWO = 2
ZONES = ("开发区", "园区", "高新区", "新技术产业区", "保税区", "度假区")
SAME_LEVEL = "本机关所属的本级人民政府（开发区等由设立它的人民政府）"
NO_HEAD = "《工伤保险条例》第十四条、第十五条"
"""What a refusal says is not met where no exclusion was found."""


@dataclass(frozen=True)
class Outcome:
    """One way to decide: what it is called, and which paper says it."""

    label: str
    paper: str


OUTCOMES = MappingProxyType(
    {
        "recognised": Outcome("认定工伤", "decision_recognised"),
        "deemed": Outcome("视同工伤", "decision_deemed"),
        "refused": Outcome("不予认定", "decision_refused"),
        "rejected": Outcome("不予受理", "recognition_rejection"),
        "revoked": Outcome("撤销决定", "decision_revocation"),
    }
)
REFUSED = "refused"
INVESTIGATED = ("recognised", "deemed", REFUSED)
"""How investigators may propose to decide."""
REJECTIONS = MappingProxyType(
    {
        "late": ("申请之日已超过法定的申请时限，没有不计入期限的情形。", "《工伤保险条例》第十七条"),
        "not_supplemented": (
            "经一次性书面告知，申请人没有在期限内补正材料，申请材料不完整。",
            "《工伤保险条例》第十八条",
        ),
        "no_standing": ("申请人不是用人单位、受伤职工、近亲属或者工会组织。", "《工伤保险条例》第十七条"),
        "other_procedure": (
            "该用工情形依法适用其他程序，不作工伤认定。",
            "《工伤保险条例》第二条、第六十五条、第六十六条",
        ),
    }
)
"""Why an application is not accepted, with the article. Law: 条例 art. 17, 18; 令8 art. 7, 8."""
PROOF_OF_KIND = MappingProxyType({"recognition_form": "application_form"})
"""Kind of material → the proof of the law's list, where the two bear different names."""


def proofs_held(kinds: Collection[str]) -> list[str]:
    """The proofs of the law's list that the kinds of papers on file stand for. Law: 条例 art. 18."""
    named = {PROOF_OF_KIND.get(kind, kind) for kind in kinds}
    return sorted(named & set(proofs()))


def required_kinds(*, kind: str, capacity: str, channel: str, by_relative: bool = False) -> tuple[str, ...]:
    """The papers without which an application is incomplete; none where the office started by itself and gathers them.

    kind: accident or disease; by_relative: an agent acts for a relative of the dead. Law: 条例 art. 18 (form, labour relation, diagnosis); 令8 art. 5, 6; 民法典 art. 165.
    """
    if capacity == Capacity.OFFICE:
        return ()
    paper = ("recognition_form",) if channel == "window" else ()
    medical = "occupational_diagnosis" if kind == DISEASE else "medical_diagnosis"
    own = {Capacity.RELATIVE: ("relation_proof",), Capacity.UNION: ("union_letter",), Capacity.AGENT: ("mandate",)}
    related = ("relation_proof",) if by_relative else ()
    return (*paper, "labour_relation", medical, *own.get(Capacity(capacity), ()), *related)


def standing_of(
    *,
    applicant: str,
    injured_on: date,
    applied_on: date,
    region: str,
    not_counted: Sequence[Mapping[str, str | None]] = (),
    extension: tuple[date, int] | None = None,
) -> Answers:
    """The questions about standing as `law.recognition` takes them. extension: (granted on, days) for the employer.

    Law: 条例 art. 17; 令8 art. 4, 5; 法释9 art. 7. Raises: AnswersWrong.
    """
    told: dict[str, object] = {
        "applicant": applicant if applicant in ("employer", "worker", "relative", "union") else "worker",
        "injured_on": injured_on.isoformat(),
        "applied_on": applied_on.isoformat(),
        "region": region,
        "not_counted": [dict(one) for one in not_counted],
    }
    if extension:
        told |= {"employer_extended_on": extension[0].isoformat(), "employer_extension_days": extension[1]}
    return read_answers(told)


def is_in_time(answers: Answers) -> bool:
    """Whether the side that applies is within its own limit. Law: 条例 art. 17; 令8 art. 4, 5."""
    side = "employer" if answers["applicant"] == "employer" else "worker"
    return next(bool(one.in_time) for one in standing.time_limits(answers) if one.side == side)


def check_investigators(cards: Collection[str]) -> None:
    """Two at least, each with a card to show. Law: 令8 art. 9, 10. Raises: TwoInvestigators."""
    if len(cards) < TWO or not all(card.strip() for card in cards):
        raise TwoInvestigators


def check_interview(lines: Sequence[Mapping[str, str]], started: datetime, ended: datetime, now: datetime) -> None:
    """An interview has words and a duration that is over. Law: 令8 art. 10. Raises: InterviewEmpty, InterviewTimesWrong."""
    if not lines or not all(line.get("q", "").strip() and line.get("a", "").strip() for line in lines):
        raise InterviewEmpty
    if not started < ended <= now:
        raise InterviewTimesWrong


def check_resumption(on: date, *, first: date, today: date) -> None:
    """The awaited document came after the suspension and not in the future. Law: 条例 art. 20; 意见一 art. 5. Raises: DayOfReceiptWrong."""
    if not first <= on <= today:
        raise DayOfReceiptWrong(first=first)


def check_outcome(outcome: str, chosen: Sequence[str], reason: str, *, held: Collection[str]) -> None:
    """An outcome names the heads it rests on; an exclusion needs its proof on file, whoever raised it.

    held: proofs of the law's list that are on file. Law: 条例 art. 14, 15, 16; 法释9 art. 1; 令8 art. 18.
    Raises: HeadUnknown, OutcomeWithoutHead, ExclusionUnproved.
    """
    known = {**heads(), **exclusions()}
    if any(code not in known for code in chosen) or outcome not in INVESTIGATED:
        raise HeadUnknown
    article = {"recognised": "14-", "deemed": "15-"}.get(outcome)
    fits = all(code.startswith(article) for code in chosen) and bool(chosen) if article else bool(reason.strip())
    if not fits:
        raise OutcomeWithoutHead
    for code in chosen:
        if code in exclusions() and not set(exclusions()[code].proofs) & set(held):
            wanted = "、".join(proofs()[name].title for name in exclusions()[code].proofs)
            raise ExclusionUnproved(title=exclusions()[code].title, proofs=wanted)


def grounds_told(chosen: Sequence[str]) -> tuple[str, ...]:
    """The heads as a decision cites them: article and words. Law: 条例 art. 14, 15, 16; 令8 art. 19."""
    known: dict[str, Head | Exclusion] = {**heads(), **exclusions()}
    cited = (known[code] for code in chosen)
    return tuple(f"{one.article.replace('条例 ', '《工伤保险条例》')}“{one.title}”" for one in cited)


def basis_told(outcome: str, chosen: Sequence[str]) -> tuple[str, ...]:
    """What an outcome rests on, as the decision cites it; of a refusal, whole clauses. chosen: the heads looked at, and the exclusions found.

    A refusal by art. 16 rests on the exclusion alone: who is excluded may well have met a head. Any other says that no head is met, for no head refuses.
    Law: 条例 art. 14, 15, 16; 令8 art. 19.
    """
    if outcome != REFUSED:
        return grounds_told(chosen)
    excluded = [code for code in chosen if code in exclusions()]
    if excluded:
        return tuple(f"根据{one}的规定" for one in grounds_told(excluded))
    if chosen:
        return (f"不符合{'、'.join(grounds_told(chosen))}的规定，也不属于该条例第十四条、第十五条规定的其他情形",)
    return (f"不符合{NO_HEAD}的规定",)


def norms_of(outcome: str, chosen: Sequence[str]) -> tuple[str, ...]:
    """The articles that a decision applied, for who reviews it. Law: 条例 art. 14, 15, 16; 行诉法 art. 67 (the norms it rests on)."""
    told = grounds_told(chosen)
    return told if outcome != REFUSED or any(code in exclusions() for code in chosen) else (*told, NO_HEAD)


def benefits_told(chosen: Sequence[str]) -> str:
    """What a deemed injury brings, as the article says it. Law: 条例 art. 15."""
    return "".join(dict.fromkeys(heads()[code].benefits for code in chosen if code in heads()))


def government_of(office: str) -> str:
    """The people's government at the level of a department, by the department's name; in words where the name does not begin with the place's.

    A development zone is no level of government: its department is of the government that has set the zone up. Law: 复议法 art. 24.
    """
    place = re.match(r"(.+?[省市区县旗州盟])(?=人力资源|劳动|人社|社会保障)", office)
    if place is None or place.group(1).endswith(ZONES):
        return SAME_LEVEL
    return f"{place.group(1)}人民政府"


def age_on(born: date | None, day: date) -> int | None:
    """Whole years on a day. Law: 令8 art. 19 (the decision states the age)."""
    if born is None:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
