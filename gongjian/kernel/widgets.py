"""Inputs that a phone's keyboard and a browser's memory should treat in their own way."""

from django import forms


class DayInput(forms.DateInput):
    """A day, chosen with the device's own date picker."""

    input_type = "date"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class IdNumberInput(forms.TextInput):
    """An identity number: never remembered by the browser or kept as a draft."""

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        own: dict[str, object] = {
            "autocomplete": "off",
            "autocapitalize": "characters",
            "spellcheck": "false",
            "maxlength": "18",
        }
        super().__init__(attrs={**own, "data-keep": "no", "class": "gj-number", **(attrs or {})})


class TelephoneInput(forms.TextInput):
    """A mobile number: telephone keypad, filled in by the browser where it knows it."""

    input_type = "tel"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs={"autocomplete": "tel", "data-keep": "no", "class": "gj-number", **(attrs or {})})


class OneTimeCodeInput(forms.TextInput):
    """A code from a text message or an authenticator: numeric keypad, never kept."""

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        own: dict[str, object] = {"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "8"}
        super().__init__(attrs={**own, "data-keep": "no", "class": "gj-number gj-short", **(attrs or {})})
