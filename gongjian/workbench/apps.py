"""The room as a Django app."""

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    """Pages of the experts."""

    name = "gongjian.workbench"
    verbose_name = "专家工作台"
