"""A form for each step of an application for recognition. Labels, hints and inputs; what is right and wrong is said by `answers`."""

from typing import Any

from django import forms

from gongjian.applications.forms import (
    AddressStep,
    EmployerStep,
    MandateStep,
    PersonStep,
    StepForm,
    day_field,
    optional,
    part_choices,
    text_field,
)
from gongjian.applications.rules import RELATIONS
from gongjian.kernel.widgets import IdNumberInput, TelephoneInput
from gongjian.recognition.answers import faults
from gongjian.recognition.choices import EMPLOYMENT, GIVERS, NOT_COUNTED
from gongjian.recognition.rules import CAPACITIES, HARMS
from gongjian.recognition.steps import STEPS


class RecognitionStep(StepForm):
    """A step of the application for recognition."""

    steps = STEPS
    faults = staticmethod(faults)


class ApplicantForm(RecognitionStep, MandateStep):
    step = "applicant"
    capacity = forms.ChoiceField(
        label="您以什么身份申请",
        choices=[(kind.value, label) for kind, label in CAPACITIES.items()],
        widget=forms.RadioSelect,
        help_text="用人单位应当在30日内申请；单位没有申请的，职工本人、近亲属、工会组织可以在1年内直接申请。",
    )
    applicant_name = text_field("您的姓名", 60, "申请人是用人单位、工会组织的，填写经办人姓名。")
    relation = optional(
        forms.ChoiceField(
            label="您是受伤职工的",
            choices=[("", "不是近亲属，不用选"), *((each, each) for each in RELATIONS)],
            help_text="近亲属申请时选择。",
        )
    )
    acts_for = optional(
        forms.ChoiceField(
            label="您受谁委托",
            choices=[("", "不是委托代理人，不用选"), *GIVERS.items()],
            help_text="委托代理人办理时选择，并上传授权委托书。",
        )
    )
    giver_name = optional(
        text_field("委托您的近亲属姓名", 60, "职工已经去世、您受近亲属委托的填写；上面的关系填委托人与职工的关系。")
    )
    field_order = ("capacity", "applicant_name", "relation", "acts_for", "giver_name")


class PersonForm(RecognitionStep, PersonStep):
    step = "person"
    name = text_field("职工姓名", 60, "就是受伤的人，按身份证件填写。")
    id_number = text_field(
        "证件号码", 40, "居民身份证为18位，末位可以是字母X。", widget=IdNumberInput(attrs={"maxlength": "40"})
    )
    telephone = text_field(
        "职工手机号",
        20,
        "核实情况时会打这个号码。职工已经去世或者没有手机的，填写您的手机号。",
        widget=TelephoneInput(),
    )
    address = text_field("职工住址", 200, "现在居住的地方。")
    occupation = text_field("做什么工作", 60, "职业、工种或者岗位，例如“车工”。")
    field_order = ("name", "id_type", "id_number", "telephone", "address", "occupation")


class EmployerForm(RecognitionStep, EmployerStep):
    step = "employer"
    employer_name = text_field("用人单位名称", 120, "写全称，劳动合同、工资条或者社保记录上有。")
    employment = forms.ChoiceField(
        label="用工情形", choices=list(EMPLOYMENT.items()), help_text="不清楚的选“一般用工”，由工作人员核实。"
    )
    insured = optional(
        forms.ChoiceField(label="是否参加工伤保险", choices=[("", "不知道"), ("yes", "参加了"), ("no", "没有参加")])
    )
    field_order = ("employer_name", "employment", "insured")


class WindowEmployerForm(EmployerForm):
    """What the window asks beside it: by which place the competent office is found."""

    insured_region = optional(text_field("参保地行政区划代码", 6, "已参保的填写，例如990100。"))
    business_region = optional(text_field("生产经营地行政区划代码", 6, "未参保的填写。"))


