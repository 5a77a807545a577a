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
