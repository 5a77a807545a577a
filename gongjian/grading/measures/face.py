"""Disfigurement of the face by the two lists of six items."""

from collections.abc import Collection

from gongjian.grading.measures.base import Measured, Step


def disfigurement(
    *, severe: Collection[str], moderate: Collection[str], scarred_face: bool
) -> Measured[tuple[str, ...]]:
    """The levels reached, heaviest first; a heavy item counts as its moderate one, too.

    Severe: a scarred face and four heavy items; moderate: three moderate items; mild: two.
    Law: GB/T 16180-2014 A.2.1.
    """
    heavy, light = len(set(severe)), len({*severe, *moderate})
    steps = (Step(f"重度六项中{heavy}项，中度六项中{light}项", "A.2.1"),)
    if scarred_face and heavy >= 4:
        return Measured(("severe", "moderate", "mild"), (*steps, Step("面部瘢痕畸形并重度四项以上：重度毁容", "A.2.1")))
    if light >= 3:
        return Measured(("moderate", "mild"), (*steps, Step("中度三项以上：中度毁容", "A.2.1")))
    if light == 2:
        return Measured(("mild",), (*steps, Step("中度两项：轻度毁容", "A.2.1")))
    return Measured((), (*steps, Step("未达轻度毁容", "A.2.1")))
