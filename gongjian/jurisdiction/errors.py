"""Refusals of the room."""

from gongjian.law.errors import NotFound, RuleError


class NotInAdvance(RuleError):
    code = "jurisdiction.not_in_advance"
    message = "管辖变更从将来的一天起生效，最早是明天。请填写文件规定的生效日期；已经过了的，从明天起变更。"


class AreaWrong(RuleError):
    code = "jurisdiction.area_wrong"
    message = "地区写行政区划代码的前2位、前4位或者全部6位，例如9901表示全市，990103表示一个县；末尾的00不写。"


class GroundMissing(RuleError):
    code = "jurisdiction.ground_missing"
    message = "请写明变更所依据的文件名称和文号。"


class ChangeWaits(RuleError):
    code = "jurisdiction.change_waits"
    message = "这一范围已有一项从{since}起的变更，没有重复登记。请先撤回那一项，再重新登记。"


class NothingChanges(RuleError):
    code = "jurisdiction.nothing_changes"
    message = "从那一天起本来就由{office}管辖，没有变更可以登记。"


class NobodyWouldDecide(RuleError):
    code = "jurisdiction.nobody_would_decide"
    message = "取消以后没有机构管辖这一范围。请改为登记由哪个机构接手。"


class NotOfThisBusiness(RuleError):
    code = "jurisdiction.not_of_this_business"
    message = "{office}不办理{business}。请选择办理这项业务的机构。"


class NotYourChange(NotFound):
    code = "jurisdiction.change_not_found"
    message = "没有找到这项管辖变更，或者您无权管理。请从管辖表重新进入。"


class AnotherRestsOnIt(RuleError):
    code = "jurisdiction.another_rests_on_it"
    message = "从{since}起的另一项变更取消了{scope}单独的规定，改由这一项登记的机构管辖。撤回这一项，那里到时没有机构管辖。请先撤回那一项变更。"


class ChangeBegun(RuleError):
    code = "jurisdiction.change_begun"
    message = "这项变更已经生效，不能撤回。需要改回的，请登记一项新的变更。"
