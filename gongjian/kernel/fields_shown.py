"""A form field as the pages show it: what its input needs so that eye, keyboard and screen reader find label, help, basis and error."""

from dataclasses import dataclass
from typing import Any

from django.forms import (
    BaseForm,
    BoundField,
    CheckboxInput,
    Field,
    FileInput,
    PasswordInput,
    Select,
    Widget,
)
from django.utils.safestring import SafeString

from gongjian.kernel.expired import SECRET


@dataclass(frozen=True)
class ShownField:
    """Everything the field template prints. layout: "line", "check" (one box) or "group" (a fieldset of choices)."""

    bound: BoundField
    layout: str
    basis: str
    help: str
    errors: list[str]
    widget: SafeString
    id: str
    described_by: str

    @property
    def optional(self) -> bool:
        """Whether it may be left empty, which the label says."""
        return not self.bound.field.required

    @property
    def is_file(self) -> bool:
        """Whether it takes files."""
        return isinstance(self.bound.field.widget, FileInput)


@dataclass(frozen=True)
class Problem:
    """One line of the error summary. anchor: id of the input to go to, "" for the form as a whole."""

    anchor: str
    label: str
    message: str


def shown(bound: BoundField, *, basis: str = "", keep: bool = True, hint: str = "") -> ShownField:
    """The field ready to print. basis falls back to the form's own `basis` table; hint to the field's help text."""
    basis = basis or getattr(bound.form, "basis", {}).get(bound.name, "")
    help_text = hint or str(bound.help_text)
    layout = _layout(bound.field.widget)
    identity = bound.auto_id or bound.html_name
    parts = [("help", help_text), ("basis", basis), ("error", bound.errors)]
    described_by = " ".join(f"{identity}_{part}" for part, there in parts if there)
    attributes = _attributes(bound, layout, keep, described_by)
    return ShownField(
        bound, layout, basis, help_text, sentences(bound), bound.as_widget(attrs=attributes), identity, described_by
    )


def problems(form: BaseForm) -> list[Problem]:
    """Everything wrong with a bound form: first the form as a whole, then field by field."""
    whole = [Problem("", "", str(error)) for error in form.non_field_errors()]
    return whole + [
        Problem(_anchor(bound), str(bound.label), sentence)
        for bound in form
        for sentence in sentences(bound)
    ]  # fmt: skip


def sentences(bound: BoundField) -> list[str]:
    """What is wrong with one field. Django's bare "this field is required" becomes what the person should do."""
    bare = str(Field.default_error_messages["required"])
    found = [(error, str(text)) for error in bound.errors.as_data() for text in error.messages]
    return [_what_to_do(bound) if error.code == "required" and text == bare else text for error, text in found]


def _what_to_do(bound: BoundField) -> str:
    widget, layout = bound.field.widget, _layout(bound.field.widget)
    if layout == "check":
        return "请勾选这一项。"
    if isinstance(widget, FileInput):
        return "请选择文件。"
    return "请选择。" if layout == "group" or isinstance(widget, Select) else "请填写。"


def _layout(widget: Widget) -> str:
    if isinstance(widget, CheckboxInput):
        return "check"
    return "group" if widget.use_fieldset else "line"


def _attributes(bound: BoundField, layout: str, keep: bool, described_by: str) -> dict[str, Any]:
    widget = bound.field.widget
    attributes: dict[str, Any] = {}
    if layout != "group":  # Django prints a group's attributes on its wrapper too; the fieldset carries them instead
        attributes["class"] = " ".join(_classes(bound))
        attributes |= {"aria-describedby": described_by} if described_by else {}
        attributes |= {"aria-invalid": "true"} if bound.errors else {}
    if not keep or isinstance(widget, PasswordInput) or SECRET.search(bound.name):
        attributes["data-keep"] = "no"
    return attributes


def _classes(bound: BoundField) -> list[str]:
    widget = bound.field.widget
    base = "form-select" if isinstance(widget, Select) else "form-control"
    base = "form-check-input" if isinstance(widget, CheckboxInput) else base
    return [base, *str(widget.attrs.get("class", "")).split(), *(["is-invalid"] if bound.errors else [])]


def _anchor(bound: BoundField) -> str:
    return f"{bound.auto_id}_0" if _layout(bound.field.widget) == "group" else bound.id_for_label
