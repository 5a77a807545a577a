"""What comes after a decision of a recognition: a clerical error set right, a decision that falls, and the list of evidence for a review or a court."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from gongjian.papers.forms.base import Filled
from gongjian.papers.forms.dossier import DossierIndex
from gongjian.papers.forms.recognition import RecognitionLetter, Remedies


@dataclass(frozen=True, kw_only=True)
class Amended(Filled):
    """One place of a decision: what stood there, and what is to be read instead."""

    place: Annotated[str, "更正的内容"]
    wrong: Annotated[str, "原文"]
    right: Annotated[str, "更正为"]


@dataclass(frozen=True, kw_only=True)
class AboutDecision(RecognitionLetter):
    """What both papers name: the decision they are about."""

    decision: Annotated[str, "原决定书名称"]
    number: Annotated[str, "原决定书文号"]
    decided_on: Annotated[date, "原决定日期"]


@dataclass(frozen=True, kw_only=True)
class DecisionCorrection(AboutDecision):
    """Clerical errors are set right; what was decided stays. Law: 令8 art. 19 (what a decision states must be true of the case)."""

    kind: ClassVar[str] = "decision_correction"
    lines: Annotated[tuple[Amended, ...], "更正的内容"]


@dataclass(frozen=True, kw_only=True)
class DecisionRevocation(AboutDecision):
    """A decision falls: on which ground, and what may be done against that. Law: 条例 art. 55; 法释9 art. 9; 复议法 art. 64; 行诉法 art. 70."""

    kind: ClassVar[str] = "decision_revocation"
    ground: Annotated[str, "撤销的依据"]
    reason: Annotated[str, "撤销的理由"]
    remedies: Annotated[Remedies, "救济途径"]


@dataclass(frozen=True, kw_only=True)
class RevocationAnew(DecisionRevocation):
    """A decision falls and the office decides anew until a day. Law: as above; 条例 art. 20 (sixty days)."""

    kind: ClassVar[str] = "revocation_anew"
    anew_due_on: Annotated[date, "重新作出决定的期限"]


@dataclass(frozen=True, kw_only=True)
class FoundFact(Filled):
    """A sentence of the facts found, and what it rests on."""

    sentence: Annotated[str, "认定的事实"]
    rests_on: Annotated[tuple[str, ...], "所依据的证据"]


@dataclass(frozen=True, kw_only=True)
class EvidenceIndex(DossierIndex):
    """The list of evidence for a reply: every paper with its pages and hash, and what each sentence of the decision rests on.

    Law: 复议法 art. 48; 行诉法 art. 67 (evidence and norms on which the act rests).
    """

    kind: ClassVar[str] = "evidence_index"
    matter: Annotated[str, "所答复的事项"]
    norms: Annotated[tuple[str, ...], "所依据的规范性文件"]
    found: Annotated[tuple[FoundFact, ...] | None, "认定的事实和证据"] = None
