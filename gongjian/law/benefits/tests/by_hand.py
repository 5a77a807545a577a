"""A second way to the same amounts: whole cents and written-out tables, sharing nothing with what it checks."""

CASES_OF_WAGES = (
    # (contribution wages before the injury, average wage of the area), in cents
    ((500000,) * 12, 812345),
    ((300000,) * 12, 812345),
    ((2500000,) * 12, 812345),
    ((487407,) * 12, 812345),
    ((487406,) * 12, 812345),
    ((2437035,) * 12, 812345),
    ((2437036,) * 12, 812345),
    ((400000, 410000, 420000, 430000, 440000, 450000, 460000, 470000, 480000, 490000, 500000, 510000), 700000),
    ((512345, 498765, 501010, 499999, 512345, 498765, 501010, 499999, 512345, 498765, 501010, 500001), 655555),
    ((600001, 600000, 600000), 900000),
    ((733333,), 733333),
    ((0, 0, 0, 0, 0, 0, 600000, 600000, 600000, 600000, 600000, 600000), 500001),
    ((1000001, 1000002, 1000003, 1000004, 1000005, 1000006, 1000007), 333335),
    ((999999,) * 11, 1234567),
)

# grade: (months of grant, per cent of allowance or None, who pays the allowance, article)
GRADES = {
    1: (27, 90, "fund", "条例 第三十五条"),
    2: (25, 85, "fund", "条例 第三十五条"),
    3: (23, 80, "fund", "条例 第三十五条"),
    4: (21, 75, "fund", "条例 第三十五条"),
    5: (18, 70, "employer", "条例 第三十六条"),
    6: (16, 60, "employer", "条例 第三十六条"),
    7: (13, None, None, "条例 第三十七条"),
    8: (11, None, None, "条例 第三十七条"),
    9: (9, None, None, "条例 第三十七条"),
    10: (7, None, None, "条例 第三十七条"),
}
CARE = {"complete": 50, "major": 40, "partial": 30}


def divided(number, by):
    """A quotient rounded half up, in whole numbers."""
    return (2 * number + by) // (2 * by)


def own_wage(wages, average):
    """The own wage in cents."""
    mean = divided(sum(wages), len(wages))
    floor, cap = divided(average * 60, 100), divided(average * 300, 100)
    if mean < floor:
        return floor
    return cap if mean > cap else mean


def grant(grade, wage):
    return wage * GRADES[grade][0]


def allowance(grade, wage):
    share = GRADES[grade][1]
    return None if share is None else divided(wage * share, 100)


def care(level, average):
    return divided(average * CARE[level], 100)


def yuan(cents):
    """Cents as the statement writes them: 123456 → "1234.56"."""
    return f"{cents // 100}.{cents % 100:02d}"


# province: ((medical 5-10), (employment 5-10), base, rise for occupational disease in per cent,
#            per cent of the employment subsidy with under 5, 4, 3, 2, 1 years to go; None: not recorded)
PROVINCES = {
    "330000": ((30, 25, 10, 7, 4, 2), (30, 25, 10, 7, 4, 2), "average", 0, (80, 60, 40, 20, None)),
    "410000": ((16, 14, 12, 10, 8, 6), (56, 46, 36, 26, 16, 6), "average", 30, (80, 60, 40, 20, 10)),
    "370000": ((22, 18, 13, 10, 7, 4), (36, 30, 20, 16, 12, 8), "average", 50, None),
    "440000": ((10, 8, 6, 4, 2, 1), (50, 40, 25, 15, 8, 4), "own wage", 0, None),
    "320000": ((20, 16, 12, 8, 5, 3), (9.5, 8.5, 4.5, 3.5, 2.5, 1.5), "fixed", None, None),
}
SHANDONG_DISEASE = {5: 33, 6: 27, 7: 19.5, 8: 15, 9: 10.5, 10: 6}
URBAN_INCOME = {2023: 4928300, 2024: 5182100, 2025: 5418800, 2026: 5650200}
DEATH_GRANT = {2023: 98566000, 2024: 103642000, 2025: 108376000, 2026: 113004000}
ILLEGAL = {1: 16, 2: 14, 3: 12, 4: 10, 5: 8, 6: 6, 7: 4, 8: 3, 9: 2, 10: 1}


def subsidies(province, grade, wage, average, disease=False, years_left=20):
    """(medical, employment) in cents; None where it is not recorded."""
    medical, employment, base, rise, steps = PROVINCES[province]
    unit = {"average": average, "own wage": wage, "fixed": 1000000}[base]
    place = grade - 5
    first = round(medical[place] * unit)
    if disease:
        first = None if rise is None else divided(medical[place] * unit * (100 + rise), 100)
    second = round(employment[place] * unit)
    if years_left < 5:
        share = steps[4 - years_left] if steps else None
        second = None if share is None else divided(second * share, 100)
    return first, second


def dependants_sum(wage, people):
    """people: ("spouse" or anything else, whether left alone)."""
    total = 0
    for relation, alone in people:
        total += divided(wage * ((40 if relation == "spouse" else 30) + (10 if alone else 0)), 100)
    return min(total, wage)
