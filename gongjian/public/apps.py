"""The room as a Django app."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """The room."""

    name = "gongjian.public"
