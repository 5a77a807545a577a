"""What the pages of the draw ask."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from gongjian.draws.errors import GroupSizeNotAllowed
from gongjian.draws.lot.plan import ANY, GROUP_SIZES
from gongjian.draws.lot.words import LONGEST_WORD
from gongjian.draws.queries.plan import GroupWish
from gongjian.draws.states import BY_OFFICER, GROUND_LABELS, WHYS, Act, Ground, Why
from gongjian.experts.models import Expert
from gongjian.experts.specialties import SPECIALTIES

WANTS = [("", "—"), *SPECIALTIES.items(), (ANY, "任意")]
MOST_GROUPS = 60
PARTS = ("监督员", "职工代表", "用人单位代表", "", "")
"""Who of those present gives a word, as proposed; the office changes it."""


def _bare(label: str, **attributes: str) -> dict[str, str]:
    return {"aria-label": label, "data-keep": "no", **attributes}


class ProposalForm(forms.Form):
    """How many groups, and of how many experts, to propose."""

    groups = forms.IntegerField(label="专家组数", min_value=1, max_value=MOST_GROUPS)
    size = forms.TypedChoiceField(
        label="每组人数", coerce=int, choices=[(size, f"{size}人") for size in GROUP_SIZES], required=True
    )


class PlanForm(forms.Form):
    """Groups with their rooms and seats, reserves, those who give a word, and the condition on hospitals."""

    one_per_hospital = forms.BooleanField(label="同一专家组内，每家医院至多一人", required=False, initial=True)

    def __init__(
        self, data: Any = None, *, wishes: Sequence[GroupWish] = (), reserves: Mapping[str, int] | None = None
    ) -> None:
        super().__init__(data)
        self.count = self._count(len(wishes))
        for number in range(1, self.count + 1):
            wish = wishes[number - 1] if number <= len(wishes) else GroupWish("", ())
            self._add_group(number, wish)
        self.codes = self._codes(reserves or {})
        for code in self.codes:
            name = SPECIALTIES.get(code, "任意")
            self.fields[f"reserve-{code}"] = forms.IntegerField(
                label=name, min_value=0, max_value=9, required=False, initial=(reserves or {}).get(code, 0),
                widget=forms.NumberInput(attrs=_bare(f"{name}候补人数", **{"class": "form-control"})),
            )  # fmt: skip
        for number, part in enumerate(PARTS, start=1):
            self.fields[f"witness-{number}"] = forms.CharField(
                label=f"第{number}位", max_length=20, required=False, initial=part,
                widget=forms.TextInput(attrs=_bare(f"第{number}位在场给词人", **{"class": "form-control"})),
            )  # fmt: skip

    def _count(self, proposed: int) -> int:
        """How many groups the form has: what was sent says it."""
        if not self.is_bound:
            return proposed
        sent = [name for name in self.data if name.startswith("room-") and name[5:].isdecimal()]
        return min(max((int(name[5:]) for name in sent), default=0), MOST_GROUPS)

    def _codes(self, proposed: Mapping[str, int]) -> list[str]:
        """The specialties of which reserves may be wished for, in the order of the table, any last."""
        known = [*SPECIALTIES, ANY]
        return [code for code in known if (f"reserve-{code}" in self.data if self.is_bound else code in proposed)]

    def _add_group(self, number: int, wish: GroupWish) -> None:
        self.fields[f"room-{number}"] = forms.CharField(
            label=f"第{number}组诊室", max_length=40, required=False, initial=wish.room,
            widget=forms.TextInput(attrs=_bare(f"第{number}组的诊室", **{"class": "form-control"})),
        )  # fmt: skip
        for seat in range(1, max(GROUP_SIZES) + 1):
            self.fields[f"seat-{number}-{seat}"] = forms.ChoiceField(
                label=f"第{number}组第{seat}席", choices=WANTS, required=False,
                initial=wish.wants[seat - 1] if seat <= len(wish.wants) else "",
                widget=forms.Select(attrs=_bare(f"第{number}组第{seat}席", **{"class": "form-select"})),
            )  # fmt: skip

    def rows(self) -> list[tuple[int, forms.BoundField, list[forms.BoundField]]]:
        """Number, room and seats of each group, for the table."""
        seats = range(1, max(GROUP_SIZES) + 1)
        return [
            (number, self[f"room-{number}"], [self[f"seat-{number}-{seat}"] for seat in seats])
            for number in range(1, self.count + 1)
        ]

    def reserve_fields(self) -> list[forms.BoundField]:
        return [self[f"reserve-{code}"] for code in self.codes]

    def witness_fields(self) -> list[forms.BoundField]:
        return [self[f"witness-{number}"] for number in range(1, len(PARTS) + 1)]

    def clean(self) -> dict[str, Any]:
        """Every group that is not left empty has a room and three or five seats."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for number in range(1, self.count + 1):
            wants = self._wants(number)
            if wants and len(wants) not in GROUP_SIZES:
                self.add_error(f"room-{number}", f"第{number}组：{GroupSizeNotAllowed(size=len(wants))}")
            if wants and not cleaned.get(f"room-{number}"):
                self.add_error(f"room-{number}", f"请填写第{number}组的诊室。")
        if not self.wishes:
            self.add_error(None, "至少要有一个专家组。")
        return cleaned

    def _wants(self, number: int) -> tuple[str, ...]:
        seats = (self.cleaned_data.get(f"seat-{number}-{seat}", "") for seat in range(1, max(GROUP_SIZES) + 1))
        return tuple(want for want in seats if want)

    @property
    def wishes(self) -> list[GroupWish]:
        """The groups wished for; those left empty are dropped."""
        return [
            GroupWish(self.cleaned_data.get(f"room-{number}", ""), wants)
            for number in range(1, self.count + 1)
            if (wants := self._wants(number))
        ]

    @property
    def reserves(self) -> list[str]:
        """One code for each reserve wished for, in the order of the table, any last."""
        return [code for code in self.codes for _ in range(self.cleaned_data.get(f"reserve-{code}") or 0)]

    @property
    def witnesses(self) -> list[str]:
        return witnesses_in(self.cleaned_data)


