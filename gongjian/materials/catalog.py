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

    reusable: one that the platform already holds is not asked for again (令55 art. 9).
    """

    code: str
    title: str
    hint: str
    basis: str
    sensitive: bool = True
    reusable: bool = False


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
    Kind(RELATION, "近亲属关系的证明", "户口簿、结婚证或者出生医学证明等，能看出您与被鉴定人的关系。", "令55 第八条", sensitive=False),
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
    Kind(OTHER, "其他说明材料", "您认为有必要说明的其他情况。", "令55 第十四条（如实提供材料）"),
)  # fmt: skip
KINDS = MappingProxyType({kind.code: kind for kind in _TABLE})
ASKED_OF_CAPACITY = MappingProxyType({"worker": (), "relative": (RELATION,), "employer": (), "agent": (MANDATE,)})


def kind_of(code: str) -> Kind:
    """One kind by its code. Raises: KindNotListed."""
    if code not in KINDS:
        raise KindNotListed
    return KINDS[code]


def checklist(*, capacity: str, channel: str = Channel.ONLINE, held: Collection[str] = ()) -> tuple[Wanted, ...]:
    """The papers of an application, in the order they are asked for.

    capacity: worker, relative, employer or agent. held: kinds that the platform holds already and so may not ask for again.
    Law: 令55 art. 8 (a near relative may apply), art. 9 (what is handed in; shared information is not asked again).
    Raises: KeyError for a capacity nobody has.
    """
    paper = (APPLICATION_FORM,) if channel == Channel.WINDOW else ()
    required = (*paper, DIAGNOSIS, RECORDS, IDENTITY, *ASKED_OF_CAPACITY[capacity])
    kept = {code for code in held if KINDS[code].reusable}
    asked = [Wanted(KINDS[code], required=True) for code in required if code not in kept]
    return (*asked, *(Wanted(KINDS[code], required=False) for code in (RECOGNITION, OTHER) if code not in kept))


def missing(wanted: Collection[Wanted], given: Collection[str]) -> list[Kind]:
    """The required kinds of which nothing has been given, in the order of the checklist.

    Law: 令55 art. 10 (everything missing is said at once).
    """
    return [each.kind for each in wanted if each.required and each.kind.code not in given]
