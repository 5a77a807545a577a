"""What the pages print: an opinion with its clauses spelled out, its remarks and hints; the person without a name; differences of two drafts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from gongjian.appraisal.queries import recognised_parts
from gongjian.draws.states import Ground
from gongjian.grading.clauses import Chapter, body_systems, conflicts_about, ground, principle, principles
from gongjian.grading.outcomes import GRADES, grade_label
from gongjian.grading.parts import RecognisedPart, Side, all_parts
from gongjian.grading.search import search
from gongjian.grading.selfcare import SelfCareItem, level
from gongjian.grading.standard import Clause
from gongjian.kernel import moment
from gongjian.law.identity import Sex
from gongjian.opinions.content import Content, Finding
from gongjian.opinions.queries.access import Duty
from gongjian.opinions.rules import Remark, may_be_sealed, promotion_hint, remarks
from gongjian.workbench.candidates_shown import CandidatesShown, Measured, measured
from gongjian.workbench.sheets import Person
from gongjian.workbench.sheets_shown import KindPicker, SheetShown, sheet_shown

GROUNDS: Final = {  # as an expert says it
    Ground.TREATED: "我或者我所在的科室为本案治疗、诊断过",
    Ground.KINSHIP: "我与本案当事人有亲属关系",
    Ground.EMPLOYED: "我与本案当事人同在一个单位，或者受其聘用",
    Ground.INVOLVED: "我参与过本案先前的鉴定、认定或者咨询",
    Ground.INTEREST: "其他可能影响公正鉴定的利害关系",
}
CLAUSES_SHOWN: Final = 40
LABELS: Final = {
    "injury": "伤情",
    "condition": "器官功能情况",
    "measured": "测量",
    "diagnosis": "诊断",
    "clause": "条款",
    "outside_reason": "部位说明",
}


@dataclass(frozen=True, slots=True)
class About:
    """All that an expert is told of the person: sex and age, and what was recognised. Never a name, a number or an employer."""

    sex: str
    age: int | None
    parts: tuple[RecognisedPart, ...]

    @property
    def person(self) -> Person:
        """What a new measurement sheet begins with."""
        return Person(self.sex, self.age)


@dataclass(frozen=True, slots=True)
class ClauseShown:
    """A clause or a principle spelled out. notes: what is doubtful about its wording."""

    number: str
    label: str
    text: str
    grade: str
    system: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FindingShown:
    """A finding as the form prints it. outside: the warning that its clause lies outside the recognised parts.

    candidates: None while nothing is measured; kinds: open while one chooses what to measure.
    """

    place: int
    finding: Finding
    clause: ClauseShown | None
    outside: str
    is_picking: bool
    sheets: tuple[SheetShown, ...]
    candidates: CandidatesShown | None
    kinds: KindPicker | None

    @property
    def title(self) -> str:
        return f"第{self.place + 1}项"


@dataclass(frozen=True, slots=True)
class Picker:
    """The clauses one chooses from. place: for which finding; is_narrowed: whether anything was asked for."""

    place: int
    query: str
    system: str
    grade: str
    clauses: tuple[ClauseShown, ...]
    principles: tuple[ClauseShown, ...]
    chapters: tuple[Chapter, ...]
    is_narrowed: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """One place in which two drafts differ."""

    label: str
    mine: str
    theirs: str


def about(duty: Duty) -> About:
    """What the expert may know of the person before them."""
    person = duty.case.person
    sex = Sex(person.sex).label if person.sex in set(Sex) else ""
    return About(sex, age(person.born_on, moment.today()), tuple(recognised_parts(duty.case)))


def age(born: date | None, today: date) -> int | None:
    """Completed years."""
    return None if born is None else today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def opinion_shown(
    content: Content, parts: Sequence[RecognisedPart], picker: Picker | KindPicker | None = None
) -> dict[str, object]:
    """Everything the examination form prints. picker: what one is choosing from, a clause or a kind of finding."""
    found = remarks(content, recognised=parts, on=moment.today())
    answer = measured(content, parts, on=moment.today())
    return {
        "content": content,
        "findings": [_finding_shown(place, each, found, answer, picker) for place, each in enumerate(content.findings)],
        "answer": answer,
        "asks_more": _asks_more(content),
        "picker": picker,
        "part_choices": _part_choices(parts),
        "sides": list(Side),
        "grades": [(str(grade), grade_label(grade)) for grade in GRADES],
        "items": list(SelfCareItem),
        **hints(content, found),
    }


def hints(content: Content, found: tuple[Remark, ...]) -> dict[str, object]:
    """What changes with every word that is typed: remarks, the promotion hint, the self-care level."""
    hint = promotion_hint(content, on=moment.today())
    return {
        "remarks": found,
        "sealable": may_be_sealed(found),
        "wants_explanation": [each for each in found if each.where == "explanation"],
        "promotion": hint,
        "raised": grade_label(hint.may_be_raised_to) if hint.may_be_raised_to else "",
        "selfcare": level(content.selfcare),
    }


def picker_for(place: int, *, query: str = "", system: str = "", grade: str = "") -> Picker:
    """The clauses that fit; without any question the tree of chapters."""
    wanted = int(grade) if grade.isascii() and grade.isdigit() and int(grade) in GRADES else None
    narrowed = bool(query.strip() or system or wanted)
    found = search(query, body_system=system or None, grade=wanted, limit=CLAUSES_SHOWN) if narrowed else []
    tops = [principle(wanted)] if wanted else ([] if narrowed else list(principles()))
    return Picker(
        place=place,
        query=query,
        system=system,
        grade=grade if wanted else "",
        clauses=tuple(clause_shown(each.number) for each in found),
        principles=tuple(clause_shown(each.number) for each in tops),
        chapters=body_systems(),
        is_narrowed=narrowed,
    )


def clause_shown(number: str) -> ClauseShown:
    """A clause or principle with its notes. Raises: ClauseUnknown."""
    found = ground(number)
    system = found.body_system if isinstance(found, Clause) else "定级原则"
    notes = tuple(text for text in (found.notes, *conflicts_about(number)) if text)
    return ClauseShown(number, found.label, found.text, grade_label(found.grade), system, notes)


def differences(mine: Content, theirs: Content) -> list[Difference]:
    """Where two drafts differ, in words, for who must choose."""
    pairs = [
        ("等级", mine.grade_label, theirs.grade_label),
        ("生活自理", level(mine.selfcare).label, level(theirs.selfcare).label),
        ("评定理由", mine.reason, theirs.reason),
        ("对提示的说明", mine.explanation, theirs.explanation),
        ("原有伤残、附录B", _more_told(mine), _more_told(theirs)),
    ]
    for place in range(max(len(mine.findings), len(theirs.findings))):
        one, other = (_at(content, place) for content in (mine, theirs))
        pairs.append((f"第{place + 1}项部位", one.part_label, other.part_label))
        pairs += [
            (f"第{place + 1}项{label}", getattr(one, name), getattr(other, name)) for name, label in LABELS.items()
        ]
    return [Difference(label, one or "（空）", other or "（空）") for label, one, other in pairs if one != other]


def _more_told(content: Content) -> str:
    aggravated = {True: "加重原有伤残", False: "未加重原有伤残", None: ""}[content.aggravated]
    told = (aggravated, "未育且终生不能生育" * content.childless, "反复肠梗阻" * content.recurring_obstruction)
    return "、".join(text for text in told if text)


def _at(content: Content, place: int) -> Finding:
    return content.findings[place] if place < len(content.findings) else Finding()


def _finding_shown(
    place: int, finding: Finding, found: tuple[Remark, ...], answer: Measured, picker: Picker | KindPicker | None
) -> FindingShown:
    mine = picker if picker and picker.place == place else None
    return FindingShown(
        place=place,
        finding=finding,
        clause=clause_shown(finding.clause) if finding.clause else None,
        outside=next((each.sentence for each in found if each.where == f"outside_reason-{place}"), ""),
        is_picking=isinstance(mine, Picker),
        sheets=tuple(sheet_shown(place, number, each) for number, each in enumerate(finding.sheets)),
        candidates=answer.by_place.get(place),
        kinds=mine if isinstance(mine, KindPicker) else None,
    )


def _asks_more(content: Content) -> bool:
    """Whether 4.3 or appendix B has been touched."""
    prior = any(sheet.is_prior for finding in content.findings for sheet in finding.sheets)
    return prior or content.aggravated is not None or content.childless or content.recurring_obstruction


def _part_choices(parts: Sequence[RecognisedPart]) -> list[tuple[str, list[tuple[str, str]]]]:
    recognised = {each.part.code: each.part.name for each in parts}
    others = [(each.code, each.name) for each in all_parts() if each.code not in recognised]
    groups = [("工伤认定的部位", list(recognised.items())), ("其他部位", others)]
    return [(label, choices) for label, choices in groups if choices]
