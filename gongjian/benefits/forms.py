"""One question, one form: the input that fits the fact, and its answer in the plain values that the law reads."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms

from gongjian.benefits.sheet import place_of
from gongjian.kernel import moment
from gongjian.kernel.widgets import DayInput
from gongjian.law.benefits.facts import asked, asked_of_dependants
from gongjian.law.benefits.words import LABELS
from gongjian.law.codes.regions import all_regions
from gongjian.law.told import Asked

HINTS = {
    "wages": "按月写缴费工资，一行一个或者用空格隔开；每月都一样的，写成 5000×12。不是到手工资，可以向单位或者社保经办机构查询。",
    "average_wage_at_injury": "由当地人力资源社会保障部门公布，可以向社保经办机构查询。",
    "average_wage_now": "由当地人力资源社会保障部门公布，可以向社保经办机构查询。",
    "minimum_wage": "由当地人民政府公布。",
    "insured": "不清楚的，可以向社保经办机构查询；先跳过也能估算。",
    "grade": "还没有结论的，可以填一个假定的等级。",
    "earlier_grades": "用空格隔开，例如：9 10。",
}
YES_NO = (("yes", "是"), ("no", "否"))
SEPARATORS = re.compile(r"[\s，、;；]+")
REPEATED = re.compile(r"([0-9.]+)[×xX*]([0-9]{1,2})", re.ASCII)


class QuestionForm(forms.Form):
    """The form of one fact. `value()` is its answer as a file of facts would say it."""

    use_required_attribute = False

    def __init__(self, question: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = asked()[question]
        self.kind = known.kind
        self.fields["value"] = FIELDS[known.kind](question, known)
        self.fields["value"].help_text = HINTS.get(question, "")

    def value(self) -> Any:
        """The answer in plain values."""
        return PLAIN[self.kind](self.cleaned_data["value"])


class RelativeForm(forms.Form):
    """Everything about one relative. What is not known may be left open: what the law needs is asked again by name."""

    use_required_attribute = False

    def __init__(self, _question: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, known in asked_of_dependants().items():
            self.fields[name] = FIELDS[known.kind](name, known)
            self.fields[name].required = name == "relation"

    def value(self) -> dict[str, Any]:
        """The answers that were given, in plain values."""
        answered = {name: value for name, value in self.cleaned_data.items() if value}
        return {name: PLAIN[asked_of_dependants()[name].kind](value) for name, value in answered.items()}


def form_for(question: str, *args: Any, **kwargs: Any) -> QuestionForm | RelativeForm:
    """The form that asks for a fact."""
    kind = RelativeForm if place_of(question) is not None else QuestionForm
    return kind(question, *args, **kwargs)


def initial_of(question: str, value: Any) -> dict[str, Any]:
    """What a form shows at first of an answer given before."""
    if isinstance(value, dict):
        return {name: _shown(one) for name, one in value.items()}
    return {"value": _shown(value)}


def _shown(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(map(str, value)) if isinstance(value, list) else value


def _line(question: str, known: Asked, mode: str = "decimal", **attrs: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"inputmode": mode, "class": "gj-number gj-short", **attrs})
    return forms.CharField(label=known.title, max_length=20, widget=widget)


def _choice(question: str, known: Asked) -> forms.ChoiceField:
    choices = list(LABELS[question].items())
    return forms.ChoiceField(label=known.title, choices=choices, widget=forms.RadioSelect)


def _flag(question: str, known: Asked) -> forms.ChoiceField:
    return forms.ChoiceField(label=known.title, choices=YES_NO, widget=forms.RadioSelect)


def _region(question: str, known: Asked) -> forms.ChoiceField:
    today = moment.today()
    places = [(one.code, one.name) for one in all_regions() if one.holds_on(today)]
    return forms.ChoiceField(label="在哪里参加工伤保险（没有参保的，单位在哪里）", choices=[("", "请选择"), *places])


def _several(question: str, known: Asked) -> forms.CharField:
    return forms.CharField(label=known.title, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


def _day(question: str, known: Asked) -> forms.DateField:
    return forms.DateField(label=known.title, widget=DayInput())


def _count(question: str, known: Asked) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "class": "gj-number gj-short"})
    return forms.IntegerField(label=known.title, min_value=0, widget=widget)


def _amount(typed: str) -> str:
    return re.sub(r"[,，元\s]", "", typed)


def _amounts(typed: str) -> list[str]:
    """Amounts as written one after another; 5000×12 stands for twelve of them."""
    found: list[str] = []
    for text in filter(None, SEPARATORS.split(typed.replace("元", ""))):
        repeated = REPEATED.fullmatch(text)
        found += [repeated[1]] * int(repeated[2]) if repeated else [text]
    return found


def _whole_numbers(typed: str) -> list[Any]:
    found = filter(None, SEPARATORS.split(typed))
    return [int(one) if re.fullmatch(r"[0-9]{1,4}", one, re.ASCII) else one for one in found]


def _iso(day: date) -> str:
    return day.isoformat()


def _same(value: Any) -> Any:
    return value


def _is_yes(value: str) -> bool:
    return value == "yes"


FIELDS: dict[str, Callable[[str, Asked], forms.Field]] = {
    "day": _day,
    "money": _line,
    "moneys": _several,
    "flag": _flag,
    "count": _count,
    "word": _choice,
    "grades": _several,
    "region": _region,
}
PLAIN: dict[str, Callable[[Any], Any]] = {
    "day": _iso,
    "money": _amount,
    "moneys": _amounts,
    "flag": _is_yes,
    "count": _same,
    "word": _same,
    "grades": _whole_numbers,
    "region": _same,
}
