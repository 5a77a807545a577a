"""When the last conflict of an examination is gone, nobody owes an answer to it any more."""

from gongjian.cases.actions.obligations import fulfil
from gongjian.kits.models import KitEvent
from gongjian.kits.owes import SETTLE_KIT
from gongjian.kits.states import Stage


def close_when_settled(event: KitEvent) -> None:
    """Close what is owed about this kit in this case, if nothing is in conflict."""
    if event.about is None:
        return
    left = KitEvent.objects.filter(about=event.about, stage=Stage.CONFLICT)
    if not left.exists():
        fulfil(event.about.case, SETTLE_KIT, about=event.about.kit.number)
