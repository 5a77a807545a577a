"""What belongs together in the bureau's part of the story: two applications about one injury, and one accident with several victims."""

from collections.abc import Iterator, Sequence
from datetime import date

from gongjian.accounts.roles import Role
from gongjian.cases.models import Case
from gongjian.config.demo.cast import BUREAU, EMPLOYER, Worker, bureau, staff
from gongjian.config.demo.recognising import Days, at_hour, begun, enter
from gongjian.kernel import moment
from gongjian.recognition.actions import accident
from gongjian.recognition.actions.batch import advance, begin_batch
from gongjian.recognition.models import Accident, Batch
from gongjian.recognition.victims import checked

ABOUT = {
    "title": "云溪恒信机械一号厂房坍塌事故",
    "ground": "major",
    "why": "市应急管理局通报为较大生产安全事故。",
    "happened_at": "10:20",
    "place": "云溪恒信机械有限公司一号厂房",
    "cause": "厂房屋面坍塌，原因正在调查。",
}


VICTIMS = 5


def tell_together(people: Iterator[Worker], days: Days) -> None:
    """The worker applied and is being investigated, the employer's own application waits to be compared; one accident is in the green channel."""
    who = next(people)
    by_employer(who, begun(who, days, before=9), days)
    accident_of([next(people) for _ in range(VICTIMS)], days)


def by_employer(who: Worker, first: Case, days: Days) -> Case:
    """The employer's application, three days later, with its own account of the day and the place."""
    told = {
        "capacity": "employer",
        "applicant_name": "周若岚",
        "injured_on": first.recognition_application.injured_on,
        "place": "公司二车间，3号车床旁边",
        "cause": "未停机即更换刀具，工件松脱。",
    }
    return enter(who, at=at_hour(days.before(6), 10), without="medical_diagnosis", **told)


def accident_of(hurt: Sequence[Worker], days: Days) -> Accident:
    """Registered and listed; everybody's case is opened, the last victim was listed afterwards and waits."""
    clerk, day = staff(Role.WINDOW_CLERK, BUREAU), days.before(4)
    with moment.fixed(at_hour(day, 9)):
        row = accident.register(bureau(), {**EMPLOYER, **ABOUT, "happened_on": days.before(5)}, by=clerk)
        for who in hurt[:-1]:
            accident.add_victim(row, listed(who, days.before(5)), by=clerk)
        advance(begin_batch(row, Batch.Operation.OPEN, {}, by=clerk))
        accident.add_victim(row, listed(hurt[-1], days.before(5)), by=clerk)
    return row


def listed(who: Worker, day: date) -> dict[str, str]:
    """A worker as the list of victims tells of them."""
    told, wrong = checked(
        {
            "name": who.name,
            "id_number": who.id_number,
            "telephone": who.telephone,
            "address": f"云溪市东溪县柳桥路{who.serial}号",
            "occupation": "装配工",
            "harm": "右下肢骨折",
            "parts": "右下肢",
            "hospital": who.hospital,
            "diagnosed_on": day.isoformat(),
            "diagnosis": "右胫骨骨折",
        },
        on=moment.today(),
        since=day,
    )
    assert not wrong, wrong
    return told
