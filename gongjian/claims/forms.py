"""Forms of a claim: papers that come along, and the agency's answer."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from gongjian.claims.actions import Handed
from gongjian.claims.rules import OTHER, TITLES
from gongjian.kernel.widgets import DayInput

MORE = 3
MORE_HELP = "申领人没有填齐事实、或者当地标准没有录入，估算不出的，在这里写项目名称。"


def _money(**told: Any) -> forms.DecimalField:
    number = forms.TextInput(attrs={"inputmode": "decimal", "class": "gj-number gj-short"})
    return forms.DecimalField(min_value=Decimal(0), max_digits=12, decimal_places=2, widget=number, **told)


class PaperForm(forms.Form):
    """The papers that no earlier step holds, each in its place; without one it goes on, and the agency says once what is missing."""

    basis = dict.fromkeys(TITLES, "条例 第三十条、第三十六条、第三十七条、第三十九条、第四十六条")

    def __init__(self, *args: Any, wanted: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in dict.fromkeys((*wanted, OTHER)):
            self.fields[kind] = forms.FileField(label=TITLES[kind], required=False)

    def handed(self) -> list[Handed]:
        """What was chosen."""
        files = ((kind, self.cleaned_data[kind]) for kind in self.fields)
        return [Handed(kind, file, file.name) for kind, file in files if file]


class ApprovalForm(forms.Form):
    """An amount for each item the fund pays, and what the agency fixes beside them: what the estimate lacked a fact or a standard for."""

    words = forms.CharField(
        label="说明", required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="与平台估算的金额不同的，写明理由，申领人会看到。",
    )  # fmt: skip

    def __init__(self, *args: Any, items: Sequence[tuple[str, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = [title for title, _, _ in items]
        for place, (title, amount, formula) in enumerate(items):
            self.fields[f"item_{place}"] = _money(
                label=f"{title}（元）", initial=amount or None, help_text=f"估算：{formula}"
            )
        for place in range(MORE):
            self.fields[f"more_{place}"] = forms.CharField(
                label=f"另行核定的项目{place + 1}", required=False, max_length=60, help_text=MORE_HELP
            )
            self.fields[f"more_amount_{place}"] = _money(label=f"项目{place + 1}的金额（元）", required=False)
        more = [name for place in range(MORE) for name in (f"more_{place}", f"more_amount_{place}")]
        self.order_fields([*(f"item_{place}" for place in range(len(self.items))), *more, "words"])

    def clean(self) -> dict[str, Any]:
        """What is added has a name of its own and an amount."""
        told: dict[str, Any] = super().clean() or {}
        for place, (title, amount) in enumerate(self._more()):
            if bool(title) != (amount is not None):
                self.add_error(f"more_{place}", "另行核定的项目，名称和金额要一起填写。")
        titles = [title for title, _ in self._more() if title]
        if len({*titles, *self.items}) < len(titles) + len(self.items):
            self.add_error(None, "同一个项目只写一次：已经列出的项目，请在它自己的一栏里写金额。")
        return told

    def amounts(self) -> dict[str, Decimal | None]:
        """Title → amount."""
        listed = {title: self.cleaned_data[f"item_{place}"] for place, title in enumerate(self.items)}
        return {**listed, **{title: amount for title, amount in self._more() if title}}

    def _more(self) -> list[tuple[str, Decimal | None]]:
        told = self.cleaned_data
        return [(told.get(f"more_{place}", ""), told.get(f"more_amount_{place}")) for place in range(MORE)]


class WordsForm(forms.Form):
    """Why nothing is paid."""

    words = forms.CharField(label="写给申领人", max_length=600, widget=forms.Textarea(attrs={"rows": 4}))


class CorrectionForm(forms.Form):
    """Why an answer was wrong."""

    words = forms.CharField(label="更正的理由", max_length=600, widget=forms.Textarea(attrs={"rows": 4}))


class ReturnForm(WordsForm):
    """What is missing, and until when it is handed in."""

    complete_by = forms.DateField(label="请在这一天以前补齐", widget=DayInput())


class PaidForm(forms.Form):
    """The day the money went out."""

    paid_on = forms.DateField(label="支付日期", widget=DayInput(), help_text="按月支付的，写第一次支付的日期。")
    words = forms.CharField(
        label="说明", required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="可以写明支付方式；不要写完整的银行账号。",
    )  # fmt: skip
