"""What a reviewer and a signer may write: words and a reason, nothing of the outcome."""

from django import forms


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


class SignForm(forms.Form):
    """The signature. seen: hash of the opinion on the page."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class ReturnForm(forms.Form):
    """Why a case goes back to the reviewer."""

    reason = forms.CharField(label="退回理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    basis = {"reason": "令55 第十六条"}
