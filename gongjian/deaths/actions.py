"""All writing of reports: taking one in, papers, early evidence, beginning the application, and what becomes of it."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from gongjian.accounts.models import Office, User
from gongjian.accounts.roles import DEATHS
from gongjian.applications.actions.drafts import draft_from
from gongjian.applications.models import Draft
from gongjian.applications.queries import owns, window_of
from gongjian.cases.models import Case
from gongjian.cases.numbers import next_number
from gongjian.deaths import queries, rules
from gongjian.deaths.errors import (
    AnotherPersonsCase,
    AppliedAlready,
    ClosedAlready,
    CourseWrong,
    NotForTheEmployer,
    NothingWritten,
    PaperUnknown,
    TooManyReports,
    WindowOnly,
)
from gongjian.deaths.models import EarlyEvidence, Report, ReportPaper
from gongjian.kernel import moment
from gongjian.kernel.evidence.actions import Stream, store
from gongjian.kernel.fields import blind_index
from gongjian.kernel.ledger.actions import record
from gongjian.law.identity import IdType, check_document, check_mobile
from gongjian.materials.actions import add_stored, material_of
from gongjian.papers.actions import mark_of
from gongjian.parties.models import Employer
from gongjian.parties.queries import employers_of
from gongjian.recognition.states import RECOGNITION

TOLD = (
    "reporter_name", "reporter_telephone", "name", "id_type", "id_number", "telephone", "occupation", "place", "at_work",
    "onset_at", "hospital", "first_seen_at", "died_at", "witnesses",
)  # fmt: skip
"""What a report tells. Law: 人社部发〔2013〕34号 第六条; 条例 art. 15 (1)."""
MOST_OPEN = 30
"""So many reports of one account may wait at once."""
Channel, Reporter = Report.Channel, Report.Reporter


class Handed(NamedTuple):
    """A paper that comes with a report: of which kind (`rules.PAPERS`), its bytes, its file's name."""

    kind: str
    file: Stream
    name: str


@transaction.atomic
def report_online(
    office: Office, employer: Employer, told: Mapping[str, Any], *, by: User, papers: Iterable[Handed] = ()
) -> Report:
    """An employer's own account reports a death. The same form sent twice is one report. told: TOLD.

    Law: 人社部发〔2013〕34号 第六条. Raises: NotForTheEmployer, TooManyReports, CourseWrong, IdNumberWrong, DocumentNumberWrong,
    MobileWrong, NotInForce, and what a file raises.
    """
    if employer not in employers_of(by):
        raise NotForTheEmployer
    how = {"channel": Channel.ONLINE, "reporter": Reporter.EMPLOYER, "reported_at": moment.now(), "window": None}
    return _report(office, employer, told, how, by, papers)


@transaction.atomic
def enter(
    office: Office,
    employer: Employer,
    told: Mapping[str, Any],
    *,
    channel: str,
    reporter: str,
    reported_at: datetime,
    by: User,
    papers: Iterable[Handed] = (),
) -> Report:
    """Write down what was reported at the window or by telephone. Law: 人社部发〔2013〕34号 第六条. Raises: WindowOnly, and as `report_online`."""
    if not by.holds(DEATHS, office):
        raise WindowOnly
    how = {"channel": channel, "reporter": reporter, "reported_at": reported_at}
    return _report(office, employer, told, {**how, "window": window_of(by, office, DEATHS)}, by, papers)


@transaction.atomic
def add_papers(report: Report, papers: Iterable[Handed], *, by: User) -> int:
    """Take in more papers; how many are new. Raises: ReportNotFound, PaperUnknown, and what a file raises."""
    queries.report_for(report.pk, by=by)
    return _attach(report, papers, by, moment.now())


@transaction.atomic
def note(report: Report, words: str, *, by: User) -> EarlyEvidence:
    """Note evidence before it is lost. Law: 令8 art. 9, 11. Raises: WindowOnly, NothingWritten."""
    _must_handle(report, by)
    row = EarlyEvidence.objects.create(report=report, words=_written(words, "早期证据"), by=by, at=moment.now())
    record(report.chain, "death.noted", by=by, note=row.pk)
    return row


