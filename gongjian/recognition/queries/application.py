"""Reading applications: what was told, what is missing, how the time limits stand."""

from datetime import date

from django.conf import settings
from django.db.models import QuerySet

from gongjian.accounts.models import Office, User
from gongjian.applications.rules import Capacity
from gongjian.cases.models import Case
from gongjian.jurisdiction.queries import deciding_in
from gongjian.jurisdiction.rules import RECOGNITION
from gongjian.kernel import moment
from gongjian.law.recognition.answers import Answers
from gongjian.materials.catalog import KINDS, Kind
from gongjian.materials.queries import given_kinds as kinds_in
from gongjian.recognition.models import Application, EmployerExtension, SupplementNotice
from gongjian.recognition.queries.extension import extension_of
from gongjian.recognition.queries.joining import papers_in_file, voices_of
from gongjian.recognition.rules import is_in_time, required_kinds, standing_of

ENTER = "recognition.enter"


def application_of(case: Case) -> Application:
    """What was applied for. Raises: Application.DoesNotExist for a case of another procedure."""
    return Application.objects.select_related("receipt", "mandate").get(case=case)


def notice_of(case: Case) -> SupplementNotice | None:
    """The one notice of what is missing, if there was one."""
    return SupplementNotice.objects.select_related("paper").filter(case=case).first()


def given_kinds(case: Case) -> set[str]:
    """The kinds of papers of which a page is on file, the other voice's with them."""
    return kinds_in(papers_in_file(case))


def missing_papers(case: Case) -> list[Kind]:
    """The required papers that are not on file. Law: 条例 art. 18; 令8 art. 6, 8."""
    told, given = application_of(case), given_kinds(case)
    by_relative = bool(told.giver_name)
    wanted = required_kinds(kind=told.kind, capacity=told.applicant_kind, channel=told.channel, by_relative=by_relative)
    return [KINDS[code] for code in wanted if code not in given]


def extension_for(case: Case) -> EmployerExtension | None:
    """More time that the employer was given for this injury. Law: 条例 art. 17."""
    if case.employer is None:
        return None
    told, employer = application_of(case), case.employer
    code, worker = employer.credit_code or "", case.person.name
    return extension_of(code=code, name=employer.name, worker=worker, injured_on=told.injured_on)


def standing(case: Case) -> Answers:
    """The answers about standing and time, as `law.recognition` reads them, on the day of receipt. Law: 条例 art. 17."""
    told, extension = application_of(case), extension_for(case)
    return standing_of(
        applicant=standing_kind(told),
        injured_on=told.injured_on,
        applied_on=received_on(case),
        region=case.office.region,
        not_counted=told.not_counted,
        extension=(extension.granted_on, extension.days) if extension else None,
    )


def in_time(case: Case) -> bool:
    """Whether anybody whose application is in the file is within the limit of its own side; who is late takes nothing from who is not.

    What the office starts by itself has no limit. Law: 条例 art. 17; 令8 art. 4, 5; 人社厅发〔2018〕104号 二（四）.
    """
    return any(_in_its_time(each) for each in (case, *(voice.case for voice in voices_of(case))))


def _in_its_time(case: Case) -> bool:
    return application_of(case).applicant_kind == Capacity.OFFICE or is_in_time(standing(case))


def standing_kind(told: Application) -> str:
    """Whose limit counts: an agent's is that of who gave the power, the worker's where nobody applied."""
    if told.applicant_kind == Capacity.OFFICE:
        return Capacity.WORKER
    return "employer" if told.side == "employer" else told.applicant_kind


def received_on(case: Case) -> date:
    """The day on which the application came."""
    return case.received_at.astimezone(moment.ZONE).date()


def bureaus() -> QuerySet[Office]:
    """The offices that decide recognitions."""
    return Office.objects.filter(kind=Office.Kind.HRSS).order_by("code")


def bureaus_here() -> QuerySet[Office]:
    """The offices that decide recognitions in this installation's region today, by the table or by their place. Law: 条例 art. 17."""
    if entered := deciding_in(RECOGNITION, settings.REGION):
        return entered
    own = bureaus().filter(region=settings.REGION)
    return own if own.exists() else bureaus()


def windows_of(user: User) -> list[Office]:
    """The bureaus for which `user` may enter applications."""
    return [office for office in bureaus() if user.holds(ENTER, office)]
