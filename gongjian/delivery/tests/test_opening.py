"""From the conclusion to its deliveries and copies."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_worker_user, an_employer_user, an_office, the_signer
from gongjian.appraisal.states import State
from gongjian.cases.models import Case
from gongjian.conclusions.actions import conclude
from gongjian.conclusions.models import Conclusion
from gongjian.conclusions.tests.builders import (
    CONCLUDED,
    a_concluded_case,
    a_reviewed_case,
    staff_of,
    the_agency,
    the_bureau,
)
from gongjian.delivery.actions import open_deliveries, open_missing
from gongjian.delivery.checks import deliveries
from gongjian.delivery.methods import Method
from gongjian.delivery.models import CopySent, Delivery
from gongjian.delivery.tests.builders import MADE, NO_CONSENT, deliveries_of, state_of, two_deliveries
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.outbox.models import Message
from gongjian.kernel.outbox.queries import inbox_of
from gongjian.papers import decided as after
from gongjian.parties.actions import keep_employer
from gongjian.parties.models import Employer

pytestmark = pytest.mark.django_db


def an_employer_without_address() -> Employer:
    return keep_employer(name="云溪无址贸易行")


def messages_for(user: User) -> list[str]:
    return [message.template for message in inbox_of(user)]


def test_article_17_worker_and_employer_each_have_a_delivery_due_in_fifteen_days():
    worker, employer = two_deliveries()
    assert (worker.due_on, employer.due_on) == (date(2026, 4, 24), date(2026, 4, 24))
    assert (worker.name, employer.name) == ("林知远", "云溪恒信机械有限公司")
    assert worker.case.obligations.get(kind="deliver", fulfilled_at=None).role == Role.DELIVERY_CLERK


def test_where_a_side_is_reached_comes_from_the_application():
    worker, employer = two_deliveries(delivery_address="西溪县青石巷12号", employer_address="云溪市工业大道8号")
    assert (worker.address, employer.address) == ("西溪县青石巷12号", "云溪市工业大道8号")


def test_an_employers_application_gives_the_employers_address_and_not_the_workers():
    worker, employer = two_deliveries(
        applicant_kind="employer", delivery_address="工业大道9号", applicant=an_employer_user()
    )
    assert employer.address == "工业大道9号"
    assert worker.address == "云溪市东溪县柳桥路1号"


def test_who_has_consented_is_served_at_once_in_their_box():
    conclusion = a_concluded_case()
    worker, employer = deliveries_of(conclusion)
    assert (worker.method, worker.served_on) == (Method.ELECTRONIC, MADE)
    assert (employer.method, employer.served_on) == (Method.POST, None)
    assert inbox_of(a_worker_user()).get(template="delivery.paper").evidence == conclusion.paper.evidence
    assert state_of(conclusion.case) == State.CONCLUDED


def test_consent_without_an_account_is_served_by_post():
    case = a_reviewed_case(employer_takes_part=False)
    case.parties.all().delete()
    with moment.fixed(CONCLUDED):
        worker, _ = deliveries_of(conclude(case, by=the_signer()))
    assert (worker.account, worker.method, worker.served_on) == (None, Method.POST, None)


def test_the_applicants_consent_is_not_the_other_sides():
    _, employer = deliveries_of(a_concluded_case())
    assert (employer.account, employer.method) == (an_employer_user(), Method.POST)


def test_a_side_without_address_is_served_in_person():
    _, employer = two_deliveries(employer_address="", employer=an_employer_without_address())
    assert (employer.address, employer.method) == ("", Method.IN_PERSON)


def test_article_17_copies_go_to_the_bureau_and_the_agency_with_time_and_hash():
    bureau, agency = staff_of(the_bureau(), "朱认定"), staff_of(the_agency(), "包经办")
    conclusion = a_concluded_case()
    copies = CopySent.objects.filter(paper=conclusion.paper)
    assert {copy.office for copy in copies} == {the_bureau(), the_agency()}
    assert {(copy.sha256, copy.way) for copy in copies} == {(conclusion.paper.sha256, "inbox")}
    assert (messages_for(bureau), messages_for(agency)) == (["delivery.copy"], ["delivery.copy"])
    assert inbox_of(agency).get().evidence == conclusion.paper.evidence


def test_article_18_an_office_with_a_system_is_told_through_it(settings: Any):
    settings.COPY_WEBHOOKS = {the_agency().code: "https://agency.example/copies"}
    staff_of(the_bureau(), "朱认定")
    conclusion = a_concluded_case()
    message = Message.objects.get(channel="webhook")
    assert (message.to, message.state) == ("https://agency.example/copies", "pending")
    assert conclusion.paper.sha256 in message.body
    assert "林知远" not in message.title + message.body


def test_article_17_an_office_that_nobody_reads_for_becomes_a_task():
    case = a_concluded_case().case
    owed = {row.about: row for row in case.obligations.filter(kind="send_copy", fulfilled_at=None)}
    assert set(owed) == {"YXRS", "YXJB"}
    assert {(row.role, row.due_on) for row in owed.values()} == {(Role.DELIVERY_CLERK, date(2026, 4, 24))}


def test_a_copy_is_never_edited():
    a_concluded_case()
    with pytest.raises(DatabaseError), transaction.atomic():
        CopySent.objects.update(sha256="0" * 64)


def test_opening_twice_changes_nothing():
    conclusion = a_concluded_case()
    before = (Delivery.objects.count(), CopySent.objects.count(), Message.objects.count())
    assert open_deliveries(conclusion) == []
    assert (Delivery.objects.count(), CopySent.objects.count(), Message.objects.count()) == before


def test_a_conclusion_left_without_deliveries_is_found_and_swept(monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as alone:
        alone.setattr(after, "FOLLOWERS", [])
        conclusion = a_concluded_case(**NO_CONSENT)
    assert {problem.sentence for problem in deliveries()} == {
        "结论或者决定已作出，却没有送达任务。",
        "结论或者决定已作出，却没有抄送记录。",
    }
    assert (open_missing(), open_missing()) == (1, 0)
    assert list(deliveries()) == []
    assert Delivery.objects.filter(paper=conclusion.paper).count() == 2


def test_a_delivery_that_fails_to_open_undoes_the_conclusion(monkeypatch: pytest.MonkeyPatch):
    def fails(_: Conclusion) -> None:
        raise RuntimeError("killed")

    case = a_reviewed_case()
    monkeypatch.setattr(after, "FOLLOWERS", [open_deliveries, fails])
    with pytest.raises(RuntimeError), transaction.atomic():
        a_concluded_case(person=case.person)
    assert not Delivery.objects.exists()


def test_the_ledger_names_neither_person_nor_address():
    conclusion = a_concluded_case()
    facts = str([entry.facts for entry in LedgerEntry.objects.filter(chain=conclusion.case.chain)])
    assert not any(word in facts for word in ("林知远", "柳桥路", "恒信", "19900000001"))


def test_the_text_message_tells_no_more_than_the_number():
    case = a_concluded_case().case
    (message,) = Message.objects.filter(channel="sms", chain=case.chain)
    assert case.number in message.body
    assert not any(word in message.body for word in ("林知远", "九级", "结论"))


def test_staff_of_the_agency_see_the_copy_and_not_the_case():
    staff = staff_of(the_agency(), "包经办")
    conclusion = a_concluded_case()
    assert messages_for(staff) == ["delivery.copy"]
    assert Case.objects.filter(pk=conclusion.case_id, office=an_office()).exists()
    assert not staff.holds("cases.see", an_office())
