"""After the appraisal: the grant and the allowance by grade, living care, and what follows at retirement."""

from decimal import Decimal

from gongjian.law.benefits.money import percent, plain, to_cents, written
from gongjian.law.benefits.rates import rate
from gongjian.law.benefits.sheet import Item, Payer, Sheet
from gongjian.law.benefits.wage import OwnWage, own_wage

LAST_OF_FUND, LAST_WITH_ALLOWANCE = 4, 6
GRADES = "零一二三四五六七八九十"
CARE = {"complete": (0, "完全"), "major": (1, "大部分"), "partial": (2, "部分")}
STOPPED = {
    "refuses_appraisal": "拒不接受劳动能力鉴定",
    "refuses_treatment": "拒绝治疗",
    "conditions_lost": "丧失享受待遇条件",
}


def article_of(grade: int) -> str:
    """The article of a grade's benefits. Law: 条例 art. 35, 36, 37."""
    return f"条例 第三十{'五' if grade <= LAST_OF_FUND else '六' if grade <= LAST_WITH_ALLOWANCE else '七'}条"


def disability(sheet: Sheet) -> None:
    """Everything that hangs on the grade and on self-care, unless it has stopped. Law: 条例 art. 34, 35, 36, 37, 42."""
    facts = sheet.facts
    if facts.benefits_stopped:
        sheet.remark(
            f"{STOPPED[facts.benefits_stopped]}的，停止享受工伤保险待遇；以下不再计算伤残待遇。", "条例 第四十二条"
        )
        return
    living_care(sheet)
    grade: int | None = sheet.ask("grade", "伤残待遇")
    wage = own_wage(sheet, "一次性伤残补助金") if grade else None
    if not grade or not wage:
        return
    grant(sheet, grade, wage)
    if grade <= LAST_WITH_ALLOWANCE:
        allowance(sheet, grade, wage)
    employment(sheet, grade)


def grant(sheet: Sheet, grade: int, wage: OwnWage) -> None:
    """The one-off grant in months of the own wage, from the fund. Law: 条例 art. 15, 35, 36, 37."""
    assert sheet.facts.injured_on
    if sheet.facts.veteran_relapse:
        sheet.remark("革命伤残军人旧伤复发的，享受除一次性伤残补助金以外的工伤保险待遇。", "条例 第十五条")
        return
    found = rate("grant_months", sheet.facts.injured_on)
    months = found.of_grade(grade)
    amount = to_cents(wage.amount * months)
    formula = f"本人工资{written(wage.amount)}×{plain(months)}个月＝{written(amount)}"
    item = Item(
        "disability_grant", "一次性伤残补助金", "fund", "one_off", amount, formula, article_of(grade), wage.confidence
    )
    sheet.add(item, found)


def allowance(sheet: Sheet, grade: int, wage: OwnWage) -> None:
    """The monthly allowance of grades 1-6: from the fund, from grade 5 on by the employer that cannot arrange work.

    Law: 条例 art. 35, 36, 40.
    """
    assert sheet.facts.injured_on
    payer: Payer = "fund" if grade <= LAST_OF_FUND else "employer"
    if payer == "employer" and sheet.ask("work_arranged", "伤残津贴") is None:
        return
    if payer == "employer" and sheet.facts.work_arranged:
        sheet.remark("用人单位已安排适当工作的，按所安排的工作领取工资，不发伤残津贴。", article_of(grade))
        return
    found = rate("allowance_percent", sheet.facts.injured_on)
    share = found.of_grade(grade)
    amount = percent(share, wage.amount)
    if sheet.facts.retired_on and grade <= LAST_OF_FUND:
        retirement(sheet, amount, share, wage)
        return
    formula = f"本人工资{written(wage.amount)}×{plain(share)}%＝{written(amount)}（每月）"
    note = "以后按统筹地区的规定适时调整（条例第四十条）。"
    item = Item(
        "disability_allowance", "伤残津贴", payer, "monthly", amount, formula, article_of(grade), wage.confidence, note
    )
    sheet.add(item, found)
    minimum: Decimal | None = sheet.ask("minimum_wage", "伤残津贴补足到最低工资")
    if minimum is not None and minimum > amount:
        top_up(sheet, payer, amount, minimum, article_of(grade), wage)


def top_up(sheet: Sheet, payer: Payer, amount: Decimal, minimum: Decimal, article: str, wage: OwnWage) -> None:
    """What is wanting to the local minimum wage, by whoever pays the allowance. Law: 条例 art. 35, 36."""
    gap = to_cents(minimum - amount)
    formula = f"最低工资{written(minimum)}－伤残津贴{written(amount)}＝{written(gap)}（每月）"
    sheet.add(Item("allowance_top_up", "伤残津贴差额补足", payer, "monthly", gap, formula, article, wage.confidence))


def retirement(sheet: Sheet, allowance_before: Decimal, share: Decimal, wage: OwnWage) -> None:
    """Grades 1-4 retire: the allowance stops, the pension begins, the fund pays what is wanting. Law: 条例 art. 35; 社保法 art. 40."""
    article = "条例 第三十五条、社保法 第四十条"
    sheet.remark("达到退休年龄并办理退休手续后，停发伤残津贴，享受基本养老保险待遇。", article)
    pension: Decimal | None = sheet.ask("pension", "退休后的差额补足")
    if pension is None:
        return
    before = f"伤残津贴{written(wage.amount)}×{plain(share)}%＝{written(allowance_before)}"
    if pension >= allowance_before:
        sheet.remark(f"{before}，不高于基本养老金{written(pension)}，没有差额。", article)
        return
    gap = to_cents(allowance_before - pension)
    formula = f"{before}；－基本养老金{written(pension)}＝{written(gap)}（每月）"
    sheet.add(
        Item(
            "pension_top_up", "基本养老金低于伤残津贴的差额", "fund", "monthly", gap, formula, article, wage.confidence
        )
    )


def living_care(sheet: Sheet) -> None:
    """Monthly care by the level of self-care, from the fund. Law: 条例 art. 34."""
    facts = sheet.facts
    if facts.self_care not in CARE or not sheet.ask_all("生活护理费", "injured_on", "average_wage_now"):
        return
    assert facts.injured_on and facts.average_wage_now
    place, level = CARE[facts.self_care]
    found = rate("care_percent", facts.injured_on)
    amount = percent(found.values[place], facts.average_wage_now)
    formula = f"上年度职工月平均工资{written(facts.average_wage_now)}×{plain(found.values[place])}%＝{written(amount)}（每月）"
    title = f"生活护理费（生活{level}不能自理）"
    sheet.add(Item("living_care", title, "fund", "monthly", amount, formula, "条例 第三十四条", "seen"), found)


def employment(sheet: Sheet, grade: int) -> None:
    """What becomes of the employment. Law: 条例 art. 35, 36, 37; 劳动合同法 art. 42."""
    if grade <= LAST_OF_FUND:
        effect = "保留劳动关系，退出工作岗位；由用人单位和职工个人以伤残津贴为基数缴纳基本医疗保险费。"
    elif grade <= LAST_WITH_ALLOWANCE:
        effect = "保留与用人单位的劳动关系，由用人单位安排适当工作；经职工本人提出，可以解除或者终止。"
    else:
        effect = "劳动、聘用合同期满终止，或者职工本人提出解除的，支付两项一次性补助金。"
    sheet.remark(f"{GRADES[grade]}级：{effect}", article_of(grade))
    sheet.remark("用人单位不得依照劳动合同法第四十条、第四十一条解除与该职工的劳动合同。", "劳动合同法 第四十二条")
