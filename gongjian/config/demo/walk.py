"""Each step of a case, done by the right person of the cast through the rooms' own actions."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.applications.actions.drafts import start_draft
from gongjian.applications.actions.submission import submit
from gongjian.applications.actions.supplement import Item
from gongjian.applications.models import Draft
from gongjian.appraisal.actions import accept, ask_supplement
from gongjian.appraisal.states import INITIAL
from gongjian.appraisal.steps import STEPS
from gongjian.cases.models import Case
from gongjian.config.demo.cast import (
    DOCTORS,
    EMPLOYER,
    HOSPITALS,
    PASSWORD,
    Doctor,
    Worker,
    committee,
    doctor_user,
    party,
    staff,
)
from gongjian.config.demo.examining import opinion
from gongjian.config.demo.papers import PAGES, TITLES, page_of
from gongjian.draws.actions import ceremony, changes, device, door
from gongjian.draws.actions import experts as lots
from gongjian.draws.actions.preparing import settle_tasks
from gongjian.draws.lot.words import seal_word
from gongjian.draws.models import Draw
from gongjian.draws.queries import group_of, members
from gongjian.draws.queries.plan import GroupWish
from gongjian.draws.queries.shown import result_of
from gongjian.draws.states import CANNOT_ATTEND
from gongjian.experts.actions.answers import answer
from gongjian.experts.actions.pool import Told, appoint, link_user
from gongjian.experts.models import Expert
from gongjian.kernel import moment
from gongjian.law.modes import Mode
from gongjian.materials.actions import add_page, material_of
from gongjian.opinions.actions.declare import declare_no_conflict
from gongjian.opinions.actions.draft import save_draft
from gongjian.opinions.actions.seal import seal_opinion
from gongjian.opinions.content import Content
from gongjian.sittings.actions.arriving import check_in
from gongjian.sittings.actions.booking import book
from gongjian.sittings.actions.planning import Plan, add_room, add_venue, open_sitting, plan_sitting, publish
from gongjian.sittings.actions.queue import call_next
from gongjian.sittings.models import Booking, Presence, Sitting, Venue
from gongjian.sittings.states import LIVE
from gongjian.sittings.sweeping import send_notices

WITNESSES = ("监督员", "职工代表", "旁听群众")
WORDS = ("清风徐来", "水波不兴", "山高月小")


def write_draft(who: Worker, *, by: User, channel: str = "online", without: Sequence[str] = ()) -> Draft:
    """Everything an application asks, and every page of its papers but those left out."""
    draft = start_draft(by=by, office=committee(), procedure=INITIAL, channel=channel)
    draft.told, draft.versions = told_by(who), {step.code: 1 for step in STEPS.filled_in}
    draft.save()
    for kind, pages in PAGES.items():
        if kind not in without:
            for number in range(1, pages + 1):
                material = material_of(kind, draft_id=draft.pk)
                add_page(material, page_of(kind, who.name, number), name=f"{TITLES[kind]}第{number}页.jpg", by=by)
    return draft


def told_by(who: Worker) -> dict[str, dict[str, object]]:
    """The answers of a worker who applies in person and agrees to electronic delivery."""
    injured = moment.today().replace(day=1)
    return {
        "applicant": {"capacity": "worker", "applicant_name": who.name, "relation": ""},
        "person": {
            "name": who.name,
            "id_type": "resident_id",
            "id_number": who.id_number,
            "telephone": who.telephone,
            "address": f"云溪市东溪县柳桥路{who.serial}号",
        },
        "employer": dict(EMPLOYER),
        "recognition": {
            "recognition_number": f"云溪人社工认〔{injured.year - 1}〕{who.serial:04d}号",
            "recognition_on": injured.replace(year=injured.year - 1, month=12).isoformat(),
            "injured_on": injured.replace(year=injured.year - 1, month=8).isoformat(),
        },
        "injury": {"ground": "stable", "parts": list(who.parts), "injury_state": who.state},
        "hospital": {"hospital": who.hospital, "department": who.department},
        "address": {
            "delivery_name": who.name,
            "delivery_telephone": who.telephone,
            "delivery_address": f"云溪市东溪县柳桥路{who.serial}号",
            "electronic_consent": who.is_online,
        },
    }


def apply(who: Worker, *, at: datetime, without: Sequence[str] = ()) -> Case:
    """The worker applies in the portal."""
    with moment.fixed(at):
        return submit(
            write_draft(who, by=party(who.name, who.telephone), without=without),
            by=party(who.name, who.telephone),
            truthful=True,
        )


def take_in(case: Case, *, at: datetime) -> None:
    """The window accepts."""
    with moment.fixed(at):
        accept(case, by=staff(Role.WINDOW_CLERK))


def ask(case: Case, *, at: datetime) -> None:
    """The window asks, once, for the medical records."""
    with moment.fixed(at):
        items = [Item("medical_records", "请补交完整的住院病历和出院记录。")]
        ask_supplement(case, items, by=staff(Role.WINDOW_CLERK))


def fill_pool(doctors: Sequence[Doctor] = DOCTORS, hospitals: Sequence[str] = HOSPITALS, *, at: datetime) -> None:
    """The pool of experts, each with an account, a term and a training passed."""
    with moment.fixed(at):
        for number, doctor in enumerate(doctors, start=1):
            told = Told(
                name=doctor.name,
                title="主任医师" if number % 2 else "副主任医师",
                title_level="senior" if number % 2 else "associate",
                hospital=hospitals[doctor.hospital],
                department=doctor.department,
                specialties=doctor.specialties,
                term_from=at.date(),
                trained_on=at.date(),
                telephone=f"1990009{number:04d}",
                recommended_by=hospitals[doctor.hospital],
            )
            manager = staff(Role.ADMINISTRATOR)
            link_user(appoint(committee(), told, by=manager), doctor_user(doctor), by=manager)


def found_venue() -> Venue:
    """The city's appraisal centre with three rooms."""
    by = staff(Role.SCHEDULER)
    venue = add_venue(
        committee(),
        name="云溪市劳动能力鉴定中心",
        address="云溪市临江路8号三楼",
        directions="乘2路、9路到临江路站",
        by=by,
    )
    for name in ("一号诊室", "二号诊室", "三号诊室"):
        add_room(venue, name=name, by=by)
    return venue


