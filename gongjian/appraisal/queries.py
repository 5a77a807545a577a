"""Reading applications, drafts and notices."""

from django.conf import settings
from django.db.models import QuerySet

from gongjian.accounts.models import Office, User
from gongjian.applications.asking import foundation_of, told_of
from gongjian.applications.models import Draft
from gongjian.applications.queries import held_about
from gongjian.applications.rules import Capacity
from gongjian.appraisal.entrusted import ENTRUSTED
from gongjian.appraisal.models import Application, Death, Refusal, SupplementNotice
from gongjian.appraisal.rules import normal_number
from gongjian.appraisal.states import State
from gongjian.appraisal.takeover import held_in
from gongjian.cases.models import Case
from gongjian.grading.parts import RecognisedPart, recognised_part
from gongjian.jurisdiction.queries import deciding_in
from gongjian.jurisdiction.rules import APPRAISAL
from gongjian.materials.catalog import RECOGNITION, Kind, Wanted, checklist
from gongjian.materials.queries import missing_kinds

ENTER = "appraisal.enter"
ENDED = (State.REFUSED, State.ABANDONED, State.WITHDRAWN, State.TERMINATED, State.DECEASED)
UNDER_CHECK = (State.SUBMITTED, State.SUPPLEMENT)


def application_of(case: Case) -> Application:
    """What was applied for. Raises: Application.DoesNotExist for a case of another procedure."""
    return Application.objects.select_related("receipt", "mandate").get(case=case)


def notice_of(case: Case) -> SupplementNotice | None:
    """The one notice of what is missing, if there was one."""
    return SupplementNotice.objects.select_related("paper").filter(case=case).first()


def refusal_of(case: Case) -> Refusal | None:
    """Why the application was not accepted, if it was not."""
    return Refusal.objects.select_related("paper", "competent").filter(case=case).first()


def death_of(case: Case) -> Death | None:
    """That the appraisee has died, if somebody has noted it."""
    return Death.objects.select_related("evidence", "paper").filter(case=case).first()


def telephone_after_death(case: Case) -> str:
    """The telephone of the relative who receives after the appraisee's death; "" while nobody has died."""
    death = death_of(case)
    return death.telephone if death else ""


def telephone_told(case: Case) -> str:
    """The telephone that came with what another committee entrusts to us, for that matter alone; "" for a case of our own."""
    told = Application.objects.filter(case=case).first() if case.procedure == ENTRUSTED else None
    return told.telephone if told else ""


def other_committees(case: Case) -> QuerySet[Office]:
    """The committees that could be competent instead of the case's own."""
    kinds = (Office.Kind.COMMITTEE, Office.Kind.PROVINCE)
    return Office.objects.filter(kind__in=kinds).exclude(pk=case.office_id).order_by("code")


def recognised_case_of(case: Case) -> Case | None:
    """The recognition of this installation that an appraisal stands on; None for a case of another procedure, too."""
    found = Application.objects.filter(case=case).select_related("recognised_case").first()
    return found.recognised_case if found else None


def treating(case: Case) -> tuple[str, str]:
    """(hospital, department) that treated the person, "" where unknown: their experts keep away (令55 art. 28)."""
    found = Application.objects.filter(case=case).values_list("hospital", "department").first()
    return found or ("", "")


def recognised_parts(case: Case) -> list[RecognisedPart]:
    """The parts that the recognition decision names; none for a case without an application of ours."""
    told = Application.objects.filter(case=case).values_list("recognised_parts", flat=True).first() or []
    return parts_told(told)


def parts_told(told: list[str]) -> list[RecognisedPart]:
    """Parts from their written form "code" or "code:side"."""
    return [recognised_part(code, side) for code, _, side in (each.partition(":") for each in told)]


def same_injury(case: Case) -> Case | None:
    """An earlier case of the same person on the same recognition decision that is still open or was concluded, if there is one.

    Of two that are open, the one received first is the earlier one; what was withdrawn, given up or terminated stands in nobody's way.
    Law: 令55 art. 5, 7 (one first appraisal); 条例 art. 23.
    """
    number = normal_number(application_of(case).recognition_number)
    others = Case.objects.filter(person__id_index=case.person.id_index, procedure=case.procedure).exclude(pk=case.pk)
    told = others.exclude(passages__end__in=ENDED).select_related("application", "office").order_by("received_at", "id")
    same = [other for other in told if normal_number(other.application.recognition_number) == number]
    beyond = [other for other in same if other.state not in UNDER_CHECK or _first(other, case)]
    return beyond[0] if beyond else None


def _first(other: Case, case: Case) -> bool:
    return (other.received_at, other.pk) < (case.received_at, case.pk)


def missing_papers(case: Case) -> list[Kind]:
    """The required papers that a case does not hold. Law: 令55 art. 9, 10."""
    application = application_of(case)
    return missing_kinds(case, capacity=application.applicant_kind, channel=application.channel)


def checklist_of(draft: Draft) -> tuple[Wanted, ...]:
    """What this draft is asked to hand in; what the platform holds about the person already is left out."""
    capacity = told_of(draft).get("applicant", {}).get("capacity", Capacity.WORKER)
    held = held_about(draft) | ({RECOGNITION} if foundation_of(draft) else set())
    return checklist(capacity=capacity, channel=draft.channel, held=held, taken_over=held_in(draft))


def committees() -> QuerySet[Office]:
    """The offices that decide first appraisals in this installation's region today, by the table or by their place (令55 art. 5)."""
    if entered := deciding_in(APPRAISAL, settings.REGION):
        return entered
    offices = Office.objects.filter(kind=Office.Kind.COMMITTEE)
    own = offices.filter(region=settings.REGION)
    return own.order_by("code") if own.exists() else offices.order_by("code")


def windows_of(user: User) -> list[Office]:
    """The committees for which `user` may enter paper applications."""
    committees_here = Office.objects.filter(kind=Office.Kind.COMMITTEE).order_by("code")
    return [office for office in committees_here if user.holds(ENTER, office)]
