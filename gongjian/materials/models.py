"""Materials and their pages. A page taken out stays as a row with the time it was taken out, and its file stays in the store."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongjian.materials.catalog import KINDS, Kind


class Material(models.Model):
    """One paper of one kind, of an application that is being written (draft) or of a case."""

    draft = models.ForeignKey("applications.Draft", models.PROTECT, null=True, related_name="materials")
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="materials")
    person = models.ForeignKey("parties.Person", models.PROTECT, null=True, related_name="materials")
    kind = models.CharField(max_length=30, choices=[(kind.code, kind.title) for kind in KINDS.values()])
    title = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "kind"], condition=Q(draft__isnull=False), name="kind_once_a_draft"
            ),
            models.UniqueConstraint(fields=["case", "kind"], condition=Q(case__isnull=False), name="kind_once_a_case"),
            models.CheckConstraint(
                condition=Q(draft__isnull=False) | Q(case__isnull=False), name="material_belongs_somewhere"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def told(self) -> Kind:
        """What the catalogue says about its kind."""
        return KINDS[self.kind]


class MaterialPage(models.Model):
    """One file of a material, in its place. A PDF of many pages is one file."""

    material = models.ForeignKey(Material, models.PROTECT, related_name="pages")
    evidence = models.ForeignKey("kernel.Evidence", models.PROTECT, related_name="+")
    order = models.IntegerField()
    name = models.CharField(max_length=120)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)
    examined_at = models.DateTimeField(null=True)
    """When it was looked at how the file was made and where else it stands; nothing follows from it by itself."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["material", "order"],
                condition=Q(removed_at=None),
                name="one_page_per_place",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None) | Q(removed_at__gte=F("added_at")), name="removed_after_it_was_added"
            ),
        ]
        indexes = [
            models.Index(fields=["material", "order"], name="pages_in_order"),
            models.Index(fields=["-id"], condition=Q(examined_at=None, removed_at=None), name="pages_to_examine"),
        ]
        triggers = [pgtrigger.Protect(name="page_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.material_id}:{self.order}"
