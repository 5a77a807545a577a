"""What the notice on personal information tells: which items are asked for and why, read from the steps of each application.

Law: 个人信息保护法 art. 17 (what must be told), 30 (sensitive information), 35 (state organs tell too).
"""

from dataclasses import dataclass
from datetime import date

from gongjian.applications.asking import ASKINGS, Asking
from gongjian.applications.steps import Step
from gongjian.law.parameters import parameter
from gongjian.materials.catalog import KINDS
from gongjian.public.guide import in_words

SENSITIVE = frozenset(
    {"id_number", "injury_state", "parts", "hospital", "department", "harm", "died_on"}
    | {"diagnosed_on", "diagnosis", "disease"}
)
"""Fields whose leak would hurt: identity numbers and everything about health. Law: 个人信息保护法 art. 28."""


@dataclass(frozen=True)
class Item:
    """One thing that is asked for, and on which article."""

    label: str
    basis: str
    sensitive: bool


def items() -> list[tuple[str, list[Item]]]:
    """(what is applied for and the step, what it asks for) of every application, then the papers."""
    asked = [
        (f"申请{asking.title}：{step.title}", _fields(asking, step))
        for asking in ASKINGS.values()
        for step in asking.steps.filled_in
    ]
    handed_in = [Item(kind.title, kind.basis, kind.sensitive) for kind in KINDS.values()]
    return [*asked, ("材料", handed_in)]


def kept_for(*, on: date, region: str) -> tuple[str, str]:
    """(how long a file is kept, on which ground)."""
    years = parameter("retention_years", on=on, region=region)
    return in_words(years), years.source


def _fields(asking: Asking, step: Step) -> list[Item]:
    form = asking.forms[step.code]()
    return [Item(str(form[name].label), step.basis[name], name in SENSITIVE) for name in step.fields]
