"""The room as a Django app."""

from django.apps import AppConfig


class MaterialsConfig(AppConfig):
    """Papers that are handed in."""

    name = "gongjian.materials"
