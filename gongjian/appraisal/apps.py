"""The room as a Django app; it makes its procedure known to `cases`."""

from django.apps import AppConfig

from gongjian.appraisal.states import PROCEDURE
from gongjian.cases.procedures import register


class AppraisalConfig(AppConfig):
    """Appraisals of labour capacity."""

    name = "gongjian.appraisal"
    verbose_name = "劳动能力鉴定"

    def ready(self) -> None:
        register(PROCEDURE)
