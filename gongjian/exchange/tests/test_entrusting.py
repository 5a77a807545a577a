"""委托鉴定 from end to end: entrusted, taken on, examined by a group drawn there, answered, checked here, concluded by the committee that asked."""

from datetime import timedelta

import pytest

from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_clerk, a_member, a_reviewer, a_scheduler
from gongjian.appraisal.entrusted import ANSWERED
from gongjian.appraisal.states import State
from gongjian.cases.queries import reads_health
from gongjian.conclusions.actions.review import review, send_to_group
from gongjian.conclusions.actions.signing import conclude
from gongjian.conclusions.tests.builders import the_agency, the_bureau
from gongjian.exchange.actions import examining
from gongjian.exchange.models import Matter
from gongjian.exchange.tests.builders import the_other_end
from gongjian.exchange.tests.entrusting import (
    DUE,
    a_matter_taken_on,
    a_scheduler_there,
    an_answered_matter,
    an_entrustable_case,
    an_entrusted_matter,
    an_opined_matter,
    asking_office,
    booked,
    delivered,
)
from gongjian.kernel import moment
from gongjian.kernel.fields import blind_index
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.outbox.models import Message
from gongjian.materials.access import may_see
from gongjian.materials.models import Material
from gongjian.opinions.errors import DrawNotClosed
from gongjian.opinions.models import Entrusted
from gongjian.opinions.queries import result_of
from gongjian.opinions.states import Defect
from gongjian.parties.actions import keep_person
from gongjian.parties.models import Person
from gongjian.parties.tests.builders import a_person
from gongjian.sittings.actions.needs import set_assistance
from gongjian.sittings.actions.notices import OF_ANOTHER, give_notice
from gongjian.sittings.fitting import demands_of
from gongjian.sittings.queries import mode_in_force
from gongjian.sittings.tests.builders import AFTER, PLANNED
from gongjian.sittings.tests.test_modes_told import said as printed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home_of_the_file")]
LATER = AFTER + timedelta(hours=1)


def member(role: Role):
    return a_member(role, office=asking_office())


def owed(case) -> set[str]:
    return set(case.obligations.filter(fulfilled_at=None).values_list("kind", flat=True))


def test_what_is_entrusted_leaves_the_list_here_and_the_person_is_told_to_whom():
    matter = an_entrusted_matter()
    case = matter.case
    case.refresh_from_db()
    assert (case.state, owed(case)) == (State.ENTRUSTED, {"await_entrusted"})
    assert case.limits.get(limit="LA-DECIDE").paused_on is None, "the limit of the decision runs on"
    told = Message.objects.filter(chain=case.chain, template="sittings.entrusted")
    assert told.exists()
    assert all("云溪市劳动能力鉴定委员会" in each.body for each in told)


def test_only_what_calls_the_person_and_what_experts_read_goes_along():
    matter = an_entrusted_matter()
    letter = matter.letters.get()
    assert set(matter.about) == {
        *("person", "id_type", "id_number", "telephone", "employer", "hospital", "department"),
        *("ground", "recognition_number", "recognition_on", "injured_on", "parts"),
    }
    assert [each.name for each in letter.enclosures.order_by("order")] == [
        "1 有效的诊断证明.png",
        "2 完整的病历资料.png",
    ]
    facts = str(list(LedgerEntry.objects.filter(chain=matter.case.chain).values_list("facts", flat=True)))
    assert not [word for word in (matter.about["id_number"], "林知远", "骨科") if word in facts]


def test_the_other_committee_has_a_case_of_its_own_with_the_day_and_the_papers():
    matter = a_matter_taken_on()
    case = matter.done_as
    assert (case.state, case.due_on, case.office.code, owed(case)) == (State.ACCEPTED, DUE, "YXJD", {"book"})
    assert case.person.telephone
    assert {each.kind: each.pages.count() for each in Material.objects.filter(case=case)} == {
        "diagnosis": 1,
        "medical_records": 1,
    }
    with moment.fixed(PLANNED):
        readers = [who for who in (a_clerk(), a_scheduler(), a_reviewer()) if reads_health(who, case)]
    assert readers == [], "nobody of the staff needs the papers before there is an opinion"
    here = Matter.objects.get(key=matter.key, direction="out")
    assert here.state == "accepted"


