"""The post of a year: envelopes go out together once in a week, and their slips come back some days later."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

from gongjian.accounts.roles import Role
from gongjian.cases.models import Case
from gongjian.config.demo.cast import committee, staff
from gongjian.config.simulate.agenda import Agenda
from gongjian.config.simulate.town import EMPLOYERS
from gongjian.delivery.actions.attempts import record_served
from gongjian.delivery.actions.post import MOST, post
from gongjian.delivery.methods import Method
from gongjian.delivery.models import Delivery
from gongjian.kernel import moment
from gongjian.law.calendar import working_day_after

ON_THE_WAY = 3
"""Working days of an envelope."""


@dataclass
class Postbag:
    """addressees: ids of the cases whose papers go by post. envelopes: how many went."""

    agenda: Agenda
    addressees: set[int] = field(default_factory=set)
    envelopes: int = 0
    _waiting: set[int] = field(default_factory=set)
    _next: date | None = None

    def put(self, case: Case, at: datetime) -> None:
        """A conclusion is signed and waits for the next post day."""
        self._waiting.add(case.pk)
        if self._next is None:
            self._next = working_day_after(at.date(), 5)
            self.agenda.add(moment.at(self._next, 15), "邮寄", self._go_out)

    def _go_out(self, at: datetime) -> None:
        waiting, self._waiting, self._next = self._waiting, set(), None
        rows = list(Delivery.objects.filter(case__in=waiting, served_on=None).values_list("pk", flat=True))
        for first in range(0, len(rows), MOST):
            chosen = rows[first : first + MOST]
            with moment.fixed(at):
                sent = post(committee(), chosen, by=staff(Role.DELIVERY_CLERK)).attempts.count()
            self.envelopes += sent
            back = moment.at(working_day_after(at.date(), ON_THE_WAY), 10)
            self.agenda.add(back, "回执", partial(self._slips, chosen))

    def _slips(self, chosen: list[int], at: datetime) -> None:
        for row in Delivery.objects.filter(pk__in=chosen, served_on=None):
            signed = (EMPLOYERS[0], "mail_room") if row.is_to_body else (row.name, "self")
            facts = dict(zip(("received_by", "relation"), signed, strict=True))
            with moment.fixed(at):
                record_served(row, Method.POST, on=at.date(), facts=facts, by=staff(Role.DELIVERY_CLERK))
