"""The files of a case: materials, papers, proofs of service, other attachments."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from gongjian.accounts.models import User
from gongjian.appraisal.models import Application, Death, EmployerLink
from gongjian.archives.packing.items import Item, kept
from gongjian.cases.models import Case, Passage
from gongjian.deaths.models import ReportPaper
from gongjian.delivery.models import Proof
from gongjian.kernel import moment
from gongjian.kernel.evidence.models import Evidence
from gongjian.materials.queries import in_catalogue_order, materials_of
from gongjian.papers.models import Paper
from gongjian.recognition.models import Application as RecognitionApplication
from gongjian.recognition.models import Interview, InterviewPage, Remedy, SitePhoto, Suspension
from gongjian.sittings.models import Termination

INDEX_KIND = "dossier_index"


def materials(case: Case) -> Iterator[Item]:
    """What was handed in, page by page, in the order of the catalogue."""
    for place, material in enumerate(in_catalogue_order(materials_of(case)), 1):
        pages = material.pages.all()
        for number, page in enumerate(pages, 1):
            title = material.title if len(pages) == 1 else f"{material.title}（{number}/{len(pages)}）"
            path = f"materials/{place:02d}-{material.kind}/{number:03d}"
            yield Item(
                role="material",
                title=title,
                author=page.added_by.name or "申请人",
                dated=moment.day_of(page.added_at),
                member=kept(path, page.evidence, title=title),
                pages=page.evidence.page_count,
            )


def papers(case: Case) -> Iterator[Item]:
    """What was issued, in the order of issue; the index of the file itself is not among them."""
    rows = Paper.objects.filter(case=case).exclude(kind=INDEX_KIND).select_related("evidence", "office")
    for place, paper in enumerate(rows.order_by("issued_at", "id"), 1):
        yield paper_item(f"papers/{place:02d}-{paper.kind}", paper)


def paper_item(path: str, paper: Paper) -> Item:
    """An issued paper as a file of the package."""
    return Item(
        role="paper",
        title=paper.title,
        author=paper.office.name,
        dated=moment.day_of(paper.issued_at),
        member=kept(path, paper.evidence, title=paper.title),
        number=paper.number,
        pages=paper.evidence.page_count,
    )


def attachments(case: Case) -> Iterator[Item]:
    """Proofs of service, and what a termination, a withdrawal, a death and an employer's part in the case rest on."""
    proofs = Proof.objects.filter(attempt__delivery__case=case).order_by("pk")
    for place, proof in enumerate(
        proofs.select_related("evidence", "attempt__delivery__office", "attempt__ended_by"), 1
    ):
        attempt = proof.attempt
        title = f"送达凭证：{attempt.delivery.get_recipient_display()}（{place}）"
        yield Item(
            role="proof",
            title=title,
            author=attempt.ended_by.name if attempt.ended_by else attempt.delivery.office.name,
            dated=attempt.outcome_on or moment.day_of(attempt.begun_at),
            member=kept(f"proofs/{place:02d}", proof.evidence, title=title),
            pages=proof.evidence.page_count,
        )
    yield from _investigated(case)
    for end in Termination.objects.filter(case=case, evidence__isnull=False).select_related("evidence", "decided_by"):
        if end.evidence:
            yield _attached("termination", "终止当次鉴定的证据", end.evidence, by=end.decided_by, at=end.decided_at)
    yield from _wishes(case)
    for death in Death.objects.filter(case=case).select_related("evidence", "noted_by"):
        yield _attached("death", death.proof, death.evidence, by=death.noted_by, at=death.noted_at)
    links = EmployerLink.objects.filter(case=case).select_related("evidence", "by").order_by("pk")
    for place, link in enumerate(links, 1):
        yield _attached(f"employer-{place:02d}", "用人单位账户关联的凭证", link.evidence, by=link.by, at=link.at)


def _wishes(case: Case) -> Iterator[Item]:
    """The signed wish on which the window took an application back, of either procedure."""
    taken = Passage.objects.filter(case=case, act="receive_withdrawal").select_related("by").first()
    applications = chain(Application.objects.filter(case=case), RecognitionApplication.objects.filter(case=case))
    for application in applications:
        if application.end_evidence and taken and taken.by:
            yield _attached("withdrawal", "撤回申请的书面意见", application.end_evidence, by=taken.by, at=taken.at)


def _investigated(case: Case) -> Iterator[Item]:
    """What an investigation keeps beside its papers: signed pages, recordings, photos of the scene, documents that ended a suspension."""
    found = [
        (f"笔录签名页（{page.interview_id}/{page.number}）", page.interview.by.name, page.interview.at, page.evidence)
        for page in InterviewPage.objects.filter(interview__case=case).select_related("evidence", "interview__by")
    ]
    for talk in Interview.objects.filter(case=case, recording__isnull=False).select_related("recording", "by"):
        if talk.recording:
            found.append((f"调查录音录像（{talk.pk}）", talk.by.name, talk.at, talk.recording))
    for photo in SitePhoto.objects.filter(record__case=case).select_related("evidence"):
        found.append((f"现场照片（{photo.pk}）", photo.maker, photo.taken_at, photo.evidence))
    for end in Suspension.objects.filter(case=case, evidence__isnull=False).select_related("evidence", "by"):
        if end.evidence:
            found.append((f"恢复认定所依据的法律文书（{end.pk}）", end.by.name, end.paper.issued_at, end.evidence))
    found += _reported(case)
    found += _remedies(case)
    for place, (title, author, at, evidence) in enumerate(found, 1):
        yield Item(
            role="attachment",
            title=title,
            author=author,
            dated=moment.day_of(at),
            member=kept(f"attachments/investigation-{place:03d}", evidence, title=title),
            pages=evidence.page_count,
        )


def _reported(case: Case) -> Iterator[tuple[str, str, datetime, Evidence]]:
    """What came with a report of the sudden death, before anybody applied."""
    rows = ReportPaper.objects.filter(report__case=case).select_related("evidence", "by", "report").order_by("pk")
    for row in rows:
        yield f"{row.report.number}：{row.get_kind_display()}（{row.pk}）", row.by.name, row.at, row.evidence


def _remedies(case: Case) -> Iterator[tuple[str, str, datetime, Evidence]]:
    """What came in a review or a suit, what was replied, and how it ended."""
    rows = Remedy.objects.filter(case=case).select_related("evidence", "reply", "outcome_evidence", "by").order_by("pk")
    for row in rows:
        told = f"{row.get_kind_display()}{row.matter}"
        yield f"{told}：收到的副本", row.organ, row.at, row.evidence
        if row.reply and row.replied_on:
            yield f"{told}：答复", case.office.name, moment.at(row.replied_on), row.reply
        if row.outcome_evidence and row.outcome_on:
            yield f"{told}：结果", row.organ, moment.at(row.outcome_on), row.outcome_evidence


def _attached(name: str, title: str, evidence: Evidence, *, by: User, at: datetime) -> Item:
    return Item(
        role="attachment",
        title=title,
        author=by.name,
        dated=moment.day_of(at),
        member=kept(f"attachments/{name}", evidence, title=title),
        pages=evidence.page_count,
    )
