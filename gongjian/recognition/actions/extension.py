"""More time for the employer to apply, by approval. Law: 条例 art. 17; 令8 art. 4."""

from datetime import date

from django.db import transaction

from gongjian.accounts.models import Office, User
from gongjian.cases.errors import NotYours, ReasonMissing
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.kernel.outbox.actions import send
from gongjian.kernel.outbox.states import Channel
from gongjian.law.clock import deadline, longest_extension
from gongjian.law.limits import limit
from gongjian.parties.models import Employer
from gongjian.recognition.errors import ExtensionPeriodWrong
from gongjian.recognition.models import EmployerExtension

LIMIT, EXTEND = "WI-EMP-APPLY", "recognition.extend"
MOST = 365
"""No text sets a number for the nation; nobody is given more than a year by mistake of a key."""


@transaction.atomic
def grant_extension(
    office: Office, employer: Employer, *, worker_name: str, injured_on: date, days: int, reason: str, by: User
) -> EmployerExtension:
    """Give an employer more days for one injury, while its time has not run out; its own accounts are told.

    Law: 条例 art. 17; 令8 art. 4 (special circumstances, approval). Raises: NotYours, ReasonMissing, ExtensionPeriodWrong.
    """
    if not by.holds(EXTEND, office):
        raise NotYours(act="延长用人单位申请时限")
    if not reason.strip():
        raise ReasonMissing
    today, rule = moment.today(), limit(LIMIT)
    local = longest_extension(rule, on=injured_on, region=office.region)
    most, due = local.number if local else MOST, deadline(LIMIT, injured_on, region=office.region).due
    if not 1 <= days <= most or today > due:
        raise ExtensionPeriodWrong(most=most, due=due)
    row = EmployerExtension.objects.create(
        office=office,
        employer=employer,
        worker_name=worker_name.strip(),
        injured_on=injured_on,
        days=days,
        reason=reason.strip(),
        granted_on=today,
        by=by,
    )
    record(f"office:{office.code}", "recognition.extended", by=by, extension=row.pk, days=days)
    _tell(row)
    return row


def _tell(row: EmployerExtension) -> None:
    """The employer's own accounts learn of it."""
    context = {"office": row.office.name, "days": row.days, "injured": f"{row.injured_on:%Y-%m-%d}"}
    for user in row.employer.users.order_by("pk"):
        send(
            key=f"recognition-extension/{row.pk}/{user.pk}", channel=Channel.INBOX, user=user,
            template="recognition.extension", context=context, chain="", by_office=row.office.code,
        )  # fmt: skip
