"""Issuing papers: numbered, rendered, signed, stored and noted in one transaction, so that a failed issue gives its number back."""

import io
import os
import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import transaction

from gongjian.accounts.models import Office, User
from gongjian.cases.models import Case
from gongjian.cases.numbers import next_number
from gongjian.kernel import moment
from gongjian.kernel.evidence.actions import store
from gongjian.kernel.ledger.actions import record
from gongjian.papers import after
from gongjian.papers.authority import ensure_office
from gongjian.papers.check import check_code
from gongjian.papers.errors import OfficeUnreachable, SupersededAlready
from gongjian.papers.forms.base import Imprint, IssuedPaper
from gongjian.papers.kinds import Kind, kind_of, number_text
from gongjian.papers.models import Paper, Release
from gongjian.papers.render import Renderer, renderer
from gongjian.papers.sign import LocalProvider, SignatureProvider

Form = Callable[..., IssuedPaper]
"""A record of `papers.forms`, filled in except for its imprint: `partial(AcceptanceNotice, recipient=…, …)`."""
IN_FORCE = moment.at(date(2025, 7, 1))
"""Since when 令55 is in force: certificates of the demo authority are valid from then, so that a demo told in the past validates."""
NOT_YET = "000000000000"
"""Check code of what has not been issued: it leads nowhere."""


@transaction.atomic
def issue(
    kind: str,
    *,
    case: Case | None,
    office: Office,
    form: Form,
    by: User | None,
    recipient: str = "",
    amends: Paper | None = None,
) -> Paper:
    """Issue one paper of `kind` under the office's next number; the form gets its `imprint` here. amends: the paper that it corrects.

    Whatever can be refused without a number is refused before one is taken: others wait for the number until this transaction ends.
    Raises: KindUnknown, OfficeUnreachable, PaperFieldMissing, PaperFieldWrong, GlyphMissing, TemplateBroken, SigningFailed,
    AuthorityMissing, NotStored.
    """
    told, now, year = kind_of(kind), moment.now(), moment.today().year
    form(imprint=imprint_of(office, told, year=year, sequence=1, code=NOT_YET))
    provider, code = signature_of(office), check_code(os.urandom(8))
    sequence = next_number(office, f"paper.{kind}", year)
    imprint = imprint_of(office, told, year=year, sequence=sequence, code=code)
    signed = provider.sign(the_renderer().render(form(imprint=imprint), at=now), at=now, reason=told.title)
    evidence = store(io.BytesIO(signed), name=f"{told.title}.pdf", by=by)
    paper = Paper.objects.create(
        case=case,
        office=office,
        kind=kind,
        series=told.series,
        year=year,
        sequence=sequence,
        number=imprint.number,
        title=told.title,
        recipient=recipient,
        evidence=evidence,
        sha256=evidence.sha256,
        check_code=code,
        issued_at=now,
        issued_by=by,
        amends=amends,
    )
    chain = case.chain if case else f"office:{office.code}"
    record(chain, "paper.issued", by=by, kind=kind, number=paper.number, sha256=paper.sha256)
    after.tell(paper)
    return paper


def drafted(kind: str, *, office: Office, form: Form) -> bytes:
    """The PDF of a paper that is not issued: watermarked, without number, seal, signature and code.

    Raises: as `issue`, except for what concerns signing and storing.
    """
    imprint = imprint_of(office, kind_of(kind), year=moment.today().year, sequence=1, code=NOT_YET, number="（草稿）")
    return the_renderer().render(form(imprint=imprint), at=moment.now(), draft=True)


@transaction.atomic
def supersede(paper: Paper, successor: Paper, *, by: User | None) -> None:
    """Let a corrected paper take the place of one that was issued; its public check page says so. Raises: SupersededAlready.

    Law: 令55 art. 31 (conclusions with serious errors are corrected).
    """
    if not Paper.objects.filter(pk=paper.pk, superseded_by=None).update(superseded_by=successor):
        raise SupersededAlready(number=paper.number)
    paper.superseded_by = successor
    chain = paper.case.chain if paper.case else f"office:{paper.office.code}"
    record(chain, "paper.superseded", by=by, number=paper.number, successor=successor.number)


@transaction.atomic
def release(paper: Paper, side: str) -> None:
    """Let one side read a paper that was served on it. A second time changes nothing."""
    Release.objects.get_or_create(paper=paper, side=side, defaults={"at": moment.now()})


def imprint_of(office: Office, kind: Kind, *, year: int, sequence: int, code: str, number: str = "") -> Imprint:
    """The imprint of an office's paper. number: instead of the one made from the sequence. Raises: OfficeUnreachable."""
    if not (office.address.strip() and office.telephone.strip()):
        raise OfficeUnreachable(office=office.name)
    return Imprint(
        office=office.name,
        number=number or number_text(kind, mark=mark_of(office.name), year=year, sequence=sequence),
        issued_on=moment.today(),
        address=office.address,
        telephone=office.telephone,
        check_base=settings.SITE_URL,
        check_code=code,
        seal_caption=kind.seal,
    )


def mark_of(name: str) -> str:
    """An office's own sign in its paper numbers: 云溪市劳动能力鉴定委员会 → 云溪劳鉴."""
    place = re.split(r"劳动能力|人力资源|社会保险", name)[0]
    return re.sub(r"(省|市|县|区)$", "", place) + ("劳鉴" if "劳动能力" in name else "人社")


def the_renderer() -> Renderer:
    """The renderer with the fonts of the settings; kept by the process."""
    return renderer(*map(Path, settings.PAPER_FONTS))


def authority_folder() -> Path:
    """Where the signing keys of this installation lie."""
    return Path(settings.GONGJIAN_HOME) / "authority"


def signature_of(office: Office) -> SignatureProvider:
    """Who signs for an office: its key in the folder `authority` of the installation, made on first use, and kept until it is replaced."""
    folder = authority_folder()
    certificate = folder / office.code / "certificate.pem"
    if not certificate.exists():
        ensure_office(folder, office.code, office.name, at=min(moment.now(), IN_FORCE))
    return _provider(certificate.parent, certificate.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _provider(home: Path, changed: int) -> LocalProvider:
    return LocalProvider.of(home)
