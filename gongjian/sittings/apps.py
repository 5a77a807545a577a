"""The room as a Django app; it follows each withdrawal."""

from importlib import import_module

from django.apps import AppConfig


class SittingsConfig(AppConfig):
    """The room."""

    name = "gongjian.sittings"

    def ready(self) -> None:
        import_module("gongjian.sittings.following").begin()  # models may be loaded only now
