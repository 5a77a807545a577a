"""What is not served yet when a case goes to another office is served by that office; what was served stays as it was."""

from gongjian.cases.models import Case
from gongjian.delivery.models import Delivery


def move_unserved(case: Case) -> int:
    """Let the open deliveries of a case follow it to its office; how many. Called in the transaction of the handover. Law: 条例 art. 17; 民诉法 art. 87."""
    return Delivery.objects.filter(case=case, served_on=None).exclude(office=case.office).update(office=case.office)
