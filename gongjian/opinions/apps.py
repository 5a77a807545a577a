"""The room as a Django app; it makes the experts known to `materials` as readers."""

from importlib import import_module

from django.apps import AppConfig


class OpinionsConfig(AppConfig):
    """Sealed opinions of the expert group."""

    name = "gongjian.opinions"
    verbose_name = "专家意见"

    def ready(self) -> None:
        import_module("gongjian.opinions.queries.access").open_papers()  # models may be loaded only now
