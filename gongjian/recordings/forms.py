"""What is filled in about recordings."""

from django import forms

from gongjian.recordings.rules import LEAST_WORDS, MOST_WORDS
from gongjian.recordings.states import OF_STAFF, HoldGround, RefusalGround, Wish
from gongjian.sittings.states import choices


def in_words(*, rows: int, help_text: str = "") -> forms.CharField:
    """The words beside a choice, within the bounds that the actions keep as well."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label="具体情况", min_length=LEAST_WORDS, max_length=MOST_WORDS, widget=widget, help_text=help_text
    )


class ReasonForm(forms.Form):
    """What a recording is to be played for."""

    purpose = forms.ChoiceField(label="事由", choices=choices(OF_STAFF))
    reason = in_words(rows=3, help_text="例如：核查某日收到的投诉中所说的检查经过。")
    basis = {"purpose": "个保法 第二十八条"}


class HoldForm(forms.Form):
    """Why a recording is kept beyond its day."""

    ground = forms.ChoiceField(label="暂缓销毁的理由", choices=choices(HoldGround))
    reason = in_words(rows=2)


class RefuseForm(forms.Form):
    """Why the person does not get what they ask for."""

    ground = forms.ChoiceField(label="不同意的理由", choices=choices(RefusalGround))
    words = in_words(rows=3, help_text="会原样告知申请人。")
    basis = {"ground": "个保法 第五十条"}


class AskForm(forms.Form):
    """What the person asks of their recordings."""

    wish = forms.ChoiceField(label="您想", choices=choices(Wish), widget=forms.RadioSelect)
    basis = {"wish": "个保法 第四十五条"}
