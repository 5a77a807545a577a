"""Forms of a day on an employer's premises."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from gongjian.cases.models import Case
from gongjian.sittings.actions.collecting import Premises


class CollectiveForm(forms.Form):
    """Whom the employer names, and the place it offers. Nothing is asked about anybody's health."""

    basis = {"cases": "令55 第十二条", "address": "令55 第十二条", "rooms": "个保法 第二十八条"}

    cases = forms.ModelMultipleChoiceField(
        label="为哪些职工申请", queryset=Case.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    address = forms.CharField(label="鉴定地点的详细地址", help_text="写到门牌号、楼层。", max_length=200)
    rooms = forms.IntegerField(
        label="能提供几间单独的房间",
        help_text="检查用，门可以关上，从外面看不到、听不到。检查时单位的人不进去。",
        min_value=1,
        max_value=10,
    )
    contact = forms.CharField(label="现场联系人和电话", max_length=60)
    reason = forms.CharField(
        label="其他说明",
        help_text="不要写职工的伤情。",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )

    def __init__(self, *args: Any, cases: QuerySet[Case], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cases"].queryset = cases  # type: ignore[attr-defined]
        self.fields["cases"].label_from_instance = lambda case: f"{case.person.name}（{case.number}）"  # type: ignore[attr-defined]

    def premises(self) -> Premises:
        """What was told about the place."""
        return Premises(**{name: self.cleaned_data[name] for name in ("address", "rooms", "contact", "reason")})


class CollectiveAnswerForm(forms.Form):
    """Yes or no; the reason is needed for a no."""

    answer = forms.ChoiceField(
        label="答复", choices=[("grant", "同意，逐人征求意见"), ("refuse", "不同意")], widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="说明",
        help_text="会告知单位。不同意的，必须写明理由；不要写任何人的伤情。",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )
