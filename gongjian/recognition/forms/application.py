"""A paper application, typed in at the window."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from gongjian.accounts.models import Office
from gongjian.applications.forms import part_choices
from gongjian.applications.rules import RELATIONS
from gongjian.kernel import moment
from gongjian.kernel.widgets import DayInput, IdNumberInput, TelephoneInput
from gongjian.law.identity import IdType
from gongjian.recognition.answers import as_kept, between, faults
from gongjian.recognition.choices import EMPLOYMENT, GIVERS, NOT_COUNTED, YES_NO
from gongjian.recognition.forms.fields import day, text
from gongjian.recognition.rules import CAPACITIES, HARMS
from gongjian.recognition.steps import STEPS, UNCOUNTED

SECTIONS = (
    ("收件", ("office", "received_on", "reason")),
    ("申请人", ("capacity", "applicant_name", "relation", "acts_for", "giver_name", "mandate_until", "mandate_receives")),
    ("职工", ("name", "id_type", "id_number", "telephone", "address", "occupation")),
    (
        "用人单位",
        (
            "employer_name", "credit_code", "contact_name", "employer_telephone", "employer_address", "employment",
            "insured", "insured_region", "business_region",
        ),
    ),
    ("事故或者职业病", ("kind", "injured_on", "happened_at", "place", "cause", "harm", "parts")),
    ("医疗诊断", ("hospital", "diagnosed_on", "diagnosis", "disease", "died_on")),
    ("申请时限", (*UNCOUNTED, "late_reason")),
    ("送达", ("delivery_name", "delivery_telephone", "delivery_address", "electronic_consent")),
)  # fmt: skip
"""How the form is read: part by part, as the paper form has it; each field in one part."""


class ApplicationForm(forms.Form):
    """A paper application, typed in. Law: 条例 art. 18: time, place, cause and degree of harm; 令8 art. 6."""

    basis = {
        "capacity": "条例 第十七条、令8 第四条、第五条",
        "injured_on": "条例 第十七条、第十八条",
        "place": "条例 第十八条",
        "cause": "条例 第十八条",
        "harm": "条例 第十八条",
        "occupation": "令8 第十九条",
        "diagnosis": "条例 第十八条第（三）项、令8 第十九条",
        "insured": "意见二 第七条",
        "late_reason": "条例 第十七条、法释9 第七条",
        "electronic_consent": "民诉法 第九十条",
    }
    office = forms.ModelChoiceField(label="受理机关", queryset=Office.objects.none())
    received_on = day("收到申请的日期", hint="15日的审查期限自这一天起算。")
    capacity = forms.ChoiceField(
        label="申请人身份",
        choices=[("", "请选择"), *((kind.value, label) for kind, label in CAPACITIES.items())],
    )
    applicant_name = text("申请人姓名", 60, hint="用人单位、工会组织申请的，填写经办人。")
    relation = forms.ChoiceField(
        label="与职工的关系",
        required=False,
        choices=[("", "不是近亲属，不用选"), *((each, each) for each in RELATIONS)],
    )
    acts_for = forms.ChoiceField(
        label="受谁委托", required=False, choices=[("", "不是委托代理人，不用选"), *GIVERS.items()]
    )
    giver_name = text("委托的近亲属姓名", 60, must=False, hint="职工已经去世、受近亲属委托的填写。")
    mandate_until = text("委托到哪一天为止", 10, must=False, hint="写明到办结为止的，不用填。", widget=DayInput())
    mandate_receives = forms.BooleanField(label="授权委托书写明可以代收文书", required=False)
    name = text("职工姓名", 60, hint="按身份证件填写。")
    id_type = forms.ChoiceField(label="证件类型", choices=[(kind.value, kind.label) for kind in IdType])
    id_number = text("证件号码", 40, widget=IdNumberInput(attrs={"maxlength": "40"}))
    telephone = text("职工手机号", 20, widget=TelephoneInput())
    address = text("职工住址")
    occupation = text("职业、工种或者岗位", 60)
    employer_name = text("用人单位全称", 120)
    credit_code = text("统一社会信用代码", 30, must=False)
    contact_name = text("单位联系人", 60, must=False)
    employer_telephone = text("单位电话", 30, must=False)
    employer_address = text("单位地址", must=False)
    employment = forms.ChoiceField(label="用工情形", choices=list(EMPLOYMENT.items()))
    insured = forms.ChoiceField(label="是否参加工伤保险", required=False, choices=YES_NO)
    insured_region = text("参保地行政区划代码", 6, must=False)
    business_region = text("生产经营地行政区划代码", 6, must=False, hint="未参保的填写。")
    kind = forms.ChoiceField(label="伤害类别", choices=list(HARMS.items()))
    injured_on = day("事故发生日期，或者职业病诊断（鉴定）日期")
    happened_at = text("事故发生的时间", 20, must=False, hint="例如 10:20。")
    place = text("事故发生的地点", must=False)
    cause = text("事故经过和原因", 2000, must=False, rows=4)
    harm = text("伤害程度", 1000, rows=2)
    parts = forms.MultipleChoiceField(
        label="受伤害部位", choices=part_choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    hospital = text("医疗机构", 100)
    diagnosed_on = day("诊断时间")
    diagnosis = text("诊断结论", 1000, rows=2)
    disease = text("职业病名称", 100, must=False)
    died_on = day("死亡日期", must=False)
    not_counted = forms.ChoiceField(
        label="不计入一年时限的情形", required=False, choices=[("", "没有"), *NOT_COUNTED.items()]
    )
    not_counted_from = day("该情形开始的日期", must=False)
    not_counted_until = day("该情形消除的日期", must=False)
    not_counted_2 = forms.ChoiceField(label="第二种情形", required=False, choices=[("", "没有"), *NOT_COUNTED.items()])
    not_counted_from_2 = day("第二种情形开始的日期", must=False)
    not_counted_until_2 = day("第二种情形消除的日期", must=False)
    not_counted_3 = forms.ChoiceField(label="第三种情形", required=False, choices=[("", "没有"), *NOT_COUNTED.items()])
    not_counted_from_3 = day("第三种情形开始的日期", must=False)
    not_counted_until_3 = day("第三种情形消除的日期", must=False)
    late_reason = text("超过申请时限的，写明原因", 500, must=False, rows=2)
    delivery_name = text("收件人", 60)
    delivery_telephone = text("收件人手机号", 20, widget=TelephoneInput())
    delivery_address = text("送达地址")
    electronic_consent = forms.BooleanField(label="申请人书面同意电子送达", required=False)
    reason = text("收件日期早于今天的理由", must=False)

    def __init__(self, *args: Any, offices: Sequence[Office] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["office"]
        field.queryset = Office.objects.filter(pk__in=[office.pk for office in offices]).order_by("code")
        field.initial = offices[0].pk if len(offices) == 1 else None

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The parts with their fields, for the page."""
        return [(title, [self[name] for name in names]) for title, names in SECTIONS]

    def clean(self) -> dict[str, Any]:
        """What the rules of every step of the online form say, by themselves and beside each other."""
        told, today = self.cleaned_data, moment.today()
        texts = self._texts()
        wrong = [pair for step in STEPS.filled_in for pair in faults(step, texts, on=today).items()]
        wrong += [(name, sentence) for _, name, sentence in between(texts)]
        if told.get("received_on") and told["received_on"] > today:
            wrong.append(("received_on", "日期不能晚于今天。"))
        if told.get("received_on") and told["received_on"] < today and not told.get("reason"):
            wrong.append(("reason", "收件日期早于今天的，请写明理由（例如邮寄申请）。"))
        for name, sentence in wrong:
            if name not in self.errors:
                self.add_error(name, sentence)
        return told

    def told(self) -> dict[str, Any]:
        """The answers as the action takes them."""
        return {**self.cleaned_data, **as_kept(self._texts())}

    def _texts(self) -> dict[str, Any]:
        """The answers as the rules take them: texts, lists of texts, yes or no."""
        return {
            name: str(value) if isinstance(value, date) else "" if value is None else value
            for name, value in self.cleaned_data.items()
            if name not in ("office", "received_on", "reason")
        }
