"""What the database itself refuses: a seat or a promise for an expert who may not be drawn on that day.

The conditions are those of `rules.barriers`, written once more in SQL; a test holds the two together.
"""

from collections.abc import Sequence

import pgtrigger

MAY_NOT_BE_DRAWN = """
IF ({when}) AND NOT EXISTS (
    SELECT 1 FROM experts_expert e
    WHERE e.id = {expert}
      AND e.term_from <= {day} AND e.term_until >= {day}
      AND e.trained_on IS NOT NULL AND e.trained_on <= {day}
      AND e.in_good_health
      AND (e.suspended_from IS NULL OR e.suspended_from > {day}
           OR (e.suspended_until IS NOT NULL AND e.suspended_until < {day}))
      AND (e.dismissed_on IS NULL OR e.dismissed_on > {day})
) THEN
    RAISE EXCEPTION 'expert % may not be drawn for that day', {expert} USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


def only_drawable(
    *, expert: str, day: str, when: str = "TRUE", columns: Sequence[str] = ("expert_id",)
) -> pgtrigger.Trigger:
    """A trigger for a table whose rows seat experts: refuses rows whose expert may not be drawn on that day.

    expert, day, when: SQL over NEW, such as "NEW.expert_id"; rows for which `when` is false are let through.
    columns: fields whose change is looked at again. Law: 令55 art. 24 (trained, in term, in good health), art. 11.
    """
    return pgtrigger.Trigger(
        name="only_drawable",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf(*columns),
        func=MAY_NOT_BE_DRAWN.format(expert=expert, day=day, when=when),
    )
