"""The identity check at the window."""

from typing import Any

from django import forms

from gongjian.applications.visits import Scan
from gongjian.kernel.widgets import IdNumberInput
from gongjian.law.identity import IdType


class IdentityForm(forms.Form):
    """Whose document lies on the desk. Asked once, whatever they came for."""

    basis = dict.fromkeys(("name", "id_number", "front", "seen"), "令55 第九条、令8 第十九条第（二）项")
    name = forms.CharField(label="姓名（照证件）", max_length=60)
    id_type = forms.ChoiceField(label="证件种类", choices=[(kind.value, kind.label) for kind in IdType])
    id_number = forms.CharField(label="证件号码", max_length=30, widget=IdNumberInput())
    front = forms.FileField(
        label="证件正面", required=False, help_text="扫描一次，今天办的几件事都用它。平台已有的不用再扫。"
    )
    back = forms.FileField(label="证件反面", required=False)
    seen = forms.BooleanField(label="已核对证件原件，是本人的证件", error_messages={"required": "请先核对证件原件。"})

    def told(self) -> dict[str, Any]:
        """Whose document it is."""
        return {name: self.cleaned_data[name] for name in ("name", "id_type", "id_number")}

    def scans(self) -> list[Scan]:
        """The sides that were scanned."""
        files = [self.cleaned_data[side] for side in ("front", "back")]
        return [Scan(file, file.name) for file in files if file]
