"""Reading issued papers: who may read which, and what anyone may learn of one by its code or its hash."""

from hashlib import sha256

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from django.db.models import Q, QuerySet

from gongjian.accounts.models import User
from gongjian.accounts.queries import offices_where
from gongjian.cases.models import Case
from gongjian.cases.queries import parties_of, reads_health, visible_to
from gongjian.cases.queries.sides import side_of_party
from gongjian.kernel import moment
from gongjian.kernel.evidence.models import Evidence
from gongjian.papers.actions import authority_folder
from gongjian.papers.authority import load
from gongjian.papers.check import read_check_code
from gongjian.papers.errors import AuthorityMissing, PaperNotFound
from gongjian.papers.kinds import KINDS, Audience
from gongjian.papers.models import Paper
from gongjian.papers.validate import Validation, validate

APPLICANT = "applicant"
DELIVER = "delivery.deliver"
"""Papers of no case are lists of addresses: who posts them reads them."""
WORK_WITH_CONCLUSIONS = ("conclusions.review", "conclusions.sign", DELIVER)
HEALTH_KINDS = [kind.code for kind in KINDS.values() if kind.health]


def reads_conclusions(user: User, case: Case) -> bool:
    """Whether one of the staff who sees the case may read what was found and concluded: who decides, who delivers, who reads about health anyway.

    Law: 个保法 art. 28, 51.
    """
    decides = any(user.holds(permission, case.office_id) for permission in WORK_WITH_CONCLUSIONS)
    return decides or reads_health(user, case)


def visible_papers(case: Case, *, by: User) -> QuerySet[Paper]:
    """The papers of a case that `by` may read, oldest first.

    Staff of the office read all of them, what tells of health only where `reads_conclusions` says so. A party reads those for its side, those for all parties, and a conclusion once it was served on its side.
    """
    papers = Paper.objects.filter(case=case).select_related("evidence", "case__person").order_by("issued_at", "id")
    if not visible_to(by).filter(pk=case.pk).exists():
        return papers.none()
    if by.kind == User.Kind.STAFF:
        return papers if reads_conclusions(by, case) else papers.exclude(kind__in=HEALTH_KINDS)
    sides = audiences_of(by, case)
    served = papers.filter(kind__in=_kinds(Audience.SERVED), releases__side__in=sides).values("pk")
    open_to_all = Q(recipient="", kind__in=_kinds(Audience.PARTIES))
    return papers.filter(Q(recipient__in=sides) | open_to_all | Q(pk__in=served) | _of_the_applicant(sides))


def _of_the_applicant(sides: set[str]) -> Q:
    kinds = _kinds(Audience.APPLICANT) if APPLICANT in sides else []
    return Q(recipient="", kind__in=kinds)


def _kinds(audience: Audience) -> list[str]:
    return [kind.code for kind in KINDS.values() if kind.audience is audience]


def audiences_of(user: User, case: Case) -> set[str]:
    """For whom a user reads: "worker", "employer", and "applicant" for who applied. An agent reads for the giver of the mandate."""
    own = [row for row in parties_of(case) if row.user_id == user.pk]
    sides: set[str] = {side_of_party(row) for row in own}
    return sides | ({APPLICANT} if any(row.is_applicant for row in own) else set())


def paper_for(pk: int, *, by: User) -> Paper:
    """One paper; one that is hidden from `by` and one that does not exist answer alike. Raises: PaperNotFound."""
    paper = Paper.objects.select_related("case__person", "evidence", "office").filter(pk=pk).first()
    if paper is None or not _may_read(paper, by):
        raise PaperNotFound
    return paper


def _may_read(paper: Paper, by: User) -> bool:
    if paper.case is None:
        return by.kind == User.Kind.STAFF and paper.office_id in offices_where(by, DELIVER)
    return visible_papers(paper.case, by=by).filter(pk=paper.pk).exists()


def may_read_evidence(evidence: Evidence, *, by: User) -> bool:
    """Whether `by` may read a file: if it is a paper's, as the paper may be read; what is no paper is for whom it was sent to."""
    paper = Paper.objects.select_related("case", "office").filter(evidence=evidence).first()
    return paper is None or _may_read(paper, by)


def paper_of_code(typed: str) -> Paper | None:
    """What anyone may learn of a paper: found by the code printed on it, as a person types it. Raises: CheckCodeWrong."""
    return _known().filter(check_code=read_check_code(typed)).first()


def paper_of_bytes(pdf: bytes) -> Paper | None:
    """The paper whose very bytes these are."""
    return _known().filter(sha256=sha256(pdf).hexdigest()).first()


def _known() -> QuerySet[Paper]:
    return Paper.objects.select_related("office", "superseded_by").prefetch_related("amendments")


def signature_in(pdf: bytes, paper: Paper | None) -> Validation:
    """What the signature of a PDF is worth, at the instant at which the paper it claims to be was issued. A stranger's file is no error."""
    if paper is None:
        return validate(pdf, all_roots(), moment=moment.now())
    return validate(pdf, roots_of(paper.office.code), moment=paper.issued_at)


def all_roots() -> list[x509.Certificate]:
    """The certificates trusted for any office of this installation, each once."""
    folder = authority_folder()
    codes = sorted(home.name for home in folder.iterdir() if home.name[0] != ".") if folder.is_dir() else []
    return list({root.fingerprint(SHA256()): root for code in codes for root in roots_of(code)}.values())


def roots_of(code: str) -> list[x509.Certificate]:
    """The certificates trusted for the papers of the office with this code; none where its authority is missing."""
    try:
        return load(authority_folder() / code).chain[-1:]
    except AuthorityMissing:
        return []
