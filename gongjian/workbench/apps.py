"""The room as a Django app."""

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    """The room."""

    name = "gongjian.workbench"
