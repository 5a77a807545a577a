"""One valid paper of each kind of the recognition, with the shared cast."""

from datetime import date, datetime
from typing import Any

from gongjian.kernel.moment import ZONE
from gongjian.papers.forms.base import Imprint, Paper
from gongjian.papers.forms.decision import Deemed, Recognised, Refused, Worker
from gongjian.papers.forms.dossier import DossierEntry
from gongjian.papers.forms.handover import AppraisalHandover, RecognitionHandover
from gongjian.papers.forms.intake import MissingItem, ReceivedFile
from gongjian.papers.forms.recognition import (
    EvidenceNotice,
    Exchange,
    InterviewRecord,
    RecognitionAcceptance,
    RecognitionReceipt,
    RecognitionRejection,
    RecognitionSupplement,
    RecognitionTermination,
    RecognitionTransfer,
    Remedies,
    ResumptionNotice,
    SuspensionNotice,
)
from gongjian.papers.forms.revision import (
    Amended,
    DecisionCorrection,
    DecisionRevocation,
    EvidenceIndex,
    FoundFact,
    RevocationAnew,
)

NUMBER = "YXRS-2026-000017"
EMPLOYER = "云溪恒信机械有限公司"
REMEDIES = Remedies(
    government="云溪市人民政府", review_days=60, suit_months=6, online="https://gongjian.example/remedies"
)


def a_worker(**changes: Any) -> Worker:
    """The worker as the decision names him."""
    told: dict[str, Any] = {"name": "林知远", "sex": "男", "age": 37, "occupation": "车工"}
    return Worker(**{**told, "id_type": "公民身份号码", "id_number": "990101198805200011", **changes})


def _letter(imprint: Imprint) -> dict[str, Any]:
    return {
        "imprint": imprint,
        "recipient": "林知远",
        "worker": "林知远",
        "employer": EMPLOYER,
        "case_number": NUMBER,
    }


def _decided(imprint: Imprint) -> dict[str, Any]:
    return {
        "imprint": imprint,
        "case_number": NUMBER,
        "employer": EMPLOYER,
        "worker": a_worker(),
        "applied_by": "林知远（职工本人）",
        "received_on": date(2026, 1, 8),
        "accepted_on": date(2026, 1, 14),
        "facts": ("林知远是该单位车工。", "2026年1月5日10时，林知远在车间操作车床时右手受伤。"),
        "remedies": REMEDIES,
        "copies_to": ("云溪市社会保险经办中心",),
    }


def _injured(imprint: Imprint) -> dict[str, Any]:
    return {
        **_decided(imprint),
        "parts": "右手示指",
        "happened_on": date(2026, 1, 5),
        "diagnosed_on": date(2026, 1, 5),
        "treatment": "在云溪市第一人民医院手术治疗，诊断为右手示指离断伤。",
    }


def a_recognised_decision(imprint: Imprint, **changes: Any) -> Recognised:
    """A decision under 14-1."""
    grounds = ("《工伤保险条例》第十四条第（一）项：在工作时间和工作场所内，因工作原因受到事故伤害",)
    return Recognised(**{**_injured(imprint), "grounds": grounds, **changes})


def papers_after_a_decision(imprints: dict[str, Imprint]) -> tuple[Paper, ...]:
    """Corrected, revoked, revoked to be decided anew, and the list of evidence."""
    told: dict[str, Any] = {
        "decision": "认定工伤决定书",
        "number": "云溪人社工认〔2026〕3号",
        "decided_on": date(2026, 1, 28),
    }
    revoked: dict[str, Any] = {
        **told,
        "ground": "《最高人民法院关于审理工伤保险行政案件若干问题的规定》第九条",
        "reason": "用人单位隐瞒有关情况，认定的事实有误。",
        "remedies": REMEDIES,
    }
    entry = DossierEntry(title="劳动合同", author="林知远", dated=date(2026, 1, 8), pages="1—3", sha256="ab" * 32)
    return (
        DecisionCorrection(
            **_letter(imprints["decision_correction"]),
            **told,
            lines=(Amended(place="职业、工种", wrong="车丁", right="车工"),),
        ),
        DecisionRevocation(**_letter(imprints["decision_revocation"]), **revoked),
        RevocationAnew(**_letter(imprints["revocation_anew"]), **revoked, anew_due_on=date(2026, 4, 1)),
        EvidenceIndex(
            imprint=imprints["evidence_index"],
            case_number=NUMBER,
            appraisee="林知远",
            employer=EMPLOYER,
            retention_years=50,
            entries=(entry,),
            compiled_by="复核员",
            matter="林知远对认定工伤决定提起的行政诉讼",
            norms=("《工伤保险条例》第十四条",),
            found=(FoundFact(sentence="林知远是该单位车工。", rests_on=("材料《劳动合同》",)),),
        ),
    )


