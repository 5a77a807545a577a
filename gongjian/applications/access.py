"""What this room opens of `materials`: everything in a draft, to whoever writes it."""

from gongjian.accounts.models import User
from gongjian.applications.models import Draft
from gongjian.applications.queries import owns
from gongjian.materials.access import Opening, allow, allow_change
from gongjian.materials.models import Material


def writer_sees(user: User, material: Material) -> bool:
    """The writer of a draft sees what was uploaded into it."""
    draft = _open_draft(material)
    return bool(draft and owns(user, draft))


def open_to_writer(user: User, material: Material) -> Opening | None:
    """The writer of a draft may change everything in it."""
    return Opening() if writer_sees(user, material) else None


def _open_draft(material: Material) -> Draft | None:
    if material.case_id or material.draft_id is None:
        return None
    return Draft.objects.filter(pk=material.draft_id, case=None, dropped_at=None, declared_at=None).first()


def open_materials() -> None:
    """Make both known to `materials`."""
    allow(writer_sees)
    allow_change(open_to_writer)
