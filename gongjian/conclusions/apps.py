"""The room as a Django app."""

from django.apps import AppConfig


class ConclusionsConfig(AppConfig):
    """The room."""

    name = "gongjian.conclusions"
