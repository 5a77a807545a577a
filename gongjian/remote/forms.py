"""What is filled in when an examination at a distance is given up."""

from django import forms

from gongjian.remote.rules import MOST_WORDS
from gongjian.remote.states import FallBack
from gongjian.sittings.states import choices

CHOOSE = "请选择改用其他方式的原因。"


class FallBackForm(forms.Form):
    """Why: a ground of the list, which is the reason; words may be added, so that a poor line costs no time."""

    ground = forms.ChoiceField(
        label="原因", choices=choices(FallBack), error_messages={"required": CHOOSE, "invalid_choice": CHOOSE}
    )
    reason = forms.CharField(
        label="补充说明", max_length=MOST_WORDS, required=False, help_text="例如看不清的是哪一项。不写也可以。"
    )