HANDOVER: dict[str, Any] = {
    "recipient": "林知远、云溪恒信机械有限公司",
    "case_number": NUMBER,
    "from_office": "云溪市人力资源和社会保障局",
    "to_office": "云溪市东溪县人力资源和社会保障局",
    "since": date(2026, 3, 9),
    "ground": "演示市政府〔2026〕7号",
}


def papers_of_recognition(imprints: dict[str, Imprint]) -> tuple[Paper, ...]:
    """One of each kind. imprints: kind → imprint."""
    at = datetime(2026, 1, 20, 9, 0, tzinfo=ZONE)
    letter = {kind: _letter(imprint) for kind, imprint in imprints.items()}
    return (
        RecognitionReceipt(
            imprint=imprints["recognition_receipt"],
            case_number=NUMBER,
            applicant="林知远（职工本人）",
            appraisee="林知远",
            employer=EMPLOYER,
            received_at=at,
            way="窗口受理",
            files=(ReceivedFile(name="工伤认定申请表", pages=2, sha256="ab" * 32),),
            review_due_on=date(2026, 2, 4),
        ),
        RecognitionSupplement(
            imprint=imprints["recognition_supplement"],
            recipient="林知远",
            appraisee="林知远",
            case_number=NUMBER,
            received_on=date(2026, 1, 8),
            missing=(MissingItem(name="劳动关系证明", reason="请补充劳动合同", article="条例 第十八条"),),
            due_on=date(2026, 1, 30),
        ),
        RecognitionAcceptance(
            **letter["recognition_acceptance"],
            received_on=date(2026, 1, 8),
            accepted_on=date(2026, 1, 14),
            decide_days=60,
            decide_due_on=date(2026, 3, 15),
        ),
        RecognitionRejection(
            **letter["recognition_rejection"],
            received_on=date(2026, 1, 8),
            reason="申请之日已超过法定的一年申请时限，没有不计入期限的情形。",
            article="《工伤保险条例》第十七条",
            remedies=REMEDIES,
        ),
        RecognitionHandover(imprint=imprints["recognition_handover"], **HANDOVER, due_on=date(2026, 4, 1)),
        AppraisalHandover(imprint=imprints["appraisal_handover"], **HANDOVER),
        RecognitionTransfer(
            **letter["recognition_transfer"],
            received_on=date(2026, 1, 8),
            to_office="东岭市人力资源和社会保障局",
            reason="用人单位在东岭市为职工参加工伤保险。",
        ),
        EvidenceNotice(
            **letter["evidence_notice"], applicant="林知远（职工本人）", injured_on=date(2026, 1, 5), days=15
        ),
        SuspensionNotice(
            **letter["suspension_notice"],
            ground="劳动关系有争议",
            awaited="云溪市劳动人事争议仲裁委员会的裁决。",
            article="《工伤保险条例》第二十条",
            from_on=date(2026, 1, 20),
            days_used=6,
        ),
        ResumptionNotice(
            **letter["resumption_notice"],
            suspended_on=date(2026, 1, 20),
            resumed_on=date(2026, 2, 20),
            document="云溪劳人仲案〔2026〕3号裁决书",
            decide_due_on=date(2026, 4, 15),
        ),
        RecognitionTermination(
            **letter["recognition_termination"],
            reason="申请人与用人单位之间经生效裁决不存在劳动关系。",
            ended_on=date(2026, 2, 20),
        ),
        InterviewRecord(
            imprint=imprints["interview_record"],
            case_number=NUMBER,
            asked="周若岚",
            role="用人单位人员",
            started_at=at,
            ended_at=datetime(2026, 1, 20, 10, 0, tzinfo=ZONE),
            place="云溪恒信机械有限公司会议室",
            investigators=("查实言（执investigator）", "访青（执investigator2）"),
            lines=(Exchange(number=1, asked="当时你在哪里？", answered="在车间。"),),
        ),
        a_recognised_decision(imprints["decision_recognised"]),
        Deemed(
            **{
                **_injured(imprints["decision_deemed"]),
                "grounds": ("《工伤保险条例》第十五条第（二）项",),
                "benefits": "享受全部工伤保险待遇。",
            }
        ),
        *papers_after_a_decision(imprints),
        Refused(
            **{
                **_decided(imprints["decision_refused"]),
                "grounds": ("不符合《工伤保险条例》第十四条、第十五条的规定",),
                "reason": "林知远受到的伤害发生在休假期间的私人活动中。",
            }
        ),
    )
