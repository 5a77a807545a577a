"""Noting who has looked at a case's papers: once a day for each reader and material, or the ledger would drown."""

from datetime import datetime, time

from gongjian.accounts.models import User
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record_reading
from gongjian.kernel.ledger.queries import readings_of
from gongjian.materials.models import Material


def note_reading(material: Material, *, by: User) -> None:
    """Note in the case's chain that `by` has read the material today. Drafts and one's own papers are nobody else's business."""
    if material.case is None or material.case.person.user_id == by.pk:
        return
    what = f"材料：{material.told.title}"
    midnight = datetime.combine(moment.today(), time.min, moment.ZONE)
    seen = readings_of(material.case.chain).filter(by_id=by.pk, at__gte=midnight, facts__what=what)
    if not seen.exists():
        record_reading(material.case.chain, by=by, what=what)
