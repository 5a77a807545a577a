"""What a recognition of this installation holds and an appraisal does not ask again: read there, not kept twice."""

from collections.abc import Iterable, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q

from gongjian.accounts.models import Office, User
from gongjian.applications.actions.drafts import draft_from
from gongjian.applications.asking import Settled, foundation_of
from gongjian.applications.models import Draft, Visit
from gongjian.applications.rules import Capacity
from gongjian.appraisal.errors import NotRecognisedHere
from gongjian.appraisal.models import Application
from gongjian.appraisal.states import INITIAL
from gongjian.cases.models import Case
from gongjian.cases.queries import visible_to
from gongjian.kernel.ledger.actions import record_reading
from gongjian.materials.catalog import IDENTITY, RECORDS, RELATION
from gongjian.papers.queries import visible_papers
from gongjian.parties.models import Person
from gongjian.recognition.corrected import (
    Line,
    day_corrected,
    of_place,
    parts_corrected,
    text_corrected,
    whole_corrected,
)
from gongjian.recognition.models import Application as Recognition
from gongjian.recognition.models import Decision
from gongjian.recognition.queries import decision_of
from gongjian.recognition.queries.remedies import corrections_of, lines_of
from gongjian.recognition.revising import PLACES
from gongjian.recognition.states import RECOGNITION, State

CARRIED = (IDENTITY, RECORDS)
"""Papers of the person that stay good: what came later is added to them. A diagnosis must be of today (令55 art. 9)."""
MOST = 20
OWN = (Capacity.WORKER, Capacity.EMPLOYER)
OF_THE_WORKER = (Capacity.WORKER, Capacity.RELATIVE)
STEP_OF = MappingProxyType(
    {
        "employer": "employer",
        "worker": "person",
        "id_number": "person",
        "days": "recognition",
        "parts": "injury",
        "treatment": "hospital",
    }
)
"""Place of a correction → step in which what it sets right is taken over."""
SERVED = (State.DELIVERED, State.EFFECTIVE, State.ARCHIVED)
FAVOURABLE = Q(
    recognition_decisions__outcome__in=("recognised", "deemed"),
    recognition_decisions__revoked_on=None,
    state__in=SERVED,
    procedure=RECOGNITION,
)


class Recognised(NamedTuple):
    """A case that was decided in favour, with the decision that stands."""

    case: Case
    decision: Decision


class Page(NamedTuple):
    """Some of the recognitions, newest first, and behind which case the rest follow; None: nothing follows."""

    rows: list[Recognised]
    after: int | None


def recognised_for(user: User, *, asked: str = "", after: int | None = None, size: int = MOST) -> Page:
    """The recognitions that a party can go on from: decided in favour, served on its side, newest first.

    asked: the beginning of a name or of the case's number, or the decision's number.
    """
    rows = visible_to(user).filter(FAVOURABLE).select_related("person").order_by("-id")
    rows = rows.filter(pk__lt=after) if after else rows
    if asked:
        decided = Q(recognition_decisions__paper__number=asked, recognition_decisions__revoked_on=None)
        rows = rows.filter(Q(person__name__startswith=asked) | Q(number__startswith=asked) | decided)
    found = list(rows.distinct()[: size + 1])
    more = found[size - 1].pk if len(found) > size else None
    return Page(recognised_among(found[:size], user), more)


def recognised_among(cases: Iterable[Case], user: User) -> list[Recognised]:
    """Those of some cases that a party can go on from."""
    found = [(case, _decision_for(case, user, "online")) for case in cases]
    return [Recognised(case, row) for case, row in found if row]


def recognised_of(person: Person) -> list[Recognised]:
    """The recognitions of a person who stands at the window with the document in hand, newest first. Law: 令55 art. 9 (shared information)."""
    found = Case.objects.filter(FAVOURABLE, person=person).select_related("person", "employer").order_by("-id")[:MOST]
    return [Recognised(case, row) for case in found if (row := decision_of(case))]


@transaction.atomic
def begin_from(case: Case, *, by: User, office: Office, channel: str = "online", visit: Visit | None = None) -> Draft:
    """Begin an appraisal upon a recognition: nothing it holds is asked. At the window, that it was read is on record.

    Law: 令55 art. 7, 9. Raises: NotRecognisedHere, WindowOnly.
    """
    if _decision_for(case, by, channel) is None:
        raise NotRecognisedHere
    draft = draft_from({}, by=by, office=office, procedure=INITIAL, channel=channel, founded_on=case, visit=visit)
    if channel == "window":
        record_reading(case.chain, by=by, what="工伤认定的信息，用于劳动能力鉴定申请")
    return draft


def settled(draft: Draft) -> Settled:
    """Step → field → what the recognition holds. Nothing once it fell, or once who writes may no longer read it. Law: 令55 art. 9."""
    case = draft.founded_on
    decision = _decision_for(case, draft.user, draft.channel) if case else None
    if case is None or decision is None:
        return {}
    told, lines = Recognition.objects.get(case=case), lines_of(corrections_of(decision))
    injured_on = day_corrected(told.injured_on, of_place(lines, "days"))
    found: dict[str, dict[str, Any]] = {
        "person": _person(draft, case, told, lines),
        "employer": _employer(case, told, lines),
        "recognition": {
            "recognition_number": decision.paper.number,
            "recognition_on": decision.decided_on.isoformat(),
            "injured_on": injured_on.isoformat() if injured_on else "",
        },
        "injury": {"parts": parts_corrected(_parts(decision, told), of_place(lines, "parts"))},
        "hospital": {"hospital": text_corrected(told.hospital, of_place(lines, "treatment"))},
    }
    return found | _applicant(draft, case, told, found["person"]["name"])


