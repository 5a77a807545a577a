"""Refusals of the room."""

from gongjian.law.errors import NotAllowed, NotFound, RuleError


class SignInLocked(NotAllowed):
    code = "accounts.locked"
    message = "连续多次没有登录成功，这个账号在您现在的网络上暂停登录{minutes}分钟。请稍后再试；忘记口令的，请联系本单位管理员。"


class CodeTooSoon(RuleError):
    code = "accounts.code_too_soon"
    message = "验证码刚刚发出，请等{seconds}秒后再要一个。收不到短信的，请检查手机号是否写对。"


class CodeTooOften(RuleError):
    code = "accounts.code_too_often"
    message = "这个手机号今天要的验证码太多了，请一小时后再试，或者到受理窗口办理。"


class SignInStale(RuleError):
    code = "accounts.sign_in_stale"
    message = "登录步骤已过期，请从登录页重新开始。"


class SecondFactorWrong(RuleError):
    code = "accounts.second_factor_wrong"
    message = "动态口令不对或已经用过。请等验证器显示下一个口令后再试。"


class NotTheDemo(NotFound):
    code = "accounts.not_the_demo"
    message = "没有找到这个页面。"