def test_a_letter_changes_nothing_of_a_person_known_there_and_its_telephone_rings_for_the_matter_alone():
    matter = an_entrusted_matter()
    known = a_person("林知远")
    keep_person(name=known.name, id_number=known.id_number, telephone="19900000009", on=PLANNED.date())
    there = a_matter_taken_on(matter)
    known.refresh_from_db()
    assert there.done_as is not None
    assert (there.done_as.person, known.telephone) == (known, "19900000009"), "their other cases go on ringing here"
    assert Person.objects.get(telephone_index=blind_index("19900000009", "telephone")) == known
    booking = booked(there)
    with moment.fixed(PLANNED + timedelta(hours=1)):
        give_notice(booking, by=a_scheduler())
    assert (
        Message.objects.get(chain=there.done_as.chain, channel="sms").to == matter.about["telephone"] == "19900000001"
    )


def test_what_the_person_needs_travels_along_and_the_notice_there_says_whose_conclusion_it_will_be():
    case = an_entrustable_case()
    set_assistance(case, ["wheelchair", "companion"], by=a_scheduler_there())
    there = a_matter_taken_on(an_entrusted_matter(case))
    assert there.done_as is not None
    assert there.about["needs"] == "wheelchair,companion"
    assert demands_of([there.done_as])[there.done_as.pk].assistance == ["wheelchair", "companion"]
    booking = booked(there)
    with moment.fixed(PLANNED + timedelta(hours=1)):
        paper = give_notice(booking, by=a_scheduler())
    told = Message.objects.get(chain=there.done_as.chain, channel="sms")
    assert (told.template, told.to) == ("sittings.appearance_mode", "19900000001")
    assert OF_ANOTHER in printed(paper)


def test_what_the_other_committees_group_has_said_is_the_opinion_of_the_case():
    matter = an_answered_matter()
    case, found = matter.case, result_of(matter.case)
    row = Entrusted.objects.get(case=case)
    assert (case.state, owed(case)) == (State.OPINED, {"review"})
    assert (found.grade, found.committee, len(found.members), len(found.dissent)) == (
        9,
        "云溪市劳动能力鉴定委员会",
        3,
        1,
    )
    assert (row.matter, matter.state) == (matter.key, "answered")
    entry = LedgerEntry.objects.get(chain=case.chain, act="case.opine")
    assert entry.facts["opinions"] == [each.content_hash for each in found.members]


def test_the_conclusion_is_the_asking_committees_own():
    case = an_answered_matter().case
    the_bureau()
    the_agency()
    with moment.fixed(LATER):
        review(case, by=member(Role.REVIEWER), note="已核对受托专家组的意见")
        made = conclude(case, by=member(Role.SIGNER))
    case.refresh_from_db()
    assert (case.state, made.grade, made.paper.office) == (State.CONCLUDED, 9, asking_office())


def test_an_opinion_with_a_formal_defect_is_used_no_more_and_the_case_is_on_the_list_here():
    case = an_answered_matter().case
    with moment.fixed(LATER):
        send_to_group(case, Defect.CONDITION, reason="没有记载测量结果", by=member(Role.REVIEWER))
    case.refresh_from_db()
    assert (case.state, owed(case), result_of(case)) == (State.ACCEPTED, {"book"}, None)
    assert mode_in_force(case) is None
    assert Entrusted.objects.get(case=case).set_aside_at == LATER


def test_papers_are_open_to_the_entrusted_committee_while_it_has_the_case_and_no_longer():
    matter = an_opined_matter()
    paper = Material.objects.filter(case=matter.done_as).first()
    with moment.fixed(AFTER):
        assert may_see(a_reviewer(), paper)
        examining.send_opinion(matter.done_as, by=a_reviewer())
    case = matter.done_as
    case.refresh_from_db()
    assert (case.state, case.closed_at, owed(case)) == (ANSWERED, AFTER, set())
    with moment.fixed(AFTER):
        assert not [who for who in (a_clerk(), a_reviewer()) if may_see(who, Material.objects.get(pk=paper.pk))]


def test_nothing_is_sent_before_the_receipts_are_public():
    matter = an_opined_matter()
    case = matter.done_as
    case.bookings.get().sitting.draws.filter(kind="door").update(state="held")
    with moment.fixed(AFTER), pytest.raises(DrawNotClosed):
        examining.send_opinion(case, by=a_reviewer())
    case.refresh_from_db()
    assert case.state == State.OPINED
    assert not the_other_end_of(matter).letters.filter(kind="answered").exists()


def the_other_end_of(matter: Matter) -> Matter:
    return Matter.objects.get(key=matter.key, direction="out")


def test_the_answer_again_changes_nothing():
    matter = an_answered_matter()
    there = the_other_end(matter)
    there.letters.filter(kind="answered").update(sending="pending", next_attempt_at=LATER)
    delivered(LATER)
    assert Entrusted.objects.filter(case=matter.case).count() == 1
    matter.case.refresh_from_db()
    assert matter.case.state == State.OPINED
    assert LedgerEntry.objects.filter(chain=matter.case.chain, act="case.opine").count() == 1
