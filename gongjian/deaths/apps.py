"""The room as a Django app."""

from django.apps import AppConfig


class DeathsConfig(AppConfig):
    """Reports of a sudden death."""

    name = "gongjian.deaths"
    verbose_name = "突发疾病死亡报告"
