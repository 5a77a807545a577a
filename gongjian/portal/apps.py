"""The room as a Django app."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The room."""

    name = "gongjian.portal"
