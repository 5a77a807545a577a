"""How cases of the story end: conclusion, delivery, effect, archive, withdrawal, absence."""

from datetime import date, datetime

from django.conf import settings

from gongjian.accounts.roles import Role
from gongjian.appraisal.actions import withdraw as take_back
from gongjian.appraisal.actions.death import Told, note_death
from gongjian.appraisal.actions.refusing import Why, agree_to_hand_over
from gongjian.appraisal.actions.refusing import refuse as turn_away
from gongjian.appraisal.actions.supplementing import lapse_due
from gongjian.appraisal.grounds import Ground
from gongjian.archives.actions import archive as close_file
from gongjian.cases.models import Case
from gongjian.conclusions.actions.review import review as pass_on
from gongjian.conclusions.actions.signing import conclude as sign
from gongjian.config.demo.cast import party, staff
from gongjian.config.demo.papers import page_of
from gongjian.config.demo.walk import live_booking
from gongjian.delivery.actions import record_served, take_effect_due
from gongjian.delivery.actions.attempts import Handed
from gongjian.delivery.methods import Method
from gongjian.delivery.models import Delivery
from gongjian.draws.actions import door
from gongjian.draws.models import Draw
from gongjian.draws.states import State as DrawState
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import anchor_days
from gongjian.kernel.outbox.models import Message
from gongjian.kernel.outbox.sending import deliver_now
from gongjian.kernel.outbox.states import State as MessageState
from gongjian.sittings.actions.absences import decide_absence, note_absence
from gongjian.sittings.actions.planning import close_sitting
from gongjian.sittings.actions.terminating import terminate
from gongjian.sittings.models import Sitting


def end_day(sitting: Sitting, *, at: datetime) -> None:
    """Close the sitting and publish the receipts of both draws."""
    with moment.fixed(at):
        close_sitting(sitting, by=staff(Role.EXAM_STAFF))
        for row in Draw.objects.filter(sitting=sitting, state=DrawState.HELD):
            door.close(row, by=staff(Role.DRAW_OFFICER if row.kind == "experts" else Role.EXAM_STAFF))


def review(case: Case, *, at: datetime) -> None:
    """The reviewer passes the group's opinion on."""
    with moment.fixed(at):
        pass_on(case, by=staff(Role.REVIEWER), note="部位与认定范围一致，条款与所见相符。")


def conclude(case: Case, *, reviewed: datetime, signed: datetime) -> None:
    """Reviewed by one, signed by another."""
    review(case, at=reviewed)
    put_signature(case, at=signed)


def put_signature(case: Case, *, at: datetime) -> None:
    """The signer concludes."""
    with moment.fixed(at):
        sign(case, by=staff(Role.SIGNER))


def stay_away(case: Case, *, at: datetime, decided: datetime) -> None:
    """Somebody does not come and gives no good reason: the appraisal ends under the first head of 令55 art. 14."""
    with moment.fixed(at):
        note_absence(live_booking(case), by=staff(Role.EXAM_STAFF))
    with moment.fixed(decided):
        decide_absence(case, justified=False, reason="通知已送达，期满未说明理由。", by=staff(Role.SCHEDULER))
        facts = "经书面通知，未按时到场，期满没有说明正当理由。"
        terminate(case, head=1, facts=facts, proof="送达记录、现场报到记录", by=staff(Role.SCHEDULER))


def deliver(case: Case, *, at: datetime) -> None:
    """The worker has the paper in the box already; what is left is handed over against a signature."""
    with moment.fixed(at):
        for row in Delivery.objects.filter(case=case, served_on=None):
            signed = ("周若岚", "mail_room") if row.is_to_body else (row.name, "self")
            facts = dict(zip(("received_by", "relation"), signed, strict=True))
            facts |= {"id_checked": "核对证件", "servers": "宋达、陈晓窗"}
            record_served(
                row, Method.IN_PERSON, on=at.date(), facts=facts, by=staff(Role.DELIVERY_CLERK), files=[receipt_slip()]
            )


def receipt_slip() -> Handed:
    """The signed record of service, as a photograph."""
    return Handed(page_of("delivery_record", "周若岚", 1), "送达回证.jpg")


def archive(case: Case, *, at: datetime) -> None:
    """The archivist closes the file."""
    with moment.fixed(at):
        case.refresh_from_db()
        close_file(case, by=staff(Role.ARCHIVIST))


def withdraw(case: Case, *, at: datetime) -> None:
    """The worker takes the application back."""
    with moment.fixed(at):
        telephone = case.application.telephone
        take_back(case, by=party(case.person.name, telephone), reason="需要继续治疗")


def refuse(case: Case, *, at: datetime) -> None:
    """The application belongs to another city's committee, and the applicant lets the papers be handed over."""
    why = Why(
        Ground.NOT_COMPETENT,
        "工伤认定决定由邻市作出，参保地也在邻市，应当由参保地的劳动能力鉴定委员会办理。",
        competent_told="临江市劳动能力鉴定委员会，临江市滨河路1号",
    )
    with moment.fixed(at):
        turn_away(case, why, by=staff(Role.WINDOW_CLERK))
        agree_to_hand_over(case, by=staff(Role.WINDOW_CLERK))


def die(case: Case, *, died_on: date, at: datetime) -> None:
    """The worker has died before being examined; the son brings the certificate."""
    told = Told(died_on, "医疗机构出具的死亡证明", "林安", "儿子", "19900000044", "云溪市东溪县柳桥路1号")
    with moment.fixed(at):
        note_death(
            case,
            told,
            proof=page_of("death_certificate", case.person.name, 1),
            name="死亡证明.jpg",
            by=staff(Role.WINDOW_CLERK),
        )


def let_time_pass(*, at: datetime) -> None:
    """Supplements lapse and conclusions take effect, as the sweeps see it on that day."""
    with moment.fixed(at):
        lapse_due()
        take_effect_due()


def catch_up() -> None:
    """What the background work would have done by now: each message sent when it was written, finished days anchored."""
    before = settings.SMS_GATEWAY
    settings.SMS_GATEWAY = settings.DEMO_GATEWAY  # no operator's provider is asked to reach people who are invented
    try:
        for message in Message.objects.filter(state=MessageState.PENDING).order_by("created_at", "pk"):
            with moment.fixed(message.created_at):
                deliver_now(message.key)
    finally:
        settings.SMS_GATEWAY = before
    anchor_days(until=moment.today())
