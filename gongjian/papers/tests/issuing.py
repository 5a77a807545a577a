"""Issued papers for tests: a form that only wants its imprint, and a paper that went out."""

from dataclasses import fields
from functools import partial
from typing import Any

from gongjian.accounts.models import Office, User
from gongjian.accounts.tests.builders import an_office
from gongjian.cases.models import Case
from gongjian.papers.actions import Form, issue
from gongjian.papers.forms.base import IssuedPaper
from gongjian.papers.models import Paper
from gongjian.papers.tests.builders import a_conclusion


def without_imprint(paper: IssuedPaper) -> Form:
    """The form of a paper, filled in except for its imprint."""
    told: dict[str, Any] = {each.name: getattr(paper, each.name) for each in fields(paper) if each.name != "imprint"}
    return partial(type(paper), **told)


def an_issued_paper(
    case: Case | None = None,
    paper: IssuedPaper | None = None,
    *,
    office: Office | None = None,
    by: User | None = None,
    recipient: str = "",
) -> Paper:
    """A conclusion that went out, or another paper."""
    paper = paper or a_conclusion()
    office = office or (case.office if case else an_office())
    return issue(paper.kind, case=case, office=office, form=without_imprint(paper), by=by, recipient=recipient)
