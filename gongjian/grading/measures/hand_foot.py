"""Points of one hand by table B.2 and the grade table B.1 gives to them."""

from gongjian.grading.errors import PointsUnknown
from gongjian.grading.measures.base import Measured, Step
from gongjian.grading.measures.tables import table

COLUMNS = {"nonfunctional": 0, "functional_or_under_half": 1, "mild_or_over_half": 2}


def joint_points(digit: str, joints: str, *, state: str) -> Measured[int]:
    """Points of a stiff finger or wrist by table B.2: "拇指", "掌指、指间同时受累", state one of COLUMNS.

    Law: GB/T 16180-2014 table B.2. Raises: PointsUnknown.
    """
    held = table("B2_hand_wrist_score")
    row = next((each for each in held["rows"] if each[0] == digit and each[1] == joints), None)
    if row is None or state not in COLUMNS:
        raise PointsUnknown(digit=digit, joints=joints)
    points: int = row[2 + COLUMNS[state]]
    return Measured(points, (Step(f"{digit}{joints}，{held['columns'][COLUMNS[state]]}：{points}分", "表B.2"),))


def points_grade(points: int) -> Measured[int]:
    """The grade 5 … 10 of table B.1, for one limb only and only where no clause fits; None above 100 or at 0.

    Law: GB/T 16180-2014 B.2, table B.1.
    """
    if not 0 < points <= 100:
        return Measured(None, (Step(f"{points}分不在表内", "表B.1"),))
    grade = next(row["grade"] for row in table("B1_hand_foot_score_to_grade") if points >= (row["min"] or 0))
    return Measured(grade, (Step(f"{points}分：{grade}级；仅用于单肢，图B.1、图B.2的缺失分值本系统未收录", "表B.1"),))
