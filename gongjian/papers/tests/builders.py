"""One valid paper of each kind from no arguments, with the shared cast; a test names only what it is about."""

from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from gongjian.kernel.moment import ZONE
from gongjian.papers.forms.base import Imprint, Paper
from gongjian.papers.forms.conclusion import (
    Appraisee,
    Basis,
    CitedClause,
    ConclusionPaper,
    Employer,
    Injury,
    Outcome,
    Recognition,
    Rights,
    SelfCare,
)
from gongjian.papers.forms.delivery import (
    AddressLabel,
    AddressLabels,
    DeliveryRecord,
    MailingList,
    MailItem,
    PublicNotice,
)
from gongjian.papers.forms.dossier import DossierEntry, DossierIndex
from gongjian.papers.forms.intake import (
    AcceptanceNotice,
    ApplicationReceipt,
    DeathNotice,
    ExtensionNotice,
    LapseNotice,
    MissingItem,
    ReceivedFile,
    RefusalNotice,
    SupplementNotice,
)
from gongjian.papers.forms.sitting import AppearanceNotice, RescheduleNotice, TerminationHead, TerminationNotice
from gongjian.papers.kinds import KINDS, number_text
from gongjian.papers.tests.recognising import papers_of_recognition

OFFICE = "云溪市劳动能力鉴定委员会"
PROVINCE = "云岭省劳动能力鉴定委员会"
EMPLOYER = "云溪恒信机械有限公司"
HALL = "云溪市临江路8号政务服务中心三楼鉴定大厅"
CASE = "YX-2026-000017"
CODE = "7K3M9QX2T4VB"
AT = datetime(2026, 3, 5, 9, 30, tzinfo=ZONE)
STANDARD = "《劳动能力鉴定 职工工伤与职业病致残等级》（GB/T 16180-2014）"


def an_imprint(kind: str = "conclusion", **changes: Any) -> Imprint:
    """The imprint of the city committee, number 17 of 2026."""
    imprint = Imprint(
        office=OFFICE,
        number=number_text(KINDS[kind], mark="云溪劳鉴", year=2026, sequence=17),
        issued_on=date(2026, 3, 5),
        address="云溪市临江路8号政务服务中心二楼",
        telephone="199 0000 0001",
        check_base="https://gongjian.example",
        check_code=CODE,
        seal_caption=KINDS[kind].seal,
    )
    return replace(imprint, **changes)


def a_letter(kind: str) -> dict[str, Any]:
    """What every letter names."""
    return {"imprint": an_imprint(kind), "recipient": "林知远", "appraisee": "林知远", "case_number": CASE}


def a_digest(text: str) -> str:
    """A digest as the evidence store keeps it."""
    return sha256(text.encode()).hexdigest()


def an_injury(**changes: Any) -> Injury:
    """The finger that was lost."""
    injury = Injury(part="右手示指", impairment="近侧指间关节以远缺失，对指功能受限", diagnosis="右手示指离断伤术后")
    return replace(injury, **changes)


def a_clause(**changes: Any) -> CitedClause:
    """A clause of grade nine."""
    return replace(CitedClause(number="5.9.2(10)", grade=9, text="一手示指两节缺失"), **changes)


def a_conclusion(**changes: Any) -> ConclusionPaper:
    """A conclusion: grade nine, no impairment of self-care."""
    paper = ConclusionPaper(
        imprint=an_imprint("conclusion"),
        case_number=CASE,
        applied_on=date(2026, 1, 8),
        examined_on=date(2026, 2, 27),
        appraisee=Appraisee(
            name="林知远", sex="男", born=date(1988, 5, 20), id_type="公民身份号码", id_number="990101198805200011"
        ),
        employer=Employer(name=EMPLOYER, credit_code="91990100MA0000001X", address="云溪市东溪县工业园三号路16号"),
        recognition=Recognition(
            number="云溪人社工认〔2025〕0312号", decided_on=date(2025, 11, 3), parts="右手示指、中指"
        ),
        injuries=(
            an_injury(),
            an_injury(part="右手中指", impairment="远侧指间关节强直于功能位", diagnosis="右手中指末节粉碎性骨折术后"),
        ),
        basis=Basis(
            standard=STANDARD,
            clauses=(a_clause(), a_clause(number="5.10.2(5)", grade=10, text="除拇指外余指末节关节功能丧失")),
        ),
        outcome=Outcome(grade=9, self_care=SelfCare.NONE),
        rights=Rights(provincial_committee=PROVINCE, second_appraisal_days=15, review_after_years=1),
        copies_to=("云溪市人力资源和社会保障局", "云溪市社会保险经办中心"),
    )
    return replace(paper, **changes)


