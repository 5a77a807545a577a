"""The room as a Django app; it follows each case that is put first."""

from importlib import import_module

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """Benefit claims."""

    name = "gongjian.claims"
    verbose_name = "待遇申领"

    def ready(self) -> None:
        actions = import_module("gongjian.claims.actions")  # models may be loaded only now
        import_module("gongjian.cases.actions.obligations").follow_priority(actions.put_claims_first)
