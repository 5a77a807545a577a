"""The room as a Django app."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """The room."""

    name = "gongjian.delivery"
