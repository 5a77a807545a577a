"""The room as a Django app."""

from django.apps import AppConfig


class ExpertsConfig(AppConfig):
    """The room."""

    name = "gongjian.experts"
