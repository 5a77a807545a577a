"""Issuing papers: numbered, rendered, signed, stored and noted in one transaction, so that a failed issue gives its number back."""

import io
import os
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import transaction

from gongjian.accounts.models import Office, User
from gongjian.cases.models import Case
from gongjian.cases.numbers import next_number
from gongjian.kernel import moment
from gongjian.kernel.evidence.actions import store
from gongjian.kernel.ledger.actions import record
from gongjian.papers.authority import ensure_office
from gongjian.papers.check import check_code
from gongjian.papers.forms.base import Imprint, IssuedPaper
from gongjian.papers.kinds import Kind, kind_of, number_text
from gongjian.papers.models import Paper
from gongjian.papers.render import renderer
from gongjian.papers.sign import LocalProvider, SignatureProvider

Form = Callable[..., IssuedPaper]
"""A record of `papers.forms`, filled in except for its imprint: `partial(AcceptanceNotice, recipient=…, …)`."""


@transaction.atomic
def issue(kind: str, *, case: Case | None, office: Office, form: Form, by: User | None, recipient: str = "") -> Paper:
    """Issue one paper of `kind` under the office's next number; the form gets its `imprint` here.

    Raises: KindUnknown, PaperFieldMissing, PaperFieldWrong, GlyphMissing, TemplateBroken, SigningFailed, AuthorityMissing, NotStored.
    """
    told, now = kind_of(kind), moment.now()
    year = moment.today().year
    sequence = next_number(office, f"paper.{kind}", year)
    imprint = imprint_of(office, told, year=year, sequence=sequence)
    pdf = renderer().render(form(imprint=imprint), at=now)
    signed = signature_of(office).sign(pdf, at=now, reason=told.title)
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
        check_code=imprint.check_code,
        issued_at=now,
        issued_by=by,
    )
    chain = case.chain if case else f"office:{office.code}"
    record(chain, "paper.issued", by=by, kind=kind, number=paper.number, sha256=paper.sha256)
    return paper


def imprint_of(office: Office, kind: Kind, *, year: int, sequence: int) -> Imprint:
    """The imprint of an office's paper, with a fresh check code."""
    return Imprint(
        office=office.name,
        number=number_text(kind, mark=mark_of(office.name), year=year, sequence=sequence),
        issued_on=moment.today(),
        address=office.address or "见本机关公布的办公地址",
        telephone=office.telephone or "见本机关公布的咨询电话",
        check_base=settings.SITE_URL,
        check_code=check_code(os.urandom(8)),
    )


def mark_of(name: str) -> str:
    """An office's own sign in its paper numbers: 云溪市劳动能力鉴定委员会 → 云溪劳鉴."""
    place = re.split(r"劳动能力|人力资源|社会保险", name)[0]
    return re.sub(r"(省|市|县|区)$", "", place) + ("劳鉴" if "劳动能力" in name else "人社")


def signature_of(office: Office) -> SignatureProvider:
    """Who signs for an office: its key in the folder `authority` of the installation, made on first use."""
    return _local_provider(Path(settings.GONGJIAN_HOME) / "authority", office.code, office.name)


@cache
def _local_provider(folder: Path, code: str, name: str) -> LocalProvider:
    return LocalProvider(ensure_office(folder, code, name, at=moment.now()))
