"""The room as a Django app."""

from django.apps import AppConfig


class JurisdictionConfig(AppConfig):
    """Who decides what where."""

    name = "gongjian.jurisdiction"
    verbose_name = "管辖"
