"""Forms of the desk."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from gongjian.accounts.administering import APPOINTABLE, colleagues
from gongjian.accounts.models import Office, User
from gongjian.accounts.roles import LABELS
from gongjian.applications.actions.supplement import Item
from gongjian.applications.rules import RELATIONS
from gongjian.appraisal.actions.death import Told
from gongjian.appraisal.actions.employers import Seen
from gongjian.appraisal.actions.refusing import Why
from gongjian.appraisal.grounds import Ground
from gongjian.appraisal.rules import DEATH_PROOFS
from gongjian.cases.models import Consultation
from gongjian.kernel.widgets import DayInput, TelephoneInput
from gongjian.materials.catalog import OF_APPRAISAL
from gongjian.materials.forms import MissingForm


class SupplementForm(MissingForm):
    """The one notice of an appraisal."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, kinds=OF_APPRAISAL, **kwargs)

    def items(self) -> list[Item]:
        """What is missing, in the order of the catalogue."""
        return [Item(code, text) for code, text in self.told()]


class ReasonForm(forms.Form):
    """A written reason."""

    reason = forms.CharField(
        label="理由", max_length=200, help_text="写明事实和依据，会记入案卷。", widget=forms.Textarea(attrs={"rows": 4})
    )


class ConsultForm(ReasonForm):
    """What somebody needs the medical papers for whose step does not need them."""

    purpose = forms.ChoiceField(label="用途", choices=Consultation.Purpose.choices, widget=forms.RadioSelect)
    field_order = ["purpose", "reason"]


class ExtendForm(ReasonForm):
    """Why the decision takes longer, and the version of the case that was looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class LaterDayForm(ReasonForm):
    """A later day for the supplement."""

    until = forms.DateField(label="最迟补正到哪一天", widget=DayInput)


class AppointForm(forms.Form):
    """A colleague of the own office, and the post they take on."""

    user = forms.ModelChoiceField(label="同事", queryset=User.objects.none(), empty_label="请选择")
    role = forms.ChoiceField(label="承担的岗位", choices=[(role.value, LABELS[role]) for role in APPOINTABLE])

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["user"]
        field.queryset = colleagues(by).exclude(pk=by.pk)


class HandedInForm(forms.Form):
    """The day on which a supplement came to the window."""

    handed_in_on = forms.DateField(label="收到补正材料的日期", widget=DayInput)


class RefusalForm(forms.Form):
    """Why an application is not accepted."""

    ground = forms.ChoiceField(
        label="不予受理的理由", choices=[(each.value, each.label) for each in Ground], widget=forms.RadioSelect
    )
    facts = forms.CharField(
        label="查明的事实",
        max_length=600,
        help_text="写明查了什么、查到什么，会印在决定书上。不要写诊断和伤情细节。以句号结尾。",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    former_on = forms.DateField(
        label="原鉴定结论作出的日期", required=False, widget=DayInput, help_text="以“不满一年”为理由的，要填写。"
    )
    competent = forms.ModelChoiceField(
        label="有管辖权的委员会",
        queryset=Office.objects.none(),
        required=False,
        empty_label="没有登记在平台上，或者不属于管辖问题",
        help_text="以“不属于本机关管辖”为理由的，选择一个；平台上没有的，写在下面。",
    )
    competent_told = forms.CharField(
        label="有管辖权的机关名称、地址和电话", max_length=200, required=False, help_text="平台上没有登记的，写在这里。"
    )
    basis = {"ground": "令55 第五条、第七条、第八条、第十三条、第二十条；条例 第二十三条、第二十八条"}

    def __init__(self, *args: Any, committees: QuerySet[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["competent"].queryset = committees  # type: ignore[attr-defined]

    def why(self) -> Why:
        """As the action takes it."""
        told = self.cleaned_data
        return Why(Ground(told["ground"]), told["facts"], told["former_on"], told["competent"], told["competent_told"])


class DeathForm(forms.Form):
    """That the appraisee has died, and who receives in the person's place."""

    died_on = forms.DateField(label="死亡日期", widget=DayInput, help_text="照死亡证明填写。")
    proof = forms.ChoiceField(label="凭什么证明", choices=[(each, each) for each in DEATH_PROOFS])
    file = forms.FileField(label="证明的扫描件或照片", help_text="会存入案卷。")
    relative_name = forms.CharField(
        label="收件的近亲属姓名",
        max_length=60,
        required=False,
        help_text="以后的文书送给谁。暂时不知道的，下面几项都不填。",
    )
    relation = forms.ChoiceField(
        label="是被鉴定人的", required=False, choices=[("", "暂时不知道"), *((each, each) for each in RELATIONS)]
    )
    telephone = forms.CharField(label="近亲属手机号", max_length=20, required=False, widget=TelephoneInput())
    address = forms.CharField(label="近亲属收件地址", max_length=200, required=False)
    basis = {"died_on": "令55 第十二条、第十三条", "relative_name": "令55 第十七条、民法典 第一千零四十五条"}

    def told(self) -> Told:
        """As the action takes it."""
        return Told(**{name: fact for name, fact in self.cleaned_data.items() if name != "file"})


class EmployerForm(forms.Form):
    """The account of an employer, and what the window has seen."""

    credit_code = forms.CharField(
        label="营业执照上的统一社会信用代码",
        max_length=30,
        help_text="18位，照营业执照原件填写。只凭单位名称不能关联。",
    )
    how = forms.ChoiceField(
        label="谁来办理",
        choices=[
            ("own", "单位自己的账户（凭营业执照和单位介绍信）"),
            ("agent", "委托代理人（凭授权委托书，只关联本案）"),
        ],
        widget=forms.RadioSelect,
    )
    telephone = forms.CharField(
        label="登录用的手机号", max_length=20, widget=TelephoneInput(), help_text="要先用这个手机号登录过一次平台。"
    )
    file = forms.FileField(label="介绍信或者授权委托书的扫描件", help_text="会存入案卷。")
    agent_name = forms.CharField(label="代理人姓名", max_length=60, required=False, help_text="委托代理人办理的填写。")
    until = forms.DateField(
        label="委托到哪一天为止", required=False, widget=DayInput, help_text="写明到本次鉴定办结为止的，不填。"
    )
    may_receive = forms.BooleanField(label="授权委托书写明可以代收文书", required=False)
    basis = {"credit_code": "令55 第七条、第十七条、GB 32100", "how": "民法典 第一百六十二条、第一百六十五条"}

    def seen(self) -> Seen:
        """As the action takes it."""
        told = self.cleaned_data
        is_agent = told["how"] == "agent"
        return Seen(told["credit_code"], told["agent_name"], is_agent, told["until"], told["may_receive"])


class NameForm(ReasonForm):
    """The name on the document."""

    name = forms.CharField(label="证件原件上的姓名", max_length=60)
    field_order = ["name", "reason"]


class AccountForm(ReasonForm):
    """The telephone by which the person themself signs in."""

    telephone = forms.CharField(
        label="本人登录用的手机号",
        max_length=20,
        required=False,
        help_text="本人先用这个手机号登录一次。不填的，只解除原来的关联。",
    )
    field_order = ["telephone", "reason"]


class WishForm(forms.Form):
    """A signed wish to withdraw."""

    wish = forms.FileField(label="申请人签名的撤回申请", help_text="扫描件或照片，会存入案卷。")
    reason = forms.CharField(
        label="撤回的原因", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
