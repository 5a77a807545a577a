"""The room as a Django app; it opens the pictures of an examination to the kit that brings them."""

from importlib import import_module

from django.apps import AppConfig


class KitsConfig(AppConfig):
    """Kits."""

    name = "gongjian.kits"
    verbose_name = "离线工作包"

    def ready(self) -> None:
        import_module("gongjian.kits.access").open_pictures()  # models may be loaded only now
