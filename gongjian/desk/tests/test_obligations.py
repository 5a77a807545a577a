"""Whatever is owed has a name in words and a page where it is done: asked of every line of the source that makes somebody owe something."""

import ast
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest
from django.test import Client
from django.urls import reverse

import gongjian
from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_member, a_scheduler, a_worker_user, an_outsider
from gongjian.appraisal.states import State
from gongjian.appraisal.tests.builders import a_case_to_supplement, a_submitted_case
from gongjian.cases.actions.obligations import owe
from gongjian.cases.labels import NAMED, label_of, labels, named
from gongjian.cases.models import Case, Obligation
from gongjian.cases.procedures import PROCEDURES
from gongjian.cases.tests.builders import a_case
from gongjian.conclusions.queries import opinion
from gongjian.conclusions.tests.builders import OPINIONS, a_concluded_case, a_reviewed_case, an_opined_case
from gongjian.desk.steps import BY_CASE, BY_SITTING, OF_RECOGNITION, page_of
from gongjian.exchange.tests.entrusting import an_entrustable_case, an_entrusted_matter, an_opined_matter
from gongjian.jurisdiction.tests.builders import a_case_set_aside
from gongjian.kernel import moment
from gongjian.opinions.queries import result_of
from gongjian.recognition.tests import builders as recognising
from gongjian.sittings.actions.wishing import offer_mode
from gongjian.sittings.tests.builders import AFTER, PLANNED, a_booking, a_grouped, a_present, at
from gongjian.sittings.tests.collectives import a_collective
from gongjian.sittings.tests.wishes import an_asked_wish

ROOT = Path(gongjian.__file__).parent
OF_PARTIES = {
    "supplement": "portal:supplement",
    "give_evidence": "recognition:evidence",
    "explain_absence": "sittings:explain",
    "opine": "workbench:home",
    "deliberate": "workbench:home",
}
"""What parties and experts owe, and their own page for it."""


class Made(NamedTuple):
    """One call in the source that makes somebody owe something."""

    place: str
    kind: str
    role: str
    party: str
    """The word, or the expression that finds it."""


def source() -> list[Path]:
    return [path for path in sorted(ROOT.rglob("*.py")) if not {"tests", "migrations"} & set(path.parts)]


def made_in(path: Path) -> list[Made]:
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    return [told(path, call) for call in calls if isinstance(call.func, ast.Name) and call.func.id == "owe"]


def told(path: Path, call: ast.Call) -> Made:
    module = import_module(".".join(["gongjian", *path.relative_to(ROOT).with_suffix("").parts]))
    given = {word.arg: word.value for word in call.keywords if word.arg}
    kind = eval(ast.unparse(call.args[1]), vars(module)) if isinstance(call.args[1], ast.Name | ast.Constant) else ""
    role = given.get("role")
    party = given.get("party")
    return Made(
        place=f"{path.name}:{call.lineno}",
        kind=kind,
        role=Role[role.attr].value if isinstance(role, ast.Attribute) and role.attr.isupper() else "",
        party=ast.unparse(party).strip("'") if party else "",
    )


ALL = [made for path in source() for made in made_in(path)]
CALLS = [made for made in ALL if made.kind or not made.place.startswith("obligations.py")]
"""All but the one that owes what the table of the procedure says."""
TABLED = {owed.kind: owed for table in PROCEDURES.values() for owes in table.owed.values() for owed in owes}


def test_the_source_makes_people_owe_things_and_this_test_sees_it():
    assert {"send_copy", "reach_party", "deliver_again", "send_paper", "rebook", "fill_seat"} <= {
        made.kind for made in CALLS
    }
    assert len(CALLS) >= 12


@pytest.mark.parametrize("made", CALLS, ids=lambda made: made.place)
def test_each_line_names_its_kind_by_a_constant_or_a_word_and_the_kind_has_a_label(made):
    assert made.kind, "the kind of an obligation is written as a constant that bears its label"
    assert made.kind in labels()
    assert label_of(made.kind) != made.kind


def test_nothing_is_owed_past_the_one_function():
    writers = [
        path.relative_to(ROOT).as_posix()
        for path in source()
        if any(sign in path.read_text() for sign in ("Obligation.objects.create", "Obligation.objects.get_or_create"))
    ]
    assert writers == ["cases/actions/obligations.py"]


def test_no_label_stands_for_a_kind_that_nobody_owes():
    assert set(NAMED) == {made.kind for made in CALLS} - set(TABLED)


def test_a_kind_bears_one_label_only():
    assert not {owed.kind for table in PROCEDURES.values() for owes in table.owed.values() for owed in owes} & set(
        NAMED
    )
    kind, label = next(iter(NAMED.items()))
    assert named(kind, label) == kind
    with pytest.raises(ValueError, match=kind):
        named(kind, "另一个名称")


def test_labels_are_told_apart_in_words():
    assert all(label.strip() and not label.isascii() for label in labels().values())
    assert len(set(labels().values())) == len(labels())


# Where it is done.

BY_ROLES = {made.kind: made.role for made in CALLS if made.role} | {
    owed.kind: str(owed.role) for owed in TABLED.values() if owed.role
}


