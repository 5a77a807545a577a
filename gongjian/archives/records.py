"""Which tables tell the story of a case, and how their rows are written down for good.

Every table that names a case stands here or in `NOT_KEPT`: a test asks, so that no later room is forgotten.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

from gongjian.cases.models import Case
from gongjian.kernel.outbox.queries import messages_of

KEPT = {
    "cases.Case": "pk",
    "cases.CaseParty": "case",
    "cases.Passage": "case",
    "cases.CaseLimit": "case",
    "cases.LimitChange": "limit__case",
    "cases.Obligation": "case",
    "cases.CaseDuty": "case",
    "cases.StaffRecusal": "case",
    "parties.Person": "cases",
    "parties.Employer": "cases",
    "appraisal.Application": "case",
    "appraisal.SupplementNotice": "case",
    "recognition.Application": "case",
    "recognition.SupplementNotice": "case",
    "recognition.Transfer": "case",
    "recognition.Plan": "case",
    "recognition.Answer": "case",
    "recognition.EvidenceNotice": "case",
    "recognition.Interview": "case",
    "recognition.InterviewPage": "interview__case",
    "recognition.SiteRecord": "case",
    "recognition.SitePhoto": "record__case",
    "recognition.Suspension": "case",
    "recognition.TrackChoice": "case",
    "recognition.Proposal": "case",
    "recognition.Sentence": "proposal__case",
    "recognition.Support": "sentence__proposal__case",
    "recognition.Review": "proposal__case",
    "recognition.Decision": "case",
    "recognition.Joining": "case",
    "recognition.Accident": "victims__case",
    "recognition.Victim": "case",
    "recognition.SharedEvidence": "accident__victims__case",
    "recognition.Remedy": "case",
    "recognition.Revision": "case",
    "deaths.Report": "case",
    "deaths.ReportPaper": "report__case",
    "deaths.EarlyEvidence": "report__case",
    "appraisal.Refusal": "case",
    "appraisal.Death": "case",
    "appraisal.EmployerLink": "case",
    "materials.Material": "case",
    "materials.MaterialPage": "material__case",
    "papers.Paper": "case",
    "papers.Release": "paper__case",
    "kits.KitCase": "case",
    "sittings.ModeWish": "case",
    "sittings.AddressChange": "wish__case",
    "sittings.Collective": "listed__case",
    "sittings.Listed": "case",
    "sittings.Sitting": "bookings__case",
    "sittings.Booking": "case",
    "sittings.Presence": "booking__case",
    "sittings.Reschedule": "case",
    "sittings.Absence": "booking__case",
    "sittings.Termination": "case",
    "sittings.QueueEntry": "booking__case",
    "sittings.Skip": "entry__booking__case",
    "remote.RemoteRoom": "booking__case",
    "remote.RemoteSeat": "room__booking__case",
    "recordings.Consent": "booking__case",
    "recordings.Recording": "booking__case",
    "recordings.Chunk": "recording__booking__case",
    "recordings.Mark": "recording__booking__case",
    "recordings.Playback": "recording__booking__case",
    "recordings.Hold": "recording__booking__case",
    "recordings.Request": "case",
    "draws.Recusal": "case",
    "draws.ChangeRequest": "case",
    "draws.Arrival": "booking__case",
    "draws.Departure": "arrival__booking__case",
    "opinions.Assignment": "case",
    "opinions.Round": "case",
    "opinions.Vote": "round__case",
    "opinions.Reopening": "round__case",
    "opinions.Deliberation": "case",
    "opinions.View": "deliberation__case",
    "opinions.Entrusted": "case",
    "conclusions.Review": "case",
    "conclusions.Conclusion": "case",
    "delivery.Delivery": "case",
    "delivery.Attempt": "delivery__case",
    "delivery.Proof": "attempt__delivery__case",
    "delivery.Correction": "delivery__case",
    "delivery.Consent": "case",
    "delivery.CopySent": "case",
    "delivery.SecondAppraisal": "delivery__case",
    "exchange.Matter": "case",
    "exchange.Posted": "matter__case",
    "exchange.Enclosure": "letter__matter__case",
    "authenticity.Inquiry": "case",
    "authenticity.Comparison": "case",
    "authenticity.Remark": "comparison__case",
    "jurisdiction.HandedOver": "case",
    "jurisdiction.SetAside": "case",
}
"""Table → the way from it to its case."""
NOT_KEPT = {
    "cases.Consultation": "who, when and what for is in the case's chain; the reason in words may name who complained (令8 art. 15)",
    "applications.Draft": "what was written before the application was handed in; the application itself is kept",
    "claims.Claim": "the agency's own business, begun after the case has ended: its package and its answers are the agency's file",
    "scheduling.Placement": "which day the planner proposed and a person changed; the booking that came of it is kept",
    "conclusions.SigningItem": "how a signer worked through a list; each signature is kept with its conclusion",
    "archives.Archive": "written after the package, about it",
}


class Writer:
    """Writes rows as plain values and remembers which users they name."""

    def __init__(self) -> None:
        self.users: set[int] = set()

    def records(self, case: Case) -> dict[str, dict[str, list[dict[str, Any]]]]:
        """room → table → rows, all about one case, in the order in which they were written."""
        found: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(dict)
        for label, rows in _rows(case):
            room, table = label.split(".")
            if written := [self.plain(row) for row in rows]:
                found[room][table] = written
        return dict(found)

    def plain(self, row: models.Model) -> dict[str, Any]:
        """One row: each field by its name, opened if it was encrypted; a choice also in words."""
        told: dict[str, Any] = {}
        for field in row._meta.concrete_fields:
            value = getattr(row, field.attname)
            told[field.attname] = plain_value(value)
            if field.choices and value not in ("", None):
                told[f"{field.attname}_text"] = str(getattr(row, f"get_{field.name}_display")())
            if value is not None and _is_user(field):
                self.users.add(value)
        return told


def plain_value(value: Any) -> Any:
    """A value as JSON can say it; instants in UTC."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _rows(case: Case) -> Iterator[tuple[str, Iterable[models.Model]]]:
    for label, way in KEPT.items():
        model = apps.get_model(label)
        yield label, model._default_manager.filter(**{way: case.pk}).order_by("pk").distinct()
    yield "kernel.Message", messages_of(case.chain)


def _is_user(field: "models.Field[Any, Any]") -> bool:
    related = field.remote_field.model if field.remote_field else None
    return related is not None and related._meta.label == settings.AUTH_USER_MODEL
