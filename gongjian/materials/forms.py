"""Forms about materials that several pages share."""

from collections.abc import Iterable
from typing import Any

from django import forms

from gongjian.materials.catalog import Kind


class MissingForm(forms.Form):
    """One notice: a line of free text for each kind of paper a procedure may ask for; empty lines ask for nothing."""

    def __init__(self, *args: Any, missing: Iterable[Kind] = (), kinds: Iterable[Kind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lacking = {kind.code for kind in missing}
        for kind in kinds:
            self.fields[kind.code] = forms.CharField(
                label=kind.title,
                required=False,
                max_length=300,
                initial=f"请提交{kind.title}。" if kind.code in lacking else "",
                help_text=f"依据：{kind.basis}。不需要补正的留空。",
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def told(self) -> list[tuple[str, str]]:
        """(kind, what to supply), in the order of the catalogue."""
        return [(code, text) for code, text in self.cleaned_data.items() if text.strip()]
