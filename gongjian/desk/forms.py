"""Forms of the desk."""

from collections.abc import Iterable
from typing import Any

from django import forms

from gongjian.accounts.administering import APPOINTABLE, colleagues
from gongjian.accounts.models import User
from gongjian.accounts.roles import LABELS
from gongjian.appraisal.actions.review import Item
from gongjian.cases.models import Consultation
from gongjian.kernel.widgets import DayInput
from gongjian.materials.catalog import KINDS, Kind


class SupplementForm(forms.Form):
    """One notice: a line of free text for each kind of paper; empty lines ask for nothing."""

    def __init__(self, *args: Any, missing: Iterable[Kind] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lacking = {kind.code for kind in missing}
        for kind in KINDS.values():
            self.fields[kind.code] = forms.CharField(
                label=kind.title,
                required=False,
                max_length=300,
                initial=f"请提交{kind.title}。" if kind.code in lacking else "",
                help_text=f"依据：{kind.basis}。不需要补正的留空。",
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def items(self) -> list[Item]:
        """What is missing, in the order of the catalogue."""
        return [Item(code, text) for code, text in self.cleaned_data.items() if text.strip()]


class ReasonForm(forms.Form):
    """A written reason."""

    reason = forms.CharField(
        label="理由", max_length=200, help_text="写明事实和依据，会记入案卷。", widget=forms.Textarea(attrs={"rows": 4})
    )


class ConsultForm(ReasonForm):
    """What somebody needs the medical papers for whose step does not need them."""

    purpose = forms.ChoiceField(label="用途", choices=Consultation.Purpose.choices, widget=forms.RadioSelect)
    field_order = ["purpose", "reason"]


class ExtendForm(ReasonForm):
    """Why the decision takes longer, and the version of the case that was looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class LaterDayForm(ReasonForm):
    """A later day for the supplement."""

    until = forms.DateField(label="最迟补正到哪一天", widget=DayInput)


class AppointForm(forms.Form):
    """A colleague of the own office, and the post they take on."""

    user = forms.ModelChoiceField(label="同事", queryset=User.objects.none(), empty_label="请选择")
    role = forms.ChoiceField(label="承担的岗位", choices=[(role.value, LABELS[role]) for role in APPOINTABLE])

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["user"]
        field.queryset = colleagues(by).exclude(pk=by.pk)


class HandedInForm(forms.Form):
    """The day on which a supplement came to the window."""

    handed_in_on = forms.DateField(label="收到补正材料的日期", widget=DayInput)


class NameForm(ReasonForm):
    """The name on the document."""

    name = forms.CharField(label="证件原件上的姓名", max_length=60)
    field_order = ["name", "reason"]


class AccountForm(ReasonForm):
    """The telephone by which the person themself signs in."""

    telephone = forms.CharField(
        label="本人登录用的手机号",
        max_length=20,
        required=False,
        help_text="本人先用这个手机号登录一次。不填的，只解除原来的关联。",
    )
    field_order = ["telephone", "reason"]


class WishForm(forms.Form):
    """A signed wish to withdraw."""

    wish = forms.FileField(label="申请人签名的撤回申请", help_text="扫描件或照片，会存入案卷。")
    reason = forms.CharField(
        label="撤回的原因", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
