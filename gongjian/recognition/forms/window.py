"""The window: scanning, its word on an application, more time for an employer."""

from typing import Any

from django import forms

from gongjian.accounts.models import Office
from gongjian.materials.catalog import OF_RECOGNITION
from gongjian.recognition.forms.fields import FilesField, day, text
from gongjian.recognition.rules import REJECTIONS


class ScanForm(forms.Form):
    """Papers of one kind, scanned."""

    kind = forms.ChoiceField(label="材料种类", choices=[(kind.code, kind.title) for kind in OF_RECOGNITION])
    scans = FilesField(label="扫描件或者照片", help_text="可以一次选几个文件，按先后次序。")


class ReasonForm(forms.Form):
    """A written reason."""

    reason = text("理由", 500, hint="写明事实和依据，会记入案卷。", rows=4)


class AcceptForm(forms.Form):
    """Why an application that seems late is not."""

    though_late = text("未超过时限的理由", 500, must=False, rows=3, hint="按登记的事实已超过申请时限的才要写。")


class RejectForm(forms.Form):
    """Why an application is not accepted."""

    ground = forms.ChoiceField(
        label="不予受理的情形", choices=[(code, words) for code, (words, _) in REJECTIONS.items()]
    )
    explanation = text("具体事实", 500, rows=4, hint="会写入不予受理决定书。")
    basis = {"ground": "令8 第七条、第八条"}


class TransferForm(forms.Form):
    """Which department is competent."""

    to_office = forms.ModelChoiceField(label="有管辖权的机关", required=False, queryset=Office.objects.none())
    to_name = text("不在列表中的，写明机关全称", 100, must=False)
    reason = text("没有管辖权的理由", 300, rows=3)
    basis = {"to_office": "条例 第十七条、令8 第四条"}

    def __init__(self, *args: Any, offices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to_office"]
        field.queryset = offices


class WishForm(forms.Form):
    """A signed wish to withdraw."""

    wish = forms.FileField(label="申请人签名的撤回申请")
    reason = text("撤回的原因", must=False)


class ExtensionForm(forms.Form):
    """More days for an employer."""

    office = forms.ModelChoiceField(label="机关", queryset=Office.objects.none())
    employer_name = text("用人单位全称", 120)
    credit_code = text("统一社会信用代码", 30, must=False)
    worker_name = text("职工姓名", 60)
    injured_on = day("事故发生或者诊断日期")
    days = forms.IntegerField(label="同意延长的天数", min_value=1)
    reason = text("特殊情况", 500, rows=3)
    basis = {"days": "条例 第十七条、令8 第四条"}

    def __init__(self, *args: Any, offices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["office"]
        field.queryset = offices
        field.initial = offices[0].pk if len(offices) == 1 else None
