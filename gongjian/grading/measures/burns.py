"""Area of scars from parts of the body, by the Chinese rule of nines (中国九分法)."""

from collections.abc import Mapping
from typing import Final

from gongjian.grading.errors import BodyAreaUnknown
from gongjian.grading.measures.base import Measured, Step, exactly, shown, tenth

# Percent of the body surface of an adult. Common clinical rule; the standard does not print it.
AREAS: Final = {
    "head": ("头部", 3.0),
    "face": ("面部", 3.0),
    "neck": ("颈部", 3.0),
    "hands": ("双手", 5.0),
    "forearms": ("双前臂", 6.0),
    "arms": ("双上臂", 7.0),
    "front": ("躯干前", 13.0),
    "back": ("躯干后", 13.0),
    "perineum": ("会阴", 1.0),
    "buttocks": ("双臀", 5.0),
    "thighs": ("双大腿", 21.0),
    "legs": ("双小腿", 13.0),
    "feet": ("双足", 7.0),
}


def body_area(shares: Mapping[str, float]) -> Measured[float]:
    """Percent of the body surface, from the share 0 … 1 of each part; both limbs of a pair are one part.

    Law: GB/T 16180-2014 A.2.2 (the area of hyperplastic scars, donor sites included); parts by the rule of nines, clinical custom.
    Raises: BodyAreaUnknown.
    """
    unknown = sorted(set(shares) - set(AREAS))
    if unknown or any(not 0 <= share <= 1 for share in shares.values()):
        raise BodyAreaUnknown(part=unknown[0] if unknown else next(n for n, s in shares.items() if not 0 <= s <= 1))
    parts = [(AREAS[name], share) for name, share in shares.items()]
    total = tenth(float(sum(exactly(area) * exactly(share) for (_, area), share in parts)))
    steps = [
        Step(f"{label}{shown(area)}%×{share:.0%} = {shown(area * share)}%", "九分法（临床惯例）")
        for (label, area), share in parts
    ]
    return Measured(total, (*steps, Step(f"合计体表{shown(total)}%", "A.2.2")))
