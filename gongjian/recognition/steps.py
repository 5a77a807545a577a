"""The steps of an application for recognition, in order, and what each asks for. Every field stands on an article, or it is not asked."""

from types import MappingProxyType

from gongjian.applications.steps import LAST, Step, Steps
from gongjian.recognition.choices import PERIODS

SERVE = "令8 第二十二条、民诉法 第八十七条至第九十五条（参照）"
HOW = "条例 第十八条（申请表载明时间、地点、原因和伤害程度）"
UNCOUNTED = tuple(
    f"{name}{ending}" for ending in PERIODS for name in ("not_counted", "not_counted_from", "not_counted_until")
)
STEPS = Steps(
    (
        Step(
            "applicant",
            "申请人身份",
            required=("capacity", "applicant_name"),
            optional=("relation", "acts_for", "giver_name", "mandate_until", "mandate_receives"),
            basis=MappingProxyType(
                {
                    "capacity": "条例 第十七条、令8 第四条、第五条",
                    "applicant_name": "令8 第六条",
                    "relation": "条例 第十七条、令8 第五条",
                    "acts_for": "民法典 第一百六十二条",
                    "giver_name": "条例 第十七条、民法典 第一百六十五条",
                    "mandate_until": "民法典 第一百六十五条（授权委托书载明权限和期限）",
                    "mandate_receives": "民法典 第一百六十五条、民诉法 第八十八条（参照）",
                }
            ),
        ),
        Step(
            "person",
            "受伤职工",
            required=("name", "id_type", "id_number", "telephone", "address", "occupation"),
            basis=MappingProxyType(
                {
                    "name": "令8 第十九条第（二）项",
                    "id_type": "令8 第十九条第（二）项",
                    "id_number": "令8 第十九条第（二）项、GB 11643",
                    "telephone": "令8 第九条、第十条（调查核实时联系）",
                    "address": "令8 第二十二条（决定送达职工）",
                    "occupation": "令8 第十九条第（二）项",
                }
            ),
        ),
        Step(
            "employer",
            "用人单位",
            required=("employer_name", "employment"),
            optional=("credit_code", "contact_name", "employer_telephone", "employer_address", "insured"),
            at_window=("insured_region", "business_region"),
            basis=MappingProxyType(
                {
                    "employer_name": "令8 第十九条第（一）项",
                    "employment": "法释9 第三条（由哪个单位承担责任）",
                    "credit_code": "令8 第十九条第（一）项、GB 32100",
                    "contact_name": "令8 第十七条（通知用人单位举证）",
                    "employer_telephone": "令8 第十七条（通知用人单位举证）",
                    "employer_address": "令8 第二十二条（决定送达用人单位）",
                    "insured": "意见二 第七条（由哪里认定）",
                    "insured_region": "意见二 第七条（已参保的，由参保地认定）",
                    "business_region": "意见二 第七条（未参保的，由生产经营地认定）",
                }
            ),
        ),
        Step(
            "injury",
            "怎么受伤的",
            required=("kind", "injured_on", "harm"),
            optional=("happened_at", "place", "cause", "parts", "died_on"),
            basis=MappingProxyType(
                {
                    "kind": "条例 第十七条（事故伤害或者职业病）",
                    "injured_on": HOW,
                    "happened_at": HOW,
                    "place": HOW,
                    "cause": HOW,
                    "harm": HOW,
                    "parts": "令8 第十九条第（三）项（决定载明受伤害部位）",
                    "died_on": "条例 第十四条、第十五条（伤亡情形）",
                }
            ),
        ),
        Step(
            "medical",
            "看病的情况",
            required=("hospital", "diagnosed_on", "diagnosis"),
            optional=("disease",),
            basis=MappingProxyType(
                {
                    "hospital": "令8 第十九条第（三）项（医疗救治的基本情况）",
                    "diagnosed_on": "令8 第十九条第（三）项",
                    "diagnosis": "条例 第十八条第（三）项、令8 第十九条第（三）项",
                    "disease": "条例 第十九条、令8 第十九条第（三）项",
                }
            ),
        ),
        Step(
            "time",
            "申请时限",
            optional=(*UNCOUNTED, "late_reason"),
            basis=MappingProxyType(
                {
                    **dict.fromkeys(UNCOUNTED, "法释9 第七条、意见二 第八条"),
                    "late_reason": "条例 第十七条、令8 第七条",
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
        Step("declare", "承诺并提交", required=("truthful",), basis=MappingProxyType({"truthful": "条例 第六十条"})),
    )
)
LONGEST = MappingProxyType(
    {
        "applicant_name": 60,
        "giver_name": 60,
        "relation": 20,
        "name": 60,
        "occupation": 60,
        "employer_name": 120,
        "contact_name": 60,
        "employer_telephone": 30,
        "happened_at": 20,
        "cause": 2000,
        "harm": 1000,
        "hospital": 100,
        "diagnosis": 1000,
        "disease": 100,
        "late_reason": 500,
        "delivery_name": 60,
    }
)
"""Field → most signs it can be kept with; every other text at most 200."""
