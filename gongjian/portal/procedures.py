"""What differs for a party between an appraisal and a recognition: the acts, the one notice, the way ahead."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gongjian.appraisal import queries as of_appraisal
from gongjian.appraisal.actions import supplement as supplement_appraisal
from gongjian.appraisal.actions import withdraw as withdraw_appraisal
from gongjian.appraisal.states import INITIAL
from gongjian.cases.models import Case
from gongjian.recognition import queries as of_recognition
from gongjian.recognition.actions.supplementing import supplement as supplement_recognition
from gongjian.recognition.actions.withdrawal import withdraw as withdraw_recognition
from gongjian.recognition.states import RECOGNITION


@dataclass(frozen=True)
class Face:
    """One procedure as its parties meet it. way: (act, words) of the usual way; decided: the act that ends it, named in both.

    title: what the case is called; worker: what the person in it is called; otherwise: what follows when the missing papers do not come.
    stands_for: act → the step of the usual way that it stands for; back: acts after which it stands for it no more.
    """

    notice_of: Callable[[Case], Any]
    supplement: Callable[..., Any]
    withdraw: Callable[..., Any]
    review: str
    supplements: str
    way: tuple[tuple[str, str], ...]
    decided: str
    title: str
    worker: str
    otherwise: str
    stands_for: Mapping[str, str] = field(default_factory=dict)
    back: tuple[str, ...] = ()


FACES = {
    INITIAL: Face(
        of_appraisal.notice_of,
        supplement_appraisal,
        withdraw_appraisal,
        "LA-REVIEW",
        "LA-SUPPLEMENT",
        (
            ("submit", "提交申请"),
            ("accept", "受理"),
            ("book", "安排鉴定时间和地点"),
            ("examine", "现场鉴定"),
            ("conclude", "作出结论"),
            ("served", "送达结论书"),
            ("take_effect", "结论生效"),
        ),
        "conclude",
        "劳动能力鉴定",
        "被鉴定人",
        "逾期未补正又无正当理由的，视为放弃本次申请（令55 第十条）。",
        stands_for={"entrust": "book", "opine": "examine"},
        back=("bring_back", "set_aside"),
    ),
    RECOGNITION: Face(
        of_recognition.notice_of,
        supplement_recognition,
        withdraw_recognition,
        "WI-REVIEW",
        "WI-SUPPLEMENT",
        (
            ("submit", "提交申请"),
            ("accept", "受理"),
            ("begin", "调查核实"),
            ("decide", "作出工伤认定决定"),
            ("served", "送达决定书"),
            ("take_effect", "救济期限届满"),
        ),
        "decide",
        "工伤认定",
        "受伤职工",
        "到期没有交齐的，由受理机关按现有材料决定是否受理（令8 第八条）。",
    ),
}


def face_of(case: Case) -> Face:
    """The face of a case's procedure. Raises: KeyError."""
    return FACES[case.procedure]


def notice_of(case: Case) -> Any:
    """The one notice of what is missing, if there was one."""
    return face_of(case).notice_of(case)