@transaction.atomic
def begin(report: Report, *, by: User) -> Draft:
    """Begin the application with everything that was reported, papers among it; a second time goes on with the first.

    The employer's account applies for the employer, whatever the worker's side has done; at the window the clerk types in for whoever stands there.
    Law: 条例 art. 17; 人社厅发〔2018〕104号 part 2. Raises: ReportNotFound, AppliedAlready, NotForTheEmployer, WindowOnly.
    """
    queries.report_for(report.pk, by=by)
    locked = _locked(report)
    if applied := queries.applied_for(locked, by=by):
        raise AppliedAlready(number=applied.number)
    if locked.draft and locked.draft.dropped_at is None and owns(by, locked.draft):
        return locked.draft
    locked.draft = _begun(locked, by)
    locked.save(update_fields=["draft"])
    record(locked.chain, "death.begun", by=by, draft=locked.draft.pk)
    return locked.draft


@transaction.atomic
def link(report: Report, case: Case, *, by: User) -> Report:
    """Say to which case a report belongs; another word later sets it right, each is on the ledger of both.

    Law: 令8 art. 9 (what is known is part of the file). Raises: WindowOnly, AnotherPersonsCase.
    """
    _must_handle(report, by)
    if case not in queries.cases_about(report, by=by):
        raise AnotherPersonsCase
    return _linked(_locked(report), case, by)


@transaction.atomic
def close(report: Report, why: str, *, by: User) -> Report:
    """Say that no case follows from a report, and why: twice reported, told at another bureau, no death at work. Raises: WindowOnly, NothingWritten, ClosedAlready."""
    _must_handle(report, by)
    locked = _locked(report)
    if not locked.is_open or locked.applied_as:
        raise ClosedAlready
    locked.closed_why, locked.closed_by, locked.closed_at = _written(why, "理由"), by, moment.now()
    locked.save(update_fields=["closed_why", "closed_by", "closed_at"])
    record(locked.chain, "death.closed", by=by)
    return locked


def link_begun() -> int:
    """Link each report whose application was handed in; how many. Twice does no harm."""
    found = Report.objects.filter(case=None, draft__case__isnull=False).values_list("pk", flat=True)
    return sum(_link_begun(pk) for pk in found[:500])


@transaction.atomic
def _link_begun(pk: int) -> bool:
    report = _locked(Report(pk=pk))
    if report.case_id or report.draft is None or report.draft.case is None:
        return False
    _linked(report, report.draft.case, None)
    return True


def _linked(report: Report, case: Case, by: User | None) -> Report:
    if report.case_id == case.pk:
        return report
    report.case, report.linked_by, report.linked_at = case, by, moment.now()
    report.save(update_fields=["case", "linked_by", "linked_at"])
    record(report.chain, "death.linked", by=by, case=case.number)
    record(case.chain, "death.linked", by=by, report=report.number)
    return report


def _report(
    office: Office, employer: Employer, told: Mapping[str, Any], how: dict[str, Any], by: User, papers: Iterable[Handed]
) -> Report:
    User.objects.select_for_update().get(pk=by.pk)  # the same form at the same moment waits for the first
    values = {name: told[name] for name in TOLD}
    values["id_number"] = check_document(IdType(told["id_type"]), told["id_number"], on=moment.today())
    values["telephone"] = check_mobile(told["telephone"]) if told["telephone"] else ""
    sent_as = _sent_as(office, employer, values, how, by)
    found = Report.objects.select_related("office", "employer").filter(sent_as=sent_as).first()
    row = found or _new(office, employer, values, how, by, sent_as)
    _attach(row, papers, by, moment.now() if found else row.entered_at)
    return row


