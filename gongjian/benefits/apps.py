"""The room as a Django app. It has no tables: an estimate is not kept."""

from django.apps import AppConfig


class BenefitsConfig(AppConfig):
    """Benefits."""

    name = "gongjian.benefits"
    verbose_name = "待遇估算"
