"""The room as a Django app."""

from django.apps import AppConfig


class SittingsConfig(AppConfig):
    """The room."""

    name = "gongjian.sittings"
