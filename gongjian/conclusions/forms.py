"""What a reviewer and a signer may write: words and a reason, nothing of the outcome."""

from django import forms

from gongjian.opinions.states import Defect


class ReviewForm(forms.Form):
    """The reviewer's note. seen: hash of the opinion on the page."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    note = forms.CharField(
        label="复核说明",
        required=False,
        max_length=1000,
        help_text="系统提示需要留意的，请逐条写明核对结果；形式上的问题也写在这里，签发人会看到。说明不会改变专家组意见。",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    basis = {"note": "令55 第十五条、第十六条、第三十四条"}


class DefectForm(forms.Form):
    """What is formally defective in the group's opinion. seen: hash of the opinion on the page."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    defect = forms.ChoiceField(
        label="是哪一种缺陷", choices=[(each.value, each.label) for each in Defect], widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="缺在哪里",
        max_length=1000,
        help_text="专家会看到这段话。写明哪一条、哪一处有缺陷；不要写应当定几级，等级只能由专家决定。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    basis = {"defect": "令55 第十五条、第十六条", "reason": "令55 第三十四条第（五）项（不得改变专家意见）"}


class SignForm(forms.Form):
    """The signature. seen: hash of the opinion on the page."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class ReturnForm(forms.Form):
    """Why a case goes back to the reviewer."""

    reason = forms.CharField(label="退回理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    basis = {"reason": "令55 第十六条"}
