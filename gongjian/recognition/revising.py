"""What may come after a decision: clerical errors, revocation, reconsideration and suit, in words and pure rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from unicodedata import normalize

from gongjian.recognition.errors import (
    GroundUnknown,
    NothingCorrected,
    OrderedAnew,
    OutcomeDayWrong,
    PartyDayMissing,
    ReceiptDayWrong,
    RemedyNotTheGround,
    RevocationNeedsOrder,
)

CORRECTION, REVOCATION = "correction", "revocation"
BRACKETS = str.maketrans("〔〕[]【】", "()()()")
KINDS = MappingProxyType({CORRECTION: "更正", REVOCATION: "撤销"})
PLACES = MappingProxyType(
    {
        "employer": "用人单位名称",
        "worker": "职工姓名、性别、年龄",
        "id_number": "证件号码",
        "occupation": "职业、工种或者岗位",
        "days": "事故时间、诊断时间",
        "parts": "受伤害部位",
        "treatment": "医疗救治的情况和诊断结论",
        "facts": "事实部分的文字",
        "other": "其他文字、数字",
    }
)
"""Where a clerical error may stand. What was decided, its grounds and its remedies are no places: they are changed by revocation only."""


@dataclass(frozen=True)
class Ground:
    """Why a decision falls: in words, and on which articles. ordered: an organ above or a court has said so."""

    label: str
    article: str
    ordered: bool = False


OWN, RECONSIDERATION, COURT = "own", "reconsideration", "court"
GROUNDS = MappingProxyType(
    {
        OWN: Ground(
            "本机关自行纠正",
            "《工伤保险条例》第五十五条、《最高人民法院关于审理工伤保险行政案件若干问题的规定》第九条",
        ),
        RECONSIDERATION: Ground("行政复议机关决定", "《中华人民共和国行政复议法》第六十四条、第七十七条", ordered=True),
        COURT: Ground("人民法院判决", "《中华人民共和国行政诉讼法》第七十条、第九十四条", ordered=True),
    }
)
"""Law: 法释9 art. 9 (self-correction, even during a suit); 复议法 art. 64, 77; 行诉法 art. 70, 94."""


@dataclass(frozen=True)
class Way:
    """One remedy: what it is called, the limit of our reply, its article, and who handles it."""

    label: str
    reply: str
    article: str
    organ: str


REMEDIES = MappingProxyType(
    {
        RECONSIDERATION: Way("行政复议", "WI-REPLY-RECONS", "复议法 第四十八条、第八十八条", "行政复议机关"),
        COURT: Way("行政诉讼", "WI-REPLY-COURT", "行诉法 第六十七条", "人民法院"),
    }
)
"""Law: 条例 art. 55; 令8 art. 23."""
OUTCOMES = MappingProxyType(
    {
        "upheld": "维持决定，或者驳回请求",
        "withdrawn": "申请人撤回",
        "revoked": "撤销决定",
        "changed": "变更决定",
        "ordered": "责令重新作出决定",
    }
)
ORDERED = "ordered"
WITHDRAWN = "withdrawn"
STANDS = ("upheld", WITHDRAWN)
"""With these the decision stands; with every other the office owes what was ordered."""


def check_lines(lines: Sequence[Mapping[str, str]]) -> None:
    """A correction names places that may be corrected, and what is there is another text. Law: 令8 art. 19. Raises: NothingCorrected."""
    told = [(one["place"], one["wrong"].strip(), one["right"].strip()) for one in lines]
    if not told or any(place not in PLACES or not wrong or not right or wrong == right for place, wrong, right in told):
        raise NothingCorrected


def check_ground(ground: str, *, order: str, ordered_on: date | None, today: date) -> None:
    """A revocation that was ordered names the order and its day. Law: 复议法 art. 77; 行诉法 art. 94.

    Raises: GroundUnknown, RevocationNeedsOrder.
    """
    if ground not in GROUNDS:
        raise GroundUnknown
    if GROUNDS[ground].ordered and (not order.strip() or ordered_on is None or ordered_on > today):
        raise RevocationNeedsOrder


def check_rests_on(kind: str, outcome: str, *, ground: str, anew: bool) -> None:
    """A revocation rests on a remedy of its own kind that did not let the decision stand; what was ordered to be decided anew is decided anew.

    Law: 复议法 art. 64, 77; 行诉法 art. 70, 71, 94. Raises: RemedyNotTheGround, OrderedAnew.
    """
    if kind != ground or not outcome or outcome in STANDS:
        raise RemedyNotTheGround
    if outcome == ORDERED and not anew:
        raise OrderedAnew


def same_matter(one: str, other: str) -> bool:
    """Whether two numbers are one, however wide their signs were typed. Law: 复议法 art. 48; 行诉法 art. 67 (one copy, one reply)."""
    return _plain(one) == _plain(other)


def _plain(matter: str) -> str:
    return "".join(normalize("NFKC", matter).translate(BRACKETS).split()).casefold()


def check_received(on: date, *, decided_on: date, today: date) -> None:
    """A copy of an application or complaint came after the decision and not in the future. Law: 复议法 art. 48; 行诉法 art. 67. Raises: ReceiptDayWrong."""
    if not decided_on <= on <= today:
        raise ReceiptDayWrong(first=decided_on)


def check_known(kind: str, outcome: str, known_on: date | None, *, received_on: date, today: date) -> None:
    """Where a review leaves the decision standing, the party's fifteen days for a suit run from its own day, which must be told.

    Law: 行诉法 art. 45. Raises: PartyDayMissing, OutcomeDayWrong.
    """
    if kind == RECONSIDERATION and outcome in STANDS and outcome != WITHDRAWN and known_on is None:
        raise PartyDayMissing
    if known_on is not None and not received_on <= known_on <= today:
        raise OutcomeDayWrong(first=received_on)


def check_ended(outcome: str, on: date, *, received_on: date, today: date) -> None:
    """An outcome is one of the known and came after its remedy. Law: 复议法 art. 62; 行诉法 art. 69, 70. Raises: GroundUnknown, OutcomeDayWrong."""
    if outcome not in OUTCOMES:
        raise GroundUnknown
    if not received_on <= on <= today:
        raise OutcomeDayWrong(first=received_on)