def arrange(day: date, venue: Venue, cases: Sequence[Case], *, at: datetime, rooms: int = 2) -> Sitting:
    """Plan a sitting, ask the experts, book the cases, publish, and send the notices."""
    with moment.fixed(at):
        plan = Plan(
            venue=venue,
            starts_at=moment.at(day, 8, 30),
            ends_at=moment.at(day, 17, 30),
            minutes=60,
            capacity=4,
            specialties=("orthopaedics", "hand_foot", "neurology", "ophthalmology"),
            rooms=list(venue.rooms.all()[:rooms]),
        )
        sitting = plan_sitting(committee(), plan, by=staff(Role.SCHEDULER))
        for expert in Expert.objects.filter(office=committee()).select_related("user"):
            answer(expert, sitting, expert.number[-1] != "9", by=expert.user or staff(Role.SCHEDULER))
        for case in cases:
            case.refresh_from_db()
            book(case, sitting, by=staff(Role.SCHEDULER))
        publish(sitting, by=staff(Role.SCHEDULER))
        send_notices()
        settle_tasks()
    return sitting


def draw_groups(sitting: Sitting, *, at: datetime) -> Draw:
    """Commit the list, take the words of those present, hold the draw."""
    with moment.fixed(at):
        rooms = [room.name for room in sitting.rooms.all()] or [Mode(sitting.mode).label]
        wishes = [GroupWish(room, ("orthopaedics", "hand_foot", "*")) for room in rooms]
        row = lots.commit_experts(
            sitting, wishes, reserves=("orthopaedics", "hand_foot"), witnesses=WITNESSES, by=staff(Role.DRAW_OFFICER)
        )
        say_words(row)
        return lots.hold(row, by=staff(Role.DRAW_OFFICER))


