"""The room as a Django app."""

from django.apps import AppConfig


class ArchivesConfig(AppConfig):
    """Archives."""

    name = "gongjian.archives"
    verbose_name = "档案"
