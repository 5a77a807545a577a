"""Who sees a kit, and when its pictures may be put among a case's materials."""

from datetime import UTC, datetime

from django.db.models import QuerySet

from gongjian.accounts.models import User
from gongjian.accounts.queries import offices_where
from gongjian.kits.errors import KitNotFound
from gongjian.kits.models import Kit, KitEvent
from gongjian.kits.states import Kind, Stage
from gongjian.materials.access import Opening, allow_change
from gongjian.materials.catalog import EXAMINATION
from gongjian.materials.models import Material

STAYS = datetime.max.replace(tzinfo=UTC)
"""What a kit has brought was handed in for good, whenever it came."""
KEEP = "sittings.check_in"
"""Who looks after the kits of an office: the staff of the day."""


def visible_to(user: User) -> QuerySet[Kit]:
    """An expert's own kits; the staff of the day those of their offices, by number and stage, never what is in them."""
    kits = Kit.objects.select_related("sitting", "user")
    if not user.is_authenticated or not user.is_active:
        return kits.none()
    if user.kind == User.Kind.EXPERT:
        return kits.filter(user=user)
    return kits.filter(sitting__office_id__in=offices_where(user, KEEP))


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


def brings(user: User, material: Material) -> Opening | None:
    """The pictures of an examination come from who had it in a kit, while they are being merged, and in no other way; what came stays."""
    if material.kind != EXAMINATION or material.case_id is None:
        return None
    bringing = KitEvent.objects.filter(kit__user=user, about__case=material.case_id, stage=Stage.WAITING)
    return Opening(since=STAYS) if bringing.filter(kind__in=(Kind.PICTURED, Kind.SIGNED)).exists() else None


def open_pictures() -> None:
    """Make the kits' experts known to `materials` as those who add the pictures of an examination."""
    allow_change(brings)
