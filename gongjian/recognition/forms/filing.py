"""What an employer tells once for all rows of a table: who acts for it, how it is reached, where papers go; and the table."""

from collections.abc import Mapping
from copy import deepcopy
from types import MappingProxyType
from typing import Any

from django import forms

from gongjian.applications.answers import MUST
from gongjian.applications.rules import Capacity
from gongjian.kernel import moment
from gongjian.recognition.answers import faults
from gongjian.recognition.forms.online import FORMS
from gongjian.recognition.sheet import ASKED
from gongjian.recognition.steps import STEPS

ONCE = MappingProxyType(
    {
        "applicant": ("applicant_name",),
        "employer": ("employer_name", "credit_code", "contact_name", "employer_telephone", "employer_address"),
        "address": ("delivery_name", "delivery_telephone", "delivery_address", "electronic_consent"),
    }
)
"""Step → what is told once; what a column asks is told row by row."""
LABELS = MappingProxyType({"applicant_name": ("经办人姓名", "代表单位办理的人。")})


class FilingForm(forms.Form):
    """The employer once, and the table. Each field is that of the online form's step, checked by the same rules."""

    basis = {name: STEPS.of(step).basis[name] for step, names in ONCE.items() for name in names}
    sheet = forms.FileField(
        label="填好的表格（.xlsx）",
        help_text="用本页下载的模板填写。逐行检查：正确的行各生成一份草稿，不正确的行告诉您哪一列要改。",
        widget=forms.FileInput(attrs={"accept": ".xlsx", "data-max-megabytes": "5"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for step, names in ONCE.items():
            self.fields |= {name: deepcopy(FORMS[step].base_fields[name]) for name in names}
        for field in self.fields.values():
            field.error_messages["required"] = MUST
        for name, (label, hint) in LABELS.items():
            self.fields[name].label, self.fields[name].help_text = label, hint
        self.order_fields([*self.basis, "sheet"])

    def clean(self) -> dict[str, Any]:
        """What the rules of each step say against what is told once."""
        row = {each.name: each.empty for each in ASKED}
        for step, told in self.once().items():
            for name, sentence in faults(STEPS.of(step), {**row, **told}, on=moment.today()).items():
                if name in self.fields and name not in self.errors:
                    self.add_error(name, sentence)
        return self.cleaned_data

    def once(self) -> Mapping[str, Mapping[str, Any]]:
        """What holds for every row, by step, as the forms keep it."""
        told = self.cleaned_data
        once = {step: {name: told.get(name, "") for name in names} for step, names in ONCE.items()}
        return {**once, "applicant": {**once["applicant"], "capacity": str(Capacity.EMPLOYER)}}
