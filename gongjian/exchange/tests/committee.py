"""A committee that does what it is told, as `city` does: one that entrusts, or one that is entrusted, in the test's own process or as a process of its own."""

from datetime import timedelta

import django
from django.apps import apps

if not apps.ready:
    django.setup()

from gongjian.accounts.tests.builders import a_clerk, a_reviewer, an_office
from gongjian.exchange.actions import again, entrusting, examining
from gongjian.exchange.models import Matter, Peer, Posted
from gongjian.exchange.tests.city import City, answers_lines
from gongjian.exchange.tests.entrusting import (
    SCOPE,
    a_scheduler_there,
    an_entrustable_case,
    booked,
    draws_closed,
    seals,
    seen_by_a_group,
)
from gongjian.kernel import moment
from gongjian.opinions.queries import result_of


class Committee(City):
    """What the staff and the experts of one committee do."""

    def entrust(self) -> str:
        case, due = an_entrustable_case(received_at=moment.now()), moment.today() + timedelta(days=20)
        return entrusting.entrust(case, Peer.objects.get(), scope=SCOPE, due_on=due, by=a_scheduler_there()).key

    def send_again(self, matter: str) -> int:
        return again.send_again(Matter.objects.get(key=matter), by=a_scheduler_there())

    def repeat(self, matter: str) -> int:
        """The last letter goes once more, as if nobody had answered."""
        last = Posted.objects.filter(matter__key=matter, is_ours=True).order_by("-number")[:1]
        return Posted.objects.filter(pk__in=last.values("pk")).update(sending="pending")

    def take_on(self, matter: str) -> str:
        return examining.take_on(Matter.objects.get(key=matter), by=a_clerk()).state

    def examine(self, matter: str) -> str:
        row = Matter.objects.select_related("done_as").get(key=matter)
        booking = booked(row)
        for user, grade in zip(seen_by_a_group(booking), (9, 9, 10), strict=True):
            seals(booking.exam_code, user, grade)
        draws_closed(booking)
        return booking.exam_code

    def send_opinion(self, matter: str) -> None:
        case = Matter.objects.select_related("done_as__office").get(key=matter).done_as
        assert case
        examining.send_opinion(case, by=a_reviewer())

    def case(self, matter: str) -> dict[str, object]:
        """Where the case of a matter stands, here, and what its group has come to."""
        row = Matter.objects.select_related("case", "done_as").get(key=matter)
        case = row.case or row.done_as
        found = result_of(case) if case else None
        return {"state": case.state if case else "", "grade": found.grade if found else None}


if __name__ == "__main__":
    answers_lines(Committee(an_office()))
