"""Who sees a kit."""

from django.db.models import Exists, OuterRef, QuerySet

from gongjian.accounts.models import User
from gongjian.accounts.queries import offices_where
from gongjian.cases.queries import open_to
from gongjian.kits.errors import KitNotFound
from gongjian.kits.models import Kit, KitCase, KitEvent

KEEP = "sittings.check_in"
"""Who looks after the kits of an office: the staff of the day."""


def visible_to(user: User) -> QuerySet[Kit]:
    """An expert's own kits; the staff of the day those of their offices, by number and stage, never what is in them.

    Nobody of the staff sees a kit in which all is about cases that they keep away from. Law: 令55 art. 28.
    """
    kits = Kit.objects.select_related("sitting", "user")
    if not user.is_authenticated or not user.is_active:
        return kits.none()
    if user.kind == User.Kind.EXPERT:
        return kits.filter(user=user)
    cases = open_to(KitCase.objects.filter(kit=OuterRef("pk")), user, at="case")
    return kits.filter(Exists(cases), sitting__office_id__in=offices_where(user, KEEP))


def events_open_to(user: User) -> QuerySet[KitEvent]:
    """Of what kits have brought, to their expert everything, to staff what is not about a case that they keep away from. Law: 令55 art. 28."""
    rows = KitEvent.objects.all()
    return rows if user.kind == User.Kind.EXPERT else open_to(rows, user, at="about__case")


def kit_for(number: str, *, by: User) -> Kit:
    """One kit. Hidden and unknown answer alike. Raises: KitNotFound."""
    kit = visible_to(by).filter(number=number).first()
    if kit is None:
        raise KitNotFound
    return kit


def own_kit(number: str, *, by: User) -> Kit:
    """A kit of the one who took it. Raises: KitNotFound."""
    kit = kit_for(number, by=by)
    if kit.user_id != by.pk:
        raise KitNotFound
    return kit
