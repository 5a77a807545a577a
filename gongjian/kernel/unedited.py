"""A trigger that keeps a row as it was written, except for the columns that are filled in later.

pgtrigger's own `ReadOnly` compares column by column and cannot look at encrypted ones; this compares the rows as they lie in the table.
"""

import pgtrigger

COMPARED = """
IF (to_jsonb(NEW) - ARRAY[{besides}]::text[]) IS DISTINCT FROM (to_jsonb(OLD) - ARRAY[{besides}]::text[]) THEN
    RAISE EXCEPTION 'a row of % is never edited', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


def unedited(*, besides: tuple[str, ...], name: str = "unedited") -> pgtrigger.Trigger:
    """The trigger. besides: names of the columns (not fields) that may change."""
    columns = ", ".join(f"'{column}'" for column in besides)
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=COMPARED.format(besides=columns),
    )
