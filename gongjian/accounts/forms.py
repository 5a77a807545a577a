"""What the sign-in pages ask."""

from django import forms

from gongjian.accounts.administering import REASONS
from gongjian.accounts.codes import DIGITS, MOST_ATTEMPTS, VALID
from gongjian.kernel.widgets import IdNumberInput, OneTimeCodeInput, TelephoneInput
from gongjian.law.errors import RuleError
from gongjian.law.identity import check_id_number, check_mobile


class TelephoneForm(forms.Form):
    """A mobile number to send a code to."""

    telephone = forms.CharField(
        label="手机号", max_length=20, widget=TelephoneInput, help_text="验证码会发到这个手机号。"
    )

    def clean_telephone(self) -> str:
        """The eleven digits."""
        try:
            return check_mobile(self.cleaned_data["telephone"])
        except RuleError as error:
            raise forms.ValidationError(str(error)) from error


class CodeForm(forms.Form):
    """The code that came by text message."""

    code = forms.CharField(
        label="短信验证码",
        max_length=8,
        widget=OneTimeCodeInput,
        help_text=f"{DIGITS}位数字，{int(VALID.total_seconds() // 60)}分钟内有效，最多试{MOST_ATTEMPTS}次；重新获取后以新的为准。",
    )


class PasswordForm(forms.Form):
    """Account and password of staff and experts."""

    username = forms.CharField(
        label="账号",
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label="口令",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class TokenForm(forms.Form):
    """The number that the authenticator shows now."""

    token = forms.CharField(
        label="动态口令", max_length=8, widget=OneTimeCodeInput, help_text="验证器上显示的6位数字。"
    )


class UnbindForm(forms.Form):
    """Why a second factor is taken off, and that its owner is who they say."""

    reason = forms.ChoiceField(
        label="原因", choices=[(reason.value, label) for reason, label in REASONS.items()], widget=forms.RadioSelect
    )
    is_identified = forms.BooleanField(
        label="已当面核验本人身份", help_text="请核对工作证件，不要仅凭电话或者短信办理。"
    )


class IdentityForm(forms.Form):
    """A colleague's identity number; only its blind index is kept."""

    id_number = forms.CharField(
        label="公民身份号码",
        max_length=20,
        widget=IdNumberInput(attrs={"data-keep": "no"}),
        help_text="请核对证件原件。",
    )

    def clean_id_number(self) -> str:
        """The eighteen signs."""
        try:
            return check_id_number(self.cleaned_data["id_number"]).text
        except RuleError as error:
            raise forms.ValidationError(str(error)) from error
