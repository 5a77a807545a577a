"""The investigators, the employer, the reviewer and the signer."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from gongjian.accounts.models import User
from gongjian.applications.forms import part_choices
from gongjian.law.recognition.heads import exclusions, heads, questions
from gongjian.recognition.forms.fields import FilesField, day, instant, text
from gongjian.recognition.rules import GROUNDS, INVESTIGATED, OUTCOMES, ROLES

NOBODY = "没有可以选择的人员。请管理员先登记其他调查人员，或者核对其是否已承担本案的其他职责。"


class TeamForm(forms.Form):
    """Who investigates beside oneself."""

    team = forms.MultipleChoiceField(
        label="共同调查的人员", widget=forms.CheckboxSelectMultiple, help_text="调查应当由两名以上工作人员共同进行。"
    )
    basis = {"team": "令8 第九条、第十条"}

    def __init__(self, *args: Any, colleagues: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["team"]
        field.choices = [(str(each.pk), f"{each.name}（证件号 {each.card_number or '未登记'}）") for each in colleagues]
        if not field.choices:
            field.help_text = NOBODY


class StartForm(TeamForm):
    """The team and, where facts and rights are clear, the ground of the simple track."""

    simple_ground = text(
        "适用简易程序的理由",
        500,
        must=False,
        rows=3,
        hint="事实清楚、权利义务明确的才填写，15日内决定；不填的适用普通程序。",
    )


class HeadsForm(forms.Form):
    """The heads to look at."""

    heads = forms.MultipleChoiceField(
        label="调查的情形",
        widget=forms.CheckboxSelectMultiple,
        choices=[(code, f"{code} {head.title}") for code, head in heads().items()],
    )


class AnswerForm(forms.Form):
    """One question answered. planned: the questions of the heads under investigation, which stand first."""

    question = forms.ChoiceField(label="问题")
    said = forms.ChoiceField(label="查明", choices=[("yes", "是"), ("no", "否")], widget=forms.RadioSelect)
    basis_told = text("依据", 300, hint="哪份材料、哪份笔录的第几问。")

    def __init__(self, *args: Any, planned: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = {name: each.title for name, each in questions().items() if each.kind == "flag"}
        own = [(name, title) for name, title in titles.items() if name in planned]
        others = [(name, title) for name, title in titles.items() if name not in planned]
        field: Any = self.fields["question"]
        field.choices = [("本案调查的情形", own), ("其他情形", others)] if own else others


class EvidenceForm(forms.Form):
    """The employer's word."""

    denies = forms.ChoiceField(
        label="是否认为是工伤", choices=[("no", "认为是工伤"), ("yes", "不认为是工伤")], widget=forms.RadioSelect
    )
    statement = text("书面意见", 2000, rows=6, hint="不认为是工伤的，写明理由，并提交证据材料。")
    proofs = FilesField(label="证据材料", required=False)
    basis = {"denies": "条例 第十九条、令8 第十七条", "proofs": "令8 第十七条"}


class InterviewForm(TeamForm):
    """An interview as it was held. Each line of the record: 问：… and 答：…"""

    asked = text("被调查人", 60)
    role = forms.ChoiceField(label="身份", choices=list(ROLES.items()))
    place = text("调查地点")
    started_at = instant("开始时间")
    ended_at = instant("结束时间")
    record = text("笔录", 20000, rows=16, hint="一问一答各起一行，以“问：”“答：”开头。")
    field_order = ("asked", "role", "team", "place", "started_at", "ended_at", "record")

    def clean_record(self) -> str:
        """The record opens with a question: no line of it stands outside question and answer."""
        record: str = self.cleaned_data["record"]
        if _marked(record.strip())[0] != "q":
            raise ValidationError("第一行请以“问：”开头；开场的说明也写成一问一答。")
        return record

    def lines(self) -> list[dict[str, str]]:
        """Question by question; lines without a mark, and a second answer, go on with what stands before."""
        found: list[dict[str, str]] = []
        key = "q"
        for line in (each.strip() for each in self.cleaned_data["record"].splitlines() if each.strip()):
            mark, words = _marked(line)
            if mark == "q":
                found.append({"q": "", "a": ""})
            key = mark or key
            found[-1][key] = f"{found[-1][key]} {words}".strip()
        return found


def _marked(line: str) -> tuple[str, str]:
    """The part of a record that a line opens (q, a; empty: it goes on), and its words."""
    key = {"问": "q", "答": "a"}.get(line[:1], "") if line[1:2] in ("：", ":") else ""
    return key, line[2:].strip() if key else line


