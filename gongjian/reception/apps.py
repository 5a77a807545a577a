"""The room as a Django app."""

from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    """Reception."""

    name = "gongjian.reception"
    verbose_name = "鉴定现场"
