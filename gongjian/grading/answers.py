"""Answers as plain values, ready to be written as JSON. The form is described in docs/guide/grading-json.md and does not change within a version."""

from typing import Any

from gongjian.grading.appraisal import Answer
from gongjian.grading.candidates import Candidate
from gongjian.grading.findings.examination import Examination
from gongjian.grading.outcomes import grade_label
from gongjian.grading.search import search
from gongjian.grading.standard import Clause
from gongjian.grading.workings import Working, workings

FORM = 1


def answer_as_json(examination: Examination, answer: Answer) -> dict[str, Any]:
    """The answer to an examination."""
    promotion = answer.tally.promotion
    return {
        "form": FORM,
        "standard": answer.candidates.standard,
        "grade": answer.grade,
        "grade_label": grade_label(answer.grade) if answer.grade else None,
        "group_decides": answer.group_decides,
        "rooms": [{"why": each.why.value, "text": each.text, "article": each.article} for each in answer.rooms],
        "worst": promotion.worst,
        "may_be_raised_to": promotion.may_be_raised_to,
        "counting": {"policy": answer.tally.policy.value, "explanation": promotion.explanation},
        "holds": [_candidate(each) for each in answer.tally.items],
        "left_out": [{**_candidate(each.candidate), "reason": each.reason} for each in answer.tally.left_out],
        "near": [_candidate(each) for each in answer.candidates.near],
        "undecided": [_candidate(each) for each in answer.candidates.undecided],
        "uncovered": list(answer.candidates.uncovered),
        "raises": [
            {"number": each.number, "raised_to": each.raised_to, "article": each.article, "reason": each.reason}
            for each in answer.raises
        ],
        "prior": answer.prior
        and {
            "alone": answer.prior.alone,
            "together": answer.prior.together,
            "explanation": answer.prior.explanation,
        },
        "selfcare": answer.selfcare
        and {
            "level": answer.selfcare.level.value,
            "label": answer.selfcare.label,
            "explanation": answer.selfcare.explanation,
        },
        "workings": _workings(examination),
    }


def search_as_json(text: str, *, limit: int = 50) -> dict[str, Any]:
    """The clauses found by a text. Raises: StandardNotInForce."""
    return {"form": FORM, "query": text, "clauses": [_clause(each) for each in search(text, limit=limit)]}


def _candidate(each: Candidate) -> dict[str, Any]:
    return {
        **_clause(each.clause),
        "injuries": sorted(each.injuries),
        "measured": each.measured,
        "reasons": list(each.reasons),
        "missing": list(each.missing),
    }


def _clause(each: Clause) -> dict[str, Any]:
    return {
        "number": each.number,
        "grade": each.grade,
        "label": each.label,
        "body_system": each.body_system,
        "text": each.text,
    }


def working_as_json(each: Working) -> dict[str, Any]:
    """What was computed, with its steps."""
    return {
        "title": each.title,
        "value": list(each.value) if isinstance(each.value, tuple) else each.value,
        "steps": [{"text": step.text, "article": step.article} for step in each.steps],
    }


def _workings(examination: Examination) -> list[dict[str, Any]]:
    return [
        {"finding": n, **working_as_json(each)}
        for n, finding in enumerate(examination.findings)
        for each in workings(finding)
    ]
