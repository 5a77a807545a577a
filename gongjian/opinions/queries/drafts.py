"""Reading one's own draft."""

import json

from gongjian.appraisal.queries import recognised_parts
from gongjian.kernel import moment
from gongjian.opinions.content import Content, Finding, canonical, content_told
from gongjian.opinions.models import OpinionDraft, Round
from gongjian.opinions.queries.access import Duty
from gongjian.opinions.sealing import opened_statements


def draft_of(duty: Duty) -> OpinionDraft:
    """The expert's own draft; a fresh one, not yet stored, begins with the recognised parts, or with what the expert said in the round before."""
    known = OpinionDraft.objects.filter(assignment=duty.assignment).first()
    if known:
        return known
    content = json.loads(canonical(_begun(duty).plain()))
    return OpinionDraft(assignment=duty.assignment, content=content, version=1, saved_at=moment.now())


def content_of(draft: OpinionDraft) -> Content:
    """The draft as a value."""
    return Content.of(draft.content)


def _begun(duty: Duty) -> Content:
    if duty.round is None:
        return _from_recognition(duty)
    before = Round.objects.filter(case=duty.case, turn=duty.round.turn, number=duty.round.number - 1).first()
    if before is None:
        return _from_recognition(duty)
    own = [told for row, told in opened_statements(before) if row.assignment_id == getattr(duty.assignment, "pk", 0)]
    return content_told(own[0]).unworked() if own else _from_recognition(duty)


def _from_recognition(duty: Duty) -> Content:
    """One finding for each recognised part, with nothing in it but the part."""
    parts = recognised_parts(duty.case)
    findings = tuple(Finding(part=each.part.code, side=each.side.value if each.side else "") for each in parts)
    return Content(findings=findings or (Finding(),))
