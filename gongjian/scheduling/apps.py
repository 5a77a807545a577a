"""The room as a Django app."""

from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    """The room."""

    name = "gongjian.scheduling"
