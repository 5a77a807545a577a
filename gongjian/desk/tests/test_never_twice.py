"""Random journeys from the injury to the benefits: whoever writes, wherever they stand, no field and no paper is asked for twice."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gongjian.accounts.models import Office, User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_member, a_worker_user, an_employer_user, an_office
from gongjian.applications.actions.drafts import save_step, start_draft
from gongjian.applications.actions.submission import enter_at_window, submit
from gongjian.applications.asking import asking_of
from gongjian.applications.models import Draft, Visit
from gongjian.applications.visits import Scan, begin_anew, open_visit, scans_of, with_document
from gongjian.appraisal.takeover import begin_from
from gongjian.appraisal.tests.builders import answers as of_appraisal
from gongjian.benefits.queries import held_by
from gongjian.benefits.rules import next_question
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case
from gongjian.claims.actions import submit as claim
from gongjian.claims.packing import held_kinds
from gongjian.claims.queries import missing_of
from gongjian.claims.rules import IDENTITY
from gongjian.kernel import moment
from gongjian.law.benefits.reading import read_facts
from gongjian.law.benefits.statement import statement
from gongjian.materials.actions import add_page, material_of
from gongjian.materials.catalog import RECORDS
from gongjian.materials.tests.builders import a_picture
from gongjian.parties.tests.builders import an_id_number
from gongjian.portal import wizard
from gongjian.recognition.actions import deciding, investigation, proposing, review
from gongjian.recognition.actions.proposing import Fact, Rests
from gongjian.recognition.states import RECOGNITION
from gongjian.recognition.tests.builders import (
    MONDAY,
    a_bureau,
    a_colleague,
    a_draft,
    an_investigator,
    the_clerk,
    the_reviewer,
    the_signer,
)
from gongjian.recognition.tests.online import answers as of_recognition
from gongjian.recognition.tests.test_walk import serve_all

pytestmark = pytest.mark.django_db
ACTORS = ("worker", "employer", "window")
OF_THE_ACT = {
    "capacity",
    "applicant_name",
    "electronic_consent",
    "relation",
    "acts_for",
    "mandate_until",
    "mandate_receives",
    "unable_reason",
}
"""Who acts this time, and whether they consent to electronic delivery in this procedure: new each time, whoever asks."""
IF_IT_APPLIES = {"credit_code", "contact_name"}
"""What may be left out; left out once, it was not told, and may be told later."""
OF_THE_FORM = {"recognition_form", "application_form", "mandate"}
"""The signed paper of each procedure."""


@pytest.fixture(autouse=True)
def monday(home):
    with moment.fixed(MONDAY):
        yield


@dataclass
class Journey:
    """What was asked of whom: the worker and the window for him are one; the employer tells for itself."""

    fields: Counter[str] = field(default_factory=Counter)
    papers: Counter[str] = field(default_factory=Counter)

    @property
    def asked_twice(self) -> dict[str, int]:
        named = Counter({f"paper {kind}": count for kind, count in self.papers.items()})
        return {name: count for name, count in (self.fields + named).items() if count > 1}


def hall_clerk() -> User:
    """One clerk of the hall for three offices."""
    for office in (a_bureau(), an_office(), Office.objects.get(code="YXSB")):
        clerk = a_member(Role.WINDOW_CLERK, office=office)
    the_one = a_member(Role.WINDOW_CLERK, office=a_bureau())
    for office in (an_office(), clerk.posts.get().office):
        the_one.posts.get_or_create(office=office, role=Role.WINDOW_CLERK)
    return User.objects.get(pk=the_one.pk)


def a_visit(by: User, *, scanned: bool, journey: Journey) -> Visit:
    """Whoever came is checked; what is scanned then was asked for once."""
    scans = [Scan(a_picture(77), "证件.png")] if scanned else []
    journey.papers.update({IDENTITY: len(scans)})
    return open_visit(name="林知远", id_type="resident_id", id_number=an_id_number(), by=by, scans=scans)


def written(draft: Draft, answers: dict[str, dict[str, Any]], journey: Journey, by: User) -> Draft:
    """Write every step as its form asks it; what stands in it already as a proposal is not asked."""
    for step in asking_of(draft).forms:
        form = wizard.form_of(draft, step)
        names = [name for name in form.fields if name in answers.get(step, {})]
        journey.fields.update(
            name for name in names if not form.initial.get(name) and name not in OF_THE_ACT | IF_IT_APPLIES
        )
        draft = save_step(draft, step, {name: answers[step][name] for name in names}, seen=0, by=by)
    return draft


def with_papers(draft: Draft, journey: Journey, by: User, *, more: tuple[str, ...] = ()) -> Draft:
    """Hand in what the list demands, and some more, where it is not there already."""
    given_now = set(draft.materials.filter(pages__isnull=False).values_list("kind", flat=True))
    wanted = [each.kind.code for each in asking_of(draft).wanted(draft) if each.required]
    for number, kind in enumerate(dict.fromkeys((*wanted, *more))):
        if kind not in given_now:
            journey.papers.update({kind: kind not in OF_THE_FORM})
            add_page(material_of(kind, draft_id=draft.pk), a_picture(number), name=f"{kind}.png", by=by)
    return draft


def sent(draft: Draft, by: User) -> Case:
    if draft.channel == "window":
        return enter_at_window(draft, by=by, received_on=MONDAY.date())
    return submit(draft, by=by, truthful=True)


def decided(case: Case, *, codes: tuple[str, ...]) -> Case:
    """Recognised, served on both sides."""
    review.accept(case, by=the_clerk())
    investigation.start(case, with_=[a_colleague()], by=an_investigator())
    material = case.materials.filter(pages__isnull=False).first()
    assert material
    facts = (Fact("林知远更换刀具时右手受伤。", (Rests("material", material.pk),)),)
    row = proposing.draft(case, a_draft(case, facts=facts, part_codes=codes), by=an_investigator())
    proposing.propose(case, seen=row.digest, by=an_investigator())
    deciding.review(case, seen=row.digest, by=the_reviewer())
    deciding.decide(case, seen=row.digest, by=the_signer())
    join_case(case, a_worker_user(), capacity="worker", is_applicant=False)
    join_case(case, an_employer_user(), capacity="employer", is_applicant=False)
    serve_all(case, at=MONDAY)
    return Case.objects.get(pk=case.pk)


def told_by(answers: dict[str, dict[str, Any]], who: str) -> dict[str, dict[str, Any]]:
    """The employer applies as such; where papers reach it is its own."""
    if who != "employer":
        return answers
    own = {"delivery_name": "周若岚", "delivery_address": "云溪市工业大道8号", "delivery_telephone": "19900000002"}
    return {
        **answers,
        "applicant": {**answers["applicant"], "capacity": "employer", "applicant_name": "周若岚"},
        "address": {**answers["address"], **own},
    }


def recognised(who: str, journey: Journey, *, scanned: bool, more: tuple[str, ...], codes: tuple[str, ...]) -> Case:
    by = {"worker": a_worker_user, "employer": an_employer_user, "window": hall_clerk}[who]()
    if who == "window":
        draft = begin_anew(
            a_visit(by, scanned=scanned, journey=journey), office=a_bureau(), procedure=RECOGNITION, by=by
        )
        journey.fields.update(["name", "id_type", "id_number"])
    else:
        draft = start_draft(by=by, office=a_bureau(), procedure=RECOGNITION)
    draft = written(draft, told_by(of_recognition(), who), journey, by)
    return decided(sent(with_papers(draft, journey, by, more=more), by), codes=codes)


def appraised(case: Case, who: str, journey: Journey, *, scanned: bool) -> Draft:
    by = {"worker": a_worker_user, "employer": an_employer_user, "window": hall_clerk}[who]()
    visit = a_visit(by, scanned=scanned, journey=journey) if who == "window" else None
    channel = "window" if visit else "online"
    draft = with_document(begin_from(case, by=by, office=an_office(), channel=channel, visit=visit), by=by)
    draft = written(draft, told_by(of_appraisal(), who), journey, by)
    made = sent(with_papers(draft, journey, by), by)
    assert made.person == case.person and made.employer == case.employer
    return draft


def claimed(case: Case, who: str, journey: Journey) -> None:
    """The questions of the estimate, one after another, and the papers of the claim."""
    by = hall_clerk() if who == "window" else a_worker_user()
    told: dict[str, Any] = {}
    skipped: list[str] = []
    held = held_by(case, by=by).facts
    for _ in range(30):
        missing = [one.fact for one in statement(read_facts({**told, **held})).missing]
        wanted = next_question({**told, **held}, skipped, missing)
        if wanted is None:
            break
        journey.fields.update([wanted])
        skipped.append(wanted)
    visit = a_visit(by, scanned=False, journey=journey) if who == "window" else None
    found = claim(case, told, by=by, shown=scans_of(visit))
    journey.papers.update(missing_of(case, found.stage, found.facts))
    assert held_kinds(case, found.stage).isdisjoint(missing_of(case, found.stage, found.facts))


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(
    first=st.sampled_from(ACTORS),
    second=st.sampled_from(ACTORS),
    third=st.sampled_from(("worker", "window")),
    scanned=st.booleans(),
    more=st.sampled_from([(), (RECORDS,), (IDENTITY,), (RECORDS, IDENTITY)]),
    codes=st.sampled_from([(), ("133:right",)]),
)
def test_art_09_no_journey_asks_a_field_or_a_paper_twice(first, second, third, scanned, more, codes):
    with transaction.atomic():
        journey = Journey()
        extra = tuple(kind for kind in more if not (kind == IDENTITY and scanned and first == "window"))
        case = recognised(first, journey, scanned=scanned, more=extra, codes=codes)
        known = IDENTITY in case.materials.values_list("kind", flat=True)
        appraised(case, second, journey, scanned=scanned and not known)
        claimed(case, third, journey)
        ours = {name: count for name, count in journey.asked_twice.items() if not name.startswith("delivery_")}
        assert ours == {}
        assert first != second or not journey.asked_twice
        transaction.set_rollback(True)
