"""Forms of the room."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from gongjian.accounts.models import Office
from gongjian.exchange.models import Peer
from gongjian.exchange.rules import LONGEST_TEXT
from gongjian.recognition.forms.fields import FilesField, day, text

TOLD = {
    "person": "职工姓名",
    "employer": "用人单位名称",
    "happened_on": "事故或者诊断的时间",
    "place": "事故地点",
    "recognition_number": "工伤认定决定书编号",
    "parts": "认定的部位",
    "hospital": "治疗的医院",
    "department": "科室",
    "needs": "便利需求",
}
"""What may stand on a page of what goes along with a letter."""
OF_A_QUESTION = ("person", "employer", "happened_on", "place")


class PeerForm(forms.Form):
    """Another installation, as its page of the own key tells it."""

    office = forms.ModelChoiceField(Office.objects.none(), label="本地机构", empty_label=None)
    code = text("对方机构的编号", 20)
    name = text("对方机构的名称", 100)
    address = text("对方平台的地址", 200, hint="例如 https://rs.example.gov.cn，由对方管理员提供。")
    key = text("对方的证书", 8000, rows=8, hint="从对方平台“异地平台”页完整复制，以 -----BEGIN 开头。")

    def __init__(self, *args: Any, offices: Iterable[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["office"]
        field.queryset = Office.objects.filter(pk__in=[office.pk for office in offices])


class TrustForm(forms.Form):
    """The fingerprint as the other side reads it out."""

    seen = text("对方通过电话等途径读出的指纹", 100, hint="不要从下面复制：请让对方读出，逐位填写。空格不计。")


class AskForm(forms.Form):
    """What another city is asked."""

    peer = forms.ModelChoiceField(Peer.objects.none(), label="受托机构", empty_label=None)
    scope = text(
        "需要核实的事项", LONGEST_TEXT, rows=6, hint="写明要问什么、查什么、到哪里查。只写协助调查必需的内容。"
    )
    due_on = day("请在这一日前答复", hint="逾期未答复的，系统提醒本案调查人员。")
    told = forms.MultipleChoiceField(
        label="随函告知",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="只勾选对方找到人和地点所必需的。",
    )
    pages = forms.MultipleChoiceField(label="附上的材料", widget=forms.CheckboxSelectMultiple, required=False)
    basis = {"scope": "令8 第十四条", "told": "个保法 第六条", "pages": "个保法 第六条"}

    def __init__(
        self, *args: Any, peers: Any, facts: Mapping[str, str], pages: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["peer"].queryset = peers
        fields["told"].choices = [(name, f"{TOLD[name]}：{value}") for name, value in facts.items() if value]
        fields["pages"].choices = pages


class EntrustForm(forms.Form):
    """Which committee examines, by when, and what it should know."""

    peer = forms.ModelChoiceField(Peer.objects.none(), label="受托的鉴定委员会", empty_label=None)
    scope = text(
        "委托说明", 2000, rows=4, hint="写明为什么委托、需要哪些专业的专家。对方会看到；病历不用写在这里，随函发送。"
    )
    due_on = day("请在这一日前发来专家组意见", hint="过了这一日没有意见的，系统自动撤回委托，本案回到待安排。")
    basis = {"scope": "令55 第十二条", "due_on": "令55 第十条"}

    def __init__(self, *args: Any, peers: Any, day: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["peer"].queryset = peers
        if day:
            fields["due_on"].help_text += f"委托期间期限照常计算，应当早于{day:%Y-%m-%d}。"


class WithdrawForm(forms.Form):
    """Why it is taken back."""

    why = text("撤回的理由", 500, rows=3, hint="例如：受托机构不能按期安排。被鉴定人和受托机构都会看到。")


class RefuseForm(forms.Form):
    """Why it is not taken on."""

    reason = text("退回的理由", 2000, rows=4, hint="例如：不属于本地管辖、地址不存在。对方会看到。")


class AnswerForm(forms.Form):
    """What was found."""

    text = text("调查情况", LONGEST_TEXT, rows=8, hint="由两名以上工作人员调查，写明时间、地点、人员和查明的情况。")
    papers = FilesField(label="证明材料", required=False, help_text="笔录、照片、复印件等，可以一次选择多个文件。")
    basis = {"text": "令8 第九条、第十四条"}

    def clean_papers(self) -> list[Any]:
        """Those that were chosen."""
        return [file for file in self.cleaned_data["papers"] if file]


class NoteForm(forms.Form):
    """What is done instead."""

    how = text("如何处理", 500, rows=3, hint="例如：已电话催办；改由本局派员调查。")
