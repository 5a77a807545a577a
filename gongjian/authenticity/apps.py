"""The room as a Django app."""

from django.apps import AppConfig


class AuthenticityConfig(AppConfig):
    """Inquiries about papers."""

    name = "gongjian.authenticity"
    verbose_name = "材料核查"
