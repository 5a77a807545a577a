"""A stranger tries every address of the platform with everything that exists, and learns nothing and changes nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from django.db.models import Model
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.applications.models import Draft
from gongjian.cases.models import Case
from gongjian.conclusions.models import Conclusion
from gongjian.config.demo import ending, walk
from gongjian.config.demo.cast import Worker, party, staff
from gongjian.delivery.models import Delivery
from gongjian.draws.models import Arrival, Draw
from gongjian.draws.queries import group_of, members
from gongjian.experts.models import Expert
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.outbox.models import Message
from gongjian.materials.models import Material, MaterialPage
from gongjian.papers.models import Paper
from gongjian.recordings import actions as recording
from gongjian.recordings.actions.consenting import notice_for
from gongjian.recordings.models import Playback, Recording
from gongjian.recordings.tests.builders import sent
from gongjian.remote.models import RemoteRoom
from gongjian.sittings.models import Booking, Slot
from tests.journeys.city import City, behind

DAY = date(2026, 3, 18)
REFUSED = {302, 400, 403, 404, 405, 409, 410, 422}
AS_A_PROGRAM = {"Accept": "application/json"}
FOR_EVERYONE = {"public:checked", "draws:receipt", "portal:begin"}
"""Addresses with an argument that answer to everyone: what they show is tested where they live."""
SECRETS = {"key": ["0" * 32], "code": ["00000000"], "matter": ["m-0000"], "sha256": ["0" * 64]}
"""What only those know to whom it was handed: guessed, not told."""
WORDS = {
    "kind": ["diagnosis", "medical_records"],
    "step": ["person", "injury"],
    "what": ["recognition", "appraisal"],
    "act": ["publish", "open", "renew"],
    "method": ["post", "in_person"],
    "face": ["desk"],
    "limit": ["LA-DECIDE", "decision"],
    "mode": ["home", "video"],
    "operation": ["open", "decide"],
}
ROWS: dict[str, tuple[type[Model], ...]] = {
    "materials": (Material, MaterialPage),
    "papers": (Paper,),
    "portal": (Message,),
    "sittings": (Booking, Slot),
    "reception": (Booking,),
    "recordings": (Booking, Recording, Playback),
    "remote": (Booking, RemoteRoom),
    "draws": (Arrival, Booking),
    "delivery": (Delivery,),
    "conclusions": (Conclusion,),
}
"""Whose ids stand in a room's addresses."""
SMALL = {
    "position",
    "page",
    "within",
    "proof",
    "group",
    "line",
    "letter",
    "batch_pk",
    "victim_pk",
    "answer_pk",
    "paper_pk",
}


@dataclass
class Secret:
    """A case served on its worker, a draft, and everything by which they could be named in an address."""

    case: Case
    who: Worker
    candidates: dict[str, list[Any]]

    def candidates_in(self, name: str, argument: str) -> list[Any]:
        """What could stand for an argument of an address; ids are those of the room's own rows."""
        room = name.partition(":")[0]
        return ids_of(ROWS.get(room, ())) if argument == "pk" else self.candidates[argument]

    @property
    def personal(self) -> list[str]:
        who = self.who
        return [who.name, who.id_number, who.telephone, who.state, f"柳桥路{who.serial}号", self.case.number]


def a_secret(city: City) -> Secret:
    who = city.a_worker()
    case = walk.apply(who, at=moment.at(date(2026, 3, 2)))
    walk.take_in(case, at=moment.at(date(2026, 3, 3)))
    sitting = walk.arrange(DAY, city.venue, [case], at=moment.at(date(2026, 3, 4)))
    walk.draw_groups(sitting, at=moment.at(DAY, 7))
    walk.open_day(sitting, at=moment.at(DAY, 8))
    walk.receive(case, at=moment.at(DAY, 8, 30))
    walk.send_to_group(case, at=moment.at(DAY, 8, 40))
    walk.call_in(case, at=moment.at(DAY, 9))
    code = walk.live_booking(case).exam_code
    record_examination(Booking.objects.get(case=case))
    walk.examine(case, (9, 9, 9), at=moment.at(DAY, 10))
    ending.end_day(sitting, at=moment.at(DAY, 18))
    ending.conclude(case, reviewed=moment.at(date(2026, 3, 20)), signed=moment.at(date(2026, 3, 23)))
    with moment.fixed(moment.at(date(2026, 3, 24))):
        draft = walk.write_draft(who, by=party(who.name, who.telephone))
    case.refresh_from_db()
    return Secret(case, who, everything(case, code, draft))


def record_examination(booking: Booking) -> None:
    """The person agrees, is recorded, and a supervisor looks at it."""
    with moment.fixed(moment.at(DAY, 9, 30)):
        by = staff(Role.EXAM_STAFF)
        told = {"answer": "yes", "speaker": "self", "version": notice_for(booking).version}
        recording.answer_notice(booking, **told, by=by)
        row = recording.take_piece(recording.start(booking, by=by), sent(0), by=by)
        row = recording.finish(row, pieces=1, by=by)
        recording.play(row, purpose="quality", reason="季度质量抽查", by=staff(Role.SUPERVISOR))
        RemoteRoom.objects.create(booking=booking, opened_by=by, opened_at=moment.now())


