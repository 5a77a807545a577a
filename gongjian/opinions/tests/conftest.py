"""A group without a draw, for tests of what comes after it."""

import pytest

from gongjian.accounts.models import User
from gongjian.cases.models import Case
from gongjian.draws.states import Ground
from gongjian.kernel import moment
from gongjian.opinions import signing
from gongjian.opinions.queries import group
from gongjian.opinions.queries.group import Member, Panel, Seating
from gongjian.opinions.tests.builders import EXAM_DAY, a_panel
from gongjian.sittings.states import QueueState


class Seated:
    """The groups that a test has seated, in place of the draw's."""

    def __init__(self) -> None:
        self.panels: dict[int, Panel] = {}
        self.reserves: list[User] = []
        self.recused: set[tuple[int, int | None]] = set()
        self.replaced: list[tuple[int, str]] = []

    def seat(self, case: Case, experts: list[User] | None = None) -> Panel:
        self.panels[case.pk] = a_panel(case, experts)
        return self.panels[case.pk]

    def panel_of(self, case: Case) -> Panel | None:
        return self.panels.get(case.pk)

    def seatings_of(self, user: User) -> list[Seating]:
        mine = {pk: (panel, member) for pk, panel in self.panels.items() if (member := panel.member(user))}
        cases = Case.objects.filter(pk__in=mine).select_related("office", "person")
        return [Seating(case, *mine[case.pk], case.pk, QueueState.CALLED) for case in cases.order_by("pk")]

    def is_recused(self, case: Case, user_id: int) -> bool:
        return (case.pk, user_id) in self.recused

    def case_of_code(self, exam_code: str) -> Case | None:
        found = [pk for pk, panel in self.panels.items() if panel.exam_code == exam_code]
        return Case.objects.select_related("office", "person").filter(pk__in=found).first()

    def hold_seats(self, case: Case) -> None:
        """There are no seats to hold."""

    def replace_member(self, case: Case, member: Member, *, ground: Ground, by: User) -> None:
        panel = self.panels[case.pk]
        new = [Member(member.seat, f"ZJ-{user.username}", user.name, user.pk) for user in self.reserves[:1]]
        self.reserves = self.reserves[1:]
        members = tuple(other for each in panel.members for other in (new if each == member else [each]))
        self.recused.add((case.pk, member.user_id))
        empty = panel.empty + (not new)
        self.panels[case.pk] = Panel(panel.exam_code, panel.group, panel.room, members, empty, panel.turn)
        self.replaced.append((member.seat, ground))


@pytest.fixture(autouse=True)
def _cheap_passwords(settings, monkeypatch):
    """Hash and stretch passwords quickly: these tests sign hundreds of times."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setattr(signing, "COST", 2**4)


@pytest.fixture
def seated(monkeypatch):
    """Let the room ask these groups instead of the draw's."""
    stub = Seated()
    for name in ("panel_of", "seatings_of", "case_of_code", "is_recused", "hold_seats", "replace_member"):
        monkeypatch.setattr(group, name, getattr(stub, name))
    return stub


@pytest.fixture
def exam_day():
    """Ten o'clock on the day of the examination."""
    with moment.fixed(EXAM_DAY):
        yield EXAM_DAY
