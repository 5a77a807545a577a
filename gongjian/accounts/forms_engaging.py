"""What the pages about accounts ask: a new colleague, one's own new password, and where the office can be reached."""

from django import forms

from gongjian.accounts.administering import APPOINTABLE
from gongjian.accounts.roles import LABELS

USERNAME = forms.RegexField(
    regex=r"^[a-z][a-z0-9.-]{2,31}$",
    label="账号",
    min_length=3,
    max_length=32,
    help_text="3到32位，小写字母开头，可以有数字、点和短横线。登录时用，不能改。",
    error_messages={"invalid": "账号用小写字母开头，只含小写字母、数字、点和短横线。"},
    widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
)


class EngageForm(forms.Form):
    """A new colleague."""

    name = forms.CharField(label="姓名", max_length=60)
    username = USERNAME
    roles = forms.MultipleChoiceField(
        label="职责",
        choices=[(role.value, LABELS[role]) for role in APPOINTABLE],
        widget=forms.CheckboxSelectMultiple,
        help_text="同一案件的受理、复核、抽取、签发由四个人办理。",
    )


class AccountForm(forms.Form):
    """The name under which somebody will sign in."""

    username = USERNAME


class ContactForm(forms.Form):
    """Where an office can be reached. seen: what stood there when the page was opened."""

    address = forms.CharField(label="地址", max_length=200, help_text="写到门牌号和楼层。收件、领取文书都用这个地址。")
    telephone = forms.RegexField(
        regex=r"^[0-9][0-9 -]{4,28}[0-9](转[0-9]{1,6})?$",
        label="电话",
        max_length=40,
        help_text="带区号，例如 0991-55550100；有分机的在后面写“转12”。",
        error_messages={"invalid": "电话只写数字、空格和短横线；有分机的在后面写“转”和分机号。"},
    )
    seen = forms.CharField(max_length=16, widget=forms.HiddenInput)


class NewPasswordForm(forms.Form):
    """One's own new password, typed twice."""

    former = forms.CharField(
        label="原来的口令",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label="新口令",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="至少10位，不能全是数字，不能是常见口令。",
    )
    again = forms.CharField(
        label="再输一次新口令",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_again(self) -> str:
        """The same as above."""
        if self.cleaned_data["again"] != self.cleaned_data.get("new"):
            raise forms.ValidationError("两次输入的新口令不一样。")
        return str(self.cleaned_data["again"])
