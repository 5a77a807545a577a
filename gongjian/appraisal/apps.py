"""The room as a Django app; it makes its procedure known to `cases` and its readers known to `materials`."""

from importlib import import_module

from django.apps import AppConfig

from gongjian.appraisal.entrusted import PROCEDURE as ENTRUSTED_PROCEDURE
from gongjian.appraisal.states import PROCEDURE
from gongjian.cases.procedures import register


class AppraisalConfig(AppConfig):
    """Appraisals of labour capacity."""

    name = "gongjian.appraisal"
    verbose_name = "劳动能力鉴定"

    def ready(self) -> None:
        register(PROCEDURE)
        register(ENTRUSTED_PROCEDURE)
        import_module("gongjian.appraisal.access").open_materials()  # models may be loaded only now
        table = import_module("gongjian.appraisal.models").Application
        kept = import_module("gongjian.applications.kept")
        kept.keep_in(PROCEDURE.name, table)
        asking = import_module("gongjian.appraisal.asking").ASKING
        import_module("gongjian.applications.asking").ask_so(PROCEDURE.name, asking)
        import_module("gongjian.appraisal.belonging").make_known()
        queries = import_module("gongjian.appraisal.queries")
        kept.let_ring_first(queries.telephone_after_death)
        kept.let_ring_first(queries.telephone_told)
