"""The room as a Django app."""

from django.apps import AppConfig


class OpinionsConfig(AppConfig):
    """Sealed opinions of the expert group."""

    name = "gongjian.opinions"
    verbose_name = "专家意见"
