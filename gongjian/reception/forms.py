"""What is filled in on the day."""

from django import forms

from gongjian.reception.actions.delays import LEAST, MOST
from gongjian.reception.states import Cause
from gongjian.sittings.forms import AskForm
from gongjian.sittings.states import choices


class DelayForm(forms.Form):
    """How much later it begins or goes on, and why."""

    minutes = forms.IntegerField(label="从现在起，晚多少分钟", min_value=LEAST, max_value=MOST)
    cause = forms.ChoiceField(label="原因", choices=choices(Cause))


class SpotForm(AskForm):
    """A request for another day, taken down beside the person."""

    consent = forms.BooleanField(label="已当面说明并经本人同意：改期后，作出鉴定结论的最后日期相应往后推")
