"""Reading reports, and who may see which."""

from datetime import datetime

from django.db.models import Q, QuerySet

from gongjian.accounts.models import Office, User
from gongjian.accounts.queries import offices_where, windows_where
from gongjian.accounts.roles import DEATHS
from gongjian.applications.queries import owns
from gongjian.applications.rules import Capacity
from gongjian.cases.models import Case, StaffRecusal
from gongjian.cases.queries import open_to, reads_health
from gongjian.cases.queries import visible_to as visible_cases
from gongjian.cases.queries.sides import Side
from gongjian.deaths.errors import ReportNotFound
from gongjian.deaths.models import EarlyEvidence, Report, ReportPaper
from gongjian.deaths.rules import Hours, hours_lived, report_by
from gongjian.kernel import moment
from gongjian.kernel.frame import MOST_COUNTED
from gongjian.law.clock import Deadline
from gongjian.law.recognition.standing import TimeLimit, time_limits
from gongjian.parties.queries import employers_of
from gongjian.recognition.queries import application_of, bureaus
from gongjian.recognition.queries.joining import voices_of
from gongjian.recognition.rules import standing_of
from gongjian.recognition.states import RECOGNITION

A_PAGE = 50
WAITING = Q(case=None, closed_at=None)


def visible_to(user: User) -> QuerySet[Report]:
    """Reports `user` may see: the bureau's handlers those of their office or window, an employer's account those its side made.

    From whose case somebody keeps away, of that person they see no report. What others told the employer does not read.
    """
    rows = Report.objects.select_related("office", "employer", "case", "entered_by")
    if not user.is_authenticated or not user.is_active:
        return rows.none()
    if user.kind == User.Kind.STAFF:
        mine = Q(office_id__in=offices_where(user, DEATHS)) | Q(window_id__in=windows_where(user, DEATHS))
        return _open_to(rows.filter(mine), user)
    return rows.filter(employer__in=employers_of(user), reporter=Report.Reporter.EMPLOYER)


def _open_to(rows: QuerySet[Report], user: User) -> QuerySet[Report]:
    """Without what is about the member of staff themself, or about the person of a case from which they keep away, linked or not yet. Law: 令55 art. 28."""
    recused = StaffRecusal.objects.filter(user=user, decision=StaffRecusal.Decision.GRANTED)
    people = recused.values("case__person__id_index")
    found = open_to(rows, user, at="case").exclude(id_index__in=people)
    return found.exclude(id_index=user.id_index) if user.id_index else found


def report_for(pk: int, *, by: User) -> Report:
    """One report: also for who reads about health in the case it belongs to. Hidden and missing answer alike. Raises: ReportNotFound."""
    found = visible_to(by).filter(pk=pk).first() or _in_file(pk, by)
    if found is None:
        raise ReportNotFound
    return found


def _in_file(pk: int, user: User) -> Report | None:
    rows = Report.objects.select_related("office", "employer", "case__office", "entered_by")
    found = rows.filter(pk=pk, case__in=visible_cases(user)).first() if user.kind == User.Kind.STAFF else None
    return found if found and found.case and reads_health(user, found.case) else None


def offices_here(user: User) -> list[Office]:
    """The bureaus for which `user` takes reports in."""
    return [office for office in bureaus() if user.holds(DEATHS, office)]


def handles(user: User, report: Report) -> bool:
    """Whether `user` acts on a report: of the posts that do, and not one who only reads it in the file of a case."""
    return user.holds(DEATHS, report.office_id) and visible_to(user).filter(pk=report.pk).exists()


def waiting(user: User, *, after: tuple[datetime, int] | None = None, size: int = 0) -> list[Report]:
    """What waits for a case or a word, oldest first: one query, one index. after: (instant, id) of the row before."""
    rows = visible_to(user).filter(WAITING)
    if after:
        at, pk = after
        rows = rows.filter(Q(reported_at__gt=at) | Q(reported_at=at, pk__gt=pk))
    return list(rows.order_by("reported_at", "id")[: size or A_PAGE])


def how_many_wait(user: User) -> int:
    """How many wait, counted as far as a navigation shows."""
    return visible_to(user).filter(WAITING).values("pk")[: MOST_COUNTED + 1].count()


def settled(user: User, *, before: int = 0, size: int = 0) -> list[Report]:
    """What has a case or was closed, newest first: one query. before: id of the row before."""
    rows = visible_to(user).exclude(WAITING)
    return list((rows.filter(pk__lt=before) if before else rows).order_by("-id")[: size or A_PAGE])


