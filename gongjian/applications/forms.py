"""What forms of applications have alike: a form for each step, its inputs, the declaration. What is right and wrong is said by the rules."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from gongjian.applications.answers import MUST
from gongjian.applications.rules import GIVERS
from gongjian.applications.steps import Steps
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


def hidden_fault(name: str, sentence: str) -> str:
    """What is wrong with something that stands already and is not asked, and what one can do."""
    return f"{name}（已有的内容，这里不用填）：{sentence}已有的内容不对的，请点“这里有错”写明，或者到受理窗口办理。"


class StepForm(forms.Form):
    """The form of one step. `told()` gives the answers whether they are right or not: an unfinished step is kept too."""

    step = ""
    steps: Steps
    faults: Callable[..., dict[str, str]]
    """Of the procedure: (step, answers, on=day) → field → sentence; given as a staticmethod."""
    settled: Mapping[str, Any] = {}
    """What stands already and is not asked: its fields are not in the form."""
    use_required_attribute = False

    @classmethod
    def without(cls, settled: Mapping[str, Any]) -> "type[StepForm]":
        """The same form without the fields of what stands already."""
        return type(cls.__name__, (cls,), {**dict.fromkeys(settled), "settled": settled}) if settled else cls

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.basis = dict(self.steps.of(self.step).basis)
        for field in self.fields.values():
            field.error_messages["required"] = MUST

    def clean(self) -> dict[str, Any]:
        """What the rules say against the answers, each at its field."""
        told = self.told()
        for field, sentence in self.faults(
            self.steps.of(self.step), {**told, **self.settled}, on=moment.today()
        ).items():
            if field in self.fields and field not in self.errors:
                self.add_error(field, sentence)
        return told

    def say(self, field: str, sentence: str) -> None:
        """Write what is wrong at its field; where that is not asked, above all fields with its name and the way out: nothing is refused unsaid."""
        if field in self.fields:
            self.add_error(field, sentence)
        else:
            self.add_error(None, hidden_fault(self.name_of(field), sentence))

    @classmethod
    def name_of(cls, field: str) -> str:
        """How a field of the step is called, also one that is not asked."""
        found = (vars(each).get("base_fields", {}).get(field) for each in cls.__mro__)
        return next((str(each.label) for each in found if each), "已有的内容")

    def told(self) -> dict[str, Any]:
        """The answers as a draft keeps them: text, lists of text, yes or no; as they were typed, right or wrong."""
        return {name: self._told(name, field) for name, field in self.fields.items()}

    def _told(self, name: str, field: forms.Field) -> Any:
        typed = self.data.getlist(name) if isinstance(self.data, QueryDict) else self.data.get(name, "")
        if isinstance(field, forms.MultipleChoiceField):
            return [str(each) for each in typed]
        last = typed[-1] if isinstance(typed, list) and typed else typed or ""
        return bool(last) if isinstance(field, forms.BooleanField) else str(last).strip()


def text_field(label: str, length: int, hint: str = "", *, widget: forms.Widget | None = None) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, help_text=hint, widget=widget)


def day_field(label: str, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=10, help_text=hint, widget=DayInput())


def optional(field: forms.Field) -> Any:
    field.required = False
    return field


class MandateStep(StepForm):
    """What an agent tells of the power to act."""

    acts_for = optional(
        forms.ChoiceField(
            label="您受谁委托",
            choices=[("", "不是委托代理人，不用选"), *GIVERS.items()],
            help_text="委托代理人办理时选择，并上传授权委托书。",
        )
    )
    mandate_until = optional(day_field("委托到哪一天为止", "照授权委托书填写；写明到办结为止的，不用填。"))
    mandate_receives = optional(
        forms.BooleanField(
            label="授权委托书写明：可以代收文书",
            help_text="没有写明的，通知和文书送给委托人本人，不送给代理人。",
        )
    )


class PersonStep(StepForm):
    """Who was hurt; a procedure says by its labels how it calls them."""

    name = text_field("姓名", 60)
    id_type = forms.ChoiceField(label="证件类型", choices=[(kind.value, kind.label) for kind in IdType])
    id_number = text_field("证件号码", 40, widget=IdNumberInput(attrs={"maxlength": "40"}))
    telephone = text_field("手机号", 20, widget=TelephoneInput())
    address = text_field("住址", 200, "现在居住的地方。")


class EmployerStep(StepForm):
    """The employer, and how it is reached."""

    employer_name = text_field("用人单位名称", 120)
    credit_code = optional(text_field("统一社会信用代码", 30, "18位，在营业执照上。不知道的可以不填。"))
    contact_name = optional(text_field("单位联系人", 60))
    employer_telephone = optional(text_field("单位电话", 30))
    employer_address = optional(text_field("单位地址", 200))


class AddressStep(StepForm):
    """Where papers reach who applies, and whether electronically."""

    delivery_name = text_field("收件人", 60)
    delivery_telephone = text_field("收件人手机号", 20, widget=TelephoneInput())
    delivery_address = text_field("送达地址", 200, "能收到信件的详细地址。地址变了要及时告诉我们。")
    electronic_consent = optional(forms.BooleanField(label="同意电子送达：文书送到本平台“消息”中即为送达"))


class DeclareForm(forms.Form):
    """The declaration of truth. basis: field → article, of the procedure."""

    def __init__(self, *args: Any, basis: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.basis = dict(basis)

    truthful = forms.BooleanField(
        label="我承诺：以上内容和材料真实、完整，知道提供虚假材料要承担法律责任",
        error_messages={"required": "提交前请先勾选承诺。"},
    )


class ReceivedForm(forms.Form):
    """When a paper application came in."""

    basis = {"received_on": "令55 第十条（期限自收到申请之日起算）"}
    received_on = forms.DateField(label="收到申请的日期", widget=DayInput)
    reason = forms.CharField(label="日期早于今天的理由", max_length=200, required=False)


class WrongForm(forms.Form):
    """What is wrong with a fact that was taken over."""

    words = forms.CharField(
        label="哪一项不对，应当是什么", max_length=500, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="例如：决定书上的受伤日期和这里的不一样。工作人员会对照决定书核对。",
    )  # fmt: skip


class WithdrawForm(forms.Form):
    """Why an application is withdrawn, if the applicant wants to say it."""

    reason = forms.CharField(
        label="撤回的原因", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
