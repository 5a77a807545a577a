"""What is open about a sitting is due on its day, not only within the limit of the decision."""

from django.db import migrations
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Least

OF_THE_DAY = ("receive_at_door", "group", "call")
LIVE = ("booked", "present", "absent", "done")


def give_days(apps, editor):
    live = apps.get_model("sittings", "Booking").objects.filter(case=OuterRef("case"), state__in=LIVE)
    owed = apps.get_model("cases", "Obligation").objects.filter(fulfilled_at=None, kind__in=OF_THE_DAY)
    day = Subquery(live.values("sitting__day")[:1])
    owed.update(appointed_on=day, due_on=Least("due_on", day))


def take_days(apps, editor):
    owed = apps.get_model("cases", "Obligation").objects.filter(fulfilled_at=None, limit__isnull=False)
    limits = apps.get_model("cases", "CaseLimit").objects.filter(pk=OuterRef("limit"))
    owed.filter(appointed_on__isnull=False).update(appointed_on=None, due_on=Subquery(limits.values("due_on")[:1]))


class Migration(migrations.Migration):

    dependencies = [("sittings", "0001_initial"), ("cases", "0004_appointed_days")]

    operations = [migrations.RunPython(give_days, take_days)]
