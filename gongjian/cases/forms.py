"""What is asked about staff who keep away from a case."""

from typing import Any

from django import forms

from gongjian.accounts.models import User
from gongjian.cases.models import CaseDuty
from gongjian.cases.states import GROUNDS, Ground


class InterestForm(forms.Form):
    """The interest that a member of staff declares."""

    basis = {"ground": "令55 第二十八条"}
    ground = forms.ChoiceField(
        label="回避的事由", choices=[(each.value, label) for each, label in GROUNDS.items()], widget=forms.RadioSelect
    )
    facts = forms.CharField(
        label="具体情况",
        max_length=1000,
        help_text="写明与谁、有什么关系。只有决定回避的人员能看到。",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_ground(self) -> Ground:
        return Ground(self.cleaned_data["ground"])


class AskStaffRecusalForm(InterestForm):
    """Whom of the staff a party wants kept away, and why."""

    duty = forms.ChoiceField(
        label="申请谁回避",
        choices=[
            *((duty.value, f"办理本案{duty.label}的工作人员") for duty in CaseDuty.Duty),
            ("", "其他工作人员（请在下面写明）"),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    facts = forms.CharField(
        label="申请谁回避、具体情况",
        max_length=1000,
        help_text="请写明姓名或者岗位（知道多少写多少），以及与谁有什么关系。只有决定回避的人员能看到。",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field_order = ["duty", "ground", "facts"]


class DecideStaffRecusalForm(forms.Form):
    """The decision about a request: who keeps away, or why nobody does."""

    decision = forms.ChoiceField(
        label="决定", choices=[("granted", "予以回避"), ("refused", "不予回避")], widget=forms.RadioSelect
    )
    user = forms.ModelChoiceField(
        label="应当回避的工作人员",
        queryset=User.objects.none(),
        required=False,
        empty_label="请选择",
        help_text="予以回避时必选。",
    )
    answer = forms.CharField(
        label="理由",
        max_length=500,
        help_text="当事人会看到这段话。不要写出工作人员姓名。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, users: Any, chosen: User | None = None, prefix: str) -> None:
        super().__init__(data, prefix=prefix, initial={"user": chosen})
        field: Any = self.fields["user"]
        field.queryset = users

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("decision") == "granted" and not cleaned.get("user"):
            self.add_error("user", "请选择应当回避的工作人员。")
        return cleaned

    @property
    def chosen(self) -> User | None:
        """Who keeps away; None for a refusal."""
        found: User | None = self.cleaned_data["user"] if self.cleaned_data["decision"] == "granted" else None
        return found
