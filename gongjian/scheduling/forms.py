"""Forms of the room: they parse, and leave every judgement to the actions."""

from typing import Any

from django import forms

from gongjian.experts.specialties import SPECIALTIES
from gongjian.sittings.models import Sitting


class LockForm(forms.Form):
    """Where a person wants a case to be; nothing chosen lets the planner choose."""

    sitting = forms.ModelChoiceField(
        label="指定到场次", queryset=Sitting.objects.none(), required=False, empty_label="不指定，由排期决定"
    )

    def __init__(self, *args: Any, sittings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sitting"].queryset = sittings  # type: ignore[attr-defined]
        self.fields["sitting"].label_from_instance = lambda one: f"{one.day:%Y-%m-%d} {one.venue.name}（{one.number}）"  # type: ignore[attr-defined]


class WhatIfForm(forms.Form):
    """What is supposed: more cases, more room, a specialty everywhere, and how many further sittings are thought of."""

    wave = forms.IntegerField(label="事故增加的案件（%）", initial=0, min_value=0, max_value=200)
    rooms = forms.IntegerField(label="每场增加的诊室（间）", initial=0, min_value=0, max_value=10)
    specialty = forms.ChoiceField(
        label="各场都增加的专业", required=False, choices=[("", "不增加"), *SPECIALTIES.items()]
    )
    most = forms.IntegerField(label="最多加开几场", initial=6, min_value=0, max_value=12)
