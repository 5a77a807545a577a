"""Forms of the pool: they parse, and leave every judgement to the actions."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from gongjian.experts.actions.pool import Told
from gongjian.experts.models import Expert
from gongjian.experts.specialties import SPECIALTIES
from gongjian.kernel.widgets import DayInput, TelephoneInput


class ExpertForm(forms.Form):
    """Everything that is told about an expert."""

    basis = {
        "title_level": "令55 第二十四条第一项",
        "trained_on": "令55 第二十四条",
        "term_from": "令55 第二十四条",
        "telephone": "令55 第二十五条（依法保护）",
        "is_shared": "令55 第二十五条",
    }

    name = forms.CharField(label="姓名", max_length=60)
    title = forms.CharField(label="职称", max_length=40, help_text="如主任医师、副主任医师。")
    title_level = forms.ChoiceField(label="职称级别", choices=Expert.TitleLevel.choices, widget=forms.RadioSelect)
    hospital = forms.CharField(
        label="所在医院", max_length=100, help_text="写全称：抽取时按医院回避，同组每家医院至多一人。"
    )
    department = forms.CharField(label="科室", max_length=60)
    specialties = forms.MultipleChoiceField(
        label="专业", choices=list(SPECIALTIES.items()), widget=forms.CheckboxSelectMultiple
    )
    telephone = forms.CharField(label="联系电话", max_length=20, required=False, widget=TelephoneInput)
    recommended_by = forms.CharField(label="推荐单位", max_length=100, required=False)
    trained_on = forms.DateField(label="培训合格日期", required=False, widget=DayInput)
    term_from = forms.DateField(label="聘期开始", widget=DayInput)
    term_until = forms.DateField(label="聘期结束", required=False, widget=DayInput, help_text="不填按三年计算。")
    is_shared = forms.BooleanField(label="省内其他鉴定委员会也可以抽取", required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def told(self) -> Told:
        """What was told."""
        given: dict[str, Any] = {name: told for name, told in self.cleaned_data.items() if name != "version"}
        return Told(**{**given, "specialties": tuple(given["specialties"])})

    @classmethod
    def of(cls, expert: Expert) -> dict[str, Any]:
        """The particulars of an expert as first values. The telephone is shown only when it is asked for."""
        return {name: getattr(expert, name) for name in cls.base_fields}


class GuestForm(ExpertForm):
    """A guest for one sitting: who, from which committee, on which letter."""

    basis = {**ExpertForm.basis, "committee": "令55 第二十五条", "document": "令55 第二十五条"}

    committee = forms.CharField(label="所属的鉴定委员会", max_length=100, help_text="写全称。")
    document = forms.CharField(label="邀请函、同意函文号", max_length=100)
    field_order = ("committee", "document", "name", "title", "title_level", "hospital", "department", "specialties")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["is_shared"], self.fields["recommended_by"], self.fields["version"]
        self.fields["trained_on"].required = True

    def told(self) -> Told:
        """What was told about the expert, apart from the invitation."""
        given: dict[str, Any] = {
            name: told for name, told in self.cleaned_data.items() if name not in ("committee", "document")
        }
        return Told(**{**given, "specialties": tuple(given["specialties"])})


class GuestAgainForm(forms.Form):
    """A guest whom the office knows, invited to another sitting."""

    expert = forms.ModelChoiceField(label="以前邀请过的专家", queryset=Expert.objects.none(), empty_label="请选择")
    document = forms.CharField(label="邀请函、同意函文号", max_length=100)

    def __init__(self, *args: Any, guests: QuerySet[Expert], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["expert"]
        field.queryset = guests
        field.label_from_instance = lambda one: f"{one.name}（{one.home_committee}，{one.specialty_labels}）"


class SheetForm(forms.Form):
    """A spreadsheet to be read."""

    sheet = forms.FileField(
        label="专家名单（.xlsx）",
        help_text="请用本页的模板填写。先逐行检查，全部合格后再确认导入。",
        widget=forms.FileInput(attrs={"accept": ".xlsx", "data-max-megabytes": "5"}),
    )


class SuspendForm(forms.Form):
    """From when, until when and why an expert is kept out."""

    begins = forms.DateField(label="自哪一天起", widget=DayInput)
    ends = forms.DateField(label="到哪一天为止", required=False, widget=DayInput, help_text="不填，到恢复为止。")
    reason = forms.CharField(label="理由", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class DismissForm(forms.Form):
    """Why an expert is dismissed."""

    basis = {"reason": "令55 第三十五条"}

    reason = forms.CharField(label="解聘的理由", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class DayForm(forms.Form):
    """One day."""

    on = forms.DateField(label="日期", widget=DayInput)
