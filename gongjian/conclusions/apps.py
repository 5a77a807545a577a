"""The room as a Django app."""

from django.apps import AppConfig


class ConclusionsConfig(AppConfig):
    """Conclusions."""

    name = "gongjian.conclusions"
    verbose_name = "鉴定结论"
