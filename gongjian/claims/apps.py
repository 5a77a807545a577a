"""The room as a Django app."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """Benefit claims."""

    name = "gongjian.claims"
    verbose_name = "待遇申领"
