"""Inputs that the forms of the room share."""

from typing import Any

from django import forms

from gongjian.kernel.widgets import DayInput


def text(label: str, most: int = 200, *, must: bool = True, hint: str = "", rows: int = 0, **told: Any) -> Any:
    widget = told.pop("widget", forms.Textarea(attrs={"rows": rows}) if rows else None)
    return forms.CharField(label=label, max_length=most, required=must, help_text=hint, widget=widget, **told)


def day(label: str, *, must: bool = True, hint: str = "") -> Any:
    return forms.DateField(label=label, required=must, help_text=hint, widget=DayInput)


def instant(label: str, *, must: bool = True, hint: str = "") -> Any:
    return forms.DateTimeField(
        label=label,
        required=must,
        help_text=hint,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of files; one at least, where it is required."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file checked as one; no file at all is told like one that is missing."""
        files = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(each, initial) for each in files or [None]]
