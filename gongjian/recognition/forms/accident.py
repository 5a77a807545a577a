"""An accident of the green channel, a person on its list, and the draft that many have in common."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from gongjian.accounts.models import Office
from gongjian.kernel import moment
from gongjian.kernel.widgets import IdNumberInput, TelephoneInput
from gongjian.law.recognition.heads import heads
from gongjian.recognition.forms.fields import day, text
from gongjian.recognition.rules import GREEN, OUTCOMES
from gongjian.recognition.victims import ASKED, checked

WIDGETS = {"id_number": IdNumberInput, "telephone": TelephoneInput}
OWN = "每个人的“岗位、伤害程度”一句由系统按名单写好，依据是本人案卷里的材料；这里可以另加共同的依据，例如救援名单。"


class AccidentForm(forms.Form):
    """The accident for which the office starts by itself, and on which ground."""

    office = forms.ModelChoiceField(label="办理机关", queryset=Office.objects.none())
    title = text("事故名称", 100, hint="不写个人姓名，例如“2·10云溪恒信机械厂房坍塌事故”。")
    ground = forms.ChoiceField(label="启动的情形", choices=list(GREEN.items()), widget=forms.RadioSelect)
    why = text("启动的理由", 1000, rows=3, hint="依据哪个部门的通报，事故等级或者关注的情况。")
    happened_on = day("事故日期")
    happened_at = text("事故时间", 20, must=False, hint="例如 10:20。")
    place = text("事故地点", hint="写到具体地点。")
    cause = text("事故经过和原因", 1000, rows=3, hint="现在已经知道的。写入每个人的案卷，没有查明的写“正在调查”。")
    employer_name = text("事故单位全称", 100)
    credit_code = text("统一社会信用代码", 18, must=False)
    employer_address = text("事故单位地址")
    contact_name = text("单位联系人", 60, must=False)
    employer_telephone = text("单位联系电话", 20, widget=TelephoneInput())
    basis = {"ground": "人社厅发〔2018〕104号 二（四）", "happened_on": "条例 第十八条", "place": "条例 第十八条"}

    def __init__(self, *args: Any, offices: Sequence[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["office"]
        field.queryset = Office.objects.filter(pk__in=[each.pk for each in offices])

    def clean_happened_on(self) -> Any:
        """No accident of a day to come."""
        told = self.cleaned_data["happened_on"]
        if told > moment.today():
            raise forms.ValidationError("不能晚于今天。")
        return told


class VictimForm(forms.Form):
    """One person on the list; the same columns and the same checks as the table."""

    basis = {"harm": "条例 第十八条", "parts": "令8 第十九条", "diagnosis": "令8 第十九条"}

    def __init__(self, *args: Any, since: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.since = since
        for each in ASKED:
            self.fields[each.name] = (
                day(each.title, must=not each.empty, hint=each.how)
                if each.kind == "day"
                else text(
                    each.title,
                    each.longest,
                    must=not each.empty,
                    hint=each.how,
                    widget=WIDGETS[each.name]() if each.name in WIDGETS else None,
                )
            )

    def clean(self) -> dict[str, Any]:
        """What the check of the table says of this one row, at its field."""
        told = self.cleaned_data
        typed = {name: str(told.get(name) or "") for name in self.fields}
        self.told, wrong = checked(typed, on=moment.today(), since=self.since)
        for name, why in wrong.items():
            if name not in self.errors:
                self.add_error(name, why)
        return told


class VictimListForm(forms.Form):
    """A table of victims."""

    table = forms.FileField(label="名单（.xlsx）", help_text="使用下载的模板，每人一行，最多1000人，不超过5MB。")


class CommonDraftForm(forms.Form):
    """The draft that the waiting victims have in common; each one's own sentence is written by their row of the list."""

    ROWS = 5
    outcome = forms.ChoiceField(
        label="拟定意见", choices=[(code, OUTCOMES[code].label) for code in ("recognised", "deemed")],
        help_text="不予认定的不能批量拟定，请在各人的案卷里逐件办理。",
    )  # fmt: skip
    heads = forms.MultipleChoiceField(
        label="适用的情形",
        widget=forms.CheckboxSelectMultiple,
        choices=[(code, f"{code} {head.title}") for code, head in heads().items()],
    )
    basis = {"outcome": "令8 第十八条", "heads": "条例 第十四条、第十五条", "fact_1": "令8 第十九条"}

    def __init__(self, *args: Any, supports: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in range(1, self.ROWS + 1):
            self.fields[f"fact_{row}"] = text(f"共同查明的事实第{row}句", 500, must=row == 1, rows=2)
            self.fields[f"rests_{row}"] = self._rests(f"第{row}句的依据", supports)
        self.fields["own_rests"] = self._rests("各人伤害一句的共同依据", supports, hint=OWN)

    def told(self) -> dict[str, Any]:
        """The common part, as a batch keeps it."""
        values = self.cleaned_data
        rows = [(values[f"fact_{row}"], values[f"rests_{row}"]) for row in range(1, self.ROWS + 1)]
        return {
            "outcome": values["outcome"],
            "heads": values["heads"],
            "facts": [row for row in rows if row[0].strip()],
            "own_rests": values["own_rests"],
        }

    def _rests(self, label: str, supports: Sequence[tuple[str, str]], hint: str = "") -> forms.MultipleChoiceField:
        widget = forms.SelectMultiple(attrs={"size": "4"})
        return forms.MultipleChoiceField(label=label, required=False, choices=supports, widget=widget, help_text=hint)