def a_conclusion_without_grade() -> ConclusionPaper:
    """The other possible outcome: no grade reached."""
    return a_conclusion(basis=Basis(standard=STANDARD), outcome=Outcome(self_care=SelfCare.NONE))


def a_receipt(**changes: Any) -> ApplicationReceipt:
    """The receipt of an online application of three files."""
    names = (("劳动能力鉴定申请表", 2), ("诊断证明书和完整病历材料", 36), ("右手X线检查（DICOM）", None))
    paper = ApplicationReceipt(
        imprint=an_imprint("application_receipt"),
        case_number=CASE,
        applicant="林知远（本人）",
        appraisee="林知远",
        employer=EMPLOYER,
        received_at=datetime(2026, 1, 8, 14, 5, tzinfo=ZONE),
        way="网上申请",
        files=tuple(ReceivedFile(name=name, pages=pages, sha256=a_digest(name)) for name, pages in names),
        review_due_on=date(2026, 1, 15),
    )
    return replace(paper, **changes)


def a_supplement_notice(**changes: Any) -> SupplementNotice:
    """Two things are missing."""
    paper = SupplementNotice(
        **a_letter("supplement_notice"),
        received_on=date(2026, 1, 8),
        missing=(
            MissingItem(name="完整病历材料", reason="缺少出院记录，请补充全部页", article="令55第九条第一项"),
            MissingItem(name="居民身份证", reason="照片反光，请重新拍摄正反两面", article="令55第九条第二项"),
        ),
        due_on=date(2026, 1, 30),
    )
    return replace(paper, **changes)


def an_acceptance_notice() -> AcceptanceNotice:
    """Accepted; due 60 days after receipt."""
    return AcceptanceNotice(
        **a_letter("acceptance_notice"),
        employer=EMPLOYER,
        received_on=date(2026, 1, 8),
        accepted_on=date(2026, 1, 14),
        decide_days=60,
        decide_due_on=date(2026, 3, 9),
    )


def a_lapse_notice(**changes: Any) -> LapseNotice:
    """Nothing was supplied."""
    paper = LapseNotice(
        **a_letter("lapse_notice"),
        received_on=date(2026, 1, 8),
        supplement_number="云溪劳鉴补〔2026〕4号",
        supplement_due_on=date(2026, 1, 30),
    )
    return replace(paper, **changes)


def a_refusal_notice(**changes: Any) -> RefusalNotice:
    """The wrong committee, and which one is the right one."""
    paper = RefusalNotice(
        **a_letter("refusal_notice"),
        received_on=date(2026, 1, 8),
        ground="不属于本机关管辖",
        article="《劳动能力鉴定管理办法》第五条、第七条",
        reasons="工伤认定决定由临江市作出，参保地在临江市。",
        then="请向上面写明的有管辖权的机关申请。",
        competent="临江市劳动能力鉴定委员会，临江市滨河路1号",
        supervisor="云溪市人力资源和社会保障局",
    )
    return replace(paper, **changes)


def a_death_notice() -> DeathNotice:
    """The appraisal ends with the person's death."""
    return DeathNotice(
        **a_letter("death_notice"),
        received_on=date(2026, 1, 8),
        died_on=date(2026, 2, 3),
        proof="医疗机构出具的死亡证明",
        ended_on=date(2026, 2, 9),
        agency="云溪市社会保险事业中心",
    )


def an_extension_notice(**changes: Any) -> ExtensionNotice:
    """Thirty days more."""
    paper = ExtensionNotice(
        **a_letter("extension_notice"),
        received_on=date(2026, 1, 8),
        former_due_on=date(2026, 3, 9),
        reason="本案涉及医疗卫生专业较多",
        days=30,
        due_on=date(2026, 4, 8),
    )
    return replace(paper, **changes)


def an_appearance_notice(**changes: Any) -> AppearanceNotice:
    """Come on 27 February."""
    paper = AppearanceNotice(
        **a_letter("appearance_notice"),
        starts_at=datetime(2026, 2, 27, 9, 0, tzinfo=ZONE),
        place=HALL,
        bring=("居民身份证原件", "全部病历和检查报告原件", "影像胶片或者光盘"),
    )
    return replace(paper, **changes)


def a_reschedule_notice() -> RescheduleNotice:
    """Another day, a fortnight later."""
    return RescheduleNotice(
        **a_letter("reschedule_notice"),
        former_at=datetime(2026, 2, 27, 9, 0, tzinfo=ZONE),
        reason="被鉴定人住院复查不能到场，事先提出申请并提供了证明",
        starts_at=datetime(2026, 3, 13, 9, 0, tzinfo=ZONE),
        place=HALL,
        bring=("居民身份证原件", "住院证明"),
        days_postponed=14,
        decide_due_on=date(2026, 3, 23),
    )


