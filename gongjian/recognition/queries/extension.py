"""More time that an employer was given, found again when its application comes, whichever office has it now."""

from datetime import date

from django.db.models import Q

from gongjian.recognition.models import EmployerExtension


def extension_of(*, code: str, name: str, worker: str, injured_on: date) -> EmployerExtension | None:
    """The last approval for one employer, worker and injury. code: the credit code, "" where it is not told.

    Who granted it is not asked: an application that is transferred or handed over keeps the days it was given. An employer told without its code
    on one of the two is known by its name. Law: 条例 art. 17; 令8 art. 4.
    """
    same = Q(employer__credit_code=code) | Q(employer__credit_code=None, employer__name=name)
    employer = same if code else Q(employer__name=name)
    rows = EmployerExtension.objects.filter(employer, injured_on=injured_on).order_by("-id")
    return next((row for row in rows if row.worker_name == worker), None)
