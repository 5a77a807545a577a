"""Every kind of paper this platform issues, in one table: what it is called, how it is numbered, on which article it stands."""

from enum import Enum
from typing import NamedTuple

from gongjian.papers.errors import KindUnknown


class Audience(Enum):
    """Which parties of a case may read a paper that names no recipient of its own. Staff of the office read all that do not tell of health."""

    PARTIES = "parties"
    APPLICANT = "applicant"
    SERVED = "served"
    """Each side from the moment when the paper was served on it."""
    OFFICE = "office"


class Kind(NamedTuple):
    """One kind of paper. `series` is the sign in its number; "" for sheets that bear no number."""

    code: str
    title: str
    series: str
    template: str
    basis: str
    audience: Audience = Audience.PARTIES
    health: bool = False
    """It tells of the person's health: of the staff only those read it whose step needs it, and who work with it."""
    must_print: bool = False
    """Made in the act by which somebody applies: a character that no font has is printed as a blank square, and stops nobody."""
    seal: str = "劳动能力鉴定专用章"
    """The line under the star of the round seal."""


RECOGNITION = "工伤认定专用章"
"""Law: 令8 art. 19 (the department's seal for recognitions)."""
REVOCATIONS = ("decision_revocation", "revocation_anew")
"""Kinds by which an earlier paper falls."""
_TABLE = (
    Kind(
        "application_receipt",
        "劳动能力鉴定申请收件回执",
        "收",
        "application_receipt.typ",
        "《劳动能力鉴定管理办法》第九条、第十条",
        Audience.APPLICANT,
        must_print=True,
    ),
    Kind(
        "supplement_notice",
        "补正材料告知书",
        "补",
        "supplement_notice.typ",
        "《劳动能力鉴定管理办法》第九条、第十条",
        Audience.APPLICANT,
    ),
    Kind("acceptance_notice", "受理通知书", "受", "acceptance_notice.typ", "《劳动能力鉴定管理办法》第十条"),
    Kind(
        "lapse_notice",
        "视为放弃申请通知书",
        "弃",
        "lapse_notice.typ",
        "《劳动能力鉴定管理办法》第十条",
        Audience.APPLICANT,
    ),
    Kind(
        "refusal_notice",
        "不予受理决定书",
        "不",
        "refusal_notice.typ",
        "《劳动能力鉴定管理办法》第五条、第七条",
        Audience.APPLICANT,
    ),
    Kind(
        "death_notice",
        "劳动能力鉴定终结通知书",
        "结",
        "death_notice.typ",
        "《劳动能力鉴定管理办法》第十二条、第十三条",
    ),
    Kind("extension_notice", "延长鉴定期限通知书", "延", "extension_notice.typ", "《劳动能力鉴定管理办法》第十条"),
    Kind(
        "appearance_notice",
        "鉴定通知书",
        "通",
        "appearance_notice.typ",
        "《劳动能力鉴定管理办法》第十二条、第十四条、第二十八条",
    ),
    Kind("reschedule_notice", "改期通知书", "改", "reschedule_notice.typ", "《劳动能力鉴定管理办法》第十二条"),
    Kind(
        "termination_notice", "当次鉴定终止通知书", "终", "termination_notice.typ", "《劳动能力鉴定管理办法》第十四条"
    ),
    Kind(
        "conclusion",
        "劳动能力鉴定（初次）结论书",
        "初",
        "conclusion.typ",
        "《劳动能力鉴定管理办法》第十六条、第十七条、第十九条",
        Audience.SERVED,
        health=True,
    ),
    Kind(
        "delivery_record",
        "送达回证",
        "送",
        "delivery_record.typ",
        "《劳动能力鉴定管理办法》第十七条",
        Audience.OFFICE,
    ),
    Kind("mailing_list", "邮寄清单", "邮", "mailing_list.typ", "《劳动能力鉴定管理办法》第十七条", Audience.OFFICE),
    Kind("address_labels", "邮寄地址签", "", "address_labels.typ", "《劳动能力鉴定管理办法》第十七条", Audience.OFFICE),
    Kind("public_notice", "送达公告", "告", "public_notice.typ", "《中华人民共和国民事诉讼法》第九十五条"),
    Kind(
        "dossier_index",
        "劳动能力鉴定案卷卷内目录",
        "卷",
        "dossier_index.typ",
        "《劳动能力鉴定管理办法》第二十三条",
        Audience.OFFICE,
    ),
    Kind(
        "recognition_receipt",
        "工伤认定申请收件回执",
        "工收",
        "recognition_receipt.typ",
        "《工伤认定办法》第八条",
        audience=Audience.APPLICANT,
        must_print=True,
        seal=RECOGNITION,
    ),
    Kind(
        "recognition_supplement",
        "工伤认定申请补正材料告知书",
        "工补",
        "recognition_supplement.typ",
        "《工伤保险条例》第十八条、《工伤认定办法》第八条",
        audience=Audience.APPLICANT,
        seal=RECOGNITION,
    ),
    Kind(
        "recognition_acceptance",
        "工伤认定申请受理决定书",
        "工受",
        "recognition_acceptance.typ",
        "《工伤认定办法》第七条、第八条",
        seal=RECOGNITION,
    ),
    Kind(
        "recognition_rejection",
        "工伤认定申请不予受理决定书",
        "工不受",
        "recognition_rejection.typ",
        "《工伤认定办法》第七条、第八条",
        audience=Audience.SERVED,
        seal=RECOGNITION,
    ),
    Kind(
        "recognition_handover",
        "工伤认定管辖变更告知书",
        "工辖",
        "recognition_handover.typ",
        "《工伤保险条例》第五条、第十七条",
        seal=RECOGNITION,
    ),
    Kind(
        "appraisal_handover",
        "劳动能力鉴定管辖变更告知书",
        "辖",
        "appraisal_handover.typ",
        "《劳动能力鉴定管理办法》第五条",
    ),
    Kind(
        "recognition_transfer",
        "工伤认定申请移送告知书",
        "工移",
        "recognition_transfer.typ",
        "《工伤保险条例》第十七条、《工伤认定办法》第七条",
        seal=RECOGNITION,
    ),
    Kind(
        "evidence_notice",
        "工伤认定举证通知书",
        "工举",
        "evidence_notice.typ",
        "《工伤保险条例》第十九条、《工伤认定办法》第十七条",
        audience=Audience.OFFICE,
        seal=RECOGNITION,
    ),
    Kind(
        "suspension_notice",
        "工伤认定中止通知书",
        "工中",
        "suspension_notice.typ",
        "《工伤保险条例》第二十条、《工伤认定办法》第二十条",
        seal=RECOGNITION,
    ),
    Kind(
        "resumption_notice",
        "工伤认定恢复通知书",
        "工复",
        "resumption_notice.typ",
        "《工伤保险条例》第二十条、《工伤认定办法》第二十条",
        seal=RECOGNITION,
    ),
    Kind(
        "recognition_termination",
        "工伤认定终止通知书",
        "工终",
        "recognition_termination.typ",
        "《工伤认定办法》第七条",
        seal=RECOGNITION,
    ),
    Kind(
        "interview_record",
        "工伤认定调查笔录",
        "工笔",
        "interview_record.typ",
        "《工伤认定办法》第九条、第十条、第十一条",
        audience=Audience.OFFICE,
        seal=RECOGNITION,
    ),
    Kind(
        "decision_recognised",
        "认定工伤决定书",
        "工认",
        "decision_recognised.typ",
        "《工伤保险条例》第十四条、第二十条，《工伤认定办法》第十八条、第十九条",
        audience=Audience.SERVED,
        seal=RECOGNITION,
    ),
    Kind(
        "decision_deemed",
        "视同工伤决定书",
        "工视",
        "decision_deemed.typ",
        "《工伤保险条例》第十五条、第二十条，《工伤认定办法》第十八条、第十九条",
        audience=Audience.SERVED,
        seal=RECOGNITION,
    ),
    Kind(
        "decision_refused",
        "不予认定工伤决定书",
        "工不认",
        "decision_refused.typ",
        "《工伤保险条例》第二十条、《工伤认定办法》第十八条、第十九条",
        audience=Audience.SERVED,
        seal=RECOGNITION,
    ),
    Kind(
        "decision_correction",
        "工伤认定决定书更正通知书",
        "工更",
        "decision_correction.typ",
        "《工伤认定办法》第十九条",
        seal=RECOGNITION,
    ),
    Kind(
        "decision_revocation",
        "撤销工伤认定决定书",
        "工撤",
        "decision_revocation.typ",
        "《工伤保险条例》第五十五条",
        audience=Audience.SERVED,
        seal=RECOGNITION,
    ),
    Kind(
        "revocation_anew",
        "撤销工伤认定并重新认定决定书",
        "工撤重",
        "revocation_anew.typ",
        "《工伤保险条例》第二十条、第五十五条",
        seal=RECOGNITION,
    ),
    Kind(
        "evidence_index",
        "行政复议、行政诉讼证据目录",
        "工证",
        "evidence_index.typ",
        "《中华人民共和国行政复议法》第四十八条、《中华人民共和国行政诉讼法》第六十七条",
        audience=Audience.OFFICE,
        health=True,
        seal=RECOGNITION,
    ),
)

KINDS: dict[str, Kind] = {kind.code: kind for kind in _TABLE}


def kind_of(code: str) -> Kind:
    """The row of one kind. Raises: KindUnknown."""
    if code not in KINDS:
        raise KindUnknown()
    return KINDS[code]


def number_text(kind: Kind, *, mark: str, year: int, sequence: int) -> str:
    """The number as printed, such as 云溪劳鉴初〔2026〕17号.

    mark: the office's own sign (云溪劳鉴); year: four digits; sequence: 1, 2, 3 … within office, kind and year.
    Raises: ValueError for a kind without a series, or a sequence below 1 (mistakes of the program, not of a person).
    """
    if not kind.series or sequence < 1:
        raise ValueError(f"{kind.code} cannot bear number {sequence}")
    return f"{mark}{kind.series}〔{year}〕{sequence}号"
