"""The room as a Django app."""

from django.apps import AppConfig


class ArchivesConfig(AppConfig):
    """The room."""

    name = "gongjian.archives"
