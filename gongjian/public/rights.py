"""The rights and the duties of the parties, each with its article, for the page of the business flow."""

from dataclasses import dataclass
from datetime import date

from gongjian.law.parameters import parameter
from gongjian.public.guide import in_words


@dataclass(frozen=True)
class Right:
    """One right or duty in a sentence."""

    title: str
    sentence: str
    article: str


def rights(*, on: date, region: str) -> list[Right]:
    """What a party may do; the numbers are those of the law of the day."""
    sizes = "名或".join(str(size) for size in parameter("group_sizes", on=on, region=region).numbers)
    again = in_words(parameter("second_appraisal_days", on=on, region=region))
    later = in_words(parameter("review_appraisal_years", on=on, region=region))
    return [
        Right("一次性告知", "材料不齐全的，受理窗口应当一次说清全部要补的材料，不得分几次要。", "令55 第十条"),
        Right("随机抽取", f"专家从专家库中随机抽取，{sizes}名一组。抽取的承诺、收据对外公开，任何人都可以复核。", "令55 第十一条"),
        Right("申请回避", "专家、工作人员与当事人有利害关系的，您可以申请回避，并说明理由。", "令55 第二十八条"),
        Right("申请改期", "有正当理由不能按时到场的，可以提前申请改期；经同意改期的，作出结论的期限相应顺延。", "令55 第十二条"),
        Right("上门或委托鉴定", "伤病危重不能到场的，可以申请上门、委托等方式鉴定。", "令55 第十二条"),
        Right("知道结论的依据", "结论书写明基本情况、伤情、依据、结论和权益告知五项内容，送达您和用人单位。", "令55 第十六条、第十七条"),
        Right("申请再次鉴定", f"对初次鉴定结论不服的，可以在收到之日起{again}内向省级劳动能力鉴定委员会申请再次鉴定；省级的结论是最终结论。", "令55 第十九条"),
        Right("申请复查鉴定", f"结论作出{later}后，认为伤残情况发生变化的，可以申请复查鉴定。", "令55 第二十条"),
        Right("知道谁看过我的信息", "案件进度页列出谁、什么时候查看过您的个人信息。", "个人信息保护法 第四十四条、第四十五条"),
        Right("举报和投诉", "对违法违规的行为，任何组织和个人都有权举报、投诉。", "令55 第三十三条"),
    ]  # fmt: skip


def duties() -> list[Right]:
    """What is asked of a party."""
    return [
        Right("如实提供材料", "材料和陈述要真实。伪造材料、冒名顶替骗取的结论会被撤销。", "令55 第十四条、第三十一条"),
        Right("按时到场，配合检查", "无正当理由不到场、拒绝检查诊断、弄虚作假或者拒不配合的，当次鉴定终止；可以重新申请。", "令55 第十四条"),
        Right("带身份证件原件", "现场要核对身份，请带居民身份证、社会保障卡等有效证件的原件。", "令55 第九条、第十二条"),
    ]  # fmt: skip
