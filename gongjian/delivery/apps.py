"""The room as a Django app; it follows each new conclusion."""

from importlib import import_module

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Delivery."""

    name = "gongjian.delivery"
    verbose_name = "送达"

    def ready(self) -> None:
        import_module("gongjian.delivery.following").begin()  # models may be loaded only now
