"""The facts a statement is made from: one frozen dataclass; each field carries the sentence that asks for it and how it is read."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, get_type_hints

from gongjian.law.told import Asked

MATTERS = ("injury", "death", "missing", "illegal", "illness")
SELF_CARE = ("complete", "major", "partial", "none")
RELATIONS = ("spouse", "child", "parent", "grandparent", "grandchild", "sibling")
SEXES = ("male", "female")
ENDINGS = ("worker", "expiry", "employer")
DEATHS = ("direct", "in_stop_work", "after_stop_work")
STOPS = ("refuses_appraisal", "refuses_treatment", "conditions_lost")


@dataclass(frozen=True)
class Dependant:
    """One near relative of a worker who died. Law: 令18 art. 2, 3, 4."""

    relation: Annotated[str, Asked("与死者的关系", "word", RELATIONS)] = ""
    sex: Annotated[str | None, Asked("性别", "word", SEXES)] = None
    born: Annotated[date | None, Asked("出生日期", "day")] = None
    lived_on_deceased: Annotated[bool | None, Asked("是否依靠死者生前提供主要生活来源", "flag")] = None
    incapacitated: Annotated[bool, Asked("是否经鉴定完全丧失劳动能力", "flag")] = False
    supporters_gone: Annotated[
        bool | None, Asked("应由其供养的人（父母或者子女）是否均已死亡；兄弟姐妹、孙子女还包括完全丧失劳动能力", "flag")
    ] = None
    alone: Annotated[bool, Asked("是否孤寡老人或者孤儿", "flag")] = False
    stopped: Annotated[bool, Asked("是否已再婚、就业、参军、被他人收养、死亡或者正在服刑", "flag")] = False


@dataclass(frozen=True)
class Facts:
    """What is known. None means not known: what an item needs and nobody told is asked for by name."""

    matter: Annotated[str, Asked("属于哪一种情形", "word", MATTERS)] = "injury"
    region: Annotated[str | None, Asked("统筹地区的行政区划代码（6位数字）", "region")] = None
    injured_on: Annotated[date | None, Asked("事故发生或者职业病诊断的日期", "day")] = None
    insured: Annotated[bool | None, Asked("受伤时用人单位是否已为其参加工伤保险", "flag")] = None
    insured_later_on: Annotated[date | None, Asked("用人单位补缴后参加工伤保险的日期", "day")] = None
    occupational_disease: Annotated[bool, Asked("是否职业病", "flag")] = False
    veteran_relapse: Annotated[bool, Asked("是否属于革命伤残军人旧伤复发（条例第十五条第一款第三项）", "flag")] = False
    wages: Annotated[tuple[Decimal, ...] | None, Asked("受伤前12个月逐月缴费工资", "moneys")] = None
    average_wage_at_injury: Annotated[
        Decimal | None, Asked("核算本人工资上下限所用的统筹地区职工月平均工资", "money")
    ] = None
    average_wage_now: Annotated[Decimal | None, Asked("现行统筹地区上年度职工月平均工资", "money")] = None
    minimum_wage: Annotated[Decimal | None, Asked("当地月最低工资标准", "money")] = None
    relapse: Annotated[bool, Asked("是否工伤复发，经确认需要治疗", "flag")] = False
    medical_cost: Annotated[Decimal | None, Asked("符合目录的工伤医疗费", "money")] = None
    hospital_days: Annotated[int | None, Asked("住院天数", "count")] = None
    hospital_food_per_day: Annotated[Decimal | None, Asked("当地住院伙食补助每日标准", "money")] = None
    travel_cost: Annotated[Decimal | None, Asked("经同意到统筹地区以外就医的交通、食宿费", "money")] = None
    rehabilitation_cost: Annotated[Decimal | None, Asked("工伤康复费", "money")] = None
    device_cost: Annotated[Decimal | None, Asked("经确认的辅助器具费", "money")] = None
    stop_work_months: Annotated[int | None, Asked("停工留薪期月数", "count")] = None
    stop_work_extended: Annotated[bool, Asked("停工留薪期的延长是否经劳动能力鉴定委员会确认", "flag")] = False
    usual_wage: Annotated[Decimal | None, Asked("受伤前的原工资福利待遇（每月）", "money")] = None
    nursing_needed: Annotated[bool, Asked("停工留薪期内是否需要护理", "flag")] = False
    grade: Annotated[int | None, Asked("伤残等级（1至10级）", "count")] = None
    self_care: Annotated[str | None, Asked("生活自理障碍等级", "word", SELF_CARE)] = None
    work_arranged: Annotated[bool | None, Asked("用人单位是否已安排适当工作（五级、六级）", "flag")] = None
    earlier_grades: Annotated[tuple[int, ...], Asked("在同一用人单位以前各次工伤的伤残等级", "grades")] = ()
    benefits_stopped: Annotated[str | None, Asked("停止享受待遇的情形", "word", STOPS)] = None
    retired_on: Annotated[date | None, Asked("办理退休手续的日期", "day")] = None
    pension: Annotated[Decimal | None, Asked("每月基本养老金", "money")] = None
    terminated_on: Annotated[date | None, Asked("解除或者终止劳动关系的日期", "day")] = None
    termination_by: Annotated[
        str | None, Asked("劳动关系怎样结束：本人提出、合同期满或者单位解除", "word", ENDINGS)
    ] = None
    retirement_on: Annotated[date | None, Asked("达到法定退休年龄的日期", "day")] = None
    average_wage_at_termination: Annotated[
        Decimal | None, Asked("解除劳动关系时当地所用口径（统筹地区或者全省）的上年度职工月平均工资", "money")
    ] = None
    third_party: Annotated[bool, Asked("是否由第三人侵权造成", "flag")] = False
    third_party_medical: Annotated[Decimal | None, Asked("第三人已经支付的医疗费", "money")] = None
    died_on: Annotated[date | None, Asked("死亡日期", "day")] = None
    death: Annotated[str | None, Asked("因工死亡的情形", "word", DEATHS)] = None
    average_wage_at_death: Annotated[Decimal | None, Asked("死亡时统筹地区上年度职工月平均工资", "money")] = None
    dependants: Annotated[tuple[Dependant, ...] | None, Asked("供养亲属", "people")] = None
    missing_since: Annotated[date | None, Asked("因工外出或者抢险救灾中下落不明的日期", "day")] = None
    in_hardship: Annotated[bool, Asked("下落不明职工的家庭生活是否有困难", "flag")] = False
    annual_average_wage: Annotated[Decimal | None, Asked("单位所在统筹地区上年度职工年平均工资", "money")] = None
    treatment_months: Annotated[int | None, Asked("非法用工伤亡人员治疗期间的月数", "count")] = None
    totally_incapacitated: Annotated[bool | None, Asked("是否经鉴定完全丧失劳动能力", "flag")] = None
    applied_on: Annotated[date | None, Asked("申请病残津贴的日期", "day")] = None
    contribution_months: Annotated[int | None, Asked("基本养老保险累计缴费月数", "count")] = None
    minimum_contribution_months: Annotated[int | None, Asked("领取基本养老金的最低缴费月数", "count")] = None


@cache
def asked() -> dict[str, Asked]:
    """Every fact by its name."""
    return _told(Facts)


@cache
def asked_of_dependants() -> dict[str, Asked]:
    """Every fact about one dependant by its name."""
    return _told(Dependant)


def title(name: str) -> str:
    """The words that ask for a fact."""
    return asked()[name].title


def _told(kind: type) -> dict[str, Asked]:
    return {name: one.__metadata__[0] for name, one in get_type_hints(kind, include_extras=True).items()}
