"""Forms of the room."""

from django import forms

from gongjian.archives.rules import PURPOSES, Purpose


class BorrowForm(forms.Form):
    """What a closed file is needed for."""

    purpose = forms.ChoiceField(
        label="用途", choices=[("", "请选择")] + [(purpose.value, label) for purpose, label in PURPOSES.items()]
    )
    reason = forms.CharField(
        label="事由",
        max_length=500,
        help_text="写明谁、凭什么、为哪件事调阅。登记会永久保存，被鉴定人可以看到谁在何时以何种用途调阅过。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    basis = {"purpose": "个保法 第六条、第五十一条"}

    def clean_purpose(self) -> Purpose:
        return Purpose(self.cleaned_data["purpose"])