class SignedForm(forms.Form):
    """A record as it was signed."""

    was_read = forms.BooleanField(
        label="笔录已交被调查人核对或者向其宣读",
        error_messages={"required": "请先交被调查人核对或者向其宣读，再存档。"},
    )
    pages = FilesField(label="逐页签名的扫描件", help_text="每页一个文件，按页次。")
    refused = text("拒绝签名的，写明情况", 300, must=False)
    basis = {"pages": "令8 第十条、第十一条"}


class RecordingForm(forms.Form):
    """Sound or film of an interview."""

    recording = forms.FileField(label="录音录像")


class SiteForm(TeamForm):
    """What was seen at the scene."""

    visited_at = instant("勘查时间")
    place = text("勘查地点")
    seen = text("所见", 4000, rows=6)
    photos = FilesField(label="照片", help_text="同一人在同一时间拍摄的，一次选择；其他的另作一份记录。")
    taken_at = instant("拍摄时间", must=False, hint="不填的，按勘查时间。")
    maker = text("拍摄人", 60)
    subject = text("照片所示", 200)
    field_order = ("team", "visited_at", "place", "seen", "photos", "taken_at", "maker", "subject")


class SuspendForm(forms.Form):
    """Why the clock stands still."""

    ground = forms.ChoiceField(label="中止的情形", choices=list(GROUNDS.items()))
    awaited = text("等待哪个机关的什么结论", 300, rows=3)
    basis = {"ground": "条例 第二十条、令8 第二十条"}


class ResumeForm(forms.Form):
    """The document that was awaited."""

    received_on = day("收到文书的日期", hint="自这一天起恢复计算。")
    document = text("文书名称和文号", 120)
    file = forms.FileField(label="文书扫描件")
    basis = {"received_on": "意见一 第五条、令8 第二十条"}


def _every_head() -> list[tuple[str, str]]:
    return [(code, f"{code} {head.title}") for code, head in heads().items()] + [
        (code, f"{code} {one.title}") for code, one in exclusions().items()
    ]


FAVOURABLE = "认定工伤和视同工伤的要写。"


class ProposalForm(forms.Form):
    """A draft: outcome, heads, and sentences with what each rests on."""

    ROWS = 8
    outcome = forms.ChoiceField(label="拟定意见", choices=[(code, OUTCOMES[code].label) for code in INVESTIGATED])
    heads = forms.MultipleChoiceField(
        label="适用的情形",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=_every_head,
        help_text="认定工伤的选第十四条的情形，视同工伤的选第十五条的情形；不予认定的，有第十六条情形的只选该情形；没有的，选查过而不符合的情形，决定书写作“不符合”。",
    )
    parts = text("受伤害部位", must=False, hint=FAVOURABLE)
    part_codes = forms.MultipleChoiceField(
        label="受伤害部位对应的代码",
        required=False,
        choices=part_choices,
        widget=forms.SelectMultiple(attrs={"size": "6"}),
        help_text="选上的部位由劳动能力鉴定直接沿用，不再让申请人填。已带出申请时填的，请对照诊断核对；按住Ctrl可以多选。",
    )
    treatment = text("医疗救治的基本情况和诊断结论", 1000, must=False, rows=3, hint=FAVOURABLE)
    reason = text("不予认定的理由", 1000, must=False, rows=3, hint="不予认定的要写。")
    basis = {
        "outcome": "令8 第十八条",
        "heads": "条例 第十四条至第十六条",
        "treatment": "令8 第十九条",
        "part_codes": "令8 第十九条、令55 第九条",
    }

    def __init__(self, *args: Any, supports: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in range(1, self.ROWS + 1):
            self.fields[f"fact_{row}"] = text(f"查明的事实第{row}句", 500, must=False, rows=2)
            self.fields[f"rests_{row}"] = forms.MultipleChoiceField(
                label=f"第{row}句的依据",
                required=False,
                choices=supports,
                widget=forms.SelectMultiple(attrs={"size": "4"}),
            )

    def clean(self) -> dict[str, Any]:
        """What an outcome must state. Law: 令8 art. 18, 19."""
        told = self.cleaned_data
        if "outcome" not in told:
            return told
        wanted = {"refused": ("reason",)}.get(told["outcome"], ("heads", "parts", "treatment"))
        for field in (*wanted, "fact_1"):
            if field not in self.errors and not told.get(field):
                self.add_error(field, "这一项要填写。")
        return told

    def facts(self) -> list[tuple[str, list[str]]]:
        """(sentence, what it rests on), in order."""
        told = self.cleaned_data
        return [
            (told[f"fact_{row}"], told[f"rests_{row}"])
            for row in range(1, self.ROWS + 1)
            if told[f"fact_{row}"].strip()
        ]


class SeenForm(forms.Form):
    """What was on the page. seen: digest of the draft."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class ReviewForm(SeenForm):
    """What was on the page, with the reviewer's note."""

    note = text("复核说明", 1000, must=False, rows=3)