class InjuryForm(RecognitionStep):
    step = "injury"
    kind = forms.ChoiceField(label="是哪一种伤害", choices=list(HARMS.items()), widget=forms.RadioSelect)
    injured_on = day_field("受伤的日期", "职业病填写诊断（鉴定）为职业病的日期。")
    happened_at = optional(text_field("几点钟", 20, "大约的时间也可以，例如“上午10点20分”。"))
    place = optional(text_field("在哪里受的伤", 200, "写到具体地点，例如“二车间3号车床”。职业病不用填。"))
    cause = optional(
        text_field(
            "怎么受的伤",
            2000,
            "用自己的话写：当时在做什么，发生了什么。属于法律规定的哪一种情形，由工作人员判断，不用您写。职业病不用填。",
            widget=forms.Textarea(attrs={"rows": 6}),
        )
    )
    harm = text_field("伤得怎么样", 1000, "例如“右手食指断了一节”。", widget=forms.Textarea(attrs={"rows": 3}))
    parts = optional(
        forms.MultipleChoiceField(
            label="受伤的部位",
            choices=part_choices,
            widget=forms.CheckboxSelectMultiple,
            help_text="可以选几处；说不准的可以不选，以诊断证明为准。",
        )
    )
    died_on = optional(day_field("去世的日期", "职工已经去世的填写。"))


class MedicalForm(RecognitionStep):
    step = "medical"
    hospital = text_field("第一次看病的医院", 100, "写全称。")
    diagnosed_on = day_field("诊断的日期", "诊断证明书上的日期。")
    diagnosis = text_field("医生的诊断", 1000, "照诊断证明书抄写。", widget=forms.Textarea(attrs={"rows": 3}))
    disease = optional(text_field("职业病名称", 100, "职业病要填写，照职业病诊断证明书抄写。"))


def _ground(label: str, hint: str) -> Any:
    return optional(forms.ChoiceField(label=label, choices=[("", "没有"), *NOT_COUNTED.items()], help_text=hint))


class TimeForm(RecognitionStep):
    step = "time"
    not_counted = _ground(
        "有没有耽误了申请、又不怪您的情形", "有这些情形的时间，不算在一年之内。只对职工一方的一年有用。"
    )
    not_counted_from = optional(day_field("从哪一天开始", "有上面情形的填写。"))
    not_counted_until = optional(day_field("到哪一天结束", "还没有结束的，不用填。"))
    not_counted_2 = _ground("还有第二种情形", "没有的不用选。时间重叠的，只扣除一次。")
    not_counted_from_2 = optional(day_field("第二种情形从哪一天开始"))
    not_counted_until_2 = optional(day_field("第二种情形到哪一天结束"))
    not_counted_3 = _ground("还有第三种情形", "没有的不用选。")
    not_counted_from_3 = optional(day_field("第三种情形从哪一天开始"))
    not_counted_until_3 = optional(day_field("第三种情形到哪一天结束"))
    late_reason = optional(
        text_field(
            "为什么现在才申请",
            500,
            "超过时限的填写。系统不会拦住您，是否受理由工作人员审查后书面决定。",
            widget=forms.Textarea(attrs={"rows": 3}),
        )
    )


class AddressForm(RecognitionStep, AddressStep):
    step = "address"
    delivery_name = text_field("收件人", 60, "通知书和决定书寄给谁。")
    electronic_consent = optional(
        forms.BooleanField(
            label="同意电子送达：文书送到本平台“消息”中即为送达",
            help_text="勾选后收得最快，同时发短信提醒。文书送到“消息”的当天就算您收到，"
            "不服决定的期限从第二天起算，没有打开看也算。不勾选的，按上面的地址免费邮寄。",
        )
    )
    field_order = ("delivery_name", "delivery_telephone", "delivery_address")


FORMS: dict[str, type[StepForm]] = {
    form.step: form
    for form in (ApplicantForm, PersonForm, EmployerForm, InjuryForm, MedicalForm, TimeForm, AddressForm)
}
WINDOW_FORMS: dict[str, type[StepForm]] = {"employer": WindowEmployerForm}
