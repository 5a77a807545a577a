"""The form of the room."""

from typing import Any

from django import forms

from gongjian.accounts.models import Office
from gongjian.jurisdiction.rules import BUSINESSES
from gongjian.kernel.widgets import DayInput
from gongjian.parties.models import Employer

NOBODY_OF_ITS_OWN = "取消单独的规定，按上一级的规定办"


class ChangeForm(forms.Form):
    """Who decides from a coming day on."""

    business = forms.ChoiceField(label="业务", choices=list(BUSINESSES.items()), widget=forms.RadioSelect)
    area = forms.CharField(
        label="地区",
        max_length=6,
        required=False,
        help_text="行政区划代码：前4位表示全市，6位表示一个县（区）。按单位管辖的不填。",
    )
    employer = forms.CharField(
        label="单位的统一社会信用代码",
        max_length=18,
        required=False,
        help_text="只在由另一级机构管辖指定的参保单位时填写。",
    )
    office = forms.ModelChoiceField(
        label="由哪个机构管辖", queryset=Office.objects.none(), required=False, empty_label=NOBODY_OF_ITS_OWN
    )
    since = forms.DateField(label="从哪一天起", widget=DayInput, help_text="最早是明天。到这一天，在办的案件自动移交。")
    ground = forms.CharField(label="依据的文件和文号", max_length=120)
    basis = {"area": "条例 第五条、第十七条", "office": "条例 第五条、令55 第五条"}

    def __init__(self, *args: Any, offices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["office"]
        field.queryset = offices

    def clean_employer(self) -> Employer | None:
        """The employer of a credit code; it must have been a party here."""
        code = self.cleaned_data["employer"].strip().upper()
        found = Employer.objects.filter(credit_code=code).first() if code else None
        if code and found is None:
            raise forms.ValidationError("平台上没有这个信用代码的单位。请核对；单位还没有办过业务的，先登记单位。")
        return found

    def clean(self) -> dict[str, Any]:
        """Either an area or an employer: a named employer is decided on wherever it is."""
        told = super().clean() or self.cleaned_data
        if bool(told.get("area")) == bool(told.get("employer")) and "employer" in told:
            self.add_error("area", "请填写地区或者单位，两者填一项。")
        return told