class WitnessForm(forms.Form):
    """Who of those present gives a word at the door."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for number, part in enumerate(PARTS, start=1):
            self.fields[f"witness-{number}"] = forms.CharField(
                label=f"第{number}位", max_length=20, required=False, initial=part,
                widget=forms.TextInput(attrs=_bare(f"第{number}位在场给词人", **{"class": "form-control"})),
            )  # fmt: skip

    @property
    def witnesses(self) -> list[str]:
        return witnesses_in(self.cleaned_data)


def witnesses_in(cleaned: Mapping[str, Any]) -> list[str]:
    """The parts that were named, in order."""
    return [part for number in range(1, len(PARTS) + 1) if (part := (cleaned.get(f"witness-{number}") or "").strip())]


class CodeForm(forms.Form):
    """The code that was handed out to somebody present."""

    code = forms.CharField(
        label="给词码",
        max_length=20,
        help_text="工作人员发给您的8位字母和数字，不分大小写。",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "gj-number"}
        ),
    )


class WordForm(forms.Form):
    """A word of somebody present."""

    word = forms.CharField(
        label="您的抽取词",
        max_length=LONGEST_WORD,
        help_text="任意写一句话、一串数字或几个字，越随意越好。抽取后会公开，请不要写姓名、电话等个人信息。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-keep": "no"}),
    )


class ChangeForm(forms.Form):
    """A kind of reason from the closed list, and what is to be said beside it."""

    act = Act.VOID
    kind = forms.ChoiceField(label="理由")
    facts = forms.CharField(
        label="具体情况", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="标有“须说明”的理由必填。只有抽取和监督人员能看到，不会公开。",
    )  # fmt: skip

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix=None, auto_id=f"{self.act}_%s")
        field: Any = self.fields["kind"]
        kinds = [(kind, WHYS[kind]) for kind in BY_OFFICER[self.act]]
        field.choices = [("", "请选择"), *((kind, _asking(why)) for kind, why in kinds)]

    @property
    def first_error(self) -> str:
        """What is wrong, in one sentence for the page that follows."""
        return next(str(error) for errors in self.errors.values() for error in errors)


class VoidForm(ChangeForm):
    """Why a commitment is to be voided."""


class LeaveForm(ChangeForm):
    """Who is to leave, and why."""

    act = Act.LEAVE
    expert = forms.ModelChoiceField(
        label="离席的专家", queryset=Expert.objects.none(), to_field_name="number", empty_label="请选择",
        error_messages={"required": "请选择离席的专家。", "invalid_choice": "所选专家不在本次抽取的席位或候补名单中，不需要办理。请核对编号。"},
    )  # fmt: skip
    field_order = ("expert", "kind", "facts")

    def __init__(self, data: Any = None, *, experts: Sequence[Expert] = ()) -> None:
        super().__init__(data)
        field: Any = self.fields["expert"]
        field.queryset = Expert.objects.filter(pk__in=[expert.pk for expert in experts]).order_by("number")
        field.label_from_instance = lambda expert: f"{expert.number} {expert.name}"


def _asking(why: Why) -> str:
    return f"{why.label}（{why.article}{'，须说明' if why.needs_text else ''}）"


class FoundConflictForm(forms.Form):
    """A conflict that the office has found between a member of the case's group and the case."""

    member = forms.ModelChoiceField(label="专家组成员", queryset=Expert.objects.none(), empty_label="请选择")
    ground = forms.ChoiceField(label="回避事由", choices=[("", "请选择"), *GROUND_LABELS.items()])
    facts = forms.CharField(label="具体情况", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any = None, *, members: Sequence[Expert] = ()) -> None:
        super().__init__(data, auto_id="found_%s")
        field: Any = self.fields["member"]
        field.queryset = Expert.objects.filter(pk__in=[one.pk for one in members]).order_by("number")
        field.label_from_instance = lambda expert: f"{expert.number} {expert.name}"


