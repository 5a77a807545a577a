"""The metadata of a package: where it comes from, what it must state, how the case went, what was checked when it was closed (四性)."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from importlib.metadata import version
from pathlib import PurePosixPath
from typing import Any

from gongjian.accounts.models import Office, User
from gongjian.archives.offline.manifest import Document
from gongjian.archives.packing.items import Item
from gongjian.cases.models import Case
from gongjian.cases.procedures import procedure_of
from gongjian.law.clock import Deadline
from gongjian.recognition.states import RECOGNITION


def metadata(case: Case, items: Collection[Item], kept: Deadline, *, at: datetime, by: User) -> Document:
    """Everything but the people. Law: 档案法 art. 37; 档案法实施条例 art. 39, 40."""
    table = procedure_of(case.procedure)
    return {
        "来源": {
            "立卷单位": case.office.name,
            "单位代码": case.office.code,
            "平台": f"公鉴 Gongjian {version('gongjian')}",
            "形成方式": "业务系统原生电子文件，归档时逐件读回核对",
        },
        "要素": {
            "案号": case.number,
            "事项": table.title,
            subject_of(case): case.person.name,
            "证件类型": case.person.id_type,
            "证件号码": case.person.id_number,
            "用人单位": case.employer.name if case.employer else "",
            "收到申请": case.received_at.isoformat(),
            "办结方式": table.labels[case.state],
            "立卷人": by.name,
            "归档时间": at.isoformat(),
            "保管期限": f"{kept.length}年",
            "保管至": kept.due.isoformat(),
            "期限依据": kept.basis.source,
        },
        "过程": _passages(case),
        "四性检查": _checks(items),
    }


def subject_of(case: Case) -> str:
    """What the person of the case is called: a worker is recognised, an appraisee appraised. Law: 令8 art. 24; 令55 art. 23."""
    return "职工" if case.procedure == RECOGNITION else "被鉴定人"


def people(users: Collection[int]) -> dict[str, Any]:
    """Who the ids in records and ledger stand for."""
    rows = User.objects.filter(pk__in=users).order_by("pk")
    return {str(user.pk): {"姓名": user.name, "身份": user.get_kind_display()} for user in rows}


def offices() -> dict[str, str]:
    """What the office ids stand for."""
    return {str(office.pk): office.name for office in Office.objects.order_by("pk")}


def _passages(case: Case) -> list[Document]:
    table = procedure_of(case.procedure)
    labels = {move.act: (move.label, move.article) for move in table.moves}
    began = ("提出申请", "条例 第十七条" if case.procedure == RECOGNITION else "令55 第七条")
    return [
        {
            "时间": passage.at.isoformat(),
            "事项": labels.get(passage.act, began)[0],
            "依据": labels.get(passage.act, began)[1],
            "此后状态": table.labels[passage.end],
            "经办": passage.by_id,
        }
        for passage in case.passages.order_by("id")
    ]


def _checks(items: Collection[Item]) -> Document:
    formats = Counter(PurePosixPath(item.path).suffix.removeprefix(".") for item in items)
    return {
        "真实性": "每件材料和文书归档时读回，指纹与收到、制发时登记的一致；文书带有电子签名；各项办理记入账链",
        "完整性": f"卷内文件{len(items)}件，齐全性检查无缺项，清单逐件登记长度和指纹",
        "可用性": "文件格式及件数：" + "、".join(f"{kind} {count}" for kind, count in sorted(formats.items())),
        "安全性": "收件时按内容辨认格式、拒绝可执行内容；库内加密保存；调阅登记用途和事由",
    }
