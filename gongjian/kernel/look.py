"""Invented samples for the living style page."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms

from gongjian.kernel import moment
from gongjian.kernel.widgets import DayInput, IdNumberInput, OneTimeCodeInput

FACES = ("portal", "desk", "workbench", "public", "projector")


@dataclass(frozen=True)
class SampleLine:
    """One line of a sample working."""

    day: date | None
    text: str
    article: str


@dataclass(frozen=True)
class SampleDeadline:
    """Looks like `law.clock.Deadline`."""

    title: str
    due: date
    article: str = "令55 第十条"
    provisional: bool = False
    is_partys: bool = False

    @property
    def lines(self) -> tuple[SampleLine, ...]:
        """A working of three lines."""
        start = self.due - timedelta(days=60)
        return (
            SampleLine(start, "收到申请，次日起算", "令55 第十条"),
            SampleLine(None, "作出结论期限60个自然日", "令55 第十条"),
            SampleLine(self.due, "期限届满", ""),
        )

    def days_left(self, today: date) -> int:
        """Calendar days from `today` to the due day; negative when past."""
        return (self.due - today).days


class SampleForm(forms.Form):
    """One field of every kind."""

    basis = {"hospital": "令55 第八条", "id_number": "GB 11643—1999"}

    name = forms.CharField(label="姓名", max_length=30)
    id_number = forms.CharField(label="身份证号", help_text="18位，末位可以是字母X。", widget=IdNumberInput)
    injured_on = forms.DateField(label="受伤日期", widget=DayInput)
    hospital = forms.CharField(label="治疗医院和科室", required=False)
    state = forms.CharField(
        label="伤情现状", help_text="用自己的话写，不必用医学名词。", widget=forms.Textarea(attrs={"rows": 4})
    )
    who = forms.ChoiceField(
        label="谁来申请",
        choices=[("self", "我本人"), ("kin", "我是近亲属"), ("employer", "我是用人单位")],
        widget=forms.RadioSelect,
    )
    parts = forms.MultipleChoiceField(
        label="认定的受伤部位",
        required=False,
        choices=[("1", "右手"), ("2", "腰部"), ("3", "左膝")],
        widget=forms.CheckboxSelectMultiple,
    )
    county = forms.ChoiceField(label="所在区县", choices=[("", "请选择"), ("990121", "东溪县"), ("990122", "西溪县")])
    paper = forms.FileField(label="诊断证明", required=False, help_text="照片或PDF，单个文件不超过50MB。")
    code = forms.CharField(label="短信验证码", required=False, widget=OneTimeCodeInput)
    truthful = forms.BooleanField(label="以上内容由我本人填写，真实无误")


def samples() -> dict[str, Any]:
    """Everything the style page shows."""
    today = moment.today()
    ahead = {days: SampleDeadline("作出鉴定结论", today + timedelta(days=days)) for days in (-2, 0, 3, 9, 41)}
    return {
        "form": SampleForm(),
        "deadlines": list(ahead.values()),
        "provisional": SampleDeadline("作出鉴定结论", today + timedelta(days=400), provisional=True),
        "steps": [
            ("申请人", "done", "#"),
            ("用人单位", "done", "#"),
            ("工伤认定", "now", ""),
            ("伤情", "later", ""),
            ("材料", "later", ""),
        ],
        "facts": [
            ("受理编号", "YX-2026-000123"),
            ("申请类型", "初次鉴定"),
            ("认定部位", "右手第二、三指"),
            ("收到申请", today),
        ],
        "events": _events(today),
        "cases": _cases(ahead),
        "today": today,
    }


def _events(today: date) -> list[dict[str, Any]]:
    return [
        {
            "on": today - timedelta(days=8),
            "title": "收到申请",
            "text": "网上提交，材料5份。",
            "by": "林知远",
            "state": "done",
        },
        {"on": today - timedelta(days=5), "title": "受理", "text": "材料齐全。", "by": "陈晓窗", "state": "done"},
        {
            "on": today + timedelta(days=6),
            "title": "现场鉴定",
            "text": "请带身份证原件，上午9:00到云溪市鉴定中心。",
            "state": "now",
        },
        {"on": None, "title": "作出结论", "text": "由专家组意见作出。", "state": "later"},
    ]


def _cases(ahead: dict[int, SampleDeadline]) -> list[dict[str, Any]]:
    return [
        {
            "number": "YX-2026-000101",
            "name": "林知远",
            "state": "待审核材料",
            "kind": "warn",
            "deadline": ahead[-2],
        },
        {"number": "YX-2026-000117", "name": "甲乙丙", "state": "待安排鉴定", "kind": "info", "deadline": ahead[3]},
        {"number": "YX-2026-000123", "name": "丁戊己", "state": "待送达", "kind": "good", "deadline": ahead[41]},
    ]