def a_termination_notice(**changes: Any) -> TerminationNotice:
    """He did not come."""
    paper = TerminationNotice(
        **a_letter("termination_notice"),
        head=TerminationHead.ABSENCE,
        facts="被鉴定人于2026年2月10日签收《鉴定通知书》，2026年2月27日未到场，事前未提出改期申请，经电话联系和书面询问，未说明正当理由。",
        ended_on=date(2026, 3, 5),
    )
    return replace(paper, **changes)


def a_delivery_record() -> DeliveryRecord:
    """The sheet for handing over the conclusion."""
    return DeliveryRecord(
        imprint=an_imprint("delivery_record"),
        case_number=CASE,
        document_title="劳动能力鉴定（初次）结论书",
        document_number="云溪劳鉴初〔2026〕17号",
        recipient="林知远",
        address="云溪市西溪县青石巷12号",
        method="直接送达",
        servers=("宋达", "陈晓窗"),
    )


def a_mailing_list(count: int = 2) -> MailingList:
    """A batch of envelopes to the worker and the employer in turn."""
    worker = MailItem(
        recipient="林知远",
        address="云溪市西溪县青石巷12号",
        telephone="199 0000 0017",
        contents="结论书 云溪劳鉴初〔2026〕17号",
        tracking_number="EX000000017CN",
    )
    employer = MailItem(
        recipient=EMPLOYER, address="云溪市东溪县工业园三号路16号", contents="结论书 云溪劳鉴初〔2026〕17号"
    )
    return MailingList(
        imprint=an_imprint("mailing_list"),
        carrier="邮政特快专递",
        posted_on=date(2026, 3, 6),
        handler="宋达",
        items=tuple((worker, employer)[turn % 2] for turn in range(count)),
    )


def address_labels(count: int = 3) -> AddressLabels:
    """Labels of one batch."""
    return AddressLabels(
        sender=OFFICE,
        sender_address="云溪市临江路8号",
        sender_telephone="199 0000 0001",
        labels=tuple(
            AddressLabel(
                recipient="林知远",
                address="云岭省云溪市西溪县青石巷12号",
                postcode="990122",
                telephone="199 0000 0017",
                reference=f"邮17-{turn}",
            )
            for turn in range(1, count + 1)
        ),
    )


def a_public_notice(**changes: Any) -> PublicNotice:
    """The worker cannot be found."""
    paper = PublicNotice(
        imprint=an_imprint("public_notice"),
        recipient="林知远",
        document_title="劳动能力鉴定（初次）结论书",
        document_number="云溪劳鉴初〔2026〕17号",
        collect_at="云溪市临江路8号政务服务中心二楼7号窗口",
        notice_days=30,
        remedy="对该结论不服的，可以自送达之日起15日内向云岭省劳动能力鉴定委员会申请再次鉴定。",
    )
    return replace(paper, **changes)


def a_dossier_index(count: int = 4) -> DossierIndex:
    """The index of the whole case, or of a thicker one."""
    rows = (
        ("申请收件回执", "云溪劳鉴收〔2026〕17号", OFFICE, date(2026, 1, 8)),
        ("劳动能力鉴定申请表", None, "林知远", date(2026, 1, 8)),
        ("诊断证明书和完整病历材料", None, "云溪市第一人民医院", date(2025, 12, 20)),
        ("劳动能力鉴定（初次）结论书", "云溪劳鉴初〔2026〕17号", OFFICE, date(2026, 3, 5)),
    )
    entries = tuple(
        DossierEntry(
            title=title, number=number, author=author, dated=dated, pages=f"{turn + 1}", sha256=a_digest(title)
        )
        for turn in range(count)
        for title, number, author, dated in [rows[turn % len(rows)]]
    )
    return DossierIndex(
        imprint=an_imprint("dossier_index"),
        case_number=CASE,
        appraisee="林知远",
        employer=EMPLOYER,
        retention_years=50,
        entries=entries,
        compiled_by="柯存卷",
    )


def every_paper() -> dict[str, Paper]:
    """One of each kind, in the order of the table."""
    papers: tuple[Paper, ...] = (
        a_receipt(),
        a_supplement_notice(),
        an_acceptance_notice(),
        a_lapse_notice(supplemented_on=date(2026, 1, 28), still_missing="住院病历仍缺出院记录"),
        a_refusal_notice(),
        a_death_notice(),
        an_extension_notice(),
        an_appearance_notice(),
        a_reschedule_notice(),
        a_termination_notice(),
        a_conclusion(),
        a_delivery_record(),
        a_mailing_list(),
        address_labels(),
        a_public_notice(),
        a_dossier_index(),
        *papers_of_recognition({kind: an_imprint(kind) for kind, told in KINDS.items() if told.series}),
    )
    return {paper.kind: paper for paper in papers}
