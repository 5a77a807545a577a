"""Whether a vertebral fracture is unstable."""

from dataclasses import dataclass

from gongjian.grading.measures.base import UNMEASURED, Measured, Step


@dataclass(frozen=True, slots=True)
class VertebralImage:
    """height_loss: of the front edge, 0 … 1; angulation_deg: kyphotic or lateral; canal_left: 0 … 1."""

    height_loss: float | None = None
    displaced: bool | None = None
    angulation_deg: float | None = None
    canal_left: float | None = None
    posterior_elements: bool | None = None


def stability(image: VertebralImage) -> Measured[str]:
    """ "unstable" by any one sign, "stable" when every sign was looked for and none is there, None when some were not.

    Law: GB/T 16180-2014 A.2.7.
    """
    squashed = None if image.height_loss is None else image.height_loss > 0.5
    moved = None if squashed is None or (squashed and image.displaced is None) else squashed and image.displaced
    signs = {
        "前缘压缩超过1/2并有明显移位": moved,
        "后凸或侧向成角大于30°": None if image.angulation_deg is None else image.angulation_deg > 30,
        "骨块入管、残留管腔小于40%": None if image.canal_left is None else image.canal_left < 0.4,
        "椎弓根、关节突或椎板骨折": image.posterior_elements,
    }
    if all(sign is None for sign in signs.values()):
        return UNMEASURED
    found = [text for text, sign in signs.items() if sign]
    if found:
        return Measured("unstable", tuple(Step(f"{text}：不稳定性骨折", "A.2.7") for text in found))
    if None in signs.values():
        return Measured(None)
    return Measured("stable", (Step("不稳定的四类表现均无：稳定性骨折", "A.2.7"),))
