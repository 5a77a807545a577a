"""The room as a Django app."""

from django.apps import AppConfig


class KitsConfig(AppConfig):
    """Kits."""

    name = "gongjian.kits"
    verbose_name = "离线工作包"
