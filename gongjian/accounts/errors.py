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


class NotAnAdministrator(NotAllowed):
    code = "accounts.not_an_administrator"
    message = "只有单位管理员可以办理人员账号。请联系本单位管理员。"


class ColleagueNotFound(NotFound):
    code = "accounts.colleague_not_found"
    message = "没有找到这名工作人员，或者其不在您管理的单位。请从人员清单重新进入。"


class OwnSecondFactor(RuleError):
    code = "accounts.own_second_factor"
    message = "不能解除自己的第二重验证。请由本单位另一名管理员办理。"


class NoSecondFactor(RuleError):
    code = "accounts.no_second_factor"
    message = "这名工作人员没有启用第二重验证，不需要解除。"


class ReasonNeeded(RuleError):
    code = "accounts.reason_needed"
    message = "请选择解除第二重验证的原因。"


class NotToAppoint(NotAllowed):
    code = "accounts.not_to_appoint"
    message = "不能指派自己，也不能在这里指派监督、管理岗位。请选择本单位其他同事和办理岗位。"


class OwnAccount(RuleError):
    code = "accounts.own_account"
    message = "自己的账号请由本单位另一名管理员办理；修改自己的口令在“我的账号”里。"


class PostNeeded(RuleError):
    code = "accounts.post_needed"
    message = "请选择至少一项职责。监督和管理员岗位由部署人员设立，不在这里添加。"


class UsernameTaken(RuleError):
    code = "accounts.username_taken"
    message = "账号“{username}”已经有人使用，请换一个。"


class PasswordWrong(RuleError):
    code = "accounts.password_wrong"
    message = "原来的口令不对，没有修改。忘记口令的，请联系本单位管理员。"


class PasswordWeak(RuleError):
    code = "accounts.password_weak"
    message = "新口令至少10位，不能全是数字，不能是常见口令，也不能和原来的一样。"


class FoundingWrong(RuleError):
    code = "accounts.founding_wrong"
    message = "没有建立任何单位和账号：{what}"


class OfficeNotFound(NotFound):
    code = "accounts.office_not_found"
    message = "没有找到这个单位，或者它不由您管理。请从单位信息重新进入。"


class ContactMissing(RuleError):
    code = "accounts.contact_missing"
    message = "地址和电话都要填写：文书和通知上必须写明到哪里、怎样联系本单位。"


class ContactChanged(RuleError):
    code = "accounts.contact_changed"
    message = "您打开页面以后，地址或者电话已经由别人改过，没有覆盖。请重新打开页面，看过现在的内容再改。"
