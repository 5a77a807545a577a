"""Forms of a claim: papers that come along, and the agency's answer."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from gongjian.claims.actions import Handed
from gongjian.claims.rules import OTHER, TITLES
from gongjian.kernel.widgets import DayInput


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
    """An amount for each item the fund pays."""

    words = forms.CharField(
        label="说明", required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="与平台估算的金额不同的，写明理由，申领人会看到。",
    )  # fmt: skip

    def __init__(self, *args: Any, items: Sequence[tuple[str, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = [title for title, _, _ in items]
        for place, (title, amount, formula) in enumerate(items):
            self.fields[f"item_{place}"] = forms.DecimalField(
                label=f"{title}（元）",
                initial=amount or None,
                min_value=Decimal(0),
                max_digits=12,
                decimal_places=2,
                help_text=f"估算：{formula}",
                widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "gj-number gj-short"}),
            )
        self.order_fields([*(f"item_{place}" for place in range(len(self.items))), "words"])

    def amounts(self) -> dict[str, Decimal | None]:
        """Title → amount."""
        return {title: self.cleaned_data[f"item_{place}"] for place, title in enumerate(self.items)}


class WordsForm(forms.Form):
    """Why nothing is paid."""

    words = forms.CharField(label="写给申领人", max_length=600, widget=forms.Textarea(attrs={"rows": 4}))


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
