"""What belongs together in the bureau's part of the story: two applications about one injury."""

from collections.abc import Iterator

from gongjian.cases.models import Case
from gongjian.config.demo.cast import Worker
from gongjian.config.demo.recognising import Days, at_hour, begun, enter


def tell_together(people: Iterator[Worker], days: Days) -> None:
    """The worker applied and is being investigated; the employer's own application about the same injury waits to be compared."""
    who = next(people)
    by_employer(who, begun(who, days, before=9), days)


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