def _new(
    office: Office, employer: Employer, values: Mapping[str, Any], how: dict[str, Any], by: User, sent_as: str
) -> Report:
    _check(office, values, how, by)
    row = Report.objects.create(
        office=office,
        employer=employer,
        number=_number(office),
        sent_as=sent_as,
        id_index=blind_index(values["id_number"], "id_number"),
        entered_by=by,
        entered_at=moment.now(),
        **how,
        **values,
    )
    limit = queries.limit_of(row)
    record(row.chain, "death.reported", by=by, number=row.number, channel=str(row.channel), report_by=limit.due)
    return row


def _check(office: Office, values: Mapping[str, Any], how: dict[str, Any], by: User) -> None:
    instants = {name: values[name] for name in ("onset_at", "first_seen_at", "died_at")}
    if wrong := rules.course_faults(**instants, reported_at=how["reported_at"], now=moment.now()):
        raise CourseWrong(what="".join(wrong.values()))
    rules.report_by(moment.day_of(values["died_at"]), region=office.region)  # refuses a death before there was a rule
    waiting = Report.objects.filter(queries.WAITING, entered_by=by, channel=Channel.ONLINE)
    if how["channel"] == Channel.ONLINE and waiting.count() >= MOST_OPEN:
        raise TooManyReports(most=MOST_OPEN)


def _number(office: Office) -> str:
    year = moment.today().year
    return f"{mark_of(office.name)}亡报〔{year}〕{next_number(office, 'death.report', year)}号"


def _sent_as(office: Office, employer: Employer, values: Mapping[str, Any], how: dict[str, Any], by: User) -> str:
    """The hash of everything that was sent and by whom; online the moment of sending is no part of it."""
    told = {**values, "reporter": how["reporter"], "channel": how["channel"]}
    if how["channel"] != Channel.ONLINE:
        told["reported_at"] = how["reported_at"]
    plain = json.dumps([office.pk, employer.pk, by.pk, sorted(told.items())], default=str, ensure_ascii=False)
    return blind_index(plain, "death.report")


def _attach(report: Report, papers: Iterable[Handed], by: User, at: datetime) -> int:
    """Keep papers; how many are new. at: what came in the hand with the report bears its instant."""
    new = 0
    for each in papers:
        if each.kind not in rules.PAPERS:
            raise PaperUnknown
        told = {"name": each.name[-120:], "by": by, "at": at}
        evidence = store(each.file, name=each.name, by=by)
        row, made = ReportPaper.objects.get_or_create(report=report, kind=each.kind, evidence=evidence, defaults=told)
        if made:
            record(report.chain, "death.paper_added", by=by, paper=row.pk, sha256=evidence.sha256)
        new += made
    return new


def _begun(report: Report, by: User) -> Draft:
    """The draft with everything the report told, and its papers as the same files."""
    at_window = by.kind == User.Kind.STAFF
    if not at_window and report.employer not in employers_of(by):
        raise NotForTheEmployer
    draft = draft_from(
        rules.taken_over(_told(report), by_employer=report.reporter == Reporter.EMPLOYER),
        by=by,
        office=report.office,
        procedure=RECOGNITION,
        channel="window" if at_window else "online",
    )
    for paper in queries.papers_of(report, by=by):
        add_stored(material_of(paper.kind, draft_id=draft.pk), paper.evidence, name=paper.name, by=by)
    return draft


def _told(report: Report) -> dict[str, Any]:
    """What a report tells as plain values, its instants in the zone of this country."""
    told = {name: getattr(report, name) for name in TOLD}
    for name in ("onset_at", "first_seen_at", "died_at"):
        told[name] = told[name].astimezone(moment.ZONE) if told[name] else None
    employer = report.employer
    return told | {
        "employer_name": employer.name,
        "credit_code": employer.credit_code or "",
        "employer_address": employer.address,
    }


def _locked(report: Report) -> Report:
    """The report as it stands once nobody else writes it. What it names meanwhile is read afterwards: a join would still show what was before the wait."""
    return Report.objects.select_for_update(of=("self",)).select_related("office", "employer").get(pk=report.pk)


def _must_handle(report: Report, by: User) -> None:
    if not queries.handles(by, report):
        raise WindowOnly


def _written(words: str, what: str) -> str:
    if not words.strip():
        raise NothingWritten(what=what)
    return words.strip()
