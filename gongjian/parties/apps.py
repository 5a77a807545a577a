"""The room as a Django app."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Persons, employers, mandates."""

    name = "gongjian.parties"
    verbose_name = "当事人"
