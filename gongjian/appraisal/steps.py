"""The steps of an application, in order, and what each asks for. Every field stands on an article, or it is not asked."""

from types import MappingProxyType

from gongjian.applications.steps import LAST, Step, Steps

SERVE = "令55 第十七条、民诉法 第八十七条至第九十五条（参照）"
STEPS = Steps(
    (
        Step(
            "applicant",
            "申请人身份",
            required=("capacity", "applicant_name"),
            optional=("relation", "unable_reason", "acts_for", "mandate_until", "mandate_receives"),
            basis=MappingProxyType(
                {
                    "unable_reason": "令55 第八条（因身体等原因不能申请的，由近亲属代为申请）",
                    "acts_for": "民法典 第一百六十二条",
                    "mandate_until": "民法典 第一百六十五条（授权委托书载明权限和期限）",
                    "mandate_receives": "民法典 第一百六十五条、民诉法 第八十八条（参照）",
                    "capacity": "令55 第七条、第八条",
                    "applicant_name": "令55 第九条",
                    "relation": "令55 第八条、条例 第二十三条",
                }
            ),
        ),
        Step(
            "person",
            "被鉴定人",
            required=("name", "id_type", "id_number", "telephone", "address"),
            basis=MappingProxyType(
                {
                    "name": "令55 第九条、第十六条",
                    "id_type": "令55 第九条第（二）项",
                    "id_number": "令55 第九条第（二）项、GB 11643",
                    "telephone": "令55 第十二条（通知鉴定的时间、地点）",
                    "address": "令55 第十六条、第十七条",
                }
            ),
        ),
        Step(
            "employer",
            "用人单位",
            required=("employer_name",),
            optional=("credit_code", "contact_name", "employer_telephone", "employer_address"),
            basis=MappingProxyType(
                {
                    "employer_name": "令55 第十六条、第十七条",
                    "credit_code": "令55 第十六条、GB 32100",
                    "contact_name": "令55 第十七条（结论送达用人单位）",
                    "employer_telephone": "令55 第十七条（结论送达用人单位）",
                    "employer_address": "令55 第十六条、第十七条",
                }
            ),
        ),
        Step(
            "recognition",
            "工伤认定决定",
            required=("recognition_number", "recognition_on", "injured_on"),
            basis=MappingProxyType(
                {
                    "recognition_number": "条例 第二十三条、令55 第十三条（在工伤认定范围内鉴定）",
                    "recognition_on": "条例 第二十三条、令55 第十三条",
                    "injured_on": "条例 第二十三条、令55 第十三条",
                }
            ),
        ),
        Step(
            "injury",
            "受伤部位与伤情",
            required=("ground", "parts", "injury_state"),
            basis=MappingProxyType(
                {
                    "ground": "令55 第七条",
                    "parts": "令55 第十三条（在工伤认定范围内鉴定）",
                    "injury_state": "令55 第七条、第十六条",
                }
            ),
        ),
        Step(
            "hospital",
            "医院和科室",
            required=("hospital",),
            optional=("department",),
            basis=MappingProxyType(
                {
                    "hospital": "令55 第九条、第二十八条（为您治疗的医院的专家要回避）",
                    "department": "令55 第二十八条（回避）",
                }
            ),
        ),
        Step(
            "address",
            "送达地址",
            required=("delivery_name", "delivery_telephone", "delivery_address"),
            optional=("electronic_consent",),
            basis=MappingProxyType(
                {
                    "delivery_name": SERVE,
                    "delivery_telephone": SERVE,
                    "delivery_address": SERVE,
                    "electronic_consent": "民诉法 第九十条（经同意方可电子送达）",
                }
            ),
        ),
        *LAST,
        Step("declare", "承诺并提交", required=("truthful",), basis=MappingProxyType({"truthful": "令55 第十四条"})),
    )
)
LONGEST = MappingProxyType(
    {
        "applicant_name": 60,
        "relation": 20,
        "name": 60,
        "employer_name": 120,
        "contact_name": 60,
        "employer_telephone": 30,
    }
    | {"recognition_number": 60, "injury_state": 2000, "hospital": 100, "department": 60, "delivery_name": 60}
)
"""Field → most signs it can be kept with; every other text at most 200."""
