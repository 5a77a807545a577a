"""Reading a day that somebody wrote."""

import re
from datetime import date

from gongjian.law.errors import DayWrong


def read_day(text: str, field: str) -> date:
    """A day written as 2026-02-10. field: where the text stood, for the refusal. Raises: DayWrong."""
    if not re.fullmatch(r"(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}", text):
        raise DayWrong(field=field, text=text)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DayWrong(field=field, text=text) from None