def everything(case: Case, code: str, draft: Draft) -> dict[str, list[Any]]:
    return {
        "number": [case.number, Booking.objects.get(case=case).sitting.number, Draw.objects.latest("pk").number],
        "other": [case.number],
        "token": [draft.token],
        "exam_code": [code],
        **WORDS,
        **SECRETS,
        **{name: [1] for name in SMALL},
    }


def ids_of(models: Sequence[type[Model]]) -> list[int]:
    """The newest row of each table, and a number that no row bears."""
    return [*{model._default_manager.latest("pk").pk for model in models}, 999_999_999]


def routes(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, list[str]]]:
    """(name, arguments) of every address."""
    for found in (resolver or get_resolver()).url_patterns:
        if isinstance(found, URLResolver):
            yield from routes(found, found.namespace or space)
        elif isinstance(found, URLPattern) and found.name:
            yield f"{space}:{found.name}".lstrip(":"), list(found.pattern.regex.groupindex)


def addresses(secret: Secret) -> Iterator[tuple[str, str]]:
    """(name, path) of every address with an argument, for everything that could stand in it."""
    for name, arguments in routes():
        for values in product(*(secret.candidates_in(name, argument) for argument in arguments)):
            if arguments and (path := address(name, values)):
                yield name, path


def address(name: str, values: tuple[Any, ...]) -> str:
    try:
        return reverse(name, args=values)
    except NoReverseMatch:  # a word that this address does not take
        return ""


def body_of(answer: HttpResponseBase) -> str:
    if getattr(answer, "streaming", False):
        return b"".join(answer).decode(errors="replace")  # type: ignore[call-overload]
    return answer.content.decode(errors="replace")  # type: ignore[attr-defined]


def nobody(secret: Secret) -> User | None:
    return None


def another_party(secret: Secret) -> User | None:
    return party("外人甲", "19900009999")


def an_expert_of_no_group(secret: Secret) -> User | None:
    group = group_of(secret.case)
    assert group is not None
    seated = {member.pk for member in members(group)}
    return next(expert.user for expert in Expert.objects.select_related("user") if expert.pk not in seated)


def the_administrator(secret: Secret) -> User | None:
    return staff(Role.ADMINISTRATOR)


STRANGERS = (nobody, another_party, an_expert_of_no_group, the_administrator)


def test_a_stranger_learns_nothing_at_any_address_and_changes_nothing(city: City):
    secret = behind(a_secret, city)
    before = traces(secret)
    with moment.fixed(moment.at(date(2026, 3, 25))):
        wrong = {who.__name__: behind(lambda who=who: list(tries(a_browser(who(secret)), secret))) for who in STRANGERS}
    assert wrong == {who.__name__: [] for who in STRANGERS}
    assert traces(secret) == before


def a_browser(user: User | None) -> Client:
    client = Client(raise_request_exception=False)
    if user:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def traces(secret: Secret) -> tuple[str, int, int]:
    """What every act leaves behind: the state, the entries of the case's chain, the drafts. Who signs in may begin one of their own."""
    secret.case.refresh_from_db()
    entries = LedgerEntry.objects.filter(chain=secret.case.chain).count()
    others = Draft.objects.filter(case=None).exclude(user=another_party(secret))
    return secret.case.state, entries, others.count()


def tries(client: Client, secret: Secret) -> Iterator[str]:
    """What went wrong: an address that let the stranger in, failed, or told something."""
    for name, path in addresses(secret):
        for method, answer in (("GET", client.get(path)), ("POST", client.post(path, headers=AS_A_PROGRAM))):
            if answer.status_code not in REFUSED and name not in FOR_EVERYONE:
                yield f"{name} {method} {path}: {answer.status_code}"
            body = body_of(answer).replace(path, "")
            if told := [word for word in secret.personal if word in body and word not in path]:
                yield f"{name} {method} {path}: tells {told}"


def test_every_address_of_the_platform_is_tried(city: City):
    known = {*WORDS, *SECRETS, *SMALL, "number", "other", "pk", "token", "exam_code"}
    assert {argument for _, arguments in routes() for argument in arguments} <= known
    assert len(list(routes())) > 100


def test_lists_and_searches_show_a_stranger_nothing(city: City):
    secret = behind(a_secret, city)
    with moment.fixed(moment.at(date(2026, 3, 25))):
        told = {who.__name__: behind(lambda who=who: list(told_by_lists(who(secret), secret))) for who in STRANGERS}
    assert told == {who.__name__: [] for who in STRANGERS}


def told_by_lists(user: User | None, secret: Secret) -> Iterator[str]:
    """The pages without an argument, each asked for the person by name."""
    client = a_browser(user)
    for name, arguments in routes():
        if not arguments:
            asked = client.post(reverse(name), {"q": secret.who.name[:1]})
            found = asked["Location"] if asked.status_code == 302 and "?s=" in asked["Location"] else reverse(name)
            body = body_of(client.get(found, {"page": "1"} if found == reverse(name) else None))
            yield from (f"{name}: {word}" for word in secret.personal if word in body)
