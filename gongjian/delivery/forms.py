"""What a delivery clerk fills in, method by method."""

from typing import Any, BinaryIO, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile

from gongjian.delivery.actions.attempts import Handed
from gongjian.delivery.methods import FACTS, RELATIONS, TABLE, Method, refusers, signers
from gongjian.kernel.widgets import DayInput, TelephoneInput

HELP = {
    "id_checked": "例如：居民身份证原件、单位介绍信。",
    "servers": "写两个人的姓名，用顿号隔开。",
    "relation": "签收人是受送达人的什么人。不在下面几项里的，不算送到，请返回记为“没有送到”。",
    "refused_by": "只有这些人当面拒收，才能把文书留下。",
    "refusal": "写明谁在什么时间、为什么拒收。",
    "left_at": "例如：受送达人住所（柳桥路8号3单元201室）门厅。",
    "witnesses": "社区、村委会等基层组织或者所在单位到场的人，写单位和姓名。没有见证人的，请上传送达过程的照片；"
    "拍了录像的，上传画面截图，录像随纸质案卷保存。",
}


class ManyFilesInput(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class ManyFiles(forms.FileField):
    """Several files, each checked like one."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = [each for each in (data if isinstance(data, list | tuple) else [data]) if each]
        if self.required and not given:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [super(ManyFiles, self).clean(each, initial) for each in given]


class RecordForm(forms.Form):
    """The record of a service in one way: its day, the facts its proof needs, and the kept files."""

    on = forms.DateField(label="送达日期", widget=DayInput, help_text="送达回证或者邮件回执上写明的日期。")

    def __init__(self, *args: Any, method: Method, is_body: bool = False, **told: Any) -> None:
        super().__init__(*args, **told)
        self.way = TABLE[method]
        self.basis = {"on": self.way.article}
        names = [*self.way.needs, *(["witnesses"] if method is Method.LEFT else [])]
        for name in names:
            self.fields[name] = _fact(name, is_body=is_body)
        self.fields["files"] = ManyFiles(
            label="送达凭证",
            required=self.way.proof,
            widget=ManyFilesInput(attrs={"accept": "image/*,application/pdf"}),
            help_text="送达回证、回执、照片的扫描件，可以选多个。",
        )

    @property
    def facts(self) -> dict[str, str]:
        """The facts as they were written."""
        return {name: self.cleaned_data.get(name, "") for name in FACTS if name in self.fields}

    def handed(self) -> list[Handed]:
        """The files as the action takes them."""
        files: list[UploadedFile[Any]] = self.cleaned_data["files"]
        return [Handed(cast(BinaryIO, file.file), file.name or "送达凭证") for file in files]


def _fact(name: str, *, is_body: bool) -> forms.Field:
    if name in ("relation", "refused_by"):
        open_to = signers(is_body=is_body) if name == "relation" else refusers(is_body=is_body)
        choices = [("", "请选择"), *((each, RELATIONS[each]) for each in open_to)]
        return forms.ChoiceField(label=FACTS[name], choices=choices, help_text=HELP[name])
    if name in ("refusal", "reason"):
        widget = forms.Textarea(attrs={"rows": 3})
        return forms.CharField(label=FACTS[name], max_length=500, widget=widget, help_text=HELP.get(name, ""))
    return forms.CharField(
        label=FACTS[name], max_length=100, required=name != "witnesses", help_text=HELP.get(name, "")
    )


class FailedForm(forms.Form):
    """That a way did not succeed."""

    on = forms.DateField(label="日期", widget=DayInput)
    reason = forms.CharField(label="没有送到的原因", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class NoticeForm(forms.Form):
    """The reason and course of a public notice."""

    whereabouts_unknown = forms.BooleanField(label="受送达人下落不明", required=False)
    reason = forms.CharField(
        label="公告的原因和经过",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写明已经用过哪些方式、结果如何，或者如何得知下落不明。只存入案卷，不对外公布。",
    )
    basis = {"reason": TABLE[Method.PUBLIC_NOTICE].article}


class CorrectForm(forms.Form):
    """The right day, and why."""

    on = forms.DateField(label="正确的送达日期", widget=DayInput)
    reason = forms.CharField(
        label="更正的理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="原来的记录会保留；再次鉴定的期限自正确的日期重新计算。",
    )


class AddressForm(forms.Form):
    """Where a paper is to go."""

    name = forms.CharField(label="收件人", max_length=120)
    telephone = forms.CharField(label="收件人电话", max_length=30, required=False, widget=TelephoneInput)
    address = forms.CharField(label="送达地址", max_length=200)


class SecondAppraisalForm(forms.Form):
    """The day of an application to the province."""

    on = forms.DateField(label="申请再次鉴定的日期", widget=DayInput, help_text="邮寄的以寄出之日为准。")
    basis = {"on": "令55 第十九条"}


class ResultsForm(forms.Form):
    """What came back from the post: pasted, or as the filled-in table."""

    pasted = forms.CharField(
        label="粘贴",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text="每行一件：序号、邮件号码、签收日期、签收人、退回日期、退回原因、与收件人的关系，可以直接从表格复制；没有的留空。",
    )
    table = forms.FileField(label="或者上传表格", required=False, help_text="本页下载的xlsx表格，填好后上传。")
