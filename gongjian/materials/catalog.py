"""Which papers are asked for, from whom, on which article. Nothing may be asked for that does not stand here."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from gongjian.materials.errors import KindNotListed


class Channel(StrEnum):
    """By which way an application comes in."""

    ONLINE = "online"
    WINDOW = "window"

    @property
    def label(self) -> str:
        return {"online": "网上申请", "window": "窗口受理"}[self.value]


@dataclass(frozen=True)
class Kind:
    """One kind of paper. sensitive: medical or identity papers, kept from a party who has no part in the person's health.

    reusable: one that the platform already holds is not asked for again (令55 art. 9). only_for: the one side of the parties that may read it,
    OFFICE: none of them (令8 art. 15: business secrets, and who has told something).
    """

    code: str
    title: str
    hint: str
    basis: str
    sensitive: bool = True
    reusable: bool = False
    only_for: str = ""


@dataclass(frozen=True)
class Wanted:
    """One line of a checklist: a kind, and whether an application without it is incomplete."""

    kind: Kind
    required: bool


APPLICATION_FORM = "application_form"
DIAGNOSIS = "diagnosis"
RECORDS = "medical_records"
IDENTITY = "identity"
RELATION = "relation_proof"
MANDATE = "mandate"
RECOGNITION = "recognition_decision"
OTHER = "other"
RECOGNITION_FORM = "recognition_form"
LABOUR_RELATION = "labour_relation"
INJURY_DIAGNOSIS = "medical_diagnosis"
DISEASE_DIAGNOSIS = "occupational_diagnosis"
UNION_LETTER = "union_letter"
EMPLOYER_EVIDENCE = "employer_evidence"
INVESTIGATION = "investigation"
EXAMINATION = "examination"
OFFICE = "office"

_TABLE = (
    Kind(
        APPLICATION_FORM,
        "劳动能力鉴定申请表",
        "填好并签名的纸质申请表。网上申请时由平台根据您填写的内容生成，不用上传。",
        "令55 第九条",
    ),
    Kind(DIAGNOSIS, "有效的诊断证明", "医院出具、盖有公章的诊断证明书。把整页拍进画面，字迹要看得清。", "令55 第九条第（一）项"),
    Kind(
        RECORDS,
        "完整的病历资料",
        "门诊病历或住院病历，以及检查、检验报告（包括X光、CT、磁共振影像）。请按日期先后上传，不要漏页。",
        "令55 第九条第（一）项",
    ),
    Kind(
        IDENTITY,
        "被鉴定人的身份证件",
        "居民身份证正反两面，或者社会保障卡等其他有效身份证件。参加现场鉴定时请带原件。",
        "令55 第九条第（二）项",
        reusable=True,
    ),
    Kind(RELATION, "近亲属关系的证明", "户口簿、结婚证或者出生医学证明等，能看出您与被鉴定人（受伤职工）的关系。", "令55 第八条、令8 第五条", sensitive=False),
    Kind(
        MANDATE,
        "授权委托书",
        "写明委托谁、办什么事、到什么时候为止，由委托人签名或者盖章。",
        "民法典 第一百六十五条",
        sensitive=False,
    ),
    Kind(
        RECOGNITION,
        "工伤认定决定书",
        "可以不交：填写决定书文号和日期即可，由鉴定委员会向工伤认定部门核对。手边有的，上传可以加快核对。",
        "令55 第九条（能够共享的不再要求提供）",
        sensitive=False,
        reusable=True,
    ),
    Kind(OTHER, "其他说明材料", "您认为有必要说明的其他情况。", "令55 第十四条（如实提供材料）、条例 第十九条（协助调查核实）"),
)  # fmt: skip
_RECOGNITION = (
    Kind(
        RECOGNITION_FORM,
        "工伤认定申请表",
        "填好并签名的纸质申请表，写明事故发生的时间、地点、原因和伤害程度。网上申请时由平台生成，不用上传。",
        "条例 第十八条、令8 第六条",
    ),
    Kind(
        LABOUR_RELATION,
        "劳动关系证明",
        "劳动合同，或者工资记录、工作证、考勤、同事证言等能证明存在劳动关系（包括事实劳动关系、人事关系）的材料。",
        "条例 第十八条第（二）项、令8 第六条第（一）项",
        sensitive=False,
    ),
    Kind(
        INJURY_DIAGNOSIS,
        "受伤后的诊断证明书",
        "医疗机构出具的受伤害后诊断证明书，把整页拍进画面。",
        "条例 第十八条第（三）项、令8 第六条第（二）项",
    ),
    Kind(
        DISEASE_DIAGNOSIS,
        "职业病诊断证明书或者诊断鉴定书",
        "职业病诊断机构出具的诊断证明书，或者鉴定委员会的诊断鉴定书。符合格式的，不再调查核实。",
        "条例 第十八条第（三）项、第十九条，令8 第六条、第十三条",
    ),
    Kind("traffic_liability", "交通事故责任认定书或者有关裁决", "公安机关交通管理等部门的法律文书，或者人民法院的生效裁决。", "条例 第十四条第（六）项、法释9 第一条", sensitive=False),
    Kind("police_document", "公安机关的证明或者有关文书", "因履行工作职责受到暴力等意外伤害的，提交公安机关的文书。", "条例 第十四条第（三）项", sensitive=False),
    Kind("death_certificate", "死亡证明", "医疗机构或者公安机关出具的死亡证明。", "条例 第十五条第（一）项"),
    Kind("rescue_record", "抢救记录", "载明初次诊断时间和抢救经过的病历。", "条例 第十五条第（一）项"),
    Kind("public_interest_proof", "维护国家利益、公共利益受伤的证明", "民政、公安等有关部门出具的证明。", "条例 第十五条第（二）项", sensitive=False),
    Kind("veteran_certificate", "革命伤残军人证和旧伤复发的诊断", "证件和医疗机构对旧伤复发的确认。", "条例 第十五条第（三）项"),
    Kind("errand_proof", "因工外出的证明", "派工单、出差审批、会议或者学习通知等。", "条例 第十四条第（五）项", sensitive=False),
    Kind(UNION_LETTER, "工会组织的介绍信", "工会组织提出申请的，写明为哪位职工申请、由谁经办。", "条例 第十七条、令8 第五条", sensitive=False),
    Kind(EMPLOYER_EVIDENCE, "用人单位的书面意见和举证材料", "用人单位不认为是工伤的，由用人单位承担举证责任。", "条例 第十九条、令8 第十七条", sensitive=False, only_for="employer"),
    Kind("criminal_conclusion", "认定故意犯罪的生效裁判或者结论性意见", "刑事侦查机关、检察机关、审判机关的生效法律文书或者结论性意见。", "条例 第十六条第（一）项、法释9 第一条"),
    Kind("drunk_or_drugs_finding", "认定醉酒或者吸毒的文书", "有权机关的文书或者人民法院的生效裁判。", "条例 第十六条第（二）项、意见一 第四条"),
    Kind("self_harm_finding", "认定自残或者自杀的文书", "有权机关的文书或者人民法院的生效裁判。", "条例 第十六条第（三）项、法释9 第一条"),
    Kind(INVESTIGATION, "调查取得的材料", "工作人员调查核实时依法取得的录音、录像、照片和复印件。", "令8 第九条、第十条", only_for=OFFICE),
)  # fmt: skip
_AT_THE_PLACE = (
    Kind(
        EXAMINATION,
        "现场检查的照片和签名",
        "检查时专家拍摄的照片和被鉴定人当场的签名，由离线工作包带回。",
        "令55 第十二条、第十三条",
        only_for=OFFICE,
    ),
)
KINDS = MappingProxyType({kind.code: kind for kind in (*_TABLE, *_RECOGNITION, *_AT_THE_PLACE)})
OF_APPRAISAL = _TABLE
OF_RECOGNITION = (*_RECOGNITION, *(KINDS[code] for code in (RECORDS, RELATION, MANDATE, OTHER)))
"""What each procedure may ask for."""
ASKED_OF_CAPACITY = MappingProxyType({"worker": (), "relative": (RELATION,), "employer": (), "agent": (MANDATE,)})


def kind_of(code: str) -> Kind:
    """One kind by its code. Raises: KindNotListed."""
    if code not in KINDS:
        raise KindNotListed
    return KINDS[code]


def checklist(
    *, capacity: str, channel: str = Channel.ONLINE, held: Collection[str] = (), taken_over: Collection[str] = ()
) -> tuple[Wanted, ...]:
    """The papers of an application, in the order they are asked for.

    capacity: worker, relative, employer or agent. held: kinds that the platform holds already and so may not ask for again.
    taken_over: kinds whose earlier pages come along from the recognition; what is newer may be added and need not.
    Law: 令55 art. 8 (a near relative may apply), art. 9 (what is handed in; shared information is not asked again).
    Raises: KeyError for a capacity nobody has.
    """
    paper = (APPLICATION_FORM,) if channel == Channel.WINDOW else ()
    required = (*paper, DIAGNOSIS, RECORDS, IDENTITY, *ASKED_OF_CAPACITY[capacity])
    kept = {code for code in held if KINDS[code].reusable}
    asked = [Wanted(KINDS[code], required=code not in taken_over) for code in required if code not in kept]
    return (*asked, *(Wanted(KINDS[code], required=False) for code in (RECOGNITION, OTHER) if code not in kept))


def missing(wanted: Collection[Wanted], given: Collection[str]) -> list[Kind]:
    """The required kinds of which nothing has been given, in the order of the checklist.

    Law: 令55 art. 10 (everything missing is said at once).
    """
    return [each.kind for each in wanted if each.required and each.kind.code not in given]
