"""Which department is competent, and which unit answers for the injury."""

from gongjian.law.recognition.answers import Answers
from gongjian.law.recognition.standing import Note

LIABLE = {
    "ordinary": Note("由用人单位承担工伤保险责任。", "条例 第二条", "seen"),
    "dual": Note("在两个以上单位就业的，由受伤时为之工作的单位承担责任。", "法释9 第三条、令13 第九条", "seen"),
    "dispatch": Note("劳务派遣的，由派遣单位承担责任。", "法释9 第三条", "seen"),
    "assigned": Note("受单位指派到其他单位工作的，由指派单位承担责任。", "法释9 第三条", "seen"),
    "illegal_subcontract": Note(
        "违法转包给没有用工主体资格的组织或者个人的，由发包的用工单位承担责任，承担后可以追偿。", "法释9 第三条", "seen"
    ),
    "affiliated": Note("个人挂靠其他单位对外经营的，由被挂靠单位承担责任，承担后可以追偿。", "法释9 第三条", "seen"),
    "seconded": Note("借调期间受伤的，由原用人单位承担责任，可以与借调单位约定补偿。", "条例 第四十三条", "seen"),
    "over_age": Note(
        "超过法定退休年龄的，自2026-07-01起由用人单位参加工伤保险，按规定认定、鉴定和享受待遇；年龄不是障碍。",
        "令56 第二条、第十五条",
        "seen",
    ),
}
ELSEWHERE = {
    "platform": Note("新就业形态人员不作工伤认定，按职业伤害确认办理。", "24号", "seen-2"),
    "civil_servant": Note("公务员和参照管理的人员由所在单位支付费用，另有规定。", "条例 第六十五条", "seen"),
    "illegal_unit": Note("非法用工伤亡不作工伤认定，鉴定后由单位一次性赔偿。", "条例 第六十六条、令9", "seen"),
}


def jurisdiction(answers: Answers) -> tuple[str | None, Note]:
    """The competent region (six digits, None while not known) and why. Law: 条例 art. 17; 令8 art. 4."""
    source = "条例 第十七条、意见二 第七条"
    if answers.get("insured") is None:
        return None, Note("由统筹地区社会保险行政部门认定；已参保的在参保地，未参保的在生产经营地。", source, "seen-2")
    if answers["insured"]:
        return answers.get("insured_region"), Note("已参保的，由参保地的社会保险行政部门认定。", source, "seen-2")
    return answers.get("business_region"), Note("未参保的，由生产经营地的社会保险行政部门认定。", source, "seen-2")


def liable_unit(answers: Answers) -> Note | None:
    """Which unit answers, or that another procedure applies. Law: 法释9 art. 3; 令13 art. 9; 条例 art. 43, 65, 66; 令56 art. 15."""
    return {**LIABLE, **ELSEWHERE}.get(answers.get("employment", ""))


def is_elsewhere(answers: Answers) -> bool:
    """Whether this kind of work has a procedure of its own. Law: 条例 art. 65, 66."""
    return answers.get("employment") in ELSEWHERE


def missing(answers: Answers) -> tuple[str, ...]:
    """The questions about place and unit that are still open."""
    is_insured: bool | None = answers.get("insured")
    place = "insured" if is_insured is None else "insured_region" if is_insured else "business_region"
    return tuple(name for name in ("employment", place) if name not in answers)
