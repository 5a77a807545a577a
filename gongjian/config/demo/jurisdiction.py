"""The story of a change of jurisdiction that waits for its day: a unit insured with the province will be appraised by the province's committee."""

from datetime import timedelta

from gongjian.accounts.models import Office
from gongjian.accounts.roles import Role
from gongjian.config.demo.cast import staff
from gongjian.jurisdiction.actions.changing import enter_change
from gongjian.jurisdiction.rules import APPRAISAL
from gongjian.kernel import moment
from gongjian.parties.actions import keep_employer

UNIT = {"name": "云岭省第一地质勘查队（虚构）", "credit_code": "91990000MA00000010"}
GROUND = "云岭省人力资源和社会保障厅〔2026〕12号（虚构）"


def tell() -> None:
    """Entered today, in force in sixty days."""
    enter_change(
        APPRAISAL,
        area="",
        employer=keep_employer(**UNIT),
        office=Office.objects.get(code="YLJD"),
        since=moment.today() + timedelta(days=60),
        ground=GROUND,
        by=staff(Role.ADMINISTRATOR, "YLJD"),
    )
