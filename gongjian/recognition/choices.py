"""What an application for recognition lets one choose from, with its words."""

from types import MappingProxyType

from gongjian.applications.rules import GIVERS as ANYWHERE
from gongjian.law.recognition.places import ELSEWHERE, LIABLE

BY_RELATIVE = "relative"
GIVERS = MappingProxyType({**ANYWHERE, BY_RELATIVE: "已经去世的职工的近亲属"})
"""Who may have given an agent the power to act in a recognition. Law: 条例 art. 17; 民法典 art. 162."""
YES_NO = (("", "未查明"), ("yes", "是"), ("no", "否"))
NOT_COUNTED = MappingProxyType(
    {
        "force_majeure": "不可抗力",
        "liberty_restricted": "人身自由受到限制，包括被依法采取限制人身自由的强制措施",
        "employer_cause": "属于用人单位原因",
        "registration_failed": "社会保险行政部门登记制度不完善，包括已经正式申请但没有登记或者材料遗失",
        "labour_dispute": "当事人就劳动关系申请仲裁、提起诉讼",
        "other_by_law": "其他符合法定情形的",
    }
)
"""The grounds of time that does not count: five of the court, with the ministry's words, and what other law adds. Law: 法释9 art. 7; 意见二 art. 8."""
PERIODS = ("", "_2", "_3")
"""So many periods may be told, each by its three fields with this ending."""
EMPLOYMENT = MappingProxyType(
    {
        "ordinary": "一般用工",
        "dual": "在两个以上单位就业",
        "dispatch": "劳务派遣",
        "assigned": "受单位指派到其他单位",
        "illegal_subcontract": "违法转包、分包",
        "affiliated": "个人挂靠经营",
        "seconded": "借调",
        "over_age": "超过法定退休年龄",
        "platform": "新就业形态",
        "civil_servant": "公务员和参照管理的人员",
        "illegal_unit": "非法用工单位",
    }
)
assert set(EMPLOYMENT) == {*LIABLE, *ELSEWHERE}, "each way of employment has its words"
