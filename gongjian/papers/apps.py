"""The room as a Django app."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """The room."""

    name = "gongjian.papers"