def say_words(row: Draw) -> None:
    """Those present give their words: the first seals it on a telephone of their own and opens it when all are in, the others type."""
    own, *others = zip(row.witnesses.order_by("position"), WORDS, strict=True)
    witness, word = own
    salt = secrets.token_bytes(16)
    sealed = seal_word(row.commitment_hash, position=witness.position, who=witness.who, word=word, salt=salt)
    device.hand_in_seal(witness.entry_code, sealed.seal)
    for other, typed in others:
        ceremony.give_word(other.entry_code, typed)
    device.open_word(witness.entry_code, sealed.word, sealed.salt)


def reserve_leaves(row: Draw, *, at: datetime, is_confirmed: bool) -> None:
    """The last reserve cannot come: the draw officer asks, and the supervisor confirms, or has not answered yet."""
    with moment.fixed(at):
        row.refresh_from_db()
        result = result_of(row)
        if result is None:
            raise ValueError("nothing drawn yet")
        reserve = Expert.objects.get(number=[number for _, number in result.reserves if number][-1])
        told = {"kind": CANNOT_ATTEND, "facts": "当天有急诊手术"}
        change = changes.ask_leave(row.sitting, reserve, by=staff(Role.DRAW_OFFICER), **told)
        if is_confirmed:
            changes.confirm(change, by=staff(Role.SUPERVISOR))


def open_day(sitting: Sitting, *, at: datetime) -> None:
    """Open the sitting and the door."""
    with moment.fixed(at):
        open_sitting(sitting, by=staff(Role.EXAM_STAFF))
        row = door.commit_list(sitting, witnesses=WITNESSES, by=staff(Role.EXAM_STAFF))
        say_words(row)
        door.open_list(row, by=staff(Role.EXAM_STAFF))


def receive(case: Case, *, at: datetime) -> Booking:
    """The person shows the code and the identity card."""
    with moment.fixed(at):
        booking = live_booking(case)
        return check_in(booking.exam_code, booking.sitting, Presence.Method.ORIGINAL_ID, by=staff(Role.EXAM_STAFF))


def send_to_group(case: Case, *, at: datetime) -> None:
    """The second draw."""
    with moment.fixed(at):
        door.draw_group_for(live_booking(case), by=staff(Role.EXAM_STAFF), word="平安")


def call_in(case: Case, *, at: datetime) -> None:
    """Call people of the case's group until this case is called."""
    with moment.fixed(at):
        group = group_of(case)
        case.refresh_from_db()
        while group and case.state == "grouped":
            call_next(live_booking(case).sitting, group.number, staff(Role.EXAM_STAFF))
            case.refresh_from_db()


def examine(case: Case, grades: Sequence[int | None], *, at: datetime, sealed: int | None = None) -> None:
    """Each member declares, writes and seals; only the first `sealed` of them where a number is given."""
    group = group_of(case)
    if group is None:
        raise ValueError("no group yet")
    code = live_booking(case).exam_code
    with moment.fixed(at):
        for expert, grade in list(zip(members(group), grades, strict=False))[:sealed]:
            seal(code, opinion(case, grade), expert.user)


def seal(code: str, content: Content, by: User | None) -> None:
    """One expert's part."""
    if by is None:
        raise ValueError("an expert of the demo signs in")
    declare_no_conflict(code, by=by)
    draft = save_draft(code, content, version=1, by=by)
    seal_opinion(code, version=draft.version, password=PASSWORD, by=by)


def live_booking(case: Case) -> Booking:
    """The case's place at a sitting."""
    live = Booking.objects.filter(case=case, state__in=[state.value for state in LIVE])
    return live.select_related("case__office", "case__person", "sitting__office", "sitting__venue", "slot").get()