@pytest.mark.parametrize("kind", sorted(labels()))
def test_every_kind_has_a_page(kind):
    assert kind in BY_CASE or kind in BY_SITTING or kind in OF_RECOGNITION or kind in OF_PARTIES


def test_what_parties_owe_has_a_page_of_theirs_and_nothing_else_has():
    owed = {made.kind for made in CALLS if made.party} | {owed.kind for owed in TABLED.values() if owed.party}
    assert owed == set(OF_PARTIES)


SITUATIONS: dict[str, Callable[[], Case]] = {
    "check_papers": a_submitted_case,
    "book": lambda: a_case(state=State.ACCEPTED),
    "choose_entrusted": an_entrustable_case,
    "await_entrusted": lambda: an_entrusted_case(),
    "send_opinion": lambda: an_opinion_to_send(),
    "receive_at_door": lambda: a_booking().case,
    "group": lambda: a_present().case,
    "call": lambda: a_grouped().case,
    "review": an_opined_case,
    "sign": a_reviewed_case,
    "deliver": lambda: a_concluded_case().case,
    "remedies": lambda: a_concluded_case().case,
    "archive": lambda: a_case(state=State.WITHDRAWN),
    "deliver_again": lambda: a_concluded_case().case,
    "send_copy": lambda: a_concluded_case().case,
    "send_paper": lambda: a_concluded_case().case,
    "start_investigation": recognising.an_accepted_case,
    "investigate": recognising.an_investigated_case,
    "decide_joining": recognising.an_entered_case,
    "employer_silent": recognising.an_investigated_case,
    "await_outcome": lambda: recognising.a_suspended_case()[0],
    "review_proposal": lambda: recognising.a_proposed_case()[0],
    "sign_decision": lambda: recognising.a_reviewed_case()[0],
    "deliver_decision": lambda: recognising.a_decided_case().case,
    "await_remedies": lambda: recognising.a_decided_case().case,
    "reply_to_remedy": lambda: recognising.a_decided_case().case,
    "take_asked_answer": recognising.an_investigated_case,
    "asked_office_late": recognising.an_investigated_case,
    "await_remedy": lambda: recognising.a_decided_case().case,
    "carry_out_remedy": lambda: recognising.a_decided_case().case,
    "sign_revision": lambda: recognising.a_decided_case().case,
    "asked_office_refused": recognising.an_investigated_case,
    "asked_not_delivered": recognising.an_investigated_case,
    "read_inquiry_finding": recognising.an_investigated_case,
    "inquiry_unanswered": recognising.an_investigated_case,
    "take_up_handed_over": recognising.an_investigated_case,
    "handover_fails": a_case_set_aside,
    "decide_mode": lambda: a_wish_waiting(),
    "follow_offer": lambda: a_wish_waiting(offered="video"),
    "answer_collective": lambda: a_collective().listed.all()[0].case,
}
"""What must be so that a kind is owed at all; where nothing is said, a booking."""


def a_wish_waiting(offered: str = "") -> Case:
    """The case of somebody who asks to be visited, and has perhaps been offered another mode."""
    with at(PLANNED):
        wish = an_asked_wish()
        if offered:
            offer_mode(wish, mode=offered, reason="路途太远，可以就近视频", by=a_scheduler())
    return wish.case


def an_opinion_to_send() -> Case:
    case = an_opined_matter().done_as
    opinion_here = result_of(case) if case else None
    assert case
    assert opinion_here
    OPINIONS[case.pk] = opinion_here
    return case


def an_entrusted_case() -> Case:
    return Case.objects.get(matters=an_entrusted_matter())


@pytest.fixture(autouse=True)
def handed_in_opinions(monkeypatch):
    monkeypatch.setattr(opinion, "result_of", lambda case: OPINIONS.get(case.pk))
    yield
    OPINIONS.clear()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(BY_ROLES))
def test_who_owes_it_opens_the_page_where_it_is_done(kind, home):
    case = SITUATIONS.get(kind, lambda: a_booking().case)()
    with moment.fixed(AFTER):
        owed = owe(case, kind, due=AFTER.date(), article="令55", role=BY_ROLES[kind])
        address = page_of(kind, case)
        opened = opened_by(a_member(Role(BY_ROLES[kind]), office=case.office), address)
    assert address != reverse("desk:case", args=[case.number])
    assert opened == 200
    assert Obligation.objects.get(pk=owed.pk).fulfilled_at is None


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["deliver_again", "reach_party", "send_copy", "send_paper"])
def test_what_the_delivery_clerk_owes_on_the_way_is_done_on_the_page_of_the_deliveries(kind):
    case = a_case()
    assert page_of(kind, case) == reverse("delivery:case", args=[case.number])


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(BY_ROLES))
def test_the_page_of_what_is_owed_is_closed_to_strangers(kind, home):
    case = SITUATIONS.get(kind, lambda: a_booking().case)()
    assert opened_by(an_outsider(), page_of(kind, case)) in (403, 404)


@pytest.mark.django_db
def test_the_applicant_opens_the_page_of_the_supplement():
    case, _ = a_case_to_supplement()
    assert opened_by(a_worker_user(), reverse(OF_PARTIES["supplement"], args=[case.number])) == 200


def opened_by(user: User, address: str) -> int:
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return browser.get(address, follow=True).status_code
