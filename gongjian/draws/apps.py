"""The room as a Django app."""

from django.apps import AppConfig


class DrawsConfig(AppConfig):
    """The room."""

    name = "gongjian.draws"
