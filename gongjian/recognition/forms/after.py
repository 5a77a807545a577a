"""What comes after a decision: its correction, its revocation, a review or a suit."""

from typing import Any

from django import forms

from gongjian.cases.queries.sides import Side
from gongjian.recognition.forms.fields import day, text
from gongjian.recognition.models import Remedy
from gongjian.recognition.revising import GROUNDS, OUTCOMES, PLACES, REMEDIES

LINES = 4
"""How many places one correction sets right at most."""


class CorrectionForm(forms.Form):
    """Clerical errors, place by place."""

    reason = text("笔误的情况", 500, rows=2, hint="怎样发现、怎样发生的，供签发人审查。")
    basis = {"reason": "令8 第十九条"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, LINES + 1):
            must, places = number == 1, list(PLACES.items())
            self.fields[f"place_{number}"] = forms.ChoiceField(
                label=f"第{number}处：更正的内容", required=must, choices=[("", "请选择"), *places]
            )
            self.fields[f"wrong_{number}"] = text(f"第{number}处：原文", must=must)
            self.fields[f"right_{number}"] = text(f"第{number}处：更正为", must=must)

    def lines(self) -> list[dict[str, str]]:
        """The places that were told."""
        told = self.cleaned_data
        rows = [
            {name: told[f"{name}_{number}"] for name in ("place", "wrong", "right")} for number in range(1, LINES + 1)
        ]
        return [row for row in rows if any(row.values())]


class RevocationForm(forms.Form):
    """Why the decision falls, and whether it is decided anew."""

    ground = forms.ChoiceField(label="撤销的依据", choices=[(code, one.label) for code, one in GROUNDS.items()])
    reason = text("撤销的理由", 1000, rows=4, hint="会写入撤销决定书，不要写病情。")
    anew = forms.ChoiceField(
        label="撤销之后", widget=forms.RadioSelect, choices=[("yes", "撤销并重新办理"), ("no", "只撤销，不再作出决定")]
    )
    order = text("复议决定书、判决书的名称和文号", 100, must=False, hint="依行政复议决定或者法院判决撤销的填写。")
    ordered_on = day("该文书的日期", must=False)
    remedy = forms.ModelChoiceField(label="所依据的复议、诉讼", required=False, queryset=Remedy.objects.none())
    basis = {"ground": "条例 第五十五条、法释9 第九条"}

    def __init__(self, *args: Any, remedies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["remedy"]
        field.queryset, field.empty_label = remedies, "不是依登记的复议、诉讼"
        field.label_from_instance = lambda row: f"{row.get_kind_display()} {row.matter}"


class RemedyForm(forms.Form):
    """What came from the organ or the court."""

    kind = forms.ChoiceField(label="种类", choices=[(code, way.label) for code, way in REMEDIES.items()])
    side = forms.ChoiceField(
        label="由谁提出", choices=[(Side.WORKER.value, "职工一方"), (Side.EMPLOYER.value, "用人单位")]
    )
    organ = text("行政复议机关或者人民法院", 100)
    matter = text("该机关的案号", 80)
    received_on = day("收到申请书副本或者起诉状副本的日期", hint="答复的期限自这一天起算。")
    file = forms.FileField(label="收到的副本和通知（扫描件）")
    basis = {"received_on": "复议法 第四十八条、行诉法 第六十七条"}


class ReplyForm(forms.Form):
    """Our reply as it went out."""

    replied_on = day("提交答复的日期")
    file = forms.FileField(label="答复书、答辩状和证据目录（扫描件）")


class OutcomeForm(forms.Form):
    """How it ended."""

    outcome = forms.ChoiceField(label="结果", choices=list(OUTCOMES.items()))
    received_on = day("本机关收到结果文书的日期")
    known_on = day(
        "当事人收到复议决定书的日期",
        must=False,
        hint="行政复议的填写：当事人十五日的起诉期限自这一天起算。以复议机关的送达回证为准。",
    )
    basis = {"known_on": "行诉法 第四十五条"}
    file = forms.FileField(label="复议决定书、判决书或者裁定书（扫描件）")
