"""Refusals of the grading room."""

from gongjian.law.errors import NotFound, RuleError


class ClauseUnknown(NotFound):
    code = "grading.clause_unknown"
    message = "标准中没有编号为“{number}”的条款。请核对编号，例如 5.9.2(23)。"


class StandardNotInForce(RuleError):
    code = "grading.standard_not_in_force"
    message = "系统没有收录{on}当日施行的致残等级标准，不能据以选条。请核对鉴定日期，或由管理员补录该版标准。"


class GradeUnknown(RuleError):
    code = "grading.grade_unknown"
    message = "伤残等级只有一级至十级，没有“{grade}”。请重新选择。"


class OutcomeCodeUnknown(RuleError):
    code = "grading.outcome_code_unknown"
    message = "交换代码“{value}”不是伤残等级或生活自理障碍等级的代码。请核对对方所用代码集。"


class SelfCareItemUnknown(RuleError):
    code = "grading.selfcare_item_unknown"
    message = "生活自理只评进食、翻身、大小便、穿衣洗漱、自主行动五项，没有“{item}”。请重新勾选。"


class PartUnknown(RuleError):
    code = "grading.part_unknown"
    message = "伤害部位代码表中没有“{code}”。请从列表中选择受伤部位。"


class SideNotAllowed(RuleError):
    code = "grading.side_not_allowed"
    message = "“{part}”不分左右，不能注明“{side}”。请去掉侧别，或改选分左右的部位。"


class SideUnknown(RuleError):
    code = "grading.side_unknown"
    message = "侧别只有左、右、双侧三种，没有“{side}”。请重新选择。"


class PartsNotInForce(RuleError):
    code = "grading.parts_not_in_force"
    message = "系统没有收录{on}当日使用的伤害部位代码。请核对日期，或由管理员补录该期代码。"


class ExaminationUnreadable(RuleError):
    """The whole is not what it should be: not JSON, not an object, a part of the wrong kind."""

    code = "grading.examination_unreadable"
    message = "{where}：{fault}。请对照所见格式说明修改。"


class KindUnknown(RuleError):
    code = "grading.kind_unknown"
    message = "{where}：没有名为“{kind}”的所见种类。请对照所见格式说明选择种类。"


class FieldUnknown(RuleError):
    code = "grading.field_unknown"
    message = "{where}：“{title}”没有名为“{name}”的项目，可填{allowed}。请核对名称。"


class FieldMissing(RuleError):
    code = "grading.field_missing"
    message = "{where}：“{title}”须写明{label}（{name}）。请补填。"


class FieldWrong(RuleError):
    code = "grading.field_wrong"
    message = "{where}：{label}须为{allowed}。请核对数值和单位。"


class FindingWrong(RuleError):
    """Each field may stand by itself, together they cannot."""

    code = "grading.finding_wrong"
    message = "{where}：{fault}"


class PlaneHalfMeasured(RuleError):
    code = "grading.plane_half_measured"
    message = "{plane}只填了一侧，不能与健侧比较。请两侧都填，或都不填。"


class FieldTwice(RuleError):
    code = "grading.field_twice"
    message = "{eye}眼视野半径与八条子午线之和不一致（和应为半径的8倍）。请核对，或只填其中一项。"


class LevelNotOfDigit(RuleError):
    code = "grading.level_not_of_digit"
    message = "{digit}没有近侧指间关节，请改选“远侧指（趾）间关节”或“全指（趾）”。"


class AcuityNotInTable(RuleError):
    code = "grading.acuity_not_in_table"
    message = "视力{acuity}不在标准的换算表内。请核对记录方法，或按实测值由专家判断。"


class PointsUnknown(RuleError):
    code = "grading.points_unknown"
    message = "表B.2中没有“{digit}{joints}”这一行或这一列。请从表中选择。"


class BodyAreaUnknown(RuleError):
    code = "grading.body_area_unknown"
    message = "“{part}”不是九分法的部位，或其比例不在0至1之间。请核对。"


class NoCatalogue(RuleError):
    code = "grading.no_catalogue"
    message = "系统没有收录{region}的停工留薪期分类目录，不能据以推算。请查当地目录，或由管理员补录；已收录{known}。"


class InjuryNotInCatalogue(RuleError):
    code = "grading.injury_not_in_catalogue"
    message = (
        "{province}的停工留薪期分类目录中没有“{injury}”。请改用目录中的伤病名称或诊断编码，或由劳动能力鉴定委员会确认。"
    )


class InjuriesMissing(RuleError):
    code = "grading.injuries_missing"
    message = "请至少写明一处伤病的名称或诊断编码，再推算停工留薪期。"


class ComplicationWrong(RuleError):
    code = "grading.complication_wrong"
    message = "因并发症增加的停工留薪期为0至12个月，不能增加{months}个月。请核对。"


class ProlongationWrong(RuleError):
    code = "grading.prolongation_wrong"
    message = "停工留薪期经确认可以延长1个月至12个月，不能延长{months}个月。请核对。"


class ProlongationTooEarly(RuleError):
    code = "grading.prolongation_too_early"
    message = "停工留薪期满12个月、伤情严重或情况特殊的，才需经确认延长；目录期限为{months}个月，不足12个月的按并发症等情形重新核定。"
