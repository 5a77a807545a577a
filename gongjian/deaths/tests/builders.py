"""Reports from no arguments: a night keeper falls ill on a Monday evening and dies on the Wednesday morning. Everybody in them is invented."""

from datetime import datetime
from typing import Any

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import an_applicant, an_employer_user
from gongjian.deaths import actions
from gongjian.deaths.models import Report
from gongjian.kernel import moment
from gongjian.materials.tests.builders import a_picture
from gongjian.parties.actions import keep_employer
from gongjian.parties.models import Employer
from gongjian.parties.tests.builders import an_id_number
from gongjian.recognition.tests.builders import a_bureau, the_clerk

CODE = "91990100MA0000001X"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of March 2026."""
    return datetime(2026, 3, day, hour, minute, tzinfo=moment.ZONE)


ONSET, SEEN, DIED, REPORTED = at(2, 21, 40), at(2, 22, 15), at(4, 6, 5), at(5, 9)
WORKER, NUMBER = "钟守仓", an_id_number(7)


def the_employer() -> Employer:
    """An employer with a verified account: 周若岚's."""
    employer = keep_employer(name="云溪恒信仓储有限公司", credit_code=CODE, address="云溪市工业大道8号")
    employer.users.add(an_employer_user())
    return employer


def another_employers_user() -> User:
    """The account of another employer: a stranger to the report."""
    user = an_applicant("19900000042", "邻厂甲")
    other = keep_employer(name="云溪邻厂有限公司", credit_code="91990100MA0000002Y")
    other.users.add(user)
    return user


def told(**changes: Any) -> dict[str, Any]:
    """What the employer tells."""
    answers: dict[str, Any] = {
        "reporter_name": "周若岚",
        "reporter_telephone": "19900000002",
        "name": WORKER,
        "id_type": "resident_id",
        "id_number": NUMBER,
        "telephone": "",
        "occupation": "夜班保管员",
        "place": "三号仓库值班室",
        "at_work": "当班巡库时胸口疼，倒在值班室门口。",
        "onset_at": ONSET,
        "hospital": "云溪市第一人民医院",
        "first_seen_at": SEEN,
        "died_at": DIED,
        "witnesses": "同班保管员，有监控。",
    }
    return {**answers, **changes}


def a_report(*, when: datetime = REPORTED, by: User | None = None, papers: int = 0, **changes: Any) -> Report:
    """The employer's account reports on the day after the death."""
    employer = the_employer()
    with moment.fixed(when):
        handed = [actions.Handed("rescue_record", a_picture(number), f"{number}.png") for number in range(papers)]
        return actions.report_online(a_bureau(), employer, told(**changes), by=by or an_employer_user(), papers=handed)


def an_entered_report(*, when: datetime = REPORTED, reporter: str = "relative", **changes: Any) -> Report:
    """The window writes down what somebody has told by telephone."""
    employer = the_employer()
    with moment.fixed(when):
        return actions.enter(
            a_bureau(), employer, told(**changes), channel="telephone", reporter=reporter, reported_at=when, by=the_clerk()
        )  # fmt: skip


def typed(**changes: Any) -> dict[str, Any]:
    """The same as a browser sends it."""
    sent = {name: f"{value:%Y-%m-%dT%H:%M}" if isinstance(value, datetime) else value for name, value in told().items()}
    return {**sent, "employer": the_employer().pk, "office": a_bureau().pk, **changes}
