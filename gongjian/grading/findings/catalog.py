"""All kinds of findings, by name."""

from collections.abc import Mapping
from types import MappingProxyType, ModuleType
from typing import Final

from gongjian.grading.findings import (
    abdomen,
    chest,
    ears,
    eyes,
    illness,
    limbs,
    mouth,
    nerves,
    occupational,
    skin,
    spine,
    urogenital,
)
from gongjian.grading.findings.base import Finding

REGIONS: Final = MappingProxyType(
    {
        "神经、精神": nerves,
        "四肢": limbs,
        "皮肤、颜面": skin,
        "脊柱": spine,
        "眼": eyes,
        "耳鼻喉": ears,
        "颌面、口腔": mouth,
        "胸部": chest,
        "腹部、内分泌": abdomen,
        "泌尿生殖": urogenital,
        "职业病": occupational,
        "非因工伤病": illness,
    }
)


def kinds_of(region: ModuleType) -> tuple[type[Finding], ...]:
    """The kinds of findings of one region, in the order of its file."""
    return tuple(
        each
        for each in vars(region).values()
        if isinstance(each, type) and issubclass(each, Finding) and each.__module__ == region.__name__
    )


KINDS: Final[Mapping[str, type[Finding]]] = MappingProxyType(
    {each.kind: each for region in REGIONS.values() for each in kinds_of(region)}
)
