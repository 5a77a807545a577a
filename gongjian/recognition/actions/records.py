"""Records of an investigation: interviews and the scene. Law: 令8 art. 9, 10, 11."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, BinaryIO, NamedTuple

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.cases.actions.locked import locked
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.evidence.actions import store
from gongjian.kernel.evidence.kinds import RECORDINGS
from gongjian.kernel.ledger.actions import record
from gongjian.papers.actions import issue
from gongjian.papers.forms.recognition import Exchange, InterviewRecord
from gongjian.recognition.errors import (
    InterviewEmpty,
    InterviewNotRead,
    InterviewPagesMissing,
    InterviewSignedAlready,
    SiteRecordEmpty,
)
from gongjian.recognition.models import Interview, InterviewPage, SitePhoto, SiteRecord
from gongjian.recognition.queries import must_gather, must_investigate
from gongjian.recognition.rules import ROLES, check_interview, check_investigators


class Handed(NamedTuple):
    """A file that is handed in, with its name."""

    stream: BinaryIO
    name: str


class Photo(NamedTuple):
    """A photo of the scene: when, by whom, of what."""

    stream: BinaryIO
    name: str
    taken_at: datetime
    maker: str
    subject: str


class Talk(NamedTuple):
    """An interview as it was held. lines: {"q", "a"} in order."""

    asked: str
    role: str
    place: str
    started_at: datetime
    ended_at: datetime
    lines: Sequence[Mapping[str, str]]


@transaction.atomic
def keep_interview(case: Case, talk: Talk, *, team: Sequence[User], by: User) -> Interview:
    """Keep the record word for word and print it to be read back and signed. team: who asked, two at least with their cards.

    Law: 令8 art. 9, 10, 11. Raises: NotTheInvestigator, MoveNotAllowed, TwoInvestigators, InterviewEmpty, InterviewTimesWrong.
    """
    case = locked(case)
    cards = _cards(case, team, by)
    if not (talk.asked.strip() and talk.place.strip() and talk.role in ROLES):
        raise InterviewEmpty
    check_interview(talk.lines, talk.started_at, talk.ended_at, moment.now())
    lines: Any = [{"q": line["q"].strip(), "a": line["a"].strip()} for line in talk.lines]
    form = partial(
        InterviewRecord,
        case_number=case.number,
        asked=talk.asked.strip(),
        role=ROLES[talk.role],
        started_at=talk.started_at,
        ended_at=talk.ended_at,
        place=talk.place.strip(),
        investigators=tuple(f"{each['name']}（{each['card']}）" for each in cards),
        lines=tuple(Exchange(number=n, asked=line["q"], answered=line["a"]) for n, line in enumerate(lines, 1)),
    )
    paper = issue("interview_record", case=case, office=case.office, form=form, by=by)
    row = Interview.objects.create(
        case=case,
        asked=talk.asked.strip(),
        role=talk.role,
        place=talk.place.strip(),
        started_at=talk.started_at,
        ended_at=talk.ended_at,
        lines=lines,
        investigators=cards,
        paper=paper,
        by=by,
        at=moment.now(),
    )
    record(case.chain, "interview.kept", by=by, interview=row.pk, lines=len(lines), sha256=paper.sha256)
    return row


def sign_interview(
    interview: Interview, pages: Sequence[Handed], *, was_read: bool, refused: str = "", by: User
) -> Interview:
    """Take in the record as it was signed, one scan for each page; or what was noted where somebody would not sign.

    Law: 令8 art. 10, 11. Raises: NotTheInvestigator, InterviewSignedAlready, InterviewNotRead, InterviewPagesMissing, and the store's refusals.
    """
    must_investigate(interview.case, by=by)
    wanted = interview.paper.evidence.page_count
    if not was_read:
        raise InterviewNotRead
    if len(pages) != wanted:
        raise InterviewPagesMissing(pages=wanted, given=len(pages))
    kept = [store(stream, name=name, by=by) for stream, name in pages]
    with transaction.atomic():
        row = Interview.objects.select_for_update().get(pk=interview.pk)
        if row.signed_at:
            raise InterviewSignedAlready
        for number, evidence in enumerate(kept, 1):
            InterviewPage.objects.create(interview=row, number=number, evidence=evidence)
        row.signed_at, row.refused = moment.now(), refused.strip()
        row.save(update_fields=["signed_at", "refused"])
        hashes = [evidence.sha256 for evidence in kept]
        record(
            interview.case.chain, "interview.signed", by=by, interview=row.pk, pages=hashes, refused=bool(row.refused)
        )
    return row


def attach_recording(interview: Interview, file: Handed, *, by: User) -> Interview:
    """Keep the sound or film of an interview with its record, before it is signed. Law: 令8 art. 10, 11.

    Raises: NotTheInvestigator, InterviewSignedAlready, and the store's refusals.
    """
    must_investigate(interview.case, by=by)
    evidence = store(file.stream, name=file.name, by=by, allowed=RECORDINGS)
    with transaction.atomic():
        row = Interview.objects.select_for_update().get(pk=interview.pk)
        if row.signed_at:
            raise InterviewSignedAlready
        row.recording = evidence
        row.save(update_fields=["recording"])
        record(interview.case.chain, "interview.recording", by=by, interview=row.pk, sha256=evidence.sha256)
    return row


def keep_site(
    case: Case, *, visited_at: datetime, place: str, seen: str, photos: Sequence[Photo], team: Sequence[User], by: User
) -> SiteRecord:
    """Keep what was seen at the scene, with at least one photo that says when, by whom and of what it was taken.

    Law: 令8 art. 9, 10, 11. Raises: NotTheInvestigator, MoveNotAllowed, TwoInvestigators, SiteRecordEmpty, and the store's refusals.
    """
    cards = _cards(case, team, by)
    instants = (visited_at, *(each.taken_at for each in photos))
    told = place.strip() and seen.strip() and photos and max(instants) <= moment.now()
    if not told or not all(each.subject.strip() and each.maker.strip() for each in photos):
        raise SiteRecordEmpty
    kept = [(store(each.stream, name=each.name, by=by), each) for each in photos]
    with transaction.atomic():
        case = locked(case)
        must_gather(case, by=by)
        row = SiteRecord.objects.create(
            case=case, visited_at=visited_at, place=place.strip(), seen=seen.strip(), investigators=cards, by=by,
            at=moment.now(),
        )  # fmt: skip
        for evidence, each in kept:
            SitePhoto.objects.create(
                record=row, evidence=evidence, taken_at=each.taken_at, maker=each.maker, subject=each.subject.strip()
            )
        record(case.chain, "site.kept", by=by, site=row.pk, photos=[evidence.sha256 for evidence, _ in kept])
    return row


def _cards(case: Case, team: Sequence[User], by: User) -> list[dict[str, str]]:
    must_gather(case, by=by)
    members = {each.pk: each for each in (by, *team)}
    for member in members.values():
        must_investigate(case, by=member)
    check_investigators([member.card_number for member in members.values()])
    return [{"name": member.name, "card": member.card_number} for member in members.values()]
