"""The room as a Django app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases."""

    name = "gongjian.cases"
    verbose_name = "案件"
