"""Deliveries from no arguments: a conclusion of 2026-04-09 for a worker and an employer, neither served unless said otherwise."""

import io
from datetime import date
from typing import Any

from PIL import Image

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_delivery_clerk
from gongjian.appraisal.states import State
from gongjian.cases.models import Case, CaseLimit
from gongjian.conclusions.models import Conclusion
from gongjian.conclusions.tests.builders import a_concluded_case
from gongjian.delivery.actions import record_served
from gongjian.delivery.actions.attempts import Handed
from gongjian.delivery.methods import Method
from gongjian.delivery.models import EMPLOYER, WORKER, Delivery
from gongjian.kernel import moment

MADE = date(2026, 4, 9)
NO_CONSENT: dict[str, Any] = {"electronic_consent": False, "consent_at": None}
HANDED = {"received_by": "林知远", "relation": "self", "id_checked": "居民身份证原件", "servers": "宋达、陈晓窗"}
"""What a personal service leaves as facts."""
FACTS: dict[Method, dict[str, str]] = {
    Method.IN_PERSON: HANDED,
    Method.POST: {"received_by": "林知远", "relation": "self"},
    Method.LEFT: {
        "refused_by": "self",
        "refusal": "本人拒绝签收",
        "left_at": "柳桥路8号3单元201室",
        "servers": "宋达、陈晓窗",
        "witnesses": "柳桥社区 周见",
    },
    Method.ENTRUSTED: {"organ": "西溪县窗口", "received_by": "林知远", "relation": "self"},
    Method.RELAYED: {"organ": "所在部队", "received_by": "林知远"},
}
AT_A_BODY = {"relation": "mail_room", "refused_by": "mail_room"}
"""What is different where the recipient is an employer."""
PROVED = {Method.IN_PERSON, Method.LEFT, Method.ENTRUSTED, Method.RELAYED}


def a_scan(number: int = 0, name: str = "回证.png") -> Handed:
    """A scan of a signed record; another number, another content."""
    picture = io.BytesIO()
    Image.new("RGB", (40, 60), (number % 256, 120, 60)).save(picture, "PNG")
    picture.seek(0)
    return Handed(picture, name)


def facts_for(delivery: Delivery, method: Method) -> dict[str, str]:
    """What a record of service to this recipient tells, complete and right."""
    told = FACTS[method]
    return told | {name: fact for name, fact in AT_A_BODY.items() if name in told and delivery.is_to_body}


def two_deliveries(**told: Any) -> tuple[Delivery, Delivery]:
    """To the worker and to the employer; neither has consented to electronic delivery."""
    return deliveries_of(a_concluded_case(**(NO_CONSENT | told)))


def deliveries_of(conclusion: Conclusion) -> tuple[Delivery, Delivery]:
    rows = {row.recipient: row for row in Delivery.objects.filter(paper=conclusion.paper)}
    return rows[WORKER], rows[EMPLOYER]


def served(
    delivery: Delivery, on: date, *, method: Method = Method.IN_PERSON, by: User | None = None, **facts: str
) -> Delivery:
    """Serve, and record it the same day at nine."""
    files = [a_scan(on.toordinal())] if method in PROVED else []
    facts = facts_for(delivery, method) | facts
    with moment.fixed(moment.at(on)):
        by = by or a_delivery_clerk()
        return record_served(delivery, method, on=on, facts=facts, by=by, files=files)


def both_served(worker_on: date, employer_on: date) -> Case:
    """A case whose two sides were served on these days, in their order."""
    worker, employer = two_deliveries()
    for day, delivery in sorted([(worker_on, worker), (employer_on, employer)], key=lambda pair: pair[0]):
        served(delivery, day)
    return Case.objects.get(pk=worker.case_id)


def remedy_ends(case: Case) -> dict[str, date]:
    """Whose time for a second appraisal ends when; "" stands for the last of them."""
    return dict(CaseLimit.objects.filter(case=case, limit="LA-REAPPEAL").values_list("about", "due_on"))


def state_of(case: Case) -> State:
    return State(Case.objects.get(pk=case.pk).state)
