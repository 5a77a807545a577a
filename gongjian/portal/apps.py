"""The room as a Django app; it tells the demo's sign-in page where cases stand."""

from importlib import import_module

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The room."""

    name = "gongjian.portal"

    def ready(self) -> None:
        import_module("gongjian.portal.cast").begin()  # models may be loaded only now
