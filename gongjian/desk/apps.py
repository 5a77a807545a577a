"""The room as a Django app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The room."""

    name = "gongjian.desk"
