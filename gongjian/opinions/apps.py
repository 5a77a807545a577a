"""The room as a Django app."""

from django.apps import AppConfig


class OpinionsConfig(AppConfig):
    """The room."""

    name = "gongjian.opinions"