def corrections_told(draft: Draft, step: str) -> list[str]:
    """What corrections of the decision say about a step, each with its paper: they go before what was told. Numbers of documents are not repeated. Law: 令8 art. 19."""
    case = foundation_of(draft)
    decision = decision_of(case) if case else None
    rows = corrections_of(decision) if decision else []
    told = ((row, line) for row in rows for line in row.lines if STEP_OF.get(line["place"]) == step)
    return [_in_words(line, row.paper.number if row.paper else "") for row, line in told]


def _in_words(line: Line, number: str) -> str:
    place = PLACES[line["place"]]
    if line["place"] == "id_number":
        return f"{place}已更正（{number}）"
    return f"{place}：“{line['wrong']}”更正为“{line['right']}”（{number}）"


def carried_kinds(application: Application) -> tuple[str, ...]:
    """The papers that are taken over; the proof of kinship only where the same relative applies again."""
    case = application.recognised_case
    if case is None:
        return ()
    before = Recognition.objects.filter(case=case, applicant_kind=Capacity.RELATIVE).first()
    same = bool(before and before.applicant_name == application.applicant_name)
    return (*CARRIED, RELATION) if same and application.applicant_kind == Capacity.RELATIVE else CARRIED


def held_in(draft: Draft) -> set[str]:
    """Kinds of which the recognition holds pages that will be taken over."""
    case = foundation_of(draft)
    if case is None:
        return set()
    before = Recognition.objects.get(case=case)
    told = draft.told.get("applicant", {})
    again = told.get("capacity") == Capacity.RELATIVE == before.applicant_kind
    same = again and told.get("applicant_name") == before.applicant_name
    kinds = (*CARRIED, RELATION) if same else CARRIED
    rows = case.materials.filter(kind__in=kinds, pages__removed_at=None, pages__isnull=False)
    return set(rows.values_list("kind", flat=True))


def reached_before(draft: Draft) -> dict[str, str]:
    """Where papers reached the worker's side in the recognition: proposed at the window, for somebody else may stand there today."""
    case = foundation_of(draft)
    before = Recognition.objects.filter(case=case, applicant_kind__in=OF_THE_WORKER).first() if case else None
    if before is None or draft.channel != "window":
        return {}
    return {name: getattr(before, name) for name in ("delivery_name", "delivery_telephone", "delivery_address")}


def is_of_the_writer(draft: Draft) -> bool:
    """Whether who writes the draft told the recognition themselves, or is the window: then what was told is shown to them in full."""
    case = foundation_of(draft)
    return draft.channel == "window" or bool(
        case and Recognition.objects.filter(case=case, applicant=draft.user).exists()
    )


def _parts(decision: Decision, told: Recognition) -> list[str]:
    """The injured parts: as the decision names them, else as the application did. Law: 令8 art. 19; 令55 art. 13 (within what was recognised)."""
    named = decision.proposal.part_codes if decision.proposal else []
    return list(named or told.parts)


def _decision_for(case: Case, user: User, channel: str) -> Decision | None:
    """The decision that stands in favour and was served, if the window asks or it was served on the user's side."""
    decision = decision_of(case) if Case.objects.filter(FAVOURABLE, pk=case.pk).exists() else None
    return decision if decision and (channel == "window" or _is_theirs(decision, user)) else None


def _is_theirs(decision: Decision, user: User) -> bool:
    return visible_papers(decision.case, by=user).filter(pk=decision.paper_id).exists()


def _person(draft: Draft, case: Case, told: Recognition, lines: Sequence[Line]) -> dict[str, Any]:
    """Who was hurt. To the window and to themselves as they are reached today, to others as it was told in the recognition."""
    person = case.person
    today = draft.channel == "window" or person.user_id == draft.user_id
    return {
        "name": whole_corrected(person.name, of_place(lines, "worker")),
        "id_type": person.id_type,
        "id_number": whole_corrected(person.id_number, of_place(lines, "id_number")),
        "telephone": (today and person.telephone) or told.telephone,
        "address": (today and person.address) or told.address,
    }


def _employer(case: Case, told: Recognition, lines: Sequence[Line]) -> dict[str, Any]:
    employer = case.employer
    return {
        "employer_name": text_corrected(employer.name, of_place(lines, "employer")) if employer else "",
        "credit_code": (employer.credit_code or "") if employer else "",
        "contact_name": told.employer_contact,
        "employer_telephone": told.employer_telephone,
        "employer_address": told.employer_address,
    }


def _applicant(draft: Draft, case: Case, told: Recognition, worker: str) -> dict[str, dict[str, Any]]:
    """Who applies and where papers reach them, when the same account applies again in its own right."""
    if draft.channel != "online" or told.applicant_id != draft.user_id or told.applicant_kind not in OWN:
        return {}
    # the worker's as the window and the corrections set it right
    name = worker if told.applicant_kind == Capacity.WORKER else told.applicant_name
    return {
        "applicant": {"capacity": told.applicant_kind, "applicant_name": name},
        "address": {
            "delivery_name": told.delivery_name,
            "delivery_telephone": told.delivery_telephone,
            "delivery_address": told.delivery_address,
        },
    }
