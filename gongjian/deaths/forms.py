"""Forms of a report: the employer's own, and the bureau's for what comes to the window or by telephone."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms

from gongjian.accounts.models import Office
from gongjian.deaths.actions import TOLD, Handed
from gongjian.deaths.models import Report
from gongjian.deaths.rules import PAPERS, course_faults
from gongjian.kernel import moment
from gongjian.kernel.widgets import IdNumberInput, TelephoneInput
from gongjian.law.errors import RuleError
from gongjian.law.identity import IdType, check_document, check_mobile
from gongjian.materials.catalog import KINDS
from gongjian.parties.models import Employer
from gongjian.recognition.forms.fields import FilesField, text

RULE = "人社部发〔2013〕34号 第六条"
HEAD = "条例 第十五条第（一）项"


def instant(label: str, *, must: bool = True, hint: str = "") -> Any:
    """A day and a time of day."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, required=must, help_text=hint, widget=widget)


class PapersForm(forms.Form):
    """Pictures and documents; none is asked for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in PAPERS:
            kind = KINDS[code]
            self.fields[code] = FilesField(label=kind.title, required=False, help_text=f"{kind.hint}照片或者PDF。")

    def handed(self) -> Iterator[Handed]:
        """The files, each with its kind."""
        for code in PAPERS:
            for file in self.cleaned_data[code]:
                if file:
                    yield Handed(code, file, file.name)


class CourseForm(PapersForm):
    """What every report tells, whoever writes it down."""

    basis = {
        "name": RULE,
        "id_number": "令8 第十九条第（二）项、GB 11643",
        "occupation": HEAD,
        "place": HEAD,
        "at_work": HEAD,
        "onset_at": HEAD,
        "first_seen_at": "劳社部函〔2004〕256号",
        "died_at": HEAD,
        "witnesses": "令8 第九条",
        "reporter_telephone": "令8 第九条",
    }
    name = text("职工姓名", 60, hint="去世的职工，按身份证件填写。")
    id_type = forms.ChoiceField(label="证件类型", choices=[(kind.value, kind.label) for kind in IdType])
    id_number = text("证件号码", 40, widget=IdNumberInput(attrs={"maxlength": "40"}))
    telephone = text("职工手机号", 20, must=False, widget=TelephoneInput())
    occupation = text("岗位", 60, hint="职业、工种或者岗位，例如“夜班保管员”。")
    place = text("发病的地点", hint="写到具体地点，例如“三号仓库值班室”。")
    at_work = text("发病时的情况", 2000, rows=4, hint="当时是不是上班时间、在哪个岗位、正在做什么、有什么症状。")
    onset_at = instant("发病的时间")
    hospital = text("送到哪家医院", 100, must=False, hint="写全称；没有送医的不填。")
    first_seen_at = instant("初次诊断的时间", must=False, hint="医生第一次诊治的时间，以病历为准；没有送医的不填。")
    died_at = instant("死亡的时间", hint="以死亡证明为准。还在抢救的，先全力抢救；去世以后再报告。")
    witnesses = text("当时有谁在场", 500, must=False, rows=2, hint="姓名和联系方式，有监控录像的也写上。")
    reporter_name = text("报告人姓名", 60)
    reporter_telephone = text("报告人电话", 30, hint="核实情况时打这个号码。", widget=TelephoneInput())

    def clean(self) -> dict[str, Any]:
        """What the rules say, each at its field."""
        told = self.cleaned_data
        self._ask("id_number", lambda: check_document(IdType(told["id_type"]), told["id_number"], on=moment.today()))
        if told.get("telephone"):
            self._ask("telephone", lambda: check_mobile(told["telephone"]))
        if told.get("onset_at") and told.get("died_at"):
            for name, sentence in self._course(told).items():
                self.add_error(name if name in self.fields else "died_at", sentence)
        if told.get("first_seen_at") and not told.get("hospital"):
            self.add_error("hospital", "填写了初次诊断的时间，请写明是哪家医院。")
        return told

    def told(self) -> dict[str, Any]:
        """The report as the action takes it."""
        return {name: self.cleaned_data[name] for name in TOLD}

    def _course(self, told: Mapping[str, Any]) -> dict[str, str]:
        reported: datetime = told.get("reported_at") or moment.now()
        instants: dict[str, Any] = {name: told.get(name) for name in ("onset_at", "first_seen_at", "died_at")}
        return course_faults(**instants, reported_at=reported, now=moment.now())

    def _ask(self, field: str, rule: Any) -> None:
        if field in self.cleaned_data:
            try:
                rule()
            except (RuleError, KeyError) as error:
                self.add_error(field, str(error))


class OwnReportForm(CourseForm):
    """The employer's own report."""

    employer = forms.ModelChoiceField(label="用人单位", queryset=Employer.objects.none(), empty_label=None)
    office = forms.ModelChoiceField(
        label="向哪个社会保险行政部门报告",
        queryset=Office.objects.none(),
        empty_label=None,
        help_text="用人单位所在统筹地区的。",
    )
    field_order = ("employer", "office")

    def __init__(self, *args: Any, employers: Sequence[Employer], offices: Sequence[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _let_choose(self, "employer", Employer.objects.filter(pk__in=[each.pk for each in employers]))
        _let_choose(self, "office", Office.objects.filter(pk__in=[each.pk for each in offices]))


class EntryForm(CourseForm):
    """What was reported at the window or by telephone."""

    office = forms.ModelChoiceField(label="收到报告的机关", queryset=Office.objects.none(), empty_label=None)
    channel = forms.ChoiceField(label="怎么报告的", choices=Report.Channel.choices[1:], widget=forms.RadioSelect)
    reported_at = instant("收到报告的时间")
    reporter = forms.ChoiceField(label="报告的是", choices=Report.Reporter.choices, widget=forms.RadioSelect)
    employer_name = text("用人单位全称", 120)
    credit_code = text("统一社会信用代码", 30, must=False)
    field_order = ("office", "channel", "reported_at", "reporter", "employer_name", "credit_code")

    def __init__(self, *args: Any, offices: Sequence[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _let_choose(self, "office", Office.objects.filter(pk__in=[each.pk for each in offices]))


class NoteForm(forms.Form):
    """Early evidence."""

    words = text("要记下的", 1000, rows=4)


class CloseForm(forms.Form):
    """Why no case follows."""

    words = text("理由", 1000, rows=3, hint="例如重复报告、不属于本统筹地区、近亲属和单位都表示不申请。")


def _let_choose(form: forms.Form, name: str, rows: Any) -> None:
    field: Any = form.fields[name]
    field.queryset, field.initial = rows, rows.first()
