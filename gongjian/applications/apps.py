"""The room as a Django app; it opens drafts to their writers."""

from importlib import import_module

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """What applications of every procedure have alike."""

    name = "gongjian.applications"
    verbose_name = "申请"

    def ready(self) -> None:
        import_module("gongjian.applications.access").open_materials()  # models may be loaded only now
