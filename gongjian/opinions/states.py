"""Why a group's opinion can go back to the group: formal defects, each with the article that it offends. No grade is one of them."""

from enum import StrEnum


class Defect(StrEnum):
    """What is formally wrong with a group's opinion."""

    CLAUSE = "clause"
    SCOPE = "scope"
    SIGNATURE = "signature"
    CONDITION = "condition"

    @property
    def label(self) -> str:
        return LABELS[self]

    @property
    def article(self) -> str:
        return ARTICLES[self]


LABELS = {
    Defect.CLAUSE: "条款与等级对不上，或者没有写明条款",
    Defect.SCOPE: "涉及工伤认定范围以外的伤情，没有说明理由",
    Defect.SIGNATURE: "成员的意见或者签名不全",
    Defect.CONDITION: "伤残情况记载不全",
}
ARTICLES = {
    Defect.CLAUSE: "令55 第十五条、第十六条第（三）项",
    Defect.SCOPE: "令55 第十三条",
    Defect.SIGNATURE: "令55 第十五条",
    Defect.CONDITION: "令55 第十三条、第十六条第（二）项",
}
