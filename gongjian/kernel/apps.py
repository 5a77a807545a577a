"""The kernel as a Django app."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Ledger, outbox, evidence store."""

    name = "gongjian.kernel"
    verbose_name = "基座"
