"""The room as a Django app."""

from django.apps import AppConfig


class MaterialsConfig(AppConfig):
    """The room."""

    name = "gongjian.materials"
