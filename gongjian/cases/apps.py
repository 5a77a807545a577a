"""The room as a Django app; it lets every room name what it owes."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CasesConfig(AppConfig):
    """Cases."""

    name = "gongjian.cases"
    verbose_name = "案件"

    def ready(self) -> None:
        autodiscover_modules("owes")
