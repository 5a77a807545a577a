"""Why an application can be refused: each ground with its article, and what the applicant can do then, in plain words."""

from dataclasses import dataclass
from enum import StrEnum


class Ground(StrEnum):
    """Grounds of non-acceptance."""

    NOT_COMPETENT = "not_competent"
    NO_RECOGNITION = "no_recognition"
    OUTSIDE = "outside"
    NOT_ENTITLED = "not_entitled"
    NOT_STABLE = "not_stable"
    WITHIN_A_YEAR = "within_a_year"
    CONCLUDED = "concluded"
    IN_HAND = "in_hand"

    @property
    def label(self) -> str:
        return TABLE[self].label


@dataclass(frozen=True)
class Row:
    """One ground. then: what the applicant can do."""

    label: str
    article: str
    then: str


TABLE = {
    Ground.NOT_COMPETENT: Row(
        "不属于本机关管辖",
        "《劳动能力鉴定管理办法》第五条、第七条",
        "请向上面写明的有管辖权的机关申请。您可以自己去申请，也可以到本机关窗口或者打电话说明同意移送，由本机关把您交来的申请材料移送该机关，不用再交一遍。",
    ),
    Ground.NO_RECOGNITION: Row(
        "没有生效的工伤认定决定",
        "《工伤保险条例》第二十三条、《劳动能力鉴定管理办法》第十三条",
        "请先向社会保险行政部门申请工伤认定；用人单位应当在受伤之日起30日内申请，职工一方可以在一年内申请（《工伤保险条例》第十七条）。"
        "收到认定工伤决定书以后，再申请劳动能力鉴定。",
    ),
    Ground.OUTSIDE: Row(
        "申请鉴定的伤情不在工伤认定的范围内",
        "《劳动能力鉴定管理办法》第十三条",
        "认为工伤认定决定书漏写了受伤部位的，请先向作出该决定的社会保险行政部门提出；补充认定以后，再申请劳动能力鉴定。",
    ),
    Ground.NOT_ENTITLED: Row(
        "申请人不是可以提出申请的人",
        "《劳动能力鉴定管理办法》第七条、第八条",
        "可以由工伤职工本人或者用人单位申请；本人因身体等原因不能申请的，由近亲属申请；委托他人办理的，要有授权委托书。",
    ),
    Ground.NOT_STABLE: Row(
        "伤情还没有相对稳定，停工留薪期也没有满",
        "《劳动能力鉴定管理办法》第七条",
        "请等治疗结束、伤情相对稳定以后，或者停工留薪期（包括确认的延长期）满以后，再申请。",
    ),
    Ground.WITHIN_A_YEAR: Row(
        "已有鉴定结论，自结论作出之日起不满一年",
        "《劳动能力鉴定管理办法》第二十条、《工伤保险条例》第二十八条",
        "满一年以后，认为伤残情况发生变化的，可以申请复查鉴定。对原结论不服、收到结论还没有超过15日的，"
        "可以向省级劳动能力鉴定委员会申请再次鉴定。",
    ),
    Ground.CONCLUDED: Row(
        "同一工伤已经作过初次鉴定",
        "《劳动能力鉴定管理办法》第五条、第十九条、第二十条",
        "结论作出满一年、认为伤残情况发生变化的，可以申请复查鉴定。对原结论不服、收到结论还没有超过15日的，"
        "可以向省级劳动能力鉴定委员会申请再次鉴定。",
    ),
    Ground.IN_HAND: Row(
        "同一工伤认定决定已有先受理的案件",
        "《劳动能力鉴定管理办法》第五条、第七条",
        "在先的案件会继续办理，不用重复申请。请在平台“查找为我申请的案件”中加入在先的案件，或者到窗口办理。",
    ),
}
