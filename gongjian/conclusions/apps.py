"""The room as a Django app; it makes its table known to `papers`."""

from importlib import import_module

from django.apps import AppConfig

from gongjian.appraisal.states import INITIAL


class ConclusionsConfig(AppConfig):
    """Conclusions."""

    name = "gongjian.conclusions"
    verbose_name = "鉴定结论"

    def ready(self) -> None:
        table = import_module("gongjian.conclusions.models").Conclusion  # models may be loaded only now
        import_module("gongjian.papers.decided").decided_in(INITIAL, table)
