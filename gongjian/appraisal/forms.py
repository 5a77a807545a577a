"""A form for each step of an application. What is right and wrong is said by `rules`; here stand labels, hints and inputs."""

from typing import Any

from django import forms
from django.http import QueryDict

from gongjian.applications.rules import GIVERS, RELATIONS
from gongjian.appraisal import rules
from gongjian.appraisal.steps import step_of
from gongjian.grading.parts import Part, all_parts
from gongjian.kernel import moment
from gongjian.kernel.widgets import DayInput, IdNumberInput, TelephoneInput
from gongjian.law.identity import IdType

SIDES = (("left", "左"), ("right", "右"))


def part_choices() -> list[tuple[str, str]]:
    """Every recognised part that can be named, a paired one with its side: ("133:left", "左指")."""
    return [choice for part in all_parts() for choice in sides_of(part)]


def sides_of(part: Part) -> list[tuple[str, str]]:
    """The choices of one part."""
    if part.is_paired:
        return [(f"{part.code}:{side}", f"{label}{part.name}") for side, label in SIDES]
    return [(part.code, part.name)]


class StepForm(forms.Form):
    """The form of one step. `told()` gives the answers whether they are right or not: an unfinished step is kept too."""

    step = ""
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.basis = dict(step_of(self.step).basis)
        for field in self.fields.values():
            field.error_messages["required"] = rules.MUST

    def clean(self) -> dict[str, Any]:
        """What the rules say against the answers, each at its field."""
        told = self.told()
        for field, sentence in rules.faults(step_of(self.step), told, on=moment.today()).items():
            if field not in self.errors:
                self.add_error(field, sentence)
        return told

    def told(self) -> dict[str, Any]:
        """The answers as a draft keeps them: text, lists of text, yes or no; as they were typed, right or wrong."""
        return {name: self._told(name, field) for name, field in self.fields.items()}

    def _told(self, name: str, field: forms.Field) -> Any:
        typed = self.data.getlist(name) if isinstance(self.data, QueryDict) else self.data.get(name, "")
        if isinstance(field, forms.MultipleChoiceField):
            return [str(each) for each in typed]
        last = typed[-1] if isinstance(typed, list) and typed else typed or ""
        return bool(last) if isinstance(field, forms.BooleanField) else str(last).strip()


def _text(label: str, length: int, hint: str = "", *, widget: forms.Widget | None = None) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, help_text=hint, widget=widget)


def _day(label: str, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=10, help_text=hint, widget=DayInput())


def _optional(field: forms.Field) -> Any:
    field.required = False
    return field


class ApplicantForm(StepForm):
    step = "applicant"
    capacity = forms.ChoiceField(
        label="您以什么身份申请",
        choices=[(kind.value, label) for kind, label in rules.CAPACITIES.items()],
        widget=forms.RadioSelect,
    )
    applicant_name = _text("您的姓名", 60, "申请人是用人单位的，填写经办人姓名。")
    relation = _optional(
        forms.ChoiceField(
            label="您是被鉴定人的",
            choices=[("", "不是近亲属，不用选"), *((each, each) for each in RELATIONS)],
            help_text="近亲属代为申请时选择。",
        )
    )
    unable_reason = _optional(
        _text(
            "被鉴定人不能亲自申请的原因",
            200,
            "近亲属代为申请时填写，例如“住院治疗，行动不便”。",
        )
    )
    acts_for = _optional(
        forms.ChoiceField(
            label="您受谁委托",
            choices=[("", "不是委托代理人，不用选"), *GIVERS.items()],
            help_text="委托代理人办理时选择，并上传授权委托书。",
        )
    )
    mandate_until = _optional(_day("委托到哪一天为止", "照授权委托书填写；写明到本次鉴定办结为止的，不用填。"))
    mandate_receives = _optional(
        forms.BooleanField(
            label="授权委托书写明：可以代收文书",
            help_text="没有写明的，通知和结论送给委托人本人，不送给代理人。",
        )
    )


