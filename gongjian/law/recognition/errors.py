"""What the recognition rules refuse."""

from gongjian.law.errors import RuleError


class AnswersWrong(RuleError):
    """An answer that cannot be, or that is written wrongly. `field` says where it stood."""

    code = "law.recognition_answers_wrong"
    message = "{field}：{fault}"
