"""Forms of the room: they parse, and leave every judgement to the actions."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms

from gongjian.experts.specialties import SPECIALTIES
from gongjian.kernel import moment
from gongjian.kernel.widgets import DayInput
from gongjian.law.modes import HELD_HERE, Mode, ModeRule
from gongjian.sittings.actions.planning import MOST_WEEKS, Plan
from gongjian.sittings.assistance import ASSISTANCE
from gongjian.sittings.models import Room, Slot, Venue
from gongjian.sittings.rules import HEADS
from gongjian.sittings.states import TAKEN_DOWN

BY_TICK = "本人在网上勾选同意"
"""How consent was given in the portal, as it is kept."""


class TimeInput(forms.TimeInput):
    """A time of day, chosen with the device's own picker."""

    input_type = "time"


class PlanForm(forms.Form):
    """Where, when, for how many, and which specialties."""

    basis = {"specialties": "令55 第十一条", "day": "令55 第十二条"}

    mode = forms.ChoiceField(
        label="鉴定方式", choices=[(mode.value, mode.label) for mode in HELD_HERE], initial=Mode.HALL
    )
    venue = forms.ModelChoiceField(
        label="场地",
        help_text="上门鉴定选队伍出发的地方；远程视频选检查点。",
        queryset=Venue.objects.none(),
        empty_label="请选择场地",
    )
    rooms = forms.ModelMultipleChoiceField(
        label="使用的诊室", queryset=Room.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    day = forms.DateField(label="日期", widget=DayInput)
    starts = forms.TimeField(label="开始", widget=TimeInput, initial="09:00")
    ends = forms.TimeField(label="结束", widget=TimeInput, initial="11:30")
    minutes = forms.IntegerField(label="每个时段（分钟）", initial=30, min_value=5, max_value=240)
    capacity = forms.IntegerField(label="每个时段人数", initial=10, min_value=1, max_value=100)
    weeks = forms.IntegerField(
        label="连续几周同一天",
        initial=1,
        min_value=1,
        max_value=MOST_WEEKS,
        help_text="门诊每周固定的场次一次建好；休息日自动跳过。",
    )
    specialties = forms.MultipleChoiceField(
        label="本场专业", choices=list(SPECIALTIES.items()), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, offices: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        venues = Venue.objects.filter(office_id__in=offices, closed_on=None)
        self.fields["venue"].queryset = venues  # type: ignore[attr-defined]
        self.fields["rooms"].queryset = Room.objects.filter(venue__in=venues).select_related("venue")  # type: ignore[attr-defined]
        self.fields["rooms"].label_from_instance = lambda room: f"{room.venue.name} {room.name}"  # type: ignore[attr-defined]

    def plan(self) -> Plan:
        """What was decided."""
        told = self.cleaned_data
        return Plan(
            venue=told["venue"],
            rooms=list(told["rooms"]),
            starts_at=datetime.combine(told["day"], told["starts"], moment.ZONE),
            ends_at=datetime.combine(told["day"], told["ends"], moment.ZONE),
            minutes=told["minutes"],
            capacity=told["capacity"],
            specialties=told["specialties"],
            mode=Mode(told["mode"]),
        )


class VenueForm(forms.Form):
    """A new venue and its rooms."""

    name = forms.CharField(label="场地名称", max_length=80)
    address = forms.CharField(label="地址", max_length=200, help_text="会印在鉴定通知书上，请写到楼层。")
    directions = forms.CharField(label="乘车和停车提示", max_length=200, required=False)
    district = forms.ChoiceField(
        label="所在区县", required=False, help_text="排期按它算路程：先排按期，再让人少跑路。", choices=[]
    )
    step_free = forms.BooleanField(label="有无障碍通道（轮椅可以到达诊室）", required=False, initial=True)
    rooms = forms.CharField(label="诊室", help_text="用顿号隔开，如：一号诊室、二号诊室。", max_length=400)

    def __init__(self, *args: Any, districts: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["district"].choices = [("", "本单位所在地"), *districts.items()]  # type: ignore[attr-defined]

    def room_names(self) -> list[str]:
        """The rooms one by one."""
        text = self.cleaned_data["rooms"].replace("，", "、").replace(",", "、")
        return [name.strip()[:40] for name in text.split("、") if name.strip()]


class MoveForm(forms.Form):
    """To which day a sitting moves."""

    basis = {"day": "令55 第十二条"}

    day = forms.DateField(label="改到哪一天", widget=DayInput)


class CapacityForm(forms.Form):
    """How many people a slot takes."""

    capacity = forms.IntegerField(label="名额", min_value=1, max_value=100)


class BookForm(forms.Form):
    """Which slot, and the consent to a notice that comes late."""

    slot = forms.ModelChoiceField(
        label="时段", queryset=Slot.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    consent = forms.CharField(
        label="当事人同意缩短通知时间的记录",
        help_text="通知不足规定的提前天数时才填：何时、以何种方式、由谁同意。",
        required=False,
        max_length=200,
    )

    def __init__(self, *args: Any, slots: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slot"].queryset = slots  # type: ignore[attr-defined]


class AskForm(forms.Form):
    """A request for another day."""

    basis = {"reason": "令55 第十二条", "consent": "令55 第十二条"}

    reason = forms.CharField(
        label="为什么不能按时参加",
        help_text="例如住院、手术、外地就医。只有经办人员能看到。",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )
    available_from = forms.DateField(label="最早哪一天可以参加", widget=DayInput)
    consent = forms.BooleanField(label="我知道并同意：改期后，作出鉴定结论的最后日期相应往后推")


class TakenDownForm(AskForm):
    """A request for another day that staff take down for somebody who has called, written or come."""

    came_by = forms.ChoiceField(
        label="当事人怎样提出",
        choices=[(way.value, way.label) for way in TAKEN_DOWN],
        widget=forms.RadioSelect,
        help_text="登记的人不能同意这份申请，由另一位同事答复。",
    )
    consent = forms.BooleanField(label="当事人知道并同意：改期后，作出鉴定结论的最后日期相应往后推")
    field_order = ("came_by", "reason", "available_from", "consent")


class ReasonForm(forms.Form):
    """A reason in words."""

    reason = forms.CharField(label="理由", widget=forms.Textarea(attrs={"rows": 3}), max_length=500)


class AnswerForm(forms.Form):
    """The answer to a request; the reason is needed for a no."""

    approve = forms.ChoiceField(label="答复", choices=[("yes", "同意改期"), ("no", "不同意")], widget=forms.RadioSelect)
    reason = forms.CharField(
        label="理由",
        help_text="不同意的，必须写明理由，会告知当事人。",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )


class AbsenceForm(forms.Form):
    """What was decided about an absence."""

    basis = {"justified": "令55 第十四条第一项"}

    justified = forms.ChoiceField(
        label="认定", choices=[("yes", "有正当理由，另行安排"), ("no", "无正当理由")], widget=forms.RadioSelect
    )
    reason = forms.CharField(label="认定的理由", widget=forms.Textarea(attrs={"rows": 3}), max_length=500)
    available_from = forms.DateField(label="当事人最早可以参加的日期", required=False, widget=DayInput)


class TerminationForm(forms.Form):
    """Which head, on which facts, proved by what."""

    basis = {"head": "令55 第十四条"}

    head = forms.TypedChoiceField(
        label="终止情形",
        coerce=int,
        choices=[(number, f"第{'一二三四'[number - 1]}项：{text}") for number, text in HEADS.items()],
        widget=forms.RadioSelect,
    )
    facts = forms.CharField(
        label="事实",
        help_text="时间、地点、行为经过。会印在通知书上，不要写病情。",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
    )
    proof = forms.CharField(
        label="证据",
        help_text="如签到记录、通话记录、现场录像、在场人员。",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
    )
    file = forms.FileField(label="证据材料", required=False, help_text="照片、PDF等，可以不传。")


class NeedsForm(forms.Form):
    """What a person needs in order to come and be examined."""

    basis = {"codes": "令55 第十八条"}

    codes = forms.MultipleChoiceField(
        label="参加鉴定需要的便利",
        choices=list(ASSISTANCE.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(label="补充说明", required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=300)


class SkipForm(forms.Form):
    """Why somebody who was called goes back into the queue."""

    reason = forms.CharField(label="过号原因", max_length=100)


class ModeForm(forms.Form):
    """What one mode asks of who wishes for it: ground, why, address, proof, consent; only what the mode's rule needs."""

    basis = {"ground": "令55 第十二条", "address": "令55 第十二条", "consent": "个保法 第二十九条"}

    ground = forms.ChoiceField(label="属于哪种情形", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="具体情况",
        help_text="写清为什么需要这种方式。只有经办人员能看到。",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )
    address = forms.CharField(
        label="到哪里鉴定", help_text="写到门牌号，例如病区、床号、几楼、有没有电梯。", max_length=200
    )
    contact = forms.CharField(label="现场联系人和电话", max_length=60)
    file = forms.FileField(
        label="证明", help_text="诊断证明、病危通知、住院证明等，拍照即可。", widget=forms.ClearableFileInput()
    )
    consent: forms.Field = forms.BooleanField(label="同意")

    def __init__(self, *args: Any, rule: ModeRule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = list(rule.grounds.items())  # type: ignore[attr-defined]
        if not rule.comes_to_them:
            del self.fields["address"], self.fields["contact"]
        if not rule.needs_proof:
            del self.fields["file"]
        if rule.consent:
            self.fields["consent"].label = rule.consent
        else:
            del self.fields["consent"]

    @property
    def consent_given(self) -> str:
        """How the consent was given, "" where none is asked."""
        return BY_TICK if self.cleaned_data.get("consent") else ""


class TakenDownModeForm(ModeForm):
    """The same, taken down by staff for somebody who has called, written or come; the proof may be seen at the bedside."""

    came_by = forms.ChoiceField(
        label="当事人怎样提出", choices=[(way.value, way.label) for way in TAKEN_DOWN], widget=forms.RadioSelect
    )
    proof_seen = forms.CharField(label="证明（没有照片时写明）", max_length=100, required=False)
    consent = forms.CharField(label="被鉴定人何时、怎样表示同意", max_length=200)
    field_order = ("came_by", "ground", "reason", "address", "contact", "file", "proof_seen", "consent")

    def __init__(self, *args: Any, rule: ModeRule, **kwargs: Any) -> None:
        super().__init__(*args, rule=rule, **kwargs)
        if rule.consent:
            self.fields["consent"].label = "被鉴定人何时、怎样表示同意"
            self.fields["consent"].help_text = f"读给本人听：{rule.consent}"
        if rule.needs_proof:
            self.fields["file"].required = False
        else:
            del self.fields["proof_seen"]

    @property
    def consent_given(self) -> str:
        """How the consent was given, in the words of who took it down."""
        return str(self.cleaned_data.get("consent", ""))


class ModeAnswerForm(forms.Form):
    """Yes, no, or another mode; the last two with a reason that the person is told."""

    answer = forms.ChoiceField(label="答复", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="理由",
        help_text="不同意或者改提其他方式的，必须写明理由，会告知当事人。",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )

    def __init__(self, *args: Any, modes: Sequence[Mode], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [(mode.value, f"不能按此办理，可以改为{mode.label}") for mode in modes]
        self.fields["answer"].choices = [("grant", "同意"), *others, ("refuse", "不同意")]  # type: ignore[attr-defined]


class AddressForm(forms.Form):
    """Where somebody who is visited is now, whom to call there, and consent to being visited there."""

    basis = {"address": "令55 第十二条", "consent": "个保法 第二十九条"}

    came_by = forms.ChoiceField(
        label="当事人怎样提出", choices=[(way.value, way.label) for way in TAKEN_DOWN], widget=forms.RadioSelect
    )
    address = forms.CharField(
        label="新的地址", help_text="写到门牌号，例如病区、床号、几楼、有没有电梯。", max_length=200
    )
    contact = forms.CharField(label="现场联系人和电话", max_length=60)
    consent = forms.BooleanField(label="同意")
    how = forms.CharField(label="被鉴定人何时、怎样表示同意", max_length=200)

    def __init__(self, *args: Any, rule: ModeRule, is_staff: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consent"].label = rule.consent
        self.fields["how"].help_text = f"读给本人听：{rule.consent}"
        for name in ["consent"] if is_staff else ["came_by", "how"]:
            del self.fields[name]

    @property
    def told(self) -> dict[str, str]:
        """For the action."""
        data = self.cleaned_data
        return {
            "address": data["address"],
            "contact": data["contact"],
            "consent": data.get("how") or BY_TICK,
            "came_by": data.get("came_by", "online"),
        }


class OfferForm(forms.Form):
    """What the person who takes an offered mode still has to say."""

    address = forms.CharField(label="到哪里鉴定", help_text="写到门牌号。", max_length=200)
    contact = forms.CharField(label="现场联系人和电话", max_length=60)
    consent = forms.BooleanField(label="同意")
    how = forms.CharField(label="被鉴定人何时、怎样表示同意", max_length=200)

    def __init__(self, *args: Any, rule: ModeRule, is_staff: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not rule.comes_to_them:
            del self.fields["address"], self.fields["contact"]
        if is_staff or not rule.consent:
            del self.fields["consent"]
        else:
            self.fields["consent"].label = rule.consent
        if not (is_staff and rule.consent):
            del self.fields["how"]

    @property
    def told(self) -> dict[str, str]:
        """For the action."""
        data = self.cleaned_data
        consent = data.get("how") or (BY_TICK if data.get("consent") else "")
        return {"consent": consent, "address": data.get("address", ""), "contact": data.get("contact", "")}


class LeaveForm(forms.Form):
    """Why a mode is given up: the person need not say."""

    reason = forms.CharField(label="原因", required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=300)
