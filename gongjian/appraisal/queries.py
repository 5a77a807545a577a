"""Reading applications, drafts and notices."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from gongjian.accounts.models import Office, User
from gongjian.accounts.queries import windows_at
from gongjian.applications.rules import Capacity
from gongjian.appraisal.errors import DraftNotFound, NotTheApplicant
from gongjian.appraisal.models import Application, Death, Draft, Refusal, SupplementNotice
from gongjian.appraisal.rules import normal_number
from gongjian.appraisal.states import State
from gongjian.cases.models import Case
from gongjian.cases.queries import speaks_for
from gongjian.grading.parts import RecognisedPart, recognised_part
from gongjian.kernel.fields import blind_index
from gongjian.law.errors import RuleError
from gongjian.law.identity import IdType, check_document
from gongjian.materials.catalog import Kind, Wanted, checklist
from gongjian.materials.queries import held_kinds, missing_kinds
from gongjian.parties.models import Person

ENTER = "appraisal.enter"
ENDED = (State.REFUSED, State.ABANDONED, State.WITHDRAWN, State.TERMINATED, State.DECEASED)
UNDER_CHECK = (State.SUBMITTED, State.SUPPLEMENT)


def drafts_of(user: User) -> QuerySet[Draft]:
    """What `user` is still writing, latest first."""
    return user.drafts.filter(case=None, dropped_at=None).order_by("-updated_at")


def draft_for(token: str, *, by: User) -> Draft:
    """One draft, submitted or not. One of somebody else and one that does not exist answer alike. Raises: DraftNotFound."""
    drafts = Draft.objects.select_related("office", "case").filter(dropped_at=None)
    found = drafts.filter(token=token).first() if token.isprintable() else None
    if found is None or not owns(by, found):
        raise DraftNotFound
    return found


def owns(user: User, draft: Draft) -> bool:
    """Whether the draft is `user`'s to go on with: their own, or for a clerk any of their window's."""
    if not user.is_active:
        return False
    return draft.user_id == user.pk or (draft.channel == "window" and _at_the_same_window(user, draft))


def _at_the_same_window(user: User, draft: Draft) -> bool:
    """Clerks of the office go on with any draft of its windows, those of a county's window with its own."""
    mine = windows_at(user, ENTER, draft.office_id)
    return None in mine or not mine.isdisjoint(windows_at(draft.user, ENTER, draft.office_id))


def window_of(user: User, office: Office) -> Office | None:
    """The county's window at which `user` receives papers for an office; None: at the office itself."""
    found = windows_at(user, ENTER, office.pk)
    counties = [pk for pk in found if pk is not None]
    return None if None in found else Office.objects.filter(pk__in=counties).order_by("pk").first()


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


def other_committees(case: Case) -> QuerySet[Office]:
    """The committees that could be competent instead of the case's own."""
    kinds = (Office.Kind.COMMITTEE, Office.Kind.PROVINCE)
    return Office.objects.filter(kind__in=kinds).exclude(pk=case.office_id).order_by("code")


def acts_for_applicant(user: User, case: Case) -> bool:
    """Whether `user` stands on the side that applied: who applied, and the worker for whom a relative or an agent did (令55 art. 8, 10)."""
    application = Application.objects.select_related("mandate").filter(case=case).first()
    if application is None:  # a case of another procedure: who is written down as its applicant
        return case.parties.filter(user=user, is_applicant=True).exists()
    return speaks_for(user, case, application.side)


def must_act_for_applicant(case: Case, *, by: User) -> None:
    """Refuse whoever is not on the side that applied. Raises: NotTheApplicant."""
    if not acts_for_applicant(by, case):
        raise NotTheApplicant


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
    capacity = draft.told.get("applicant", {}).get("capacity", Capacity.WORKER)
    return checklist(capacity=capacity, channel=draft.channel, held=held_about(draft))


def held_about(draft: Draft) -> set[str]:
    """Kinds held already about the draft's person; told only to that person themselves and to the window."""
    person = person_told(draft.told)
    if person is None or (draft.channel == "online" and person.user_id != draft.user_id):
        return set()
    return held_kinds(person.pk)


def person_told(told: dict[str, dict[str, Any]]) -> Person | None:
    """The known person whose document number and name a draft names."""
    answers = told.get("person", {})
    try:
        number = check_document(IdType(answers.get("id_type", "")), str(answers.get("id_number", "")))
    except (RuleError, ValueError):
        return None
    same = Person.objects.filter(id_index=blind_index(number, "id_number"), name=str(answers.get("name", "")).strip())
    return same.order_by("provisional").first()


def committees() -> QuerySet[Office]:
    """The offices that decide first appraisals, the one of this installation's region first (令55 art. 5)."""
    offices = Office.objects.filter(kind=Office.Kind.COMMITTEE)
    own = offices.filter(region=settings.REGION)
    return own.order_by("code") if own.exists() else offices.order_by("code")


def windows_of(user: User) -> list[Office]:
    """The committees for which `user` may enter paper applications."""
    committees_here = Office.objects.filter(kind=Office.Kind.COMMITTEE).order_by("code")
    return [office for office in committees_here if user.holds(ENTER, office)]
