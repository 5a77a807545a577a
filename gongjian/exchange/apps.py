"""The room as a Django app."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Letters between installations."""

    name = "gongjian.exchange"
    verbose_name = "异地协助调查"
