"""The story of a sudden death that an employer has reported by telephone and for which nobody has applied yet."""

from datetime import timedelta

from gongjian.accounts.roles import Role
from gongjian.config.demo.cast import BUREAU, bureau, staff
from gongjian.deaths.actions import enter, note
from gongjian.deaths.models import Report
from gongjian.kernel import moment
from gongjian.law.identity import id_check_digit
from gongjian.parties.actions import keep_employer

UNIT = {"name": "云溪恒信仓储有限公司（虚构）", "credit_code": "91990100MA0000002Y"}
TOLD = {
    "reporter_name": "仓储人事甲",
    "reporter_telephone": "19900008011",
    "name": "钟守仓",
    "id_type": "resident_id",
    "telephone": "",
    "occupation": "夜班保管员",
    "place": "三号仓库值班室",
    "at_work": "当班巡库时胸口疼，倒在值班室门口。",
    "hospital": "云溪市第一人民医院",
    "witnesses": "同班保管员；值班室有监控。",
}
FIRST = "99010119760408901"


def tell() -> None:
    """The keeper fell ill the night before last and died in hospital in the morning after; the report came this morning."""
    onset = moment.at(moment.today() - timedelta(days=2), 21, 40)
    times = {"onset_at": onset, "first_seen_at": onset + timedelta(minutes=35), "died_at": onset + timedelta(hours=9)}
    report = enter(
        bureau(),
        keep_employer(**UNIT),
        {**TOLD, **times, "id_number": FIRST + id_check_digit(FIRST)},
        channel=Report.Channel.TELEPHONE,
        reporter=Report.Reporter.EMPLOYER,
        reported_at=moment.now(),
        by=staff(Role.WINDOW_CLERK, BUREAU),
    )
    note(report, "已请仓库封存当晚22时前后的值班室监控录像。", by=staff(Role.INVESTIGATOR, BUREAU))
