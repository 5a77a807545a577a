"""What this room refuses."""

from gongjian.law.errors import NotAllowed, NotFound, RuleError


class ReportNotFound(NotFound):
    code = "deaths.report_not_found"
    message = "没有找到这份报告，或者它与您无关。请从报告列表重新进入。"


class NotForTheEmployer(NotAllowed):
    code = "deaths.not_for_the_employer"
    message = "本账号没有关联这家用人单位，不能替它报告或者申请。请到受理窗口关联，或者打电话、到窗口报告。"


class WindowOnly(NotAllowed):
    code = "deaths.window_only"
    message = "只有社会保险行政部门的受理、调查岗位可以登记和办理死亡报告。请由该岗位的人员办理。"


class CourseWrong(RuleError):
    """The instants do not follow one another; each sentence stands at its field of the form."""

    code = "deaths.course_wrong"
    message = "报告里的时间前后不一致：{what}"


class PaperUnknown(RuleError):
    code = "deaths.paper_unknown"
    message = "报告里没有这种材料。请从列出的种类中选择。"


class TooManyReports(RuleError):
    code = "deaths.too_many_reports"
    message = "本账号还有{most}份报告没有办结，暂时不能再报告。请联系受理窗口。"


class AnotherPersonsCase(RuleError):
    code = "deaths.another_persons_case"
    message = "这件案件不是报告里这名职工的工伤认定案件，不能关联。请核对案号和证件号码。"


class AppliedAlready(RuleError):
    code = "deaths.applied_already"
    message = "这名职工的工伤认定已经提出申请，案号{number}。请到“我的案件”查看，不用再申请一次。"


class ClosedAlready(RuleError):
    code = "deaths.closed_already"
    message = "这份报告已经关联案件或者办结。请刷新页面查看。"


class NothingWritten(RuleError):
    code = "deaths.nothing_written"
    message = "还没有写{what}。请写明后再保存。"
