"""What was measured, asked of the standard: the examination behind a draft, and where its clauses and its measurements disagree."""

from collections.abc import Iterator
from datetime import date

from gongjian.grading.appraisal import Answer, appraise
from gongjian.grading.candidates import Candidate, standing
from gongjian.grading.clauses import ground
from gongjian.grading.findings.examination import LONGEST_INJURY, Examination
from gongjian.grading.outcomes import grade_label
from gongjian.grading.standard import Clause, Principle
from gongjian.opinions.content import Content, Finding


def entry_name(place: int, number: int, name: str) -> str:
    """Name of the input that holds a field of a finding's sheet, both counted from 0; of the whole sheet for no field."""
    return f"sheet-{place}-{number}{'-' if name else ''}{name}"


def injury_of(place: int, finding: Finding) -> str:
    """The words under which grading knows the finding; findings with equal words are one injury."""
    return finding.injury.strip()[:LONGEST_INJURY].strip() or f"第{place + 1}项"


def examination_of(content: Content) -> Examination | None:
    """Everything measured so far that has no fault; None while there is nothing.

    What was there before this injury stands apart. Law: GB/T 16180-2014 4.3; appendix B.
    """
    read = [
        (each.is_prior, each.finding(injury_of(place, finding)))
        for place, finding in enumerate(content.findings)
        for each in finding.sheets
    ]
    measured = tuple(found for is_prior, found in read if found and not is_prior)
    if not measured:
        return None
    return Examination(
        findings=measured,
        prior=tuple(found for is_prior, found in read if found and is_prior),
        aggravated=content.aggravated,
        selfcare=content.selfcare if content.selfcare or content.selfcare_none else None,
        childless=content.childless,
        recurring_obstruction=content.recurring_obstruction,
    )


def answer_to(content: Content, *, on: date | None = None) -> Answer | None:
    """What the standard says to the measurements: a help, never a grade. Law: GB/T 16180-2014 4.1–4.6. Raises: StandardNotInForce."""
    examination = examination_of(content)
    return appraise(examination, on=on) if examination else None


def disagreements(content: Content, *, on: date | None = None) -> Iterator[tuple[int, str]]:
    """Place and sentence for each finding whose clause its measurements speak against, or that leaves a heavier clause that holds.

    The expert may know better: it wants an explanation and changes nothing. Law: 令55 art. 15 (by the standard); GB/T 16180-2014 4.2.
    """
    examination = examination_of(content)
    if examination is None:
        return
    answer = appraise(examination, on=on)
    for place, finding in enumerate(content.findings):
        injury = injury_of(place, finding)
        chosen = ground(finding.clause, on=on) if finding.clause else None
        own = [each for each in examination.findings if each.injury == injury]
        if isinstance(chosen, Clause) and own:
            stands = standing(chosen.number, own, on=on)
            if stands and stands.fails:
                yield place, _against(place, stands)
        heavier = _heavier(answer, injury, chosen)
        if heavier:
            yield place, _left(place, heavier)


def _heavier(answer: Answer, injury: str, chosen: Clause | Principle | None) -> Candidate | None:
    """The heaviest clause that rests on this injury alone, where the chosen one is lighter. Without any choice another remark stands."""
    alone = (each for each in answer.candidates.holds if each.injuries == {injury})
    return next((each for each in alone if chosen and each.clause.grade < chosen.grade), None)


def _against(place: int, stands: Candidate) -> str:
    return f"第{place + 1}项：所选{stands.clause.number}按测量值不成立，缺{'；'.join(stands.missing)}。请核对测量或条款，确需选用的请说明理由。"


def _left(place: int, heavier: Candidate) -> str:
    label = grade_label(heavier.clause.grade)
    return f"第{place + 1}项：按测量值，更重的{heavier.clause.number}（{label}）也成立，没有选用。请核对，不选用的请说明理由。"
