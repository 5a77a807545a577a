"""What people may need in order to come and be examined: code → label, and which of it asks something of the venue."""

from types import MappingProxyType

ASSISTANCE = MappingProxyType(
    {
        "wheelchair": "轮椅或行走不便，需要无障碍通道",
        "bed": "需要卧床检查",
        "companion": "需要家属或者护理人员陪同",
        "sign_language": "需要手语翻译",
        "interpreter": "需要语言翻译",
        "large_type": "需要大字材料或者由工作人员读给本人听",
    }
)
NEEDS_STEP_FREE = frozenset({"wheelchair", "bed"})


def told(codes: list[str]) -> str:
    """Labels in the order of the list, "、" between them."""
    return "、".join(label for code, label in ASSISTANCE.items() if code in codes)