class OwnSealForm(forms.Form):
    """The seal of a word that stays on the device; the word itself has no name and is never sent."""

    seal = forms.CharField(
        label="封存码",
        max_length=100,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "data-keep": "no", "class": "gj-number"}
        ),
    )


class OpenForm(forms.Form):
    """A sealed word and its salt, handed in when all seals are in."""

    word = forms.CharField(
        label="您的抽取词",
        max_length=LONGEST_WORD * 2,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-keep": "no"}),
    )
    salt = forms.CharField(
        label="随机码",
        max_length=200,
        help_text="封存时与词一起显示的一串0-9、a-f，空格可有可无。",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "data-keep": "no", "class": "gj-number"}
        ),
    )


class ArrivalForm(forms.Form):
    """Somebody who has checked in, by the code on the notice, and a word of theirs."""

    code = forms.CharField(
        label="签到码",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-keep": "no", "class": "gj-number"}),
    )
    word = forms.CharField(
        label="本人写的词",
        max_length=LONGEST_WORD,
        required=False,
        help_text="可以请本人随意写几个字，会影响抽组结果；也可以不写。会公开，不要写个人信息。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-keep": "no"}),
    )


class AskRecusalForm(forms.Form):
    """Whom a party wants kept away, and why."""

    basis = {"ground": "令55 第二十八条；《工伤保险条例》第二十七条"}
    ground = forms.ChoiceField(label="为什么申请回避", choices=list(GROUND_LABELS.items()), widget=forms.RadioSelect)
    facts = forms.CharField(
        label="申请谁回避、具体情况",
        max_length=1000,
        help_text="请写明医院、科室、姓名（知道多少写多少），以及与谁有什么关系。只有抽取人员能看到。",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_ground(self) -> Ground:
        return Ground(self.cleaned_data["ground"])


class DecideRecusalForm(forms.Form):
    """The answer to a request: which expert is kept away, or why nobody is."""

    decision = forms.ChoiceField(
        label="决定", choices=[("granted", "予以回避"), ("refused", "不予回避")], widget=forms.RadioSelect
    )
    expert = forms.ModelChoiceField(
        label="应当回避的专家", queryset=Expert.objects.none(), required=False, empty_label="请选择",
        help_text="予以回避时必选。",
    )  # fmt: skip
    answer = forms.CharField(
        label="答复",
        max_length=500,
        help_text="当事人会看到这段话。不要写出专家姓名。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, experts: Any, prefix: str = "") -> None:
        super().__init__(data, prefix=prefix or None)
        field: Any = self.fields["expert"]
        field.queryset = experts
        field.label_from_instance = lambda expert: f"{expert.name}（{expert.hospital}{expert.department}）"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("decision") == "granted" and not cleaned.get("expert"):
            self.add_error("expert", "请选择应当回避的专家。")
        return cleaned

    @property
    def chosen(self) -> Expert | None:
        """Who is kept away; None for a refusal."""
        return self.cleaned_data["expert"] if self.cleaned_data["decision"] == "granted" else None
