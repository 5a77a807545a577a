"""What a page shows of a matter, in words."""

from typing import Any

from gongjian.appraisal.queries import parts_told
from gongjian.exchange import queries
from gongjian.exchange.forms import TOLD
from gongjian.exchange.models import Matter, Posted
from gongjian.exchange.states import Name
from gongjian.law.errors import RuleError
from gongjian.sittings.assistance import told as assistance_told

OF_HEALTH = ("parts", "hospital", "department", "needs")


def line_of(matter: Matter, *, reads: bool = True) -> dict[str, Any]:
    """A matter with what was told along, its files and its letters. Numbers of any kind are left out: they stand in the case, masked.

    reads: whether who looks reads about health now; who does not is shown that papers went along, and opens none.
    """
    letters = matter.letters.order_by("made_at", "pk")
    return {
        "matter": matter,
        "is_entrusting": matter.business == Name.APPRAISAL,
        "told": [
            (label, _said(name, matter.about[name]))
            for name, label in TOLD.items()
            if name in matter.about and (reads or name not in OF_HEALTH)
        ],
        "reads": reads,
        "files": queries.files_of(matter),
        "letters": letters,
        "failed": [letter for letter in letters if letter.sending == Posted.Sending.FAILED],
    }


def _said(name: str, value: str) -> str:
    if name == "needs":
        return assistance_told(value.split(","))
    if name != "parts":
        return value
    try:
        return "、".join(part.label for part in parts_told(value.split(",")))
    except RuleError:  # another installation may know a part that ours does not
        return value