class PersonForm(StepForm):
    step = "person"
    name = _text("被鉴定人姓名", 60, "就是受伤的职工，按身份证件填写。")
    id_type = forms.ChoiceField(label="证件类型", choices=[(kind.value, kind.label) for kind in IdType])
    id_number = _text(
        "证件号码", 40, "居民身份证为18位，末位可以是字母X。", widget=IdNumberInput(attrs={"maxlength": "40"})
    )
    telephone = _text("被鉴定人手机号", 20, "鉴定的时间和地点会通知到这个号码。", widget=TelephoneInput())
    address = _text("被鉴定人住址", 200, "现在居住的地方。")


class EmployerForm(StepForm):
    step = "employer"
    employer_name = _text("用人单位名称", 120, "与工伤认定决定书上的一致。")
    credit_code = _optional(_text("统一社会信用代码", 30, "18位，在营业执照上。不知道的可以不填。"))
    contact_name = _optional(_text("单位联系人", 60))
    employer_telephone = _optional(_text("单位电话", 30))
    employer_address = _optional(_text("单位地址", 200))


class RecognitionForm(StepForm):
    step = "recognition"
    recognition_number = _text("工伤认定决定书文号", 60, "在决定书标题下方，例如“云溪人社工认〔2025〕31号”。")
    recognition_on = _day("工伤认定日期", "决定书末尾的日期。")
    injured_on = _day("受伤日期", "职业病填写诊断日期。")


class InjuryForm(StepForm):
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
    injury_state = _text(
        "现在的伤情",
        2000,
        "用自己的话写：哪里受伤、治疗经过、现在哪里不方便。",
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class HospitalForm(StepForm):
    step = "hospital"
    hospital = _text("主要治疗医院", 100, "写全称。这家医院与您的治疗有关的专家会回避。")
    department = _optional(_text("治疗科室", 60, "例如骨科、手足外科。"))


class AddressForm(StepForm):
    step = "address"
    delivery_name = _text("收件人", 60, "通知书和结论书寄给谁。")
    delivery_telephone = _text("收件人手机号", 20, widget=TelephoneInput())
    delivery_address = _text("送达地址", 200, "能收到信件的详细地址。地址变了要及时告诉我们。")
    electronic_consent = _optional(
        forms.BooleanField(
            label="同意电子送达：文书送到本平台“消息”中即为送达",
            help_text="勾选后收得最快，同时发短信提醒。文书送到“消息”的当天就算您收到，"
            "不服结论的15日从第二天起算，没有打开看也算。不勾选的，按上面的地址免费邮寄。",
        )
    )


FORMS: dict[str, type[StepForm]] = {
    form.step: form
    for form in (ApplicantForm, PersonForm, EmployerForm, RecognitionForm, InjuryForm, HospitalForm, AddressForm)
}


class DeclareForm(forms.Form):
    """The declaration of truth, and at the window the day on which the paper application came."""

    basis = {"truthful": "令55 第十四条"}
    truthful = forms.BooleanField(
        label="我承诺：以上内容和材料真实、完整，知道提供虚假材料要承担法律责任",
        error_messages={"required": "提交前请先勾选承诺。"},
    )


class ReceivedForm(forms.Form):
    """When a paper application came in."""

    basis = {"received_on": "令55 第十条（期限自收到申请之日起算）"}
    received_on = forms.DateField(label="收到申请的日期", widget=DayInput)
    reason = forms.CharField(label="日期早于今天的理由", max_length=200, required=False)


class WithdrawForm(forms.Form):
    """Why an application is withdrawn, if the applicant wants to say it."""

    reason = forms.CharField(
        label="撤回的原因", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ClaimForm(forms.Form):
    """What a worker tells to find cases that others opened."""

    basis = {"id_number": "令55 第九条第（二）项"}
    name = _text("您的姓名", 60)
    id_type = forms.ChoiceField(label="证件类型", choices=[(kind.value, kind.label) for kind in IdType])
    id_number = _text("证件号码", 40, widget=IdNumberInput(attrs={"maxlength": "40"}))
