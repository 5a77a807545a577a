"""What differs for a party between an appraisal and a recognition: the acts, the one notice, the way ahead."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gongjian.accounts.models import User
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
    """One procedure as its parties meet it. way: (act, words) of the usual way; decided: the act that ends it, named in both."""

    notice_of: Callable[[Case], Any]
    acts_for_applicant: Callable[[User, Case], bool]
    supplement: Callable[..., Any]
    withdraw: Callable[..., Any]
    review: str
    supplements: str
    way: tuple[tuple[str, str], ...]
    decided: str


FACES = {
    INITIAL: Face(
        of_appraisal.notice_of,
        of_appraisal.acts_for_applicant,
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
    ),
    RECOGNITION: Face(
        of_recognition.notice_of,
        of_recognition.acts_for_applicant,
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
    ),
}


def face_of(case: Case) -> Face:
    """The face of a case's procedure. Raises: KeyError."""
    return FACES[case.procedure]


def notice_of(case: Case) -> Any:
    """The one notice of what is missing, if there was one."""
    return face_of(case).notice_of(case)


def must_act_for_applicant(case: Case, *, by: User) -> None:
    """Refuse whoever is not on the side that applied. Raises: NotTheApplicant."""
    gate = of_appraisal if case.procedure == INITIAL else of_recognition
    gate.must_act_for_applicant(case, by=by)
