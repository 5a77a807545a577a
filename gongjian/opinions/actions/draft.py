"""Keeping what an expert has typed, as it is typed."""

from django.db import transaction
from django.db.models import F

from gongjian.accounts.models import User
from gongjian.kernel import moment
from gongjian.opinions.actions.panel import held_duty
from gongjian.opinions.content import Content
from gongjian.opinions.errors import DraftChangedMeanwhile
from gongjian.opinions.models import OpinionDraft
from gongjian.opinions.queries.access import require_writing
from gongjian.opinions.queries.drafts import content_of, draft_of


@transaction.atomic
def save_draft(exam_code: str, content: Content, *, version: int, by: User, page: str = "") -> OpinionDraft:
    """Keep the content of the draft whose `version` the author saw; the same content changes nothing.

    page: a mark of the open page; a page whose own save was the last one may go on even if it never heard of that save.

    Raises: ExamNotFound, NotDeclared, SealedAlready, NotOpenNow, DraftChangedMeanwhile (nothing is overwritten).
    """
    duty = held_duty(exam_code, by=by, follow=False)
    require_writing(duty)
    draft = draft_of(duty)
    if draft._state.adding:
        draft.save()
    if content_of(draft) == content:
        return draft
    goes_on = bool(page) and draft.content.get("page") == page
    if draft.version != version and not goes_on:
        raise DraftChangedMeanwhile
    told = content.plain() | {"page": page}
    OpinionDraft.objects.filter(pk=draft.pk).update(content=told, version=F("version") + 1, saved_at=moment.now())
    draft.refresh_from_db()
    return draft