def reported_by(user: User) -> list[Report]:
    """What the employers of an account have reported, newest first."""
    return list(visible_to(user).order_by("-id")[:A_PAGE])


def others_about(report: Report, *, by: User) -> list[Report]:
    """Other reports about the same person that `by` sees, oldest first: two voices about one death stand side by side."""
    return list(visible_to(by).filter(id_index=report.id_index).exclude(pk=report.pk).order_by("reported_at", "id"))


def cases_about(report: Report, *, by: User) -> list[Case]:
    """Recognitions of the same person that `by` sees, newest first: found by the document's number, whatever name was written."""
    rows = visible_cases(by).filter(procedure=RECOGNITION, person__id_index=report.id_index)
    return list(rows.select_related("person", "office").order_by("-received_at", "-id")[:A_PAGE])


def reports_about(case: Case, *, by: User) -> list[Report]:
    """What belongs to the file of a case or is about its person, for who reads about health there or handles reports. Two queries at most."""
    own = Q(case=case) if reads_health(by, case) else Q(pk__in=visible_to(by).filter(case=case).values("pk"))
    unlinked = Q(pk__in=visible_to(by).filter(WAITING, id_index=case.person.id_index).values("pk"))
    return list(
        Report.objects.select_related("employer", "office").filter(own | unlinked).order_by("reported_at", "id")
    )


def papers_of(report: Report, *, by: User) -> QuerySet[ReportPaper]:
    """The papers of a report in their order; an employer reads those it has handed in, not what others brought about the dead person's health.

    Law: 个保法 art. 28, 49.
    """
    rows = report.papers.select_related("evidence").order_by("pk")
    if by.kind == User.Kind.STAFF:
        return rows
    return rows.filter(Q(by__kind=User.Kind.APPLICANT) | Q(at=report.entered_at))


def paper_for(report: Report, pk: int, *, by: User) -> ReportPaper:
    """One paper of a report that `by` reads. Raises: ReportNotFound."""
    found = papers_of(report, by=by).filter(pk=pk).first()
    if found is None:
        raise ReportNotFound
    return found


def notes_of(report: Report) -> QuerySet[EarlyEvidence]:
    """Early evidence, oldest first."""
    return report.notes.select_related("by").order_by("pk")


def applied_for(report: Report, *, by: User) -> Case | None:
    """The application that `by` need not make again: for staff whichever there is, for an employer's account that of its own side.

    What the worker's side has applied for stops no employer, whose duty and days are its own, and is told only to who sees that case.
    Law: 条例 art. 17; 令8 art. 4, 5, 15.
    """
    if by.kind == User.Kind.STAFF:
        return report.applied_as
    begun = report.draft.case if report.draft else None
    if begun and report.draft and owns(by, report.draft):
        return begun
    return next((case for case in (begun, report.case) if case and _employer_has_applied(case, by)), None)


def others_applied(report: Report, *, by: User) -> Case | None:
    """The case of the other side to which an employer's report was linked, where its account sees that case."""
    if by.kind == User.Kind.STAFF or report.case is None or applied_for(report, by=by):
        return None
    return visible_cases(by).filter(pk=report.case.pk).first()


def _employer_has_applied(case: Case, by: User) -> bool:
    told = [application_of(case), *voices_of(case)]
    return any(each.side == Side.EMPLOYER for each in told) and visible_cases(by).filter(pk=case.pk).exists()


def limit_of(report: Report) -> Deadline:
    """How the day was worked out by which the employer should in principle report."""
    return report_by(moment.day_of(report.died_at), region=report.office.region)


def hours_of(report: Report) -> Hours | None:
    """The time between first diagnosis and death, with its working."""
    zone = moment.ZONE
    seen = report.first_seen_at.astimezone(zone) if report.first_seen_at else None
    return hours_lived(seen, report.died_at.astimezone(zone))


def limits_to_apply(report: Report) -> tuple[TimeLimit, ...]:
    """Until when the employer and the near relatives may apply, counted from the day of the illness, as the application will count it.

    Law: 条例 art. 17; 令8 art. 4, 5.
    """
    told = standing_of(
        applicant=Capacity.EMPLOYER,
        injured_on=moment.day_of(report.onset_at),
        applied_on=moment.today(),
        region=report.office.region,
    )
    return time_limits(told)
