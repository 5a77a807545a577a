"""The room as a Django app; it makes its procedure, its tables and its readers known."""

from importlib import import_module

from django.apps import AppConfig

from gongjian.cases.procedures import register
from gongjian.recognition.states import PROCEDURE


class RecognitionConfig(AppConfig):
    """Recognitions of work injuries."""

    name = "gongjian.recognition"
    verbose_name = "工伤认定"

    def ready(self) -> None:
        register(PROCEDURE)
        models = import_module("gongjian.recognition.models")  # models may be loaded only now
        import_module("gongjian.applications.kept").keep_in(PROCEDURE.name, models.Application)
        asking = import_module("gongjian.recognition.asking").ASKING
        import_module("gongjian.applications.asking").ask_so(PROCEDURE.name, asking)
        import_module("gongjian.papers.decided").decided_in(PROCEDURE.name, models.Decision)
        import_module("gongjian.recognition.access").open_materials()
        import_module("gongjian.recognition.belonging").make_known()
