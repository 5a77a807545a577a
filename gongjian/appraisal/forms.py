"""A form for each step of an application. What is right and wrong is said by `rules`; here stand labels, hints and inputs."""

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
from gongjian.appraisal import rules
from gongjian.appraisal.steps import STEPS
from gongjian.kernel.widgets import IdNumberInput, TelephoneInput
from gongjian.law.identity import IdType


class AppraisalStep(StepForm):
    """A step of the application for appraisal."""

    steps = STEPS
    faults = staticmethod(rules.faults)


class ApplicantForm(AppraisalStep, MandateStep):
    step = "applicant"
    capacity = forms.ChoiceField(
        label="您以什么身份申请",
        choices=[(kind.value, label) for kind, label in rules.CAPACITIES.items()],
        widget=forms.RadioSelect,
    )
    applicant_name = text_field("您的姓名", 60, "申请人是用人单位的，填写经办人姓名。")
    relation = optional(
        forms.ChoiceField(
            label="您是被鉴定人的",
            choices=[("", "不是近亲属，不用选"), *((each, each) for each in RELATIONS)],
            help_text="近亲属代为申请时选择。",
        )
    )
    unable_reason = optional(
        text_field(
            "被鉴定人不能亲自申请的原因",
            200,
            "近亲属代为申请时填写，例如“住院治疗，行动不便”。",
        )
    )
    field_order = ("capacity", "applicant_name", "relation", "unable_reason")


class PersonForm(AppraisalStep, PersonStep):
    step = "person"
    name = text_field("被鉴定人姓名", 60, "就是受伤的职工，按身份证件填写。")
    id_number = text_field(
        "证件号码", 40, "居民身份证为18位，末位可以是字母X。", widget=IdNumberInput(attrs={"maxlength": "40"})
    )
    telephone = text_field("被鉴定人手机号", 20, "鉴定的时间和地点会通知到这个号码。", widget=TelephoneInput())
    address = text_field("被鉴定人住址", 200, "现在居住的地方。")
    field_order = ("name", "id_type", "id_number", "telephone", "address")


class EmployerForm(AppraisalStep, EmployerStep):
    step = "employer"
    employer_name = text_field("用人单位名称", 120, "与工伤认定决定书上的一致。")
    field_order = ("employer_name",)


class RecognitionForm(AppraisalStep):
    step = "recognition"
    recognition_number = text_field("工伤认定决定书文号", 60, "在决定书标题下方，例如“云溪人社工认〔2025〕31号”。")
    recognition_on = day_field("工伤认定日期", "决定书末尾的日期。")
    injured_on = day_field("受伤日期", "职业病填写诊断日期。")


class InjuryForm(AppraisalStep):
    step = "injury"
    ground = forms.ChoiceField(
        label="现在属于哪种情形",
        choices=list(rules.GROUNDS.items()),
        widget=forms.RadioSelect,
        help_text="停工留薪期：治疗工伤、暂停工作、单位照发原工资的那段时间。",
    )
    parts = forms.MultipleChoiceField(
        label="工伤认定的受伤部位",
        choices=part_choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="照工伤认定决定书选，可以选几处。",
    )
    injury_state = text_field(
        "现在的伤情",
        2000,
        "用自己的话写：哪里受伤、治疗经过、现在哪里不方便。",
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class HospitalForm(AppraisalStep):
    step = "hospital"
    hospital = text_field("主要治疗医院", 100, "写全称。这家医院与您的治疗有关的专家会回避。")
    department = optional(text_field("治疗科室", 60, "例如骨科、手足外科。"))


class AddressForm(AppraisalStep, AddressStep):
    step = "address"
    delivery_name = text_field("收件人", 60, "通知书和结论书寄给谁。")
    electronic_consent = optional(
        forms.BooleanField(
            label="同意电子送达：文书送到本平台“消息”中即为送达",
            help_text="勾选后收得最快，同时发短信提醒。文书送到“消息”的当天就算您收到，"
            "不服结论的15日从第二天起算，没有打开看也算。不勾选的，按上面的地址免费邮寄。",
        )
    )
    field_order = ("delivery_name", "delivery_telephone", "delivery_address")


FORMS: dict[str, type[StepForm]] = {
    form.step: form
    for form in (ApplicantForm, PersonForm, EmployerForm, RecognitionForm, InjuryForm, HospitalForm, AddressForm)
}


class ClaimForm(forms.Form):
    """What a worker tells to find cases that others opened."""

    basis = {"id_number": "令55 第九条第（二）项"}
    name = text_field("您的姓名", 60)
    id_type = forms.ChoiceField(label="证件类型", choices=[(kind.value, kind.label) for kind in IdType])
    id_number = text_field("证件号码", 40, widget=IdNumberInput(attrs={"maxlength": "40"}))
